"""The reliability plot: well-formed, with a dot and a count for each bin."""

from pathlib import Path
from xml.etree import ElementTree as ET

from factory import decision, labelled

from disambig.evaluate import Scores, evaluate
from disambig.reliability import draw_reliability, write_reliability

SVG = "{http://www.w3.org/2000/svg}"


def scores(*sure: float) -> Scores:
    """Right answers of these probabilities, one an article."""
    return evaluate(
        (labelled("Kozak", (0, 5, "kozak-dmitry"), article_id=str(number)), [decision({"Dmitry Kozak": one})])
        for number, one in enumerate(sure)
    )


def test_each_bin_has_a_dot_where_it_belongs_and_its_count() -> None:
    root = ET.fromstring(draw_reliability(scores(0.55, 0.56, 0.95)))  # noqa: S314 -- our own
    dots = root.findall(f"{SVG}circle")
    assert [dot.findtext(f"{SVG}title") for dot in dots] == ["stated 0.555, right 2 of 2", "stated 0.950, right 1 of 1"]
    assert [(dot.get("cx"), dot.get("cy")) for dot in dots] == [("286", "62"), ("444", "62")]
    assert [text.text for text in root.findall(f"{SVG}text") if text.get("class") == "count"][1:] == ["2", "1"]
    assert root.findtext(f"{SVG}title") == "Calibration error 0.3133 over 3 mentions"


def test_nothing_decided_is_an_empty_frame() -> None:
    root = ET.fromstring(draw_reliability(evaluate([])))  # noqa: S314 -- our own
    assert root.findall(f"{SVG}circle") == []
    assert root.findtext(f"{SVG}title") == "Calibration error none over 0 mentions"


def test_it_reads_in_the_light_and_in_the_dark_without_a_network() -> None:
    text = draw_reliability(scores(0.5))
    assert "prefers-color-scheme: dark" in text
    assert text.count("http") == 1, "the name of the format alone"


def test_the_same_scores_are_the_same_bytes(tmp_path: Path) -> None:
    first = write_reliability(scores(0.5, 0.7), tmp_path).read_bytes()
    assert write_reliability(scores(0.5, 0.7), tmp_path).read_bytes() == first
    assert b"\r" not in first
