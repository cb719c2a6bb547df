"""Which uses of a name are open: those that the text itself leaves unclear, and what of the sightings counts for them."""

import re

from disambig.claims import classes as c
from disambig.claims.lines import Sighting
from disambig.claims.scene import Scene, is_initialed
from disambig.claims.speakers import Voice
from disambig.names import parse
from disambig.records import Mention


def is_strong(scene: Scene, use: Mention) -> bool:
    """Whether a use of the name is unclear in itself: nobody has been named in full yet, or it stands in quotation marks."""
    return use.quoted or use in scene.full or is_initialed(parse(use.text)) or all(use.start < other.start for other in scene.full)


def worth(sightings: list[Sighting], *, strong: bool) -> list[Sighting]:
    """Those that count: what speaks of the name, and weaker ones of other speakers beside it; of a strong use, firm ones, too."""
    plain = {one.voice.who for one in sightings if one.voice and one.rank == 2}  # noqa: PLR2004
    firm = {one.voice.who for one in sightings if one.voice and one.rank > 0}
    everybody = {one.voice.who for one in sightings if one.voice}
    if not plain and not (strong and firm and len(everybody) > 1):
        return []
    backing = firm if strong else plain

    def counts(one: Sighting) -> bool:
        if one.rank == 2 or (one.rank == 1 and strong):  # noqa: PLR2004
            return True
        return bool(one.voice and backing - {one.voice.who}) and (one.rank == 1 or strong)

    return [one for one in sightings if counts(one)]


_AT_ISSUE = re.compile(
    rf"(?:\bthe|\bno)\s+[\"“‘]?{c.OPEN}+[\"”’]?\s+(?:named|meant|mentioned|in|of|on|from|who|whom|that|to\s+whom|"
    rf"she|he|they|listed|called|{c.NAME})|"
    rf"\b(?:name|by|whoever|whichever|his|her|their|your|my)\s+[\"“‘]?{c.OPEN}+|\b(?:which|wrong|(?:not|"
    rf"of|about|by|is|was)\s+that)\s+[\"“‘]?{c.OPEN}+",
    re.IGNORECASE,
)


def open_uses(scene: Scene, spoken: tuple[tuple[Voice, ...], ...], reported: list[Sighting]) -> tuple[Mention, ...]:
    """The mentions whose reading is at issue: unclear uses by a speaker or a text, up to the first sighting and where it is discussed."""
    first = min([one.sentence for one in reported if one.rank > 0] or [reported[0].sentence])
    discussed = {one.sentence for one in reported if one.rank == 2}  # noqa: PLR2004
    speakers = {voice.mention for voices_here in spoken for voice in voices_here if voice.mention}
    read_as = {one.reading.start for one in reported if one.reading}
    return tuple(
        mention
        for mention in sorted(scene.open or scene.full, key=lambda mention: mention.start)
        if mention not in speakers and mention.start not in read_as and _is_at_issue(scene, spoken, mention, (first, discussed))
    )


def _is_at_issue(scene: Scene, spoken: tuple[tuple[Voice, ...], ...], mention: Mention, where: tuple[int, set[int]]) -> bool:
    first, discussed = where
    start, end = scene.document.sentences[mention.sentence]
    ahead = max(start, mention.start - 12)
    at_issue = any(found.start() <= mention.start < found.end() for found in _AT_ISSUE.finditer(scene.masked, ahead, end))
    if mention in scene.full and not any(quote[0] < mention.start < quote[0] + 12 and mention.end < quote[1] for quote in scene.quotes):
        return False  # a full name is unclear only where it opens a quotation: "Ana Costa, who made the house sing"
    alone = mention.quoted or is_initialed(parse(mention.text)) or at_issue
    if re.match(r",?\s(?:the\s[a-z]|who\b)", scene.masked[mention.end : mention.end + 8]) and not alone and mention.sentence >= first:
        return False
    if re.match(r"\s?['’]s?\s", scene.masked[mention.end : mention.end + 4]):
        return False  # "in Costa's mouth": who speaks, not who is meant
    if not alone and (not scene.full or any(other.start < mention.start for other in scene.full)):
        return False  # the article has said who that is, or never says
    if mention.sentence in discussed:
        return alone or (any(quote[0] < mention.start < quote[1] for quote in scene.quotes) and mention.sentence <= first)
    if mention.sentence > first:
        return mention.quoted
    used = scene.is_quoted(mention.start) or bool(spoken[mention.sentence]) or alone
    return used and not mention.another


def may_be_open(scene: Scene) -> bool:
    """A quick look, before anything is read: whether some use of the name is not explained by a full name before it."""
    named = min((mention.start for mention in scene.full), default=len(scene.masked))
    early = any(mention.start < named or mention.quoted or is_initialed(parse(mention.text)) for mention in scene.open)
    if early or _AT_ISSUE.search(scene.masked):
        return True
    return not scene.open and any(quote[0] < mention.start < quote[0] + 12 for mention in scene.full for quote in scene.quotes)
