"""What the article itself says about which bearer of a name it means: disclaimers, namesakes, corrections."""

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from disambig.claims import classes as c
from disambig.claims.lines import Cue, Line, coordinated, stance_of, window_end
from disambig.claims.readings import Reading, readings
from disambig.claims.scene import Page, Scene
from disambig.claims.speakers import is_own
from disambig.records import Mention, Stance, Statement

_NEAR = 25  # characters between a copula and whom it puts forward


# What a quick look asks for, in lower case: the beginnings of words without which a rule finds nothing.
_APART_WORDS = (
    "namesake;relation;relative;related;kin;confus;mistak;not;rather;unlike;another;different;share;same;common;underst;intended;"
    "it is the;it was the"
).split(";")
_CONFUSED_WORDS = "confus mist mix conflat misid misattr wrong".split()
_MENDED_WORDS = "correction clarification editor amend erratum wrongly version edition".split()
_CORRECTED_WORDS = (
    "correction clarification editor amendment erratum note postscript wrongly mistakenly incorrectly erroneously error confused mixed "
    "mistook misidentified should gave misstated regret apolog"
).split()
_EXPLAINED_WORDS = "underst;intended;meant;it is the;it was the".split(";")
_ANOTHER_WORDS = "another;different;not the;not that;n't the;namesake;common".split(";")
_CORRECTED = re.compile(c.CORRECTION.pattern, re.IGNORECASE | re.MULTILINE)
_NAMESAKE_WORDS = "another different second unrelated namesake same".split()
_APART = re.compile(
    r"namesake|relation|relative|related|\bkin\b|confus|mistak|\bnot\s(?:the|his|her|a)\b|rather\s+than|unlike|another|different"
    r"|\bshare[sd]?\b|same\s+name|name\s+in\s+common|common\s+with|underst(?:and|ood)\b|intended\b|\bit\s+(?:is|was)\s+the\b",
    re.IGNORECASE,
)
_MENDED = re.compile(
    r"^[^\w\n]*(?:correction|clarification|editor|amend|erratum)|\bwrongly\b|\bversion\b|\bedition\b", re.IGNORECASE | re.MULTILINE
)
_REACH = 60  # characters from words that tell apart to the name, in one sentence
_BETWEEN = re.compile(r"[^.\n]*")
_PICKING = re.compile(r"\bthe\s", re.IGNORECASE)


def may_disclaim(scene: Scene) -> bool:
    """A quick look: whether words that tell bearers of a name apart stand near a name of the group, or a paper corrects itself."""
    page = scene.page
    if page.has(_MENDED_WORDS) and _MENDED.search(page.masked):
        return True
    if any(number + 1 in _begun_apart(page) for number in scene.named):
        return True
    if any(_PICKING.match(page.masked, mention.start - len("the "), mention.start) for mention in scene.open):
        return True
    return any(_is_near(page.masked, words, (mention.start, mention.end)) for words in _apart_in(page) for mention in scene.group)


@lru_cache(maxsize=1)  # the article in hand
def _begun_apart(page: Page) -> frozenset[int]:
    """The numbers of the sentences that begin with words that tell whoever was named before from somebody else."""
    if not page.has(_ANOTHER_WORDS):
        return frozenset()
    return frozenset(number for number, span in enumerate(page.document.sentences) if _IS_ANOTHER.match(page.masked, *span))


def _is_near(text: str, words: tuple[int, int], name: tuple[int, int]) -> bool:
    first, second = sorted((words, name))
    return second[0] - first[1] <= _REACH and _BETWEEN.fullmatch(text, first[1], second[0]) is not None


@lru_cache(maxsize=1)  # the article in hand
def _apart_in(page: Page) -> tuple[tuple[int, int], ...]:
    """Where words stand that tell bearers of a name apart."""
    # looked for by their beginnings, which takes less than to try the pattern at every letter
    starts = (found.start() for word in _APART_WORDS for found in re.finditer(word, page.lowered))
    return tuple(found.span() for start in starts if (found := _APART.match(page.masked, start)))


def disclaimers(scene: Scene) -> Iterator[Statement]:
    """The article's own words about which bearer it means, in the order of the text; speakers and quotations are left to `rules`."""
    page = scene.page
    confused, corrected = _confused_in(page), _corrected_in(page)
    beside = [
        _no_relation,
        _told_apart,
        *([_shares_name] if page.has(["name"]) else []),
        *([_namesake] if page.has(_NAMESAKE_WORDS) else []),
        *([_was_another] if page.has(_ANOTHER_WORDS) else []),
        *([_explained] if page.has(_EXPLAINED_WORDS) else []),
    ]
    for number in sorted({*scene.named, *confused, *corrected}):
        line = Line(scene, number, *scene.document.sentences[number])
        for rule in beside if number in scene.named else ():
            yield from rule(line)
        if number in confused:
            yield from _not_to_be_confused(line)
        if number in corrected:
            yield from _corrected(line)


