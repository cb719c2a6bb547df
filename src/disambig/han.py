"""Names in Chinese characters -> how they are read: in Mandarin, Cantonese, Korean, Vietnamese, in South-East Asia, or as foreign names.

`han.txt` says how each character is read, see `scripts/make_han.py`; `han_names.txt` how names are spelt in Singapore and Malaysia, and
which names of others characters stand for. A Japanese name is not read: its characters say too little about that.
"""

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from importlib.resources import files
from itertools import islice, product
from typing import NamedTuple

_CHARACTERS = r"[\u3400-\u4dbf\u4e00-\u9fff]"
_OWN = re.compile(rf"{_CHARACTERS}{{2,4}}")  # a Chinese or Korean name: a surname of one or two characters, and a given name of one or two
_SPELT = re.compile(rf"{_CHARACTERS}{{2,}}(?:[·・‧•.\-\s=＝]{_CHARACTERS}+)*")
_BRACKETS = re.compile(r"\s*\([^)]*\)?$")
_BETWEEN = re.compile(rf"(?!{_CHARACTERS}).")
_WAYS = 6  # readings of one name in one language: a few characters have two
_LANGUAGES = 4
_KOREAN = 2  # the column that is in Korean letters
_MANDARIN = 0
_LONGEST = 12  # characters of a word that is cut into names
_MIXED = 3  # ways of a surname that are read with each reading of the given name

# Pinyin where it spells a foreign name -> the letters that it may stand for: there are few syllables to spell all sounds with.
_BY_SOUND = (
    (re.compile(r"^er$"), "r"),
    (re.compile(r"^(?:zh|ch|sh|[jqxzcs])"), "s"),
    (re.compile(r"^w(?=[aeio])"), "v"),
    (re.compile(r"^[wy]"), ""),
    (re.compile(r"ng$"), "n"),
)
# Pinyin -> the system of Wade and Giles, as Taiwan spells names: the letters that make another sound of it.
_WADE_GILES = ((re.compile(r"^(?:zh|[jq])"), "ch"), (re.compile(r"^[zc](?!h)"), "ts"), (re.compile(r"^r"), "j"))


class Reading(NamedTuple):
    """One way of reading a name."""

    parts: tuple[str, ...]  # in Latin letters, a syllable each; in Korean letters the whole name; or the words of a foreign name
    is_foreign: bool = False  # a foreign name, spelt by sound


@lru_cache(maxsize=1)
def _lines() -> dict[str, str]:
    """The lines of `han.txt`, by character."""
    lines = files("disambig").joinpath("han.txt").read_text(encoding="utf-8").splitlines()
    return {line[0]: line for line in lines if not line.startswith("#")}


@lru_cache(maxsize=1)
def _spelt() -> dict[str, dict[str, list[str]]]:
    """What stands in `han_names.txt`: how a character of a surname and of a given name is spelt, and what names characters stand for."""
    found: dict[str, dict[str, list[str]]] = {}
    for line in files("disambig").joinpath("han_names.txt").read_text(encoding="utf-8").splitlines():
        first, *others = line.split()
        if not others:
            section = found.setdefault(first, {})
        elif not line.startswith("#"):
            keys, values = (others, [first]) if first.isascii() else (list(first), others)
            for key in keys:
                section.setdefault(key, []).extend(values)
    return found


@lru_cache(maxsize=1 << 12)
def _readings_of(character: str) -> tuple[tuple[str, ...], ...]:
    """The readings of a character, by language."""
    columns = _lines().get(character, "\t" * _LANGUAGES).split("\t")[1:]
    return tuple(tuple(filter(None, column.split(","))) for column in columns)


def mandarin_syllables() -> frozenset[str]:
    """All syllables by which Mandarin reads a character, in pinyin without tones."""
    return frozenset(syllable for character in _lines() for syllable in _readings_of(character)[_MANDARIN])


