"""Articles and labelled articles, from disk or standard input into records.

Text files: UTF-8, one article each. The id is the file name without `.txt`; in a folder, the way from that folder to the file
("2023/kozak"). Header lines `date:`, `title:`, `source:` and `lang:` may stand at the very top, in any order, followed by an empty
line; anything else at the top is text. `Article.text` is what follows, with every line end folded to a line feed.

JSON Lines and CSV: `Article.text` is exactly the value of "text".
"""

import codecs
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import BinaryIO

from disambig.errors import CorpusError
from disambig.records import CONTESTED, Article, Label, LabelledArticle, Rejected
from disambig.rows import LONGEST_LINE, Row, bounded_lines, csv_rows, decode, json_rows

STDIN = "-"
_SUFFIXES = (".txt", ".jsonl", ".csv")
_HEADER_KEYS = frozenset({"date", "title", "source", "lang"})
_LONGEST_HEADER = 64 * 1024  # bytes left for it when a file is refused by its size alone
_UTF8_BYTES = 4  # of one character, at most
_ESCAPED_BYTES = 12  # the same in JSON: "\\ud83d\\ude00"


@dataclass(frozen=True, slots=True)
class _File:
    path: Path
    id: str  # of the article, where the file is one


def read_articles(sources: Iterable[str | Path], *, reject: Callable[[Rejected], None], max_chars: int | None = None) -> Iterator[Article]:
    """The articles of *sources*: files, folders (read through, in the order of their names), or "-" for standard input.

    Lazy; one article in memory at a time. An article that cannot be used, one longer than *max_chars* among them, is told to
    *reject*, and the rest goes on. Raises CorpusError at once when a source does not exist.

    Standard input is JSON Lines when it starts with a brace, otherwise one text whose id is "stdin".
    """
    places = tuple(sources)
    for place in places:
        if str(place) != STDIN and not Path(place).exists():
            msg = f"{place}: no such file or folder; expected articles as .txt, .jsonl or .csv"
            raise CorpusError(msg)
    return _usable(chain.from_iterable(_source(place, reject, max_chars) for place in places), reject, max_chars)


def read_gold(path: Path) -> Iterator[LabelledArticle]:
    """The labelled articles of a JSON Lines file, labels in the order of their offsets. Strict: raises CorpusError."""

    def refuse(rejected: Rejected) -> None:
        msg = f"{rejected.where}: {rejected.reason}"
        raise CorpusError(msg)

    seen: set[str] = set()
    try:
        file = path.open("rb")
    except OSError as error:
        msg = f"{path}: {error.strerror}; expected labelled articles as JSON Lines"
        raise CorpusError(msg) from None
    with file:
        for row in json_rows(file, str(path), reject=refuse, longest=sys.maxsize):
            try:
                labelled = _labelled(row)
            except ValueError as error:
                msg = f"{row.where}: {error}"
                raise CorpusError(msg) from None
            if labelled.article.id in seen:
                msg = f"{row.where}: article {labelled.article.id!r} was already read; expected each 'doc_id' once"
                raise CorpusError(msg)
            seen.add(labelled.article.id)
            yield labelled
    if not seen:
        msg = f"{path}: no labelled article; expected one JSON object a line"
        raise CorpusError(msg)


def _usable(rows: Iterable[Row], reject: Callable[[Rejected], None], max_chars: int | None) -> Iterator[Article]:
    seen: dict[str, str] = {}
    for row in rows:
        try:
            article = read_article(row, max_chars)
        except ValueError as error:
            reject(Rejected(row.where, str(error)))
            continue
        if article.id in seen:
            reject(Rejected(row.where, f"article {article.id!r} was already read from {seen[article.id]}; expected each id once"))
        else:
            seen[article.id] = row.where
            yield article


def read_article(row: Row, max_chars: int | None = None, *, id_key: str = "doc_id") -> Article:
    """The article of one row, whose other keys are those of a JSON line; raises ValueError where it is none or over *max_chars* long."""
    article = Article(
        id=row.required_text(id_key),
        text=row.required_text("text"),
        date=row.date("date"),
        title=row.text("title"),
        source=row.text("source"),
        lang=row.text("lang"),
    )
    if max_chars is not None and len(article.text) > max_chars:
        msg = f"the text has {len(article.text)} characters; expected at most {max_chars}, see 'max_article_chars'"
        raise ValueError(msg)
    return article


def _labelled(row: Row) -> LabelledArticle:
    article = read_article(row)
    if "mentions" not in row.values:
        msg = "'mentions' is missing; expected a list, empty where the article names nobody"
        raise ValueError(msg)
    labels = (_label(mention, article) for mention in row.rows("mentions"))
    return LabelledArticle(article, tuple(sorted(labels, key=lambda label: (label.start, label.end))))


def _label(row: Row, article: Article) -> Label:
    start, end = row.index("start"), row.index("end")
    if not start < end <= len(article.text):
        msg = f"mention {start}:{end} is outside the text of article {article.id!r} ({len(article.text)} characters long)"
        raise ValueError(msg)
    if "gold" not in row.values:
        msg = f"mention {start}:{end} has no 'gold'; expected a person id, null for somebody outside the KB, or {CONTESTED!r}"
        raise ValueError(msg)
    return Label(start, end, None if row.values["gold"] is None else row.required_text("gold"))


