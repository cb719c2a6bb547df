"""What speakers say about whom a name does not mean: one rule for each way of saying it. `DENIALS` lists them."""

import re
from collections.abc import Callable, Iterator

from disambig.claims import classes as c
from disambig.claims.lines import (
    RIGHT_BEFORE,
    Cue,
    Line,
    Sighting,
    find_all,
    is_of_name,
    of_pronoun,
    person_spoken_of,
    seen,
    stance_of,
    window_end,
)
from disambig.claims.readings import Reading, is_bearer, readings
from disambig.claims.scene import Scene
from disambig.claims.voice import Voice
from disambig.records import Stance

_NOTHING = Cue(
    rf"\b(?:has|have|had|with|bears?)\s+{c.NOTHING_TO_DO}\s+(?:that|this|the|it|any)\b[^.;!?]{{0,40}}?\b(?:{c.TEXTS}|"
    rf"affair|it|matter)\b"
)


def _nothing_to_do(scene: Scene) -> Iterator[Sighting]:
    """As in "The dentist has nothing to do with that entry", "… concerns me in no way"."""
    for line, cue in find_all(scene, _NOTHING):
        voice = line.voice(cue.start())
        before = readings(line.scene, line.start, cue.start())
        person = before[-1] if before else None
        if person is None and voice is not None:
            pronoun = re.search(r"\b(I|he|she|my\s+client)\b", line.scene.clear[line.start : cue.start()], re.IGNORECASE)
            mention = (
                (
                    is_bearer(line.scene, voice.mention)
                    if pronoun and pronoun.group().lower() == "i"
                    else person_spoken_of(line, cue.start(), voice)
                )
                if pronoun
                else None
            )
            person = Reading(cue.start(), cue.start(), mention, back=True) if mention else None
        if person is not None and voice is not None:
            yield seen(line, Stance.DENIES, cue.span(), person, voice, rank=1 + (is_of_name(line) or "name" in line.words(cue)))


_CONFUSED_ME = Cue(rf"\b{c.CONFUSED}\b\s+(?:(?P<who>me|him|her)|(?:my|our|his|her)\s+client)\s+(?:with|for|and)\b")
_WRONG_ONE = Cue(
    rf"\b(?:mistaken\s+identity|(?:the|that)\s+wrong\s+(?:man|woman|person|brother|sister|cousin|twin|{c.OPEN}+)|(?:both|all|they|"
    rf"the\s+two)\s+(?:\w+\s+)?(?:are|were)\s+(?:both\s+)?(?:wrong|mistaken))\b|\bwrong\s+{c.OPEN}|\bnothing\s+of\s+the\s+(?:kind|"
    rf"sort)\b"
)


def _confused(scene: Scene) -> Iterator[Sighting]:
    """As in "You have confused me with my cousin", "that is the wrong Costa", "a case of mistaken identity", "both are wrong"."""
    for line, cue in find_all(scene, _CONFUSED_ME):
        voice = line.voice(cue.start())
        yield from of_pronoun(line, cue, cue.group("who") or "he", denied=True, rank=2)
        for reading in readings(line.scene, cue.end(), window_end(line, cue.end()))[:1]:
            yield seen(line, stance_of(line, cue.end(), reading), cue.span(), reading, voice)
    for line, cue in find_all(scene, _WRONG_ONE):
        if voice := line.voice(cue.start()):
            yield Sighting(
                Stance.DENIES, cue.span(), None, True, 1 + (c.OPEN in cue.group() or "wrong" in line.words(cue)), voice, line.number
            )


_CONFUSES = Cue(rf"\b(?:{c.CONFUSED})\s(?P<who>[^.;!?]{{3,60}}?)\s(?:with|for)\s")
_VICTIM = Cue(
    rf"\b{c.BE}\s(?:the\s|a\s)?(?:\w+ly\s)?(?:(?:victim|casualty)\s(?:of|to)\s(?:a\s|an\s)?(?:\w+\s)?(?:mix-?up|confusion|"
    r"mistaken\s+identity|mistake|error)|mistaken\s+for|confused\s+with|mixed\s+up\s+with|taken\s+for)\b"
)


