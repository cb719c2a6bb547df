"""Document -> Scenes: the text with its names masked, one scene for each name that may stand for several people."""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property, partial
from itertools import groupby

from disambig.claims.classes import ASIDE, FULL, KIN, OPEN, PLAIN
from disambig.names import Kind, Name, agree, parse, skeleton
from disambig.records import Document, Mention
from disambig.roles import is_role
from disambig.words import content_stems, stem

_QUOTE = re.compile(r"“[^”\n]*(?:”|(?=\n)|$)|\"[^\"\n]*(?:\"|(?=\n)|$)|«[^»\n]*»|„[^“”\n]*[“”]|‘(?<!\w‘)[^’\n]{2,}’(?!\w)")
_AFTER = re.compile(r"(?:,\s|\s\(|\s[–—-]\s|\s(?=the\s))(?!not\b)([^,;:.!?()\"“”–—\n]{2,70})")
_BEFORE = re.compile(r"([^,;:.!?()\"“”–—\n]{2,60}?),?\s$")


@dataclass(frozen=True, eq=False)
class Page:
    """What is the same for all scenes of an article; most of it is needed for few articles, and made when it is."""

    document: Document

    @cached_property
    def masked(self) -> str:
        """The text, each letter of a name PLAIN."""
        return _marked(self.document.article.text, self.document.mentions, PLAIN)

    @cached_property
    def lowered_mask(self) -> str:
        """`masked` in lower case."""
        return lowered(self.masked)

    @cached_property
    def clear(self) -> str:
        """`masked`, asides such as ", she said," blanked."""
        return _without_asides(self.masked)

    @cached_property
    def lowered_clear(self) -> str:
        """`clear` in lower case."""
        return lowered(self.clear)

    @cached_property
    def lowered(self) -> str:
        """The text in lower case."""
        return lowered(self.document.article.text)

    @cached_property
    def quotes(self) -> tuple[tuple[int, int], ...]:
        """The offsets of what stands in quotation marks."""
        return tuple(found.span() for found in _QUOTE.finditer(self.document.article.text))

    @cached_property
    def by_start(self) -> dict[int, Mention]:
        """The mentions by where they begin."""
        return {mention.start: mention for mention in self.document.mentions}

    @cached_property
    def _quote_starts(self) -> list[int]:
        return [start for start, _ in self.quotes]

    @cached_property
    def _mention_starts(self) -> list[int]:
        return [mention.start for mention in self.document.mentions]

    @cached_property
    def _sentence_starts(self) -> list[int]:
        return [start for start, _ in self.document.sentences]

    @cached_property
    def described(self) -> Callable[[Mention], frozenset[str]]:
        """`described`, remembered."""
        return cache(partial(described, self.document))

    def quote_around(self, offset: int) -> tuple[int, int] | None:
        """The offsets of the quotation marks that *offset* lies in."""
        last = bisect_left(self._quote_starts, offset) - 1
        return self.quotes[last] if last >= 0 and offset < self.quotes[last][1] else None

    def is_quoted(self, offset: int) -> bool:
        """Whether *offset* lies inside quotation marks."""
        around = self.quote_around(offset)
        return around is not None and offset < around[1] - 1

    def mentions_in(self, start: int, end: int) -> tuple[Mention, ...]:
        """The mentions that begin from *start* to *end*."""
        return self.document.mentions[bisect_left(self._mention_starts, start) : bisect_left(self._mention_starts, end)]

    def sentences_before(self, offset: int) -> int:
        """How many sentences begin before *offset*."""
        return bisect_left(self._sentence_starts, offset)

    def has(self, words: Iterable[str]) -> bool:
        """Whether one of *words*, or of beginnings of words, stands in the text: a quick look before a rule is tried."""
        return any(word in self.lowered for word in words)

    def sentences_with(self, words: Iterable[str]) -> set[int]:
        """The numbers of the sentences in which one of *words*, or of beginnings of words, stands."""
        found = (found.start() for word in words for found in re.finditer(word, self.lowered))
        return {self.sentences_before(start + 1) - 1 for start in found}


