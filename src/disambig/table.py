"""Decisions as rows: `resolved_mentions.csv`, `identity_claims.csv`, a pandas DataFrame, and `evidence.jsonl`, which holds every reason.

The first and the last have one entry a mention, in the order in which the decisions come: by article, then by start, then by end.

A spreadsheet takes a cell for a formula that begins with "=", "+", "-", "@", a tab or a line end, and runs it (OWASP, "CSV Injection").
So in every CSV such a text, or one with apostrophes before such a mark, gets an apostrophe before it, see `guarded`; `read_rows` takes it
away, and then `text[start:end] == mention` holds for every row. Numbers stay as they are.
"""

import csv
import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

from disambig.errors import CorpusError
from disambig.records import (
    Chain,
    Claim,
    Context,
    Decision,
    Evidence,
    Mention,
    NewPerson,
    Outcome,
    PartialDate,
    Person,
    Reason,
    Stance,
    Verdict,
)
from disambig.rows import LONGEST_CELL, guarded, unguarded

if TYPE_CHECKING:
    import pandas as pd

COLUMNS: tuple[str, ...] = (
    "article_id",
    "mention_id",
    "start",
    "end",
    "mention",
    "decision",
    "person_id",
    "person_name",
    "probability",
    "candidates",
    "reason",
    "evidence",
    "chain_id",
    "chain_name",
    "cluster_id",
    "title",
    "sentence",
    "date",
)

CLAIM_COLUMNS: tuple[str, ...] = (
    "article_id",
    "mention_id",
    "start",
    "end",
    "mention",
    "claimant",
    "claimant_id",
    "stance",
    "person_id",
    "person_name",
    "cue",
    "sentence",
)

_PEOPLE_SHOWN = 5  # in the column `candidates`, besides nobody
_REASONS_FOR = 3  # clauses in the column `evidence` for a person; more is no longer a sentence
_REASONS_AGAINST = 2
_CUE_SHOWN = 60  # characters of the words of a claim in the column `evidence`
_SHOWN = 80  # characters of what is wrong that a message repeats
_DIGITS = 6  # of the numbers in evidence.jsonl: far more than any decision turns on


class GuardedRows:
    """Writes the rows of a CSV: RFC 4180, each cell `guarded`."""

    def __init__(self, file: TextIO) -> None:
        """Write into *file*, which was opened with newline=""."""
        self._rows = csv.writer(file, lineterminator="\r\n")

    def writerow(self, cells: Iterable[object]) -> None:
        """Write one row."""
        self._rows.writerow(map(guarded, cells))

    def writerows(self, rows: Iterable[Iterable[object]]) -> None:
        """Write several rows."""
        self._rows.writerows(map(guarded, cells) for cells in rows)


def read_rows(path: Path) -> Iterator[dict[str, str]]:
    """The rows of a CSV that a run wrote, by column, as they were before they were `guarded`."""
    csv.field_size_limit(LONGEST_CELL)
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            yield {column: unguarded(cell) for column, cell in row.items()}


class MentionWriter:
    """Writes `resolved_mentions.csv`, one article at a time: UTF-8, RFC 4180."""

    def __init__(self, file: TextIO) -> None:
        """Write the header into *file*, which was opened with newline=""."""
        self._rows = GuardedRows(file)
        self._rows.writerow(COLUMNS)

    def add(self, decisions: Iterable[Decision]) -> None:
        """Write the rows of one article."""
        self._rows.writerows(list(_cells(decision).values()) for decision in _in_order(decisions))


class ClaimWriter:
    """Writes `identity_claims.csv`, one article at a time: UTF-8, RFC 4180, one row a claim, by the mention that it stands on."""

    def __init__(self, file: TextIO) -> None:
        """Write the header into *file*, which was opened with newline=""."""
        self._rows = GuardedRows(file)
        self._rows.writerow(CLAIM_COLUMNS)

    def add(self, decisions: Iterable[Decision]) -> None:
        """Write the claims of one article."""
        for decision in _in_order(decisions):
            self._rows.writerows(_claim_cells(claim) for claim in decision.claims if claim.mention.id == decision.mention.id)


def _claim_cells(claim: Claim) -> tuple[object, ...]:
    mention, person = claim.mention, claim.person
    place = (mention.article_id, mention.id, mention.start, mention.end, mention.text)
    return (*place, claim.claimant, claim.claimant_id or "", claim.stance.value, person.id, person.name, claim.cue, claim.sentence)


class EvidenceWriter:
    """Writes `evidence.jsonl`, one article at a time: every verdict on every mention, with every piece of evidence."""

    def __init__(self, file: TextIO) -> None:
        self._file = file

    def add(self, decisions: Iterable[Decision]) -> None:
        """Write the lines of one article."""
        for decision in _in_order(decisions):
            self._file.write(to_line(decision) + "\n")


