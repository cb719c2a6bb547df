"""People -> one SQLite file in which `store` looks them up.

    meta       what the file is: version of its form, sources, counts, a digest of the records
    person     n, id, record (see `packing`); numbered by popularity, then id
    name       n, names (one a line), parsed (those names taken apart, see `names.written`): apart from the records, so that the names
               of many people lie on few pages
    key        key, see `keys` -> the numbers of the people under it, see `packing.numbers_in`
    respelling what is left of a word without one letter -> the words, which are parts and skeletons of parts, see `keys.respellings`
               and `packing`
    symbol     a part that is no initial -> what stands for that name, see `equivalents`; empty without the extra `[names]`

The file is written beside its place and moved there when it is whole. What has to be sorted is sorted by SQLite, on disk, so that memory
does not grow with the number of people; and the numbers do not depend on the order in which they come.
"""

import gc
import hashlib
import json
import os
import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from disambig.errors import KnowledgeError
from disambig.kb.equivalents import Symbols, symbols
from disambig.kb.files import Asked
from disambig.kb.keys import keys_of, respellings
from disambig.kb.packing import IS_PART, IS_SKELETON, READ_WHOLE, lowest, marked, merge, pack, unpack
from disambig.kb.sources import read_people
from disambig.names import given_names, parse, skeleton, written
from disambig.records import Person, Rejected

APPLICATION = 0x64736D62  # "dsmb", SQLite's application_id of our files
FORM = 3  # SQLite's user_version; raised whenever a file of before could not be read any more
_CACHE = 65_536  # KiB of pages held in memory
_ALIKE = 40  # parts that one symbol may stand for; one of more tells little
_PART = ".part"  # how the name of a file ends that is not whole yet
_LEFT = 3_600  # seconds without a change after which the file of a process that is gone is left over
_BATCH = 5_000  # rows handed to SQLite at a time
MOST = 3_000  # people held under one key, the best known of them: no look-up reads more

_GROUPED = (  # SQLite concatenates in any order
    "INSERT INTO key SELECT key, CASE WHEN count(*) > ? THEN lowest(group_concat(n)) ELSE group_concat(n) END FROM found_key GROUP BY key"
)
SCHEMA = """
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE person (n INTEGER PRIMARY KEY, id TEXT NOT NULL, record TEXT NOT NULL);
CREATE TABLE name (n INTEGER PRIMARY KEY, names TEXT NOT NULL, parsed TEXT NOT NULL);
CREATE TABLE key (key TEXT PRIMARY KEY, numbers TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE respelling (respelling TEXT PRIMARY KEY, words TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE symbol (part TEXT NOT NULL, symbol TEXT NOT NULL, PRIMARY KEY (part, symbol)) WITHOUT ROWID;
CREATE TEMP TABLE staged (
    id TEXT NOT NULL, source INTEGER NOT NULL, popularity REAL NOT NULL, names TEXT NOT NULL, record TEXT NOT NULL
);
CREATE UNIQUE INDEX temp.staged_id ON staged (id);
CREATE TEMP TABLE found_key (key TEXT NOT NULL, n INTEGER NOT NULL);
CREATE TEMP TABLE found_word (word TEXT NOT NULL, what INTEGER NOT NULL);
CREATE TEMP TABLE found_respelling (respelling TEXT NOT NULL, word TEXT NOT NULL);
"""

# What is counted when all is there. A record is compact JSON, in which a quotation mark before a colon ends a key, never a text.
_COUNTED = ("people", "names", "surnames", "born", "roles", "countries", "description", "popularity")
_COUNTS = """
SELECT
    count(*), (SELECT total(length(names) - length(replace(names, char(10), '')) + 1) FROM name),
    (SELECT count(*) FROM key WHERE key >= 's' AND key < 't'),
    total(instr(record, '"born":') > 0), total(instr(record, '"roles":') > 0), total(instr(record, '"countries":') > 0),
    total(instr(record, '"description":') > 0), total(instr(record, '"popularity":') > 0)
FROM person
"""


@dataclass(frozen=True, slots=True)
class Sourced:
    """A person as read: from which of the sources, and where in it."""

    source: int
    where: str
    person: Person


