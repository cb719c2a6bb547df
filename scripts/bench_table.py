"""The table of bench.py: a row a measure, a column a size, how it grows from size to size, and what is wanted of it."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Target:
    """What is wanted of a measure at the largest size."""

    most: float | None = None
    least: float | None = None
    growth: float | None = None  # at most so many times the smallest size's
    step: float | None = None  # at most so many times the size's before
    more: float | None = None  # at most so much more than the smallest size's

    def verdicts(self, values: list[float]) -> list[str]:
        """Each wish, and whether *values*, by size, meet it. Growth needs two sizes."""
        last = values[-1]
        wishes = [(f"at most {self.most:g}", last <= self.most)] if self.most is not None else []
        wishes += [(f"at least {self.least:,.0f}", last >= self.least)] if self.least is not None else []
        if len(values) > 1:
            wishes += [(f"at most {self.growth:g} times the first", last <= self.growth * values[0])] if self.growth else []
            wishes += [(f"at most {self.step:g} times the one before", last <= self.step * values[-2])] if self.step else []
            wishes += [(f"at most {self.more:g} more than the first", last <= self.more + values[0])] if self.more else []
        return [f"{'meets' if met else 'MISSES'}: {wish}" for wish, met in wishes]


TARGETS = {
    "build: people a second": Target(least=8000),
    "build: peak memory, MB": Target(most=300),
    "file: bytes a person": Target(most=1000),
    "look-up, all: median, ms": Target(most=0.3, step=2),
    "look-up, all: 99th, ms": Target(most=3),
    "rapidfuzz WRatio: times ours on the same names": Target(least=100),
    "rapidfuzz token_sort: times ours on the same names": Target(least=100),
    "run over the articles, s": Target(growth=1.3),
    "run over the articles: peak memory, MB": Target(more=150),
}
"""Wanted at a million people, of a common computer."""


def markdown(columns: Mapping[int, Mapping[str, float]]) -> str:
    """The figures of each size, smallest first."""
    sizes = sorted(columns)
    lines = [
        "| | " + " | ".join(f"{size:,}" for size in sizes) + " | growth | wanted at the largest size |",
        "|---|" + "---:|" * (len(sizes) + 1) + "---|",
    ]
    for name in columns[sizes[-1]]:
        values = [columns[size][name] for size in sizes if name in columns[size]]
        shown = [_number(columns[size][name]) if name in columns[size] else "" for size in sizes]
        growth = ", ".join(f"{after / before:.2f}" for before, after in pairwise(values) if before)
        wanted = "; ".join(TARGETS[name].verdicts(values)) if name in TARGETS else ""
        lines.append(f"| {name} | {' | '.join(shown)} | {growth} | {wanted} |")
    return "\n".join(lines)


def _number(value: float) -> str:
    """*value* with three digits or more.

    >>> _number(0.01234), _number(12.34), _number(12345.6)
    ('0.0123', '12.3', '12,346')
    """
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"  # noqa: PLR2004
