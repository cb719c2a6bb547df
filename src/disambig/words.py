"""Words in general: which carry content, their stems, which are also names, what pronouns tell; Russian and Ukrainian ones in English.

What is read of these two languages stands in `glossary.txt`.
"""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from importlib.resources import files
from itertools import chain, repeat
from operator import itemgetter
from typing import NamedTuple

from disambig.names import CYRILLIC, fold
from disambig.places import country_words

FUNCTION_WORDS = frozenset(
    "a about above after again against all also am an and any are as at be because been before being below between both but by can "
    "could did do does doing down during each even ever every few for from further had has have having he her here hers herself him "
    "himself his how i if in into is it its itself just me more most much my myself no nor not now of off on once one only or other "
    "our ours out over own same she should so some such than that the their theirs them themselves then there these they this those "
    "through to too two under until up upon us very was we were what when where which while who whom whose why will with within "
    "without would you your yours may might must shall since yet still however although though among amid per via mr mrs ms s t re ve "
    "ll d said say says told tell tells saying".split()
)
"""Words too common to tell one person from another."""

_GENDERS_OF_RELATIVES = dict.fromkeys(
    "uncle nephew father son brother grandfather grandson husband widower ex-husband stepson stepfather father-in-law son-in-law "
    "brother-in-law".split(),
    "male",
) | dict.fromkeys(
    "aunt niece mother daughter sister grandmother granddaughter wife widow ex-wife stepdaughter stepmother mother-in-law "
    "daughter-in-law sister-in-law".split(),
    "female",
)
RELATIVES = frozenset({*_GENDERS_OF_RELATIVES, "twin", "cousin"})
"""Words for somebody of one's family, who often has one's surname."""
_OF_A_RELATIVE = re.compile(rf"\b(?:his|her|their|whose|\w+['’]s)\s(?:[\w-]+\s){{0,2}}({'|'.join(sorted(RELATIVES))}),?\s$")
_BEFORE_A_RELATIVE = 60  # characters before a name, of which four words need no more

SURNAMES_THAT_ARE_WORDS = frozenset(
    "abbott ball banks bar barber beach bean bell berry best bishop black bond booth bow bowling brand bridges brook brooks brown "
    "buck burns bush butler byrd camp cannon carpenter carter case cash chance christian church clay close coach coleman cook cooper "
    "crane cross day dean dear dial drew early east english farmer field fields fine fish fisher flood flowers ford forest fox france "
    "frank franks free french frost fry gates gay german gold good grace grant gray green grey guest hall hand hands hardy hart head "
    "heard hill hills holiday holland hope hunt hunter ireland jordan judge key keys king knight lamb land lane law long lord lots "
    "love major march marsh mason may mercy miles mills moon moody moore more north page paris park parker parks pace peace pike pine "
    "plant pole pool pope porter post potter power powers price prince prior pride quick rain read reading reed rice rich rivers road "
    "robin rock rose rush sage sands savage scott sharp shepherd short sky small smart snow south spears speed spring star steel "
    "stern stone storm story street strong summers swan swift temple thorn tower town trump turner underwood wade wales walker wall "
    "walls ward washington waters way weaver webb welch wells west whale wheeler white wild will winter winters wise wolf wood woods "
    "word worth young".split()
)
"""Surnames that are also words, months, countries: alone at the start of a sentence such a word is no name (written for this project)."""


def stem(word: str) -> str:
    """A folded word without its commonest endings: enough to bring "ministers" and "minister" together.

    >>> stem("ministers"), stem("studies"), stem("elected"), stem("was")
    ('minister', 'study', 'elect', 'was')
    """
    for ending, instead in ENDINGS.get(word[-1:], ()):  # most words end in no letter of theirs
        if word.endswith(ending) and len(word) - len(ending) >= 3 and not word.endswith(("ss", "us", "is")):  # noqa: PLR2004
            return word[: -len(ending)] + instead
    return word


ENDINGS = {"s": (("ies", "y"), ("sses", "ss"), ("ers", "er"), ("s", "")), "g": (("ing", ""),), "d": (("ed", ""),)}
"""The endings that `stem` cuts off, and what it puts there instead, by their last letters."""


