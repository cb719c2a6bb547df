"""`disambig kb`: makes a knowledge base out of files, looks into it, and a run over it gives what a run over its sources does."""

import csv
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from disambig import __version__
from disambig.kb.store import KnowledgeBase

Disambig = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two sources of people, where the commands run."""
    ours = [
        {"id": "kozak-dmitry", "name": "Dmitry Kozak", "aliases": ["Дмитрий Козак"], "born": "1958-11-07", "description": "a [politician]"},
        {"id": "kozak-taras", "name": "Taras Kozak"},
        {"id": "vale-rui", "name": "Rui Vale"},
    ]
    ftm = {"id": "kozak-taras", "schema": "Person", "properties": {"name": ["Тарас Козак"], "birthDate": ["1972"]}}
    (tmp_path / "people.jsonl").write_text("\n".join(map(json.dumps, ours)), encoding="utf-8")
    (tmp_path / "bad.jsonl").write_text('{"id": "p1"}\n{"id": "costa-ana", "name": "Ana Costa"}\n', encoding="utf-8")
    (tmp_path / "entities.ftm.json").write_text(json.dumps(ftm) + "\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def call(folder: Path, disambig: Disambig) -> Disambig:
    """The command line in that folder."""
    return lambda *arguments: disambig(*arguments, cwd=folder)


def cells(table: str) -> list[list[str]]:
    """What stands in the lines of a printed table."""
    return [[cell.strip() for cell in line.strip("│┃").split("│")] for line in table.splitlines() if line.startswith("│")]


def test_a_build_says_how_many_people_and_where(call: Disambig, folder: Path) -> None:
    done = call("kb", "build", "people.jsonl", "entities.ftm.json", "--out", "people.kb")
    assert (done.returncode, done.stdout, done.stderr) == (0, "3 people: people.kb\n", "")
    assert sorted(path.name for path in folder.iterdir()) == ["bad.jsonl", "entities.ftm.json", "people.jsonl", "people.kb"]


def test_records_that_cannot_be_used_are_listed_beside_the_file(call: Disambig, folder: Path) -> None:
    done = call("kb", "build", "people.jsonl", "bad.jsonl", "--out", "people.kb")
    assert (done.returncode, done.stdout) == (0, "4 people: people.kb\n")
    assert done.stderr == "disambig: 1 record(s) left out or mended; see people.rejected.csv for where and why\n"
    with (folder / "people.rejected.csv").open(encoding="utf-8", newline="") as file:
        assert list(csv.reader(file)) == [["where", "reason"], ["bad.jsonl:1", "'name' is missing; expected a text"]]


def test_a_list_of_an_earlier_build_goes_with_its_reason(call: Disambig, folder: Path) -> None:
    call("kb", "build", "bad.jsonl", "--out", "people.kb")
    assert (folder / "people.rejected.csv").is_file()
    call("kb", "build", "people.jsonl", "--out", "people.kb")
    assert not (folder / "people.rejected.csv").exists()


def test_a_build_that_fails_leaves_both_files_as_they_were(call: Disambig, folder: Path) -> None:
    call("kb", "build", "bad.jsonl", "--out", "people.kb")
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    assert call("kb", "build", "people.jsonl", "bad.jsonl", "nowhere.jsonl", "--out", "people.kb").returncode == 1
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_the_languages_of_wikidata_can_be_chosen(call: Disambig, folder: Path) -> None:
    labels = {"en": {"language": "en", "value": "Ana Costa"}, "pt": {"language": "pt", "value": "Ana da Costa"}}
    human = {"mainsnak": {"snaktype": "value", "datavalue": {"value": {"id": "Q5"}}}, "rank": "normal"}
    entity = {"type": "item", "id": "Q1", "labels": labels, "claims": {"P31": [human, human]}}
    friend = {"type": "item", "id": "Q2", "labels": labels, "claims": {"P31": [human], "P106": [{**human}]}}
    (folder / "dump.json").write_text(f"{json.dumps(entity)}\n{json.dumps(friend)}\n", encoding="utf-8")
    done = call("kb", "build", "dump.json", "--out", "people.kb", "--languages", "pt, en")
    assert done.returncode == 0
    note = "1 of the 1 items that people refer to have no label in the file and are left out"
    assert done.stderr == f"disambig: dump.json: {note}\n"
    assert [one.names for one in KnowledgeBase(folder / "people.kb")] == [("Ana da Costa", "Ana Costa")] * 2


def test_a_name_finds_whom_it_can_mean_and_why(call: Disambig) -> None:
    call("kb", "build", "people.jsonl", "entities.ftm.json", "--out", "people.kb")
    done = call("kb", "find", "D. Kozak", "--kb", "people.kb")
    assert (done.returncode, done.stderr) == (0, "")
    first, *others = cells(done.stdout)
    assert (first[:2], first[4:]) == (["kozak-dmitry", "Dmitry Kozak"], ["1958-11-07", "a [politician]"])
    assert 0.3 < float(first[2]) <= 1
    assert first[3].endswith(": Dmitry Kozak")
    assert all(float(other[2]) < 0.3 for other in others), "those whose names are only alike come behind"


def test_the_table_of_candidates_has_a_head_and_a_limit(call: Disambig) -> None:
    done = call("kb", "find", "Kozak", "--kb", "people.jsonl", "--limit", "1")
    assert [cell.strip() for cell in done.stdout.splitlines()[1].strip("┃").split("┃")] == [
        "id", "name", "score", "why", "born", "description"
    ]  # fmt: skip
    assert len(cells(done.stdout)) == 1
    assert len(cells(call("kb", "find", "Козак", "--kb", "people.jsonl").stdout)) == 2


def test_nobody_is_found_in_words(call: Disambig) -> None:
    done = call("kb", "find", "Oduya", "--kb", "people.jsonl")
    assert (done.returncode, done.stdout) == (0, "nobody in people.jsonl has a name like 'Oduya'\n")


def test_a_source_is_looked_into_as_a_built_file_is_and_its_bad_records_told(call: Disambig) -> None:
    done = call("kb", "find", "Ana Costa", "--kb", "bad.jsonl")
    assert done.stderr == "disambig: left out bad.jsonl:1: 'name' is missing; expected a text\n"
    assert [row[0] for row in cells(done.stdout)] == ["costa-ana"]


def test_a_file_says_what_it_holds_in_a_fixed_order(call: Disambig) -> None:
    call("kb", "build", "people.jsonl", "entities.ftm.json", "--out", "people.kb")
    done = call("kb", "info", "people.kb")
    assert (done.returncode, done.stderr) == (0, "")
    assert cells(done.stdout) == [
        ["people", "3"],
        ["names, aliases among them", "5"],
        ["different surnames", "2"],
        ["with a date of birth", "2 of 3"],
        ["with roles", "0 of 3"],
        ["with countries", "0 of 3"],
        ["with a description", "1 of 3"],
        ["with a popularity", "0 of 3"],
        ["made of", "people.jsonl"],
        ["", "entities.ftm.json"],
        ["made by disambig", __version__],
        ["form of the file", "3"],
    ]


ERRORS = [
    (["build", "nowhere.jsonl", "--out", "people.kb"], "nowhere.jsonl: No such file or directory; expected a file of people as JSON Lines"),
    (["build", "people.jsonl", "--out", "people.jsonl"], "people.jsonl: is one of the sources; expected another file to write to"),
    (["build", "people.jsonl", "--out", "./people.jsonl"], "people.jsonl: is one of the sources; expected another file to write to"),
    (["build", "old.rejected.csv", "--out", "old.kb"], "old.rejected.csv: is one of the sources; expected another file to write to"),
    (["build", "people.jsonl", "--out", "."], ".: is a folder; expected a file to write to, such as people.kb"),
    (
        ["build", "people.jsonl", "--out", "nowhere/people.kb"],
        "nowhere/people.kb: cannot be written (No such file or directory); expected",
    ),
    (["build", "bad.jsonl", "--out", "nowhere/people.kb"], "nowhere/people."),
    (["build", "other.kb", "--out", "people.kb"], "other.kb: the file is an SQLite database; expected people as JSON Lines"),
    (["find", "Kozak", "--kb", "nowhere.kb"], "nowhere.kb: no such file; expected a file that `disambig kb build` wrote"),
    (["find", "Kozak", "--kb", "other.kb"], "other.kb: no people store (file is not a database); expected a file that"),
    (["info", "nowhere.kb"], "nowhere.kb: no such file; expected a file that `disambig kb build` wrote"),
    (["info", "people.jsonl"], "people.jsonl: no people store (file is not a database); expected a file that `disambig kb build` wrote"),
]


@pytest.mark.parametrize(("arguments", "message"), ERRORS, ids=[" ".join(case[0]) for case in ERRORS])
def test_an_error_is_one_line_and_exit_code_1(call: Disambig, folder: Path, arguments: list[str], message: str) -> None:
    (folder / "old.rejected.csv").write_text("id,name\np1,Ana Costa\n", encoding="utf-8")
    (folder / "other.kb").write_bytes(b"SQLite format 3\0" + bytes(999))
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    done = call("kb", *arguments)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith(f"disambig: {message}")
    assert len(done.stderr.splitlines()) == 1
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


WRONG_USAGE = [
    ["build", "people.jsonl"],
    ["build", "--out", "people.kb"],
    ["build", "people.jsonl", "--out", "people.kb", "--languages", " ,"],
    ["find", "Kozak"],
    ["find", "--kb", "people.jsonl"],
    ["find", "Kozak", "--kb", "people.jsonl", "--limit", "0"],
    ["info"],
    ["solve"],
]


@pytest.mark.parametrize("arguments", WRONG_USAGE, ids=" ".join)
def test_wrong_usage_ends_with_exit_code_2(call: Disambig, arguments: list[str]) -> None:
    done = call("kb", *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert "Error" in done.stderr


HELP = [
    ("build", "Make one file of people out of sources in any format", "Example: disambig kb build people.jsonl entities.ftm.json --out"),
    ("find", "Show whom a name can mean", 'Example: disambig kb find "D. Kozak" --kb people.kb'),
    ("info", "Show what a knowledge base holds.", "Example: disambig kb info people.kb"),
]


@pytest.mark.parametrize(("command", "sentence", "example"), HELP, ids=[case[0] for case in HELP])
@pytest.mark.parametrize("option", ["--help", "-h"])
def test_help_opens_with_a_sentence_and_has_an_example(call: Disambig, command: str, sentence: str, example: str, option: str) -> None:
    done = call("kb", command, option)
    lines = [line.strip() for line in done.stdout.splitlines() if line.strip()]
    assert done.returncode == 0
    assert lines[0].startswith(f"Usage: disambig kb {command}")
    assert lines[1].startswith(sentence)
    assert any(line.startswith(example) for line in lines)


def test_the_help_of_kb_names_its_commands(call: Disambig) -> None:
    done = call("kb", "--help")
    assert done.returncode == 0
    assert all(word in done.stdout for word in ("build", "find", "info", "Make a knowledge base of people, and look into it."))


def test_a_terminal_without_unicode_is_no_error(folder: Path) -> None:
    command = [sys.executable, "-m", "disambig", "kb", "find", "Kozak", "--kb", "people.jsonl"]
    done = subprocess.run(command, cwd=folder, env={**os.environ, "PYTHONIOENCODING": "ascii"}, capture_output=True, check=False)  # noqa: S603
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.model
def test_a_built_file_gives_the_rows_of_its_source(tmp_path: Path, root: Path, disambig: Disambig) -> None:
    source, built = root / "corpus" / "people.jsonl", tmp_path / "people.kb"
    articles = sorted((root / "corpus" / "articles").glob("*.txt"))[:4]
    gold = [line for line in (root / "corpus" / "gold.jsonl").read_text("utf-8").splitlines()[:4] if line]
    (tmp_path / "gold.jsonl").write_text("\n".join(gold), encoding="utf-8")
    assert disambig("kb", "build", source, "--out", built).returncode == 0
    for kb, out in ((source, tmp_path / "of source"), (built, tmp_path / "of built")):
        assert disambig("run", *articles, "--kb", kb, "--out", out).returncode == 0
    for name in ("resolved_mentions.csv", "evidence.jsonl", "rejected.csv"):
        assert (tmp_path / "of source" / name).read_bytes() == (tmp_path / "of built" / name).read_bytes()
    figures = [disambig("evaluate", tmp_path / "gold.jsonl", "--kb", kb, "--json").stdout for kb in (source, built)]
    assert figures[0] == figures[1]
    assert json.loads(figures[0])["accuracy"] > 0
