"""Who is who in the news: every mention of a person, resolved against a knowledge base of people, with a probability and the reasons.

import disambig

resolver = disambig.load(kb="people.jsonl")
found = resolver.resolve("…", date="2023-01-10")    # a tuple of decisions, which a notebook shows as a table
for decision in found:
    print(decision.mention.text, decision.outcome.value, decision.person)
resolver.to_frame(found)                             # a pandas DataFrame, with the columns of resolved_mentions.csv
resolver.resolve_frame(articles)                     # the same of a DataFrame with the columns article_id, text, date and title
"""

from typing import TYPE_CHECKING

from disambig.records import Article, Decision, Evidence, Mention, Outcome, Person, Reason, Verdict
from disambig.settings import Settings

if TYPE_CHECKING:
    from pathlib import Path

    from disambig.resolver import Resolver

__version__ = "0.1.0"
__all__ = ["Article", "Decision", "Evidence", "Mention", "Outcome", "Person", "Reason", "Settings", "Verdict", "load"]


def load(*, kb: "str | Path", model: str | None = None, settings: Settings | None = None) -> "Resolver":
    """A resolver over the people of the file *kb*, with the shipped spaCy pipeline or another *model*.

    A record of *kb* that cannot be read raises KnowledgeError, as does a file that cannot; an unknown model raises ConfigError.
    """
    from disambig.resolver import Resolver  # noqa: PLC0415 (imports spaCy, which `disambig --help` must not wait for)

    return Resolver.load(kb=kb, model=model, settings=settings or Settings())
