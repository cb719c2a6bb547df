"""Who says a sentence: reported speech, direct and indirect, with pronouns, offices, papers, "according to" and the passive."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache, lru_cache

from disambig.claims.classes import NAME, PLAIN, SAY, THINK, any_of
from disambig.claims.referents import in_office, told
from disambig.claims.scene import Page, Scene
from disambig.claims.voice import PRONOUNS, Voice, voice_named, words_of
from disambig.roles import is_role
from disambig.words import stem

# What says that somebody speaks, in a text in lower case.
_VERB = re.compile(rf"\b(?:{SAY}|{THINK})\b")
_ACCORDING = re.compile(
    r"\b(?:according\s+to|in\s+the\s+(?:words|view|opinion|eyes|account|telling|version)\s+of|in\s+the\s+opinion\s+of|as\s+far\s+as)\s+"
)
_BY_ACCOUNT = re.compile(
    rf"\b(?:by|on|in|to)\s+({NAME}['’]s?|his|her|their|the\s+[\w ]{{2,30}}['’]s?)\s+(?:own\s+)?(?:account|"
    rf"reading|view|opinion|version|telling|mind|eyes|interpretation)\b"
)
_BY = re.compile(
    r"\b(?:identified|named|recogni[sz]ed|taken(?!\s+out)|read|understood|interpreted|described|singled out|pointed "
    r"out|unmasked)\b[^.;]{0,60}?\bby\s+"
)
_TO_SOMEBODY = re.compile(  # "to the treasurer, this was Costa"
    r"(?:(?<=^)|(?<=[;:.]\s)|(?<=\n)|(?<=\band\s))(?:to|for)\s(?=[^.;:]{3,160}?,\s(?:this|that|it)\s(?:was|is|could|can|meant)\b)",
    re.MULTILINE,
)
_FILLER = re.compile(
    r"(?<!\s)(?:\s+(?:has|have|had|was|is|also|now|then|later|since|again|once|more|\w+ly|would|will|should|must|may|might|can|could|did|does|"
    r"do|not|never|even|still|only|himself|"
    r"herself|themselves|itself|however|though|first|soon|too|on\s+\w+day|in\s+turn|at\s+once|last\s+\w+|"
    r"this\s+\w+|to\s+reporters|both|all)){1,12}\s*$",
    re.IGNORECASE,
)
_NP = re.compile(
    r"((?:\b(?:the|a|an|one|his|her|its|their|my|our|another|some|several|two|three|both)\b|[\w\ue000-\ue002]+['’]s?)\s+"
    r"(?:[\w\ue000-\ue002'’&.-]+\s+){0,5}?[\w\ue000-\ue002'’&.-]+)$",
    re.IGNORECASE,
)
_CAPITALS = re.compile(r"((?:[A-Z][\w'’&.-]*\s+)*[A-Z][\w'’&-]*)$")
_PLURALS = any_of(
    "friends;lawyers;officials;police;relatives;supporters;others;critics;colleagues;neighbours;prosecutors;historians;officers;editors"
)
_IT_SAID = re.compile(
    any_of(
        "said;says;added;wrote;insisted;argued;replied;explained;explains;insists;adds;supposes;believes;"
        "thinks;assumes;suspects;denies;denied;claims;confirmed;maintains;told;tells;announced;stated;states;noted;notes;reported;reports;"
        "declared;ruled;concluded;concludes;suggested;suggests;decided;pointed out;points out;found"
    )
)
_NO_SPEAKER = frozenset(
    "so thus that this which who what there these those nothing everything be to been being of as if and or for in".split()
)
_NP_AHEAD = re.compile(
    r"\s*((?:(?:the|a|an|one|his|her|its|their|my|our|another)\s+|[\w\ue000-\ue002]+['’]s?\s+)(?:[^\s,.;"
    r":\"“”?!()–—]+\s?){1,8}|(?:[A-Z][\w'’&-]*\s?){1,4})",
    0,
)
_CUT = re.compile(
    r"\s+(?:who|which|that|whose|on|in|at|to|with|from|after|before|when|while|as|by|for|has|had|have|is|"
    r"was|were|are|got|would|will|could|can|did|does)\s.*$",
    re.DOTALL,
)


@lru_cache(maxsize=1)  # the scene in hand: most scenes are read without asking who speaks
def voices(scene: Scene) -> tuple[tuple[Voice, ...], ...]:
    """The voices of each sentence, in the order of the text; a pronoun is the speaker before it."""
    speaking = _speaking(scene.page)
    heard: list[Voice] = []
    found: list[tuple[Voice, ...]] = []
    for number in range(len(scene.document.sentences)):
        first = len(heard)
        for voice in speaking(number):
            heard.append(told(scene, voice, heard))
        found.append(tuple(heard[first:]))
    return tuple(found)


@lru_cache(maxsize=1)  # the article in hand
def _speaking(page: Page) -> Callable[[int], tuple[Voice, ...]]:
    """The voices of a sentence, by its number, in the order of the text; a pronoun is that pronoun."""

    def in_sentence(number: int) -> tuple[Voice, ...]:
        frames = sorted(_frames(page, page.document.sentences[number]), key=lambda one: one.start)
        return tuple(in_office(page, voice) for voice in frames)

    return cache(in_sentence)


def may_speak(scene: Scene, number: int) -> bool:
    """Whether somebody speaks in sentence *number*, whoever it is."""
    return bool(_speaking(scene.page)(number))


def holder(scene: Scene, number: int, at: int) -> Voice | None:
    """Whose words or view stand at offset *at* of sentence *number*; None where it is the article's own."""
    return _holder(scene.page, voices(scene).__getitem__, number, at)


