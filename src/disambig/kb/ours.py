"""Our own format, in JSON Lines and in CSV: one person a line, the keys or columns being the fields of `Person`.

Here the reader of a message can mend the file, so a bad value costs the record; other formats are read more loosely, see `foreign`.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from disambig.kb.files import Asked, Source
from disambig.kb.ids import checked_id
from disambig.records import Person, Rejected, Role
from disambig.rows import Row, csv_rows, json_rows

_LISTS = ("aliases", "occupations", "affiliations", "countries", "related")


def people_in_json_lines(source: Source, asked: Asked) -> Iterator[tuple[str, Person]]:
    """One person a line, each with the place where it stands; keys that `Person` has not are passed over."""
    return _usable(json_rows(source.lines(), str(source.path), reject=asked.reject), asked.reject)


def people_in_csv(source: Source, asked: Asked) -> Iterator[tuple[str, Person]]:
    """The same in columns: lists joined by ";", a role as `title|organisation|country|start|end`."""
    rows = csv_rows(source.lines(), str(source.path), required=("id", "name"), reject=asked.reject)
    return _usable(map(_unfolded, rows), asked.reject)


def _usable(rows: Iterable[Row], reject: Callable[[Rejected], None]) -> Iterator[tuple[str, Person]]:
    for row in rows:
        try:
            person = _person(row)
        except ValueError as error:
            reject(Rejected(row.where, str(error)))
            continue
        yield row.where, person


def _person(row: Row) -> Person:
    person_id, name = checked_id(row.required_text("id")), row.required_text("name").strip()
    return Person(person_id, name, **{key: read(row, key) for key, read in _FIELDS.items() if key in row.values})


def _roles(row: Row, key: str) -> tuple[Role, ...]:
    return tuple(Role(**{part: read(role, part) for part, read in _ROLE_FIELDS.items() if part in role.values}) for role in row.rows(key))


_ROLE_FIELDS: Mapping[str, Callable[[Row, str], Any]] = {
    "title": Row.text,
    "organisation": Row.text,
    "country": Row.text,
    "start": Row.date,
    "end": Row.date,
}
_FIELDS: Mapping[str, Callable[[Row, str], Any]] = {
    "aliases": Row.texts,
    "description": Row.text,
    "roles": _roles,
    "occupations": Row.texts,
    "affiliations": Row.texts,
    "countries": Row.texts,
    "born": Row.date,
    "died": Row.date,
    "gender": Row.text,
    "popularity": Row.number,
    "related": Row.texts,
    "text": Row.text,
}
"""How a field is read, in the order in which a record's first bad value is told; most fields are absent from most records."""


def _unfolded(row: Row) -> Row:
    """A CSV row in the shape of a JSON one. What does not fit is left as it is, for the getters to refuse."""
    values = dict(row.values)
    for key in _LISTS:
        if key in values:
            values[key] = str(values[key]).split(";")
    if "roles" in values:
        values["roles"] = [_unfolded_role(role) for role in str(values["roles"]).split(";") if role.strip()]
    if "popularity" in values:
        values["popularity"] = _number(str(values["popularity"]))
    return Row(row.where, values)


def _unfolded_role(written: str) -> dict[str, str] | str:
    parts = [part.strip() for part in written.split("|")]
    return dict(zip(_ROLE_FIELDS, parts, strict=False)) if len(parts) <= len(_ROLE_FIELDS) else written


def _number(written: str) -> float | str:
    try:
        return float(written)
    except ValueError:
        return written
