"""People by id and by name: which spellings find whom."""

import pickle
import random
from pathlib import Path
from typing import NamedTuple

import pytest
from factory import person
from hypothesis import given
from hypothesis import strategies as st

from disambig.errors import KnowledgeError
from disambig.kb.store import KnowledgeBase
from disambig.records import Person, Rejected

PEOPLE = [
    person("Dmitry Orlov", aliases=["Дмитрий Орлов"], popularity=40.0),
    person("Taras Orlov", popularity=10.0),
    person("William Marsh"),
    person("Zhao Minglun"),
    person("Ana Maria da Costa", "costa-ana", related=["costa-luis", "nobody-here"], description="mayor"),
    person("Luis Costa", "costa-luis", popularity=5.0),
    person("Volodymyr Zelenko"),
    person("Karim al-Hadidi", "hadidi-karim"),
    person("Ludwig van der Berg", "berg-ludwig"),
    person("Thomas Kühbauer", "kuhbauer-thomas"),
    person("Martin Bell Sr.", "bell-sr"),
    person("Martin Bell Jr.", "bell-jr"),
    person("Pelinho", aliases=["Edmundo Arantes"]),
]
KB = KnowledgeBase(PEOPLE)


def found(name: str, limit: int = 10) -> list[str]:
    return [candidate.person.id for candidate in KB.find(name, limit)]


class Case(NamedTuple):
    text: str
    first: str
    because: str


FOUND = [
    Case("Dmitry Orlov", "orlov-dmitry", "the name"),
    Case("DMITRY ORLOV", "orlov-dmitry", "capitals"),
    Case("Orlov Dmitry", "orlov-dmitry", "the other order"),
    Case("Orlov, Dmitry", "orlov-dmitry", "a comma"),
    Case("Dmitri Orlov", "orlov-dmitry", "transliterated otherwise"),
    Case("Dmytro Orlov", "orlov-dmitry", "the Ukrainian form"),
    Case("Дмитрий Орлов", "orlov-dmitry", "Cyrillic"),
    Case("D. Orlov", "orlov-dmitry", "an initial"),
    Case("Dmitry Orlow", "orlov-dmitry", "w for v"),
    Case("Dmitry Orlof", "orlov-dmitry", "misspelt"),
    Case("Taras Orlov", "orlov-taras", "the less known one by his full name"),
    Case("Bill Marsh", "marsh-william", "a nickname"),
    Case("Willem Marsh", "marsh-william", "another language"),
    Case("Wiliam Marsch", "marsh-william", "two misspellings"),
    Case("Minglun Zhao", "minglun-zhao", "family name last"),
    Case("Zhao", "minglun-zhao", "the family name that stands first"),
    Case("Ana Costa", "costa-ana", "a middle name and a particle left out"),
    Case("da Costa", "costa-luis", "of equals the more popular first"),
    Case("Vladimir Selenko", "zelenko-volodymyr", "two letters of another language"),
    Case("Karim Hadidi", "hadidi-karim", "the article left out"),
    Case("Van der Berg", "berg-ludwig", "particles"),
    Case("Thomas Kuehbauer", "kuhbauer-thomas", "ü written out"),
    Case("Kuhbauer", "kuhbauer-thomas", "ü without its dots"),
    Case("Martin Bell Jr.", "bell-jr", "the suffix"),
    Case("Martin Bell senior", "bell-sr", "another word for the suffix"),
    Case("Edmundo Arantes", "pelinho", "an alias"),
    Case("Pelinho", "pelinho", "one name alone"),
]


@pytest.mark.parametrize("case", FOUND, ids=lambda case: f"{case.text}: {case.because}")
def test_a_name_finds_its_person_first(case: Case) -> None:
    assert found(case.text)[:1] == [case.first]


@pytest.mark.parametrize("name", ["", "?", "...", "Rui Vale", "Oduya", "Pavlo Orlov", "Li"])
def test_nobody_is_found_where_no_name_fits(name: str) -> None:
    assert found(name) == []


def test_a_bare_surname_finds_all_who_bear_it_the_best_known_first() -> None:
    assert found("Orlov") == ["orlov-dmitry", "orlov-taras"]


def test_another_given_name_is_no_candidate() -> None:
    assert found("Dmitry Orlov") == ["orlov-dmitry"]


def test_the_other_suffix_is_no_candidate() -> None:
    assert found("Martin Bell Jr.") == ["bell-jr"]


@pytest.mark.parametrize("limit", [1, 2, 3])
def test_a_limit_cuts_off_the_end(limit: int) -> None:
    assert found("Orlov", limit) == found("Orlov")[:limit]


def test_a_limit_keeps_the_best_of_very_many() -> None:
    many = KnowledgeBase([person(f"Ana{chr(97 + i % 26)}{chr(97 + i // 26)} Costa", f"p{i}", popularity=1e6) for i in range(600)] + PEOPLE)
    assert [candidate.person.id for candidate in many.find("Luis Costa", 1)] == ["costa-luis"]


