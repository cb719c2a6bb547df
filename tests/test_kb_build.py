"""Sources become one file, whole or not at all, and the same whatever the order of the people."""

import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from factory import person, role

from disambig.errors import KnowledgeError
from disambig.kb.build import FORM, SCHEMA, Sourced, build, write
from disambig.kb.files import Asked
from disambig.kb.store import KnowledgeBase
from disambig.records import Person, Rejected

PEOPLE = [
    *(person(f"Ana{chr(97 + i % 26)} Costa{chr(97 + i // 26)}", f"p{i}", popularity=float(i % 7)) for i in range(300)),
    person("Dmitry Orlov", aliases=["Дмитрий Орлов"], description="d" * 9000, roles=[role("mayor", start="2020")], born="1960"),
    person("Xi Jinping", "xi", aliases=["习近平"]),
]


def sourced(*people: Person) -> Iterator[Sourced]:
    return (Sourced(0, f"people:{number}", one) for number, one in enumerate(people, start=1))


def asked(rejected: list[Rejected], notes: list[str] | None = None) -> Asked:
    return Asked(rejected.append, ([] if notes is None else notes).append, ("en",))


def source(path: Path, *records: object) -> Path:
    path.write_text("".join(f"{json.dumps(record)}\n" for record in records), encoding="utf-8")
    return path


def names_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_the_people_of_all_sources_are_in_the_file(tmp_path: Path, rejected: list[Rejected]) -> None:
    ours = source(tmp_path / "a.jsonl", {"id": "p1", "name": "Ana Costa"})
    ftm = source(tmp_path / "b.json", {"id": "p2", "caption": "Rui Vale", "schema": "Person", "properties": {"name": ["Rui Vale"]}})
    assert build([ours, ftm], tmp_path / "people.kb", asked(rejected)) == 2
    assert [(one.id, one.name) for one in KnowledgeBase(tmp_path / "people.kb")] == [("p1", "Ana Costa"), ("p2", "Rui Vale")]
    assert names_in(tmp_path) == ["a.jsonl", "b.json", "people.kb"]
    assert rejected == []


def test_records_of_one_id_in_several_sources_become_one_person(tmp_path: Path, rejected: list[Rejected]) -> None:
    first = source(tmp_path / "a.jsonl", {"id": "p1", "name": "Ana Costa", "popularity": 2})
    second = source(tmp_path / "b.jsonl", {"id": "p1", "name": "Ana Reis", "born": "1960"}, {"id": "p2", "name": "Rui Vale"})
    third = source(tmp_path / "c.jsonl", {"id": "p1", "name": "A. C.", "born": "1961", "popularity": 9})
    assert build([first, second, third], tmp_path / "people.kb", asked(rejected)) == 2
    kb = KnowledgeBase(tmp_path / "people.kb")
    assert kb.get("p1") == person("Ana Costa", "p1", aliases=["Ana Reis", "A. C."], born="1960", popularity=9.0)
    assert [match.person.id for match in kb.find("Ana Reis", 5)] == ["p1"]
    assert rejected == []


def test_an_id_that_comes_twice_in_a_source_is_told_with_its_place(tmp_path: Path, rejected: list[Rejected]) -> None:
    first = source(tmp_path / "a.jsonl", {"id": "p1", "name": "Ana Costa"}, {"id": "p1", "name": "Rui Vale"})
    second = source(tmp_path / "b.jsonl", {"id": "p1", "name": "Ana Reis"}, {"id": "p1", "name": "Eva Reis"})
    assert build([first, second], tmp_path / "people.kb", asked(rejected)) == 1
    reason = "person 'p1' was already read; expected each 'id' once"
    assert rejected == [Rejected(f"{first}:2", reason), Rejected(f"{second}:2", reason)]
    assert [one.names for one in KnowledgeBase(tmp_path / "people.kb")] == [("Ana Costa", "Ana Reis")]


FOREIGN = {
    "FollowTheMoney": [{"id": "p1", "schema": "Person", "properties": {"name": [name]}} for name in ("Ana Costa", "Rui Vale")],
    "Popolo": [{"persons": [{"id": "p1", "name": name} for name in ("Ana Costa", "Rui Vale")]}],
    "Wikidata": [
        {
            "type": "item",
            "id": "Q1",
            "labels": {"en": {"language": "en", "value": name}},
            "claims": {"P31": [{"mainsnak": {"snaktype": "value", "datavalue": {"value": {"id": "Q5"}}}, "rank": "normal"}]},
        }
        for name in ("Ana Costa", "Rui Vale")
    ],
}


