"""Articles come in with exact offsets; what cannot be read is told with its place and reason, and the rest goes on."""

import io
import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from disambig.articles import read_articles, read_gold
from disambig.errors import CorpusError
from disambig.records import Article, Label, PartialDate, Rejected

TEXTS = [
    ("Kozak said no.", Article("a", "Kozak said no."), "no header"),
    ("date: 2023-01-10\n\nKozak.", Article("a", "Kozak.", PartialDate(2023, 1, 10)), "a header"),
    (
        "Title: No deal\nSOURCE: Wire\nlang: en\n\nKozak.",
        Article("a", "Kozak.", None, "No deal", "Wire", "en"),
        "keys in any order and case",
    ),
    ("date:\n\nKozak.", Article("a", "Kozak."), "an empty value is missing"),
    ("title: a: b\n\nKozak.", Article("a", "Kozak.", title="a: b"), "only the first colon counts"),
    ("date: 2023\n\n\nKozak.\n", Article("a", "\nKozak.\n", PartialDate(2023)), "only one empty line belongs to the header"),
    ("date: 2023\nKozak.", Article("a", "date: 2023\nKozak."), "no empty line, no header"),
    ("Moscow: a city\n\nKozak.", Article("a", "Moscow: a city\n\nKozak."), "an unknown key is text"),
    ("date: 2023\nKozak: no\n\nX", Article("a", "date: 2023\nKozak: no\n\nX"), "one unknown key makes all of it text"),
    ("title: a\ntitle: b\n\nX", Article("a", "title: a\ntitle: b\n\nX"), "a key twice is text"),
    ("\ufeffdate: 2023\r\n\r\nKozak\r\nsaid\rno.", Article("a", "Kozak\nsaid\nno.", PartialDate(2023)), "BOM, and line ends of every kind"),
    ("\n\nKozak.", Article("a", "\n\nKozak."), "empty lines at the top are text"),
]


@pytest.mark.parametrize(("written", "expected", "because"), TEXTS, ids=[case[2] for case in TEXTS])
def test_a_text_file_is_one_article(tmp_path: Path, rejected: list[Rejected], written: str, expected: Article, because: str) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(written.encode())
    assert list(read_articles([path], reject=rejected.append)) == [expected], because
    assert rejected == []


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r\n\0"), max_size=30))
def test_text_after_a_header_is_kept_to_the_letter(tmp_path_factory: pytest.TempPathFactory, line: str) -> None:
    path = tmp_path_factory.mktemp("a") / "a.txt"
    path.write_bytes(f"lang: en\n\nX{line}".encode())
    assert [article.text for article in read_articles([path], reject=pytest.fail)] == [f"X{line}"]


BAD_LINES = [
    (
        b"{'doc_id': 'b'}",
        r"not valid JSON \(Expecting property name enclosed in double quotes at character 2\); expected one object in braces on each line",
    ),
    (b"[1, 2]", r"found \[1, 2\]; expected one object in braces on each line"),
    (b"[" * 100_000, r"not valid JSON \(too deeply nested\)"),
    (b'{"doc_id": "b", "text": "caf\xe9"}', r"byte 0xe9 is not UTF-8; save the file as UTF-8"),
    (b'{"doc_id": "b", "text": "\\ud83d"}', r"an escape such as \\ud83d stands for half a character"),
    (b'{"doc_id": "b"}', r"'text' is missing; expected a text"),
    (b'{"doc_id": "b", "text": " "}', r"'text' is empty; expected a text"),
    (b'{"text": "Kozak."}', r"'doc_id' is missing; expected a text"),
    (b'{"doc_id": 7, "text": "Kozak."}', r"'doc_id' is 7; expected a text in quotes"),
    (b'{"doc_id": "b", "text": ["Kozak."]}', r"'text' is \['Kozak\.'\]; expected a text in quotes"),
    (b'{"doc_id": "b", "text": "Kozak.", "date": "tomorrow"}', r"'date' is 'tomorrow'; expected a year such as 1954 or a day"),
    (b'{"doc_id": "b", "text": "Kozak.", "date": true}', r"'date' is True; expected a year such as 1954"),
    (b'{"doc_id": "a", "text": "Again."}', r"article 'a' was already read from .*news\.jsonl:1; expected each id once"),
    (b'{"doc_id": "b", "text": "' + b"x" * 101 + b'"}', r"the text has 101 characters; expected at most 100, see 'max_article_chars'"),
]


