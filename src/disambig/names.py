"""Names of people as pure text: folding, parts, titles, and how well two names agree.

`parse` turns a written name into a `Name`; `agree` compares a name in a text with a name of the KB, part by part and whatever their order
("Orbán Viktor" and "Viktor Orbán" are the same), and says what kind of agreement it is. Nothing here knows a knowledge base.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from functools import lru_cache
from importlib.resources import files

from anyascii import anyascii
from rapidfuzz.distance import OSA

from disambig.cases import nominatives
from disambig.han import readings

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

GIVEN_OR_PARTICLE = frozenset({"al", "ben", "van"})
"""What may be either at the head of a name: "Al Gore", but "Al Thani"; "Van Morrison", but "Van Gaal"."""

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
    (needs.split(), re.compile(pattern), letters)
    for needs, pattern, letters in (
        # Transliterations of one sound, longest first; the letters on the right are only compared with each other. A pattern is looked for
        # where one of the letters stands that it *needs*: most do not stand in most names.
        ("mc", r"^mc", "mak"),
        ("hs x", r"^hs|^x", "s"),
        ("shch szcz sch", r"shch|szcz|schtsch", "sc"),
        ("dj dzh", r"dj|dzh", "j"),
        ("tsch tch cz tsh", r"tsch|tch|cz|tsh", "c"),
        ("ch", r"(?<!s)ch(?=[lmnr])", "k"),
        ("ch", r"ch(?=[aeiouy]|$)", "c"),
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


_PATRONYMIC = re.compile(r"(?:[oe]v|y?ev)(?:[iy]ch|na)$|ich?na$")  # Nikolaevich, Nikolaevna, Ilyinichna
_RANK = re.compile(r"\b(?:\d+(?:st|nd|rd|th)|Bt\.?|Baron(?:et|ess)?|Earl|Viscount|Marquess|Duke)\b")


_NUMBERS = frozenset({"I", "V", "X"})  # of one letter, which as a capital at the end of a name is no initial
_REGNAL = re.compile(r"(\s*\S+(?:\s\S+){0,3}\s[IVX]+)(?:\s+(?:of|the|de|van|von|zu)\s.*)?\s*$")  # after the number comes a realm
_BRACKETS = re.compile(r"(?<=\w)\s*[(（][^)）]*[)）]?\s*$")  # "Jan Navrátil (politik)"; but "Jan (Honza) Navrátil" has both names
_OTHER_ALPHABET = re.compile(r"(?![\u1e00-\u1eff\u2c60-\u2c7f\ua720-\ua7ff\uff00-\uffef])[\u0370-\U0010ffff](?<=\w)")


_ABBREVIATED = re.compile(r"^(?:[دمأ]|मा|डा|डॉ|श्री)\s*\.\s*")  # Dr, engineer, professor; the Honourable, Dr, Mr in Hindi and Nepali
_HAS_DIGRAPHS = re.compile(r"[\u0370-\u03ff\u05d0-\u05ea\u0900-\u0dff]")
_AS_HEARD = tuple(
    (re.compile(pattern, re.IGNORECASE), letters)
    for pattern, letters in (
        # What stands for another sound in names than letter by letter: in Greek, …
        ("μπ", "b"),
        ("ντ", "d"),
        ("γκ|γγ", "g"),
        ("τζ", "dzh"),
        ("ο[υύ]", "u"),
        # … in Hebrew with a geresh, and where a letter is a vowel, …
        ("ג['׳’]", "j"),
        ("[צץ]['׳’]", "tch"),
        ("ז['׳’]", "zh"),
        ("וו", "w"),
        (r"(?<=\w)ו", "w"),
        # … and where India's scripts have one letter for what is ch, in Tamil s.
        ("[चচਚચଚచಚചච]", "ch"),
        ("ச(?!்ச)", "s"),
    )
)
_ARTICLE = re.compile(r"(?<!\w)ال(?=\w{3})")  # Arabic writes it together with the word
_HANGUL = re.compile(r"^([\uac00-\ud7a3])\s?([\uac00-\ud7a3]{1,2})$")
_KOREAN = dict(
    zip(
        "김이박최정강조윤장임한오서신권황안송류유전홍고문양손배백허남심노하곽성차주우구민진나지"
        "엄채원천방공현함염변추도석선설마길위표명기반",
        "kim lee park choi chung kang cho yoon chang lim han oh seo shin kwon hwang ahn song ryu yoo jeon hong ko moon yang son bae baek "
        "huh nam shim roh ha kwak sung cha joo woo koo min jin na ji eom chae won chun bang kong hyun ham yeom byun choo do seok sun "
        "seol ma kil wi pyo myung ki ban".split(),
        strict=True,
    )
)
"""The commonest Korean surnames, as those who bear them write them in Latin letters; one syllable, in front of the given name."""


@dataclass(frozen=True, slots=True)
class Name:
    """A name taken apart. Parts are folded: lower case, plain Latin letters."""

    text: str
    parts: tuple[str, ...]  # in the order written; hyphenated ones apart; titles, particles and suffix left out
    family: tuple[str, ...]  # those of the parts that are the surname, as far as the form tells
    suffix: str = ""  # "jr", "sr", "ii", …
    gender: str = ""  # what the title before the name tells
    is_latin: bool = True  # False: written in another alphabet

    def __hash__(self) -> int:
        """The text's: it tells one name from another, and a text remembers its hash."""
        return hash(self.text)

    @property
    def is_regnal(self) -> bool:
        """One name and a number: "Henry VIII"."""
        return len(self.parts) == 1 and self.suffix not in {"", "jr", "sr"}

    @property
    def is_full(self) -> bool:
        """A given name or an initial stands beside the surname, or the number of a king or pope."""
        return len(self.parts) > len(self.family) or self.is_regnal


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
_SYLLABLES = 4  # a name of more parts is written in one word by no alphabet
_CHINESE = 3  # syllables of most Chinese and Korean names
_SYLLABLE = re.compile(r"[bcdfghj-np-tv-z]{0,3}[aeiouwy]{1,3}(?:ng|nh|[nmptkhlrd])?|ng")  # one of theirs in Latin letters
_SUFFIX_MISSING = 0.97  # "Jr" on one side only: a little less than the same
_NUMBER_MISSING = 0.8  # "Charles VI" in the text and plain Charles in the record: a good deal less