class NewPeopleWriter:
    """Writes `new_people.jsonl`: a line a person, in the format in which a KB is read, with how often the articles name this person."""

    def __init__(self, file: TextIO) -> None:
        self._file = file

    def add(self, new: NewPerson) -> None:
        """Write one line."""
        person = new.person
        record = {
            "id": person.id,
            "name": person.name,
            "aliases": person.aliases,
            "roles": [{"title": role.title, "organisation": role.organisation, "country": role.country} for role in person.roles],
            "countries": person.countries,
            "gender": person.gender or None,
            "text": person.text,
            "mentions": new.mentions,
            "articles": new.articles,
        }
        self._file.write(json.dumps(record, ensure_ascii=False) + "\n")


def write_mentions(decisions_per_article: Iterable[tuple[Decision, ...]], path: Path) -> None:
    """Write `resolved_mentions.csv` at *path*; one article in memory at a time."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = MentionWriter(file)
        for decisions in decisions_per_article:
            writer.add(decisions)


def write_evidence(decisions_per_article: Iterable[tuple[Decision, ...]], path: Path) -> None:
    """Write `evidence.jsonl` at *path*; one article in memory at a time."""
    with path.open("w", encoding="utf-8", newline="\n") as file:
        writer = EvidenceWriter(file)
        for decisions in decisions_per_article:
            writer.add(decisions)


def read_evidence(path: Path) -> Iterator[Decision]:
    """The decisions of an `evidence.jsonl`, in its order.

    What is not in the file is not in them: a person has an id and a name only, a chain only the one mention. Raises CorpusError.
    """
    try:
        file = path.open("rb")
    except OSError as error:
        msg = f"{path}: {error.strerror}; expected the evidence.jsonl of a run"
        raise CorpusError(msg) from None
    with file:
        for number, line in enumerate(file, start=1):
            yield from_line(line, f"{path}:{number}")


def to_frame(decisions: Iterable[Decision]) -> "pd.DataFrame":
    """The rows of `resolved_mentions.csv`: `start` and `end` as whole numbers, `probability` as a number, the rest as text."""
    import pandas as pd  # noqa: PLC0415 -- takes half a second, and writing the files does without

    rows = [_cells(decision) for decision in decisions]
    return pd.DataFrame(rows, columns=list(COLUMNS)).astype({"start": int, "end": int, "probability": float})


def _in_order(decisions: Iterable[Decision]) -> list[Decision]:
    return sorted(decisions, key=lambda decision: (decision.mention.start, decision.mention.end))


def _cells(decision: Decision) -> dict[str, object]:
    """The cells of one row, by column."""
    mention, said = decision.mention, _said(decision)
    return {
        "article_id": mention.article_id,
        "mention_id": mention.id,
        "start": mention.start,
        "end": mention.end,
        "mention": mention.text,
        "decision": decision.outcome.value,
        "person_id": said.id if said else "",
        "person_name": said.name if said else "",
        "probability": f"{probability(decision):.6f}",
        "candidates": _candidates(decision.verdicts),
        "reason": decision.reason.value,
        "evidence": explanation(decision),
        "chain_id": decision.chain.id,
        "chain_name": decision.chain.name,
        "cluster_id": decision.person.id if decision.person else decision.cluster,
        "title": mention.title,
        "sentence": decision.sentence,
        "date": str(decision.date) if decision.date else "",
    }


def _said(decision: Decision) -> Person | None:
    """The person that the row names: of a contested mention, the reading of whoever used the name."""
    if decision.outcome is Outcome.CONTESTED:
        return decision.reading
    return decision.person


def probability(decision: Decision) -> float:
    """What the row gives, 0 to 1: of the person when resolved, of nobody when unknown, of the best candidate else."""
    people = _people(decision.verdicts)
    if decision.outcome is Outcome.UNKNOWN or not people:
        return next((verdict.probability for verdict in decision.verdicts if verdict.person is None), 0.0)
    return people[0].probability


def _people(verdicts: Iterable[Verdict]) -> list[Verdict]:
    return [verdict for verdict in verdicts if verdict.person is not None]


def _candidates(verdicts: tuple[Verdict, ...]) -> str:
    shown = _people(verdicts)[:_PEOPLE_SHOWN]
    entries = (verdict for verdict in verdicts if verdict.person is None or any(verdict is one for one in shown))
    return " | ".join(f"{verdict.person.id if verdict.person else 'nobody'}={verdict.probability:.4f}" for verdict in entries)


def explanation(decision: Decision) -> str:
    """A sentence or two a journalist understands: what was decided, what spoke for it and what spoke against the runner-up."""
    return " ".join(filter(None, (_joined(_claimed(decision.claims)), _reasons(decision))))


def _claimed(claims: Iterable[Claim]) -> str:
    """Who says what of the name: "Peskov suggests Taras Kozak ('may refer to'); Danilov means Dmitry Kozak"."""
    return "; ".join(dict.fromkeys(map(_claim_in_words, claims)))


def _claim_in_words(claim: Claim) -> str:
    who, cue = claim.claimant or "the article", claim.cue
    shown = cue if len(cue) <= _CUE_SHOWN else f"{cue[:_CUE_SHOWN].rsplit(' ', 1)[0]} …"
    told = {Stance.IDENTIFIES: "means" if claim.own else "identifies", Stance.SUGGESTS: "suggests", Stance.DENIES: "denies that it is"}
    return f"{who} {told[claim.stance]} {claim.person.name} ('{shown}')"


def _reasons(decision: Decision) -> str:
    if decision.reason is Reason.CORRECTED:
        return _joined(_sentence(decision.verdicts[0].evidence[0].because))
    people = _people(decision.verdicts)
    if not people:
        return f"Nobody in the knowledge base has a name like {decision.mention.text!r}."
    best, second = people[0], people[1] if len(people) > 1 else None
    if decision.outcome is Outcome.RESOLVED:
        return _joined(_for(best, second), _against(second, best) if second else "")
    if decision.outcome is Outcome.CONTESTED:
        return _joined("The speakers in the article disagree about who this is", _for(best, second), _for(second, best) if second else "")
    if decision.outcome is Outcome.UNKNOWN:
        contradicted = decision.reason is Reason.CONTRADICTED
        opening = "Nobody in the knowledge base fits" if contradicted else "Too little speaks for anybody in the knowledge base"
        return _joined(opening, _doubts(best))
    first, other = decision.verdicts[:2]  # nobody may be one of them
    names = " and ".join(f"{_name(verdict, rival)} ({verdict.probability:.2f})" for verdict, rival in ((first, other), (other, first)))
    reasons = (_for(verdict, rival) for verdict, rival in ((first, other), (other, first)) if verdict.person)
    return _joined(f"Undecided between {names}", *reasons)


def _sentence(because: str) -> str:
    return because[:1].upper() + because[1:]


def _joined(*sentences: str) -> str:
    return " ".join(f"{sentence}." for sentence in sentences if sentence)


def _for(verdict: Verdict, rival: Verdict | None = None) -> str:
    """What moved a candidate up, the strongest first."""
    speaking = sorted((item for item in verdict.evidence if item.share > 0), key=lambda item: -item.share)
    return f"{_name(verdict, rival)}: {_clauses(speaking, _REASONS_FOR) or 'nothing in the text speaks for this person'}"


def _doubts(verdict: Verdict) -> str:
    """What moved a candidate down; where nothing did, what little spoke for it."""
    speaking = sorted((item for item in verdict.evidence if item.share < 0), key=lambda item: item.share)
    clauses = _clauses(speaking, _REASONS_AGAINST)
    return f"Against {_name(verdict)}: {clauses}" if clauses else _for(verdict)


def _against(second: Verdict, best: Verdict) -> str:
    """What set the runner-up back: its own evidence, neutral or worse, on which the two differ most; empty where nothing did."""
    shares = {item.feature: item.share for item in best.evidence}
    compared = (item for item in second.evidence if item.value is not None and item.share <= 0)
    behind = [(shares.get(item.feature, 0.0) - item.share, item) for item in compared]
    speaking = [item for gap, item in sorted(behind, key=lambda pair: -pair[0]) if gap > 0]
    clauses = _clauses(speaking, _REASONS_AGAINST)
    return f"Against {_name(second, best)}: {clauses}" if clauses else ""


def _clauses(evidence: Iterable[Evidence], most: int) -> str:
    return "; ".join(list(dict.fromkeys(item.because.rstrip(". ") for item in evidence if item.because))[:most])


def _name(verdict: Verdict, rival: Verdict | None = None) -> str:
    """The person's name, with the id where the *rival* has the same one."""
    if verdict.person is None:
        return "nobody in the knowledge base"
    alike = rival is not None and rival.person is not None and rival.person.name == verdict.person.name
    return f"{verdict.person.name} ({verdict.person.id})" if alike else verdict.person.name


