"""A written name -> a `Name`, taken apart: titles, particles, surname, suffix; and the forms that it may be read as."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from disambig.cases import nominatives
from disambig.han import read_in_korean, readings
from disambig.names.given import is_given_name
from disambig.names.letters import fold
from disambig.names.palladius import in_pinyin

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
_GENDER_ELSEWHERE = {**_GENDER_OF, "ser": "male", "prints": "male", "ledi": "female", "printsessa": "female", "printsesa": "female"}
"""The same of names in other alphabets, transliterated: in Latin letters they may be names."""
PARTICLES = frozenset(
    "abu al ap as ash at ben bin bint d da dal de degli dei del della den der di do dos du e el ez ibn la las le los mac ould san "
    "st t ten ter van vander vom von y za zu zum zur".split()
)
"""Small words inside a surname; they carry no weight when two names are compared, unless nothing else is left."""
GIVEN_OR_PARTICLE = frozenset({"al", "ben", "della", "van", "von"})
"""What may be either at the head of a name: "Al Gore", but "Al Thani"; "Van Morrison", but "Van Gaal"."""
SUFFIXES = {"jr": "jr", "junior": "jr", "sr": "sr", "senior": "sr", "2nd": "ii", "3rd": "iii"} | {
    number: number for number in "ii iii iv vi vii viii ix xi xii xiii xiv xv xvi xvii xviii xix xx xxi xxii xxiii".split()
}
"""Generational suffixes and the numbers of kings and popes, each with the form that it is compared by."""
_LETTERS_AFTER = frozenset(
    "AC AFC AM AO BCL BSc CBE CC CH CMG CNZM CSI CVO DBE DCB DCMG DCVO DFC DLitt DMus DNZM DPhil DSC DSO DSc EdD Esq FAA FBA FMedSci "
    "FRAS FRCP FRCS FREng FRGS FRIBA FRIC FRS FRSA FRSC FRSE FRSL ForMemRS GBE GBM GBS GCB GCIE GCMG GCSI GCVO GNZM HonFRS ISO JD JP KBE "
    "KCB KCIE KCMG KCSI KCVO KC KG KNZM LLB LLD LLM LVO MBA MBBS MBE MC MD MEP MInstP MLA MNZM MP MPP MSP MSc MVO OAM OBE OC OFM OM ONZ "
    "ONZM OP PhD PC QC QSO RA SJ SBS ScD VC".split()
)
"""Letters of orders, degrees and offices after a name, as they are written (after the lists of the United Kingdom and the Commonwealth)."""
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
_PATRONYMIC = re.compile(r"(?:[oe]v|y?ev)(?:[iy]ch|na)$|ich?na$")  # Nikolaevich, Nikolaevna, Ilyinichna
_RANK = re.compile(r"\b(?:\d+(?:st|nd|rd|th)|Bt\.?|Baron(?:et|ess)?|Earl|Viscount|Marquess|Duke)\b")
_NUMBERS = frozenset({"I", "V", "X"})  # of one letter, which as a capital at the end of a name is no initial
_REGNAL = re.compile(r"(\s*\S+(?:\s\S+){0,3}\s[IVX]+)(?:\s+(?:of|the|de|van|von|zu)\s.*)?\s*$")  # after the number comes a realm
_BRACKETS = re.compile(r"(?<=\w)\s*[(（][^)）]*[)）]?\s*$")  # "Jan Navrátil (politik)"; but "Jan (Honza) Navrátil" has both names
_OTHER_ALPHABET = re.compile(r"(?![\u1e00-\u1eff\u2c60-\u2c7f\ua720-\ua7ff\uff00-\uffef])[\u0370-\U0010ffff](?<=\w)")
_DEGREE = re.compile(
    r"(?:[A-Z][A-Za-z]{0,4}\.)+[A-Z]?[A-Za-z]{0,4}|(?:SE|SH|ST|SP|SS|MM|MH|MT|MA|BA|RN|MSi)"  # those that are names elsewhere too
)
_TITLES = re.compile(r"\s*(?:(?:Ir|Dra|Drs|Drg|Hj|K\.?H|M{0,2}Mag|Dipl\.?-?\s?Ing|Ing|Eng|Hr|Mw|Doc)\.\s*)+(?=\w)", re.IGNORECASE)
"""Titles with a dot before names in Indonesia, Germany, Austria, the Netherlands."""
# Dr, engineer, professor in Arabic; the Honourable, Dr, Mr in Hindi and Nepali
_ABBREVIATED = re.compile(r"^(?:(?:[دمأ]|मा|डा|डॉ|श्री)(?:\s*\.\s*|\s+))+")
_HAS_DIGRAPHS = re.compile(r"[\u0370-\u03ff\u05d0-\u05ea\u0622-\u0627\u063a\u0900-\u0dff\u30c3\uc758]")
_INDIC = re.compile(r"[\u0900-\u0dff]")
_AS_HEARD = tuple(
    (re.compile(pattern, re.IGNORECASE), letters)
    for pattern, letters in (
        # What stands for another sound in names than letter by letter: in Greek, …
        ("μπ", "b"),
        ("(?<=[αεηιουωάέήίόύώ])ντ(?=[αεηιουωάέήίόύώρ])", "nt"),
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
        ("ச(?!்)", "s"),
        # … and a nasal that is m before lips, n elsewhere: the anusvara.
        (
            r"[\u0902\u0982\u0a02\u0a82\u0c02\u0c82\u0d82](?![\u092a-\u092e\u09aa-\u09ae\u0a2a-\u0a2e\u0aaa-\u0aae\u0c2a-\u0c2e\u0caa-\u0cae\u0db4-\u0db8])",
            "n",
        ),
        # A vowel that Arabic and Hebrew only hint at, a Japanese consonant that stands twice, a Korean vowel.
        (r"(?<!\w)[اأإآ](?=[حه])|(?<!\w)א(?=[הח])", "a"),
        ("غ", "g"),
        ("ッ", ""),
        ("의", "eui"),
    )
)
_DIGRAPHS = frozenset("ch dz gh kh sh th ts ya ye yo yu zh".split())
"""What is one letter in another alphabet, and so an initial."""
_LETTERS = dict(
    zip(
        "e bi pi si di ti i ep ji ec ai je ke el em en o ku ar es yu vi vai".split(),
        "a b b c d d e f g h i j k l m n o q r s u v y".split(),
        strict=True,
    )
)
"""The names of English letters, as India's scripts spell initials."""
_ELDER = re.compile(r"-(старш|младш|молодш)[а-яіїє]{2,3}$")  # the elder or the younger, in Russian and Ukrainian
_ARTICLE = re.compile(r"(?<!\w)ال(?=\w{3})")  # Arabic writes it together with the word
HANGUL = re.compile(r"^([\u4e00-\u9fff\uac00-\ud7a3])\s?([\uac00-\ud7a3]{1,2})$")
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


