"""Our own format, in JSON Lines and in CSV: one person a line, the keys or columns being the fields of `Person`.

Here the reader of a message can mend the file, so a bad value costs the record; other formats are read more loosely, see `foreign`.
"""

from collections.abc import Callable, Iterable, Iterator

from disambig.kb.files import Asked, Source
from disambig.kb.ids import checked_id
from disambig.records import Person, Rejected, Role
from disambig.rows import Row, csv_rows, json_rows

_LISTS = ("aliases", "occupations", "affiliations", "countries", "related")
_ROLE_PARTS = ("title", "organisation", "country", "start", "end")


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
    return Person(
        id=checked_id(row.required_text("id")),
        name=row.required_text("name").strip(),
        aliases=row.texts("aliases"),
        description=row.text("description"),
        roles=tuple(_role(role) for role in row.rows("roles")),
        occupations=row.texts("occupations"),
        affiliations=row.texts("affiliations"),
        countries=row.texts("countries"),
        born=row.date("born"),
        died=row.date("died"),
        gender=row.text("gender"),
        popularity=row.number("popularity"),
        related=row.texts("related"),
        text=row.text("text"),
    )


def _role(row: Row) -> Role:
    return Role(row.text("title"), row.text("organisation"), row.text("country"), row.date("start"), row.date("end"))


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
    return dict(zip(_ROLE_PARTS, parts, strict=False)) if len(parts) <= len(_ROLE_PARTS) else written


def _number(written: str) -> float | str:
    try:
        return float(written)
    except ValueError:
        return written
