#!/usr/bin/env python3
"""Measure who of the people outside the knowledge base (KB) is found again in other articles: B-cubed, with people deleted from the KB.

    python scripts/clusters.py gold.jsonl --kb people.jsonl --share 0.2 --share 0.5 --seeds 3

A share of the people is deleted at random; their mentions, which are given, then are of known people outside the KB. Scored are the
mentions of deleted people, all of them and those called unknown; one that got a person or was left undecided is a cluster of its own, or
that person's. With --namesakes as many of the deleted people as can be bear the full name of another of them, in other articles.

    chains     every chain of an article is a cluster
    names      the same name, letter by letter, is a cluster
    ours       disambig.clusters
"""

from __future__ import annotations

import argparse
import random
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from fit_namesakes import share_names

from disambig.__main__ import main
from disambig.articles import read_gold
from disambig.clusters import Clusters
from disambig.errors import KnowledgeError
from disambig.evaluate import b_cubed
from disambig.kb.sources import read_people
from disambig.kb.store import KnowledgeBase
from disambig.names import fold
from disambig.pipeline import load_model, resolve
from disambig.records import Decision, LabelledArticle, Outcome, Person, Rejected
from disambig.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

METHODS = ("chains", "names", "ours")


class Scored(NamedTuple):
    """A mention of somebody deleted from the KB."""

    person: str
    article: str
    unknown: bool
    clusters: tuple[str, ...]  # by METHODS


def arguments() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path, metavar="GOLD.jsonl", help="labelled articles")
    parser.add_argument("--kb", type=Path, required=True, metavar="PEOPLE")
    parser.add_argument("--share", type=float, action="append", metavar="S", help="of the people to delete, 0 to 1 (default: 0.2 and 0.5)")
    parser.add_argument("--seeds", type=int, default=1, metavar="N", help="draws of each share (default: %(default)s)")
    parser.add_argument("--namesakes", action="store_true", help="let deleted people share names")
    return parser.parse_args()


def measure() -> None:
    """Delete, resolve, score and print."""
    options = arguments()
    articles = tuple(read_gold(options.gold))
    people = sorted((one for _, one in read_people(options.kb, reject=_refuse)), key=lambda one: one.id)
    print("share seed  people (in several articles)  mentions           " + "".join(f"{method:>34}" for method in METHODS))
    for share in options.share or (0.2, 0.5):
        for seed in range(1, options.seeds + 1):
            gone = _drawn(people, share, seed)
            kept = [one for one in people if one.id not in gone]
            changed = share_names(articles, [gone[key] for key in sorted(gone)], seed) if options.namesakes else articles
            found = list(scored(changed, kept, set(gone)))
            _print(f"{share:5} {seed:4}", found)


def _drawn(people: Sequence[Person], share: float, seed: int) -> dict[str, Person]:
    chance = random.Random(seed)  # noqa: S311 -- for data, not for secrets
    return {one.id: one for one in people if chance.random() < share}


def scored(articles: Sequence[LabelledArticle], kept: Iterable[Person], gone: set[str]) -> Iterator[Scored]:
    """The mentions of the people of *gone*, when the KB holds those *kept*."""
    given = {one.article.id: tuple(dict.fromkeys((label.start, label.end) for label in one.labels)) for one in articles}
    texts = (one.article for one in articles)
    decided = resolve(texts, kb=KnowledgeBase.of(kept), nlp=load_model(), settings=Settings(), given=given, clusters=Clusters())
    for one, decisions in zip(articles, decided, strict=True):
        by_place = {(decision.mention.start, decision.mention.end): decision for decision in decisions}
        for label in one.labels:
            if label.gold in gone and label.gold:
                decision = by_place[label.start, label.end]
                yield Scored(label.gold, one.article.id, decision.outcome is Outcome.UNKNOWN, _clusters(decision))


def _clusters(decision: Decision) -> tuple[str, ...]:
    if decision.outcome is not Outcome.UNKNOWN:
        return (decision.person.id if decision.person else decision.mention.id,) * len(METHODS)
    return decision.chain.id, fold(decision.chain.name), decision.cluster


def _print(title: str, found: Sequence[Scored]) -> None:
    for words, mentions in (("all", found), ("unknown", [one for one in found if one.unknown])):
        where: dict[str, set[str]] = {}
        for one in mentions:
            where.setdefault(one.person, set()).add(one.article)
        several = sum(len(places) > 1 for places in where.values())
        figures = [b_cubed((one.person, one.clusters[place]) for one in mentions) for place in range(len(METHODS))]
        rates = "".join(f"{f'P {one.precision:.3f} R {one.recall:.3f} F1 {one.f1:.3f}':>34}" for one in figures)
        print(f"{title}  {f'{len(where)} ({several})':>28}  {f'{len(mentions)} {words}':<18} {rates}")


def _refuse(rejected: Rejected) -> None:
    msg = f"{rejected.where}: {rejected.reason}"
    raise KnowledgeError(msg)


if __name__ == "__main__":
    main(measure)
