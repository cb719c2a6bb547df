"""Files of people are told apart by their content, packed or plain, and a damaged one is told in one line."""

import bz2
import gzip
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from factory import people_in

from disambig.errors import KnowledgeError
from disambig.kb.files import Format, recognise, source_at
from disambig.kb.scratch import scratch

OURS = '{"id": "p1", "name": "Ana Costa"}\n'
FTM = '{"id": "p1", "caption": "Ana Costa", "schema": "Person", "properties": {"name": ["Ana Costa"]}}\n'
POPOLO = '{"persons": [{"id": "p1", "name": "Ana Costa"}], "memberships": []}'
HUMAN = {"mainsnak": {"snaktype": "value", "property": "P31", "datavalue": {"value": {"id": "Q5"}}}, "rank": "normal"}
LABEL = {"en": {"language": "en", "value": "Ana Costa"}}
WIKIDATA = json.dumps({"type": "item", "id": "Q1", "labels": LABEL, "claims": {"P31": [HUMAN]}}) + "\n"

KINDS = [
    (OURS, Format.JSON_LINES),
    ("\n\n" + OURS, Format.JSON_LINES),
    ("\ufeff" + OURS, Format.JSON_LINES),
    ("7\n{broken\n" + OURS, Format.JSON_LINES),
    ('{"id": "p1",\n', Format.JSON_LINES),
    ('{"id": "p1", "name": "Ana Costa", "schema": "x", "properties": {}}', Format.JSON_LINES),
    ('{"id": "p1", "name": "Ana Costa", "type": "item"}', Format.JSON_LINES),
    ('{"id": "p1", "type": ["item"], "labels": {}}', Format.JSON_LINES),
    ("id,name\np1,Ana Costa\n", Format.CSV),
    ('\ufeff"name", "id"\n', Format.CSV),
    ("nome,id\nAna,p1", Format.CSV),
    ("nome,numero\nAna,p1", Format.CSV),
    (FTM, Format.FTM),
    ("{broken\n" + FTM, Format.FTM),
    (FTM.replace(" ", ""), Format.FTM),
    (POPOLO, Format.POPOLO),
    (json.dumps(json.loads(POPOLO), indent=2), Format.POPOLO),
    ('{ "persons": [\n', Format.POPOLO),
    (WIKIDATA, Format.WIKIDATA),
    (f"[\n{WIKIDATA.strip()},\n{WIKIDATA}]\n", Format.WIKIDATA),
    (f"[{WIKIDATA.strip()},\n{WIKIDATA}]\n", Format.WIKIDATA),
    ('{"type":"property","id":"P31","datatype":"wikibase-item","labels":{}}\n', Format.WIKIDATA),
]


@pytest.mark.parametrize(("text", "kind"), KINDS, ids=[case[0][:40] for case in KINDS])
def test_the_content_tells_the_format(tmp_path: Path, text: str, kind: Format) -> None:
    path = tmp_path / "people"
    path.write_text(text, encoding="utf-8")
    assert recognise(source_at(path)) is kind


PACKINGS: list[Callable[[bytes], bytes]] = [bytes, gzip.compress, bz2.compress]
ALL = {"ours": OURS, "csv": "id,name\np1,Ana Costa\n", "ftm": FTM, "popolo": POPOLO, "wikidata": WIKIDATA}


@pytest.mark.parametrize("pack", PACKINGS, ids=["plain", "gzip", "bzip2"])
@pytest.mark.parametrize("kind", ALL)
def test_each_format_is_read_in_each_packing_whatever_the_file_is_called(tmp_path: Path, kind: str, pack: Callable[[bytes], bytes]) -> None:
    path = tmp_path / "people.dat"
    path.write_bytes(pack(ALL[kind].encode()))
    assert [one.name for one in people_in(path, reject=pytest.fail)] == ["Ana Costa"]


@pytest.mark.parametrize("pack", PACKINGS[1:], ids=["gzip", "bzip2"])
@pytest.mark.parametrize("kind", ALL)
def test_a_file_cut_short_is_an_error(tmp_path: Path, kind: str, pack: Callable[[bytes], bytes]) -> None:
    path = tmp_path / "people.dat"
    whole = pack(ALL[kind].encode() * 10)
    path.write_bytes(whole[: len(whole) - 20])
    with pytest.raises(KnowledgeError, match=r"people\.dat: the (gzip|bzip2) file is damaged or incomplete .*; fetch it again"):
        list(people_in(path, reject=lambda _: None))


def test_a_long_file_cut_short_is_an_error_that_says_where(tmp_path: Path) -> None:
    path = tmp_path / "people.jsonl.gz"
    whole = gzip.compress("".join(f'{{"id": "p{i}", "name": "Ana Costa {i}"}}\n' for i in range(50_000)).encode())
    path.write_bytes(whole[: len(whole) // 2])
    people = people_in(path, reject=pytest.fail)
    with pytest.raises(KnowledgeError, match=r"the gzip file is damaged or incomplete \(.*\) after line 2\d{4}; fetch it again"):
        list(people)


def test_a_file_with_wrong_bytes_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "people.jsonl.gz"
    whole = bytearray(gzip.compress(OURS.encode() * 1000))
    whole[12:30] = bytes(18)
    path.write_bytes(whole)
    with pytest.raises(KnowledgeError, match=r"the gzip file is damaged or incomplete .*; fetch it again"):
        list(people_in(path, reject=lambda _: None))


UNUSABLE = [
    (b"", r"people: no usable record of a person; the file is empty"),
    (b" \n\n", r"people: no usable record of a person; the file is empty"),
    (gzip.compress(b""), r"people: no usable record of a person; the file is empty"),
    (
        b"<people/>",
        r"people: the file begins with '<people/>'; expected people as JSON Lines or CSV, FollowTheMoney, Popolo or Wikidata JSON",
    ),
    (b"7\n8\n", r"people: the file begins with '7'; expected people"),
    (b'[{"id": "p1", "name": "Ana Costa"}]', r"people: the file begins with '\[\{\"id\": .*'; expected people"),
    (b"PK\x03\x04rest", r"people: the file is a zip archive; unpack it first; expected people"),
    (b"\xfd7zXZ\x00", r"people: the file is packed with xz; unpack it first"),
    (b"\x28\xb5\x2f\xfd\x00", r"people: the file is packed with zstd; unpack it first"),
    (b"SQLite format 3\x00", r"people: the file is an SQLite database; expected people"),
    ("id,name".encode("utf-16"), r"people: the file is UTF-16 text; save the file as UTF-8"),
]


@pytest.mark.parametrize(("content", "message"), UNUSABLE, ids=[case[1][8:50] for case in UNUSABLE])
def test_a_file_of_another_kind_is_an_error(tmp_path: Path, content: bytes, message: str) -> None:
    path = tmp_path / "people"
    path.write_bytes(content)
    with pytest.raises(KnowledgeError, match=message):
        list(people_in(path, reject=pytest.fail))


def test_a_folder_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(KnowledgeError, match=r"Is a directory; expected a file of people as JSON Lines or CSV"):
        list(people_in(tmp_path, reject=pytest.fail))


def test_a_full_disk_is_told() -> None:
    def fill() -> None:
        with scratch("CREATE TABLE t (x)") as database:
            database.execute("PRAGMA max_page_count = 3")
            database.executemany("INSERT INTO t VALUES (?)", [("x" * 1000,) for _ in range(100)])

    with pytest.raises(KnowledgeError, match=r"the temporary database cannot be used \(database or disk is full\); make room on the disk"):
        fill()
