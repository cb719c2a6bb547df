"""Settings of a run: defaults, overridden by a TOML file, overridden by the command line."""

import difflib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from disambig.errors import ConfigError, shown

_COMPARED = 60  # characters of an unknown name, which may be endless


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything about a run that a user may choose, besides its inputs."""

    max_candidates: int = 40  # people compared with one chain, 1 or more; with a given name alone twice as many
    min_probability: float = 0.3  # 0 to 1; a person is said from here on
    min_gap: float = 0.02  # 0 to 1; and only this far ahead of the runner-up: whom the same evidence fits are not told apart
    precision: float | None = None  # 0 to 1; say a person from the probability that held this precision, instead of min_probability
    max_article_chars: int = 10_000_000  # characters; a longer article is rejected
    max_article_mentions: int = 5_000  # an article with more is rejected; where names are disputed, time grows faster than mentions

    def __post_init__(self) -> None:
        """Refuse what cannot be meant."""
        for name in ("max_candidates", "max_article_chars", "max_article_mentions"):
            value = getattr(self, name)
            if isinstance(value, bool) or not isinstance(value, int) or value < 1:
                msg = f"setting {name!r} is {shown(value)}; expected a whole number, 1 or more"
                raise ConfigError(msg)
        for name in ("min_probability", "min_gap", "precision"):
            value = getattr(self, name)
            if name == "precision" and value is None:
                continue
            if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1:
                msg = f"setting {name!r} is {shown(value)}; expected a number from 0 to 1"
                raise ConfigError(msg)

    @classmethod
    def load(cls, path: Path) -> "Settings":
        """Read a TOML file of `name = value` lines; a name that it leaves out keeps its default. Raise ConfigError."""
        try:
            import tomllib  # noqa: PLC0415 -- Python 3.10 lacks it, and must do without this file only
        except ModuleNotFoundError:
            msg = f"{path}: settings from a file need Python 3.11 or later; give them as options instead"
            raise ConfigError(msg) from None
        try:
            values = tomllib.loads(path.read_text(encoding="utf-8-sig"))
        except OSError as error:
            msg = f"{path}: {error.strerror}; expected a TOML file of settings"
            raise ConfigError(msg) from None
        except ValueError as error:  # what tomllib and the decoder raise
            msg = f"{path}: not valid TOML ({error})"
            raise ConfigError(msg) from None
        except RecursionError:
            msg = f"{path}: not valid TOML (too deeply nested)"
            raise ConfigError(msg) from None
        return cls.of(values, str(path))

    @classmethod
    def of(cls, values: Mapping[str, Any], where: str) -> "Settings":
        """Settings by name; one that is left out keeps its default. Raise ConfigError, which says *where*."""
        known = [field.name for field in fields(cls)]
        for name in values:
            if name not in known:
                near = difflib.get_close_matches(name[:_COMPARED], known, n=1, cutoff=0.0)
                msg = f"{where}: unknown setting {shown(name)}; did you mean {near[0]!r}?"
                raise ConfigError(msg)
        try:
            return cls(**values)
        except ConfigError as error:
            msg = f"{where}: {error}"
            raise ConfigError(msg) from None
