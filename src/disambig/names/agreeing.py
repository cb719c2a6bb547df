"""How well a name in a text agrees with a name of the KB, part by part and whatever their order."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum
from functools import lru_cache

from rapidfuzz.distance import OSA

from disambig.names.given import is_given_name
from disambig.names.letters import consonant_classes, fold, spoken
from disambig.names.parsing import GIVEN_OR_PARTICLE, HANGUL, Name, base_forms, parse, read_aloud
from disambig.names.similarity import part_similarity, similarity_across, similarity_with_vowels


class Kind(str, Enum):
    """How two names agree, best first."""

    SAME = "same"
    INITIAL = "initial"  # the same but for an initial: "D. Orlov"
    SHORTER = "shorter"  # the text leaves out middle names or a second surname
    FULLER = "fuller"  # the text has more than the record
    MIDDLE_DIFFERS = "middle differs"
    SURNAME = "surname"  # the text has the surname alone
    GIVEN = "given name"  # the text has the given name alone
    PARTIAL = "partial"  # some parts agree, no contradiction
    MISSPELT = "misspelt"  # the same but for a part that is spelt alike, and could as well be another name: "Sharma", "Harma"
    CONFLICT = "conflict"  # one part agrees and another contradicts: Taras and Dmitry
    NONE = "none"


ONE_PERSON = frozenset({Kind.SAME, Kind.SHORTER, Kind.FULLER})
"""Kinds by which two full names can be those of one person; an initial may stand for several."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """How well a name of the text fits a name of the KB."""

    kind: Kind
    score: float  # 0 to 1, 1 is the same name; it orders a shortlist
    name: str = ""  # the KB's name that was compared
    likeness: float = 1.0  # 0 to 1: how alike the parts are that agree
    left_out: int = 0  # parts of the KB's name that the text does not have


_SCORES = {
    Kind.SAME: 1.0,
    Kind.INITIAL: 0.95,
    Kind.SHORTER: 0.9,
    Kind.FULLER: 0.85,
    Kind.SURNAME: 0.8,
    Kind.MIDDLE_DIFFERS: 0.6,
    Kind.GIVEN: 0.55,
    Kind.PARTIAL: 0.4,
    Kind.MISSPELT: 0.45,
    Kind.CONFLICT: 0.2,
    Kind.NONE: 0.0,
}
_SAME_PART = 0.76  # likeness from which two parts count as the same one, misspelt: one letter in five
_CERTAIN = 0.97  # likeness from which a surname may be a middle part of the other name: the same, or transliterated
_FORM_OF = 0.98  # likeness from which two full names are forms of one: transliterated; not Bill and Will
_ALIKE = 0.66  # of the letters of a part, from which it may be a slip or a Latin form: "Milna" for "Milner", "Paulus" for "Paul"
_INFLECTED = 0.96  # of a name's likeness, where it is another grammatical case of the same
_READ_AS = 0.95  # of a name's likeness, where another form of it is meant: what `part_similarity` says of two forms of a given name
_VOWELS_WRITTEN = re.compile("[\u0370-\u058f\u10a0-\u10ff]")  # Greek, Cyrillic, Armenian, Georgian letters
_TELLING = 5  # classes of consonants that two names of several words hardly share by chance
_READ_ALIKE = 0.6  # of the letters of a name, and of what another in Chinese characters is read as, from which they are one
_SYLLABLES = 4  # a name of more parts is written in one word by no alphabet
_CHINESE = 3  # syllables of most Chinese and Korean names
_SYLLABLE = re.compile(r"[bcdfghj-np-tv-z]{0,3}[aeiouwy]{1,3}(?:ng|nh|[nmptkhlrd])?|ng")  # one of theirs in Latin letters
_HANGUL = re.compile(r"[\uac00-\ud7a3]")
_SUFFIX_MISSING = 0.97  # "Jr" on one side only: a little less than the same
_OTHER_REALM = 0.65  # "Charles VI of France" and "Charles VI, Holy Roman Emperor"; one king may have two realms
_NUMBER_MISSING = 0.8  # "Charles VI" in the text and plain Charles in the record: a good deal less


Pairs = list[tuple[int, int, float]]  # part of one name, part of the other, how alike
Apart = tuple[list[tuple[int, str]], list[tuple[int, str]]]  # the parts of both names that are no part of the other, with their places


def _may_be_one_word(mention: Name, person: Name) -> bool:
    """Whether one of two names is written in a single word, or in Korean letters, whose words are parsed apart."""
    return 1 in {len(mention.parts), len(person.parts)} or any(
        HANGUL.match(name.text) or read_aloud(name.text) for name in (mention, person) if not name.is_latin
    )


def _sounds_whole(mention: Name, person: Name) -> float:
    """How alike two names are that sound the same, one of them written in fewer words: "김무성" and "Kim Moo Sung"; else 0."""
    shared = whole_sounds(mention) & whole_sounds(person)
    if not shared or (max(map(len, shared)) < _TELLING and not _may_be_one_word(mention, person)):
        return 0.0
    if _are_heard(mention, person):
        return similarity_with_vowels("".join(mention.parts), "".join(person.parts))
    mine, theirs = ([list(map(spoken, form.parts)) for form in (name, *read_aloud(name.text))] for name in (mention, person))
    turned = {"".join(parts) for spelt in theirs for parts in (spelt, (*spelt[1:], spelt[0]), (spelt[-1], *spelt[:-1]))}
    spelt = max(OSA.normalized_similarity("".join(one), other) for one in mine for other in turned)
    # what Chinese characters are read as is so much that something sounds like nearly any name
    return 0.0 if spelt < _READ_ALIKE and len(mine) + len(theirs) > 2 else 0.64 + 0.24 * spelt  # noqa: PLR2004


@lru_cache(maxsize=1 << 12)
def whole_sounds(name: Name) -> frozenset[str]:
    """The sounds of all parts of *name* together, as written and with the last part first; none where one is an initial.

    Those of a name in Chinese characters are of all that it may be read as; of "Jenny Lam Kin Fung" the Chinese name alone counts too.
    """
    found = _sounds_together(name.parts)
    if not name.is_latin:
        return found | _sounds_read(name.text) | _sounds_otherwise(name)
    if len(name.parts) > _CHINESE and all(map(_SYLLABLE.fullmatch, name.parts[-_CHINESE:])):
        return found | _sounds_together(name.parts[-_CHINESE:])
    return found


@lru_cache(maxsize=1 << 12)
def _sounds_read(text: str) -> frozenset[str]:
    """The sounds of all that a name in Chinese characters may be read as."""
    return frozenset(sounding for form in read_aloud(text) for sounding in (*_sounds_together(form.parts), *_sounds_otherwise(form)))


def _sounds_otherwise(name: Name) -> frozenset[str]:
    """The sounds of a name in Korean letters, where what is a "j" may be a "ch" in Latin ones: "Jong", "Cheong", "Chong"."""
    if not _HANGUL.search(name.text):
        return frozenset()
    ways = (("j", "ch"), ("j", "k"), ("ch", "k"))
    return frozenset().union(*(_sounds_together([part.replace(*way) for part in name.parts]) for way in ways))


def _sounds_together(parts: Sequence[str]) -> frozenset[str]:
    """The sounds of *parts* in one word, and of the last one before the others."""
    if len(parts) > _SYLLABLES or min(map(len, parts)) == 1:
        return frozenset()
    spelt = [spoken(part) for part in parts]
    inside = [f"u{sounding[1:]}" if part[0] == "w" else sounding for part, sounding in zip(parts, spelt)]  # noqa: B905 (as many)
    return frozenset({consonant_classes("".join((spelt[0], *inside[1:]))), consonant_classes("".join((spelt[-1], *inside[:-1])))})


def _pair(mention: Name, person: Name) -> tuple[Pairs, Apart]:
    """Which part of one name is which part of the other, and those that are none: the most alike first, each used once.

    An initial stands for a given name, never for a surname (but which one "Lee" is in "Lee Davis" the form does not tell), and a first
    one for a first name: Boris Orlov is not Leonid B. Orlov.
    """
    mine, theirs = mention.parts, person.parts
    same = [
        (-1.0, abs(i - j), i, j)
        for i, part in enumerate(mine)
        if part in theirs  # what is the same is not compared: that takes most of the time
        for j, other in enumerate(theirs)
        if part == other and (len(part) > 1 or _stands_for(mention, person, i, j))
    ]
    pairs = _each_once(same)
    left, right = apart = _unpaired(mention, person, pairs)
    if not left or not right:
        return pairs, apart
    like = part_similarity
    if mention.is_latin != person.is_latin:
        like = similarity_with_vowels if _are_heard(mention, person) else similarity_across
    alike = [
        (-likeness, abs(i - j), i, j)
        for i, part in left
        for j, other in right
        if (likeness := like(part, other)) >= _SAME_PART and ((len(part) > 1 and len(other) > 1) or _stands_for(mention, person, i, j))
    ]
    if not alike:
        return pairs, apart
    pairs += _each_once(alike)
    return pairs, _unpaired(mention, person, pairs)


def _are_heard(mention: Name, person: Name) -> bool:
    """Whether two names are of different alphabets that both write their vowels."""
    if mention.is_latin == person.is_latin:
        return False
    return _VOWELS_WRITTEN.search(mention.text if person.is_latin else person.text) is not None


def _each_once(alike: list[tuple[float, int, int, int]]) -> Pairs:
    """The pairs of the highest likeness, of equals those at the nearest places; each part in one pair."""
    if len(alike) > 1:
        alike.sort()
    pairs: Pairs = []
    for negative, _, i, j in alike:
        if not any(i == mine or j == theirs for mine, theirs, _ in pairs):
            pairs.append((i, j, -negative))
    return pairs


def _unpaired(mention: Name, person: Name, pairs: Pairs) -> Apart:
    """The parts of both names that are in none of the *pairs*."""
    left, right = list(enumerate(mention.parts)), list(enumerate(person.parts))
    for i, j, _ in pairs:
        left.remove((i, mention.parts[i]))
        right.remove((j, person.parts[j]))
    return left, right


def _stands_for(mention: Name, person: Name, i: int, j: int) -> bool:
    """Whether an initial may be the initial of the part of the other name that it is held against, see `_pair`."""
    part, other = mention.parts[i], person.parts[j]
    if part != other and (i == 0) != (j == 0):
        return False
    if len(part) == 1 and other in person.family and len(other) > 1 and (i or j):
        return False
    return not (len(other) == 1 and part in mention.family and len(part) > 1)


def _in_order(pairs: Pairs) -> bool:
    """Whether the parts stand in the same order in both names."""
    return sorted(i for i, *_ in pairs) == [i for i, *_ in sorted(pairs, key=lambda pair: pair[1])]


def _kind(mention: Name, person: Name, pairs: Pairs, apart: Apart) -> Kind:
    """What the pairing of parts says; see `Kind`."""
    if mention.is_regnal and len(person.parts) > 1:  # Henry VIII is not Henry Campbell
        return Kind.CONFLICT
    left, right = apart
    if not left and not right:
        if _is_turned_and_altered(mention, person, pairs):
            return Kind.CONFLICT
        by_initial = any((len(mention.parts[i]) == 1) != (len(person.parts[j]) == 1) for i, j, _ in pairs)
        return Kind.INITIAL if by_initial else Kind.SAME
    if not mention.is_full:
        found = [person.parts[j] for _, j, _ in pairs]
        is_whole = len(found) == len(mention.parts)  # a double surname must be
        return _kind_of_bare(found, person.parts, person.family) if is_whole else Kind.PARTIAL
    if left == [(0, mention.parts[0])] and mention.parts[0] in GIVEN_OR_PARTICLE:
        return Kind.SHORTER if any(person.parts[j] in person.family for _, j, _ in pairs) else Kind.PARTIAL
    if not right and len(pairs) > 1 and len(mention.parts) - 1 not in {i for i, *_ in pairs} and _in_order(pairs):
        return Kind.FULLER  # a second surname: "Leire Pajín Iraola"
    return _kind_of_full(mention, person, pairs, (bool(left), bool(right)))


def _kind_of_full(mention: Name, person: Name, pairs: Pairs, more: tuple[bool, bool]) -> Kind:
    """The same for a full name, where *more* says whether the text and the record have parts that the other has not."""
    if more == (True, True) and len(pairs) == 1:
        return Kind.CONFLICT
    families = [(i, j, likeness) for i, j, likeness in pairs if mention.parts[i] in mention.family]
    if not any(person.parts[j] in person.family or likeness >= _CERTAIN for _, j, likeness in families):
        return Kind.CONFLICT
    if more == (True, True):
        return Kind.MIDDLE_DIFFERS if any(person.parts[j] in person.family for _, j, _ in families) else Kind.CONFLICT
    if _other_initials(mention, person):
        return Kind.MIDDLE_DIFFERS
    if more == (False, True):
        return _kind_of_shorter(person, pairs)
    if 0 not in {i for i, *_ in pairs} and is_given_name(mention.parts[0]) and any(likeness < _CERTAIN for *_, likeness in pairs):
        return Kind.CONFLICT  # "Steve John Marsh" may be John Marsh, hardly Jack Marsch
    return Kind.FULLER if len(pairs) > 1 else Kind.PARTIAL


def _kind_of_shorter(person: Name, pairs: Pairs) -> Kind:
    """The same where the record alone has more: "Ted Marsh" may be Rafael Edward Marsh, and "Robert Marsh" Robert Marsh Vale."""
    found = {j for _, j, _ in pairs}
    if not any(person.parts[j] in person.family for j in found) and not _in_order(pairs):
        return Kind.CONFLICT
    is_second = 0 not in found and person.parts[0] not in person.family
    return Kind.MIDDLE_DIFFERS if is_second and any(likeness < _CERTAIN for *_, likeness in pairs) else Kind.SHORTER


def _is_turned_and_altered(mention: Name, person: Name, pairs: Pairs) -> bool:
    """Whether two names in one alphabet have their parts in another order, and not the same parts: "Tom Marsh" and "Marsha Thomas".

    A name that has its surname first by custom may be turned round by others, and spelt otherwise.
    """
    if mention.is_latin != person.is_latin or len(pairs) == 1 or _in_order(pairs):
        return False
    if any(name.family == name.parts[:1] for name in (mention, person)):
        return False
    return any(likeness < _CERTAIN and len(mention.parts[i]) > 1 < len(person.parts[j]) for i, j, likeness in pairs)


def _other_initials(mention: Name, person: Name) -> bool:
    """Whether both names have nothing but initials in the middle, and not the same: George W. Bush is not George H. W. Bush."""
    ours, theirs = ([part for part in name.parts[1:] if part not in name.family] for name in (mention, person))
    return bool(ours) and ours != theirs and all(len(part) == 1 for part in (*ours, *theirs))


def _alike_but_for_one(pairs: Pairs, apart: Apart) -> float:
    """How alike the one part is that differs between two names that are the same otherwise, from `_ALIKE` to 1; 0 where it is less or more.

    Two given names that differ are two people, however they are spelt.
    """
    left, right = apart
    if len(left) != 1 or len(right) != 1 or any(likeness < _CERTAIN for *_, likeness in pairs):
        return 0.0
    (_, one), (_, other) = left[0], right[0]
    if min(len(one), len(other)) < 3 or (is_given_name(one) and is_given_name(other)):  # noqa: PLR2004
        return 0.0
    return OSA.normalized_similarity(one, other, score_cutoff=_ALIKE)


def _kind_of_bare(found: Sequence[str], parts: Sequence[str], family: Sequence[str]) -> Kind:
    """The same for a surname or a given name alone, of which *found* are the parts among all *parts* of a person's name."""
    if any(part in family for part in found):
        return Kind.SURNAME
    return Kind.GIVEN if parts[0] in found or parts[-1] in found else Kind.PARTIAL


