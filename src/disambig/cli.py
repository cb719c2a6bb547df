"""The command line: reads the options, calls the pipeline, writes what comes out and prints the short of it.

What takes long to import (spaCy, pandas, the model) is imported inside the command that needs it, so that `--help` answers at once.
"""
# ruff: noqa: PLC0415 -- see above

import dataclasses
import json
import os
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from enum import Enum
from functools import partial
from itertools import tee
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

import typer
from rich.console import Console, Group, RenderableType
from rich.table import Table
from rich.text import Text

from disambig import __version__
from disambig.errors import ConfigError, CorpusError
from disambig.outputs import MENTIONS, REJECTED, REPORT, RejectedFile, RunFolder, Tally, find_decision, fingerprint
from disambig.records import Outcome
from disambig.report import REPORT_ARTICLES
from disambig.settings import Settings

if TYPE_CHECKING:
    from spacy.language import Language

    from disambig.evaluate import Rate, Scores
    from disambig.intervals import Interval
    from disambig.kb.store import KnowledgeBase
    from disambig.records import Decision, LabelledArticle, Rejected

_UNCLEAR_NAMES = 5  # listed after a run
_EXAMPLES = 3  # of each kind of mistake, after an evaluation
# What `kb info` shows, by the words of the file.
_HELD = {
    "people": "people",
    "names": "names, aliases among them",
    "surnames": "different surnames",
    "born": "with a date of birth",
    "roles": "with roles",
    "countries": "with countries",
    "description": "with a description",
    "popularity": "with a popularity",
    "sources": "made of",
    "version": "made by disambig",
    "form": "form of the file",
}
_OF_PEOPLE = frozenset({"born", "roles", "countries", "description", "popularity"})
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


