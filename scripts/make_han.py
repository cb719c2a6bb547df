#!/usr/bin/env python3
"""Unihan -> src/disambig/han.txt: how Mandarin, Cantonese, Korean and Vietnamese read each Chinese character.

    python scripts/make_han.py /usr/share/unicode      # the folder of Unihan_Readings.txt and Unihan_Variants.txt, plain or .bz2

The files are in https://www.unicode.org/Public/UCD/latest/ucd/Unihan.zip, and in Debian's package unicode-data. Kept are the characters
that are read in Korean or in everyday Chinese, or whose traditional form is; a simplified one has the readings of its traditional forms.
"""

from __future__ import annotations

import argparse
import bz2
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from anyascii import anyascii

if TYPE_CHECKING:
    from collections.abc import Iterator

OUT = Path(__file__).parents[1] / "src" / "disambig" / "han.txt"
FIELDS = ("kMandarin", "kCantonese", "kHangul", "kVietnamese")
EVERYDAY = frozenset(("kHangul", "kHanyuPinlu", "kTGHZ2013"))
MOST = 2  # readings of a character in one language; Korean has three where a surname begins otherwise
HEAD = """\
# How each Chinese character is read in Mandarin, Cantonese, Korean and Vietnamese; written by scripts/make_han.py from Unihan {version}.
# Derived from the Unicode Character Database and changed (chosen, spelt otherwise, tones left out). Copyright (c) 1991-2022 Unicode, Inc.
# Used under the licence in han.LICENSE.txt.
"""
# Cantonese as Hong Kong writes it in Latin letters, rather than with the letters of Jyutping.
HONG_KONG = ((r"^[zc]", "ch"), (r"^j(?=yu)", ""), (r"^j", "y"), (r"^g", "k"), (r"aa", "a"), (r"eoi", "ui"), (r"eo|oe", "eu"), (r"yu", "ue"))
ALONE = {"a": "ah", "e": "eh", "i": "yi", "o": "oh", "u": "wu"}  # a single letter would be an initial

Readings = dict[str, dict[str, str]]


def character_of(code: str) -> str:
    """The character of a code such as U+91D1."""
    return chr(int(code.partition("+")[2], 16))


def lines(folder: Path, name: str) -> Iterator[tuple[str, str, str]]:
    """Character, field and value of each line of one of Unihan's files."""
    path = folder / name
    with path.open(encoding="utf-8") if path.is_file() else bz2.open(f"{path}.bz2", "rt", encoding="utf-8") as file:
        for line in file:
            if line.startswith("U+"):
                code, field, value = line.rstrip("\n").split("\t")
                yield character_of(code), field, value


def spelt(field: str, value: str) -> list[str]:
    """The readings in a field: Korean in its own letters, the others in Latin ones."""
    if field == "kHangul":
        return [reading.partition(":")[0] for reading in value.split()]
    found = []
    for reading in value.split():
        plain = re.sub(r"[^a-z]", "", anyascii(reading).lower())
        for pattern, letters in HONG_KONG if field == "kCantonese" else ():
            plain = re.sub(pattern, letters, plain)
        found.append(ALONE.get(plain, plain))
    return found


def row(character: str, forms: list[str], readings: Readings) -> str:
    """The line of one character; "" where it is not kept."""
    if not any(EVERYDAY & readings.get(form, {}).keys() for form in forms):
        return ""
    columns = []
    for field in FIELDS:
        found = [one for form in forms if field in readings.get(form, {}) for one in spelt(field, readings[form][field])]
        columns.append(",".join(list(dict.fromkeys(filter(None, found)))[: MOST + (field == "kHangul")]))
    return "\t".join((character, *columns)) if any(columns) else ""


def main() -> int:
    """Write the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="where Unihan's files are")
    parser.add_argument("--version", default="15.0.0", help="of Unihan, for the head of the file (%(default)s)")
    args = parser.parse_args()
    readings: Readings = {}
    for character, field, value in lines(args.folder, "Unihan_Readings.txt"):
        readings.setdefault(character, {})[field] = value
    traditional: dict[str, list[str]] = {}
    for character, field, value in lines(args.folder, "Unihan_Variants.txt"):
        if field == "kTraditionalVariant":
            traditional[character] = [character_of(code.partition("<")[0]) for code in value.split()]
    rows = [row(character, [character, *traditional.get(character, ())], readings) for character in sorted(readings)]
    OUT.write_text(HEAD.format(version=args.version) + "\n".join(filter(None, rows)) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
