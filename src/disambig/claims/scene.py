"""Document -> Scenes: the text with its names masked, one scene for each name that may stand for several people."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from disambig.claims.classes import ASIDE, FULL, KIN, OPEN, PLAIN
from disambig.names import Kind, Name, agree, parse, skeleton
from disambig.records import Document, Mention
from disambig.roles import is_role
from disambig.words import content_stems, stem

_QUOTE = re.compile(r"“[^”\n]*(?:”|(?=\n)|$)|\"[^\"\n]*(?:\"|(?=\n)|$)|«[^»\n]*»|„[^“”\n]*[“”]|(?<!\w)‘[^’\n]{2,}’(?!\w)")
_AFTER = re.compile(r"(?:,\s|\s\(|\s[–—-]\s|\s(?=the\s))(?!not\b)([^,;:.!?()\"“”–—\n]{2,70})")
_BEFORE = re.compile(r"([^,;:.!?()\"“”–—\n]{2,60}?),?\s$")


@dataclass(frozen=True)
class Scene:
    """An article as the bearers of one name see it. Offsets in `masked` are those of the text."""

    document: Document
    full: tuple[Mention, ...]  # those that give a bearer's full name
    open: tuple[Mention, ...]  # the bare ones, and those with an initial
    masked: str  # each letter of a name is PLAIN, FULL or OPEN
    clear: str  # the same, asides such as ", she said," blanked
    quotes: tuple[tuple[int, int], ...]
    by_start: dict[int, Mention]

    @cached_property
    def group(self) -> tuple[Mention, ...]:
        """All mentions of the name, in the order of the text."""
        return tuple(sorted((*self.full, *self.open), key=lambda mention: mention.start))

    def is_quoted(self, offset: int) -> bool:
        """Whether *offset* lies inside quotation marks."""
        return any(start < offset < end - 1 for start, end in self.quotes)

    def paragraph(self, offset: int) -> tuple[int, int]:
        """The offsets of the paragraph around *offset*."""
        return self.document.paragraph(offset, offset)


def scenes(document: Document) -> Iterator[Scene]:
    """One scene for each name that mentions of *document* share: with those that give it in full, if any do."""
    names = {mention: parse(mention.text) for mention in document.mentions}
    full = [mention for mention in document.mentions if names[mention].is_full and not is_initialed(names[mention])]
    quotes = tuple(found.span() for found in _QUOTE.finditer(document.article.text))
    by_start = {mention.start: mention for mention in document.mentions}
    explained: set[Mention] = set()
    short = [mention for mention in document.mentions if mention not in full]
    for known in _grouped(full, short, names):
        fits = [m for m in short if any(_is_short_for(names[m], names[other]) for other in known)]
        explained.update(fits)
        masked = _masked(document, frozenset(known), frozenset(fits))
        yield Scene(document, tuple(known), tuple(fits), masked, _without_asides(masked), quotes, by_start)
    bare = sorted((m for m in document.mentions if m not in explained and m not in full), key=lambda m: (_key(names[m]), m.start))
    for _, alone in groupby(bare, key=lambda mention: _key(names[mention])):
        fits = list(alone)
        masked = _masked(document, frozenset(), frozenset(fits))
        yield Scene(document, (), tuple(fits), masked, _without_asides(masked), quotes, by_start)


def _grouped(full: list[Mention], short: list[Mention], names: dict[Mention, Name]) -> list[list[Mention]]:
    """The full mentions in groups: those of one surname, and those that one short form fits ("Kim" for all of the Kims)."""
    groups: list[list[Mention]] = []
    keyed = sorted(full, key=lambda mention: (_key(names[mention]), mention.start))
    for _, bearers in groupby(keyed, key=lambda mention: _key(names[mention])):
        groups.append(list(bearers))
    for mention in short:
        fitting = [group for group in groups if any(_is_short_for(names[mention], names[other]) for other in group)]
        if len(fitting) > 1:
            groups = [group for group in groups if group not in fitting] + [[m for group in fitting for m in group]]
    return [sorted(group, key=lambda mention: mention.start) for group in groups]


def is_initialed(name: Name) -> bool:
    """Whether what stands beside the surname is initials only: "D. Kozak"."""
    return name.is_full and all(len(part) == 1 for part in name.parts if part not in name.family)


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
    return skeleton(name.family[-1]).removesuffix("a")  # "Orlova" is the Orlov of a woman


def _is_short_for(name: Name, full: Name) -> bool:
    agreement = agree(name, full)
    return (agreement.kind in {Kind.SURNAME, Kind.INITIAL, Kind.GIVEN} and agreement.likeness > 0.95) or _key(name) == _key(full)  # noqa: PLR2004


def _without_asides(masked: str) -> str:
    """*masked* with asides blanked; the comma after one stays where a clause begins."""

    def blank(found: "re.Match[str]") -> str:
        goes_on = re.match(r"\s(?:and|but|that|while|who)\b", masked[found.end() : found.end() + 7])
        return " " * (found.end() - found.start() - 1) + ("," if goes_on else " ")

    return ASIDE.sub(blank, masked)


def _masked(document: Document, full: frozenset[Mention], fits: frozenset[Mention]) -> str:
    letters = list(document.article.text)
    for mention in document.mentions:
        mark = FULL if mention in full else OPEN if mention in fits else PLAIN
        letters[mention.start : mention.end] = mark * (mention.end - mention.start)
    return "".join(letters)