def _mixed_up(scene: Scene) -> Iterator[Sighting]:
    """As in "The minister confuses our consul with somebody else", "the doctor was the victim of a mix-up"."""
    for line, cue in find_all(scene, _CONFUSES):
        for reading in readings(scene, cue.start("who"), cue.end("who"))[:1]:
            if voice := line.voice(cue.start()):
                yield seen(line, Stance.DENIES, cue.span(), reading, voice)
    for line, cue in find_all(scene, _VICTIM):
        yield from _denied_before(line, cue)


def _denied_before(line: Line, cue: "re.Match[str]", *, rank: int = 2) -> Iterator[Sighting]:
    """The denial of the person who stands right before a cue."""
    before = [one for one in readings(line.scene, line.start, cue.start()) if cue.start() - one.end < RIGHT_BEFORE]
    if before and (voice := line.voice(cue.start())):
        yield seen(line, Stance.DENIES, cue.span(), before[-1], voice, rank=rank)


_KINDS = (
    rf"(?:another|an?\s+(?:\w+ly\s+)?different|some\s+other|quite\s+another)\s+(?:{c.OPEN}|(?:man|woman|"
    rf"person)\s+(?:of|with)\s+(?:that|the\s+same|his|her)\s+(?:sur|family\s+)?name)"
)
_ANOTHER = Cue(rf"\b(?P<hedge>{c.HEDGE}\s+(?:[\w]+\s+){{0,3}})?(?:{_KINDS})")
_MAY_BE_OTHER = Cue(
    rf"\b(?:may|might|could)\s+(?:well\s+)?(?:be|have\s+been|be\s+confused\s+with|be\s+mistaken\s+for)\s+(?:{c.OTHER}|{c.FULL}+)"
)
_WHICH = Cue(rf"\bwhich\s+{c.OPEN}+\s+(?:he|she|they|{c.NAME}|the\s\w+)\s+(?:(?:may|might|could|had|has)\s+)?(?:have\s+)?(?:{c.MEAN})")


def _somebody_else(scene: Scene) -> Iterator[Sighting]:
    """As in "It is a different Costa", "another man of that name": whoever was put forward before is denied."""
    for line, cue in find_all(scene, _ANOTHER):
        if voice := line.voice(cue.start()):
            yield Sighting(Stance.DENIES, cue.span(), None, not cue.group("hedge"), 2, voice, line.number)
    for line, cue in find_all(scene, _MAY_BE_OTHER):
        if c.OPEN in line.text[: cue.start() - line.start]:
            voice = line.voice(cue.start()) or Voice("", None, cue.start())
            yield Sighting(Stance.DENIES, cue.span(), None, False, 2, voice, line.number)
    for line, cue in find_all(scene, _WHICH):
        yield Sighting(Stance.DENIES, cue.span(), None, False, 2, line.voice(cue.start()) or Voice("", None, cue.start()), line.number)


_FRAGMENT = Cue(
    r"(?:^|(?<=[\"“.!?:—–]\s)|(?<=[\"“]))\s*(?:no,\s+)?(?:not|never|certainly\s+not|surely\s+not)\s(?=the\s|"
    r"his\s|her\s|my\s|[\ue000-\ue002])"
)


def _fragment(scene: Scene) -> Iterator[Sighting]:
    """As in "Not the teacher. Never the teacher.": a denial that is no sentence."""
    for line, cue in find_all(scene, _FRAGMENT):
        voice = line.voice(cue.end())
        found = [one for one in readings(line.scene, cue.end(), window_end(line, cue.end(), 50)) if one.start - cue.end() < RIGHT_BEFORE]
        if found and voice is not None:
            yield seen(line, Stance.DENIES, cue.span(), found[0], voice, rank=1)


_SHARES = Cue(
    r"\b(?:(?:only|merely|just|simply)\s)?(?:shares?|shared|has|have|had|bears?|bore)\s"
    r"(?:(?:only|merely|just|no\s+more\s+than|nothing\s+but)\s)?(?:a|the|his|her|that|the\s+same)\s(?:same\s)?(?:sur|first\s|last\s|family\s)?name\s(?:with|as|in\s+common\s+with)\b"
)


def _shares_name(scene: Scene) -> Iterator[Sighting]:
    """As in "Our treasurer shares a surname with the man in the note, and that is all", in the mouth of somebody."""
    for line, cue in find_all(scene, _SHARES):
        yield from _denied_before(line, cue)


