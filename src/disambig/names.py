"""Names of people as pure text: folding, parts, titles, and how well two names agree.

`parse` turns a written name into a `Name`; `agree` compares a name in a text with a name of the KB, part by part and whatever their order
("Orbán Viktor" and "Viktor Orbán" are the same), and says what kind of agreement it is. Nothing here knows a knowledge base.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from importlib.resources import files

from anyascii import anyascii
from rapidfuzz.distance import OSA

HONORIFICS = {
    "": (
        "abbot adm admiral ambassador archbishop ayatollah bishop brig brigadier capt captain cardinal chancellor chief cmdr coach col "
        "colonel commander commissioner comrade corporal councillor cpl deputy detective doctor dr fr gen general gov governor hon "
        "imam inspector judge justice lieutenant lt maestro maj major marshal mayor minister mp officer pastor pope pres president "
        "prime private prof professor rabbi rep representative rev reverend saint secretary sen senator sergeant sgt sheik sheikh "
        "sheriff speaker st superintendent supt"
    ),
    "male": ("baron brother congressman emperor father herr king lord mister monsieur mr prince senor sir tsar"),
    "female": ("baroness congresswoman countess dame duchess empress frau lady madam madame miss mme mrs ms princess queen senora sister"),
}
"""Words that may stand before a name and are no part of it, by the gender that they tell; "" tells none."""

GIVEN_NAME_TITLES = frozenset(
    "king queen prince princess sheikh sheik sir dame emperor empress pope sultan emir tsar saint brother sister don".split()
)
"""Titles that go with a given name alone: "Sheikh Nawaf", "Sir Keith"."""

_GENDER_OF = {word: gender for gender, words in HONORIFICS.items() for word in words.split()}

PARTICLES = frozenset(
    "abu al ap as ash at ben bin bint d da dal de degli dei del della den der di do dos du e el ez ibn la las le les los mac ould san "
    "st t ten ter van vander vom von y za zu zum zur".split()
)
"""Small words inside a surname; they carry no weight when two names are compared, unless nothing else is left."""

_DIMINUTIVES = frozenset(
    {"ito", "ita", "inho", "inha", "ino", "ina", "chik", "ek", "ka", "ko", "cito", "cita", "zinho", "ushka", "ie", "y"}
)

_GIVEN_OR_PARTICLE = frozenset({"al", "ben", "van"})  # "Al Gore", but "Al Thani"; "Van Morrison", but "Van Gaal"

SUFFIXES = {"jr": "jr", "junior": "jr", "sr": "sr", "senior": "sr", "2nd": "ii", "3rd": "iii"} | {
    number: number for number in "ii iii iv vi vii viii ix xi xii xiii xiv xv xvi xvii xviii xix xx xxi xxii xxiii".split()
}
"""Generational suffixes and the numbers of kings and popes, each with the form that it is compared by."""

FAMILY_FIRST = frozenset(
    "ahn an bae ban bui byun cai cao chan chang chao chen cheng cheung chiang cho choi chou chow chu chun chung cui dang deng ding do "
    "dong duong fan fang feng fong fu gao gong gu guo ha hahn han he ho hoang hong hou hsieh hsu hu hua huang huh hui hung hwang jang "
    "jeon jeong ji jia jiang jin jung kang kim ko kong koo kuo kwak kwok kwon lai lam lau le lee leung li liang liao lim lin liu lo "
    "lu luo lyu ma mao meng min mo moon nam ng ngo nguyen noh oh ong pak pan pang park peng pham phan qian qin qiu ren rhee roh ryu "
    "seo shao shen shi shih shin sim so sohn son song su suh sun tan tang tao thieu tian to tong tran trinh truong tsai tsang tse "
    "tsui vo vu wan wang wei wen wong woo wu xi xia xiao xie xu xue yan yang yao ye yen yeo yeung yi yin yip yoo yoon you yu yuan yun "
    "zeng zhai zhang zhao zheng zhong zhou zhu zou".split()
)
"""Common Chinese, Korean and Vietnamese surnames in Latin letters (after the census lists of the three countries): they stand first."""

_SKELETON = tuple(
    (re.compile(pattern), letters)
    for pattern, letters in (
        # Transliterations of one sound, longest first; the letters on the right are only compared with each other.
        (r"shch|szcz|schtsch", "sc"),
        (r"tsch|tch|cz|tsh", "c"),
        (r"ch(?=[aeiouy]|$)", "c"),
        (r"sch|sh|sz", "s"),
        (r"zh|z", "s"),
        (r"kh", "h"),
        (r"ph", "f"),
        (r"dj|dzh", "j"),
        (r"ts|tz", "s"),
        (r"ck|q|c(?=[aouklrt])", "k"),
        (r"x", "ks"),
        (r"w", "v"),
        (r"(?<=.)(oe|oo|ou|ue)", "u"),
        (r"ae|ai|ei|ey|ay", "e"),
        (r"ee|ie|[iyj]+", "i"),
        (r"(?<=[bdgklmnprstvz])h", ""),
        (r"(.)\1+", r"\1"),
    )
)


@dataclass(frozen=True, slots=True)
class Name:
    """A name taken apart. Parts are folded: lower case, plain Latin letters."""

    text: str
    parts: tuple[str, ...]  # in the order written; hyphenated ones apart; titles, particles and suffix left out
    family: tuple[str, ...]  # those of the parts that are the surname, as far as the form tells
    suffix: str = ""  # "jr", "sr", "ii", …
    gender: str = ""  # what the title before the name tells

    @property
    def is_full(self) -> bool:
        """A given name or an initial stands beside the surname."""
        return len(self.parts) > len(self.family)


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
    Kind.CONFLICT: 0.2,
    Kind.NONE: 0.0,
}
_SAME_PART = 0.76  # likeness from which two parts count as the same one, misspelt: one letter in five
_CERTAIN = 0.97  # likeness from which a surname may be a middle part of the other name: the same, or transliterated
_SUFFIX_MISSING = 0.97  # "Jr" on one side only: a little less than the same
_NUMBER_MISSING = 0.8  # "Charles VI" in the text and plain Charles in the record: a good deal less


@lru_cache(maxsize=1 << 16)
def fold(text: str) -> str:
    """*text* in lower case and plain Latin letters, apostrophes dropped, other marks as blanks.

    >>> fold("Дмитрий Ко́зак"), fold("O’Brien"), fold("Jean-Luc")
    ('dmitriy kozak', 'obrien', 'jean luc')
    """
    latin = anyascii(text).lower()
    return " ".join(re.sub(r"[^a-z0-9]+", " ", re.sub(r"['`\"]", "", latin)).split())


def is_honorific(word: str) -> bool:
    """Whether *word* is a title of courtesy, rank or office that may stand before a name."""
    return fold(word) in _GENDER_OF


def gender_of_honorific(word: str) -> str:
    """Whether a title says "male" or "female"; "" where it does not tell.

    >>> gender_of_honorific("Mrs."), gender_of_honorific("Dr")
    ('female', '')
    """
    return _GENDER_OF.get(fold(word), "")


@lru_cache(maxsize=1 << 18)
def parse(text: str) -> Name:
    """Take a written name apart.

    >>> parse("Gen. Ludwig van der Berg Jr.")
    Name(text='Gen. Ludwig van der Berg Jr.', parts=('ludwig', 'berg'), family=('berg',), suffix='jr', gender='')
    >>> parse("Xi Jinping").family, parse("Costa, Ana").parts
    (('xi',), ('ana', 'costa'))
    """
    before, comma, after = text.partition(",")
    turned = f"{after} {before}" if comma and fold(after) and fold(after) not in SUFFIXES else text
    words = [(fold(word), word) for word in turned.split()]
    words = [(folded, word) for folded, word in words if folded]
    gender = ""
    while len(words) > 1 and words[0][0] in _GENDER_OF:
        gender = gender or _GENDER_OF.get(words[0][0], "")
        words = words[1:]
    suffix = ""
    while len(words) > 1 and words[-1][0] in SUFFIXES:
        suffix = SUFFIXES[words[-1][0]]
        words = words[:-1]
    pieces = [folded.split() for folded, _ in words]
    core = [
        kept
        for number, (piece, (_, word)) in enumerate(zip(pieces, words, strict=True))
        if (kept := [part for part in piece if not _is_particle(part, word, first=number == 0)])
    ] or pieces
    parts = tuple(part for piece in core for part in piece)
    if not parts:
        part = fold(text) or text.strip().lower() or "?"
        return Name(text, (part,), (part,), suffix, gender)
    first_is_family = 1 < len(core) <= 3 and core[0][0] in FAMILY_FIRST and core[-1][-1] not in FAMILY_FIRST and not comma  # noqa: PLR2004
    return Name(text, parts, tuple(core[0] if first_is_family else core[-1]), suffix, gender)


def _is_particle(part: str, word: str, *, first: bool) -> bool:
    """Whether a folded part of *word* carries no weight; "D." is an initial, and a name may begin with the given name "Al" or "Van"."""
    if len(part) == 1:
        return part in PARTICLES and word.islower() and "." not in word
    return part in PARTICLES and not (first and part in _GIVEN_OR_PARTICLE and word[:1].isupper() and "-" not in word)


@lru_cache(maxsize=1 << 18)
def skeleton(part: str) -> str:
    """What stays of a folded part when the ways of transliterating it are folded together.

    >>> skeleton("zelenskyy") == skeleton("zelensky") == skeleton("selenskiy")
    True
    >>> skeleton("khrushchev"), skeleton("kuehbauer") == skeleton("kuhbauer")
    ('hruscev', True)
    """
    key = part
    for pattern, letters in _SKELETON:
        key = pattern.sub(letters, key)
    return key or part


@lru_cache(maxsize=1)
def _given_name_groups() -> dict[str, frozenset[int]]:
    """The groups of `given_names.txt` that a folded name stands in."""
    lines = files("disambig").joinpath("given_names.txt").read_text(encoding="utf-8").splitlines()
    groups: dict[str, set[int]] = {}
    for number, line in enumerate(lines):
        for name in () if line.startswith("#") else line.split():
            groups.setdefault(name, set()).add(number)
    return {name: frozenset(numbers) for name, numbers in groups.items()}


def same_given_name(one: str, other: str) -> bool:
    """Whether two folded given names are forms of one name: nicknames, other languages.

    >>> same_given_name("bill", "william"), same_given_name("dmytro", "dmitri"), same_given_name("taras", "dmitri")
    (True, True, False)
    """
    groups = _given_name_groups()
    return bool(groups.get(one, frozenset()) & groups.get(other, frozenset()))


def is_given_name(part: str) -> bool:
    """Whether a folded part is a given name that `given_names.txt` knows."""
    return part in _given_name_groups()


def is_diminutive(part: str, name: str) -> bool:
    """Whether a folded part is the pet form of a given name, made by an ending: usually the younger of two who share the name.

    >>> is_diminutive("tomasito", "tomas"), is_diminutive("tomas", "tomasito")
    (True, False)
    """
    return part != name and part.startswith(name) and part[len(name) :] in _DIMINUTIVES


@lru_cache(maxsize=1 << 16)
def given_name_forms(part: str) -> tuple[str, ...]:
    """The other forms of a folded given name, sorted; empty where none is known.

    >>> given_name_forms("oleh")
    ('oleg',)
    """
    groups = _given_name_groups()
    own = groups.get(part, frozenset())
    forms = {name for name, numbers in groups.items() if numbers & own and name != part} if own else set()
    forms |= {part.removesuffix(ending) for ending in _DIMINUTIVES if part.endswith(ending) and len(part) - len(ending) > 3}  # noqa: PLR2004
    return tuple(sorted(forms))


@lru_cache(maxsize=1 << 18)
def part_similarity(one: str, other: str) -> float:
    """How alike two folded parts are, 0 to 1: the same, the same skeleton, forms of one given name, an initial, or misspelt.

    Misspelling is 1 - (optimal string alignment distance / length of the longer), and needs four letters on both sides; below that a
    different letter is a different name ("Li" and "Lu").
    """
    if one == other:
        return 1.0
    if len(one) == 1 or len(other) == 1:
        return 0.85 if one[0] == other[0] else 0.0
    if skeleton(one) == skeleton(other):
        return 0.97
    if same_given_name(one, other):
        return 0.95
    shorter, longer = sorted((one, other), key=len)
    if len(shorter) < 4:  # noqa: PLR2004
        return 0.0
    if is_diminutive(longer, shorter):
        return 0.9
    if len(shorter) >= 5 and longer.startswith(shorter) and len(longer) - len(shorter) > 2:  # noqa: PLR2004
        return 0.0  # "Rose" is not "Rosenberg"
    spelt = max(
        OSA.normalized_similarity(one, other, score_cutoff=0.7), OSA.normalized_similarity(skeleton(one), skeleton(other), score_cutoff=0.7)
    )
    return 0.95 * spelt if one[0] == other[0] or spelt >= 0.85 else 0.0  # noqa: PLR2004


Pairs = list[tuple[int, int, float]]  # part of one name, part of the other, how alike


def _pair(mention: Name, person: Name) -> Pairs:
    """Which part of one name is which part of the other: the most alike first, each used once.

    An initial stands for a given name, never for a surname, and a first one for a first name: Boris Orlov is not Leonid B. Orlov.
    """
    alike = sorted(
        (-likeness, abs(i - j), i, j)
        for i, part in enumerate(mention.parts)
        for j, other in enumerate(person.parts)
        if (likeness := part_similarity(part, other)) >= _SAME_PART
        and ((len(part) > 1 and len(other) > 1) or part == other or (i == 0) == (j == 0))
        and not (len(part) == 1 and other in person.family and len(other) > 1)
        and not (len(other) == 1 and part in mention.family and len(part) > 1)
    )
    pairs: Pairs = []
    for negative, _, i, j in alike:
        if all(i != used_i and j != used_j for used_i, used_j, _ in pairs):
            pairs.append((i, j, -negative))
    return pairs


def _kind(mention: Name, person: Name, pairs: Pairs) -> Kind:
    """What the pairing of parts says; see `Kind`."""
    left = [part for i, part in enumerate(mention.parts) if all(i != pair[0] for pair in pairs)]
    right = [part for j, part in enumerate(person.parts) if all(j != pair[1] for pair in pairs)]
    if not left and not right:
        by_initial = any((len(mention.parts[i]) == 1) != (len(person.parts[j]) == 1) for i, j, _ in pairs)
        return Kind.INITIAL if by_initial else Kind.SAME
    if not mention.is_full:
        return _kind_of_bare(mention, person, pairs)
    if left == [mention.parts[0]] and left[0] in _GIVEN_OR_PARTICLE:
        return Kind.SHORTER if any(person.parts[j] in person.family for _, j, _ in pairs) else Kind.PARTIAL
    families = [(i, j, likeness) for i, j, likeness in pairs if mention.parts[i] in mention.family]
    if not any(person.parts[j] in person.family or likeness >= _CERTAIN for _, j, likeness in families):
        return Kind.CONFLICT
    if not left:
        return Kind.SHORTER
    if not right:
        return Kind.FULLER if len(pairs) > 1 else Kind.PARTIAL
    if len(pairs) > 1 and any(person.parts[j] in person.family for _, j, _ in families):
        return Kind.MIDDLE_DIFFERS
    return Kind.CONFLICT


def _kind_of_bare(mention: Name, person: Name, pairs: Pairs) -> Kind:
    """The same for a surname or a given name alone; a double surname must be there whole."""
    if len(pairs) < len(mention.parts):
        return Kind.PARTIAL
    found = [person.parts[j] for _, j, _ in pairs]
    if any(part in person.family for part in found):
        return Kind.SURNAME
    return Kind.GIVEN if person.parts[0] in found or person.parts[-1] in found else Kind.PARTIAL


@lru_cache(maxsize=1 << 18)
def agree(mention: Name, person: Name) -> Agreement:
    """How well a name in the text fits one name of the KB.

    >>> agree(parse("Bill Gates"), parse("William Henry Gates")).kind.value
    'shorter'
    >>> agree(parse("Taras Kozak"), parse("Dmitry Kozak")).kind.value
    'conflict'
    >>> agree(parse("Kozak"), parse("Dmitry Kozak")).kind.value
    'surname'
    """
    if mention.suffix and person.suffix and mention.suffix != person.suffix:
        return Agreement(Kind.CONFLICT, _SCORES[Kind.CONFLICT], person.text)
    numbered = mention.suffix not in {"", "jr", "sr"}
    suffix = 1.0 if mention.suffix == person.suffix else _NUMBER_MISSING if numbered else _SUFFIX_MISSING
    if "".join(mention.parts) == "".join(person.parts):  # "Jongun" and "Jong-un"
        return Agreement(Kind.SAME, suffix, person.text, suffix)
    pairs = _pair(mention, person)
    if not pairs:
        return Agreement(Kind.NONE, 0.0, person.text, 0.0)
    kind = _kind(mention, person, pairs)
    likeness = suffix * sum(likeness for _, _, likeness in pairs) / len(pairs)
    return Agreement(kind, _SCORES[kind] * likeness, person.text, likeness, len(person.parts) - len(pairs))


def best_agreement(mention: Name, names: Iterable[str]) -> Agreement:
    """The best `agree` of *mention* with the names of one person; of equals the first.

    A bare surname among a person's aliases is passed over when a full name is looked for: "Anna Taylor" is no better a match for the alias
    "Taylor" than for "Edward Taylor".
    """
    known = [parse(name) for name in names]
    fuller = {part for name in known if name.is_full for part in name.parts}
    compared = [name for name in known if not (mention.is_full and not name.is_full and name.parts[0] in fuller)] or known
    return max((agree(mention, name) for name in compared), key=lambda agreement: agreement.score)
