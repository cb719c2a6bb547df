"""The rows say what was decided and, in words, why."""

import csv
from dataclasses import replace
from pathlib import Path

import pytest
from factory import context, decision, evidence, person
from hypothesis import given
from hypothesis import strategies as st

from disambig.errors import CorpusError
from disambig.records import Decision, Outcome, Reason, Verdict
from disambig.table import COLUMNS, explanation, guarded, read_evidence, read_rows, to_frame, unguarded, write_evidence, write_mentions

CONTRACT = (
    "article_id mention_id start end mention decision person_id person_name probability candidates reason evidence "
    "chain_id chain_name cluster_id title sentence date"
)


def rows(path: Path, *decisions: Decision) -> list[dict[str, str]]:
    write_mentions([decisions], path / "rows.csv")
    return list(read_rows(path / "rows.csv"))


def test_the_columns_are_those_of_the_contract() -> None:
    assert " ".join(COLUMNS) == CONTRACT


def test_a_row_holds_what_was_decided(tmp_path: Path) -> None:
    (row,) = rows(tmp_path, decision(start=7, article_id="news", title="Deputy Chief of Staff"))
    assert {key: value for key, value in row.items() if key != "evidence"} == {
        "article_id": "news",
        "mention_id": "news:7-12",
        "start": "7",
        "end": "12",
        "mention": "Kozak",
        "decision": "resolved",
        "person_id": "kozak-dmitry",
        "person_name": "Dmitry Kozak",
        "probability": "0.930000",
        "candidates": "kozak-dmitry=0.9300 | kozak-taras=0.0500 | nobody=0.0200",
        "reason": "",
        "chain_id": "c1",
        "chain_name": "Kozak",
        "cluster_id": "kozak-dmitry",
        "title": "Deputy Chief of Staff",
        "sentence": "Kozak said no.",
        "date": "2023-01-10",
    }


BY_OUTCOME = [
    (Outcome.RESOLVED, Reason.NONE, {"A A": 0.7, "B B": 0.1, "nobody": 0.2}, "a-a", "0.700000"),
    (Outcome.UNKNOWN, Reason.TOO_LITTLE_EVIDENCE, {"A A": 0.3, "nobody": 0.7}, "", "0.700000"),
    (Outcome.UNKNOWN, Reason.NO_CANDIDATE, {"nobody": 1.0}, "", "1.000000"),
    (Outcome.AMBIGUOUS, Reason.TIE, {"A A": 0.45, "B B": 0.44, "nobody": 0.11}, "", "0.450000"),
    (Outcome.AMBIGUOUS, Reason.TOO_LITTLE_EVIDENCE, {"nobody": 0.55, "A A": 0.45}, "", "0.450000"),
    (Outcome.CONTESTED, Reason.DISPUTED, {"A A": 0.6, "B B": 0.3, "nobody": 0.1}, "", "0.600000"),
]


@pytest.mark.parametrize(("outcome", "reason", "probabilities", "person_id", "probability"), BY_OUTCOME)
def test_person_and_probability_follow_from_the_decision(  # noqa: PLR0913, PLR0917 -- the columns of the table
    tmp_path: Path, outcome: Outcome, reason: Reason, probabilities: dict[str, float], person_id: str, probability: str
) -> None:
    (row,) = rows(tmp_path, decision(probabilities, outcome=outcome, reason=reason))
    assert (row["decision"], row["reason"]) == (outcome.value, reason.value)
    assert (row["person_id"], row["probability"]) == (person_id, probability)
    assert row["cluster_id"] == (person_id if outcome is Outcome.RESOLVED else "")


def test_candidates_are_the_best_five_and_nobody_wherever_it_stands(tmp_path: Path) -> None:
    names = {f"{letter} X": 0.2 - number / 100 for number, letter in enumerate("ABCDEFG")}
    (row,) = rows(tmp_path, decision({**names, "nobody": 0.01}))
    assert [entry.split("=")[0] for entry in row["candidates"].split(" | ")] == ["x-a", "x-b", "x-c", "x-d", "x-e", "nobody"]