@dataclass(frozen=True, eq=False)
class Scene:
    """An article as the bearers of one name see it. Offsets in `masked` are those of the text."""

    page: Page
    full: tuple[Mention, ...]  # those that give a bearer's full name
    open: tuple[Mention, ...]  # the bare ones, and those with an initial

    @property
    def document(self) -> Document:
        """The article with what was found in it."""
        return self.page.document

    @property
    def quotes(self) -> tuple[tuple[int, int], ...]:
        """The offsets of what stands in quotation marks."""
        return self.page.quotes

    @property
    def by_start(self) -> dict[int, Mention]:
        """All mentions of the article by where they begin."""
        return self.page.by_start

    @cached_property
    def group(self) -> tuple[Mention, ...]:
        """All mentions of the name, in the order of the text."""
        return tuple(sorted((*self.full, *self.open), key=lambda mention: mention.start))

    @cached_property
    def masked(self) -> str:
        """The text, each letter of a name PLAIN, FULL or OPEN."""
        return _marked(_marked(self.page.masked, self.full, FULL), self.open, OPEN)

    @cached_property
    def clear(self) -> str:
        """The same, asides such as ", she said," blanked."""
        text = self.page.clear
        full, bare = ((mention for mention in group if text[mention.start] == PLAIN) for group in (self.full, self.open))
        return _marked(_marked(text, full, FULL), bare, OPEN)

    @cached_property
    def lowered(self) -> str:
        """`clear` in lower case: a pattern that need not mind the case takes half the time."""
        return lowered(self.clear)

    @cached_property
    def named(self) -> dict[int, list[Mention]]:
        """Those of each sentence that has any, by its number."""
        return {number: list(mentions) for number, mentions in groupby(self.group, key=lambda mention: mention.sentence)}

    @cached_property
    def members(self) -> frozenset[Mention]:
        """The mentions of `group`."""
        return frozenset(self.group)

    def is_quoted(self, offset: int) -> bool:
        """Whether *offset* lies inside quotation marks."""
        return self.page.is_quoted(offset)

    def paragraph(self, offset: int) -> tuple[int, int]:
        """The offsets of the paragraph around *offset*."""
        return self.document.paragraph(offset, offset)


def scenes(document: Document) -> Iterator[Scene]:
    """One scene for each name that mentions of *document* share: with those that give it in full, if any do."""
    page = Page(document)
    names = {mention.text: parse(mention.text) for mention in document.mentions}
    is_full = {text: name.is_full and not is_initialed(name) for text, name in names.items()}
    full = [mention for mention in document.mentions if is_full[mention.text]]
    short = [mention for mention in document.mentions if not is_full[mention.text]]
    fitting = _fitting(names, {mention.text for mention in full})
    explained: set[str] = set()
    for known in _grouped(full, fitting, names):
        written = {mention.text for mention in known}
        fits = {text for text, others in fitting.items() if not others.isdisjoint(written)}
        explained |= fits
        yield Scene(page, tuple(known), tuple(mention for mention in short if mention.text in fits))
    bare = sorted((m for m in short if m.text not in explained), key=lambda m: (_key(names[m.text]), m.start))
    for _, alone in groupby(bare, key=lambda mention: _key(names[mention.text])):
        yield Scene(page, (), tuple(alone))


def _fitting(names: dict[str, Name], full: set[str]) -> dict[str, set[str]]:
    """For each short form among *names*, which of the *full* ones it may stand for."""
    spelt: dict[str, set[str]] = {}
    for text in full:
        for part in names[text].parts:
            spelt.setdefault(skeleton(part), set()).add(text)
    return {
        text: {other for other in (_spelt_alike(name, spelt) if name.is_latin else full) if _is_short_for(name, names[other])}
        for text, name in names.items()
        if text not in full
    }


def _spelt_alike(name: Name, spelt: dict[str, set[str]]) -> set[str]:
    """A quick look: which full names, by the skeletons that they are *spelt* with, a short one in Latin letters may stand for.

    Parts that are alike enough have a skeleton in common; so have surnames of one key, but for the ending of a woman's.
    """
    sounds = (*map(skeleton, name.parts), *(f"{_key(name)}{ending}" for ending in ("", "a", "ea", "i")))
    return set().union(*(spelt.get(sound, ()) for sound in sounds))


