"""Chinese names as Russian and Ukrainian write them -> pinyin: "Ли Цян" is Li Qiang.

Both languages have a spelling of its own for each syllable, after the archimandrite Palladius (Иванов, Большой китайско-русский словарь,
1983, the table of syllables); what is spelt so has few letters in common with pinyin.
"""

from collections.abc import Iterator
from functools import lru_cache
from itertools import product

from disambig.han import mandarin_syllables

_INITIALS = {
    **dict(zip("b p m f d t n l g k h r q".split(), "б п м ф д т н л г к х ж ц".split(), strict=True)),
    "zh": "чж",
    "ch": "ч",
    "sh": "ш",
    "j": "цз",
    "z": "цз",
    "x": "с",
    "c": "ц",
    "s": "с",
    "": "",
}
_FINALS = {
    **dict(zip("a o e ai ei ao ou an en ang eng ong er".split(), "а о э ай эй ао оу ань энь ан эн ун эр".split(), strict=True)),
    **dict(zip("i ia ie iao iu ian in iang ing iong".split(), "и я е яо ю янь инь ян ин юн".split(), strict=True)),
    **dict(zip("u ua uo uai ui uan un uang".split(), "у уа о уай уй уань унь уан".split(), strict=True)),
    **dict(zip("v ve van vn ue".split(), "юй юэ юань юнь юэ".split(), strict=True)),
}
_ALONE = {
    **dict(zip("ya ye yao you yan yin yang ying yong yi yo".split(), "я е яо ю янь инь ян ин юн и йо".split(), strict=True)),
    **dict(zip("yu yue yuan yun".split(), "юй юэ юань юнь".split(), strict=True)),
    **dict(zip("wa wo wai wei wan wen wang weng wu hui".split(), "ва во вай вэй вань вэнь ван вэн у хуэй".split(), strict=True)),
}
_WITHOUT_DOTS = {"lu": "люй", "nu": "нюй"}  # lü and nü, which passports and lists without accents spell so
_APART = str.maketrans("", "", "ъ'’ʼ-")  # what keeps syllables apart
_ALIKE = str.maketrans("эєіїы", "ееиии")  # what Ukrainian, or a hasty hand, writes for each other
_LETTERS = 6  # of the longest syllable: чжуань
_SYLLABLES = 3  # of one word
_WORDS = 3
_WAYS = 4  # readings of one name


@lru_cache(maxsize=1 << 12)
def in_pinyin(text: str) -> tuple[tuple[str, ...], ...]:
    """The words of a Chinese name that is written in Cyrillic letters, in pinyin, the likeliest reading first; none for other names.

    >>> in_pinyin("Ли Цян"), in_pinyin("Чень Ліцзюань")[0], in_pinyin("Иван Петров"), in_pinyin("Li Qiang")
    ((('li', 'qiang'),), ('chen', 'lijuan'), (), ())
    """
    words = text.lower().split()
    if text.isascii() or len(words) > _WORDS:
        return ()
    read = product(*(sorted(_cut(word.translate(_APART), _SYLLABLES)) for word in words))
    ways = sorted((sum(count for count, _ in way), tuple(word for _, word in way)) for way in read)
    return tuple(dict.fromkeys(way for _, way in ways))[:_WAYS] if words else ()


def _cut(word: str, syllables: int) -> Iterator[tuple[int, str]]:
    """The ways to read a *word* as up to so many *syllables*: how many they are, those written otherwise twice, and the whole in pinyin."""
    if not word:
        yield 0, ""
    for length in range(1, min(_LETTERS, len(word)) + 1 if syllables else 0):
        written = word[:length]
        for syllable, exactly in _syllables().get(written.translate(_ALIKE), ()):
            for count, rest in _cut(word[length:], syllables - 1):
                yield count + (1 if exactly == written else 2), syllable + rest


@lru_cache(maxsize=1)
def _syllables() -> dict[str, list[tuple[str, str]]]:
    """The syllables of pinyin, and how Russian writes them, by how they are written when letters that are alike are one."""
    found: dict[str, list[tuple[str, str]]] = {}
    for syllable in sorted(mandarin_syllables()):
        if written := _in_cyrillic(syllable):
            found.setdefault(written.translate(_ALIKE), []).append((syllable, written))
    for syllable, written in _WITHOUT_DOTS.items():
        found[written] = [(syllable, written)]
    return found


def _in_cyrillic(syllable: str) -> str:
    """How Russian writes a syllable of pinyin; empty where it is none."""
    if syllable in _ALONE:
        return _ALONE[syllable]
    initial = next(one for one in (syllable[:2], syllable[:1], "") if one in _INITIALS)
    final = syllable[len(initial) :]
    if initial in {"j", "q", "x"} and final.startswith("u"):
        final = f"v{final[1:]}"  # ü, where no other is
    if final == "i" and initial in {"z", "c", "s"}:
        return f"{_INITIALS[initial]}ы"
    return _INITIALS[initial] + _FINALS[final] if final in _FINALS else ""
