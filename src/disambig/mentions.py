"""Article -> Document: the people that an article mentions, with the words that say what they are.

spaCy finds names of people, organisations and places. On top of it stand names in Cyrillic letters, which our model has not learnt, the
document pass (each part of a name that the article introduces is found everywhere in it), the role words that stand with a name, forms of
address, and quotation marks.
"""

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise
from typing import TYPE_CHECKING

from disambig.names import (
    CYRILLIC,
    FAMILY_FIRST,
    PARTICLES,
    SUFFIXES,
    fold,
    full_names_in,
    is_given_name,
    is_honorific,
    parse,
    parts_in_case,
)
from disambig.places import countries_in
from disambig.records import Article, Document, Entity, Mention
from disambig.roles import fields_of, is_title_word, role_phrase_after, role_phrase_before, was_role
from disambig.words import FUNCTION_WORDS, gender_of_verbs, in_english, is_common_word, is_foreign_term, relative_before

if TYPE_CHECKING:
    from spacy.tokens import Doc

Span = tuple[int, int]

_LABELS = {"PERSON": "PERSON", "PER": "PERSON", "ORG": "ORG", "GPE": "LOC", "LOC": "LOC", "FAC": "LOC"}
"""What spaCy pipelines call the three kinds of name; other labels are passed over."""
PERSON_LABELS = frozenset(name for name, label in _LABELS.items() if label == "PERSON")

_OPENING, _CLOSING = frozenset("\"'“‘«„`"), frozenset("\"'”’»“`")
_EDGES = " \t\r\n\"'“”‘’«»„`.,;:!?()[]{}<>*_-–—/\\|"
_PIECE = re.compile(r"[^\t\r\n]+(?:\r?\n[^\t\r\n]+)*")  # up to a tab or an empty line
_HYPHENATED = re.compile(r"-([a-z]{1,5})\b")
_ARTICLES = frozenset({"the", "a", "an", "this", "that", "each", "every"})
_LEADING = frozenset(
    "the a an one two another in on at for and but or of from with when while after before as if that this so then".split()
)
_OFFICES = frozenset({"politics", "military", "police"})
_POSSESSIVE = re.compile(r"\s?['’`]s?$", re.IGNORECASE)
_POSSESSIVE_END = frozenset("'’`sS")
_RUN = re.compile(r"\S+")
_LONGEST_WORD = 1_000  # characters without white space; the longest in 1,100 articles and records at hand has 143
_LONGEST_SENTENCE = 3_000  # characters, of which all are looked at for each mention; of 6,864 sentences at hand the longest has 2,376
_WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")
_CAPITALISED = re.compile(r"[^\W\d_a-z](?<![^\W_].)(?<![^\W_][-'’].)[^\W_]*(?:[-'’][^\W_]+)*")  # a `_WORD` that may begin with a capital
_HEADLINE = re.compile(r"^(?=[^\n]*[^\W\d_]{2})[^\na-z]{8,}$", re.MULTILINE)
_CAPITAL_RUN = re.compile(r"[^\W\d_a-z][\w'’-]{0,60}(?: [^\W\d_a-z][\w'’-]{0,60})+")


