"""The reliability plot: what probability is stated, and how often it comes true, as an SVG file.

One dot for each bin of the calibration error, on the diagonal where the stated probability is what comes true; under it are the first
candidates that are too sure of themselves, above it those that are not sure enough. The line through a dot is its 95 % interval, the
number above the frame says how many mentions the bin holds. Colours follow the reader's preference for light or dark.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path
from xml.sax.saxutils import escape

from disambig.evaluate import Bin, Scores

RELIABILITY = "reliability.svg"
_SIDE, _LEFT, _TOP, _WIDTH, _HEIGHT = 400, 64, 62, 490, 520  # pixels: of the square, its left and top, and the picture
_DOT = 5  # pixels, its radius
_TICKS = range(0, 11, 2)  # tenths

_STYLE = """\
.paper { fill: #fff; } text { fill: #222; font: 13px sans-serif; } .count { font-size: 11px; }
.frame, .even, .grid { fill: none; stroke: #999; } .even { stroke-dasharray: 5 4; } .grid { stroke-opacity: .3; }
.dot { fill: #0b62a8; } .within { stroke: #0b62a8; stroke-width: 2; stroke-opacity: .55; }
@media (prefers-color-scheme: dark) {
  .paper { fill: #16181c; } text { fill: #e6e6e6; } .dot { fill: #6db7f2; } .within { stroke: #6db7f2; }
}"""


def draw_reliability(scores: Scores) -> str:
    """The plot as SVG; without any decision, an empty frame that says so."""
    bins = scores.bins()
    error = "none" if scores.ece is None else f"{scores.ece:.4f}"
    title = f"Calibration error {error} over {sum(one.mentions for one in bins)} mentions"
    parts = (
        f"<title>{escape(title)}</title>",
        f"<style>\n{_STYLE}\n</style>",
        f'<rect class="paper" width="{_WIDTH}" height="{_HEIGHT}"/>',
        _text(_LEFT, 22, title, anchor="start"),
        _text(_LEFT, 40, "mentions in each bin of a tenth:", anchor="start", kind="count"),
        *_axes(),
        *(part for one in bins for part in _marks(one)),
        _text(_LEFT + _SIDE / 2, _TOP + _SIDE + 46, "stated probability of the first candidate"),
        f'<g transform="translate(18 {_TOP + _SIDE / 2:g}) rotate(-90)">{_text(0, 0, "share of them that is right")}</g>',
    )
    return "\n".join([f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img">', *parts, "</svg>", ""])


def write_reliability(scores: Scores, folder: Path) -> Path:
    """Write the plot into *folder* as `reliability.svg` and return its path."""
    path = folder / RELIABILITY
    path.write_text(draw_reliability(scores), encoding="utf-8", newline="\n")
    return path


def _x(value: float) -> float:
    return _LEFT + _SIDE * value


def _y(value: float) -> float:
    return _TOP + _SIDE * (1 - value)


def _text(x: float, y: float, text: str, *, anchor: str = "middle", kind: str = "") -> str:
    named = f' class="{kind}"' if kind else ""
    return f'<text{named} x="{x:g}" y="{y:g}" text-anchor="{anchor}">{escape(text)}</text>'


def _line(kind: str, start: tuple[float, float], end: tuple[float, float]) -> str:
    return f'<line class="{kind}" x1="{start[0]:g}" y1="{start[1]:g}" x2="{end[0]:g}" y2="{end[1]:g}"/>'


def _axes() -> Iterator[str]:
    for tick in _TICKS:
        value = tick / 10
        yield _line("grid", (_x(value), _y(0)), (_x(value), _y(1)))
        yield _line("grid", (_x(0), _y(value)), (_x(1), _y(value)))
        yield _text(_x(value), _y(0) + 20, f"{value:g}")
        yield _text(_x(0) - 8, _y(value) + 4, f"{value:g}", anchor="end")
    yield f'<rect class="frame" x="{_LEFT}" y="{_TOP}" width="{_SIDE}" height="{_SIDE}"/>'
    yield _line("even", (_x(0), _y(0)), (_x(1), _y(1)))


def _marks(one: Bin) -> Sequence[str]:
    x = _x(one.stated)
    middle = _x((one.low + one.high) / 2)
    within = [_line("within", (x, _y(one.within.low)), (x, _y(one.within.high)))] if one.within else []
    described = f"stated {one.stated:.3f}, right {one.right} of {one.mentions}"
    dot = f'<circle class="dot" cx="{x:g}" cy="{_y(one.share):g}" r="{_DOT}"><title>{escape(described)}</title></circle>'
    return [*within, dot, _text(middle, _TOP - 5, str(one.mentions), kind="count")]
