"""Letters of names: folded to plain Latin ones, to skeletons in which the ways of transliterating meet, and to classes of consonants."""

import re
from collections.abc import Iterable
from functools import lru_cache

from anyascii import anyascii

_SKELETON = tuple(
    (needs.split(), re.compile(pattern), letters)
    for needs, pattern, letters in (
        # Transliterations of one sound, longest first; the letters on the right are only compared with each other. A pattern is looked for
        # where one of the letters stands that it *needs*: most do not stand in most names.
        ("mc", r"^mc", "mak"),
        # "Orlovs" is Latvian for Orlov, and "Orlovas" Lithuanian
        ("vs va vic sk", r"(?<=[aeiou]v)(?:s|as)$|(?<=vic)(?:s|ius)$|(?<=sk)(?:is|as)$", ""),
        ("aigh", r"[bm]h(?=[a-z]*aigh$)", "v"),  # Irish: "Cómhanaigh", Coveney
        ("aigh", r"aigh$", "ey"),
        ("hs x", r"^hs|^x", "s"),
        ("shch szcz sch", r"shch|szcz|schtsch", "sc"),
        ("dj dzh", r"dj|dzh", "j"),
        ("tsch tch cz tsh", r"tsch|tch|cz|tsh", "c"),
        ("ch", r"(?<!s)ch(?=[lmnr]|ael)", "k"),
        ("ch", r"(?<!s)ch(?=[aeiouy]|$)", "c"),
        ("sch sh sz", r"sch|sh|sz", "s"),
        ("z", r"zh|z", "s"),
        ("kh", r"kh", "h"),
        ("ph", r"ph", "f"),
        ("ts tz", r"ts|tz", "s"),
        ("c q", r"ck|q|c(?![eiyh])", "k"),
        ("x", r"x", "ks"),
        ("u", r"^u(?=[aeio])", "v"),
        ("w", r"w", "v"),
        ("o ue", r"(?<=.)(oe|oo|ou|ue)", "u"),
        ("a e", r"ae|ai|ei|ey|ay", "e"),
        ("e i y j", r"ee|ie|[iyj]+", "i"),
        ("h", r"(?<=[bdgklmnprstvz])h", ""),
    )
)
_LOOK_ALIKE = str.maketrans("ABCEHKMOPTXYaceopxyi", "АВСЕНКМОРТХУасеорхуі")
_CYRILLIC = re.compile("[\u0400-\u04ff]")
_MIXED = re.compile(r"\b(?=\w*[ABCEHKMOPTXYaceopxyi])(?=\w*[\u0400-\u04ff])[ABCEHKMOPTXYaceopxyi\u0400-\u04ff]{2,}\b")
# What is no letter or digit becomes a blank, but for the apostrophes and quotes, which go.
_FOLDED = {code: None if chr(code) in "'`\"" else " " for code in range(128) if not chr(code).isalnum()}


@lru_cache(maxsize=1 << 12)
def fold(text: str) -> str:
    """*text* in lower case and plain Latin letters, apostrophes dropped, other marks as blanks.

    >>> fold("Дмитрий Ко́зак"), fold("O’Brien"), fold("Jean-Luc")
    ('dmitriy kozak', 'obrien', 'jean luc')
    """
    latin = text if text.isascii() else anyascii(_unmixed(text).replace("ə", "a").replace("Ə", "A"))  # as Azerbaijan's passports do
    return " ".join(latin.lower().translate(_FOLDED).split())


def _unmixed(text: str) -> str:
    """*text*, in which a word of Cyrillic letters and of Latin ones that look the same is all in Cyrillic letters."""
    return _MIXED.sub(lambda found: found.group().translate(_LOOK_ALIKE), text) if _CYRILLIC.search(text) else text


@lru_cache(maxsize=1 << 15)
def skeleton(part: str) -> str:
    """What stays of a folded part when the ways of transliterating it are folded together.

    >>> skeleton("zelenskyy") == skeleton("zelensky") == skeleton("selenskiy")
    True
    >>> skeleton("khrushchev"), skeleton("kuehbauer") == skeleton("kuhbauer")
    ('hruscev', True)
    """
    key = part
    for needs, pattern, letters in _SKELETON:
        for need in needs:
            if need in key:
                key = pattern.sub(letters, key)
                break
    return each_letter_once(key) or part


def each_letter_once(text: str) -> str:
    """*text* in which no letter stands twice running.

    >>> each_letter_once("kennedy")
    'kenedy'
    """
    return _TWICE.sub(r"\1", text) if _TWICE.search(text) else text  # looking first is several times as fast