# What is no letter or digit becomes a blank, but for the apostrophes and quotes, which go.
_FOLDED = {code: None if chr(code) in "'`\"" else " " for code in range(128) if not chr(code).isalnum()}


@lru_cache(maxsize=1 << 15)
def fold(text: str) -> str:
    """*text* in lower case and plain Latin letters, apostrophes dropped, other marks as blanks.

    >>> fold("Дмитрий Ко́зак"), fold("O’Brien"), fold("Jean-Luc")
    ('dmitriy kozak', 'obrien', 'jean luc')
    """
    latin = text if text.isascii() else anyascii(text.replace("ə", "a").replace("Ə", "A"))  # as Azerbaijan's passports do
    return " ".join(latin.lower().translate(_FOLDED).split())


def is_honorific(word: str) -> bool:
    """Whether *word* is a title of courtesy, rank or office that may stand before a name."""
    return fold(word) in _GENDER_OF


def gender_of_honorific(word: str) -> str:
    """Whether a title says "male" or "female"; "" where it does not tell.

    >>> gender_of_honorific("Mrs."), gender_of_honorific("Dr")
    ('female', '')
    """
    return _GENDER_OF.get(fold(word), "")


@lru_cache(maxsize=1 << 13)
def parse(text: str) -> Name:
    """Take a written name apart.

    >>> parse("Gen. Ludwig van der Berg Jr.")
    Name(text='Gen. Ludwig van der Berg Jr.', parts=('ludwig', 'berg'), family=('berg',), suffix='jr', gender='', is_latin=True)
    >>> parse("Xi Jinping").family, parse("Costa, Ana").parts
    (('xi',), ('ana', 'costa'))
    """
    is_latin = text.isascii() or not _OTHER_ALPHABET.search(text)
    before, comma, after = (_BRACKETS.sub("", text) if "(" in text or "（" in text else text).partition(",")
    if found := _REGNAL.match(before):  # "Henry VIII of England", "Christian III, Count Palatine of …"
        before, comma, after = found.group(1), "", ""
    if comma and _RANK.search(after):  # "…, 1st Baron Harlech"
        comma, after = "", ""
    turned = f"{after} {before}" if comma and fold(after) and fold(after) not in SUFFIXES else f"{before} {after}"
    if not is_latin:
        turned = _ARTICLE.sub("", _ABBREVIATED.sub("", _HANGUL.sub(_korean, turned.strip())))
        if _HAS_DIGRAPHS.search(turned):
            for pattern, letters in _AS_HEARD:
                turned = pattern.sub(letters, turned)
    words = [(fold(word), word) for word in turned.split()]
    words = [(folded, word) for folded, word in words if folded]
    gender = ""
    while len(words) > 1 and words[0][0] in _GENDER_OF:
        gender = gender or _GENDER_OF.get(words[0][0], "")
        words = words[1:]
    suffix = ""
    while len(words) > 1 and (words[-1][0] in SUFFIXES or words[-1][1] in _NUMBERS):
        suffix = SUFFIXES.get(words[-1][0], words[-1][0])
        words = words[:-1]
    core = [
        kept
        for number, (folded, word) in enumerate(words)
        if (kept := [part for part in folded.split() if not _is_particle(part, word, first=number == 0)])
    ] or [folded.split() for folded, _ in words]
    parts = tuple(part for piece in core for part in piece)
    if not parts:
        part = fold(text) or text.strip().lower() or "?"
        return Name(text, (part,), (part,), suffix, gender, is_latin)
    first_is_family = not comma and 1 < len(core) <= 3 and _begins_with_family(core)  # noqa: PLR2004
    return Name(text, parts, tuple(core[0] if first_is_family else core[-1]), suffix, gender, is_latin)