class _Folded(dict[int, str | None]):
    """What each character is folded to, by its code: a text is so folded in a quarter of the time that its words take one by one.

    What is left out is None, for with an empty string `str.translate` takes twice as long.
    """

    def __missing__(self, code: int) -> str | None:
        if len(self) >= _MOST_CHARACTERS:
            self.clear()
        char = chr(code)
        folded = self[code] = " " if char.isspace() else fold(f"a{char}a")[1:-1] or None  # between letters, where a blank stays
        return folded


_MOST_CHARACTERS = 1 << 14  # that are remembered: those of all scripts that an article may have, not all that there are
_folded = _Folded()


def words_in(text: str) -> list[str]:
    """The folded words of *text*, in its order.

    >>> words_in("The O’Briens' co-founder")
    ['the', 'obriens', 'co', 'founder']
    """
    return text.translate(_folded).split()


def content_stems(text: str) -> frozenset[str]:
    """The stems of the words of *text* that carry content: three letters or more, no function word, no bare number, no country.

    >>> sorted(content_stems("The Norwegian ministers of the cabinet"))
    ['cabinet', 'minister']
    """
    return stems_of(words_in(text))


def stems_of(words: Iterable[str]) -> frozenset[str]:
    """The same for folded words."""
    return frozenset(filter(None, map(_content_stem, words)))


def relative_before(text: str, start: int) -> str:
    """The word before *start* by which who is named there is of the family of somebody named before; "" for none.

    >>> relative_before("Costa left. His younger brother, Luis Costa, stayed.", 33), relative_before("The brother Luis Costa stayed.", 12)
    ('brother', '')
    """
    found = _OF_A_RELATIVE.search(text[max(0, start - _BEFORE_A_RELATIVE) : start].lower())
    return found.group(1) if found else ""


def gender_of_relative(word: str) -> str:
    """Whether a word for a relative says "male" or "female"; "" where it does not tell.

    >>> gender_of_relative("widow"), gender_of_relative("cousin")
    ('female', '')
    """
    return _GENDERS_OF_RELATIVES.get(word, "")


# What is remembered are single words, as texts repeat them; never a text, which would fill the memory.
@lru_cache(maxsize=1 << 13)
def _content_stem(word: str) -> str:
    """The stem of a folded word; "" for one that carries no content."""
    carries = len(word) > 2 and word not in FUNCTION_WORDS and not word.isdigit() and word not in country_words()  # noqa: PLR2004
    return stem(word) if carries else ""


def is_common_word(word: str) -> bool:
    """Whether a folded word is also an ordinary English word, so that its capital letter alone makes no name of it."""
    return word in FUNCTION_WORDS or word in SURNAMES_THAT_ARE_WORDS


_GENDER_WORDS = {"male": frozenset("he him his himself".split()), "female": frozenset("she her hers herself".split())}


def gender_words(text: str) -> tuple[int, int]:
    """How many masculine and how many feminine pronouns stand in *text*."""
    words = words_in(text)
    return sum(map(_GENDER_WORDS["male"].__contains__, words)), sum(map(_GENDER_WORDS["female"].__contains__, words))


# -- Russian and Ukrainian


def in_english(text: str) -> str:
    """*text* with what is Russian or Ukrainian in it in English, as far as the glossary goes: where, which office, what about.

    Other words become ";", so that nothing is joined that stood apart; those with a capital letter, often names, are transliterated.
    Prepositions are all "of": "посол Украины в США" and "посол України у США" are read alike. White space and punctuation stay.

    >>> in_english("По словам министра обороны Украины,"), in_english("said the minister")
    ('of ; defence minister Ukraine,', 'said the minister')
    """
    if text.isascii() or not CYRILLIC.search(text):
        return text
    words = list(_CYRILLIC_WORD.finditer(text))
    pieces, position, at = [], 0, 0
    while at < len(words):
        length, english = _read([word.group() for word in words[at : at + _LONGEST_TERM]])
        pieces += [text[position : words[at].start()], english]
        at += length
        position = words[at - 1].end()
    return "".join((*pieces, text[position:]))


def is_foreign_term(word: str, *, has_own_capital: bool = False) -> bool:
    """Whether a Russian or Ukrainian *word*, in whatever form, is one of the glossary, or begins a term of it.

    One that *has_own_capital* has it where any other word would not, so that it is none of the words that are written small.

    >>> is_foreign_term("Козаком"), is_foreign_term("Козаком", has_own_capital=True), is_foreign_term("Киевом", has_own_capital=True)
    (True, False, True)
    """
    return bool(_terms(word, has_own_capital=has_own_capital))


