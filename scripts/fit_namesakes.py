"""Labelled articles and their people -> the same with made-up namesakes, and with people left out: more labels, whose answers are known.

Two people of like kind get one surname, or one name, in the knowledge base (KB) and in the articles (after the pseudo-names of Bagga and
Baldwin 1998, "Entity-based cross-document coreferencing using the vector space model"); what a mention means is still known. A share of
the people is left out of the KB: their mentions become those of nobody.
"""

from __future__ import annotations

import random
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from disambig.kb.profiles import profile
from disambig.names import fold, parse
from disambig.records import Label, LabelledArticle, Person

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

LEFT_OUT = 0.2  # share of the people who are left out of the KB
_SAME_ARTICLE = 0.5  # share of the pairs that are looked for within one article, where the surname is then most of a riddle


_WHOLE_NAME = 0.3  # share of the pairs that get the given name in common, too: then only facts tell them apart


@dataclass(frozen=True, slots=True)
class Variant:
    """A labelled set, changed. Mentions are given by article id and offset, as they are after the change."""

    articles: tuple[LabelledArticle, ...]
    people: tuple[Person, ...]
    changed: frozenset[tuple[str, int]]  # the mentions that the change concerns
    left_out: frozenset[tuple[str, int]]  # those of them whose person is not in the KB any more


@dataclass(frozen=True, slots=True)
class _Renaming:
    """How one person comes by another's name."""

    other: str  # id of the person whose name it is
    steps: tuple[tuple[str, str], ...]  # what is written by what, one after the other: "Ana Costa" by "Eva Silva", then "Costa" by "Silva"


def vary(articles: Sequence[LabelledArticle], people: Sequence[Person], seed: int) -> Variant:
    """One variant of a set; the same *seed* makes the same one, whatever the order of *people*."""
    chance = random.Random(seed)  # noqa: S311 -- for data, not for secrets
    by_id = {person.id: person for person in sorted(people, key=lambda person: person.id)}
    renamings = _renamings(articles, by_id, chance)
    gone = {key for key in by_id if chance.random() < LEFT_OUT}
    concerned = gone | set(renamings) | {renaming.other for renaming in renamings.values()}
    made, changed, left_out = [], set(), set()
    for one in articles:
        rewritten = _rewritten(one, renamings)
        changed |= {(one.article.id, label.start) for label in rewritten.labels if label.gold in concerned}
        left_out |= {(one.article.id, label.start) for label in rewritten.labels if label.gold in gone}
        made.append(
            replace(rewritten, labels=tuple(replace(label, gold=None) if label.gold in gone else label for label in rewritten.labels))
        )
    renamed = tuple(_renamed(person, renamings.get(person.id)) for person in by_id.values() if person.id not in gone)
    return Variant(tuple(made), renamed, frozenset(changed), frozenset(left_out))


def share_names(articles: Sequence[LabelledArticle], people: Sequence[Person], seed: int) -> tuple[LabelledArticle, ...]:
    """*articles* in which as many of *people* as can be bear the name of another of them, whom no article names together with them."""
    chance = random.Random(seed)  # noqa: S311 -- for data, not for secrets
    named = [{label.gold for label in one.labels} for one in articles]
    open_to = [person for person in people if _surname(person) and _is_only_theirs(_surname(person), person.id, articles)]
    chance.shuffle(open_to)
    renamings: dict[str, _Renaming] = {}
    while open_to:
        one = open_to.pop()
        fitting = (other for other in open_to if _like(one, other) and not any({one.id, other.id} <= together for together in named))
        if other := next(fitting, None):
            open_to.remove(other)
            renamings[one.id] = _Renaming(other.id, ((one.name, other.name), (_surname(one), _surname(other))))
    return tuple(_rewritten(one, renamings) for one in articles)


def _renamings(articles: Sequence[LabelledArticle], people: dict[str, Person], chance: random.Random) -> dict[str, _Renaming]:
    """New names for some of the people whom the articles name, by id; nobody is part of two pairs."""
    together = [sorted({label.gold for label in one.labels if label.gold in people and label.gold}) for one in articles]
    named = sorted({key for keys in together for key in keys if _surname(people[key])})
    taken: set[str] = set()
    found: dict[str, _Renaming] = {}
    chance.shuffle(named)
    for key in named:
        near = [other for keys in together if key in keys for other in keys] if chance.random() < _SAME_ARTICLE else named
        whole = chance.random() < _WHOLE_NAME
        fitting = sorted({other for other in near if other not in taken and _like(people[key], people[other]) and _surname(people[other])})
        own = _surname(people[key])
        if key in taken or not fitting or not _is_only_theirs(own, key, articles):
            continue
        other = chance.choice(fitting)
        taken |= {key, other}
        names = ((people[key].name, people[other].name),) if whole else ()
        found[key] = _Renaming(other, (*names, (own, _surname(people[other]))))
    return found


def _surname(person: Person) -> str:
    """The surname as it is written, where it is the last word of the name, of some length, and no part of another; else ""."""
    words = person.name.split()
    name = parse(person.name)
    plain = len(words) > 1 and name.family == (fold(words[-1]),) and name.is_full
    return words[-1] if plain and re.fullmatch(r"[^\W\d_]{3,}", words[-1]) else ""


def _like(one: Person, other: Person) -> bool:
    """Whether two people are of like kind: not told apart by gender, nor by their fields where both are known."""
    if one.id == other.id or _surname(one) == _surname(other) or (one.gender and other.gender and one.gender != other.gender):
        return False
    fields = profile(one).fields, profile(other).fields
    return not all(fields) or bool(fields[0] & fields[1])


def _is_only_theirs(surname: str, key: str, articles: Iterable[LabelledArticle]) -> bool:
    """Whether every labelled mention with that surname, in the articles that name the person of that *key*, is that person's."""
    word = _word(surname)
    for one in articles:
        if any(label.gold == key for label in one.labels):
            with_it = [label for label in one.labels if word.search(one.article.text[label.start : label.end])]
            if any(label.gold != key for label in with_it):
                return False
    return True


def _word(name: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{re.escape(name)}|{re.escape(name.upper())})(?!\w)")


def _replaced(text: str, old: str, new: str) -> str:
    return _word(old).sub(lambda found: new.upper() if found.group().isupper() else new, text)


def _renamed(person: Person, renaming: _Renaming | None) -> Person:
    """The record with the new name wherever the old one stood."""
    for old, new in renaming.steps if renaming else ():
        aliases = tuple(_replaced(alias, old, new) for alias in person.aliases)
        texts = {key: _replaced(getattr(person, key), old, new) for key in ("name", "description", "text")}
        person = replace(person, aliases=aliases, **texts)
    return person


def _rewritten(one: LabelledArticle, renamings: dict[str, _Renaming]) -> LabelledArticle:
    """The article with the new names of the people whom it names, and its labels where they now stand."""
    for key in sorted({label.gold for label in one.labels if label.gold in renamings and label.gold}):
        for old, new in renamings[key].steps:
            spans = [found.span() for found in _word(old).finditer(one.article.text)]
            labels = tuple(_moved(label, spans, len(new) - len(old)) for label in one.labels)
            one = LabelledArticle(replace(one.article, text=_replaced(one.article.text, old, new)), labels)
    return one


def _moved(label: Label, spans: Iterable[tuple[int, int]], by: int) -> Label:
    """A label after every one of *spans* has grown *by* so many characters (or shrunk)."""
    before = sum(end <= label.start for _, end in spans)
    upto = sum(end <= label.end for _, end in spans)
    return replace(label, start=label.start + by * before, end=label.end + by * upto)