@lru_cache(maxsize=1)  # the article in hand
def _confused_in(page: Page) -> set[int]:
    """The numbers of the sentences with words of confusion."""
    return page.sentences_with(_CONFUSED_WORDS)


@lru_cache(maxsize=1)  # the article in hand
def _corrected_in(page: Page) -> frozenset[int]:
    """The numbers of the sentences of corrections."""
    if not page.has(_CORRECTED_WORDS) or _CORRECTED.search(page.clear) is None:
        return frozenset()
    return frozenset(number for number, (start, _) in enumerate(page.document.sentences) if _is_corrected(page, start))


def _is_corrected(page: Page, start: int) -> bool:
    """Whether the line at *start*, with what follows it in its paragraph, is a correction."""
    _, end = page.document.paragraph(start, start)
    return c.CORRECTION.search(page.clear[page.clear.rfind("\n", 0, start) + 1 : end]) is not None


def _by_article(line: Line, mention: Mention, stance: Stance, cue: tuple[int, int], reading: Reading | None) -> Statement:
    named, words = (reading.named, reading.words) if reading else (None, "")
    return Statement(mention, stance, line.number, cue, named=named, words=words, others=reading is None)


def _mentions(line: Line) -> list[Mention]:
    return [mention for mention in line.scene.named[line.number] if not line.scene.is_quoted(mention.start)]


_APPOSED = re.compile(r",\s(?:the|a|an|its|their|his|her)\s[^,;.()]{2,60}(?=,\s(?:who\s)?(?:is|are|was|no|un))")


def _no_relation(line: Line) -> Iterator[Statement]:
    """As in "Deputy Costa (no relation)"."""
    for mention in _mentions(line):
        apposed = _APPOSED.match(line.scene.clear, mention.end, line.end)
        after = apposed.end() if apposed else mention.end
        if found := c.NO_RELATION.match(line.scene.clear, after, min(line.end, after + 60)):
            to = re.match(r"\s(?:to|of|with)\b", line.scene.clear[found.end() : found.end() + 6])
            other = readings(line.scene, found.end(), window_end(line, found.end(), 60))[:1] if to else []
            yield _by_article(line, mention, Stance.DENIES, found.span(), other[0] if other else None)


_NOT_THE = re.compile(
    r"['’]?s?,?\s[(–—-]?\s?(?:that\s+is,?\s+|i\.e\.\s+)?(?P<is>the\s[^,;()–—]{2,50}?)?(?:,\sthat\sis)?,?\s?(?:and\s+|"
    r"is\s+)?(?:not|rather\s+than|as\s+opposed\s+to|unlike)\s+(?P<not>(?:the|his|her|a)\s[^,;.()–—]{2,50})"
)
_DETERMINED = re.compile(r"\b(?:the|that)\s[\"“‘]?$", re.IGNORECASE)


def _told_apart(line: Line) -> Iterator[Statement]:
    """As in "Ana Costa (the cellist, not the senator)", "the Costa who conducts is the grandson"."""
    for mention in _mentions(line):
        if found := _NOT_THE.match(line.scene.clear, mention.end, line.end):
            if found.group("is"):
                yield _by_article(line, mention, Stance.IDENTIFIES, found.span(), _described(found, "is"))
            yield _by_article(line, mention, Stance.DENIES, found.span(), _described(found, "not"))
        if _DETERMINED.search(line.scene.clear[max(line.start, mention.start - 8) : mention.start]):
            yield from _the_one_who(line, mention)


def _described(found: "re.Match[str]", group: str) -> Reading:
    return Reading(found.start(group), found.end(group), None, found.group(group).strip())


_PICKS = re.compile(r"['”’\"]?\s(?:who|whose|whom|that|in|on|of|at|from|named|mentioned|here|we|now|after|to|behind|with|by|for|under)\b")