@pytest.mark.parametrize(("line", "reason"), BAD_LINES, ids=[case[1][:30] for case in BAD_LINES])
def test_a_bad_line_is_told_and_the_rest_goes_on(tmp_path: Path, rejected: list[Rejected], line: bytes, reason: str) -> None:
    path = tmp_path / "news.jsonl"
    path.write_bytes(b'\xef\xbb\xbf{"doc_id": "a", "text": "One."}\r\n\n' + line + b'\n{"doc_id": "z", "text": "Two."}')
    read = list(read_articles([path], reject=rejected.append, max_chars=100))
    assert [article.id for article in read] == ["a", "z"]
    assert [one.where for one in rejected] == [f"{path}:3"]
    assert_matches(reason, rejected[0].reason)


def assert_matches(pattern: str, text: str) -> None:
    with pytest.raises(ValueError, match=pattern):
        raise ValueError(text)


def test_json_text_and_other_fields_are_taken_as_they_are(tmp_path: Path, rejected: list[Rejected]) -> None:
    path = tmp_path / "news.jsonl"
    path.write_text(json.dumps({"doc_id": "a", "text": "One\r\ntwo\u2028three", "date": None, "extra": [1]}), encoding="utf-8")
    assert list(read_articles([path], reject=rejected.append)) == [Article("a", "One\r\ntwo\u2028three")]


def test_a_csv_file_holds_articles_under_named_columns(tmp_path: Path, rejected: list[Rejected]) -> None:
    path = tmp_path / "news.csv"
    path.write_bytes('\ufeffdate,text,doc_id\r\n2023-01,"Kozak,\r\n""no"".",a\r\n,Two.,b\r\n'.encode())
    read = list(read_articles([path], reject=rejected.append))
    assert read == [Article("a", 'Kozak,\r\n"no".', PartialDate(2023, 1)), Article("b", "Two.")]


BAD_CSV = [
    (b"doc_id,text\nb\nz,Two.\n", 2, r"1 cells under 2 columns; expected a text with commas to stand in quotes"),
    (b"doc_id,text\nb,caf\xe9\nz,Two.\n", 2, r"a byte that is not UTF-8; save the file as UTF-8"),
    (b'doc_id,text\nb,"x"y\nz,Two.\n', 2, r"not valid CSV \("),
    (b'doc_id,text\nz,"a\nb"\nb,\n', 4, r"'text' is missing; expected a text"),
]


@pytest.mark.parametrize(("written", "line", "reason"), BAD_CSV, ids=[case[2][:30] for case in BAD_CSV])
def test_a_bad_csv_row_is_told_with_its_first_line(
    tmp_path: Path, rejected: list[Rejected], written: bytes, line: int, reason: str
) -> None:
    path = tmp_path / "news.csv"
    path.write_bytes(written)
    assert [article.id for article in read_articles([path], reject=rejected.append)] == ["z"]
    assert [one.where for one in rejected] == [f"{path}:{line}"]
    assert_matches(reason, rejected[0].reason)


def test_a_csv_file_without_the_columns_is_told_once(tmp_path: Path, rejected: list[Rejected]) -> None:
    path = tmp_path / "news.csv"
    path.write_text("id;text\na;One.\nb;Two.\n", encoding="utf-8")
    assert list(read_articles([path], reject=rejected.append)) == []
    assert rejected == [Rejected(f"{path}:1", "no column 'doc_id' among 'id;text'; expected at least the columns 'doc_id', 'text'")]


def test_a_csv_text_may_be_longer_than_the_csv_module_likes(tmp_path: Path, rejected: list[Rejected]) -> None:
    path = tmp_path / "news.csv"
    path.write_text(f"doc_id,text\na,{'x' * 200_000}\n", encoding="utf-8")
    assert [len(article.text) for article in read_articles([path], reject=rejected.append)] == [200_000]


