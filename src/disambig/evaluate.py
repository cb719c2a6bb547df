"""Decisions against labelled articles: counts, then rates with intervals, then what went wrong, by kind.

Only labelled mentions are scored, those labelled "contested" left out. A decision answers a labelled mention when their offsets are
equal (with *overlap*: when they overlap; the longest overlap wins). It says a person only when it is resolved; a labelled mention without
a decision says nobody.

`RATES` defines every rate. The others:

coverage_at_95, coverage_at_99   the largest share of all labelled mentions that can be answered with the first candidate, most probable
                                 first, whatever was decided, so that 95 % or 99 % of these answers are right. Mentions of equal
                                 probability are taken together or not at all; a mention whose first candidate is nobody is never taken.
ece                              expected calibration error: the first candidates (nobody among them) in 10 bins of equal width by their
                                 probability; the distance between mean probability and share right in each bin, weighted by its
                                 mentions (Naeini, Cooper and Hauskrecht 2015). Mentions without a decision are left out.
intervals                        95 %, by drawing articles, see `intervals`
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

import numpy as np

from disambig.intervals import Floats, Interval, draw, interval, shares
from disambig.records import CONTESTED, Decision, Label, LabelledArticle, Outcome

_CONFIDENT = 0.9  # a wrong link above this probability is the worst result
_COVERAGE_PRECISIONS = {"coverage_at_95": 0.95, "coverage_at_99": 0.99}
_BINS = 10  # of equal width, for the calibration error
_AT_ONCE = 1 << 22  # numbers that the draws of a coverage hold at a time: 32 MiB
_DIGITS = 4  # to which rates are rounded, and probabilities are written in the column `candidates`

NOBODY = "nobody"
"""Stands for nobody where the id of a first candidate is expected."""


class Kind(str, Enum):
    """What went wrong with a labelled mention."""

    NOT_FOUND = "not found"  # a person of the KB, and no decision at that place
    NOT_AMONG_CANDIDATES = "not among candidates"  # the look-up did not come up with the person
    WRONG_NAMESAKE = "wrong namesake"
    FALSE_LINK = "false link"  # somebody outside the KB was given a person
    FALSE_NOBODY = "false nobody"
    UNDECIDED = "undecided"  # ambiguous, or contested


@dataclass(frozen=True, slots=True)
class Choice:
    """What a method makes of one mention, in ids: all of a decision that is scored."""

    start: int
    end: int
    said: str | None  # the person, when it says one
    first: str  # the most probable one, whatever is said; or "nobody"
    probability: float  # 0 to 1, of the first; a method without probabilities gives whatever orders its answers
    candidates: frozenset[str] = frozenset()  # all people that were weighed
    undecided: bool = False  # several people are left, as opposed to nobody

    @classmethod
    def of(cls, decision: Decision) -> "Choice":
        """The choice that a decision comes down to; its probability is rounded as the column `candidates` shows it."""
        first = decision.verdicts[0]
        return cls(
            start=decision.mention.start,
            end=decision.mention.end,
            said=decision.person.id if decision.person else None,
            first=first.person.id if first.person else NOBODY,
            probability=round(first.probability, _DIGITS),
            candidates=frozenset(verdict.person.id for verdict in decision.verdicts if verdict.person),
            undecided=decision.outcome in {Outcome.AMBIGUOUS, Outcome.CONTESTED},
        )


@dataclass(frozen=True, slots=True)
class Answer:
    """A labelled mention and what it got. It keeps no decision, so that many articles fit into memory."""

    article_id: str
    start: int
    mention: str
    gold: str | None
    said: str | None  # a person id, or None
    first: str | None  # the id of the first candidate, or "nobody"; None without a decision
    probability: float | None  # 0 to 1, of the first candidate; None without a decision
    several: bool  # more than one person was weighed
    mistake: Kind | None  # None when it got its label

    @property
    def right(self) -> bool:
        """It got its label: that person, or no person where it should get none."""
        return self.said == self.gold

    @property
    def first_right(self) -> bool:
        """The first candidate is the label, whatever was decided."""
        return self.first == (self.gold or NOBODY)

    def __str__(self) -> str:
        """One line: where it stands, what it should have been and what it got."""
        got = f"got {self.said or NOBODY} ({self.first}={self.probability:.2f})" if self.first else "found nothing"
        place = f"{self.article_id}:{self.start}-{self.start + len(self.mention)}"  # as in the column mention_id
        return f"{place} {self.mention!r}: expected {self.gold or NOBODY}, {got}"


COUNTS: Mapping[str, Callable[[Answer], bool]] = {
    "linked": lambda answer: answer.gold is not None,
    "nobody": lambda answer: answer.gold is None,
    "linked_right": lambda answer: answer.gold is not None and answer.right,
    "nobody_right": lambda answer: answer.gold is None and answer.right,
    "false_links": lambda answer: answer.gold is None and answer.said is not None,
    "found": lambda answer: answer.first is not None,
    "said": lambda answer: answer.said is not None,
    "several": lambda answer: answer.several,
    "several_right": lambda answer: answer.several and answer.right,
}
"""What is counted: the labelled mentions of which each of these is true."""

RATES: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    # labelled people of the KB that got exactly that person
    "linked_accuracy": (("linked_right",), ("linked",)),
    # labelled nobodies that got no person
    "nobody_accuracy": (("nobody_right",), ("nobody",)),
    # both together
    "accuracy": (("linked_right", "nobody_right"), ("linked", "nobody")),
    # of the labelled mentions that got a person, those that got the right one
    "precision": (("linked_right",), ("said",)),
    # of the labelled people of the KB, those that got exactly that person: the same as linked_accuracy, by its name beside precision
    "recall": (("linked_right",), ("linked",)),
    # harmonic mean of precision and recall, 2 right / (said + linked)
    "f1": (("linked_right", "linked_right"), ("said", "linked")),
    # labelled nobodies that got a person
    "false_link_rate": (("false_links",), ("nobody",)),
    # labelled mentions with a decision at their place
    "found": (("found",), ("linked", "nobody")),
    # the accuracy of those for which more than one person was weighed, people and nobodies alike
    "accuracy_among_several": (("several_right",), ("several",)),
}
"""Each rate as the sum of some `COUNTS` by the sum of others."""


@dataclass(frozen=True, slots=True)
class Rate:
    """A share with the counts that it stands on."""

    name: str
    part: int
    whole: int

    @property
    def value(self) -> float | None:
        """From 0 to 1, rounded to 4 digits; None where there was nothing to count."""
        return round(self.part / self.whole, _DIGITS) if self.whole else None


@dataclass(frozen=True, slots=True)
class Bin:
    """The first candidates whose probability lies from *low* up to *high* (the last bin holds 1 too)."""

    low: float
    high: float
    mentions: int
    right: int
    stated: float  # mean probability
    within: Interval | None  # of the share right; None where all articles are one

    @property
    def share(self) -> float:
        """The share of them that is right, 0 to 1."""
        return self.right / self.mentions


@dataclass(frozen=True, slots=True)
class Scores:
    """How the labelled mentions were answered."""

    answers: tuple[Answer, ...]  # in the order of the articles

    def count(self, name: str) -> int:
        """How many answers `COUNTS` finds under *name*."""
        return sum(map(COUNTS[name], self.answers))

    @property
    def mentions(self) -> int:
        """The labelled mentions that were scored."""
        return len(self.answers)

    @property
    def linked(self) -> int:
        """Those labelled with a person of the KB."""
        return self.count("linked")

    @property
    def nobody(self) -> int:
        """Those labelled null."""
        return self.count("nobody")

    @property
    def linked_right(self) -> int:
        """Those that got exactly the person of their label."""
        return self.count("linked_right")

    @property
    def nobody_right(self) -> int:
        """Those labelled null that got no person."""
        return self.count("nobody_right")

    @property
    def rates(self) -> tuple[Rate, ...]:
        """Every rate, by the names that are also used for scoring a run's CSV from outside."""
        counts = {name: self.count(name) for name in COUNTS}
        made = [Rate(name, sum(counts[one] for one in part), sum(counts[one] for one in whole)) for name, (part, whole) in RATES.items()]
        first = [self.answers[place] for place in _by_probability(self.answers)]
        weights = np.ones((1, len(first)))
        covered = [Rate(name, int(_covered(first, weights, least)[0]), self.mentions) for name, least in _COVERAGE_PRECISIONS.items()]
        return (*made, *covered)

    @property
    def ece(self) -> float | None:
        """The expected calibration error of the first candidate, 0 to 1; None without a decision."""
        graded = [answer for answer in self.answers if answer.probability is not None]
        if not graded:
            return None
        # Python's sum, in this order, bins as they come: what the outside scorer does, to the last digit.
        return round(sum(abs(sum(_stated(one)) - sum(_rights(one))) for one in _binned(graded).values()) / len(graded), _DIGITS)

    @property
    def mistakes(self) -> tuple[Answer, ...]:
        """The answers that are not their label."""
        return tuple(answer for answer in self.answers if answer.mistake is not None)

    @property
    def mistakes_by_kind(self) -> dict[Kind, tuple[Answer, ...]]:
        """Every kind with its mistakes."""
        return {kind: tuple(answer for answer in self.answers if answer.mistake is kind) for kind in Kind}

    @property
    def confident_wrong_links(self) -> tuple[Answer, ...]:
        """The wrong people that were said with a probability above .9: the worst result."""
        return tuple(wrong for wrong in self.mistakes if wrong.said is not None and (wrong.probability or 0.0) > _CONFIDENT)

    def intervals(self) -> dict[str, Interval | None]:
        """The interval of each rate and of the calibration error; None for all where there are less than two articles to draw from.

        The order of the articles makes no difference.
        """
        drawn = _Drawn.from_answers(self.answers)
        return {name: interval(drawn.figure(name)) if drawn else None for name in (*RATES, *_COVERAGE_PRECISIONS, "ece")}

    def ahead_of(self, other: "Scores", rate: str = "accuracy") -> Interval | None:
        """The interval of this *rate* minus that of *other*, both over the same draws of the same articles; None for less than two."""
        mine, others = _Drawn.from_answers(self.answers), _Drawn.from_answers(other.answers)
        return interval(mine.figure(rate) - others.figure(rate)) if mine and others else None

    def bins(self) -> tuple[Bin, ...]:
        """The bins of the calibration error that are not empty, lowest first."""
        drawn = _Drawn.from_answers(self.answers)
        binned = _binned([answer for answer in self.answers if answer.probability is not None])
        within = {number: interval(drawn.right_in_bin(number)) if drawn else None for number in binned}
        return tuple(
            Bin(
                low=number / _BINS,
                high=(number + 1) / _BINS,
                mentions=len(inside),
                right=sum(_rights(inside)),
                stated=round(sum(_stated(inside)) / len(inside), _DIGITS),
                within=within[number],
            )
            for number, inside in sorted(binned.items())
        )

    def summary(self) -> dict[str, object]:
        """All figures for a program to read: each rate under its name, then the counts they stand on."""
        rates = self.rates
        limits = self.intervals()
        return {
            "mentions": self.mentions,
            "linked": self.linked,
            "nobody": self.nobody,
            **{rate.name: rate.value for rate in rates},
            "ece": self.ece,
            "counts": {rate.name: {"part": rate.part, "of": rate.whole} for rate in rates},
            "intervals": {name: [found.low, found.high] if found else None for name, found in limits.items()},
            "reliability": [
                {"from": one.low, "to": one.high, "mentions": one.mentions, "right": one.right, "stated": one.stated} for one in self.bins()
            ],
            "mistakes": {kind.value: len(found) for kind, found in self.mistakes_by_kind.items()},
            "confident_wrong_links": len(self.confident_wrong_links),
        }


