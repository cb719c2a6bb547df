"""Labelled articles and a knowledge base (KB) -> the evidence of every labelled mention as arrays, kept on disk: a refit takes seconds."""

from __future__ import annotations

import hashlib
import sys
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import TYPE_CHECKING
from unittest import mock

import numpy as np
from fit_namesakes import vary
from fit_prior import prior

import disambig
from disambig.articles import read_articles, read_gold
from disambig.corrections import Corrections, labelled
from disambig.errors import KnowledgeError
from disambig.features import FEATURES
from disambig.kb.sources import read_people
from disambig.kb.store import KnowledgeBase
from disambig.outputs import fingerprint
from disambig.pipeline import load_model, resolve
from disambig.records import CONTESTED, Decision, Label, LabelledArticle, Person, Rejected
from disambig.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

NAMES = tuple(feature.__name__ for feature in FEATURES)
_UNUSED = frozenset({"cli.py", "table.py", "outputs.py", "evaluate.py", "report.py", "__main__.py"})  # files that make no evidence


@dataclass(frozen=True, slots=True)
class Source:
    """A labelled set on disk."""

    gold: Path
    kb: Path
    articles: Path | None = None  # of a reviewed CSV; the other files of labels hold their articles

    @property
    def name(self) -> str:
        """The file name without its ending; that of the folder for "gold.jsonl"."""
        return self.gold.parent.name if self.gold.stem == "gold" else self.gold.stem


@dataclass(frozen=True, slots=True)
class Cases:
    """Labelled mentions with their evidence, in arrays: m mentions, r rows (candidates of all mentions), f features, k of nobody."""

    values: np.ndarray  # (r, f) float64, -1 to 1, NaN where there was nothing to compare
    nobody: np.ndarray  # (m, k) float64
    counts: np.ndarray  # (m,) int, candidates of each mention, 0 or more
    right: np.ndarray  # (m,) int, which of its candidates is right, -1 for none of them
    linked: np.ndarray  # (m,) bool, the label is a person of the KB
    doubted: np.ndarray  # (m,) bool, the text itself doubts whom the name means
    left_out: np.ndarray  # (m,) bool, the person was left out of the KB
    article: np.ndarray  # (m,) str, article ids
    offset: np.ndarray  # (m,) int, where the mention starts

    def __len__(self) -> int:
        """How many mentions."""
        return len(self.counts)

    def only(self, kept: np.ndarray) -> Cases:
        """The mentions of a mask (m,)."""
        rows = np.repeat(kept, self.counts)
        return Cases(*(getattr(self, one.name)[rows if one.name == "values" else kept] for one in fields(self)))


def joined(parts: Sequence[Cases]) -> Cases:
    """Several sets as one."""
    return Cases(*(np.concatenate([getattr(part, one.name) for part in parts]) for one in fields(Cases)))


def read(source: Source, variant: int, cache: Path | None) -> Cases:
    """The evidence of a set; *variant* 0 is the set itself, a higher one makes namesakes and leaves people out, and keeps what changed.

    Raises DisambigError where a file cannot be read.
    """
    kept = cache / f"{source.name}-{variant}-{_digest(source)}.npz" if cache else None
    if kept and kept.exists():
        with np.load(kept) as arrays:
            return Cases(*(arrays[one.name] for one in fields(Cases)))
    people = tuple(one for _, one in read_people(source.kb, reject=_refuse))
    articles = _reviewed(source.gold, source.articles, people) if source.articles else tuple(read_gold(source.gold))
    if variant:
        varied = vary(articles, people, variant)
        found = _gather(varied.articles, varied.people)
        places = list(zip(found.article.tolist(), found.offset.tolist(), strict=True))
        found = replace(found, left_out=np.array([place in varied.left_out for place in places], bool))
        found = found.only(np.array([place in varied.changed for place in places], bool))
    else:
        found = _gather(articles, people)
    if kept:
        kept.parent.mkdir(parents=True, exist_ok=True)
        np.savez_compressed(kept, **{one.name: getattr(found, one.name) for one in fields(Cases)})
    return found


def _refuse(rejected: Rejected) -> None:
    msg = f"{rejected.where}: {rejected.reason}"
    raise KnowledgeError(msg)


def _reviewed(path: Path, articles: Path, people: Iterable[Person]) -> tuple[LabelledArticle, ...]:
    """The articles with corrections; what does not fit is told."""
    corrections = Corrections(path, person_of={one.id: one for one in people}.get, reject=_tell)
    found = tuple(labelled(one, corrections) for one in read_articles([articles], reject=_tell))
    corrections.finish()
    return tuple(one for one in found if one.labels)


def _tell(rejected: Rejected) -> None:
    sys.stderr.write(f"{rejected.where}: {rejected.reason}\n")


def _digest(source: Source) -> str:
    """A fingerprint of everything that the evidence depends on: the set, and the code."""
    package = Path(disambig.__file__).parent
    scripts = [Path(__file__).with_name(name) for name in ("fit_evidence.py", "fit_namesakes.py", "fit_prior.py")]
    code = sorted(path for path in package.rglob("*") if path.suffix in {".py", ".txt", ".npz", ".onnx"} and path.name not in _UNUSED)
    digest = hashlib.sha256()
    for path in (source.gold, source.kb, *code, *scripts):
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    if source.articles:
        digest.update(fingerprint(source.articles).encode())
    return digest.hexdigest()[:16]


def _gather(articles: Sequence[LabelledArticle], people: Iterable[Person]) -> Cases:
    """Run the pipeline over the labelled mentions and keep what the features say.

    It decides by the weights from before the fit: the shipped file may lack a feature that is new, and what is fitted must not depend on
    an earlier fit. (Only mentions introduced as "another" one of a name depend on other decisions at all.)
    """
    given = {one.article.id: tuple(dict.fromkeys((label.start, label.end) for label in one.labels)) for one in articles}
    rows: list[tuple[Decision, Label]] = []
    with mock.patch("disambig.decide.shipped_weights", prior):
        texts = (one.article for one in articles)
        decided = resolve(texts, kb=KnowledgeBase.of(people), nlp=load_model(), settings=Settings(), given=given)
        for one, decisions in zip(articles, decided, strict=True):
            found = {(decision.mention.start, decision.mention.end): decision for decision in decisions}
            rows += [(found[label.start, label.end], label) for label in one.labels if label.gold != CONTESTED]
    return _arrays(rows)


def _arrays(rows: Sequence[tuple[Decision, Label]]) -> Cases:
    """Decisions with their labels as arrays; the candidates of a mention in the order of their ids."""
    values, right = [], []
    for decision, label in rows:
        people = sorted((one for one in decision.verdicts if one.person), key=lambda one: one.person.id if one.person else "")
        values += [[np.nan if found.value is None else found.value for found in one.evidence] for one in people]
        right.append(next((place for place, one in enumerate(people) if one.person and one.person.id == label.gold), -1))
    nobody = [next(one for one in decision.verdicts if one.person is None).evidence for decision, _ in rows]
    return Cases(
        values=np.array(values, float).reshape(-1, len(NAMES)),
        nobody=np.array([[found.value or 0.0 for found in evidence] for evidence in nobody], float),
        counts=np.array([len(decision.verdicts) - 1 for decision, _ in rows], int),
        right=np.array(right, int),
        linked=np.array([label.gold is not None for _, label in rows], bool),
        doubted=np.array([decision.chain.context.doubted for decision, _ in rows], bool),
        left_out=np.zeros(len(rows), bool),
        article=np.array([decision.mention.article_id for decision, _ in rows], str),
        offset=np.array([decision.mention.start for decision, _ in rows], int),
    )