def build(
    sources: Sequence[Path],
    out: Path,
    asked: Asked,
    *,
    version: str = "",
    watch: Callable[[Iterator[Sourced]], Iterator[Sourced]] = lambda people: people,
) -> int:
    """Make a store of the people in *sources*, see `read_people`, and return how many they are; *watch* sees each of them go by.

    *version* is that of the program, to stand in the file. Raises KnowledgeError where a source cannot be read or *out* not be written;
    then *out* is as it was before.
    """
    people = (
        Sourced(number, where, person)
        for number, path in enumerate(sources)
        for where, person in read_people(path, reject=asked.reject, languages=asked.languages, note=asked.note)
    )
    about: dict[str, object] = {"sources": [path.name for path in sources], "version": version}
    told = symbols()
    if told is None:
        return write(watch(people), out, reject=asked.reject, about=about)
    symbols_of, package = told
    return write(watch(people), out, reject=asked.reject, about=about | {"names told alike by": package}, symbols_of=symbols_of)


def write(
    people: Iterable[Sourced],
    out: Path,
    *,
    reject: Callable[[Rejected], None],
    about: dict[str, object] | None = None,
    symbols_of: Symbols | None = None,
) -> int:
    """Write *people* to the file *out*, which is replaced when the new one is whole; returns how many they are.

    Records of one id out of several sources are merged; a second one out of the same source is told to *reject*. *about* goes into the
    file as it is; *symbols_of* says which parts of names are the same name. Raises KnowledgeError when the file cannot be written.
    """
    beside = out.with_name(f".{out.name}.{os.getpid()}{_PART}")
    try:
        with suppress(FileNotFoundError):
            beside.unlink()
        _clear_up(out)
        with closing(sqlite3.connect(beside, isolation_level=None)) as file, _uncollected():
            digest = _fill(file, people, reject)
            if symbols_of is not None:
                _say_which_are_alike(file, symbols_of)
                digest.update(b"with symbols")
            count = _finish(file, {**(about or {}), "sha256": digest.hexdigest()})
        beside.replace(out)
    except (sqlite3.Error, OSError) as error:
        said = error.strerror if isinstance(error, OSError) else error
        msg = f"{out}: cannot be written ({said}); expected a folder that can be written to, with room for some 1 kB a person"
        raise KnowledgeError(msg) from None
    finally:
        with suppress(OSError):
            beside.unlink()
    return count


