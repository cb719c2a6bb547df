"""The people store: people by id, and by name in whatever spelling.

A store is a file that `build` wrote, opened for reading only, so that processes can share it. A name is looked for in steps, each wider
than the one before, and no step is taken once a name has been found that fits well: as it is written or transliterated, turned round,
shortened, with initials or another form of the given name; in another grammatical case; with a typing error; in another alphabet; and,
where it is asked for, with one sound misheard. How well each person found fits is then said by `names.best_agreement`.
"""

import json
import re
import shutil
import sqlite3
import sys
import tempfile
import weakref
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import replace
from functools import cached_property, lru_cache
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple, NoReturn

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from disambig.errors import KnowledgeError, shown
from disambig.kb.build import APPLICATION, FORM, MOST, SCHEMA, Sourced, write
from disambig.kb.keys import (
    beginnings,
    close_keys,
    given_keys,
    near_sound_keys,
    part_keys,
    respellings,
    respelt_keys,
    sound_keys,
    whole_key,
)
from disambig.kb.packing import READ_WHOLE, numbers_in, parts_and_skeletons, unpack
from disambig.kb.profiles import profile
from disambig.kb.sources import read_people
from disambig.names import (
    Name,
    agree,
    base_forms,
    best_of,
    given_name_forms,
    is_another,
    parse,
    read,
    read_aloud,
    read_as,
    score_of_bare,
    skeleton,
    written,
)
from disambig.records import Match, Person, Profile, Rejected

SUFFIX = ".kb"  # of a store's file, which is told by its content where it has another
_MAGIC = b"SQLite format 3\0"
_HITS = 100  # people under one name's keys that are looked at, the best known first
_RESPELT = 400  # the same under its keys with a typing error, which are many: with 100, and 30 compared, 4 more of 1,600 are missed
_HEARD = MOST  # the same under the sounds of a name in another alphabet, which many names share
_NEAR = 600  # the same of those who sound nearly as the name does
_WIDELY = 1_000  # the same under any keys, asked widely: a full name of common parts shares each pair of them with hundreds
_COMPARED = READ_WHOLE  # of those, how many are compared part by part: those whose names are most alike
_COMPARED_WIDELY = 100  # the same, asked widely
_FEW = 6  # so many are compared anyway
_BEHIND = 25.0  # rapidfuzz token_set_ratio, 0 to 100: names that are so much less alike than the best are not compared
_MIN_SCORE = 0.3  # a score below it is no agreement; a contradicting given name leaves 0.2
_RESEMBLES = 0.25  # the score of a name that does not agree, times how alike the letters are
_GIVEN_AT_BEST = 0.55  # what `names.agree` gives a given name alone at most
_FITS_WELL = 0.9  # an agreement from which on no typing error is looked for
_REMEMBERED = 1 << 11  # people read last that are held in memory
_ANSWERS = 1 << 10  # names looked for last whose answers are held in memory, up to 40 people each
_TOGETHER = 256  # values that one statement asks for; some builds of SQLite take no more than 999
_NEVER = 2.0  # a score that there is not
_CACHE = 4_096  # KiB of pages held in memory; those of a file that is read often the operating system holds too
_LONGEST = 1 << 26  # bytes of one value; whatever a damaged file says, no more is read
_OUTLINE = str.maketrans("pvfgqcxzjdr", "bbbkkkssstl", "aeiouyhw \t,-0123456789")  # letters as their classes of sound
_INDEX = re.compile(r"CREATE (?:UNIQUE )?INDEX \w+ ON \w+ \(\w+(?:, \w+)*\)")
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


