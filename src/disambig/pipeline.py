"""Articles -> Decisions: the one place that wires the stages.

articles ─► mentions ─► (statements) ─► chains ─► contexts ─► candidates ─► resemblance ─► features ─► decide ─► claims ─► clusters

A short text goes through resemblance, features and decide once more, when it is known who its people may be.
"""

import gc
import multiprocessing
import os
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import ExitStack
from functools import cache, partial
from importlib.resources import files
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, final

from disambig.candidates import candidates_for, names_looked_for, with_company
from disambig.chains import link
from disambig.claims import read_statements, settle
from disambig.clusters import Clusters
from disambig.contexts import describe, with_settled
from disambig.corrections import Corrections
from disambig.decide import decide, pin
from disambig.errors import ConfigError, CorpusError, RunError
from disambig.features import gather
from disambig.kb.store import KnowledgeBase
from disambig.mentions import Span, find_mentions
from disambig.records import Article, Candidate, Chain, Correction, Decision, Mention, Rejected
from disambig.resemblance import is_short, with_resemblance, with_whole_text
from disambig.settings import Settings

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

Given = Mapping[str, tuple[Span, ...]]
_KEPT = 1_000  # texts whose words are kept, or forgotten together
_OBJECTS = 50_000  # made before the collector looks among them; with Python's 700 it takes a tenth of the time after spaCy
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
    if name is None:
        nlp.max_length = sys.maxsize  # spaCy's limit is for parsers, whose memory grows with the text; settings have one of their own
    return nlp


def resolve(  # noqa: PLR0913 (one subject, the rest are named)
    articles: Iterable[Article],
    *,
    kb: KnowledgeBase,
    nlp: "Language",
    settings: Settings,
    workers: int = 1,
    given: Given | None = None,
    corrections: Corrections | None = None,
    clusters: Clusters | None = None,
    refuse: Callable[[Rejected], None] | None = None,
) -> Iterator[tuple[Decision, ...]]:
    """Say who each person mentioned in *articles* is: one tuple of decisions for each article, in their order.

    Lazy; a few articles in memory at a time. *given* holds spans of mentions by article id, to be taken as they are; *corrections* are what
    a reader says about some mentions; *clusters* finds the people outside the KB again whom earlier articles named. The answers do not
    depend on *workers*, the number of processes.

    An article that is too much, see `resolve_article`, is told to *refuse* just before its tuple, which is empty; without *refuse* it
    raises CorpusError. Raises RunError when one of several processes dies.
    """
    spans = given or {}
    work = ((article, spans.get(article.id), corrections.for_article(article) if corrections else ()) for article in articles)
    for answer in _resolve_in_processes(work, workers, (kb, nlp, settings)) if workers > 1 else _resolve_here(work, (kb, nlp, settings)):
        if isinstance(answer, Rejected):
            if refuse is None:
                msg = f"{answer.where}: {answer.reason}"
                raise CorpusError(msg)
            refuse(answer)
        decisions = () if isinstance(answer, Rejected) else answer
        yield clusters.add(decisions) if clusters else decisions


def resolve_article(  # noqa: PLR0913 (one subject, the rest are named)
    article: Article,
    *,
    kb: KnowledgeBase,
    nlp: "Callable[[str], Doc]",
    settings: Settings,
    given: tuple[Span, ...] | None = None,
    corrections: tuple[Correction, ...] = (),
) -> tuple[Decision, ...]:
    """Say who each person mentioned in one article is, in the order of the text; *nlp* gives the Doc of a text.

    *corrections* must be of this article. Raises CorpusError where the article has more mentions than the settings allow, or is longer than
    the spaCy pipeline takes.
    """
    by_hand = {(one.start, one.end): one for one in corrections}
    _see_that_it_is_short(len(article.text), getattr(nlp, "max_length", sys.maxsize))  # a function that hands out a Doc takes any
    found = find_mentions(article, nlp, given=(*(given or ()), *by_hand), is_known=kb.is_full_name, is_surname=kb.is_surname)
    _see_that_they_are_few(len(found.mentions), settings.max_article_mentions)
    document = read_statements(found)

    def turn(seen: tuple[Mention, Chain]) -> tuple[bool, bool, bool]:
        """What a reader has corrected first, for it testifies for the rest; then full names, for they do for bare ones.

        Last come those told from a namesake, when it is known who the namesake is.
        """
        mention, chain = seen
        return (mention.start, mention.end) not in by_hand, chain.context.another, chain.context.bare

    shortlist = cache(partial(candidates_for, kb=kb, settings=settings))  # of names: mentions of one person mostly share it

    def decided(mention: Mention, chain: Chain, candidates: tuple[Candidate, ...]) -> Decision:
        decision = decide(document, mention, chain, list(zip(candidates, gather(chain, candidates), strict=True)), settings)
        correction = by_hand.get((mention.start, mention.end))
        return pin(decision, correction) if correction else decision

    decisions: list[Decision] = []
    compared: list[tuple[Candidate, ...]] = []
    for mention, chain in sorted(describe(document, link(document)), key=turn):
        seen = with_settled(mention, chain, decisions)
        found_here = with_company(seen, shortlist(names_looked_for(mention, seen), seen.context.rivals), kb, settings)
        compared.append(with_resemblance(mention, seen, found_here))
        decisions.append(decided(mention, seen, compared[-1]))
    if is_short(article):
        decisions = _read_again(article, decisions, compared, decided)
    return settle(document, sorted(decisions, key=lambda decision: (decision.mention.start, decision.mention.end)))


