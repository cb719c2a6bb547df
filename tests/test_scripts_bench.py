"""The parts of the benchmark scripts that decide what is measured: queries, made people, verdicts."""
# ruff: noqa: S311 (draws names, no secrets)

import doctest
import importlib
import json
import random
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

Script = Callable[[str], ModuleType]


@pytest.fixture
def script(root: Path, monkeypatch: pytest.MonkeyPatch) -> Script:
    """A script by its name, as its neighbours import it."""
    monkeypatch.syspath_prepend(root / "scripts")
    return importlib.import_module


RECORDS = [
    {"id": "p1", "name": "Ana Maria Costa", "aliases": ["Ана Коста", "Anna Costa"]},
    {"id": "p2", "name": "Robert Orlov", "aliases": ["Роберт Орлов", "Роберт Иванович Орлов"]},
    {"id": "p3", "name": "Ana Lima"},
]


@pytest.mark.parametrize("kind", ["letters swapped", "letter dropped", "letter doubled", "letter replaced"])
def test_a_typing_error_changes_one_word_of_five_letters_or_more(script: Script, kind: str) -> None:
    names = script("bench_names")
    for seed in range(50):
        made = names.RULES[kind]("Ana Costa", random.Random(seed))
        assert not made or (made.startswith("Ana ") and made != "Ana Costa")
    assert not names.RULES[kind]("Ana Lima", random.Random(0))


@pytest.mark.parametrize(
    ("rule", "name", "expected"),
    [
        ("initialled", "Ana Maria Costa", "A. Costa"),
        ("initialled", "Xi Jinping", ""),  # the surname stands first
        ("initialled", "Costa", ""),
        ("without_middle", "Ana Maria Costa", "Ana Costa"),
        ("without_middle", "Ana Costa", ""),
        ("surname", "Ana Maria Costa", "Costa"),
    ],
)
def test_a_name_is_made_by_rule_only_where_its_form_tells_the_surname(script: Script, rule: str, name: str, expected: str) -> None:
    assert getattr(script("bench_names"), rule)(name, random.Random(0)) == expected


def test_a_nickname_is_another_form_of_the_given_name(script: Script) -> None:
    made = script("bench_names").nicknamed("Robert Orlov", random.Random(0))
    assert made.endswith(" Orlov")
    assert made != "Robert Orlov"


def test_an_alias_held_out_in_the_same_script_is_gone_while_a_name_in_that_script_stays(script: Script) -> None:
    names = script("bench_names")
    kept, queries = names.hold_out(RECORDS, names.SAME_SCRIPT, random.Random(0))
    assert [query.person_id for query in queries] == ["p1", "p2"]
    for query, record in zip(queries, kept, strict=False):
        assert query.text not in names.names_of(record)
        assert names.script_of(query.text) in map(names.script_of, query.names)


def test_of_a_script_held_out_no_name_stays(script: Script) -> None:
    names = script("bench_names")
    kept, queries = names.hold_out(RECORDS, names.OTHER_SCRIPT, random.Random(0))
    assert [names.script_of(query.text) for query in queries] == ["CYRILLIC", "CYRILLIC"]
    assert [record.get("aliases") for record in kept] == [["Anna Costa"], [], None]


def test_the_bearers_of_a_name_are_those_who_have_all_of_its_parts(script: Script) -> None:
    bearers = script("bench_names").Bearers(RECORDS)
    assert [bearers.count(name) for name in ("Ana", "A. Costa", "Robert Costa", "Costa Ana")] == [2, 1, 0, 1]


def test_every_other_look_up_finds_an_exact_name(script: Script) -> None:
    rivals = script("bench_rivals")
    pairs = [(record["id"], record["name"]) for record in RECORDS]
    assert [made(pairs).find("Robert Orlov", 1) for made in (rivals.Exact, rivals.Fuzzy, rivals.Trigrams)] == [["p2"]] * 3
    assert rivals.Fuzzy(pairs).find_all(["Ana Lima"], 1) == [["p3"]]


def test_made_people_are_as_many_as_asked_for_and_the_same_each_time(script: Script, tmp_path: Path) -> None:
    maker = script("bench_people").Maker(RECORDS)
    files = [tmp_path / "one.jsonl", tmp_path / "other.jsonl"]
    for file in files:
        assert len(list(maker.write(file, RECORDS, 50, random.Random(7)))) == 47
    lines = files[0].read_text(encoding="utf-8").splitlines()
    assert len({json.loads(line)["id"] for line in lines}) == 50
    assert files[0].read_bytes() == files[1].read_bytes()


def test_what_differs_is_said_of_a_name_that_was_missed(script: Script) -> None:
    recall, query = script("name_recall"), script("bench_names").Query

    def between(text: str, *known: str) -> str:
        return str(recall.difference(query("", text, "", text, known), 1))

    assert between("Orlov Robert", "Robert Orlov") == "the same letters, apart or in another order"
    assert between("Robert Orlof", "Robert Orlov") == "a part spelt otherwise"
    assert between("Роберт", "Robert Orlov") == "LATIN in CYRILLIC"
    assert between("Hughes", "Robert Orlov") == "nothing in common"


def test_a_verdict_compares_the_largest_size_with_the_wish_and_with_the_smaller_ones(script: Script) -> None:
    target = script("bench_table").Target
    assert target(most=3).verdicts([9, 3]) == ["meets: at most 3"]
    assert target(least=100).verdicts([99]) == ["MISSES: at least 100"]
    assert target(growth=1.3, step=2).verdicts([1, 2, 3]) == [
        "MISSES: at most 1.3 times the first",
        "meets: at most 2 times the one before",
    ]
    assert target(more=150).verdicts([300, 450]) == ["meets: at most 150 more than the first"]


@pytest.mark.parametrize("name", ["bench", "bench_names", "bench_people", "bench_table"])
def test_the_examples_of_the_docstrings_hold(script: Script, name: str) -> None:
    assert doctest.testmod(script(name)).failed == 0


def test_short_articles_are_one_sentence_each_and_the_same_each_time(script: Script) -> None:
    def made() -> list[str]:
        return [article.text for article in script("bench_articles").short_articles(["Ana Costa", "Rui Vale"], 50, random.Random(1))]

    assert made() == made()
    assert all(text.count(".") == 1 and ("Ana Costa" in text or "Rui Vale" in text) for text in made())
