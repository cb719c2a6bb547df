"""No regular expression can run away: on strings made to mislead it, its time grows about as the string does.

For each repetition in a pattern the tests make strings that begin as a match does and then repeat what is repeated there, and count on the
processor's clock what four times as much of it takes, by the methods that the module uses the pattern with. A few patterns look for the
words before a name, and grow faster; they see one sentence at a time, of which the longest is cut (`mentions._LONGEST_SENTENCE`).
"""

import importlib
import pkgutil
import re
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

import disambig

try:
    from re import _parser as parser  # type: ignore[attr-defined]
except ImportError:  # Python 3.10
    import sre_parse as parser

_SHORT, _LONG = 500, 2_000  # characters
_FREE = 0.02  # seconds within which any growth is allowed: a clock cannot tell
_GROWTH = 9.0  # times; 4 is in step with the length, 16 goes with its square
_OF_A_SENTENCE = frozenset(
    "claims.readings._CLOSE_ROLE claims.speakers._FILLER claims.speakers._NP claims.speakers._CAPITALS claims.speakers._CUT "
    "claims.statements._DISCLAIMING contexts._WORDS_BEFORE contexts._POSSESSOR mentions._HONORIFIC_BEFORE roles._COURTESY".split()
)
_ONCE = 1.0  # seconds that one of these may take on a text of _LONG characters
_ENDS = ("", "\0", "!", " x")


def _patterns() -> Iterator[tuple[str, "re.Pattern[Any]", set[str]]]:
    """Every compiled pattern that a module of the package holds, in a tuple, a dict or an object too, with how it is used."""
    seen: set[str] = set()
    for module in pkgutil.walk_packages(disambig.__path__, "disambig."):
        if module.name == "disambig.__main__":
            continue
        imported = importlib.import_module(module.name)
        for name, value in vars(imported).items():
            for pattern in _within(value, 3):
                if pattern.pattern not in seen:
                    seen.add(pattern.pattern)
                    yield f"{module.name.removeprefix('disambig.')}.{name}", pattern, _methods(imported, name)


def _within(value: object, depth: int) -> Iterator["re.Pattern[Any]"]:
    if isinstance(value, re.Pattern):
        yield value
    elif depth and isinstance(value, dict):
        for one in value.values():
            yield from _within(one, depth - 1)
    elif depth and isinstance(value, list | tuple | set | frozenset):
        for one in value:
            yield from _within(one, depth - 1)
    elif depth and hasattr(value, "__dataclass_fields__") and not isinstance(value, type):
        for field in value.__dataclass_fields__:
            yield from _within(getattr(value, field), depth - 1)


def _letter(items: Iterable[Any]) -> str:
    """A letter of a class such as [^\\W\\d_a-z]."""
    written = list(items)
    for letter in "aA ,-.'\"1:;’\n\t()é":
        if any(_fits(kind, value, letter) for kind, value in written if str(kind) != "NEGATE") != (str(written[0][0]) == "NEGATE"):
            return letter
    return chr(written[-1][1]) if str(written[-1][0]) == "LITERAL" else "a"


def _fits(kind: object, value: Any, letter: str) -> bool:  # noqa: ANN401
    if str(kind) == "LITERAL":
        return ord(letter) == value
    if str(kind) == "RANGE":
        return bool(value[0] <= ord(letter) <= value[1])
    word = letter.isalnum() or letter == "_"
    told = {"WORD": word, "DIGIT": letter.isdigit(), "SPACE": letter.isspace()}
    name = str(value).removeprefix("CATEGORY_")
    return not told[name.removeprefix("NOT_")] if name.startswith("NOT_") else told[name]