def _begins_with_family(core: Sequence[Sequence[str]]) -> bool:
    """Whether the first of two or three words is the surname: in East Asia, and before a given name and a patronymic."""
    if len(core) > 2 and _PATRONYMIC.search(core[-1][-1]) and is_given_name(core[1][0]):  # noqa: PLR2004
        return not is_given_name(core[0][0])
    if len(core[0]) > 1 or core[0][0] not in FAMILY_FIRST or core[-1][-1] in FAMILY_FIRST:
        return False
    return sum(map(len, core)) > 2 or not is_given_name(core[0][0])  # noqa: PLR2004 -- "Lee Davis"


def _korean(found: re.Match[str]) -> str:
    """A Korean name of three syllables as surname and given name."""
    surname, given = found.groups()
    return f"{_KOREAN.get(surname, surname)} {given}"


def _is_particle(part: str, word: str, *, first: bool) -> bool:
    """Whether a folded part of *word* carries no weight; "D." is an initial, and a name may begin with the given name "Al" or "Van"."""
    if part not in PARTICLES:
        return False
    if len(part) == 1:
        return word.islower() and "." not in word
    return not (first and part in GIVEN_OR_PARTICLE and word[:1].isupper() and "-" not in word)


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
_SOFT = re.compile(r"g(?=[eiy])|d?zh")  # "Nigel", which is Найджел, and "Жан", which is Jean
_MUTE = re.compile(r"^w(?=r)|(?<=.)gh(?=t|$)|(?<=[aeo]u)x$")  # Wright, Kayleigh, Roux
_HALF_VOWEL = re.compile(r"(?<=.)w")
_VOWELS = frozenset("aeiou")
_SILENT = re.compile(r"(?<=.)[aeiouh]+")
_TWICE = re.compile(r"(.)\1+")


@lru_cache(maxsize=1 << 15)
def sounds(part: str) -> str:
    """The classes of the consonants of a folded part: what is left of a name that goes through another alphabet.

    Vowels go, as Arabic and Hebrew do not write them, and a w that is not the first letter is taken for one; b, p, f and v are one letter,
    as are k, g and h; s, z and c; d and t; l and r, which goes at the end, where Japanese has it no more. Before v and w were told apart,
    the classes were the same in 0.75 to 0.92 of the parts of 10,000 names of members of parliaments whose aliases are in Cyrillic, Arabic,
    Katakana, Hebrew and Armenian letters.

    >>> sounds("alexander"), sounds("arekusanda"), sounds(fold("Пауэлл")), sounds("powell")
    ('lksnt', 'lksnt', 'b', 'b')
    """
    return _consonant_classes(_spoken(part))


