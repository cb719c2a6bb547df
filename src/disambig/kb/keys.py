"""Names -> the keys under which the people store holds them, and those under which a name is looked for.

A key is one letter for its kind, then what is compared:

    w  the whole name, blanks left out    the same name, however transliterated, split up or turned round
    o  the same of a name of one word     "Pelé", alone or before another name
    s  a surname, g any other part        a name alone
    i  an initial and a surname           "D. Orlov" finds Dmitry Orlov
    j  the same, of a record that has it  "Dmitry Orlov" finds D. Orlov
    f  the consonants of two parts        vowels spelt otherwise; middle names and patronymics on one side only
    c  the sounds of two parts            another alphabet, see `names.sounds`; C where the record is not in Latin letters
    v  the same, of a record in Latin ones    where another alphabet may have heard it otherwise, see `names.heard_abroad`
    h  the sounds of the whole name       another alphabet that writes it in one word; H as C

Every part goes by its skeleton (see `names.skeleton`), in which the ways of transliterating it meet.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import combinations, product

from disambig.names import (
    GIVEN_OR_PARTICLE,
    SOUNDS,
    Name,
    base_forms,
    each_letter_once,
    family_name_forms,
    given_name_forms,
    heard,
    heard_abroad,
    skeleton,
    whole_sounds,
)

_PARTS = 6  # of one name; what comes after makes no keys of pairs
_SHORTEST_RESPELT = 3  # letters; below that another letter is another name
_BEGINNING = 4  # letters that two words share at least which are one with two endings
_FEMININE = "ova"  # see `names.is_feminised`
_LEADING_VOWEL = re.compile(r"^[aeiou]+")
_VOWELS = re.compile(r"(?<!^)[aeiouh]+")
_FIRST_LETTERS = str.maketrans("jyckqwzx", "iikkkvss")


@lru_cache(maxsize=1 << 15)
def consonants(spelt: str) -> str:
    """The consonants of a skeleton; a vowel that it begins with stands as "a".

    >>> consonants("mohamed") == consonants("muhamad"), consonants("ivanov")
    (True, 'avnv')
    """
    return each_letter_once(_VOWELS.sub("", _LEADING_VOWEL.sub("a", spelt)))


def keys_of(names: Iterable[Name]) -> set[str]:
    """The keys under which a person of these *names* is held."""
    keys: set[str] = set()
    for name in names:
        spelt = [skeleton(part) for part in name.parts]
        keys.add(whole_key(name))
        keys.update([("s" if part in name.family else "g") + key for part, key in zip(name.parts, spelt, strict=True) if len(part) > 1])
        for initial, surname in _initials(name):
            keys.add(f"i{initial_key(initial, skeleton(surname))}")
            if len(initial) == 1:
                keys.add(f"j{initial_key(initial, skeleton(surname))}")
        for one, other in _pairs(name):
            keys.add(_spelt_pair(one, other))
        keys.update(("h" if name.is_latin else "H") + sounding for sounding in whole_sounds(name))
        usual = set(_heard_pairs(_pairs(name), heard))
        keys.update(("c" if name.is_latin else "C") + sounding for sounding in usual)
        if name.is_latin and any(heard_abroad(part) != heard(part) for part in name.parts):
            keys.update("v" + sounding for sounding in _heard_pairs(_pairs(name), heard_abroad) if sounding not in usual)
    return keys


@lru_cache(maxsize=1 << 8)
def close_keys(name: Name) -> tuple[str, ...]:
    """The keys of the people called as the full *name* says, sorted as all lists of keys here are, so that a store answers in one order."""
    spelt = [skeleton(part) for part in name.parts]
    turned = (spelt, [*spelt[1:], spelt[0]], [spelt[-1], *spelt[:-1]])
    keys = {f"w{''.join(parts)}" for parts in turned} | {f"o{key}" for part, key in zip(name.parts, spelt, strict=True) if len(part) > 1}
    keys.update(f"{'i' if len(initial) == 1 else 'j'}{initial_key(initial, skeleton(surname))}" for initial, surname in _initials(name))
    keys.update(_spelt_pair(one, other) for one, other in _pairs(name))
    if name.parts[0] in GIVEN_OR_PARTICLE:
        keys.update(f"s{key}" for key in spelt[1:])
    return tuple(sorted(keys))


def given_keys(name: Name) -> list[str]:
    """The keys of a full *name* with another form of one of its given names, or of a surname of Korea, China or a woman."""
    keys = {
        "f" + pair_key(form, consonants(skeleton(other)))
        for part in name.parts[:_PARTS]
        if len(part) > 1
        for other in name.parts[:_PARTS]
        if len(other) > 1 and other != part
        for form in _forms(part, family_name_forms if part in name.family else given_name_forms)
    }
    for one, other in _pairs(name):
        for surname, beside in ((one, other), (other, one)):
            if surname.endswith(_FEMININE) and len(surname) > len(_FEMININE) + _SHORTEST_RESPELT:
                keys.add(_spelt_pair(surname.removesuffix(_FEMININE), beside))
    return sorted(keys.difference(close_keys(name)))


def respelt_keys(name: Name, respelt: Mapping[str, Sequence[str]]) -> list[str]:
    """The keys of a full *name* with one of its parts as one of the skeletons that it is *respelt* as, or with its initial alone."""
    keys: set[str] = set()
    for part, others in respelt.items():
        beside = [consonants(skeleton(other)) for other in name.parts[:_PARTS] if other != part and len(other) > 1]
        keys.update("f" + pair_key(consonants(spelt), other) for spelt in others for other in beside)
    for initial, surname in _initials(name):
        if len(initial) == 1:
            keys.update(f"i{initial_key(initial, spelt)}" for spelt in respelt.get(surname, ()))
        else:
            keys.add(f"i{initial_key(initial, skeleton(surname))}")
    return sorted(keys)


def sound_keys(name: Name) -> list[str]:
    """The keys of a *name* in classes of consonants: of two parts, and of the whole, which may be one word in another alphabet.

    A name in Latin letters is in one word in other alphabets alone.
    """
    pairs, whole = set(_heard_pairs(_pairs_read(name), heard)), whole_sounds(name)
    keys = {kind + sounding for kind in ("cC" if name.is_latin else "cvC") for sounding in pairs}
    keys.update(kind + sounding for kind in ("H" if name.is_latin else "hH") for sounding in whole)
    return sorted(keys)


def near_sound_keys(name: Name) -> list[str]:
    """The keys of two parts of a *name* with one sound too many, too few or another: the classes of consonants are few."""
    pairs = {
        pair_key(*pair)
        for one, other in _pairs_read(name)
        for first, second in product(heard(one), heard(other))
        for pair in (*((near, second) for near in _misheard(first)), *((first, near) for near in _misheard(second)))
    }
    return sorted(kind + sounding for kind in "cvC" for sounding in pairs)


@lru_cache(maxsize=1 << 12)
def _misheard(sounding: str) -> tuple[str, ...]:
    """What is one class of consonants away from the classes of a part."""
    cuts = [(sounding[:at], sounding[at:]) for at in range(len(sounding) + 1)]
    near = {before + after[1:] for before, after in cuts if len(sounding) > 1}
    near.update(before + sound + after for before, after in cuts for sound in SOUNDS)
    near.update(before + sound + after[1:] for before, after in cuts if after for sound in SOUNDS)
    return tuple(sorted({each_letter_once(one) for one in near} - {sounding}))


def beginnings(part: str) -> tuple[str, ...]:
    """How the skeleton of a folded part begins that has an ending, the longest first: an ending has two letters, or all but the first four.

    >>> beginnings("druskoviceva"), beginnings("fin")
    (('druskovice', 'drus'), ())
    """
    spelt = skeleton(part)
    return tuple(dict.fromkeys(spelt[:length] for length in (len(spelt) - 2, _BEGINNING) if len(spelt) > length >= _BEGINNING))


def part_keys(name: Name) -> list[str]:
    """The keys of everybody who has a part of a full *name*, be it otherwise the name of somebody else."""
    return sorted({kind + skeleton(part) for part in name.parts[:_PARTS] if len(part) > 1 for kind in "gs"})


def _spelt_pair(one: str, other: str) -> str:
    """The key of two parts by their consonants."""
    return "f" + pair_key(consonants(skeleton(one)), consonants(skeleton(other)))


def _heard_pairs(pairs: Iterable[tuple[str, str]], ways: Callable[[str], tuple[str, ...]]) -> Iterator[str]:
    """The sounds of *pairs* of parts, each heard in all *ways*."""
    for one, other in pairs:
        for first, second in product(ways(one), ways(other)):
            yield pair_key(first, second)


def _pairs_read(name: Name) -> Iterator[tuple[str, str]]:
    """Every two parts of a *name*, and of what it may be in the nominative, or be read as."""
    return (pair for form in (name, *base_forms(name)) for pair in _pairs(form))


def whole_key(name: Name) -> str:
    """The key of the whole name as it is written."""
    return ("w" if name.is_full else "o") + "".join(map(skeleton, name.parts)) + (name.suffix if name.is_regnal else "")


def pair_key(one: str, other: str) -> str:
    """Two parts, whatever their order."""
    return f"{one} {other}" if one <= other else f"{other} {one}"


def initial_key(part: str, spelt: str) -> str:
    """The first letter of a folded part, and the skeleton of a surname."""
    return f"{part[0].translate(_FIRST_LETTERS)} {spelt}"


def respellings(word: str) -> frozenset[str]:
    """A word and all that is left of it without one of its letters; one typing error apart, two words share one of these.

    After Garbe's symmetric deletion (SymSpell, 2012). Nothing for a short one, which any letter makes another name.

    >>> bool(respellings("kosak") & respellings("kosk")), respellings("li")
    (True, frozenset())
    """
    if len(word) < _SHORTEST_RESPELT:
        return frozenset()
    return frozenset((word, *(word[:at] + word[at + 1 :] for at in range(len(word)))))


def _pairs(name: Name) -> Iterator[tuple[str, str]]:
    """Every two parts that are no initials."""
    return combinations([part for part in name.parts[:_PARTS] if len(part) > 1], 2)


def _initials(name: Name) -> Iterator[tuple[str, str]]:
    """Every part, of which the first letter counts, with every surname beside it."""
    parts = name.parts[:_PARTS]
    last = len(parts) - 1
    for at, surname in enumerate(parts):
        if len(surname) > 1 and (at == last or surname in name.family):
            for other_at, part in enumerate(parts):
                if at != other_at:
                    yield part, surname


@lru_cache(maxsize=1 << 11)
def _forms(part: str, forms: Callable[[str], tuple[str, ...]]) -> tuple[str, ...]:
    """The consonants of the other *forms* of a part."""
    return tuple(sorted({consonants(skeleton(form)) for form in forms(part)}))
