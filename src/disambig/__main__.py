"""`python -m disambig` and the command `disambig`: run the command line and turn its errors into exit codes."""

import functools
import io
import sys
from collections.abc import Callable

from disambig import cli
from disambig.errors import DisambigError


def main(app: Callable[[], object] | None = None) -> None:
    """Run *app*, by default the command line of this package.

    Ends by SystemExit: 0 done, 1 a one-line error, 2 wrong usage, 130 interrupted.
    """
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")  # a terminal that cannot show a name shows its code, as stderr does
    try:
        (app or functools.partial(cli.app, prog_name="disambig"))()
    except DisambigError as error:
        message = str(error)
    except OSError as error:  # a full disk, a file that vanished while it was read
        message = ": ".join(filter(None, (str(error.filename or ""), error.strerror or str(error))))
    except MemoryError:
        message = "there is not enough memory; try fewer processes with --workers, or shorter articles, see 'max_article_chars'"
    else:
        return
    sys.stderr.write(f"disambig: {message}\n")
    _drop_unwritten()
    sys.exit(1)


def _drop_unwritten() -> None:
    """Let go what standard output cannot take, if there is anything left of it."""
    try:
        sys.stdout.flush()
    except OSError:
        cli.drop_output()


if __name__ == "__main__":
    main()
