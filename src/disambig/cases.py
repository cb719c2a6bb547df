"""Russian and Ukrainian names in a grammatical case -> the forms that they may have in the nominative: "Дмитрия Козака" is Дмитрий Козак.

A name is turned back by its endings alone, all of its words in the same case and of the same gender; no dictionary says which forms exist.
Where an ending stands for several, all are given: "Иванова" is a woman's name, and the genitive of Иванов.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice, product

_FORMS = 24  # of one name, at most; of the 60 names in tests/test_cases.py none has more than 12
_SHORTEST_STEM = 2  # letters
_SHORT = 4  # letters: of "Ким Чен Ына" only the last word is inflected
CYRILLIC = re.compile(r"[\u0400-\u052f]")
_INITIALS = re.compile(r"(?:\w\.)+|\w")
_STAYS = re.compile(r"(?:(?<![ое]г)о|[еуюиыэёії]|[уо]а|[иыі]х)$")  # Порошенко, Шойгу, Дюбуа, Черных: surnames that no case changes
_GIVEN_STAYS = re.compile(r"(?:[оэ]|(?<![иьії])[иі])$")  # Джо, Хиллари
_CONSONANT_LAST = re.compile(r"(?:[бвгґджзклмнпрстфхцчшщь]|(?<![оеиы])й)$")

_C = "(?<=[бвгґджзклмнпрстфхцчшщ])"  # after a consonant
_V = "(?<=[аеёиоуыэюяіїє])"  # after a vowel
_SIBILANT = "(?<=[жчшщц])"
_K = "(?<=[гґкхжчшщ])"  # after these Russian writes и for ы
_NOT_K = "(?<![гґкхжчшщ])"
_OV = "(?<=ов|ев|ёв|єв|їв|ин|ын|ін|їн)"

# Gender (m, f) and cases (g genitive, d dative, a accusative, i instrumental, p prepositional), what stands there, what the nominative has.
# After the tables of declension in Зализняк, Грамматический словарь русского языка (1977), and Український правопис (2019), § 70 to 112.
_RULES = tuple(
    (tuple(gender + case for gender in genders for case in cases), re.compile(f"{written}$"), endings)
    for genders, cases, written, endings in (
        # men: Козак, Игорь, Дмитрий
        ("m", "ga", rf"{_C}а", ("",)),
        ("m", "ga", rf"{_C}я", ("ь",)),
        ("m", "ga", rf"{_V}я", ("й",)),
        ("m", "d", rf"{_C}у", ("",)),
        ("m", "d", rf"{_C}ю", ("ь",)),
        ("m", "d", rf"{_V}ю", ("й",)),
        ("m", "dp", rf"{_C}ові", ("",)),
        ("m", "dp", rf"{_C}еві", ("ь",)),
        ("m", "dp", rf"{_V}єві", ("й",)),
        ("m", "i", rf"{_C}ом", ("",)),
        ("m", "i", rf"{_SIBILANT}ем", ("",)),
        ("m", "i", rf"(?<![жчшщц]){_C}[её]м", ("ь",)),
        ("m", "i", rf"{_V}[еє]м", ("й",)),
        ("m", "p", rf"{_C}е", ("",)),  # "ь" is not heard: Игоре
        ("m", "p", rf"{_V}[еї]", ("й",)),
        ("m", "p", r"(?<=и)и", ("й",)),
        ("m", "p", rf"{_C}і", ("",)),
        # men: Путин, Зеленский, Толстой
        ("m", "i", rf"{_OV}[ыи]м", ("",)),
        ("m", "ga", rf"{_NOT_K}(?:ого|ього)|(?<=[жчшщн])его", ("ый", "ой")),
        ("m", "ga", rf"{_K}ого", ("ий", "ой")),
        ("m", "dp", rf"{_NOT_K}(?:ому|ьому)|(?<=[жчшщн])ему", ("ый", "ой")),
        ("m", "dp", rf"{_K}ому", ("ий", "ой")),
        ("m", "p", r"(?<=[внлтр])ом", ("ый", "ой")),
        ("m", "p", r"(?<=[сцо]к)ом", ("ий", "ой")),
        ("m", "i", rf"(?<!ов|ев|ёв|єв|їв|ин|ын|ін|їн){_C}[ыи]м", ("ий", "ой")),
        # women and men: Ольга, Юлия, Никита, Кучма
        ("fm", "g", rf"{_C}ы", ("а",)),
        ("fm", "g", rf"{_K}и", ("а",)),
        ("fm", "g", rf"{_NOT_K}{_C}и", ("я", "а")),  # "а": Ukrainian, Олени
        ("fm", "gdp", rf"(?<=[иь])и|{_V}ї", ("я",)),
        ("fm", "g", r"(?<=[лнтсдзц])і", ("я",)),
        ("fm", "dp", rf"{_C}е", ("а",)),
        ("fm", "dp", r"(?<=[лнртсдзв])е", ("я",)),
        ("fm", "dp", r"(?<=[ьаеяию])е", ("я",)),
        ("fm", "dp", rf"{_C}і", ("а",)),
        ("fm", "dp", r"(?<=[лнтсдзц])і", ("я",)),
        ("fm", "dp", "ці", ("ка",)),
        ("fm", "dp", "зі", ("га",)),
        ("fm", "dp", "сі", ("ха",)),
        ("fm", "a", rf"{_C}у", ("а",)),
        ("fm", "a", r"(?<=[бвгджзклмнпрстфхцчшщьаеиоуяюії])ю", ("я",)),
        ("fm", "i", rf"{_C}о[йю]", ("а",)),
        ("fm", "i", rf"{_SIBILANT}е[йю]", ("а",)),
        ("fm", "i", r"(?<![жчшщц])[еёє][йю]", ("я",)),
        ("f", "gdp", "(?<=любов)[иі]", ("ь",)),
        ("f", "i", "(?<=любов)(?:ью|'ю|’ю)", ("ь",)),
        # women: Захарова, Навальная, Зеленська
        ("f", "gdp", rf"{_OV}ой", ("а",)),
        ("f", "gdip", rf"(?<!ов|ев|ёв|єв|їв|ин|ын|ін|їн){_C}о[йю]", ("ая",)),
        ("f", "gdip", "(?<=[жчшщн])е[йю]", ("ая",)),
        ("f", "a", "ую", ("ая",)),
        ("f", "a", "юю", ("яя",)),
        ("f", "g", "ої", ("а",)),
        ("f", "dp", rf"{_C}ій", ("а",)),
    )
)

_RULES_OF = {  # each case of each gender
    form: tuple((written, endings) for forms, written, endings in _RULES if form in forms)
    for form in sorted({form for forms, _, _ in _RULES for form in forms})
}

# The nominative of stems that lose a vowel, or have an -о in Ukrainian.
_STEMS = {
    "павл": ("павел", "павло"),
    "льв": ("лев",),
    "пётр": ("петр",),
    "петр": ("петр", "петро"),
    "дмитр": ("дмитро",),
    "михайл": ("михайло",),
    "данил": ("данил", "данило"),
    "кирил": ("кирило",),
    "марк": ("марк", "марко"),
    "олекс": ("олекса",),
}
_FLEETING = (
    (re.compile(r"ьц(ь?)$"), ("ец", "ьц")),  # Бельца, Шульца
    (re.compile(r"[йі]ц(ь?)$"), ("ец", "єць")),  # Коломийца, Коломійця
    (re.compile(r"(?<=[бвгджзклмнпрстфхчшщ])ц(ь?)$"), ("ец", "ц")),  # Кравца, Кравця; Лутца
    (re.compile(r"(?<=[бвгджзлмнпрстфхцчшщйь])к$"), ("к", "ко", "ок")),  # Волка, Порошенка, Жданка
)


@lru_cache(maxsize=1 << 12)
def nominatives(text: str) -> tuple[str, ...]:
    """The forms of the nominative that a name in Cyrillic letters may be a case of, sorted; none for what is written in other letters.

    >>> nominatives("Дмитрия Козака"), nominatives("Навальной"), nominatives("Costa")
    (('Дмитрий Козак',), ('Навальна', 'Навальная'), ())
    """
    words = text.split()
    if not CYRILLIC.search(text) or not words:
        return ()
    forms: set[str] = set()
    for form in _RULES_OF:
        read = [_read(word, form, is_last=at == len(words) - 1) for at, word in enumerate(words)]
        forms.update(" ".join(chosen) for chosen in islice(product(*read), _FORMS))
    return tuple(sorted(forms - {" ".join(words), *(" ".join(word[:1].upper() + word[1:].lower() for word in words),)}))[:_FORMS]


def _read(word: str, form: str, *, is_last: bool) -> tuple[str, ...]:
    """What a word may be in the nominative when it stands in the case and gender *form*; nothing when it cannot stand in it."""
    if not CYRILLIC.search(word) or word.islower() or _INITIALS.fullmatch(word):
        return (word,)
    pieces = word.split("-")
    if len(pieces) > 1:
        read = [_read(piece, form, is_last=is_last) if piece else ("",) for piece in pieces]
        return tuple("-".join(chosen) for chosen in product(*read))
    lower = word.lower()
    found = dict.fromkeys(_turned_back(lower, form))
    stays = _STAYS if is_last or len(word) < _SHORT else _GIVEN_STAYS
    if stays.search(lower) or _is_left_as_it_is(lower, form, is_last=is_last):
        found[lower] = None
    return tuple(one[:1].upper() + one[1:] for one in found)


def _is_left_as_it_is(word: str, form: str, *, is_last: bool) -> bool:
    """Whether a word that ends in a consonant stands there as in the nominative: a woman's surname, or Korean syllables before the last."""
    ends_so = _CONSONANT_LAST.search(word) or (len(word) <= _SHORT and word.endswith("ей"))  # a longer one may be of a man: Воробей
    return bool(ends_so) and (form[0] == "f" or (not is_last and len(word) <= _SHORT))


def _turned_back(word: str, form: str) -> Iterator[str]:
    """The nominatives of a word in lower case by the rules of one case and gender."""
    for written, endings in _RULES_OF[form]:
        found = written.search(word)
        if found is None or found.start() < _SHORTEST_STEM:
            continue
        stem = word[: found.start()]
        for ending in endings:
            if ending in {"", "ь"} and form[0] == "m":
                yield from _stem_alone(stem, ending)
            else:
                yield stem + ending


def _stem_alone(stem: str, ending: str) -> Iterator[str]:
    """The nominatives that have the stem alone: some have another vowel in it then, and those in -ц and -к may have."""
    if stem in _STEMS:
        yield from _STEMS[stem]
        return
    for pattern, ends in _FLEETING:
        if found := pattern.search(stem):
            yield from (stem[: found.start()] + end for end in ends)
            return
    yield stem + ending
