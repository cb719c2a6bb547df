#!/usr/bin/env python3
"""How often the right person is among the first 10 and 30 that a look-up finds for a name in another spelling, beside other look-ups.

    python scripts/name_recall.py                                                  the people of the corpus, few as they are
    python scripts/name_recall.py --people parliaments.jsonl --people slavic.jsonl
    python scripts/name_recall.py --people parliaments.jsonl --methods ours --queries 0 --verbose    every query, and what was missed

The people of all files make one knowledge base. The spellings are those of bench_names.py: aliases held out of the records, in the script
of a name that stays and in another; and typing errors, initials, left-out middle names and nicknames made by rule. Every method gets the
same queries. Right is the person whom the name was taken from and nobody else, also where more people bear it than there are places:
the table says for how many queries that is so.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import tempfile
from collections import Counter
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from bench_names import OTHER_SCRIPT, RULES, SAME_SCRIPT, TYPING, Bearers, Query, Record, by_rule, hold_out, names_of, script_of
from bench_rivals import Exact, Fuzzy, Trigrams
from rapidfuzz import fuzz

from disambig.kb.store import KnowledgeBase
from disambig.names import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

ROOT = Path(__file__).parents[1]
CORPUS = ROOT / "corpus" / "people.jsonl"
DEPTHS = (10, 30)
SAMPLE = 400  # queries a kind: rapidfuzz goes through all names for each
ENOUGH = 20  # queries in one script, for a row of its own
SEED = 20240229
OURS = "ours"  # as `disambig kb find` shows them
AGREEING = "ours, agreeing"  # without those that are only alike: the people whom a decision is made between
FUZZY = ("rapidfuzz WRatio", "rapidfuzz token_sort")
TARGETS = dict.fromkeys((*TYPING, "initial, surname"), 0.99) | {SAME_SCRIPT: 0.97, OTHER_SCRIPT: 0.93}
"""The share within the first 30 that is wanted of ours."""

Names = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Row:
    """How one method did with one kind of query."""

    kind: str
    method: str
    queries: int
    found: tuple[int, ...]  # within each of `DEPTHS`
    shared: int  # queries whose name more people bear than the last depth has places

    def share(self, depth: int) -> float:
        """0 to 1: of the queries, within *depth*."""
        return self.found[DEPTHS.index(depth)] / self.queries


@dataclass(frozen=True, slots=True)
class Answer:
    """Where each method has the right person: 0 is first, None is not within the last of `DEPTHS`."""

    query: Query
    shared: int  # how many people bear the name
    places: dict[str, int | None]


# --- the methods -----------------------------------------------------------------------------------------------------------------------


def open_ours(records: Iterable[Record], folder: Path, *, widely: bool) -> Callable[[Sequence[str], int], list[list[str]]]:
    """The look-up of the knowledge base, made of *records* in *folder*; *widely* as in `KnowledgeBase.find`."""
    source = folder / "people.jsonl"
    with source.open("w", encoding="utf-8") as file:
        file.writelines(json.dumps(record, ensure_ascii=False) + "\n" for record in records)
    kb = KnowledgeBase.open(source, reject=lambda rejected: print(f"{rejected.where}: {rejected.reason}", file=sys.stderr))
    return lambda texts, limit: [[match.person.id for match in kb.find(text, limit, widely=widely)] for text in texts]


def open_method(method: str, records: Sequence[Record], folder: Path) -> Callable[[Sequence[str], int], list[list[str]]]:
    """Ours, or one of the other look-ups over the names of *records*."""
    if method in {OURS, AGREEING}:
        return open_ours(records, folder, widely=method == OURS)
    names: Names = [(record["id"], name) for record in records for name in names_of(record)]
    if method in FUZZY:
        return Fuzzy(names, fuzz.WRatio if method == FUZZY[0] else fuzz.token_sort_ratio).find_all
    rival = {"FTS5 trigrams": Trigrams, "exact": Exact}[method](names)
    return lambda texts, limit: [rival.find(text, limit) for text in texts]


METHODS = (OURS, AGREEING, *FUZZY, "FTS5 trigrams", "exact")


# --- asking ----------------------------------------------------------------------------------------------------------------------------


def ask(records: Sequence[Record], queries: Sequence[Query], methods: Iterable[str]) -> list[Answer]:
    """Put every query to every method over *records*."""
    places: list[dict[str, int | None]] = [{} for _ in queries]
    for method in methods:
        with tempfile.TemporaryDirectory() as folder:
            find_all = open_method(method, records, Path(folder))
            for query, found, place in zip(queries, find_all([query.text for query in queries], DEPTHS[-1]), places, strict=True):
                place[method] = found.index(query.person_id) if query.person_id in found else None
    bearers = Bearers(records)
    return [Answer(query, bearers.count(query.meant), place) for query, place in zip(queries, places, strict=True)]


def measure(records: Sequence[Record], methods: Sequence[str], count: int) -> list[Answer]:
    """All kinds of query, up to *count* of each, put to all methods."""
    rng = random.Random(SEED)  # noqa: S311 (draws queries, no secrets)
    answers = []
    for kind in (SAME_SCRIPT, OTHER_SCRIPT):
        kept, queries = hold_out(records, kind, rng)
        chosen = rng.sample(queries, min(count, len(queries)))
        answers += ask(kept, chosen, methods)
    made = [query for kind in RULES for query in by_rule(records, kind, count, rng)]
    return answers + ask(records, made, methods)


def count_up(answers: Sequence[Answer]) -> list[Row]:
    """A row for each kind and method, in the order of the answers."""
    rows = []
    for kind in dict.fromkeys(answer.query.kind for answer in answers):
        own = [answer for answer in answers if answer.query.kind == kind]
        shared = sum(answer.shared > DEPTHS[-1] for answer in own)
        for method in own[0].places:
            places = [answer.places[method] for answer in own]
            found = tuple(sum(place is not None and place < depth for place in places) for depth in DEPTHS)
            rows.append(Row(kind, method, len(own), found, shared))
    return rows


def by_script(answers: Sequence[Answer]) -> list[Answer]:
    """The answers on aliases in another script, with the script in their kind: those scripts that have `ENOUGH`, the commonest first."""
    scripts = Counter(script_of(answer.query.text) for answer in answers if answer.query.kind == OTHER_SCRIPT)
    common = [script for script, count in scripts.most_common() if count >= ENOUGH]
    return [
        replace(answer, query=replace(answer.query, kind=f"held-out alias in {script}"))
        for script in common
        for answer in answers
        if answer.query.kind == OTHER_SCRIPT and script_of(answer.query.text) == script
    ]


# --- misses ----------------------------------------------------------------------------------------------------------------------------


def difference(query: Query, shared: int) -> str:
    """What tells the name looked for from those that the record has, in a few words."""
    if shared > DEPTHS[-1]:
        return "more people bear it than there are places"
    text = fold(query.text)
    known = [fold(name) for name in query.names]
    script, scripts = script_of(query.text), sorted({script_of(name) for name in query.names})
    if script not in scripts:
        return f"{scripts[0] if len(scripts) == 1 else 'several scripts'} in {script}"
    if max((fuzz.ratio(part, other) for part in text.split() for name in known for other in name.split()), default=0) < 60:  # noqa: PLR2004
        return "nothing in common"
    if len(text.split()) == 1:
        return "one word"
    nearest = max(known, key=lambda name: fuzz.token_sort_ratio(text, name)).split()
    return _between(text.split(), nearest)


def _between(parts: list[str], nearest: list[str]) -> str:
    if sorted("".join(parts)) == sorted("".join(nearest)):
        return "the same letters, apart or in another order"
    left, right = set(parts) - set(nearest), set(nearest) - set(parts)
    if not left:
        return "parts left out"
    if not right:
        return "parts added"
    how = "a part" if len(left) == len(right) == 1 else "several parts"
    also = ", and their number" if len(parts) != len(nearest) else ""
    return f"{how} spelt otherwise{also}" if set(parts) & set(nearest) else f"every part spelt otherwise{also}"


def misses(answers: Iterable[Answer]) -> str:
    """Those that ours does not have within the last depth, by kind and by what differs; + marks what a rapidfuzz has, ~ other methods."""
    groups: dict[tuple[str, str], list[Answer]] = {}
    for answer in answers:
        if answer.places.get(OURS, 0) is None:
            groups.setdefault((answer.query.kind, difference(answer.query, answer.shared)), []).append(answer)
    lines = []
    for (kind, how), missed in sorted(groups.items(), key=lambda group: (group[0][0], -len(group[1]), group[0][1])):
        marks = [_mark(answer) for answer in missed]
        lines += ["", f"## {kind}: {how}: {len(missed)}; rapidfuzz has {marks.count('+')}, no other method {marks.count('-')}"]
        for answer in sorted(missed, key=lambda answer: ("+~-".index(_mark(answer)), answer.query.person_id)):
            query = answer.query
            lines.append(f"{_mark(answer)} {query.text}  <>  {' | '.join(query.names)}  ({query.person_id}, {answer.shared})")
    return "\n".join(lines)


def _mark(answer: Answer) -> str:
    having = {method for method, place in answer.places.items() if place is not None}
    return "+" if having.intersection(FUZZY) else "~" if having else "-"


# --- the table -------------------------------------------------------------------------------------------------------------------------


def table(rows: Sequence[Row]) -> str:
    """The rows as Markdown: the shares within each depth, ours held against the target and against the better of rapidfuzz's two."""
    methods = list(dict.fromkeys(row.method for row in rows))
    lines = [
        f"| kind | queries | shared by > {DEPTHS[-1]} | {' | '.join(methods)} | ours, first {DEPTHS[-1]} |",
        "|---|---:|---:|" + "---:|" * len(methods) + "---|",
    ]
    for kind in dict.fromkeys(row.kind for row in rows):
        own = [row for row in rows if row.kind == kind]
        shares = " | ".join(" / ".join(f"{row.share(depth):.3f}" for depth in DEPTHS) for row in own)
        ours = next((verdict(row, own) for row in own if row.method == OURS), "")
        lines.append(f"| {kind} | {own[0].queries:,} | {own[0].shared} | {shares} | {ours} |")
    return "\n".join(lines)


