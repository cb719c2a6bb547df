"""The frozen nouns, in the order in which the data meets them.

PartialDate, Article, Label, LabelledArticle   what comes in
Role, Person, Rejected                         the knowledge base (KB), and what could not be read
Entity, Mention, Statement, Document           what was found in one article
Context, Chain                                 which mentions one article presents as one person, and what stands around them
Match, Profile, Candidate                      a person whom the look-up came up with, and what there is to compare
Evidence, Verdict, Claim, Decision             what speaks for whom, who says so, and what follows from it
Correction                                     what a reader of decisions says about one mention
NewPerson                                      somebody outside the KB whom several articles may mention
"""

import datetime as dt
import re
from dataclasses import dataclass, field
from enum import Enum
from functools import cached_property, lru_cache

_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


@dataclass(frozen=True, slots=True, order=True)
class PartialDate:
    """A day, a month or a year, as precise as it is known.

    >>> str(PartialDate.parse("2020-01"))
    '2020-01'
    >>> PartialDate.parse("2020-01").first, PartialDate.parse("2020-01").last
    (datetime.date(2020, 1, 1), datetime.date(2020, 1, 31))
    """

    year: int
    month: int | None = None
    day: int | None = None

    def __post_init__(self) -> None:
        """Refuse a day that the calendar does not have."""
        dt.date(self.year, self.month or 1, self.day or 1)

    @classmethod
    def parse(cls, text: str) -> "PartialDate":
        """Read `YYYY`, `YYYY-MM` or `YYYY-MM-DD` (a time after it is cut off); raise ValueError for anything else."""
        found = _DATE.fullmatch(text.strip().partition("T")[0])
        if found is None:
            msg = f"{text!r} is not YYYY, YYYY-MM or YYYY-MM-DD"
            raise ValueError(msg)
        return cls(*(int(part) if part else None for part in found.groups()))  # type: ignore[arg-type]

    @property
    def first(self) -> dt.date:
        """The earliest day it can be."""
        return dt.date(self.year, self.month or 1, self.day or 1)

    @property
    def last(self) -> dt.date:
        """The latest day it can be."""
        if self.day:
            return self.first
        year, month = (self.year, self.month + 1) if self.month and self.month < 12 else (self.year + 1, 1)  # noqa: PLR2004
        if year > dt.MAXYEAR:
            return dt.date.max
        return dt.date(year, month, 1) - dt.timedelta(days=1)

    def __str__(self) -> str:
        """Write it as it is written in the inputs."""
        parts = [f"{self.year:04d}", *(f"{part:02d}" for part in (self.month, self.day) if part)]
        return "-".join(parts)


@dataclass(frozen=True, slots=True)
class Article:
    """A text as it came in; every offset in this package is an index into `text`."""

    id: str
    text: str
    date: PartialDate | None = None
    title: str = ""
    source: str = ""
    lang: str = ""


_QUOTATION_MARKS = frozenset('"“”„«»')
CONTESTED = "contested"  # the label of a mention over which the article's own speakers disagree


@dataclass(frozen=True, slots=True)
class Label:
    """Who a labelled mention is: a person id, None for somebody outside the KB, or `CONTESTED`."""

    start: int
    end: int
    gold: str | None


@dataclass(frozen=True, slots=True)
class LabelledArticle:
    """An article with labels, in the order of their offsets."""

    article: Article
    labels: tuple[Label, ...]


@dataclass(frozen=True, slots=True)
class Role:
    """An office or job that a person holds or held; an empty text and None both mean "not recorded"."""

    title: str = ""
    organisation: str = ""
    country: str = ""
    start: PartialDate | None = None
    end: PartialDate | None = None  # None also while the role lasts


