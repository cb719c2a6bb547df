"""A decision as the terminal shows it."""

from dataclasses import replace
from io import StringIO

import pytest
from factory import decision, evidence, mention, person
from rich.console import Console

from disambig.explain import explained
from disambig.records import Claim, Decision, Outcome, Reason, Stance

CLAUSES = {
    "Dmitry Kozak": [
        evidence("Russia is named", 0.5, 2.0, "country_fits"),
        evidence("has a popularity of 41", -0.1, 2.0, "is_well_known"),
        evidence("was alive in 2023", 0.15, 1.0, "alive_at_date"),
        evidence("no age to compare", None, 1.0, "age_fits"),
        evidence("the surname", 0.0, 1.0, "name_agrees"),
    ],
    "Taras Kozak": [
        evidence("Ukraine is not named", -0.25, 2.0, "country_fits"),
        evidence("has a popularity of 50", 0.1, 2.0, "is_well_known"),
        evidence("was alive in 2023", 0.15, 1.0, "alive_at_date"),
        evidence("no age to compare", None, 1.0, "age_fits"),
        evidence("the surname", 0.0, 1.0, "name_agrees"),
    ],
    "nobody": [evidence("a name alone is no proof", 1.0, -1.17, "somebody_else")],
    "Ján Kozák": [evidence("Slovakia is not named", -1.0, 2.0, "country_fits"), evidence("no age to compare", None, 1.0, "age_fits")],
}
MADE = decision({"Dmitry Kozak": 0.9, "Taras Kozak": 0.06, "nobody": 0.035, "Ján Kozák": 0.005}, clauses=CLAUSES)


def shown(made: Decision, width: int = 80, encoding: str = "utf-8") -> list[str]:
    """The lines, without what stands at their ends."""

    class Terminal(StringIO):
        @property
        def encoding(self) -> str:  # type: ignore[override]
            return encoding

    file = Terminal()
    console = Console(file=file, width=width, highlight=False)
    for part in explained(made):
        console.print(part)
    return [line.rstrip() for line in file.getvalue().splitlines()]


def test_the_decision_comes_first_with_its_place_and_sentence() -> None:
    lines = shown(MADE)
    assert lines[:5] == ["'Kozak', resolved: Dmitry Kozak (kozak-dmitry)", "a1:0-5, 2023-01-10", "", "  Kozak said no.", ""]


def test_the_likely_ones_have_bars_and_the_others_a_count() -> None:
    lines = shown(MADE)
    place = lines.index("How probable")
    assert lines[place + 1 : place + 5] == [
        "  0.9000  ██████████████████    Dmitry Kozak (kozak-dmitry)",
        "  0.0600  █                     Taras Kozak (kozak-taras)",
        "  0.0350  ▌                     nobody in the knowledge base",
        "                                and 1 more below 0.01",
    ]


def test_the_first_two_are_told_apart_the_widest_gap_first() -> None:
    lines = shown(MADE)
    place = lines.index("What tells the first from the second: +1.10 log-odds in all")
    assert lines[place + 1 : place + 11] == [
        "  (1) Dmitry Kozak (kozak-dmitry)",
        "  (2) Taras Kozak (kozak-taras)",
        "  +1.50        ██████  country fits",
        "                       (1) +1.00 Russia is named",
        "                       (2) -0.50 Ukraine is not named",
        "  -0.40      ▐█        is well known",
        "                       (1) -0.20 has a popularity of 41",
        "                       (2) +0.20 has a popularity of 50",
        "The same for both: alive at date +0.15, name agrees +0.00",
        "Nothing to compare: age fits",
    ]


def test_of_the_others_the_likely_have_reasons_and_the_unlikely_figures() -> None:
    lines = shown(MADE)
    assert lines[lines.index("The others") :] == [
        "The others",
        "What is not named had nothing to compare.",
        "0.0350  nobody in the knowledge base",
        "      -1.17  somebody else: a name alone is no proof",
        "0.0050  Ján Kozák (kozák-ján)",
        "      country fits -2.00",
    ]


def test_nobody_is_told_apart_by_evidence_of_its_own() -> None:
    made = decision({"Dmitry Kozak": 0.9, "nobody": 0.1}, clauses=CLAUSES)
    lines = shown(made)
    assert "  (2) nobody in the knowledge base" in lines
    place = next(number for number, line in enumerate(lines) if line.endswith("somebody else"))
    assert lines[place].startswith("  +1.17")
    assert lines[place + 1].strip() == "(2) -1.17 a name alone is no proof"


def test_what_one_of_the_two_lacks_is_said() -> None:
    clauses = {**CLAUSES, "Taras Kozak": [evidence("no country to compare", None, 1.0, "country_fits")]}
    lines = shown(decision({"Dmitry Kozak": 0.9, "Taras Kozak": 0.1}, clauses=clauses))
    assert "                       (2) ----- no country to compare" in lines


def test_where_nobody_has_such_a_name_that_is_all() -> None:
    made = decision({"nobody": 1.0}, outcome=Outcome.UNKNOWN, reason=Reason.NO_CANDIDATE)
    lines = shown(made)
    assert lines[0] == "'Kozak', unknown (no_candidate)"
    assert lines[-1] == "Nobody in the knowledge base has a name like 'Kozak'."


def test_claims_say_who_says_so() -> None:
    claim = Claim(mention(), "Peskov", None, Stance.SUGGESTS, person("Taras Kozak"), "may refer to", "…")
    denial = replace(claim, claimant="", stance=Stance.DENIES)
    lines = shown(replace(MADE, outcome=Outcome.CONTESTED, reason=Reason.DISPUTED, claims=(claim, denial)))
    place = lines.index("Who says whom the name means")
    assert lines[place + 1 : place + 3] == [
        "  Peskov suggests Taras Kozak (kozak-taras): 'may refer to'",
        "  the article denies Taras Kozak (kozak-taras): 'may refer to'",
    ]


@pytest.mark.parametrize("width", [40, 80, 140])
def test_lines_keep_to_the_width_of_the_terminal(width: int) -> None:
    sentence = "Kozak said no to the plan, and said it again and again. " * 5
    assert max(map(len, shown(replace(MADE, sentence=sentence), width))) <= width


def test_a_terminal_without_blocks_gets_signs() -> None:
    text = "\n".join(shown(MADE, encoding="ascii"))
    assert "  0.9000  ##################    Dmitry Kozak" in text
    assert "  +1.50        ######  country fits" in text
    assert not set("█▌▐") & set(text)


def test_marks_in_an_article_are_no_marks_here() -> None:
    made = replace(MADE, sentence="Kozak [bold]said[/bold] no :smile:.")
    assert "  Kozak [bold]said[/bold] no :smile:." in shown(made)
