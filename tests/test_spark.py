"""Spark: the same rows as one process writes, by two workers."""

import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
import spacy

import disambig
from disambig.articles import read_articles
from disambig.errors import CorpusError, KnowledgeError
from disambig.settings import Settings
from disambig.table import COLUMNS

pytest.importorskip("pyspark", reason="Spark is not installed: pip install 'disambig[spark]'")
if not (shutil.which("java") or os.environ.get("JAVA_HOME")):
    pytest.skip("Spark needs Java, of which there is none: set JAVA_HOME", allow_module_level=True)

from pyspark.sql import DataFrame, SparkSession

import disambig.spark

Row = tuple[object, ...]

pytestmark = pytest.mark.filterwarnings("ignore")  # what Spark warns of is not ours


@pytest.fixture(scope="module")
def spark(root: Path) -> Iterator[SparkSession]:
    """Spark on this machine, with two workers."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYSPARK_PYTHON", sys.executable)
        patch.setenv("PYTHONPATH", os.pathsep.join([str(root / "src"), os.environ.get("PYTHONPATH", "")]))
        patch.setenv("SPARK_LOCAL_IP", "127.0.0.1")
        builder = SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false")
        builder = builder.config("spark.sql.shuffle.partitions", "2")
        session = builder.config("spark.driver.bindAddress", "127.0.0.1").config("spark.driver.host", "127.0.0.1").getOrCreate()
        session.sparkContext.setLogLevel("ERROR")
        yield session
        session.stop()


@pytest.fixture(scope="module")
def people(root: Path) -> Path:
    return root / "corpus" / "people.jsonl"


@pytest.fixture(scope="module")
def short(root: Path) -> pd.DataFrame:
    """Every paragraph of the corpus as an article of its own."""
    found: list[dict[str, Any]] = [
        {"article_id": f"{article.id}-{number}", "text": text, "date": str(article.date) if article.date else None, "title": article.title}
        for article in read_articles([root / "corpus" / "articles"], reject=lambda _: None)
        for number, text in enumerate(article.text.split("\n\n"))
        if text.strip()
    ]
    return pd.DataFrame(found)


@pytest.mark.model
def test_two_workers_give_the_rows_of_a_single_process(spark: SparkSession, short: pd.DataFrame, people: Path) -> None:
    assert len(short) > 200
    articles = spark.createDataFrame(short).repartition(6)
    found = disambig.spark.resolve(articles, kb=people)
    rows = found.toPandas().sort_values(["article_id", "start", "end"], ignore_index=True)
    expected = disambig.load(kb=people).resolve_frame(short).sort_values(["article_id", "start", "end"], ignore_index=True)
    assert found.columns == list(COLUMNS)
    assert dict(found.dtypes) == {**dict.fromkeys(COLUMNS, "string"), "start": "bigint", "end": "bigint", "probability": "double"}
    assert rows.to_dict("records") == expected.to_dict("records")
    assert disambig.spark.rejected(articles).count() == 0


# -- with a model that finds "Ana Costa", which loads at once


@pytest.fixture(scope="module")
def ruler(tmp_path_factory: pytest.TempPathFactory) -> str:
    nlp = spacy.blank("en")
    nlp.add_pipe("entity_ruler").add_patterns([{"label": "PERSON", "pattern": "Ana Costa"}])  # type: ignore[attr-defined]
    path = tmp_path_factory.mktemp("model") / "ruler"
    nlp.to_disk(path)
    return str(path)


def people_file(folder: Path, person_id: str = "p1") -> Path:
    folder.mkdir(exist_ok=True)
    (folder / "people.jsonl").write_text(f'{{"id": "{person_id}", "name": "Ana Costa"}}', encoding="utf-8")
    return folder / "people.jsonl"


def rows(frame: DataFrame, *columns: str) -> list[Row]:
    return sorted((tuple(row) for row in frame.select(*columns).collect()), key=str)


def test_an_article_that_cannot_be_read_is_listed_and_the_rest_goes_on(spark: SparkSession, tmp_path: Path, ruler: str) -> None:
    found: list[Row] = [
        ("good", "Ana Costa left.", "2012-05"),
        ("no text", None, "2012"),
        ("no date", "Ana Costa left.", "soon"),
        ("too long", "Ana Costa left. " * 9, None),
        (None, "Ana Costa left.", None),
    ]
    articles = spark.createDataFrame(found, "article_id string, text string, date string")
    settings = Settings(max_article_chars=100)
    made = disambig.spark.resolve(articles, kb=people_file(tmp_path), model=ruler, settings=settings)
    assert rows(made, "mention_id", "person_id", "date") == [("good:0-9", "p1", "2012-05")]
    assert rows(disambig.spark.rejected(articles, settings=settings), "article_id", "reason") == [
        ("no date", "'date' is 'soon'; expected a year such as 1954 or a day such as 1954-03-27, or leave the key out"),
        ("no text", "'text' is missing; expected a text"),
        ("too long", "the text has 144 characters; expected at most 100, see 'max_article_chars'"),
        (None, "'article_id' is missing; expected a text"),
    ]


@pytest.mark.parametrize("kind", ["date", "timestamp", "string"])
def test_a_date_may_be_of_any_kind_and_an_id_a_number(spark: SparkSession, tmp_path: Path, ruler: str, kind: str) -> None:
    articles = spark.createDataFrame([(7, "Ana Costa left.", "2012-05-01")], "article_id int, text string, date string")
    articles = articles.withColumn("date", articles["date"].cast(kind))
    made = disambig.spark.resolve(articles, kb=people_file(tmp_path), model=ruler)
    assert rows(made, "article_id", "date") == [("7", "2012-05-01")]


def test_no_article_gives_no_row(spark: SparkSession, tmp_path: Path, ruler: str) -> None:
    articles = spark.createDataFrame([], "article_id string, text string")
    assert disambig.spark.resolve(articles, kb=people_file(tmp_path), model=ruler).collect() == []
    assert disambig.spark.rejected(articles).collect() == []


def test_other_columns_are_not_looked_at(spark: SparkSession, tmp_path: Path, ruler: str) -> None:
    articles = spark.createDataFrame([("a", "Ana Costa left.", [1, 2])], "text_id string, text string, numbers array<int>")
    articles = articles.withColumnRenamed("text_id", "article_id")
    assert rows(disambig.spark.resolve(articles, kb=people_file(tmp_path), model=ruler), "mention_id") == [("a:0-9",)]


def test_people_travel_once_and_are_not_mistaken_for_others_in_a_file_of_that_name(spark: SparkSession, tmp_path: Path, ruler: str) -> None:
    articles = spark.createDataFrame([("a", "Ana Costa left.")], "article_id string, text string")
    files = [people_file(tmp_path / name, name) for name in ("one", "two", "one")]
    before = len(spark.sparkContext.listFiles)
    made = [disambig.spark.resolve(articles, kb=file, model=ruler) for file in files]
    assert len(spark.sparkContext.listFiles) == before + 2
    assert [rows(one, "person_id") for one in made] == [[("one",)], [("two",)], [("one",)]]


@pytest.mark.parametrize("columns", ["article_id string, body string", "doc_id string, text string"])
def test_a_missing_column_is_told_of_at_once(spark: SparkSession, tmp_path: Path, columns: str) -> None:
    articles = spark.createDataFrame([("a", "Ana Costa left.")], columns)
    for call in (lambda: disambig.spark.resolve(articles, kb=people_file(tmp_path)), lambda: disambig.spark.rejected(articles)):
        with pytest.raises(CorpusError, match=r"no column '\w+' \(their columns: \w+, \w+\); expected article_id, text, and date"):
            call()


def test_people_that_cannot_be_read_are_told_of_at_once(spark: SparkSession, tmp_path: Path) -> None:
    articles = spark.createDataFrame([("a", "Ana Costa left.")], "article_id string, text string")
    with pytest.raises(KnowledgeError, match=r"nowhere\.kb: no such file"):
        disambig.spark.resolve(articles, kb=tmp_path / "nowhere.kb")