def find_mentions(
    article: Article,
    nlp: "Callable[[str], Doc]",
    *,
    given: Iterable[Span] | None = None,
    is_known: Callable[[str], bool] | None = None,
    is_surname: Callable[[str], bool] | None = None,
) -> Document:
    """Find the people, organisations and places that *article* names.

    *nlp* gives the Doc of a text: a spaCy pipeline, or a function that hands out one which a pipeline has made before.
    *given* are spans known to be people: they stay as they are, and what spaCy finds beside them is kept too, for it tells who they are.
    *is_known* says whether a written name is the full name of somebody in the KB: a hint where spaCy saw nothing, never proof.
    *is_surname* says it of a surname: a hint in Cyrillic letters, which a pipeline for another language has not learnt.
    Mentions come in the order of the text; found ones do not overlap.
    """
    text = _without_long_words(article.text)
    doc = nlp(text)
    parted = _parted(doc, text)
    sentences = tuple(piece for start, end in parted for piece in _pieces(text, start, end))
    people, entities = _names(doc, article.text, [start for start, _ in parted])
    if CYRILLIC.search(text) and doc.lang_ not in _CYRILLIC_LANGUAGES:
        people, entities = _with_cyrillic(article.text, people, entities, is_surname)
    if is_known is not None:
        people = _hinted(article.text, people, entities, is_known)
    people, entities = document_pass(article.text, people, entities)
    fixed = tuple(dict.fromkeys(given or ()))
    taken = _Taken(fixed)
    spans = sorted([*fixed, *(span for span in people if not taken.overlaps(span))])
    taken = _Taken(spans)
    entities = [entity for entity in entities if not taken.overlaps((entity.start, entity.end))]
    starts, headlines = [start for start, _ in sentences], _headlines(article.text)
    described = (
        _describe(article, (start, end), (max(0, bisect_right(starts, start) - 1), bisect_right(headlines, start)), sentences)
        for start, end in spans
    )
    return Document(article, sentences, tuple(entities), tuple(described))


def _headlines(text: str) -> list[int]:
    """Where the stories of a digest begin: at lines in capitals, if there are several; an article is one story."""
    found = [line.start() for line in _HEADLINE.finditer(text) if line.group().isupper()]  # so of no alphabet has it small letters
    return found if len(found) > 1 else []


def _without_long_words(text: str) -> str:
    """*text* as spaCy gets it: blank where no white space stands for so long that it is no word of any language that is read here.

    The time that spaCy takes to part a run of quotation marks or digits grows with the square of its length.
    """
    if max(map(len, text.split()), default=0) <= _LONGEST_WORD:
        return text
    return _RUN.sub(lambda run: " " * len(run.group()) if len(run.group()) > _LONGEST_WORD else run.group(), text)


def _parted(doc: "Doc", text: str) -> list[Span]:
    """The sentences of *doc*, made of *text*; the whole text is one where the pipeline does not part it.

    The same as `doc.sents`, which makes an object of every token on the way.
    """
    if not (len(doc) and doc.has_annotation("SENT_START")):
        return [(0, len(text))]
    firsts = [0, *(int(i) for i in (doc.to_array("SENT_START") == 1).nonzero()[0] if i), len(doc)]
    lasts = (doc[following - 1] for following in firsts[1:])
    return [(doc[first].idx, last.idx + len(last)) for first, last in zip(firsts, lasts, strict=False)]


def _pieces(text: str, start: int, end: int) -> Iterator[Span]:
    """The sentence from *start* to *end* in pieces of at most `_LONGEST_SENTENCE`, cut after white space where there is some."""
    while end - start > _LONGEST_SENTENCE:
        cut = 1 + max(text.rfind(space, start, start + _LONGEST_SENTENCE) for space in " \n")
        cut = cut or start + _LONGEST_SENTENCE
        yield start, cut
        start = cut
    yield start, end


def _names(doc: "Doc", text: str, starts: list[int]) -> tuple[list[Span], list[Entity]]:
    """The spans of people in *text*, cleaned, and the organisations and places that spaCy found; *starts* are those of the sentences."""
    people: list[Span] = []
    entities: list[Entity] = []
    for entity in doc.ents:
        label = _LABELS.get(entity.label_)
        if label == "PERSON":
            # no name goes over the end of a sentence
            inside = starts[bisect_right(starts, entity.start_char) : bisect_left(starts, entity.end_char)]
            for start, end in pairwise((entity.start_char, *inside, entity.end_char)):
                people.extend(_clean(text, start, end))
        elif label:
            entities.append(Entity(entity.start_char, entity.end_char, text[entity.start_char : entity.end_char], label))
    return _joined(text, people), entities


def _joined(text: str, people: list[Span]) -> list[Span]:
    """*people* with two spans made one where the first ends in a particle: "Edson Arantes do" and "Nascimento"."""
    joined: list[Span] = []
    for start, end in people:
        before = text[slice(*joined[-1])].split() if joined and text[joined[-1][1] : start] == " " else []
        if len(before) > 1 and before[-1].islower() and fold(before[-1]) in PARTICLES:
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined


