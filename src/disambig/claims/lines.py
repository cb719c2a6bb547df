"""One sentence of a scene, what a rule sights in it, and the words around a person that make it flat, hedged or a denial."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache

from disambig.claims import classes as c
from disambig.claims.readings import Reading, is_bearer, last_before
from disambig.claims.scene import Page, Scene
from disambig.claims.speakers import holder, side
from disambig.claims.voice import Voice
from disambig.records import Mention, Stance

_CAPITAL = re.compile(r"(?<![\\?])[A-Z]")  # a letter in a pattern, not what makes it one: "I", but not \W or (?P<who>
RIGHT_BEFORE = 5  # characters between a person and the words about him
_REACH = 110  # characters from a cue to the person that it puts forward


_STOP = re.compile(r"[;!?\n]|\.(?=\s|[\"”’])|,?\s\b(?:while|whereas)\b|,\s(?:said|says|told)\b")


_LOCAL_NOT = re.compile(
    r"\b(?:not|nor|never|neither|rather\s+than|instead\s+of|and\s+not|than)\s+(?:of\s+|to\s+|about\s+|for\s+)?(?:[\w'’-]+\s+){0,2}$",
    re.IGNORECASE,
)


_ONLY = re.compile(
    r"\b(?:nobody|no\s+one|none|anyone|anybody|who)\s+(?:else\s+)?(?:but|other\s+than|else\s+than|except)\b|"
    r"\bnot\s+(?:deny|dispute|doubt)\b|\bno\s+other\s+than\b|\bno\s+doubt\b|"
    r"\bwithout\s+(?:any\s+|more\s+|further\s+|much\s+|a\s+|so\s+much\s+as\s+a\s+)?(?:ado|doubt|hesitation|hesitating|question)\b",
    re.IGNORECASE,
)


_DENIED_THAT = re.compile(
    r"\b(?:den(?:y|ies|ied|ying)|reject(?:s|ed)?|not\s+true|untrue|not\s+the\s+case|impossible)\s+(?:\w+\s+)?that\s$", re.IGNORECASE
)
_BUT = re.compile(r"\b(?:but|only|except|rather|leav(?:es|ing)|left)\b", re.IGNORECASE)


_CLAUSE = re.compile(r"[;:.!?\n\"“”]\s|,\s(?:but|while|whereas|and|though|although)\s|\bthat\s(?!name|surname|word)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Sighting:
    """One way of putting a person forward, found in one sentence."""

    stance: Stance
    cue: tuple[int, int]
    reading: Reading | None = None  # None: somebody else, unnamed
    others: bool = False  # everybody put forward before it
    rank: int = 2  # 2: the words speak of whom a name means; 1: they say who somebody is; 0: they only stand with a person
    voice: Voice | None = None
    sentence: int = 0


@dataclass(frozen=True, eq=False)
class Cue:
    """Words that a rule goes by, whatever their case; what they are compiled to is made when they are first looked for."""

    pattern: str

    @cached_property
    def lowered(self) -> re.Pattern[str]:
        """For a text in lower case."""
        return re.compile(_CAPITAL.sub(lambda found: found.group().lower(), self.pattern))

    @cached_property
    def of_anybody(self) -> re.Pattern[str]:
        """For the lower-case text of a page, where every name is PLAIN: it finds whatever `lowered` finds in a scene of that page."""
        # what may be any letter but one of a full name may there be one of any name
        return re.compile(self.lowered.pattern.replace(f"{c.FULL}]", "]").replace(c.FULL, c.PLAIN).replace(c.OPEN, c.PLAIN))


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence of a scene."""

    scene: Scene
    number: int
    start: int
    end: int

    @property
    def text(self) -> str:
        """The masked text of the sentence."""
        return self.scene.masked[self.start : self.end]

    def find(self, cue: Cue) -> Iterator["re.Match[str]"]:
        """Where *cue* stands in the sentence, in lower case, with offsets of the article."""
        return cue.lowered.finditer(self.scene.lowered, self.start, self.end)

    def words(self, cue: "re.Match[str]") -> str:
        """What *cue* found, in its own case."""
        return self.scene.clear[cue.start() : cue.end()]

    def voice(self, at: int) -> Voice | None:
        """Whose words or view stand at *at*."""
        if _corrections(self.scene.page)(self.scene.paragraph(at)):
            return None
        return holder(self.scene, self.number, at) or side(self.scene, self.number, at)


def find_all(scene: Scene, cue: Cue) -> Iterator[tuple[Line, "re.Match[str]"]]:
    """Where *cue* stands in the article, with the sentence that it stands in."""
    for number in _sentences_with(scene.page)(cue):
        line = Line(scene, number, *scene.document.sentences[number])
        for found in line.find(cue):
            yield line, found


@lru_cache(maxsize=1)  # the article in hand
def _sentences_with(page: Page) -> Callable[[Cue], list[int]]:
    """The numbers of the sentences in which a cue may stand, in whatever scene: most stand in few, and an article may have many scenes."""
    sentences = page.document.sentences
    return cache(lambda cue: [number for number, span in enumerate(sentences) if cue.of_anybody.search(page.lowered_clear, *span)])


