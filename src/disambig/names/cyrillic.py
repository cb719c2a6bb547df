"""Full names in Cyrillic letters: where they stand in a text, by their shape, and what they are in the nominative.

By shape, for models that were taught on other alphabets: two capitalised words that are no terms are mostly a name, for in the languages
that write so an organisation has a capital letter in its first word alone. At the beginning of a sentence any word has one; there a given
name must be known.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from itertools import groupby
from operator import itemgetter

from disambig.names.given import given_names, is_given_name
from disambig.names.letters import skeleton
from disambig.names.parsing import Name, base_forms, parse

Span = tuple[int, int]

_LONGEST = 4  # words, as "Хуан Карлос Гарсия Лопес"
_CAPITAL, _SMALL = "А-ЯЁІЇЄҐЈЉЊЋЂЏЎ", "а-яёіїєґјљњћђџў'’ʼ"
_WORD = rf"[{_CAPITAL}][{_SMALL}]+(?:-[{_CAPITAL}{_SMALL}][{_SMALL}]+)*"
_PARTICLE = "(?:де ла|де|да|ди|дель|дос|дю|ду|ван дер|ван ден|ван|вон|фон дер|фон|аль|аль-|бин|бен|ибн|ле|ла|ла) "
_INITIALS = rf"[{_CAPITAL}][{_SMALL}]?\.(?:[ \u00a0-]?[{_CAPITAL}][{_SMALL}]?\.)?"
_RUN = re.compile(
    rf"(?<![\w-])(?:{_INITIALS}[ \u00a0]?{_WORD}|{_WORD}(?:[ \u00a0](?:{_PARTICLE})?{_WORD})*(?:[ \u00a0]{_INITIALS}(?!\w))?)(?![\w-])"
)
_ONE = re.compile(_WORD)
_INITIAL = re.compile(rf"^{_INITIALS}|{_INITIALS}$")
_PATRONYMIC = re.compile(r"(?:[оеё]вич|[иі]ч|[оеё]вн|ічн|їчн|їівн|івн|иничн)(?:а?|у|ем|ом|е|і|еві|ы|и|ой|ою)$")
_ADJECTIVE = re.compile(r"(?:ый|ая|яя|ое|ее|ые|ого|его|ому|ему|ых|их|ыми|ими|ую|юю|[ні]й|ої|ими)$")
_OPENING, _CLOSING = frozenset('«„“"'), frozenset('»“”"')
_SMALL_WORDS = frozenset("але без біля или коли лише лишь мая сам сама сами теж тим том як".split())  # that sound as given names do
_BEGINNING = re.compile(r"(?:^|[.!?…:;\n]|[-–—])\s{0,2}[«„“\"'(—–-]{0,2}\s?$")


def full_names_in(text: str, *, is_term: Callable[[str], bool]) -> Iterator[Span]:
    """The spans of full names in Cyrillic letters, in order; *is_term* says of a word whether it is known to be no name.

    In front of one of three words or more may stand the surname of somebody whom the text names too: "адвокат Орлова Иван Коваль".

    >>> [text[s:e] for text in ["Вчера Бориса Джонсона и А. Б. Коваль ждал Киев."] for s, e in full_names_in(text, is_term="Киев".__eq__)]
    ['Бориса Джонсона', 'А. Б. Коваль']
    """
    spans = list(_by_shape(text, is_term))
    surnames = {
        form for start, end in spans if text.count(" ", start, end) == 1 for form in _nominatives(text[start:end].rsplit(maxsplit=1)[-1])
    }
    for start, end in spans:
        first, *others = text[start:end].split(" ")
        led_up = len(others) > 1 and not surnames.isdisjoint(_nominatives(first)) and not _PATRONYMIC.search(others[-1])
        yield (start + len(first) + 1, end) if led_up else (start, end)


def _by_shape(text: str, is_term: Callable[[str], bool]) -> Iterator[Span]:
    """The spans of full names, where no other name tells what stands in front of one."""
    for run in _RUN.finditer(text):
        if _INITIAL.search(run.group()):
            yield run.span()
            continue
        if text[run.start() - 1 : run.start()] in _OPENING and text[run.end() : run.end() + 1] in _CLOSING:
            continue  # a firm, or what somebody wrote
        words = list(_ONE.finditer(text, *run.span()))
        begins = _BEGINNING.search(text, max(0, run.start() - 4), run.start()) is not None
        given = [_is_given(word.group()) for word in words]
        named = [
            is_given or after or not is_term(word.group()) for word, is_given, after in zip(words, given, [False, *given], strict=False)
        ]
        for may_be_name, group in groupby(zip(words, named, strict=True), key=itemgetter(1)):
            parts = [word for word, _ in group]
            yield from _name_of(parts, begins=begins and parts[0] is words[0]) if may_be_name else ()


def _name_of(words: Sequence[re.Match[str]], *, begins: bool) -> Iterator[Span]:
    """The one name that *words* next to each other are, without what leads up to it; nothing where they are none."""
    if begins and not _begins_name([word.group() for word in words]):
        words = words[1:]
    while words and _leads_up([word.group() for word in words]):
        words = words[1:]
    if 2 <= len(words) <= _LONGEST:  # noqa: PLR2004
        yield words[0].start(), words[-1].end()


def _leads_up(words: Sequence[str]) -> bool:
    """Whether the first of *words* is an adjective, or a place that ends a phrase before a given name: "мэр Житомира Анна Коваль"."""
    if _is_given(words[0]):
        return False
    return bool(_ADJECTIVE.search(words[0])) or (len(words) > 2 and _is_given(words[1]) and not _PATRONYMIC.search(words[-1]))  # noqa: PLR2004


def _begins_name(words: Sequence[str]) -> bool:
    """Whether the first of *words*, at the beginning of a sentence, is the given name or stands before a given name and a patronymic."""
    if words[0].lower() in _SMALL_WORDS:
        return False
    return _sounds_given(words[0]) or (len(words) > 2 and _PATRONYMIC.search(words[-1]) is not None)  # noqa: PLR2004


def in_case(name: Name) -> tuple[Name, ...]:
    """What a name in Cyrillic letters may be in the nominative; of a full one only what has a known given name, where any has.

    "Ирина Орлова" is no genitive of Ирин Орлов, so that a bare "Орлов" is not hers.

    >>> [form.parts for form in in_case(parse("Ирина Орлова"))], [form.parts for form in in_case(parse("Орлова"))]
    ([('irina', 'orlova')], [('orlova',), ('orlov',)])
    """
    forms = (name, *base_forms(name))
    return tuple(form for form in forms if form.is_full and is_given_name(form.parts[0])) or forms


def in_nominative(text: str) -> str:
    """A full name in Cyrillic letters in the nominative, where a known given name tells which that is; any other name as it is.

    >>> in_nominative("Дмитрия Козака"), in_nominative("Ирина Орлова"), in_nominative("Орлова"), in_nominative("Ana Costa")
    ('Дмитрий Козак', 'Ирина Орлова', 'Орлова', 'Ana Costa')
    """
    name = parse(text)
    return text if name.is_latin or not name.is_full else in_case(name)[0].text


@lru_cache(maxsize=1 << 12)
def _is_given(word: str) -> bool:
    """Whether *word* is a known given name, in whatever case."""
    return any(is_given_name(form) for form in _nominatives(word))


@lru_cache(maxsize=1 << 12)
def _sounds_given(word: str) -> bool:
    """Whether *word* may be a known given name as another language spells it."""
    return any(skeleton(form) in _given_skeletons() for form in _nominatives(word))


@lru_cache(maxsize=1)
def _given_skeletons() -> frozenset[str]:
    return frozenset(map(skeleton, given_names()))


def _nominatives(word: str) -> list[str]:
    """The folded forms that a capitalised *word* may have in the nominative; of one with a hyphen its first half alone."""
    name = parse(word)
    return [part for form in (name, *base_forms(name)) for part in form.parts[:1]]