_PAPER_ITSELF = frozenset({"we", "our", "readers"})  # "whose portrait we printed", "readers should understand by Costa …"


def is_own(page: Page, number: int, at: int) -> bool:
    """Whether the words at offset *at* of sentence *number* are the article's own, for which it need not be known who a pronoun is."""
    voice = _holder(page, _speaking(page), number, at)
    return voice is None or (voice.words.lower() in _PAPER_ITSELF and not page.is_quoted(at))


def _holder(page: Page, spoken: Callable[[int], tuple[Voice, ...]], number: int, at: int) -> Voice | None:
    """Whose words or view stand at offset *at* of sentence *number*, where *spoken* gives the voices of a sentence."""
    here = spoken(number)
    before = [voice for voice in here if voice.start < at]
    if told_by := _label(page, at) or next(iter([*before[-1:], *here]), None):
        return told_by
    start, end = page.document.paragraph(at, at)
    first, closed = page.document.sentences[number]
    quoted = page.is_quoted(at)
    later = range(number + 1, len(page.document.sentences))
    if quoted:
        _, closing = page.quote_around(at) or (at, at)
        outside = next((voice for i in later for voice in spoken(i) if closing <= voice.start), None)
        if outside and not re.search(r"[.\n]", page.masked[closing : outside.start]):
            return outside
    if later and spoken(number + 1) and _SO.match(page.masked, closed):
        return spoken(number + 1)[-1]
    last = _last_before(spoken, number)
    if last and last.start >= start and (quoted or _goes_on(page, number)):
        return last
    if quoted:
        following = next((voice for i in later for voice in spoken(i)), None)
        if following and following.start < end:
            return following
        return last if last and first - last.start < 400 else None  # noqa: PLR2004
    return None


def _label(page: Page, at: int) -> Voice | None:
    """Who speaks in a paragraph of a transcript: "COSTA (for the bank): The treasurer."."""
    start = page.masked.rfind("\n", 0, at) + 1
    found = _LABEL.match(page.masked, start, at)
    return voice_named(page, found.group(1), start, start) if found else None


_LABEL = re.compile(rf"({NAME}|(?:THE\s)?[A-Z][A-Z'’-]+(?:\s[A-Z'’-]+)*)(?:\s\([^()\n]{{1,60}}\))?:\s")


def _last_before(spoken: Callable[[int], tuple[Voice, ...]], number: int) -> Voice | None:
    """The last voice before sentence *number*."""
    return next((spoken(i)[-1] for i in range(number - 1, -1, -1) if spoken(i)), None)


def side(scene: Scene, number: int, at: int) -> Voice | None:
    """Whose side a sentence without a verb of speech is on: that of the last speaker of its paragraph, else of the first outsider in it.

    In a paragraph that gives one side's view, verbs of speech are left out after a while; for use only in a dispute.
    """
    start, _ = scene.paragraph(at)
    first, _ = scene.document.sentences[number]
    subject = next(iter(scene.page.mentions_in(first, at)), None)
    if subject and subject not in scene.members and subject.start - first < 45 and not scene.is_quoted(subject.start):  # noqa: PLR2004
        return Voice(subject.text, subject, at)
    spoken = voices(scene)
    last = next((voice for voice in reversed(spoken[number]) if voice.start < at), None) or _last_before(spoken.__getitem__, number)
    if last and last.start >= start:
        return replace(last, start=at)
    outsiders = (m for m in scene.page.mentions_in(start, at) if m not in scene.members and not scene.is_quoted(m.start))
    return next((Voice(m.text, m, at) for m in outsiders), None)