def _grouped(full: list[Mention], fitting: dict[str, set[str]], names: dict[str, Name]) -> list[list[Mention]]:
    """The full mentions in groups: those of one surname, and those that one short form fits ("Kim" for all of the Kims)."""
    keyed = sorted(full, key=lambda mention: (_key(names[mention.text]), mention.start))
    groups = [list(bearers) for _, bearers in groupby(keyed, key=lambda mention: _key(names[mention.text]))]
    for others in (others for others in fitting.values() if len(others) > 1):
        apart: list[list[Mention]] = []
        joined: list[list[Mention]] = []
        for group in groups:
            (apart if others.isdisjoint(mention.text for mention in group) else joined).append(group)
        if len(joined) > 1:
            groups = [*apart, [mention for group in joined for mention in group]]
    return [sorted(group, key=lambda mention: mention.start) for group in groups]


def may_be_short_for(short: Mention, full: Mention) -> bool:
    """Whether *short*, a bare name of a scene or one with an initial, may stand for *full*: not all of a scene share one given name."""
    return _is_short_for(parse(short.text), parse(full.text))


def lowered(text: str) -> str:
    """*text* in lower case, offsets as they were: the dotted I is the one letter that would become two."""
    return text.replace("İ", "i").lower()


def is_initialed(name: Name) -> bool:
    """Whether what stands beside the surname is initials only, or a given name as old papers shorten it: "D. Kozak", "Wm. Hart"."""
    return name.is_full and all(len(part) == 1 or part in _SHORTENED for part in name.parts if part not in name.family)


_SHORTENED = frozenset("benj chas danl edw fredk geo jas jno jos richd robt saml thos wm".split())


def described(document: Document, mention: Mention) -> frozenset[str]:
    """Stems of what the text attaches to one mention: its role words, an apposition after it, the words before it; words of kinship too."""
    text, (first, last) = document.article.text, document.sentences[mention.sentence]
    after = _AFTER.match(text, mention.end, max(last, mention.end))
    before = _BEFORE.search(text[max(min(first, mention.start), mention.start - 60) : mention.start])
    apposed = after.group(1) if after and not re.search(r"\b(?:not|no|unrelated)\b", after.group(1)) else ""
    words = f"{mention.title} {apposed}"
    ahead = before.group(1).split()[-5:] if before else []
    if any(word.lower() in KIN or is_role(word.lower()) for word in ahead):
        words += f" {' '.join(ahead)}"
    return stems(words)


def stems(words: str) -> frozenset[str]:
    """The stems of words that describe somebody."""
    return content_stems(words) | {stem(word) for word in re.findall(r"[a-z-]+", words.lower()) if word in KIN}


def _key(name: Name) -> str:
    return _ENDINGS.sub("", skeleton(name.family[-1]))  # "Orlova" is the Orlov of a woman, "Horská" and "Horskaya" the Horský


_ENDINGS = re.compile(r"e?a$|(?<=k)i$")


def _is_short_for(name: Name, full: Name) -> bool:
    agreement = agree(name, full)
    return (agreement.kind in {Kind.SURNAME, Kind.INITIAL, Kind.GIVEN} and agreement.likeness > 0.95) or _key(name) == _key(full)  # noqa: PLR2004


def _without_asides(masked: str) -> str:
    """*masked* with asides blanked; the comma after one stays where a clause begins."""

    def blank(found: "re.Match[str]") -> str:
        goes_on = re.match(r"\s(?:and|but|that|while|who)\b", masked[found.end() : found.end() + 7])
        return " " * (found.end() - found.start() - 1) + ("," if goes_on else " ")

    return ASIDE.sub(blank, masked)


def _marked(text: str, mentions: Iterable[Mention], mark: str) -> str:
    """*text* with every letter of *mentions*, which are in the order of the text, replaced by *mark*."""
    pieces, at = [], 0
    for mention in mentions:
        start = max(at, mention.start)
        pieces += [text[at:start], mark * (mention.end - start)]
        at = max(at, mention.end)
    return "".join((*pieces, text[at:]))