def test_somebody_outside_the_kb_has_the_cluster_of_the_decision(tmp_path: Path) -> None:
    made = replace(decision({"nobody": 1.0}, outcome=Outcome.UNKNOWN), cluster="new:kozak-1")
    assert rows(tmp_path, made)[0]["cluster_id"] == "new:kozak-1"


def test_rows_stand_by_start_then_end_within_an_article(tmp_path: Path) -> None:
    made = [decision(start=9), decision(text="Kozak's man", start=2), decision(start=2)]
    assert [(row["start"], row["end"]) for row in rows(tmp_path, *made)] == [("2", "7"), ("2", "13"), ("9", "14")]


def test_the_file_is_utf_8_with_the_line_ends_of_rfc_4180(tmp_path: Path) -> None:
    path = tmp_path / "rows.csv"
    write_mentions([(decision(sentence='Козак, "no"\nKozak', text="Ko\nak"),), ()], path)
    data = path.read_bytes()
    assert data.startswith(b"article_id,mention_id,")
    assert data.endswith(b"2023-01-10\r\n")
    assert 'Козак, ""no""\nKozak'.encode() in data


@given(
    st.lists(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1, max_size=12), min_size=1, max_size=4)
)
def test_whatever_stands_in_a_text_survives_the_csv(tmp_path_factory: pytest.TempPathFactory, texts: list[str]) -> None:
    made = [decision(text=text, start=20 * number, sentence=text) for number, text in enumerate(texts)]
    assert [(row["mention"], row["sentence"]) for row in rows(tmp_path_factory.mktemp("csv"), *made)] == [(text, text) for text in texts]


EXPLAINED = [
    (
        decision(
            clauses={
                "Dmitry Kozak": [
                    evidence("the names agree", 0.2),
                    evidence("'Deputy Chief of Staff' fits his role", 1.0, 3.0, "title"),
                    evidence("the Kremlin is named beside him", 1.0, 2.0, "organisation"),
                    evidence("he was alive then", -0.5, feature="alive"),
                ],
                "Taras Kozak": [
                    evidence("the names agree", 0.2),
                    evidence("no role of his is a deputy chief of staff", -1.0, 3.0, "title"),
                    evidence("his party is not named", 0.0, 2.0, "organisation"),
                    evidence("another reason", -0.1, 1.0, "other"),
                ],
            }
        ),
        (
            "Dmitry Kozak: 'Deputy Chief of Staff' fits his role; the Kremlin is named beside him; the names agree. "
            "Against Taras Kozak: no role of his is a deputy chief of staff; his party is not named."
        ),
        "the strongest come first, and the difference speaks against the runner-up",
    ),
    (
        decision({"Dmitry Kozak": 0.9, "nobody": 0.1}, clauses={"Dmitry Kozak": [evidence("the names agree.")]}),
        "Dmitry Kozak: the names agree.",
        "without a runner-up, and with a stop too many",
    ),
    (
        decision({"Dmitry Kozak": 0.9, "Taras Kozak": 0.1, "nobody": 0.0}),
        "Dmitry Kozak: nothing in the text speaks for this person.",
        "without evidence",
    ),
    (
        decision({"nobody": 1.0}, outcome=Outcome.UNKNOWN, reason=Reason.NO_CANDIDATE),
        "Nobody in the knowledge base has a name like 'Kozak'.",
        "no candidate",
    ),
    (
        decision(
            {"nobody": 0.9, "Taras Kozak": 0.1},
            outcome=Outcome.UNKNOWN,
            reason=Reason.CONTRADICTED,
            clauses={"Taras Kozak": [evidence("he is not a rower", -0.3), evidence("the given name is another one", -1.0)]},
        ),
        "Nobody in the knowledge base fits. Against Taras Kozak: the given name is another one; he is not a rower.",
        "contradicted",
    ),
    (
        decision(
            {"nobody": 0.9, "Taras Kozak": 0.1},
            outcome=Outcome.UNKNOWN,
            reason=Reason.TOO_LITTLE_EVIDENCE,
            clauses={"Taras Kozak": [evidence("the surname agrees", 0.1)]},
        ),
        "Too little speaks for anybody in the knowledge base. Taras Kozak: the surname agrees.",
        "too little evidence",
    ),
    (
        decision(
            {"Dmitry Kozak": 0.46, "Taras Kozak": 0.44, "nobody": 0.1},
            outcome=Outcome.AMBIGUOUS,
            reason=Reason.TIE,
            clauses={"Dmitry Kozak": [evidence("Russia is named")], "Taras Kozak": [evidence("Ukraine is named")]},
        ),
        "Undecided between Dmitry Kozak (0.46) and Taras Kozak (0.44). Dmitry Kozak: Russia is named. Taras Kozak: Ukraine is named.",
        "a tie",
    ),
    (
        decision(
            {"Dmitry Kozak": 0.5, "nobody": 0.4, "Taras Kozak": 0.1},
            outcome=Outcome.AMBIGUOUS,
            reason=Reason.TOO_LITTLE_EVIDENCE,
            clauses={"Dmitry Kozak": [evidence("Russia is named")]},
        ),
        "Undecided between Dmitry Kozak (0.50) and nobody in the knowledge base (0.40). Dmitry Kozak: Russia is named.",
        "a person or nobody",
    ),
    (
        decision(
            outcome=Outcome.CONTESTED,
            reason=Reason.DISPUTED,
            clauses={"Dmitry Kozak": [evidence("Danilov means him")], "Taras Kozak": [evidence("Peskov names him")]},
        ),
        "The speakers in the article disagree about who this is. Dmitry Kozak: Danilov means him. Taras Kozak: Peskov names him.",
        "contested",
    ),
]