def _clean(text: str, start: int, end: int) -> Iterator[Span]:
    """The names within a found span: cut at empty lines, without quotation marks, words and titles before, possessive endings after."""
    for piece in _PIECE.finditer(text, start, end):
        left, right = piece.span()
        for _ in range(2):  # a possessive may stand inside quotation marks or outside
            while left < right and text[left] in _EDGES:
                left += 1
            while left < right and text[right - 1] in _EDGES and not _abbreviated(text[left:right]):
                right -= 1
            if text[right - 1 : right] in _POSSESSIVE_END and (found := _POSSESSIVE.search(text, left, right)):
                right = found.start()
        words = list(_WORD.finditer(text, left, right))
        while (
            len(words) > 1
            and _is_before_name(words[0].group(), words[1].group())
            and not (len(words[0].group()) == 1 and text[words[0].end()] == ".")
        ):
            words = words[1:]
            left = words[0].start()
        if (
            words
            and fold(words[0].group()) in FAMILY_FIRST
            and (rest := _HYPHENATED.match(text, right))
            and rest.group(1) not in FUNCTION_WORDS
        ):
            right = rest.end()  # "Kim Jong-un", of which spaCy may take "Kim Jong"
        if words and text[right : right + 1] == "." and fold(words[-1].group()) in {"jr", "sr"}:
            right += 1
        name = text[left:right]
        if words and any(map(str.isalpha, name)) and not (name.islower() and (name in FUNCTION_WORDS or is_title_word(name))):
            yield left, right


def _is_before_name(word: str, following: str) -> bool:
    """Whether the first word of a found span is no part of the name: a title, a small word before a capital one, an article."""
    if fold(word) in PARTICLES or is_given_name(fold(word)):
        return False
    office = bool(fields_of(word) & _OFFICES)  # other roles are given names too: "Mason Reis", "Hunter Costa"
    return is_honorific(word) or office or (word.islower() and not following.islower()) or fold(word) in _LEADING


def _abbreviated(name: str) -> bool:
    """Whether the full stop at the end belongs to the name: "Sammy Davis Jr.", "John D."."""
    last = name.rsplit(maxsplit=1)[-1]
    return last.endswith(".") and " " in name and (fold(last) in {"jr", "sr"} or len(last) == 2)  # noqa: PLR2004


class _Taken:
    """The stretches of a text that are taken; those that overlap are one."""

    def __init__(self, spans: Iterable[Span]) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []
        for start, end in sorted(spans):
            if self._ends and start < self._ends[-1]:
                self._ends[-1] = max(end, self._ends[-1])
            else:
                self._starts.append(start)
                self._ends.append(end)

    def overlaps(self, span: Span) -> bool:
        """Whether a part of *span* is taken."""
        place = bisect_left(self._starts, span[1])
        return place > 0 and self._ends[place - 1] > span[0]

    def covers(self, span: Span) -> bool:
        """Whether one stretch that is taken holds all of *span*."""
        place = bisect_right(self._starts, span[0])
        return place > 0 and self._ends[place - 1] >= span[1]

    def add(self, span: Span) -> None:
        """Take *span*, which is free."""
        place = bisect_left(self._starts, span[0])
        self._starts.insert(place, span[0])
        self._ends.insert(place, span[1])


# -- the document pass


def document_pass(text: str, people: list[Span], entities: list[Entity]) -> tuple[list[Span], list[Entity]]:
    """Find each part of a name that the article introduces everywhere in it.

    Takes and returns the spans of people and the other names. A name that spaCy took for something else becomes a person where the article
    introduces just that name with a given name, and a city taken for a person becomes a place where it does not; a word inside a longer
    name of something else is left alone.
    """
    introduced = _introduced(text, people)
    places = [span for span in people if _is_place(text, span, introduced)]
    people = [span for span in people if span not in places]
    entities = sorted([*entities, *(Entity(start, end, text[start:end], "LOC") for start, end in places)], key=lambda entity: entity.start)
    if not introduced:
        return people, entities
    others = Counter(entity.text.casefold() for entity in entities)
    alone = Counter(text[slice(*span)].casefold() for span in people)
    mistaken = {
        (entity.start, entity.end)
        for entity in entities
        if introduced.get(entity.text.casefold())
        # oftener than as a person it is a firm or town that has the person's name; before a colon it is who speaks
        and (others[entity.text.casefold()] <= max(1, alone[entity.text.casefold()]) or text[entity.end : entity.end + 1] == ":")
        and not (entity.label == "LOC" and countries_in(entity.text))
    }
    taken = _Taken([*people, *((entity.start, entity.end) for entity in entities)])
    added = [span for span in _recurring(text, introduced) if not taken.overlaps(span)]
    kept = [entity for entity in entities if (entity.start, entity.end) not in mistaken]
    return sorted([*people, *added, *mistaken]), kept