@dataclass(frozen=True)
class Person:
    """A record of the KB. Only `id` and `name` are always there."""

    id: str
    name: str
    aliases: tuple[str, ...] = ()
    description: str = ""
    roles: tuple[Role, ...] = ()
    occupations: tuple[str, ...] = ()
    affiliations: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    born: PartialDate | None = None
    died: PartialDate | None = None
    gender: str = ""  # "male", "female", another word, or empty: not recorded
    popularity: float | None = None  # links, page views or another count, 0 or more; None is "not recorded"
    related: tuple[str, ...] = ()  # ids of other people
    text: str = ""

    def __post_init__(self) -> None:
        """Refuse a record that nothing could refer to."""
        if not self.id or not self.name.strip():
            msg = f"a person needs an id and a name, not {self.id!r} and {self.name!r}"
            raise ValueError(msg)

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The name, then the aliases, each once."""
        return tuple(dict.fromkeys((self.name, *self.aliases)))


@dataclass(frozen=True, slots=True)
class Rejected:
    """An article or record that could not be read: where it stood and why it was left out."""

    where: str  # "news.jsonl:14"
    reason: str


@dataclass(frozen=True, slots=True)
class Entity:
    """A name of an organisation or a place, as spaCy found it."""

    start: int
    end: int
    text: str
    label: str  # "ORG" or "LOC"


@dataclass(frozen=True, slots=True)
class Mention:
    """A name of a person in an article, without title and possessive ending."""

    article_id: str
    start: int
    end: int
    text: str
    title: str = ""  # the role words that stand with it: "Deputy Chief of Staff"
    had_title: bool = False  # the title stands with a verb of the past: "… had been minister"
    honorific: str = ""  # "Mr", "Dr", "Gen.", as written
    sentence: int = 0  # which sentence of its Document it starts in
    story: int = 0  # which story of a digest it stands in; an ordinary article has one
    quoted: bool = False  # the name stands alone in quotation marks
    another: bool = False  # introduced as somebody else of that name: "another …", "one …", "not to be confused with …"
    doubted: bool = False  # the text says that the name may mean somebody else
    relative: str = ""  # the word that introduces it as one of the family of somebody named before: "his brother …", "Costa's wife …"

    def __post_init__(self) -> None:
        """Refuse a mention whose offsets cannot be those of its text."""
        if self.start < 0 or self.end - self.start != len(self.text) or not self.text:
            msg = f"mention {self.text!r} cannot stand at {self.start}:{self.end}"
            raise ValueError(msg)

    @property
    def id(self) -> str:
        """Unique in a run as long as article ids are; the same from run to run."""
        return f"{self.article_id}:{self.start}-{self.end}"


class Stance(str, Enum):
    """How a claimant ties a name to a person; the words of the column `stance`."""

    IDENTIFIES = "identifies"  # says flatly that the name means this person, or plainly uses it so
    SUGGESTS = "suggests"  # the same, hedged
    DENIES = "denies"  # says that it does not


@dataclass(frozen=True, slots=True)
class Statement:
    """What a text says about whom one mention means, before it is known who anybody is.

    The person put forward is `named`, or described by `words`; where `others` is true, it is everybody else of that name so far.
    """

    mention: Mention
    stance: Stance
    sentence: int  # where it is said; a number in `Document.sentences`
    cue: tuple[int, int]  # the offsets of the words that say so
    claimant: str = ""  # as the text has it; empty: the article itself
    speaker: Mention | None = None  # the mention of the claimant, if it is a person whom the text names
    named: Mention | None = None
    words: str = ""  # "the caterer"
    others: bool = False
    disputed: tuple[Mention, ...] = ()  # all mentions whose reading is at issue; empty for the article's own disclaimers
    own: bool = False  # the claimant is who used the name
    plain: bool = True  # the words speak of whom a name means; else they count only in a dispute

    @property
    def who(self) -> str:
        """The same for two statements of one claimant in one article."""
        return (self.speaker.text if self.speaker else self.claimant).lower()


@dataclass(frozen=True, slots=True)
class Document:
    """An article with what spaCy and the document pass found in it, each in the order of the text."""

    article: Article
    sentences: tuple[tuple[int, int], ...]  # (start, end), without overlap
    entities: tuple[Entity, ...]
    mentions: tuple[Mention, ...]
    statements: tuple[Statement, ...] = ()  # about identity; see `claims`

    def paragraph(self, start: int, end: int) -> tuple[int, int]:
        """The offsets of the paragraph around *start* to *end*; an empty line parts paragraphs."""
        text = self.article.text
        last = text.find("\n\n", end)
        return text.rfind("\n\n", 0, start) + 1, len(text) if last < 0 else last

    def is_followed_by_another(self, mention: Mention, full: Mention) -> bool:
        """Whether the first *full* name that a bare *mention* could stand for comes after it, as that of somebody else.

        So it does as a relative's, and in one sentence with no quotation mark between: "Costa was born to Luis Costa" speaks of two people.
        """
        if full.relative and mention.start < full.start:
            return True
        if not mention.end < full.start < self.sentences[mention.sentence][1]:
            return False
        return _QUOTATION_MARKS.isdisjoint(self.article.text[mention.end : full.start])

    def sentence_text(self, mention: Mention) -> str:
        """The sentence that *mention* starts in, its white space folded."""
        start, end = self.sentences[mention.sentence]
        return " ".join(self.article.text[start:end].split())


@dataclass(frozen=True, slots=True)
class Context:
    """What stands around one mention of a chain; the words that the features compare with a person's record.

    Stems are those of `words.content_stems`; countries stand by the names that `countries.txt` gives them. "Own" is the mention's sentence.
    """

    date: PartialDate | None = None  # the article's
    titles: tuple[str, ...] = ()  # role words that stand with this mention; where there are none, with the others of its chain
    had_titles: bool = False  # they stand with a verb of the past
    epithet: frozenset[str] = frozenset()  # stems of what else is attached to it: "the club's …", "… of the works council"
    age: int | None = None  # years, as the text gives it
    years: frozenset[int] = frozenset()  # calendar years in the own sentence
    years_nearby: frozenset[int] = frozenset()  # and in the other sentences of the chain
    generation: str = ""  # "elder" or "younger", where the text says so
    gender: str = ""  # "male" or "female", as forms of address and words for relatives tell
    pronouns: tuple[int, int] = (0, 0)  # masculine, feminine: in those own sentences of the chain where nobody else is mentioned
    attached: frozenset[str] = frozenset()  # countries attached to the mention or else to its chain: "Ukraine's …", "… (U.S.)"
    countries: frozenset[str] = frozenset()  # countries that the own sentence refers to
    background: frozenset[str] = frozenset()  # countries that the article refers to
    fields: frozenset[str] = frozenset()  # fields of life that the article is about, see `words.about`
    organisations: tuple[str, ...] = ()  # organisations in the own sentence, then in those of the chain
    near: frozenset[str] = frozenset()  # stems of the own sentence, names of people left out
    around: frozenset[str] = frozenset()  # stems of the paragraph and of the chain's other sentences, without those of `near`
    topic: frozenset[str] = frozenset()  # stems of the rest of the article
    passage: str = ""  # the own sentence without the own name, after the headline or first sentence where it is short
    alone: bool = False  # nobody else is mentioned in the own sentence
    beside: tuple[str, ...] = ()  # names of other chains in the own sentence or the paragraph
    elsewhere: tuple[str, ...] = ()  # names of the article's other chains
    rivals: tuple[str, ...] = ()  # fuller names that this bare name may stand for: the nearest before it first, then those after
    settled: tuple[tuple[str, str], ...] = ()  # those of the rivals of whom it is known who they are, with the person's id
    protagonist: str = ""  # the one of the rivals whom the article names first
    followed: tuple[str, ...] = ()  # full names of that surname that follow this bare name as those of others
    introduced: bool = False  # this mention has an introduction of its own: a title, an age, a word of elder or younger
    bare: bool = False  # this mention is a surname or given name alone
    another: bool = False  # the text introduces it as somebody else of that name
    taken: frozenset[str] = frozenset()  # ids of the people whom it cannot be: the namesakes that it is told from
    doubted: bool = False  # the text says that the name may mean somebody else
    by_hand: str | None = None  # id of the person who other mentions of the chain are by a reader's correction, "" for nobody in the KB
    said: tuple[str, ...] = ()  # words by which the article itself says whom this mention means: "the cellist"
    denied: tuple[str, ...] = ()  # and whom it does not mean


@dataclass(frozen=True)
class Chain:
    """Mentions that one article presents as one person, in the order of the text."""

    id: str
    mentions: tuple[Mention, ...]
    name: str  # the fullest of its names
    context: Context = field(default=Context())  # as seen from one of the mentions, see `contexts.describe`

    def __post_init__(self) -> None:
        """Refuse a chain of nothing."""
        if not self.mentions:
            msg = f"chain {self.id!r} has no mention"
            raise ValueError(msg)

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The different names by which the article calls this person, the fullest first."""
        return tuple(dict.fromkeys((self.name, *(mention.text for mention in self.mentions))))