_SO = re.compile(r"\s*(?:So|Thus|This\s+is\s+what|That\s+is\s+what)\s+(?:asked|asks|said|says|argued|argues|wrote|thinks|thought|runs)\b")
_GOES_ON = re.compile(
    r"\?\W*$|\b(?:would|must|might|could|may)\b|^\W*(?:he|she|it|they|that|this|his|her|not|nor|by|perhaps|i)\b", re.IGNORECASE
)


def _goes_on(page: Page, number: int) -> bool:
    """Whether a sentence without a verb of speech goes on with what the speaker before it said: a question, a modal, a pronoun."""
    return _GOES_ON.search(page.masked[slice(*page.document.sentences[number])]) is not None


def _frames(page: Page, span: tuple[int, int]) -> Iterator[Voice]:
    """What says in one sentence that somebody speaks or thinks."""
    for pattern in (_ACCORDING, _BY, _TO_SOMEBODY):
        for found in pattern.finditer(page.lowered_mask, *span):
            if not page.is_quoted(found.start()) and (voice := _ahead(page, found.end(), span[1], found.start())):
                yield voice
    for found in _BY_ACCOUNT.finditer(page.lowered_mask, *span):
        yield voice_named(page, page.masked[slice(*found.span(1))].rstrip("s'’"), found.start(1), found.start())
    for verb in _VERB.finditer(page.lowered_mask, *span):
        if page.is_quoted(verb.start()) or _NOT_SPEECH.match(page.lowered_mask, verb.start()):
            continue
        if voice := _subject(page, span, verb):
            yield voice


_NOT_SPEECH = re.compile(
    r"f(?:ou|i)nds?\b(?!\s+that\b|\s*[,.;:])"  # no verdict: "who had found an error"
    r"|(?:accused|alleged|described|identified|judged|mentioned|named|quoted|recogni[sz]ed|regarded|reported|suspected|treated)\s+(?:in|by|as|of)\b"
)


def _subject(page: Page, span: tuple[int, int], verb: "re.Match[str]") -> Voice | None:
    """Who does what *verb* says: the words before it, or after it where it stands after a quotation or a comma."""
    before = page.masked[span[0] : verb.start()]
    if _is_inverted(before, verb.group()) and (voice := _ahead(page, verb.end(), span[1], verb.start())):
        rest = page.masked[verb.end() + len(voice.words) + 1 : span[1]]
        if voice.mention or before.rstrip()[-1] not in ",—–" or re.match(r"\s*[,.;:)]|\s*$", rest):
            return voice
    if re.search(r"\b(?:was|were|been|being|is|are)\s+(?:\w+ly\s+)?$", before):
        return None  # the passive
    kept = _FILLER.sub("", before.rstrip()).rstrip()
    if kept.endswith((",", ")", "—", "–")):
        return _before_aside(page, span, kept, verb.start())
    if re.search(rf"{NAME}$", kept):
        return _name_before(page, span, kept, verb.start())
    if re.search(rf"({NAME})[^{PLAIN}]{{0,3}},?\s+(?:who|whose\s+\w+)(?:\s+[\w-]+){{0,3}}$|\bthe\s+{NAME}\s+(?:who|whose)\b[^,]*$", kept):
        return _before_relative(page, span, kept, verb)
    return _phrase_before(page, span, kept, verb)


def _name_before(page: Page, span: tuple[int, int], kept: str, verb: int) -> Voice:
    """The name right before a verb, or the office that it belongs to: "a lawyer for Costa said"."""
    office = re.search(rf"\b([\w-]+)\s+(?:for|of|to)\s+{NAME}$", kept)
    if office and (is_role(stem(office.group(1).lower())) or re.fullmatch(_PLURALS, office.group(1), re.IGNORECASE)):
        return Voice(words_of(page, span[0] + office.start(1), span[0] + len(kept)), None, verb)
    found = next(re.finditer(rf"{NAME}$", kept))
    return voice_named(page, found.group(), span[0] + found.start(), verb)


def _before_relative(page: Page, span: tuple[int, int], kept: str, verb: "re.Match[str]") -> Voice | None:
    """The name before "who said"; "the Costa who wrote it" is no speaker but picks somebody out."""
    found = re.search(rf"({NAME})[^{PLAIN}]{{0,3}},?\s+(?:who|whose\s+\w+)(?:\s+[\w-]+){{0,3}}$", kept)
    picked = re.search(rf"\bthe\s+{NAME}\s+(?:who|whose)\b[^,]*$", kept, re.IGNORECASE)
    if found is None or picked or not re.fullmatch(SAY, verb.group(), re.IGNORECASE):
        return None
    return voice_named(page, found.group(1), span[0] + found.start(1), verb.start())