def is_honorific(word: str) -> bool:
    """Whether *word* is a title of courtesy, rank or office that may stand before a name."""
    return fold(word) in _GENDER_OF


def gender_of_honorific(word: str) -> str:
    """Whether a title says "male" or "female"; "" where it does not tell.

    >>> gender_of_honorific("Mrs."), gender_of_honorific("Dr")
    ('female', '')
    """
    return _GENDER_OF.get(fold(word), "")


@lru_cache(maxsize=1 << 14)
def parse(text: str) -> Name:
    """Take a written name apart.

    >>> parse("Gen. Ludwig van der Berg Jr.")
    Name(text='Gen. Ludwig van der Berg Jr.', parts=('ludwig', 'berg'), family=('berg',), suffix='jr', gender='', is_latin=True)
    >>> parse("Xi Jinping").family, parse("Costa, Ana").parts
    (('xi',), ('ana', 'costa'))
    """
    return _plain(text) or _taken_apart(text)


def is_any_full(texts: Iterable[str]) -> bool:
    """Whether one of some written names is a full one, see `Name.is_full`."""
    return any(parse(text).is_full for text in texts)


def is_given_alone(texts: Iterable[str]) -> bool:
    """Whether all of some written names are one word that is known as a given name."""
    return all(len(parts) == 1 and is_given_name(parts[0]) for parts in (parse(text).parts for text in texts))


def _taken_apart(text: str) -> Name:
    """The same for a name that may hold more than given names and a surname."""
    is_latin = text.isascii() or not _OTHER_ALPHABET.search(text)
    before, comma, after = _parted(text, is_latin=is_latin)
    turned = f"{after} {before}" if comma and fold(after) and fold(after) not in SUFFIXES else f"{before} {after}"
    if not is_latin:
        turned = _ELDER.sub(lambda found: " sr" if found.group(1) == "старш" else " jr", turned.strip())
        turned = _ARTICLE.sub("", _ABBREVIATED.sub("", HANGUL.sub(_korean, turned)))
        if _HAS_DIGRAPHS.search(turned):
            for pattern, letters in _AS_HEARD:
                turned = pattern.sub(letters, turned)
    words = [(fold(word), word) for word in turned.split()]
    words = [(_initial(folded, word) if word[-1] == "." else folded, word) for folded, word in words if folded]
    gender = ""
    honorifics = _GENDER_OF if is_latin else _GENDER_ELSEWHERE
    while len(words) > 1 and words[0][0] in honorifics:
        gender = gender or honorifics[words[0][0]]
        words = words[1:]
    while len(words) > 1 and _is_letters_after(words[-1][1]) and (len(words) > 2 or len(words[-1][0]) > 2):  # noqa: PLR2004 -- "Ang MC"
        words = words[:-1]
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
    first_is_family = not comma and 1 < len(core) <= 3 and _begins_with_family(core, is_latin=is_latin)  # noqa: PLR2004
    return Name(text, parts, tuple(core[0] if first_is_family else core[-1]), suffix, gender, is_latin)


