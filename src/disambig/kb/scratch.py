"""A temporary database on the disk, for what a reader must join, so that memory does not grow with the source."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from disambig.errors import KnowledgeError

_CACHE = 64 * 1024  # KiB of pages that SQLite may keep in memory; what is over goes to the disk


@contextmanager
def scratch(*statements: str) -> Iterator[sqlite3.Connection]:
    """A new database with the tables that *statements* make; it is gone when the block ends, also when the program dies in it.

    Raises KnowledgeError where the disk is full or cannot be written.
    """
    database = sqlite3.connect("", check_same_thread=False)  # an empty name: SQLite's own temporary file, never seen by name
    try:
        for setting in ("journal_mode = OFF", "synchronous = OFF", f"cache_size = -{_CACHE}"):
            database.execute(f"PRAGMA {setting}")
        for statement in statements:
            database.execute(statement)
        yield database
    except sqlite3.Error as error:
        msg = f"the temporary database cannot be used ({error}); make room on the disk, or name a folder with room in TMPDIR"
        raise KnowledgeError(msg) from error
    finally:
        database.close()
