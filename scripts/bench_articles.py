#!/usr/bin/env python3
"""Speed and memory of reading articles: spaCy's model alone, all of disambig, and spaCy with its own EntityLinker; one process and two.

    python scripts/bench_articles.py                                                       the corpus, with its people
    python scripts/bench_articles.py --gold newsfair.jsonl --people union70k.jsonl         other labelled articles and people
    python scripts/bench_articles.py --people union70k.jsonl --short 100000                memory over so many articles of one sentence

One core each, in a process of its own, so that its peak memory is its own; the articles are read `--times` times over, under other ids.
Times are processor time of the reading alone: what loads a model, trains a linker or starts a process is not in them, nor is a first pass
over the corpus, which loads what is loaded once. Only the two processes are timed by the clock, from the first result to the last; another
program that runs meanwhile shows in that. The EntityLinker is that of baselines_context.py: it gets the labelled mentions and the people
who may be meant, and reads sentences by MiniLM; finding the mentions costs what the model alone costs.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bench import child

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from disambig.kb.store import KnowledgeBase
    from disambig.records import Article, LabelledArticle

ROOT = Path(__file__).parents[1]
CORPUS = ROOT / "corpus"
SEED = 20240229
SHOWN_AT = (1_000, 2_000, 5_000, 10_000, 20_000, 50_000, 100_000, 200_000, 500_000, 1_000_000)  # short articles
SENTENCES = (
    "{name} met the minister of {place} on {day}.",
    "The head of {place}'s central bank, {name}, resigned on {day} after {number} days.",
    "Police in {place} said that {name} and {other} had left the town on {day}.",
    '"We counted {number} boats," {name} told reporters in {place}.',
    "{other}, who chairs the committee, said {name} would speak on {day}.",
)
PLACES = ("Portugal", "Kenya", "Norway", "Chile", "Ghana", "Nepal", "Ireland", "Jordan", "Peru", "Finland")
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

Figures = dict[str, Any]


# --- what is measured, each in a process of its own --------------------------------------------------------------------------------------


def model(gold: str, people: str, times: str) -> Figures:  # noqa: ARG001 (all take the same)
    """Read with spaCy's model alone."""
    from disambig.pipeline import load_model  # noqa: PLC0415 (imports of a process that is measured stay its own)

    nlp = load_model()
    _warm_up(lambda article: nlp(article.text))
    return _timed(lambda article: nlp(article.text), _articles(gold, times))


def disambig(gold: str, people: str, times: str) -> Figures:
    """All of disambig, with the seconds that its model takes of it."""
    from disambig.pipeline import load_model, resolve_article  # noqa: PLC0415
    from disambig.settings import Settings  # noqa: PLC0415

    loaded, kb, settings = load_model(), _open(people), Settings()
    spent = 0.0
    mentions = 0

    def nlp(text: str) -> object:
        nonlocal spent
        begun = time.process_time()
        doc = loaded(text)
        spent += time.process_time() - begun
        return doc

    def read(article: Article) -> None:
        nonlocal mentions
        mentions += len(resolve_article(article, kb=kb, nlp=nlp, settings=settings))  # type: ignore[arg-type]

    _warm_up(read)
    spent, mentions = 0.0, 0
    figures = _timed(read, _articles(gold, times))
    return figures | {"model": spent, "mentions": mentions}


def linker(gold: str, people: str, times: str) -> Figures:
    """Read with spaCy's model, then with its EntityLinker, trained on one half of the articles and timed on all."""
    from baselines_context import Linking  # noqa: PLC0415
    from baselines_sets import LabelledSet  # noqa: PLC0415

    labelled = LabelledSet.read(Path(gold), Path(people), reject=print)
    linking = Linking()
    trained = linking.trained_on_half(labelled)
    model_alone = model(gold, people, times)
    begun = time.process_time()
    for _ in range(int(times)):
        linking.encoder.forget()  # a sentence of another day is another sentence
        for doc in linking.docs(labelled):
            trained.predict([doc])
    took = time.process_time() - begun
    return model_alone | {"seconds": model_alone["seconds"] + took}


def workers(gold: str, people: str, times: str, number: str) -> Figures:
    """The clock's seconds from the first result to the last, by so many processes."""
    from disambig.pipeline import load_model, resolve  # noqa: PLC0415
    from disambig.settings import Settings  # noqa: PLC0415

    results = resolve(_articles(gold, times), kb=_open(people), nlp=load_model(), settings=Settings(), workers=int(number))
    next(results)
    begun = time.perf_counter()
    articles = sum(1 for _ in results)
    return {"articles": articles, "seconds": time.perf_counter() - begun}


def short(people: str, articles: str) -> Figures:
    """The memory after so many short articles, in MB (1,000,000 bytes)."""
    from disambig.pipeline import load_model, resolve  # noqa: PLC0415
    from disambig.settings import Settings  # noqa: PLC0415

    kb, seen = _open(people), {}
    made = short_articles(sorted(person.name for person in kb), int(articles), random.Random(SEED))  # noqa: S311 (no secrets)
    for number, _ in enumerate(resolve(made, kb=kb, nlp=load_model(), settings=Settings()), start=1):
        if number in SHOWN_AT or number == int(articles):
            seen[number] = _resident()
            print(f"{number:,} articles: {seen[number]:.0f} MB", file=sys.stderr)
    return {"memory": seen}


