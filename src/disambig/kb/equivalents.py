"""The extra `[names]`: which parts of names stand for the same name, by the lists of the package rigour.

Only `disambig kb build` asks it; what it says is held in the store, so that nobody needs rigour to look a name up. Loading its lists takes
some seconds and 100 MB or so.
"""

from collections.abc import Callable
from importlib.metadata import version

Symbols = Callable[[str], frozenset[str]]  # what stands for the name that a folded part is

_MOST = 4  # symbols of one part: one with more is too many names at once; 0.08 of those in given_names.txt
_KINDS = frozenset({"NAME", "NICK"})


def symbols() -> tuple[Symbols, str] | None:
    """What tells the symbols of a part, and the package and version that it comes from; None where the extra is not installed."""
    try:
        from rigour.names import NameTypeTag, analyze_names  # noqa: PLC0415 (an extra, and slow to load)
    except ImportError:
        return None

    def of(part: str) -> frozenset[str]:
        found = {
            f"{span.symbol.category.value}:{span.symbol.id}"
            for name in analyze_names(NameTypeTag.PER, [part])
            for span in name.spans
            if span.symbol.category.value in _KINDS
        }
        return frozenset(found) if len(found) <= _MOST else frozenset()

    return of, f"rigour {version('rigour')}"
