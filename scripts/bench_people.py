"""A knowledge base of any size out of a smaller one: people made by putting given names, surnames and facts of real records together anew.

Names keep their script and their number of words, aliases their proportion, and common names stay common; the vocabulary of names does not
grow with the size, so that there are more namesakes than in a real knowledge base of that size.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bench_names import names_of, script_of

from disambig.names import SUFFIXES, fold

if TYPE_CHECKING:
    import random
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from bench_names import Record

_FACTS = ("description", "roles", "occupations", "affiliations", "countries", "died", "gender", "popularity", "text")
_YEARS = 9  # a made person is born up to so many years before or after the one whose facts they get


@dataclass(frozen=True, slots=True)
class Halves:
    """A name in two: the surname, by its place, and the rest."""

    script: str
    given: str
    family: str

    def join(self, family: str) -> str:
        """The name with another surname."""
        return family + self.given if self.script == "CJK" else f"{self.given} {family}"


def halves(name: str) -> Halves | None:
    """*name* in two, what stands after a comma left out; None for a single word, or where the last is no surname ("Jr.", "(politician)").

    >>> halves("Ana Maria Costa, 1st Baroness Costa")
    Halves(script='LATIN', given='Ana Maria', family='Costa')

    Chinese characters have the surname first, without a blank.
    """
    name = name.partition(",")[0].strip()
    script = script_of(name)
    if script == "CJK" and " " not in name and len(name) > 1:
        return Halves(script, name[1:], name[0])
    given, _, family = name.rpartition(" ")
    return Halves(script, given, family) if given and script and family[-1].isalpha() and fold(family) not in SUFFIXES else None


class Maker:
    """Makes people out of records."""

    def __init__(self, records: Sequence[Record]) -> None:
        """Take the names of *records* apart."""
        self._records = [record for record in records if halves(record["name"])]
        self._halves = [[half for name in names_of(record) if (half := halves(name))] for record in self._records]
        self._families: dict[str, list[tuple[int, str]]] = {}
        for number, own in enumerate(self._halves):
            for half in own:
                self._families.setdefault(half.script, []).append((number, half.family))

    def make(self, number: int, rng: random.Random) -> Record:
        """One person: given names of one record, the surname of another, the facts of a third."""
        given = rng.choice(self._halves)
        bearer, _ = rng.choice(self._families[given[0].script])
        families = {half.script: half.family for half in reversed(self._halves[bearer])}
        names = [half.join(families.get(half.script) or rng.choice(self._families[half.script])[1]) for half in given]
        facts = rng.choice(self._records)
        born = facts.get("born")
        return (
            {"id": f"made-{number:07d}", "name": names[0], "aliases": list(dict.fromkeys(names[1:]))}
            | {key: facts.get(key) for key in _FACTS}
            | {"born": str(int(born[:4]) + rng.randint(-_YEARS, _YEARS)) if born else None}
        )

    def write(self, path: Path, records: Sequence[Record], size: int, rng: random.Random) -> Iterator[Record]:
        """Write *records*, then made people until there are *size*, as JSON Lines; yields each made one once it is written."""
        with path.open("w", encoding="utf-8") as file:
            for record in records[:size]:
                file.write(json.dumps(record, ensure_ascii=False) + "\n")
            for number in range(len(records), size):
                record = self.make(number, rng)
                file.write(json.dumps(record, ensure_ascii=False) + "\n")
                yield record
