"""How alike two parts of names sound, of alphabets that both write their vowels: an edit distance that knows which letters are near.

After Editex (Zobel and Dart 1996, Phonetic string matching: lessons from information retrieval), in which a letter is replaced at a lower
cost by one of its group; here vowels, which each language hears in its own way, cost less than consonants too.
"""

import re
from functools import lru_cache

_SPELT = {
    **dict(zip("schtsch shch sch sh sz tsch tch ch cz zh rz dzh dj dz".split(), "S S S S S C C C C Z Z J J J".split(), strict=True)),
    **dict(zip("kh ts tz ph th ck ght gh wr wh cqu qu x".split(), "H c c f t k t g r w k k ks".split(), strict=True)),
}
_LETTERS = re.compile("|".join(sorted(_SPELT, key=lambda letters: (-len(letters), letters))))
_MUTE = re.compile(r"(?<=[aeiou]t)e(?=s$)|(?<=.)gh(?=e?s?$)")  # Gates, Hughes
_TWICE = re.compile(r"(.)\1+")
# The vowels and mute ends of French: "eau" is an o, "oi" is "ua".
_FRENCH = (
    (re.compile(r"eaux?|au(?:x|d|t|lt)?$"), "o"),
    (re.compile(r"oi(?:[stx]$)?"), "ua"),
    (re.compile(r"(?<=[^aeiou][aeou])[dtsxrz]s?$|(?<=[^aeiou])es?$|(?<=u)es?$"), ""),
)

_VOWELS = frozenset("aeiouyw")
_BREATHS = frozenset("hHj")  # that one language writes and another does not
_ONE_SOUND = tuple(map(frozenset, ("ghH", "kcq", "szZScCx", "JjZg", "jyi", "vwu", "jhH", "CHk")))  # the same sound in some languages
_VOICED = tuple(map(frozenset, ("bp", "vf", "bv", "td")))

# What it costs to replace a letter, to leave one out, and what one counts in the whole.
_SAME, _VOWEL, _NEAR, _OTHER, _VOWEL_FOR_CONSONANT = 0.15, 0.2, 0.5, 1.0, 1.1
_LEFT_OUT = {"vowel": 0.2, "breath": 0.3, "consonant": 0.9}
_COUNTS_VOWEL = 0.4


@lru_cache(maxsize=1 << 12)
def sounding_alike(one: str, other: str) -> float:
    """How alike two folded parts sound, 0 to 1: 1 - the distance over what the letters of the longer count, at least 1.

    The part that is least alike reaches .75 in .958 of 2,976 pairs of a person's name in Cyrillic and in Latin letters, and in .356 of 811
    pairs of two people whose names have consonants that sound much the same.

    >>> sounding_alike("geyts", "gates") > 0.8, sounding_alike("dyubua", "dubois") > 0.8, sounding_alike("braun", "varner") < 0.7
    (True, True, True)
    """
    pairs = ((one, other), (one, _from_french(other)), (_from_french(one), other))
    ways = {(_code(mine), _code(theirs)) for mine, theirs in pairs}
    return max(0.0, 1.0 - min(_distance(mine, theirs) / max(1.0, _whole(mine), _whole(theirs)) for mine, theirs in ways))


def _from_french(part: str) -> str:
    for pattern, letters in _FRENCH:
        part = pattern.sub(letters, part)
    return part


@lru_cache(maxsize=1 << 12)
def _code(part: str) -> str:
    """A folded part with one sign for each sound, none twice running."""
    return _TWICE.sub(r"\1", _LETTERS.sub(lambda found: _SPELT[found.group()], _MUTE.sub("", part)))


def _whole(code: str) -> float:
    return sum(_COUNTS_VOWEL if sign in _VOWELS else 1.0 for sign in code)


def _distance(one: str, other: str) -> float:
    """What it costs to make *one* of the *other*, by dynamic programming (Wagner and Fischer 1974)."""
    row = [0.0]
    for sign in other:
        row.append(row[-1] + _left_out(sign))
    for sign in one:
        above, row = row, [row[0] + _left_out(sign)]
        for j, their in enumerate(other):
            row.append(min(above[j + 1] + _left_out(sign), row[j] + _left_out(their), above[j] + _replaced(sign, their)))
    return row[-1]


@lru_cache(maxsize=128)
def _left_out(sign: str) -> float:
    return _LEFT_OUT["vowel" if sign in _VOWELS else "breath" if sign in _BREATHS else "consonant"]


@lru_cache(maxsize=2048)
def _replaced(one: str, other: str) -> float:
    if one == other:
        return 0.0
    both = {one, other}
    if any(both <= group for group in _ONE_SOUND):
        return _SAME
    vowels = len(both & _VOWELS)
    if vowels:
        return _VOWEL if vowels > 1 else _VOWEL_FOR_CONSONANT
    return _NEAR if any(both <= group for group in _VOICED) else _OTHER
