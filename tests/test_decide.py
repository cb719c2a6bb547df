"""From evidence to a decision. No test asks for a tuned number: only for order, outcome and reason."""

import json
import random

import pytest
from factory import candidate, chain, context, document, evidence, says, verdicts
from hypothesis import given
from hypothesis import strategies as st

from disambig.decide import conclude, decide, read_weights, shipped_weights, threshold_for, weigh
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


@pytest.mark.parametrize("feature", ["alive_at_date", "name_agrees"])
def test_it_takes_more_to_name_somebody_despite_a_contradiction(feature: str) -> None:
    against = {"Ana": [evidence("is another", -0.6, feature=feature)]}
    assert conclude(chain("Costa"), verdicts({"Ana": 0.55, "nobody": 0.45}), Settings())[0] is Outcome.RESOLVED
    assert conclude(chain("Costa"), verdicts({"Ana": 0.55, "nobody": 0.45}, against), Settings())[0] is Outcome.AMBIGUOUS
    assert conclude(chain("Costa"), verdicts({"Ana": 0.65, "nobody": 0.35}, against), Settings())[0] is Outcome.RESOLVED


def test_a_run_may_ask_for_more() -> None:
    found = verdicts({"Ana": 0.7, "nobody": 0.3})
    assert conclude(chain("Costa"), found, Settings(min_probability=0.9))[0] is Outcome.AMBIGUOUS
    assert conclude(chain("Costa"), found, Settings(min_gap=0.5))[0] is Outcome.AMBIGUOUS
    assert conclude(chain("Costa"), found, Settings(min_probability=0.6, min_gap=0.2))[0] is Outcome.RESOLVED


def test_every_piece_of_evidence_that_says_something_carries_the_weight_of_its_sign() -> None:
    weights = {name: (pro, contra) for name, pro, contra in shipped_weights(NAMES).features}
    found = weigh(chain("Costa"), [gathered("Ana Costa", name_agrees=1.0, country_fits=-1.0)])
    for one in (one for one in next(verdict for verdict in found if verdict.person).evidence if one.value is not None):
        assert one.weight == weights[one.feature][one.feature == "country_fits"]


@given(shortlists.filter(bool), st.integers(0, 5))
def test_without_the_strongest_evidence_for_a_person_that_person_is_less_probable(shortlist: list[Gathered], which: int) -> None:
    """Taken out, as if there had been nothing to compare."""
    first, found = shortlist[which % len(shortlist)]
    before = next(one for one in weigh(chain("Costa"), shortlist) if one.person == first.person)
    strongest = max(before.evidence, key=lambda one: one.share)
    if strongest.share > 0:
        kept = tuple(Evidence(one.feature, None if one.feature == strongest.feature else one.value, "so") for one in found)
        rest = [(one, its) if one.person.id != first.person.id else (first, kept) for one, its in shortlist]
        after = next(one for one in weigh(chain("Costa"), rest) if one.person == first.person)
        assert after.probability <= before.probability


# -- nobody


def for_nobody(name: str, people: list[str], rivals: tuple[str, ...] = ()) -> dict[str, str]:
    """What each piece of evidence for nobody says, "for", "neutral" or "missing", where *name* may mean any of *people*."""
    found = weigh(chain(name, context=context(rivals=list(rivals))), [gathered(one, name_agrees=0.0) for one in people])
    return {one.feature: says(one) for one in next(verdict for verdict in found if verdict.person is None).evidence}


def test_a_name_alone_is_no_proof() -> None:
    assert for_nobody("Ana Costa", ["Ana Costa"])["somebody_else"] == "for"


def test_a_bare_name_is_told_from_a_full_one() -> None:
    assert for_nobody("Costa", ["Ana Costa"])["bare_name"] == "for"
    assert for_nobody("Ana Costa", ["Ana Costa"])["bare_name"] == "neutral"


def test_a_given_name_alone_is_that_of_very_many() -> None:
    assert for_nobody("Anna", ["Anna Costa"])["given_name_alone"] == "for"
    assert for_nobody("Costa", ["Anna Costa"])["given_name_alone"] == "neutral"