def _is_place(text: str, span: Span, introduced: dict[str, bool]) -> bool:
    """Whether a single word found to be a person is a city or country, which no full name and no title explains ("Washington expects")."""
    name = text[slice(*span)]
    if " " in name or introduced.get(name.casefold()) or is_given_name(fold(name)):
        return False
    before = _HONORIFIC_BEFORE.search(text, max(0, span[0] - _LONGEST_HONORIFIC), span[0])
    return bool(countries_in(name)) and not (before and is_title_word(before.group(1)))


def _introduced(text: str, people: list[Span]) -> dict[str, bool]:
    """The parts of names that stand for a person in this article, casefolded; True where a full name introduces them.

    Those in Cyrillic letters also as what they may be in the nominative.

    A name that stands alone must have been found twice: what was found once may be a mistake, which would then be found everywhere.
    """
    found = Counter(text[slice(*span)].casefold() for span in people)
    parts: dict[str, bool] = {}
    for start, end in people:
        words = [word for word in _WORD.findall(text[start:end]) if fold(word) not in SUFFIXES]
        if len(words) == 1 and len(words[0]) > 2 and found[words[0].casefold()] > 1:  # noqa: PLR2004
            parts.setdefault(words[0].casefold(), False)
        elif len(words) > 1:
            surname = words[0] if fold(words[0]) in FAMILY_FIRST else words[-1]
            for word in (surname, words[-1]):
                if len(word) > 2 and not word.islower() and "of" not in words:  # noqa: PLR2004
                    parts[word.casefold()] = True
            parts.setdefault(words[0].casefold(), False)
    for part, in_full in tuple(parts.items()):
        for form in _nominatives(part):
            parts.setdefault(form, in_full)
    return parts


def _nominatives(word: str) -> tuple[str, ...]:
    """The folded forms that a casefolded Cyrillic word may have in the nominative; none for others."""
    if word.isascii() or (name := parse(word.capitalize())).is_latin:  # a word in small letters has no case
        return ()
    return parts_in_case(name)


def _recurring(text: str, introduced: dict[str, bool]) -> Iterator[Span]:
    """Where introduced parts stand again, adjacent ones as one span."""
    after = 0
    for first in _CAPITALISED.finditer(text):
        if first.start() < after or not _stands_for_person(text, first, introduced):
            continue
        last = first
        while (following := _word_after(text, last)) and _stands_for_person(text, following, introduced):
            last = following
        if _stands_free(text, first, last):
            yield first.start(), last.end() - _possessive_length(last.group())
        after = last.end()


def _word_before(text: str, word: re.Match[str], *gaps: str) -> str:
    """The word before *word*, if one of *gaps* is between them; "" where there is none."""
    for gap in gaps:
        end = word.start() - len(gap)
        if text[max(0, end) : word.start()] == gap:
            before = list(_WORD.finditer(text, text.rfind(" ", 0, end) + 1, end))
            return before[-1].group() if before and before[-1].end() == end else ""
    return ""


def _word_after(text: str, word: re.Match[str]) -> re.Match[str] | None:
    """The word after *word*, if a blank alone is between them."""
    return _WORD.match(text, word.end() + 1) if text[word.end() : word.end() + 1] == " " else None


def _possessive_length(word: str) -> int:
    return 2 if word.endswith(_POSSESSIVES) else 0


_POSSESSIVES = ("'s", "’s", "'S", "’S")


