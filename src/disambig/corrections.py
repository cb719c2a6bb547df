"""A reviewed copy of `resolved_mentions.csv` -> Corrections: what a reader has said about single mentions.

The reader writes a person's id into the column `correct_person_id`, or `nobody` for somebody outside the KB; an empty cell corrects
nothing. Of the other columns, `article_id`, `start`, `end` and `mention` are needed. A spreadsheet program may have saved the file: with a
byte order mark, with semicolons or tabs, with any line ends, without the empty cells at the end of a row. An apostrophe before `=`, `+`,
`-`, `@`, a tab or a line end is taken away: it is how a cell is kept from being run as a formula.
"""

import csv
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import final

from disambig.errors import CorpusError, shown
from disambig.records import Article, Correction, Label, LabelledArticle, Person, Rejected
from disambig.rows import LONGEST_CELL, encodes, unguarded

COLUMN = "correct_person_id"
NOBODY = "nobody"  # in any case of letters; as in the column `candidates`
_NEEDED = ("article_id", "start", "end", "mention", COLUMN)
_DELIMITERS = ",;\t"


@final
class Corrections:
    """The corrections of a file, handed out article by article; those that do not fit are told to `reject`, once each.

    Raises CorpusError when the file cannot be read or lacks a column.
    """

    def __init__(self, path: Path, *, person_of: Callable[[str], Person | None], reject: Callable[[Rejected], None]) -> None:
        """Read *path*; *person_of* gives the person of an id, or None."""
        self.applied = 0
        self.left_out = 0
        self._reject = reject
        self._waiting: dict[str, list[Correction]] = {}
        for number, cells in _rows(path):
            where = f"{path.name}:{number}"
            try:
                correction = _correction(cells, where, person_of)
            except ValueError as error:
                self._leave_out(Rejected(where, str(error)))
                continue
            self._waiting.setdefault(correction.article_id, []).append(correction)

    def for_article(self, article: Article) -> tuple[Correction, ...]:
        """The corrections that fit *article*, in the order of its text, one for each place; none of them overlap."""
        given = sorted(self._waiting.pop(article.id, ()), key=lambda one: (one.start, one.end))
        fitting = [one for one in given if self._fits(one, article)]
        agreed: dict[tuple[int, int], Correction] = {}
        for one in fitting:
            if other := next((other for other in fitting if _at_odds(one, other)), None):
                self._leave_out(Rejected(one.where, f"{_said(one)} is at odds with {_said(other)} ({other.where}); expected one of them"))
            else:
                agreed.setdefault((one.start, one.end), one)
        self.applied += len(agreed)
        return tuple(agreed.values())

    def finish(self) -> None:
        """Tell of the corrections of articles that have not come."""
        for one in (one for waiting in self._waiting.values() for one in waiting):
            self._leave_out(Rejected(one.where, f"article {one.article_id!r} is not among those read; expected the id of one"))
        self._waiting.clear()

    def _fits(self, one: Correction, article: Article) -> bool:
        stands = article.text[one.start : one.end]
        if _folded(stands) == _folded(one.text):
            return True
        reason = (
            f"article {one.article_id!r} has {shown(stands)} at {one.start}:{one.end}; expected {shown(one.text)}, as when it was reviewed"
        )
        self._leave_out(Rejected(one.where, reason))
        return False

    def _leave_out(self, rejected: Rejected) -> None:
        self.left_out += 1
        self._reject(rejected)


def labelled(article: Article, corrections: Corrections) -> LabelledArticle:
    """*article* with what its corrections say as labels."""
    given = corrections.for_article(article)
    return LabelledArticle(article, tuple(Label(one.start, one.end, one.person.id if one.person else None) for one in given))


def _rows(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    """The rows with a correction: the line that each begins in, counted from 1, and its cells by column."""
    csv.field_size_limit(LONGEST_CELL)
    number = 1
    try:
        # Bytes that are not UTF-8 are carried along as lone surrogates, so that one bad cell does not end the file.
        with path.open(encoding="utf-8-sig", errors="surrogateescape", newline="") as file:
            first = file.readline().replace("\0", "")  # which Python 3.10 takes for an error; UTF-16 is full of them
            delimiter = max(_DELIMITERS, key=first.count)
            columns = [cell.strip() for cell in next(csv.reader([first], delimiter=delimiter), [])]
            absent = [name for name in _NEEDED if name not in columns]
            if absent:
                wanted = ", ".join(map(repr, _NEEDED))
                msg = f"{path}: no column {absent[0]!r} among {shown(delimiter.join(columns))}; expected at least {wanted}, in UTF-8"
                raise CorpusError(msg)
            reader = csv.reader(file, delimiter=delimiter, strict=True)
            number = 2
            for cells in reader:
                row = dict(zip(columns, cells, strict=False))
                if row.get(COLUMN, "").strip():
                    yield number, row
                number = reader.line_num + 2
    except OSError as error:
        msg = f"{path}: {error.strerror}; expected a reviewed copy of resolved_mentions.csv"
        raise CorpusError(msg) from None
    except csv.Error as error:
        msg = f"{path}:{number}: not valid CSV ({error}); expected a reviewed copy of resolved_mentions.csv"
        raise CorpusError(msg) from None


def _correction(cells: dict[str, str], where: str, person_of: Callable[[str], Person | None]) -> Correction:
    """The correction of one row; ValueError where it cannot be one."""
    if not all(map(encodes, cells.values())):
        msg = "a byte that is not UTF-8; save the file as UTF-8"
        raise ValueError(msg)
    start, end = (_offset(cells, name) for name in ("start", "end"))
    if start >= end:
        msg = f"the place {start}:{end} is empty; expected that of a mention, as disambig wrote it"
        raise ValueError(msg)
    said = unguarded(cells[COLUMN]).strip()
    person = None if said.lower() == NOBODY else person_of(said)
    if person is None and said.lower() != NOBODY:
        msg = f"{COLUMN!r} is {shown(said)}, whom the knowledge base does not hold; expected the id of one of its people, or {NOBODY!r}"
        raise ValueError(msg)
    return Correction(where, unguarded(cells["article_id"]), start, end, unguarded(cells.get("mention", "")), person)


def _offset(cells: dict[str, str], name: str) -> int:
    written = cells.get(name, "").strip()
    if not (written.isascii() and written.isdigit()):
        msg = f"{name!r} is {shown(written)}; expected a whole number, 0 or more, as disambig wrote it"
        raise ValueError(msg)
    return int(written)


def _at_odds(one: Correction, other: Correction) -> bool:
    """Whether two corrections cannot both be right: they say two people of one place, or their places overlap."""
    if one is other or one.start >= other.end or other.start >= one.end:
        return False
    return (one.start, one.end, one.person) != (other.start, other.end, other.person)


def _said(one: Correction) -> str:
    return f"{one.article_id}:{one.start}-{one.end} {one.person.id if one.person else NOBODY}"


def _folded(text: str) -> str:
    return " ".join(text.split())