SOUNDS = "bkslmnt"
"""The classes of consonants that `sounds` tells apart."""
_CLASSES = str.maketrans("bpvfkgqhszcxdtlr", "bbbbkkkkssssttll")
SOFT = re.compile(r"g(?=[eiy])|d?zh")  # "Nigel", which is Найджел, and "Жан", which is Jean
_MUTE = re.compile(r"^w(?=r)|(?<=.)gh(?=t|$)|(?<=[aeo]u)x$")  # Wright, Kayleigh, Roux
_HALF_VOWEL = re.compile(r"(?<=.)w")
_MUTE_END = re.compile(r"(?<=[^aeiou][aeou])ts?$|(?<=[aeiou][aeiouy])(?:ts?|d|s|x|l[td])$|(?<=[aeo]n)(?:[dt]s?)$|(?<=[aeou]r)(?:[dt]s?)$")
_OTHERWISE = ((SOFT, "j"), (_HALF_VOWEL, "v"))
_ABROAD = (
    (re.compile("^h(?=[aeiou])"), ""),  # Humberto, Hovik
    (re.compile("ng"), "n"),  # Xingdong, which is Синдун
    (re.compile("(?<!s)ch(?=[eiy])"), "k"),  # Chełm, Chiara
    (re.compile("(?<=[aeiou]t)es$"), "s"),  # Gates, which is Гейтс
    (_MUTE_END, ""),  # Garot, Gérard, Durand, Renault
)
_HEARD_ABROAD = re.compile("|".join(pattern.pattern for pattern, _ in _ABROAD))
_VOWELS = frozenset("aeiou")
_TWICE = re.compile(r"(.)\1+")
_HEARD_CLASSES = {**_CLASSES, **dict.fromkeys(map(ord, "aeiouh"))}  # behind the first letter, these are silent


@lru_cache(maxsize=1 << 12)
def sounds(part: str) -> str:
    """The classes of the consonants of a folded part: what is left of a name that goes through another alphabet.

    Vowels go, as Arabic and Hebrew do not write them, and a w that is not the first letter is taken for one; b, p, f and v are one letter,
    as are k, g and h; s, z and c; d and t; l and r, which goes at the end, where Japanese has it no more. Before v and w were told apart,
    the classes were the same in 0.75 to 0.92 of the parts of 10,000 names of members of parliaments whose aliases are in Cyrillic, Arabic,
    Katakana, Hebrew and Armenian letters.

    >>> sounds("alexander"), sounds("arekusanda"), sounds(fold("Пауэлл")), sounds("powell")
    ('lksnt', 'lksnt', 'b', 'b')
    """
    return consonant_classes(spoken(part))


@lru_cache(maxsize=1 << 12)
def spoken(part: str) -> str:
    """The skeleton of a folded part without its mute letters, in which a w is a vowel, as where Arabic and Hebrew write it."""
    if "gh" in part or part[0] == "w" or part[-1] == "x":
        part = _MUTE.sub("", part)
    return skeleton(_HALF_VOWEL.sub("u", part) if "w" in part else part)


def consonant_classes(spelt: str) -> str:
    """The classes of the consonants of a skeleton."""
    classes = each_letter_once(spelt[:1].translate(_CLASSES) + spelt[1:].translate(_HEARD_CLASSES)).removesuffix("l")
    return classes[1:] if classes[:1] in _VOWELS else classes


@lru_cache(maxsize=1 << 12)
def heard(part: str) -> tuple[str, ...]:
    """The `sounds` of a folded part: several where a g or zh may be another alphabet's j, or a w its v.

    >>> heard("zhan"), heard("jean")
    (('sn', 'n'), ('n',))
    """
    return _heard(part, _OTHERWISE)


@lru_cache(maxsize=1 << 15)
def heard_abroad(part: str) -> tuple[str, ...]:
    """The same, with all that another alphabet may write as it hears it: an ng as n, a mute h, the mute end of a French name.

    >>> heard_abroad("renault"), heard_abroad("reno")
    (('lnlt', 'ln'), ('ln',))
    """
    return _heard(part, (*_OTHERWISE, *_ABROAD)) if _HEARD_ABROAD.search(part) else heard(part)


def _heard(part: str, otherwise: Iterable[tuple[re.Pattern[str], str]]) -> tuple[str, ...]:
    ways = [part]
    for pattern, letters in otherwise:
        if pattern.search(part):
            ways += [pattern.sub(letters, way) for way in ways]
    return tuple(dict.fromkeys(map(sounds, ways)))
