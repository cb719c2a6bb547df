"""Texts -> Decisions from Python: a resolver that holds people, spaCy pipeline and settings, and what notebooks and DataFrames need."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import escape
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from disambig.articles import read_article
from disambig.errors import CorpusError, KnowledgeError
from disambig.kb.store import KnowledgeBase
from disambig.pipeline import load_model, resolve_article
from disambig.records import Article, Decision, Outcome, PartialDate, Rejected
from disambig.rows import Row
from disambig.settings import Settings
from disambig.table import explanation, probability, to_frame

if TYPE_CHECKING:
    import pandas as pd
    from spacy.language import Language

_LIKELIEST = 2  # of the candidates and nobody, named where it is undecided


class Decisions(tuple[Decision, ...]):
    """The decisions on one text, in its order: a tuple that shows itself as a small table, in a notebook as one of HTML."""

    __slots__ = ()

    def __repr__(self) -> str:
        """One line a mention."""
        lines = (f"{_place(one)}: {one.outcome.value}, {_who(one)}, {probability(one):.2f}" for one in self)
        return "\n".join(lines) or "no mention of a person"

    def _repr_html_(self) -> str:
        """A table of mention, decision, who, probability and evidence; whatever the text holds is shown as text."""
        rows = ((_place(one), one.outcome.value, _who(one), f"{probability(one):.2f}", explanation(one)) for one in self)
        head = "".join(f"<th>{name}</th>" for name in ("mention", "decision", "who", "probability", "evidence"))
        body = "".join("<tr>" + "".join(f"<td style='text-align:left'>{escape(cell)}</td>" for cell in row) + "</tr>" for row in rows)
        return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _place(decision: Decision) -> str:
    return f"{decision.mention.text} ({decision.mention.start}:{decision.mention.end})"


def _who(decision: Decision) -> str:
    """The person, with the id, or whoever it may be."""
    if decision.outcome is Outcome.UNKNOWN:
        return "nobody in the knowledge base"
    said = decision.person or decision.reading
    people = [said] if said else [verdict.person for verdict in decision.verdicts[:_LIKELIEST]]
    return " or ".join(f"{person.name} ({person.id})" if person else "nobody" for person in people)


@dataclass(frozen=True)
class Resolver:
    """A knowledge base, a spaCy pipeline and settings, ready to read texts; `disambig.load` makes one."""

    kb: KnowledgeBase
    nlp: "Language"
    settings: Settings

    @classmethod
    def load(cls, *, kb: str | Path, model: str | None, settings: Settings) -> "Resolver":
        """Read the people and the pipeline; raises KnowledgeError and ConfigError."""
        return cls(open_people(kb), load_model(model), settings)

    def resolve(self, text: str, *, date: str | None = None, title: str = "") -> Decisions:
        """Say who each person mentioned in *text* is; *date*, as YYYY, YYYY-MM or YYYY-MM-DD, is the day of writing.

        Raises ValueError for another form of date.
        """
        return self.resolve_article(Article("text", text, PartialDate.parse(date) if date else None, title))

    def resolve_article(self, article: Article) -> Decisions:
        """The same for an article with an id, which the rows of `to_frame` then have."""
        return Decisions(resolve_article(article, kb=self.kb, nlp=self.nlp, settings=self.settings))

    def resolve_frame(self, articles: "pd.DataFrame") -> "pd.DataFrame":
        """The rows of `resolved_mentions.csv` for a DataFrame of articles: columns article_id and text, and date and title if you like.

        Article ids should differ, since mention ids are made of them. Raises CorpusError at the first article that cannot be read.
        """
        return to_frame(chain.from_iterable(map(self._resolve_row, frame_rows(articles))))

    def _resolve_row(self, row: Row) -> Decisions:
        try:
            article = read_article(row, self.settings.max_article_chars, id_key="article_id")
        except ValueError as error:
            msg = f"{row.where}: {error}"
            raise CorpusError(msg) from None
        return self.resolve_article(article)

    @staticmethod
    def to_frame(decisions: Iterable[Decision]) -> "pd.DataFrame":
        """The rows of `resolved_mentions.csv`: `start` and `end` as whole numbers, `probability` as a number, the rest as text."""
        return to_frame(decisions)


def open_people(path: str | Path) -> KnowledgeBase:
    """The people of a .kb or any source file; raises KnowledgeError where a file or one of its records cannot be read."""

    def refuse(rejected: Rejected) -> None:
        msg = f"{rejected.where}: {rejected.reason}"
        raise KnowledgeError(msg)

    return KnowledgeBase.open(Path(path), reject=refuse)


def frame_rows(articles: "pd.DataFrame") -> Iterator[Row]:
    """The rows of a DataFrame of articles, for `read_article`: a missing value as None, days and ids as text.

    Raises CorpusError where a column that every article needs is missing.
    """
    for column in ("article_id", "text"):
        if column not in articles.columns:
            columns = ", ".join(map(str, articles.columns)) or "none"
            msg = f"the articles have no column {column!r} (their columns: {columns}); expected article_id, text, and date and title if any"
            raise CorpusError(msg)
    for values in articles.astype(object).where(articles.notna(), None).to_dict("records"):
        article_id, date = values["article_id"], values.get("date")
        read = {
            "article_id": None if article_id is None else str(article_id),
            "text": values["text"],
            "date": date.isoformat() if isinstance(date, dt.date) else date,
            "title": values.get("title"),
        }
        yield Row(f"article {read['article_id']!r}", read)