def to_line(decision: Decision) -> str:
    """A decision as one line of `evidence.jsonl`, without the line end."""
    return json.dumps(_packed(decision), ensure_ascii=False)


def _packed(decision: Decision) -> dict[str, object]:
    mention = decision.mention
    return {
        "mention_id": mention.id,
        "article_id": mention.article_id,
        "start": mention.start,
        "end": mention.end,
        "mention": mention.text,
        "title": mention.title,
        "decision": decision.outcome.value,
        "reason": decision.reason.value,
        "chain_id": decision.chain.id,
        "chain_name": decision.chain.name,
        "cluster": decision.cluster,
        "sentence": decision.sentence,
        "date": str(decision.date) if decision.date else None,
        "context": _packed_context(decision.chain.context),
        "claims": [_packed_claim(claim) for claim in decision.claims],
        "verdicts": [
            {
                "person_id": verdict.person.id if verdict.person else None,
                "person_name": verdict.person.name if verdict.person else None,
                "probability": round(verdict.probability, _DIGITS),
                "evidence": [
                    {
                        "feature": item.feature,
                        "value": None if item.value is None else round(item.value, _DIGITS),
                        "weight": round(item.weight, _DIGITS),
                        "share": round(item.share, _DIGITS),
                        "because": item.because,
                    }
                    for item in verdict.evidence
                ],
            }
            for verdict in decision.verdicts
        ],
    }


