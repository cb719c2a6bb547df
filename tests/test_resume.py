"""A run that is killed loses nothing that it has finished, and one that goes on with it writes what an uninterrupted one writes."""

import errno
import json
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from itertools import tee
from pathlib import Path
from typing import Any

import pytest
from factory import decision

from disambig.errors import OutputError
from disambig.journal import Log
from disambig.outputs import RunFolder
from disambig.records import Article, Decision, Rejected

ARTICLES = tuple(Article(f"a{number}", f"Kozak said {number}.") for number in range(6))
MADE_BY = {"version": "1", "settings": {"min_gap": 0.02}}
PARTS = (".resolved_mentions.csv.part", ".identity_claims.csv.part", ".evidence.jsonl.part", ".report.jsonl.part")


class _StoppedError(Exception):
    pass


def decided(articles: Iterable[Article], stop: int = 99) -> Iterator[tuple[Decision, ...]]:
    """One decision an article; ends by an error before number *stop*."""
    for number, article in enumerate(articles):
        if number == stop:
            raise _StoppedError
        yield (decision(article_id=article.id),)


def run(
    path: Path,
    articles: Iterable[Article] = ARTICLES,
    *,
    stop: int = 99,
    resume: bool = False,
    **given: Any,  # noqa: ANN401
) -> list[str]:
    """A run that was made by `made_by`; returns `notes`, with what it noted."""
    notes: list[str] = given.get("notes", [])
    with RunFolder(path, note=notes.append) as folder:
        folder.begin(given.get("made_by", MADE_BY), resume=resume)
        unfinished, again = tee(folder.unfinished(articles))
        for decisions, article in zip(decided(unfinished, stop), again, strict=False):
            folder.add(article, decisions)
        folder.finish(MADE_BY)
    return notes


def interrupted(path: Path, stop: int = 3) -> Path:
    """A folder in which a run ended after *stop* articles."""
    with pytest.raises(_StoppedError):
        run(path, stop=stop)
    return path


def contents(path: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in path.iterdir()}


@pytest.fixture
def whole(tmp_path: Path) -> dict[str, bytes]:
    """The files of an uninterrupted run."""
    run(tmp_path / "whole")
    return contents(tmp_path / "whole")


# -- going on


def test_an_interrupted_run_goes_on(tmp_path: Path, whole: dict[str, bytes]) -> None:
    assert run(interrupted(tmp_path / "out"), resume=True) == []
    assert contents(tmp_path / "out") == whole


def test_only_what_was_not_finished_is_resolved_again(tmp_path: Path) -> None:
    path = interrupted(tmp_path / "out")
    with RunFolder(path) as folder:
        folder.begin(MADE_BY, resume=True)
        skipped: list[Article] = []
        assert [article.id for article in folder.unfinished(ARTICLES, skip=skipped.append)] == ["a3", "a4", "a5"]
        assert tuple(skipped) == ARTICLES[:3]


def test_whoever_counts_across_articles_is_given_what_was_finished(tmp_path: Path) -> None:
    path, seen = interrupted(tmp_path / "out"), []
    with RunFolder(path) as folder:
        folder.begin(MADE_BY, resume=True, replay=seen.append)
        assert folder.tally.articles == folder.tally.mentions == 3
    assert seen == [(decision(article_id=f"a{number}"),) for number in range(3)]


def test_an_interruption_says_how_to_go_on(tmp_path: Path) -> None:
    notes: list[str] = []
    with pytest.raises(_StoppedError):
        run(tmp_path, stop=3, notes=notes)
    assert notes == [f"{tmp_path}: 3 article(s) are finished and kept; give the same command with --resume to go on"]


def test_an_interrupted_run_is_replaced_by_one_that_does_not_go_on(tmp_path: Path, whole: dict[str, bytes]) -> None:
    path = interrupted(tmp_path / "out")
    assert run(path) == [f"{path}: an interrupted run with 3 finished article(s) is replaced; --resume would have gone on"]
    assert contents(path) == whole


def test_where_there_is_nothing_to_go_on_with_the_run_begins(tmp_path: Path, whole: dict[str, bytes]) -> None:
    assert run(tmp_path / "out", resume=True) == []
    assert contents(tmp_path / "out") == whole


def test_a_run_that_ends_before_it_begins_leaves_an_interrupted_one_as_it_was(tmp_path: Path) -> None:
    path = interrupted(tmp_path / "out")
    before = contents(path)
    with RunFolder(path) as folder:  # as when the knowledge base turns out to be none
        folder.reject(Rejected("people.jsonl:1", "why"))
    assert contents(path) == before


def test_a_run_without_a_finished_article_leaves_nothing(tmp_path: Path) -> None:
    assert contents(interrupted(tmp_path / "out", stop=0)) == {}


def test_an_article_that_was_refused_stays_refused(tmp_path: Path) -> None:
    with RunFolder(tmp_path) as folder:
        folder.begin(MADE_BY)
        first = next(folder.unfinished(ARTICLES))
        folder.refuse(Rejected("article 'a0'", "too much"))
        folder.add(first, ())
    run(tmp_path, resume=True)
    assert (tmp_path / "rejected.csv").read_bytes() == b"where,reason\r\narticle 'a0',too much\r\n"
    assert json.loads((tmp_path / "run.json").read_bytes())["counts"]["rejected"] == 1


