#!/usr/bin/env python3
"""Measure `disambig.spark` on this machine: articles a second, and what each of Spark's Python processes takes.

python scripts/bench_spark.py corpus/articles --kb corpus/people.jsonl --workers 2 --times 20

The first job loads the model and opens the people in each process; the second, which is measured, reads every article that many times over.
"""

import argparse
import os
import resource
import sys
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

import pandas as pd
from pyspark.sql import DataFrame, SparkSession

from disambig import spark as people_spark
from disambig.articles import read_articles

_MIB = 1024  # of the unit of ru_maxrss on Linux


def main() -> None:
    """Run both jobs and print a table of one row."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("articles", nargs="+", help="folders or files, as for `disambig run`")
    parser.add_argument("--kb", type=Path, required=True, metavar="PEOPLE", help="the people")
    parser.add_argument("--workers", type=int, default=2, metavar="N", help="Python processes (default: 2)")
    parser.add_argument("--times", type=int, default=20, metavar="N", help="how often each article is read (default: 20)")
    given = parser.parse_args()
    os.environ["PYSPARK_PYTHON"] = sys.executable
    spark = SparkSession.builder.master(f"local[{given.workers}]").config("spark.ui.enabled", "false").getOrCreate()
    spark.sparkContext.setLogLevel("ERROR")
    found = [(one.id, one.text, str(one.date) if one.date else None) for one in read_articles(given.articles, reject=print)]
    many = [(f"{name}/{number}", text, date) for number in range(given.times) for name, text, date in found]
    _resolve(spark, many[: 50 * given.workers], given)
    before = _usage(spark, given.workers)
    started = time.perf_counter()
    mentions = _resolve(spark, many, given)
    seconds = time.perf_counter() - started
    after = _usage(spark, given.workers)
    spent = after["seconds"].sum() - before["seconds"].sum()
    words = sum(len(text.split()) for _, text, _ in many)
    print(f"{len(many)} articles, {words} words, {mentions} mentions, {given.workers} workers: {seconds:.0f} s")
    print(f"articles a second: {len(many) / seconds:.1f}; for each second of processor time of a worker: {len(many) / spent:.1f}")
    print(f"words for each second of processor time: {words / spent:.0f}; peak memory of a worker: {after['memory'].max():.0f} MiB")


def _resolve(spark: SparkSession, articles: list[tuple[str, str, str | None]], given: argparse.Namespace) -> int:
    """How many mentions there are; every row is made."""
    frame = spark.createDataFrame(articles, "article_id string, text string, date string").repartition(4 * given.workers)
    rows = people_spark.resolve(frame, kb=given.kb).selectExpr("sum(length(evidence))", "count(*)").first()
    return int(rows[1]) if rows else 0


def _usage(spark: SparkSession, workers: int) -> pd.DataFrame:
    """Processor seconds and peak memory (MiB) of each of the Python processes, as they say themselves."""
    frame: DataFrame = spark.range(workers * 100).repartition(workers * 4)
    told = frame.mapInPandas(_own_usage, "process long, seconds double, memory double").toPandas()
    return told.groupby("process").max()


def _own_usage(frames: Iterable[pd.DataFrame]) -> Iterator[pd.DataFrame]:
    for _ in frames:
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / _MIB
        yield pd.DataFrame({"process": [os.getpid()], "seconds": [time.process_time()], "memory": [peak]})


if __name__ == "__main__":
    main()
