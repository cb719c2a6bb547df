"""The command line: what it writes and prints, and how it ends."""

import csv
import hashlib
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from factory import decision, evidence

from disambig import __version__
from disambig.__main__ import main
from disambig.kb.files import EXPECTED
from disambig.outputs import RunFolder
from disambig.records import Article, Decision, Outcome, Reason

Command = Callable[..., "Ended"]


@dataclass(frozen=True)
class Ended:
    """How a command ended."""

    code: int
    out: str
    err: str


@pytest.fixture
def call(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Command:
    """The command line in this process: `call("run", …)`."""

    def run(*arguments: str | Path) -> Ended:
        monkeypatch.setattr(sys, "argv", ["disambig", *map(str, arguments)])
        with pytest.raises(SystemExit) as ended:
            main()
        said = capsys.readouterr()
        return Ended(int(ended.value.code or 0), said.out, said.err)

    return run


@pytest.fixture
def news(tmp_path: Path) -> Path:
    """A folder with two articles, one file that is none, and people."""
    (tmp_path / "news").mkdir()
    (tmp_path / "news" / "a1.txt").write_text("Kozak said no.", encoding="utf-8")
    (tmp_path / "news" / "a2.txt").write_text("Kozak said yes.", encoding="utf-8")
    (tmp_path / "news" / "bad.md").write_text("Kozak?", encoding="utf-8")
    (tmp_path / "people.jsonl").write_text('{"id": "kozak-dmitry", "name": "Dmitry Kozak"}\n7\n', encoding="utf-8")
    gold = [
        {"doc_id": "a1", "text": "Kozak said no.", "mentions": [{"start": 0, "end": 5, "gold": "kozak-dmitry"}]},
        {"doc_id": "a2", "text": "Kozak said yes.", "mentions": [{"start": 0, "end": 5, "gold": None}]},
    ]
    (tmp_path / "gold.jsonl").write_text("\n".join(map(json.dumps, gold)), encoding="utf-8")
    return tmp_path


@pytest.fixture
def pipeline(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """A pipeline that says Dmitry in article a1 and cannot decide in any other; it holds the options that it was given."""
    got: dict[str, Any] = {}

    def resolve(articles: Iterator[Article], **options: object) -> Iterator[tuple[Decision, ...]]:
        got.update(options)
        for article in articles:
            if article.id == "a1":
                yield (decision(clauses={"Dmitry Kozak": [evidence("Russia is [named]", 0.5, 2.0, "place")]}),)
            else:
                yield (decision({"Dmitry Kozak": 0.5, "nobody": 0.5}, article_id=article.id, outcome=Outcome.AMBIGUOUS, reason=Reason.TIE),)

    def load_model(name: str | None) -> SimpleNamespace:
        got["model"] = name
        return SimpleNamespace(meta={"lang": "en", "name": "tiny", "version": "1.0"}, path=None)

    monkeypatch.setattr("disambig.pipeline.resolve", resolve)
    monkeypatch.setattr("disambig.pipeline.load_model", load_model)
    return got


@pytest.mark.usefixtures("pipeline")
def test_a_run_writes_its_files_and_prints_the_short_of_it(call: Command, news: Path) -> None:
    ended = call("run", news / "news", "--kb", news / "people.jsonl", "--out", news / "out")
    assert ended.code == 0
    with (news / "out" / "resolved_mentions.csv").open(encoding="utf-8", newline="") as file:
        assert [(row["article_id"], row["person_id"]) for row in csv.DictReader(file)] == [("a1", "kozak-dmitry"), ("a2", "")]
    words = " ".join(ended.out.replace("│", " ").split())
    assert "articles 2 mentions 2 resolved 1 ambiguous 1 unknown 0 contested 0" in words
    assert "Kozak 1 of 2" in words
    assert f"Rows: {news / 'out' / 'resolved_mentions.csv'}" in words
    assert (
        ended.err == f"disambig: 2 article(s), record(s) or correction(s) left out; see {news / 'out' / 'rejected.csv'} for where and why\n"
    )


@pytest.mark.usefixtures("pipeline")
def test_a_run_writes_a_report_of_as_many_articles_as_are_asked_for(call: Command, news: Path) -> None:
    report = news / "out" / "report.html"
    for asked, shown in ((), 2), (("--report-articles", "1"), 1), (("--report-articles", "0"), None):
        ended = call("run", news / "news", "--kb", news / "people.jsonl", "--out", news / "out", *asked)
        assert (report.read_text("utf-8").count("<article ") if report.exists() else None) == shown
        assert (f"Report: {report}" in ended.out) == report.exists()


@pytest.mark.usefixtures("pipeline")
def test_run_json_names_what_made_the_rows_without_folders(call: Command, news: Path) -> None:
    call("run", news / "news", "--kb", news / "people.jsonl", "--out", news / "out")
    text = (news / "out" / "run.json").read_text("utf-8")
    about = json.loads(text)
    assert about["version"] == __version__
    assert about["settings"]["min_probability"] == 0.3
    assert about["model"] == {"name": "en_tiny", "version": "1.0", "sha256": None}
    assert about["kb"]["name"] == "people.jsonl"
    assert about["kb"]["people"] == 1
    assert about["counts"]["rejected"] == 2
    assert set(about["seconds"]) == {"load", "resolve"}
    assert str(news) not in text


@pytest.mark.usefixtures("pipeline")
def test_corrections_that_fit_nothing_are_counted_and_listed(call: Command, news: Path) -> None:
    reviewed = news / "reviewed.csv"
    rows = "a9,0,5,Kozak,nobody\na1,0,5,Kozak,kozak-ana\na2,0,5,Kozak,\n"
    reviewed.write_text(f"article_id,start,end,mention,correct_person_id\n{rows}", encoding="utf-8")
    ended = call("run", news / "news", "--kb", news / "people.jsonl", "--out", news / "out", "--corrections", reviewed)
    assert ended.code == 0
    assert "disambig: 0 correction(s) applied, 2 left out\n" in ended.err
    with (news / "out" / "rejected.csv").open(encoding="utf-8", newline="") as file:
        told = {row["where"]: row["reason"] for row in csv.DictReader(file)}
    assert told["reviewed.csv:2"] == "article 'a9' is not among those read; expected the id of one"
    assert told["reviewed.csv:3"].startswith("'correct_person_id' is 'kozak-ana', whom the knowledge base does not hold")
    about = json.loads((news / "out" / "run.json").read_text("utf-8"))["corrections"]
    digest = hashlib.sha256(reviewed.read_bytes()).hexdigest()
    assert about == {"name": "reviewed.csv", "sha256": digest, "applied": 0, "left_out": 2}


@pytest.mark.usefixtures("pipeline")
def test_corrections_that_cannot_be_read_end_the_run(call: Command, news: Path) -> None:
    options = ("--kb", news / "people.jsonl", "--out", news / "out", "--corrections", news / "none.csv")
    ended = call("run", news / "news", *options)
    assert ended.code == 1
    assert ended.err == f"disambig: {news / 'none.csv'}: No such file or directory; expected a reviewed copy of resolved_mentions.csv\n"
    assert list((news / "out").iterdir()) == []


def test_options_reach_the_pipeline_and_go_before_the_file(call: Command, news: Path, pipeline: dict[str, Any]) -> None:
    pytest.importorskip("tomllib", reason="settings from a file need Python 3.11")
    (news / "run.toml").write_text("min_probability = 0.6\nmin_gap = 0.2\n", encoding="utf-8")
    options = ["--settings", news / "run.toml", "--min-probability", "0.7", "--workers", "2", "--model", "other", "--quiet"]
    assert call("run", news / "news", "--kb", news / "people.jsonl", "--out", news / "out", *options).code == 0
    assert (pipeline["settings"].min_probability, pipeline["settings"].min_gap) == (0.7, 0.2)
    assert (pipeline["workers"], pipeline["model"]) == (2, "other")


@pytest.mark.usefixtures("pipeline")
def test_an_evaluation_prints_rates_with_their_counts(call: Command, news: Path) -> None:
    ended = call("evaluate", news / "gold.jsonl", "--kb", news / "people.jsonl", "--out", news / "out")
    words = " ".join(ended.out.replace("│", " ").split())
    assert ended.code == 0
    assert "linked_accuracy 1.0000 1.0000 to 1.0000 1 of 1" in words
    assert "wrong link over .9 0" in words
    assert (news / "out" / "resolved_mentions.csv").is_file()
    assert (news / "out" / "reliability.svg").read_text("utf-8").startswith("<svg")


@pytest.mark.usefixtures("pipeline")
def test_simple_methods_stand_beside_the_figures(call: Command, news: Path) -> None:
    ended = call("evaluate", news / "gold.jsonl", "--kb", news / "people.jsonl", "--compare")
    words = " ".join(ended.out.replace("│", " ").split())
    assert "figure ┃ disambig ┃ 95 % interval ┃ count ┃ exact ┃ fuzzy ┃ popular ┃ earlier ┃ uiscore ┃" in words
    assert "linked_accuracy 1.0000 1.0000 to 1.0000 1 of 1 0.0000" in words, "exact: nobody is called Kozak and nothing else"
    told = json.loads(call("evaluate", news / "gold.jsonl", "--kb", news / "people.jsonl", "--compare", "--json").out)
    assert told["compare"]["exact"]["linked_accuracy"] == 0.0
    assert told["compare"]["exact"]["accuracy_ahead_of_it"] == [0.0, 1.0]


@pytest.mark.usefixtures("pipeline")
def test_an_evaluation_prints_json_and_nothing_else_to_stdout(call: Command, news: Path) -> None:
    ended = call("evaluate", news / "gold.jsonl", "--kb", news / "people.jsonl", "--json")
    assert json.loads(ended.out)["accuracy"] == 1.0
    assert ended.err == f"disambig: left out {news / 'people.jsonl'}:2: found 7; expected one object in braces on each line\n"


def test_labelled_mentions_are_given_unless_they_are_to_be_found(call: Command, news: Path, pipeline: dict[str, Any]) -> None:
    call("evaluate", news / "gold.jsonl", "--kb", news / "people.jsonl")
    assert pipeline["given"] == {"a1": ((0, 5),), "a2": ((0, 5),)}
    call("evaluate", news / "gold.jsonl", "--kb", news / "people.jsonl", "--mentions", "found")
    assert pipeline["given"] is None


@pytest.mark.usefixtures("pipeline")
@pytest.mark.parametrize("wanted", ["a1:0-5", "a1"])
def test_a_decision_is_explained(call: Command, news: Path, wanted: str) -> None:
    call("run", news / "news", "--kb", news / "people.jsonl", "--out", news / "out")
    ended = call("explain", news / "out", wanted)
    assert (ended.code, ended.err) == (0, "")
    assert "'Kozak', resolved: Dmitry Kozak (kozak-dmitry)" in ended.out
    assert "Dmitry Kozak: Russia is [named]." in ended.out
    assert "(1) +1.00 Russia is [named]" in ended.out


@pytest.mark.usefixtures("pipeline")
def test_a_name_that_is_mentioned_twice_is_answered_with_the_ids(call: Command, news: Path) -> None:
    call("run", news / "news", "--kb", news / "people.jsonl", "--out", news / "out")
    ended = call("explain", news / "out", "Kozak")
    expected = "'Kozak' fits 2 mentions: 'a1:0-5', 'a2:0-5'; expected what fits one, see the column 'mention_id' of resolved_mentions.csv"
    assert (ended.code, ended.out, ended.err) == (1, "", f"disambig: {news / 'out'}: {expected}\n")


ERRORS = [
    (
        ["run", "nowhere", "--kb", "people.jsonl", "--out", "out"],
        "nowhere: no such file or folder; expected articles as .txt, .jsonl or .csv",
    ),
    (
        ["run", "news", "--kb", "nowhere.jsonl", "--out", "out"],
        f"nowhere.jsonl: No such file or directory; expected a file of {EXPECTED}",
    ),
    (
        ["run", "news/bad.md", "--kb", "people.jsonl", "--out", "out"],
        "no article could be read from news/bad.md; expected .txt, .jsonl or .csv files, see out/rejected.csv",
    ),
    (
        ["run", "news", "--kb", "people.jsonl", "--out", "people.jsonl"],
        "people.jsonl: File exists; expected a folder that can be written to",
    ),
    (
        ["evaluate", "nowhere.jsonl", "--kb", "people.jsonl"],
        "nowhere.jsonl: No such file or directory; expected labelled articles as JSON Lines",
    ),
    (["explain", "news", "a1:0-5"], "news/evidence.jsonl: no such file; expected a folder that `disambig run … --out` wrote"),
]


@pytest.mark.usefixtures("pipeline")
@pytest.mark.parametrize(("arguments", "message"), ERRORS, ids=[" ".join(case[0][:4]) for case in ERRORS])
def test_an_error_is_one_line_and_exit_code_1(
    call: Command, news: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], message: str
) -> None:
    monkeypatch.chdir(news)
    ended = call(*arguments)
    assert (ended.code, ended.out) == (1, "")
    assert ended.err.splitlines()[-1] == f"disambig: {message}"


WRONG_USAGE = [
    ["run"],
    ["run", "news", "--kb", "people.jsonl"],
    ["run", "news", "--kb", "people.jsonl", "--out", "out", "--workers", "0"],
    ["run", "news", "--kb", "people.jsonl", "--out", "out", "--min-probability", "1.5"],
    ["evaluate", "gold.jsonl", "--kb", "people.jsonl", "--mentions", "guessed"],
    ["solve"],
]


@pytest.mark.parametrize("arguments", WRONG_USAGE, ids=" ".join)
def test_wrong_usage_ends_with_exit_code_2(call: Command, arguments: list[str]) -> None:
    ended = call(*arguments)
    assert (ended.code, ended.out) == (2, "")


def test_an_interrupt_ends_with_exit_code_130(call: Command, news: Path, pipeline: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    assert pipeline == {}
    monkeypatch.setattr("disambig.pipeline.resolve", interrupted)
    ended = call("run", news / "news", "--kb", news / "people.jsonl", "--out", news / "out")
    assert (ended.code, ended.out, ended.err) == (130, "", "")


def test_a_full_disk_is_one_line(call: Command, news: Path, pipeline: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device", "out/resolved_mentions.csv")

    assert pipeline == {}
    monkeypatch.setattr("disambig.pipeline.resolve", full)
    ended = call("run", news / "news", "--kb", news / "people.jsonl", "--out", news / "out")
    assert (ended.code, ended.err) == (1, "disambig: out/resolved_mentions.csv: No space left on device\n")


def test_want_of_memory_is_one_line(call: Command, news: Path, pipeline: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    def greedy(*_: object, **__: object) -> None:
        raise MemoryError

    assert pipeline == {}
    monkeypatch.setattr("disambig.pipeline.resolve", greedy)
    ended = call("run", news / "news", "--kb", news / "people.jsonl", "--out", news / "out")
    message = "there is not enough memory; try fewer processes with --workers, or shorter articles, see 'max_article_chars'"
    assert (ended.code, ended.err) == (1, f"disambig: {message}\n")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full")
@pytest.mark.parametrize("unbuffered", ["", "1"], ids=["when it is flushed", "as it is written"])
def test_a_full_disk_behind_standard_output_is_one_line(unbuffered: str) -> None:
    with Path("/dev/full").open("w") as full:
        command = [sys.executable, "-m", "disambig", "--version"]
        environment = os.environ | {"PYTHONUNBUFFERED": unbuffered}
        ended = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, check=False, env=environment)  # noqa: S603
    assert (ended.returncode, ended.stderr) == (1, b"disambig: No space left on device\n")


@pytest.mark.usefixtures("pipeline")
def test_an_interrupted_run_goes_on_with_resume(call: Command, news: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also with the options that change nothing; with one that changes the answers it does not."""
    command = ["run", news / "news", "--kb", news / "people.jsonl", "--out", news / "out"]
    add = RunFolder.add

    def stop_at_second(folder: RunFolder, article: Article, decisions: tuple[Decision, ...]) -> None:
        if folder.tally.articles:
            raise KeyboardInterrupt
        add(folder, article, decisions)

    with monkeypatch.context() as patch:
        patch.setattr(RunFolder, "add", stop_at_second)
        ended = call(*command)
    said = f"disambig: {news / 'out'}: 1 article(s) are finished and kept; give the same command with --resume to go on\n"
    assert (ended.code, ended.err) == (130, said)
    other = call(*command, "--resume", "--min-probability", "0.9")
    assert (other.code, other.out) == (1, "")
    assert "the interrupted run there had 'settings.min_probability' 0.3, now it is 0.9; expected the same" in other.err
    assert call(*command, "--resume", "--quiet", "--workers", "2").code == 0
    assert call(*command[:-1], news / "whole").code == 0
    for name in ("resolved_mentions.csv", "identity_claims.csv", "evidence.jsonl", "rejected.csv"):
        assert (news / "out" / name).read_bytes() == (news / "whole" / name).read_bytes()


@pytest.mark.usefixtures("pipeline")
def test_a_closed_pipe_is_no_error(call: Command, news: Path) -> None:
    call("run", news / "news", "--kb", news / "people.jsonl", "--out", news / "out")
    reading, writing = os.pipe()
    os.close(reading)
    command = [sys.executable, "-m", "disambig", "explain", str(news / "out"), "a1:0-5"]
    ended = subprocess.run(command, stdout=writing, stderr=subprocess.PIPE, check=False)  # noqa: S603
    os.close(writing)
    assert (ended.returncode, ended.stderr) == (0, b"")


@pytest.mark.usefixtures("pipeline")
def test_a_terminal_without_unicode_is_no_error(call: Command, news: Path) -> None:
    call("run", news / "news", "--kb", news / "people.jsonl", "--out", news / "out")
    evidence_file = news / "out" / "evidence.jsonl"
    evidence_file.write_text(evidence_file.read_text("utf-8").replace("said no", "сказав ні"), encoding="utf-8")
    command = [sys.executable, "-m", "disambig", "explain", str(news / "out"), "a1:0-5"]
    ended = subprocess.run(command, env={**os.environ, "PYTHONIOENCODING": "ascii"}, capture_output=True, check=False)  # noqa: S603
    assert (ended.returncode, ended.stderr) == (0, b"")
    assert b"Kozak \\u0441" in ended.stdout
    assert b"\\u25" not in ended.stdout, "bars are drawn otherwise there"


def test_the_version_is_printed(call: Command) -> None:
    assert call("--version") == Ended(0, f"disambig {__version__}\n", "")


HELP = [
    (["kb"], "Make a knowledge base of people, and look into it"),
    ([], "Say who each person mentioned in news articles is"),
    (["run"], "Resolve every mention of a person in the articles"),
    (["evaluate"], "Measure the decisions against labelled articles"),
    (["explain"], "Show how one decision came about"),
]


@pytest.mark.parametrize(("command", "sentence"), HELP, ids=[" ".join(case[0]) or "disambig" for case in HELP])
def test_help_opens_with_a_sentence_and_has_an_example(call: Command, command: list[str], sentence: str) -> None:
    ended = call(*command, "--help")
    lines = [line.strip() for line in ended.out.splitlines() if line.strip()]
    assert ended.code == 0
    assert lines[0].startswith("Usage: disambig")
    assert lines[1].startswith(sentence)
    assert any(line.startswith(f"Example: disambig {' '.join(command)}".strip()) for line in lines)


def test_help_answers_without_loading_what_takes_long() -> None:
    code = "import sys; sys.argv = ['disambig', '--help']\nfrom disambig.cli import app\ntry: app()\nexcept SystemExit: pass\n"
    code += "print(sorted({'spacy', 'pandas', 'onnxruntime', 'numpy'} & set(sys.modules)))"
    started = time.perf_counter()
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)  # noqa: S603
    assert done.stdout.splitlines()[-1] == "[]"
    assert time.perf_counter() - started < 5, "it takes a quarter of a second; the rest is for a busy machine"
