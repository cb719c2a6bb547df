"""What the store holds of a record is what was recorded."""

import json
import math

import pytest
from factory import person, role
from hypothesis import given
from hypothesis import strategies as st

from disambig.kb.packing import merge, pack, unpack
from disambig.records import PartialDate, Person, Role

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
filled = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12).filter(str.strip)
lists = st.lists(texts, max_size=3).map(tuple)
dates = st.none() | st.dates().map(lambda day: PartialDate(day.year, day.month, day.day)) | st.integers(1, 9999).map(PartialDate)
roles = st.builds(Role, texts, texts, texts, dates, dates)
people = st.builds(
    Person,
    id=filled,
    name=filled,
    aliases=lists,
    description=texts,
    roles=st.lists(roles, max_size=3).map(tuple),
    occupations=lists,
    affiliations=lists,
    countries=lists,
    born=dates,
    died=dates,
    gender=texts,
    popularity=st.none() | st.floats(0, allow_nan=False, allow_infinity=False),
    related=lists,
    text=texts,
)


@given(people)
def test_what_is_packed_is_unpacked(one: Person) -> None:
    assert unpack(one.id, [one.name, *one.aliases], pack(one)) == one


def test_what_is_not_recorded_takes_no_room() -> None:
    assert pack(person("Ana Costa", aliases=["A. Costa"])) == ""
    assert pack(person("Ana Costa", roles=[role("mayor")], popularity=0.0)) == '{"roles":[["mayor"]],"popularity":0.0}'


def test_other_alphabets_are_not_escaped() -> None:
    assert pack(person("Ana Costa", description="мэр")) == '{"description":"мэр"}'


NOT_PACKED = [
    "{",
    "[]",
    "7",
    '"born"',
    '{"height":"tall"}',
    '{"id":"p2"}',
    '{"born":1960}',
    '{"born":"19x0"}',
    '{"born":"0000"}',
    '{"description":7}',
    '{"occupations":"mayor"}',
    '{"occupations":[7]}',
    '{"roles":{}}',
    '{"roles":["mayor"]}',
    '{"roles":[[7]]}',
    '{"roles":[["","","","soon"]]}',
    '{"roles":[["","","","","",""]]}',
    '{"popularity":"41"}',
    '{"popularity":null}',
]


@pytest.mark.parametrize("packed", NOT_PACKED)
def test_what_was_not_packed_is_an_error(packed: str) -> None:
    with pytest.raises((ValueError, KeyError, TypeError)):
        unpack("p1", ["Ana Costa"], packed)


@pytest.mark.parametrize("person_id", [7, None, b"p1", ""])
def test_an_id_that_is_no_text_is_an_error(person_id: str) -> None:
    with pytest.raises((ValueError, TypeError)):
        unpack(person_id, ["Ana Costa"], "")


FIRST = person(
    "Ana Costa",
    "p1",
    aliases=["A. Costa"],
    description="mayor",
    roles=[role("mayor", "Porto")],
    occupations=["politician"],
    born="1960",
    popularity=3.0,
)
SECOND = person(
    "Ana Maria Costa",
    "p1",
    aliases=["Ana Costa"],
    description="Portuguese politician",
    roles=[role("mayor", "Porto"), role("minister")],
    occupations=["economist", "politician"],
    countries=["Portugal"],
    born="1961-03-02",
    died="2020",
    gender="female",
    popularity=5.0,
    related=["p2"],
    text="…",
)
MERGED = person(
    "Ana Costa",
    "p1",
    aliases=["A. Costa", "Ana Maria Costa"],
    description="mayor",
    roles=[role("mayor", "Porto"), role("minister")],
    occupations=["politician", "economist"],
    countries=["Portugal"],
    born="1960",
    died="2020",
    gender="female",
    popularity=5.0,
    related=["p2"],
    text="…",
)


def test_the_first_record_leads_and_the_second_adds() -> None:
    assert merge(FIRST, SECOND) == MERGED


def test_what_neither_says_stays_unsaid() -> None:
    assert merge(Person("p1", "Ana Costa"), Person("p1", "Ana Costa")) == Person("p1", "Ana Costa")


@pytest.mark.parametrize(("one", "other", "expected"), [(None, 2.0, 2.0), (2.0, None, 2.0), (0.0, None, 0.0), (3.0, 2.0, 3.0)])
def test_the_greater_popularity_counts(one: float | None, other: float | None, expected: float) -> None:
    assert merge(Person("p1", "A B", popularity=one), Person("p1", "A B", popularity=other)).popularity == expected


@given(people, people)
def test_a_record_merged_with_a_second_one_keeps_what_it_says(one: Person, other: Person) -> None:
    merged = merge(one, other)
    assert (merged.id, merged.name) == (one.id, one.name)
    assert set(merged.names) == {*one.names, *other.names}
    assert merge(merged, other) == merged
    assert all(
        getattr(merged, name) == getattr(one, name) for name in ("description", "born", "died", "gender", "text") if getattr(one, name)
    )


@given(people)
def test_what_is_packed_is_json_with_numbers_that_others_read(one: Person) -> None:
    packed = pack(one)
    assert not packed or all(math.isfinite(value) for value in json.loads(packed).values() if isinstance(value, float))