def _phrase_before(page: Page, span: tuple[int, int], kept: str, verb: "re.Match[str]") -> Voice | None:
    """The pronoun, office, paper or unnamed one right before a verb."""
    last = kept.rsplit(maxsplit=1)[-1].lower().strip("\"“”'‘’") if kept.split() else ""
    if last in PRONOUNS and (last != "it" or _IT_SAID.fullmatch(verb.group().lower())):
        return Voice(last, None, verb.start())
    if not last or last in PRONOUNS | _NO_SPEAKER:
        return None
    if _NO_SUBJECT.search(kept):
        return None
    shapes = (_SHORT_SUBJECT.search(kept), _NP.search(kept), _CAPITALS.search(kept), re.search(rf"\b({_PLURALS})$", kept, re.IGNORECASE))
    found = next(filter(None, shapes), None)
    return Voice(words_of(page, span[0] + found.start(1), span[0] + len(kept)), None, verb.start()) if found else None


_NO_SUBJECT = re.compile(  # "to have the poems printed", "the Costa whom older readers remember"
    r"\b(?:have|having|get|getting|got)\s+(?:the|a|an|his|her|its|their)\s+[\w'’-]+(?:\s[\w'’-]+)?$|\b(?:whom|which)\s+(?:[\w'’-]+\s+){0,3}[\w'’-]+$"
)
_SHORT_SUBJECT = re.compile(r"^\W*([A-Z][\w'’-]+(?:\s[a-z]+){1,2})$")  # "City hall"
_INVERTED = re.compile(
    any_of(
        "said;says;wrote;writes;argued;argues;insisted;insists;added;adds;thinks;believes;replied;explained;"
        "explains;suggested;suggests;held;announced;announces;concluded;concludes;conceded;countered;declared;insinuated;maintained;"
        "observed;recalled;recalls;remarked;reported;retorted;stressed;testified;warned"
    )
)


def _is_inverted(before: str, verb: str) -> bool:
    """Whether the speaker stands after the verb: after a quotation, or after a comma for common verbs ("Costa, said the mayor, …")."""
    last = before.rstrip()[-1:]
    if before.strip().lower() in {"so", "thus"}:
        return True  # "So asked Costa."
    if verb.lower() in {"tell", "tells", "told", "telling", "saying", "adding", "writing"}:
        return False
    return last in '"”’?!»' or (last in ",—–" and _INVERTED.fullmatch(verb.lower()) is not None)


def _before_aside(page: Page, span: tuple[int, int], kept: str, verb: int) -> Voice | None:
    """The subject before an aside: "Costa, who chairs the committee, said", "the mayor, Costa, said"."""
    if found := re.search(rf"(?:[^,]{{2,60}}),\s(?:[A-Z][\w.]*\s){{0,2}}({NAME}),$", kept):
        return voice_named(page, found.group(1), span[0] + found.start(1), verb)
    for found in re.finditer(rf"({NAME})\s?[,(–—]", kept):
        if found.end() < len(kept) and not page.is_quoted(span[0] + found.start()):
            return voice_named(page, found.group(1), span[0] + found.start(1), verb)
    if found := re.search(r"\b((?:the|a|an|his|her|their|its)\s+[\w'’ -]{2,50}?),", kept, re.IGNORECASE):
        return Voice(words_of(page, span[0] + found.start(1), span[0] + found.end(1)), None, verb)
    return None


def _ahead(page: Page, at: int, end: int, frame: int) -> Voice | None:
    """The speaker whose name or office begins at *at*: "the governor's press secretary, Oleg Vale"."""
    rest = page.masked[at:end]
    if found := re.match(rf"\s*({NAME})(?!['’]s)", rest):
        return voice_named(page, found.group(1), at + found.start(1), frame)
    if found := re.match(r"\s*(he|she|they|him|her|them)\b", rest):
        return Voice({"him": "he", "her": "she", "them": "they"}.get(found.group(1), found.group(1)), None, frame)
    found = _NP_AHEAD.match(rest)
    if found is None:
        return None
    phrase = _CUT.sub("", found.group(1).rstrip())
    apposed = re.match(rf"(?:\s+of\s+[^,.;]{{2,60}}|\s*),?\s({NAME})", rest[found.start(1) + len(phrase) :])
    inside = re.search(rf"({NAME})$", phrase)
    if inside:
        return voice_named(page, inside.group(1), at + found.start(1) + inside.start(1), frame)
    if apposed and "," in apposed.group()[:80]:
        return voice_named(page, apposed.group(1), at + found.start(1) + len(phrase) + apposed.start(1), frame)
    start = at + found.start(1)
    return Voice(words_of(page, start, start + len(phrase)), None, frame) if phrase else None
