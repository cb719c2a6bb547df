"""Statements and decisions become claims, and a name over which claimants differ is contested."""

import csv
import io
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from factory import person, spans

from disambig.kb.store import KnowledgeBase
from disambig.pipeline import load_model, resolve_article
from disambig.records import Article, Decision, Outcome, Person, Reason
from disambig.settings import Settings
from disambig.table import CLAIM_COLUMNS, ClaimWriter, explanation, read_evidence, write_evidence

if TYPE_CHECKING:
    from spacy.language import Language

pytestmark = pytest.mark.model

PEOPLE = (
    person("Ana Costa", description="Treasurer of the rowing club"),
    person("Luis Costa", description="Caterer"),
    person("Rui Vale", description="President of the rowing club"),
    person("Eva Reis", description="Auditor"),
)
NOTE = '"[Costa] took the money," the note says.\n\n'
DISPUTE = NOTE + "The auditor, [Eva Reis], said that it refers to [Ana Costa]. [Rui Vale] replied that it may refer to [Luis Costa]."


@pytest.fixture(scope="module")
def nlp() -> "Language":
    return load_model()


def decided(marked: str, nlp: "Language", people: tuple[Person, ...] = PEOPLE) -> tuple[Decision, ...]:
    text, places, _ = spans(marked)
    return resolve_article(Article("a1", text), kb=KnowledgeBase.of(people), nlp=nlp, settings=Settings(), given=places)


def said(one: Decision) -> list[tuple[str, str, str]]:
    return [(claim.claimant, claim.stance.value, claim.person.id) for claim in one.claims]


def test_two_claimants_who_differ_make_a_name_contested(nlp: "Language") -> None:
    first, *others = decided(DISPUTE, nlp)
    assert (first.outcome, first.reason, first.person) == (Outcome.CONTESTED, Reason.DISPUTED, None)
    assert said(first) == [("Eva Reis", "identifies", "costa-ana"), ("Rui Vale", "suggests", "costa-luis")]
    assert [claim.claimant_id for claim in first.claims] == ["reis-eva", "vale-rui"]
    assert [one.person and one.person.id for one in others] == ["reis-eva", "costa-ana", "vale-rui", "costa-luis"]


def test_no_claim_leaks_to_another_mention_of_the_name(nlp: "Language") -> None:
    *_, last = decided(DISPUTE + "\n\n[Costa] the caterer was in Vigo.", nlp)
    assert (last.outcome, last.claims) != (Outcome.CONTESTED, ())
    assert last.claims == ()


def test_a_denial_by_one_and_a_reading_by_another_cannot_both_hold(nlp: "Language") -> None:
    text = NOTE + '[Eva Reis] said that the note means [Ana Costa]. "I am not the [Costa] of the note," [Ana Costa] replied.'
    first = decided(text, nlp)[0]
    assert first.outcome is Outcome.CONTESTED
    assert said(first) == [("Eva Reis", "identifies", "costa-ana"), ("Ana Costa", "denies", "costa-ana")]


def test_one_claimant_alone_disputes_nothing_and_nobody_is_said_in_silence(nlp: "Language") -> None:
    first = decided(NOTE + "[Rui Vale] said that the note may refer to [Luis Costa].", nlp)[0]
    assert first.outcome is Outcome.AMBIGUOUS
    assert said(first) == [("Rui Vale", "suggests", "costa-luis")]


def test_two_claimants_who_agree_dispute_nothing(nlp: "Language") -> None:
    first = decided(NOTE + "[Rui Vale] said that it refers to [Luis Costa]. [Eva Reis] said that it refers to [Luis Costa].", nlp)[0]
    assert first.outcome is not Outcome.CONTESTED


def test_the_reading_of_who_used_the_name_is_the_persons_row(nlp: "Language") -> None:
    text = "[Eva Reis] said that [Costa], the treasurer, had the money. [Rui Vale] replied that she may have meant [Luis Costa]."
    used = decided(text, nlp)[1]
    assert used.outcome is Outcome.CONTESTED
    assert used.reading is not None
    assert used.reading.id == "costa-ana"


def test_the_articles_own_disclaimer_is_evidence_and_no_dispute(nlp: "Language") -> None:
    namesakes = (person("Ivan Tamm", "tamm-baker", description="Baker"), person("Ivan Tamm", "tamm-surveyor", description="Surveyor"))
    (one,) = decided("[Ivan Tamm] (the baker, not the surveyor) won the ward.", nlp, namesakes)
    assert one.person is not None
    assert one.person.id == "tamm-baker"
    assert said(one) == [("", "identifies", "tamm-baker"), ("", "denies", "tamm-surveyor")]
    assert any(item.feature == "article_says_who" and item.value == 1.0 for item in one.verdicts[0].evidence)


def test_the_evidence_says_it_in_words(nlp: "Language") -> None:
    text = explanation(decided(DISPUTE, nlp)[0])
    assert text.startswith("Eva Reis identifies Ana Costa ('refers to Ana Costa'); Rui Vale suggests Luis Costa ('refer to Luis Costa').")


def test_each_claim_is_one_row_and_survives_the_evidence_file(nlp: "Language", tmp_path: Path) -> None:
    decisions = decided(DISPUTE, nlp)
    file = io.StringIO()
    ClaimWriter(file).add(decisions)
    header, first, second = csv.reader(io.StringIO(file.getvalue()))
    assert tuple(header) == CLAIM_COLUMNS
    assert [row[5:9] for row in (first, second)] == [
        ["Eva Reis", "reis-eva", "identifies", "costa-ana"],
        ["Rui Vale", "vale-rui", "suggests", "costa-luis"],
    ]
    write_evidence([decisions], tmp_path / "evidence.jsonl")
    again = next(read_evidence(tmp_path / "evidence.jsonl"))
    assert said(again) == said(decisions[0])


def test_the_order_of_the_knowledge_base_does_not_matter(nlp: "Language") -> None:
    there, back = decided(DISPUTE, nlp), decided(DISPUTE, nlp, PEOPLE[::-1])
    assert [replace(one, verdicts=()) for one in there] == [replace(one, verdicts=()) for one in back]
