"""Figures are counted as the outside scorer counts them, and every mistake has its kind."""

import importlib.util
import json
import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from factory import decision, labelled
from hypothesis import given
from hypothesis import strategies as st

from disambig.evaluate import COUNTS, RATES, BCubed, Kind, Rate, Scores, _Drawn, b_cubed, evaluate
from disambig.intervals import DRAWS, draw
from disambig.records import Decision, LabelledArticle, Outcome
from disambig.table import write_mentions

Disambig = Callable[..., subprocess.CompletedProcess[str]]

TEXT = "Kozak met Kozak, and Kozak said that Kozak had left."
PLACES = [(0, 5), (10, 15), (21, 26), (37, 42)]


def one(gold: str | None, *decisions: Decision, overlap: bool = False) -> dict[str, Any]:
    """The summary over one label on the first "Kozak"."""
    return evaluate([(labelled(TEXT, (0, 5, gold)), decisions)], overlap=overlap).summary()


KINDS = [
    ("kozak-dmitry", [], Kind.NOT_FOUND, "nothing stands there"),
    ("kozak-ivan", [decision(outcome=Outcome.UNKNOWN)], Kind.NOT_AMONG_CANDIDATES, "the person was not looked at"),
    ("kozak-ivan", [decision()], Kind.NOT_AMONG_CANDIDATES, "nor was it when another one was said"),
    ("kozak-taras", [decision()], Kind.WRONG_NAMESAKE, "another candidate was said"),
    (None, [decision()], Kind.FALSE_LINK, "somebody was said"),
    ("kozak-dmitry", [decision(outcome=Outcome.UNKNOWN)], Kind.FALSE_NOBODY, "nobody was said"),
    ("kozak-dmitry", [decision(outcome=Outcome.AMBIGUOUS)], Kind.UNDECIDED, "ambiguous"),
    ("kozak-dmitry", [decision(outcome=Outcome.CONTESTED)], Kind.UNDECIDED, "contested"),
]


@pytest.mark.parametrize(("gold", "decisions", "kind", "because"), KINDS, ids=[case[3] for case in KINDS])
def test_a_mistake_has_one_kind(gold: str | None, decisions: Sequence[Decision], kind: Kind, because: str) -> None:
    counted = one(gold, *decisions)["mistakes"]
    assert counted == {other.value: int(other is kind) for other in Kind}, because


RIGHT = [
    ("kozak-dmitry", [decision()], "the person"),
    (None, [decision(outcome=Outcome.UNKNOWN)], "nobody"),
    (None, [decision(outcome=Outcome.AMBIGUOUS)], "an undecided mention says nobody"),
    (None, [], "so does one that was not found"),
]


@pytest.mark.parametrize(("gold", "decisions", "because"), RIGHT, ids=[case[2] for case in RIGHT])
def test_a_right_answer_is_no_mistake(gold: str | None, decisions: Sequence[Decision], because: str) -> None:
    summary = one(gold, *decisions)
    assert summary["accuracy"] == 1.0, because
    assert not any(summary["mistakes"].values())


def test_a_contested_label_is_left_out() -> None:
    assert one("contested", decision())["mentions"] == 0


def test_a_rate_over_nothing_is_none() -> None:
    scores = evaluate([])
    assert {rate.value for rate in scores.rates} == {None}
    assert scores.ece is None


def test_a_rate_stands_on_its_counts() -> None:
    decisions = [decision(start=start) for start, _ in PLACES[:3]]
    golds = ["kozak-dmitry", "kozak-taras", None, "kozak-dmitry"]
    article = labelled(TEXT, *((*place, gold) for place, gold in zip(PLACES, golds, strict=True)))
    rates = {rate.name: rate for rate in evaluate([(article, decisions)]).rates}
    assert rates["linked_accuracy"] == Rate("linked_accuracy", 1, 3)
    assert rates["precision"] == Rate("precision", 1, 3)
    assert rates["found"] == Rate("found", 3, 4)
    assert rates["false_link_rate"].value == 1.0
    assert rates["linked_accuracy"].value == 0.3333