# -- what must be the same

OTHERS = [
    ({"version": "2", "settings": {"min_gap": 0.02}}, ARTICLES, "the interrupted run there had 'version' '1', now it is '2'"),
    ({"version": "1", "settings": {"min_gap": 0.5}}, ARTICLES, "had 'settings.min_gap' 0.02, now it is 0.5"),
    (MADE_BY, ARTICLES[1:], "article 1 of the interrupted run was 'a0', and is now 'a1'"),
    (MADE_BY, ARTICLES[:2], "article 3 of the interrupted run was 'a2', and is now missing"),
    (MADE_BY, (ARTICLES[0], Article("a1", "Kozak?")), "article 2 of the interrupted run was 'a1', and is now another text"),
]


@pytest.mark.parametrize(("made_by", "articles", "message"), OTHERS, ids=[case[2][-30:] for case in OTHERS])
def test_another_run_is_not_gone_on_with(
    tmp_path: Path, made_by: dict[str, object], articles: tuple[Article, ...], message: str, whole: dict[str, bytes]
) -> None:
    path = interrupted(tmp_path / "out")
    with pytest.raises(OutputError, match=message) as error:
        run(path, articles, resume=True, made_by=made_by)
    assert str(error.value).endswith("expected the same, to go on with it; without --resume the run begins anew")
    run(path, resume=True)
    assert contents(path) == whole, "what was finished is still there"


def test_one_run_at_a_time_writes_to_a_folder(tmp_path: Path) -> None:
    with RunFolder(tmp_path), pytest.raises(OutputError, match="another run is writing there; wait for its end"), RunFolder(tmp_path):
        pass
    run(tmp_path)


# -- what a kill or a power cut leaves


@pytest.mark.parametrize("seed", range(40))
def test_whatever_was_not_written_out_is_resolved_again(tmp_path: Path, whole: dict[str, bytes], seed: int) -> None:
    """A power cut may leave each file shorter than it was, or with zeros at its end, whatever the others have."""
    chance = random.Random(seed)  # noqa: S311
    path = interrupted(tmp_path / "out", stop=5)
    for name in chance.sample((*PARTS, ".run.journal"), chance.randint(1, 4)):
        data = (path / name).read_bytes()
        kept = chance.randrange(len(data))
        (path / name).write_bytes(data[:kept] + bytes(chance.choice((0, len(data) - kept))))
    run(path, resume=True)
    assert contents(path) == whole


def test_a_part_that_was_taken_away_begins_the_run_anew(tmp_path: Path, whole: dict[str, bytes]) -> None:
    path = interrupted(tmp_path / "out")
    (path / PARTS[0]).unlink()
    assert run(path, resume=True) == [f"{path}: an interrupted run with 3 finished article(s) is replaced; none of them is whole"]
    assert contents(path) == whole


@pytest.mark.skipif(not hasattr(os, "fork"), reason="runs are made to die in child processes")
def test_a_run_may_die_at_any_step_that_writes(tmp_path: Path, root: Path) -> None:
    done = subprocess.run(  # noqa: S603
        [sys.executable, root / "tests" / "crashing.py", tmp_path], capture_output=True, text=True, check=False, env=_environment(root)
    )
    assert (done.returncode, done.stdout.strip()) == (0, ""), done.stderr
    assert int(done.stderr) > 40


def _environment(root: Path) -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": os.pathsep.join((str(root / "src"), str(root / "tests")))}


def _finished_in(out: Path) -> int:
    """How many lines the journal has; it goes away when a run is done."""
    try:
        return (out / ".run.journal").read_bytes().count(b"\n")
    except FileNotFoundError:
        return 0


def _kill_at_random(command: list[str], out: Path, chance: random.Random, environment: dict[str, str]) -> bool:
    """Start *command*, and kill it within two tenths of a second after a random article; whether it was killed."""
    wanted, began = chance.randrange(12), _finished_in(out)
    process = subprocess.Popen(  # noqa: S603
        [*command, "--resume"], env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, start_new_session=True
    )
    while process.poll() is None and _finished_in(out) < began + wanted:
        time.sleep(0.005)
    time.sleep(chance.random() / 5)
    process.send_signal(signal.SIGKILL)  # to the parent alone: its workers must end by themselves
    _, said = process.communicate(timeout=60)
    assert b"src/disambig" not in said  # a worker that was just starting may say that its parent is gone, in Python's own words
    return process.returncode == -signal.SIGKILL


def _command(root: Path, articles: Path, out: Path, workers: str) -> list[str]:
    people = root / "corpus" / "people.jsonl"
    command = [sys.executable, "-m", "disambig", "run", articles, "--kb", people, "--out", out, "--workers", workers]
    return list(map(str, command))


