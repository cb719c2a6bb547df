"""What the README shows is what happens."""

import ast
import csv
import doctest
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from disambig.table import COLUMNS

Disambig = Callable[..., subprocess.CompletedProcess[str]]


def blocks(text: str, language: str) -> list[str]:
    """The fenced code blocks of that language."""
    return re.findall(rf"^```{language}\n(.*?)^```$", text, re.DOTALL | re.MULTILINE)


@pytest.fixture(scope="module")
def readme(root: Path) -> str:
    return (root / "README.md").read_text("utf-8")


def test_the_first_command_sets_up_and_runs_the_main_job(readme: str) -> None:
    (line,) = blocks(readme, "sh")[0].splitlines()
    assert line == "python3 -m venv .venv && .venv/bin/pip install -q . && .venv/bin/python scripts/run_pipeline.py"


def test_the_command_under_tests_sets_up_and_runs_them(readme: str) -> None:
    _, _, after = readme.partition("\n## Tests\n")
    (line,) = blocks(after, "sh")[0].splitlines()
    assert line == "python3 -m venv .venv && .venv/bin/pip install -q '.[test]' && .venv/bin/pytest"


def test_every_command_and_option_that_the_readme_names_exists(readme: str, disambig: Disambig) -> None:
    indented = re.findall(r"^ {4}(disambig .*)", readme, re.MULTILINE)
    assert indented
    for line in (*indented, *(line for block in blocks(readme, "sh") for line in block.splitlines())):
        for command, options in re.findall(r"^(?:\S*/)?disambig ((?:kb )?\w+)([^#|]*)", line):
            asked = disambig(*command.split(), "--help")
            assert asked.returncode == 0, line
            assert {option for option in re.findall(r"--[a-z-]+", options) if option not in asked.stdout} == set(), line


def test_every_file_that_the_readme_links_to_exists(readme: str, root: Path) -> None:
    links = [link for link in re.findall(r"\]\(([^)#]+)[^)]*\)", readme) if "://" not in link]
    assert [link for link in links if not (root / link).exists()] == []


def test_python_examples_are_python(readme: str) -> None:
    for block in blocks(readme, "python"):
        ast.parse(block)


@pytest.mark.model
def test_the_python_sessions_that_the_readme_shows_go_as_shown(readme: str, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(root)
    told: list[str] = []
    session = doctest.DocTestParser().get_doctest("\n".join(blocks(readme, "pycon")), {}, "README.md", "README.md", 0)
    doctest.DocTestRunner(optionflags=doctest.NORMALIZE_WHITESPACE).run(session, out=told.append)
    assert "".join(told) == ""


def test_a_table_of_columns_lists_them_all_in_order(readme: str) -> None:
    named = [name for cell in re.findall(r"^\| ((?:`\w+`(?:, )?)+) \|", readme, re.MULTILINE) for name in re.findall(r"`(\w+)`", cell)]
    columns = [name for name in named if name in COLUMNS]
    assert columns in ([], list(COLUMNS))


@pytest.mark.model
def test_the_rows_that_the_readme_shows_are_those_of_the_run(readme: str, corpus_run: Path) -> None:
    with (corpus_run / "resolved_mentions.csv").open(encoding="utf-8", newline="") as file:
        written = list(csv.DictReader(file))
    for block in blocks(readme, "csv"):
        shown = list(csv.DictReader(block.splitlines()))
        assert shown
        assert set(shown[0]) <= set(COLUMNS), "a block shows some of the columns"
        missing = [row for row in shown if not any(row.items() <= full.items() for full in written)]
        assert missing == []


@pytest.mark.model
def test_the_script_prints_the_short_of_the_run_and_the_rows_of_the_showcase(root: Path, tmp_path: Path) -> None:
    script = root / "scripts" / "run_pipeline.py"
    done = subprocess.run([sys.executable, script], cwd=tmp_path, capture_output=True, text=True, encoding="utf-8", check=True)  # noqa: S603
    assert "most ambiguous names" in done.stdout
    assert "start,mention,decision,person_id,probability,candidates" in done.stdout
    assert "Kozak,resolved,kozak-dmitry" in done.stdout
    assert "Kozak,resolved,kozak-taras" in done.stdout
    assert (tmp_path / "out" / "resolved_mentions.csv").is_file()


def test_the_script_takes_the_options_of_the_command(root: Path, disambig: Disambig) -> None:
    script = root / "scripts" / "run_pipeline.py"
    done = subprocess.run([sys.executable, script, "--help"], capture_output=True, text=True, encoding="utf-8", check=True)  # noqa: S603
    assert set(re.findall(r"--[a-z-]+", disambig("run", "--help").stdout)) <= set(re.findall(r"--[a-z-]+", done.stdout))
    assert "Run the main job on the shipped corpus" in done.stdout
    assert "[default: out]" in done.stdout
