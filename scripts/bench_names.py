"""Names in another spelling: the questions that `bench.py` and `name_recall.py` ask of a look-up, each with the person who is meant.

Two ways of getting them. By rule: a typing error, initials, a middle name left out, a nickname; made of names in Latin letters. Held out:
an alias that a record has is taken out of it and looked for, which shows what people really write.

A record is the dictionary of one line of a JSON Lines file of people.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from dataclasses import dataclass, field
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from disambig.names import FAMILY_FIRST, fold, parse

if TYPE_CHECKING:
    import random
    from collections.abc import Callable, Iterable, Sequence

Record = dict[str, Any]

MIN_LETTERS = 5  # of a word that gets a typing error: in a shorter one a letter makes another name
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True, slots=True)
class Query:
    """A name to look for, and who is meant."""

    kind: str
    text: str
    person_id: str
    meant: str  # the same name without the typing error
    names: tuple[str, ...] = field(default=(), compare=False)  # those by which the KB has the person


def names_of(record: Record) -> tuple[str, ...]:
    """The name, then the aliases, each once."""
    return tuple(dict.fromkeys((record["name"], *(record.get("aliases") or ()))))


def script_of(text: str) -> str:
    """The script that most letters of *text* are in, as Unicode names it; "" without letters.

    >>> script_of("Дмитрий Kozak"), script_of("小泉"), script_of("1")
    ('CYRILLIC', 'CJK', '')
    """
    scripts = Counter(unicodedata.name(letter, "").partition(" ")[0] for letter in text if letter.isalpha())
    return scripts.most_common(1)[0][0] if scripts else ""


# --- by rule ---------------------------------------------------------------------------------------------------------------------------


def swapped(text: str, rng: random.Random) -> str:
    """Two neighbouring letters of a word change places; "" where no word has enough letters."""
    return _mistyped(text, rng, lambda word, at: word[:at] + word[at + 1] + word[at] + word[at + 2 :], last=1)


def dropped(text: str, rng: random.Random) -> str:
    """A letter is missing; "" where no word has enough letters."""
    return _mistyped(text, rng, lambda word, at: word[:at] + word[at + 1 :])


def doubled(text: str, rng: random.Random) -> str:
    """A letter stands twice; "" where no word has enough letters."""
    return _mistyped(text, rng, lambda word, at: word[: at + 1] + word[at] + word[at + 1 :])


def replaced(text: str, rng: random.Random) -> str:
    """A letter is another one; "" where no word has enough letters."""
    letter = rng.choice(_LETTERS)
    return _mistyped(text, rng, lambda word, at: word[:at] + (letter.upper() if word.isupper() else letter) + word[at + 1 :])


def _mistyped(text: str, rng: random.Random, change: Callable[[str, int], str], last: int = 0) -> str:
    words = text.split(" ")
    long = [number for number, word in enumerate(words) if len(word) >= MIN_LETTERS and word.isalpha()]
    if not long:
        return ""
    number = rng.choice(long)
    changed = change(words[number], rng.randrange(len(words[number]) - last))
    if words[number].istitle():
        changed = changed.capitalize()
    if fold(changed) == fold(words[number]):
        return ""
    return " ".join([*words[:number], changed, *words[number + 1 :]])


def initialled(text: str, _: random.Random) -> str:
    """The first name as an initial, the middle ones left out; "" where the form does not tell the surname."""
    words = _western(text)
    return f"{words[0][0]}. {words[-1]}" if words else ""


def without_middle(text: str, _: random.Random) -> str:
    """First name and surname of a longer name; "" where there is nothing to leave out."""
    words = _western(text)
    return f"{words[0]} {words[-1]}" if len(words) > 2 else ""  # noqa: PLR2004


def nicknamed(text: str, rng: random.Random) -> str:
    """Another form of the given name, from `given_names.txt`; "" where it knows none."""
    words = _western(text)
    forms = _other_forms(fold(words[0])) if words else []
    return " ".join([rng.choice(forms).title(), *words[1:]]) if forms else ""


def surname(text: str, _: random.Random) -> str:
    """The surname alone; "" where the form does not tell it."""
    words = _western(text)
    return words[-1] if words else ""


def _western(text: str) -> list[str]:
    """The words of a name in which the given name stands first and the surname is the last word; else none."""
    words = text.split()
    name = parse(text)
    plain = all(word.replace("-", "").replace("'", "").isalpha() for word in words) and name.is_full and not name.suffix
    told = plain and len(name.parts) == sum(len(fold(word).split()) for word in words) and len(name.parts[-1]) > 1
    return words if told and name.parts[0] not in FAMILY_FIRST and name.family == tuple(fold(words[-1]).split()) else []


_GROUPS: list[list[str]] = []


def _other_forms(given: str) -> list[str]:
    if not _GROUPS:
        lines = files("disambig").joinpath("given_names.txt").read_text(encoding="utf-8").splitlines()
        _GROUPS.extend(line.split() for line in lines if not line.startswith("#"))
    return sorted({form for group in _GROUPS if given in group for form in group} - {given})


RULES = {
    "letters swapped": swapped,
    "letter dropped": dropped,
    "letter doubled": doubled,
    "letter replaced": replaced,
    "initial, surname": initialled,
    "middle names left out": without_middle,
    "nickname": nicknamed,
}
"""What a name can be made into; those of typing errors come first."""

TYPING = tuple(RULES)[:4]


def by_rule(records: Sequence[Record], kind: str, count: int, rng: random.Random) -> list[Query]:
    """Up to *count* queries of one kind, of people drawn at random whose name is in Latin letters."""
    queries: list[Query] = []
    for record in rng.sample(records, len(records)):
        name = record["name"]
        text = RULES[kind](name, rng) if script_of(name) == "LATIN" else ""
        if text:
            queries.append(Query(kind, text, record["id"], name if kind in TYPING else text, names_of(record)))
        if len(queries) == count:
            break
    return queries


# --- held out --------------------------------------------------------------------------------------------------------------------------

SAME_SCRIPT = "held-out alias, same script"
OTHER_SCRIPT = "held-out alias, other script"


def hold_out(records: Iterable[Record], kind: str, rng: random.Random) -> tuple[list[Record], list[Query]]:
    """The records less what is held out, and a query for each record that something was held out of.

    `SAME_SCRIPT`: one alias, in the script of a name that stays. `OTHER_SCRIPT`: all aliases of one script other than the name's, so that
    no name that stays is in it; one of them is looked for. An alias may be a surname alone, or wrong: those stay in the figures.
    """
    kept, queries = [], []
    for record in records:
        out = _same_script(record, rng) if kind == SAME_SCRIPT else _other_script(record, rng)
        if not out:
            kept.append(record)
            continue
        stays = [name for name in names_of(record)[1:] if name not in out]
        kept.append(record | {"aliases": stays})
        alias = rng.choice(out)
        queries.append(Query(kind, alias, record["id"], alias, (record["name"], *stays)))
    return kept, queries


def _same_script(record: Record, rng: random.Random) -> list[str]:
    """One alias in a script that another name is in."""
    names = names_of(record)
    scripts = Counter(map(script_of, names))
    return [rng.choice(fitting)] if (fitting := [alias for alias in names[1:] if scripts[script_of(alias)] > 1]) else []


def _other_script(record: Record, rng: random.Random) -> list[str]:
    """All aliases in one of the scripts that the name is not in."""
    by_script: dict[str, list[str]] = {}
    for alias in names_of(record)[1:]:
        by_script.setdefault(script_of(alias), []).append(alias)
    by_script.pop(script_of(record["name"]), None)
    by_script.pop("", None)
    return by_script[rng.choice(sorted(by_script))] if by_script else []


# --- how many share it -----------------------------------------------------------------------------------------------------------------


class Bearers:
    """How many people a name can mean: all of its parts stand in one name of theirs, an initial for a part that begins so."""

    def __init__(self, records: Iterable[Record]) -> None:
        """Index the names of *records*."""
        self._names: list[tuple[str, tuple[str, ...]]] = []
        self._index: dict[str, set[int]] = {}
        for record in records:
            for name in names_of(record):
                parts = parse(name).parts
                for part in parts:
                    self._index.setdefault(part, set()).add(len(self._names))
                self._names.append((record["id"], parts))

    def count(self, name: str) -> int:
        """How many people bear *name*; 0 where nobody has it as written."""
        parts = parse(name).parts
        long = [self._index.get(part, set()) for part in parts if len(part) > 1]
        initials = [part for part in parts if len(part) == 1]
        fitting = set.intersection(*long) if long else set()
        return len({person for person, has in map(self._names.__getitem__, fitting) if _begin(has, initials)})


def _begin(parts: tuple[str, ...], initials: list[str]) -> bool:
    return all(any(part.startswith(initial) for part in parts) for initial in initials)