@dataclass(frozen=True, slots=True)
class Profile:
    """What a person's record says, in the form in which features compare it: word stems, fields of life, countries."""

    stems: frozenset[str] = frozenset()  # of description, roles, occupations, affiliations and text
    fields: frozenset[str] = frozenset()  # of life, see `roles.txt`
    is_told: bool = False  # the fields are those of role words; else of topic words, which may be about anything near the person
    countries: frozenset[str] = frozenset()  # see `countries.txt`
    organisations: tuple[str, ...] = ()
    related: tuple[str, ...] = ()  # names of the related people
    about: str = ""  # what the record says in free words, without the person's name
    said: str = ""  # the folded words of description and text, names too


@dataclass(frozen=True, slots=True)
class Match:
    """A person whom the look-up of a name came up with, and how well the names agree."""

    person: Person
    score: float  # 0 to 1, 1 is the same name
    reading: str = ""  # the name that it was read as, where it was found as another form of itself


@dataclass(frozen=True, slots=True)
class Resemblance:
    """How much more alike than the rest of the shortlist, by their vectors: differences of cosines, -2 to 2; None: nothing to compare.

    `with_text` alone is a cosine itself, -1 to 1: where it is low for everybody, it may be somebody else.
    """

    to_passage: float | None = None  # the record, and the words around the mention
    to_mention: float | None = None  # the person's name, and the mention itself
    to_text: float | None = None  # the record, and the whole of a short text
    with_text: float | None = None  # the same two
    to_company: float | None = None  # the record, and those of the others in a short text, by who they probably are
    by_name: bool = False  # no record of the shortlist says anything but names: it is the name that is held against the passage


