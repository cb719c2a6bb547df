"""Wikidata entities as its JSON dumps hold them: an array with one entity a line, or the entities alone, one a line.

    [
    {"type":"item","id":"Q1","labels":{"en":{"language":"en","value":"…"}},"descriptions":{…},"aliases":{…},"claims":{…},"sitelinks":{…}},
    ]

Format: https://doc.wikimedia.org/Wikibase/master/php/docs_topics_json.html. Only humans become people. Their positions, countries and so
on are other items, whose labels stand anywhere in the file. So the file is read twice: first the humans, then the labels of the items
that they refer to; both are kept in a temporary database.
"""

import json
import re
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache, partial
from itertools import chain
from typing import Any

from disambig.errors import shown
from disambig.kb.files import Asked, Source
from disambig.kb.foreign import date, mapping, required_id, sequence, settled, text, unique
from disambig.kb.ids import checked_id
from disambig.kb.scratch import scratch
from disambig.records import PartialDate, Person, Rejected, Role
from disambig.rows import json_object

_HUMAN = "Q5"
_MARK = b'"Q5"'  # every human's line holds it, few others do; found without parsing
# The id that stands before the first nested value; where there is none, the line is parsed.
_ID_FIRST = re.compile(rb'\{\s*(?:"\w+"\s*:\s*(?:"[^"\\]*"|\d+)\s*,\s*)*?"id"\s*:\s*"([A-Z]\d+)"')
_DEFAULT = "mul"  # since 2024 a label that holds in most languages may stand under this one alone
_GENDERS = {"Q6581097": "male", "Q6581072": "female"}
_FAMILY = ("P22", "P25", "P26", "P40", "P3373")  # father, mother, spouse, child, sibling
_AFFILIATIONS = ("P102", "P108", "P54", "P463")  # party, employer, sports team, member of
_NAMES = ("P1559", "P1477", "P742")  # in the native language, at birth, pseudonym
_OF = ("P642", "P768")  # qualifiers of a position: of what; electoral district
_GROUP = "P4100"  # qualifier of a position: parliamentary group
_WITHIN = ("P17", "P1001")  # of a position's own item: country, jurisdiction
_YEAR = 9  # the precision of a year
_PRECISIONS = {_YEAR: 4, 10: 7, 11: 10}  # year, month, day: how many characters of the date hold; vaguer ones are left out
_TIME = re.compile(r"([+-])0*(\d{1,9})-(\d\d)-(\d\d)T.*")
_REMEMBERED = 1 << 16  # ids and labels that are kept in memory while the database has them all
_TABLES = (
    "CREATE TABLE people (line INTEGER PRIMARY KEY, facts TEXT)",
    "CREATE TABLE items (id TEXT PRIMARY KEY, label TEXT, country TEXT) WITHOUT ROWID",
)


def people_in_wikidata(source: Source, asked: Asked) -> Iterator[tuple[str, Person]]:
    """The humans (P31 is Q5), each with the place where it stands, in the first of the asked languages that has a label.

    What refers to an item whose label is not in the file, or not in these languages, is left out and counted in a note.
    """
    languages = tuple(dict.fromkeys((*asked.languages, _DEFAULT)))
    with scratch(*_TABLES) as database:
        _keep_humans(source, asked, languages, database)
        _keep_labels(source, languages, database)
        items = lru_cache(maxsize=_REMEMBERED)(partial(_item, database))
        for line, facts in database.execute("SELECT line, facts FROM people ORDER BY line"):
            yield f"{source.path}:{line}", _person(json.loads(facts), items)
        missing, wanted = database.execute("SELECT COUNT(*) - COUNT(label), COUNT(*) FROM items").fetchone()
    if missing:
        asked.note(f"{source.path}: {missing} of the {wanted} items that people refer to have no label in the file and are left out")


def _entities(source: Source) -> Iterator[tuple[int, bytes]]:
    """The lines that hold an entity, with their numbers, without the marks of the array."""
    for number, line in enumerate(source.lines(), start=1):
        written = line.strip()
        if written[:1] == b"[":
            written = written[1:].lstrip()
        if written[-1:] in {b",", b"]"}:
            written = written[:-1].rstrip().removesuffix(b",")
        if written:
            yield number, written


def _keep_humans(source: Source, asked: Asked, languages: Sequence[str], database: sqlite3.Connection) -> None:
    wanted: set[str] = set()  # what went to the database lately
    for number, line in _entities(source):
        if _MARK not in line and line[:1] == b"{" and line[-1:] == b"}":
            continue
        where = f"{source.path}:{number}"
        try:
            entity = json_object(line)
            if not _is_human(entity):
                continue
            facts, items = _facts(entity, languages, lambda reason, where=where: asked.reject(Rejected(where, reason)))  # type: ignore[misc]
        except ValueError as error:
            asked.reject(Rejected(where, str(error)))
            continue
        database.execute("INSERT INTO people VALUES (?, ?)", (number, json.dumps(facts, ensure_ascii=False)))
        new = set(items) - wanted
        database.executemany("INSERT OR IGNORE INTO items (id) VALUES (?)", [(item,) for item in new])
        if len(wanted) > _REMEMBERED:
            wanted.clear()
        wanted |= new


