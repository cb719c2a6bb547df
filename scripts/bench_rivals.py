"""What else one could look a name up with: rapidfuzz over all names, SQLite's trigrams, a dictionary of exact names.

All get the names as `names.fold` writes them, in plain Latin letters and lower case: without it none of them finds a name in another
script. A person has several names, so each is asked for more names than people are wanted.
"""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

import numpy as np
from rapidfuzz import fuzz, process

from disambig.names import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

NAMES_A_PERSON = 4  # names asked for, for each person wanted
_GRAM = 3
_TOGETHER = 64  # queries that `Fuzzy.find_all` scores at once: 64 rows of 4 bytes a name
_FOLDED_BATCH = 10_000

Named = tuple[str, str]
"""A person's id, and one of the names."""


class Exact:
    """People by exact name, case and diacritics aside: the floor."""

    def __init__(self, names: Iterable[Named]) -> None:
        """Keep *names*."""
        self._people: dict[str, list[str]] = {}
        for person, name in names:
            self._people.setdefault(fold(name), []).append(person)

    def find(self, text: str, limit: int) -> list[str]:
        """The people of exactly that name, in the order given."""
        return list(dict.fromkeys(self._people.get(fold(text), ())))[:limit]


class Fuzzy:
    """rapidfuzz over all names."""

    def __init__(self, names: Iterable[Named], scorer: Callable[..., float] = fuzz.WRatio) -> None:
        """Keep *names*, compared by *scorer*."""
        pairs = list(names)
        self._people = [person for person, _ in pairs]
        self._names = [fold(name) for _, name in pairs]
        self._scorer = scorer

    def find(self, text: str, limit: int) -> list[str]:
        """The people with the names of the highest scores."""
        found = process.extract(fold(text), self._names, scorer=self._scorer, limit=limit * NAMES_A_PERSON, processor=None)
        return list(dict.fromkeys(self._people[position] for _, _, position in found))[:limit]

    def find_all(self, texts: Sequence[str], limit: int) -> list[list[str]]:
        """`find` for many, on all cores: the same scores; of equal ones the first."""
        return [found for start in range(0, len(texts), _TOGETHER) for found in self._find_some(texts[start : start + _TOGETHER], limit)]

    def _find_some(self, texts: Sequence[str], limit: int) -> list[list[str]]:
        scores = process.cdist(list(map(fold, texts)), self._names, scorer=self._scorer, processor=None, dtype=np.float32, workers=-1)
        best = np.argsort(-scores, axis=1, kind="stable")[:, : limit * NAMES_A_PERSON]
        return [list(dict.fromkeys(self._people[position] for position in row))[:limit] for row in best]


class Trigrams:
    """A full-text table of SQLite (FTS5) with its trigram tokenizer: names that share any three letters, the best by BM25 first."""

    def __init__(self, names: Iterable[Named], path: str = ":memory:") -> None:
        """Fill the table with *names*."""
        self._db = sqlite3.connect(path)
        self._db.execute("CREATE VIRTUAL TABLE names USING fts5(person UNINDEXED, name, tokenize = 'trigram')")
        self._db.executemany("INSERT INTO names VALUES (?, ?)", ((person, fold(name)) for person, name in names))
        self._db.commit()

    def find(self, text: str, limit: int) -> list[str]:
        """The people with the names that rank best; nobody for less than three letters."""
        folded = fold(text)
        grams = dict.fromkeys(folded[start : start + _GRAM] for start in range(len(folded) - _GRAM + 1))
        if not grams:
            return []
        asked = " OR ".join(f'"{gram}"' for gram in grams)
        rows = self._db.execute("SELECT person FROM names WHERE names MATCH ? ORDER BY rank LIMIT ?", (asked, limit * NAMES_A_PERSON))
        return list(dict.fromkeys(person for (person,) in rows))[:limit]