def gender_of_verbs(before: str, after: str) -> tuple[int, int]:
    """How many masculine and feminine verbs of the past stand next to a name, 0 to 2: *before* and *after* are the texts around it.

    Only in Russian and Ukrainian do they tell; a word of the glossary is none.

    >>> gender_of_verbs("Ранее ", " заявила об этом"), gender_of_verbs("… — підкреслив ", "."), gender_of_verbs("посол ", " said")
    ((0, 1), (1, 0), (0, 0))
    """
    found = [one.groups() for one in (_VERB_BEFORE.search(before[-_LONGEST_VERB:]), _VERB_AFTER.match(after)) if one]
    endings = [ending for verb, ending in found if _read([verb])[1] == ";"]
    feminine = sum(ending in _FEMININE for ending in endings)
    return len(endings) - feminine, feminine


_FEMININE = frozenset({"ла", "лась", "лася"})
_PAST = r"(?:л|лся|в|вся|ла|лась|лася)"
_VERB_BEFORE = re.compile(rf"(?<![\w-])([а-яёіїєґ]{{2,}}?({_PAST}))\s$")
_VERB_AFTER = re.compile(rf"\s([а-яёіїєґ]{{2,}}?({_PAST}))\b")
_LONGEST_VERB = 30  # letters
_CYRILLIC_WORD = re.compile(r"[\u0400-\u052f]+(?:[-'’ʼ][\u0400-\u052f]+)*")
_LONGEST_TERM = 4  # words
_SPELT_ALIKE = str.maketrans("ёЁ’ʼ", "еЕ''")
_AS_THEY_STAND = {
    "of": "в во у на по из з із зі от від для при о об про с со до за к ко",
    "and": "и і й та",
    "he": "он він",
    "him": "его него ему нему його нього йому",
    "she": "она вона",
    "her": "её неё ей ней її неї їй нею",
    ";": "после послі ради мали того брати а але без більше був бути была были було быть весь вже вот все всего всі втім вчера где "
    "даже два де для до если есть еще ещё затем зато здесь именно или их как каждый коли когда кроме кто лише лишь між много "
    "может можно мы на навіть напомним напередодні накануне нагадаємо не несмотря нет ни ніхто но ну однак однако они около "
    "перед під пізніше поздніше пока поки потім потом потому поэтому позже почти поряд проте против проти раз раніше ранее "
    "рядом сам сегодня сейчас серед спочатку сначала сразу среди сьогодні так також также там теж теперь тепер тим тільки "
    "только тому тоді тогда тот тут уже усе усі учора хоча хотя хто це ці цього через чи что чтобы ще щоб що эта эти это этот "
    "якщо як які яка який",
}
"""Small words of both languages, of which no other form is read; the last say nothing, and some look like forms of other words."""

_ENDINGS_OF = {
    "ия": "ия ии ию ией иею ий иям иями иях",
    "ія": "ія ії ію ією ій іям іями іях",
    "ие": "ие ия ию ием ии ий иям иями иях",
    **dict.fromkeys(
        ("ый", "ий", "ой", "ій", "ая", "яя", "ое", "ее", "ые"),
        "ый ий ой ій ого его ього ому ему ьому ым им ом ем ім ая яя а я ую юю у ю ою ею ей ої єї ьої ое ее е є ые ие и і ї ых их іх "
        "ыми ими іми ия ию ием ии иев иям иями иях",
    ),
    "й": "й я ю ем єм ї еві єві и е ї і ев їв ям ями ях",
    "а": "а ы и і е у ой ею ою ей ої ій  ів ам ами ах",
    "я": "я и ї і е ю ей ею єю ою ь й їв ів ям ями ях",
    "о": "о а у ом ем е і ові  ів ам ами ах",
    "е": "е я а ю у ем єм и і ей ь ого ому им ім  ям ями ях ам ами ах",
    "ь": "ь я и і ї е ю ем єм ом ью ей ів їв ям ями ях еві ові",
    **dict.fromkeys(("ы", "и", "і"), "ы и і ї ов ев ей ів їв  ам ями ам ами ах ям ях"),
    "": " а у ом ем ові еві е и ы і ов ев ів ей ам ами ах",
}
"""What the last letters of a word in its dictionary form become in its other forms, of either language; more than one word has of these."""


