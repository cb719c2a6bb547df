"""The command line: reads the options, calls the pipeline, writes what comes out and prints the short of it.

What takes long to import (spaCy, pandas, the model) is imported inside the command that needs it, so that `--help` answers at once.
"""
# ruff: noqa: PLC0415 -- see above

import dataclasses
import json
import os
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console, Group, RenderableType
from rich.table import Table
from rich.text import Text

from disambig import __version__
from disambig.errors import CorpusError
from disambig.outputs import MENTIONS, REJECTED, RunFolder, Tally, find_decision, fingerprint
from disambig.records import Outcome
from disambig.settings import Settings
from disambig.table import explanation

if TYPE_CHECKING:
    from spacy.language import Language

    from disambig.evaluate import Scores
    from disambig.kb.store import KnowledgeBase
    from disambig.records import Decision, Evidence, Rejected

_UNCLEAR_NAMES = 5  # listed after a run
_EXAMPLES = 3  # of each kind of mistake, after an evaluation
_WIDTH = 160  # characters a line, where the output is not a terminal

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="markdown",
    context_settings={"help_option_names": ["-h", "--help"]},
)


class MentionSource(str, Enum):
    """Where the mentions of an evaluation come from."""

    GIVEN = "given"
    FOUND = "found"


Kb = Annotated[Path, typer.Option("--kb", metavar="PEOPLE", help="The people, as .jsonl or .csv.")]
Model = Annotated[
    str | None,
    typer.Option(metavar="NAME_OR_PATH", help="The spaCy pipeline that finds names.", show_default="the one that disambig brings"),
]
Workers = Annotated[int, typer.Option(min=1, metavar="N", help="Processes that read articles side by side; the answers stay the same.")]
SettingsFile = Annotated[
    Path | None, typer.Option("--settings", metavar="TOML", help="A file of settings; options go before it.", show_default=False)
]
MinProbability = Annotated[
    float | None,
    typer.Option(
        min=0, max=1, metavar="P", help="Say a person from this probability on, 0 to 1.", show_default=f"{Settings().min_probability}"
    ),
]
Quiet = Annotated[bool, typer.Option("--quiet", help="Show no progress bar; without a terminal there is none anyway.")]


def _print_version(wanted: bool) -> None:
    if wanted:
        _say(f"disambig {__version__}")
        raise typer.Exit