def test_precision_recall_and_f1_are_about_people_and_leave_nobodies_to_the_false_links() -> None:
    decisions = [decision(start=start) for start, _ in PLACES[:3]]
    golds = ["kozak-dmitry", "kozak-taras", None, "kozak-dmitry"]
    summary = evaluate([(labelled(TEXT, *((*place, gold) for place, gold in zip(PLACES, golds, strict=True))), decisions)]).summary()
    assert (summary["precision"], summary["recall"], summary["f1"]) == (0.3333, 0.3333, 0.3333)
    few = evaluate([(labelled(TEXT, *((*place, "kozak-dmitry") for place in PLACES)), decisions[:1])]).summary()
    assert (few["precision"], few["recall"], few["f1"]) == (1.0, 0.25, 0.4)


def test_accuracy_among_several_leaves_out_who_has_one_candidate_or_none() -> None:
    alone, several = decision({"Dmitry Kozak": 0.6, "nobody": 0.4}), decision({"Dmitry Kozak": 0.6, "Taras Kozak": 0.3, "nobody": 0.1})
    assert one("kozak-dmitry", alone)["counts"]["accuracy_among_several"] == {"part": 0, "of": 0}
    assert one("kozak-dmitry", several)["counts"]["accuracy_among_several"] == {"part": 1, "of": 1}
    assert one(None, several)["counts"]["accuracy_among_several"] == {"part": 0, "of": 1}


def test_coverage_goes_as_far_as_its_precision_holds() -> None:
    sure = [0.99 - 0.01 * number for number in range(20)]
    answers = [
        (labelled(TEXT, (0, 5, "kozak-dmitry" if number else None), article_id=str(number)), [decision({"Dmitry Kozak": sure[number]})])
        for number in range(19, -1, -1)
    ]
    rates = {rate.name: rate for rate in evaluate(answers).rates}
    assert rates["coverage_at_95"] == Rate("coverage_at_95", 20, 20), "19 of 20 are right, the wrong one is the surest"
    assert rates["coverage_at_99"] == Rate("coverage_at_99", 0, 20)


def test_every_rate_is_made_of_counts() -> None:
    assert {name for part, whole in RATES.values() for name in (*part, *whole)} <= set(COUNTS)


def test_a_bin_holds_its_lower_edge_and_the_last_one_the_upper_too() -> None:
    answers = [
        (labelled(TEXT, (0, 5, "kozak-dmitry"), article_id=str(sure)), [decision({"Dmitry Kozak": sure}, article_id=str(sure))])
        for sure in (0.1, 0.19, 0.9, 1.0)
    ]
    found = [(one.low, one.high, one.mentions, one.stated) for one in evaluate(answers).bins()]
    assert found == [(0.1, 0.2, 2, 0.145), (0.9, 1.0, 2, 0.95)]


def test_a_wrong_link_above_nine_tenths_is_confident() -> None:
    assert one(None, decision({"Dmitry Kozak": 0.91, "nobody": 0.09}))["confident_wrong_links"] == 1
    assert one(None, decision({"Dmitry Kozak": 0.9, "nobody": 0.1}))["confident_wrong_links"] == 0
    assert one(None, decision({"Dmitry Kozak": 0.95, "nobody": 0.05}, outcome=Outcome.AMBIGUOUS))["confident_wrong_links"] == 0


def test_a_mistake_says_where_it_stands_and_what_it_should_have_been() -> None:
    (mistake,) = evaluate([(labelled(TEXT, (10, 15, None), article_id="news"), [decision(start=10)])]).mistakes
    assert str(mistake) == "news:10-15 'Kozak': expected nobody, got kozak-dmitry (kozak-dmitry=0.93)"
    (missed,) = evaluate([(labelled(TEXT, (10, 15, "kozak-dmitry")), [])]).mistakes
    assert str(missed) == "a1:10-15 'Kozak': expected kozak-dmitry, found nothing"


