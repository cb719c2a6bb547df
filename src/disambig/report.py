"""Decisions -> `report.html`: one page without network, which says who each mention is, why, and what needs a human eye.

`article_entry` packs what the page shows of one article into a line of JSON, so that a run can put it by and forget the article;
`write_report` makes the page of such lines, one article in memory at a time.

Texts, decisions and candidates are plain HTML, which needs no script and can be printed. The evidence of each article lies beside it as
JSON; `templates/report.js` reads it when a mention is opened.
"""

import base64
import hashlib
import json
import re
from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise
from tempfile import SpooledTemporaryFile
from typing import TYPE_CHECKING, Any, Generic, TextIO, TypeVar

from markupsafe import Markup

from disambig.records import Article, Claim, Decision, Evidence, Outcome, Person, Reason, Stance, Verdict

if TYPE_CHECKING:
    from jinja2 import Template

# Articles that a report holds. 500 of our corpus (1,200 characters, 10 mentions each) make a page of 7.6 MB, 500 of news wire (AIDA test A,
# 1,500 and 12) one of 7.9 MB, and Chromium opens each in about a second.
REPORT_ARTICLES = 500

_PEOPLE_SHOWN = 5  # candidates of a mention, besides nobody; as many as in the column `candidates`
_IN_BRIEF = 3  # candidates of a mention in a list, nobody among them
_DIGITS = 3  # of values and log-odds; the page shows two
_PROBABILITY_DIGITS = 6  # the page says from them how many times as probable one candidate is as another
_EYE_SHOWN = 200  # mentions in the list of what needs an eye; the filters reach the rest
_DOUBTFUL = 0.6  # a decision less probable than this needs an eye, too: as much as naming somebody asks whom a fact contradicts
_IN_MEMORY = 32_000_000  # characters of entries; more of them wait on the disk
_HUES = 12  # colours of people in one article, the same as in report.css; the thirteenth person gets the first again
_LONG = 20  # rows of an index that are shown before somebody asks for the rest

# What would be invisible or would change the order or the lines of what stands around it: it is shown by its number instead.
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb\ud800-\udfff]")

_REASONS = {
    Reason.NONE: "",
    Reason.NO_CANDIDATE: "nobody in the knowledge base has a name like it",
    Reason.CONTRADICTED: "the facts speak against whoever bears the name",
    Reason.TOO_LITTLE_EVIDENCE: "too little in the text speaks for anybody",
    Reason.TIE: "two people fit about equally well",
    Reason.CORRECTED: "a reader has said who it is",
    Reason.DISPUTED: "the article itself leaves open whom the name means",
}
_CONTESTED = "those who speak in the article disagree whom the name means"
_SAYS = {Stance.IDENTIFIES: "says it is", Stance.SUGGESTS: "suggests", Stance.DENIES: "denies that it is"}


# -- one article as a line


def article_entry(article: Article, decisions: tuple[Decision, ...]) -> str:
    """What the page shows of *article*, as one line of JSON in ASCII: its exact text, and the *decisions* on its mentions.

    People, words and pieces of evidence stand once in tables of their own, and mentions refer to them by number. A piece of evidence is
    [feature, because] where there was nothing to compare, else [feature, because, value, share].
    """
    pack = _Pack()
    ordered = sorted(decisions, key=lambda decision: (decision.mention.start, decision.mention.end))
    mentions = [pack.mention(decision) for decision in ordered]
    about = {"id": article.id, "title": article.title, "source": article.source, "date": str(article.date or ""), "text": article.text}
    tables = {"people": pack.people.rows, "words": pack.words.rows, "evidence": pack.evidence.rows}
    return json.dumps({**about, "mentions": mentions, **tables}, separators=(",", ":"))


_Row = TypeVar("_Row", bound=Hashable)


class _Table(Generic[_Row]):
    """Rows that stand once each, in the order in which they came."""

    def __init__(self) -> None:
        self._numbers: dict[_Row, int] = {}

    def number(self, row: _Row) -> int:
        return self._numbers.setdefault(row, len(self._numbers))

    @property
    def rows(self) -> list[_Row]:
        return list(self._numbers)