def _source(place: str | Path, reject: Callable[[Rejected], None], max_chars: int | None) -> Iterator[Row]:
    if str(place) == STDIN:
        yield from _standard_input(sys.stdin.buffer, reject, max_chars)
        return
    path = Path(place)
    files = _files(path, "", reject) if path.is_dir() else iter([_File(path, path.stem)])
    for file in files:
        yield from _readable(file, reject, max_chars)


def _files(folder: Path, prefix: str, reject: Callable[[Rejected], None]) -> Iterator[_File]:
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as error:
        reject(Rejected(str(folder), f"{error.strerror}; expected a folder that can be read"))
        return
    for entry in entries:
        path = folder / entry.name
        if entry.name.startswith("."):
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from _files(path, f"{prefix}{entry.name}/", reject)
        elif entry.is_dir():  # a link to a folder may lead round in a circle
            reject(Rejected(str(path), "a link to a folder; name that folder itself among the articles"))
        else:
            yield _File(path, f"{prefix}{path.stem}")


def _readable(file: _File, reject: Callable[[Rejected], None], max_chars: int | None) -> Iterator[Row]:
    try:
        yield from _rows(file, reject, max_chars)
    except OSError as error:
        reject(Rejected(str(file.path), f"{error.strerror}; expected a file that can be read"))


def _rows(file: _File, reject: Callable[[Rejected], None], max_chars: int | None) -> Iterator[Row]:
    name, suffix = str(file.path), file.path.suffix.lower()
    if suffix not in _SUFFIXES:
        reject(Rejected(name, f"the name ends in {suffix!r}; expected .txt, .jsonl or .csv"))
        return
    longest = _longest_line(max_chars)
    with file.path.open("rb") as lines:
        if suffix == ".jsonl":
            yield from json_rows(bounded_lines(lines, longest), name, reject=reject, longest=longest)
        elif suffix == ".csv":
            yield from csv_rows(bounded_lines(lines, longest), name, required=("doc_id", "text"), reject=reject, longest=longest)
        else:
            yield from _text(_start_of(lines, max_chars), file, reject, max_chars)


def _standard_input(stream: BinaryIO, reject: Callable[[Rejected], None], max_chars: int | None) -> Iterator[Row]:
    longest = _longest_line(max_chars)
    lines = bounded_lines(stream, longest)
    first = next(lines, b"")
    if first.removeprefix(codecs.BOM_UTF8).lstrip().startswith(b"{"):
        yield from json_rows(chain([first], lines), "stdin", reject=reject, longest=longest)
    else:
        yield from _text(first + _start_of(stream, max_chars), _File(Path("stdin"), "stdin"), reject, max_chars)


def _longest_line(max_chars: int | None) -> int:
    """Bytes that a line with an article of *max_chars* characters may have."""
    return sys.maxsize - 1 if max_chars is None else max(LONGEST_LINE, _ESCAPED_BYTES * max_chars + _LONGEST_HEADER)


def _longest_text(max_chars: int | None) -> int:
    """The same of a file of text."""
    return sys.maxsize - 1 if max_chars is None else _UTF8_BYTES * max_chars + _LONGEST_HEADER


def _start_of(file: BinaryIO, max_chars: int | None) -> bytes:
    """What is in *file*, up to more than an article may have: a pipe or a device does not say how long it is."""
    return file.read() if max_chars is None else file.read(_longest_text(max_chars) + 1)


def _text(data: bytes, file: _File, reject: Callable[[Rejected], None], max_chars: int | None) -> Iterator[Row]:
    name = str(file.path)
    if len(data) > _longest_text(max_chars):
        reject(Rejected(name, f"the text has more than {max_chars} characters; see 'max_article_chars'"))
        return
    try:
        text = decode(data.removeprefix(codecs.BOM_UTF8))
        file.id.encode()
    except UnicodeEncodeError:
        reject(Rejected(name.encode(errors="replace").decode(), "the file's name is not UTF-8; rename it"))
        return
    except ValueError as error:
        reject(Rejected(f"{name}:{_line_of_bad_byte(data)}", str(error)))
        return
    header, body = _split_header(text.replace("\r\n", "\n").replace("\r", "\n"))
    row = Row(name, {**header, "doc_id": file.id, "text": body})
    try:
        row.date("date")
    except ValueError as error:
        reject(Rejected(f"{name}:{1 + list(header).index('date')}", str(error)))
        return
    yield row


def _split_header(text: str) -> tuple[dict[str, str], str]:
    """The header's values by key, in the order of its lines, and the text after it."""
    header: dict[str, str] = {}
    rest = text
    while rest:
        line, _, rest = rest.partition("\n")
        if not line.strip():
            return (header, rest) if header else ({}, text)
        key, colon, value = line.partition(":")
        key = key.strip().lower()
        if not colon or key not in _HEADER_KEYS or key in header:
            break
        header[key] = value.strip()
    return {}, text


def _line_of_bad_byte(data: bytes) -> int:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        return 1 + data.count(b"\n", 0, error.start)
    return 1