@lru_cache(maxsize=1)  # the article in hand
def _corrections(page: Page) -> Callable[[tuple[int, int]], bool]:
    """Whether a paragraph, by its offsets, is a correction."""
    return cache(lambda span: c.CORRECTION.search(page.masked[slice(*span)].strip()) is not None)


def stance_of(line: Line, begin: int, reading: Reading) -> Stance:
    """Flat, hedged or taken back, by the words from *begin* to the person put forward and a few after."""
    begin = _after_last(_NEW_PART, line.scene.clear, begin, reading.start)
    text = line.scene.clear[begin : reading.start]
    if _is_question(line, reading):
        return Stance.SUGGESTS
    if _DENIED_THAT.search(line.scene.clear, line.start, begin):
        return Stance.DENIES
    if _ONLY.search(text):
        text = _ONLY.sub("", text)
    elif _LOCAL_NOT.search(text):
        return Stance.DENIES
    else:
        parts = _BUT.split(text)
        if re.search(rf"\b{c.NOT}\b", parts[-1], re.IGNORECASE):
            return Stance.DENIES
    since = _after_last(_COLON, line.scene.clear, max(line.start, begin - 60), reading.start)
    around = line.scene.clear[since : reading.start] + line.scene.clear[reading.end : reading.end + 25].split(".")[0]
    around = c.NOT_HEDGE.sub(" ", around)
    hedged = re.search(rf"\b{c.HEDGE}\b|\b(?:if|whether)\b", around, re.IGNORECASE)
    if hedged or _SHOULD_IT.search(line.scene.clear, line.start, reading.start):
        return Stance.SUGGESTS
    return Stance.IDENTIFIES


_SHOULD_IT = re.compile(
    r"(?:^|(?<=[.!?]\s)|[;,:\"“]\s?|\b(?:and|but|yet|that)\s)should\s(?:the|this|that|it|he|she|they|a|his|her)\b",
    re.IGNORECASE | re.MULTILINE,
)
"""A condition: "should the note be genuine, …"."""
_NEW_PART = re.compile(r"[:;]\s|\s[–—]\s")
_COLON = re.compile(r"[:;]\s")
_LONGEST_MARK = 3  # characters of what these two find


def _after_last(pattern: re.Pattern[str], text: str, start: int, end: int) -> int:
    """Where the last *pattern* ends that ends from *start* to *end*; *start* where there is none."""
    return max([start, *(found.end() for found in pattern.finditer(text, max(0, start - _LONGEST_MARK + 1), end))])


def _is_question(line: Line, reading: Reading) -> bool:
    return _ASKS.match(line.scene.clear, reading.end, line.end) is not None


_ASKS = re.compile(r"[^.!]*\?")


def clause_start(line: Line, at: int) -> int:
    """Where the clause of *at* begins."""
    last = line.start
    for found in _CLAUSE.finditer(line.scene.clear, line.start, at):
        last = found.end()
    return last


def window_end(line: Line, at: int, reach: int = _REACH) -> int:
    """Where the words after *at* stop belonging to it: at a full stop, a new speaker, or after *reach* characters."""
    stop = _STOP.search(line.scene.clear, at, min(line.end, at + reach))
    return stop.start() if stop else min(line.end, at + reach)


def coordinated(line: Line, start: int, found: list[Reading]) -> list[Reading]:
    """The first person after a cue, and those that "not", "but", "or" or "perhaps" join to it."""
    kept: list[Reading] = []
    for reading in found:
        between = line.scene.clear[kept[-1].end if kept else start : reading.start]
        if kept and not re.search(r"\b(?:not|but|or|nor|rather|instead|perhaps|possibly|than|otherwise)\b", between):
            break
        kept.append(reading)
    return kept


def seen(line: Line, stance: Stance, cue: tuple[int, int], reading: Reading, voice: Voice | None, *, rank: int = 2) -> Sighting:  # noqa: PLR0913
    """The sighting of a person in *line*; what stands for it are the words of *cue*, up to the person."""
    return Sighting(stance, (cue[0], max(cue[1], reading.end)), reading, False, rank, voice, line.number)


def is_of_name(line: Line) -> bool:
    """Whether the name in question stands in the sentence."""
    return c.OPEN in line.text


def of_pronoun(line: Line, cue: "re.Match[str]", pronoun: str, *, denied: bool, rank: int) -> Iterator[Sighting]:
    """The sighting of whom a *pronoun* stands for, where the text tells: the speaker, or the last bearer that was named."""
    voice = line.voice(cue.start())
    if voice is None:
        return
    own = pronoun.lower() in {"i", "me", "we"}
    person = is_bearer(line.scene, voice.mention) if own else person_spoken_of(line, cue.start(), voice)
    if person is None:
        return
    reading = Reading(cue.end(), cue.end(), person, back=pronoun.lower() not in {"i", "me", "we"})
    stance = Stance.DENIES if denied else stance_of(line, clause_start(line, cue.start()), reading)
    yield seen(line, stance, cue.span(), reading, voice, rank=rank)


def person_spoken_of(line: Line, at: int, voice: Voice) -> Mention | None:
    """The bearer that a pronoun or "my client" stands for: the last one named before it who is not the speaker."""
    return last_before(line.scene, at, but=voice.mention)
