"""Who of the people outside the KB is the same in several articles."""

import json
import subprocess
from collections.abc import Callable, Iterator
from itertools import groupby
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from factory import context, mention, people_in, person, verdicts

from disambig.clusters import Clusters
from disambig.records import Chain, Decision, NewPerson, Outcome, PartialDate, Reason, Rejected
from disambig.table import NewPeopleWriter, read_evidence, write_evidence

Disambig = Callable[..., subprocess.CompletedProcess[str]]

UNKNOWN = verdicts({"nobody": 1.0})


def decision(  # noqa: PLR0913 -- every one has a default
    name: str = "Rui Vale",
    article_id: str = "a1",
    *,
    start: int = 0,
    chain_id: str = "",
    chain_name: str = "",
    title: str = "",
    date: str = "2012-05-01",
    sentence: str = "",
    outcome: Outcome = Outcome.UNKNOWN,
    **around: Any,  # noqa: ANN401 -- fields of the context
) -> Decision:
    """A decision on one mention, by default of somebody outside the KB in a chain of its own."""
    one = mention(name, start, article_id=article_id, title=title)
    chain = Chain(chain_id or f"{article_id}#{start}", (one,), chain_name or name, context(date=date, **around))
    found = verdicts({chain_name or name: 0.9, "nobody": 0.1}) if outcome is Outcome.RESOLVED else UNKNOWN
    return Decision(one, chain, outcome, Reason.NONE, found, sentence or f"{name} left.", PartialDate.parse(date))


def clustered(*articles: Decision | tuple[Decision, ...]) -> list[str]:
    """The cluster of each decision, each article with one decision or several."""
    clusters = Clusters()
    return [one.cluster for article in articles for one in clusters.add(article if isinstance(article, tuple) else (article,))]


class Pair(NamedTuple):
    one: dict[str, Any]
    other: dict[str, Any]
    same: bool
    because: str


BESIDE = {"organisations": ["Vento FC"], "fields": {"football"}, "background": {"Portugal"}, "attached": {"Portugal"}}

PAIRS = [
    Pair({}, {}, True, "one full name, and nothing against it"),
    Pair({"name": "Oleksii Danilov"}, {"name": "Oleksiy Danilov"}, True, "transliterated otherwise"),
    Pair({"name": "Rui Vale"}, {"name": "Rui Pedro Vale"}, True, "a middle name more"),
    Pair({"name": "Ирину Орлову"}, {"name": "Ирины Орловой"}, True, "two grammatical cases"),
    Pair({"name": "Ирина Орлова"}, {"name": "Ивана Орлова"}, False, "another given name, in another case"),
    Pair({"name": "Rui Vale"}, {"name": "Eva Vale"}, False, "another given name"),
    Pair({"name": "Rui Vale Jr."}, {"name": "Rui Vale Sr."}, False, "two suffixes"),
    Pair({"title": "striker"}, {"title": "goalkeeper"}, True, "one field of life"),
    Pair({"title": "striker"}, {"title": "trade minister"}, False, "two fields of life"),
    Pair({"fields": {"football"}}, {"fields": {"politics"}}, False, "articles about two fields"),
    Pair({"title": "striker"}, {"fields": {"politics"}}, False, "a title, and an article about something else"),
    Pair({"gender": "male"}, {"gender": "female"}, False, "a man and a woman"),
    Pair({"gender": "male"}, {}, True, "a man and somebody of whom the form of address tells nothing"),
    Pair({"generation": "elder"}, {"generation": "younger"}, False, "father and son"),
    Pair({"age": 30}, {"age": 60}, False, "two ages"),
    Pair({"age": 30, "date": "2012-05-01"}, {"age": 31, "date": "2013-12-01"}, True, "a birthday between"),
    Pair({"date": "1912-05-01"}, {"date": "2012-05-01"}, False, "a hundred years between"),
    Pair({"attached": {"Portugal"}}, {"attached": {"Spain"}}, False, "two countries"),
    Pair({"background": {"Portugal"}, "title": "striker"}, {"background": {"Spain"}, "title": "striker"}, True, "abroad, in one field"),
    Pair({"name": "R. Vale"}, {}, False, "an initial, and nothing that agrees"),
    Pair({"name": "R. Vale", "title": "striker"}, {"title": "striker"}, True, "an initial, and one title"),
    Pair({"name": "Dmytro Vale"}, {"name": "Dmitri Vale"}, False, "another form of a given name, and nothing that agrees"),
    Pair({"name": "Dmytro Vale", **BESIDE}, {"name": "Dmitri Vale", **BESIDE}, True, "another form, and an organisation"),
    Pair({"name": "Vale"}, {}, False, "a bare surname"),
    Pair({"name": "Vale", "fields": {"football"}}, {"fields": {"football"}}, False, "a bare surname and one field"),
    Pair({"name": "Vale", **BESIDE}, BESIDE, True, "a bare surname, one club, one field and one country"),
    Pair({"name": "Vale", **BESIDE}, {"name": "Vale", **BESIDE}, True, "twice bare, in one company"),
    Pair({"name": "Rui", **BESIDE}, BESIDE, False, "a given name alone"),
]


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair.because)
def test_one_person_or_two(pair: Pair) -> None:
    one, other = decision(**pair.one), decision(**{**pair.other, "article_id": "a2"})
    for articles in ((one, other), (other, one)):
        first, second = clustered(*articles)
        assert (first == second) is pair.same, pair.because


