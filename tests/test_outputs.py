"""A run leaves all of its files or none, and they say what it came to."""

import csv
import json
from pathlib import Path

import pytest
from factory import decision

from disambig.errors import ConfigError, OutputError
from disambig.outputs import RejectedFile, RunFolder, Tally, UnclearName, find_decision, fingerprint
from disambig.records import Article, Outcome, Rejected

ARTICLE = Article("a1", "Kozak and Kozak said no.")


def finished(path: Path) -> Path:
    """A folder of a run with one decision and one rejected article."""
    with RunFolder(path) as folder:
        folder.add(ARTICLE, (decision(),))
        folder.reject(Rejected("news.jsonl:3", "not valid JSON, it says"))
        folder.finish({"version": "1"})
    return path


def test_a_finished_run_has_its_files_and_nothing_else(tmp_path: Path) -> None:
    out = finished(tmp_path / "deep" / "out")
    names = "evidence.jsonl identity_claims.csv new_people.jsonl rejected.csv report.html resolved_mentions.csv run.json"
    assert sorted(path.name for path in out.iterdir()) == names.split()


def test_what_was_rejected_stands_with_where_and_why(tmp_path: Path) -> None:
    with (finished(tmp_path) / "rejected.csv").open(encoding="utf-8", newline="") as file:
        assert list(csv.reader(file)) == [["where", "reason"], ["news.jsonl:3", "not valid JSON, it says"]]


def test_a_file_name_that_is_not_utf_8_can_be_rejected(tmp_path: Path) -> None:
    with RunFolder(tmp_path) as folder:
        folder.reject(Rejected("caf\udce9.md", "the name ends in '.md'"))
        folder.finish({})
    assert (tmp_path / "rejected.csv").read_bytes() == b"where,reason\r\ncaf\\udce9.md,the name ends in '.md'\r\n"


def test_run_json_counts_what_was_decided(tmp_path: Path) -> None:
    counts = {"articles": 1, "rejected": 1, "mentions": 1, "resolved": 1, "ambiguous": 0, "unknown": 0, "contested": 0}
    assert json.loads((finished(tmp_path) / "run.json").read_text("utf-8")) == {"version": "1", "counts": counts}


def test_the_report_holds_as_many_articles_as_it_is_told(tmp_path: Path) -> None:
    with RunFolder(tmp_path, report_articles=2) as folder:
        for number in range(3):
            folder.add(Article(f"a{number}", "Kozak said no."), (decision(article_id=f"a{number}"),))
        folder.finish({})
    page = (tmp_path / "report.html").read_text("utf-8")
    assert page.count("<article ") == 2
    assert "This page holds the first 2 of the run’s 3 articles." in page


def test_without_articles_for_it_there_is_no_report_nor_that_of_the_run_before(tmp_path: Path) -> None:
    finished(tmp_path)
    with RunFolder(tmp_path, report_articles=0) as folder:
        folder.add(ARTICLE, (decision(),))
        folder.finish({})
    assert not (tmp_path / "report.html").exists()


class _InterruptedError(Exception):
    pass


def interrupted_run(path: Path) -> None:
    with RunFolder(path) as folder:
        folder.add(ARTICLE, (decision(), decision(start=9)))
        folder.finish({})
        raise _InterruptedError


def test_a_run_that_fails_leaves_the_files_of_the_one_before(tmp_path: Path) -> None:
    finished(tmp_path)
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    with pytest.raises(_InterruptedError):
        interrupted_run(tmp_path)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_a_disk_that_is_full_at_the_end_leaves_the_files_of_the_run_before(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    finished(tmp_path)
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(OutputError, match=r"No space left on device"):
        finished(tmp_path)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_a_run_that_was_not_finished_leaves_nothing(tmp_path: Path) -> None:
    with RunFolder(tmp_path) as folder:
        folder.add(ARTICLE, (decision(),))
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_made_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("a file", encoding="utf-8")
    with pytest.raises(OutputError, match=r"out: File exists; expected a folder that can be written to"), RunFolder(tmp_path / "out"):
        pass


def test_the_most_unclear_names_are_those_most_often_undecided() -> None:
    tally = Tally()
    tally.add([decision(outcome=Outcome.AMBIGUOUS), decision(outcome=Outcome.CONTESTED, start=9), decision(start=20)])
    tally.add([decision(outcome=Outcome.AMBIGUOUS, text=text) for text in ("Costa", "Peskov", "Boris\nPeskov")])
    assert tally.most_unclear(3) == (UnclearName("Kozak", 2, 3), UnclearName("Boris Peskov", 1, 1), UnclearName("Costa", 1, 1))
    assert (tally.articles, tally.mentions) == (2, 6)


def test_a_fingerprint_changes_with_the_bytes_and_with_the_names(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "x").write_bytes(b"1")
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "y").write_bytes(b"1")
    assert fingerprint(tmp_path / "a" / "x") == "6b86b273ff34fce19d6b804eff5a3f5747ada4eaa22f1d49c01e52ddb7875b4b"
    assert fingerprint(tmp_path / "a" / "x") == fingerprint(tmp_path / "b" / "y")
    assert fingerprint(tmp_path / "a") != fingerprint(tmp_path / "b")


