"""Scores of a spaCy pipeline on labelled sets, its speed, load time and memory, as Markdown tables.

    python scripts/score_model.py --text FOLDER
    python scripts/score_model.py --text FOLDER --model en_core_web_trf --sets worldwide uner_pud
    python scripts/score_model.py --text FOLDER --card      # the tables of the shipped model go into its card as well

FOLDER holds SET.test.spacy (a DocBin labelled PERSON, ORG, LOC) for each set. Each text goes through the whole pipeline as plain text.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import spacy
from spacy.tokens import Doc, DocBin

from disambig.mentions import find_mentions
from disambig.records import Article

if TYPE_CHECKING:
    from collections.abc import Iterable

    from spacy.language import Language

SHIPPED = Path(__file__).parents[1] / "src" / "disambig" / "model"
SETS = ("worldwide", "uner_pud", "crossner", "redocred", "wikigold", "gum", "uner_ewt", "wnut17")
# What pipelines call the kinds: OntoNotes, CoNLL, WikiNER. Their other labels are not scored.
KINDS = {"PERSON": "PERSON", "PER": "PERSON", "ORG": "ORG", "LOC": "LOC", "GPE": "LOC", "FAC": "LOC"}
ARTICLE_WORDS = 100_000  # of the article that is measured for memory
SPEED_WORDS = 60_000  # at least so many are timed
BEGIN, END = "<!-- scores: written by scripts/score_model.py --card -->", "<!-- end of scores -->"

Span = tuple[int, int]


@dataclass(slots=True)
class Counts:
    """How many names were found and looked for, and how many of each were right."""

    found: int = 0
    gold: int = 0
    exact: int = 0
    found_near: int = 0  # found names that overlap with one looked for
    gold_near: int = 0  # the other way round

    def add(self, found: set[Span], gold: set[Span]) -> None:
        """Count the names of one text."""
        self.found += len(found)
        self.gold += len(gold)
        self.exact += len(found & gold)
        self.found_near += _overlapping(found, gold)
        self.gold_near += _overlapping(gold, found)

    def rates(self) -> tuple[float, float, float, float]:
        """Exact precision, recall and F1, and F1 where any overlap counts, in percent."""
        near = _f1(_share(self.found_near, self.found), _share(self.gold_near, self.gold))
        precision, recall = _share(self.exact, self.found), _share(self.exact, self.gold)
        return precision, recall, _f1(precision, recall), near


def _share(part: int, whole: int) -> float:
    return 100 * part / whole if whole else 0.0


def _f1(precision: float, recall: float) -> float:
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def _overlapping(spans: set[Span], others: set[Span]) -> int:
    covered = {char for start, end in others for char in range(start, end)}
    return sum(not covered.isdisjoint(range(start, end)) for start, end in spans)


def load(name: str) -> Language:
    """The pipeline, or one clear line."""
    try:
        return spacy.load(name)
    except OSError:
        message = f"the spaCy pipeline '{name}' is neither installed nor a folder; run: python -m spacy download {name}"
        raise SystemExit(message) from None


def read(path: Path) -> list[Doc]:
    """The texts of one set."""
    if not path.is_file():
        message = f"{path}: no such file; expected a DocBin labelled PERSON, ORG and LOC"
        raise SystemExit(message)
    return list(DocBin().from_disk(path).get_docs(spacy.blank("en").vocab))


def score(nlp: Language, docs: Iterable[Doc]) -> dict[str, Counts]:
    """The counts of each kind of name, and of people after the document pass."""
    counts = {name: Counts() for name in ("PERSON", "PERSON with the pass", "ORG", "LOC")}
    for gold in docs:
        found = nlp(gold.text)
        expected = _spans(gold)
        for kind, spans in _spans(found).items():
            counts[kind].add(spans, expected[kind])
        # The pipeline has run already: the pass gets its result.
        passed = find_mentions(Article("text", gold.text), lambda _, found=found: found)  # type: ignore[arg-type]
        counts["PERSON with the pass"].add({(mention.start, mention.end) for mention in passed.mentions}, expected["PERSON"])
    return counts


def _spans(doc: Doc) -> dict[str, set[Span]]:
    spans: dict[str, set[Span]] = {kind: set() for kind in ("PERSON", "ORG", "LOC")}
    for span in doc.ents:
        if span.label_ in KINDS:
            spans[KINDS[span.label_]].add((span.start_char, span.end_char))
    return spans


def measure(name: str, texts: list[str]) -> dict[str, float]:
    """Speed, load time and memory. To be run in a fresh process, on Linux."""
    begun = time.perf_counter()
    nlp = load(name)
    loaded = time.perf_counter() - begun
    nlp.max_length = 10**8
    nlp(texts[0])
    words, begun = 0, time.perf_counter()
    for text in texts:
        words += sum(not token.is_space for token in nlp(text))
        if words > SPEED_WORDS:
            break
    speed = words / (time.perf_counter() - begun)
    article = _article(nlp, texts)
    rest = _memory(peak=False)
    doc = nlp(article)
    return {"load": loaded, "speed": speed, "rest": rest, "peak": _memory(peak=True), "words": len(doc)}


def _memory(*, peak: bool) -> float:
    """MiB that the process holds now; with *peak*, the most since the last call without."""
    status = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text(encoding="ascii").splitlines())
    if not peak:
        Path("/proc/self/clear_refs").write_text("5", encoding="ascii")  # the peak begins anew
    return int(status["VmHWM" if peak else "VmRSS"].split()[0]) / 1024


def _article(nlp: Language, texts: list[str]) -> str:
    parts: list[str] = []
    words = 0
    while words < ARTICLE_WORDS:
        for text in texts:
            parts.append(text)
            words += len(nlp.make_doc(text))
            if words >= ARTICLE_WORDS:
                break
    return "\n\n".join(parts)


def measured(name: str, path: Path) -> dict[str, float]:
    """`measure` in a process of its own, with one thread."""
    environment = os.environ | {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    command = [sys.executable, __file__, "--measure", str(path), "--model", name]
    answer = subprocess.run(command, env=environment, check=True, capture_output=True, text=True)  # noqa: S603 (this very script)
    return dict(json.loads(answer.stdout))


def table(scores: dict[str, dict[str, Counts]]) -> str:
    """The scores as Markdown."""
    lines = [
        "| set | kind | names | found | precision | recall | F1 | F1, overlapping |",
        "|---|---|---:|---:|---:|---:|---:|---:|",
    ]
    for name, counts in scores.items():
        for kind, count in counts.items():
            precision, recall, exact, near = count.rates()
            lines.append(f"| {name} | {kind} | {count.gold} | {count.found} | {precision:.1f} | {recall:.1f} | {exact:.1f} | {near:.1f} |")
    return "\n".join(lines)


def costs(figures: dict[str, float], model: str) -> str:
    """Size, speed and memory as Markdown."""
    folder = Path(model)
    size = sum(file.stat().st_size for file in folder.rglob("*") if file.is_file()) / 1e6 if folder.is_dir() else None
    rows = [("words a second, one thread", f"{figures['speed']:,.0f}"), ("load time", f"{figures['load']:.2f} s")]
    rows += [
        (f"peak memory of an article of {ARTICLE_WORDS:,} words, above the loaded pipeline", f"{figures['peak'] - figures['rest']:.0f} MiB")
    ]
    rows += [("memory of the process before that", f"{figures['rest']:.0f} MiB")]
    rows += [("size on disk", f"{size:.1f} MB")] if size else []
    return "\n".join(["| cost | |", "|---|---:|", *(f"| {name} | {value} |" for name, value in rows)])


def write_card(text: str) -> None:
    """Put the tables into the shipped model's card."""
    card = SHIPPED / "README.md"
    before, _, rest = card.read_text(encoding="utf-8").partition(BEGIN)
    _, _, after = rest.partition(END)
    card.write_text(f"{before}{BEGIN}\n\n{text}\n\n{END}{after}", encoding="utf-8")


def main() -> int:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--text", type=Path, help="folder of the labelled sets")
    parser.add_argument("--sets", nargs="+", default=SETS, help="sets to score (%(default)s)")
    parser.add_argument("--part", default="test", help="part of each set: test or dev (%(default)s)")
    parser.add_argument("--model", default=str(SHIPPED), help="name or folder of a spaCy pipeline (the shipped one)")
    parser.add_argument("--card", action="store_true", help="write the tables into the shipped model's card as well")
    parser.add_argument("--no-costs", action="store_true", help="leave out speed, load time and memory")
    parser.add_argument("--measure", type=Path, help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.measure:
        print(json.dumps(measure(args.model, [doc.text for doc in read(args.measure)])))
        return 0
    if args.text is None:
        parser.error("--text FOLDER is needed")
    nlp = load(args.model)
    texts = {name: read(args.text / f"{name}.{args.part}.spacy") for name in args.sets}
    text = table({name: score(nlp, docs) for name, docs in texts.items()})
    if not args.no_costs:
        text += "\n\n" + costs(measured(args.model, args.text / f"{args.sets[0]}.{args.part}.spacy"), args.model)
    print(text)
    if args.card:
        write_card(text)
    return 0


if __name__ == "__main__":
    sys.exit(main())
