"""Document -> Document with `statements` and doubts: the first of the two steps, which reads the text alone.

The rules sight people who are put forward; the sightings become statements only where the text holds an open use of the name that they can
be about.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from disambig.claims.classes import USED
from disambig.claims.disclaimers import disclaimers, may_disclaim
from disambig.claims.lines import Sighting
from disambig.claims.readings import Reading
from disambig.claims.rules import FAINT_RULES, RULES, Rule
from disambig.claims.scene import Scene, scenes
from disambig.claims.sides import of_sides
from disambig.claims.speakers import holder
from disambig.claims.uses import is_strong, may_be_at_issue, may_be_open, open_uses, worth
from disambig.claims.voice import Voice, is_one_speaker
from disambig.records import Document, Mention, Stance, Statement


def read_statements(document: Document) -> Document:
    """*document* with what it says about whom its names mean, and with `doubted` set on the mentions that this puts in question."""
    found: list[Statement] = []
    doubted: set[Mention] = set()
    for scene in scenes(document):
        made, unclear = _of_scene(scene)
        found += made
        doubted.update(unclear)
    if not (found or doubted):
        return document
    mentions = {mention: replace(mention, doubted=mention in doubted) for mention in document.mentions}

    def renewed(statement: Statement) -> Statement:
        return replace(
            statement,
            mention=mentions[statement.mention],
            speaker=mentions[statement.speaker] if statement.speaker else None,
            named=mentions[statement.named] if statement.named else None,
            disputed=tuple(mentions[mention] for mention in statement.disputed),
        )

    ordered = sorted(map(renewed, found), key=lambda one: (one.mention.start, one.cue, one.stance.value))
    return replace(document, mentions=tuple(mentions.values()), statements=tuple(ordered))


def _of_scene(scene: Scene) -> tuple[list[Statement], set[Mention]]:
    """The statements about one name, and the mentions of it that they put in doubt."""
    if not _worth_reading(scene) or not (may_be_open(scene) or may_disclaim(scene)):
        return [], set()
    own = list(disclaimers(scene))
    if not any(may_be_at_issue(scene, mention) for mention in scene.open or scene.full):
        return own, set()
    telling = _sighted(scene, RULES)
    telling += of_sides(scene, telling)
    if not _may_count(scene, telling):
        return own, set()
    sightings = sorted((*telling, *_sighted(scene, FAINT_RULES)), key=lambda one: one.sentence)
    reported = _merged(_looked_back(scene, sightings))
    uses = open_uses(scene, reported) if reported else ()
    reported = [one for one in reported if one.rank == 2 or (uses and one.sentence >= uses[0].sentence)]  # noqa: PLR2004
    reported = worth(reported, strong=bool(uses) and is_strong(scene, uses[0]))
    if not uses or not reported:
        return own, set()
    made = list(_statements(scene, uses, reported))
    if _is_open(reported, made):
        return [*own, *made], set(uses)
    return [*own, *(replace(one, disputed=()) for one in made if one.own and one.named is not None)], set()


def _sighted(scene: Scene, rules: Iterable[Rule]) -> list[Sighting]:
    """What *rules* find in the mouth of somebody, about people who are known."""
    return [one for rule in rules for one in rule(scene) if one.voice is not None and not _is_indefinite(one)]


def _may_count(scene: Scene, telling: list[Sighting]) -> bool:
    """A quick look: whether some use is open to what is told; what only stands with a person counts for nothing by itself."""
    if not any(one.rank > 0 for one in telling):
        return False
    return any(map(_is_denied_pronoun, telling)) or bool(open_uses(scene, telling))


def _is_open(sightings: list[Sighting], made: list[Statement]) -> bool:
    """Whether the text leaves open whom the name means: somebody hedges or denies, or two claimants do not say the same."""
    if any(one.rank == 2 and (one.reading is None or one.stance is not Stance.IDENTIFIES) for one in sightings):  # noqa: PLR2004
        return True
    put = {(one.who, one.named.text if one.named else one.words, one.stance is Stance.DENIES) for one in made}
    return any(who != other and said != another for who, *said in put for other, *another in put)


def _worth_reading(scene: Scene) -> bool:
    """A quick look: the name is used more than once, is quoted, or a word about names stands beside it."""
    if len(scene.group) > 1:
        return True
    (only,) = scene.group
    text = scene.page.masked
    if scene.is_quoted(only.start) or _NAME_AHEAD.match(text, only.end, only.end + _BESIDE):
        return True
    return bool(scene.open) and _NAME_BEFORE.search(text, max(0, only.start - _BESIDE), only.start) is not None


_BESIDE = 30  # characters around a name in which words about it stand
_NAME_BEFORE = re.compile(r"\b(?:name|which)\s+$", re.IGNORECASE)
_NAME_AHEAD = re.compile(r"\s?\(|,?\s(?:not\s+to\s+be|(?:a|his|her)\s+namesake)", re.IGNORECASE)


def _looked_back(scene: Scene, sightings: list[Sighting]) -> list[Sighting]:
    """*sightings* with pronouns that are denied made to mean the last bearer whom the speaker does not put forward himself."""
    put: dict[object, set[str]] = {}
    for one in sightings:
        if one.voice and one.reading and one.reading.named and one.stance is not Stance.DENIES and not one.reading.back:
            put.setdefault(one.voice.who, set()).add(one.reading.named.text)
    found = []
    for one in sightings:
        if one.reading is None or one.voice is None or not _is_denied_pronoun(one):
            found.append(one)
            continue
        mine = put.get(one.voice.who, set())
        others = [m for m in scene.full if m.start < one.cue[0] and m.text not in mine]
        if others:
            found.append(replace(one, reading=replace(one.reading, named=others[-1])))
    return found


def _is_denied_pronoun(sighting: Sighting) -> bool:
    return sighting.reading is not None and sighting.reading.back and sighting.stance is Stance.DENIES


def _is_indefinite(sighting: Sighting) -> bool:
    """Whether a description is of some sort of person, not of one known: "a goalkeeper"."""
    return sighting.reading is not None and sighting.reading.named is None and not _DEFINITE.match(sighting.reading.words)


_DEFINITE = re.compile(r"(?:the|his|her|my|our|their|its)\s|(?!an?\s|one\s)\w+(?:\s\w+)?$", re.IGNORECASE)


def _merged(sightings: list[Sighting]) -> list[Sighting]:
    """Of several sightings of one reading by one voice, the plainest; a denial and a hedge go before what is flat."""
    rank = {Stance.DENIES: 0, Stance.SUGGESTS: 1, Stance.IDENTIFIES: 2}
    best: dict[tuple[object, ...], Sighting] = {}
    for one in sorted(sightings, key=lambda one: (-one.rank, rank[one.stance], one.cue)):
        place = (one.reading.start, one.reading.end) if one.reading else ("others", one.others)
        best.setdefault((one.sentence, one.voice.who if one.voice else None, *place), one)
    return sorted(best.values(), key=lambda one: one.cue)


def _statements(scene: Scene, uses: tuple[Mention, ...], reported: list[Sighting]) -> Iterator[Statement]:
    """What the sightings say about *uses*; with the reading of whoever used the name, where the text attaches one to it."""
    about = uses[0]
    user = _user(scene, about)
    if user is not None and about.title and not any(one.voice and is_one_speaker(user, one.voice) for one in reported):
        yield Statement(
            about,
            Stance.IDENTIFIES,
            about.sentence,
            (about.start, about.end),
            user.words,
            user.mention,
            None,
            about.title,
            False,
            uses,
            True,
        )
    for one in reported:
        if one.voice is None or (one.reading is None and not one.others):
            continue
        own = user is not None and is_one_speaker(user, one.voice)
        reading = one.reading or Reading(0, 0)
        yield Statement(
            about,
            one.stance,
            one.sentence,
            one.cue,
            one.voice.words,
            one.voice.mention,
            reading.named,
            reading.words,
            one.others,
            uses,
            own,
            one.rank == 2,  # noqa: PLR2004
        )


def _user(scene: Scene, about: Mention) -> Voice | None:
    """Who used the name: the one in whose mouth it is said to be, else the speaker of the first use, where there is one."""
    for found in USED.finditer(scene.masked):
        mention = scene.by_start.get(found.start(1) if found.group(1) else found.start(2))
        if mention is not None:
            return Voice(mention.text, mention, about.start)
    return holder(scene, about.sentence, about.start)
