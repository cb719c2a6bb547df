"""Who says that a name means whom.

So far the first of two steps: `doubt` reads from the text alone which bare names the article itself, or a speaker in it, puts in question
("by 'Costa' the minister may have meant somebody else, perhaps Luis Costa"). Such a name is not given to anybody in silence.
"""

import re
from dataclasses import replace

from disambig.names import Name, parse
from disambig.records import Document, Mention
from disambig.roles import is_role

_HEDGE = r"(?:may|might|could|can|would|must|perhaps|possibly|probably|maybe|apparently)"
_MEANING = r"(?:refer(?:s|red|ring)?(?: to)?|mean|means|meant|meaning|in mind|talk(?:s|ed|ing) (?:of|about)|spoke of|speaking of)"
_OTHER = r"(?:another|(?:a )?different|somebody else|someone else|other people|an?other person|namesake|perhaps|possibly)"
_CUE = re.compile(
    rf"\b{_HEDGE}\b[^.!?]{{0,60}}?\b{_MEANING}\b(?!\s+(?:other|different|many|several)?\s?(?:things?|ways?|words?|that)\b)"
    rf"|\b{_HEDGE}\b[^.!?]{{0,40}}?\b(?:confus(?:e|ed|ing)\b[^.!?]{{0,30}}?\bwith|mistak(?:e|en|ing)\b[^.!?]{{0,30}}?\bfor)\b"
    rf"|\b{_HEDGE}\b[^.!?]{{0,20}}?\b(?:be|been)\s+"
    r"(?:another\b(?! (?:thing|way))|a different|somebody else|someone else|other people|a namesake)"
    rf"|\b{_MEANING}\b[^.!?]{{0,40}}?\b(?:{_OTHER}|{_HEDGE} (?:be|have been))\b",
    re.IGNORECASE,
)
"""A sentence that wonders whom a name means: a hedge with a verb of meaning, or a verb of meaning with "another" or a hedge."""

_CALLED = re.compile(r"\b(?:name|surname|word|another|different|which)\s+[\"'“‘«„]?$", re.IGNORECASE)
_SPEECH = re.compile(
    r"\b(?:said|says|saying|told|tells|wrote|claim(?:s|ed)|accus(?:es|ed)|alleg(?:es|ed)|assert(?:s|ed)|announc(?:es|ed)|declar(?:es|ed)"
    r"|stat(?:es|ed)|report(?:s|ed)|according to|spoke|testified|insist(?:s|ed)|added)\b",
    re.IGNORECASE,
)

_OFFICE = re.compile(r"\b[Tt]he ([a-z]+)\b")


def doubt(document: Document) -> Document:
    """*document* with `doubted` set on the bare names of which the text says that they may mean somebody else.

    In the sentence that says so it is the name that is quoted, or called a name, or shares its surname with the other reading. Where that
    sentence speaks of somebody's use of the name, it is also that speaker's own earlier mention of it.
    """
    names = {mention: parse(mention.text) for mention in document.mentions}
    doubted: set[Mention] = set()
    for number, span in enumerate(document.sentences):
        cue = _CUE.search(document.article.text, *span)
        if cue is None:
            continue
        inside = [mention for mention in document.mentions if mention.sentence == number]
        others = [names[mention] for mention in inside if mention.start > cue.start() and names[mention].is_full]
        asked_for = [mention for mention in inside if _is_asked_for(document, mention, names[mention], cue.end(), others)]
        doubted.update(asked_for)
        others.extend(names[mention] for mention in asked_for)
        speakers = [names[mention] for mention in inside if mention.start < cue.end()]
        offices = _offices(document.article.text[span[0] : cue.end()])
        doubted.update(
            mention
            for mention in document.mentions
            if mention.sentence < number and _shares(names[mention], others) and _is_said_by(document, mention, speakers, offices)
        )
    return replace(document, mentions=tuple(replace(mention, doubted=mention in doubted) for mention in document.mentions))


def _shares(name: Name, others: list[Name]) -> bool:
    """Whether a bare name is that of one of *others*, or a part of it."""
    return not name.is_full and any(set(name.parts) <= set(other.parts) for other in others)


def _is_asked_for(document: Document, mention: Mention, name: Name, cue: int, others: list[Name]) -> bool:
    """Whether the sentence of a cue, which ends at *cue*, asks whom this very mention means."""
    start, _ = document.sentences[mention.sentence]
    if name.is_full:
        return False
    called = mention.quoted or _CALLED.search(document.article.text, start, mention.start) is not None
    return called or (mention.start < cue and _shares(name, others))


def _is_said_by(document: Document, mention: Mention, speakers: list[Name], offices: frozenset[str]) -> bool:
    """Whether *mention* stands in what a speaker said: a verb of speech, and the speaker, by name or office, here or just before."""
    if not _SPEECH.search(document.article.text, *document.sentences[mention.sentence]):
        return False
    near = [parse(other.text) for other in document.mentions if 0 <= mention.sentence - other.sentence <= 1 and other is not mention]
    if any(set(other.family) & set(speaker.family) for other in near for speaker in speakers):
        return True
    start, end = document.sentences[max(0, mention.sentence - 1)][0], document.sentences[mention.sentence][1]
    return bool(offices & _offices(document.article.text[start:end]))


def _offices(text: str) -> frozenset[str]:
    """The offices that *text* refers to without a name: {"mayor"} for "the mayor must mean"."""
    return frozenset(word.lower() for word in _OFFICE.findall(text) if is_role(word))
