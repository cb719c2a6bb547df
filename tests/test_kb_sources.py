"""People come in from files; a record that cannot be used is told with its place and reason, and the rest goes on."""

import json
from pathlib import Path

import pytest
from factory import people_in, person, role

from disambig.errors import KnowledgeError
from disambig.records import PartialDate, Person, Rejected

KOZAK = {
    "id": "kozak-dmitry",
    "name": "Dmitry Kozak",
    "aliases": ["Dmytro Kozak", "Дмитрий Козак"],
    "description": "Russian politician",
    "roles": [
        {
            "title": "Deputy Chief of Staff",
            "organisation": "Presidential Administration",
            "country": "Russia",
            "start": "2020-01",
            "end": None,
        }
    ],
    "occupations": [],
    "affiliations": ["United Russia"],
    "countries": ["Russia"],
    "born": "1958-11-07",
    "died": None,
    "gender": "male",
    "popularity": 41,
    "related": ["putin-vladimir"],
    "text": None,
}
KOZAK_READ = person(
    "Dmitry Kozak",
    aliases=["Dmytro Kozak", "Дмитрий Козак"],
    description="Russian politician",
    roles=[role("Deputy Chief of Staff", "Presidential Administration", "Russia", "2020-01")],
    affiliations=["United Russia"],
    countries=["Russia"],
    born="1958-11-07",
    gender="male",
    popularity=41.0,
    related=["putin-vladimir"],
)
KOZAK_CSV = (
    "id,name,aliases,description,roles,affiliations,countries,born,gender,popularity,related\r\n"
    "kozak-dmitry,Dmitry Kozak,Dmytro Kozak; Дмитрий Козак,Russian politician,"
    "Deputy Chief of Staff|Presidential Administration|Russia|2020-01|,United Russia,Russia,1958-11-07,male,41,putin-vladimir\r\n"
)


