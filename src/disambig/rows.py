"""The rows of a JSON Lines or CSV file, each with the place where it stands, and typed access to what they hold.

A row that cannot be read is told to `reject` and the next one is read. Whoever wants the first bad row to be an error passes a
`reject` that raises.
"""

import codecs
import csv
import json
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import IO

from disambig.errors import shown
from disambig.records import PartialDate, Rejected

# csv refuses cells over 128 KiB, which an article may well have; this is the largest limit that every platform takes (a C long).
LONGEST_CELL = 2**31 - 1
LONGEST_LINE = 1 << 26  # bytes; the longest entities of a Wikidata dump have a few MiB
_LARGEST = sys.float_info.max
_YEAR = re.compile(r"-?\d{1,4}")
_HALF = re.compile(r"\\u[dD][89a-fA-F]")  # the escape of one half of a character, a pair's first or second


@dataclass(frozen=True, slots=True)
class Row:
    """One object of a JSON Lines file, or one line of a CSV file with an empty cell left out.

    A key that is absent and one that is null both mean "not recorded". The getters raise ValueError with what was found and
    what was expected.
    """

    where: str  # "people.jsonl:14"
    values: Mapping[str, object]

    def text(self, key: str) -> str:
        """The text under *key* as it stands, or an empty one."""
        value = self.values.get(key)
        if value is None:
            return ""
        if not isinstance(value, str):
            msg = f"{key!r} is {shown(value)}; expected a text in quotes, or leave the key out"
            raise ValueError(msg)  # noqa: TRY004 -- for the reader of a file, a wrong type is one kind of bad value
        return _without_nul(key, value)

    def required_text(self, key: str) -> str:
        """The text under *key*, which must not be blank."""
        value = self.text(key)
        if not value.strip():
            found = "empty" if key in self.values and self.values[key] is not None else "missing"
            msg = f"{key!r} is {found}; expected a text"
            raise ValueError(msg)
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        """The list of texts under *key*, blank ones left out."""
        value = self._list(key)
        for item in value:
            if not isinstance(item, str):
                msg = f"{key!r} holds {shown(item)}; expected a list of texts in quotes"
                raise ValueError(msg)  # noqa: TRY004
        return tuple(_without_nul(key, item).strip() for item in value if isinstance(item, str) and item.strip())

    def rows(self, key: str) -> tuple["Row", ...]:
        """The list of objects under *key*."""
        value = self._list(key)
        for item in value:
            if not isinstance(item, dict):
                msg = f"{key!r} holds {shown(item)}; expected a list of objects in braces"
                raise ValueError(msg)  # noqa: TRY004
        return tuple(Row(self.where, item) for item in value if isinstance(item, dict))

    def date(self, key: str) -> PartialDate | None:
        """The date under *key*; a bare year may have fewer than four digits and need no quotes.

        A year before the calendar's first is held as year 1: what a date is asked here is whether it lies before an article's.
        """
        value = self.values.get(key)
        if isinstance(value, int) and not isinstance(value, bool):
            value = str(value)
        if value is None or (isinstance(value, str) and not value.strip()):
            return None
        if isinstance(value, str):
            if _YEAR.fullmatch(value.strip()):
                return PartialDate(max(1, int(value)))
            try:
                return PartialDate.parse(value)
            except ValueError:
                pass  # told below, in the words of this file
        msg = f"{key!r} is {shown(value)}; expected a year such as 1954 or a day such as 1954-03-27, or leave the key out"
        raise ValueError(msg)

    def number(self, key: str) -> float | None:
        """The number under *key*, 0 or more."""
        value = self.values.get(key)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= _LARGEST:
            msg = f"{key!r} is {shown(value)}; expected a number, 0 or more, or leave the key out"
            raise ValueError(msg)
        return float(value)

    def index(self, key: str) -> int:
        """The whole number under *key*, 0 or more."""
        value = self.values.get(key)
        if isinstance(value, bool) or not isinstance(value, int) or value < 0:
            msg = f"{key!r} is {shown(value)}; expected a whole number, 0 or more"
            raise ValueError(msg)
        return value

    def _list(self, key: str) -> list[object]:
        value = self.values.get(key)
        if value is None:
            return []
        if not isinstance(value, list):
            msg = f"{key!r} is {shown(value)}; expected a list in brackets, or leave the key out"
            raise ValueError(msg)  # noqa: TRY004
        return value


def bounded_lines(file: IO[bytes], longest: int = LONGEST_LINE) -> Iterator[bytes]:
    """The lines of *file*. Of one of more than *longest* bytes that many and one more are given, and the rest of it is passed over."""
    while line := file.readline(longest + 1):
        yield line
        if len(line) > longest:
            while line and not line.endswith(b"\n"):
                line = file.readline(1 << 20)


def json_rows(lines: Iterable[bytes], name: str, *, reject: Callable[[Rejected], None], longest: int = LONGEST_LINE) -> Iterator[Row]:
    """The objects of a JSON Lines file called *name*, one a line of at most *longest* bytes; blank lines are passed over."""
    for number, line in enumerate(lines, start=1):
        written = line.removeprefix(codecs.BOM_UTF8) if number == 1 else line
        if not written.strip():
            continue
        where = f"{name}:{number}"
        try:
            values = json_object(written, longest)
        except ValueError as error:
            reject(Rejected(where, str(error)))
            continue
        yield Row(where, values)


