"""Scene -> Sightings: whom each side of an article puts forward, whatever words it has for it.

A text quotes a name that nothing has explained yet ("Lunch with Costa"), and then gives the view of one side after the other: the sentences
of one name Ana Costa, those of another Luis Costa. That is how most disputes are told, in words that no list can hold.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from disambig.claims.lines import Line, Sighting, clause_start, stance_of
from disambig.claims.readings import Reading
from disambig.claims.referents import paragraph_subject
from disambig.claims.scene import Scene
from disambig.claims.speakers import holder, side, voices
from disambig.claims.voice import Voice, is_one_speaker
from disambig.names import parse
from disambig.records import Mention, Stance

_SUBJECT = re.compile(r"\W*(?:(?:the|a|an|his|her|its|their|one|both)\s)?(?:[\w'’-]+,?\s){0,4}(?:of\s[\w'’-]+,?\s)?$", re.IGNORECASE)
_SMALL_WORDS = re.compile(
    r"\b(?:about|against|as|at|behind|by|for|from|into|of|on|onto|over|than|that|to|toward|towards|upon|was|were|is|had|with)\b",
    re.IGNORECASE,
)
_MADE_BY = re.compile(  # whose work something is, not whom a name means
    r"\b(?:built|carved|composed|designed|drawn|engraved|made|painted|photographed|played|scored|sculpted|shot|signed|sung|written)\s"
    r"(?:\w+\s)?by\s(?:[\w'’-]+,?\s){0,3}$",
    re.IGNORECASE,
)


def of_sides(scene: Scene, told: Sequence[Sighting]) -> list[Sighting]:
    """The bearer whom each side names first, of sides that do not put forward anybody in what is *told* already.

    Empty unless two sides put forward two people, or one whom the other denies. The name must be quoted before anybody whom it may mean is
    named in full: else the article itself says whom it means.
    """
    use = next((use for use in scene.open if scene.is_quoted(use.start) and _is_family_name(scene, use)), None)
    if use is None or any(other.start < use.start for other in scene.full):
        return []
    put = _told(told, denied=False)
    heard = {who for who, _ in put}
    found: dict[object, Sighting] = {}
    for one in _put_forward(scene, use):
        if one.voice and one.voice.who not in heard:
            found.setdefault(one.voice.who, one)
    put |= _told(found.values(), denied=False)
    two = any(who != other and person != another for who, person in put for other, another in put)
    taken_back = any(who != other and person == another for who, person in put for other, another in _told(told, denied=True))
    return list(found.values()) if two or taken_back else []


def _told(sightings: Iterable[Sighting], *, denied: bool) -> set[tuple[object, str]]:
    """Who puts forward, or denies, which bearer by name."""
    return {
        (one.voice.who, one.reading.named.text)
        for one in sightings
        if one.voice and one.reading and one.reading.named and (one.stance is Stance.DENIES) == denied
    }


def _is_family_name(scene: Scene, use: Mention) -> bool:
    """Whether a bare name is a family name of the bearers, with an initial or without: of one given name are many whom nobody mixes up."""
    family = parse(use.text).parts[-1]
    return any(family in parse(bearer.text).family for bearer in scene.full)


def _put_forward(scene: Scene, use: Mention) -> Iterator[Sighting]:
    """The first full name of each bearer, with the side on which it is given; whoever made *use* of the name is none."""
    user = next(iter(voices(scene)[use.sentence]), None)
    named: set[str] = set()
    for mention in scene.full:
        if mention.text in named:
            continue
        named.add(mention.text)
        line = Line(scene, mention.sentence, *scene.document.sentences[mention.sentence])
        told_of = _is_told_of(line, mention) or _MADE_BY.search(scene.clear[line.start : mention.start])
        voice = None if told_of else _side_of(scene, mention, user if use.sentence != mention.sentence else None)
        if voice is not None and voice.mention not in scene.members:
            reading = Reading(mention.start, mention.end, mention)
            stance = stance_of(line, clause_start(line, mention.start), reading)
            yield Sighting(stance, (mention.start, mention.end), reading, rank=1, voice=voice, sentence=line.number)


def _side_of(scene: Scene, mention: Mention, user: Voice | None) -> Voice | None:
    """Who speaks where a bearer is named, or whose view the paragraph gives; not the *user* of the name, of whom others speak."""
    for find in (holder, side):
        voice = find(scene, mention.sentence, mention.start)
        if voice is not None and not (user and is_one_speaker(voice, user)):
            return voice
    start, _ = scene.paragraph(mention.start)
    first = scene.page.sentences_before(start + 1) - 1
    earlier = [voice for spoken in voices(scene)[max(0, first) : mention.sentence] for voice in spoken]
    said = next((voice for voice in reversed(earlier) if not (user and is_one_speaker(voice, user))), None)
    return said or paragraph_subject(scene.page, mention.start)


def _is_told_of(line: Line, mention: Mention) -> bool:
    """Whether a sentence in which nobody speaks is about the bearer: "Ana Costa, the treasurer, could not be reached"."""
    if line.scene.is_quoted(mention.start) or holder(line.scene, line.number, mention.start):
        return False
    before = line.scene.masked[line.start : mention.start]
    return _SUBJECT.fullmatch(before) is not None and _SMALL_WORDS.search(before) is None