class _Pack:
    """The tables of one article, and its mentions with the numbers of their rows."""

    def __init__(self) -> None:
        self.people: _Table[tuple[str, str, str]] = _Table()  # id, name, description
        self.words: _Table[str] = _Table()
        self.evidence: _Table[tuple[float, ...]] = _Table()

    def mention(self, decision: Decision) -> dict[str, object]:
        mention = decision.mention
        said = decision.reading if decision.outcome is Outcome.CONTESTED else decision.person
        packed: dict[str, object] = {
            "at": [mention.start, mention.end],
            "name": mention.text,
            "outcome": decision.outcome.value,
            "reason": decision.reason.value,
            "person": self._person(said),
            "sentence": self.words.number(decision.sentence),
            "chain": self.words.number(decision.chain.name),
            "cluster": self.words.number(decision.cluster),
            "verdicts": [self._verdict(verdict) for verdict in _shown(decision.verdicts)],
        }
        if mention.title:
            packed["title"] = mention.title
        if decision.claims:
            packed["claims"] = [self._claim(claim) for claim in decision.claims]
        return packed

    def _person(self, person: Person | None) -> int | None:
        return None if person is None else self.people.number((person.id, person.name, person.description))

    def _verdict(self, verdict: Verdict) -> list[object]:
        items = [self._item(item) for item in verdict.evidence]
        return [self._person(verdict.person), round(verdict.probability, _PROBABILITY_DIGITS), items]

    def _item(self, item: Evidence) -> int:
        words = (self.words.number(item.feature.replace("_", " ")), self.words.number(item.because))
        return self.evidence.number(words if item.value is None else (*words, round(item.value, _DIGITS), round(item.share, _DIGITS)))

    def _claim(self, claim: Claim) -> dict[str, object]:
        return {
            "who": claim.claimant or "the article",
            "says": "means" if claim.own and claim.stance is Stance.IDENTIFIES else _SAYS[claim.stance],
            "person": self._person(claim.person),
            "cue": claim.cue,
            "sentence": self.words.number(claim.sentence),
        }


def _shown(verdicts: Sequence[Verdict]) -> list[Verdict]:
    """The best people, and nobody, most probable first."""
    people = [verdict for verdict in verdicts if verdict.person is not None][:_PEOPLE_SHOWN]
    return [verdict for verdict in verdicts if verdict.person is None or any(verdict is one for one in people)]


# -- the page


def write_report(entries: Iterable[str], file: TextIO, *, articles: int | None = None) -> None:
    """Write the page of what `article_entry` made of each article into *file*, which was opened as UTF-8.

    *articles* is how many the run read, where that is more than there are entries; the page then says so. The same entries give the same
    bytes.
    """
    overview = _Overview()
    with SpooledTemporaryFile(_IN_MEMORY, "w+", encoding="ascii") as lines:  # the overview stands first, and needs all of them
        for number, entry in enumerate(entries):
            overview.add(_ArticleView(number, json.loads(entry)))
            lines.write(f"{entry.rstrip()}\n")
        lines.seek(0)
        views = (_ArticleView(number, json.loads(line)) for number, line in enumerate(lines))
        run = max(articles or 0, len(overview.articles))
        file.writelines(_page().generate(overview=overview, views=views, run=run, long=_LONG))


@lru_cache(maxsize=1)
def _page() -> "Template":
    from jinja2 import Environment, PackageLoader, StrictUndefined  # noqa: PLC0415 -- `disambig --help` does without

    loader = PackageLoader("disambig")
    page = Environment(loader=loader, autoescape=True, trim_blocks=True, lstrip_blocks=True, undefined=StrictUndefined)
    page.filters.update(visible=_visible, plain=_plain, percent=_percent)
    for kind in ("css", "js"):
        source, _, _ = loader.get_source(page, f"report.{kind}")
        page.globals[kind] = Markup(source)  # noqa: S704 -- our own file
        page.globals[f"{kind}_hash"] = base64.b64encode(hashlib.sha256(source.encode()).digest()).decode()
    return page.get_template("report.html")


def _visible(text: str) -> Markup:
    """*text* escaped, with what nobody would see shown by its number."""
    parts = zip(_CONTROL.split(text), [*_CONTROL.findall(text), ""], strict=True)
    return Markup("").join(
        Markup("{}{}").format(part, Markup('<span class="control">{}</span>').format(_number(control)) if control else "")
        for part, control in parts
    )


def _plain(text: str) -> str:
    """The same for an attribute, which cannot hold elements."""
    return _CONTROL.sub(lambda found: _number(found[0]), text)


def _number(control: str) -> str:
    return f"U+{ord(control):04X}"


