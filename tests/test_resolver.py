"""Resolving from Python: texts, DataFrames, and how decisions show themselves."""

from pathlib import Path

import pandas as pd
import pytest
import spacy
from factory import decision, evidence
from pandas.api.types import is_float_dtype, is_integer_dtype, is_string_dtype

import disambig
from disambig.errors import CorpusError, KnowledgeError
from disambig.records import Outcome, Reason
from disambig.resolver import Decisions, Resolver
from disambig.settings import Settings
from disambig.table import COLUMNS, write_mentions


@pytest.fixture(scope="module")
def ruler(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A pipeline that finds "Ana Costa", saved in a folder."""
    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    nlp.add_pipe("entity_ruler").add_patterns([{"label": "PERSON", "pattern": "Ana Costa"}])  # type: ignore[attr-defined]
    path = tmp_path_factory.mktemp("model") / "ruler"
    nlp.to_disk(path)
    return str(path)


def people_file(folder: Path, text: str = '{"id": "p1", "name": "Ana Costa"}') -> Path:
    path = folder / "people.jsonl"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture
def resolver(tmp_path: Path, ruler: str) -> Resolver:
    """A resolver that knows Ana Costa."""
    return disambig.load(kb=people_file(tmp_path), model=ruler)


def test_a_resolver_reads_a_text(resolver: Resolver) -> None:
    found = resolver.resolve("Ana Costa left. Costa came back.", date="2012-05")
    told = [(one.mention.text, one.person and one.person.id, str(one.date)) for one in found]
    assert told == [("Ana Costa", "p1", "2012-05"), ("Costa", "p1", "2012-05")]


def test_a_resolver_refuses_another_form_of_date(resolver: Resolver) -> None:
    with pytest.raises(ValueError, match="'yesterday' is not YYYY"):
        resolver.resolve("Ana Costa left.", date="yesterday")


def test_a_resolver_refuses_people_that_cannot_be_read(tmp_path: Path, ruler: str) -> None:
    with pytest.raises(KnowledgeError, match=r"people\.jsonl:1"):
        disambig.load(kb=people_file(tmp_path, '{"id": "p1"}'), model=ruler)


# -- how decisions show themselves

CONTRADICTED = decision({"nobody": 0.6, "Ana Costa": 0.4}, text="Costa", start=7, outcome=Outcome.UNKNOWN, reason=Reason.CONTRADICTED)
SHOWN = [
    (decision(), "Kozak (0:5): resolved, Dmitry Kozak (kozak-dmitry), 0.93"),
    (CONTRADICTED, "Costa (7:12): unknown, nobody in the knowledge base, 0.60"),
    (
        decision({"nobody": 0.5, "Ana Costa": 0.4, "Rui Costa": 0.1}, outcome=Outcome.AMBIGUOUS, reason=Reason.TOO_LITTLE_EVIDENCE),
        "Kozak (0:5): ambiguous, nobody or Ana Costa (costa-ana), 0.40",
    ),
    (
        decision({"nobody": 1.0}, outcome=Outcome.UNKNOWN, reason=Reason.NO_CANDIDATE),
        "Kozak (0:5): unknown, nobody in the knowledge base, 1.00",
    ),
]


@pytest.mark.parametrize(("made", "line"), SHOWN, ids=[line for _, line in SHOWN])
def test_a_decision_is_shown_on_one_line(made: disambig.Decision, line: str) -> None:
    assert repr(Decisions([made])) == line


def test_decisions_are_a_tuple() -> None:
    made = decision(), CONTRADICTED
    assert Decisions(made) == made
    assert repr(Decisions(made)).splitlines() == [SHOWN[0][1], SHOWN[1][1]]


def test_no_decision_is_said_in_words() -> None:
    assert repr(Decisions()) == "no mention of a person"


def test_a_notebook_gets_a_table() -> None:
    shown = Decisions([decision(clauses={"Dmitry Kozak": [evidence("Russia is named")]})])._repr_html_()
    for cell in ("Kozak (0:5)", "resolved", "Dmitry Kozak (kozak-dmitry)", "0.93", "Dmitry Kozak: Russia is named."):
        assert f">{cell}</td>" in shown
    assert shown.count("<th>") == 5


def test_a_notebook_shows_hostile_text_as_text() -> None:
    hostile = "<script>alert('x')</script>"
    clauses = {hostile: [evidence(hostile)]}
    shown = Decisions([decision({hostile: 0.9, "nobody": 0.1}, text=hostile, clauses=clauses)])._repr_html_()
    assert "<script" not in shown
    assert shown.count("&lt;script&gt;alert(&#x27;x&#x27;)&lt;/script&gt;") >= 3


# -- DataFrames


def test_decisions_become_a_frame_with_the_columns_and_rows_of_the_csv(resolver: Resolver, tmp_path: Path) -> None:
    found = resolver.resolve("Ana Costa left. Costa came back.", date="2012-05")
    frame = resolver.to_frame(found)
    write_mentions([found], tmp_path / "rows.csv")
    read = pd.read_csv(tmp_path / "rows.csv", keep_default_na=False)
    assert list(frame.columns) == list(COLUMNS)
    pd.testing.assert_frame_equal(frame, read, check_dtype=False)


@pytest.mark.parametrize("found", [(), (decision(),)], ids=["empty", "one row"])
def test_numbers_are_numbers_and_the_rest_is_text(found: tuple[disambig.Decision, ...]) -> None:
    types = Resolver.to_frame(found).dtypes
    assert is_integer_dtype(types["start"])
    assert is_integer_dtype(types["end"])
    assert is_float_dtype(types["probability"])
    assert all(is_string_dtype(types[name]) for name in COLUMNS if name not in {"start", "end", "probability"})


def test_a_frame_of_articles_becomes_a_frame_of_mentions(resolver: Resolver) -> None:
    days = [None, pd.Timestamp("2012-05-01"), "2012"]
    articles = pd.DataFrame({"article_id": [1, "b", "c"], "text": ["Ana Costa left.", "Nobody.", "Ana Costa, Ana Costa."], "date": days})
    rows = resolver.resolve_frame(articles)
    told = rows[["mention_id", "person_id", "date"]].to_numpy().tolist()
    assert told == [["1:0-9", "p1", ""], ["c:0-9", "p1", "2012"], ["c:11-20", "p1", "2012"]]


def test_a_day_may_be_a_timestamp(resolver: Resolver) -> None:
    articles = pd.DataFrame({"article_id": ["b"], "text": ["Ana Costa left."], "date": [pd.Timestamp("2012-05-01 12:30")]})
    assert resolver.resolve_frame(articles)["date"].tolist() == ["2012-05-01"]


def test_articles_are_the_ones_that_the_settings_allow(tmp_path: Path, ruler: str) -> None:
    short = disambig.load(kb=people_file(tmp_path), model=ruler, settings=Settings(max_article_chars=5))
    with pytest.raises(CorpusError, match=r"article 'a': the text has 9 characters; expected at most 5"):
        short.resolve_frame(pd.DataFrame({"article_id": ["a"], "text": ["Ana Costa"]}))


BAD = [
    ({"article_id": ["a"], "text": [None]}, r"article 'a': 'text' is missing; expected a text"),
    ({"article_id": ["a"], "text": [float("nan")]}, r"article 'a': 'text' is missing; expected a text"),
    ({"article_id": ["a"], "text": [7]}, r"article 'a': 'text' is 7; expected a text in quotes"),
    ({"article_id": ["a"], "text": ["Hi."], "date": ["yesterday"]}, r"article 'a': 'date' is .yesterday.; expected a year"),
    ({"article_id": [None], "text": ["Hi."]}, r"article None: 'article_id' is missing; expected a text"),
    ({"doc_id": ["a"], "text": ["Hi."]}, r"no column 'article_id' \(their columns: doc_id, text\); expected article_id, text"),
    ({"article_id": ["a"]}, r"no column 'text' \(their columns: article_id\)"),
]


@pytest.mark.parametrize(("columns", "message"), BAD, ids=[case[1] for case in BAD])
def test_an_article_that_cannot_be_read_is_an_error(resolver: Resolver, columns: dict[str, list[object]], message: str) -> None:
    with pytest.raises(CorpusError, match=message):
        resolver.resolve_frame(pd.DataFrame(columns))