def _packed_context(context: Context) -> dict[str, object]:
    """What `clusters` compares of a context; what is not known is left out."""
    found: dict[str, object] = {
        "age": context.age,
        "generation": context.generation,
        "gender": context.gender,
        "attached": sorted(context.attached),
        "background": sorted(context.background),
        "fields": sorted(context.fields),
        "organisations": context.organisations,
    }
    return {name: value for name, value in found.items() if value}


def _packed_claim(claim: Claim) -> dict[str, object]:
    mention = claim.mention
    return {
        "start": mention.start,
        "end": mention.end,
        "mention": mention.text,
        "claimant": claim.claimant,
        "claimant_id": claim.claimant_id,
        "stance": claim.stance.value,
        "person_id": claim.person.id,
        "person_name": claim.person.name,
        "cue": claim.cue,
        "sentence": claim.sentence,
        "own": claim.own,
    }


def from_line(written: str | bytes, where: str) -> Decision:
    """The decision of one line of an `evidence.jsonl`, as in `read_evidence`; raises CorpusError, which says *where*."""
    try:
        return _unpacked_decision(json.loads(written if isinstance(written, str) else written.decode()))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        msg = f"{where}: not a line of evidence ({type(error).__name__}: {str(error)[:_SHOWN]}); run the articles again"
        raise CorpusError(msg) from error


def _unpacked_decision(line: Any) -> Decision:  # noqa: ANN401 -- what json.loads returns
    mention = Mention(line["article_id"], line["start"], line["end"], line["mention"], title=line["title"])
    return Decision(
        mention=mention,
        chain=Chain(line["chain_id"], (mention,), line["chain_name"], _unpacked_context(line.get("context", {}))),
        outcome=Outcome(line["decision"]),
        reason=Reason(line["reason"]),
        verdicts=tuple(_unpacked_verdict(verdict) for verdict in line["verdicts"]),
        sentence=line["sentence"],
        date=PartialDate.parse(line["date"]) if line["date"] else None,
        claims=tuple(_unpacked_claim(line["article_id"], claim) for claim in line.get("claims", ())),
        cluster=line.get("cluster", ""),
    )


def _unpacked_context(written: Any) -> Context:  # noqa: ANN401
    return Context(
        age=written.get("age"),
        generation=written.get("generation", ""),
        gender=written.get("gender", ""),
        attached=frozenset(written.get("attached", ())),
        background=frozenset(written.get("background", ())),
        fields=frozenset(written.get("fields", ())),
        organisations=tuple(written.get("organisations", ())),
    )


def _unpacked_claim(article_id: str, claim: Any) -> Claim:  # noqa: ANN401
    return Claim(
        mention=Mention(article_id, claim["start"], claim["end"], claim["mention"]),
        claimant=claim["claimant"],
        claimant_id=claim["claimant_id"],
        stance=Stance(claim["stance"]),
        person=Person(claim["person_id"], claim["person_name"]),
        cue=claim["cue"],
        sentence=claim["sentence"],
        own=claim["own"],
    )


def _unpacked_verdict(verdict: Any) -> Verdict:  # noqa: ANN401
    person = None if verdict["person_id"] is None else Person(verdict["person_id"], verdict["person_name"])
    evidence = (Evidence(item["feature"], item["value"], item["because"], item["weight"]) for item in verdict["evidence"])
    return Verdict(person, verdict["probability"], tuple(evidence))
