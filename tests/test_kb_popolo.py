"""Popolo documents become people: the names, and what memberships, parties and periods say of each."""

import copy
import json
from pathlib import Path
from typing import Any

import pytest
from factory import people_in, person, role
from hypothesis import given
from hypothesis import strategies as st

from disambig.errors import KnowledgeError
from disambig.kb import popolo
from disambig.records import Rejected

DOCUMENT: dict[str, Any] = {
    "persons": [
        {
            "id": "014f1aac",
            "name": "Ana Costa",
            "given_name": "Ana",
            "family_name": "Costa",
            "birth_date": "1961-03-02",
            "death_date": "2020",
            "gender": "female",
            "email": "ana@example.org",
            "identifiers": [{"identifier": "Q1", "scheme": "wikidata"}],
            "image": "https://example.org/ana.jpg",
            "images": [{"url": "https://example.org/ana.jpg"}],
            "links": [{"note": "Wikipedia (en)", "url": "https://example.org/wiki/Ana"}],
            "other_names": [
                {"lang": "ru", "name": "Ана Коста", "note": "multilingual"},
                {"lang": "pt", "name": "Ana Costa", "note": "multilingual"},
                {"name": "Ana Maria Costa", "note": "alternate"},
            ],
        },
        {"id": "b-2", "name": "Rui Vale"},
    ],
    "organizations": [
        {"classification": "legislature", "id": "assembly", "name": "Assembly", "seats": 101},
        {"classification": "party", "id": "party/coast", "name": "Party of the Coast"},
        {"classification": "party", "id": "party/_unknown", "name": "unknown"},
    ],
    "events": [
        {
            "classification": "legislative period",
            "id": "term/12",
            "name": "12th Assembly",
            "organization_id": "assembly",
            "start_date": "2011-03-27",
            "end_date": "2015-03-23",
        },
        {"classification": "legislative period", "id": "term/13", "name": "13th Assembly", "start_date": "2015-03-30"},
        {"classification": "general election", "id": "Q16412592", "name": "Election, 2015", "start_date": "2015-03-01"},
    ],
    "areas": [{"id": "area/tartu", "name": "Tartu", "type": "constituency"}],
    "memberships": [
        {
            "area_id": "area/tartu",
            "legislative_period_id": "term/12",
            "on_behalf_of_id": "party/coast",
            "organization_id": "assembly",
            "person_id": "014f1aac",
            "role": "member",
            "start_date": "2012-01-09",
        },
        {
            "legislative_period_id": "term/13",
            "on_behalf_of_id": "party/_unknown",
            "organization_id": "assembly",
            "person_id": "014f1aac",
            "role": "member",
        },
        {"organization_id": "party/coast", "person_id": "b-2", "role": "member"},
        {"organization_id": "party/coast", "person_id": "b-2", "role": "leader", "start_date": "2001"},
    ],
}
ANA = person(
    "Ana Costa",
    "014f1aac",
    aliases=["Ана Коста", "Ana Maria Costa"],
    roles=[role("member", "Assembly", "", "2012-01-09", "2015-03-23"), role("member", "Assembly", "", "2015-03-30")],
    affiliations=["Party of the Coast"],
    born="1961-03-02",
    died="2020",
    gender="female",
    text="Tartu",
)
RUI = person("Rui Vale", "b-2", roles=[role("leader", "Party of the Coast", "", "2001")], affiliations=["Party of the Coast"])


def write(path: Path, document: object, indent: int | None = 2) -> Path:
    path.write_text(document if isinstance(document, str) else json.dumps(document, indent=indent), encoding="utf-8")
    return path


@pytest.mark.parametrize("indent", [2, None], ids=["in many lines", "in one line"])
def test_people_are_read_with_their_memberships(tmp_path: Path, indent: int | None) -> None:
    path = write(tmp_path / "ep-popolo-v1.0.json", DOCUMENT, indent)
    assert list(people_in(path, reject=pytest.fail)) == [ANA, RUI]


def test_the_order_of_keys_and_parts_makes_no_difference(tmp_path: Path) -> None:
    path = write(tmp_path / "p.json", {"posts": [], **dict(reversed(DOCUMENT.items()))})
    assert list(people_in(path, reject=pytest.fail)) == [ANA, RUI]