def csv_rows(
    lines: Iterable[bytes],
    name: str,
    *,
    required: tuple[str, ...],
    reject: Callable[[Rejected], None],
    longest: int = LONGEST_LINE,
) -> Iterator[Row]:
    """The rows of a CSV file called *name*, whose first line names the columns, *required* ones among them.

    A cell of more than *longest* characters costs its row, a line of more bytes all that comes after it.
    """
    csv.field_size_limit(min(longest, LONGEST_CELL))
    reader = csv.reader(_decoded(_without_mark(lines), longest), strict=True)
    columns: list[str] | None = None
    while True:
        where = f"{name}:{reader.line_num + 1}"
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            reject(Rejected(where, f"not valid CSV ({error}); expected a text with quotes or line breaks to stand in quotes"))
            continue
        if not cells:
            continue
        if columns is None:
            columns = [cell.strip() for cell in cells]
            absent = [key for key in required if key not in columns]
            if absent:
                wanted = ", ".join(map(repr, required))
                reject(Rejected(where, f"no column {absent[0]!r} among {shown(','.join(columns))}; expected at least the columns {wanted}"))
                return
            continue
        try:
            values = _cells(columns, cells)
        except ValueError as error:
            reject(Rejected(where, str(error)))
            continue
        yield Row(where, values)


def decode(data: bytes) -> str:
    """*data* as UTF-8 text; the message of its ValueError names the first byte that is not."""
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        msg = f"byte 0x{data[error.start]:02x} is not UTF-8; save the file as UTF-8"
        raise ValueError(msg) from None


def json_object(line: bytes, longest: int = LONGEST_LINE) -> dict[str, object]:
    """The JSON object that *line* is; a ValueError where it is none, has more than *longest* bytes, or holds what no UTF-8 file can."""
    if len(line) > longest:
        msg = f"the line has more than {longest} bytes; expected at most that"
        raise ValueError(msg)
    text = decode(line)
    try:
        value = json.loads(text)
    except json.JSONDecodeError as error:
        msg = f"not valid JSON ({error.msg} at character {error.pos + 1}); expected one object in braces on each line"
        raise ValueError(msg) from None
    except RecursionError:
        msg = "not valid JSON (too deeply nested); expected one object in braces on each line"
        raise ValueError(msg) from None
    except ValueError:  # Python reads no more, for the time that it takes grows with the square of the digits
        msg = "not valid JSON (a number of thousands of digits); expected one object in braces on each line"
        raise ValueError(msg) from None
    if not isinstance(value, dict):
        msg = f"found {shown(value)}; expected one object in braces on each line"
        raise ValueError(msg)  # noqa: TRY004
    # An escape such as \ud83d can stand for half a character, which no UTF-8 file can hold.
    if "\\u" in text and _HALF.search(text) and not _holds_whole_characters(value):
        msg = "an escape such as \\ud83d stands for half a character; expected both halves"
        raise ValueError(msg)
    return value


def _cells(columns: list[str], cells: list[str]) -> dict[str, object]:
    if len(cells) != len(columns):
        msg = f"{len(cells)} cells under {len(columns)} columns; expected a text with commas to stand in quotes"
        raise ValueError(msg)
    if not all(map(encodes, cells)):
        msg = "a byte that is not UTF-8; save the file as UTF-8"
        raise ValueError(msg)
    return {column: cell for column, cell in zip(columns, cells, strict=True) if cell.strip()}


def _decoded(lines: Iterable[bytes], longest: int) -> Iterator[str]:
    """*lines* as text. Bytes that are not UTF-8 are carried along as lone surrogates, so that one bad row does not end the file."""
    for line in lines:
        if len(line) > longest:
            msg = f"a line of more than {longest} bytes; the rest of the file is left out"
            raise csv.Error(msg)
        yield line.decode("utf-8", "surrogateescape")


def _without_mark(lines: Iterable[bytes]) -> Iterator[bytes]:
    for number, line in enumerate(lines):
        yield line if number else line.removeprefix(codecs.BOM_UTF8)


def _without_nul(key: str, text: str) -> str:
    if "\0" in text:  # which Python 3.10 cannot write to a CSV, and few programs read
        msg = f"{key!r} holds a NUL character; expected text"
        raise ValueError(msg)
    return text


def _holds_whole_characters(value: object) -> bool:
    try:
        return encodes(json.dumps(value, ensure_ascii=False))
    except RecursionError:  # nested nearly as deep as can be read
        return False


def encodes(text: str) -> bool:
    """Whether a UTF-8 file can hold *text*, which may have lone surrogates."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


_FORMULA = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")  # wide ones too: East Asian spreadsheets take them for the others


def guarded(cell: object) -> object:
    """*cell* as a CSV holds it: a text that a spreadsheet could take for a formula with an apostrophe before it, all else as it is.

    >>> [guarded(cell) for cell in ("=1+1", "'-d", "Kozak", "'tis", -1)]
    ["'=1+1", "''-d", 'Kozak', "'tis", -1]
    """
    return f"'{cell}" if isinstance(cell, str) and _FORMULA.match(cell) else cell


def unguarded(cell: str) -> str:
    """The text that `guarded` made *cell* of."""
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell
