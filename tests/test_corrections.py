"""What a reader says of single mentions is read, in whatever way a spreadsheet program saved it, and nothing of it is lost in silence."""

import csv
import io
from pathlib import Path
from typing import NamedTuple

import pytest
from factory import person

from disambig.corrections import Corrections, labelled
from disambig.errors import CorpusError
from disambig.records import Article, Label, LabelledArticle, Person, Rejected
from disambig.rows import guarded
from disambig.table import COLUMNS

ANA, EVA = person("Ana Costa"), person("Eva Costa")
PEOPLE = {one.id: one for one in (ANA, EVA)}
ARTICLE = Article("a1", "Ana Costa met\nEva Sol. Costa left.")
HEADER = "article_id,start,end,mention,correct_person_id\n"
ROW = "a1,0,9,Ana Costa,costa-ana\n"


def read(path: Path, content: str | bytes, rejected: list[Rejected]) -> Corrections:
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return Corrections(path, person_of=PEOPLE.get, reject=rejected.append)


def applied(path: Path, content: str | bytes, rejected: list[Rejected], article: Article = ARTICLE) -> list[tuple[int, int, Person | None]]:
    """The places in *article* that are corrected, and to whom."""
    corrections = read(path, content, rejected)
    found = [(one.start, one.end, one.person) for one in corrections.for_article(article)]
    corrections.finish()
    assert (corrections.applied, corrections.left_out) == (len(found), len(rejected))
    return found


def saved(rows: list[list[str]], delimiter: str = ",", line_end: str = "\n", quoting: int = csv.QUOTE_MINIMAL) -> str:
    file = io.StringIO()
    csv.writer(file, delimiter=delimiter, lineterminator=line_end, quoting=quoting).writerows(rows)  # type: ignore[arg-type]
    return file.getvalue()


WHOLE = [[*COLUMNS, "correct_person_id"], ["a1", "a1:0-9", "0", "9", "Ana Costa", *[""] * (len(COLUMNS) - 5), "costa-ana"]]
SAVED = [
    (HEADER + ROW, "the columns that are needed"),
    (saved(WHOLE), "all columns, as it was written"),
    (b"\xef\xbb\xbf" + saved(WHOLE, ";", "\r\n").encode(), "by Excel where the comma is the decimal mark"),
    (saved(WHOLE, "\t", "\r\n"), "with tabs"),
    (saved(WHOLE, quoting=csv.QUOTE_ALL), "by LibreOffice, with every cell in quotes"),
    ("correct_person_id,note,mention,end,start,article_id\ncosta-ana,sure,Ana Costa,9,0,a1\n", "other columns, in another order"),
    (HEADER + "\n" + ROW + "\n", "with empty lines"),
    (HEADER + ROW + "a1,14,21,Eva Sol\na1,23,28,Costa,\n", "rows without a correction, cut off or not"),
    (HEADER + ROW.replace("costa-ana", " costa-ana "), "with blanks around the id"),
    (HEADER + ROW + ROW, "the same row twice"),
]


@pytest.mark.parametrize(("content", "because"), SAVED, ids=[case[1] for case in SAVED])
def test_a_file_is_read_however_it_was_saved(tmp_path: Path, content: str | bytes, because: str, rejected: list[Rejected]) -> None:
    assert applied(tmp_path / "reviewed.csv", content, rejected) == [(0, 9, ANA)], because
    assert rejected == []


@pytest.mark.parametrize("word", ["nobody", "Nobody", " NOBODY "])
def test_nobody_is_somebody_outside_the_kb(tmp_path: Path, word: str, rejected: list[Rejected]) -> None:
    assert applied(tmp_path / "r.csv", HEADER + f"a1,0,9,Ana Costa,{word}\n", rejected) == [(0, 9, None)]


def test_a_mention_over_the_end_of_a_line_may_have_other_white_space(tmp_path: Path, rejected: list[Rejected]) -> None:
    assert applied(tmp_path / "r.csv", HEADER + 'a1,10,17,"met\r\nEva",nobody\n', rejected) == [(10, 17, None)]


def test_an_apostrophe_against_formulas_is_taken_away(tmp_path: Path, rejected: list[Rejected]) -> None:
    article = Article("=a1", "-Costa left.")
    assert applied(tmp_path / "r.csv", HEADER + "'=a1,0,6,'-Costa,nobody\n", rejected, article) == [(0, 6, None)]


@pytest.mark.parametrize("name", ["＝Costa", "'-Costa"], ids=["a wide sign", "an apostrophe of its own"])
def test_what_a_run_guarded_is_read_as_it_was(tmp_path: Path, name: str, rejected: list[Rejected]) -> None:
    row = f"a1,0,{len(name)},{guarded(name)},nobody\n"
    assert applied(tmp_path / "r.csv", HEADER + row, rejected, Article("a1", f"{name} left.")) == [(0, len(name), None)]


def test_another_apostrophe_is_part_of_the_name(tmp_path: Path, rejected: list[Rejected]) -> None:
    assert applied(tmp_path / "r.csv", HEADER + "a1,0,7,'t Hoft,nobody\n", rejected, Article("a1", "'t Hoft left.")) == [(0, 7, None)]


def test_corrections_come_in_the_order_of_the_text(tmp_path: Path, rejected: list[Rejected]) -> None:
    content = HEADER + "a1,23,28,Costa,costa-eva\n" + ROW
    assert applied(tmp_path / "r.csv", content, rejected) == [(0, 9, ANA), (23, 28, EVA)]


NOT_HELD = "'correct_person_id' is 'costa-rui', whom the knowledge base does not hold; expected the id of one of its people, or 'nobody'"


class Misfit(NamedTuple):
    rows: str
    told: tuple[tuple[int, str], ...]  # line, reason
    because: str


MISFITS = [
    Misfit(
        "a1,0,9,Ana Costa,costa-rui\n",
        (
            (
                2,
                NOT_HELD,
            ),
        ),
        "an id that the KB does not hold",
    ),
    Misfit(
        "a1,0,9,Eva Costa,costa-eva\n",
        ((2, "article 'a1' has 'Ana Costa' at 0:9; expected 'Eva Costa', as when it was reviewed"),),
        "another text at that place",
    ),
    Misfit(
        "a1,90,99,Eva Costa,costa-eva\n",
        ((2, "article 'a1' has '' at 90:99; expected 'Eva Costa', as when it was reviewed"),),
        "a place after the end of the text",
    ),
    Misfit(
        "a1,0,0,,costa-eva\n", ((2, "the place 0:0 is empty; expected that of a mention, as disambig wrote it"),), "a place without a text"
    ),
    Misfit(
        "a9,0,9,Ana Costa,costa-ana\n",
        ((2, "article 'a9' is not among those read; expected the id of one"),),
        "an article that is not there",
    ),
    Misfit(
        "a1,0,9,Ana Costa,costa-ana\na1,23,28,Costa,nobody\na1,0,9,Ana Costa,nobody\n",
        (
            (2, "a1:0-9 costa-ana is at odds with a1:0-9 nobody (r.csv:4); expected one of them"),
            (4, "a1:0-9 nobody is at odds with a1:0-9 costa-ana (r.csv:2); expected one of them"),
        ),
        "two people for one mention",
    ),
    Misfit(
        "a1,0,9,Ana Costa,costa-ana\na1,4,9,Costa,costa-ana\n",
        (
            (2, "a1:0-9 costa-ana is at odds with a1:4-9 costa-ana (r.csv:3); expected one of them"),
            (3, "a1:4-9 costa-ana is at odds with a1:0-9 costa-ana (r.csv:2); expected one of them"),
        ),
        "mentions that overlap",
    ),
    Misfit(
        "a1,x,9,Ana Costa,costa-ana\n",
        ((2, "'start' is 'x'; expected a whole number, 0 or more, as disambig wrote it"),),
        "a place that is no number",
    ),
    Misfit(
        'a1,10,17,"met\nEva",costa-rui\na1,0,-9,Ana Costa,costa-ana\n',
        (
            (
                2,
                NOT_HELD,
            ),
            (4, "'end' is '-9'; expected a whole number, 0 or more, as disambig wrote it"),
        ),
        "lines are counted as an editor does",
    ),
]


@pytest.mark.parametrize("misfit", MISFITS, ids=lambda misfit: misfit.because)
def test_what_does_not_fit_is_told(tmp_path: Path, misfit: Misfit, rejected: list[Rejected]) -> None:
    applied(tmp_path / "r.csv", HEADER + misfit.rows, rejected)
    told = [(int(one.where.rpartition(":")[2]), one.reason) for one in rejected]
    assert tuple(sorted(told)) == misfit.told, misfit.because


def test_bytes_that_are_not_utf_8_fit_nothing_and_are_told(tmp_path: Path, rejected: list[Rejected]) -> None:
    content = HEADER.encode() + b"a1,0,5,Jos\xe9,nobody\n" + ROW.encode()
    assert applied(tmp_path / "r.csv", content, rejected) == [(0, 9, ANA)]
    assert [one.reason for one in rejected] == ["a byte that is not UTF-8; save the file as UTF-8"]


BAD_FILES = [
    ("article_id,start,end,mention\n", r"r\.csv: no column 'correct_person_id' among 'article_id,start,end,mention'; expected at least "),
    ("", r"r\.csv: no column 'article_id' among ''; expected at least 'article_id', 'start', 'end', 'mention', 'correct_person_id'"),
    ("a1\n".encode("utf-16"), r"r\.csv: no column 'article_id' among .*, in UTF-8$"),
    (HEADER + 'a1,0,9,"Ana', r"r\.csv:2: not valid CSV \(unexpected end of data\); expected a reviewed copy of resolved_mentions\.csv"),
]


@pytest.mark.parametrize(("content", "message"), BAD_FILES, ids=["no column", "empty", "UTF-16", "an open quote"])
def test_a_file_that_is_no_review_is_an_error(tmp_path: Path, content: str | bytes, message: str, rejected: list[Rejected]) -> None:
    with pytest.raises(CorpusError, match=message):
        read(tmp_path / "r.csv", content, rejected)


def test_a_missing_file_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match=r"r\.csv: No such file or directory; expected a reviewed copy of resolved_mentions\.csv"):
        Corrections(tmp_path / "r.csv", person_of=PEOPLE.get, reject=print)


def test_corrections_are_labels_too(tmp_path: Path, rejected: list[Rejected]) -> None:
    corrections = read(tmp_path / "r.csv", HEADER + ROW + "a1,23,28,Costa,nobody\n", rejected)
    assert labelled(ARTICLE, corrections) == LabelledArticle(ARTICLE, (Label(0, 9, "costa-ana"), Label(23, 28, None)))
