"""What a feature is: one thing that can speak for or against a candidate, asked in two halves.

What a mention gives to compare is asked once, then each candidate is held against it: most mentions give nothing to most features.
"""

from collections.abc import Callable, Iterable, Sequence
from functools import update_wrapper
from itertools import repeat
from typing import Generic, TypeVar

from disambig.records import Candidate, Chain, Evidence

Told = TypeVar("Told")


class Feature(Generic[Told]):
    """A feature: called with a chain and a candidate, it gives its evidence. The decorator `feature` makes one."""

    __name__: str

    def __init__(self, compare: Callable[[Told, Candidate], Evidence | None], told: Callable[[Chain], Told | None], missing: str) -> None:
        update_wrapper(self, compare)
        self._compare, self._told = compare, told
        self._missing = Evidence(self.__name__, None, missing)

    def __call__(self, chain: Chain, candidate: Candidate) -> Evidence:
        """What it says about one candidate."""
        return next(iter(self.about(chain, (candidate,))))

    def about(self, chain: Chain, candidates: Sequence[Candidate]) -> Iterable[Evidence]:
        """What it says about each of *candidates*, in their order."""
        told = self._told(chain)
        if not told:
            return repeat(self._missing, len(candidates))
        return [self._compare(told, candidate) or self._missing for candidate in candidates]


def feature(
    told: Callable[[Chain], Told | None], *, missing: str
) -> Callable[[Callable[[Told, Candidate], Evidence | None]], Feature[Told]]:
    """Make a function of what *told* finds in a chain, and a candidate, a feature.

    Where a chain tells nothing, or the function finds nothing to hold against it and gives None, its evidence is missing, for the reason
    *missing*.
    """
    return lambda compare: Feature(compare, told, missing)
