r"""More than one machine: the rows of `resolved_mentions.csv` for a Spark DataFrame of articles.

import disambig.spark

articles = spark.read.parquet("articles")  # article_id, text, and date and title where there are any
disambig.spark.resolve(articles, kb="people.kb").write.parquet("mentions")
disambig.spark.rejected(articles).write.parquet("rejected")  # what `resolve` left out, and why: write both, as a run does

The rows are those of a run, in whatever order Spark has them. Only `cluster_id` says less: it holds together the mentions of somebody
outside the KB within one article, since telling whether two articles mean the same unknown person takes all of them in one place.

Each machine fetches the people once, by `SparkContext.addFile` (which Spark Connect lacks), and each of Spark's Python processes opens
them and loads the model once, for all partitions that it serves.

On a cluster. Every machine needs disambig and its model, so pack an environment and send it along with the program above:

python -m venv env && env/bin/pip install "disambig[spark]" venv-pack && env/bin/venv-pack -p env -o env.tar.gz
PYSPARK_PYTHON=./env/bin/python spark-submit --master yarn --deploy-mode cluster --archives env.tar.gz#env --files people.kb program.py

How much of it. On one core a Python process reads 21 articles of 220 words a second, 4,700 words, and holds 530 MiB at most; with 70,642
people instead of 226 it is 20 articles and 545 MiB (`scripts/bench_spark.py corpus/articles --kb …`, Spark 4.3, by seconds of processor
time of two workers, loading left out). So a million such articles take 14 hours of one core, 50 minutes of 16. There is one Python process
for each core of an executor, outside the memory of Java: give `spark.executor.memoryOverhead` 700 MiB a core. Have four partitions a
core, `articles.repartition(4 * cores)`, or one long partition keeps all waiting at the end.
"""

import atexit
import shutil
import tempfile
from functools import lru_cache, partial
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING

from disambig.articles import read_article
from disambig.errors import CorpusError
from disambig.outputs import fingerprint
from disambig.records import Article
from disambig.resolver import Resolver, frame_rows, open_people
from disambig.rows import Row
from disambig.settings import Settings
from disambig.table import COLUMNS, to_frame

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import pandas as pd
    from pyspark import SparkContext
    from pyspark.sql import DataFrame

_TYPES = {"start": "bigint", "end": "bigint", "probability": "double"}
SCHEMA = ", ".join(f"`{column}` {_TYPES.get(column, 'string')}" for column in COLUMNS)
"""Of what `resolve` gives, as Spark writes schemas."""

_REJECTED = "article_id string, reason string"
_AT_ONCE = 64  # articles whose rows are sent to Spark together: bounds memory, whatever the size of a partition


def resolve(articles: "DataFrame", *, kb: str | Path, model: str | None = None, settings: Settings | None = None) -> "DataFrame":
    """One row for each mention of a person in *articles*, which has the columns article_id and text, and date and title if you like.

    Lazy, as Spark is. *kb* is a file that the driver can read, *model* a pipeline that every machine has; None is the one that comes with
    disambig. What cannot be read is left out: `rejected` lists it. Raises CorpusError where a column is missing, KnowledgeError and
    ConfigError; article ids should differ, since mention ids are made of them.
    """
    shipped = _ship(articles.sparkSession.sparkContext, Path(kb))
    work = partial(_resolve_frames, kb_file=shipped, model=model, settings=settings or Settings())
    return _columns(articles).mapInPandas(work, SCHEMA)


def rejected(articles: "DataFrame", *, settings: Settings | None = None) -> "DataFrame":
    """Article_id and reason of each of the *articles* that `resolve` leaves out: no id, no text, too long a one, or a date that is none."""
    return _columns(articles).mapInPandas(partial(_reject_frames, settings=settings or Settings()), _REJECTED)


def _columns(articles: "DataFrame") -> "DataFrame":
    """The columns that are read; ids as text."""
    for column in ("article_id", "text"):
        if column not in articles.columns:
            columns = ", ".join(articles.columns)
            msg = f"the articles have no column {column!r} (their columns: {columns}); expected article_id, text, and date and title if any"
            raise CorpusError(msg)
    others = [articles[column] for column in ("text", "date", "title") if column in articles.columns]
    return articles.select(articles["article_id"].cast("string").alias("article_id"), *others)


def _ship(context: "SparkContext", kb: Path) -> str:
    """Let every machine fetch the people when it needs them; gives the name of the file, which is made of its content."""
    people = open_people(kb)
    name = f"disambig-{fingerprint(people.path)[:16]}.kb"
    if not any(address.endswith(f"/{name}") for address in context.listFiles):
        folder = Path(tempfile.mkdtemp(prefix="disambig-"))
        atexit.register(shutil.rmtree, folder, ignore_errors=True)  # machines may fetch it as long as this program runs
        shutil.copyfile(people.path, folder / name)
        context.addFile(str(folder / name))
    return name


@lru_cache(maxsize=2)  # a job may resolve against two files of people
def _resolver(kb_file: str, model: str | None, settings: Settings) -> Resolver:
    """Opened once in each of Spark's Python processes, which serve one partition after another."""
    from pyspark import SparkFiles  # noqa: PLC0415 (an extra)

    return Resolver.load(kb=SparkFiles.get(kb_file), model=model, settings=settings)


def _resolve_frames(frames: "Iterable[pd.DataFrame]", *, kb_file: str, model: str | None, settings: Settings) -> "Iterator[pd.DataFrame]":
    for frame in frames:
        read = (_read(row, settings) for row in frame_rows(frame))
        articles = (article for article in read if isinstance(article, Article))
        while some := list(islice(articles, _AT_ONCE)):
            yield to_frame(chain.from_iterable(map(_resolver(kb_file, model, settings).resolve_article, some)))


def _reject_frames(frames: "Iterable[pd.DataFrame]", *, settings: Settings) -> "Iterator[pd.DataFrame]":
    for frame in frames:
        read = [_read(row, settings) for row in frame_rows(frame)]
        refused = [not isinstance(article, Article) for article in read]
        yield frame[["article_id"]].assign(reason=list(map(str, read)))[refused]


def _read(row: Row, settings: Settings) -> Article | str:
    """The article, or why there is none."""
    try:
        return read_article(row, settings.max_article_chars, id_key="article_id")
    except ValueError as error:
        return str(error)