def test_a_post_names_the_role_where_the_membership_does_not(tmp_path: Path) -> None:
    membership = {"person_id": "p", "post_id": "seat", "organization_id": "gone"}
    document = {"persons": [{"id": "p", "name": "A B"}], "posts": [{"id": "seat", "label": "Speaker"}], "memberships": [membership]}
    assert [one.roles for one in people_in(write(tmp_path / "p.json", document), reject=pytest.fail)] == [(role("Speaker"),)]


BAD = [
    ({"id": "x"}, r"'name' is missing; expected a text"),
    ({"id": "x", "name": " "}, r"'name' is empty; expected a text"),
    ({"id": 7, "name": "A B"}, r"'id' is 7; expected a text"),
    ({"name": "A B"}, r"'id' is missing; expected a text"),
    ({"id": "contested", "name": "A B"}, r"'id' is 'contested'; expected another one"),
    ("Ana", r"found 'Ana'; expected a person in braces"),
]


@pytest.mark.parametrize(("record", "reason"), BAD, ids=[str(case[0]) for case in BAD])
def test_a_bad_person_is_told_and_the_rest_goes_on(tmp_path: Path, rejected: list[Rejected], record: object, reason: str) -> None:
    first, last = DOCUMENT["persons"]
    path = write(tmp_path / "p.json", {**DOCUMENT, "persons": [first, record, last]})
    assert [one.id for one in people_in(path, reject=rejected.append)] == ["014f1aac", "b-2"]
    assert [one.where for one in rejected] == [f"{path}: persons[1]"]
    with pytest.raises(ValueError, match=reason):
        raise ValueError(rejected[0].reason)


def test_an_odd_date_is_told_and_the_rest_kept(tmp_path: Path, rejected: list[Rejected]) -> None:
    document = copy.deepcopy(DOCUMENT)
    document["memberships"][0]["start_date"] = "2012-99"
    document["persons"][1]["birth_date"] = "once"
    path = write(tmp_path / "p.json", document)
    read = list(people_in(path, reject=rejected.append))
    assert [one.where for one in rejected] == [f"{path}: memberships[0]", f"{path}: persons[1]"]
    assert [str(one.start) for one in read[0].roles] == ["2011-03-27", "2015-03-30"]


UNUSABLE = [
    ('{\n  "persons": [\n', r"p\.json: not valid JSON .*; expected one object in braces on each line, or one Popolo document"),
    ('{\n  "people": []\n}', r"p\.json: no list under 'persons'; expected a Popolo document, or one object a line"),
    ('{"persons": []}', r"p\.json: no usable record of a person; it is Popolo and has no person in it"),
    ('{"persons": [{"id": "p", "name": "\\ud83d"}]}', r"p\.json: an escape such as \\ud83d stands for half a character"),
]


@pytest.mark.parametrize(("text", "message"), UNUSABLE, ids=[case[0] for case in UNUSABLE])
def test_a_document_without_people_is_an_error(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(KnowledgeError, match=message):
        list(people_in(write(tmp_path / "p.json", text), reject=pytest.fail))


def test_a_document_over_the_limit_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(popolo, "_LARGEST", 100)
    with pytest.raises(KnowledgeError, match=r"p\.json: the document has more than 0 MiB; expected that of one legislature; split it"):
        list(people_in(write(tmp_path / "p.json", DOCUMENT), reject=pytest.fail))


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5) | st.sampled_from(["assembly", "2001-13"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=5,
)


@given(st.data())
def test_nothing_in_a_document_stops_the_reading(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    document = copy.deepcopy(DOCUMENT)
    part = data.draw(st.sampled_from(sorted(document)))
    record = data.draw(st.sampled_from(document[part]))
    record[data.draw(st.sampled_from(sorted(record)))] = data.draw(anything)
    if part != "persons":
        document[data.draw(st.sampled_from([part, "posts"]))] = data.draw(anything | st.just(document[part]))
    document["persons"].append({"id": "last", "name": "Eva Reis"})
    path = write(tmp_path_factory.mktemp("popolo") / "p.json", document)
    assert [one for one in people_in(path, reject=lambda _: None) if one.id == "last"]
