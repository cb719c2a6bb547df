"""What the people store holds of a record, of the numbers under a key and of the words under a respelling, and back again."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import fields, replace
from functools import lru_cache, partial
from typing import Any, TypeVar

from disambig.records import PartialDate, Person, Role

_TEXTS = ("description", "gender", "text")
_LISTS = ("occupations", "affiliations", "countries", "related")
_DATES = ("born", "died")
_ROLE = tuple(field.name for field in fields(Role))  # title, organisation, country, start, end
_Kind = TypeVar("_Kind")


def pack(person: Person) -> str:
    """The record of *person* without id, name and aliases: JSON with what is not recorded left out.

    >>> pack(Person("p1", "Ana Costa", description="mayor", born=PartialDate(1960, 5)))
    '{"description":"mayor","born":"1960-05"}'
    """
    packed: dict[str, object] = {name: value for name in (*_TEXTS, *_LISTS) if (value := getattr(person, name))}
    packed |= {name: str(date) for name in _DATES if (date := getattr(person, name))}
    if person.roles:
        packed["roles"] = [_packed_role(role) for role in person.roles]
    if person.popularity is not None:
        packed["popularity"] = person.popularity
    return json.dumps(packed, ensure_ascii=False, separators=(",", ":")) if packed else ""


def unpack(person_id: str, names: Sequence[str], packed: str) -> Person:
    """The person of that id, whose first name is the name and the others the aliases.

    Raises ValueError, KeyError or TypeError where these are nothing that came of `pack`, as in a damaged file.
    """
    values = _as(dict, json.loads(packed)) if packed else {}
    if "\\u" in packed:  # `pack` writes letters as they are; an escape may stand for half of one, which raises UnicodeEncodeError
        json.dumps(values, ensure_ascii=False).encode()
    known: dict[str, Any] = {name: _UNPACKED[name](value) for name, value in values.items()}
    return Person(_as(str, person_id), names[0], tuple(names[1:]), **known)


def merge(first: Person, second: Person) -> Person:
    """One person out of two records of the same id: what *first* does not say is taken from *second*, lists hold what both have.

    >>> merged = merge(Person("p1", "Ana Costa", gender="female"), Person("p1", "A. Costa", description="mayor", gender="male"))
    >>> merged.names, merged.description, merged.gender
    (('Ana Costa', 'A. Costa'), 'mayor', 'female')
    """
    lists: dict[str, Any] = {name: tuple(dict.fromkeys((*getattr(first, name), *getattr(second, name)))) for name in (*_LISTS, "roles")}
    single: dict[str, Any] = {name: getattr(second, name) for name in (*_TEXTS, *_DATES) if not getattr(first, name)}
    popularity = max((one.popularity for one in (first, second) if one.popularity is not None), default=None)
    aliases = tuple(name for name in dict.fromkeys((*first.names, *second.names)) if name != first.name)
    return replace(first, aliases=aliases, popularity=popularity, **lists, **single)


READ_WHOLE = 40  # a list of no more numbers is read whole by every look-up, and may be in any order


def lowest(numbers: str, most: int) -> str:
    """The lowest *most* of some *numbers* with commas between them, sorted.

    >>> lowest("12,258,7", 2), numbers_in(lowest("12,258,7", 3), 2)
    ('7,12', [7, 12])
    """
    return ",".join(map(str, sorted(map(int, numbers.split(",")))[:most]))


def numbers_in(text: str, most: int) -> list[int]:
    """The first *most* of the numbers in *text*; raises ValueError, TypeError or AttributeError where it is nothing of that kind."""
    return list(map(int, text.split(",", most)[:most]))


IS_PART, IS_SKELETON = 1, 2  # what a word is
_MARKS = {IS_PART: "-", IS_SKELETON: "=", IS_PART + IS_SKELETON: ""}


def marked(word: str, what: int) -> str:
    """A word, with a mark where it is only a part of names (`IS_PART`), or only the skeleton of one (`IS_SKELETON`), not both (their sum).

    >>> marked("orlow", IS_PART), marked("costa", IS_PART + IS_SKELETON), parts_and_skeletons(["orlow-", "orlov=", "costa"])
    ('orlow-', 'costa', (['orlow', 'costa'], ['orlov', 'costa']))
    """
    return word + _MARKS[what]


def parts_and_skeletons(packed: Iterable[str]) -> tuple[list[str], list[str]]:
    """The parts and the skeletons among the `marked` words of some lists, a word a line, each once."""
    words = dict.fromkeys(word for some in packed for word in some.split("\n"))
    return [word.rstrip("-") for word in words if word[-1:] != "="], [word.rstrip("=") for word in words if word[-1:] != "-"]


def _packed_role(role: Role) -> list[str | None]:
    """The fields of a role in their order, those at the end left out that say nothing."""
    written = [str(value) if value else None for value in (getattr(role, name) for name in _ROLE)]
    while written and written[-1] is None:
        written.pop()
    return written


def _as(kind: type[_Kind], value: object) -> _Kind:
    """*value* as it stands; a TypeError where it is of another kind."""
    if not isinstance(value, kind):
        msg = f"found {type(value).__name__}; expected {kind.__name__}"
        raise TypeError(msg)
    return value


def _texts(value: object) -> tuple[str, ...]:
    texts = tuple(_as(list, value))
    "".join(texts)  # a TypeError where one of them is no text
    return texts


@lru_cache(maxsize=1 << 12)
def _date(value: object) -> PartialDate:
    return PartialDate.parse(_as(str, value))


def _role(packed: object) -> Role:
    written = [_as(str, value or "") for value in _as(list, packed)]
    title, organisation, country, start, end = (*written, *("" for _ in range(len(_ROLE) - len(written))))
    return Role(title, organisation, country, *(PartialDate.parse(date) if date else None for date in (start, end)))


_UNPACKED: Mapping[str, Callable[[object], object]] = {
    **dict.fromkeys(_TEXTS, partial(_as, str)),
    **dict.fromkeys(_LISTS, _texts),
    **dict.fromkeys(_DATES, _date),
    "roles": lambda value: tuple(map(_role, _as(list, value))),
    "popularity": lambda value: value if isinstance(value, int) else _as(float, value),
}
