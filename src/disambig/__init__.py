"""Who is who in the news: every mention of a person, resolved against a knowledge base of people, with a probability and the reasons.

import disambig

resolver = disambig.load(kb="people.jsonl")
for decision in resolver.resolve("…", date="2023-01-10"):
    print(decision.mention.text, decision.outcome.value, decision.person)
"""

from typing import TYPE_CHECKING

from disambig.records import Article, Decision, Evidence, Mention, Outcome, Person, Reason, Verdict
from disambig.settings import Settings

if TYPE_CHECKING:
    from pathlib import Path

    from disambig.pipeline import Resolver

__version__ = "0.1.0"
__all__ = ["Article", "Decision", "Evidence", "Mention", "Outcome", "Person", "Reason", "Settings", "Verdict", "load"]


def load(*, kb: "str | Path", model: str | None = None, settings: Settings | None = None) -> "Resolver":
    """A resolver over the people of the file *kb*, with the shipped spaCy pipeline or another *model*.

    A record of *kb* that cannot be read raises KnowledgeError, as does a file that cannot; an unknown model raises ConfigError.
    """
    from disambig.pipeline import Resolver  # noqa: PLC0415 (imports spaCy, which `disambig --help` must not wait for)

    return Resolver.load(kb=kb, model=model, settings=settings or Settings())
