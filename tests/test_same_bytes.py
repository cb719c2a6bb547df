"""The same input gives the same bytes, whatever the number of workers and the order of the KB."""

import random
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

pytestmark = pytest.mark.model

Disambig = Callable[..., subprocess.CompletedProcess[str]]
COMPARED = ("resolved_mentions.csv", "evidence.jsonl", "new_people.jsonl", "report.html", "rejected.csv")


def test_a_second_run_with_the_people_shuffled_and_two_workers_writes_the_same(
    root: Path, corpus_run: Path, tmp_path: Path, disambig: Disambig
) -> None:
    people = (root / "corpus" / "people.jsonl").read_text("utf-8").splitlines(keepends=True)
    random.Random(7).shuffle(people)  # noqa: S311 -- any order will do
    shuffled = tmp_path / "people.jsonl"
    shuffled.write_text("".join(people), encoding="utf-8")
    done = disambig("run", root / "corpus" / "articles", "--kb", shuffled, "--out", tmp_path / "out", "--workers", "2")
    assert done.returncode == 0, done.stderr
    for name in COMPARED:
        assert (tmp_path / "out" / name).read_bytes() == (corpus_run / name).read_bytes(), name
