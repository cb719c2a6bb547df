#!/usr/bin/env python3
"""Run the shipped corpus through the whole pipeline and keep the rows as the golden file of the tests.

    python scripts/golden.py

Rewrites tests/golden/resolved_mentions.csv, which tests/test_golden.py compares with a run. Look at `git diff tests/golden` before you
commit it, and say in the commit message why the rows changed.
"""

import argparse
import os
import shutil
import tempfile
from pathlib import Path

from disambig.__main__ import main
from disambig.cli import run
from disambig.outputs import MENTIONS

ROOT = Path(os.path.relpath(Path(__file__).resolve().parents[1]))
CORPUS = ROOT / "corpus"
GOLDEN = ROOT / "tests" / "golden" / MENTIONS


def write() -> None:
    """Run, as `disambig run` does, and put the rows in their place."""
    argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter).parse_args()
    with tempfile.TemporaryDirectory() as folder:
        run([str(CORPUS / "articles")], kb=CORPUS / "people.jsonl", out=Path(folder), quiet=True)
        GOLDEN.parent.mkdir(exist_ok=True)
        shutil.copyfile(Path(folder, MENTIONS), GOLDEN)
    print(f"Golden rows: {GOLDEN}")


if __name__ == "__main__":
    main(write)