@lru_cache(maxsize=1 << 11)
def agree(mention: Name, person: Name) -> Agreement:
    """How well a name in the text fits one name of the KB.

    >>> agree(parse("Bill Gates"), parse("William Henry Gates")).kind.value
    'shorter'
    >>> agree(parse("Taras Kozak"), parse("Dmitry Kozak")).kind.value
    'conflict'
    >>> agree(parse("Kozak"), parse("Dmitry Kozak")).kind.value
    'surname'

    What is written in Cyrillic letters may stand in a grammatical case: then the best of its nominatives counts, a little less.
    """
    best = _agree(mention, person)
    if mention.is_latin:
        return best
    for form in base_forms(mention):
        found = _agree(form, person)
        if found.score * _INFLECTED > best.score:
            best = replace(found, score=found.score * _INFLECTED, likeness=found.likeness * _INFLECTED)
    return best


def _agree(mention: Name, person: Name) -> Agreement:
    """The same for a name as it is written."""
    if mention.suffix and person.suffix and mention.suffix != person.suffix:
        return Agreement(Kind.CONFLICT, _SCORES[Kind.CONFLICT], person.text)
    numbered = mention.suffix not in {"", "jr", "sr"}
    suffix = 1.0 if mention.suffix == person.suffix else _NUMBER_MISSING if numbered else _SUFFIX_MISSING
    if person.is_regnal and len(mention.parts) == 1 and not mention.suffix:  # "Henry", who may be any of that name
        likeness = part_similarity(mention.parts[0], person.parts[0])
        kind = Kind.SURNAME if likeness >= _SAME_PART else Kind.NONE
        return Agreement(kind, _SCORES[kind] * likeness, person.text, likeness)
    if mention.is_regnal and person.is_regnal and _of_other_realms(mention.text, person.text):
        suffix = _OTHER_REALM
    if "".join(mention.parts) == "".join(person.parts):  # "Jongun" and "Jong-un"
        return Agreement(Kind.SAME, suffix, person.text, suffix)
    if len(mention.parts) == 1 < len(mention.parts[0]) and mention.is_latin == person.is_latin and not mention.is_regnal:
        return _agree_bare(mention, person, suffix)
    if mention.is_latin != person.is_latin and len(mention.parts) != len(person.parts) and (likeness := _sounds_whole(mention, person)):
        return Agreement(Kind.SAME, likeness * suffix, person.text, likeness * suffix)
    pairs, apart = _pair(mention, person)
    if not pairs:
        return Agreement(Kind.NONE, 0.0, person.text, 0.0)
    kind = _kind(mention, person, pairs, apart)
    each = [likeness for _, _, likeness in pairs]
    likeness = suffix * (min(each) if _are_heard(mention, person) else sum(each) / len(each))
    if kind is Kind.CONFLICT and (alike := _alike_but_for_one(pairs, apart)):
        kind, likeness = Kind.MISSPELT, suffix * alike
    return Agreement(kind, _SCORES[kind] * likeness, person.text, likeness, len(person.parts) - len(pairs))


