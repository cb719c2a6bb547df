"""What the other people of the article say, and what gender words say."""

from collections.abc import Callable
from dataclasses import replace
from typing import NamedTuple

import pytest
from factory import candidate, chain, context, says

from disambig.features.company import gender_fits, known_people_beside
from disambig.records import Candidate, Chain, Context, Evidence

RELATED = candidate("Ana Costa", related_names=["Rui Vale"])
WRITTEN = candidate("Ana Costa", text="Ana Costa was married to Rui Vale and founded Vento.")
PETER = candidate("Ana Costa", text="Ana Costa was married to Peter Vale.")
NAMED_BY = replace(candidate("Ana Costa", text="Ana Costa is a judge."), named_by=("Rui",))
WOMAN, MAN = candidate("Ana Costa", gender="female"), candidate("Luis Costa", gender="male")


class Case(NamedTuple):
    feature: Callable[[Chain, Candidate], Evidence]
    context: Context
    candidate: Candidate
    expected: str
    because: str


PEOPLE = [
    Case(known_people_beside, context(beside=["Rui Vale"]), RELATED, "for", "a related person stands beside"),
    Case(known_people_beside, context(beside=["Vale"]), RELATED, "for", "by the surname"),
    Case(known_people_beside, context(elsewhere=["Rui Vale"]), RELATED, "for", "stands elsewhere"),
    Case(known_people_beside, context(beside=["Rui Vale"]), WRITTEN, "for", "the record's text names the person"),
    Case(known_people_beside, context(beside=["Peter"]), PETER, "for", "by the given name, as its text has it"),
    Case(known_people_beside, context(beside=["Rui"]), NAMED_BY, "for", "the record of a Rui names this person"),
    Case(known_people_beside, context(beside=["Eva Oduya"]), RELATED, "neutral", "somebody else stands beside"),
    Case(known_people_beside, context(beside=["Marta Vale"]), RELATED, "neutral", "a namesake of the related person"),
    Case(known_people_beside, context(), RELATED, "missing", "nobody else in the article"),
    Case(known_people_beside, context(beside=["Rui Vale"]), candidate("Ana Costa"), "missing", "the record names nobody"),
]

GENDERS = [
    Case(gender_fits, context(gender="female"), WOMAN, "for", "Mrs"),
    Case(gender_fits, context(gender="male"), WOMAN, "against", "Mr"),
    Case(gender_fits, context(gender="male"), MAN, "for", "Mr, a man"),
    Case(gender_fits, context(gender="female"), MAN, "against", "Mrs, a man"),
    Case(gender_fits, context(pronouns=(0, 2)), WOMAN, "for", "she"),
    Case(gender_fits, context(pronouns=(2, 0)), WOMAN, "against", "he"),
    Case(gender_fits, context(pronouns=(1, 1)), WOMAN, "neutral", "he and she"),
    Case(gender_fits, context(gender="female", pronouns=(3, 0)), WOMAN, "for", "Mrs counts, whatever the pronouns"),
    Case(gender_fits, context(), WOMAN, "missing", "no gender word"),
    Case(gender_fits, context(gender="female"), candidate("Ana Costa"), "missing", "the record has no gender"),
    Case(
        gender_fits, context(gender="female"), candidate("Ana Costa", gender="non-binary"), "missing", "a gender that the words do not tell"
    ),
]


@pytest.mark.parametrize("case", [*PEOPLE, *GENDERS], ids=lambda case: f"{case.feature.__name__}: {case.because}")
def test_what_company_says(case: Case) -> None:
    found = case.feature(chain("Costa", context=case.context), case.candidate)
    assert says(found) == case.expected, found


def value(feature: Callable[[Chain, Candidate], Evidence], around: Context, someone: Candidate) -> float:
    found = feature(chain("Costa", context=around), someone).value
    assert found is not None
    return found


def test_a_related_person_beside_says_more_than_one_elsewhere() -> None:
    assert value(known_people_beside, context(beside=["Rui Vale"]), RELATED) > value(
        known_people_beside, context(elsewhere=["Rui Vale"]), RELATED
    )


def test_a_form_of_address_says_more_than_a_pronoun() -> None:
    assert value(gender_fits, context(gender="male"), WOMAN) < value(gender_fits, context(pronouns=(5, 0)), WOMAN)
    assert value(gender_fits, context(gender="female"), WOMAN) > value(gender_fits, context(pronouns=(0, 5)), WOMAN)


def test_one_pronoun_says_less_than_two() -> None:
    assert value(gender_fits, context(pronouns=(1, 0)), WOMAN) > value(gender_fits, context(pronouns=(2, 0)), WOMAN)