def test_a_decision_is_found_by_the_id_of_its_mention(tmp_path: Path) -> None:
    assert find_decision(finished(tmp_path), "a1:0-5") == decision()


NAMES = [("Kozak", 3, "a1"), ("Ana Costa", 23, "a1"), ("Costa", 80, "a1"), ("Costa", 8, "a10"), ("Bell", 90, "A2")]
WANTED = [
    ("a1:3-8", "a1:3-8", "an id"),
    ("kozak", "a1:3-8", "a name, in small letters"),
    ("Ana Costa", "a1:23-32", "a name, of which another is a part"),
    ("a10", "a10:8-13", "the beginning of an id"),
    ("a1:8", "a1:80-85", "the same, which stands within another id too"),
    (":90", "A2:90-94", "a part of an id"),
    ("a2", "A2:90-94", "the same, in small letters"),
]


@pytest.fixture(scope="module")
def run_of_names(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("names")
    with RunFolder(path) as folder:
        for name, start, article_id in NAMES:
            folder.add(ARTICLE, (decision(text=name, start=start, article_id=article_id),))
        folder.finish({})
    return path


@pytest.mark.parametrize(("wanted", "found", "because"), WANTED, ids=[case[-1] for case in WANTED])
def test_a_decision_is_found_by_what_fits_one_mention(run_of_names: Path, wanted: str, found: str, because: str) -> None:
    assert find_decision(run_of_names, wanted).mention.id == found, because


def test_what_fits_several_mentions_is_answered_with_their_ids(run_of_names: Path) -> None:
    with pytest.raises(ConfigError, match=r"'costa' fits 2 mentions: 'a1:80-85', 'a10:8-13'; expected what fits one, see the column"):
        find_decision(run_of_names, "costa")


def test_of_many_ids_five_are_named(tmp_path: Path) -> None:
    with RunFolder(tmp_path) as folder:
        folder.add(ARTICLE, tuple(decision(start=20 * number) for number in range(7)))
        folder.finish({})
    with pytest.raises(ConfigError, match=r"'a1' fits 7 mentions: 'a1:0-5', .*, 'a1:80-85' and 2 more; expected"):
        find_decision(tmp_path, "a1")


def test_an_unknown_mention_is_answered_with_the_nearest(tmp_path: Path) -> None:
    with pytest.raises(
        ConfigError, match=r"no mention 'a1:0-6'; the nearest: 'a1:0-5'; see the column 'mention_id' of resolved_mentions\.csv"
    ):
        find_decision(finished(tmp_path), "a1:0-6")


def test_a_folder_that_no_run_wrote_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"evidence\.jsonl: no such file; expected a folder that `disambig run … --out` wrote"):
        find_decision(tmp_path, "a1:0-5")


def test_a_run_without_mentions_says_so(tmp_path: Path) -> None:
    with RunFolder(tmp_path) as folder:
        folder.add(ARTICLE, ())
        folder.finish({})
    with pytest.raises(ConfigError, match=r"no mention 'a1:0-5'; the run found no mention at all"):
        find_decision(tmp_path, "a1:0-5")


def test_rejected_records_are_listed_with_where_and_why(tmp_path: Path) -> None:
    with RejectedFile(tmp_path / "rejected.csv") as rejected:
        rejected.add(Rejected("caf\udce9.jsonl:2", "not valid JSON, it says"))
        assert not (tmp_path / "rejected.csv").exists(), "it is moved there when it is whole"
    assert rejected.count == 1
    assert (tmp_path / "rejected.csv").read_bytes() == b'where,reason\r\ncaf\\udce9.jsonl:2,"not valid JSON, it says"\r\n'
    assert [path.name for path in tmp_path.iterdir()] == ["rejected.csv"]


def test_where_nothing_is_rejected_there_is_no_list(tmp_path: Path) -> None:
    (tmp_path / "rejected.csv").write_text("of an earlier build", encoding="utf-8")
    with RejectedFile(tmp_path / "rejected.csv"):
        pass
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("told", [[], [Rejected("a:1", "why")]], ids=["nothing", "a record"])
def test_an_error_leaves_the_list_of_the_build_before(tmp_path: Path, told: list[Rejected]) -> None:
    path = tmp_path / "rejected.csv"
    path.write_text("of an earlier build", encoding="utf-8")

    def fail() -> None:
        with RejectedFile(path) as rejected:
            for one in told:
                rejected.add(one)
            raise _InterruptedError

    with pytest.raises(_InterruptedError):
        fail()
    assert path.read_text("utf-8") == "of an earlier build"
    assert [one.name for one in tmp_path.iterdir()] == ["rejected.csv"]


def test_a_list_in_a_folder_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with (
        pytest.raises(OutputError, match=r"rejected\.csv: No such file or directory; expected a folder that can be written to"),
        RejectedFile(tmp_path / "nowhere" / "rejected.csv") as rejected,
    ):
        rejected.add(Rejected("a:1", "why"))