def _the_one_who(line: Line, mention: Mention) -> Iterator[Statement]:
    """As in "The Costa on the stamp is his namesake, a hymn-writer", "the Costa who signed it is Luis Costa"; nobody speaks."""
    following = min([m.start for m in line.scene.open if m.start > mention.start] + [line.end])
    ahead = line.scene.clear[mention.end : following]
    if _PICKS.match(ahead) is None:
        return
    found = next(
        (
            one
            for one in re.finditer(r"\b(?:is|was|were)\b", ahead)
            if readings(line.scene, mention.end + one.end(), min(following, mention.end + one.end() + 40))
        ),
        None,
    )
    if found is None or not is_own(line.scene.page, line.number, mention.start):
        return
    at = mention.end + found.end()
    ahead = line.scene.clear[at:following]
    put_forward = readings(line.scene, at, min(following, at + 90))
    other = re.search(rf"\b{c.OTHER}\b", ahead[:40], re.IGNORECASE)
    if apart := _DIFFERENT_FROM.search(ahead):
        for reading in readings(line.scene, at + apart.end(), window_end(line, at + apart.end(), _REACH))[:1]:
            yield _by_article(line, mention, Stance.DENIES, (mention.start, reading.end), reading)
    elif other:
        yield _by_article(line, mention, Stance.DENIES, (mention.start, at + other.end()), None)
    for reading in coordinated(line, at, put_forward):
        if not (other and "namesake" in reading.words and len(put_forward) > 1):
            stance = Stance.DENIES if stance_of(line, mention.end + found.start(), reading) is Stance.DENIES else Stance.IDENTIFIES
            words = (
                f"{line.scene.document.article.text[mention.end : mention.end + found.start()].strip()} {reading.words}"
                if reading.words and stance is Stance.IDENTIFIES
                else reading.words
            )
            yield _by_article(line, mention, stance, (mention.start, reading.end), replace(reading, words=words))


_DIFFERENT_FROM = re.compile(r"\b(?:different|another|separate|other)\s(?:man|woman|person|figure)\s(?:from|than|to)\s", re.IGNORECASE)
_TO_BE_CONFUSED = Cue(
    r"\b(?:not(?:\s+to)?\s+be|never\s+to\s+be|should\s+not\s+be|must\s+not\s+be|easily|often|sometimes|"
    rf"frequently|is\s+not|no(?:t|body)\s+\w+)\s+{c.CONFUSED}\s+(?:with|for)\b"
)


def _not_to_be_confused(line: Line) -> Iterator[Statement]:
    """As in "Ana Costa, not to be confused with the tenor Ana Costa"."""
    for cue in line.find(_TO_BE_CONFUSED):
        before = [m for m in line.scene.group if m.end <= cue.start()]
        if not before or not is_own(line.scene.page, line.number, cue.start()):
            continue
        for reading in readings(line.scene, cue.end(), window_end(line, cue.end()))[:1]:
            yield _by_article(line, before[-1], Stance.DENIES, (cue.start(), reading.end), reading)


_SAME_NAME = Cue(
    r"\b(?:a\s+namesake\s+of|(?:share|shares|shared|sharing)\s+(?:nothing\s+but\s+|only\s+|no\s+more\s+than\s+|"
    r"just\s+)?(?:a|his|her|the|that)\s+(?:sur|first\s+|family\s+|full\s+)?name(?:,\s[^,.;]{2,30},)?\s+with|(?:has|have|had)\s+(?:the|a|his|"
    r"her)\s+(?:\w+\s+)?(?:sur)?name\s+in\s+common\s+with|(?:of|has|had|with|bears?|bore)\s+the\s+same\s+(?:sur)?name\s+as)\s"
)


def _shares_name(line: Line) -> Iterator[Statement]:
    """As in "Costa, who shares only his name with Ana Costa"."""
    for cue in line.find(_SAME_NAME):
        named = [m for m in line.scene.group if m.end <= cue.start() and m.start >= line.start]
        if named and is_own(line.scene.page, line.number, cue.start()):
            for reading in readings(line.scene, cue.end(), window_end(line, cue.end()))[:1]:
                yield _by_article(line, named[-1], Stance.DENIES, (cue.start(), reading.end), reading)


def _namesake(line: Line) -> Iterator[Statement]:
    """As in "Another Ivan Petrov", "his namesake Ivan Petrov", "a different Costa": not the one named before."""
    for mention in _mentions(line):
        before = line.scene.clear[max(line.start, mention.start - 60) : mention.start]
        found = re.search(
            r"\b(?:another|(?:a|an)\s+(?:\w+ly\s+)?(?:different|second|unrelated)|(?:his|her|a|the)\s+(?:[\w-]+\s+)?namesake,?(?!\s+of\b)|"
            r"of\s+the\s+same\s+name,?)\s+(?:[a-z-]+\s+){0,3}$",
            before,
        )
        if found and is_own(line.scene.page, line.number, mention.start) and any(m.start < mention.start for m in line.scene.group):
            yield _by_article(line, mention, Stance.DENIES, (mention.start - len(before) + found.start(), mention.end), None)


_IS_ANOTHER = re.compile(
    rf"\W*(?:that|this|it|he|she)\s(?:is|was)(?P<not>n['’]t|\s+not)?\s(?:(?P<other>{c.OTHER}|(?:his|her|the\s+\w+['’]s)\s+namesake)\b|(?:the|that)\s)",
    re.IGNORECASE,
)