@contextmanager
def _uncollected() -> Iterator[None]:
    """Without Python's search for objects that refer to each other in a circle: here are none, and it takes a tenth of a build's time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _clear_up(out: Path) -> None:
    """Remove what builds of *out* left that were killed: their processes are gone, and nobody has written to the file for a while.

    A process of another computer, or of another container, that shares the folder cannot be seen from here; hence the while.
    """
    before = time.time() - _LEFT
    for left in out.parent.iterdir():
        if left.name.startswith(f".{out.name}.") and left.name.endswith(_PART):
            process = left.name[len(out.name) + 2 : -len(_PART)]
            with suppress(OSError):
                if process.isdecimal() and left.stat().st_mtime < before and not _is_running(int(process)):
                    left.unlink()


def _is_running(process: int) -> bool:
    """Whether there is a process of that number; where the system does not tell without harm, as Windows, it counts as running."""
    if os.name != "posix":
        return True
    try:
        os.kill(process, 0)  # asks, and sends nothing
    except (ProcessLookupError, OverflowError):
        return False
    except PermissionError:
        pass
    return True


def _fill(file: sqlite3.Connection, people: Iterable[Sourced], reject: Callable[[Rejected], None]) -> "hashlib._Hash":
    """Write all people into the empty *file*; returns a digest of their records, whatever order they came in."""
    # nobody reads the file before it is whole, so it needs no journal
    for pragma in (f"cache_size=-{_CACHE}", "journal_mode=OFF", "synchronous=OFF", "temp_store=FILE", "locking_mode=EXCLUSIVE"):
        file.execute(f"PRAGMA {pragma}")
    file.execute(f"PRAGMA application_id={APPLICATION}")
    file.execute(f"PRAGMA user_version={FORM}")
    file.executescript(SCHEMA)
    file.execute("BEGIN")
    for sourced in people:
        _stage(file, sourced, reject)
    digest = _number(file)
    _index(file)
    return digest


def _finish(file: sqlite3.Connection, about: dict[str, object]) -> int:
    """Say in the file what it holds, and close it up; returns how many people they are."""
    counts = _counts(file)
    file.executemany("INSERT INTO meta VALUES (?, ?)", ((name, json.dumps(value)) for name, value in (about | counts).items()))
    file.execute("DROP TABLE found_word")
    file.execute("COMMIT")
    return int(str(counts["people"]))


def _counts(file: sqlite3.Connection) -> dict[str, object]:
    """How much the file holds."""
    return dict(zip(_COUNTED, map(int, file.execute(_COUNTS).fetchone()), strict=True))


def _stage(file: sqlite3.Connection, sourced: Sourced, reject: Callable[[Rejected], None]) -> None:
    person = sourced.person
    row = (person.id, sourced.source, person.popularity or 0.0, "\n".join(_names(person)), pack(person))
    try:
        file.execute("INSERT INTO staged VALUES (?, ?, ?, ?, ?)", row)
    except sqlite3.IntegrityError:
        source, names, record = file.execute("SELECT source, names, record FROM staged WHERE id = ?", (person.id,)).fetchone()
        if source == sourced.source:
            reject(Rejected(sourced.where, f"person {person.id!r} was already read; expected each 'id' once"))
            return
        merged = merge(unpack(person.id, names.split("\n"), record), person)
        file.execute(
            "UPDATE staged SET source = ?, popularity = ?, names = ?, record = ? WHERE id = ?",
            (sourced.source, merged.popularity or 0.0, "\n".join(_names(merged)), pack(merged), person.id),
        )


def _names(person: Person) -> Iterable[str]:
    """The names, each on one line and once."""
    return dict.fromkeys(" ".join(name.split()) for name in person.names)


def _number(file: sqlite3.Connection) -> "hashlib._Hash":
    """Move the staged people to their table, the best known first, and stage their keys; returns a digest of their records."""
    digest = hashlib.sha256(f"{FORM}\n".encode())
    ordered = file.execute("SELECT id, names, record FROM staged ORDER BY popularity DESC, id")
    n = 0
    while rows := ordered.fetchmany(_BATCH):
        digest.update(json.dumps(rows).encode())
        parsed = [[parse(name) for name in names.split("\n")] for _, names, _ in rows]
        file.executemany(
            "INSERT INTO person VALUES (?, ?, ?)", ((at, person_id, record) for at, (person_id, _, record) in enumerate(rows, start=n))
        )
        file.executemany(
            "INSERT INTO name VALUES (?, ?, ?)",
            (
                (at, names, "\n".join(map(written, apart)))
                for at, ((_, names, _), apart) in enumerate(zip(rows, parsed, strict=True), start=n)
            ),
        )
        file.executemany(
            "INSERT INTO found_key VALUES (?, ?)", ((key, at) for at, names in enumerate(parsed, start=n) for key in keys_of(names))
        )
        parts = {part for names in parsed for name in names for part in name.parts}
        file.executemany("INSERT INTO found_word VALUES (?, ?)", ((part, IS_PART) for part in parts))
        file.executemany("INSERT INTO found_word VALUES (?, ?)", ((spelt, IS_SKELETON) for spelt in set(map(skeleton, parts))))
        n += len(rows)
    file.execute("DROP TABLE staged")
    file.execute("CREATE UNIQUE INDEX person_id ON person (id)")
    return digest


def _index(file: sqlite3.Connection) -> None:
    """Sort the staged keys into their table, and respell the parts of names."""
    file.create_function("lowest", 1, lambda numbers: lowest(numbers, MOST), deterministic=True)
    file.execute(_GROUPED, (READ_WHOLE,))
    file.execute("DROP TABLE found_key")
    words = file.execute("SELECT word, sum(DISTINCT what) FROM found_word GROUP BY word")
    while rows := words.fetchmany(_BATCH):
        file.executemany(
            "INSERT INTO found_respelling VALUES (?, ?)", ((left, marked(word, what)) for word, what in rows for left in respellings(word))
        )
    file.execute("INSERT INTO respelling SELECT respelling, group_concat(word, char(10)) FROM found_respelling GROUP BY respelling")
    file.execute("DROP TABLE found_respelling")


def _say_which_are_alike(file: sqlite3.Connection, symbols_of: Symbols) -> None:
    """The symbols of the parts of names here and of all given names known, those that several of them share but not too many."""
    parts = {part for (part,) in file.execute("SELECT DISTINCT word FROM found_word WHERE what = ? AND length(word) > 1", (IS_PART,))}
    rows = ((part, symbol) for part in sorted(parts.union(given_names())) for symbol in sorted(symbols_of(part)))
    file.executemany("INSERT INTO symbol VALUES (?, ?)", rows)
    shared = "SELECT symbol FROM symbol GROUP BY symbol HAVING count(*) BETWEEN 2 AND ?"
    file.execute(f"DELETE FROM symbol WHERE symbol NOT IN ({shared})", (_ALIKE,))  # noqa: S608 (no value in it)
    file.execute("CREATE INDEX symbol_part ON symbol (symbol, part)")