def _agree_bare(mention: Name, person: Name, suffix: float) -> Agreement:
    """The same for a name of one part that is no initial. *suffix* is what the suffixes make of the likeness."""
    kind, likeness = _of_bare(mention.parts[0], person.parts, person.family)
    if kind is Kind.NONE:
        return Agreement(kind, 0.0, person.text, 0.0)
    likeness *= suffix
    return Agreement(kind, _SCORES[kind] * likeness, person.text, likeness, len(person.parts) - 1)


def _of_bare(part: str, parts: Sequence[str], family: Sequence[str]) -> tuple[Kind, float]:
    """How a name of one part agrees with another of these *parts*, and how alike the two parts are that make the one pair there is."""
    likeness, found = 0.0, ""
    for other in (part,) if part in parts else parts:
        like = part_similarity(part, other) if len(other) > 1 else 0.0
        if like > likeness:
            likeness, found = like, other
    if likeness < _SAME_PART:
        return Kind.NONE, 0.0
    return Kind.SAME if len(parts) == 1 else _kind_of_bare((found,), parts, family), likeness


def _of_other_realms(one: str, other: str) -> bool:
    """Whether two names of kings both say of what, and share no word of it."""
    realms = [set(fold(text).split()[2:]) for text in (one, other)]
    return all(realms) and realms[0].isdisjoint(realms[1] - _BEFORE_A_REALM)


