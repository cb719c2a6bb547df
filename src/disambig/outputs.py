"""The files of a run, in the folder given by `--out`, and what the run came to.

resolved_mentions.csv   one row a mention
identity_claims.csv     one row a claim: who says that a name means whom
evidence.jsonl          one line a mention: every verdict with every piece of evidence, for `disambig explain`
report.html             one page: the articles, who each mention is and why, what needs a human eye
new_people.jsonl        one line for each person outside the KB whom the articles name in full, ready to be edited and added to it
rejected.csv            what could not be read: where and why
run.json                version, settings, model and KB with their hashes, counts, timings

A run that fails leaves the files of an earlier one as they were: each is written beside its place and moved there at the end. What it has
finished by then is kept, so that `--resume` goes on from there.
"""

import errno
import hashlib
import json
import os
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import TextIO, final

from rapidfuzz import process

from disambig.errors import ConfigError, OutputError, shown
from disambig.journal import Entry, Journal, Log, Mark
from disambig.records import Article, Decision, Mention, NewPerson, Outcome, Rejected
from disambig.report import REPORT_ARTICLES, article_entry, write_report
from disambig.rows import unguarded
from disambig.table import (
    ClaimWriter,
    EvidenceWriter,
    GuardedRows,
    MentionWriter,
    NewPeopleWriter,
    from_line,
    read_evidence,
)

MENTIONS = "resolved_mentions.csv"
CLAIMS = "identity_claims.csv"
EVIDENCE = "evidence.jsonl"
NEW_PEOPLE = "new_people.jsonl"
REJECTED = "rejected.csv"
RUN = "run.json"
REPORT = "report.html"
_ENTRIES = "report.jsonl"  # what report.html is made of; nothing is left of it after a run
_LOGS = (MENTIONS, CLAIMS, EVIDENCE, _ENTRIES)  # grow with each article, and are gone on with
_ANEW = (
    REJECTED,
    RUN,
    REPORT,
    NEW_PEOPLE,
)  # are written anew by every run: all articles are read again, and what cannot be read is rejected again
_FILES = (MENTIONS, CLAIMS, EVIDENCE, *_ANEW)
_JOURNAL = ".run.journal"
_THE_SAME = "expected the same, to go on with it; without --resume the run begins anew"
_NEAR = 5  # mention ids that a message suggests


@dataclass(frozen=True, slots=True)
class UnclearName:
    """A name that the articles use, with how often it was left undecided."""

    name: str
    undecided: int  # mentions that are ambiguous or contested
    mentions: int


@dataclass(slots=True)
class Tally:
    """What has been decided so far."""

    articles: int = 0
    outcomes: Counter[Outcome] = field(default_factory=Counter)
    _names: Counter[str] = field(default_factory=Counter)
    _undecided: Counter[str] = field(default_factory=Counter)

    def add(self, decisions: Iterable[Decision]) -> None:
        """Count the decisions on one article."""
        self.articles += 1
        for decision in decisions:
            name = " ".join(decision.mention.text.split())
            self.outcomes[decision.outcome] += 1
            self._names[name] += 1
            if decision.outcome in {Outcome.AMBIGUOUS, Outcome.CONTESTED}:
                self._undecided[name] += 1

    @property
    def mentions(self) -> int:
        """Of all articles."""
        return self.outcomes.total()

    def most_unclear(self, limit: int) -> tuple[UnclearName, ...]:
        """The names most often left undecided, at most *limit* of them."""
        names = sorted(self._undecided, key=lambda name: (-self._undecided[name], name))[:limit]
        return tuple(UnclearName(name, self._undecided[name], self._names[name]) for name in names)


