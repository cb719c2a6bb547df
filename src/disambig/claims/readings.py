"""Whom a stretch of text puts forward: a full name, "X the baker", a description such as "the caterer", or a pronoun."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from disambig.claims.classes import KIN, NAME, OPEN, SAY
from disambig.claims.scene import Page, Scene
from disambig.records import Mention
from disambig.roles import is_role
from disambig.words import stem


@dataclass(frozen=True, slots=True)
class Reading:
    """A person put forward, at an offset of the text."""

    start: int
    end: int
    named: Mention | None = None
    words: str = ""
    back: bool = False  # a pronoun, or "my client": `named` is the last one named before it


_TAIL = re.compile(r"\s+(?:of|in|at|from|on|for)\s+(?:the\s+|a\s+|their\s+)?[\w'’\ue000-\ue002-]+(?:\s+[\w'’-]+){0,2}")
_CLOSE_ROLE = re.compile(rf"(?:{OPEN}+)\s?,?\s(the\s(?:[\w'’-]+\s){{0,2}}[\w'’-]+)")
_SAID_AFTER = re.compile(  # not where the speaker follows: "it was not the publisher, said Costa"
    rf"^(?!,\s{SAY}\s(?:{NAME}|(?:the|his|her|its|their|a|an|he|she)\b)),?\s*(?:himself\s+|herself\s+|\w+ly\s+)?{SAY}\b", re.IGNORECASE
)
_SAID_BEFORE = re.compile(rf"[,\"”’]\s*{SAY}\s+$", re.IGNORECASE)


def readings(scene: Scene, start: int, end: int) -> list[Reading]:
    """The people put forward from *start* to *end*, in order; a description that stands with a full name counts as that name."""
    named = [
        Reading(m.start, m.end, m)
        for m in scene.full
        if start <= m.start and m.end <= end and not re.match(r"['’]s?\s", scene.masked[m.end : m.end + 3])
    ]
    close = [
        Reading(start + found.start(), start + found.end(), None, role)
        for found in _CLOSE_ROLE.finditer(scene.masked[start:end])
        if (role := _role(found.group(1).split(maxsplit=1)[1].split()))
        and not re.search(
            r"\b(?:by|with)\s[\"“‘]?$", scene.masked[max(0, start + found.start() - 8) : start + found.start()], re.IGNORECASE
        )  # "by Costa the mayor meant"
    ]
    loose = [reading for reading in _descriptions(scene.page)(start, end) if not _stands_with(scene, reading, (*named, *close))]
    return sorted((*named, *close, *loose), key=lambda reading: reading.start)


@lru_cache(maxsize=1)  # the article in hand
def _descriptions(page: Page) -> Callable[[int, int], tuple[Reading, ...]]:
    """The descriptions in a stretch of the text, which are the same for all scenes."""
    return cache(lambda start, end: tuple(_described(page, start, end)))


def _described(page: Page, start: int, end: int) -> Iterator[Reading]:
    taken = start
    for determiner in re.finditer(r"\b(?:the|his|her|their|a|an|my|our|its)\s+(?=\w)", page.masked[start:end], re.IGNORECASE):
        at = start + determiner.start()
        words = re.match(r"(?:[\w'’-]+(?:\s+|(?=\W)|$)){1,6}", page.masked[start + determiner.end() : end])
        role = _role(words.group().split()) if words else ""
        if at < taken or not words or not role:
            continue
        last = start + determiner.end() + len(role) + words.group().find(role)
        tail = _TAIL.match(page.masked[last:end])
        if (_SAID_AFTER.match(page.masked[last : last + 40]) and not page.is_quoted(at)) or _SAID_BEFORE.search(
            page.masked[max(0, at - 20) : at]
        ):
            continue
        whole = page.document.article.text[at : last + (tail.end() if tail else 0)]
        taken = last
        yield Reading(at, last, None, " ".join(whole.split()))


_AGENT = re.compile(r"[a-z-]{2,}(?:er|or|ist|ian|man|woman|eer|ess|ant)")
_NO_AGENT = frozenset(
    "offer differ refer suffer prefer letter order paper number matter power other either rather another "
    "never member newspaper however remember whether weather former latter "
    "after under over order register ledger answer speaker writer reader author bearer letter poster banner "
    "chapter summer winter dinner supper "
    "river water fever murder border tower human error favor colour color mirror interior exterior minor "
    "major door floor important constant distant instant "
    "process address access business witness success press less unless list first question proper later better".split()
)


def is_kind_of_person(word: str) -> bool:
    """Whether a lower-case word is a role, a kinship, or ends like one ("caterer"); the record must hold it before it counts."""
    return word in KIN or is_role(word) or is_role(stem(word)) or (word not in _NO_AGENT and _AGENT.fullmatch(word) is not None)


def _role(words: list[str]) -> str:
    """The words up to the role or word of kinship, which must come before any possessive or small word; "" where there is none."""
    for i, word in enumerate(words):
        lowered = word.lower().strip("'’")
        if lowered.endswith("s") and not lowered.endswith(("ss", "'s", "’s", "us")) and is_kind_of_person(stem(lowered)):
            return ""  # several people
        if lowered not in {"speaker", "writer", "author"} and (
            is_kind_of_person(lowered) or is_role(" ".join(words[max(0, i - 1) : i + 1]).lower())
        ):
            if word.endswith(("'s", "’s", "'", "’")) and i + 1 < len(words):
                continue
            following = words[i + 1].lower() if i + 1 < len(words) else ""
            if following and is_kind_of_person(following):
                continue
            return " ".join(words[: i + 1])
        if lowered in {"of", "and", "to", "who", "which", "that", "is", "was", "had", "in", "at", "for"}:
            return ""
    return ""


_APPOSED = 60  # characters between a description and the name that it stands with
_GAP_AHEAD = re.compile(r",?\s(?:named\s|called\s)?|,\sthe\s(?:[\w'’-]+\s){1,3}|\s(?:of|who|at|in|from|for)\s[^,;.!?]{2,50},?\s")


def _stands_with(scene: Scene, reading: Reading, others: tuple[Reading, ...]) -> bool:
    """Whether a description belongs to a name beside it: "the plumber, Zenon Vale", "Zenon Vale, the plumber"."""
    for other in others:
        gap = scene.masked[reading.end : other.start] if reading.end <= other.start else scene.masked[other.end : reading.start]
        ahead = reading.end <= other.start
        if other.start <= reading.start < other.end:
            return True
        if ahead and len(gap) < _APPOSED and _GAP_AHEAD.fullmatch(gap):
            return True
        if not ahead and re.fullmatch(r",\s(?:then\s|now\s|once\s|formerly\s)?|\s[(–—-]\s?", gap):
            return True
    return False


def last_before(scene: Scene, offset: int, *, but: Mention | None = None) -> Mention | None:
    """The bearer whom the text named in full last before *offset*, other than *but*."""
    before = [m for m in scene.full if m.start < offset and (but is None or m.text != but.text)]
    return before[-1] if before else None


def is_bearer(scene: Scene, mention: Mention | None) -> Mention | None:
    """The full mention of the bearer that *mention* is, if it is one of the group: "Costa" for the only Costa who speaks."""
    if mention is None:
        return None
    if mention in scene.full:
        return mention
    if mention in scene.open:
        return last_before(scene, mention.start)
    return next((m for m in scene.full if m.text == mention.text), None)