def evaluate(decided: Iterable[tuple[LabelledArticle, Sequence[Decision]]], *, overlap: bool = False) -> Scores:
    """Score the decisions on each labelled article; of two that overlap a label by as much, the earlier one counts."""
    answers = (answers_to(labelled, map(Choice.of, decisions), overlap=overlap) for labelled, decisions in decided)
    return Scores(tuple(answer for some in answers for answer in some))


def answers_to(labelled: LabelledArticle, choices: Iterable[Choice], *, overlap: bool = False) -> Iterator[Answer]:
    """What each label of the article got of *choices*, in the order of the labels."""
    in_order = sorted(choices, key=lambda choice: (choice.start, choice.end))
    for label in labelled.labels:
        if label.gold == CONTESTED:
            continue
        choice = _choice_for(label, in_order, overlap=overlap)
        said = choice.said if choice else None
        yield Answer(
            article_id=labelled.article.id,
            start=label.start,
            mention=labelled.article.text[label.start : label.end],
            gold=label.gold,
            said=said,
            first=choice.first if choice else None,
            probability=choice.probability if choice else None,
            several=choice is not None and len(choice.candidates) > 1,
            mistake=_kind(choice, label) if said != label.gold else None,
        )


def _choice_for(label: Label, choices: Sequence[Choice], *, overlap: bool) -> Choice | None:
    if not overlap:
        return next((one for one in choices if (one.start, one.end) == (label.start, label.end)), None)

    def shared(choice: Choice) -> int:
        return min(choice.end, label.end) - max(choice.start, label.start)

    longest = max(choices, key=shared, default=None)
    return longest if longest is not None and shared(longest) > 0 else None