def test_an_exact_match_needs_both_offsets_and_an_overlap_neither() -> None:
    wide = decision(text="Kozak met")
    assert one("kozak-dmitry", wide)["found"] == 0.0
    assert one("kozak-dmitry", wide, overlap=True)["linked_accuracy"] == 1.0


def test_the_longest_overlap_answers_and_of_equals_the_earlier() -> None:
    short = decision({"Taras Kozak": 0.9, "nobody": 0.1}, text="Ko", start=0)
    long = decision({"Dmitry Kozak": 0.9, "nobody": 0.1}, text="zak", start=2)
    assert one("kozak-dmitry", short, long, overlap=True)["accuracy"] == 1.0
    equal = decision({"Taras Kozak": 0.9, "nobody": 0.1}, text="ak m", start=3)
    assert one("kozak-taras", equal, short, overlap=True)["accuracy"] == 1.0


def test_touching_is_no_overlap() -> None:
    assert one("kozak-dmitry", decision(text=" met", start=5), overlap=True)["found"] == 0.0


PROBABILITIES = st.floats(0, 1, exclude_min=True)
PEOPLE = ["Dmitry Kozak", "Taras Kozak", "Ivan Kozak"]


Answered = tuple[LabelledArticle, tuple[Decision, ...]]


@st.composite
def answered(draw: st.DrawFn, article_id: str) -> Answered:
    """An article with labels, and decisions on some of its places or beside them."""
    golds = draw(st.lists(st.sampled_from(["kozak-dmitry", "kozak-taras", "kozak-ivan", None, "contested"]), min_size=4, max_size=4))
    decisions = []
    for start, end in draw(st.lists(st.sampled_from(PLACES), unique=True)):
        names = draw(st.lists(st.sampled_from(PEOPLE), max_size=2, unique=True))
        shift = draw(st.integers(0, 3))
        made = decision(
            {**{name: draw(PROBABILITIES) for name in names}, "nobody": draw(PROBABILITIES)},
            text=TEXT[start + shift : end + shift],
            start=start + shift,
            article_id=article_id,
            outcome=draw(st.sampled_from(Outcome)) if names else Outcome.UNKNOWN,
        )
        decisions.append(made)
    return labelled(TEXT, *((*place, gold) for place, gold in zip(PLACES, golds, strict=True)), article_id=article_id), tuple(decisions)


ARTICLES = st.tuples(answered("a1"), answered("a2"), answered("a3"))


@given(made=ARTICLES, overlap=st.booleans())
def test_every_label_is_right_or_one_mistake(made: Sequence[Answered], *, overlap: bool) -> None:
    scores = evaluate(made, overlap=overlap)
    assert scores.linked_right + scores.nobody_right + len(scores.mistakes) == scores.mentions
    assert all(0 <= rate.part <= rate.whole for rate in scores.rates)


@given(made=ARTICLES, row=st.integers(0, DRAWS - 1))
def test_a_drawn_figure_is_that_of_the_articles_as_often_as_they_were_drawn(made: Sequence[Answered], row: int) -> None:
    scores = evaluate(made)
    drawn = _Drawn.from_answers(scores.answers)
    assert drawn is not None, "every article has a label that is scored, or else draws another number of articles"
    ids = sorted({answer.article_id for answer in scores.answers})
    times = dict(zip(ids, draw(len(ids))[row].astype(int), strict=True))
    repeated = Scores(tuple(answer for answer in scores.answers for _ in range(times[answer.article_id])))
    expected = {rate.name: rate.part / rate.whole if rate.whole else None for rate in repeated.rates}
    for name, value in expected.items():
        assert drawn.figure(name)[row] == pytest.approx(float("nan") if value is None else value, nan_ok=True), name
    assert drawn.figure("ece")[row] == pytest.approx(float("nan") if repeated.ece is None else repeated.ece, abs=1e-4, nan_ok=True)