_BEFORE_A_REALM = frozenset("of the de von van zu king queen emperor empress duke duchess count countess prince princess grand".split())


@lru_cache(maxsize=1 << 13)  # the people of many articles: news comes back to the same
def best_agreement(mention: Name, names: tuple[str, ...]) -> Agreement:
    """The best `agree` of *mention* with the names of one person; of equals the first.

    A bare surname among a person's aliases is passed over when a full name is looked for: "Anna Taylor" is no better a match for the alias
    "Taylor" than for "Edward Taylor".
    """
    return best_of(mention, [parse(name) for name in names])


def best_of(mention: Name, known: Sequence[Name]) -> Agreement:
    """The same for the *known* names of one person, of whom there is at least one."""
    if len(known) == 1:
        return agree(mention, known[0])
    compared = known
    if mention.is_full and 0 < len(full := [name for name in known if name.is_full]) < len(known):
        parts = {part for name in full for part in name.parts}
        compared = [name for name in known if name.is_full or name.parts[0] not in parts]
    compared = _of_one_alphabet(mention, compared)
    best, called = agree(mention, compared[0]), compared[0]
    for name in compared[1:]:
        if best.score >= 1.0:
            break
        agreement = agree(mention, name)
        if agreement.score > best.score:
            best, called = agreement, name
    if best.kind in {Kind.SAME, Kind.SHORTER} and best.score < 1.0 and _is_called_otherwise(mention, called, compared):
        return replace(best, kind=Kind.MIDDLE_DIFFERS, score=_SCORES[Kind.MIDDLE_DIFFERS] * best.likeness)
    return best


