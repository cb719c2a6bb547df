"""The spaCy component `person_resolver`: says who the people in `doc.ents` are, behind any component that finds names.

nlp = spacy.load("en_core_web_sm")
nlp.add_pipe("person_resolver", config={"kb": "people.kb"})
doc = nlp("The Kremlin's deputy chief of staff, Kozak, spoke in Minsk.")
for ent in doc.ents:
    print(ent.text, ent.kb_id_, ent._.decision)

kb             the people: a .kb made by `disambig kb build`, or any file that it reads (which is then built anew by each `add_pipe`)
date           the day of writing of every text that does not say its own, as YYYY, YYYY-MM or YYYY-MM-DD
add_mentions   whether `doc.ents` becomes the mentions that were decided on, see below; true unless you say otherwise
settings       as in a file of settings: {"min_probability": 0.8}

What it sets:

* `span.kb_id_` of those `doc.ents` that are a resolved person; it is empty where the mention is ambiguous, unknown or contested.
* `span._.decision` of every span that is decided on, None of any other; `doc._.decisions`, all of them, in the order of the text, those
  that could not go into `doc.ents` too. A decision is as a run writes it into evidence.jsonl: the people in it have an id and a name,
  `nlp.get_pipe("person_resolver").kb.get(id)` has the rest.
* `doc.ents`. A person's name is looked for everywhere in a text that introduces it, cut off from titles, and taken back from organisations
  of just that name. So with `add_mentions` each person among `doc.ents` gives way to the mentions in it, and further mentions are added
  where no other name stands. Without, `doc.ents` stay as they are, and a person that holds one mention gets what was decided on it.

A text's own date is `doc._.date`, the same as `doc.user_data["date"]`: written as above, or a `datetime.date` (which spaCy can neither
save nor send to other processes). `doc.user_data["title"]` is read as the headline; ids of mentions begin with what
`doc.user_data["article_id"]` holds, else with "text":

doc = nlp.make_doc(text)
doc._.date = "2023-01-10"
doc = nlp(doc)

The decisions are held in `doc.user_data` in a form that `Doc.to_bytes`, `DocBin(store_user_data=True)` and `nlp.pipe(n_process=2)` keep; to
read them from a saved Doc in a program that does not load the pipeline, import this module. `nlp.to_disk` copies the people into the
pipeline's folder, so that it works wherever it is taken to, whatever `kb` says; `nlp.to_bytes` holds them too. People that cannot be read
are told of when the first text comes, since until then a folder may bring others.
"""

import datetime as dt
import os
import shutil
import tempfile
import weakref
import zlib
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc, Span

from disambig.errors import ConfigError, CorpusError, DisambigError, KnowledgeError
from disambig.kb.store import KnowledgeBase
from disambig.mentions import PERSON_LABELS
from disambig.pipeline import resolve_article
from disambig.records import Article, Decision, Mention, PartialDate
from disambig.resolver import Decisions, open_people
from disambig.settings import Settings
from disambig.table import from_line, to_line

_FILE = "people.kb"  # in the component's folder
_PACKED = "packed_decision"  # the extension that holds what `decision` gives