def test_another_person_in_both_articles_speaks_for_one_bare_name() -> None:
    about = {"fields": {"football"}, "background": {"Portugal"}}
    one = decision(**about), decision("Ana Costa", start=50)
    other = decision("Vale", "a2", **about), decision("Ana Costa", "a2", start=50)
    full, _, bare, _ = clustered(one, other)
    assert full == bare


def test_two_chains_of_one_article_are_two_people() -> None:
    first, second = clustered((decision(), decision(start=50)))
    assert first != second


def test_the_mentions_of_one_chain_are_one_person() -> None:
    first, second = clustered((decision(chain_id="c1"), decision("Vale", start=50, chain_id="c1", chain_name="Rui Vale")))
    assert first == second


@pytest.mark.parametrize("name", ["R. Vale", "Vale"])
def test_a_name_that_fits_two_people_stays_by_itself(name: str) -> None:
    rui, rosa, last = clustered(decision(**BESIDE), decision("Rosa Vale", "a2", **BESIDE), decision(name, "a3", **BESIDE))
    assert len({rui, rosa, last}) == 3


def test_of_two_namesakes_the_one_is_found_again_whom_more_speaks_for() -> None:
    clusters = clustered(decision(title="striker"), decision(article_id="a2", title="minister"), decision(article_id="a3", title="mayor"))
    assert clusters[0] != clusters[1] == clusters[2]


def test_a_cluster_is_known_by_all_its_names() -> None:
    bare, full, again = clustered(decision("Vale", **BESIDE), decision(article_id="a2", **BESIDE), decision(article_id="a3"))
    assert bare == full == again


def test_what_joined_by_an_initial_cannot_join_two_given_names() -> None:
    first, second, third = clustered(
        decision("R. Vale", **BESIDE), decision("Rui Vale", "a2", **BESIDE), decision("Rosa Vale", "a3", **BESIDE)
    )
    assert first == second != third


@pytest.mark.parametrize("outcome", [Outcome.RESOLVED, Outcome.AMBIGUOUS, Outcome.CONTESTED])
def test_only_somebody_outside_the_kb_has_a_cluster(outcome: Outcome) -> None:
    assert clustered((decision(outcome=outcome), decision(start=50)))[0] == ""


def test_a_name_that_is_somebody_of_the_kb_is_not_that_of_an_unknown_mention_of_the_chain() -> None:
    together = decision(chain_id="c1", outcome=Outcome.RESOLVED), decision("Vale", start=50, chain_id="c1", chain_name="Rui Vale")
    _, bare, full = clustered(together, decision(article_id="a2"))
    assert bare.startswith("new:vale-")
    assert full.startswith("new:rui-vale-")


IDS = [
    ("Rui Vale", "new:rui-vale-", "readable"),
    ("Łukasz Żółć", "new:lukasz-zolc-", "in plain letters"),
    ("山田太郎", "new:shantiantailang-", "in whatever alphabet"),
    ("***", "new:somebody-", "of no letters at all"),
    ("A" * 500, f"new:{'a' * 60}-", "of bounded length"),
]


@pytest.mark.parametrize(("name", "begins", "because"), IDS, ids=[case[2] for case in IDS])
def test_an_id_is_the_name_and_a_few_digits(name: str, begins: str, because: str) -> None:
    (found,) = clustered(decision(name))
    assert found.startswith(begins), because
    assert len(found) == len(begins) + 8


def test_an_id_depends_on_the_first_mention_alone() -> None:
    alone, other = clustered(decision())[0], clustered(decision(article_id="a9"))[0]
    assert clustered(decision(), decision(article_id="a2"), decision("Eva Sol", "a3"))[0] == alone != other


def by_article(decisions: Iterator[Decision]) -> Iterator[tuple[Decision, ...]]:
    return (tuple(group) for _, group in groupby(decisions, key=lambda one: one.mention.article_id))