def _is_called_otherwise(mention: Name, called: Name, known: Sequence[Name]) -> bool:
    """Whether a *mention* fits but a form of a name, or not its ends, that somebody has who is *known* by another given name.

    Jeff Marsh, who is also known as Jeffrey Scott Marsh, is hardly called Scott Marsh, and Pat Marsh, or William Marsh, hardly Bill.
    """
    full = [name for name in known if name.is_full and is_given_name(name.parts[0]) and name.family == called.family]
    otherwise = [name.parts[0] for name in full if mention.is_full and agree(mention, name).kind is Kind.CONFLICT]
    if not otherwise:
        return False
    pairs, _ = _pair(mention, called)
    if not {called.parts[j] for _, j, _ in pairs}.issuperset((called.parts[0], *called.family)):
        return True
    return any(likeness < 1.0 for *_, likeness in pairs) and any(
        part_similarity(given, called.parts[0]) < _SAME_PART for given in otherwise
    )


def is_another(mention: Name, parts: Sequence[str]) -> bool:
    """Whether a name of these folded *parts*, its surname last, surely contradicts a full *mention*, both in Latin letters.

    A bound that takes a fraction of the time of `agree`: at most one part is the same and none of the others is alike, which `agree` calls
    a conflict or nothing at all. False says nothing: initials, names of one part and those that a particle may begin are left to `agree`.

    >>> is_another(parse("Dmitry Orlov"), ["taras", "orlov"]), is_another(parse("Dmitry Orlov"), ["dmitri", "orlov"])
    (True, False)
    """
    mine = mention.parts
    rest = [part for part in mine if part not in parts]
    others = [part for part in parts if part not in mine]
    if not rest or not others or len(mine) - len(rest) > 1 or mine[0] in GIVEN_OR_PARTICLE or "".join(mine) == "".join(parts):
        return False
    for part in rest:
        for other in parts:
            if len(part) == 1 or len(other) == 1 or part_similarity(part, other) >= _SAME_PART:
                return False
    return len(rest) > 1 or len(others) > 1 or OSA.normalized_similarity(rest[0], others[0], score_cutoff=_ALIKE) == 0.0