def _keep_labels(source: Source, languages: Sequence[str], database: sqlite3.Connection) -> None:
    for _, line in _entities(source):
        first = _ID_FIRST.match(line)
        if first is not None and not _is_wanted(first[1].decode(), database):
            continue
        try:
            entity = json_object(line)
        except ValueError:
            continue  # the first reading has told it, where the line could be a human's
        item = entity.get("id")
        if isinstance(item, str):
            claims = mapping(entity.get("claims"))
            country = next(iter(_linked(claims, _WITHIN)), None)
            label = next(iter(_in_languages(entity.get("labels"), languages)), None)
            database.execute("UPDATE items SET label = ?, country = ? WHERE id = ?", (label, country, item))


def _is_wanted(item: str, database: sqlite3.Connection) -> bool:
    return database.execute("SELECT 1 FROM items WHERE id = ?", (item,)).fetchone() is not None


def _item(database: sqlite3.Connection, item: str) -> tuple[str, str]:
    """The label of an item, and that of its country; empty where they are not known, the country also where nobody is a citizen of it."""
    query = "SELECT items.label, within.label FROM items LEFT JOIN items AS within ON within.id = items.country WHERE items.id = ?"
    found = database.execute(query, (item,)).fetchone() or ("", "")
    return found[0] or "", found[1] or ""


def _is_human(entity: Mapping[str, object]) -> bool:
    return entity.get("type") == "item" and _HUMAN in _linked(mapping(entity.get("claims")), ("P31",))


def _facts(entity: Mapping[str, object], languages: Sequence[str], odd: Callable[[str], None]) -> tuple[dict[str, Any], Iterable[str]]:
    """What is kept of a human, other items by their ids, and these ids."""
    person_id = checked_id(required_id(entity))
    labels = _in_languages(entity.get("labels"), languages)
    if not labels:
        others = sorted(mapping(entity.get("labels")))
        msg = (
            f"no label in {' or '.join(map(repr, languages[:-1]))}, but in {shown(', '.join(others))}; expected one in a language asked for"
        )
        raise ValueError(msg)
    claims, given = mapping(entity.get("claims")), mapping(entity.get("aliases"))
    aliases = [text(mapping(one).get("value")) for key in languages for one in sequence(given.get(key))]
    written = [_written(snak) for key in _NAMES if key in claims for snak in _main(_statements(claims, key))]
    held = _statements(claims, "P39")
    roles = [role for statement in held if (role := _role(statement, odd))]
    groups = [group for statement in held for group in _ids(_qualifiers(statement, _GROUP))]
    lists = {
        "occupations": _linked(claims, ("P106",)),
        "countries": _linked(claims, ("P27",)),
        "affiliations": [*_linked(claims, _AFFILIATIONS), *groups],
    }
    gender = next(iter(_ids(_main(_best(_statements(claims, "P21"))))), "")
    sitelinks = entity.get("sitelinks")
    facts = {
        "id": person_id,
        "names": unique((*labels, *aliases, *written)),
        "description": next(iter(_in_languages(entity.get("descriptions"), languages)), ""),
        "born": _date(_main(_best(_statements(claims, "P569"))), "P569", odd),
        "died": _date(_main(_best(_statements(claims, "P570"))), "P570", odd),
        "gender": gender,
        "popularity": len(sitelinks) if isinstance(sitelinks, dict | list) else None,
        "related": _linked(claims, _FAMILY),
        "roles": roles,
        **lists,
    }
    named = [part for role in roles for part in role[:2]]
    return facts, filter(None, chain(*lists.values(), named, () if gender in _GENDERS else (gender,)))


def _person(facts: Mapping[str, Any], items: Callable[[str], tuple[str, str]]) -> Person:
    """The person of the facts that `_facts` kept, with the labels that *items* gives to ids."""
    names, gender, popularity = facts["names"], facts["gender"], facts["popularity"]
    roles = []
    for position, of, start, end in facts["roles"]:
        title, country = items(position)
        if title:
            roles.append(Role(title, items(of)[0] if of else "", country, _parsed(start), _parsed(end)))
    return Person(
        id=facts["id"],
        name=names[0],
        aliases=tuple(names[1:]),
        description=facts["description"],
        roles=tuple(dict.fromkeys(roles)),
        occupations=unique(items(item)[0] for item in facts["occupations"]),
        affiliations=unique(items(item)[0] for item in facts["affiliations"]),
        countries=unique(items(item)[0] for item in facts["countries"]),
        born=_parsed(facts["born"]),
        died=_parsed(facts["died"]),
        gender=_GENDERS.get(gender) or (items(gender)[0] if gender else ""),
        popularity=None if popularity is None else float(popularity),
        related=unique(facts["related"]),
    )


