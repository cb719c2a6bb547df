"""Countries in a text: by name, adjective, city or seat of government.

The list stands in `countries.txt`; it names places, never a person.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from importlib.resources import files
from itertools import islice

from disambig.names import fold

_LONGEST_PLACE = 5  # words
_WHOLES = 4  # the field of a line that says what a country is part of; those before it are signs of it
_WORD = re.compile(r"[^\W_]+(?:[-.'’][^\W_]+)*")
_CAPITALISED = re.compile(r"[^\W\d_a-z](?<![^\W_].)(?<![^\W_][-.'’].)[^\W_]*(?:[-.'’][^\W_]+)*")  # a `_WORD` that may begin with a capital
_COMPOUND = re.compile(r"(?<![\w-])(?:([^\W\d_]+)-([A-Z][^\W\d_]+)|([A-Z][^\W\d_]+)-(?:born|raised|native))(?![\w-])")
_NOT_FROM = frozenset("anti cross ex former inter intra mid neo non north post pre pro quasi south trans un".split())
"""What a word before a hyphen may be that takes back where somebody or something is from, or makes another place of it."""
_RACES = "Tour|Giro|Vuelta|Rally|Rallye|Volta|Grand Prix|Gran Premio"
_OTHER_CONTESTS = "Open|Grand Prix|Masters|Cup|Games|Championships?|Marathon|Derby|Olympics|Amateur|Series|Classic"
_CONTEST_WORD = re.compile(rf"{_RACES}|{_OTHER_CONTESTS}")
_CONTEST = re.compile(rf"(?:{_RACES})\s(?:de|di|of|a|du|d')\s?(?:the\s|la\s)?[^\W\d_]+|(?<![\w.])[^\W\d_][\w.]*\s(?:{_OTHER_CONTESTS})\b")
_NO_COUNTRY = frozenset(
    {"latin america", "south america", "north america", "central america", "indian ocean", "persian gulf", "arabian sea", "korean war"}
    | {
        "south china sea",
        "east china sea",
        "sea of japan",
        "gulf of mexico",
        "english channel",
        "vietnam war",
        "turkish bath",
        "french fries",
    }
)
"""Phrases that hold the name of a country and mean none."""


@lru_cache(maxsize=1)
def _lines() -> tuple[tuple[tuple[str, ...], ...], ...]:
    """The lines of `countries.txt`: for each country its name, other names, adjectives, places and wholes, as written."""
    text = files("disambig").joinpath("countries.txt").read_text(encoding="utf-8")
    lines = (line for line in text.splitlines() if line.strip() and not line.startswith("#"))
    return tuple(tuple(tuple(phrase.strip() for phrase in part.split(";")) for part in line.split("|")) for line in lines)


@lru_cache(maxsize=1)
def _countries() -> dict[str, str]:
    """The country that a folded word or phrase refers to; "" for `_NO_COUNTRY`."""
    table = dict.fromkeys(_NO_COUNTRY, "")
    for line in _lines():
        for phrase in (phrase for part in line[:_WHOLES] for phrase in part if fold(phrase)):
            table.setdefault(fold(phrase), line[0][0])
    return table


@lru_cache(maxsize=1 << 10)
def akin(country: str) -> frozenset[str]:
    """The countries that *country* is or was part of, and those that are or were parts of it; the other parts of one whole are not.

    >>> sorted(akin("United Kingdom")), sorted(akin("Scotland"))
    (['England', 'European Union', 'Northern Ireland', 'Scotland', 'Wales'], ['United Kingdom'])
    """
    return frozenset(_wholes().get(country, ())) | {part for part, wholes in _wholes().items() if country in wholes}


@lru_cache(maxsize=1)
def _wholes() -> dict[str, tuple[str, ...]]:
    """What each country is or was part of."""
    return {line[0][0]: line[_WHOLES] for line in _lines() if len(line) > _WHOLES}


@lru_cache(maxsize=1)
def country_words() -> frozenset[str]:
    """The single folded words among the names and adjectives of countries; cities are not among them."""
    named = (fold(phrase) for line in _lines() for part in line[:3] for phrase in part)
    return frozenset(word for word in named if word and " " not in word)


@lru_cache(maxsize=1)
def _lengths() -> dict[str, int]:
    """How many words the longest of the phrases has that begin with each folded word."""
    lengths: dict[str, int] = {}
    for words in map(str.split, _countries()):
        lengths[words[0]] = min(_LONGEST_PLACE, max(len(words), lengths.get(words[0], 0)))
    return lengths


def countries_in(text: str) -> tuple[str, ...]:
    """The countries that *text* refers to, each once and sorted; the longest phrase counts: "New Mexico" is not Mexico.

    A word counts only with a capital letter, a single one of up to three letters only in capitals: "US" is not "us". Of two words with a
    hyphen between them the second tells, and the first where it names a country too: "Czech-American", "naturalised-French".

    >>> countries_in("the Russian Presidential Administration"), countries_in("a Kyiv court told us of New Mexico's mines")
    (('Russia',), ('Ukraine', 'United States'))
    """
    found: set[str] = set()
    after = 0
    for first in _CAPITALISED.finditer(text):
        longest = _longest(first.group())
        if longest and first.start() >= after and first.group()[0].isupper():
            words = list(islice(_WORD.finditer(text, first.start()), longest))
            length, country = _country_of(tuple([word.group() for word in words]))
            after = words[length - 1].end()
            found.add(country)
    if "-" in text:
        found.update(_in_compounds(text))
    return tuple(sorted(found - {""}))


def _in_compounds(text: str) -> Iterator[str]:
    """The countries of words joined by hyphens that are in no list as they are: "Czech-American", "Polish-born", not "pro-Russian"."""
    for compound in _COMPOUND.finditer(text):
        if fold(compound.group()) in _countries() or (compound.group(1) and fold(compound.group(1)) in _NOT_FROM):
            continue
        yield from (_countries()[fold(word)] for word in compound.groups() if word and word[0].isupper() and fold(word) in country_words())


def without_contests(text: str) -> str:
    """*text* without the names of contests, which are held where they are held: winners of them come from anywhere.

    >>> without_contests("French striker"), without_contests("French Open champion"), without_contests("Tour de France winner")
    ('French striker', ' champion', ' winner')
    """
    return _CONTEST.sub("", text) if _CONTEST_WORD.search(text) else text  # a quick look


@lru_cache(maxsize=1 << 12)
def _longest(word: str) -> int:
    """How many words a phrase can have at most that is known and begins with *word*; 0 where none does."""
    return max(_lengths().get(fold(form).partition(" ")[0], 0) for form in _forms(word))


def _forms(word: str) -> tuple[str, ...]:
    """*word*, and without the ending of a possessive, where it has one."""
    return (word, word[:-2]) if word.endswith(("'s", "’s")) else (word,)


@lru_cache(maxsize=1 << 12)
def _country_of(words: tuple[str, ...]) -> tuple[int, str]:
    """How many words the longest known phrase has that *words* begin with, and its country; (1, "") where none is."""
    for length in range(len(words), 0, -1):
        phrase = words[:length]
        if length == 1 and len(phrase[0]) <= 3 and not phrase[0].isupper():  # noqa: PLR2004
            continue
        for last in _forms(phrase[-1]):
            country = _countries().get(fold(" ".join((*phrase[:-1], last))))
            if country is not None:
                return length, country
    return 1, ""