class PersonResolver:
    """The component; `nlp.add_pipe("person_resolver")` makes one, see the head of this module."""

    def __init__(
        self, kb: str | None = None, *, date: str | None = None, add_mentions: bool = True, settings: Settings | None = None
    ) -> None:
        self.settings = settings or Settings()
        self._date = _parsed(date, "the 'date' of person_resolver's config", ConfigError) if date else None
        self._add_mentions = add_mentions
        self._refusal: DisambigError = ConfigError("person_resolver has no people; expected config={'kb': 'people.kb'}")
        self._opened: list[tuple[int, KnowledgeBase]] = []  # with the process that opened it
        if kb is not None:
            try:
                self._open(open_people(kb))
            except KnowledgeError as error:
                self._refusal = error

    @property
    def kb(self) -> KnowledgeBase:
        """The people. Raises ConfigError where there are none, and KnowledgeError where they could not be read."""
        if not self._opened:
            raise self._refusal
        process, kb = self._opened[-1]
        if process != os.getpid():
            # A forked process must neither use the file handle that it inherits nor let go of it, which would clear up what is not its own.
            self._opened.append((os.getpid(), KnowledgeBase(kb.path)))
        return self._opened[-1][1]

    def __call__(self, doc: Doc) -> Doc:
        """Decide on the people in *doc*."""
        decisions = resolve_article(self._article(doc), kb=self.kb, nlp=lambda _: doc, settings=self.settings)
        for key in [key for key in doc.user_data if _is_packed(key)]:
            del doc.user_data[key]
        packed = {one.mention.id: _pack(one) for one in decisions}
        for one in decisions:
            # where a span of just these characters looks for it, if there is one
            doc.user_data["._.", _PACKED, one.mention.start, one.mention.end] = packed[one.mention.id]  # type: ignore[index]
        marked = _with_mentions(doc, decisions) if self._add_mentions else _as_they_are(doc, decisions)
        doc.set_ents([span for span, _ in marked])
        for span, decision in marked:
            if decision is not None:
                span._.set(_PACKED, packed[decision.mention.id])  # a name may be longer than the mention in it
        return doc

    def _article(self, doc: Doc) -> Article:
        found = doc._.date if doc._.date is not None else doc.user_data.get("date")
        date = self._date if found is None else _parsed(found, "the date of a text, doc._.date,", CorpusError)
        said = {key: str(doc.user_data.get(key) or "") for key in ("article_id", "title")}
        return Article(said["article_id"] or "text", doc.text, date, said["title"])

    def _open(self, kb: KnowledgeBase) -> None:
        self._opened = [(os.getpid(), kb)]

    # spaCy's protocol for components that have something to save

    def to_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> None:  # noqa: ARG002 (spaCy passes it)
        """Copy the people into the folder *path*."""
        copy = Path(path) / _FILE
        copy.parent.mkdir(parents=True, exist_ok=True)
        if not (copy.exists() and copy.samefile(self.kb.path)):
            shutil.copyfile(self.kb.path, copy)

    def from_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> "PersonResolver":  # noqa: ARG002
        """Take the people from the folder *path*, where they are read from then on."""
        self._open(KnowledgeBase(Path(path) / _FILE))
        return self

    def to_bytes(self, *, exclude: Iterable[str] = ()) -> bytes:  # noqa: ARG002
        """The people, as the bytes of a .kb."""
        return self.kb.path.read_bytes()

    def from_bytes(self, data: bytes, *, exclude: Iterable[str] = ()) -> "PersonResolver":  # noqa: ARG002
        """Take the people from what `to_bytes` gave; they are written to a file for the while."""
        folder = Path(tempfile.mkdtemp(prefix="disambig-"))
        weakref.finalize(self, shutil.rmtree, folder, ignore_errors=True)
        (folder / _FILE).write_bytes(data)
        self._open(KnowledgeBase(folder / _FILE))
        return self


def _parsed(date: object, what: str, error: type[DisambigError]) -> PartialDate:
    if isinstance(date, PartialDate):
        return date
    try:
        return PartialDate.parse(date.isoformat() if isinstance(date, dt.date) else str(date))
    except ValueError:
        msg = f"{what} is {date!r}; expected YYYY, YYYY-MM or YYYY-MM-DD"
        raise error(msg) from None


# -- doc.ents


