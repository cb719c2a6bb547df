"""The files of a run, in the folder given by `--out`, and what the run came to.

resolved_mentions.csv   one row a mention
identity_claims.csv     one row a claim: who says that a name means whom
evidence.jsonl          one line a mention: every verdict with every piece of evidence, for `disambig explain`
rejected.csv            what could not be read: where and why
run.json                version, settings, model and KB with their hashes, counts, timings

A run that fails leaves the files of an earlier one as they were: each is written beside its place and moved there at the end.
"""

import csv
import hashlib
import json
import os
from collections import Counter
from collections.abc import Iterable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import TextIO, final

from rapidfuzz import process

from disambig.errors import ConfigError
from disambig.records import Decision, Outcome, Rejected
from disambig.table import ClaimWriter, EvidenceWriter, MentionWriter, read_evidence

MENTIONS = "resolved_mentions.csv"
CLAIMS = "identity_claims.csv"
EVIDENCE = "evidence.jsonl"
REJECTED = "rejected.csv"
RUN = "run.json"
_FILES = (MENTIONS, CLAIMS, EVIDENCE, REJECTED, RUN)
_NEAR = 3  # mention ids that a message suggests


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
    """Writes the files of a run: `with RunFolder(path) as folder`, one `add` an article, `finish` at the end.

    Without `finish`, or when the block is left by an error, no file changes. Raises ConfigError when the folder cannot be made.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.tally = Tally()
        self.rejected = 0
        self._open = ExitStack()
        self._finished = False

    def __enter__(self) -> "RunFolder":
        """Make the folder and start every file beside its place."""
        try:
            self.path.mkdir(parents=True, exist_ok=True)
            mentions, claims, evidence, rejected, self._run = (self._start(name) for name in _FILES)
        except OSError as error:
            self._open.close()
            msg = f"{self.path}: {error.strerror}; expected a folder that can be written to"
            raise ConfigError(msg) from None
        self._mentions, self._claims, self._evidence = MentionWriter(mentions), ClaimWriter(claims), EvidenceWriter(evidence)
        self._rejected = csv.writer(rejected, lineterminator="\r\n")
        self._rejected.writerow(("where", "reason"))
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        """Move the files to their places, or take them away."""
        try:
            self._open.close()  # writes what is still in memory, for which a disk may be too full
            if self._finished and kind is None:
                for name in _FILES:
                    self._beside(name).replace(self.path / name)
        finally:
            for name in _FILES:
                self._beside(name).unlink(missing_ok=True)

    def add(self, decisions: tuple[Decision, ...]) -> None:
        """Write the decisions on one article."""
        self._mentions.add(decisions)
        self._claims.add(decisions)
        self._evidence.add(decisions)
        self.tally.add(decisions)

    def reject(self, rejected: Rejected) -> None:
        """Write down an article or a record that could not be read."""
        self._rejected.writerow((rejected.where, rejected.reason))
        self.rejected += 1

    def finish(self, about: Mapping[str, object]) -> None:
        """Write `run.json`: *about*, with the counts added."""
        counts = {
            "articles": self.tally.articles,
            "rejected": self.rejected,
            "mentions": self.tally.mentions,
            **{outcome.value: self.tally.outcomes[outcome] for outcome in Outcome},
        }
        json.dump({**about, "counts": counts}, self._run, ensure_ascii=False, indent=2)
        self._run.write("\n")
        self._finished = True

    def _beside(self, name: str) -> Path:
        return _part(self.path / name)

    def _start(self, name: str) -> TextIO:
        # A file is also rejected for a name that is not UTF-8; then rejected.csv must hold that name somehow.
        errors = "backslashreplace" if name == REJECTED else "strict"
        return self._open.enter_context(self._beside(name).open("w", encoding="utf-8", errors=errors, newline=""))


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
        """Write down one record."""
        if self._file is None:
            try:
                self._file = self._beside.open("w", encoding="utf-8", errors="backslashreplace", newline="")
            except OSError as failure:
                msg = f"{self.path}: {failure.strerror}; expected a folder that can be written to"
                raise ConfigError(msg) from None
            self._file.write("where,reason\r\n")
        csv.writer(self._file, lineterminator="\r\n").writerow((rejected.where, rejected.reason))
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


def find_decision(folder: Path, mention_id: str) -> Decision:
    """The decision on one mention of an earlier run. Raises ConfigError, with the nearest ids, where there is none."""
    path = folder / EVIDENCE
    if not path.is_file():
        msg = f"{path}: no such file; expected a folder that `disambig run … --out` wrote"
        raise ConfigError(msg)
    others: list[str] = []
    for decision in read_evidence(path):
        if decision.mention.id == mention_id:
            return decision
        others.append(decision.mention.id)
    near = [repr(other) for other, *_ in process.extract(mention_id, others, limit=_NEAR)]
    hint = f"the nearest: {', '.join(near)}" if near else "the run found no mention at all"
    msg = f"{folder}: no mention {mention_id!r}; {hint}; see the column 'mention_id' of {MENTIONS}"
    raise ConfigError(msg)
