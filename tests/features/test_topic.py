"""What the other words of the article say, and how well known a person is."""

from collections.abc import Callable
from dataclasses import replace
from typing import NamedTuple

import pytest
from factory import candidate, chain, context, says

from disambig.features.topic import epithet_fits, field_fits, is_well_known, spoken_of_by_others, words_in_common
from disambig.records import Candidate, Chain, Context, Evidence

LONG = {f"word{number}" for number in range(100)}
FULL = candidate("Ana Costa", text="harbour bridge cargo tariff customs pilot tugboat quay ferry crane dredger lighthouse")
STRIKER = candidate("Rui Vale", description="footballer", occupations=["striker"])


class Case(NamedTuple):
    feature: Callable[[Chain, Candidate], Evidence]
    context: Context
    candidate: Candidate
    expected: str
    because: str


CASES = [
    Case(words_in_common, context(near={"harbour", "bridge"}), FULL, "for", "in the sentence"),
    Case(words_in_common, context(around={"harbour", "bridge"}), FULL, "for", "in the paragraph"),
    Case(words_in_common, context(topic={*LONG}), FULL, "against", "a full record and a long article, no word in common"),
    Case(words_in_common, context(near={"harbour"}), candidate("Ana Costa"), "missing", "a record without words"),
    Case(epithet_fits, context(epithet={"harbour"}), FULL, "for", "stands with the name"),
    Case(epithet_fits, context(epithet={"council"}), FULL, "against", "not in the record"),
    Case(epithet_fits, context(epithet={"harbour", "council"}), FULL, "for", "one of two words"),
    Case(epithet_fits, context(), FULL, "missing", "nothing stands with the name"),
    Case(epithet_fits, context(epithet={"council"}), candidate("Ana Costa"), "missing", "a record without words"),
    Case(field_fits, context(fields={"football"}), STRIKER, "for", "the person's field"),
    Case(field_fits, context(fields={"football", "law"}), STRIKER, "for", "one of two fields"),
    Case(field_fits, context(fields={"law"}), STRIKER, "against", "another field"),
    Case(field_fits, context(fields={"law"}), candidate("Ana Costa", occupations=["banker"]), "neutral", "a field that lies near"),
    Case(field_fits, context(fields={"education"}), STRIKER, "neutral", "everybody has been to school"),
    Case(field_fits, context(fields={"tennis"}), STRIKER, "against", "another sport"),
    Case(field_fits, context(), STRIKER, "missing", "an article about nothing much"),
    Case(field_fits, context(fields={"law"}), candidate("Ana Costa"), "missing", "a record without field"),
    Case(is_well_known, context(), candidate("Ana Costa", popularity=1e9), "for", "very well known"),
    Case(is_well_known, context(), candidate("Ana Costa", popularity=0.0), "against", "hardly known"),
    Case(is_well_known, context(), candidate("Ana Costa"), "missing", "not recorded"),
    Case(spoken_of_by_others, context(bare=True), replace(FULL, spoken_of=(2, 1)), "for", "two relatives' records name this one"),
    Case(spoken_of_by_others, context(bare=True), replace(FULL, spoken_of=(0, 1)), "missing", "this one's record names a relative"),
    Case(spoken_of_by_others, context(), replace(FULL, spoken_of=(2, 1)), "missing", "a full name needs no such help"),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.feature.__name__}: {case.because}")
def test_what_other_words_say(case: Case) -> None:
    found = case.feature(chain("Costa", context=case.context), case.candidate)
    assert says(found) == case.expected, found


def in_common(around: Context, someone: Candidate = FULL) -> float:
    found = words_in_common(chain("Costa", context=around), someone).value
    assert found is not None
    return found


def test_the_nearer_a_word_stands_the_more_it_says() -> None:
    values = [in_common(context(**{place: {"harbour", "bridge"}})) for place in ("near", "around", "topic")]
    assert values == sorted(values, reverse=True)
    assert len(set(values)) == 3


def test_more_words_say_more() -> None:
    values = [in_common(context(near=words)) for words in (set(), {"harbour"}, {"harbour", "bridge"}, {"harbour", "bridge", "ferry"})]
    assert values == sorted(values)
    assert len(set(values)) == 4


def test_a_word_that_namesakes_share_says_less() -> None:
    shared = candidate("Ana Costa", text=FULL.person.text, namesakes_share=["harbour"])
    assert in_common(context(near={"harbour"})) > in_common(context(near={"harbour"}), shared) >= in_common(context())


def test_a_short_record_is_not_held_against_a_person_as_a_full_one_is() -> None:
    assert in_common(context(topic={*LONG}), candidate("Ana Costa", text="harbour")) > in_common(context(topic={*LONG}))


def test_an_epithet_says_more_the_more_of_it_is_in_the_record() -> None:
    told = [{"harbour", "bridge"}, {"harbour", "council"}, {"works", "council"}]
    values = [epithet_fits(chain("Costa", context=context(epithet=words)), FULL).value or 0.0 for words in told]
    assert values == sorted(values, reverse=True)
    assert len(set(values)) == 3


def test_the_reason_names_the_words() -> None:
    assert "harbour" in words_in_common(chain("Costa", context=context(near={"harbour"})), FULL).because


@pytest.mark.parametrize(("less", "more"), [(0.0, 10.0), (2.0, 10.0), (10.0, 1e3), (1e3, 1e4)])
def test_the_better_known_is_the_likelier(less: float, more: float) -> None:
    assert _known(less, usual=100.0) < _known(more, usual=100.0)


def test_popularity_is_held_against_what_is_usual_in_the_people_store() -> None:
    assert _known(7.0, usual=7.0) == 0.0
    assert _known(30.0, usual=3.0) == _known(3_000.0, usual=300.0) > 0.0


def _known(popularity: float, *, usual: float) -> float:
    someone = replace(candidate("Ana Costa", popularity=popularity), usual_popularity=usual)
    return is_well_known(chain("Costa"), someone).value or 0.0