class _Compared:
    """A name that is looked for, compared with the names of one person after another; namesakes are many, and are compared once."""

    def __init__(self, name: Name, readings: tuple[Name, ...]) -> None:
        self._name, self._readings = name, readings
        self._written = written(name)
        plain = name.is_latin and not readings
        self._may_be_another = plain and name.is_full
        self._bare = name.parts[0] if plain and len(name.parts) == 1 and not name.suffix else ""
        self._known: dict[str, tuple[float, str]] = {}

    def with_names(self, names: str, parsed: str) -> tuple[float, str]:
        """The score of the best of the *names*, a line each, and what the name was read as for it."""
        found = self._known.get(names)
        if found is None:
            found = self._known[names] = self._with(names, parsed.split("\n"))
        return found

    def _with(self, names: str, lines: list[str]) -> tuple[float, str]:
        if self._written in lines:
            return 1.0, ""
        if self._bare and (score := score_of_bare(self._bare, lines)) is not None:
            return score, ""
        if self._may_be_another and all("\t" not in line and is_another(self._name, line.split(" ")) for line in lines):
            return 0.0, ""
        known = list(map(read, names.split("\n"), lines))
        otherwise = ((read_as(agree(other, one)).score, other.text) for other in self._readings for one in known)
        return max([(best_of(self._name, known).score, ""), *otherwise])


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
        self.find = lru_cache(maxsize=_ANSWERS)(self._find)
        self._read: dict[int, Person] = {}  # the people read last, by their numbers
        self._profiles: dict[str, Profile] = {}  # of the people compared last, by their ids

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
            for row in self._file.execute("SELECT id, names, record FROM person JOIN name USING (n) ORDER BY id"):
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

    @cached_property
    def usual_popularity(self) -> float:
        """What a quarter of those have or more whose popularity is recorded, more than 0: in whatever it is counted, it is not little."""
        recorded = self.about().get("popularity", 0)
        if not isinstance(recorded, int):
            self._damaged("what it says of itself cannot be read")
        quartile = self._people([recorded // 4])[0].popularity if recorded else None  # people are numbered by it, the best known first
        return quartile if quartile and quartile > 0 else 1.0

    def get(self, person_id: str) -> Person | None:
        """The person of that id, or None."""
        rows = self._rows("SELECT n FROM person WHERE id = ?", person_id)
        return self._people([rows[0][0]])[0] if rows else None

    def is_full_name(self, text: str) -> bool:
        """Whether *text* is the full name of somebody here, as written, transliterated otherwise, or in another grammatical case."""
        name = parse(text)
        forms = [form for form in (name, *base_forms(name)) if form.is_full]
        return any(self._rows("SELECT 1 FROM key WHERE key = ? LIMIT 1", whole_key(form)) for form in forms)

    def is_surname(self, text: str) -> bool:
        """Whether *text*, a single word, sounds as a surname here does, as it is or in another grammatical case."""
        name = parse(text)
        parts = {form.parts[0] for form in (name, *base_forms(name)) if len(form.parts) == 1}
        return bool(self._rows_in("SELECT 1 FROM key WHERE key", sorted(f"s{skeleton(part)}" for part in parts)))

    def profile(self, person: Person) -> Profile:
        """What the features compare of the record of a *person* of this store, the names of related people among it."""
        found = self._profiles.get(person.id)
        if found is None:
            if len(self._profiles) >= _REMEMBERED:
                self._profiles.clear()
            related = tuple(other.name for key in person.related if (other := self.get(key)))
            found = self._profiles[person.id] = profile(person, related=related)
        return found

    def _find(self, text: str, limit: int, *, widely: bool = False) -> tuple[Match, ...]:
        """The up to *limit* people whose names fit the written name *text* best; of equals the more popular, then by id.

        Asked *widely*, a name in another alphabet is looked for with one sound misheard too, and those come behind whose names do not agree
        but are most like it, with scores below 0.3: another given name with a surname may be a form of it that no list has, a maiden name,
        or somebody else. Also available as `find`, which remembers its last answers.
        """
        name = parse(text)
        found: dict[int, tuple[float, str]] = {}  # the score, and what the name was read as
        best = 0.0
        for step in self._steps(name, limit, widely=widely):
            if numbers := [n for n in step.numbers if n not in found or step.readings]:
                compared = _Compared(name, step.readings)
                for n, names, parsed in self._most_alike(name, numbers, _COMPARED_WIDELY if widely else _COMPARED):
                    found[n] = max(found.get(n, (0.0, "")), self._compared(compared, names, parsed))
                best = max(score for score, _ in found.values())
            if best >= step.enough or _is_full(found, limit, name):
                break
        ranked = sorted((-score, n, reading) for n, (score, reading) in found.items() if score >= _MIN_SCORE)[:limit]
        if widely and len(ranked) < limit:
            others = {n for n in (*found, *self._with_a_part(name)) if n not in found or found[n][0] < _MIN_SCORE}
            ranked += self._resembling(name, others, limit - len(ranked))
        people = self._people([n for _, n, _ in ranked])
        return tuple(Match(person, -negative, reading) for person, (negative, _, reading) in zip(people, ranked, strict=True))

    def _compared(self, name: _Compared, names: str, parsed: str) -> tuple[float, str]:
        """How well the *names* of somebody fit, see `_Compared.with_names`."""
        try:
            return name.with_names(names, parsed)
        except ValueError:
            self._damaged("a parsed name cannot be read")

    def _with_a_part(self, name: Name) -> list[int]:
        """The numbers of people who have a part of *name*, as it is or misspelt, or whose surname begins as the name's does."""
        if len(name.parts) > 1:
            near = [kind + spelt for part in name.parts if len(part) > 1 for spelt in self._respelt(part) for kind in "gs"]
            begun = [key for beginning in beginnings(name.family[-1]) for key in self._keys_beginning("s" + beginning)]
            return sorted({*self._under([*part_keys(name), *near], _WIDELY), *self._under(begun, _WIDELY)})
        found: set[int] = set()
        for beginning in beginnings(name.parts[0]):
            for kind in "gos":
                found.update(self._under(self._keys_beginning(kind + beginning), _COMPARED))
        return sorted(found)

    def _keys_beginning(self, beginning: str) -> list[str]:
        """The first few of the keys here that begin so."""
        rows = self._rows("SELECT key FROM key WHERE key >= ? AND key < ? LIMIT ?", beginning, f"{beginning}~", _COMPARED)
        return [key for (key,) in rows]

    def _resembling(self, name: Name, numbers: Iterable[int], limit: int) -> list[tuple[float, int, str]]:
        """Of the people of these *numbers*, whose names do not agree with *name*, the *limit* most like it, as `_find` ranks them."""
        rows = sorted(self._rows_in("SELECT n, parsed FROM name WHERE n", sorted(numbers)))
        lines = [(line, n) for n, parsed in rows for line in self._texts((parsed,))[0].split("\n")]
        ratios: dict[int, float] = {}
        for form in (name, *read_aloud(name.text)):
            text = " ".join(form.parts)
            for line, n in lines:  # the second for those who have a part the same, however long the names are
                ratio = (fuzz.token_sort_ratio(text, line) + fuzz.token_set_ratio(text, line)) / 2
                ratios[n] = max(ratios.get(n, 0.0), ratio)
        return sorted((-_RESEMBLES * ratio / 100, n, "") for n, ratio in ratios.items())[:limit]

    def _steps(self, name: Name, limit: int, *, widely: bool) -> Iterator[_Step]:
        """Numbers of people under the keys of *name*, and the score that makes the next step needless; see the head of this module.

        Asked *widely*, all steps are taken for a name in another alphabet, and one more, which takes as long as the rest: of 494 inflected
        Russian and Ukrainian names of which people have the Latin form alone it finds 3 in 100.
        """
        enough = _NEVER if widely and not name.is_latin else _FITS_WELL  # too many ways to spell it to stop at the first who fits
        hits, respelt_hits = (_WIDELY, _WIDELY) if widely else (_HITS, _RESPELT)
        if len(name.parts) == 1:
            yield from self._steps_of_one(name, max(limit, _COMPARED), widely=widely)
            if forms := read_aloud(name.text):
                yield _Step(self._under(sorted({key for form in forms for key in close_keys(form)}), _HEARD), enough)
            yield _Step(self._under(sound_keys(name), _HEARD if forms else _COMPARED), enough)
            if widely:
                yield _Step(self._under(near_sound_keys(name), _NEAR), _NEVER)
            return
        forms = base_forms(name)
        yield _Step(self._under(close_keys(name), hits), _NEVER)
        yield _Step(self._under(given_keys(name), hits), enough)
        if forms:
            yield _Step(self._under(sorted({key for form in forms for key in (*close_keys(form), *given_keys(form))})), enough)
        if readings := self._readings(name):
            yield _Step(self._under(sorted({key for other in readings for key in close_keys(other)})), enough, readings)
        respelt = {part: self._respelt(part) for part in name.parts}
        yield _Step(self._under(respelt_keys(name, respelt), respelt_hits), _MIN_SCORE if name.is_latin else enough)
        yield _Step(self._under(sound_keys(name), hits if name.is_latin else _HEARD), enough)
        if widely and not name.is_latin:
            yield _Step(self._under(near_sound_keys(name), _NEAR), _NEVER)

    def _steps_of_one(self, name: Name, hits: int, *, widely: bool) -> Iterator[_Step]:
        """The same for a name of one part: those who bear it as a surname, in any case, then those of that given name; *hits* of each."""
        part = name.parts[0]
        if name.is_regnal:
            numbered = (whole_key(replace(name, parts=(form,))) for form in (part, *given_name_forms(part)))
            yield _Step(self._under(sorted(numbered)), _FITS_WELL)
        enough = _NEVER if widely and not name.is_latin else _MIN_SCORE
        read = (part, *(form.parts[0] for form in base_forms(name) if len(form.parts) == 1))
        for one in read:
            spelt = skeleton(one)
            yield _Step(self._under([f"o{spelt}", f"s{spelt}", f"w{spelt}"], hits), _NEVER)
        yield _Step(self._under([f"g{skeleton(one)}" for one in read], hits), _NEVER)
        given = sorted({f"g{skeleton(form)}" for one in read for form in given_name_forms(one)})
        yield _Step(self._under(given, hits), enough)
        yield _Step(self._under([kind + other for kind in "gos" for other in self._respelt(part)], hits), enough)

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
        """The numbers under any of *keys*, the lowest *limit* of them."""
        numbers: set[int] = set()
        try:
            for (text,) in self._rows_in("SELECT numbers FROM key WHERE key", keys):
                numbers.update(numbers_in(text, limit))
        except (ValueError, TypeError, AttributeError):
            self._damaged("the numbers under a key cannot be read")
        return sorted(numbers)[:limit]

    def _respelt(self, part: str) -> list[str]:
        """Skeletons of parts here that are one typing error away from *part*, sorted."""
        spelt = skeleton(part)
        left = sorted(respellings(part) | respellings(spelt))
        packed = self._rows_in("SELECT words FROM respelling WHERE respelling", left)
        parts, skeletons = parts_and_skeletons(self._texts(words for (words,) in packed))
        near = {*map(skeleton, _one_error_away(part, parts)), *_one_error_away(spelt, skeletons)}
        return sorted(near - {spelt})

    def _most_alike(self, name: Name, numbers: list[int], most: int) -> list[tuple[int, str, str]]:
        """The people of these *numbers* with their names and these parsed, a line each; of many the *most* that are like a full *name*."""
        rows = sorted(self._rows_in("SELECT n, names, parsed FROM name WHERE n", numbers))
        if rows:
            _, *texts = zip(*rows, strict=True)
            self._texts(chain.from_iterable(texts))
        forms = read_aloud(name.text) or ((name,) if len(name.parts) > 1 else ())
        if len(rows) > _FEW and forms:
            parsed = [line for *_, line in rows]
            rows = [rows[at] for at in dict.fromkeys(at for form in forms for at in _nearest(form, parsed, most))]
        return rows

    def _people(self, numbers: Sequence[int]) -> list[Person]:
        """The people of these numbers, in their order."""
        unread = sorted(set(numbers).difference(self._read))
        if len(self._read) + len(unread) > _REMEMBERED:
            self._read.clear()
            unread = sorted(set(numbers))
        for n, *row in self._rows_in("SELECT n, id, names, record FROM person JOIN name USING (n) WHERE n", unread):
            self._read[n] = self._unpacked(*row)
        try:
            return [self._read[n] for n in numbers]
        except KeyError:
            self._damaged("a record is missing")

    def _unpacked(self, person_id: str, names: str, record: str) -> Person:
        try:
            return unpack(person_id, names.split("\n"), record)
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            self._damaged("a record cannot be read")

    def _texts(self, values: Iterable[str]) -> list[str]:
        """*values*, which a sound file holds as texts."""
        texts = list(values)
        try:
            "".join(texts)  # the fastest way to ask whether all are
        except TypeError:
            self._damaged("a name is not a text")
        return texts

    def _rows_in(self, query: str, values: Sequence[object]) -> list[tuple[Any, ...]]:
        """The rows of a *query*, which is to end with IN, for all *values*, in any order."""
        rows = []
        for start in range(0, len(values), _TOGETHER):
            some = list(values[start : start + _TOGETHER])
            asked = 1 << (len(some) - 1).bit_length()  # so that few statements differ, and SQLite need not read each anew
            rows += self._rows(f"{query} IN ({','.join('?' * asked)})", *some, *some[-1:] * (asked - len(some)))
        return rows

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


def _nearest(name: Name, parsed: Sequence[str], most: int) -> Sequence[int]:
    """Which of the people with these parsed names, a line each, have one that is much like *name*, the most alike first."""
    text = " ".join(name.parts)
    best = process.extract(text, parsed, scorer=fuzz.token_set_ratio, processor=None, limit=most)
    nearest = [at for _, likeness, at in best if likeness >= best[0][1] - _BEHIND]
    if name.is_latin:
        return nearest
    # names that sound alike have few letters in common, and a record in many alphabets has some of all
    lines = [(line, at) for at, names in enumerate(parsed) for line in names.split("\n")]
    best = process.extract(text, [line for line, _ in lines], scorer=fuzz.token_sort_ratio, processor=None, limit=most)
    outlines = [line.translate(_OUTLINE) for line, _ in lines]
    for parts in dict.fromkeys((name.parts, (*name.parts[1:], name.parts[0]))):
        best += process.extract("".join(parts).translate(_OUTLINE), outlines, scorer=fuzz.ratio, processor=None, limit=most)
    return list(dict.fromkeys((*nearest, *(lines[number][1] for *_, number in best))))


def _one_error_away(word: str, others: Sequence[str]) -> list[str]:
    """Those of the *others* that are *word*, or become it when one letter is put in, left out, replaced or swapped with the next."""
    return [other for other, *_ in process.extract(word, others, scorer=OSA.distance, processor=None, score_cutoff=1, limit=None)]


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
    if refusal := _refusal(file, expected) or _damage(file):
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


def _damage(file: sqlite3.Connection) -> str:
    """Why the file cannot be what `build` wrote, as far as can be told without reading all of it; empty where nothing speaks against it.

    Tables in place of which somebody put a query could keep a look-up busy for ever.
    """
    if sys.version_info >= (3, 11):
        file.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _LONGEST)
    with closing(sqlite3.connect(":memory:")) as model:
        model.executescript(SCHEMA)
        known = {sql for (sql,) in model.execute("SELECT sql FROM sqlite_master")}
    try:
        held = file.execute("SELECT type, sql FROM sqlite_master WHERE sql IS NOT NULL").fetchall()
    except _UNREADABLE as error:
        strange = _said(error)
    else:
        strange = next((f"found {shown(sql)}" for kind, sql in held if sql not in known and not _is_index(kind, sql)), "")
    return f"the people store is damaged ({strange}); build it again with `disambig kb build`" if strange else ""


def _is_index(kind: object, sql: object) -> bool:
    return kind == "index" and isinstance(sql, str) and _INDEX.fullmatch(sql) is not None


def _said(error: Exception) -> str:
    """What SQLite says, on one line also where it repeats damaged bytes."""
    return "".join(letter if letter.isprintable() else " " for letter in str(error))


def _clear(file: sqlite3.Connection, folder: Path) -> None:
    """Remove a store that was made for the while."""
    file.close()
    shutil.rmtree(folder, ignore_errors=True)