@given(made=ARTICLES)
def test_intervals_do_not_depend_on_the_order_of_the_articles(made: Sequence[Answered]) -> None:
    assert evaluate(made).intervals() == evaluate(made[::-1]).intervals()


def test_one_article_has_no_interval() -> None:
    scores = evaluate([(labelled(TEXT, (0, 5, None)), [decision()])])
    assert set(scores.intervals().values()) == {None}
    assert scores.ahead_of(scores) is None
    assert scores.summary()["intervals"]["accuracy"] is None  # type: ignore[index]


def test_nobody_is_ahead_of_himself() -> None:
    made = [(labelled(TEXT, (0, 5, gold), article_id=gold), [decision(article_id=gold)]) for gold in ("kozak-dmitry", "kozak-taras")]
    found = evaluate(made).ahead_of(evaluate(made))
    assert found is not None
    assert (found.low, found.high) == (0.0, 0.0)


@given(made=ARTICLES, overlap=st.booleans())
def test_the_figures_are_those_of_the_outside_scorer(
    shared: Path, tmp_path_factory: pytest.TempPathFactory, made: Sequence[Answered], *, overlap: bool
) -> None:
    folder = tmp_path_factory.mktemp("scored")
    write_mentions((decisions for _, decisions in made), folder / "rows.csv")
    with (folder / "gold.jsonl").open("w", encoding="utf-8") as file:
        for article, _ in made:
            mentions = [{"start": label.start, "end": label.end, "gold": label.gold} for label in article.labels]
            file.write(json.dumps({"doc_id": article.article.id, "text": TEXT, "mentions": mentions}) + "\n")
    expected = outside_scorer(shared).score(folder / "rows.csv", folder / "gold.jsonl", overlap)
    summary = evaluate(made, overlap=overlap).summary()
    assert {name: summary[name] for name in expected} == expected


def outside_scorer(shared: Path) -> Any:  # noqa: ANN401 -- a module that is not part of the project
    spec = importlib.util.spec_from_file_location("outside_scorer", shared / "eval" / "score.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.model
@pytest.mark.parametrize("mentions", ["given", "found"])
def test_the_command_and_the_outside_scorer_agree_on_real_news(shared: Path, tmp_path: Path, disambig: Disambig, mentions: str) -> None:
    gold, kb = shared / "eval" / "dev" / "rss500.jsonl", shared / "eval" / "kb" / "wiki2k.jsonl"
    done = disambig("evaluate", gold, "--kb", kb, "--mentions", mentions, "--overlap", "--out", tmp_path, "--json")
    assert done.returncode == 0, done.stderr
    summary = json.loads(done.stdout)
    expected = outside_scorer(shared).score(tmp_path / "resolved_mentions.csv", gold, overlap=True)
    assert {name: summary[name] for name in expected} == expected


CLUSTERINGS = [
    ("aabb", "1122", 1.0, 1.0, "all right"),
    ("aabb", "1111", 0.5, 1.0, "all in one"),
    ("aabb", "1234", 1.0, 0.5, "each alone"),
    ("aaaaabbccccc", "111112222222", 0.762, 1.0, "the first clustering in Bagga and Baldwin 1998"),
    ("aaaaabbccccc", "111112211111", 0.583, 1.0, "the second one"),
]


@pytest.mark.parametrize(("people", "clusters", "precision", "recall", "because"), CLUSTERINGS, ids=[case[4] for case in CLUSTERINGS])
def test_b_cubed_counts_by_mention(people: str, clusters: str, precision: float, recall: float, because: str) -> None:
    found = b_cubed(zip(people, clusters, strict=True))
    assert (round(found.precision, 3), round(found.recall, 3)) == (precision, recall), because


def test_b_cubed_of_nothing_is_nothing() -> None:
    assert b_cubed([]) == BCubed(0, 0.0, 0.0)
    assert b_cubed([]).f1 == 0.0
