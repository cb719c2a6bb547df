"""Simple methods: whom each of them takes, and from which score on."""

import pytest
from factory import decision, labelled, person
from hypothesis import given
from hypothesis import strategies as st

from disambig.baselines import BASELINES, NameIndex, best_cutoff, compare, cross_fitted, halves, longest_earlier, scored, shortlists
from disambig.evaluate import Answer, Choice, evaluate
from disambig.records import Article

PEOPLE = [
    person("Dmitry Kozak", popularity=41, description="Russian politician", occupations=["politician"], countries=["Russia"]),
    person("Taras Kozak", popularity=7, description="Ukrainian deputy of the parliament", countries=["Ukraine"]),
    person("Anna Orlova", popularity=3, occupations=["politician"], countries=["Ukraine"]),
    person("Zoë Lindqvist", aliases=["Zed"]),
]
TEXT = "Taras Kozak left. Kozak came back to parliament with Anna Orlova. Zed saw Mr Lindkvist."


def span(name: str, number: int = 0) -> tuple[int, int]:
    """Where *name* stands in TEXT for the n-th time, counted from 0."""
    start = -1
    for _ in range(number + 1):
        start = TEXT.index(name, start + 1)
    return start, start + len(name)


CASES = [
    ("exact", "Taras Kozak", 0, "kozak-taras", "the very name"),
    ("exact", "Kozak", 1, "nobody", "a surname is nobody's whole name"),
    ("exact", "Zed", 0, "lindqvist-zoë", "an alias"),
    ("fuzzy", "Lindkvist", 0, "lindqvist-zoë", "misspelt"),
    ("popular", "Kozak", 1, "kozak-dmitry", "the most popular of those with the surname"),
    ("popular", "Lindkvist", 0, "lindqvist-zoë", "where nobody has the surname, the best spelling"),
    ("earlier", "Kozak", 1, "kozak-taras", "the article has named him in full"),
    ("earlier", "Anna Orlova", 0, "orlova-anna", "a full name stands for itself"),
]


@pytest.mark.parametrize(("name", "mention", "number", "expected", "because"), CASES, ids=[f"{case[0]}: {case[4]}" for case in CASES])
def test_a_baseline_takes(name: str, mention: str, number: int, expected: str, because: str) -> None:
    spans = sorted({span("Taras Kozak"), span(mention, number)})
    chosen = BASELINES[name](Article("a1", TEXT), spans, NameIndex(PEOPLE))
    assert {(one.start, one.end): one.first for one in chosen}[span(mention, number)] == expected, because


def test_uiscore_goes_by_the_words_of_the_record_and_by_what_it_shares_with_clear_people() -> None:
    article = Article("a1", "Kozak spoke in parliament.")
    (alone,) = BASELINES["uiscore"](article, [(0, 5)], NameIndex(PEOPLE))
    assert alone.first == "kozak-taras", "'parliament' stands in the article and in its sentence"
    beside = Article("a1", "Kozak met Anna Orlova.")
    chosen, _ = BASELINES["uiscore"](beside, [(0, 5), (10, 21)], NameIndex(PEOPLE))
    assert chosen.first == "kozak-dmitry", "both share one value with her, and he is the more popular"


@given(order=st.permutations(PEOPLE))
def test_the_order_of_the_people_makes_no_difference(order: list) -> None:
    spans = sorted({span("Taras Kozak"), span("Kozak", 1), span("Lindkvist")})
    for baseline in BASELINES.values():
        article = Article("a1", TEXT)
        assert baseline(article, spans, NameIndex(order)) == baseline(article, spans, NameIndex(PEOPLE))


def test_nobody_at_all_is_nobody() -> None:
    for baseline in BASELINES.values():
        (chosen,) = baseline(Article("a1", TEXT), [span("Zed")], NameIndex([]))
        assert (chosen.said, chosen.first) == (None, "nobody")


def test_a_later_name_is_not_looked_for() -> None:
    assert longest_earlier(["Kozak", "Dmitry Kozak", "Kozak"]) == ("Kozak", "Dmitry Kozak", "Dmitry Kozak")


def test_a_shortlist_is_ordered_by_popularity() -> None:
    (found,) = shortlists(Article("a1", TEXT), [span("Kozak", 1)], NameIndex(PEOPLE))
    assert [one.id for one in found.people] == ["kozak-dmitry", "kozak-taras"]


def answer(score: float, gold: str | None, article_id: str = "a1") -> Answer:
    """An answer that names "him" with this score."""
    return Answer(article_id, 0, "Kozak", gold, "him", "him", score, several=False, mistake=None)


CUTOFFS = [
    ([(0.9, "him"), (0.5, None)], 0.9, "the one outside is kept out"),
    ([(0.9, "him"), (0.5, "her")], 0.0, "a wrong person is wrong in any case, so everybody is said"),
    ([(0.9, None), (0.5, "him")], 0.0, "one lost, one won"),
    ([(0.9, None)], float("inf"), "never"),
    ([(0.9, "him"), (0.5, "him"), (0.5, None), (0.4, None)], 0.5, "equal scores go together"),
]


@pytest.mark.parametrize(("answers", "cutoff", "because"), CUTOFFS, ids=[case[2] for case in CUTOFFS])
def test_the_cutoff_is_the_best_for_accuracy(answers: list[tuple[float, str | None]], cutoff: float, because: str) -> None:
    assert best_cutoff([answer(score, gold) for score, gold in answers]) == cutoff, because


def test_a_cutoff_comes_from_the_other_half() -> None:
    one, other = halves(map(str, range(10)))
    assert (len(one), len(other), one & other) == (5, 5, frozenset())
    answers = [answer(0.9 if key in one else 0.5, "him", key) for key in one | other]
    answers += [answer(0.3 if key in one else 0.2, None, key) for key in one | other]
    cutoffs = cross_fitted(answers)
    assert {cutoffs[key] for key in one} == {0.5}
    assert {cutoffs[key] for key in other} == {0.9}


def test_below_a_given_cutoff_nobody_is_said() -> None:
    article = labelled("Kozak", (0, 5, None))
    like = evaluate([(article, [decision()])])
    choice = Choice(0, 5, "kozak-dmitry", "kozak-dmitry", 0.7)
    assert scored([(article, [choice])], like, cutoff=0.8).nobody_right == 1
    assert scored([(article, [choice])], like, cutoff=0.7).nobody_right == 0


def test_every_baseline_answers_the_same_mentions() -> None:
    article = labelled(TEXT, (*span("Taras Kozak"), "kozak-taras"), (*span("Anna Orlova"), "orlova-anna"), (*span("Zed"), "contested"))
    like = evaluate([(article, [decision(start=0, text="Taras Kozak")])])
    found = compare([(article, [span("Zed"), span("Taras Kozak")])], PEOPLE, like)
    assert list(found) == list(BASELINES)
    for scores in found.values():
        assert [(one.start, one.several) for one in scores.answers] == [(one.start, one.several) for one in like.answers]
        assert {rate.name: rate.part for rate in scores.rates}["found"] == 1, "Anna Orlova was not among the mentions"
