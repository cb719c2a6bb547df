"""What the names say."""

from collections.abc import Callable
from dataclasses import replace
from typing import NamedTuple

import pytest
from factory import candidate, chain, context, says

from disambig.features.name import called_just_so, family_is_named, is_somebody_else, name_agrees, namesake_named_nearby
from disambig.records import Candidate, Chain, Evidence


class Case(NamedTuple):
    feature: Callable[[Chain, Candidate], Evidence]
    chain: Chain
    candidate: Candidate
    expected: str
    because: str


def agrees(name: str, record: str, *aliases: str) -> Evidence:
    return name_agrees(chain(*name.split("; ")), candidate(record, aliases=list(aliases)))


NAMES = [
    Case(name_agrees, chain("Ana Costa"), candidate("Ana Costa"), "for", "the same name"),
    Case(name_agrees, chain("Ana Costa"), candidate("Ana Maria Costa"), "for", "a middle name left out"),
    Case(name_agrees, chain("Ana Maria Costa"), candidate("Ana Costa"), "for", "a middle name more"),
    Case(name_agrees, chain("D. Orlov"), candidate("Dmitry Orlov"), "for", "an initial"),
    Case(name_agrees, chain("Дмитро Орлов"), candidate("Dmitry Orlov"), "for", "another alphabet and another language"),
    Case(name_agrees, chain("Bill Marsh"), candidate("William Marsh"), "for", "a nickname"),
    Case(name_agrees, chain("Costa", "Ana Costa"), candidate("Ana Costa"), "for", "the full name anywhere in the chain"),
    Case(name_agrees, chain("Costa"), candidate("Ana Costa"), "neutral", "the surname alone"),
    Case(name_agrees, chain("Ana"), candidate("Ana Costa"), "against", "the given name alone"),
    Case(name_agrees, chain("George W. Marsh"), candidate("George H. Marsh"), "against", "another middle initial"),
    Case(name_agrees, chain("Luis Costa"), candidate("Ana Costa"), "against", "another given name"),
    Case(name_agrees, chain("Martin Bell Jr."), candidate("Martin Bell Sr."), "against", "father and son"),
    Case(name_agrees, chain("Rui Vale"), candidate("Ana Costa"), "against", "another name"),
    Case(name_agrees, chain("Rui Vale Costa", "Rui Costa"), candidate("Rui Vale"), "against", "one full name of the chain contradicts"),
]

TITLED = [
    Case(name_agrees, chain("Nawaf", honorific="Sheikh"), candidate("Nawaf Al-Sabah"), "neutral", "Sheikh goes with a given name"),
    Case(name_agrees, chain("Keith", honorific="Sir"), candidate("Keith Marlow"), "neutral", "Sir too"),
    Case(name_agrees, chain("Diana", honorific="princess"), candidate("Diana Marlow"), "neutral", "a princess, in lower case"),
    Case(name_agrees, chain("Nawaf", honorific="Mr"), candidate("Nawaf Al-Sabah"), "against", "Mr goes with a surname"),
    Case(name_agrees, chain("Nawaff", honorific="Sheikh"), candidate("Nawaf Al-Sabah"), "against", "misspelt"),
]

ANOTHER = context(rivals=["Ana Costa", "Luis Costa"], another=True)
SETTLED = context(rivals=("Bob Costa",), settled=(("Bob Costa", "costa-robert"),))
RIVALS = context(rivals=["Ana Costa", "Luis Costa"])
NAMESAKES = [
    Case(namesake_named_nearby, chain("Costa", context=RIVALS), candidate("Ana Costa"), "for", "the nearest full name"),
    Case(namesake_named_nearby, chain("Costa", context=RIVALS), candidate("Luis Costa"), "for", "another full name"),
    Case(namesake_named_nearby, chain("Costa", context=RIVALS), candidate("Eva Costa"), "against", "not among them"),
    Case(namesake_named_nearby, chain("Costa"), candidate("Ana Costa"), "missing", "no full name of that surname"),
    Case(namesake_named_nearby, chain("Costa", context=SETTLED), candidate("Robert Costa"), "for", "found to be him under another name"),
    Case(namesake_named_nearby, chain("Costa", context=SETTLED), candidate("Bob Costa"), "against", "found to be another of that name"),
    Case(namesake_named_nearby, chain("Costa", context=ANOTHER), candidate("Ana Costa"), "against", "the text says: another Costa"),
    Case(namesake_named_nearby, chain("Costa", context=ANOTHER), candidate("Eva Costa"), "neutral", "another one indeed"),
]

