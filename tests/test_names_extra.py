"""The extra `[names]`: other forms of a given name that the store holds when it was built with rigour."""

from pathlib import Path

import pytest
from factory import chain, person

from disambig.features.name import name_agrees
from disambig.kb.build import Sourced, build, write
from disambig.kb.equivalents import symbols
from disambig.kb.store import KnowledgeBase
from disambig.records import Candidate

PEOPLE = [person("Zoltán Marsh"), person("Taras Orlov"), person("Zoltán Bell")]
ALIKE = {"zoltan": {"NAME:1"}, "sultan": {"NAME:1"}, "taras": {"NAME:2"}}


def store(folder: Path) -> KnowledgeBase:
    """A store for which some list says that Sultan and Zoltán are one name; the names of the list are those of the people."""
    people = [*PEOPLE, person("Sultan Ray")]
    write(
        (Sourced(0, "", one) for one in people),
        folder / "people.kb",
        reject=lambda _: None,
        symbols_of=lambda part: frozenset(ALIKE.get(part, set())),
    )
    return KnowledgeBase(folder / "people.kb")


def test_a_given_name_finds_its_other_form_and_says_what_it_was_read_as(tmp_path: Path) -> None:
    (match,) = store(tmp_path).find("Sultan Marsh", 5)
    assert (match.person.name, match.reading) == ("Zoltán Marsh", "zoltan marsh")
    assert match.score == pytest.approx(0.95)


def test_a_name_that_fits_as_it_is_written_is_read_as_no_other(tmp_path: Path) -> None:
    (match,) = store(tmp_path).find("Zoltan Bell", 5)
    assert (match.person.name, match.reading) == ("Zoltán Bell", "")


@pytest.mark.parametrize("text", ["Marsh Sultan Orlov", "S. Marsh", "Taras Marsh"])
def test_neither_surnames_nor_initials_nor_names_of_no_symbol_are_read_otherwise(tmp_path: Path, text: str) -> None:
    assert not [match.reading for match in store(tmp_path).find(text, 5) if match.reading]


def test_what_it_was_read_as_counts_for_the_name(tmp_path: Path) -> None:
    (match,) = store(tmp_path).find("Sultan Marsh", 5)
    read, unread = (name_agrees(chain("Sultan Marsh"), Candidate(match.person, match.score, reading=one)) for one in (match.reading, ""))
    assert read.value is not None
    assert unread.value is not None
    assert read.value > 0 > unread.value


def test_without_the_extra_nothing_is_read_otherwise() -> None:
    found = KnowledgeBase.of([*PEOPLE, person("Sultan Ray")]).find("Sultan Marsh", 5)
    assert [(match.score < 0.5, match.reading) for match in found] == [(True, "")]


def test_a_build_with_rigour_says_so(tmp_path: Path) -> None:
    if symbols() is None:
        pytest.skip("rigour, the extra [names], is not installed")
    (tmp_path / "people.jsonl").write_text('{"id": "1", "name": "Bill Marsh"}\n{"id": "2", "name": "Ana Costa"}\n', "utf-8")
    build([tmp_path / "people.jsonl"], tmp_path / "people.kb", reject=lambda _: None)
    kb = KnowledgeBase(tmp_path / "people.kb")
    assert str(kb.about()["names told alike by"]).startswith("rigour ")
    assert kb._has_symbols
