"""What the readers of foreign formats share: values that may be of any type, and dates that may be odd.

The makers of these files do not know this program, so a record is not lost over one bad value: a value of another type than the format
says is passed over, and a date that cannot be read is left out and told.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache

from disambig.errors import shown
from disambig.records import PartialDate

_NOTHING: Mapping[str, object] = {}


def mapping(value: object) -> Mapping[str, object]:
    """*value* where it is an object, else an empty one."""
    return value if isinstance(value, dict) else _NOTHING


def sequence(value: object) -> Sequence[object]:
    """*value* where it is a list, else an empty one."""
    return value if isinstance(value, list) else ()


def text(value: object) -> str:
    """*value* where it is a text, its white space folded and without NUL characters, else an empty one."""
    if not isinstance(value, str):
        return ""
    return " ".join((value.replace("\0", " ") if "\0" in value else value).split())


def texts(value: object) -> tuple[str, ...]:
    """The texts in the list *value*, or *value* alone where it is a text; blank ones are left out."""
    if isinstance(value, list):
        return tuple(filter(None, map(text, value)))
    written = text(value)
    return (written,) if written else ()


def named_id(value: object) -> str:
    """*value* where it is an id as others refer to it, else an empty text."""
    return value if isinstance(value, str) else ""


def required_id(record: Mapping[str, object]) -> str:
    """The id of *record*; a ValueError where it has none."""
    found = record.get("id")
    if isinstance(found, str) and found.strip() and "\0" not in found:
        return found
    msg = f"'id' is {shown(found) if 'id' in record else 'missing'}; expected a text"
    raise ValueError(msg)


@lru_cache(maxsize=1 << 16)
def date(written: str) -> PartialDate | None:
    """The date that is *written* as YYYY, YYYY-MM or YYYY-MM-DD, or None; a month or day of 00 is one that is not known.

    >>> date("1961-00-00") == PartialDate(1961), date("1961-13")
    (True, None)
    """
    try:
        found = PartialDate.parse(written)
    except ValueError:
        return None
    return PartialDate(found.year, found.month or None, (found.month and found.day) or None)


def date_among(written: Sequence[str], key: str, odd: Callable[[str], None]) -> PartialDate | None:
    """The date that the texts *written* say together, see `settled`; *odd* is told of each that cannot be read."""
    if not written:
        return None
    dates = [date(one) for one in written]
    for one, found in zip(written, dates, strict=True):
        if found is None:
            odd(f"{key!r} is {shown(one)}; expected a date such as 1954, 1954-03 or 1954-03-27; the date is left out, the rest is kept")
    return settled(found for found in dates if found is not None)


def settled(dates: Iterable[PartialDate]) -> PartialDate | None:
    """The one date that several sources say, whatever their order; None where there is none.

    The year that most of them name, of two named equally often the earlier; of it the month and the day as far as nobody contradicts.

    >>> str(settled(map(PartialDate.parse, ("1952", "1952-10-07", "1953-01-01"))))
    '1952-10-07'
    >>> str(settled(map(PartialDate.parse, ("1952-10-07", "1952-10-08"))))
    '1952-10'
    """
    given = list(dates)
    if len(given) < 2:  # noqa: PLR2004 -- nothing to settle, and by far the most frequent case
        return given[0] if given else None
    count = Counter(one.year for one in given)
    year = min(count, key=lambda one: (-count[one], one))
    of_year = [one for one in given if one.year == year]
    months = {one.month for one in of_year if one.month}
    if len(months) != 1:
        return PartialDate(year)
    days = {one.day for one in of_year if one.day}
    return PartialDate(year, months.pop(), days.pop() if len(days) == 1 else None)


def unique(values: Iterable[str]) -> tuple[str, ...]:
    """*values*, each once and in their order, empty ones left out."""
    return tuple(dict.fromkeys(filter(None, values)))