def test_replaying_what_was_written_restores_the_state(tmp_path: Path) -> None:
    around = [pair.one for pair in PAIRS] + [pair.other for pair in PAIRS]
    articles = [(decision(**{**fields, "article_id": f"a{number}"}),) for number, fields in enumerate(around)]
    clusters, replayed = Clusters(), Clusters()
    found = [clusters.add(article) for article in articles]
    write_evidence(found, tmp_path / "evidence.jsonl")
    again = [replayed.add(article) for article in by_article(read_evidence(tmp_path / "evidence.jsonl"))]
    assert [one.cluster for (one,) in again] == [one.cluster for (one,) in found]
    assert list(replayed.new_people()) == list(clusters.new_people())


@pytest.mark.model
def test_replaying_the_evidence_of_a_run_gives_its_clusters(corpus_run: Path) -> None:
    written = list(read_evidence(corpus_run / "evidence.jsonl"))
    clusters = Clusters()
    again = [one for article in by_article(iter(written)) for one in clusters.add(article)]
    assert [one.cluster for one in again] == [one.cluster for one in written]
    names = [json.loads(line)["id"] for line in (corpus_run / "new_people.jsonl").read_text("utf-8").splitlines()]
    assert [new.person.id for new in clusters.new_people()] == names


# -- records of new people


def new_people(*articles: tuple[Decision, ...]) -> list[NewPerson]:
    clusters = Clusters()
    for article in articles:
        clusters.add(article)
    return list(clusters.new_people())


def test_a_record_holds_what_the_articles_tell() -> None:
    sentence = "Rui Vale, captain of Vento FC, left."
    told = {"attached": {"Portugal"}, "organisations": ["Vento FC", "Sol FC"], "gender": "male", "sentence": sentence}
    (new,) = new_people((decision(title="captain", **told),), (decision("Rui Pedro Vale", "a2", **told),))
    assert new.person == person(
        "Rui Pedro Vale",
        clustered(decision())[0].removeprefix("new:"),
        aliases=["Rui Vale"],
        roles=[new.person.roles[0]],
        countries=["Portugal"],
        gender="male",
        text=sentence,
    )
    assert (new.person.roles[0].title, new.person.roles[0].organisation, new.person.roles[0].country) == ("captain", "Vento FC", "Portugal")
    assert (new.mentions, new.articles) == (2, 2)


def test_only_a_name_of_two_parts_that_are_written_out_makes_a_record() -> None:
    names = ("Vale", "Ana Costa", "Pelé", "R. Sol", "J. P. Reis")
    made = new_people(tuple(decision(name, start=50 * number) for number, name in enumerate(names)))
    assert [new.person.name for new in made] == ["Ana Costa"]


def test_a_name_in_cyrillic_letters_is_proposed_in_the_nominative() -> None:
    (new,) = new_people((decision("Ирину Орлову"),), (decision("Ирины Орловой", "a2"),))
    assert (new.person.name, new.person.aliases, new.mentions) == ("Ирина Орлова", (), 2)


def test_an_initial_is_no_alias() -> None:
    (new,) = new_people((decision(**BESIDE),), (decision("R. Vale", "a2", **BESIDE),))
    assert (new.person.aliases, new.mentions) == ((), 2)


def test_records_stand_by_mentions_then_by_name() -> None:
    made = new_people((decision("Rui Vale"), decision("Eva Sol", start=50), decision("Ana Costa", start=90)), (decision("Rui Vale", "a2"),))
    assert [(new.person.name, new.mentions) for new in made] == [("Rui Vale", 2), ("Ana Costa", 1), ("Eva Sol", 1)]


def test_a_file_of_new_people_is_a_file_of_people(tmp_path: Path, rejected: list[Rejected]) -> None:
    path = tmp_path / "new_people.jsonl"
    made = new_people((decision(title="mayor", gender="male", attached={"Portugal"}), decision('Eva "Evi" Sol', start=50)))
    with path.open("w", encoding="utf-8") as file:
        for new in made:
            NewPeopleWriter(file).add(new)
    assert list(people_in(path, reject=rejected.append)) == [new.person for new in made]
    assert rejected == []


@pytest.mark.model
def test_the_new_people_of_a_run_make_a_kb(corpus_run: Path, tmp_path: Path, disambig: Disambig) -> None:
    done = disambig("kb", "build", corpus_run / "new_people.jsonl", "--out", tmp_path / "new.kb")
    count = len((corpus_run / "new_people.jsonl").read_text("utf-8").splitlines())
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith(f"{count} people: ")
    assert count > 0