def _with_mentions(doc: Doc, decisions: tuple[Decision, ...]) -> list[tuple[Span, Decision | None]]:
    """The mentions, and of the names in `doc.ents` those with which none of them overlaps; a longer name of something else goes first."""
    label = next((ent.label_ for ent in doc.ents if ent.label_ in PERSON_LABELS), "PERSON")
    spans = [_tokens(doc, one.mention) for one in decisions]
    times = Counter((span.start, span.end) for span in spans)  # a token may hold two mentions, and then is neither
    found = {place: one for span, one in zip(spans, decisions, strict=True) if times[place := (span.start, span.end)] == 1}
    kept = [ent for ent in doc.ents if ent.label_ not in PERSON_LABELS and (ent.start, ent.end) not in found]
    taken = {token.i for ent in kept for token in ent}
    marked: list[tuple[Span, Decision | None]] = [(ent, None) for ent in kept]
    for (start, end), decision in found.items():
        if taken.isdisjoint(range(start, end)):
            taken.update(range(start, end))
            marked.append((_marked(Span(doc, start, end, label=label), decision), decision))
    marked += [(ent, None) for ent in doc.ents if taken.isdisjoint(token.i for token in ent)]
    return marked


def _tokens(doc: Doc, mention: Mention) -> Span:
    """The tokens that *mention* stands in."""
    span = doc.char_span(mention.start, mention.end, alignment_mode="expand")
    assert span is not None, "a mention stands within the text"
    return span


def _as_they_are(doc: Doc, decisions: tuple[Decision, ...]) -> list[tuple[Span, Decision | None]]:
    """The names in `doc.ents`; a person that holds exactly one mention with what was decided on it."""
    marked: list[tuple[Span, Decision | None]] = []
    for ent in doc.ents:
        inside = [one for one in decisions if one.mention.start < ent.end_char and ent.start_char < one.mention.end]
        decision = inside[0] if len(inside) == 1 and ent.label_ in PERSON_LABELS else None
        marked.append((_marked(ent, decision) if decision else ent, decision))
    return marked


def _marked(span: Span, decision: Decision) -> Span:
    """The same span with the id of the person."""
    person = decision.person.id if decision.person else ""
    return Span(span.doc, span.start, span.end, label=span.label_, kb_id=person, span_id=span.ent_id_)


# -- what a Doc holds


def _pack(decision: Decision) -> bytes:
    return zlib.compress(to_line(decision).encode())  # to a fifth


def _unpack(packed: bytes) -> Decision:
    return from_line(zlib.decompress(packed).decode(), "a decision in doc.user_data")


def _is_packed(key: object) -> bool:
    return isinstance(key, tuple) and key[:2] == ("._.", _PACKED)


def _decision(span: Span) -> Decision | None:
    packed = span._.get(_PACKED)
    return None if packed is None else _unpack(packed)


def _decisions(doc: Doc) -> Decisions:
    found: dict[str, Decision] = {}
    for packed in [value for key, value in doc.user_data.items() if _is_packed(key)]:
        decision = _unpack(packed)
        found[decision.mention.id] = decision  # a name in doc.ents that is longer than the mention holds the decision once more
    return Decisions(sorted(found.values(), key=lambda one: (one.mention.start, one.mention.end)))


def _get_date(doc: Doc) -> object:
    return doc.user_data.get("date")


def _set_date(doc: Doc, date: object) -> None:
    doc.user_data["date"] = date


def _register() -> None:
    Span.set_extension(_PACKED, default=None, force=True)
    Span.set_extension("decision", getter=_decision, force=True)
    Doc.set_extension("decisions", getter=_decisions, force=True)
    if not Doc.has_extension("date"):  # a program's own is read as well
        Doc.set_extension("date", getter=_get_date, setter=_set_date)


_register()


@Language.factory(
    "person_resolver",
    assigns=["doc.ents", "token.ent_kb_id", "span._.decision", "doc._.decisions"],
    requires=["doc.ents"],
    default_config={"kb": None, "date": None, "add_mentions": True, "settings": {}},
)
def make_person_resolver(  # noqa: PLR0913, PLR0917 -- what spaCy passes, and the four parts of the config
    nlp: Language,  # noqa: ARG001
    name: str,  # noqa: ARG001
    kb: str | None,
    date: str | None,
    add_mentions: bool,
    settings: dict[str, Any],
) -> PersonResolver:
    """The component, of the config that the head of this module explains. Raises ConfigError."""
    return PersonResolver(kb, date=date, add_mentions=add_mentions, settings=Settings.of(settings, "person_resolver"))