@lru_cache(maxsize=1 << 12)
def readings(text: str) -> tuple[Reading, ...]:
    """The ways of reading a name that is written in Chinese characters; none for what is written in others.

    >>> [" ".join(reading.parts) for reading in readings("吴亮")]
    ['wu liang', 'ng leung', '오량', '오양', 'goh liang']
    >>> readings("汤姆·达施勒"), readings("Costa")
    ((Reading(parts=('tanmu', 'dasilei'), is_foreign=True),), ())
    """
    plain = "" if text.isascii() else _BRACKETS.sub("", unicodedata.normalize("NFKC", text)).strip(" ,")
    if not _SPELT.fullmatch(plain):
        return ()
    own = _OWN.fullmatch(plain)
    found = [Reading(parts) for language in range(_LANGUAGES) for parts in _read(plain, language)] if own else []
    if own:
        found += map(Reading, (*_in_wade_giles(plain), *_in_southern(plain)))
    words = [word for word in _BETWEEN.split(plain) if word]
    if not own or len(plain) > 3:  # noqa: PLR2004
        found.append(Reading(tuple(filter(None, ("".join(map(_by_sound, word)) for word in words))), is_foreign=True))
    found += [Reading(tuple(filter(None, parts)), is_foreign=True) for parts in _with_known_names(words)]
    return tuple(one for one in dict.fromkeys(found) if one.parts)


def _read(text: str, language: int) -> list[tuple[str, ...]]:
    """The readings of a name in one language; none where it does not read one of the characters."""
    columns = [_readings_of(character)[language] for character in text]
    ways = islice(product(*columns), _WAYS)
    return [("".join(way),) for way in ways] if language == _KOREAN else list(ways)


def read_in_korean(character: str) -> tuple[str, ...]:
    """How Korean reads a Chinese character, in its own letters; none for another one.

    >>> read_in_korean("金"), read_in_korean("김")
    (('금', '김'), ())
    """
    return _readings_of(character)[_KOREAN]


def _in_wade_giles(text: str) -> list[tuple[str, ...]]:
    """The Mandarin readings of a name as Taiwan spells them, where that makes another sound."""
    return [tuple(_respelt(syllable, _WADE_GILES) for syllable in parts) for parts in _read(text, _MANDARIN)]


def _in_southern(text: str) -> list[tuple[str, ...]]:
    """The readings of a name in South-East Asia: those of the surname there, with the given name as read there, or in Mandarin."""
    surnames = _spelt()["surname"].get(text[0], ())
    given = [_spelt()["given"].get(character) or _readings_of(character)[_MANDARIN] for character in text[1:]]
    ways = [*islice(product(*given), _MIXED), *(parts[1:] for parts in _read(text, _MANDARIN))]
    return [(surname, *way) for surname in surnames for way in dict.fromkeys(ways)]


def _with_known_names(words: Sequence[str]) -> list[tuple[str, ...]]:
    """The ways of reading the *words* of a foreign name in which names stand that `han_names.txt` knows, the others spelt by sound."""
    if max(map(len, words)) > _LONGEST:
        return []
    known = _spelt()["foreign"]
    pieces = [piece for word in words for piece in _cut(word)]
    if not any(piece in known for piece in pieces):
        return []
    return list(islice(product(*(known.get(piece) or ["".join(map(_by_sound, piece))] for piece in pieces)), _WAYS))


def _cut(word: str) -> list[str]:
    """A *word* cut into names that `han_names.txt` knows and what is between them, as little of this and in as few pieces as can be."""
    known = _spelt()["foreign"]
    best: list[tuple[int, list[str]]] = [(0, [])]  # for each beginning: how many characters of it are in no name, and its pieces
    for end in range(1, len(word) + 1):
        ways = []
        for start in range(end):
            piece = word[start:end]
            is_known = piece in known and (len(piece) > 1 or (start == 0 and len(word) > 1))
            if is_known or not best[start][1] or best[start][1][-1] in known:
                ways.append((best[start][0] + (0 if is_known else len(piece)), [*best[start][1], piece]))
        best.append(min(ways, key=lambda way: (way[0], len(way[1]))))
    return best[-1][1]


def _respelt(syllable: str, patterns: Sequence[tuple[re.Pattern[str], str]]) -> str:
    for pattern, letters in patterns:
        syllable = pattern.sub(letters, syllable)
    return syllable


def _by_sound(character: str) -> str:
    """The letters that a character may stand for in a foreign name."""
    syllable = next(iter(_readings_of(character)[_MANDARIN]), "")
    return "a" if syllable == "ah" else _respelt(syllable, _BY_SOUND)