def _sample(parsed: Iterable[Any], pumped: int, count: int, seen: list[int]) -> str:
    """A string that the parsed pattern may match, in which the repetition number *pumped* is gone through about *count* characters long."""
    text = ""
    for kind, value in parsed:
        name = str(kind)
        if name == "LITERAL":
            text += chr(value)
        elif name == "NOT_LITERAL":
            text += "b" if value == ord("a") else "a"
        elif name == "ANY":
            text += "a"
        elif name == "IN":
            text += _letter(value)
        elif name == "BRANCH":
            text += [_sample(branch, pumped, count, seen) for branch in value[1]][0]  # noqa: RUF015 -- each is counted
        elif name == "SUBPATTERN":
            text += _sample(value[3], pumped, count, seen)
        elif name in {"MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"}:
            least, _, body = value
            seen.append(1)
            number = len(seen)
            once = _sample(body, pumped, count, seen)
            text += once * (max(1, count // max(1, len(once))) if number == pumped else least)
        elif name in {"ASSERT", "ATOMIC_GROUP"}:
            text += _sample(value[1] if name == "ASSERT" and value[0] > 0 else value if name == "ATOMIC_GROUP" else (), pumped, count, seen)
    return text


def _attacks(pattern: "re.Pattern[Any]", length: int) -> Iterator[str]:
    """Strings of about *length* characters that may mislead *pattern*."""
    written = pattern.pattern if isinstance(pattern.pattern, str) else pattern.pattern.decode("latin-1")
    parsed = parser.parse(written, pattern.flags & ~re.UNICODE if isinstance(pattern.pattern, bytes) else pattern.flags)
    seen: list[int] = []
    _sample(parsed, 0, 0, seen)
    for pumped in range(1, len(seen) + 1):
        begun = _sample(parsed, pumped, length, [])
        yield from (begun[: max(1, len(begun) - 1)] + end for end in _ENDS[:2])
        unit = _sample(parsed, 0, 0, []) or "a"
        yield unit * (length // len(unit)) + "\0"
    for unit in (" ", "a", "A", "A ", "Aa ", "a, ", '"', "'", "-", ".", "A. ", "\n", "1", "the ", "D.A.", "A-", "a'"):
        yield unit * (length // len(unit)) + "!"


def _methods(module: ModuleType, name: str) -> set[str]:
    """By which methods the module uses the pattern called *name*; all of them where that does not show."""
    source = Path(module.__file__ or "").read_text("utf-8")
    return set(re.findall(rf"\b{name}\.(search|match|fullmatch|finditer|findall|sub|split)\b", source)) or {"search", "match", "finditer"}


def _seconds(pattern: "re.Pattern[Any]", methods: Iterable[str], text: str) -> float:
    subject: Any = text if isinstance(pattern.pattern, str) else text.encode("latin-1", "replace")
    began = time.process_time()
    for method in sorted(methods):
        given = (subject[:0], subject) if method == "sub" else (subject,)
        found = getattr(pattern, method)(*given)
        if method == "finditer":
            list(found)
    return time.process_time() - began


PATTERNS = list(_patterns())


def test_there_are_patterns_to_look_at() -> None:
    assert len(PATTERNS) > 30


@pytest.mark.parametrize(("name", "pattern", "methods"), PATTERNS, ids=[name for name, *_ in PATTERNS])
def test_time_grows_in_step_with_the_text(name: str, pattern: "re.Pattern[Any]", methods: set[str]) -> None:
    for short, long in zip(_attacks(pattern, _SHORT), _attacks(pattern, _LONG), strict=True):
        assert _seconds(pattern, methods, short) < 10 * _FREE, f"too long for {short[:40]!r}…"
        took = _seconds(pattern, methods, long)
        if name in _OF_A_SENTENCE:
            assert took < _ONCE, f"{took:.2f} s for {long[:40]!r}…"
        elif took > _FREE:
            grown = min(_seconds(pattern, methods, long), took) / max(min(_seconds(pattern, methods, short) for _ in range(3)), 1e-6)
            assert grown < _GROWTH, f"{grown:.0f} times as long for 4 times {short[:40]!r}… ({took:.2f} s)"