def short_articles(names: Sequence[str], count: int, rng: random.Random) -> Iterator[Article]:
    """So many articles of one sentence, made of *names* by rule; numbers go on rising, as new words do in news."""
    from disambig.records import Article  # noqa: PLC0415

    for number in range(count):
        name, other = rng.choice(names), rng.choice(names)
        made = rng.choice(SENTENCES).format(name=name, other=other, place=rng.choice(PLACES), day=rng.choice(DAYS), number=number + 1)
        yield Article(f"short-{number}", made)


def _resident() -> float:
    """The memory that this process holds now, in MB."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def _articles(gold: str, times: str) -> Iterator[Article]:
    """The articles, *times* times over, under other ids."""
    articles = [one.article for one in _labelled(gold)]
    for time_over in range(int(times)):
        for article in articles:
            yield replace(article, id=f"{time_over}-{article.id}")


def _labelled(gold: str) -> list[LabelledArticle]:
    from disambig.articles import read_gold  # noqa: PLC0415

    return list(read_gold(Path(gold)))


def _open(people: str) -> KnowledgeBase:
    from disambig.kb.store import KnowledgeBase  # noqa: PLC0415

    return KnowledgeBase.open(Path(people), reject=print)


def _warm_up(read: Callable[[Article], object]) -> None:
    """Read the corpus once, for what is loaded and compiled with the first articles."""
    for one in _labelled(str(CORPUS / "gold.jsonl")):
        read(one.article)


def _timed(read: Callable[[Article], object], articles: Iterator[Article]) -> Figures:
    count = words = 0
    begun = time.process_time()
    for article in articles:
        read(article)
        count += 1
        words += len(article.text.split())
    return {"articles": count, "words": words, "seconds": time.process_time() - begun}


ROLES: dict[str, Callable[..., Figures]] = {"model": model, "disambig": disambig, "linker": linker, "workers": workers, "short": short}


# --- the tables ------------------------------------------------------------------------------------------------------------------------


def measured(*arguments: str) -> Figures:
    """One of `ROLES` in a process of its own: its figures, and "peak", its peak memory in MB (1,000,000 bytes)."""
    return child([sys.executable, __file__, "--measure", *arguments])


def speeds(gold: str, people: str, store: str, times: int) -> str:
    """A column for each way of reading the articles on one core, a row a figure."""
    columns = {
        "spaCy's model alone": measured("model", gold, store, str(times)),
        "disambig": measured("disambig", gold, store, str(times)),
        "spaCy and its EntityLinker": measured("linker", gold, people, str(times)),
    }
    rows: dict[str, list[str]] = {
        "articles a second": [f"{one['articles'] / one['seconds']:.1f}" for one in columns.values()],
        "words a second": [f"{one['words'] / one['seconds']:,.0f}" for one in columns.values()],
        "peak memory, MB": [f"{one['peak']:.0f}" for one in columns.values()],
    }
    ours = columns["disambig"]
    after = ours["seconds"] - ours["model"]
    rows["after spaCy: share of spaCy's time"] = ["", f"{after / ours['model']:.1%}", ""]
    rows["after spaCy: ms a mention"] = ["", f"{1000 * after / ours['mentions']:.2f} ({ours['mentions']:,})", ""]
    return _markdown(list(columns), rows)


def by_workers(gold: str, store: str, times: int) -> str:
    """A column for each number of processes."""
    found = {str(number): measured("workers", gold, store, str(times), str(number)) for number in (1, 2)}
    rates = [one["articles"] / one["seconds"] for one in found.values()]
    rows = {
        "articles a second": [f"{rate:.1f}" for rate in rates],
        "times one process": [f"{rate / rates[0]:.2f}" for rate in rates],
        "peak memory of the first process, MB": [f"{one['peak']:.0f}" for one in found.values()],
    }
    return _markdown([f"{number} process(es)" for number in found], rows)


def _markdown(columns: Sequence[str], rows: dict[str, list[str]]) -> str:
    lines = [f"| | {' | '.join(columns)} |", "|---|" + "---:|" * len(columns)]
    return "\n".join([*lines, *(f"| {name} | {' | '.join(cells)} |" for name, cells in rows.items())])


def main() -> int:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gold", type=Path, default=CORPUS / "gold.jsonl", help="labelled articles, as .jsonl (the corpus)")
    parser.add_argument("--people", type=Path, default=CORPUS / "people.jsonl", help="the people, as .jsonl (the corpus's)")
    parser.add_argument("--times", type=int, default=2, help="read the articles so many times over (%(default)s)")
    parser.add_argument("--short", type=int, help="measure the memory over so many articles of one sentence instead")
    parser.add_argument("--measure", nargs="+", help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.measure:
        print(json.dumps(ROLES[args.measure[0]](*args.measure[1:])))
        return 0
    with tempfile.TemporaryDirectory() as folder:
        store = str(Path(folder, "people.kb"))
        child([sys.executable, "-m", "disambig", "kb", "build", str(args.people), "--out", store, "--quiet"])
        if args.short:
            memory = measured("short", store, str(args.short))["memory"]
            print(_markdown([f"{int(number):,}" for number in memory], {"memory, MB": [f"{held:.0f}" for held in memory.values()]}))
        else:
            print(speeds(str(args.gold), str(args.people), store, args.times))
            print()
            print(by_workers(str(args.gold), store, args.times))
    return 0


if __name__ == "__main__":
    sys.exit(main())
