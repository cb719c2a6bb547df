"""Who is worth comparing with a mention, and what tells the shortlist apart."""

from typing import NamedTuple

import pytest
from factory import chain, context, mention, person

from disambig.candidates import candidates_for, names_looked_for, with_company
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
    return candidates_for(names_looked_for(mention(name), chain(*names)), (), kb, Settings(**settings))


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


class Outnamed(NamedTuple):
    mention: str
    chain: tuple[str, ...]
    people: tuple[str, ...]  # the first is called just so, none where it is empty
    because: str


OUTNAMED = [
    Outnamed("Bill Marsh", ("Bill Marsh",), ("Bill Marsh", "Will Marsh"), "the very name, not another form"),
    Outnamed("Bill Marsh", ("Bill Marsh",), ("Bill T. Marsh", "Will Marsh"), "with a middle name left out"),
    Outnamed("Marsh", ("Bill Marsh", "Marsh"), ("Bill Marsh", "Will Marsh"), "a bare name by its chain's full one"),
    Outnamed("Marsh", ("Bill Reed Marsh", "Bill Marsh", "Marsh"), ("Bill Reed Marsh", "Bill Marsh"), "the fullest name counts first"),
    Outnamed("Corvus", ("Corvus",), ("Corvus", "Corvus Marsh"), "a whole name of one word"),
    Outnamed("Peter", ("Peter",), ("", "Peter", "Peter Marsh"), "but a given name, which many have who are called otherwise"),
    Outnamed("Levi-Marini", ("Levi-Marini",), ("Rita Levi-Marini", "Morris Levi"), "a double surname"),
    Outnamed("Van Halden", ("Van Halden",), ("Piet van Halden", "Anton Halden"), "a surname with its particle"),
    Outnamed("Marsh", ("Marsh",), ("", "Bill Marsh", "Will Marsh"), "a surname alone tells nothing"),
    Outnamed("Marsh", ("B. Marsh", "Marsh"), ("", "B. Marsh", "Bill Marsh"), "nor does an initial elsewhere in the chain"),
]


@pytest.mark.parametrize("case", OUTNAMED, ids=lambda case: case.because)
def test_whoever_is_called_just_as_the_text_says_outnames_the_others(case: Outnamed) -> None:
    first, *rest = case.people
    found = shortlist(case.mention, case.chain, KnowledgeBase.of(map(person, filter(None, case.people))))
    assert {one.person.name: one.outnamed for one in found} == {
        name: "" if name == first else first for name in filter(None, [first, *rest])
    }


def test_a_first_name_outnames_an_alias() -> None:
    kb = KnowledgeBase.of([person("Bill Marsh", "b"), person("Will Marsh", "w", aliases=["Bill Marsh"])])
    assert {one.person.id: one.outnamed for one in shortlist("Bill Marsh", ("Bill Marsh",), kb)} == {"b": "", "w": "Bill Marsh"}


def test_the_records_of_relatives_speak_of_the_one_who_is_known() -> None:
    kb = KnowledgeBase.of(
        [
            person("Luis Costa", description="Velian judge, husband of Ana Costa"),
            person("Ana Costa", description="Velian pianist"),
            person("Eva Costa", description="daughter of Ana Costa"),
            person("Rui Costa", related=["costa-ana"]),
        ]
    )
    spoken_of = {one.person.name: one.spoken_of for one in shortlist("Costa", ("Costa",), kb)}
    assert spoken_of == {"Ana Costa": (3, 0), "Luis Costa": (0, 1), "Eva Costa": (0, 1), "Rui Costa": (0, 1)}


def test_a_record_that_tells_of_its_own_person_speaks_of_no_namesake() -> None:
    kb = KnowledgeBase.of([person("Ana Costa", "a", text="Ana Costa was a judge."), person("Ana Costa", "b")])
    assert {one.spoken_of for one in shortlist("Costa", ("Costa",), kb)} == {(0, 0)}


TOGETHER = KnowledgeBase.of(
    [
        person("Ana Costa", text="Ana Costa founded Vento with Rui Vale."),
        person("Ana Reis", text="Ana Reis was a judge."),
        person("Rui Vale"),
        person("Rui Marsh"),
    ]
)


def in_company(name: str, beside: str) -> dict[str, tuple[str, ...]]:
    """By the names of the candidates for *name*: whose records beside it name them."""
    seen = chain(name, context=context(beside=[beside]))
    return {one.person.name: one.named_by for one in with_company(seen, shortlist(name, (name,), TOGETHER), TOGETHER, Settings())}


def test_people_who_are_known_together_speak_for_each_other() -> None:
    assert in_company("Rui", "Ana") == {"Rui Vale": ("Ana",), "Rui Marsh": ()}


def test_nobody_speaks_for_himself() -> None:
    assert in_company("Ana", "Costa") == {"Ana Costa": (), "Ana Reis": ()}


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