@pytest.mark.parametrize("kind", FOREIGN)
def test_an_id_that_comes_twice_is_told_whatever_the_format(tmp_path: Path, rejected: list[Rejected], kind: str) -> None:
    path = source(tmp_path / "people", *FOREIGN[kind])
    assert build([path], tmp_path / "people.kb", asked(rejected)) == 1
    assert [one.name for one in KnowledgeBase(tmp_path / "people.kb")] == ["Ana Costa"]
    assert [one.where.startswith(f"{path}:") for one in rejected] == [True]
    assert "was already read; expected each 'id' once" in rejected[0].reason


def test_the_order_of_the_people_does_not_change_a_byte(tmp_path: Path) -> None:
    files = []
    for seed in range(3):
        shuffled = list(PEOPLE)
        random.Random(seed).shuffle(shuffled)  # noqa: S311 -- nothing secret
        files.append(tmp_path / f"{seed}.kb")
        write(sourced(*shuffled), files[-1], reject=pytest.fail)
    assert len({path.read_bytes() for path in files}) == 1


def test_the_hashes_of_a_process_do_not_change_a_byte(tmp_path: Path) -> None:
    path = source(tmp_path / "people.jsonl", *({"id": one.id, "name": one.name, "aliases": one.aliases} for one in PEOPLE))
    for seed in "12":
        command = [sys.executable, "-m", "disambig", "kb", "build", path, "--out", tmp_path / f"{seed}.kb"]
        subprocess.run(command, env={**os.environ, "PYTHONHASHSEED": seed}, check=True, capture_output=True)  # noqa: S603
    assert (tmp_path / "1.kb").read_bytes() == (tmp_path / "2.kb").read_bytes()


class _StoppedError(Exception):
    pass


def stopping(people: Iterator[Sourced]) -> Iterator[Sourced]:
    yield next(people)
    raise _StoppedError


def test_a_build_that_fails_leaves_the_file_before_and_no_half(tmp_path: Path, rejected: list[Rejected]) -> None:
    path = source(tmp_path / "people.jsonl", {"id": "p1", "name": "Ana Costa"}, {"id": "p2", "name": "Rui Vale"})
    out = tmp_path / "people.kb"
    build([path], out, asked(rejected))
    before = out.read_bytes()
    with pytest.raises(_StoppedError):
        build([path], out, asked(rejected), watch=stopping)
    assert out.read_bytes() == before
    assert names_in(tmp_path) == ["people.jsonl", "people.kb"]


@pytest.mark.parametrize("bad", ["nowhere.jsonl", "empty.jsonl"])
def test_a_source_that_cannot_be_read_leaves_the_file_before(tmp_path: Path, rejected: list[Rejected], bad: str) -> None:
    good, out = source(tmp_path / "people.jsonl", {"id": "p1", "name": "Ana Costa"}), tmp_path / "people.kb"
    out.write_text("as before", encoding="utf-8")
    source(tmp_path / "empty.jsonl")
    with pytest.raises(KnowledgeError, match=bad.replace(".", r"\.")):
        build([good, tmp_path / bad], out, asked(rejected))
    assert out.read_text("utf-8") == "as before"
    assert names_in(tmp_path) == ["empty.jsonl", "people.jsonl", "people.kb"]