def _parsed(written: str | None) -> PartialDate | None:
    return date(written) if written else None


def _in_languages(terms: object, languages: Sequence[str]) -> list[str]:
    """The labels or descriptions in *languages*, in their order."""
    by_language = mapping(terms)
    found = (text(mapping(by_language.get(language)).get("value")) for language in languages)
    return [one for one in found if one]


def _statements(claims: Mapping[str, object], key: str) -> list[Mapping[str, object]]:
    """The statements of a property, without the deprecated ones, the preferred first."""
    found = claims.get(key)
    if not isinstance(found, list):
        return []
    kept: list[Mapping[str, object]] = [one for one in found if isinstance(one, dict) and one.get("rank") != "deprecated"]
    return sorted(kept, key=lambda one: one.get("rank") != "preferred") if len(kept) > 1 else kept


def _best(statements: Sequence[Mapping[str, object]]) -> Sequence[Mapping[str, object]]:
    """The preferred statements, or all where none is: what Wikidata holds for true now."""
    return [one for one in statements if one.get("rank") == "preferred"] or statements


def _main(statements: Iterable[Mapping[str, object]]) -> list[object]:
    return [statement.get("mainsnak") for statement in statements]


def _qualifiers(statement: Mapping[str, object], key: str) -> Sequence[object]:
    qualifiers = statement.get("qualifiers")
    return sequence(qualifiers.get(key)) if isinstance(qualifiers, dict) else ()


def _value(snak: object) -> object:
    """The value of a snak; None where it is unknown ("somevalue") or there is none ("novalue")."""
    if not isinstance(snak, dict) or snak.get("snaktype") != "value":
        return None
    return mapping(snak.get("datavalue")).get("value")


def _ids(snaks: Iterable[object]) -> list[str]:
    """The ids of the items that *snaks* lead to."""
    found = []
    for snak in snaks:
        value = _value(snak)
        item = value.get("id") if isinstance(value, dict) else None
        if isinstance(item, str):
            found.append(item)
    return found


def _linked(claims: Mapping[str, object], keys: Sequence[str]) -> list[str]:
    """The ids of the items that the statements of the properties *keys* lead to."""
    return [item for key in keys if key in claims for item in _ids(_main(_statements(claims, key)))]


def _written(snak: object) -> str:
    """The text of a snak, which is a text alone or one with its language."""
    value = _value(snak)
    return text(value.get("text") if isinstance(value, dict) else value)


def _role(statement: Mapping[str, object], odd: Callable[[str], None]) -> list[str | None] | None:
    """Position, of what, start and end of a position held; None where the position is not known."""
    position = next(iter(_ids((statement.get("mainsnak"),))), None)
    if position is None:
        return None
    of = next((item for key in _OF for item in _ids(_qualifiers(statement, key))), None)
    return [position, of, _date(_qualifiers(statement, "P580"), "P580", odd), _date(_qualifiers(statement, "P582"), "P582", odd)]


def _date(snaks: Iterable[object], key: str, odd: Callable[[str], None]) -> str | None:
    """The date that *snaks* say, see `foreign.settled`; *odd* is told of what is no date."""
    found = []
    for value in map(_value, snaks):
        if value is None:
            continue
        time, precision = mapping(value).get("time"), mapping(value).get("precision")
        if isinstance(precision, int) and 0 <= precision < _YEAR:
            continue  # a decade or a century: true, and too vague for a date
        one = _time(time, precision) if isinstance(time, str) and isinstance(precision, int) else None
        if one is None:
            odd(f"{key!r} is {shown(time)} with precision {shown(precision)}; expected a date; the date is left out, the rest is kept")
        else:
            found.append(one)
    if len(found) > 1:
        return str(settled(PartialDate.parse(one) for one in found))
    return found[0] if found else None


@lru_cache(maxsize=_REMEMBERED)
def _time(written: str, precision: int) -> str | None:
    """The date of a time such as "+1952-10-07T00:00:00Z"; a year before the calendar's first is held as year 1, as in our own files."""
    read = _TIME.fullmatch(written)
    if read is None or precision < _YEAR:
        return None
    sign, year, month, day = read.groups()
    if sign == "-" or not int(year):
        return "0001"
    if len(year) > 4:  # noqa: PLR2004 -- digits; the calendar ends with the year 9999
        return None
    found = date(f"{year:0>4}-{month}-{day}"[: _PRECISIONS.get(precision, 10)])
    return str(found) if found else None
