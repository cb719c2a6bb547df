#!/usr/bin/env python3
"""Speed, memory and growth of the knowledge base: building it, looking names up, a whole run; beside other ways of looking names up.

    python scripts/bench.py                                                        the corpus's people, made into 1,000 and 100,000
    python scripts/bench.py --people parliaments.jsonl --people legislators.jsonl --sizes 1000,100000,1000000

The people are made by bench_people.py, the names looked for by bench_names.py, both with a fixed seed. Everything is measured on one core
in a process of its own, so that its peak memory is its own. Times are processor time where "wall" does not say otherwise, so that what else
the computer does is not in them; the files were written just before and are read from memory.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median, quantiles
from typing import TYPE_CHECKING, Any

from bench_table import markdown

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from bench_names import Query, Record

ROOT = Path(__file__).parents[1]
CORPUS = ROOT / "corpus" / "people.jsonl"
SIZES = "1000,100000"
SEED = 20240229
LIMIT = 30  # people wanted of each look-up
A_KIND = 300  # queries of each kind
WARM_UP = 50  # look-ups before those that are timed, and at most a tenth as many
# Queries that the others are asked: rapidfuzz goes through all names for each.
ASKED = {"rapidfuzz WRatio": 12, "rapidfuzz token_sort": 36, "FTS5 trigrams": 36, "exact": 2000}
KINDS = ("exact", "typing error", "initial, surname", "surname alone", "respelt", "nobody")
# Letters and what another transliteration may have for them, so that a name is spelt as the knowledge base does not have it.
RESPELT = {"kh": "h", "sh": "sch", "ch": "tch", "ts": "tz", "ou": "u", "ei": "ey", "y": "i", "v": "w", "k": "c", "j": "y"}

Figures = dict[str, Any]


# --- what is measured, each in a process of its own --------------------------------------------------------------------------------------


def make(people: str, out: str, size: str) -> Figures:
    """Write the people and the queries."""
    from bench_people import Maker  # noqa: PLC0415 (imports of a process that is measured stay its own)

    records = [record for path in people.split(os.pathsep) for record in _records(path)]
    shipped = list(_records(CORPUS))
    rng = random.Random(SEED)  # noqa: S311 (makes names, no secrets)
    asked = set(rng.sample(range(int(size)), min(int(size), 3 * A_KIND)))
    sample = []
    for number, record in enumerate(Maker(records).write(Path(out, "people.jsonl"), shipped, int(size), rng)):
        if number in asked:
            sample.append(record)
    queries = [(query.kind, query.text) for query in _queries(sample, rng)]
    rng.shuffle(queries)
    Path(out, "queries.json").write_text(json.dumps(queries, ensure_ascii=False), encoding="utf-8")
    return {"queries": len(queries)}


def build(folder: str) -> Figures:
    """Build the knowledge base from the people."""
    from disambig.kb.build import build as build_kb  # noqa: PLC0415
    from disambig.kb.files import Asked  # noqa: PLC0415

    begun = time.process_time()
    people = build_kb([Path(folder, "people.jsonl")], Path(folder, "people.kb"), Asked(print, print, ("en",)))
    return {"people": people, "seconds": time.process_time() - begun, "bytes": Path(folder, "people.kb").stat().st_size}


def look_up(folder: str) -> Figures:
    """Look every query up in the knowledge base."""
    from disambig.kb.store import KnowledgeBase  # noqa: PLC0415

    begun = time.process_time()
    kb = KnowledgeBase.open(Path(folder, "people.kb"), reject=print)
    opened = time.process_time() - begun
    return {"open": opened} | _timed(lambda text: kb.find(text, LIMIT), folder)


def rival(folder: str, method: str) -> Figures:
    """Look some of the queries up with something else, over the same names."""
    from bench_names import names_of  # noqa: PLC0415
    from bench_rivals import Exact, Fuzzy, Trigrams  # noqa: PLC0415
    from rapidfuzz import fuzz  # noqa: PLC0415

    names = ((record["id"], name) for record in _records(Path(folder, "people.jsonl")) for name in names_of(record))
    begun = time.process_time()
    made = {
        "rapidfuzz WRatio": lambda: Fuzzy(names, fuzz.WRatio),
        "rapidfuzz token_sort": lambda: Fuzzy(names, fuzz.token_sort_ratio),
        "FTS5 trigrams": lambda: Trigrams(names, str(Path(folder, "trigrams.db"))),
        "exact": lambda: Exact(names),
    }[method]()
    ready = time.process_time() - begun
    return {"open": ready} | _timed(lambda text: made.find(text, LIMIT), folder, ASKED[method])


def _timed(find: Callable[[str], object], folder: str, most: int | None = None) -> Figures:
    """The kind and the milliseconds of each query, up to *most*, in their order; the last ones warm up and are not timed."""
    queries = json.loads(Path(folder, "queries.json").read_text(encoding="utf-8"))
    warm, asked = queries[-WARM_UP:], queries[:-WARM_UP][:most]
    for _, text in warm[: len(asked) // 10]:
        find(text)
    times = []
    for kind, text in asked:
        begun = time.process_time()
        find(text)
        times.append((kind, 1000 * (time.process_time() - begun)))
    return {"times": times}


def _records(path: str | Path) -> Iterator[Record]:
    with Path(path).open(encoding="utf-8") as file:
        yield from map(json.loads, file)


def _queries(sample: Sequence[Record], rng: random.Random) -> Iterator[Query]:
    from bench_names import TYPING, Query, by_rule, surname  # noqa: PLC0415

    def queries(kind: str, texts: Sequence[str]) -> list[Query]:
        return [Query(kind, text, "", text) for text in list(dict.fromkeys(filter(None, texts)))[:A_KIND]]

    names = [record["name"] for record in rng.sample(sample, len(sample))]
    mistyped = [query.text for kind in TYPING for query in by_rule(sample, kind, A_KIND // len(TYPING), rng)]
    yield from queries("exact", names)
    yield from queries("typing error", mistyped)
    yield from queries("initial, surname", [query.text for query in by_rule(sample, "initial, surname", A_KIND, rng)])
    yield from queries("surname alone", [surname(name, rng) for name in names])
    yield from queries("respelt", [made for name in names if (made := respelt(name)) != name])
    yield from queries("nobody", [nobody(name, rng) for name in names])


def respelt(name: str) -> str:
    """*name* as another transliteration may write it.

    >>> respelt("Yuriy Shevchenko")
    'Iurii Schewtchenco'
    """
    made = re.sub("|".join(RESPELT), lambda found: RESPELT[found[0]], name.lower())
    return " ".join(word if old.islower() else word.title() for word, old in zip(made.split(" "), name.split(" "), strict=True))


def nobody(name: str, rng: random.Random) -> str:
    """A name that nobody has, as long as *name*: the letters of each word in another order."""
    return " ".join("".join(rng.sample(word.lower(), len(word))).title() for word in name.split())


ROLES: dict[str, Callable[..., Figures]] = {"make": make, "build": build, "look-up": look_up, "rival": rival}


# --- measuring -------------------------------------------------------------------------------------------------------------------------


def measured(*arguments: str) -> Figures:
    """One of `ROLES` in a process of its own: its figures, and "peak", its peak memory in MB (1,000,000 bytes)."""
    return child([sys.executable, __file__, "--measure", *arguments])


def child(command: list[str]) -> Figures:
    """The figures that a command prints as JSON in its last line, if it does, its seconds and its peak memory."""
    threads = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"), "1")
    begun = time.perf_counter()
    with tempfile.TemporaryFile() as out:
        process = subprocess.Popen(command, stdout=out, env=os.environ | threads)  # noqa: S603 (this very script, and disambig)
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            message = f"{' '.join(command[1:])} ended with {process.returncode}"
            raise SystemExit(message)
        out.seek(0)
        last = out.read().decode().rstrip().rpartition("\n")[2]
    kibibytes = used.ru_maxrss / (1024 if sys.platform == "darwin" else 1)
    spent = {"wall": time.perf_counter() - begun, "processor": used.ru_utime + used.ru_stime}
    return spent | {"peak": kibibytes * 1024 / 1e6} | (json.loads(last) if last.startswith("{") else {})


def measure(people: Sequence[Path], size: int, folder: Path, articles: Path) -> Figures:
    """All figures of one size."""
    measured("make", os.pathsep.join(map(str, people)), str(folder), str(size))
    figures: Figures = {"size": size, "source bytes": (folder / "people.jsonl").stat().st_size}
    figures["build"] = measured("build", str(folder))
    figures["look-up"] = measured("look-up", str(folder))
    figures["rivals"] = {method: measured("rival", str(folder), method) for method in ASKED}
    run = [
        sys.executable,
        "-m",
        "disambig",
        "run",
        str(articles),
        "--kb",
        str(folder / "people.kb"),
        "--out",
        str(folder / "out"),
        "--quiet",
    ]
    figures["run"] = child(run)
    return figures


def summary(figures: Figures) -> dict[str, float]:
    """The rows of the table for one size."""
    made, looked, run = figures["build"], figures["look-up"], figures["run"]
    times = looked["times"]
    rows = {
        "build: people a second": made["people"] / made["seconds"],
        "build: wall, s": made["wall"],
        "build: peak memory, MB": made["peak"],
        "file: bytes a person": made["bytes"] / made["people"],
        "source: bytes a person": figures["source bytes"] / made["people"],
        "opening, ms": 1000 * looked["open"],
        "names looked up": len(times),
    }
    for kind in ("all", *KINDS):
        own = [took for other, took in times if kind in ("all", other)]
        if len(own) > 1:
            rows |= {f"look-up, {kind}: median, ms": median(own), f"look-up, {kind}: 99th, ms": _99th(own)}
    rows["look-up: peak memory, MB"] = looked["peak"]
    for method, other in figures["rivals"].items():
        theirs = [took for _, took in other["times"]]
        ours = [took for _, took in times[: len(theirs)]]
        rows |= {
            f"{method}: names looked up": len(theirs),
            f"{method}: median, ms": median(theirs),
            f"{method}: times ours on the same names": median(theirs) / median(ours),
            f"{method}: ready after, s": other["open"],
            f"{method}: peak memory, MB": other["peak"],
        }
    return rows | {
        "run over the articles, s": run["processor"],
        "run over the articles: wall, s": run["wall"],
        "run over the articles: peak memory, MB": run["peak"],
    }


def _99th(values: Sequence[float]) -> float:
    return quantiles(values, n=100, method="inclusive")[-1]


def main() -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", type=Path, action="append", help="people as JSON Lines; may be given again (the corpus's)")
    parser.add_argument("--sizes", default=SIZES, help="how many people, by commas (%(default)s)")
    parser.add_argument("--articles", type=Path, default=ROOT / "corpus" / "articles", help="what the whole run reads (the corpus)")
    parser.add_argument("--json", type=Path, help="write all figures there as well")
    parser.add_argument("--measure", nargs="+", help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.measure:
        print(json.dumps(ROLES[args.measure[0]](*args.measure[1:])))
        return 0
    columns: dict[int, dict[str, float]] = {}
    for size in map(int, args.sizes.split(",")):
        with tempfile.TemporaryDirectory() as folder:
            columns[size] = summary(measure(args.people or [CORPUS], size, Path(folder), args.articles))
        print(f"{size:,} measured", file=sys.stderr)
        if args.json:  # after each size: the largest may take long
            args.json.write_text(json.dumps(columns, indent=1) + "\n", encoding="utf-8")
    print(markdown(columns))
    return 0


if __name__ == "__main__":
    sys.exit(main())
