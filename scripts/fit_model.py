"""Cases -> Weights: a conditional logistic model, and what its probabilities come to on labelled mentions.

Theta is one vector: for each feature the weight of what speaks for, then for each the weight of what speaks against, then the weights of
the evidence for nobody.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.optimize import minimize

from disambig.decide import NOBODY, Weights

if TYPE_CHECKING:
    from fit_evidence import Cases

    from disambig.settings import Settings

_LEAST = 0.25  # of the prior, a weight of what speaks for: what a small sample never shows is still worth something
_LEAST_AGAINST = 0.75  # and of what speaks against: contradictions are rare in such samples, and must not come to nothing by accident
_MOST = 1.3  # of the prior; with 2.0 the log-loss on sets left out was .486 instead of .470 (1,331 mentions of six sets)
_EITHER_WAY = frozenset({"somebody_else", "bare_name"})  # evidence for nobody that may turn out to speak against it
_RELATIVE = 0.5  # standard deviation of a weight around its prior, as a share of it
_ABSOLUTE = 1.0  # and of the weights for nobody; of the others at least half of it
_BINS = 10  # of equal width, for the calibration error
_CONFIDENT = 0.9  # a wrong link above this probability is the worst result


@dataclass(frozen=True, slots=True)
class Answers:
    """What the model says about each of m mentions: the most probable person and nobody."""

    person: np.ndarray  # (m,) probability of the most probable person, 0 where there is no candidate
    nobody: np.ndarray  # (m,) probability of nobody
    lead: np.ndarray  # (m,) of the most probable of all over the next, 0 to 1
    right: np.ndarray  # (m,) bool, the most probable person is the labelled one
    truth: np.ndarray  # (m,) probability given to what the label says (nobody, where no candidate is right)


def pack(weights: Weights) -> np.ndarray:
    """Weights as theta."""
    rows = ([pro for _, pro, _ in weights.features], [contra for _, _, contra in weights.features], [one for _, one in weights.nobody])
    return np.concatenate(rows)


def unpack(theta: np.ndarray, names: tuple[str, ...], digits: int = 3) -> Weights:
    """Theta as weights, rounded, so that a file of them shows no noise."""
    rounded = [round(float(one), digits) for one in theta]
    pro, contra, nobody = rounded[: len(names)], rounded[len(names) : 2 * len(names)], rounded[2 * len(names) :]
    return Weights(tuple(zip(names, pro, contra, strict=True)), tuple(zip(NOBODY, nobody, strict=True)))


def _parted(values: np.ndarray) -> np.ndarray:
    """Values (r, f) as what speaks for and what speaks against (r, 2f); missing ones are 0."""
    known = np.nan_to_num(values, nan=0.0)
    return np.hstack([np.maximum(known, 0.0), np.minimum(known, 0.0)])


@dataclass(frozen=True, slots=True)
class _Problem:
    """Cases with candidates, ready for the optimiser."""

    rows: np.ndarray  # (r, 2f)
    nobody: np.ndarray  # (m, k)
    mention: np.ndarray  # (r,) which mention a row belongs to
    starts: np.ndarray  # (m,) its first row
    right: np.ndarray  # (m,) row of the right candidate, -1 for none

    @classmethod
    def of(cls, cases: Cases) -> _Problem:
        starts = np.concatenate([[0], np.cumsum(cases.counts)[:-1]]).astype(int)
        right = np.where(cases.right >= 0, starts + cases.right, -1)
        return cls(_parted(cases.values), cases.nobody, np.repeat(np.arange(len(cases)), cases.counts), starts, right)

    def probabilities(self, theta: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Those of the rows (r,) and of nobody (m,)."""
        width = self.rows.shape[1]
        odds, nobody = self.rows @ theta[:width], self.nobody @ theta[width:]
        highest = np.maximum(np.maximum.reduceat(odds, self.starts), nobody)
        odds, nobody = np.exp(odds - highest[self.mention]), np.exp(nobody - highest)
        whole = np.add.reduceat(odds, self.starts) + nobody
        return odds / whole[self.mention], nobody / whole


