"""What can go wrong in a way that the user can mend.

    DisambigError
    ├── ConfigError      a setting, an option, a weights file, a model that is not installed
    ├── CorpusError      articles or labels that cannot be read
    ├── KnowledgeError   a knowledge base that cannot be read
    ├── OutputError      results that cannot be written, or an interrupted run that cannot be gone on with
    └── RunError         a process that died

Each message is one line: where, what was found, what was expected, what to do. The command line prints it and ends with exit code 1.
"""


class DisambigError(Exception):
    """The root: everything that this package raises on purpose."""


class ConfigError(DisambigError):
    """A setting, an option, the weights or the model is not usable."""


class CorpusError(DisambigError):
    """Articles or labels could not be read."""


class KnowledgeError(DisambigError):
    """A knowledge base could not be read."""


class OutputError(DisambigError):
    """Results could not be written, or an interrupted run is not the same one."""


class RunError(DisambigError):
    """A process that read articles died."""


_SHOWN = 60  # characters of a bad value that a message repeats


def shown(value: object) -> str:
    """*value* as a message repeats it, cut off where it is long."""
    try:
        written = repr(value)
    except RecursionError:
        return "something deeply nested"
    return written if len(written) <= _SHOWN else f"{written[:_SHOWN]}…"