_GENITIVES = {"а": "", "я": "ь"}  # how masculine words end in the genitive, and in dictionary form
_CONSONANTS = frozenset("бвгґджзйклмнпрстфхцчшщь")  # as which masculine words end
_NO_ENDINGS = frozenset({""})
_LONGEST_ENDING = max(map(len, " ".join(_ENDINGS_OF.values()).split()))


class _Word(NamedTuple):
    """A word of a term of the glossary: what all of its forms begin with, how its dictionary form ends, and how its forms do."""

    stem: str
    last: str
    endings: frozenset[str]

    def is_written(self, word: str) -> bool:
        """Whether *word* in a text can be this one."""
        return any(spelt.startswith(self.stem) and spelt[len(self.stem) :] in self.endings for spelt in _spellings(word))


class _Term(NamedTuple):
    """A term of the glossary, and what it is in English."""

    words: tuple[_Word, ...]
    english: str


def _read(words: Sequence[str]) -> tuple[int, str]:
    """How many of *words* the longest term has that they begin with, and what it is in English; one where no term is known."""
    for term in _terms(words[0]):
        others = term.words[1:]
        if len(others) < len(words) and all(known.is_written(word) for known, word in zip(others, words[1:], strict=False)):
            return len(term.words), term.english
    return 1, fold(words[0]).capitalize() if words[0][0].isupper() else ";"


@lru_cache(maxsize=1 << 12)
def _terms(word: str, *, has_own_capital: bool = False) -> tuple[_Term, ...]:
    """The terms that begin with *word*, the longest first; of equals those that have it as it is written, then its dictionary form.

    One that *has_own_capital* is of no term that has it in small letters.
    """
    found: list[tuple[int, bool, bool, _Term]] = []
    for spelt in _spellings(word):
        if has_own_capital and spelt.islower():
            continue
        for cut in range(len(spelt), max(0, len(spelt) - _LONGEST_ENDING - 1), -1):
            ending = spelt[cut:]
            fitting = (term for term in _glossary().get(spelt[:cut], ()) if ending in term.words[0].endings)
            found += ((-len(term.words), spelt != word, ending != term.words[0].last, term) for term in fitting)
    return tuple(term for *_, term in sorted(found, key=itemgetter(0, 1, 2)))


def _spellings(word: str) -> tuple[str, ...]:
    """How a term may have it that is written so: lower case there stands for any, a word all in capitals for one with a capital letter."""
    written = word.translate(_SPELT_ALIKE)
    return tuple(dict.fromkeys((written, written.capitalize(), written.lower()) if written.isupper() else (written, written.lower())))


@lru_cache(maxsize=1)
def _glossary() -> dict[str, list[_Term]]:
    """The terms of `glossary.txt` by the stems of their first words."""
    terms: dict[str, list[_Term]] = {}
    for english, words in _AS_THEY_STAND.items():
        for word in words.translate(_SPELT_ALIKE).split():
            terms.setdefault(word, []).append(_Term((_Word(word, "", _NO_ENDINGS),), english))
    lines = files("disambig").joinpath("glossary.txt").read_text(encoding="utf-8").splitlines()
    for english, _, listed in (line.partition(":") for line in lines if line and not line.startswith("#")):
        before: list[str] = []
        for form in listed.translate(_SPELT_ALIKE).split(";"):
            written = form.split()
            term = _Term(tuple(map(_word, written, chain(before, repeat("")))), english)
            terms.setdefault(term.words[0].stem, []).append(term)
            before = written
    return terms


@lru_cache(maxsize=len(_ENDINGS_OF))
def _endings(last: str) -> frozenset[str]:
    return frozenset({last, *_ENDINGS_OF[last].split(" ")})


def _word(written: str, before: str) -> _Word:
    """A word as the glossary has it, after the one *before* it; what is short or in capitals has no other form.

    The genitive of a masculine word, which shows its changing stem, has the endings of a masculine word: "рынок; рынка", so "рынком".
    """
    if len(written) <= 2 or written.isupper():  # noqa: PLR2004
        return _Word(written, "", _NO_ENDINGS)
    last = next(last for last in (written[-2:], written[-1:], "") if last in _ENDINGS_OF)
    endings = _endings(last)
    if last in _GENITIVES and before[-1:] in _CONSONANTS and before[:2] == written[:2]:
        endings |= _endings(_GENITIVES[last])
    return _Word(written[: len(written) - len(last)], last, endings)
