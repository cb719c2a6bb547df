"""Who is worth comparing with a mention, and what tells the shortlist apart."""

from typing import NamedTuple

import pytest
from factory import chain, mention, person

from disambig.candidates import candidates_for
from disambig.kb.store import KnowledgeBase
from disambig.records import Candidate
from disambig.settings import Settings

KB = KnowledgeBase.of(
    [
        person("Ana Costa", popularity=1.0),
        person("Ana Maria Costa", "costa-ana-maria"),
        person("Luis Costa", popularity=90.0),
        person("Rui Vale"),
    ]
)


class Case(NamedTuple):
    mention: str
    chain: tuple[str, ...]
    expected: set[str]
    because: str


CASES = [
    Case("Ana Costa", ("Ana Costa",), {"costa-ana", "costa-ana-maria"}, "a full name and a fuller one"),
    Case("Costa", ("Costa",), {"costa-ana", "costa-ana-maria", "costa-luis"}, "a bare surname"),
    Case("Ana Costa", ("Ana Costa", "Costa"), {"costa-ana", "costa-ana-maria"}, "a full mention has no need of the bare name"),
    Case("Costa", ("Ana Costa", "Costa"), {"costa-ana", "costa-ana-maria", "costa-luis"}, "a bare mention may have been joined wrongly"),
    Case("Costa", ("Eva Costa", "Costa"), {"costa-ana", "costa-ana-maria", "costa-luis"}, "the full name is not known"),
    Case("Eva Costa", ("Eva Costa", "Costa"), set(), "another given name"),
    Case("Ana", ("Ana",), {"costa-ana", "costa-ana-maria"}, "a given name"),
    Case("Oduya", ("Oduya",), set(), "an unknown name"),
]


def shortlist(name: str, names: tuple[str, ...], kb: KnowledgeBase = KB, **settings: int) -> tuple[Candidate, ...]:
    return candidates_for(mention(name), chain(*names), kb, Settings(**settings))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.because)
def test_the_people_whose_names_fit_are_compared(case: Case) -> None:
    assert {candidate.person.id for candidate in shortlist(case.mention, case.chain)} == case.expected


def test_the_best_name_stands_first_and_of_equals_the_best_known() -> None:
    assert shortlist("Costa", ("Ana Costa", "Costa"))[0].person.id == "costa-ana"
    assert shortlist("Costa", ("Costa",))[0].person.id == "costa-luis"


def test_everybody_stands_once_with_the_best_score() -> None:
    found = shortlist("Costa", ("Ana Costa", "Costa"))
    assert len({one.person.id for one in found}) == len(found)
    assert next(one.score for one in found if one.person.id == "costa-ana") == 1.0


def test_there_are_no_more_than_the_settings_allow() -> None:
    assert [one.person.id for one in shortlist("Costa", ("Costa",), max_candidates=1)] == ["costa-luis"]


# -- what tells them apart


def test_words_that_one_record_alone_has_are_distinctive() -> None:
    kb = KnowledgeBase.of([person("Ana Costa", description="Velian harbour pilot"), person("Eva Costa", description="Velian judge")])
    words = {one.person.name: one.distinctive for one in shortlist("Costa", ("Costa",), kb)}
    assert words["Ana Costa"] >= {"harbour", "pilot"}
    assert words["Eva Costa"] >= {"judge"}
    assert "velian" not in words["Ana Costa"] | words["Eva Costa"]


def test_all_words_of_a_single_candidate_are_distinctive() -> None:
    kb = KnowledgeBase.of([person("Ana Costa", description="harbour pilot")])
    assert shortlist("Costa", ("Costa",), kb)[0].distinctive == {"harbour", "pilot"}


def generations(*people: tuple[str, str | None]) -> list[str]:
    """The generation of each, in the order given; a person is a name and a year of birth."""
    made = [person(name, f"p{number}", born=born) for number, (name, born) in enumerate(people)]
    found = {one.person.id: one.generation for one in shortlist("Bell", ("Bell",), KnowledgeBase.of(made))}
    return [found[one.id] for one in made]


GENERATIONS = [
    ([("Martin Bell Sr.", None), ("Martin Bell Jr.", None)], ["elder", "younger"], "by suffix"),
    ([("Martin Bell", "1930"), ("Martin Bell", "1960")], ["elder", "younger"], "by birth"),
    ([("Martin Bell", "1930"), ("Ana Bell", "1950"), ("Martin Bell", "1960")], ["elder", "", "younger"], "the middle one is neither"),
    ([("Martin Bell", "1930"), ("Ana Bell", "1930")], ["", ""], "of one year"),
    ([("Martin Bell", "1930"), ("Ana Bell", None)], ["", ""], "one without date"),
    ([("Martin Bell", None)], [""], "one alone"),
    ([("Martin Bell", "1930"), ("Martin Bell", "1960"), ("Eva Bell", None)], ["elder", "younger", ""], "no date, no generation"),
]


@pytest.mark.parametrize(("people", "expected", "because"), GENERATIONS, ids=[row[-1] for row in GENERATIONS])
def test_namesakes_are_elder_and_younger(people: list[tuple[str, str | None]], expected: list[str], because: str) -> None:
    assert generations(*people) == expected, because
