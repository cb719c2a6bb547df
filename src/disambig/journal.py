"""Append-only logs with a journal of the articles that are whole in them, from which a run that was killed goes on.

For each article something is added to each log, and then one line to the journal: which article it was, and for each log its length and the
CRC-32 of all its bytes up to there. What stands in a log after the last line of the journal that holds true of every log is of an article
that was not finished, and is cut off. So nothing has to be forced onto the disk while a run goes on: whatever order a disk wrote things in,
a run goes on after the last article that is whole.
"""

import io
import json
import os
import zlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

_FORM = 1  # of the journal's lines; raised whenever one of before could not be gone on from
_COMPLETE = {"complete": True}


class Mark(NamedTuple):
    """How far a log reached: its length in bytes, and the CRC-32 of all of them."""

    length: int = 0
    crc: int = 0


@dataclass(frozen=True, slots=True)
class Entry:
    """One article that is finished, and how far each log reached with it."""

    article: str  # its id
    digest: str  # of all that it holds
    marks: tuple[Mark, ...]
    refused: str = ""  # why it was left out after all


class Log(io.BufferedIOBase):
    """One append-only file. What is written before it is opened, such as the header of a CSV, a file that is gone on with has already."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.mark = Mark()
        self._file: BinaryIO = io.BytesIO()
        self.text = io.TextIOWrapper(self, encoding="utf-8", newline="")  # to write to

    def create(self) -> None:
        """Begin the file anew."""
        self.text.flush()
        before = self._file
        assert isinstance(before, io.BytesIO)
        self._file = self.path.open("wb")
        self._file.write(before.getvalue())

    def go_on(self, mark: Mark) -> None:
        """Cut the file off at *mark* and append to it."""
        self.text.flush()
        self._file = self.path.open("r+b")
        self._file.truncate(mark.length)
        self._file.seek(mark.length)
        self.mark = mark

    def write(self, data: Any) -> int:  # noqa: ANN401 -- bytes, in the words of the class above
        """Append *data*."""
        self._file.write(data)
        self.mark = Mark(self.mark.length + len(data), zlib.crc32(data, self.mark.crc))
        return len(data)

    def settle(self, *, on_disk: bool = False) -> None:
        """Hand everything to the system; with *on_disk* wait until the disk has it."""
        self.text.flush()
        self._file.flush()
        if on_disk:
            os.fsync(self._file.fileno())

    def close(self) -> None:
        """Close the file, whether or not it can still be written."""
        super().close()
        with suppress(OSError):
            self._file.close()

    def writable(self) -> bool:
        """As the class above asks."""
        return True

    @property
    def name(self) -> str:
        """As `text` asks."""
        return self.path.name


class Journal:
    """Which articles are whole in the logs at *paths*."""

    def __init__(self, path: Path, paths: Sequence[Path]) -> None:
        self.path = path
        self.finished = 0  # articles
        self._paths = paths
        self._file: BinaryIO | None = None

    def header(self) -> dict[str, object] | None:
        """What made the run whose journal is there; None where there is none that can be read."""
        head = next(self._lines(), None)
        if not isinstance(head, dict) or head.get("form") != _FORM or head.get("logs") != self._names():
            return None
        made_by = head.get("made by")
        return made_by if isinstance(made_by, dict) else None

    def is_complete(self) -> bool:
        """Whether the run had written everything, and was about to move its files to their places."""
        return any(line == _COMPLETE for line in self._lines())

    def count(self) -> int:
        """How many articles the journal says are finished."""
        return sum(1 for _ in self.entries())

    def entries(self) -> Iterator[Entry]:
        """The finished articles, in their order; ends at a line that cannot be read."""
        for line in islice(self._lines(), 1, None):
            try:
                marks = tuple(Mark(int(length), int(crc)) for length, crc in line["marks"])
                entry = Entry(str(line["article"]), str(line["sha256"]), marks, str(line.get("refused", "")))
            except (ValueError, KeyError, TypeError):
                return
            if len(marks) != len(self._paths):
                return
            yield entry

    def start(self, made_by: Mapping[str, object]) -> None:
        """Begin a journal."""
        self._file = self.path.open("wb")
        self._write({"form": _FORM, "logs": self._names(), "made by": made_by})

    def whole(self) -> tuple[Mark, ...]:
        """How far each log holds what the journal says; sets `finished`, and cuts the journal off there.

        Empty where no article is whole.
        """
        found: tuple[Mark, ...] = ()
        self.finished = 0
        with ExitStack() as stack:
            files = [stack.enter_context(path.open("rb")) for path in self._paths]
            before = tuple(Mark() for _ in files)
            for entry in self.entries():
                if not all(map(_holds, files, before, entry.marks)):
                    break
                found = before = entry.marks
                self.finished += 1
        if found:
            self._go_on()
        return found

    def add(self, entry: Entry) -> None:
        """Write down that one more article is finished."""
        written: dict[str, object] = {"article": entry.article, "sha256": entry.digest, "marks": entry.marks}
        self._write({**written, "refused": entry.refused} if entry.refused else written)
        self.finished += 1

    def complete(self) -> None:
        """Write down that nothing is left to write, and wait until the disk has it."""
        self._write(_COMPLETE)
        assert self._file is not None
        os.fsync(self._file.fileno())

    def is_there(self) -> bool:
        """Whether the journal still stands where it was begun; a folder may be taken away while a run goes on."""
        return self._file is not None and os.fstat(self._file.fileno()).st_nlink > 0

    def close(self) -> None:
        """Close the file."""
        if self._file is not None:
            with suppress(OSError):
                self._file.close()

    def _go_on(self) -> None:
        """Append to the journal after its header and `finished` lines."""
        self._file = self.path.open("r+b")
        for _ in range(1 + self.finished):
            self._file.readline()
        self._file.truncate(self._file.tell())

    def _lines(self) -> Iterator[Any]:
        """The lines, parsed, up to one that was not written to its end."""
        try:
            file = self.path.open("rb")
        except OSError:
            return
        with file, suppress(ValueError):
            yield from map(json.loads, file)

    def _names(self) -> list[str]:
        return [path.name for path in self._paths]

    def _write(self, line: Mapping[str, object]) -> None:
        assert self._file is not None
        self._file.write(json.dumps(line).encode() + b"\n")
        self._file.flush()


def _holds(file: BinaryIO, before: Mark, mark: Mark) -> bool:
    """Whether the next bytes of *file*, which was read up to *before*, are those that *mark* vouches for."""
    length = mark.length - before.length
    if not 0 <= length <= os.fstat(file.fileno()).st_size:
        return False
    data = file.read(length)
    return len(data) == length and zlib.crc32(data, before.crc) == mark.crc