BAD_TEXTS = [
    (b"One\ntwo caf\xe9", ":2", r"byte 0xe9 is not UTF-8; save the file as UTF-8"),
    ("\ufeffKozak".encode("utf-16-le"), ":1", r"byte 0xff is not UTF-8"),
    (b"title: x\ndate: tomorrow\n\nKozak.", ":2", r"'date' is 'tomorrow'; expected a year such as 1954"),
    (b"", "", r"'text' is empty; expected a text"),
    (b"date: 2023\n\n", "", r"'text' is empty; expected a text"),
    (b"Kozak\0", "", r"'text' holds a NUL character; expected text"),
    (b"x" * 101, "", r"the text has 101 characters; expected at most 100"),
    (b"x" * 70_000, "", r"the text has more than 100 characters; see 'max_article_chars'"),
]


@pytest.mark.parametrize(("written", "line", "reason"), BAD_TEXTS, ids=[case[2][:30] for case in BAD_TEXTS])
def test_a_bad_text_file_is_told_and_the_rest_goes_on(
    tmp_path: Path, rejected: list[Rejected], written: bytes, line: str, reason: str
) -> None:
    (tmp_path / "bad.txt").write_bytes(written)
    (tmp_path / "good.txt").write_text("Kozak.", encoding="utf-8")
    assert [article.id for article in read_articles([tmp_path], reject=rejected.append, max_chars=100)] == ["good"]
    assert [one.where for one in rejected] == [f"{tmp_path / 'bad.txt'}{line}"]
    assert_matches(reason, rejected[0].reason)