@final
class RunFolder:
    """Writes the files of a run: `with RunFolder(path) as folder`, `begin`, one `add` an article, `finish` at the end.

    Until the block is left after `finish`, no file changes that an earlier run left. What is written meanwhile stands in hidden files
    beside them; when the run ends otherwise, killed too, those stay if an article is finished in them, for `begin` to go on from. One run
    at a time writes to a folder.

    All files are on the disk before one of them is moved. Before that a power cut may cost the articles that the system had not yet written
    out, on Linux those of about the last half minute; they are resolved again.

    The report holds the first *report_articles* articles; of 0 there is no report, nor one of an earlier run, which would tell of others.
    *note* is told in a line what became of an interrupted run. Raises OutputError where the folder cannot be written to.
    """

    def __init__(self, path: Path, *, report_articles: int = REPORT_ARTICLES, note: Callable[[str], None] = lambda _: None) -> None:
        self.path = path
        self.tally = Tally()
        self._report_articles = report_articles
        self.rejected = 0
        self._note = note
        self._stack = ExitStack()
        self._anew: list[TextIO] = []
        self._logs = {name: Log(_beside(path / name)) for name in _LOGS}
        self._journal = Journal(path / _JOURNAL, [log.path for log in self._logs.values()])
        self._refused: list[Rejected] = []
        self._refusal = ""
        self._begun = self._resumable = self._finished = False
        self._mentions = MentionWriter(self._logs[MENTIONS].text)
        self._claims = ClaimWriter(self._logs[CLAIMS].text)
        self._evidence = EvidenceWriter(self._logs[EVIDENCE].text)

    def __enter__(self) -> "RunFolder":
        """Make the folder, see that no other run writes to it, and start the files that every run writes anew."""
        try:
            with self._writing():
                self.path.mkdir(parents=True, exist_ok=True)
                self._stack.enter_context(_alone_in(self.path))
                rejected, self._run, self._report, new_people = (self._start(name) for name in _ANEW)
                self._new_people = NewPeopleWriter(new_people)
                self._rejected = GuardedRows(rejected)
                self._rejected.writerow(("where", "reason"))
        except BaseException:
            self._stack.close()
            raise
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        """Move the files to their places; or take them away, where no article is finished in them."""
        placed = False
        try:
            if self._finished and kind is None:
                with self._writing():
                    self._place()
                placed = True
        finally:
            self._leave(placed=placed)
            kept = self._journal.finished
            if kept and not placed and not isinstance(error, OutputError):
                self._note(f"{self.path}: {kept} article(s) are finished and kept; give the same command with --resume to go on")

    def begin(
        self,
        made_by: Mapping[str, object],
        *,
        resume: bool = False,
        replay: Callable[[tuple[Decision, ...]], object] = lambda _: None,
    ) -> None:
        """Begin the files, or with *resume* go on with those of an interrupted run, if there is one.

        *made_by* says what the rows depend on besides the articles: an interrupted run must have had the same. *replay* is given the
        decisions on each article that is finished already, in order, so that whoever counts or numbers things across articles can go on.
        Raises OutputError where the interrupted run is another one.
        """
        made_by = json.loads(json.dumps({**made_by, "report_articles": self._report_articles}))  # as the journal holds it
        with self._writing():
            marks = self._marks_of_interrupted(made_by) if resume else ()
            if not marks:
                self._begin_anew(made_by, "none of them is whole" if resume else "--resume would have gone on")
            for log, mark in zip(self._logs.values(), marks, strict=False):
                log.go_on(mark)
            self._begun = self._resumable = True
        for entry, decisions in self._finished_before():
            if entry.refused:
                self._refused.append(Rejected(f"article {entry.article!r}", entry.refused))
            self.tally.add(decisions)
            replay(decisions)
        self.rejected += len(self._refused)

    def unfinished(self, articles: Iterable[Article], *, skip: Callable[[Article], object] = lambda _: None) -> Iterator[Article]:
        """*articles* without those that are finished already, which must come first and be the same as they were; *skip* is given these.

        Raises OutputError.
        """
        before = islice(self._journal.entries(), self._journal.finished)
        rest = iter(articles)
        for number, entry in enumerate(before, start=1):
            article = next(rest, None)
            if article is None or (article.id, _digest(article)) != (entry.article, entry.digest):
                found = "missing" if article is None else "another text" if article.id == entry.article else f"{article.id!r}"
                msg = f"{self.path}: article {number} of the interrupted run was {entry.article!r}, and is now {found}; {_THE_SAME}"
                raise OutputError(msg)
            skip(article)
        yield from rest

    def add(self, article: Article, decisions: tuple[Decision, ...]) -> None:
        """Write the decisions on *article*, the next one; once they are written, a killed run does not lose them."""
        self._begin_unasked()
        with self._writing():
            self._mentions.add(decisions)
            self._claims.add(decisions)
            self._evidence.add(decisions)
            if self.tally.articles < self._report_articles:
                self._logs[_ENTRIES].text.write(f"{article_entry(article, decisions)}\n")
            for log in self._logs.values():
                log.settle()
            if self._resumable:
                self._journal.add(Entry(article.id, _digest(article), tuple(log.mark for log in self._logs.values()), self._refusal))
            if not self._journal.is_there():
                raise FileNotFoundError(errno.ENOENT, "the folder was taken away while the run went on")
        self._refusal = ""
        self.tally.add(decisions)

    def reject(self, rejected: Rejected) -> None:
        """Write down an article or a record that could not be read."""
        with self._writing():
            self._rejected.writerow((rejected.where, rejected.reason))
        self.rejected += 1

    def refuse(self, rejected: Rejected) -> None:
        """Write down that the article whose decisions are added next was left out after all."""
        self._refused.append(rejected)
        self._refusal = rejected.reason
        self.rejected += 1

    def finish(self, about: Mapping[str, object], new_people: Iterable[NewPerson] = ()) -> None:
        """Write `run.json`: *about*, with the counts added; `new_people.jsonl`, and `report.html`."""
        self._begin_unasked()
        counts = {
            "articles": self.tally.articles,
            "rejected": self.rejected,
            "mentions": self.tally.mentions,
            **{outcome.value: self.tally.outcomes[outcome] for outcome in Outcome},
        }
        with self._writing():
            self._rejected.writerows((one.where, one.reason) for one in self._refused)
            json.dump({**about, "counts": counts}, self._run, ensure_ascii=False, indent=2)
            self._run.write("\n")
            for new in new_people:
                self._new_people.add(new)
            self._logs[_ENTRIES].settle()
            with self._logs[_ENTRIES].path.open(encoding="utf-8") as entries:
                write_report(entries, self._report, articles=self.tally.articles)
        self._finished = True

    def _begin_unasked(self) -> None:
        """Begin a run that nobody can go on with, where none is begun."""
        if not self._begun:
            self.begin({})
            self._resumable = False

    def _begin_anew(self, made_by: Mapping[str, object], why: str) -> None:
        if replaced := self._journal.count():
            self._note(f"{self.path}: an interrupted run with {replaced} finished article(s) is replaced; {why}")
        self._journal.path.unlink(missing_ok=True)
        for log in self._logs.values():
            log.create()
        self._journal.start(made_by)

    def _marks_of_interrupted(self, made_by: Mapping[str, object]) -> tuple[Mark, ...]:
        """How far each log of the interrupted run goes; empty where there is none."""
        before = self._journal.header()
        if before is None:
            return ()
        if other := _difference(before, made_by):
            msg = f"{self.path}: the interrupted run there had {other}; {_THE_SAME}"
            raise OutputError(msg)
        if self._journal.is_complete():  # killed while the files were moved: back with those that were
            for name, log in self._logs.items():
                if not log.path.exists() and (self.path / name).exists():
                    (self.path / name).replace(log.path)
        return self._journal.whole() if all(log.path.exists() for log in self._logs.values()) else ()

    def _finished_before(self) -> Iterator[tuple[Entry, tuple[Decision, ...]]]:
        """The articles that are finished already, with the decisions on them."""
        path = self._logs[EVIDENCE].path
        at = list(self._logs).index(EVIDENCE)
        with path.open("rb") as file:
            for entry in islice(self._journal.entries(), self._journal.finished):
                lines = file.read(entry.marks[at].length - file.tell()).splitlines()
                yield entry, tuple(from_line(line, str(path)) for line in lines)

    def _place(self) -> None:
        """Move the whole files to their places, the journal last."""
        for log in self._logs.values():
            log.settle(on_disk=True)
            log.text.close()
        for file in self._anew:
            file.flush()
            os.fsync(file.fileno())
            file.close()
        self._journal.complete()
        self._journal.close()
        for name in _FILES:
            _beside(self.path / name).replace(self.path / name)
        if not self._report_articles:
            (self.path / REPORT).unlink()
        _settle_folder(self.path)
        self._journal.path.unlink()

    def _leave(self, *, placed: bool) -> None:
        """Close everything, and take away what nobody goes on from."""
        for log in self._logs.values():
            with suppress(OSError):  # a disk may be too full for what is left, and has said so
                log.text.close()
        self._journal.close()
        gone = [_beside(self.path / name) for name in _ANEW]
        if placed or (self._begun and not self._journal.finished):
            gone += [self._journal.path, *(log.path for log in self._logs.values())]
        with suppress(OSError):
            for path in gone:
                path.unlink(missing_ok=True)
        with suppress(OSError):
            self._stack.close()

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """Turn what the system says into one line."""
        try:
            yield
        except OSError as error:
            hint = f"; {kept} article(s) are finished and kept, --resume goes on" if (kept := self._journal.finished) else ""
            msg = f"{self.path}: {error.strerror or error}; expected a folder that can be written to{hint}"
            raise OutputError(msg) from None

    def _start(self, name: str) -> TextIO:
        # A file is also rejected for a name that is not UTF-8; then rejected.csv must hold that name somehow.
        errors = "backslashreplace" if name == REJECTED else "strict"
        file = self._stack.enter_context(_beside(self.path / name).open("w", encoding="utf-8", errors=errors, newline=""))
        self._anew.append(file)
        return file