@lru_cache(maxsize=1 << 15)
def _spoken(part: str) -> str:
    """The skeleton of a folded part without its mute letters, in which a w is a vowel, as where Arabic and Hebrew write it."""
    if "gh" in part or part[0] == "w" or part[-1] == "x":
        part = _MUTE.sub("", part)
    return skeleton(_HALF_VOWEL.sub("u", part) if "w" in part else part)


def _consonant_classes(spelt: str) -> str:
    """The classes of the consonants of a skeleton."""
    classes = each_letter_once(_SILENT.sub("", spelt).translate(_CLASSES)).removesuffix("l")
    return classes[1:] if classes[:1] in _VOWELS else classes


@lru_cache(maxsize=1 << 15)
def heard(part: str) -> tuple[str, ...]:
    """The `sounds` of a folded part: several where a g or zh may be another alphabet's j, or a w its v.

    >>> heard("zhan"), heard("jean")
    (('sn', 'n'), ('n',))
    """
    ways = [part]
    if _SOFT.search(part):
        ways.append(_SOFT.sub("j", part))
    if _HALF_VOWEL.search(part):
        ways.append(_HALF_VOWEL.sub("v", part))
    return tuple(dict.fromkeys(map(sounds, ways)))


@lru_cache(maxsize=1)
def _given_name_lines() -> list[list[str]]:
    """The groups of `given_names.txt`: folded names that are forms of one."""
    lines = files("disambig").joinpath("given_names.txt").read_text(encoding="utf-8").splitlines()
    return [line.split() for line in lines if not line.startswith("#")]


@lru_cache(maxsize=1)
def _given_name_groups() -> dict[str, frozenset[int]]:
    """The groups that a folded name stands in, by their places."""
    groups: dict[str, set[int]] = {}
    for number, names in enumerate(_given_name_lines()):
        for name in names:
            groups.setdefault(name, set()).add(number)
    return {name: frozenset(numbers) for name, numbers in groups.items()}


def same_given_name(one: str, other: str) -> bool:
    """Whether two folded given names are forms of one name: nicknames, other languages.

    >>> same_given_name("bill", "william"), same_given_name("dmytro", "dmitri"), same_given_name("taras", "dmitri")
    (True, True, False)
    """
    groups = _given_name_groups()
    return one in groups and other in groups and not groups[one].isdisjoint(groups[other])


def given_names() -> Iterable[str]:
    """All folded given names that `given_names.txt` knows."""
    return _given_name_groups().keys()


def is_given_name(part: str) -> bool:
    """Whether a folded part is a given name that `given_names.txt` knows."""
    return part in _given_name_groups()


def is_diminutive(part: str, name: str) -> bool:
    """Whether a folded part is the pet form of a given name, made by an ending: usually the younger of two who share the name.

    >>> is_diminutive("tomasito", "tomas"), is_diminutive("tomas", "tomasito")
    (True, False)
    """
    return part != name and part.startswith(name) and part[len(name) :] in _DIMINUTIVES


def is_feminised(part: str, surname: str) -> bool:
    """Whether a folded part is a *surname* in the form that Czech and Slovak give it for a woman.

    >>> is_feminised("jacksonova", "jackson"), is_feminised("kralova", "krak")
    (True, False)
    """
    return part.endswith("ova") and part.removesuffix("ova") == surname


@lru_cache(maxsize=1 << 14)
def given_name_forms(part: str) -> tuple[str, ...]:
    """The other forms of a folded given name, sorted; empty where none is known.

    >>> given_name_forms("oleh")
    ('oleg',)
    """
    forms = {name for number in _given_name_groups().get(part, ()) for name in _given_name_lines()[number]} - {part}
    forms |= {part.removesuffix(ending) for ending in _DIMINUTIVES if part.endswith(ending) and len(part) - len(ending) > 3}  # noqa: PLR2004
    return tuple(sorted(forms))


@lru_cache(maxsize=1 << 15)
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
    shorter, longer = (one, other) if len(one) <= len(other) else (other, one)
    if len(shorter) < 4:  # noqa: PLR2004
        return 0.0
    if longer.startswith(shorter):
        if is_diminutive(longer, shorter) or is_feminised(longer, shorter):
            return 0.9
        if len(shorter) >= 5 and len(longer) - len(shorter) > 2:  # noqa: PLR2004
            return 0.0  # "Rose" is not "Rosenberg"
    spelt = max(
        OSA.normalized_similarity(one, other, score_cutoff=0.7), OSA.normalized_similarity(skeleton(one), skeleton(other), score_cutoff=0.7)
    )
    return 0.95 * spelt if one[0] == other[0] or spelt >= 0.85 else 0.0  # noqa: PLR2004