def _percent(probability: float) -> str:
    """A probability as people read it; what is not certain never looks so.

    >>> [_percent(probability) for probability in (0.0004, 0.932, 0.9999996)]
    ['<1 %', '93 %', '>99 %']
    """
    if probability < 0.01:  # noqa: PLR2004
        return "<1 %"
    return ">99 %" if probability > 0.99 else f"{100 * probability:.0f} %"  # noqa: PLR2004


class _MentionView:
    """One mention, as the page shows it."""

    def __init__(self, article: "_ArticleView", number: int, packed: dict[str, Any]) -> None:
        entry = article.entry  # not kept: some of these views outlive their article
        self.article = article.number
        self.article_id = article.id
        self.date = article.date
        self.anchor = f"a{article.number}m{number}"
        self.name: str = packed["name"]
        self.outcome: str = packed["outcome"]
        self.reason = _REASONS[Reason(packed["reason"])] if self.outcome != Outcome.CONTESTED.value else _CONTESTED
        self.person = None if packed["person"] is None else entry["people"][packed["person"]]
        self.chain: str = entry["words"][packed["chain"]]
        self.cluster: str = entry["words"][packed["cluster"]]
        self.sentence: str = entry["words"][packed["sentence"]]
        self.probability: float = packed["verdicts"][0][1]
        verdicts = packed["verdicts"][:_IN_BRIEF] if len(packed["verdicts"]) > 1 else ()  # where nobody could be meant, that is no finding
        self.candidates = [("nobody" if person is None else article.called(person), probability) for person, probability, _ in verdicts]
        self.claims = [(claim["who"], claim["says"], article.called(claim["person"]), claim["cue"]) for claim in packed.get("claims", ())]
        self.called = article.called(packed["person"]) if self.person else ""
        self.hue = article.hues.setdefault(packed["person"], len(article.hues) % _HUES) if self.person else None

    @property
    def undecided(self) -> bool:
        """Whether nobody is said to be meant, and somebody may be."""
        return self.outcome in {Outcome.AMBIGUOUS.value, Outcome.CONTESTED.value}

    @property
    def urgency(self) -> tuple[int, float] | None:
        """What needs an eye sooner sorts first; None where nothing does: contested, ambiguous, then decided with little probability."""
        if self.undecided:
            return (0 if self.outcome == Outcome.CONTESTED.value else 1, 0.0)
        return (2, self.probability) if self.probability < _DOUBTFUL else None

    @property
    def label(self) -> str:
        """What a screen reader says of it."""
        return _plain(f"{self.name}: {self.outcome}{', ' if self.called else ''}{self.called}")


