#!/usr/bin/env python3
"""Score contested identity on labelled records: contested mentions, claims, ordinary mentions.

    python scripts/score_claims.py dev.jsonl [--verbose]

Each line of the file is one article with the people of its own knowledge base: `text`, `date`, `people`, `mentions` (start, end, gold: an
id, null or "contested"), `claims` (claimant, claimant_id, stance, person_id) and `kind`. Claims are compared by record, as
(is there a claimant, claimant_id, stance, person_id).
"""

import argparse
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from disambig.__main__ import main
from disambig.kb.store import KnowledgeBase
from disambig.pipeline import load_model, resolve_article
from disambig.records import CONTESTED, Article, Claim, Decision, Outcome, PartialDate, Person, Role
from disambig.settings import Settings

if TYPE_CHECKING:
    from spacy.language import Language

Key = tuple[bool, str | None, str, str]
_CONFIDENT = 0.9


@dataclass
class Tally:
    """Counts of right, invented and missed, and of ordinary mentions."""

    contested: Counter[str] = field(default_factory=Counter)
    disputes: Counter[str] = field(default_factory=Counter)  # by record
    claims: Counter[str] = field(default_factory=Counter)
    ordinary: Counter[str] = field(default_factory=Counter)


def score() -> None:
    """Read the file, run each record and print the figures, in all and for each kind."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("records", type=Path, metavar="RECORDS.jsonl")
    parser.add_argument("--verbose", action="store_true", help="show what went wrong in each record")
    asked = parser.parse_args()
    nlp, kinds, whole = load_model(), defaultdict[str, Tally](Tally), Tally()
    for line in asked.records.read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        decisions = run(record, nlp)
        for tally in (whole, kinds[record["kind"].rpartition(":")[0]]):
            count(tally, record, decisions)
        if asked.verbose:
            print("\n".join(wrong(record, decisions)))
    print(f"{'kind':<38} {'contested mentions':<34} {'disputes':<22} {'claims':<34} ordinary")
    for kind, tally in [*sorted(kinds.items()), ("all", whole)]:
        print(f"{kind:<38} {f1(tally.contested):<34} {invented(tally.disputes):<22} {f1(tally.claims):<34} {right(tally.ordinary)}")


def run(record: dict[str, Any], nlp: "Language") -> dict[tuple[int, int], Decision]:
    """The decisions on one record, by place."""
    people = [person(one) for one in record["people"]]
    article = Article(record["id"], record["text"], date(record["date"]))
    given = tuple((one["start"], one["end"]) for one in record["mentions"])
    decisions = resolve_article(article, kb=KnowledgeBase.of(people), nlp=nlp, settings=Settings(), given=given)
    return {(one.mention.start, one.mention.end): one for one in decisions}


def person(packed: dict[str, Any]) -> Person:
    """A person of a record."""
    roles = tuple(
        Role(one["title"], one["organisation"], one.get("country", ""), date(one["start"]), date(one["end"])) for one in packed["roles"]
    )
    return Person(
        packed["id"], packed["name"], tuple(packed["aliases"]), packed["description"], roles, countries=tuple(packed["countries"])
    )


def date(written: str | None) -> PartialDate | None:
    """A date, None where there is none."""
    return PartialDate.parse(written) if written else None


def claims_of(decisions: Iterable[Decision]) -> list[Claim]:
    """Every claim once, from the mention that it stands on."""
    return [claim for decision in decisions for claim in decision.claims if claim.mention.start == decision.mention.start]


def count(tally: Tally, record: dict[str, Any], decisions: dict[tuple[int, int], Decision]) -> None:
    """Add one record to *tally*."""
    for one in record["mentions"]:
        decision = decisions[one["start"], one["end"]]
        said = decision.outcome is Outcome.CONTESTED
        if said or one["gold"] == CONTESTED:
            tally.contested["right" if said and one["gold"] == CONTESTED else "invented" if said else "missed"] += 1
        if one["gold"] != CONTESTED:
            found = decision.person.id if decision.person else None
            tally.ordinary["right" if found == one["gold"] and not said else "wrong"] += 1
            tally.ordinary["confident"] += bool(found and found != one["gold"] and decision.verdicts[0].probability > _CONFIDENT)
    said_any = any(one.outcome is Outcome.CONTESTED for one in decisions.values())
    if said_any or record["contested"]:
        tally.disputes["right" if said_any and record["contested"] else "invented" if said_any else "missed"] += 1
    gold, found_claims = expected(record), answered(decisions.values())
    tally.claims["right"] += (gold & found_claims).total()
    tally.claims["invented"] += (found_claims - gold).total()
    tally.claims["missed"] += (gold - found_claims).total()


def expected(record: dict[str, Any]) -> Counter[Key]:
    """The labelled claims."""
    return Counter((bool(one["claimant"]), one["claimant_id"], one["stance"], one["person_id"]) for one in record["claims"])


def answered(decisions: Iterable[Decision]) -> Counter[Key]:
    """The claims that were found."""
    return Counter((bool(one.claimant), one.claimant_id, one.stance.value, one.person.id) for one in claims_of(decisions))


def f1(counts: Counter[str]) -> str:
    """The F1 score with its counts."""
    found, gold = counts["right"] + counts["invented"], counts["right"] + counts["missed"]
    if not found and not gold:
        return ""
    return f"F1 {2 * counts['right'] / (found + gold):.2f}: {counts['right']} of {gold}, {counts['invented']} invented"


def invented(counts: Counter[str]) -> str:
    """The disputes found and invented, by record."""
    gold = counts["right"] + counts["missed"]
    return f"{counts['right']} of {gold}, {counts['invented']} invented" if gold or counts["invented"] else ""


def right(counts: Counter[str]) -> str:
    """The ordinary mentions that were right."""
    return f"{counts['right']} of {counts['right'] + counts['wrong']}, {counts['confident']} wrong above {_CONFIDENT}"


def wrong(record: dict[str, Any], decisions: dict[tuple[int, int], Decision]) -> Sequence[str]:
    """What went wrong in one record, in lines."""
    lines = []
    for one in record["mentions"]:
        decision = decisions[one["start"], one["end"]]
        found = CONTESTED if decision.outcome is Outcome.CONTESTED else decision.person.id if decision.person else None
        if found != one["gold"]:
            best = [(v.person.id if v.person else None, round(v.probability, 2)) for v in decision.verdicts[:3]]
            lines.append(
                f"{record['id']} {one['surface']!r} at {one['start']}: expected {one['gold']}, got {found} {decision.reason.value} {best}"
            )
    gold, found_claims = expected(record), answered(decisions.values())
    lines += [f"{record['id']} missed   {key}" for key in (gold - found_claims).elements()]
    lines += [f"{record['id']} invented {key}" for key in (found_claims - gold).elements()]
    return [f"{record['kind']}: {line}" for line in lines]


if __name__ == "__main__":
    main(score)
