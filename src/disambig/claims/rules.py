"""What speakers say about whom a name means: one rule for each way of saying it. `RULES` lists them, those of `denials` among them."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace

from disambig.claims import classes as c
from disambig.claims.denials import DENIALS
from disambig.claims.lines import (
    Cue,
    Line,
    Sighting,
    clause_start,
    coordinated,
    find_all,
    is_of_name,
    of_pronoun,
    person_spoken_of,
    seen,
    stance_of,
    window_end,
)
from disambig.claims.readings import Reading, is_bearer, is_kind_of_person, readings
from disambig.claims.scene import Scene
from disambig.claims.speakers import voices
from disambig.claims.voice import Voice
from disambig.records import Stance

_TURNED = r"(?:refers?|referred|alludes?|alluded|speaks?|spoke|talks?|talked|applies|applied|belongs?|belonged)\s+not\s+(?:to|of|about)"
_MEANT = Cue(rf"\b(?:{c.MEAN}|{c.AIMED}|{_TURNED})\b{c.NOT_MEANT}")


def _meant(scene: Scene) -> Iterator[Sighting]:
    """Verbs of meaning, and the person after them: "meant the caterer", "refers not to Ana Costa but to Luis Costa"."""
    for line, cue in find_all(scene, _MEANT):
        begin = clause_start(line, cue.start())
        found = readings(line.scene, cue.end(), window_end(line, cue.end()))
        voice = _voice_of_meaning(line, cue)
        if voice is None:
            if not found:
                yield from _unknown(line, cue, Voice("", None, cue.start()))
            continue
        for reading in coordinated(line, cue.end(), found):
            yield seen(line, stance_of(line, begin, reading), cue.span(), reading, voice)
        if re.match(r"\s+(?:me|myself)\b", line.scene.clear[cue.end() : cue.end() + 10]) and (
            speaker := is_bearer(line.scene, voice.mention)
        ):
            reading = Reading(cue.end(), cue.end() + 3, speaker)
            yield seen(line, stance_of(line, begin, reading), cue.span(), reading, voice)
        if not found:
            yield from _unknown(line, cue, voice)
        if (client := person_spoken_of(line, cue.start(), voice)) and re.match(
            r"\s+(?:(?:her|him)(?=\W*$|[.,;!?\"”’]|\s(?:at|and|but|in|or|when|as)\b)|(?:my|our|their|his|her)\s+client\b)",
            line.scene.clear[cue.end() : cue.end() + 16],
        ):
            reading = Reading(cue.end(), cue.end() + 4, client, back=True)
            yield seen(line, stance_of(line, begin, reading), cue.span(), reading, voice)


def _unknown(line: Line, cue: "re.Match[str]", voice: Voice) -> Iterator[Sighting]:
    """As in "may have meant somebody else": a doubt that puts nobody forward."""
    ahead = line.scene.clear[cue.end() : window_end(line, cue.end(), 60)]
    if re.search(rf"\b{c.OTHER}\b(?!\s+(?:thing|way|matter|meeting|law|plan|subject|point|question|issue))", ahead, re.IGNORECASE):
        yield Sighting(Stance.DENIES, cue.span(), None, False, 2 * is_of_name(line), voice, line.number)


def _voice_of_meaning(line: Line, cue: "re.Match[str]") -> Voice | None:
    """Who holds that somebody meant somebody: the speaker, or where nobody speaks, the one who meant."""
    voice = line.voice(cue.start())
    if voice is not None:
        return voice
    before = line.scene.clear[line.start : cue.start()]
    subject = re.search(
        rf"({c.NAME}|\b(?:he|she)\b)(?:\s+(?:had|has|clearly|evidently|obviously|always|only|may|might|must|"
        rf"could|would|have|did|not))*\s*$",
        before,
        re.IGNORECASE,
    )
    if subject is None or re.search(c.HEDGE, subject.group(), re.IGNORECASE):
        return None
    mention = line.scene.by_start.get(line.start + subject.start(1))
    if mention is None:
        earlier = [one for spoken in voices(line.scene)[: line.number] for one in spoken]
        return replace(earlier[-1], start=cue.start()) if earlier else None
    return Voice(mention.text, mention, cue.start())


_AS = Cue(rf"\b(?:{c.IDENTIFIED})\b[^.;!?]{{0,120}}?\b(?:as|to\s+be|to\s+mean|for|into|with)\b")


def _identified_as(scene: Scene) -> Iterator[Sighting]:
    """Verbs of recognising with "as": "identified her as Ana Costa", "took it to be the baker"."""
    for line, cue in find_all(scene, _AS):
        found = readings(line.scene, cue.end(), window_end(line, cue.end(), 70))
        for reading in coordinated(line, cue.end(), found):
            voice = line.voice(reading.start)
            of_name = c.OPEN in line.text or re.search(rf"\b(?:{c.TEXTS}|it|this|these)\b", line.words(cue)) is not None
            yield seen(line, stance_of(line, clause_start(line, cue.start()), reading), cue.span(), reading, voice, rank=1 + of_name)


_THE_NAME = rf"(?<!{c.OPEN}){c.OPEN}+(?!{c.OPEN})"  # the whole of it, so that what follows is not tried after each of its letters
_SUBJECTS = rf"(?:the|that|this|a|one|whichever)\s+(?:[\w-]+\s+){{0,2}}?(?:{c.WHO}|\w+ee|{_THE_NAME}|{c.TEXTS})|{_THE_NAME}"
_WHO_IS = Cue(
    rf"(?:{_SUBJECTS})[\"”’]?(?:[^.;!?\"“”{c.FULL}]{{0,90}}?)[\s,]{c.BE}\b(?:\s+(?:not|\w+ly|perhaps|in\s+fact|of\s+course|"
    rf"indeed|then|none\s+other\s+than|really|rather|more|in\s+all\s+likelihood|,|to|about|from|for|of|"
    rf"in)){{0,4}}"
)


def _is_who(scene: Scene) -> Iterator[Sighting]:
    """A copula: "the person meant is the councillor", "the only Costa who did was the clerk", "the payee was probably Luis Costa"."""
    for line, cue in find_all(scene, _WHO_IS):
        end = window_end(line, cue.end(), 60)
        found = [reading for reading in readings(line.scene, cue.end(), end) if reading.start - cue.end() < 45]  # noqa: PLR2004
        of_name = c.OPEN in cue.group() or re.search(
            r"\b(?:meant|named|in\s+question|concerned|addressed|intended|called|mentioned|name|surname|paid|referred|\w+ee)\b",
            line.words(cue),
        )
        for reading in coordinated(line, cue.end(), found):
            yield seen(line, stance_of(line, cue.start(), reading), cue.span(), reading, line.voice(cue.start()), rank=1 + bool(of_name))


_NO_NOUN = (
    r"(?:the|who|whom|that|and|but|or|nor|not|he|she|they|in|on|at|to|for|from|again|too|alone|only|all)\b"  # after "her": no "her aunt"
)
_IT_IS_HE = Cue(
    rf"\b(?:it|that|this)\s+(?:is|was)(?P<not>n['’]t|\s+not|\s+never)?\s+(?P<who>he|she|him|her(?!\s+(?!{_NO_NOUN})[a-z])|me|I)\b(?!\s+(?:who|"
    r"that)\s+(?:said|told))"
)
_ONE = rf"the\s+(?:one|man|woman|person|{c.OPEN}+)(?:\s+(?:who|whom|that|she|he|they|named|meant|in|of|on|the|{c.NAME})\b|{c.NAME})"
_HE_IS_THE = Cue(
    rf"\b(?P<who>he|she|I|we)\s?(?:am|is|was|['’]m|['’]s)(?P<not>n['’]t|\s+not|\s+never|\s+no)?\s+(?:that\s+{c.OPEN}+|"
    rf"the\s+{c.OPEN}+|{_ONE})"
)
_THIS_IS_THE = Cue(rf"\b(?:this|that|here)\s+(?:is|was)\s+(?:the|that|your|our)\s+{c.OPEN}+")
_NOT_ME = Cue(
    rf"\b(?:the|that)\s+{c.OPEN}+[^.;!?]{{0,60}}?\b(?:is|was)(?P<not>n['’]t|\s+not)\s+(?P<who>me|him|"
    rf"her|I)\b|\bnot\s+(?P<who2>me|him|her)\b"
)
_MEANT_ME = Cue(rf"\b(?:he|she|they|the\s+\w+|{c.NAME})\s+(?:{c.TIE})\s+(?P<who>me)\b")


def _it_is(scene: Scene) -> Iterator[Sighting]:
    """As in "It is she and nobody else", "he was the one she named", "This is the Costa in the report", "I am not the Costa …"."""
    for line, cue in find_all(scene, _IT_IS_HE):
        yield from of_pronoun(line, cue, cue.group("who"), denied=bool(cue.group("not")), rank=2)
    for line, cue in find_all(scene, _HE_IS_THE):
        after = line.scene.clear[cue.start() : min(line.end, cue.end() + 30)]
        of_name = c.OPEN in cue.group() or re.search(rf"\b(?:named|meant|{c.MEAN})\b", after) is not None
        yield from of_pronoun(line, cue, cue.group("who"), denied=bool(cue.group("not")), rank=1 + of_name)
    for line, cue in find_all(scene, _THIS_IS_THE):
        yield from of_pronoun(line, cue, "he", denied=False, rank=2)
    for line, cue in find_all(scene, _NOT_ME):
        yield from of_pronoun(line, cue, cue.group("who") or cue.group("who2"), denied=True, rank=1 + (c.OPEN in cue.group()))
    for line, cue in find_all(scene, _MEANT_ME):
        yield from of_pronoun(line, cue, "me", denied=False, rank=1)


_IN_MIND = Cue(r"\b(?:have|has|had|having)\s(?P<who>[^.;!?]{3,60}?),?\s(?:perhaps\s|only\s)?in\s+mind\b")


def _had_in_mind(scene: Scene) -> Iterator[Sighting]:
    """As in "Had the treasurer in mind": the person inside the verb."""
    for line, cue in find_all(scene, _IN_MIND):
        for reading in readings(line.scene, cue.start("who"), cue.end("who"))[:1]:
            if voice := line.voice(cue.start()):
                yield seen(line, stance_of(line, clause_start(line, cue.start()), reading), cue.span(), reading, voice)


_WHAT = (
    rf"(?P<not>\s+not|n['’]t|\s+never|\s+hardly)?\s+(?:the\s+(?:one|man|woman|person|{c.WHO}|{c.OPEN}+)\s+(?:behind|"
    rf"in|of|on|who|whom|that|he|she|they|meant|named|concerned|addressed|intended|mentioned|called|accused|"
    rf"referred|identified|{c.NAME})|(?:what\s+|who\s+|whom\s+)?(?:was\s+)?(?:meant|intended|referred\s+to|"
    rf"alluded\s+to|in\s+question|concerned)\b)"
)
_IS_MEANT = Cue(rf"\b(?:is|was|were|be|been){_WHAT}")


def _is_meant(scene: Scene) -> Iterator[Sighting]:
    """As in "The harbour master was not the man behind the remark", "Ana Costa is the one she meant", "the clerk was meant"."""
    for line, cue in find_all(scene, _IS_MEANT):
        before = [one for one in readings(line.scene, line.start, cue.start()) if cue.start() - one.end < 50]  # noqa: PLR2004
        if before and (voice := line.voice(cue.start())) and not re.search(r"[;:]", line.scene.clear[before[-1].end : cue.start()]):
            hedged = re.search(
                rf"\b{c.HEDGE}\b",
                c.NOT_HEDGE.sub(" ", line.scene.clear[max(line.start, before[-1].start - 40) : cue.start()]),
                re.IGNORECASE,
            )
            stance = Stance.DENIES if cue.group("not") else Stance.SUGGESTS if hedged else Stance.IDENTIFIES
            yield seen(line, stance, (before[-1].start, cue.end()), before[-1], voice)


_POINTED = Cue(
    rf"\b(?:it|this|that|he|she|they|which|here|who)\s?(?:(?:cannot|can|could|must|may|might|would|will|"
    rf"can['’]t)\s+)?(?:(?:not|only|well|never|hardly|just|as|quite|also|equally|rather|even|easily)\s+)*{c.BE}(?:n['’]t)?\b"
)


def _pointed(scene: Scene) -> Iterator[Sighting]:
    """As in "It was Ana Costa he toasted", "this can only be the baker", "that is the one, Luis Costa"."""
    for line, cue in find_all(scene, _POINTED):
        found = [one for one in readings(line.scene, cue.end(), window_end(line, cue.end(), 60)) if one.start - cue.end() < 30]  # noqa: PLR2004
        for reading in coordinated(line, cue.end(), found):
            made = re.search(r"\bby\s", line.scene.clear[cue.end() : reading.start])  # "it was painted by his wife" is about a work
            if (voice := line.voice(cue.start())) and not made:
                yield seen(line, stance_of(line, cue.start(), reading), cue.span(), reading, voice, rank=1)


_TIED = Cue(rf"\b(?:{c.TIE})\b")


def _tied(scene: Scene) -> Iterator[Sighting]:
    """Weaker words between a speaker and a person: "pointed at Ana Costa", "a picture of Ana Costa"."""
    for line, cue in find_all(scene, _TIED):
        for reading in readings(line.scene, cue.end(), window_end(line, cue.end(), 90))[:1]:
            voice = line.voice(cue.start())
            if voice is not None and voice.mention != reading.named:
                yield seen(line, stance_of(line, clause_start(line, cue.start()), reading), cue.span(), reading, voice, rank=1)


_VERB = re.compile(r"\b(?:can|could|did|does|do|had|has|have|is|may|might|must|shall|should|was|were|will|would)\b")


_BESIDE = Cue(r"\b(?:to|from|with|for|of|as|at|about|namely|against|on|called|behind)\s")


def _beside(scene: Scene) -> Iterator[Sighting]:
    """A person right after a small word in what a speaker says: "the dinner was with Luis Costa", "raised his glass to the baker"."""
    for line, cue in find_all(scene, _BESIDE):
        for reading in readings(line.scene, cue.end(), window_end(line, cue.end(), 60))[:1]:
            gap = line.scene.clear[cue.end() : reading.start]
            ahead = line.scene.clear[reading.end : reading.end + 8]
            if re.match(r"['’]s?\b|\s(?:is|was|had|has|were|would|did|does|could|will)\b", ahead):
                continue  # the person does something himself
            if reading.words and (not is_kind_of_person(reading.words.split()[-1].lower()) or _VERB.search(reading.words)):
                continue
            if not re.fullmatch(r"(?:(?:the|a|an|his|her|one|certain)\s)?(?:[\w'’-]+\s){0,3}(?:[\w'’-]+,\s)?", gap):
                continue
            voice = line.voice(cue.start())
            if voice is not None and voice.mention != reading.named:
                yield seen(line, stance_of(line, clause_start(line, cue.start()), reading), cue.span(), reading, voice, rank=0)


_PERHAPS = Cue(r"\b(?:perhaps|possibly|probably|maybe|more\s+likely|in\s+all\s+likelihood)\b,?\s")


def _wondered(scene: Scene) -> Iterator[Sighting]:
    """A hedge and "perhaps Luis Costa" without a verb of meaning: a guess at whom the name means."""
    for line, cue in find_all(scene, _PERHAPS):
        found = readings(line.scene, cue.end(), window_end(line, cue.end(), 50))
        voice = line.voice(cue.start())
        if found and voice is not None:
            yield seen(line, Stance.SUGGESTS, cue.span(), found[0], voice, rank=0)


_WHOLE = Cue(r"(?:[\"“]\s?|:\s)(?=(?:the|my|our|his|her|their)\s|[\ue000-\ue002])")
_ENDS = re.compile(r"\s?[,.!?]*[\"”]|[.!]\s*$")


def _whole_answer(scene: Scene) -> Iterator[Sighting]:
    """As in "The treasurer," he said, or "COSTA: The treasurer.": a person is all that somebody says."""
    for line, cue in find_all(scene, _WHOLE):
        for reading in readings(scene, cue.end(), window_end(line, cue.end(), 60))[:1]:
            is_whole = reading.start == cue.end() and _ENDS.match(scene.clear[reading.end : line.end])
            if is_whole and (voice := line.voice(reading.start)):
                yield seen(line, Stance.IDENTIFIES, (reading.start, reading.end), reading, voice, rank=1)


Rule = Callable[[Scene], Iterator[Sighting]]
RULES: tuple[Rule, ...] = (
    _meant,
    _identified_as,
    _is_who,
    _it_is,
    _had_in_mind,
    _is_meant,
    _pointed,
    _tied,
    _whole_answer,
    *DENIALS,
)
FAINT_RULES: tuple[Rule, ...] = (_beside, _wondered)
"""Those of words that only stand with a person: rank 0."""