def _stands_for_person(text: str, word: re.Match[str], introduced: dict[str, bool]) -> bool:
    """Whether a word is an introduced part, written as a name; a part that is also a word needs a lower-case word before it."""
    written = word.group()
    part = _introduced_part(written, introduced) if written[0].isupper() else None
    if part is None:
        return False
    is_common = is_common_word(fold(written[: len(written) - _possessive_length(written)]))
    if introduced[part] and not is_common:
        return True
    before = _word_before(text, word, " ")
    return before.islower() and not (is_common and before in _BEFORE_MONTHS)


def _introduced_part(written: str, introduced: dict[str, bool]) -> str | None:
    """The introduced part that a word is, in whatever case it stands."""
    word = written[: len(written) - _possessive_length(written)].casefold()
    if word in introduced:
        return word
    return None if word.isascii() else next((form for form in _nominatives(word) if form in introduced), None)


_BEFORE_MONTHS = frozenset({"in", "since", "by", "until", "of", "last", "next", "this", "on", "early", "late", "mid", "from", "to"})


def _stands_free(text: str, first: re.Match[str], last: re.Match[str]) -> bool:
    """Whether *first* to *last* are no piece of a longer name: capitalised neighbours must be titles, or begin or end a sentence."""
    following = _word_after(text, last)
    if following and following.group()[0].isupper():
        return first.group().isupper() and following.group().isupper()  # a headline: every word is a capital
    before = _word_before(text, first, " ", ". ")
    if before.lower() in _ARTICLES:
        return False
    return not before[:1].isupper() or is_title_word(before) or before.isupper() or not is_given_name(fold(before))


def _hinted(text: str, people: list[Span], entities: list[Entity], is_known: Callable[[str], bool]) -> list[Span]:
    """*people* with the runs of capitalised words that are somebody's full name in the KB and were not found to be anything else."""
    taken = _Taken([*people, *((entity.start, entity.end) for entity in entities)])
    added: list[Span] = []
    for run in _CAPITAL_RUN.finditer(text):
        if taken.covers(run.span()):
            continue
        words = list(_WORD.finditer(text, *run.span()))
        parts = ((words[i].start(), words[j].end()) for n in (4, 3, 2) for i in range(len(words) - n + 1) for j in (i + n - 1,))
        for span in parts:
            if not taken.overlaps(span) and is_known(text[slice(*span)]):
                added.append(span)
                taken.add(span)
    return sorted([*people, *added])


# -- names in Cyrillic letters

_CYRILLIC_LANGUAGES = frozenset("be bg kk ky mk mn ru sr tg tt uk".split())
_CYRILLIC_NAME = re.compile(r"(?<![\w-])[\u0400-\u042f][\u0430-\u052f'’ʼ]+(?:-[\u0400-\u052f][\u0430-\u052f]+)*(?![\w-])")
_SMALL_WORD = re.compile(r"\s[\u0430-\u052f'’-]+(?=\s)")
_BETWEEN = 2  # words between a name and its verb: "Орлов также вчера сказал"


def _with_cyrillic(
    text: str, people: list[Span], entities: list[Entity], is_surname: Callable[[str], bool] | None
) -> tuple[list[Span], list[Entity]]:
    """*people* and *entities* with the names in Cyrillic letters: the full ones by their shape, before what spaCy took a part of them for.

    Bare ones where they are somebody's surname, and once at least role words stand before it or a verb of the past beside it.
    """
    full = list(full_names_in(text, is_term=is_foreign_term))
    taken = _Taken(full)
    people = [*full, *(span for span in people if not taken.overlaps(span))]
    taken = _Taken(people)
    words = [word for word in _CYRILLIC_NAME.finditer(text) if not (taken.overlaps(word.span()) or _is_term(text, word))]
    surnames = filter(is_surname, {word.group() for word in words}) if is_surname else ()
    forms = {surname: parts_in_case(parse(surname)) for surname in surnames}
    bare = [word for word in words if word.group() in forms]
    told = {form for word in bare if _is_of_person(text, word.span()) for form in forms[word.group()]}
    added = [word.span() for word in bare if not told.isdisjoint(forms[word.group()])]
    taken = _Taken([*full, *added])
    return sorted([*people, *added]), [entity for entity in entities if not taken.overlaps((entity.start, entity.end))]