@app.callback()
def disambig(
    *,
    version: Annotated[bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version and stop.")] = False,
) -> None:
    """Say who each person mentioned in news articles is, out of a knowledge base of people.

    Example: `disambig run articles/ --kb people.jsonl --out out`
    """


@app.command()
def run(  # noqa: PLR0913 -- each is an option
    articles: Annotated[
        list[str],
        typer.Argument(metavar="ARTICLES", help="Folders or files (.txt, .jsonl, .csv), or - for standard input."),
    ],
    *,
    kb: Kb,
    out: Annotated[Path, typer.Option(metavar="DIR", help="The folder to write to; made where it is missing.")],
    model: Model = None,
    workers: Workers = 1,
    settings_file: SettingsFile = None,
    min_probability: MinProbability = None,
    quiet: Quiet = False,
) -> None:
    """Resolve every mention of a person in the articles and write one CSV row a mention.

    Example: `disambig run articles/ --kb people.jsonl --out out`

    Writes resolved_mentions.csv, evidence.jsonl, rejected.csv and run.json into the folder given by --out.
    """
    from disambig.articles import read_articles
    from disambig.pipeline import resolve

    settings = _settings(settings_file, min_probability)
    with RunFolder(out) as folder:
        clock = _Clock()
        read = read_articles(articles, reject=folder.reject, max_chars=settings.max_article_chars)
        nlp, people = _load(model, kb, folder.reject)
        clock.lap("load")
        decided = resolve(read, kb=people, nlp=nlp, settings=settings, workers=workers)
        for decisions in _with_progress(decided, quiet=quiet):
            folder.add(decisions)
        clock.lap("resolve")
        folder.finish(_about(settings, nlp, kb, people, clock))
    _warn_of_rejected(folder)
    if not folder.tally.articles:
        msg = f"no article could be read from {', '.join(articles)}; expected .txt, .jsonl or .csv files, see {out / REJECTED}"
        raise CorpusError(msg)
    _say(_short(folder.tally), f"Rows: {out / MENTIONS}")


@app.command()
def evaluate(  # noqa: PLR0913 -- each is an option
    gold: Annotated[Path, typer.Argument(metavar="GOLD", help="Labelled articles, as .jsonl.", show_default=False)],
    *,
    kb: Kb,
    mentions: Annotated[MentionSource, typer.Option(help="Take the labelled mentions as given, or find them.")] = MentionSource.GIVEN,
    overlap: Annotated[bool, typer.Option("--overlap", help="Let a found mention answer any label that it overlaps.")] = False,
    out: Annotated[Path | None, typer.Option(metavar="DIR", help="Write the files of a run there too.", show_default=False)] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the figures as JSON.")] = False,
    model: Model = None,
    workers: Workers = 1,
    settings_file: SettingsFile = None,
    min_probability: MinProbability = None,
    quiet: Quiet = False,
) -> None:
    """Measure the decisions against labelled articles: counts, rates from 0 to 1, and what went wrong.

    Example: `disambig evaluate gold.jsonl --kb people.jsonl --mentions found`
    """
    from disambig.articles import read_gold
    from disambig.evaluate import evaluate as score
    from disambig.pipeline import resolve

    settings = _settings(settings_file, min_probability)
    labelled = tuple(read_gold(gold))
    given = {one.article.id: tuple(dict.fromkeys((label.start, label.end) for label in one.labels)) for one in labelled}
    with ExitStack() as stack:
        folder = stack.enter_context(RunFolder(out)) if out else None
        clock = _Clock()
        nlp, people = _load(model, kb, folder.reject if folder else _tell)
        clock.lap("load")
        decided = resolve(
            (one.article for one in labelled),
            kb=people,
            nlp=nlp,
            settings=settings,
            workers=workers,
            given=given if mentions is MentionSource.GIVEN else None,
        )
        shown = _with_progress(decided, total=len(labelled), quiet=quiet)
        scores = score(zip(labelled, _copied_to(folder, shown), strict=True), overlap=overlap)
        clock.lap("resolve")
        if folder:
            folder.finish(_about(settings, nlp, kb, people, clock))
    if folder:
        _warn_of_rejected(folder)
    _say(json.dumps(scores.summary())) if as_json else _say(*_figures(scores))


@app.command()
def explain(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A folder that `disambig run` wrote.", show_default=False)],
    mention_id: Annotated[str, typer.Argument(metavar="MENTION_ID", help="As in the column mention_id.", show_default=False)],
) -> None:
    """Show how one decision came about: every candidate and every piece of evidence, with its share of the log-odds.

    Example: `disambig explain out kozak-partition-plan:120-125`
    """
    _say(*_explained(find_decision(folder, mention_id)))


def _settings(path: Path | None, min_probability: float | None) -> Settings:
    settings = Settings.load(path) if path else Settings()
    return settings if min_probability is None else dataclasses.replace(settings, min_probability=min_probability)


def _load(model: str | None, kb: Path, reject: "Callable[[Rejected], None]") -> "tuple[Language, KnowledgeBase]":
    from disambig.kb.store import KnowledgeBase
    from disambig.pipeline import load_model

    return load_model(model), KnowledgeBase.open(kb, reject=reject)


class _Clock:
    """Seconds spent on each part of a run."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self._since = time.perf_counter()

    def lap(self, name: str) -> None:
        now = time.perf_counter()
        self.seconds[name], self._since = round(now - self._since, 3), now


def _about(settings: Settings, nlp: "Language", kb: Path, people: "KnowledgeBase", clock: _Clock) -> dict[str, object]:
    """What `run.json` says besides the counts. Names of files only, since folders tell where somebody works."""
    return {
        "version": __version__,
        "settings": dataclasses.asdict(settings),
        "model": {
            "name": f"{nlp.meta['lang']}_{nlp.meta['name']}",
            "version": nlp.meta["version"],
            "sha256": fingerprint(nlp.path) if nlp.path else None,
        },
        "kb": {"name": kb.name, "sha256": fingerprint(kb), "people": len(people)},
        "seconds": clock.seconds,
    }


def _copied_to(folder: RunFolder | None, decided: "Iterable[tuple[Decision, ...]]") -> "Iterator[tuple[Decision, ...]]":
    for decisions in decided:
        if folder:
            folder.add(decisions)
        yield decisions


def _with_progress(decided: "Iterable[tuple[Decision, ...]]", *, total: int | None = None, quiet: bool) -> "Iterator[tuple[Decision, ...]]":
    if quiet or not sys.stderr.isatty():
        yield from decided
        return
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.completed} articles"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        yield from progress.track(decided, total=total)


def _tell(rejected: "Rejected") -> None:
    sys.stderr.write(f"disambig: left out {rejected.where}: {rejected.reason}\n")


def _warn_of_rejected(folder: RunFolder) -> None:
    if folder.rejected:
        sys.stderr.write(f"disambig: {folder.rejected} article(s) or record(s) left out; see {folder.path / REJECTED} for where and why\n")


def _say(*parts: RenderableType) -> None:
    """Print to stdout. A reader that has gone away (`| head`) is no error."""
    console = Console(width=None if sys.stdout.isatty() else _WIDTH, highlight=False)
    with console.capture() as capture:
        for part in parts:
            # A text goes out as it is: an article may hold [brackets], which rich would take for markup, and JSON is one line.
            console.print(Text(part) if isinstance(part, str) else part, soft_wrap=isinstance(part, str))
    try:
        sys.stdout.write(capture.get())
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # else Python complains of it once more at its exit
        raise typer.Exit from None


def _table(*columns: str, rows: Iterable[Sequence[object]], title: str | None = None) -> Table:
    table = Table(title=Text(title) if title else None, title_justify="left")
    for column in columns:
        table.add_column(column, overflow="fold")
    for row in rows:
        table.add_row(*(Text(str(cell)) for cell in row))
    return table


def _short(tally: Tally) -> RenderableType:
    """A run in two small tables: the decisions by kind, and the names most often left undecided."""
    counts = [("articles", tally.articles), ("mentions", tally.mentions), *((one.value, tally.outcomes[one]) for one in Outcome)]
    unclear = [(one.name, f"{one.undecided} of {one.mentions}") for one in tally.most_unclear(_UNCLEAR_NAMES)]
    tables = [_table("", "count", rows=counts)]
    if unclear:
        tables.append(_table("most ambiguous names", "undecided", rows=unclear))
    return Group(*tables)


def _figures(scores: "Scores") -> Iterator[RenderableType]:
    """An evaluation in two tables: every rate with its counts, and the mistakes by kind with examples."""
    rows = [(rate.name, "none" if rate.value is None else f"{rate.value:.4f}", f"{rate.part} of {rate.whole}") for rate in scores.rates]
    calibration = "none" if scores.ece is None else f"{scores.ece:.4f}"
    yield _table("figure", "0 to 1", "count", rows=[*rows, ("ece", calibration, f"over {scores.answered}")])
    mistakes = [
        *((kind.value, found) for kind, found in scores.mistakes_by_kind.items()),
        ("wrong link over .9", scores.confident_wrong_links),
    ]
    examples = [(name, len(found), "\n".join(map(str, found[:_EXAMPLES]))) for name, found in mistakes]
    yield _table("mistake", "count", "for example", rows=examples)


def _explained(decision: "Decision") -> Iterator[RenderableType]:
    """A decision in words, its candidates, and under each of them what moved its log-odds."""
    mention = decision.mention
    reason = f" ({decision.reason.value})" if decision.reason.value else ""
    yield f"{mention.text!r} in article {mention.article_id!r}, {mention.start}:{mention.end}: {decision.outcome.value}{reason}"
    yield decision.sentence
    yield explanation(decision)
    for verdict in decision.verdicts:
        who = f"{verdict.person.name} ({verdict.person.id})" if verdict.person else "nobody in the knowledge base"
        title = f"{who}: {verdict.probability:.4f}"
        rows = [(item.feature, *_numbers(item), item.because) for item in verdict.evidence]
        yield _table("evidence", "value", "log-odds", "because", rows=rows, title=title) if rows else title


def _numbers(item: "Evidence") -> tuple[str, str]:
    return ("missing", "") if item.value is None else (f"{item.value:+.2f}", f"{item.share:+.2f}")
