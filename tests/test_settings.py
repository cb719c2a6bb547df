"""Settings are read once, checked at once, and a slip of the pen is answered with the nearest name."""

import sys
from pathlib import Path

import pytest

from disambig.errors import ConfigError
from disambig.settings import Settings

BAD = [
    ({"max_candidates": 0}, r"setting 'max_candidates' is 0; expected a whole number, 1 or more"),
    ({"max_candidates": 2.5}, r"setting 'max_candidates' is 2\.5; expected a whole number"),
    ({"max_candidates": True}, r"setting 'max_candidates' is True; expected a whole number"),
    ({"max_article_chars": -1}, r"setting 'max_article_chars' is -1; expected a whole number"),
    ({"min_probability": 1.5}, r"setting 'min_probability' is 1\.5; expected a number from 0 to 1"),
    ({"min_probability": "high"}, r"setting 'min_probability' is 'high'; expected a number from 0 to 1"),
    ({"min_gap": float("nan")}, r"setting 'min_gap' is nan; expected a number from 0 to 1"),
    ({"precision": 99}, r"setting 'precision' is 99; expected a number from 0 to 1"),
    ({"min_gap": False}, r"setting 'min_gap' is False; expected a number"),
]


@pytest.mark.parametrize(("values", "message"), BAD, ids=[str(case[0]) for case in BAD])
def test_a_setting_out_of_range_is_refused(values: dict[str, object], message: str) -> None:
    with pytest.raises(ConfigError, match=message):
        Settings(**values)  # type: ignore[arg-type]


needs_tomllib = pytest.mark.skipif(sys.version_info < (3, 11), reason="tomllib came with Python 3.11")


@needs_tomllib
def test_a_file_overrides_what_it_names_and_leaves_the_rest(tmp_path: Path) -> None:
    path = tmp_path / "run.toml"
    path.write_text("\ufeffmin_gap = 0.2\n", encoding="utf-8")
    assert Settings.load(path) == Settings(min_gap=0.2)


BAD_FILES = [
    ("min_probabilty = 0.6", r"run\.toml: unknown setting 'min_probabilty'; did you mean 'min_probability'\?"),
    ("min_gap = 2", r"run\.toml: setting 'min_gap' is 2; expected a number from 0 to 1"),
    ("min_gap: 2", r"run\.toml: not valid TOML \("),
]


@needs_tomllib
@pytest.mark.parametrize(("text", "message"), BAD_FILES, ids=[case[0] for case in BAD_FILES])
def test_a_bad_file_is_named_with_what_is_wrong_in_it(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "run.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError, match=message):
        Settings.load(path)


@needs_tomllib
def test_a_missing_file_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"run\.toml: No such file or directory; expected a TOML file of settings"):
        Settings.load(tmp_path / "run.toml")


def test_without_tomllib_the_message_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "tomllib", None)
    with pytest.raises(ConfigError, match=r"run\.toml: settings from a file need Python 3\.11 or later; give them as options instead"):
        Settings.load(tmp_path / "run.toml")
