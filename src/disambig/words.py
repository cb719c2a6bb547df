"""Words in general: which carry content, their stems, which are also names, what pronouns tell."""

from collections.abc import Iterable
from functools import lru_cache

from disambig.names import fold
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
