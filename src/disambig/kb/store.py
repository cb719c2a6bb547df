"""The people store: people by id, and by name in whatever spelling.

A store is a file that `build` wrote, opened for reading only, so that processes can share it. A name is looked for in steps, each wider
than the one before, and no step is taken once a name has been found that fits well: as it is written or transliterated, turned round,
shortened, with initials or another form of the given name; in another grammatical case; with a typing error; in another alphabet. How well
each person found fits is then said by `names.best_agreement`.
"""

import json
import shutil
import sqlite3
import tempfile
import weakref
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple, NoReturn

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from disambig.errors import KnowledgeError
from disambig.kb.build import APPLICATION, FORM, Sourced, write
from disambig.kb.keys import close_keys, given_keys, respellings, respelt_keys, sound_keys, whole_key
from disambig.kb.packing import unpack
from disambig.kb.profiles import profile
from disambig.kb.sources import read_people
from disambig.names import Name, agree, base_forms, best_of, given_name_forms, parse, read, read_as, skeleton
from disambig.records import Match, Person, Profile, Rejected

SUFFIX = ".kb"  # of a store's file, which is told by its content where it has another
_MAGIC = b"SQLite format 3\0"
_HITS = 100  # people under one name's keys that are looked at, the best known first
_RESPELT = 400  # the same under its keys with a typing error, which are many: with 100, and 30 compared, 4 more of 1,600 are missed
_HEARD = 3_000  # the same under the sounds of a name in another alphabet, which many names share
_COMPARED = 40  # of those, how many are compared part by part: those whose names are most alike
_FEW = 6  # so many are compared anyway
_BEHIND = 25.0  # rapidfuzz token_set_ratio, 0 to 100: names that are so much less alike than the best are not compared
_MIN_SCORE = 0.3  # an agreement below it is no match; a contradicting given name leaves 0.2
_GIVEN_AT_BEST = 0.55  # what `names.agree` gives a given name alone at most
_FITS_WELL = 0.9  # an agreement from which on no typing error is looked for
_NEVER = 2.0  # a score that there is not
_CACHE = 16_384  # KiB of pages held in memory
_UNREADABLE = (sqlite3.Error, UnicodeDecodeError)  # SQLite's messages repeat damaged bytes, which need not be UTF-8


_SAME_SYMBOL = (
    "SELECT DISTINCT other.part FROM symbol JOIN symbol AS other USING (symbol) WHERE symbol.part = ? AND other.part <> ? "
    "ORDER BY other.part LIMIT 20"
)


class _Step(NamedTuple):
    """One step of a look-up: whom to compare, the score that makes the next step needless, and how else the name may be read."""

    numbers: list[int]
    enough: float
    readings: tuple[Name, ...] = ()


