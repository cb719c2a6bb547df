"""What roles, titles, organisations and dates say."""

from collections.abc import Callable
from typing import NamedTuple

import pytest
from factory import candidate, chain, context, role, says

from disambig.features.role import (
    active_at_date,
    age_fits,
    alive_at_date,
    generation_fits,
    lived_in_years,
    organisation_is_named,
    role_held_at_date,
    title_fits_role,
)
from disambig.records import Candidate, Chain, Context, Evidence


class Case(NamedTuple):
    feature: Callable[[Chain, Candidate], Evidence]
    context: Context
    candidate: Candidate
    expected: str
    because: str


MAYOR = candidate("Ana Costa", roles=[role("Mayor", "Braga City Council", "Portugal", "2010", "2014")])
MINISTER = candidate("Ana Costa", roles=[role("Trade Minister", "Government of Velia")])
STRIKER = candidate("Ana Costa", occupations=["striker"])
BORN_1960 = candidate("Ana Costa", born="1960-06-15")
DIED_1990 = candidate("Ana Costa", born="1900", died="1990-03")
TRADE = candidate("Ana Costa", roles=[role("Trade Minister", start="2010", end="2014")])
ACTIVE = candidate("Ana Costa", roles=[role("Mayor", start="2000", end="2004")])
LASTING = candidate("Ana Costa", roles=[role("Mayor", start="2000", end="2004"), role("Judge", start="2010")])
BANKER = candidate("Ana Costa", roles=[role("Director", "European Bank for Reconstruction"), role("Clerk", "Vento Group")])


def at(date: str, *titles: str, **fields: object) -> Context:
    return context(date=date, titles=list(titles), **fields)


TITLES = [
    Case(title_fits_role, at("", "mayor"), MAYOR, "for", "the title of the record"),
    Case(title_fits_role, at("", "mayor of Braga"), MAYOR, "for", "with the place"),
    Case(title_fits_role, at("", "trade minister"), MINISTER, "for", "two words"),
    Case(title_fits_role, at("", "forward"), STRIKER, "for", "another word of the same field"),
    Case(title_fits_role, at("", "former mayor"), MAYOR, "for", "a former office"),
    Case(title_fits_role, at("", "striker"), MINISTER, "against", "another field of life"),
    Case(title_fits_role, at("", "judge"), STRIKER, "against", "and the other way round"),
    Case(title_fits_role, at("", "engineer"), candidate("Ana Costa", occupations=["physicist"]), "neutral", "a field that lies near"),
    Case(title_fits_role, at(""), MAYOR, "missing", "the text gives no title"),
    Case(title_fits_role, at("", "mayor"), candidate("Ana Costa"), "missing", "the record gives no role"),
]

HELD = [
    Case(role_held_at_date, at("2012-05-01", "mayor"), MAYOR, "for", "while in office"),
    Case(role_held_at_date, at("2014-12-31", "mayor"), MAYOR, "for", "on the last day"),
    Case(role_held_at_date, at("2020", "former mayor"), MAYOR, "for", "a former office, after it"),
    Case(role_held_at_date, at("2020", "mayor until 2014"), MAYOR, "for", "the years in the text"),
    Case(role_held_at_date, at("2020", "mayor from 2010 to 2014"), MAYOR, "for", "both years in the text"),
    Case(role_held_at_date, at("2020", "mayor"), MAYOR, "against", "after the office"),
    Case(role_held_at_date, at("2000", "mayor"), MAYOR, "against", "before the office"),
    Case(role_held_at_date, at("2005", "former mayor"), MAYOR, "against", "a former office, before it"),
    Case(role_held_at_date, at("2020", "mayor until 1990"), MAYOR, "against", "other years in the text"),
    Case(role_held_at_date, at("1980", "mayor in 2012"), MAYOR, "for", "a year in the text, whatever the article's date"),
    Case(role_held_at_date, at("2012", "mayor from 2010 to 2020"), MAYOR, "against", "the second of two years in the text"),
    Case(role_held_at_date, at("2020", "ex-mayor"), MAYOR, "for", "with ex-"),
    Case(role_held_at_date, at("2020", "late mayor"), MAYOR, "for", "with late"),
    Case(role_held_at_date, at("2020", "ex-trade minister"), TRADE, "for", "with ex-, two words"),
    Case(role_held_at_date, at("2005", "ex-trade minister"), TRADE, "against", "with ex-, before the office"),
    Case(role_held_at_date, at("2020", "mayor", had_titles=True), MAYOR, "for", "with a verb of the past, after it"),
    Case(role_held_at_date, at("2005", "mayor", had_titles=True), MAYOR, "against", "with a verb of the past, before it"),
    Case(role_held_at_date, at("2009", "next mayor"), MAYOR, "neutral", "an office to come"),
    Case(role_held_at_date, at("2012", "judge"), MAYOR, "missing", "another role"),
    Case(role_held_at_date, at("", "mayor"), MAYOR, "missing", "no date"),
    Case(role_held_at_date, at("2012"), MAYOR, "missing", "no title"),
    Case(role_held_at_date, at("2012", "trade minister"), MINISTER, "missing", "a role without dates"),
    Case(
        role_held_at_date, at("2020", "mayor"), candidate("Ana Costa", roles=[role("Mayor", start="2018")]), "for", "an office that lasts"
    ),
]

