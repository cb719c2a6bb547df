"""What simple methods, spaCy's EntityLinker and disambig make of the same given mentions: one table.

    python scripts/baselines.py GOLD.jsonl --kb PEOPLE.jsonl
    python scripts/baselines.py GOLD.jsonl --kb PEOPLE.jsonl --dev OTHER.jsonl --dev-kb OTHERS.jsonl --json

Each method but the last names its first person for every mention, and says it from a score on (see `disambig.baselines`). That cutoff,
and the weights of the EntityLinker, come from the --dev articles. Without --dev they come from the other half of the same file: the
articles are parted in two by a hash of their ids, each half is reported with what was learnt on the other, and the two are pooled.

exact, fuzzy, popular, earlier, uiscore   see disambig.baselines
tfidf       the people of "earlier", by the cosine of the TF-IDF vectors of article and record (scikit-learn); then popularity
linker      the people of "earlier", by spaCy's EntityLinker over MiniLM vectors; see baselines_context.py
ranking     disambig's most probable person, with a cutoff chosen as for the others
disambig    as it is: nothing is chosen here, and what it leaves ambiguous counts as nobody

Needs `pip install '.[dev]' scikit-learn`; --methods leaves out what is not wanted.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from baselines_sets import LabelledSet, spans

from disambig.baselines import BASELINES, best_cutoff, scored
from disambig.errors import DisambigError
from disambig.evaluate import Choice, Scores, answers_to, evaluate
from disambig.kb.store import KnowledgeBase
from disambig.pipeline import load_model, resolve
from disambig.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from disambig.records import Decision, Rejected

    Chooser = Callable[[LabelledSet], Sequence[Sequence[Choice]]]

METHODS = (*BASELINES, "tfidf", "linker", "ranking", "disambig")


def tell(rejected: Rejected) -> None:
    """Say on stderr what was left out."""
    sys.stderr.write(f"left out {rejected.where}: {rejected.reason}\n")


def decided(labelled: LabelledSet) -> list[tuple[Decision, ...]]:
    """What disambig decides on the given mentions of each article."""
    given = {one.article.id: tuple(spans(one)) for one in labelled.articles}
    articles = (one.article for one in labelled.articles)
    return list(resolve(articles, kb=KnowledgeBase.of(labelled.people), nlp=load_model(), settings=Settings(), given=given))


def ranking(labelled: LabelledSet) -> list[list[Choice]]:
    """The most probable person of each decision, even where nobody is more probable."""
    return [[_best_person(decision) for decision in decisions] for decisions in decided(labelled)]


def _best_person(decision: Decision) -> Choice:
    choice = Choice.of(decision)
    best = next((verdict for verdict in decision.verdicts if verdict.person), None)
    if best is None or best.person is None:
        return choice
    return replace(choice, said=best.person.id, first=best.person.id, probability=best.probability)


def chooser(method: str, training: Sequence[LabelledSet]) -> Chooser:
    """The function that makes the choices of one method on a set; the linker learns from *training*, or from the set's other half."""
    if method == "ranking":
        return ranking
    if method in {"tfidf", "linker"}:
        from baselines_context import Linking, tfidf  # noqa: PLC0415 -- torch and scikit-learn: slow to import, and not for everybody

        linking = Linking() if method == "linker" else None
        return (lambda labelled: linking.link(labelled, training)) if linking else tfidf
    return lambda labelled: [BASELINES[method](one.article, spans(one), labelled.index) for one in labelled.articles]


def cutoff_for(choose: Chooser, dev: Sequence[LabelledSet]) -> float | None:
    """The best cutoff over the articles of *dev* together; None without any."""
    if not dev:
        return None
    pairs = [pair for labelled in dev for pair in zip(labelled.articles, choose(labelled), strict=True)]
    return best_cutoff(answer for one, choices in pairs for answer in answers_to(one, choices))


def measure(
    labelled: LabelledSet, dev: Sequence[LabelledSet], methods: Sequence[str], *, cutoffs_here: bool = False
) -> dict[str, tuple[Scores, float]]:
    """The scores of each method, and the seconds it took, the choice of its cutoff and its training included."""
    begun = time.perf_counter()
    like = evaluate(zip(labelled.articles, decided(labelled), strict=True))
    ours = time.perf_counter() - begun
    found: dict[str, tuple[Scores, float]] = {}
    for method in methods:
        begun = time.perf_counter()
        if method == "disambig":
            found[method] = (like, ours)
            continue
        choose = chooser(method, dev)
        chosen = list(zip(labelled.articles, choose(labelled), strict=True))
        scores = scored(chosen, like, cutoff=cutoff_for(choose, () if cutoffs_here else dev))
        found[method] = (scores, time.perf_counter() - begun)
    return found


SHOWN = ("linked_accuracy", "nobody_accuracy", "accuracy", "precision", "accuracy_among_several", "coverage_at_99")


def table(measured: dict[str, tuple[Scores, float]]) -> str:
    """The scores as Markdown, with the interval of the accuracy; shares with their counts once, in the header's row of disambig."""
    head = ["method", *(name.replace("_", " ") for name in SHOWN), "accuracy, 95 %", "seconds"]
    lines = [" | ".join(["", *head, ""]).strip(), "|---|" + "---:|" * (len(head) - 1)]
    for method, (scores, seconds) in measured.items():
        rates = {rate.name: rate for rate in scores.rates}
        cells = [f"{rates[name].value:.3f} ({rates[name].part}/{rates[name].whole})" if rates[name].whole else "" for name in SHOWN]
        lines.append(" | ".join(["", method, *cells, str(scores.intervals()["accuracy"] or ""), f"{seconds:.1f}", ""]).strip())
    return "\n".join(lines)


def main() -> int:
    """Print the table, or JSON."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path, metavar="GOLD", help="labelled articles, as .jsonl")
    parser.add_argument("--kb", type=Path, required=True, metavar="PEOPLE", help="the people, as .jsonl or .csv")
    parser.add_argument("--dev", type=Path, action="append", default=[], metavar="GOLD2", help="learn from these; may be given again")
    parser.add_argument("--dev-kb", type=Path, action="append", default=[], metavar="PEOPLE2", help="the people of each --dev, in order")
    parser.add_argument("--cutoffs-here", action="store_true", help="cutoffs from the other half even with --dev, which may lack nobodies")
    parser.add_argument("--methods", nargs="+", choices=METHODS, default=METHODS, metavar="METHOD", help="%(choices)s (all)")
    parser.add_argument("--json", action="store_true", help="print every figure as JSON")
    args = parser.parse_args()
    if len(args.dev) != len(args.dev_kb):
        parser.error(f"--dev stands {len(args.dev)} times and --dev-kb {len(args.dev_kb)} times; expected as many of each")
    try:
        dev = [LabelledSet.read(gold, kb, reject=tell) for gold, kb in zip(args.dev, args.dev_kb, strict=True)]
        measured = measure(LabelledSet.read(args.gold, args.kb, reject=tell), dev, args.methods, cutoffs_here=args.cutoffs_here)
    except DisambigError as error:
        sys.stderr.write(f"baselines: {error}\n")
        return 1
    if args.json:
        print(json.dumps({method: {**scores.summary(), "seconds": round(seconds, 1)} for method, (scores, seconds) in measured.items()}))
    else:
        print(table(measured))
    return 0


if __name__ == "__main__":
    sys.exit(main())
