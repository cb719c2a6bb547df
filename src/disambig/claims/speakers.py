"""Who says a sentence: reported speech, direct and indirect, with pronouns, offices, papers, "according to" and the passive."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from disambig.claims.classes import NAME, PLAIN, SAY, THINK, any_of
from disambig.claims.scene import Page, Scene, stems
from disambig.names import Name, parse
from disambig.records import Mention
from disambig.roles import is_role
from disambig.words import stem


@dataclass(frozen=True, slots=True)
class Voice:
    """Somebody whose words or view a stretch of text reports; `mention` is None for an office, a paper, an unnamed one."""

    words: str  # as it stands in the text
    mention: Mention | None
    start: int  # where the verb of speech stands

    @property
    def who(self) -> object:
        """The same for two voices of one speaker."""
        return self.mention.text if self.mention else self.words.lower()


def is_one_speaker(one: Voice, other: Voice) -> bool:
    """Whether two voices are one speaker: the same words, or "Ana Costa" and then "Costa"."""
    if one.mention is None or other.mention is None:
        return one.who == other.who
    names = (parse(one.mention.text), parse(other.mention.text))
    return names[0].parts == names[1].parts or (names[0].family == names[1].family and not (names[0].is_full and names[1].is_full))


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
_FILLER = re.compile(
    r"(?<!\s)(?:\s+(?:has|have|had|was|is|also|now|then|later|since|again|once|more|\w+ly|would|will|did|does|"
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
_PRONOUNS = frozenset("he she they i we it".split())
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
    told: list[Voice] = []
    found: list[tuple[Voice, ...]] = []
    for number in range(len(scene.document.sentences)):
        first = len(told)
        for voice in speaking(number):
            told.append(_told(scene, voice, told))
        found.append(tuple(told[first:]))
    return tuple(found)


@lru_cache(maxsize=1)  # the article in hand
def _speaking(page: Page) -> Callable[[int], tuple[Voice, ...]]:
    """The voices of a sentence, by its number, in the order of the text; a pronoun is that pronoun."""

    def in_sentence(number: int) -> tuple[Voice, ...]:
        frames = sorted(_frames(page, page.document.sentences[number]), key=lambda one: one.start)
        return tuple(_in_office(page, voice) for voice in frames)

    return cache(in_sentence)


def may_speak(scene: Scene, number: int) -> bool:
    """Whether somebody speaks in sentence *number*, whoever it is."""
    return bool(_speaking(scene.page)(number))


def holder(scene: Scene, number: int, at: int) -> Voice | None:
    """Whose words or view stand at offset *at* of sentence *number*; None where it is the article's own."""
    return _holder(scene.page, voices(scene).__getitem__, number, at)


def is_own(page: Page, number: int, at: int) -> bool:
    """Whether the words at offset *at* of sentence *number* are the article's own, for which it need not be known who a pronoun is."""
    voice = _holder(page, _speaking(page), number, at)
    return voice is None or (voice.words.lower() in {"we", "our"} and not page.is_quoted(at))  # "whose portrait we printed": the paper itself


def _holder(page: Page, spoken: Callable[[int], tuple[Voice, ...]], number: int, at: int) -> Voice | None:
    """Whose words or view stand at offset *at* of sentence *number*, where *spoken* gives the voices of a sentence."""
    if labelled := _label(page, at):
        return labelled
    here = spoken(number)
    before = [voice for voice in here if voice.start < at]
    if before:
        return before[-1]
    if here:
        return here[0]
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
    start = max(page.masked.rfind("\n", 0, at) + 1, 0)
    found = _LABEL.match(page.masked, start, at)
    return _named(page, found.group(1), start, start) if found else None


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
    for pattern in (_ACCORDING, _BY):
        for found in pattern.finditer(page.lowered_mask, *span):
            if not page.is_quoted(found.start()) and (voice := _ahead(page, found.end(), span[1], found.start())):
                yield voice
    for found in _BY_ACCOUNT.finditer(page.lowered_mask, *span):
        yield _named(page, page.masked[slice(*found.span(1))].rstrip("s'’"), found.start(1), found.start())
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
        return Voice(_words(page, span[0] + office.start(1), span[0] + len(kept)), None, verb)
    found = next(re.finditer(rf"{NAME}$", kept))
    return _named(page, found.group(), span[0] + found.start(), verb)


