"""People from files into `Person` records.

A format is a function from the lines of a file to people, listed in `_FORMATS` under the ending of its files. It tells `reject` of a
record that cannot be used, and goes on with the next.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

from disambig.errors import KnowledgeError
from disambig.records import CONTESTED, Person, Rejected, Role
from disambig.rows import Row, csv_rows, json_rows

# Words that stand for something else than a person in the column `candidates` and in labels.
_RESERVED_IDS = frozenset({"nobody", CONTESTED})
_CANDIDATE_SEPARATOR = " | "  # between the entries of the column `candidates`
_LISTS = ("aliases", "occupations", "affiliations", "countries", "related")
_ROLE_PARTS = ("title", "organisation", "country", "start", "end")


def read_people(path: Path, *, reject: Callable[[Rejected], None]) -> Iterator[Person]:
    """The people of a file, in its order. Lazy; of two records with one id the first counts.

    A record that cannot be used is told to *reject*. Raises KnowledgeError when the file cannot be read, is of an unknown kind or
    holds no usable record.
    """
    endings = " or ".join(_FORMATS)
    if path.suffix.lower() not in _FORMATS:
        msg = f"{path}: the name ends in {path.suffix!r}; expected people as {endings}"
        raise KnowledgeError(msg)
    try:
        file = path.open("rb")
    except OSError as error:
        msg = f"{path}: {error.strerror}; expected a file of people as {endings}"
        raise KnowledgeError(msg) from None
    refused: list[Rejected] = []  # the first, for the message below

    def tell(rejected: Rejected) -> None:
        refused[1:] = [rejected]
        reject(rejected)

    seen: set[str] = set()
    with file:
        for row, person in _FORMATS[path.suffix.lower()](file, str(path), tell):
            if person.id in seen:
                tell(Rejected(row.where, f"person {person.id!r} was already read; expected each 'id' once"))
            else:
                seen.add(person.id)
                yield person
    if not seen:
        why = f"the first: {refused[0].where}: {refused[0].reason}" if refused else "the file is empty"
        msg = f"{path}: no usable record of a person; {why}"
        raise KnowledgeError(msg)


def _people_in_json_lines(lines: Iterable[bytes], name: str, reject: Callable[[Rejected], None]) -> Iterator[tuple[Row, Person]]:
    """Our own format: one person a line, the keys being the fields of `Person`; other keys are passed over."""
    return _usable(json_rows(lines, name, reject=reject), reject)


def _people_in_csv(lines: Iterable[bytes], name: str, reject: Callable[[Rejected], None]) -> Iterator[tuple[Row, Person]]:
    """The same in columns: lists joined by ";", a role as `title|organisation|country|start|end`."""
    return _usable(map(_unfolded, csv_rows(lines, name, required=("id", "name"), reject=reject)), reject)


_FORMATS: Mapping[str, Callable[[Iterable[bytes], str, Callable[[Rejected], None]], Iterator[tuple[Row, Person]]]] = {
    ".jsonl": _people_in_json_lines,
    ".csv": _people_in_csv,
}


def _usable(rows: Iterable[Row], reject: Callable[[Rejected], None]) -> Iterator[tuple[Row, Person]]:
    for row in rows:
        try:
            person = _person(row)
        except ValueError as error:
            reject(Rejected(row.where, str(error)))
            continue
        yield row, person


def _person(row: Row) -> Person:
    person_id = row.required_text("id")
    if person_id in _RESERVED_IDS or _CANDIDATE_SEPARATOR in person_id:
        msg = f"'id' is {person_id!r}; expected another one, without {_CANDIDATE_SEPARATOR!r} in it and none of 'nobody' and {CONTESTED!r}"
        raise ValueError(msg)
    return Person(
        id=person_id,
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