Pairs = list[tuple[int, int, float]]  # part of one name, part of the other, how alike
Apart = tuple[list[tuple[int, str]], list[tuple[int, str]]]  # the parts of both names that are no part of the other, with their places


def _sound_similarity(one: str, other: str) -> float:
    """How alike two folded parts are that come from different alphabets, 0 to 1."""
    spelt = max(
        OSA.normalized_similarity(skeleton(one), skeleton(other)),
        OSA.normalized_similarity(skeleton(_SOFT.sub("j", one)), skeleton(_SOFT.sub("j", other))),
    )
    if shared := set(heard(one)).intersection(heard(other)):  # one sound alone is shared by many, none by more: "David", "Dada"
        return 0.8 + 0.15 * spelt if len(max(shared, key=len)) > 1 else 0.67 + 0.25 * spelt if any(shared) or spelt >= 0.5 else 0.0  # noqa: PLR2004
    near = OSA.normalized_similarity(sounds(one), sounds(other))
    return 0.76 + 0.1 * spelt if near >= 0.75 and spelt >= 0.5 else 0.0  # noqa: PLR2004


def _may_be_one_word(mention: Name, person: Name) -> bool:
    """Whether one of two names is written in a single word, or in Korean letters, whose words are parsed apart."""
    counts = {len(mention.parts), len(person.parts)}
    return len(counts) > 1 and (
        1 in counts or any(_HANGUL.match(name.text) or read_aloud(name.text) for name in (mention, person) if not name.is_latin)
    )


def _sounds_whole(mention: Name, person: Name) -> float:
    """How alike two names are that sound the same, one of them written in a single word: "김무성" and "Kim Moo Sung"; else 0."""
    if whole_sounds(mention).isdisjoint(whole_sounds(person)):
        return 0.0
    names = [["".join(sorted(map(_spoken, form.parts))) for form in (name, *read_aloud(name.text))] for name in (mention, person)]
    return 0.76 + 0.12 * max(OSA.normalized_similarity(one, other) for one in names[0] for other in names[1])


def whole_sounds(name: Name) -> frozenset[str]:
    """The sounds of all parts of *name* together, as written and with the last part first; none where one is an initial.

    Those of a name in Chinese characters are of all that it may be read as; of "Jenny Lam Kin Fung" the Chinese name alone counts too.
    """
    found = _sounds_together(name.parts)
    if not name.is_latin:
        return found | _sounds_read(name.text)
    if len(name.parts) > _CHINESE and all(map(_SYLLABLE.fullmatch, name.parts[-_CHINESE:])):
        return found | _sounds_together(name.parts[-_CHINESE:])
    return found


@lru_cache(maxsize=1 << 12)
def _sounds_read(text: str) -> frozenset[str]:
    """The sounds of all that a name in Chinese characters may be read as."""
    return frozenset(sounding for form in read_aloud(text) for sounding in _sounds_together(form.parts))


def _sounds_together(parts: Sequence[str]) -> frozenset[str]:
    """The sounds of *parts* in one word, and of the last one before the others."""
    if len(parts) > _SYLLABLES or min(map(len, parts)) == 1:
        return frozenset()
    spelt = [_spoken(part) for part in parts]
    return frozenset({_consonant_classes("".join(spelt)), _consonant_classes("".join((spelt[-1], *spelt[:-1])))})


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
    like = _likeness_across if mention.is_latin != person.is_latin else part_similarity
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


@lru_cache(maxsize=1 << 14)
def _likeness_across(one: str, other: str) -> float:
    """How alike two folded parts of different alphabets are, 0 to 1, in letters or in sounds."""
    return max(part_similarity(one, other), _sound_similarity(one, other))


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
        by_initial = any((len(mention.parts[i]) == 1) != (len(person.parts[j]) == 1) for i, j, _ in pairs)
        return Kind.INITIAL if by_initial else Kind.SAME
    if not mention.is_full:
        return _kind_of_bare(mention, person, pairs)
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
        return Kind.SHORTER
    return Kind.FULLER if len(pairs) > 1 else Kind.PARTIAL


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


