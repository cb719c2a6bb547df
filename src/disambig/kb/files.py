"""Files of people: whether they are packed and in which format, both told from their content and never from their name."""

import bz2
import codecs
import gzip
import io
import json
import re
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import IO

from disambig.errors import KnowledgeError, shown
from disambig.records import Rejected
from disambig.rows import LONGEST_LINE, bounded_lines

EXPECTED = "people as JSON Lines or CSV, FollowTheMoney, Popolo or Wikidata JSON, plain or packed as .gz or .bz2"
_BUFFER = 1 << 18  # bytes that are unpacked at a time
_LOOKED_AT = 20  # lines from which the format is told; a source whose first lines are all broken is none
_MAGIC = {
    b"\x1f\x8b": "gzip",
    b"BZh": "bzip2",
}
_FOREIGN = {
    b"PK\x03\x04": "a zip archive; unpack it first",
    b"\xfd7zXZ": "packed with xz; unpack it first",
    b"\x28\xb5\x2f\xfd": "packed with zstd; unpack it first",
    b"SQLite format 3\x00": "an SQLite database",
    b"\xff\xfe": "UTF-16 text; save the file as UTF-8",
    b"\xfe\xff": "UTF-16 text; save the file as UTF-8",
}
# A pretty-printed document: its first line opens the object, and perhaps names its first key.
_DOCUMENT = re.compile(rb'\{\s*(?:"[^"]*"\s*:\s*[\[{]?)?')
_WIKIDATA_TYPES = frozenset({"item", "property", "lexeme", "mediainfo"})


class Format(str, Enum):
    """The formats that are read, in the words of the messages."""

    JSON_LINES = "JSON Lines"
    CSV = "CSV"
    FTM = "FollowTheMoney"
    POPOLO = "Popolo"
    WIKIDATA = "Wikidata JSON"


@dataclass(frozen=True, slots=True)
class Asked:
    """What the caller of `read_people` asked for: whom to tell what, and which languages."""

    reject: Callable[[Rejected], None]
    note: Callable[[str], None]  # takes one line about the whole source
    languages: tuple[str, ...]  # language codes, the best first


@dataclass(frozen=True, slots=True)
class Source:
    """A file of people; it may be read several times."""

    path: Path
    packing: str  # "gzip", "bzip2", or empty: plain

    def lines(self) -> Iterator[bytes]:
        """Its lines, unpacked, without the mark that some programs put before UTF-8; a KnowledgeError where a packed file is damaged."""
        number = 0
        try:
            with self._opened() as file:
                for number, line in enumerate(bounded_lines(file), start=1):
                    yield line if number > 1 else line.removeprefix(codecs.BOM_UTF8)
        except (EOFError, zlib.error, OSError) as error:
            raise self._damaged(error, f"after line {number}") from None

    def whole(self, limit: int) -> bytes:
        """All of it, unpacked, or the first *limit* + 1 bytes. Raises as `lines` does."""
        try:
            with self._opened() as file:
                return file.read(limit + 1).removeprefix(codecs.BOM_UTF8)
        except (EOFError, zlib.error, OSError) as error:
            raise self._damaged(error, "before its end") from None

    def beginning(self) -> Iterator[bytes]:
        """Its first lines that are not blank, each cut off where it is very long."""
        try:
            with self._opened() as file:
                for number in range(_LOOKED_AT):
                    line = file.readline(LONGEST_LINE)
                    yield line if number else line.removeprefix(codecs.BOM_UTF8)
        except (EOFError, zlib.error, OSError) as error:
            raise self._damaged(error, "in its first lines") from None

    def _opened(self) -> IO[bytes]:
        if self.packing == "gzip":
            return io.BufferedReader(gzip.GzipFile(self.path), _BUFFER)
        if self.packing == "bzip2":
            return io.BufferedReader(bz2.BZ2File(self.path), _BUFFER)
        return self.path.open("rb", buffering=_BUFFER)

    def _damaged(self, error: Exception, place: str) -> KnowledgeError:
        if self.packing:
            return KnowledgeError(f"{self.path}: the {self.packing} file is damaged or incomplete ({error}) {place}; fetch it again")
        return KnowledgeError(f"{self.path}: {error} {place}; expected a file that can be read to its end")


def source_at(path: Path) -> Source:
    """The file at *path*. Raises KnowledgeError where there is none, or one of a kind that nobody reads here."""
    try:
        with path.open("rb") as file:
            first = file.read(max(map(len, _FOREIGN)))
    except OSError as error:
        msg = f"{path}: {error.strerror}; expected a file of {EXPECTED}"
        raise KnowledgeError(msg) from None
    for magic, kind in _FOREIGN.items():
        if first.startswith(magic):
            msg = f"{path}: the file is {kind}; expected {EXPECTED}"
            raise KnowledgeError(msg)
    return Source(path, next((packing for magic, packing in _MAGIC.items() if first.startswith(magic)), ""))


def recognise(source: Source) -> Format:
    """The format of *source*, told from its first lines. Raises KnowledgeError where it is empty or in none that is known."""
    first, found, in_array = b"", None, False
    for line in source.beginning():
        written = line.strip()
        if not written:
            continue
        if not first and _names_columns(written):
            return Format.CSV
        if not first and _DOCUMENT.fullmatch(written):
            return Format.POPOLO
        first = first or written
        in_array = in_array or written.startswith(b"[")
        kind = _format_of(written.lstrip(b"[").rstrip(b",]") if in_array else written)
        if kind not in {None, Format.JSON_LINES}:
            return kind
        found = found or kind
    return _settled(source, first, None if in_array else found)


def _settled(source: Source, first: bytes, found: Format | None) -> Format:
    """The format where no line is one of a foreign format: ours if there was any object, else a CSV with other columns."""
    if not first:
        msg = f"{source.path}: no usable record of a person; the file is empty"
        raise KnowledgeError(msg)
    if found is not None:
        return found
    if first.startswith(b"{"):
        return Format.JSON_LINES
    if b"," in first and not first.startswith((b"[", b"<")):
        return Format.CSV
    begins = shown(first[:100].decode("utf-8", "replace"))
    msg = f"{source.path}: the file begins with {begins}; expected {EXPECTED}"
    raise KnowledgeError(msg)


def _names_columns(line: bytes) -> bool:
    cells = {cell.strip(b" \t\"'") for cell in line.split(b",")}
    return line[:1] not in {b"{", b"["} and len(cells) > 1 and bool(cells & {b"id", b"name"})


def _format_of(line: bytes) -> Format | None:
    """The format that a line is one of, ours where it is an object of another kind, None where it is no object at all."""
    if not line.startswith(b"{"):
        return None
    if len(line) >= LONGEST_LINE:
        return Format.POPOLO if b'"persons"' in line else None
    try:
        value = json.loads(line)
    except (ValueError, RecursionError):
        return None
    if isinstance(value.get("persons"), list):
        return Format.POPOLO
    if isinstance(value.get("schema"), str) and "properties" in value and "name" not in value:
        return Format.FTM
    if isinstance(value.get("type"), str) and value["type"] in _WIKIDATA_TYPES and {"labels", "claims", "lemmas"} & value.keys():
        return Format.WIKIDATA
    return Format.JSON_LINES
