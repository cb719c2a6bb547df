"""Runs that die at every step at which they write, in a process of its own since it forks: `python crashing.py FOLDER`.

At step after step a child process writes a run and ends there as if killed: nothing is flushed, no block is left. Another goes on with it,
dying too at a step of its own, and the last is let finish. Prints the steps after which the files are not those of a run that nothing
happened to.
"""

import os
import random
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from factory import decision

from disambig import journal
from disambig.outputs import RunFolder
from disambig.records import Article, Decision, Outcome, Rejected

ARTICLES = [Article(f"a{number}", f"Kozak said {number}.") for number in range(4)]
_NEVER = 1 << 30


def decided(article: Article) -> tuple[Decision, ...]:
    """Decisions, whose number differs from article to article, with letters that other programs take for line ends."""
    odd = "Kozak\u2028said\u0085no."
    return tuple(
        decision(article_id=article.id, start=9 * at, outcome=list(Outcome)[at], sentence=odd) for at in range(int(article.id[1:]) % 3)
    )


def write(path: Path, *, resume: bool) -> None:
    """A run over all articles, one of which is refused after it was read."""
    with RunFolder(path) as folder:
        folder.reject(Rejected("people.jsonl:7", "found 7"))
        folder.begin({"version": "1"}, resume=resume)
        for article in folder.unfinished(ARTICLES):
            if article.id == "a2":
                folder.refuse(Rejected("article 'a2'", "too much"))
                folder.add(article, ())
            else:
                folder.add(article, decided(article))
        folder.finish({"version": "1"})


def dying(step: int) -> Callable[[], int]:
    """Make this process end before it does what would be its *step*th step that writes; returns how to ask for the steps so far."""
    count = 0

    def before(function: Callable[..., object]) -> Callable[..., object]:
        def stepping(*arguments: object, **named: object) -> object:
            nonlocal count
            count += 1
            if count > step:
                os._exit(9)
            return function(*arguments, **named)

        return stepping

    os.fsync = before(os.fsync)
    Path.replace, Path.unlink, Path.open = before(Path.replace), before(Path.unlink), before(Path.open)  # type: ignore[method-assign]
    journal.Log.settle = before(journal.Log.settle)  # type: ignore[method-assign]
    journal.Journal._write = before(journal.Journal._write)  # type: ignore[method-assign]
    return lambda: count


def in_child(work: Callable[[], int]) -> int:
    """The exit status of a child process that does *work*."""
    child = os.fork()
    if not child:
        os._exit(work())
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def killed(path: Path, step: int, *, resume: bool) -> bool:
    """Whether a run at *path* that dies at *step* had that many steps."""

    def work() -> int:
        dying(step)
        write(path, resume=resume)
        return 0

    return in_child(work) != 0


def files(path: Path) -> dict[str, bytes]:
    """What lies in the folder."""
    return {file.name: file.read_bytes() for file in path.iterdir()}


def wrong_steps(folder: Path) -> Iterator[str]:
    """The steps after which going on comes to other files."""
    write(folder / "whole", resume=False)
    expected = files(folder / "whole")
    chance = random.Random(3)  # noqa: S311 -- which step the second run dies at
    step = 0
    while killed(folder / f"{step}", step, resume=False):
        path = folder / f"{step}"
        second = chance.randrange(40)
        killed(path, second, resume=True)
        write(path, resume=True)
        if files(path) != expected:
            yield f"{step}, then {second}"
        step += 1
    sys.stderr.write(str(step))


if __name__ == "__main__":
    sys.stdout.writelines(f"{step}\n" for step in wrong_steps(Path(sys.argv[1])))
