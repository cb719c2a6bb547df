"""The records refuse what no stage could work with."""

import datetime as dt

import pytest
from factory import chain, decision, evidence, mention, person
from hypothesis import given
from hypothesis import strategies as st

from disambig.records import Chain, Mention, Outcome, PartialDate, Person

DATES = [
    ("2023", (dt.date(2023, 1, 1), dt.date(2023, 12, 31)), "a year"),
    ("2023-02", (dt.date(2023, 2, 1), dt.date(2023, 2, 28)), "a short month"),
    ("2024-02", (dt.date(2024, 2, 1), dt.date(2024, 2, 29)), "a leap year"),
    ("2023-12", (dt.date(2023, 12, 1), dt.date(2023, 12, 31)), "the last month"),
    ("2023-01-10", (dt.date(2023, 1, 10), dt.date(2023, 1, 10)), "a day"),
    ("2023-01-10T12:00:00Z", (dt.date(2023, 1, 10), dt.date(2023, 1, 10)), "a time is cut off"),
    ("9999", (dt.date(9999, 1, 1), dt.date.max), "the calendar's last year"),
]


@pytest.mark.parametrize(("text", "expected", "because"), DATES, ids=[case[2] for case in DATES])
def test_a_date_spans_the_days_it_can_be(text: str, expected: tuple[dt.date, dt.date], because: str) -> None:
    date = PartialDate.parse(text)
    assert (date.first, date.last) == expected, because


@pytest.mark.parametrize("text", ["", "tomorrow", "19x4", "2023-13", "2023-02-30", "23-01-10", "2023/01/10", "0000"])
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"is not YYYY|must be in|day is out of range|is out of range"):
        PartialDate.parse(text)


@given(st.dates())
def test_a_day_is_written_as_it_was_read(day: dt.date) -> None:
    assert str(PartialDate.parse(day.isoformat())) == day.isoformat()


def test_a_mention_refuses_offsets_of_another_length() -> None:
    with pytest.raises(ValueError, match=r"mention 'Kozak' cannot stand at 3:7"):
        Mention("a1", 3, 7, "Kozak")


def test_an_empty_mention_is_refused() -> None:
    with pytest.raises(ValueError, match=r"mention '' cannot stand at 3:3"):
        Mention("a1", 3, 3, "")


def test_a_mention_id_names_article_and_place() -> None:
    assert mention("Kozak", 7, article_id="news-1").id == "news-1:7-12"


def test_a_chain_without_mentions_is_refused() -> None:
    with pytest.raises(ValueError, match=r"chain 'c1' has no mention"):
        Chain("c1", (), "Kozak")


def test_a_chain_gives_its_names_once_with_the_fullest_first() -> None:
    assert chain("Kozak", "Dmitry Kozak", "Kozak").names == ("Dmitry Kozak", "Kozak")


@pytest.mark.parametrize(("person_id", "name"), [("", "Ana Costa"), ("p1", ""), ("p1", "  ")])
def test_a_person_without_id_or_name_is_refused(person_id: str, name: str) -> None:
    with pytest.raises(ValueError, match=r"a person needs an id and a name, not"):
        Person(person_id, name)


def test_a_person_gives_name_and_aliases_once() -> None:
    assert person("Ana Costa", aliases=["A. Costa", "Ana Costa"]).names == ("Ana Costa", "A. Costa")


@pytest.mark.parametrize("value", [-1.01, 1.01])
def test_evidence_out_of_range_is_refused(value: float) -> None:
    with pytest.raises(ValueError, match=r"must be within -1 and 1"):
        evidence("the names agree", value)


def test_missing_evidence_moves_nothing_and_is_not_neutral() -> None:
    missing, neutral = evidence("no role is recorded", None, 3.0), evidence("the role is another one", 0.0, 3.0)
    assert missing.share == neutral.share == 0.0
    assert missing.value is None
    assert neutral.value is not None


def test_only_a_resolved_decision_says_a_person() -> None:
    people = {outcome: decision(outcome=outcome).person for outcome in Outcome}
    assert people.pop(Outcome.RESOLVED) == person("Dmitry Kozak")
    assert set(people.values()) == {None}
