#!/usr/bin/env python3
"""Run the main job on the shipped corpus and show a few of the rows it wrote.

python scripts/run_pipeline.py                                          the shipped corpus, into out/
python scripts/run_pipeline.py articles/ --kb people.jsonl --out rows   anything else, as with `disambig run`
"""

import csv
import functools
import os
import sys
from pathlib import Path

import typer

from disambig.__main__ import main
from disambig.cli import run
from disambig.outputs import MENTIONS
from disambig.table import read_rows

CORPUS = Path(os.path.relpath(Path(__file__).resolve().parents[1] / "corpus"))
DEFAULTS = {"articles": [str(CORPUS / "articles")], "kb": str(CORPUS / "people.jsonl"), "out": "out"}

SHOWN_ARTICLE = "kozak-partition-plan"  # one bare surname, two people
SHOWN_NAME = "Kozak"
SHOWN_COLUMNS = ("start", "mention", "decision", "person_id", "probability", "candidates")

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False, rich_markup_mode="markdown")


@app.command(context_settings={"default_map": DEFAULTS}, help=(__doc__ or "").split("\n\n")[0])
@functools.wraps(run)  # typer reads the options off the signature
def run_and_show(*arguments: object, **options: object) -> None:
    """Run, then print the rows on the shown name."""
    run(*arguments, **options)
    written = read_rows(Path(str(options["out"]), MENTIONS))
    rows = [row for row in written if (row["article_id"], row["mention"]) == (SHOWN_ARTICLE, SHOWN_NAME)]
    if rows:
        print(f"\nSome columns of the rows on {SHOWN_NAME!r} in article {SHOWN_ARTICLE!r}:\n")
        table = csv.DictWriter(sys.stdout, SHOWN_COLUMNS, extrasaction="ignore", lineterminator="\n")
        table.writeheader()
        table.writerows(rows)


if __name__ == "__main__":
    main(app)
