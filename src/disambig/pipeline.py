"""Articles -> Decisions: the one place that wires the stages.

articles ─► mentions ─► (statements) ─► chains ─► contexts ─► candidates ─► resemblance ─► features ─► decide ─► claims
"""

import multiprocessing
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass
from importlib.resources import files
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from disambig.candidates import candidates_for
from disambig.chains import link
from disambig.claims import read_statements, settle
from disambig.contexts import describe, with_settled
from disambig.decide import decide
from disambig.errors import ConfigError, KnowledgeError
from disambig.features import gather
from disambig.kb.store import KnowledgeBase
from disambig.mentions import Span, find_mentions
from disambig.records import Article, Decision, PartialDate, Rejected
from disambig.resemblance import with_resemblance
from disambig.settings import Settings

if TYPE_CHECKING:
    from spacy.language import Language

Given = Mapping[str, tuple[Span, ...]]
_CHUNK = 8  # articles that a worker takes at a time
_AHEAD = 3  # chunks in hand for each worker: keeps all busy, and memory bounded


def load_model(name: str | None = None) -> "Language":
    """The spaCy pipeline that finds names: an installed one, a folder, or the shipped one for None. Raises ConfigError."""
    import spacy  # noqa: PLC0415 (slow to import, and not needed for --help)

    shipped = Path(str(files("disambig").joinpath("model")))
    if name is None and not (shipped / "meta.json").exists():
        msg = "the model that comes with disambig is missing; expected it in the package's folder 'model'; install disambig again"
        raise ConfigError(msg)
    try:
        nlp = spacy.load(shipped if name is None else name)
    except OSError:
        msg = f"the spaCy pipeline {name!r} is not installed; expected its name or folder; run: python -m spacy download {name}"
        raise ConfigError(msg) from None
    except ValueError as error:  # a folder that is no pipeline, or one of another version
        msg = f"the spaCy pipeline {name!r} cannot be loaded: {str(error).splitlines()[0]}; expected one made for this version of spaCy"
        raise ConfigError(msg) from None
    if not any("doc.ents" in nlp.get_pipe_meta(pipe).assigns for pipe in nlp.pipe_names):
        parts = ", ".join(nlp.pipe_names) or "none"
        msg = f"the spaCy pipeline {name!r} finds no names (its parts: {parts}); expected one that sets doc.ents"
        raise ConfigError(msg)
    return nlp


def resolve(  # noqa: PLR0913 (one subject, the rest are named)
    articles: Iterable[Article], *, kb: KnowledgeBase, nlp: "Language", settings: Settings, workers: int = 1, given: Given | None = None
) -> Iterator[tuple[Decision, ...]]:
    """Say who each person mentioned in *articles* is: one tuple of decisions for each article, in their order.

    Lazy; a few articles in memory at a time. *given* holds spans of mentions by article id, to be taken as they are. The answers do not
    depend on *workers*, the number of processes.
    """
    spans = given or {}
    work = ((article, spans.get(article.id)) for article in articles)
    if workers > 1:
        yield from _resolve_in_processes(work, workers, (kb, nlp, settings))
        return
    for article, fixed in work:
        yield resolve_article(article, kb=kb, nlp=nlp, settings=settings, given=fixed)


def resolve_article(
    article: Article, *, kb: KnowledgeBase, nlp: "Language", settings: Settings, given: tuple[Span, ...] | None = None
) -> tuple[Decision, ...]:
    """Say who each person mentioned in one article is, in the order of the text."""
    document = read_statements(find_mentions(article, nlp, given=given, is_known=kb.is_full_name))
    decisions: list[Decision] = []
    # full names first, then the bare ones that they testify for; last those told from a namesake, when it is known who the namesake is
    for mention, chain in sorted(describe(document, link(document)), key=lambda seen: (seen[1].context.another, seen[1].context.bare)):
        seen = with_settled(mention, chain, decisions)
        candidates = with_resemblance(seen, candidates_for(mention, seen, kb, settings))
        gathered = [(candidate, gather(seen, candidate)) for candidate in candidates]
        decisions.append(decide(document, mention, seen, gathered, settings))
    return settle(document, sorted(decisions, key=lambda decision: (decision.mention.start, decision.mention.end)))


@dataclass(frozen=True)
class Resolver:
    """A knowledge base, a spaCy pipeline and settings, ready to read texts; `disambig.load` makes one."""

    kb: KnowledgeBase
    nlp: "Language"
    settings: Settings

    @classmethod
    def load(cls, *, kb: str | Path, model: str | None, settings: Settings) -> "Resolver":
        """Read the people and the pipeline; raises KnowledgeError and ConfigError."""

        def refuse(rejected: Rejected) -> None:
            msg = f"{rejected.where}: {rejected.reason}"
            raise KnowledgeError(msg)

        return cls(KnowledgeBase.open(Path(kb), reject=refuse), load_model(model), settings)

    def resolve(self, text: str, *, date: str | None = None, title: str = "") -> tuple[Decision, ...]:
        """Say who each person mentioned in *text* is; *date*, as YYYY, YYYY-MM or YYYY-MM-DD, is the day of writing.

        Raises ValueError for another form of date.
        """
        article = Article("text", text, PartialDate.parse(date) if date else None, title)
        return resolve_article(article, kb=self.kb, nlp=self.nlp, settings=self.settings)


# -- several processes

_Work = tuple[Article, tuple[Span, ...] | None]
_Tools = tuple[KnowledgeBase, "Language", Settings]
_tools: list[_Tools] = []  # what a worker process was started with


def _start(tools: _Tools) -> None:
    _tools[:] = [tools]


def _resolve_chunk(chunk: list[_Work]) -> list[tuple[Decision, ...]]:
    kb, nlp, settings = _tools[0]
    return [resolve_article(article, kb=kb, nlp=nlp, settings=settings, given=fixed) for article, fixed in chunk]


def _resolve_in_processes(work: Iterator[_Work], workers: int, tools: _Tools) -> Iterator[tuple[Decision, ...]]:
    """Hand chunks of *work* to processes and give their answers back in order."""
    # "spawn" on every platform: forking a process that runs threads of onnxruntime can hang it
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(workers, mp_context=context, initializer=_start, initargs=(tools,)) as pool:
        waiting: deque[Future[list[tuple[Decision, ...]]]] = deque()
        while chunk := list(islice(work, _CHUNK)):
            waiting.append(pool.submit(_resolve_chunk, chunk))
            if len(waiting) >= workers * _AHEAD:
                yield from waiting.popleft().result()
        while waiting:
            yield from waiting.popleft().result()