ALIVE = [
    Case(alive_at_date, at("2000"), BORN_1960, "for", "grown up"),
    Case(alive_at_date, at("1950"), BORN_1960, "against", "not yet born"),
    Case(alive_at_date, at("1965"), BORN_1960, "against", "a child"),
    Case(alive_at_date, at("2020"), DIED_1990, "against", "long dead"),
    Case(alive_at_date, at("1990-03-10"), DIED_1990, "neutral", "the month of the death"),
    Case(alive_at_date, at("1990-03-10", near={"funeral"}), DIED_1990, "for", "a death in the text and in the record"),
    Case(alive_at_date, at("2000", near={"died"}, alone=True), BORN_1960, "against", "a death in the text alone"),
    Case(alive_at_date, at("1980", near={"died"}), BORN_1960, "for", "somebody's death, others being in the sentence"),
    Case(alive_at_date, at("2020", near={"died"}, years={1990}), DIED_1990, "for", "the year of the death stands in the sentence"),
    Case(alive_at_date, at("2020", near={"died"}, years={1975, 1990}), DIED_1990, "for", "one of two years"),
    Case(alive_at_date, at("2020", near={"died"}, years={1975}), DIED_1990, "against", "a death in another year"),
    Case(alive_at_date, at("2020", years={1990}), DIED_1990, "against", "the year without a word of death"),
    Case(alive_at_date, at("1975"), candidate("Ana Costa", born="1960"), "for", "just grown up"),
    Case(alive_at_date, at("2000"), candidate("Ana Costa", died="2010"), "for", "alive, and no birthday in the record"),
    Case(alive_at_date, at(""), BORN_1960, "missing", "no date"),
    Case(alive_at_date, at("2000"), candidate("Ana Costa"), "missing", "no dates in the record"),
]

ACTIVITY = [
    Case(active_at_date, at("2002"), ACTIVE, "for", "in office"),
    Case(active_at_date, at("2006"), ACTIVE, "neutral", "shortly after"),
    Case(active_at_date, at("1999"), ACTIVE, "neutral", "shortly before"),
    Case(active_at_date, at("1950"), ACTIVE, "against", "long before"),
    Case(active_at_date, at("2099"), ACTIVE, "against", "long after"),
    Case(active_at_date, at("2099"), LASTING, "for", "an office that lasts"),
    Case(active_at_date, at("1996"), ACTIVE, "against", "four years before the first office"),
    Case(active_at_date, at("1997"), ACTIVE, "neutral", "three years before it"),
    Case(active_at_date, at("2016"), ACTIVE, "neutral", "twelve years after the last one"),
    Case(active_at_date, at("2017"), ACTIVE, "against", "thirteen years after it"),
    Case(active_at_date, at(""), ACTIVE, "missing", "no date"),
    Case(active_at_date, at("2002"), MINISTER, "missing", "no dates in the record"),
]