def _kind(choice: Choice | None, label: Label) -> Kind:
    if choice is None:
        return Kind.NOT_FOUND
    if label.gold is None:
        return Kind.FALSE_LINK
    if label.gold not in choice.candidates:
        return Kind.NOT_AMONG_CANDIDATES
    if choice.said is not None:
        return Kind.WRONG_NAMESAKE
    return Kind.UNDECIDED if choice.undecided else Kind.FALSE_NOBODY


# -- clusters


@dataclass(frozen=True, slots=True)
class BCubed:
    """How well clusters of mentions are people, each from 0 to 1."""

    mentions: int
    precision: float  # of a mention's cluster, the share of mentions that are of the same person; the mean over all mentions
    recall: float  # of the mentions of a mention's person, the share that is in the same cluster; the mean over all mentions

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        return 2 * self.precision * self.recall / (self.precision + self.recall) if self.mentions else 0.0


def b_cubed(mentions: Iterable[tuple[str, str]]) -> BCubed:
    """B-cubed of *mentions*, each given by its person and its cluster.

    A. Bagga and B. Baldwin, Entity-based cross-document coreferencing using the vector space model (COLING-ACL 1998), every mention of
    the same weight.

    >>> found = b_cubed([("ana", "c1"), ("ana", "c1"), ("ana", "c2"), ("eva", "c2")])
    >>> found.precision, round(found.recall, 4)
    (0.75, 0.6667)
    """
    both = Counter(mentions)
    people, clusters = Counter[str](), Counter[str]()
    for (person, cluster), count in both.items():
        people[person] += count
        clusters[cluster] += count
    total = both.total()
    precision = sum(count * count / clusters[cluster] for (_, cluster), count in both.items())
    recall = sum(count * count / people[person] for (person, _), count in both.items())
    return BCubed(total, precision / max(total, 1), recall / max(total, 1))


