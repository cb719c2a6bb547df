"""Contradiction weighs more than omission: one case, one fact of the record fitting, missing or contradicted, all else the same.

The cases are made up: a person with namesakes in a small knowledge base, and two sentences about that person. The probability of the
person must not rise from a fact that fits to the same fact missing, nor from that to the fact contradicted.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace

import pytest
from factory import person, role, sentences_only, spans

from disambig.kb.store import KnowledgeBase
from disambig.pipeline import resolve_article
from disambig.records import Article, PartialDate, Person
from disambig.settings import Settings

CASES = 180  # for each fact, with two mentions each
YEAR = 2010
EQUAL = 1e-9  # probabilities that differ by less are the same
GIVEN = {
    "male": "Daniel Thomas Martin Peter Andrew Simon Victor Paul Adam Felix".split(),
    "female": "Maria Helen Clara Anna Laura Julia Nina Sara Eva Irene".split(),
}
SURNAMES = "Costa Weber Novak Lindgren Marino Okafor Tanaka Byrne Duval Silva Horvat Jansen Moreau Salonen Petrov".split()
COUNTRIES = "Portugal Germany Croatia Sweden Italy Nigeria Japan Ireland France Brazil".split()
TITLES = {  # in the text, in the record, and in the record of somebody of another field
    "finance minister": ("Minister of Finance", "goalkeeper"),
    "foreign minister": ("Minister of Foreign Affairs", "opera singer"),
    "striker": ("footballer", "bishop"),
    "midfielder": ("footballer", "judge"),
    "novelist": ("novelist and writer", "archbishop"),
    "economist": ("economist", "racing driver"),
    "general": ("army general", "painter"),
}
FACTS = ("title", "country", "age", "gender", "born", "role_dates")


@dataclass(frozen=True)
class Case:
    """What the text says of one person, and who else there is."""

    name: str
    gender: str
    title: str
    country: str
    age: int
    known: frozenset[str]  # facts of the record that are there, besides the one that is looked at
    told: frozenset[str]  # facts of the text, besides the one that is looked at
    bare: bool  # the article gives the surname alone
    namesakes: tuple[Person, ...]


def cases() -> Iterator[Case]:
    chance = random.Random(1998)  # noqa: S311 -- for data, not for secrets
    for _ in range(CASES):
        gender = chance.choice(sorted(GIVEN))
        surname = chance.choice(SURNAMES)
        given, *others = chance.sample(GIVEN[gender], chance.randint(1, 4))
        yield Case(
            name=f"{given} {surname}",
            gender=gender,
            title=chance.choice(sorted(TITLES)),
            country=chance.choice(COUNTRIES),
            age=chance.randint(30, 70),
            known=frozenset(fact for fact in FACTS if chance.random() < 0.5),
            told=frozenset(fact for fact in FACTS if chance.random() < 0.5),
            bare=chance.random() < 0.6,
            namesakes=tuple(somebody(f"{other} {surname}", chance) for other in others),
        )


def somebody(name: str, chance: random.Random) -> Person:
    """A namesake with some facts or none."""
    made = person(name, occupations=[chance.choice(sorted(TITLES.values()))[chance.randint(0, 1)]] if chance.random() < 0.7 else [])
    country = (chance.choice(COUNTRIES),) if chance.random() < 0.5 else ()
    return replace(made, countries=country, born=PartialDate(chance.randint(1930, 1985)) if chance.random() < 0.5 else None)


def record(case: Case, fact: str, state: str) -> Person:
    """The person with *fact* in that *state*: "fits", "missing" or "contradicts"; the other facts fit, where they are known."""
    said = dict.fromkeys(case.known, "fits") | {fact: state}
    own, another = TITLES[case.title]
    title = {"fits": own, "contradicts": another}.get(said.get("title", ""), "")
    dates = {"fits": ("2006", "2012"), "contradicts": ("1985", "1988")}.get(said.get("role_dates", ""), ("", "")) if title else ("", "")
    elsewhere = COUNTRIES[(COUNTRIES.index(case.country) + 1) % len(COUNTRIES)]
    age = {"fits": case.age, "contradicts": case.age + 25}.get(said.get("age", ""))
    born = {"fits": case.age, "contradicts": -5}.get(said.get("born", ""), age)  # years ago; -5 is after the article
    return person(
        case.name,
        person_id="right",
        roles=[role(title, start=dates[0], end=dates[1])] if title else [],
        countries=[country] if (country := {"fits": case.country, "contradicts": elsewhere}.get(said.get("country", ""))) else [],
        gender={"fits": case.gender, "contradicts": "female" if case.gender == "male" else "male"}.get(said.get("gender", ""), ""),
        born=PartialDate(YEAR - born) if born else None,
    )


def article(case: Case, fact: str) -> tuple[Article, tuple[tuple[int, int], ...]]:
    """The text, with *fact* in it, and where the two mentions stand."""
    told = case.told | {fact} | ({"title"} if fact == "role_dates" else set())
    surname = case.name.split()[1]
    country = f"{case.country}'s " if "country" in told else ""
    title = f"{case.title} " if "title" in told else ""
    age = f", {case.age}," if "age" in told else ""
    address = {"male": "Mr ", "female": "Mrs "}[case.gender] if "gender" in told else ""
    first = f"{country}{title}[{surname if case.bare else case.name}]{age} arrived on Monday."
    text, people, _ = spans(f"{first[0].upper()}{first[1:]} The talks were long, {address}[{surname}] said.")
    return Article("a1", text, PartialDate(YEAR, 3)), people


def probability(case: Case, fact: str, state: str) -> tuple[float, ...]:
    """That of the right person, for both mentions."""
    known = record(case, fact, state)
    text, given = article(case, fact)
    kb = KnowledgeBase.of([known, *case.namesakes])
    decisions = resolve_article(text, kb=kb, nlp=sentences_only(), settings=Settings(), given=given)
    return tuple(next((one.probability for one in decision.verdicts if one.person == known), 0.0) for decision in decisions)


def alone(case: Case, fact: str) -> Case:
    """The case without the facts of the record that come and go with *fact*: a date of birth tells the age, a role has its dates."""
    bound = {"age": {"born"}, "born": {"age"}, "title": {"role_dates"}}.get(fact, set())
    return replace(case, known=case.known - bound | ({"title"} if fact == "role_dates" else set()))


@pytest.mark.parametrize("fact", FACTS)
def test_a_fact_that_fits_is_at_least_as_good_as_none_and_none_as_one_that_contradicts(fact: str) -> None:
    wrong = []
    for case in (alone(case, fact) for case in cases()):
        fits, missing, contradicts = (probability(case, fact, state) for state in ("fits", "missing", "contradicts"))
        wrong += [
            (case, three) for three in zip(fits, missing, contradicts, strict=True) if not three[0] + EQUAL >= three[1] >= three[2] - EQUAL
        ]
    assert wrong == []
