"""The options, and fixtures that cost too much to make more than once."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import hypothesis
import pytest

from disambig.records import Rejected

ROOT = Path(__file__).parents[1]

# No deadline: a file written on a busy machine may take long. Derandomized: two runs of the tests try the same examples.
hypothesis.settings.register_profile("disambig", deadline=None, derandomize=True)
hypothesis.settings.load_profile("disambig")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--shared", metavar="PATH", help="a folder with labelled news and KBs that are not part of the project")
    parser.addoption("--fuzz", metavar="N", type=int, default=40, help="how many damaged files of each kind are tried")
    parser.addoption("--kills", metavar="N", type=int, default=1, help="how often a run is killed before it may end")


def pytest_report_header(config: pytest.Config) -> str:
    shared = config.getoption("--shared")
    return f"shared: {shared}" if shared else "shared: not given, so what needs it is skipped (--shared PATH)"


@pytest.fixture(scope="session")
def shared(request: pytest.FixtureRequest) -> Path:
    """The folder of `--shared`."""
    path = request.config.getoption("--shared")
    if not path:
        pytest.skip("needs the labelled news that are not part of the project: --shared PATH")
    return Path(path)


@pytest.fixture
def rejected() -> list[Rejected]:
    """What was rejected: pass `rejected.append` as `reject`."""
    return []


@pytest.fixture(scope="session")
def root() -> Path:
    """The folder of the project."""
    return ROOT


@pytest.fixture(scope="session")
def disambig() -> Callable[..., subprocess.CompletedProcess[str]]:
    """The command line in a process of its own: `disambig("run", …)`."""

    def call(*arguments: str | Path, stdin: str = "", cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "disambig", *map(str, arguments)]
        return subprocess.run(command, input=stdin, cwd=cwd, capture_output=True, text=True, encoding="utf-8", check=False)  # noqa: S603

    return call


@pytest.fixture(scope="session")
def corpus_run(tmp_path_factory: pytest.TempPathFactory, disambig: Callable[..., subprocess.CompletedProcess[str]]) -> Path:
    """The folder that a run over the shipped corpus wrote."""
    out = tmp_path_factory.mktemp("corpus") / "out"
    done = disambig("run", ROOT / "corpus" / "articles", "--kb", ROOT / "corpus" / "people.jsonl", "--out", out)
    assert done.returncode == 0, done.stderr
    return out