def _read_again(
    article: Article,
    decisions: list[Decision],
    compared: list[tuple[Candidate, ...]],
    decided: Callable[[Mention, Chain, tuple[Candidate, ...]], Decision],
) -> list[Decision]:
    """*decisions* on a short article, made between the candidates *compared*, made anew where the text as a whole tells these apart."""
    again = with_whole_text(article, list(zip(decisions, compared, strict=True)))
    return [
        one if candidates is before else decided(one.mention, one.chain, candidates)
        for one, candidates, before in zip(decisions, again, compared, strict=True)
    ]


def _see_that_it_is_short(chars: int, limit: int) -> None:
    if chars > limit:
        msg = f"the text has {chars} characters; this spaCy pipeline takes at most {limit}"
        raise CorpusError(msg)


def _see_that_they_are_few(mentions: int, limit: int) -> None:
    if mentions > limit:
        msg = f"{mentions} mentions; expected at most {limit}, see 'max_article_mentions'; split the article"
        raise CorpusError(msg)


@final
class Forgetful:
    """A spaCy pipeline for many texts: it keeps the words of the first thousand, and forgets those of each thousand after them.

    spaCy keeps every word that it has met, 200 bytes or more each, and names and numbers never stop being new. Only one Doc is to be alive
    at a time. Outside the main thread, where another may be at work on the same pipeline, and before spaCy 3.8 nothing is forgotten.
    """

    def __init__(self, nlp: "Language") -> None:
        self._nlp = nlp
        self._texts = 0
        self._zone = ExitStack()

    @property
    def max_length(self) -> int:
        """The most characters of a text that the pipeline takes."""
        return int(self._nlp.max_length)

    def __enter__(self) -> "Forgetful":
        """Begin."""
        return self

    def __exit__(self, *_: object) -> None:
        """Forget what is to be forgotten."""
        self._zone.close()

    def __call__(self, text: str) -> "Doc":
        """The Doc of *text*, good until the next call."""
        if self._texts and self._texts % _KEPT == 0:
            self._zone.close()
            if threading.current_thread() is threading.main_thread() and not getattr(self._nlp.vocab, "in_memory_zone", True):
                self._zone.enter_context(self._nlp.memory_zone())
        self._texts += 1
        return self._nlp(text)


def keep_loaded() -> None:
    """Let Python's collector of garbage pass over what has been loaded, which stays as long as the process, and look less often."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(_OBJECTS)


# -- several processes

_Work = tuple[Article, tuple[Span, ...] | None, tuple[Correction, ...]]
_Tools = tuple[KnowledgeBase, "Language", Settings]
_Answer = tuple[Decision, ...] | Rejected
_tools: list[tuple[KnowledgeBase, Forgetful, Settings]] = []  # what a worker process was started with


def _resolve_here(work: Iterable[_Work], tools: _Tools) -> Iterator[_Answer]:
    """Answers to *work*, made in this process."""
    kb, nlp, settings = tools
    with Forgetful(nlp) as reader:
        for one in work:
            yield _answer(one, (kb, reader, settings))


def _answer(work: _Work, tools: tuple[KnowledgeBase, Forgetful, Settings]) -> _Answer:
    (article, given, corrections), (kb, nlp, settings) = work, tools
    try:
        return resolve_article(article, kb=kb, nlp=nlp, settings=settings, given=given, corrections=corrections)
    except CorpusError as error:
        return Rejected(f"article {article.id!r}", str(error))


def _start(tools: _Tools) -> None:
    kb, nlp, settings = tools
    _tools[:] = [(kb, Forgetful(nlp), settings)]
    threading.Thread(target=_end_with_parent, daemon=True).start()
    keep_loaded()


def _end_with_parent() -> None:
    """End this process with the one that started it; otherwise it would wait for work for ever when that one is killed."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _resolve_chunk(chunk: list[_Work]) -> list[_Answer]:
    return [_answer(work, _tools[0]) for work in chunk]


def _resolve_in_processes(work: Iterator[_Work], workers: int, tools: _Tools) -> Iterator[_Answer]:
    """Hand chunks of *work* to processes and give their answers back in order."""
    # "spawn" on every platform: forking a process that runs threads of onnxruntime can hang it
    context = multiprocessing.get_context("spawn")
    try:
        with ProcessPoolExecutor(workers, mp_context=context, initializer=_start, initargs=(tools,)) as pool:
            waiting: deque[Future[list[_Answer]]] = deque()
            while chunk := list(islice(work, _CHUNK)):
                waiting.append(pool.submit(_resolve_chunk, chunk))
                if len(waiting) >= workers * _AHEAD:
                    yield from waiting.popleft().result()
            while waiting:
                yield from waiting.popleft().result()
    except BrokenProcessPool:
        msg = f"one of the {workers} processes died, perhaps for want of memory; try fewer with --workers"
        raise RunError(msg) from None