def _before_relative(page: Page, span: tuple[int, int], kept: str, verb: "re.Match[str]") -> Voice | None:
    """The name before "who said"; "the Costa who wrote it" is no speaker but picks somebody out."""
    found = re.search(rf"({NAME})[^{PLAIN}]{{0,3}},?\s+(?:who|whose\s+\w+)(?:\s+[\w-]+){{0,3}}$", kept)
    picked = re.search(rf"\bthe\s+{NAME}\s+(?:who|whose)\b[^,]*$", kept, re.IGNORECASE)
    if found is None or picked or not re.fullmatch(SAY, verb.group(), re.IGNORECASE):
        return None
    return _named(page, found.group(1), span[0] + found.start(1), verb.start())


def _phrase_before(page: Page, span: tuple[int, int], kept: str, verb: "re.Match[str]") -> Voice | None:
    """The pronoun, office, paper or unnamed one right before a verb."""
    last = kept.rsplit(maxsplit=1)[-1].lower().strip("\"“”'‘’") if kept.split() else ""
    if last in _PRONOUNS and (last != "it" or _IT_SAID.fullmatch(verb.group().lower())):
        return Voice(last, None, verb.start())
    if not last or last in _PRONOUNS | _NO_SPEAKER:
        return None
    if _NO_SUBJECT.search(kept):
        return None
    shapes = (_SHORT_SUBJECT.search(kept), _NP.search(kept), _CAPITALS.search(kept), re.search(rf"\b({_PLURALS})$", kept, re.IGNORECASE))
    found = next(filter(None, shapes), None)
    return Voice(_words(page, span[0] + found.start(1), span[0] + len(kept)), None, verb.start()) if found else None


