"""From evidence to a decision. No test asks for a tuned number: only for order, outcome and reason."""

import json
import random

import pytest
from factory import candidate, chain, context, document, evidence, verdicts
from hypothesis import given
from hypothesis import strategies as st

from disambig.decide import conclude, decide, read_weights, shipped_weights, weigh
from disambig.errors import ConfigError
from disambig.features import FEATURES
from disambig.records import Candidate, Context, Evidence, Outcome, Reason, Verdict
from disambig.settings import Settings

NAMES = tuple(feature.__name__ for feature in FEATURES)
SETTINGS = Settings(min_probability=0.5, min_gap=0.1)

Gathered = tuple[Candidate, tuple[Evidence, ...]]


def gathered(name: str, **values: float) -> Gathered:
    """A candidate of that *name* about whom the features say these *values*, all others nothing."""
    assert set(values) <= set(NAMES)
    return candidate(name), tuple(Evidence(feature, values.get(feature), f"{feature} says so") for feature in NAMES)


def of(found: tuple[Verdict, ...], name: str) -> float:
    """The probability of the person of that name, or of "nobody"."""
    return next(one.probability for one in found if (one.person.name if one.person else "nobody") == name)


values = st.none() | st.floats(-1, 1)
shortlists = st.lists(
    st.builds(
        lambda number, drawn: (
            candidate("Ana Costa", person_id=f"p{number}"),
            tuple(Evidence(feature, value, "so") for feature, value in zip(NAMES, drawn, strict=True)),
        ),
        st.integers(0, 99),
        st.lists(values, min_size=len(NAMES), max_size=len(NAMES)),
    ),
    max_size=6,
    unique_by=lambda one: one[0].person.id,
)


@given(shortlists)
def test_probabilities_add_up_to_one(shortlist: list[Gathered]) -> None:
    found = weigh(chain("Costa"), shortlist)
    assert sum(one.probability for one in found) == pytest.approx(1.0)
    assert len(found) == len(shortlist) + 1
    assert [one.probability for one in found] == sorted((one.probability for one in found), reverse=True)


@given(shortlists, st.randoms(use_true_random=False))
def test_the_order_of_candidates_does_not_matter(shortlist: list[Gathered], chance: random.Random) -> None:
    shuffled = list(shortlist)
    chance.shuffle(shuffled)
    assert weigh(chain("Costa"), shuffled) == weigh(chain("Costa"), shortlist)


@given(shortlists.filter(bool), st.integers(0, len(NAMES) - 1), st.floats(-1, 1), st.floats(-1, 1))
def test_more_evidence_never_makes_a_person_less_probable(shortlist: list[Gathered], which: int, one: float, other: float) -> None:
    def with_value(value: float) -> float:
        first, found = shortlist[0]
        changed = (*found[:which], Evidence(NAMES[which], value, "so"), *found[which + 1 :])
        judged = weigh(chain("Costa"), [(first, changed), *shortlist[1:]])
        return next(verdict.probability for verdict in judged if verdict.person == first.person)

    assert with_value(min(one, other)) <= with_value(max(one, other))


def test_a_full_name_that_agrees_is_more_than_nobody_and_one_that_conflicts_less() -> None:
    named = chain("Ana Costa")
    assert of(weigh(named, [gathered("Ana Costa", name_agrees=1.0)]), "Ana Costa") > 0.5
    assert of(weigh(named, [gathered("Ana Costa", name_agrees=-1.0)]), "nobody") > 0.5


def test_nobody_has_evidence_too() -> None:
    nobody = next(one for one in weigh(chain("Costa"), [gathered("Ana Costa", name_agrees=0.0)]) if one.person is None)
    assert nobody.evidence
    assert all(one.because for one in nobody.evidence)


def test_equals_are_ordered_by_id_and_a_person_stands_before_nobody() -> None:
    found = weigh(chain("Costa"), [gathered("Luis Costa"), gathered("Ana Costa")])
    people = [one.person.name for one in found if one.person]
    assert people == ["Ana Costa", "Luis Costa"]


def decided(shortlist: list[Gathered], around: Context | None = None) -> tuple[Outcome, Reason]:
    made = document("[Costa] left.")
    found = decide(made, made.mentions[0], chain("Costa", context=around), shortlist, SETTINGS)
    assert found.sentence == "Costa left."
    return found.outcome, found.reason


def test_one_who_fits_is_resolved() -> None:
    assert decided([gathered("Ana Costa", name_agrees=1.0, title_fits_role=1.0)]) == (Outcome.RESOLVED, Reason.NONE)


def test_the_one_of_two_who_fits_is_resolved() -> None:
    shortlist = [
        gathered("Ana Costa", name_agrees=0.0, country_fits=-1.0, title_fits_role=-1.0),
        gathered("Luis Costa", name_agrees=0.0, country_fits=1.0, title_fits_role=1.0),
    ]
    made = document("[Costa] left.")
    found = decide(made, made.mentions[0], chain("Costa"), shortlist, SETTINGS)
    assert found.person is not None
    assert found.person.name == "Luis Costa"


def test_two_who_fit_alike_are_a_tie() -> None:
    facts = {"name_agrees": 0.0, "title_fits_role": 1.0, "country_fits": 1.0}
    assert decided([gathered("Ana Costa", **facts), gathered("Luis Costa", **facts)]) == (Outcome.AMBIGUOUS, Reason.TIE)


