"""Which uses of a name are open: those that the text itself leaves unclear, and what of the sightings counts for them."""

import re

from disambig.claims import classes as c
from disambig.claims.lines import Sighting
from disambig.claims.scene import Scene, is_initialed, may_be_short_for
from disambig.claims.speakers import may_speak, voices
from disambig.names import parse
from disambig.records import Mention


def is_strong(scene: Scene, use: Mention) -> bool:
    """Whether a use of the name is unclear in itself: nobody has been named in full yet, or it stands in quotation marks."""
    return use.quoted or use in scene.full or is_initialed(parse(use.text)) or not _named_before(scene, use)


def _named_before(scene: Scene, use: Mention) -> bool:
    """Whether somebody whom a use of the name may mean is named in full before it."""
    return any(other.start < use.start and (use in scene.full or may_be_short_for(use, other)) for other in scene.full)


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


def open_uses(scene: Scene, reported: list[Sighting]) -> tuple[Mention, ...]:
    """The mentions whose reading is at issue: unclear uses by a speaker or a text, up to the first sighting and where it is discussed."""
    first = min([one.sentence for one in reported if one.rank > 0] or [reported[0].sentence])
    discussed = {one.sentence for one in reported if one.rank == 2}  # noqa: PLR2004
    speakers = {voice.mention for spoken in voices(scene) for voice in spoken if voice.mention}
    read_as = {one.reading.start for one in reported if one.reading}
    return tuple(
        mention
        for mention in sorted(scene.open or scene.full, key=lambda mention: mention.start)
        if mention not in speakers and mention.start not in read_as and _is_at_issue(scene, mention, first, discussed)
    )


def may_be_at_issue(scene: Scene, mention: Mention) -> bool:
    """Whether the reading of a use can be at issue: nothing explains it, and it is in somebody's words or stands out."""
    if not _is_unexplained(scene, mention):
        return False
    return scene.is_quoted(mention.start) or _stands_out(scene, mention) or may_speak(scene, mention.sentence)


def _is_unexplained(scene: Scene, mention: Mention) -> bool:
    """Whether the article does not tell beforehand whom *mention* means."""
    text = scene.document.article.text
    if mention in scene.full and not any(quote[0] < mention.start < quote[0] + 12 and mention.end < quote[1] for quote in scene.quotes):
        return False  # a full name is unclear only where it opens a quotation: "Ana Costa, who made the house sing"
    if _POSSESSIVE.match(text, mention.end):
        return False  # "in Costa's mouth": who speaks, not who is meant
    named_before = not scene.full or _named_before(scene, mention)
    return not named_before or _stands_out(scene, mention)  # else the article has said who that is, or never says


_POSSESSIVE = re.compile(r"\s?['’]s?\s")


def _stands_out(scene: Scene, mention: Mention) -> bool:
    """Whether a name stands alone in quotation marks, has an initial, or stands with words that ask whom it means."""
    if mention.quoted or is_initialed(parse(mention.text)):
        return True
    start, end = scene.document.sentences[mention.sentence]
    asking = _AT_ISSUE.finditer(scene.masked, max(start, mention.start - 12), end)
    return any(found.start() <= mention.start < found.end() for found in asking)


def _is_at_issue(scene: Scene, mention: Mention, first: int, discussed: set[int]) -> bool:
    """Whether the reading of a use is at issue, where the *first* sighting and those that discuss the name are in these sentences."""
    if not _is_unexplained(scene, mention):
        return False
    alone = _stands_out(scene, mention)
    if re.match(r",?\s(?:the\s[a-z]|who\b)", scene.masked[mention.end : mention.end + 8]) and not alone and mention.sentence >= first:
        return False
    if mention.sentence in discussed:
        return alone or (any(quote[0] < mention.start < quote[1] for quote in scene.quotes) and mention.sentence <= first)
    if mention.sentence > first:
        return mention.quoted
    used = scene.is_quoted(mention.start) or bool(voices(scene)[mention.sentence]) or alone
    return used and not mention.another


_BESIDE = 30  # characters around a name in which words that ask whom it means stand


def may_be_open(scene: Scene) -> bool:
    """A quick look, before anything is read: whether some use of the name is not explained by a full name before it."""
    early = any(mention.quoted or is_initialed(parse(mention.text)) or not _named_before(scene, mention) for mention in scene.open)
    if early or any(_AT_ISSUE.search(scene.masked, max(0, mention.start - _BESIDE), mention.end + _BESIDE) for mention in scene.open):
        return True
    return not scene.open and any(quote[0] < mention.start < quote[0] + 12 for mention in scene.full for quote in scene.quotes)