FIRST = context(rivals=["Rui Costa", "Ana Costa", "Luis Costa"], protagonist="Luis Costa")
ELSEWHERE = context(rivals=["Ana Costa"])
NAMESAKES += [
    Case(namesake_named_nearby, chain("Costa", context=FIRST), candidate("Luis Costa"), "for", "the one named first of all"),
    Case(namesake_named_nearby, chain("Costa", context=ELSEWHERE), candidate("Luis Costa"), "against", "only somebody else is named"),
    Case(namesake_named_nearby, chain("Costa", context=ELSEWHERE), candidate("Ana Maria Costa"), "for", "with a middle name"),
]

RELATIVES = context(beside=["Keith Marlow"])
FAMILY = [
    Case(family_is_named, chain("James", context=RELATIVES), candidate("James Marlow"), "for", "a relative stands beside"),
    Case(family_is_named, chain("James", context=context(elsewhere=["Keith Marlow"])), candidate("James Marlow"), "for", "or elsewhere"),
    Case(family_is_named, chain("James", context=RELATIVES), candidate("James Reis"), "against", "nobody of that surname"),
    Case(family_is_named, chain("James", context=context(beside=["Keith"])), candidate("James Reis"), "missing", "nobody is named in full"),
    Case(
        family_is_named,
        chain("James", context=context(beside=["Dusty Marlow"])),
        candidate("James Marlow", aliases=["Dusty Marlow"]),
        "against",
        "the article calls this person by another name",
    ),
    Case(
        family_is_named,
        chain("Jim", context=context(beside=["James Marlow"])),
        candidate("James Marlow"),
        "neutral",
        "the article calls this person by a form of that given name",
    ),
    Case(
        family_is_named,
        chain("Tomasito", context=context(beside=["Tomás Marlow"])),
        candidate("Tomás Marlow"),
        "for",
        "a pet form, and a namesake in the article",
    ),
    Case(
        family_is_named, chain("James", context=context(beside=["Marlow"])), candidate("James Marlow"), "for", "a relative by the surname"
    ),
    Case(
        family_is_named,
        chain("James", context=context(beside=["Rui Vale"])),
        candidate("James Marlow"),
        "against",
        "a stranger stands beside",
    ),
    Case(family_is_named, chain("James", honorific="Sir"), candidate("James Marlow"), "missing", "a title that goes with a given name"),
    Case(family_is_named, chain("James", honorific="Mr", context=RELATIVES), candidate("James Reis"), "against", "Mr goes with a surname"),
    Case(family_is_named, chain("James Marlow", context=RELATIVES), candidate("James Marlow"), "missing", "a full name"),
    Case(family_is_named, chain("Marlow", context=RELATIVES), candidate("James Marlow"), "missing", "a surname"),
]


def test_a_relative_elsewhere_says_less_where_others_stand_beside() -> None:
    seen = chain("James", context=context(beside=["Keith Marlow"], elsewhere=["Rui Vale"]))
    near, farther = (family_is_named(seen, candidate(name)).value for name in ("James Marlow", "James Vale"))
    assert (near, farther) == (1.0, 0.5)


TAKEN = context(taken={"costa-ana"})
SOMEBODY_ELSE = [
    Case(is_somebody_else, chain("Costa", context=TAKEN), candidate("Ana Costa"), "against", "the namesake that it is told from"),
    Case(is_somebody_else, chain("Costa", context=TAKEN), candidate("Luis Costa"), "neutral", "somebody else indeed"),
    Case(is_somebody_else, chain("Costa"), candidate("Ana Costa"), "missing", "told from nobody"),
    Case(
        is_somebody_else,
        chain("Costa", context=context(taken={"costa-ana", "costa-luis"})),
        candidate("Luis Costa"),
        "against",
        "one of two namesakes",
    ),
]


@pytest.mark.parametrize(
    "case", [*NAMES, *TITLED, *NAMESAKES, *FAMILY, *SOMEBODY_ELSE], ids=lambda case: f"{case.feature.__name__}: {case.because}"
)
def test_what_a_name_says(case: Case) -> None:
    found = case.feature(case.chain, case.candidate)
    assert says(found) == case.expected, found