def test_no_candidate_is_unknown() -> None:
    assert decided([]) == (Outcome.UNKNOWN, Reason.NO_CANDIDATE)


def test_a_contradicted_candidate_leaves_nobody() -> None:
    assert decided([gathered("Ana Costa", alive_at_date=-1.0, age_fits=-1.0)]) == (Outcome.UNKNOWN, Reason.CONTRADICTED)


def test_a_doubted_name_is_disputed_however_well_somebody_fits() -> None:
    fits = gathered("Ana Costa", name_agrees=1.0, title_fits_role=1.0)
    assert decided([fits], context(doubted=True)) == (Outcome.AMBIGUOUS, Reason.DISPUTED)


def test_a_doubted_name_without_candidates_is_unknown() -> None:
    assert decided([], context(doubted=True)) == (Outcome.UNKNOWN, Reason.NO_CANDIDATE)


CONCLUSIONS = [
    ({"Ana": 0.9, "nobody": 0.1}, Outcome.RESOLVED, Reason.NONE, "clearly ahead"),
    ({"Ana": 0.5, "Eva": 0.45, "nobody": 0.05}, Outcome.AMBIGUOUS, Reason.TIE, "two people too close"),
    ({"Ana": 0.4, "Eva": 0.2, "nobody": 0.2, "Ida": 0.2}, Outcome.AMBIGUOUS, Reason.TIE, "ahead, but not probable enough"),
    ({"Ana": 0.5, "nobody": 0.45, "Eva": 0.05}, Outcome.AMBIGUOUS, Reason.TOO_LITTLE_EVIDENCE, "a person barely ahead of nobody"),
    ({"nobody": 0.5, "Ana": 0.45, "Eva": 0.05}, Outcome.AMBIGUOUS, Reason.TOO_LITTLE_EVIDENCE, "nobody barely ahead of a person"),
    ({"nobody": 0.9, "Ana": 0.1}, Outcome.UNKNOWN, Reason.TOO_LITTLE_EVIDENCE, "nothing speaks for anybody"),
    ({"nobody": 1.0}, Outcome.UNKNOWN, Reason.NO_CANDIDATE, "nobody of that name"),
]


@pytest.mark.parametrize(("probabilities", "outcome", "reason", "because"), CONCLUSIONS, ids=[row[-1] for row in CONCLUSIONS])
def test_what_follows_from_the_probabilities(probabilities: dict[str, float], outcome: Outcome, reason: Reason, because: str) -> None:
    assert conclude(chain("Costa"), verdicts(probabilities), SETTINGS) == (outcome, reason), because


def test_unknown_names_a_contradiction_where_there_is_one() -> None:
    found = verdicts({"nobody": 0.9, "Ana": 0.1}, {"Ana": [evidence("died in 1950", -1.0, feature="alive_at_date")]})
    assert conclude(chain("Costa"), found, SETTINGS) == (Outcome.UNKNOWN, Reason.CONTRADICTED)
    found = verdicts({"nobody": 0.9, "Ana": 0.1}, {"Ana": [evidence("no country to compare", None)]})
    assert conclude(chain("Costa"), found, SETTINGS) == (Outcome.UNKNOWN, Reason.TOO_LITTLE_EVIDENCE)


def test_a_run_may_ask_for_more() -> None:
    found = verdicts({"Ana": 0.7, "nobody": 0.3})
    assert conclude(chain("Costa"), found, Settings(min_probability=0.9))[0] is Outcome.AMBIGUOUS
    assert conclude(chain("Costa"), found, Settings(min_gap=0.5))[0] is Outcome.AMBIGUOUS
    assert conclude(chain("Costa"), found, Settings(min_probability=0.6, min_gap=0.2))[0] is Outcome.RESOLVED


def test_every_piece_of_evidence_carries_its_weight() -> None:
    weights = dict(shipped_weights(NAMES).features)
    found = weigh(chain("Costa"), [gathered("Ana Costa", name_agrees=1.0)])
    for one in next(verdict for verdict in found if verdict.person).evidence:
        assert one.weight == weights[one.feature]


# -- the weights file

WEIGHTS = {"features": {"a": 1.0, "b": 2.0}, "nobody": {"somebody_else": -0.5, "bare_name": 0.3}}


def written(**changes: object) -> str:
    return json.dumps({**WEIGHTS, **changes})


def test_weights_are_read_in_order() -> None:
    assert read_weights(written(), ["a", "b"]).features == (("a", 1.0), ("b", 2.0))


BROKEN = [
    (
        written(features={"a": 1.0}),
        r"weights\.json: the weights of 'features' are not this version's \(b differ\); restore the file of this version",
    ),
    (written(features={"a": 1.0, "b": 1.0, "c": 1.0}), r"'features' .* \(c differ\)"),
    (written(features={"a": 1.0, "x": 1.0}), r"'features' .* \(b, x differ\)"),
    (written(features={"b": 2.0, "a": 1.0}), r"'features' .* \(their order differ\)"),
    (written(nobody={"bare_name": 0.3}), r"'nobody' .* \(somebody_else differ\)"),
]


@pytest.mark.parametrize(("text", "message"), BROKEN, ids=[message for _, message in BROKEN])
def test_weights_of_another_version_are_refused(text: str, message: str) -> None:
    with pytest.raises(ConfigError, match=message):
        read_weights(text, ["a", "b"])