def test_a_folder_is_read_through_in_the_order_of_its_names(tmp_path: Path, rejected: list[Rejected]) -> None:
    for name in ("b.TXT", "a/z.txt", "a/deep/y.txt", "c.txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("Kozak.", encoding="utf-8")
    (tmp_path / "a" / "news.jsonl").write_text('{"doc_id": "n", "text": "One."}', encoding="utf-8")
    assert [article.id for article in read_articles([tmp_path], reject=rejected.append)] == ["a/deep/y", "n", "a/z", "b", "c"]
    assert rejected == []


def test_a_hidden_file_is_passed_over_and_another_kind_is_told(tmp_path: Path, rejected: list[Rejected]) -> None:
    for name in (".DS_Store", ".git/a.txt", "notes.md", "a.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("Kozak.", encoding="utf-8")
    assert [article.id for article in read_articles([tmp_path], reject=rejected.append)] == ["a"]
    assert rejected == [Rejected(str(tmp_path / "notes.md"), "the name ends in '.md'; expected .txt, .jsonl or .csv")]


def test_a_link_that_leads_in_a_circle_is_told(tmp_path: Path, rejected: list[Rejected]) -> None:
    (tmp_path / "round").symlink_to(tmp_path)
    assert list(read_articles([tmp_path], reject=rejected.append)) == []
    assert rejected == [Rejected(str(tmp_path / "round"), "a link to a folder; name that folder itself among the articles")]


def test_a_link_to_nothing_is_told(tmp_path: Path, rejected: list[Rejected]) -> None:
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nowhere.txt")
    assert list(read_articles([tmp_path], reject=rejected.append)) == []
    assert rejected == [Rejected(str(tmp_path / "gone.txt"), "No such file or directory; expected a file that can be read")]


def test_a_missing_path_is_an_error_before_anything_is_read(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match=r"nowhere: no such file or folder; expected articles as \.txt, \.jsonl or \.csv"):
        read_articles([tmp_path, tmp_path / "nowhere"], reject=pytest.fail)


def test_articles_are_read_one_at_a_time(tmp_path: Path, rejected: list[Rejected]) -> None:
    (tmp_path / "a.txt").write_text("One.", encoding="utf-8")
    (tmp_path / "b.md").write_text("Two.", encoding="utf-8")
    assert next(read_articles([tmp_path], reject=rejected.append)).id == "a"
    assert rejected == [], "the second file was not looked at yet"


STDIN = [
    (b'{"doc_id": "a", "text": "One."}\n{"doc_id": "b", "text": "Two."}\n', ["a", "b"], "JSON Lines"),
    (b'\xef\xbb\xbf {"doc_id": "a", "text": "One."}', ["a"], "JSON Lines after BOM and blank"),
    (b"date: 2023\n\nKozak.", ["stdin"], "a text with a header"),
    (b"Kozak.", ["stdin"], "a text"),
    (b"", [], "nothing"),
]


@pytest.mark.parametrize(("written", "ids", "because"), STDIN, ids=[case[2] for case in STDIN])
def test_standard_input_is_json_lines_or_one_text(
    monkeypatch: pytest.MonkeyPatch, rejected: list[Rejected], written: bytes, ids: list[str], because: str
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(written)))
    assert [article.id for article in read_articles(["-"], reject=rejected.append)] == ids, because
    assert [one.where for one in rejected] == ([] if ids else ["stdin"])


@pytest.fixture
def gold(tmp_path: Path) -> Callable[..., Path]:
    """A file of labelled articles, one line for each argument; text stands for itself, the rest becomes JSON."""

    def write(*lines: object) -> Path:
        path = tmp_path / "gold.jsonl"
        path.write_text("\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines), encoding="utf-8")
        return path

    return write


def test_labels_come_in_the_order_of_their_offsets_and_may_nest(gold: Callable[..., Path]) -> None:
    mentions = [
        {"start": 7, "end": 12, "gold": "contested"},
        {"start": 0, "end": 12, "gold": "kozak"},
        {"start": 0, "end": 6, "gold": None},
    ]
    (labelled,) = read_gold(gold({"doc_id": "a", "text": "Dmitry Kozak", "mentions": mentions}))
    assert labelled.labels == (Label(0, 6, None), Label(0, 12, "kozak"), Label(7, 12, "contested"))


def article(*mentions: object) -> dict[str, object]:
    return {"doc_id": "a-07", "text": "Kozak spoke.", "mentions": list(mentions)}


BAD_GOLD = [
    (
        [article({"start": 10, "end": 15, "gold": None})],
        r"gold\.jsonl:1: mention 10:15 is outside the text of article 'a-07' \(12 characters long\)",
    ),
    ([article({"start": 5, "end": 5, "gold": None})], r"gold\.jsonl:1: mention 5:5 is outside the text of article 'a-07'"),
    ([article({"start": -1, "end": 5, "gold": None})], r"gold\.jsonl:1: 'start' is -1; expected a whole number, 0 or more"),
    ([article({"start": 0, "end": "5", "gold": None})], r"gold\.jsonl:1: 'end' is '5'; expected a whole number"),
    (
        [article({"start": 0, "end": 5})],
        r"gold\.jsonl:1: mention 0:5 has no 'gold'; expected a person id, null for somebody outside the KB, or 'contested'",
    ),
    ([article({"start": 0, "end": 5, "gold": 7})], r"gold\.jsonl:1: 'gold' is 7; expected a text"),
    ([article({"start": 0, "end": 5, "gold": ""})], r"gold\.jsonl:1: 'gold' is empty; expected a text"),
    ([article(7)], r"gold\.jsonl:1: 'mentions' holds 7; expected a list of objects in braces"),
    ([{"doc_id": "a", "text": "Kozak", "mentions": {}}], r"gold\.jsonl:1: 'mentions' is \{\}; expected a list in brackets"),
    ([{"doc_id": "a", "text": "Kozak"}], r"gold\.jsonl:1: 'mentions' is missing; expected a list"),
    ([article(), article()], r"gold\.jsonl:2: article 'a-07' was already read; expected each 'doc_id' once"),
    (["", "{"], r"gold\.jsonl:2: not valid JSON"),
    ([], r"gold\.jsonl: no labelled article; expected one JSON object a line"),
]


@pytest.mark.parametrize(("lines", "message"), BAD_GOLD, ids=[case[1][:60] for case in BAD_GOLD])
def test_a_bad_label_is_an_error(gold: Callable[..., Path], lines: list[object], message: str) -> None:
    with pytest.raises(CorpusError, match=message):
        list(read_gold(gold(*lines)))


def test_a_missing_gold_file_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match=r"gold\.jsonl: No such file or directory; expected labelled articles as JSON Lines"):
        list(read_gold(tmp_path / "gold.jsonl"))


def test_every_labelled_article_of_the_development_sets_is_read(shared: Path) -> None:
    for path in sorted((shared / "eval" / "dev").glob("*.jsonl")):
        assert sum(1 for _ in read_gold(path)) == len(path.read_bytes().splitlines())
