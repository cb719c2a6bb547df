"""Decisions against labelled articles: counts, then rates, then what went wrong, by kind.

Only labelled mentions are scored, those labelled "contested" left out. A decision answers a labelled mention when their offsets are
equal (with *overlap*: when they overlap; the longest overlap wins). It says a person only when it is resolved.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum

from disambig.records import CONTESTED, Article, Decision, Label, LabelledArticle, Outcome

_CONFIDENT = 0.9  # a wrong link above this probability is the worst result
_COVERAGE_PRECISION = 0.99
_BINS = 10  # of equal width, for the calibration error
_NOBODY = "nobody"
_DIGITS = 4  # to which rates are rounded, and probabilities are written in the column `candidates`


class Kind(str, Enum):
    """What went wrong with a labelled mention."""

    NOT_FOUND = "not found"  # a person of the KB, and no decision at that place
    NOT_AMONG_CANDIDATES = "not among candidates"  # the look-up did not come up with the person
    WRONG_NAMESAKE = "wrong namesake"
    FALSE_LINK = "false link"  # somebody outside the KB was given a person
    FALSE_NOBODY = "false nobody"
    UNDECIDED = "undecided"  # ambiguous, or contested


@dataclass(frozen=True, slots=True)
class Mistake:
    """A labelled mention that did not get its label."""

    kind: Kind
    article_id: str
    start: int
    mention: str
    gold: str | None
    said: str | None  # a person id, or None
    first: str | None  # the id of the first candidate, or "nobody"; None without a decision
    probability: float | None  # 0 to 1, of the first candidate; None without a decision

    def __str__(self) -> str:
        """One line: where it stands, what it should have been and what it got."""
        got = f"got {self.said or _NOBODY} ({self.first}={self.probability:.2f})" if self.first else "found nothing"
        return f"{self.article_id}:{self.start} {self.mention!r}: expected {self.gold or _NOBODY}, {got}"


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
class Scores:
    """How many of the labelled mentions got what."""

    linked: int  # labelled with a person of the KB
    nobody: int  # labelled null
    linked_right: int  # got exactly that person
    nobody_right: int  # got no person
    answered: int  # labelled mentions with a decision at their place
    said: int  # of these, the decisions that say a person
    said_right: int
    covered: int  # how many can be answered with the first candidate, most probable first, at 99 % precision or better
    ece: float | None  # expected calibration error of the first candidate, in 10 bins of equal width; None without a decision
    mistakes: tuple[Mistake, ...] = ()  # in the order of the articles

    @property
    def mentions(self) -> int:
        """The labelled mentions that were scored."""
        return self.linked + self.nobody

    @property
    def rates(self) -> tuple[Rate, ...]:
        """Every rate, by the names that are also used for scoring a run's CSV from outside."""
        return (
            Rate("linked_accuracy", self.linked_right, self.linked),
            Rate("nobody_accuracy", self.nobody_right, self.nobody),
            Rate("accuracy", self.linked_right + self.nobody_right, self.mentions),
            Rate("precision", self.said_right, self.said),
            Rate("false_link_rate", self.nobody - self.nobody_right, self.nobody),
            Rate("found", self.answered, self.mentions),
            Rate("coverage_at_99", self.covered, self.mentions),
        )

    @property
    def confident_wrong_links(self) -> tuple[Mistake, ...]:
        """The wrong people that were said with a probability above .9: the worst result."""
        return tuple(mistake for mistake in self.mistakes if mistake.said is not None and (mistake.probability or 0.0) > _CONFIDENT)

    @property
    def mistakes_by_kind(self) -> dict[Kind, tuple[Mistake, ...]]:
        """Every kind with its mistakes."""
        return {kind: tuple(mistake for mistake in self.mistakes if mistake.kind is kind) for kind in Kind}

    def summary(self) -> dict[str, object]:
        """All figures for a program to read: each rate under its name, then the counts they stand on."""
        return {
            "mentions": self.mentions,
            "linked": self.linked,
            "nobody": self.nobody,
            **{rate.name: rate.value for rate in self.rates},
            "ece": self.ece,
            "counts": {rate.name: {"part": rate.part, "of": rate.whole} for rate in self.rates},
            "mistakes": {kind.value: len(found) for kind, found in self.mistakes_by_kind.items()},
            "confident_wrong_links": len(self.confident_wrong_links),
        }


@dataclass(frozen=True, slots=True)
class _Grade:
    """The first candidate of a decision, whatever was decided."""

    probability: float  # as it is written in the column `candidates`
    right: bool
    person: bool  # it is a person, not nobody