# -- probabilities


def _bin(probability: float) -> int:
    return min(int(probability * _BINS), _BINS - 1)


def _binned(graded: Iterable[Answer]) -> dict[int, list[Answer]]:
    """The answers of each bin that is not empty; bins in the order in which they first appear."""
    bins: defaultdict[int, list[Answer]] = defaultdict(list)
    for answer in graded:
        bins[_bin(answer.probability or 0.0)].append(answer)
    return bins


def _stated(answers: Iterable[Answer]) -> Iterator[float]:
    return (answer.probability or 0.0 for answer in answers)


def _rights(answers: Iterable[Answer]) -> Iterator[bool]:
    return (answer.first_right for answer in answers)


def _by_probability(answers: Sequence[Answer]) -> list[int]:
    """The places of those whose first candidate is a person, most probable first."""
    people = [place for place, answer in enumerate(answers) if answer.first not in {None, NOBODY}]
    return sorted(people, key=lambda place: -(answers[place].probability or 0.0))


def _covered(first: Sequence[Answer], weights: Floats, least: float) -> Floats:
    """How many can be answered with the first candidate at a precision of *least*: one number for each row of *weights*.

    *first* are in the order of `_by_probability`; *weights*, (draws, first), say how often each of them is there.
    """
    probabilities = np.array([*_stated(first), -1.0])
    ends = np.flatnonzero(probabilities[1:] != probabilities[:-1])  # equal probabilities go together or not at all
    taken = np.cumsum(weights, axis=1)[:, ends]
    right = np.cumsum(weights * np.array(list(_rights(first)), dtype=np.float64), axis=1)[:, ends]
    enough = shares(right, taken) >= least  # never where nothing is taken
    most: Floats = np.where(enough, taken, 0.0).max(axis=1, initial=0.0)
    return most


