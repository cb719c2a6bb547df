"""Labelled articles with the people of their KB, as the baselines take them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from disambig.articles import read_gold
from disambig.baselines import NameIndex, Shortlist, shortlists
from disambig.kb.sources import read_people

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from disambig.records import LabelledArticle, Person, Rejected


@dataclass(frozen=True)
class LabelledSet:
    """Labelled articles with the people of their KB."""

    name: str
    articles: tuple[LabelledArticle, ...]
    people: tuple[Person, ...]

    @classmethod
    def read(cls, gold: Path, kb: Path, *, reject: Callable[[Rejected], None]) -> LabelledSet:
        """Read both files; a person's record that cannot be read goes to *reject*. Raises CorpusError and KnowledgeError."""
        return cls(gold.stem, tuple(read_gold(gold)), tuple(one for _, one in read_people(kb, reject=reject)))

    @cached_property
    def index(self) -> NameIndex:
        """The people by their names."""
        return NameIndex(self.people)

    @cached_property
    def shortlists(self) -> tuple[tuple[Shortlist, ...], ...]:
        """The people whom each mention of each article can be."""
        return tuple(shortlists(one.article, spans(one), self.index) for one in self.articles)


def spans(labelled: LabelledArticle) -> list[tuple[int, int]]:
    """Where the labels stand, each once, in the order of the text."""
    return sorted({(label.start, label.end) for label in labelled.labels})


def about(person: Person) -> str:
    """What a record says, in one text."""
    roles = (text for role in person.roles for text in (role.title, role.organisation, role.country))
    parts = (person.description, person.text, *roles, *person.occupations, *person.affiliations, *person.countries)
    return ". ".join(dict.fromkeys(part for part in parts if part))