def verdict(row: Row, rows: Iterable[Row]) -> str:
    """Whether ours has what is wanted of it at the last depth: the target, and no less than rapidfuzz, which *rows* hold beside it."""
    depth = DEPTHS[-1]
    fuzzy = max((other.share(depth) for other in rows if other.method in FUZZY), default=0.0)
    target = TARGETS.get(row.kind, 0.0)
    wanted = [(f"{target:.2f}", target)] if target else []
    wanted += [(f"rapidfuzz's {fuzzy:.3f}", fuzzy)] if fuzzy else []
    return "; ".join(f"{'meets' if row.share(depth) >= least else 'BELOW'} {said}" for said, least in wanted)


def read(paths: Iterable[Path]) -> list[Record]:
    """The records of all files; of two with one id the first counts."""
    records: dict[str, Record] = {}
    for path in paths:
        if not path.is_file():
            message = f"{path}: no such file; expected people, a JSON record a line"
            raise SystemExit(message)
        with path.open(encoding="utf-8") as file:
            for record in map(json.loads, file):
                records.setdefault(record["id"], record)
    return list(records.values())


def main() -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", type=Path, action="append", help="people as JSON Lines; may be given again (the corpus's)")
    parser.add_argument("--queries", type=int, default=SAMPLE, help="at most so many of each kind; 0: all (%(default)s)")
    parser.add_argument("--methods", nargs="+", choices=METHODS, default=METHODS, help="what to ask (all)")
    parser.add_argument("--verbose", action="store_true", help="print what ours misses, by what differs")
    parser.add_argument("--json", type=Path, help="write the rows there as well")
    args = parser.parse_args()
    records = read(args.people or [CORPUS])
    answers = measure(records, args.methods, args.queries or len(records))
    rows = count_up([*answers, *by_script(answers)])
    print(
        f"{len(records):,} people; up to {args.queries or 'all'} queries of each kind, drawn with a fixed seed, the same for every method."
    )
    print(f"The share of them with the right person in the first {' / '.join(map(str, DEPTHS))}.\n")
    print(table(rows))
    if args.verbose:
        print(misses(answers))
    if args.json:
        args.json.write_text(json.dumps([asdict(row) for row in rows], indent=1) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