@pytest.fixture(scope="module")
def articles(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a few articles of the corpus, the shortest."""
    folder = tmp_path_factory.mktemp("articles")
    for path in sorted((root / "corpus" / "articles").iterdir(), key=lambda path: path.stat().st_size)[:12]:
        shutil.copy(path, folder)
    return folder


@pytest.fixture(scope="module")
def uninterrupted(root: Path, articles: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a run over them that nothing happened to."""
    out = tmp_path_factory.mktemp("uninterrupted")
    subprocess.run(_command(root, articles, out, "1"), check=True, stdout=subprocess.DEVNULL, env=_environment(root))  # noqa: S603
    return out


@pytest.mark.model
@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")
@pytest.mark.parametrize("workers", ["1", "2"])
def test_a_run_that_is_killed_again_and_again_writes_the_same(  # noqa: PLR0913, PLR0917 -- fixtures
    root: Path, articles: Path, uninterrupted: Path, tmp_path: Path, request: pytest.FixtureRequest, workers: str
) -> None:
    """Once in the usual tests, 30 times with `--kills 30`. That stderr is read to its end shows that no worker outlives the run."""
    chance = random.Random(int(workers))  # noqa: S311
    command = _command(root, articles, tmp_path, workers)
    kills = 0
    while kills < request.config.getoption("--kills"):
        killed = _kill_at_random(command, tmp_path, chance, _environment(root))
        kills += killed
        if not killed:
            assert rows(tmp_path) == rows(uninterrupted)
    subprocess.run([*command, "--resume"], check=True, stdout=subprocess.DEVNULL, env=_environment(root))  # noqa: S603
    assert rows(tmp_path) == rows(uninterrupted)


def rows(folder: Path) -> dict[str, object]:
    """All that a run wrote, the seconds aside."""
    found: dict[str, object] = dict(contents(folder))
    about = json.loads((folder / "run.json").read_bytes())
    about.pop("seconds")
    return {**found, "run.json": about}


# -- what cannot be written


def fails(path: Path, message: str) -> None:
    """A run at *path* ends in this one line, and leaves files to go on with."""
    with pytest.raises(OutputError, match=message) as error:
        run(path)
    assert "\n" not in str(error.value)


@pytest.mark.parametrize(
    ("number", "said"),
    [(errno.ENOSPC, "No space left on device"), (errno.EIO, "Input/output error"), (errno.EDQUOT, "Disk quota exceeded")],
)
def test_a_disk_that_is_full_is_one_line_and_the_run_goes_on_from_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, whole: dict[str, bytes], number: int, said: str
) -> None:
    count, settle = 0, Log.settle

    def full(log: Log, *, on_disk: bool = False) -> None:
        nonlocal count
        count += 1
        if count > 9:
            raise OSError(number, os.strerror(number))
        settle(log, on_disk=on_disk)

    with monkeypatch.context() as patch:
        patch.setattr(Log, "settle", full)
        expected = "expected a folder that can be written to; 2 article\\(s\\) are finished and kept, --resume goes on"
        fails(tmp_path / "out", f"out: {said}; {expected}")
    run(tmp_path / "out", resume=True)
    assert contents(tmp_path / "out") == whole


@pytest.mark.skipif(sys.platform == "win32", reason="there is no such limit")
@pytest.mark.parametrize("limit", [0, 20, 1000, 2000, 3000])
def test_a_file_that_may_not_grow_is_one_line_and_the_run_goes_on_from_there(tmp_path: Path, whole: dict[str, bytes], limit: int) -> None:
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, before[1]))
    try:
        fails(tmp_path / "out", "out: File too large; expected a folder that can be written to")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    run(tmp_path / "out", resume=True)
    assert contents(tmp_path / "out") == whole


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full")
def test_a_device_that_is_full_is_one_line(tmp_path: Path) -> None:
    (tmp_path / PARTS[0]).symlink_to("/dev/full")
    fails(tmp_path, "No space left on device; expected a folder that can be written to")


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_for_reading_only_is_one_line(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    fails(tmp_path, "Permission denied; expected a folder that can be written to")


def test_a_folder_that_may_not_be_written_to_is_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object, **__: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied")

    with monkeypatch.context() as patch:
        patch.setattr(Path, "open", refused)
        fails(tmp_path, "Permission denied; expected a folder that can be written to")


@pytest.mark.skipif(sys.platform == "win32", reason="there a folder with open files cannot be taken away")
def test_a_folder_that_is_taken_away_is_told_at_the_next_article(tmp_path: Path) -> None:
    said = "out: the folder was taken away while the run went on; expected a folder that can be written to"
    with RunFolder(tmp_path / "out") as folder:
        folder.begin(MADE_BY)
        shutil.rmtree(tmp_path / "out")
        with pytest.raises(OutputError, match=said):
            folder.add(ARTICLES[0], (decision(),))


def test_what_is_written_last_may_fail_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, whole: dict[str, bytes]) -> None:
    failing: Callable[..., object] = Path.replace

    def full(path: Path, target: Path) -> object:
        if target.name == "evidence.jsonl":
            raise OSError(errno.EIO, "Input/output error")
        return failing(path, target)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", full)
        fails(tmp_path / "out", "Input/output error; expected a folder that can be written to; 6 article")
    run(tmp_path / "out", resume=True)
    assert contents(tmp_path / "out") == whole