def test_scores_fall_and_lie_between_0_and_1() -> None:
    scores = [candidate.score for candidate in KB.find("Ana Costa", 10)]
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= score <= 1 for score in scores)


written = st.sampled_from(
    [name for one in PEOPLE for name in one.names] + ["Orlov", "Costa", "Dmitri Orlov", "Bill Marsh", "Orlof", "Bell", "Ana"]
)


@given(written, st.randoms(use_true_random=False))
def test_the_order_of_people_does_not_matter(name: str, chance: random.Random) -> None:
    shuffled = list(PEOPLE)
    chance.shuffle(shuffled)
    assert KnowledgeBase(shuffled).find(name, 5) == KB.find(name, 5)


@given(st.text(max_size=30))
def test_anything_may_be_looked_for(text: str) -> None:
    assert len(KB.find(text, 3)) <= 3


@pytest.mark.parametrize("someone", PEOPLE, ids=lambda one: one.id)
def test_everybody_is_found_by_each_of_their_names(someone: Person) -> None:
    assert all(found(name)[0] == someone.id for name in someone.names)


def test_a_person_is_got_by_id() -> None:
    assert KB.get("costa-luis") == PEOPLE[5]
    assert KB.get("nobody-here") is None
    assert KB.get("") is None


def test_it_has_a_length_and_an_order() -> None:
    assert len(KB) == len(PEOPLE)
    assert [one.id for one in KB] == sorted(one.id for one in PEOPLE)


def test_of_two_with_one_id_the_first_counts() -> None:
    kb = KnowledgeBase([person("Ana Costa", "p1"), person("Luis Reis", "p1")])
    assert [one.name for one in kb] == ["Ana Costa"]
    assert kb.find("Luis Reis", 5) == ()


def test_an_empty_one_finds_nobody() -> None:
    empty = KnowledgeBase([])
    assert len(empty) == 0
    assert empty.find("Ana Costa", 5) == ()
    assert empty.bearers("costa") == 0


@pytest.mark.parametrize(("part", "count"), [("orlov", 2), ("orlow", 2), ("costa", 2), ("ana", 0), ("zhao", 1), ("oduya", 0)])
def test_bearers_of_a_surname_are_counted(part: str, count: int) -> None:
    assert KB.bearers(part) == count


class Full(NamedTuple):
    text: str
    expected: bool
    because: str


FULL_NAMES = [
    Full("Dmitry Orlov", True, "the name"),
    Full("DMITRY ORLOV", True, "capitals"),
    Full("Дмитрий Орлов", True, "an alias, in its own alphabet"),
    Full("Edmundo Arantes", True, "an alias"),
    Full("Thomas Kühbauer", True, "with its dots"),
    Full("Thomas Kuhbauer", True, "without them"),
    Full("Martin Bell", True, "without the suffix"),
    Full("Ana Maria Costa", True, "without the particle"),
    Full("Mr Luis Costa", True, "with a form of address"),
    Full("Ana Costa", False, "a middle name left out"),
    Full("Dmitri Orlov", True, "transliterated otherwise"),
    Full("Orlov Dmitry", False, "in the other order"),
    Full("Orlov", False, "a surname"),
    Full("Pelinho", False, "one name alone, though it is all that the record has"),
    Full("Rui Vale", False, "nobody"),
    Full("", False, "nothing"),
]


@pytest.mark.parametrize("case", FULL_NAMES, ids=lambda case: f"{case.text}: {case.because}")
def test_a_full_name_is_known(case: Full) -> None:
    assert KB.is_full_name(case.text) is case.expected


def test_a_candidate_brings_the_profile_of_the_record() -> None:
    profile = KB.find("Ana Costa", 1)[0].profile
    assert "mayor" in profile.stems
    assert profile.related == ("Luis Costa",), "an id that is not here is passed over"


def test_it_travels_to_another_process() -> None:
    copy = pickle.loads(pickle.dumps(KB))  # noqa: S301 -- made here
    assert list(copy) == list(KB)
    assert copy.find("Dmitri Orlov", 5) == KB.find("Dmitri Orlov", 5)


def test_it_opens_a_file(tmp_path: Path, rejected: list[Rejected]) -> None:
    path = tmp_path / "people.jsonl"
    path.write_text('{"id": "p1", "name": "Ana Costa"}\n{"id": "p2"}\n', encoding="utf-8")
    kb = KnowledgeBase.open(path, reject=rejected.append)
    assert [one.name for one in kb] == ["Ana Costa"]
    assert [one.where for one in rejected] == [f"{path}:2"]


def test_a_file_that_is_not_there_is_refused(tmp_path: Path, rejected: list[Rejected]) -> None:
    with pytest.raises(KnowledgeError, match=r"nowhere\.jsonl"):
        KnowledgeBase.open(tmp_path / "nowhere.jsonl", reject=rejected.append)