@pytest.mark.parametrize(("made", "expected", "because"), EXPLAINED, ids=[case[2] for case in EXPLAINED])
def test_a_decision_is_explained_in_a_sentence_or_two(made: Decision, expected: str, because: str) -> None:
    assert explanation(made) == expected, because


def test_what_could_not_be_compared_is_not_told_against_the_runner_up() -> None:
    made = decision(
        clauses={
            "Dmitry Kozak": [evidence("Moscow is named", 1.0, feature="place"), evidence("no year is known", None, feature="born")],
            "Taras Kozak": [
                evidence("no place of his is known", None, feature="place"),
                evidence("no year is known", None, feature="born"),
            ],
        }
    )
    assert explanation(made) == "Dmitry Kozak: Moscow is named."


def test_a_frame_has_the_columns_with_numbers_as_numbers() -> None:
    frame = to_frame([decision(), decision({"nobody": 1.0}, start=9, outcome=Outcome.UNKNOWN)])
    assert tuple(frame.columns) == COLUMNS
    assert list(frame["start"]) == [0, 9]
    assert list(frame["probability"]) == [0.93, 1.0]
    assert list(frame["person_id"]) == ["kozak-dmitry", ""]


def test_a_frame_of_nothing_has_the_columns_too() -> None:
    assert tuple(to_frame([]).columns) == COLUMNS


def test_evidence_comes_back_as_it_was_written(tmp_path: Path) -> None:
    path = tmp_path / "evidence.jsonl"
    pieces = [evidence("the names agree", 0.25, 1.5), evidence("no year is known", None, 2.0), evidence("Москва is named", -1.0)]
    made = (decision(clauses={"Dmitry Kozak": pieces}, title="Mayor"), decision({"nobody": 1.0}, start=9, outcome=Outcome.UNKNOWN, date=""))
    write_evidence([made[::-1]], path)
    assert tuple(read_evidence(path)) == made