def _beside(path: Path) -> Path:
    """Where a file of a run is written until it is whole: hidden, by a name that a later run finds."""
    return path.with_name(f".{path.name}.part")


def _digest(article: Article) -> str:
    """The same for two articles that are the same in everything."""
    held = (article.id, article.text, str(article.date), article.title, article.source, article.lang)
    return hashlib.sha256(json.dumps(held).encode()).hexdigest()


def _difference(before: Mapping[str, object], now: Mapping[str, object], within: str = "") -> str:
    """The first thing that differs, by its name, with both values; empty where nothing does."""
    for key in dict.fromkeys((*before, *now)):
        one, other = before.get(key), now.get(key)
        if isinstance(one, dict) and isinstance(other, dict):
            if found := _difference(one, other, f"{within}{key}."):
                return found
        elif one != other:
            return f"'{within}{key}' {shown(one)}, now it is {shown(other)}"
    return ""


@contextmanager
def _alone_in(folder: Path) -> Iterator[None]:
    """See that no other run writes to *folder*; raises OutputError where one does.

    Windows has no lock on a folder; there a second run fails where it replaces a file that the first has open.
    """
    if sys.platform == "win32":
        yield
        return
    import fcntl  # noqa: PLC0415 -- Windows lacks it

    number = os.open(folder, os.O_RDONLY)
    try:
        try:
            fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            msg = f"{folder}: another run is writing there; wait for its end, or name another folder"
            raise OutputError(msg) from None
        except OSError:
            pass  # a file system without locks
        yield
    finally:
        os.close(number)  # and with it the lock, which also ends with the process