class KnowledgeBase:
    """The people that a mention can be.

    The order in which the people were given makes no difference to any answer.
    """

    def __init__(self, path: Path) -> None:
        """Open the store at *path*; raises KnowledgeError where it is none."""
        self.path = path
        self._file = _connect(path)
        weakref.finalize(self, self._file.close)
        self._has_symbols = bool(self._rows("SELECT 1 FROM symbol LIMIT 1"))
        self.find = lru_cache(maxsize=1 << 14)(self._find)
        self.profile = lru_cache(maxsize=1 << 14)(self._make_profile)
        self._person = lru_cache(maxsize=1 << 12)(self._read_person)

    @classmethod
    def open(cls, path: Path, *, reject: Callable[[Rejected], None]) -> "KnowledgeBase":
        """The store at *path*, or one made for the while of the people in a source file, of which *reject* is told the unusable records.

        Raises KnowledgeError.
        """
        try:
            with path.open("rb") as file:
                is_store = file.read(len(_MAGIC)) == _MAGIC
        except OSError:
            is_store = False  # the reader of sources says what is wrong
        if is_store or path.suffix == SUFFIX:
            return cls(path)
        return cls._of((Sourced(0, where, person) for where, person in read_people(path, reject=reject)), reject)

    @classmethod
    def of(cls, people: Iterable[Person]) -> "KnowledgeBase":
        """A store made for the while of *people*; of two with the same id the first counts."""
        return cls._of((Sourced(0, "", person) for person in people), lambda _: None)

    @classmethod
    def _of(cls, people: Iterable[Sourced], reject: Callable[[Rejected], None]) -> "KnowledgeBase":
        folder = Path(tempfile.mkdtemp(prefix="disambig-"))
        try:
            write(people, folder / "people.kb", reject=reject)
            made = cls(folder / "people.kb")
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise
        weakref.finalize(made, _clear, made._file, folder)
        return made

    def __reduce__(self) -> tuple[type["KnowledgeBase"], tuple[Path]]:
        """Travel to another process as a path; a store made for the while must outlive its copies."""
        return KnowledgeBase, (self.path,)

    def __len__(self) -> int:
        """How many people there are."""
        return int(self._rows("SELECT count(*) FROM person")[0][0])

    def __iter__(self) -> Iterator[Person]:
        """Every person, by id."""
        try:
            for row in self._file.execute("SELECT id, names, record FROM person ORDER BY id"):
                yield self._unpacked(*row)
        except _UNREADABLE as error:
            self._damaged(_said(error))

    def about(self) -> dict[str, object]:
        """What the store is: form, sources, counts."""
        rows = self._rows("SELECT name, value FROM meta ORDER BY name")
        try:
            values = {name: json.loads(value) for name, value in rows}
        except (ValueError, TypeError):
            self._damaged("what it says of itself cannot be read")
        return {"form": FORM, **values}

    def get(self, person_id: str) -> Person | None:
        """The person of that id, or None."""
        rows = self._rows("SELECT n FROM person WHERE id = ?", person_id)
        return self._person(rows[0][0]) if rows else None

    def bearers(self, part: str) -> int:
        """How many people have this folded part as a surname: how common the name is here."""
        rows = self._rows("SELECT CAST(bearers AS INTEGER) FROM part WHERE part = ?", skeleton(part))
        return int(rows[0][0] or 0) if rows else 0

    def is_full_name(self, text: str) -> bool:
        """Whether *text* is the full name of somebody here, as written or transliterated otherwise."""
        name = parse(text)
        return name.is_full and bool(self._rows("SELECT 1 FROM key WHERE key = ? LIMIT 1", whole_key(name)))

    def _find(self, text: str, limit: int) -> tuple[Match, ...]:
        """The up to *limit* people whose names fit the written name *text* best; of equals the more popular, then by id.

        Also available as `find`, which remembers its last answers.
        """
        name = parse(text)
        found: dict[int, tuple[float, str]] = {}  # the score, and what the name was read as
        for step in self._steps(name):
            for n, names in self._most_alike(name, [n for n in step.numbers if n not in found or step.readings]):
                otherwise = ((read_as(agree(other, known)).score, other.text) for other in step.readings for known in names)
                found[n] = max([found[n] if n in found else (best_of(name, names).score, ""), *otherwise])
            if max((score for score, _ in found.values()), default=0.0) >= step.enough or _is_full(found, limit, name):
                break
        ranked = sorted((-score, n, reading) for n, (score, reading) in found.items() if score >= _MIN_SCORE)
        return tuple(Match(self._person(n), -negative, reading) for negative, n, reading in ranked[:limit])

    def _steps(self, name: Name) -> Iterator[_Step]:
        """Numbers of people under the keys of *name*, and the score that makes the next step needless; see the head of this module."""
        if len(name.parts) == 1:
            yield from self._steps_of_one(name)
            yield _Step(self._under(sound_keys(name), _COMPARED), _NEVER)
            return
        forms = base_forms(name)
        yield _Step(self._under(close_keys(name)), _NEVER)
        yield _Step(self._under(given_keys(name)), _FITS_WELL)
        if forms:
            yield _Step(self._under(sorted({key for form in forms for key in (*close_keys(form), *given_keys(form))})), _FITS_WELL)
        if readings := self._readings(name):
            yield _Step(self._under(sorted({key for other in readings for key in close_keys(other)})), _FITS_WELL, readings)
        enough = (
            _MIN_SCORE if name.is_latin else _FITS_WELL
        )  # letters of other alphabets are too few to tell a misspelling from another name
        yield _Step(self._under(respelt_keys(name, {part: self._respelt(part) for part in name.parts}), _RESPELT), enough)
        yield _Step(self._under(sound_keys(name), _HITS if name.is_latin else _HEARD), _NEVER)

    def _steps_of_one(self, name: Name) -> Iterator[_Step]:
        """The same for a name of one part: those who bear it as a surname, in any case, then those of that given name."""
        part = name.parts[0]
        read = (part, *(form.parts[0] for form in base_forms(name)))
        for one in read:
            spelt = skeleton(one)
            yield _Step(self._under([f"o{spelt}", f"s{spelt}", f"w{spelt}"], _COMPARED), _NEVER)
        yield _Step(
            self._under(sorted({f"g{skeleton(form)}" for one in read for form in (one, *given_name_forms(one))}), _COMPARED), _MIN_SCORE
        )
        yield _Step(self._under([kind + other for kind in "gos" for other in self._respelt(part)], _COMPARED), _MIN_SCORE)

    def _readings(self, name: Name) -> tuple[Name, ...]:
        """The full *name* with another form of one of its given names, by what the extra `[names]` said when the store was built."""
        others = []
        for at, part in enumerate(name.parts if self._has_symbols else ()):
            if len(part) == 1 or part in name.family:
                continue
            for (other,) in self._rows(_SAME_SYMBOL, part, part):
                parts = (*name.parts[:at], str(other), *name.parts[at + 1 :])
                others.append(replace(name, text=" ".join(parts), parts=parts))
        return tuple(others)

    def _under(self, keys: Sequence[str], limit: int = _HITS) -> list[int]:
        """The numbers under any of *keys*, the lowest *limit* of them; no more than that is read of any key."""
        found: list[tuple[int]] = []
        for key in keys:
            found += self._rows("SELECT n FROM key WHERE key = ? ORDER BY n LIMIT ?", key, limit)
        return [n for (n,) in sorted(set(found))[:limit]]

    def _respelt(self, part: str) -> list[str]:
        """Skeletons of parts here that are one typing error away from *part*, sorted."""
        spelt = skeleton(part)
        left = sorted(respellings(part) | respellings(spelt))
        if not left:
            return []
        marks = ",".join("?" * len(left))
        rows = self._rows(f"SELECT DISTINCT part FROM respelling WHERE respelling IN ({marks})", *left)  # noqa: S608 (marks alone)
        parts = self._texts(other for (other,) in rows)
        near = {skeleton(other) for other in parts if _distance(part, other) == 1 or _distance(spelt, skeleton(other)) == 1}
        return sorted(near - {spelt})

    def _most_alike(self, name: Name, numbers: list[int]) -> list[tuple[int, list[Name]]]:
        """The people of these *numbers* with their names; of many those whose names have most in common with a full *name*."""
        query = f"SELECT n, names, parsed FROM person WHERE n IN ({','.join(map(str, numbers))}) ORDER BY n"  # noqa: S608 (numbers of ours)
        rows = self._rows(query) if numbers else []
        self._texts(text for _, *texts in rows for text in texts)
        if len(rows) > _FEW and len(name.parts) > 1:
            rows = [rows[at] for at in _nearest(name, [parsed for *_, parsed in rows])]
        return [(n, list(map(read, names.split("\n"), parsed.split("\n")))) for n, names, parsed in rows]

    def _make_profile(self, person_id: str) -> Profile:
        """What the features compare of a person's record, the names of related people among it; remembered as `profile`."""
        person = self.get(person_id)
        if person is None:
            return Profile()
        return profile(person, related=tuple(other.name for key in person.related if (other := self.get(key))))

    def _read_person(self, n: int) -> Person:
        rows = self._rows("SELECT id, names, record FROM person WHERE n = ?", n)
        if not rows:
            self._damaged("a record is missing")
        return self._unpacked(*rows[0])

    def _unpacked(self, person_id: str, names: str, record: str) -> Person:
        try:
            return unpack(person_id, names.split("\n"), record)
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            self._damaged("a record cannot be read")

    def _texts(self, values: Iterable[object]) -> list[str]:
        """*values*, which a sound file holds as texts."""
        texts: list[str] = []
        for value in values:
            if not isinstance(value, str):
                self._damaged("a name is not a text")
            texts.append(value)
        return texts

    def _rows(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        try:
            return self._file.execute(query, values).fetchall()
        except UnicodeEncodeError:
            return []  # half a character, as a command line may hold: nobody here has it
        except _UNREADABLE as error:
            self._damaged(_said(error))

    def _damaged(self, why: str) -> NoReturn:
        msg = f"{self.path}: the people store is damaged ({why}); build it again with `disambig kb build`"
        raise KnowledgeError(msg) from None


def _is_full(found: Mapping[int, tuple[float, str]], limit: int, name: Name) -> bool:
    """Whether *limit* people already fit a name of one part better than anybody who bears it as a given name can."""
    return len(name.parts) == 1 and len(found) >= limit and sum(score > _GIVEN_AT_BEST for score, _ in found.values()) >= limit


def _nearest(name: Name, parsed: Sequence[str]) -> Sequence[int]:
    """Which of the people with these parsed names, a line each, have one that is much like *name*, the most alike first."""
    text = " ".join(name.parts)
    best = process.extract(text, parsed, scorer=fuzz.token_set_ratio, processor=None, limit=_COMPARED)
    nearest = [at for _, likeness, at in best if likeness >= best[0][1] - _BEHIND]
    if name.is_latin:
        return nearest
    # names that sound alike have few letters in common, and a record in many alphabets has some of all
    lines = [(line, at) for at, names in enumerate(parsed) for line in names.split("\n")]
    best = process.extract(text, [line for line, _ in lines], scorer=fuzz.token_sort_ratio, processor=None, limit=_COMPARED)
    return list(dict.fromkeys((*nearest, *(lines[number][1] for *_, number in best))))


def _distance(one: str, other: str) -> int:
    """How many letters to put in, leave out, replace or swap with the next make one word the other; more than 1 counts as 2."""
    return OSA.distance(one, other, score_cutoff=1)


def _connect(path: Path) -> sqlite3.Connection:
    """The file, for reading only, when it is one of ours and of this version's form."""
    expected = "expected a file that `disambig kb build` wrote"
    if not path.is_file():
        msg = f"{path}: no such file; {expected}"
        raise KnowledgeError(msg)
    try:
        # immutable: nobody writes to a store, so no lock is needed, and it may lie where nothing can be written
        file = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False)
    except sqlite3.Error as error:
        msg = f"{path}: no people store ({error}); {expected}"
        raise KnowledgeError(msg) from None
    if refusal := _refusal(file, expected):
        file.close()
        msg = f"{path}: {refusal}"
        raise KnowledgeError(msg)
    return file


def _refusal(file: sqlite3.Connection, expected: str) -> str:
    """Why the file is not one to read; empty where it is."""
    try:
        ((application,), (form,)) = (file.execute(f"PRAGMA {name}").fetchone() for name in ("application_id", "user_version"))
        file.execute(f"PRAGMA cache_size=-{_CACHE}")
    except _UNREADABLE as error:
        return f"no people store ({_said(error)}); {expected}"
    if application != APPLICATION:
        return f"no people store but another kind of SQLite file; {expected}"
    if form != FORM:
        return f"a people store of form {form}; this version of disambig reads form {FORM}; build it again with `disambig kb build`"
    return ""


def _said(error: Exception) -> str:
    """What SQLite says, on one line also where it repeats damaged bytes."""
    return "".join(letter if letter.isprintable() else " " for letter in str(error))


def _clear(file: sqlite3.Connection, folder: Path) -> None:
    """Remove a store that was made for the while."""
    file.close()
    shutil.rmtree(folder, ignore_errors=True)