Kb = Annotated[
    Path, typer.Option("--kb", metavar="PEOPLE", help="The people: a .kb made by `disambig kb build`, or any file that it reads.")
]
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
Precision = Annotated[
    float | None,
    typer.Option(
        min=0,
        max=1,
        metavar="P",
        help="Say people only from the probability on at which this share of them was right on articles that the weights had not seen; "
        "instead of --min-probability.",
        show_default=False,
    ),
]
Resume = Annotated[
    bool,
    typer.Option(
        "--resume", help="Go on with an interrupted run in DIR, if there is one; options, people and articles must be the same as there."
    ),
]
CorrectionsFile = Annotated[
    Path | None,
    typer.Option(
        "--corrections",
        metavar="CSV",
        help="A copy of resolved_mentions.csv with a column correct_person_id: the id of the right person, nobody, or empty. What it says "
        "holds, and testifies for the rest of the article.",
        show_default=False,
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


kb_app = typer.Typer(no_args_is_help=True, rich_markup_mode="markdown")
app.add_typer(kb_app, name="kb")


@kb_app.callback()
def kb_group() -> None:
    """Make a knowledge base of people, and look into it.

    Example: `disambig kb build people.jsonl --out people.kb`
    """


@kb_app.command("build")
def kb_build(
    sources: Annotated[
        list[Path],
        typer.Argument(metavar="SOURCE", help="Files of people: JSON Lines, CSV, FollowTheMoney, Popolo, Wikidata; also .gz, .bz2."),
    ],
    *,
    out: Annotated[Path, typer.Option(metavar="FILE.kb", help="The file to write.")],
    languages: Annotated[
        str, typer.Option(metavar="CODES", help="Languages of labels and aliases taken from Wikidata, the best first.")
    ] = "en",
    quiet: Quiet = False,
) -> None:
    """Make one file of people out of sources in any format; records of one id in several sources become one person.

    Example: `disambig kb build people.jsonl entities.ftm.json --out people.kb`

    Records that cannot be used are listed beside the file, in FILE.rejected.csv, with where and why.
    """
    from disambig.kb.build import build
    from disambig.kb.files import Asked

    codes = tuple(code.strip() for code in languages.split(",") if code.strip())
    if not codes:
        msg = "expected codes such as en,de"
        raise typer.BadParameter(msg, param_hint="--languages")
    if not out.name or out.is_dir():
        msg = f"{out}: is a folder; expected a file to write to, such as people.kb"
        raise ConfigError(msg)
    _refuse_to_overwrite((out, rejects := out.with_suffix(".rejected.csv")), sources)
    with RejectedFile(rejects) as rejected:
        asked = Asked(rejected.add, _note, codes)
        shown = partial(_with_progress, what="people read", quiet=quiet)
        count = build(sources, out, asked, version=__version__, watch=shown)
    if rejected.count:
        sys.stderr.write(f"disambig: {rejected.count} record(s) left out or mended; see {rejected.path} for where and why\n")
    _say(f"{count} people: {out}")


@kb_app.command("find")
def kb_find(
    name: Annotated[str, typer.Argument(metavar="NAME", help="A name, in any spelling or alphabet.", show_default=False)],
    *,
    kb: Kb,
    limit: Annotated[int, typer.Option(min=1, metavar="N", help="The most people to show.")] = 10,
) -> None:
    """Show whom a name can mean: the candidates, best first, and why each came up.

    Example: `disambig kb find "D. Kozak" --kb people.kb`
    """
    from disambig.kb.store import KnowledgeBase
    from disambig.names import best_agreement, parse

    people = KnowledgeBase.open(kb, reject=_tell)
    found = people.find(name, limit, widely=True)
    if not found:
        _say(f"nobody in {kb} has a name like {name!r}")
        return
    rows = []
    for match in found:
        person = match.person
        agreement = best_agreement(parse(name), person.names)
        born = str(person.born) if person.born else ""
        rows.append((person.id, person.name, f"{match.score:.2f}", f"{agreement.kind.value}: {agreement.name}", born, person.description))
    _say(_table("id", "name", "score", "why", "born", "description", rows=rows))


@kb_app.command("info")
def kb_info(
    kb: Annotated[Path, typer.Argument(metavar="FILE.kb", help="A file that `disambig kb build` wrote.", show_default=False)],
) -> None:
    """Show what a knowledge base holds.

    Example: `disambig kb info people.kb`
    """
    from disambig.kb.store import KnowledgeBase

    about = KnowledgeBase(kb).about()
    _say(_table("", kb.name, rows=((name, shown) for key, name in _HELD.items() if (shown := _counted(about, key)))))


@app.command()
def run(  # noqa: PLR0913 -- each is an option
    articles: Annotated[
        list[str],
        typer.Argument(metavar="ARTICLES", help="Folders or files (.txt, .jsonl, .csv), or - for standard input."),
    ],
    *,
    kb: Kb,
    out: Annotated[Path, typer.Option(metavar="DIR", help="The folder to write to; made where it is missing.")],
    corrections: CorrectionsFile = None,
    model: Model = None,
    workers: Workers = 1,
    settings_file: SettingsFile = None,
    min_probability: MinProbability = None,
    precision: Precision = None,
    resume: Resume = False,
    report_articles: Annotated[
        int, typer.Option(min=0, metavar="N", help="The most articles that report.html holds, the first ones; 0 for no report.")
    ] = REPORT_ARTICLES,
    quiet: Quiet = False,
) -> None:
    """Resolve every mention of a person in the articles and write one CSV row a mention.

    Example: `disambig run articles/ --kb people.jsonl --out out`

    Writes resolved_mentions.csv, identity_claims.csv, report.html, evidence.jsonl, new_people.jsonl, rejected.csv and run.json into the
    folder of --out. They appear when the run is done; one that is killed loses nothing that it has finished: give the same command again
    with --resume.
    """
    from disambig.articles import read_articles
    from disambig.clusters import Clusters
    from disambig.corrections import Corrections
    from disambig.pipeline import resolve

    settings = _settings(settings_file, min_probability, precision)
    with RunFolder(out, report_articles=report_articles, note=_note) as folder:
        clock = _Clock()
        read = read_articles(articles, reject=folder.reject, max_chars=settings.max_article_chars)
        nlp, people = _load(model, kb, folder.reject)
        reviewed = Corrections(corrections, person_of=people.get, reject=folder.reject) if corrections else None
        clusters = Clusters()
        about = _about(settings, nlp, kb, people, corrections)
        folder.begin(about, resume=resume, replay=clusters.add)
        clock.lap("load")
        skip = reviewed.for_article if reviewed else lambda _: None
        read, again = tee(folder.unfinished(read, skip=skip))
        decided = resolve(
            read,
            kb=people,
            nlp=nlp,
            settings=settings,
            workers=workers,
            corrections=reviewed,
            clusters=clusters,
            refuse=folder.refuse,
        )
        for decisions, article in zip(_with_progress(decided, "articles", quiet=quiet), again, strict=True):
            folder.add(article, decisions)
        if reviewed:
            reviewed.finish()
            about["corrections"] |= {"applied": reviewed.applied, "left_out": reviewed.left_out}
        clock.lap("resolve")
        folder.finish({**about, "seconds": clock.seconds}, clusters.new_people())
    if reviewed:
        _note(f"{reviewed.applied} correction(s) applied, {reviewed.left_out} left out")
    _warn_of_rejected(folder)
    if not folder.tally.articles:
        msg = f"no article could be read from {', '.join(articles)}; expected .txt, .jsonl or .csv files, see {out / REJECTED}"
        raise CorpusError(msg)
    _say(_short(folder.tally), f"Rows: {out / MENTIONS}", *([f"Report: {out / REPORT}"] if report_articles else []))


@app.command()
def evaluate(  # noqa: PLR0913 -- each is an option
    gold: Annotated[Path, typer.Argument(metavar="GOLD", help="Labelled articles, as .jsonl.", show_default=False)],
    *,
    kb: Kb,
    mentions: Annotated[MentionSource, typer.Option(help="Take the labelled mentions as given, or find them.")] = MentionSource.GIVEN,
    overlap: Annotated[bool, typer.Option("--overlap", help="Let a found mention answer any label that it overlaps.")] = False,
    compare: Annotated[bool, typer.Option("--compare", help="Show what simple methods make of the same mentions.")] = False,
    out: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Write the files of a run and reliability.svg there.", show_default=False)
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the figures as JSON.")] = False,
    model: Model = None,
    workers: Workers = 1,
    settings_file: SettingsFile = None,
    min_probability: MinProbability = None,
    precision: Precision = None,
    quiet: Quiet = False,
) -> None:
    """Measure the decisions against labelled articles: counts, rates from 0 to 1, and what went wrong.

    Example: `disambig evaluate gold.jsonl --kb people.jsonl --mentions found --compare`

    The intervals hold 95 % of 1,000 draws of whole articles. The simple methods get a mark of their own below which they say nobody, each
    half of the articles the one that suits the other half.
    """
    from disambig.articles import read_gold
    from disambig.baselines import compare as compared
    from disambig.clusters import Clusters
    from disambig.evaluate import evaluate as score
    from disambig.pipeline import resolve
    from disambig.reliability import write_reliability

    settings = _settings(settings_file, min_probability, precision)
    labelled = tuple(read_gold(gold))
    given = {one.article.id: tuple(dict.fromkeys((label.start, label.end) for label in one.labels)) for one in labelled}
    with ExitStack() as stack:
        folder = stack.enter_context(RunFolder(out)) if out else None
        clock = _Clock()
        nlp, people = _load(model, kb, folder.reject if folder else _tell)
        clock.lap("load")
        clusters = Clusters()
        decided = resolve(
            (one.article for one in labelled),
            kb=people,
            nlp=nlp,
            settings=settings,
            workers=workers,
            given=given if mentions is MentionSource.GIVEN else None,
            refuse=folder.refuse if folder else _tell,
            clusters=clusters,
        )
        spans: list[list[tuple[int, int]]] = []
        shown = _with_progress(_noting(decided, spans), "articles", total=len(labelled), quiet=quiet)
        scores = score(_copied_to(folder, zip(labelled, shown, strict=True)), overlap=overlap)
        clock.lap("resolve")
        others = compared(list(zip(labelled, spans, strict=True)), people, scores, overlap=overlap) if compare else {}
        if folder:
            folder.finish({**_about(settings, nlp, kb, people), "seconds": clock.seconds}, clusters.new_people())
    if folder:
        write_reliability(scores, folder.path)
        _warn_of_rejected(folder)
    _say(json.dumps(_all_figures(scores, others))) if as_json else _say(*_figures(scores, others))


@app.command()
def explain(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A folder that `disambig run` wrote.", show_default=False)],
    wanted: Annotated[
        str,
        typer.Argument(
            metavar="MENTION_ID",
            help="As in the column mention_id, or as much of it as no other has; or a name that is mentioned once.",
            show_default=False,
        ),
    ],
) -> None:
    """Show how one decision came about: every candidate, what each piece of evidence moved, and what tells the first two apart.

    Example: `disambig explain out kozak-partition-plan:236-241`
    """
    from disambig.explain import explained

    _say(*explained(find_decision(folder, wanted)))


def _settings(path: Path | None, min_probability: float | None, precision: float | None) -> Settings:
    from disambig.decide import threshold_for

    if min_probability is not None and precision is not None:
        msg = "--min-probability and --precision are both given; expected one of them"
        raise ConfigError(msg)
    settings = Settings.load(path) if path else Settings()
    if min_probability is not None:
        settings = dataclasses.replace(settings, min_probability=min_probability)
    if precision is not None:
        settings = dataclasses.replace(settings, precision=precision)
    if settings.precision is not None:
        threshold_for(settings.precision)  # says at once where it was never held
    return settings


def _load(model: str | None, kb: Path, reject: "Callable[[Rejected], None]") -> "tuple[Language, KnowledgeBase]":
    from disambig.kb.store import KnowledgeBase
    from disambig.pipeline import keep_loaded, load_model

    loaded = load_model(model), KnowledgeBase.open(kb, reject=reject)
    keep_loaded()
    return loaded


class _Clock:
    """Seconds spent on each part of a run."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self._since = time.perf_counter()

    def lap(self, name: str) -> None:
        now = time.perf_counter()
        self.seconds[name], self._since = round(now - self._since, 3), now


def _about(settings: Settings, nlp: "Language", kb: Path, people: "KnowledgeBase", corrections: Path | None = None) -> dict[str, Any]:
    """What the rows depend on besides the articles: what `run.json` says, and what must be the same to go on with a run.

    Names of files only, since folders tell where somebody works.
    """
    held = people.about()
    return {
        "version": __version__,
        "settings": dataclasses.asdict(settings),
        "model": {
            "name": f"{nlp.meta['lang']}_{nlp.meta['name']}",
            "version": nlp.meta["version"],
            "sha256": fingerprint(nlp.path) if nlp.path else None,
        },
        "kb": {"name": kb.name, "sha256": held["sha256"], "people": held["people"]},
        "corrections": {"name": corrections.name, "sha256": fingerprint(corrections)} if corrections else None,
    }


_Answered = tuple["LabelledArticle", "tuple[Decision, ...]"]


def _copied_to(folder: RunFolder | None, answered: Iterable[_Answered]) -> Iterator[_Answered]:
    for one, decisions in answered:
        if folder:
            folder.add(one.article, decisions)
        yield one, decisions


def _noting(decided: "Iterable[tuple[Decision, ...]]", spans: list[list[tuple[int, int]]]) -> "Iterator[tuple[Decision, ...]]":
    """The same decisions; where they stand is added to *spans*."""
    for decisions in decided:
        spans.append([(decision.mention.start, decision.mention.end) for decision in decisions])
        yield decisions


_Counted = TypeVar("_Counted")


def _with_progress(counted: Iterable[_Counted], what: str, *, total: int | None = None, quiet: bool) -> Iterator[_Counted]:
    if quiet or not sys.stderr.isatty():
        yield from counted
        return
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.completed} " + what), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        yield from progress.track(counted, total=total)


def _note(line: str) -> None:
    sys.stderr.write(f"disambig: {line}\n")


def _refuse_to_overwrite(written: Iterable[Path], sources: Sequence[Path]) -> None:
    for out in written:
        if any(out.exists() and source.exists() and out.samefile(source) for source in sources):
            msg = f"{out}: is one of the sources; expected another file to write to"
            raise ConfigError(msg)


def _counted(about: Mapping[str, object], key: str) -> str:
    """What a store says of itself under *key*, in how many of all the people where that is what it counts; empty where it says nothing."""
    value = about.get(key, "")
    if isinstance(value, list):
        return "\n".join(map(str, value))
    return f"{value} of {about.get('people')}" if key in _OF_PEOPLE else str(value)


def _tell(rejected: "Rejected") -> None:
    sys.stderr.write(f"disambig: left out {rejected.where}: {rejected.reason}\n")


def _warn_of_rejected(folder: RunFolder) -> None:
    if folder.rejected:
        sys.stderr.write(
            f"disambig: {folder.rejected} article(s), record(s) or correction(s) left out; see {folder.path / REJECTED} for where and why\n"
        )


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
        drop_output()
        raise typer.Exit from None


def drop_output() -> None:
    """Let go what standard output did not take: Python would try again as it ends, complain in lines of its own, and exit with 120."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


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


def _all_figures(scores: "Scores", others: "Mapping[str, Scores]") -> dict[str, object]:
    """The figures of an evaluation for a program; under "compare" those of the simple methods, where they were asked for."""
    if not others:
        return scores.summary()
    compared = {
        name: {**{rate.name: rate.value for rate in other.rates}, "accuracy_ahead_of_it": _limits(scores.ahead_of(other))}
        for name, other in others.items()
    }
    return {**scores.summary(), "compare": compared}


def _limits(found: "Interval | None") -> list[float] | None:
    return [found.low, found.high] if found else None


def _figures(scores: "Scores", others: "Mapping[str, Scores]") -> Iterator[RenderableType]:
    """An evaluation in two tables: every rate with its counts, beside those of other methods; and the mistakes by kind with examples."""
    limits = scores.intervals()
    beside = list(zip(*([_shown(rate) for rate in other.rates] for other in others.values()), strict=True)) or [()] * len(scores.rates)
    rows = [
        (rate.name, _shown(rate), str(limits[rate.name] or ""), f"{rate.part} of {rate.whole}", *cells)
        for rate, cells in zip(scores.rates, beside, strict=True)
    ]
    calibration = "none" if scores.ece is None else f"{scores.ece:.4f}"
    rows.append(("ece", calibration, str(limits["ece"] or ""), f"over {scores.count('found')}"))
    if others:
        ahead = (str(scores.ahead_of(other) or "").replace(" to ", " to\n") for other in others.values())
        rows.append(("accuracy ahead of it, 95 %", "", "", "", *ahead))
    yield _table("figure", "disambig" if others else "0 to 1", "95 % interval", "count", *others, rows=rows)
    mistakes = [
        *((kind.value, found) for kind, found in scores.mistakes_by_kind.items()),
        ("wrong link over .9", scores.confident_wrong_links),
    ]
    examples = [(name, len(found), "\n".join(map(str, found[:_EXAMPLES]))) for name, found in mistakes]
    yield _table("mistake", "count", "for example", rows=examples)


def _shown(rate: "Rate") -> str:
    return "none" if rate.value is None else f"{rate.value:.4f}"