def _was_another(line: Line) -> Iterator[Statement]:
    """The sentence after a name: "That was another man altogether", "He is not the judge of that name"."""
    number = line.number + 1
    if number >= len(line.scene.document.sentences):
        return
    following = Line(line.scene, number, *line.scene.document.sentences[number])
    mention = next(reversed(_mentions(line)), None)
    found = _IS_ANOTHER.match(line.scene.clear, following.start, following.end)
    if mention is None or found is None or not is_own(line.scene.page, number, found.start()):
        return
    if found.group("other"):
        yield _by_article(following, mention, Stance.DENIES, (following.start, found.end()), None)
    elif found.group("not"):
        for reading in readings(line.scene, found.end() - len("the "), window_end(following, found.end(), _REACH))[:1]:
            yield _by_article(following, mention, Stance.DENIES, (following.start, reading.end), reading)


_BY_THE_NAME = re.compile(rf"\bunderst(?:and|ood)\s[^.;]{{0,30}}?\bby\s[\"“]?{c.OPEN}+[\"”]?\s", re.IGNORECASE)
_TO_UNDERSTAND = re.compile(
    r"\b(?:is|are|was|were)(?P<not>\s+not|n['’]t)?\s+(?:to\s+be\s+understood|meant|intended)(?=\W*(?:[.;,]|$))", re.IGNORECASE
)
_IT_IS_THE = re.compile(rf"\bit\s(?:is|was)\s(?P<who>the\s(?:[\w-]+\s){{1,2}}){c.OPEN}+\s(?:who|whose|whom|that)\b", re.IGNORECASE)


def _explained(line: Line) -> Iterator[Statement]:
    """As in "readers should understand by Costa the treasurer", "the son is to be understood", "it is the printer Costa whose …"."""
    own = [mention for mention in line.scene.open if mention.start < line.end and not line.scene.is_quoted(mention.start)]
    if not own or not is_own(line.scene.page, line.number, own[-1].start):
        return
    about, clear = own[-1], line.scene.clear
    for found in _BY_THE_NAME.finditer(clear, line.start, line.end):
        for reading in readings(line.scene, found.end(), window_end(line, found.end()))[:1]:
            yield _by_article(line, about, Stance.IDENTIFIES, (found.start(), reading.end), reading)
    for found in _TO_UNDERSTAND.finditer(clear, line.start, line.end):
        for reading in readings(line.scene, line.start, found.start())[-1:]:
            yield _by_article(
                line, about, Stance.DENIES if found.group("not") else Stance.IDENTIFIES, (reading.start, found.end()), reading
            )
    for found in _IT_IS_THE.finditer(clear, line.start, line.end):
        yield _by_article(line, about, Stance.IDENTIFIES, found.span(), _described(found, "who"))


_PUT_RIGHT = Cue(rf"\b(?:{c.MEAN}|it\s+was|should\s+have\s+(?:read|said|named|been)|was\s+in\s+fact|is\s+in\s+fact|was|is)\b")


def _corrected(line: Line) -> Iterator[Statement]:
    """A correction: who was named wrongly, and who was meant. The words may go over the sentences of a paragraph."""
    start, end = line.scene.paragraph(line.start)
    inside = [m for m in line.scene.group if start <= m.start < end]
    if not inside:
        return
    about = next((m for m in inside if m in line.scene.open), inside[0])
    yield from _taken_back(line, about)
    for cue in line.find(_PUT_RIGHT):
        near = [one for one in readings(line.scene, cue.end(), window_end(line, cue.end())) if one.start - cue.end() < _NEAR]
        for reading in coordinated(line, cue.end(), near):
            stance = stance_of(line, cue.start(), reading)
            yield _by_article(line, about, Stance.IDENTIFIES if stance is Stance.SUGGESTS else stance, (cue.start(), reading.end), reading)


_PAPER_SAID = Cue(
    r"\b(?:we|this\s+newspaper|article|version|report|story|caption|edition)\b[^.]{0,60}?\b(?:wrote|said|"
    r"reported|stated|gave|named|identified|described|attributed|linked|called|quoted|suggested|implied|"
    r"published|had)\b"
)


def _taken_back(line: Line, about: Mention) -> Iterator[Statement]:
    """Whom a correction says that the article named wrongly."""
    for wrong in c.WRONGLY.finditer(line.scene.clear, line.start, line.end):
        for reading in readings(line.scene, wrong.end(), line.end)[:1]:
            if not reading.words or not re.search(r"\b(?:editor|reporter|writer|reader)\b", reading.words):
                yield _by_article(line, about, Stance.DENIES, (wrong.start(), reading.end), reading)
    for wrong in line.find(_PAPER_SAID):
        ahead = line.scene.clear[wrong.start() : wrong.end() + 80]
        for reading in readings(line.scene, wrong.end(), line.end)[:1]:
            if not re.search(r"\bshould\b|\bmeant\b|\bnot\b", ahead):
                yield _by_article(line, about, Stance.DENIES, (wrong.start(), reading.end), reading)