def test_what_tells_people_outside_the_kb_apart_comes_back_too(tmp_path: Path) -> None:
    path = tmp_path / "evidence.jsonl"
    around = context(
        age=30,
        generation="elder",
        gender="male",
        attached={"Spain", "Portugal"},
        background={"France"},
        fields={"football"},
        organisations=["Vento FC"],
    )
    unknown = decision({"nobody": 1.0}, outcome=Outcome.UNKNOWN)
    made = replace(unknown, chain=replace(unknown.chain, context=around), cluster="new:kozak-1")
    write_evidence([(made,)], path)
    assert tuple(read_evidence(path)) == (made,)


BAD_EVIDENCE = [
    ("{", r"evidence\.jsonl:1: not a line of evidence \(JSONDecodeError"),
    ("{}", r"evidence\.jsonl:1: not a line of evidence \(KeyError: 'article_id'\); run the articles again"),
    ("[]", r"evidence\.jsonl:1: not a line of evidence \(TypeError"),
]


@pytest.mark.parametrize(("line", "message"), BAD_EVIDENCE, ids=[case[0] for case in BAD_EVIDENCE])
def test_a_line_that_is_no_evidence_is_an_error(tmp_path: Path, line: str, message: str) -> None:
    (tmp_path / "evidence.jsonl").write_text(line, encoding="utf-8")
    with pytest.raises(CorpusError, match=message):
        list(read_evidence(tmp_path / "evidence.jsonl"))


def test_missing_evidence_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match=r"evidence\.jsonl: No such file or directory; expected the evidence\.jsonl of a run"):
        list(read_evidence(tmp_path / "evidence.jsonl"))


def test_two_people_of_one_name_are_told_apart_by_their_ids() -> None:
    clauses = [evidence("the Kremlin is named", 1.0, 2.0, "place")], [evidence("no robot is named", -1.0, 1.0, "place")]
    people = (person("Dmitry Peskov", person_id) for person_id in ("peskov-press", "peskov-digital"))
    press, digital = (
        Verdict(someone, probability, tuple(said)) for someone, probability, said in zip(people, (0.9, 0.1), clauses, strict=True)
    )
    made = replace(decision(), verdicts=(press, digital))
    assert explanation(made) == (
        "Dmitry Peskov (peskov-press): the Kremlin is named. Against Dmitry Peskov (peskov-digital): no robot is named."
    )


FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1+1", "'=1", "''-d", "'", "'tis", "", "Kozak", " =1"]


@pytest.mark.parametrize("cell", FORMULAS, ids=map(repr, FORMULAS))
def test_no_cell_begins_as_a_formula_does_and_each_is_given_back(cell: str) -> None:
    written = str(guarded(cell))
    assert written[:1] not in {*"=+-@\t\r\n＝＋－＠"} or not written
    assert unguarded(written) == cell


@given(st.text(alphabet="'=+-@\t\r\n\"a,;"))
def test_what_is_guarded_is_given_back(cell: str) -> None:
    assert unguarded(str(guarded(cell))) == cell


@pytest.mark.parametrize("number", [-1, 0, 7, -0.5])
def test_numbers_are_not_guarded(number: float) -> None:
    assert guarded(number) == number


def test_names_that_are_formulas_keep_their_offsets(tmp_path: Path) -> None:
    """A hostile text: the offsets still cut the mention out of it, as the reader of the file sees both."""
    formula = '=HYPERLINK("http://example.org","Kozak")'
    write_mentions([(decision(text=formula, article_id="-a", title="+1", sentence="@x"),)], path := tmp_path / "rows.csv")
    (row,) = read_rows(path)
    assert (row["article_id"], row["mention_id"], row["mention"]) == ("-a", f"-a:0-{len(formula)}", formula)
    assert (row["title"], row["sentence"], row["start"]) == ("+1", "@x", "0")
    with path.open(encoding="utf-8", newline="") as file:
        cells = [cell for row in csv.reader(file) for cell in row]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]
