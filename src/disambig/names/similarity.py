"""How alike two parts of names are, in letters or, across alphabets, in sounds."""

import re
from functools import lru_cache

from rapidfuzz.distance import OSA

from disambig.names.given import is_diminutive, is_feminised, same_family_name, same_given_name
from disambig.names.letters import SOFT, consonant_classes, heard_abroad, skeleton, sounds
from disambig.names.sounding import sounding_alike

_SOFT_BEGINNINGS = frozenset("aeiouyhwj")  # letters at the beginning that another spelling leaves out or writes otherwise
_SURELY = 0.9  # the same but for transliteration, or forms of one name
_SOUNDS_ALIKE, _AT_LEAST, _STEEP = 0.75, 0.76, 0.84  # from which on two parts sound alike, what that is worth, and how it rises to .97
_UMLAUT = re.compile(r"([aou])e(?![iy])")


@lru_cache(maxsize=1 << 12)
def part_similarity(one: str, other: str) -> float:
    """How alike two folded parts are, 0 to 1: the same, the same skeleton, forms of one name, an initial, or misspelt.

    Misspelling is 1 - (optimal string alignment distance / length of the longer), and needs four letters on both sides; below that a
    different letter is a different name ("Li" and "Lu"). Hardly anybody errs in the first letter ("Tanner" and "Banner").
    """
    if one == other:
        return 1.0
    if len(one) == 1 or len(other) == 1:
        return 0.85 if one[0] == other[0] else 0.0
    mine, theirs = skeleton(one), skeleton(other)
    if mine == theirs or _same_but_for_umlauts(one, other):
        return 0.97
    if (is_given := same_given_name(one, other)) or same_family_name(one, other):
        return 0.95 if is_given else 0.9
    shorter, longer = (one, other) if len(one) <= len(other) else (other, one)
    if len(shorter) < 4:  # noqa: PLR2004
        return 0.0
    if longer.startswith(shorter):
        if is_diminutive(longer, shorter) or is_feminised(longer, shorter):
            return 0.9
        if len(shorter) >= 5 and len(longer) - len(shorter) > 2:  # noqa: PLR2004
            return 0.0  # "Rose" is not "Rosenberg"
    least = 0.7 if one[0] == other[0] else 0.85
    spelt = max(OSA.normalized_similarity(one, other, score_cutoff=least), OSA.normalized_similarity(mine, theirs, score_cutoff=least))
    return (0.95 if _begin_alike(one, other) else 0.85) * spelt if spelt else 0.0


def _same_but_for_umlauts(one: str, other: str) -> bool:
    """Whether one of two folded parts has an e where the other had two dots: "goering", which is Göring."""
    shorter, longer = (one, other) if len(one) < len(other) else (other, one)
    if len(shorter) == len(longer) or one[0] != other[0] or not ("ae" in longer or "oe" in longer or "ue" in longer):
        return False
    return _UMLAUT.sub(r"\1", longer) == _UMLAUT.sub(r"\1", shorter)


def _begin_alike(one: str, other: str) -> bool:
    """Whether two folded parts begin with one letter, or with letters that stand for each other in other spellings."""
    first, second = one[0], other[0]
    return first == second or not _SOFT_BEGINNINGS.isdisjoint((first, second)) or consonant_classes(first) == consonant_classes(second)


@lru_cache(maxsize=1 << 12)
def similarity_across(one: str, other: str) -> float:
    """How alike two folded parts of different alphabets are, 0 to 1, in letters or in sounds."""
    return max(part_similarity(one, other), _sound_similarity(one, other))


@lru_cache(maxsize=1 << 12)
def similarity_with_vowels(one: str, other: str) -> float:
    """The same for alphabets that both write their vowels: what sounds alike by its consonants must do so with its vowels, too."""
    spelt = part_similarity(one, other)
    if spelt >= _SURELY or len(one) == 1 or len(other) == 1 or not (spelt or _sound_similarity(one, other)):
        return spelt
    heard = sounding_alike(one, other)
    return _AT_LEAST + _STEEP * (heard - _SOUNDS_ALIKE) if heard >= _SOUNDS_ALIKE else 0.0


def _sound_similarity(one: str, other: str) -> float:
    """How alike two folded parts are that come from different alphabets, 0 to 1."""
    spelt = max(
        OSA.normalized_similarity(skeleton(one), skeleton(other)),
        OSA.normalized_similarity(skeleton(SOFT.sub("j", one)), skeleton(SOFT.sub("j", other))),
    )
    if shared := set(heard_abroad(one)).intersection(heard_abroad(other)):
        # one sound alone is shared by many, none by more: "David", "Dada"
        return 0.8 + 0.15 * spelt if len(max(shared, key=len)) > 1 else 0.67 + 0.25 * spelt if any(shared) or spelt >= 0.5 else 0.0  # noqa: PLR2004
    mine, theirs = sounds(one), sounds(other)
    if len(mine) > 1 and mine.replace("l", "") == theirs.replace("l", "") != "":  # Chinese and Japanese leave out an r: "Mark", "Make"
        return 0.76 + 0.1 * spelt if spelt >= 0.5 else 0.0  # noqa: PLR2004
    near = OSA.normalized_similarity(mine, theirs)
    return 0.76 + 0.1 * spelt if near >= 0.75 and spelt >= 0.5 else 0.0  # noqa: PLR2004