def fit(cases: Cases, importance: np.ndarray, prior: Weights, strength: float) -> np.ndarray:
    """Theta that makes the labels most probable, drawn to *prior*; *importance* (m,) is how much each mention counts.

    The penalty is *strength* / 2 times the sum of squared distances from the prior, in standard deviations of it. Weights of
    features stay between `_LEAST` or `_LEAST_AGAINST` and `_MOST` of the prior, and nobody's above 0 but those of `_EITHER_WAY`.
    """
    with_candidates = cases.counts > 0
    problem, counted = _Problem.of(cases.only(with_candidates)), importance[with_candidates]
    mean = pack(prior)
    width = problem.rows.shape[1]
    spread = np.concatenate([np.maximum(_RELATIVE * mean[:width], _ABSOLUTE / 2), np.full(len(mean) - width, _ABSOLUTE)])
    linked = problem.right >= 0

    def loss(theta: np.ndarray) -> tuple[float, np.ndarray]:
        people, nobody = problem.probabilities(theta)
        truth = np.where(linked, people[problem.right], nobody)
        rows = people * counted[problem.mention]
        rows[problem.right[linked]] -= counted[linked]
        slope = np.concatenate([problem.rows.T @ rows, problem.nobody.T @ ((nobody - ~linked) * counted)])
        away = (theta - mean) / spread
        value = -(counted * np.log(np.maximum(truth, 1e-300))).sum() + strength / 2 * (away @ away)
        return float(value), slope + strength * away / spread

    least = [_LEAST] * (width // 2) + [_LEAST_AGAINST] * (width // 2)
    bounds = [(share * one, _MOST * one) for share, one in zip(least, mean[:width], strict=True)]
    bounds += [(None if name in _EITHER_WAY else 0.0, None) for name in NOBODY]
    return np.asarray(minimize(loss, mean, jac=True, method="L-BFGS-B", bounds=bounds, options={"maxiter": 1000}).x)


def answer(cases: Cases, theta: np.ndarray) -> Answers:
    """What the model says; a mention without candidates is nobody for certain."""
    size = len(cases)
    found = Answers(np.zeros(size), np.ones(size), np.ones(size), np.zeros(size, bool), (cases.right < 0).astype(float))
    kept = np.flatnonzero(cases.counts > 0)
    if not len(kept):
        return found
    problem = _Problem.of(cases.only(cases.counts > 0))
    people, nobody = problem.probabilities(theta)
    for place, begin, end, right, none in zip(kept, problem.starts, [*problem.starts[1:], len(people)], problem.right, nobody, strict=True):
        own = people[begin:end]
        in_order = np.sort(np.append(own, none))
        found.person[place], found.nobody[place], found.lead[place] = own.max(), none, in_order[-1] - in_order[-2]
        found.right[place] = begin + int(own.argmax()) == right
        found.truth[place] = people[right] if right >= 0 else none
    return found


@dataclass(frozen=True, slots=True)
class Figures:
    """Counts and rates on one set."""

    linked: tuple[int, int]  # right, of how many
    nobody: tuple[int, int]
    said: tuple[int, int]  # right, of how many people said
    confident: int  # wrong links above `_CONFIDENT`
    calibration: float  # expected calibration error of the first of the list, as `disambig.evaluate` counts it
    loss: float  # mean of -log(probability of what is right)
    left_out: tuple[int, int]  # mentions of people left out of the KB that got a namesake, of how many

    @property
    def all(self) -> tuple[int, int]:
        """Linked and nobody together."""
        return self.linked[0] + self.nobody[0], self.linked[1] + self.nobody[1]


def said(cases: Cases, answers: Answers, settings: Settings) -> np.ndarray:
    """(m,) bool: a person is said, by the rule of `disambig.decide.conclude`, which asks more only where a fact contradicts the person."""
    ahead = (answers.person >= answers.nobody) & (answers.lead >= settings.min_gap)
    return ahead & (answers.person >= settings.min_probability) & ~cases.doubted & (cases.counts > 0)


def measure(cases: Cases, answers: Answers, settings: Settings) -> Figures:
    """The figures of a set from what the model says about it."""
    told = said(cases, answers, settings)
    first = np.where(answers.person >= answers.nobody, answers.right, ~cases.linked)
    probability = np.maximum(answers.person, answers.nobody)
    bins = np.minimum((probability * _BINS).astype(int), _BINS - 1)
    distance = sum(abs(probability[bins == number].sum() - first[bins == number].sum()) for number in range(_BINS))
    count = lambda mask: int(np.count_nonzero(mask))  # noqa: E731
    return Figures(
        linked=(count(told & answers.right & cases.linked), count(cases.linked)),
        nobody=(count(~told & ~cases.linked), count(~cases.linked)),
        said=(count(told & answers.right), count(told)),
        confident=count(told & ~answers.right & (answers.person > _CONFIDENT)),
        calibration=float(distance) / max(1, len(cases)),
        loss=float(-np.log(np.maximum(answers.truth, 1e-12)).mean()) if len(cases) else 0.0,
        left_out=(count(told & cases.left_out), count(cases.left_out)),
    )


def thresholds(answers: Answers, precisions: tuple[float, ...]) -> dict[float, float]:
    """For each precision the least probability from which on it was held, rounded up to 3 digits; those never held are left out.

    Held means: of the people at least so probable, and more probable than nobody, that share is right.
    """
    likely = np.flatnonzero(answers.person >= answers.nobody)
    order = likely[np.argsort(-answers.person[likely], kind="stable")]
    share = np.cumsum(answers.right[order]) / np.arange(1, len(order) + 1)
    last = np.append(answers.person[order][1:] != answers.person[order][:-1], True)
    found = {}
    for precision in precisions:
        held = np.flatnonzero((share >= precision) & last)
        if len(held):
            found[precision] = float(np.ceil(answers.person[order][held[-1]] * 1000 - 1e-9) / 1000)
    return found
