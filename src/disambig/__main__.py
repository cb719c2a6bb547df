"""`python -m disambig` and the command `disambig`: run the command line and turn its errors into exit codes."""

import sys

from disambig.errors import DisambigError


def main() -> None:
    """Run the command line; exit 0 done, 1 a one-line error, 2 wrong usage, 130 interrupted."""
    from disambig.cli import app  # noqa: PLC0415 -- inside, so that an interrupt while it loads ends quietly too

    try:
        app(prog_name="disambig")
    except DisambigError as error:
        message = str(error)
    except OSError as error:  # a full disk, a file that vanished while it was read
        message = f"{error.filename}: {error.strerror}" if error.filename else str(error)
    except KeyboardInterrupt:
        sys.exit(130)
    else:
        return
    sys.stderr.write(f"disambig: {message}\n")
    sys.exit(1)


if __name__ == "__main__":
    main()