@dataclass(frozen=True, slots=True)
class _Answer:
    """What one labelled mention got. It keeps no decision, so that many articles fit into memory."""

    gold: str | None
    said: str | None
    grade: _Grade | None  # None without a decision
    mistake: Mistake | None

    @property
    def right(self) -> bool:
        return self.said == self.gold


def evaluate(decided: Iterable[tuple[LabelledArticle, Sequence[Decision]]], *, overlap: bool = False) -> Scores:
    """Score the decisions on each labelled article; of two that overlap a label by as much, the earlier one counts."""
    answers = [answer for labelled, decisions in decided for answer in _answers(labelled, decisions, overlap=overlap)]
    linked = [answer for answer in answers if answer.gold is not None]
    nobody = [answer for answer in answers if answer.gold is None]
    said = [answer for answer in answers if answer.said is not None]
    grades = [answer.grade for answer in answers if answer.grade is not None]
    return Scores(
        linked=len(linked),
        nobody=len(nobody),
        linked_right=sum(answer.right for answer in linked),
        nobody_right=sum(answer.right for answer in nobody),
        answered=len(grades),
        said=len(said),
        said_right=sum(answer.right for answer in said),
        covered=_covered(grades),
        ece=_calibration_error(grades),
        mistakes=tuple(answer.mistake for answer in answers if answer.mistake is not None),
    )


def _answers(labelled: LabelledArticle, decisions: Sequence[Decision], *, overlap: bool) -> Iterator[_Answer]:
    in_order = sorted(decisions, key=lambda decision: (decision.mention.start, decision.mention.end))
    for label in labelled.labels:
        if label.gold == CONTESTED:
            continue
        decision = _decision_on(label, in_order, overlap=overlap)
        said = decision.person.id if decision and decision.person else None
        yield _Answer(
            gold=label.gold,
            said=said,
            grade=_grade(decision, label) if decision else None,
            mistake=_mistake(labelled.article, label, decision, said) if said != label.gold else None,
        )


def _decision_on(label: Label, decisions: Sequence[Decision], *, overlap: bool) -> Decision | None:
    if not overlap:
        return next((one for one in decisions if (one.mention.start, one.mention.end) == (label.start, label.end)), None)

    def shared(decision: Decision) -> int:
        return min(decision.mention.end, label.end) - max(decision.mention.start, label.start)

    longest = max(decisions, key=shared, default=None)
    return longest if longest is not None and shared(longest) > 0 else None


def _grade(decision: Decision, label: Label) -> _Grade:
    first = decision.verdicts[0]
    person_id = first.person.id if first.person else None
    return _Grade(round(first.probability, _DIGITS), person_id == label.gold, first.person is not None)


def _calibration_error(grades: Sequence[_Grade]) -> float | None:
    if not grades:
        return None
    bins: defaultdict[int, list[_Grade]] = defaultdict(list)
    for grade in grades:
        bins[min(int(grade.probability * _BINS), _BINS - 1)].append(grade)
    distance = sum(abs(sum(grade.probability for grade in inside) - sum(grade.right for grade in inside)) for inside in bins.values())
    return round(distance / len(grades), _DIGITS)


def _covered(grades: Iterable[_Grade]) -> int:
    """How many people can be said, most probable first, at 99 % precision; equal probabilities go together or not at all."""
    people = sorted((grade for grade in grades if grade.person), key=lambda grade: -grade.probability)
    covered = right = 0
    for number, grade in enumerate(people, start=1):
        right += grade.right
        last_of_its_probability = number == len(people) or people[number].probability != grade.probability
        if last_of_its_probability and right / number >= _COVERAGE_PRECISION:
            covered = number
    return covered


def _mistake(article: Article, label: Label, decision: Decision | None, said: str | None) -> Mistake:
    first = decision.verdicts[0] if decision else None
    return Mistake(
        kind=_kind(decision, label, said),
        article_id=article.id,
        start=label.start,
        mention=article.text[label.start : label.end],
        gold=label.gold,
        said=said,
        first=(first.person.id if first.person else _NOBODY) if first else None,
        probability=round(first.probability, _DIGITS) if first else None,
    )


def _kind(decision: Decision | None, label: Label, said: str | None) -> Kind:
    if decision is None:
        return Kind.NOT_FOUND
    if label.gold is None:
        return Kind.FALSE_LINK
    if all(verdict.person is None or verdict.person.id != label.gold for verdict in decision.verdicts):
        return Kind.NOT_AMONG_CANDIDATES
    if said is not None:
        return Kind.WRONG_NAMESAKE
    return Kind.FALSE_NOBODY if decision.outcome is Outcome.UNKNOWN else Kind.UNDECIDED