def test_a_name_that_fits_several_people_alike_is_common() -> None:
    assert for_nobody("Costa", ["Ana Costa", "Eva Costa"])["common_name"] == "for"
    assert for_nobody("Costa", ["Ana Costa"])["common_name"] == "neutral"


def test_a_namesake_whom_the_article_names_in_full_may_be_no_candidate() -> None:
    assert for_nobody("Costa", ["Ana Costa"], ("Eva Costa",))["namesake_unknown"] == "for"
    assert for_nobody("Costa", ["Ana Costa"], ("Ana Costa",))["namesake_unknown"] == "neutral"
    assert for_nobody("Costa", ["William Costa"], ("Bill Costa",))["namesake_unknown"] == "neutral"
    assert for_nobody("Costa", ["Ana Costa"])["namesake_unknown"] == "missing"


# -- the probability that holds a precision


def test_more_precision_asks_for_more_probability() -> None:
    table = shipped_weights(NAMES).held
    assert [precision for precision, _ in table] == sorted(precision for precision, _ in table)
    assert [least for _, least in table] == sorted(least for _, least in table)
    assert all(threshold_for(precision) == least for precision, least in table)


def test_a_precision_between_two_gets_the_probability_of_the_higher() -> None:
    (low, _), (high, least) = shipped_weights(NAMES).held[:2]
    assert threshold_for((low + high) / 2) == least


def test_a_precision_that_was_never_held_is_refused() -> None:
    with pytest.raises(ConfigError, match=r"precision 1\.0 was not held at any probability; expected 0\.\d+ or less"):
        threshold_for(1.0)


def test_a_run_may_ask_for_a_precision_instead() -> None:
    precision, least = shipped_weights(NAMES).held[-1]
    enough, too_little = verdicts({"Ana": least, "nobody": 1 - least}), verdicts({"Ana": least - 0.01, "nobody": 1.01 - least})
    assert conclude(chain("Costa"), enough, Settings(precision=precision))[0] is Outcome.RESOLVED
    assert conclude(chain("Costa"), too_little, Settings(precision=precision))[0] is Outcome.AMBIGUOUS
    nobody = verdicts({"nobody": 0.6, "Ana": 0.4})
    assert conclude(chain("Costa"), nobody, Settings(precision=precision))[0] is Outcome.UNKNOWN, "the precision is that of people"


# -- the weights file

ONE = {"for": 1.0, "against": 2.0}
NOBODY = {"somebody_else": -0.5, "bare_name": 0.3, "given_name_alone": 1.0, "common_name": 1.0, "namesake_unknown": 1.0}
WEIGHTS = {"features": {"a": ONE, "b": ONE}, "nobody": NOBODY, "precision": {"0.9": 0.5}}


def written(**changes: object) -> str:
    return json.dumps({**WEIGHTS, **changes})


def test_weights_are_read_in_order() -> None:
    assert read_weights(written(), ["a", "b"]).features == (("a", 1.0, 2.0), ("b", 1.0, 2.0))


BROKEN = [
    (
        written(features={"a": ONE}),
        r"weights\.json: the weights of 'features' are not this version's \(b differ\); restore the file of this version, or fit it anew",
    ),
    (written(features={"a": ONE, "b": ONE, "c": ONE}), r"'features' .* \(c differ\)"),
    (written(features={"a": ONE, "x": ONE}), r"'features' .* \(b, x differ\)"),
    (written(features={"b": ONE, "a": ONE}), r"'features' .* \(their order differ\)"),
    (written(nobody={**NOBODY, "alone": 0.3}), r"'nobody' .* \(alone differ\)"),
]


@pytest.mark.parametrize(("text", "message"), BROKEN, ids=[message for _, message in BROKEN])
def test_weights_of_another_version_are_refused(text: str, message: str) -> None:
    with pytest.raises(ConfigError, match=message):
        read_weights(text, ["a", "b"])