KILLED = """
import os, signal, sys
from pathlib import Path
from disambig.kb.build import build
from disambig.kb.files import Asked

def dying(people):
    for number, one in enumerate(people):
        if number == 400:
            print("in the middle", flush=True)
            os.kill(os.getpid(), signal.SIGKILL)
        yield one

build([Path(sys.argv[1])], Path(sys.argv[2]), Asked(print, print, ("en",)), watch=dying)
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="there is no such signal here")
@pytest.mark.parametrize("before", [None, b"as before"], ids=["no file", "a file"])
def test_a_build_that_is_killed_leaves_what_was_there(tmp_path: Path, before: bytes | None) -> None:
    path = source(tmp_path / "people.jsonl", *({"id": f"p{i}", "name": "Ana Costa"} for i in range(1000)))
    out = tmp_path / "people.kb"
    if before is not None:
        out.write_bytes(before)
    done = subprocess.run([sys.executable, "-c", KILLED, path, out], capture_output=True, text=True, check=False)  # noqa: S603
    assert (done.returncode, done.stdout) == (-signal.SIGKILL, "in the middle\n")
    assert [one.name for one in tmp_path.iterdir() if one.suffix == ".kb"] == ([] if before is None else ["people.kb"])
    assert before is None or out.read_bytes() == before
    assert build([path], out, Asked(pytest.fail, pytest.fail, ("en",))) == 1000, "what it left does not stop the next one"


class Left(NamedTuple):
    name: str
    hours: float
    stays: bool
    because: str


NOBODY = 2**22 + 1  # above any number of a process
LEFT = [
    Left(f".people.kb.{NOBODY}.part", 2, False, "left by a build that was killed"),
    Left(f".people.kb.{NOBODY}.part", 0.5, True, "a process elsewhere may be at it"),
    Left(f".people.kb.{os.getppid()}.part", 2, True, "that process runs"),
    Left(f".other.kb.{NOBODY}.part", 2, True, "another file's"),
    Left(".people.kb.draft.part", 2, True, "no number of a process"),
    Left(f"people.kb.{NOBODY}.part", 2, True, "not of ours"),
]


@pytest.mark.skipif(os.name != "posix", reason="whether a process runs cannot be asked there")
@pytest.mark.parametrize("left", LEFT, ids=lambda left: left.because)
def test_what_a_killed_build_left_is_cleared_up_by_the_next(tmp_path: Path, left: Left) -> None:
    path = tmp_path / left.name
    path.touch()
    then = time.time() - 3600 * left.hours
    os.utime(path, (then, then))
    write(sourced(*PEOPLE), tmp_path / "people.kb", reject=pytest.fail)
    assert path.exists() is left.stays


@pytest.mark.skipif(os.name == "nt", reason="an open file cannot be replaced there")
def test_an_older_file_is_replaced_while_somebody_reads_it(tmp_path: Path) -> None:
    out = tmp_path / "people.kb"
    write(sourced(person("Ana Costa")), out, reject=pytest.fail)
    reading = KnowledgeBase(out)
    write(sourced(person("Rui Vale")), out, reject=pytest.fail)
    assert [one.name for one in reading] == ["Ana Costa"]
    assert [one.name for one in KnowledgeBase(out)] == ["Rui Vale"]


def test_a_folder_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(KnowledgeError, match=r"nowhere/people\.kb: cannot be written \(.*\); expected a folder that can be written to"):
        write(sourced(*PEOPLE), tmp_path / "nowhere" / "people.kb", reject=pytest.fail)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="the superuser may write anywhere")
def test_a_folder_that_may_not_be_written_is_an_error(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    try:
        with pytest.raises(KnowledgeError, match=r"people\.kb: cannot be written \(.*\); expected a folder that can be written to"):
            write(sourced(*PEOPLE), tmp_path / "people.kb", reject=pytest.fail)
    finally:
        tmp_path.chmod(0o700)


def test_a_full_disk_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("disambig.kb.build.SCHEMA", f"PRAGMA max_page_count = 8; {SCHEMA}")
    with pytest.raises(KnowledgeError, match=r"cannot be written \(database or disk is full\); .*with room for some 1 kB a person"):
        write(sourced(*PEOPLE), tmp_path / "people.kb", reject=pytest.fail)
    assert names_in(tmp_path) == []


def test_names_stand_on_one_line_each_and_once(tmp_path: Path) -> None:
    write(sourced(person("Ana\n Costa", "p1", aliases=["A.\tCosta", "Ana Costa"])), tmp_path / "people.kb", reject=pytest.fail)
    assert [(one.name, one.aliases) for one in KnowledgeBase(tmp_path / "people.kb")] == [("Ana Costa", ("A. Costa",))]


def test_the_best_known_come_first_then_by_id(tmp_path: Path) -> None:
    people = [person("B B", "b"), person("C C", "c", popularity=2.0), person("A A", "a"), person("D D", "d", popularity=0.0)]
    write(sourced(*people), tmp_path / "people.kb", reject=pytest.fail)
    with sqlite3.connect(tmp_path / "people.kb") as file:
        assert [row[0] for row in file.execute("SELECT id FROM person ORDER BY n")] == ["c", "a", "b", "d"]
    file.close()


def test_a_digest_tells_the_same_people_whatever_their_order_from_others(tmp_path: Path) -> None:
    ana, rui = person("Ana Costa", "p1"), person("Rui Costa", "p2")
    digests = []
    for people in ([ana, rui], [rui, ana], [ana, person("Rui Costa", "p2", description="mayor")]):
        write(sourced(*people), tmp_path / "people.kb", reject=pytest.fail)
        digests.append(KnowledgeBase(tmp_path / "people.kb").about()["sha256"])
    assert digests[0] == digests[1] != digests[2]


def test_what_there_is_to_compare_is_counted(tmp_path: Path, rejected: list[Rejected]) -> None:
    full = {"born": "1960", "roles": [{"title": "mayor"}], "countries": ["Portugal"], "description": "mayor", "popularity": 0}
    path = source(
        tmp_path / "people.jsonl",
        {"id": "p1", "name": "Ana Costa", "aliases": ["A. Costa"], **full},
        {"id": "p2", "name": "Rui Costa", "text": 'says "born": 1960', "gender": "born"},
    )
    build([path], tmp_path / "people.kb", asked(rejected), version="1.2")
    about = KnowledgeBase(tmp_path / "people.kb").about()
    assert len(str(about.pop("sha256"))) == 64
    assert about == {
        "form": FORM,
        "people": 2,
        "names": 3,
        "surnames": 1,
        "sources": ["people.jsonl"],
        "version": "1.2",
        **dict.fromkeys(("born", "roles", "countries", "description", "popularity"), 1),
    }