def score_of_bare(part: str, known: Sequence[str]) -> float | None:
    r"""The score of the best agreement of a name of one folded *part* with the *known* names of one person, as `parsing.written` has them.

    What `best_of` gives, in a fraction of its time. None where it takes that to tell: for an initial, and where a name is in another
    alphabet or has more to it than parts.

    >>> score_of_bare("kozak", ["dmitry kozak", "dmitry nikolaevich kozak"]), score_of_bare("kozak", ["dmitry kozak\t,jr,,"])
    (0.8, None)
    """
    if len(part) == 1 or any("\t" in line for line in known):
        return None
    best = 0.0
    for line in known:
        parts = line.split(" ")
        kind, likeness = (Kind.SAME, 1.0) if "".join(parts) == part else _of_bare(part, parts, parts[-1:])
        best = max(best, _SCORES[kind] * likeness)
    return best


def is_called(name: Name, names: tuple[str, ...]) -> bool:
    """Whether a full *name* is one of the *names* of a person, or a transliteration or an abbreviation of one; not Bill for Will."""
    agreement = best_agreement(name, names)
    return agreement.kind in ONE_PERSON | {Kind.INITIAL} and agreement.likeness > _FORM_OF


def _of_one_alphabet(mention: Name, known: Sequence[Name]) -> Sequence[Name]:
    """For a *mention* in Latin letters, the *known* names in these, and those that are the same letter by letter; all where there are none.

    What only sounds alike in another alphabet is no match for somebody who is called otherwise in this one.
    """
    if not mention.is_latin or not any(name.is_latin for name in known):
        return known
    return [name for name in known if name.is_latin or name.parts == mention.parts]


def read_as(agreement: Agreement) -> Agreement:
    """The agreement of a name that was read as another form of it, which a list of names says it is: a little less."""
    return replace(agreement, score=agreement.score * _READ_AS, likeness=agreement.likeness * _READ_AS)