class _ArticleView:
    """One article, as the page shows it."""

    def __init__(self, number: int, entry: dict[str, Any]) -> None:
        self.number = number
        self.entry = entry
        self.id: str = entry["id"]
        self.title: str = entry["title"]
        self.source: str = entry["source"]
        self.date: str = entry["date"]
        self.hues: dict[int, int] = {}  # by the number of the person, in the order of the text
        self._names = Counter(name for _, name, _ in entry["people"])
        self.mentions = [_MentionView(self, place, packed) for place, packed in enumerate(entry["mentions"])]
        self.outcomes = Counter(mention.outcome for mention in self.mentions)

    @property
    def undecided(self) -> int:
        """How many mentions are."""
        return sum(mention.undecided for mention in self.mentions)

    def called(self, person: int) -> str:
        """The name of a person, with the id where another has the same name."""
        person_id, name, _ = self.entry["people"][person]
        return f"{name} ({person_id})" if self._names[name] > 1 else name

    @property
    def people(self) -> list[tuple[str, int, "_MentionView", int]]:
        """Who is in it, in the order of the text: the name, the colour, the first mention, the number of mentions."""
        found: dict[int, list[_MentionView]] = {}
        for mention, packed in zip(self.mentions, self.entry["mentions"], strict=True):
            if mention.person:
                found.setdefault(packed["person"], []).append(mention)
        return [(self.called(person), self.hues[person], of[0], len(of)) for person, of in found.items()]

    @property
    def pieces(self) -> list["_Piece"]:
        """The text in pieces."""
        return cut(self.entry["text"], [tuple(mention["at"]) for mention in self.entry["mentions"]])

    @property
    def data(self) -> Markup:
        """What the script needs, safe inside a <script>."""
        kept = {key: self.entry[key] for key in ("mentions", "people", "words", "evidence")}
        written = json.dumps(kept, separators=(",", ":"))
        return Markup(written.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026"))  # noqa: S704 -- escaped right here


@dataclass(frozen=True, slots=True)
class _Piece:
    """A piece of the text that one mention owns, or none does."""

    text: str
    mention: int | None = None
    first: bool = False  # of the pieces that its mention owns
    hidden: tuple[int, ...] = ()  # mentions that own no piece, since others cover all of them; they begin here


def cut(text: str, spans: Sequence[tuple[int, int]]) -> list[_Piece]:
    """*text* in pieces, so that mentions may overlap: of those that cover a piece the shortest owns it, then the first.

    >>> [(piece.text, piece.mention) for piece in cut("Ana Costa said", [(0, 9), (4, 9)])]
    [('Ana ', 0), ('Costa', 1), (' said', None)]
    """
    cuts = sorted({0, len(text), *(place for span in spans for place in span)})
    begin: dict[int, list[int]] = {}
    for number, (start, _) in enumerate(spans):
        begin.setdefault(start, []).append(number)
    covering: list[int] = []
    owners: list[int | None] = []
    for start in cuts[:-1]:
        covering = [number for number in covering if spans[number][1] > start] + begin.get(start, [])
        owners.append(min(covering, key=lambda number: (spans[number][1] - spans[number][0], number), default=None))
    return list(_pieces(text, cuts, owners, begin))


def _pieces(text: str, cuts: Sequence[int], owners: Sequence[int | None], begin: dict[int, list[int]]) -> Iterator[_Piece]:
    seen: set[int | None] = set()
    owning = set(owners)
    for (start, end), owner in zip(pairwise(cuts), owners, strict=True):
        hidden = tuple(number for number in begin.get(start, ()) if number not in owning)
        yield _Piece(text[start:end], owner, owner not in seen, hidden)
        seen.add(owner)


@dataclass(slots=True)
class _Listed:
    """Somebody in the index of people."""

    name: str
    id: str = ""
    description: str = ""
    mentions: int = 0
    articles: set[int] = field(default_factory=set)

    def add(self, mention: _MentionView) -> None:
        """Count a mention."""
        self.mentions += 1
        self.articles.add(mention.article)


@dataclass(frozen=True, slots=True)
class _Line:
    """An article in the index."""

    number: int
    id: str
    title: str
    date: str
    mentions: int
    undecided: int


class _Overview:
    """What the first screen says: counts, what needs an eye, people, articles."""

    def __init__(self) -> None:
        self.outcomes: Counter[str] = Counter()
        self.articles: list[_Line] = []
        self._people: dict[str, _Listed] = {}  # by id
        self._unknown: dict[str, _Listed] = {}
        self._eye: list[tuple[tuple[int, float], int, int, _MentionView]] = []

    def add(self, article: _ArticleView) -> None:
        """Count one article."""
        self.outcomes.update(article.outcomes)
        about = (article.number, article.id, article.title, article.date)
        self.articles.append(_Line(*about, len(article.mentions), article.undecided))
        for place, mention in enumerate(article.mentions):
            if mention.person and mention.outcome == Outcome.RESOLVED.value:
                person_id, name, description = mention.person
                self._people.setdefault(person_id, _Listed(name, person_id, description)).add(mention)
            elif mention.outcome == Outcome.UNKNOWN.value:
                self._unknown.setdefault(mention.cluster or mention.chain, _Listed(mention.chain)).add(mention)
            if mention.urgency is not None:
                self._eye.append((mention.urgency, article.number, place, mention))

    @property
    def mentions(self) -> int:
        """Of all articles."""
        return self.outcomes.total()

    @property
    def undecided(self) -> int:
        """How many mentions are."""
        return sum(line.undecided for line in self.articles)

    @property
    def people(self) -> list[_Listed]:
        """The people of the knowledge base, those mentioned most first."""
        return sorted(self._people.values(), key=lambda one: (-one.mentions, one.name, one.id))

    @property
    def unknown(self) -> list[_Listed]:
        """The names of others, those mentioned most first; one name may be borne by several people."""
        return sorted(self._unknown.values(), key=lambda one: (-one.mentions, one.name))

    @property
    def eye(self) -> list[_MentionView]:
        """What needs an eye, the most urgent first."""
        return [mention for *_, mention in sorted(self._eye, key=lambda found: found[:3])[:_EYE_SHOWN]]

    @property
    def eye_left_out(self) -> int:
        """How many mentions that need an eye are not in the list."""
        return max(0, len(self._eye) - _EYE_SHOWN)
