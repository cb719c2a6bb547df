"""Whom "he", "it" and "the steward" stand for, where they speak."""

import re
from collections.abc import Sequence
from dataclasses import replace

from disambig.claims.scene import Page, Scene, stems
from disambig.claims.voice import PRONOUNS, Voice, words_of
from disambig.names import Name, parse
from disambig.records import Mention
from disambig.roles import is_role
from disambig.words import stem


def told(scene: Scene, voice: Voice, earlier: Sequence[Voice]) -> Voice:
    """*voice* with a pronoun replaced by whom it stands for, if the text tells."""
    if voice.mention:
        return voice
    return _referent(scene, voice, earlier) if _is_pronoun(voice.words.lower()) else voice


def _is_pronoun(lowered: str) -> bool:
    return lowered in PRONOUNS or lowered in {"his", "her", "their"}


def in_office(page: Page, voice: Voice) -> Voice:
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
    return Voice(words_of(page, found.start(1), found.end(1)), None, at) if found else None


_ABOUT = re.compile(
    r"[\s\"“]*((?:The|A|An|Its|His|Her|Their|This|That)\s[@\w'’&-]+(?:\s[@\w'’&-]+){0,2}?)(?:,\s(?:who|which|whose)\b[^,.]{1,80},)?\s[a-z]+(?:s|ed)\b"
)


def _office_before(scene: Scene, voice: Voice, earlier: Sequence[Voice]) -> Voice:
    """Whom "it said" means: the office or paper that spoke last, or that the last sentence is about."""
    office = next((one for one in reversed(earlier) if one.mention is None and one.words.lower() not in PRONOUNS), None)
    subject = _PAPER.search(scene.masked, scene.masked.rfind("\n\n", 0, voice.start) + 1, voice.start)
    if subject and (office is None or subject.start(1) > office.start):
        return Voice(words_of(scene.page, subject.start(1), subject.end(1)), None, voice.start)
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
            subject = in_office(scene.page, subject)
        if subject and _can_be(scene, subject, voice.words):
            return replace(subject, start=voice.start)
    return voice


_FAR_BACK = 8  # sentences; further back a pronoun is anybody's


def _last_said(earlier: Sequence[Voice], start: int, end: int) -> Voice | None:
    """The last of the *earlier* voices from *start* to *end* that is a person's, and no pronoun."""
    for one in reversed(earlier):
        if one.start < start:
            break
        if one.start < end and one.words.lower() not in PRONOUNS and _is_person(one):
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
    if pronoun.lower() in {"he", "his"} and _is_womans(parse(mention.text)):
        return False
    after = _OWN_PRONOUN.match(scene.masked, mention.end)
    text = f"{mention.honorific} {mention.title} {after.group(1) if after else ''}"
    told = (_MALE.search(text) is not None, _FEMALE.search(text) is not None)
    return told in {(False, False), (True, True)} or told[0] == (pronoun.lower() in {"he", "his"})


def _is_womans(name: Name) -> bool:
    """Whether a full name begins with a given name in -a, as those of women do in most languages of Europe."""
    first = name.parts[0]
    return name.is_full and len(first) > 2 and first.endswith("a") and first not in _MENS_IN_A  # noqa: PLR2004


_MENS_IN_A = frozenset(
    "abdalla abdulla akira andrea attila barnaba bela costa danila elia enea ezra foma geza gyula ilia ilya isa issa jona joshua juha "
    "jukka koba kuzma luca luka mika mirza misha moussa musa mustafa mustapha nikita nikola noa pekka pasha petja sasha savva seppa slava "
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
            return Voice(words_of(scene.page, found.start(), found.end()), None, found.start())
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
