"""What vectors say for and against a candidate."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from factory import candidate, chain, says

from disambig.features.likeness import (
    name_comes_to_mind,
    record_fits_text,
    record_resembles_company,
    record_resembles_passage,
    record_resembles_text,
)
from disambig.records import Candidate, Chain, Evidence, Resemblance

CASES = [
    (record_resembles_passage, Resemblance(to_passage=0.2), "for", "more like it than the others"),
    (record_resembles_passage, Resemblance(to_passage=-0.2), "against", "less like it"),
    (record_resembles_passage, Resemblance(to_passage=0.0), "neutral", "just as like it"),
    (record_resembles_passage, Resemblance(), "missing", "nothing to compare"),
    (name_comes_to_mind, Resemblance(to_mention=0.2), "for", "more than the others"),
    (name_comes_to_mind, Resemblance(to_mention=-0.2), "against", "less than the others"),
    (name_comes_to_mind, Resemblance(to_mention=0.0), "neutral", "the same name"),
    (name_comes_to_mind, Resemblance(), "missing", "nothing to compare"),
    (record_resembles_text, Resemblance(to_text=0.2), "for", "more like it than the others"),
    (record_resembles_text, Resemblance(to_text=-0.2), "against", "less like it"),
    (record_resembles_text, Resemblance(to_text=0.0), "neutral", "just as like it"),
    (record_resembles_text, Resemblance(), "missing", "nothing to compare"),
    (record_fits_text, Resemblance(with_text=0.6), "for", "like it, whoever else is in question"),
    (record_fits_text, Resemblance(with_text=0.1), "against", "little like it"),
    (record_fits_text, Resemblance(), "missing", "nothing to compare"),
    (record_resembles_company, Resemblance(to_company=0.2), "for", "more like those beside than the others"),
    (record_resembles_company, Resemblance(to_company=-0.2), "against", "less like those beside"),
    (record_resembles_company, Resemblance(to_company=0.0), "neutral", "just as like those beside"),
    (record_resembles_company, Resemblance(), "missing", "nobody beside"),
]


@pytest.mark.parametrize(("feature", "resemblance", "expected", "because"), CASES, ids=[f"{case[0].__name__}, {case[3]}" for case in CASES])
def test_a_cosine_or_a_difference_of_cosines_speaks_as_it_points(
    feature: Callable[[Chain, Candidate], Evidence], resemblance: Resemblance, expected: str, because: str
) -> None:
    found = feature(chain("Kozak"), replace(candidate(), resemblance=resemblance))
    assert says(found) == expected, because


def test_a_name_alone_says_less_about_the_passage_than_a_record() -> None:
    record, name = Resemblance(to_passage=0.4), Resemblance(to_passage=0.4, by_name=True)
    values = [record_resembles_passage(chain("Kozak"), replace(candidate(), resemblance=one)).value for one in (record, name)]
    assert values == [pytest.approx(0.8), pytest.approx(0.24)]


def test_a_name_far_ahead_counts_no_more_than_in_full() -> None:
    assert name_comes_to_mind(chain("Kozak"), replace(candidate(), resemblance=Resemblance(to_mention=0.9))).value == 1.0


@pytest.mark.parametrize("feature", [record_resembles_passage, record_resembles_text])
def test_words_around_a_given_name_alone_count_for_more(feature: Callable[[Chain, Candidate], Evidence]) -> None:
    like = replace(candidate("Anna Kozak"), resemblance=Resemblance(to_passage=0.1, to_text=0.1))
    given, surname = (feature(chain(name), like).value or 0.0 for name in ("Anna", "Kozak"))
    assert given > surname > 0.0