BETTER = [
    ("Ana Costa", "Ana Costa", "Ana Maria Costa", "the same name before a shortened one"),
    ("Ana Costa", "Ana Maria Costa", "Ana Maria Lima Costa", "fewer parts left out"),
    ("Dmitry Orlov", "Dmitry Orlov", "Dmytro Orlov", "the same form before another language's"),
    ("Ana Costa", "Ana Costa", "Ana Coster", "the same spelling before a similar one"),
    ("Dmitry Orlov", "Dmytro Orlov", "Taras Orlov", "another form before another name"),
    ("Orlov", "Dmitry Orlov", "Orlov Reis", "the surname before a given name"),
    ("D. Orlov", "Dmitry Orlov", "Taras Orlov", "a fitting initial before another"),
    ("Martin Bell Jr.", "Martin Bell Jr.", "Martin Bell", "the same suffix before none"),
    ("Martin Bell Jr.", "Martin Bell", "Martin Bell Sr.", "no suffix before another"),
]


@pytest.mark.parametrize(("name", "better", "worse", "because"), BETTER, ids=[row[-1] for row in BETTER])
def test_a_closer_name_says_more(name: str, better: str, worse: str, because: str) -> None:
    values = agrees(name, better).value, agrees(name, worse).value
    assert values[0] is not None
    assert values[1] is not None
    assert values[0] > values[1], because


def test_the_best_of_a_persons_names_counts() -> None:
    assert agrees("Mira Reis", "Ana Costa", "Mira Reis") == agrees("Mira Reis", "Mira Reis")


def test_the_fullest_name_that_fits_counts() -> None:
    assert agrees("Ana Costa; Costa", "Ana Costa") == agrees("Ana Costa", "Ana Costa")


def test_a_full_name_that_a_bare_one_was_joined_to_says_less_of_the_bare_one() -> None:
    names = ("Ana Costa", "Costa")
    full, bare = (name_agrees(chain(*names, context=context(bare=bare)), candidate("Ana Costa")).value for bare in (False, True))
    assert full is not None
    assert bare is not None
    assert 0 < bare < full


def test_what_speaks_against_a_joined_name_is_not_lowered() -> None:
    names = ("Luis Costa", "Costa")
    full, bare = (name_agrees(chain(*names, context=context(bare=bare)), candidate("Ana Costa")).value for bare in (False, True))
    assert full == bare == -1.0


def test_the_namesake_named_first_says_as_much_as_the_nearest_and_more_than_one_between() -> None:
    nearest, between, first = (
        namesake_named_nearby(chain("Costa", context=FIRST), candidate(name)).value for name in ("Rui Costa", "Ana Costa", "Luis Costa")
    )
    assert nearest == first
    assert between is not None
    assert first is not None
    assert first > between


def test_the_nearest_namesake_says_more_than_a_farther_one() -> None:
    nearest, farther = (
        namesake_named_nearby(chain("Costa", context=RIVALS), candidate(name)).value for name in ("Ana Costa", "Luis Costa")
    )
    assert nearest is not None
    assert farther is not None
    assert nearest > farther


BARE = chain("Steven Marsh", "Marsh", context=context(bare=True))
JUST_SO = [
    Case(
        called_just_so,
        chain("Steven Marsh"),
        replace(candidate("Steve Marsh", aliases=["Steven Marsh"]), outnamed="Steven Marsh"),
        "against",
        "an alias says so, and another's first name",
    ),
    Case(called_just_so, chain("Steven Marsh"), replace(candidate("Steve Marsh"), outnamed="Steven Marsh"), "against", "another is"),
    Case(called_just_so, chain("Steven Marsh"), candidate("Steven Marsh"), "missing", "this one is"),
    Case(called_just_so, BARE, replace(candidate("Steve Marsh"), outnamed="Steven Marsh"), "against", "a bare name of that chain"),
    Case(called_just_so, chain("Felix"), replace(candidate("Felix Marsh"), outnamed="Felix"), "against", "a whole name of one word"),
]


@pytest.mark.parametrize("case", JUST_SO, ids=lambda case: case.because)
def test_whoever_is_called_just_so_comes_before_forms_of_the_name(case: Case) -> None:
    found = case.feature(case.chain, case.candidate)
    assert says(found) == case.expected, found
