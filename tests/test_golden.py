"""The whole corpus through the whole pipeline gives exactly the rows of `tests/golden/`; `scripts/golden.py` writes them."""

import csv
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

Row = dict[str, str]

GOLDEN = Path(__file__).parent / "golden" / "resolved_mentions.csv"
TOLERANCE = 0.0002  # another processor rounds otherwise, and probabilities are written with four decimals
SHOWN = 5  # rows that differ
REWRITE = "If the change is meant: run `python scripts/golden.py`, look at the diff, and say in the commit message why the rows changed."


def read(path: Path) -> list[Row]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def numbers(column: str, cell: str) -> dict[str, float]:
    """The probabilities in a cell, by candidate: "kozak-dmitry=0.9300 | nobody=0.0700"."""
    named = (part.rpartition("=") for part in cell.split(" | ")) if column == "candidates" else [("", "", cell)]
    return {name: float(number) for name, _, number in named}


def agree(column: str, golden: str, now: str) -> bool:
    """Whether two cells of a column say the same; probabilities may differ by TOLERANCE."""
    if golden == now or column not in {"probability", "candidates"}:
        return golden == now
    before, after = numbers(column, golden), numbers(column, now)
    return before.keys() == after.keys() and all(abs(before[name] - after[name]) <= TOLERANCE + 1e-9 for name in before)


def differences(golden: list[Row], now: list[Row]) -> Iterator[str]:
    """A line for each row that differs, in the order of the golden ones, then for each that is new."""
    if golden and now and list(golden[0]) != list(now[0]):
        yield f"columns: {', '.join(golden[0])} -> {', '.join(now[0])}"
        return
    written = {row["mention_id"]: row for row in now}
    for row in golden:
        other = written.pop(row["mention_id"], None)
        if other is None:
            yield f"{row['mention_id']} {row['mention']!r}: no longer found"
        elif told := [f"{column}: {row[column]!r} -> {other[column]!r}" for column in row if not agree(column, row[column], other[column])]:
            yield f"{row['mention_id']} {row['mention']!r}: {'; '.join(told)}"
    yield from (f"{row['mention_id']} {row['mention']!r}: new, {row['decision']} {row['person_id']}".rstrip() for row in written.values())


@pytest.mark.model
def test_the_corpus_gives_the_golden_rows(corpus_run: Path) -> None:
    if not GOLDEN.is_file():
        pytest.fail("tests/golden/resolved_mentions.csv is missing; run `python scripts/golden.py` to write it", pytrace=False)
    golden, now = read(GOLDEN), read(corpus_run / GOLDEN.name)
    found = list(differences(golden, now))
    if found:
        shown = "\n".join(found[:SHOWN])
        pytest.fail(f"{len(found)} rows differ from {GOLDEN.name}, the first of them:\n{shown}\n{REWRITE}", pytrace=False)
    assert [row["mention_id"] for row in golden] == [row["mention_id"] for row in now], "the rows stand in another order"


# -- the comparison itself


class Case(NamedTuple):
    column: str
    golden: str
    now: str
    expected: bool
    because: str


CASES = [
    Case("mention", "Costa", "Costa", True, "the same text"),
    Case("mention", "Costa", "Reis", False, "another text"),
    Case("probability", "0.9300", "0.9302", True, "as far as rounding goes"),
    Case("probability", "0.9300", "0.9303", False, "farther than that"),
    Case("candidates", "a=0.9300 | nobody=0.0700", "a=0.9299 | nobody=0.0701", True, "each number a little off"),
    Case("candidates", "a=0.9300 | nobody=0.0700", "a=0.9200 | nobody=0.0800", False, "each number far off"),
    Case("candidates", "a=0.4500 | b=0.4500 | nobody=0.1000", "b=0.4501 | a=0.4500 | nobody=0.0999", True, "a tie in the other order"),
    Case("candidates", "a=0.9300 | nobody=0.0700", "b=0.9300 | nobody=0.0700", False, "somebody else"),
    Case("candidates", "nobody=1.0000", "a=0.0000 | nobody=1.0000", False, "somebody more"),
    Case("evidence", "is 45 years old", "is 46 years old", False, "a number in words"),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.column}: {case.because}")
def test_only_probabilities_may_differ_and_only_a_little(case: Case) -> None:
    assert agree(case.column, case.golden, case.now) is case.expected


def test_every_difference_is_a_line_that_says_what_changed() -> None:
    costa = {"mention_id": "a1:0-5", "mention": "Costa", "decision": "resolved", "person_id": "costa-ana"}
    reis = {"mention_id": "a1:9-13", "mention": "Reis", "decision": "unknown", "person_id": ""}
    assert list(differences([costa, reis], [costa, reis])) == []
    assert list(differences([costa, reis], [costa])) == ["a1:9-13 'Reis': no longer found"]
    assert list(differences([costa], [costa, reis])) == ["a1:9-13 'Reis': new, unknown"]
    assert list(differences([costa], [{**costa, "person_id": "costa-eva"}])) == ["a1:0-5 'Costa': person_id: 'costa-ana' -> 'costa-eva'"]
    assert list(differences([{"mention_id": "a1:0-5"}], [costa])) == ["columns: mention_id -> mention_id, mention, decision, person_id"]


def test_the_script_says_what_it_does(root: Path) -> None:
    script = root / "scripts" / "golden.py"
    done = subprocess.run([sys.executable, script, "--help"], capture_output=True, text=True, encoding="utf-8", check=True)  # noqa: S603
    assert "tests/golden/resolved_mentions.csv" in done.stdout
