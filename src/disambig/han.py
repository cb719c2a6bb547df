"""Names in Chinese characters -> how they are read: in Mandarin, Cantonese, Korean and Vietnamese, or as a foreign name spelt by sound.

`han.txt` says how each character is read; see `scripts/make_han.py`. A Japanese name is not read: its characters say too little about that.
"""

import re
import unicodedata
from functools import lru_cache
from importlib.resources import files
from itertools import islice, product
from typing import NamedTuple

_CHARACTERS = r"[\u3400-\u4dbf\u4e00-\u9fff]"
_OWN = re.compile(rf"{_CHARACTERS}{{2,4}}")  # a Chinese or Korean name: a surname of one or two characters, and a given name of one or two
_SPELT = re.compile(rf"{_CHARACTERS}{{2,}}(?:[·・‧•.\-\s=＝]{_CHARACTERS}+)*")
_BETWEEN = re.compile(rf"(?!{_CHARACTERS}).")
_WAYS = 6  # readings of one name in one language: a few characters have two
_LANGUAGES = 4
_KOREAN = 2  # the column that is in Korean letters

# Pinyin where it spells a foreign name -> the letters that it may stand for: there are few syllables to spell all sounds with.
_BY_SOUND = (
    (re.compile(r"^er$"), "r"),
    (re.compile(r"^(?:zh|ch|sh|[jqxzcs])"), "s"),
    (re.compile(r"^w(?=[aeio])"), "v"),
    (re.compile(r"^[wy]"), ""),
    (re.compile(r"ng$"), "n"),
)


class Reading(NamedTuple):
    """One way of reading a name."""

    parts: tuple[str, ...]  # in Latin letters, a syllable each; in Korean letters the whole name; or the words of a foreign name
    is_foreign: bool = False  # a foreign name, spelt by sound


@lru_cache(maxsize=1)
def _lines() -> dict[str, str]:
    """The lines of `han.txt`, by character."""
    lines = files("disambig").joinpath("han.txt").read_text(encoding="utf-8").splitlines()
    return {line[0]: line for line in lines if not line.startswith("#")}


@lru_cache(maxsize=1 << 12)
def _readings_of(character: str) -> tuple[tuple[str, ...], ...]:
    """The readings of a character, by language."""
    columns = _lines().get(character, "\t" * _LANGUAGES).split("\t")[1:]
    return tuple(tuple(filter(None, column.split(","))) for column in columns)


@lru_cache(maxsize=1 << 12)
def readings(text: str) -> tuple[Reading, ...]:
    """The ways of reading a name that is written in Chinese characters; none for what is written in others.

    >>> [" ".join(reading.parts) for reading in readings("吴亮")]
    ['wu liang', 'ng leung', '오량', '오양']
    >>> readings("汤姆·达施勒"), readings("Costa")
    ((Reading(parts=('tanmu', 'dasilei'), is_foreign=True),), ())
    """
    plain = "" if text.isascii() else unicodedata.normalize("NFKC", text).strip(" ,")
    if not _SPELT.fullmatch(plain):
        return ()
    own = _OWN.fullmatch(plain)
    found = [Reading(parts) for language in range(_LANGUAGES) for parts in _read(plain, language)] if own else []
    if not own or len(plain) > 3:  # noqa: PLR2004
        words = ("".join(map(_by_sound, word)) for word in _BETWEEN.split(plain) if word)
        found.append(Reading(tuple(filter(None, words)), is_foreign=True))
    return tuple(one for one in dict.fromkeys(found) if one.parts)


def _read(text: str, language: int) -> list[tuple[str, ...]]:
    """The readings of a name in one language; none where it does not read one of the characters."""
    columns = [_readings_of(character)[language] for character in text]
    ways = islice(product(*columns), _WAYS)
    return [("".join(way),) for way in ways] if language == _KOREAN else list(ways)


def _by_sound(character: str) -> str:
    """The letters that a character may stand for in a foreign name."""
    syllable = next(iter(_readings_of(character)[0]), "")
    for pattern, letters in _BY_SOUND:
        syllable = pattern.sub(letters, syllable)
    return syllable