@dataclass(frozen=True, slots=True)
class Candidate:
    """A person worth comparing with a chain, how well the names agree, and what tells this one from the rest of the shortlist."""

    person: Person
    score: float  # 0 to 1, 1 is the same name
    profile: Profile = field(default=Profile())
    distinctive: frozenset[str] = frozenset()  # stems of the profile that at most a third of the shortlist shares
    reading: str = ""  # the other form of the name by which the look-up found it
    generation: str = ""  # "elder" or "younger": born first or last of the shortlist's namesakes
    outnamed: str = ""  # the name of another of the shortlist, who is called just as the text says, where this one is not
    spoken_of: tuple[int, int] = (0, 0)  # others of the shortlist whose records name this person; and whom this one's record names
    named_by: tuple[str, ...] = ()  # names beside the mention that may mean somebody whose record names this person
    resemblance: Resemblance = Resemblance()
    usual_popularity: float = 1.0  # what a quarter of the people of the KB have or more: neither much nor little


@dataclass(frozen=True, slots=True)
class Evidence:
    """What one feature says about one candidate.

    value is in [-1, 1]: 1 speaks for the candidate, -1 against, 0 is neutral.
    None means that there was nothing to compare, which is not the same as 0.
    weight turns it into log-odds: `share` is what it moved.
    """

    feature: str
    value: float | None
    because: str
    weight: float = 1.0

    def __post_init__(self) -> None:
        """Refuse a value out of range."""
        if self.value is not None and not -1.0 <= self.value <= 1.0:
            msg = f"evidence {self.feature!r} has value {self.value}; it must be within -1 and 1"
            raise ValueError(msg)

    @classmethod
    @lru_cache(maxsize=256)  # one record for all: of most candidates there is nothing to compare in most respects
    def missing(cls, feature: str, because: str) -> "Evidence":
        """Evidence of a feature that had nothing to compare, and why."""
        return cls(feature, None, because)

    @property
    def share(self) -> float:
        """By how much this moved the candidate's log-odds (natural logarithm); 0 where there was nothing to compare."""
        return 0.0 if self.value is None else self.value * self.weight