# -- intervals


@dataclass(frozen=True, slots=True)
class _Drawn:
    """The answers by article, and how often each article was drawn."""

    answers: tuple[Answer, ...]
    article: tuple[int, ...]  # of each answer
    times: Floats  # (draws, articles)

    @classmethod
    def from_answers(cls, answers: tuple[Answer, ...]) -> "_Drawn | None":
        """None for less than two articles. They are numbered by id, so that their order makes no difference."""
        number = {key: place for place, key in enumerate(sorted({answer.article_id for answer in answers}))}
        if len(number) <= 1:
            return None
        return cls(answers, tuple(number[answer.article_id] for answer in answers), draw(len(number)))

    def figure(self, name: str) -> Floats:
        """The rate of that name, or the calibration error, in each draw; NaN where there was nothing to count."""
        if name == "ece":
            return self._calibration_error()
        if name in _COVERAGE_PRECISIONS:
            return shares(self._covered(_COVERAGE_PRECISIONS[name]), self._sum([1.0] * len(self.answers)))
        part, whole = (sum((self._count(one) for one in names), start=np.zeros(len(self.times))) for names in RATES[name])
        return shares(part, whole)

    def right_in_bin(self, number: int) -> Floats:
        """The share right of the first candidates in one bin, in each draw; NaN where it is empty."""
        inside = [answer.probability is not None and _bin(answer.probability) == number for answer in self.answers]
        right = [answer.first_right and there for answer, there in zip(self.answers, inside, strict=True)]
        return shares(self._sum(right), self._sum(inside))

    def _sum(self, values: Sequence[float]) -> Floats:
        """The sum of a number for each answer, in each draw."""
        by_article = np.bincount(self.article, weights=np.asarray(values, dtype=np.float64), minlength=self.times.shape[1])
        total: Floats = self.times @ by_article
        return total

    def _count(self, name: str) -> Floats:
        return self._sum([COUNTS[name](answer) for answer in self.answers])

    def _calibration_error(self) -> Floats:
        distance = np.zeros(len(self.times))
        for number in range(_BINS):
            gaps = [
                answer.probability - answer.first_right if answer.probability is not None and _bin(answer.probability) == number else 0.0
                for answer in self.answers
            ]
            distance += np.abs(self._sum(gaps))
        return shares(distance, self._count("found"))

    def _covered(self, least: float) -> Floats:
        order = _by_probability(self.answers)
        first, article = [self.answers[place] for place in order], [self.article[place] for place in order]
        rows = max(1, _AT_ONCE // max(1, len(first)))
        parts = [self.times[row : row + rows] for row in range(0, len(self.times), rows)]
        return np.concatenate([_covered(first, part[:, article], least) for part in parts])