LIVED_1900_1990 = candidate("Ana Costa", born="1900-05-02", died="1990")
YEARS = [
    Case(lived_in_years, context(years={1930, 1950}), LIVED_1900_1990, "for", "years of the life"),
    Case(lived_in_years, context(years={1900, 1990}), LIVED_1900_1990, "for", "those of birth and death"),
    Case(lived_in_years, context(years={1930, 2005}), LIVED_1900_1990, "neutral", "one within, one after"),
    Case(lived_in_years, context(years={1899}), LIVED_1900_1990, "against", "the year before the birth"),
    Case(lived_in_years, context(years={1991}), LIVED_1900_1990, "against", "the year after the death"),
    Case(lived_in_years, context(years={2005}), BORN_1960, "for", "no death is recorded"),
    Case(lived_in_years, context(years={2061}), BORN_1960, "against", "more than a hundred years after the birth"),
    Case(lived_in_years, context(years={1889}), candidate("Ana Costa", died="1990"), "against", "as long before the death"),
    Case(lived_in_years, context(years_nearby={1850}), LIVED_1900_1990, "against", "a year elsewhere in the chain"),
    Case(lived_in_years, context(years={1930}, years_nearby={1850}), LIVED_1900_1990, "for", "the own sentence comes first"),
    Case(lived_in_years, context(), LIVED_1900_1990, "missing", "no year in the text"),
    Case(lived_in_years, context(years={1930}), MAYOR, "missing", "no year in the record"),
]

AGES = [
    Case(age_fits, at("2005-06-20", age=45), BORN_1960, "for", "the age"),
    Case(age_fits, at("2005-06-10", age=44), BORN_1960, "for", "just before the birthday"),
    Case(age_fits, at("2005", age=44), BORN_1960, "for", "a year without day"),
    Case(age_fits, at("2005", age=30), BORN_1960, "against", "too young"),
    Case(age_fits, at("2005", age=70), BORN_1960, "against", "too old"),
    Case(age_fits, at("2005-06-20", age=46), BORN_1960, "for", "a year too many is a slip"),
    Case(age_fits, at("2005-06-20", age=47), BORN_1960, "against", "two years too many"),
    Case(age_fits, at("2005-06-20", age=44), BORN_1960, "for", "a year too few"),
    Case(age_fits, at("2005-06-20", age=43), BORN_1960, "against", "two years too few"),
    Case(age_fits, at("2005"), BORN_1960, "missing", "no age in the text"),
    Case(age_fits, at("", age=45), BORN_1960, "missing", "no date"),
    Case(age_fits, at("2005", age=45), candidate("Ana Costa"), "missing", "no birthday"),
]

ELDER, YOUNGER = (candidate("Ana Costa", generation=told) for told in ("elder", "younger"))
GENERATIONS = [
    Case(generation_fits, at("", generation="elder"), ELDER, "for", "the elder"),
    Case(generation_fits, at("", generation="younger"), ELDER, "against", "the younger"),
    Case(generation_fits, at("", generation="younger"), YOUNGER, "for", "the younger, or a pet form"),
    Case(generation_fits, at(""), ELDER, "missing", "the text says neither"),
    Case(generation_fits, at("", generation="elder"), candidate("Ana Costa"), "missing", "the namesakes are not told apart"),
]

ORGANISATIONS = [
    Case(organisation_is_named, at("", organisations=["Vento Group"]), BANKER, "for", "the organisation"),
    Case(organisation_is_named, at("", organisations=["the Vento Group"]), BANKER, "for", "with an article"),
    Case(organisation_is_named, at("", organisations=["EBR"]), BANKER, "for", "its initials"),
    Case(organisation_is_named, at("", "director of the European Bank for Reconstruction"), BANKER, "for", "in the title"),
    Case(organisation_is_named, at("", organisations=["Ondas"]), BANKER, "neutral", "another one"),
    Case(organisation_is_named, at(""), BANKER, "missing", "none in the text"),
    Case(organisation_is_named, at("", organisations=["Vento Group"]), candidate("Ana Costa"), "missing", "none in the record"),
]


@pytest.mark.parametrize(
    "case",
    [*TITLES, *HELD, *ALIVE, *YEARS, *ACTIVITY, *AGES, *GENERATIONS, *ORGANISATIONS],
    ids=lambda case: f"{case.feature.__name__}: {case.because}",
)
def test_what_roles_and_dates_say(case: Case) -> None:
    found = case.feature(chain("Costa", context=case.context), case.candidate)
    assert says(found) == case.expected, found


def test_the_words_of_the_role_say_more_than_its_field() -> None:
    values = [title_fits_role(chain("Costa", context=at("", title)), STRIKER).value for title in ("striker", "forward", "judge")]
    assert values == sorted(values, key=lambda value: -(value or 0.0))
    assert len(set(values)) == 3


def test_a_politician_may_move_from_one_public_office_to_another() -> None:
    moved = title_fits_role(chain("Costa", context=at("", "senator")), MINISTER).value
    other = title_fits_role(chain("Costa", context=at("", "goalkeeper")), MINISTER).value
    assert moved is not None
    assert other is not None
    assert moved > other