def _parted(text: str, *, is_latin: bool) -> tuple[str, str, str]:
    """What stands before a comma, the comma, and what stands after it: a given name. Degrees, ranks, realms and brackets are left out."""
    plain = _BRACKETS.sub("", text) if "(" in text or "（" in text else text
    if "." in plain and (titles := _TITLES.match(plain)):
        plain = plain[titles.end() :]
    before, comma, after = plain.partition(",")
    if comma and is_latin and len(before.split()) > 1:  # "…, FRS"
        after = ",".join(piece for piece in after.split(",") if not _is_degree(piece))
    if found := _REGNAL.match(before):  # "Henry VIII of England", "Christian III, Count Palatine of …"
        return found.group(1), "", ""
    if not after or _RANK.search(after):  # "…, 1st Baron Harlech"
        return before, "", ""
    return before, comma, after


_NOT_PLAIN = _GENDER_OF.keys() | PARTICLES | SUFFIXES.keys() | FAMILY_FIRST | {letters.lower() for letters in _LETTERS_AFTER}


def _plain(text: str) -> Name | None:
    """The same in a sixth of the time for most names: two or three words of letters, none with a meaning of its own; None for others."""
    parts = tuple(text.lower().split())
    if not 1 < len(parts) <= 3 or not text.isascii() or not _NOT_PLAIN.isdisjoint(parts):  # noqa: PLR2004
        return None
    if not all(part.isalpha() and len(part) > 1 for part in parts) or (len(parts) > 2 and _PATRONYMIC.search(parts[-1])):  # noqa: PLR2004
        return None
    return Name(text, parts, parts[-1:])


def _is_letters_after(word: str) -> bool:
    """Whether *word*, as it is written, is an order, a degree or an office after a name: "OBE", "Ph.D."."""
    return word.strip(",").replace(".", "") in _LETTERS_AFTER


def _is_degree(piece: str) -> bool:
    """Whether a *piece* between commas behind a name is a degree, or letters of that kind: "S.H.", "CH FRS"."""
    plain = piece.strip(" .")
    return _DEGREE.fullmatch(plain) is not None or all(map(_is_letters_after, plain.split()))


def _begins_with_family(core: Sequence[Sequence[str]], *, is_latin: bool) -> bool:
    """Whether the first of two or three words is the surname: in East Asia, and before a given name and a patronymic.

    In Cyrillic letters what ends as a patronymic is hardly ever a surname behind two other words.
    """
    if len(core) > 2 and _PATRONYMIC.search(core[-1][-1]) and (not is_latin or is_given_name(core[1][0])):  # noqa: PLR2004
        return not is_given_name(core[0][0])
    if len(core[0]) > 1 or core[0][0] not in FAMILY_FIRST or core[-1][-1] in FAMILY_FIRST:
        return False
    return sum(map(len, core)) > 2 or not is_given_name(core[0][0])  # noqa: PLR2004 -- "Lee Davis"


def _initial(folded: str, word: str) -> str:
    """A *folded* word with a dot behind it, or its initial where it stands for one letter: "Yu." and "எச்.", which is H."""
    if len(folded) == 2 and folded in _DIGRAPHS:  # noqa: PLR2004
        return folded[0]
    return _LETTERS.get(folded, folded) if _INDIC.match(word) else folded


def _korean(found: re.Match[str]) -> str:
    """A Korean name of three syllables as surname and given name."""
    surname, given = found.groups()
    surname = next(filter(_KOREAN.__contains__, read_in_korean(surname)), surname)
    return f"{_KOREAN.get(surname, surname)} {given}"


def _is_particle(part: str, word: str, *, first: bool) -> bool:
    """Whether a folded part of *word* carries no weight; "D." is an initial, and a name may begin with the given name "Al" or "Van"."""
    if part not in PARTICLES:
        return False
    if len(part) == 1:
        return word.islower() and "." not in word
    return not (first and part in GIVEN_OR_PARTICLE and word[:1].isupper() and "-" not in word)


@lru_cache(maxsize=1 << 12)
def base_forms(name: Name) -> tuple[Name, ...]:
    """The other ways to read a name; none for one in Latin letters.

    The nominatives that one in Cyrillic letters may be a case of, and what they are in pinyin where it is Chinese; what one in Chinese
    characters is read as; and one in Arabic letters with its articles, which in Latin letters may be written together with the word.

    >>> [form.parts for form in base_forms(parse("Козаком"))], base_forms(parse("金完洙"))[1].parts
    ([('kozak',)], ('kam', 'uen', 'chue'))
    """
    if name.is_latin:
        return ()
    with_article = (parse(_ARTICLE.sub("al", name.text)),) if _ARTICLE.search(name.text) else ()
    in_case = nominatives(name.text)
    chinese = dict.fromkeys(way for form in (name.text, *in_case) for way in in_pinyin(form))
    in_latin = (Name(name.text, way, way[:1], is_latin=False) for way in chinese)
    return (*map(parse, in_case), *in_latin, *read_aloud(name.text), *with_article)


@lru_cache(maxsize=1 << 12)
def parts_in_case(name: Name) -> tuple[str, ...]:
    """The parts of a name, then those of its `base_forms`, each once.

    >>> parts_in_case(parse("Козаком"))
    ('kozakom', 'kozak')
    """
    return tuple(dict.fromkeys(part for form in (name, *base_forms(name)) for part in form.parts))


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
