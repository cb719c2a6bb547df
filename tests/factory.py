"""Records in one call, for tests that say only what they are about."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from disambig.kb.profiles import profile
from disambig.kb.sources import read_people
from disambig.mentions import find_mentions
from disambig.records import (
    Article,
    Candidate,
    Chain,
    Context,
    Decision,
    Document,
    Entity,
    Evidence,
    Label,
    LabelledArticle,
    Mention,
    Outcome,
    PartialDate,
    Person,
    Reason,
    Rejected,
    Role,
    Verdict,
)

if TYPE_CHECKING:
    from spacy.language import Language


def mention(text: str = "Kozak", start: int = 0, *, article_id: str = "a1", **fields: object) -> Mention:
    """A mention of *text* at *start*."""
    return Mention(article_id, start, start + len(text), text, **fields)  # type: ignore[arg-type]


def chain(*names: str, chain_id: str = "c1", context: Context | None = None, article_id: str = "a1", **fields: object) -> Chain:
    """A chain of mentions with these *names*, twenty characters apart; *fields* go to each mention."""
    mentions = tuple(mention(name, 20 * number, article_id=article_id, **fields) for number, name in enumerate(names))
    return Chain(chain_id, mentions, max(names, key=len), context or Context())


def person(name: str = "Dmitry Kozak", person_id: str = "", **fields: object) -> Person:
    """A person; the id is made of the name ("kozak-dmitry"), dates may be given as text."""
    dates = {key: PartialDate.parse(value) for key, value in fields.items() if key in {"born", "died"} and isinstance(value, str)}
    lists = {key: tuple(value) for key, value in fields.items() if isinstance(value, list)}
    person_id = person_id or "-".join(reversed(name.lower().split()))
    return Person(person_id, name, **{**fields, **dates, **lists})  # type: ignore[arg-type]


def role(title: str = "", organisation: str = "", country: str = "", start: str = "", end: str = "") -> Role:
    """A role with its dates as text, empty for "not recorded"."""
    dates = (PartialDate.parse(date) if date else None for date in (start, end))
    return Role(title, organisation, country, *dates)


def candidate(
    name: str = "Dmitry Kozak",
    *,
    generation: str = "",
    related_names: Iterable[str] = (),
    namesakes_share: Iterable[str] = (),
    **fields: object,
) -> Candidate:
    """The person of `person` as a candidate; every stem of the record is distinctive but those that *namesakes_share*."""
    someone = person(name, **fields)
    made = profile(someone, related=tuple(related_names))
    return Candidate(someone, 1.0, made, distinctive=made.stems - set(namesakes_share), generation=generation)


def evidence(because: str, value: float | None = 1.0, weight: float = 1.0, feature: str = "") -> Evidence:
    """A piece of evidence, whose feature is named for its clause unless *feature* names it."""
    return Evidence(feature or because.replace(" ", "_"), value, because, weight)


def verdicts(probabilities: Mapping[str, float], clauses: Mapping[str, Iterable[Evidence]] | None = None) -> tuple[Verdict, ...]:
    """Verdicts by the names of people, most probable first; "nobody" is nobody."""
    given = clauses or {}
    people = ((None if name == "nobody" else person(name), name, probability) for name, probability in probabilities.items())
    made = [Verdict(someone, probability, tuple(given.get(name, ()))) for someone, name, probability in people]
    return tuple(sorted(made, key=lambda verdict: -verdict.probability))


def decision(  # noqa: PLR0913 -- every one has a default
    probabilities: Mapping[str, float] | None = None,
    *,
    text: str = "Kozak",
    start: int = 0,
    article_id: str = "a1",
    chain_id: str = "c1",
    outcome: Outcome = Outcome.RESOLVED,
    reason: Reason = Reason.NONE,
    clauses: Mapping[str, Iterable[Evidence]] | None = None,
    title: str = "",
    sentence: str = "Kozak said no.",
    date: str = "2023-01-10",
) -> Decision:
    """A decision on one mention, alone in its chain."""
    one = mention(text, start, article_id=article_id, title=title)
    return Decision(
        mention=one,
        chain=Chain(chain_id, (one,), text),
        outcome=outcome,
        reason=reason,
        verdicts=verdicts(probabilities or {"Dmitry Kozak": 0.93, "Taras Kozak": 0.05, "nobody": 0.02}, clauses),
        sentence=sentence,
        date=PartialDate.parse(date) if date else None,
    )


def labelled(text: str, *labels: tuple[int, int, str | None], article_id: str = "a1") -> LabelledArticle:
    """A labelled article; a label is (start, end, gold)."""
    return LabelledArticle(Article(article_id, text), tuple(Label(*label) for label in labels))


@lru_cache(maxsize=1)
def sentences_only() -> "Language":
    """A spaCy pipeline that parts sentences as the shipped one does and finds no names; needs no model."""
    import spacy

    import disambig.ner  # noqa: F401 -- registers the component

    nlp = spacy.blank("en")
    nlp.add_pipe("disambig_sentences")
    return nlp


def spans(marked: str) -> tuple[str, tuple[tuple[int, int], ...], tuple[Entity, ...]]:
    """The text of *marked* without its marks, where "[Ana Costa]" is a person and "{Vento}" an organisation."""
    text, people, organisations = "", [], []
    for outside, person_name, organisation in re.findall(r"([^\[{]*)(?:\[([^\]]+)\]|\{([^}]+)\})?", marked):
        start = len(text) + len(outside)
        text += outside + person_name + organisation
        if person_name:
            people.append((start, len(text)))
        if organisation:
            organisations.append(Entity(start, len(text), organisation, "ORG"))
    return text, tuple(people), tuple(organisations)


def document(marked: str, *, date: str = "", article_id: str = "a1") -> Document:
    """An article whose mentions are given as in `spans`; their titles, forms of address and sentences are those that are found."""
    text, people, organisations = spans(marked)
    article = Article(article_id, text, PartialDate.parse(date) if date else None)
    return replace(find_mentions(article, sentences_only(), given=people), entities=organisations)


def says(found: Evidence) -> str:
    """What a piece of evidence says: "for", "against", "neutral", or "missing" where there was nothing to compare."""
    if found.value is None:
        return "missing"
    return "for" if found.value > 0 else "against" if found.value < 0 else "neutral"


def context(*, date: str = "", **fields: object) -> Context:
    """A context; a date is given as text, tuples and sets as they come."""
    kinds = {"titles": tuple, "organisations": tuple, "beside": tuple, "elsewhere": tuple, "rivals": tuple}
    made = {key: kinds.get(key, frozenset)(value) if isinstance(value, list | set) else value for key, value in fields.items()}
    return Context(date=PartialDate.parse(date) if date else None, **made)  # type: ignore[arg-type]


def people_in(
    path: Path, *, reject: Callable[[Rejected], object], languages: Sequence[str] = ("en",), note: Callable[[str], object] = len
) -> Iterator[Person]:
    """The people of a file, without the places where they stand."""
    return (one for _, one in read_people(path, reject=reject, languages=languages, note=note))