def write(path: Path, *lines: object) -> Path:
    path.write_text("\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines), encoding="utf-8")
    return path


def test_a_full_record_is_read_from_json_lines(tmp_path: Path) -> None:
    assert list(people_in(write(tmp_path / "people.jsonl", KOZAK), reject=pytest.fail)) == [KOZAK_READ]


def test_the_same_record_is_read_from_csv(tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    path.write_bytes(("\ufeff" + KOZAK_CSV).encode())
    assert list(people_in(path, reject=pytest.fail)) == [KOZAK_READ]


def test_id_and_name_are_enough(tmp_path: Path) -> None:
    path = write(tmp_path / "people.jsonl", {"id": "p1", "name": " Ana Costa ", "shoe_size": 38})
    assert list(people_in(path, reject=pytest.fail)) == [Person("p1", "Ana Costa")]


DATES = [
    ("1958-11-07", PartialDate(1958, 11, 7)),
    ("1958-11", PartialDate(1958, 11)),
    ("1958", PartialDate(1958)),
    (1958, PartialDate(1958)),
    ("801", PartialDate(801)),
    ("-1500", PartialDate(1)),
    (" ", None),
]


@pytest.mark.parametrize(("written", "expected"), DATES, ids=[repr(case[0]) for case in DATES])
def test_a_date_is_as_precise_as_it_is_written(tmp_path: Path, written: object, expected: PartialDate | None) -> None:
    path = write(tmp_path / "people.jsonl", {"id": "p1", "name": "Ana Costa", "born": written})
    assert [one.born for one in people_in(path, reject=pytest.fail)] == [expected]


BAD = [
    ({"born": "19x4"}, r"'born' is '19x4'; expected a year such as 1954 or a day such as 1954-03-27, or leave the key out"),
    ({"died": "1958-13"}, r"'died' is '1958-13'; expected a year"),
    ({"born": 1958.5}, r"'born' is 1958\.5; expected a year"),
    ({"name": None}, r"'name' is missing; expected a text"),
    ({"name": "  "}, r"'name' is empty; expected a text"),
    ({"id": ""}, r"'id' is empty; expected a text"),
    ({"id": 7}, r"'id' is 7; expected a text in quotes"),
    ({"id": "nobody"}, r"'id' is 'nobody'; expected another one, without ' \| ' in it and none of 'nobody' and 'contested'"),
    ({"id": "contested"}, r"'id' is 'contested'; expected another one"),
    ({"id": "a | b"}, r"'id' is 'a \| b'; expected another one"),
    ({"aliases": "Ana"}, r"'aliases' is 'Ana'; expected a list in brackets, or leave the key out"),
    ({"aliases": [7]}, r"'aliases' holds 7; expected a list of texts in quotes"),
    ({"roles": ["Minister"]}, r"'roles' holds 'Minister'; expected a list of objects in braces"),
    ({"roles": [{"start": "soon"}]}, r"'start' is 'soon'; expected a year"),
    ({"roles": [{"title": 7}]}, r"'title' is 7; expected a text in quotes"),
    ({"popularity": -1}, r"'popularity' is -1; expected a number, 0 or more, or leave the key out"),
    ({"popularity": "41"}, r"'popularity' is '41'; expected a number"),
    ({"popularity": True}, r"'popularity' is True; expected a number"),
    ({"popularity": 10**400}, r"'popularity' is 1000.*…; expected a number"),
    ({"aliases": ["Ana\0"]}, r"'aliases' holds a NUL character; expected text"),
    ({"popularity": float("nan")}, r"'popularity' is nan; expected a number"),
    ({"gender": ["male"]}, r"'gender' is \['male'\]; expected a text in quotes"),
]


@pytest.mark.parametrize(("values", "reason"), BAD, ids=[str(case[0]) for case in BAD])
def test_a_bad_record_is_told_and_the_rest_goes_on(
    tmp_path: Path, rejected: list[Rejected], values: dict[str, object], reason: str
) -> None:
    first, last = {"id": "first", "name": "Ana Costa"}, {"id": "last", "name": "Rui Costa"}
    path = write(tmp_path / "people.jsonl", first, {"id": "p", "name": "Eva Costa", **values}, last)
    assert [one.id for one in people_in(path, reject=rejected.append)] == ["first", "last"]
    assert [one.where for one in rejected] == [f"{path}:2"]
    with pytest.raises(ValueError, match=reason):
        raise ValueError(rejected[0].reason)


BAD_CELLS = [
    ("roles", "a|b|c|2001|2002|x", r"'roles' holds 'a\|b\|c\|2001\|2002\|x'; expected a list of objects"),
    ("roles", "Minister|||soon", r"'start' is 'soon'; expected a year"),
    ("popularity", "many", r"'popularity' is 'many'; expected a number"),
    ("popularity", "inf", r"'popularity' is inf; expected a number"),
]


@pytest.mark.parametrize(("column", "cell", "reason"), BAD_CELLS, ids=[case[1] for case in BAD_CELLS])
def test_a_bad_cell_is_told_and_the_rest_goes_on(tmp_path: Path, rejected: list[Rejected], column: str, cell: str, reason: str) -> None:
    path = write(tmp_path / "people.csv", f"id,name,{column}", f"p,Eva Costa,{cell}", "last,Rui Costa,")
    assert [one.id for one in people_in(path, reject=rejected.append)] == ["last"]
    assert [one.where for one in rejected] == [f"{path}:2"]
    with pytest.raises(ValueError, match=reason):
        raise ValueError(rejected[0].reason)


def test_several_roles_and_short_ones_fit_into_a_cell(tmp_path: Path) -> None:
    path = write(tmp_path / "people.csv", "id,name,roles", "p,Eva Costa,Minister|Treasury|Portugal|2001|2002; Chair")
    assert [one.roles for one in people_in(path, reject=pytest.fail)] == [
        (role("Minister", "Treasury", "Portugal", "2001", "2002"), role("Chair"))
    ]


UNUSABLE = [
    ("people.xml", "<people/>", r"people\.xml: the file begins with '<people/>'; expected people as JSON Lines or CSV"),
    ("people.jsonl", "", r"people\.jsonl: no usable record of a person; the file is empty"),
    ("people.jsonl", "7\n{}", r"no usable record of a person; the first: .*people\.jsonl:1: found 7; expected one object"),
    (
        "people.csv",
        "nome,id\nAna,p1",
        r"the first: .*people\.csv:1: no column 'name' among 'nome,id'; expected at least the columns 'id', 'name'",
    ),
]


@pytest.mark.parametrize(("name", "text", "message"), UNUSABLE, ids=[case[2][:40] for case in UNUSABLE])
def test_a_file_without_a_usable_record_is_an_error(tmp_path: Path, rejected: list[Rejected], name: str, text: str, message: str) -> None:
    with pytest.raises(KnowledgeError, match=message):
        list(people_in(write(tmp_path / name, text), reject=rejected.append))


def test_a_missing_file_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(KnowledgeError, match=r"people\.jsonl: No such file or directory; expected a file of people as JSON Lines or CSV"):
        list(people_in(tmp_path / "people.jsonl", reject=pytest.fail))


def test_every_record_of_the_development_kbs_is_read(shared: Path) -> None:
    for path in sorted((shared / "eval" / "kb").glob("*.jsonl")):
        assert sum(1 for _ in people_in(path, reject=pytest.fail)) == len(path.read_bytes().splitlines())
