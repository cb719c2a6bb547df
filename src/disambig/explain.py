"""A decision -> what `disambig explain` shows: who it may be, what tells the first from the second, and what was found of everybody else.

Log-odds are natural logarithms: +0.69 makes somebody twice as likely as before, -0.69 half as likely. What a piece of evidence moved the
one less what it moved the other tells how far it sets the two apart; all of these in sum are the logarithm of their probabilities' ratio.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial

from rich.console import Console, ConsoleOptions, RenderableType, RenderResult
from rich.measure import Measurement
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from disambig.records import Claim, Decision, Evidence, Verdict
from disambig.table import explanation

_HALF = 6  # characters of a bar on each side of nothing
_LONG = 20  # characters of the bar of a probability of 1
_LIKELY = 0.01  # a candidate less probable is shown without reasons
_EVEN = 0.005  # log-odds that are shown as +0.00
_FOR, _AGAINST = "green", "red"
_NONE = Evidence("", None, "")
_heading = partial(Text, style="bold")


def explained(decision: Decision) -> Iterator[RenderableType]:
    """The decision in words, its candidates, the first two side by side, and what there is on the others."""
    yield from _said(decision)
    if len(decision.verdicts) > 1:
        yield _heading("\nHow probable")
        yield _candidates(decision.verdicts)
        first, second, *others = decision.verdicts
        yield from _side_by_side(first, second)
        yield from _further(others)


def _said(decision: Decision) -> Iterator[RenderableType]:
    mention = decision.mention
    said = decision.person or decision.reading
    who = f": {said.name} ({said.id})" if said else ""
    reason = f" ({decision.reason.value})" if decision.reason.value else ""
    date = f", {decision.date}" if decision.date else ""
    yield _heading(f"{mention.text!r}, {decision.outcome.value}{reason}{who}")
    yield Text(f"{mention.id}{date}", style="dim")
    sentence = Text(decision.sentence)
    sentence.highlight_words([mention.text], "bold reverse")
    yield Padding(sentence, (1, 2))
    yield Text(explanation(decision))
    if decision.claims:
        yield _heading("\nWho says whom the name means")
        yield from map(_claim, decision.claims)


def _claim(claim: Claim) -> RenderableType:
    who = claim.claimant or "the article"
    return Padding(Text(f"{who} {claim.stance.value} {claim.person.name} ({claim.person.id}): {claim.cue!r}"), (0, 2))


# -- the candidates


def _candidates(verdicts: tuple[Verdict, ...]) -> RenderableType:
    """The likely ones with bars, the others on one line."""
    rows = Table.grid(padding=(0, 2))
    likely = [one for number, one in enumerate(verdicts) if one.probability >= _LIKELY or number < 2]  # noqa: PLR2004 -- the first two
    for one in likely:
        rows.add_row("", Text(f"{one.probability:.4f}"), _Bar(one.probability, _LONG), Text(_who(one)))
    if rest := verdicts[len(likely) :]:
        rows.add_row("", "", "", Text(f"and {len(rest)} more below {_LIKELY}", style="dim"))
    return rows


def _who(verdict: Verdict) -> str:
    return f"{verdict.person.name} ({verdict.person.id})" if verdict.person else "nobody in the knowledge base"


@dataclass(frozen=True, slots=True)
class _Bar:
    """A bar from nothing to the right, or to the left where *share* (-1 to 1) is negative; of "#" where the terminal has no blocks."""

    share: float
    width: int  # characters of a share of 1
    both_sides: bool = False

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        halves = round(abs(self.share) * self.width * 2)
        full, half = ("#", "") if options.ascii_only else ("█", "▌" if self.share > 0 else "▐")
        drawn = full * (halves // 2) + half * (halves % 2)
        if not self.both_sides:
            yield Text(drawn, style="cyan")
        elif self.share < 0:
            yield Text(drawn[::-1].rjust(self.width), style=_AGAINST)
        else:
            yield Text(" " * self.width + drawn, style=_FOR)

    def __rich_measure__(self, console: Console, options: ConsoleOptions) -> Measurement:
        width = self.width * (1 + self.both_sides)
        return Measurement(width, width)


# -- two side by side


@dataclass(frozen=True, slots=True)
class _Pair:
    """What one feature says about each of two candidates; a feature that is not among the evidence of one has nothing to compare."""

    feature: str
    first: Evidence
    second: Evidence

    @property
    def gap(self) -> float:
        """By how much it speaks for the first rather than the second, in log-odds."""
        return self.first.share - self.second.share

    @property
    def missing(self) -> bool:
        return self.first.value is None and self.second.value is None


def _pairs(first: Verdict, second: Verdict) -> list[_Pair]:
    """By feature, the widest gap first."""
    of_first, of_second = ({item.feature: item for item in one.evidence} for one in (first, second))
    pairs = [_Pair(feature, of_first.get(feature, _NONE), of_second.get(feature, _NONE)) for feature in {**of_first, **of_second}]
    return sorted(pairs, key=lambda pair: -abs(pair.gap))


def _side_by_side(first: Verdict, second: Verdict) -> Iterator[RenderableType]:
    pairs = _pairs(first, second)
    telling = [pair for pair in pairs if abs(pair.gap) >= _EVEN]
    yield _heading(f"\nWhat tells the first from the second: {sum(pair.gap for pair in pairs):+.2f} log-odds in all")
    for number, verdict, colour in ((1, first, _FOR), (2, second, _AGAINST)):
        yield Text(f"  ({number}) {_who(verdict)}", style=colour)
    most = max((abs(pair.gap) for pair in telling), default=1.0)
    rows = Table.grid(padding=(0, 2))
    for pair in telling:
        rows.add_row("", Text(f"{pair.gap:+.2f}"), _Bar(pair.gap / most, _HALF, both_sides=True), _reasons(pair))
    yield rows
    same = [f"{_plain(pair.feature)} {pair.first.share:+.2f}" for pair in pairs if pair not in telling and not pair.missing]
    yield from _on_one_line("The same for both", same)
    yield from _on_one_line("Nothing to compare", [_plain(pair.feature) for pair in pairs if pair.missing])


def _reasons(pair: _Pair) -> Text:
    items = [(number, item) for number, item in ((1, pair.first), (2, pair.second)) if item is not _NONE]
    return Text("\n").join([_heading(_plain(pair.feature)), *(Text(f"({number}) {_moved(item)} {item.because}") for number, item in items)])


def _moved(item: Evidence) -> str:
    return "-----" if item.value is None else f"{item.share:+.2f}"


# -- the others


def _further(verdicts: Iterable[Verdict]) -> Iterator[RenderableType]:
    """Each of the others: the likely ones with reasons, the unlikely ones with figures alone."""
    for number, one in enumerate(verdicts):
        if number == 0:
            yield _heading("\nThe others")
            yield Text("What is not named had nothing to compare.", style="dim")
        yield Text(f"{one.probability:.4f}  {_who(one)}")
        compared = [item for item in one.evidence if item.value is not None]
        moving = sorted((item for item in compared if abs(item.share) >= _EVEN), key=lambda item: -abs(item.share))
        if one.probability >= _LIKELY:
            rows = Table.grid(padding=(0, 2))
            for item in moving:
                rows.add_row("    ", Text(f"{item.share:+.2f}"), Text(f"{_plain(item.feature)}: {item.because}"))
            yield rows
        else:
            yield Padding(Text(", ".join(f"{_plain(item.feature)} {item.share:+.2f}" for item in moving)), (0, 6))
        yield from _on_one_line("neutral", [_plain(item.feature) for item in compared if item not in moving], indent=6)


def _on_one_line(what: str, names: list[str], indent: int = 0) -> Iterator[RenderableType]:
    if names:
        yield Padding(Text(f"{what}: {', '.join(names)}", style="dim"), (0, 0, 0, indent))


def _plain(feature: str) -> str:
    return feature.replace("_", " ")