def _kind_of_bare(mention: Name, person: Name, pairs: Pairs) -> Kind:
    """The same for a surname or a given name alone; a double surname must be there whole."""
    if len(pairs) < len(mention.parts):
        return Kind.PARTIAL
    found = [person.parts[j] for _, j, _ in pairs]
    if any(part in person.family for part in found):
        return Kind.SURNAME
    return Kind.GIVEN if person.parts[0] in found or person.parts[-1] in found else Kind.PARTIAL


@lru_cache(maxsize=1 << 13)
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


def base_forms(name: Name) -> tuple[Name, ...]:
    """The nominatives that a name in Cyrillic letters may be a case of, and what one in Chinese characters is read as; none for others.

    >>> [form.parts for form in base_forms(parse("Козаком"))], base_forms(parse("金完洙"))[1].parts
    ([('kozak',)], ('kam', 'uen', 'chue'))
    """
    return () if name.is_latin else (*(parse(form) for form in nominatives(name.text)), *read_aloud(name.text))


@lru_cache(maxsize=1 << 12)
def read_aloud(text: str) -> tuple[Name, ...]:
    """The names that a name in Chinese characters may be read as, see `han.readings`; none for what is written in others."""
    read = readings(text)
    return tuple(
        parse(one.parts[0])
        if one.parts[0] > "\u1100"  # Korean letters
        else Name(text, one.parts, one.parts[-1:] if one.is_foreign else one.parts[:1], is_latin=False)
        for one in read
    )


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
    if "".join(mention.parts) == "".join(person.parts):  # "Jongun" and "Jong-un"
        return Agreement(Kind.SAME, suffix, person.text, suffix)
    if mention.is_latin != person.is_latin and _may_be_one_word(mention, person) and (likeness := _sounds_whole(mention, person)):
        return Agreement(Kind.SAME, likeness * suffix, person.text, likeness * suffix)
    pairs, apart = _pair(mention, person)
    if not pairs:
        return Agreement(Kind.NONE, 0.0, person.text, 0.0)
    kind = _kind(mention, person, pairs, apart)
    likeness = suffix * sum(likeness for _, _, likeness in pairs) / len(pairs)
    if kind is Kind.CONFLICT and (alike := _alike_but_for_one(pairs, apart)):
        kind, likeness = Kind.MISSPELT, suffix * alike
    return Agreement(kind, _SCORES[kind] * likeness, person.text, likeness, len(person.parts) - len(pairs))


@lru_cache(maxsize=1 << 13)
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
    full = [name for name in known if name.is_full]
    if mention.is_full and 0 < len(full) < len(known):
        parts = {part for name in full for part in name.parts}
        compared = [name for name in known if name.is_full or name.parts[0] not in parts]
    compared = _of_one_alphabet(mention, compared)
    best = agree(mention, compared[0])
    for name in compared[1:]:
        if best.score >= 1.0:
            break
        agreement = agree(mention, name)
        if agreement.score > best.score:
            best = agreement
    return best


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


def written(name: Name) -> str:
    """What `read` makes a parsed name of again, beside its text: its parts, and after a tab what is not as it mostly is."""
    count = len(name.family)
    where = "" if count == 1 and name.parts[-1:] == name.family else f"{'' if name.parts[-count:] == name.family else '-'}{count}"
    more = ",".join((where, name.suffix, name.gender, "" if name.is_latin else "0"))
    return " ".join(name.parts) + (f"\t{more}" if more != ",,," else "")


def read(text: str, line: str) -> Name:
    """The parsed name that *line* was `written` of.

    >>> all(read(text, written(parse(text))) == parse(text) for text in ("Ana Costa", "Mr Xi Jinping", "Берг мл.", "Rossi-Bianchi Jr."))
    True
    """
    spelt, tab, more = line.partition("\t")
    parts = tuple(spelt.split(" "))
    if not tab:
        return Name(text, parts, parts[-1:])
    where, suffix, gender, other = more.split(",")
    count = int(where or 1)
    return Name(text, parts, parts[-count:] if count > 0 else parts[:-count], suffix, gender, not other)