_NO_SUBJECT = re.compile(  # "to have the poems printed", "the Costa whom older readers remember"
    r"\b(?:have|having|get|getting|got)\s+(?:the|a|an|his|her|its|their)\s+[\w'’-]+(?:\s[\w'’-]+)?$|\b(?:whom|which)\s+(?:[\w'’-]+\s+){0,3}[\w'’-]+$"
)
_SHORT_SUBJECT = re.compile(r"^\W*([A-Z][\w'’-]+(?:\s[a-z]+){1,2})$")  # "City hall"
_INVERTED = re.compile(
    any_of(
        "said;says;wrote;writes;argued;argues;insisted;insists;added;adds;thinks;believes;replied;explained;"
        "explains;suggested;suggests;held"
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
    if found := re.search(rf"(?:[^,]{{2,60}}),\s({NAME}),$", kept):
        return _named(page, found.group(1), span[0] + found.start(1), verb)
    for found in re.finditer(rf"({NAME})\s?[,(–—]", kept):
        if found.end() < len(kept) and not page.is_quoted(span[0] + found.start()):
            return _named(page, found.group(1), span[0] + found.start(1), verb)
    if found := re.search(r"\b((?:the|a|an|his|her|their|its)\s+[\w'’ -]{2,50}?),", kept, re.IGNORECASE):
        return Voice(_words(page, span[0] + found.start(1), span[0] + found.end(1)), None, verb)
    return None


def _ahead(page: Page, at: int, end: int, frame: int) -> Voice | None:
    """The speaker whose name or office begins at *at*: "the governor's press secretary, Oleg Vale"."""
    rest = page.masked[at:end]
    if found := re.match(rf"\s*({NAME})(?!['’]s)", rest):
        return _named(page, found.group(1), at + found.start(1), frame)
    if found := re.match(r"\s*(he|she|they|him|her|them)\b", rest):
        return Voice({"him": "he", "her": "she", "them": "they"}.get(found.group(1), found.group(1)), None, frame)
    found = _NP_AHEAD.match(rest)
    if found is None:
        return None
    phrase = _CUT.sub("", found.group(1).rstrip())
    apposed = re.match(rf"(?:\s+of\s+[^,.;]{{2,60}}|\s*),?\s({NAME})", rest[found.start(1) + len(phrase) :])
    inside = re.search(rf"({NAME})$", phrase)
    if inside:
        return _named(page, inside.group(1), at + found.start(1) + inside.start(1), frame)
    if apposed and "," in apposed.group()[:80]:
        return _named(page, apposed.group(1), at + found.start(1) + len(phrase) + apposed.start(1), frame)
    start = at + found.start(1)
    return Voice(_words(page, start, start + len(phrase)), None, frame) if phrase else None


def _named(page: Page, written: str, start: int, frame: int) -> Voice:
    mention = page.by_start.get(start)
    return Voice(mention.text if mention else written.strip(), mention, frame)


def _words(page: Page, start: int, end: int) -> str:
    return " ".join(page.document.article.text[start:end].split())


def _told(scene: Scene, voice: Voice, earlier: Sequence[Voice]) -> Voice:
    """*voice* with a pronoun replaced by whom it stands for, if the text tells."""
    if voice.mention:
        return voice
    return _referent(scene, voice, earlier) if _is_pronoun(voice.words.lower()) else voice


def _is_pronoun(lowered: str) -> bool:
    return lowered in _PRONOUNS or lowered in {"his", "her", "their"}


def _in_office(page: Page, voice: Voice) -> Voice:
    """*voice* with an office replaced by the person of the article who holds it, if the text tells."""
    if voice.mention or _is_pronoun(voice.words.lower()):
        return voice
    mention = _holder_of_office(page, voice)
    return Voice(mention.text, mention, voice.start) if mention else voice


def _is_for_people(word: str) -> bool:
    """Whether a word is one for a person: a role, or one that ends like one."""
    return (
        is_role(word)
        or is_role(stem(word))
        or (re.fullmatch(r"[a-z-]{3,}(?:ist|ian|man|woman|eer|or|er)", word) is not None and word not in {"paper", "newspaper"})
    )


_PAPER = re.compile(
    r"(?:^|\n|[.!?]\s)((?:The|A|An)\s[@\w'’ -]{2,40}?|[A-Z][\w’'-]+(?:\s[A-Z][\w’'-]+)*)(?:,\s(?:who|which)\b[^,.\n]{1,80},)?\s"
    r"(?:was|is|has|had|sees|saw|took|called|[a-z]+ed)\b[^\n]*$"
)


def paragraph_subject(page: Page, at: int) -> Voice | None:
    """What the first sentence of the paragraph of *at* is about, where that is no person: "The catalogue gives the laugh to …"."""
    start, _ = page.document.paragraph(at, at)
    found = _ABOUT.match(page.masked, start, at)
    return Voice(_words(page, found.start(1), found.end(1)), None, at) if found else None


_ABOUT = re.compile(
    r"[\s\"“]*((?:The|A|An|Its|His|Her|Their|This|That)\s[@\w'’&-]+(?:\s[@\w'’&-]+){0,2}?)(?:,\s(?:who|which|whose)\b[^,.]{1,80},)?\s[a-z]+(?:s|ed)\b"
)


def _office_before(scene: Scene, voice: Voice, earlier: Sequence[Voice]) -> Voice:
    """Whom "it said" means: the office or paper that spoke last, or that the last sentence is about."""
    office = next((one for one in reversed(earlier) if one.mention is None and one.words.lower() not in _PRONOUNS), None)
    subject = _PAPER.search(scene.masked, scene.masked.rfind("\n\n", 0, voice.start) + 1, voice.start)
    if subject and (office is None or subject.start(1) > office.start):
        return Voice(_words(scene.page, subject.start(1), subject.end(1)), None, voice.start)
    return replace(office, start=voice.start) if office else voice


def _referent(scene: Scene, voice: Voice, earlier: Sequence[Voice]) -> Voice:
    """Whom a pronoun means: the speaker of its sentence or the ones before, or the first person that such a sentence without one names."""
    if voice.words.lower() == "it":
        return _office_before(scene, voice, earlier)
    begun = scene.page.sentences_before(voice.start + 1)
    for back, (start, end) in enumerate(reversed(scene.document.sentences[max(0, begun - _FAR_BACK) : begun])):
        said = _last_said(earlier, start, end)
        if said and _can_be(scene, said, voice.words):
            return Voice(said.words, said.mention, voice.start)
        subject = _first_person(scene, start, end if back else voice.start)
        if not back and subject and (subject.mention is None or subject.mention in scene.members or subject.start - start > 45):  # noqa: PLR2004
            continue
        if subject and subject.mention in scene.open:
            continue  # the name in question
        if subject:
            subject = _in_office(scene.page, subject)
        if subject and _can_be(scene, subject, voice.words):
            return replace(subject, start=voice.start)
    return voice


_FAR_BACK = 8  # sentences; further back a pronoun is anybody's


def _last_said(earlier: Sequence[Voice], start: int, end: int) -> Voice | None:
    """The last of the *earlier* voices from *start* to *end* that is a person's, and no pronoun."""
    for one in reversed(earlier):
        if one.start < start:
            break
        if one.start < end and one.words.lower() not in _PRONOUNS and _is_person(one):
            return one
    return None


_MALE = re.compile(r"\b(?:he|his|him|\w*(?<!wo)man|father|son|brother|uncle|nephew|king|prince|sir|mr)\b", re.IGNORECASE)
_FEMALE = re.compile(
    r"\b(?:she|her|\w*woman|mother|daughter|sister|aunt|niece|queen|princess|mrs|ms|miss|lady|actress|headmistress)\b", re.IGNORECASE
)
_OWN_PRONOUN = re.compile(r"[^.!?\n]*[.!?][\"”’]?\s+\"?(his|her)\b", re.IGNORECASE)


def _can_be(scene: Scene, voice: Voice, pronoun: str) -> bool:
    """Whether a pronoun can stand for *voice*: no word that stands with the name, and no pronoun after it, tells otherwise."""
    if pronoun.lower() not in {"he", "she", "his", "her"} or voice.mention is None:
        return True
    mention = voice.mention
    after = _OWN_PRONOUN.match(scene.masked, mention.end)
    if pronoun.lower() in {"he", "his"} and _is_womans(parse(mention.text)):
        return False
    text = f"{mention.honorific} {mention.title} {after.group(1) if after else ''}"
    told = (_MALE.search(text) is not None, _FEMALE.search(text) is not None)
    return told in {(False, False), (True, True)} or told[0] == (pronoun.lower() in {"he", "his"})


def _is_womans(name: Name) -> bool:
    """Whether a full name begins with a given name in -a, as those of women do in most languages of Europe."""
    first = name.parts[0]
    return name.is_full and len(first) > 2 and first.endswith("a") and first not in _MENS_IN_A  # noqa: PLR2004


_MENS_IN_A = frozenset(
    "abdalla abdulla akira andrea attila barnaba bela costa danila elia enea ezra foma geza gyula ilia ilya isa issa jona joshua juha jukka "
    "koba kuzma luca luka mika mirza misha moussa musa mustafa mustapha nikita nikola noa pekka pasha petja sasha savva seppa slava "
    "vanya yahya yona zakaria".split()
)


def _is_person(voice: Voice) -> bool:
    return voice.mention is not None or (bool(voice.words.split()) and is_role(stem(voice.words.split()[-1].lower())))


_ROLE_PHRASE = re.compile(r"\b(?:the|a|an)\s+(?:[a-z-]+\s+){0,3}?([a-z-]+)(?=[,.;]|\s(?:who|said|has|had|was|is|of|for)\b)", re.IGNORECASE)


def _first_person(scene: Scene, start: int, end: int) -> Voice | None:
    """The first person that a sentence names or describes outside quotation marks."""
    named = next((m for m in scene.page.mentions_in(start, end) if not scene.is_quoted(m.start)), None)
    for found in _ROLE_PHRASE.finditer(scene.masked, start, min(end, named.start if named else end)):
        if (
            is_role(found.group(1).lower())
            and not scene.is_quoted(found.start())
            and not (named and re.fullmatch(r"\W*", scene.masked[found.end() : named.start]))
        ):
            return Voice(_words(scene.page, found.start(), found.end()), None, found.start())
    return Voice(named.text, named, named.start) if named else None


def _holder_of_office(page: Page, voice: Voice) -> Mention | None:
    """The person of the article whom an office means: "the steward", where the article speaks of Ana Costa, the shop steward."""
    asked = stems(voice.words)
    words = re.findall(r"[\w-]+", voice.words.lower())
    if not asked or not words or words[0] not in {"the", "his", "her", "their"} or not _is_for_people(words[-1]):
        return None
    for mention in reversed(page.mentions_in(0, voice.start)):
        if asked <= page.described(mention):
            return mention
    start, _ = page.document.paragraph(voice.start, voice.start)
    inside = [mention for mention in page.mentions_in(start, voice.start) if not page.is_quoted(mention.start)]
    return inside[-1] if len(inside) == 1 and len(words) == 2 else None  # noqa: PLR2004