def _is_term(text: str, word: re.Match[str]) -> bool:
    """Whether a word is one of the glossary: "Козак" is a Cossack only where a sentence begins."""
    before = text[max(0, word.start() - 2) : word.start()]
    return is_foreign_term(word.group(), has_own_capital=before[-1:] == " " and (before[0].isalnum() or before[0] in ",»"))


def _is_of_person(text: str, span: Span) -> bool:
    """Whether role words stand before a bare name in Russian or Ukrainian, or a verb of the past next to it or a word or two behind it."""
    before, after = text[max(0, span[0] - _CLOSE) : span[0]], text[span[1] : span[1] + _CLOSE]
    if before.endswith(" ") and role_phrase_before(in_english(before)):
        return True
    for _ in range(_BETWEEN + 1):
        if any(gender_of_verbs(before, after)):
            return True
        between = _SMALL_WORD.match(after)
        if between is None:
            return False
        before, after = "", after[between.end() :]
    return False


# -- what stands around a name


def _describe(article: Article, span: Span, within: tuple[int, int], sentences: tuple[Span, ...]) -> Mention:
    """The mention at *span* with its title, honorific and quotation marks; *within* are the numbers of its sentence and its story."""
    (start, end), (number, story) = span, within
    first, last = sentences[number]
    before = in_english(article.text[min(first, start) : start])
    after = in_english(article.text[end : max(last, end)])
    text = article.text[start:end]
    phrase = role_phrase_before(before) or _role_within(text) or role_phrase_after(_POSSESSIVE_AFTER.sub("", after))
    honorific = _HONORIFIC_BEFORE.search(before[-_LONGEST_HONORIFIC:])
    return Mention(
        article_id=article.id,
        start=start,
        end=end,
        text=text,
        title=(title := " ".join(phrase.split())),
        had_title=was_role(title, after),
        honorific=honorific.group(1) if honorific and is_title_word(honorific.group(1)) else "",
        sentence=number,
        story=story,
        another=_is_another(before, after),
        relative=relative_before(article.text, start),
        quoted=before[-1:] in _OPENING and after[:1] in _CLOSING,
    )


def _role_within(text: str) -> str:
    """The role words that a given span begins with, "" for none: "Education Secretary Arne Duncan"; found ones are trimmed."""
    words = text.split(maxsplit=_LONGEST_TITLE + 1)
    for count in range(min(len(words) - 1, _LONGEST_TITLE), 0, -1):
        last = words[count - 1].removesuffix(".")
        if is_title_word(last) and (count > 1 or fold(last) not in parse(text).parts):  # "Dean Costa" may be so called
            return role_phrase_before(f"{' '.join(words[:count])} ")
    return ""


_LONGEST_TITLE = 4  # words
_CLOSE = 100  # characters before a name in which what says that it is another's stands
_LONGEST_HONORIFIC = 30  # characters, with the blank after it
_HONORIFIC_BEFORE = re.compile(r"([^\W\d_]+)\.?\s$")


def _is_another(before: str, after: str) -> bool:
    """Whether a name is introduced as that of somebody else than who has been spoken of: "another …", "… (no relation)", "the X who …"."""
    told = before[-4:].lower() == "the " and after.startswith((" who", " whose", " whom"))
    return told or _ANOTHER.search(before[-_CLOSE:]) is not None or _NO_RELATION.match(after) is not None


_ANOTHER = re.compile(
    r"\b(?:another|the\sother|an?|one|certain|different|second|third|namesake,?|also|likewise|different person,|another man,|"
    r"another woman,)\s$"
    r"|\bconfused with\s(?:the\s)?(?:[a-z-]+\s){0,3}$",
    re.IGNORECASE,
)
_NO_RELATION = re.compile(r",?\s\(?(?:no relation|not related|unrelated|no kin)\b", re.IGNORECASE)
_POSSESSIVE_AFTER = re.compile(r"^['’]s(?=\W)")