@dataclass(frozen=True, slots=True)
class Verdict:
    """One candidate (or nobody: person is None) with its probability and all of its evidence."""

    person: Person | None
    probability: float  # 0 to 1; the verdicts of one decision add up to 1
    evidence: tuple[Evidence, ...] = ()


class Outcome(str, Enum):
    """What a decision says; the words of the column `decision`."""

    RESOLVED = "resolved"
    AMBIGUOUS = "ambiguous"
    UNKNOWN = "unknown"  # nobody in the KB
    CONTESTED = "contested"


class Reason(str, Enum):
    """Why a mention was not resolved, and `corrected` also why it was; the words of the column `reason`."""

    NONE = ""
    NO_CANDIDATE = "no_candidate"
    CONTRADICTED = "contradicted"
    TOO_LITTLE_EVIDENCE = "too_little_evidence"
    TIE = "tie"
    DISPUTED = "disputed"
    CORRECTED = "corrected"  # a reader has said who it is, or that it is nobody in the KB


@dataclass(frozen=True, slots=True)
class Claim:
    """Who says that a mention means whom, or does not."""

    mention: Mention
    claimant: str  # as the text has it; empty: the article itself
    claimant_id: str | None  # None for an office, a paper, or somebody outside the KB
    stance: Stance
    person: Person
    cue: str
    sentence: str
    own: bool = False  # the claimant is who used the name


@dataclass(frozen=True, slots=True)
class Decision:
    """Who one mention is, how sure that is, and why."""

    mention: Mention
    chain: Chain
    outcome: Outcome
    reason: Reason
    verdicts: tuple[Verdict, ...]  # most probable first, nobody among them
    sentence: str
    date: PartialDate | None = None
    claims: tuple[Claim, ...] = ()  # in the order of the text
    cluster: str = ""  # of an unknown mention: the same for the same person in all articles of a run; see `clusters`

    @property
    def reading(self) -> Person | None:
        """Of a contested mention, whom the one meant who used the name, if the text tells."""
        meant = (claim.person for claim in self.claims if claim.own and claim.stance is not Stance.DENIES)
        return next(meant, None) if self.outcome is Outcome.CONTESTED else None

    @property
    def person(self) -> Person | None:
        """The person, when resolved."""
        return self.verdicts[0].person if self.outcome is Outcome.RESOLVED else None


@dataclass(frozen=True, slots=True)
class Correction:
    """What a reader says about one mention."""

    where: str  # "reviewed.csv:14"
    article_id: str
    start: int
    end: int
    text: str  # the mention
    person: Person | None  # None: nobody in the KB


@dataclass(frozen=True, slots=True)
class NewPerson:
    """Somebody outside the KB, as a record that could be added to it, and how often the articles of a run mention this person."""

    person: Person
    mentions: int
    articles: int