def _settle_folder(folder: Path) -> None:
    """Wait until the disk has the names of the files, where the system can say so."""
    with suppress(OSError):
        number = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(number)
        finally:
            os.close(number)


@final
class RejectedFile:
    """Writes down the records that a build could not use: `with RejectedFile(path) as rejected`, one `add` a record.

    There is a file only where there is something to tell; one of an earlier build is replaced or taken away when the block ends, unless by
    an error.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.count = 0
        self._beside = _part(path)
        self._file: TextIO | None = None

    def __enter__(self) -> "RejectedFile":
        """Begin; nothing is written yet."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        """Move the file to its place, or take it away."""
        if self._file is None:
            if kind is None:
                self.path.unlink(missing_ok=True)
            return
        try:
            self._file.close()  # writes what is still in memory, for which a disk may be too full
            if kind is None:
                self._beside.replace(self.path)
        finally:
            self._beside.unlink(missing_ok=True)

    def add(self, rejected: Rejected) -> None:
        """Write down one record. Raises OutputError."""
        try:
            if self._file is None:
                self._file = self._beside.open("w", encoding="utf-8", errors="backslashreplace", newline="")
                GuardedRows(self._file).writerow(("where", "reason"))
            GuardedRows(self._file).writerow((rejected.where, rejected.reason))
        except OSError as failure:
            msg = f"{self.path}: {failure.strerror}; expected a folder that can be written to"
            raise OutputError(msg) from None
        self.count += 1


def _part(path: Path) -> Path:
    """Where a file is written until it is whole: beside its place, hidden."""
    return path.with_name(f".{path.name}.{os.getpid()}.part")


def fingerprint(path: Path) -> str:
    """The SHA-256 of a file's bytes, or of a folder's files with their names, in hexadecimal digits."""
    digest = hashlib.sha256()
    files = [path] if path.is_file() else sorted(file for file in path.rglob("*") if file.is_file() and file.suffix != ".pyc")
    for file in files:
        if file != path:
            digest.update(f"{file.relative_to(path).as_posix()}\0{file.stat().st_size}\0".encode())
        with file.open("rb") as stream:
            while block := stream.read(1 << 20):
                digest.update(block)
    return digest.hexdigest()


def find_decision(folder: Path, wanted: str) -> Decision:
    """The decision on one mention of an earlier run: *wanted* is its id, a part of that which no other id has, or a name mentioned once.

    Raises ConfigError where there is none, with the nearest ids, or several.
    """
    path = folder / EVIDENCE
    if not path.is_file():
        msg = f"{path}: no such file; expected a folder that `disambig run … --out` wrote"
        raise ConfigError(msg)
    others: list[Mention] = []
    for decision in read_evidence(path):
        if decision.mention.id in {wanted, unguarded(wanted)}:
            return decision
        others.append(decision.mention)
    ids = [mention.id for mention in others]
    fitting = (
        [number for number, mention in enumerate(others) if mention.text.casefold() == wanted.casefold()]
        or [number for number, one in enumerate(ids) if one.startswith(wanted)]
        or [number for number, one in enumerate(ids) if wanted.casefold() in one.casefold()]
    )
    if len(fitting) == 1:
        return next(islice(read_evidence(path), fitting[0], None))
    named = [ids[number] for number in fitting] or [one for one, *_ in process.extract(wanted, ids, limit=_NEAR)]
    shown = ", ".join(map(repr, named[:_NEAR])) + (f" and {len(named) - _NEAR} more" if len(named) > _NEAR else "")
    if fitting:
        msg = (
            f"{folder}: {wanted!r} fits {len(fitting)} mentions: {shown}; expected what fits one, see the column 'mention_id' of {MENTIONS}"
        )
    else:
        hint = f"the nearest: {shown}" if named else "the run found no mention at all"
        msg = f"{folder}: no mention {wanted!r}; {hint}; see the column 'mention_id' of {MENTIONS}"
    raise ConfigError(msg)