_OUT = (
    r"(?:out\s+of\s+(?:it|the\s+question|the\s+running)|off\s+the\s+list|not\s+come\s+into\s+(?:it|question)|ruled\s+out|excluded|"
    r"eliminated)"
)
_EXCLUDED = Cue(
    rf"(?:\b(?P<who>he|she)\s|\b(?:that|which|this)\s(?:would\s)?)?\b(?:drops?\s+out|dropped\s+out|"
    rf"(?:is|was|can\s+be|could\s+be|must\s+be|does|did)\s+{_OUT}|(?:strikes?|struck|crosses|crossed|takes|took|puts?|rules?|ruled|leaves|left)\s+(?:him|her)\s+(?:off\s+the\s+list|out))\b"
)
_RULES_OUT = Cue(
    r"\b(?:rul(?:es|ed|ing)\s+out|exclud(?:es|ed|ing)|eliminat(?:es|ed|ing)|clear(?:s|ed|ing)|exonerat(?:es|ed|ing)|lets?\s+off)\s"
)


def _excluded(scene: Scene) -> Iterator[Sighting]:
    """As in "so she drops out", "which rules out the treasurer": a bearer is left out of those who may be meant."""
    for line, cue in find_all(scene, _RULES_OUT):
        for reading in readings(scene, cue.end(), window_end(line, cue.end(), 60))[:1]:
            if reading.start - cue.end() < RIGHT_BEFORE and (voice := line.voice(cue.start())):
                yield seen(line, Stance.DENIES, cue.span(), reading, voice, rank=1)
    for line, cue in find_all(scene, _EXCLUDED):
        denied = list(_denied_before(line, cue, rank=1))
        yield from denied or of_pronoun(line, cue, cue.group("who") or "he", denied=True, rank=1)


_HEAD = Cue(r"\b(?P<verb>shook|shakes|nodded|nods)\b(?:\s(?:his|her)\shead)?")


def _answered_by_gesture(scene: Scene) -> Iterator[Sighting]:
    """As in "Was she the one on the list? She shook her head", "Was it about the treasurer? He nodded": an answer without a word."""
    for line, cue in find_all(scene, _HEAD):
        asked = scene.document.sentences[max(0, line.number - 1)]
        voice = line.voice(cue.start())
        if line.number == 0 or voice is None or "?" not in scene.masked[slice(*asked)]:
            continue
        speaker = is_bearer(scene, voice.mention)
        own = [Reading(cue.start(), cue.end(), speaker)] if speaker else readings(scene, *asked)
        stance = Stance.DENIES if cue.group("verb").startswith("sh") else Stance.IDENTIFIES
        for reading in own[-1:]:
            yield seen(line, stance, cue.span(), reading, voice)


_WANTED = Cue(
    r"\b(?:look(?:ing|ed)?\s+for|want(?:s|ed)?|after|got|have|has|arrested|taken|caught|seized|charged|detained)\s+"
    r"(?:somebody\s+else|someone\s+else|another\s+(?:man|woman|person)|the\s+wrong\s+(?:man|woman|person|one))\b"
)
_NOT_MINE = Cue(
    r"\bwrong\s(?:man|woman|person|bloke|fellow|guy|house|door|bell|address|number)\b|\b(?:somebody|someone)\selse['’]s\b"
    r"|\b(?:is|was|are|were)(?:n['’]t|\snot|\snever)\s(?:mine|me|about\sme|for\sme)\b"
)


def _wanted(scene: Scene) -> Iterator[Sighting]:
    """As in "You are looking for somebody else", "Wrong door", in the mouth of a bearer: it is not himself."""
    for line, cue in (*find_all(scene, _WANTED), *find_all(scene, _NOT_MINE)):
        voice = line.voice(cue.start())
        if voice is not None and (speaker := is_bearer(scene, voice.mention)):
            yield seen(line, Stance.DENIES, cue.span(), Reading(cue.start(), cue.end(), speaker), voice)


DENIALS: tuple[Callable[[Scene], Iterator[Sighting]], ...] = (
    _nothing_to_do,
    _confused,
    _mixed_up,
    _somebody_else,
    _fragment,
    _shares_name,
    _excluded,
    _answered_by_gesture,
    _wanted,
)
