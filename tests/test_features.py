"""The list of features itself; what each one says is tested in `tests/features`."""

import inspect
import json
from collections.abc import Callable
from importlib.resources import files

import pytest
from factory import candidate, chain, context, role
from hypothesis import given
from hypothesis import strategies as st

from disambig.features import FEATURES, gather
from disambig.features.feature import feature
from disambig.records import Candidate, Chain, Evidence

WEIGHTS = json.loads(files("disambig").joinpath("weights.json").read_text(encoding="utf-8"))
ABOUT_NAMES = {"name_agrees"}  # a name is always there to compare

Feature = Callable[[Chain, Candidate], Evidence]


def first_line(feature: Feature) -> str:
    return (inspect.getdoc(feature) or "").split("\n")[0]


def name_of(feature: Feature) -> str:
    return feature.__name__


@pytest.mark.parametrize("feature", FEATURES, ids=name_of)
def test_a_feature_says_what_it_means_in_a_sentence(feature: Feature) -> None:
    sentence = first_line(feature)
    assert sentence[:1].isupper()
    assert sentence.endswith(".")
    assert len(sentence.split()) > 4


def test_no_two_features_say_the_same() -> None:
    assert len({first_line(feature) for feature in FEATURES}) == len(FEATURES)
    assert len({feature.__name__ for feature in FEATURES}) == len(FEATURES)


def test_names_and_order_are_those_of_the_weights() -> None:
    assert list(WEIGHTS["features"]) == [feature.__name__ for feature in FEATURES]


def test_every_feature_that_speaks_for_somebody_weighs_something() -> None:
    assert all(weight > 0 for pair in WEIGHTS["features"].values() for weight in pair.values())


@pytest.mark.parametrize("name", ["Kozak", "Dmitry Kozak"])
def test_a_bare_record_leaves_nothing_to_compare_but_the_name(name: str) -> None:
    (found,) = gather(chain(name), [candidate("Dmitry Kozak")])
    assert {evidence.feature for evidence in found if evidence.value is not None} == ABOUT_NAMES


@pytest.mark.parametrize("feature", FEATURES, ids=name_of)
def test_a_feature_gives_its_own_name_and_a_reason(feature: Feature) -> None:
    found = feature(chain("Dmitry Kozak"), candidate("Dmitry Kozak"))
    assert found.feature == feature.__name__
    assert found.because


def test_a_chain_that_tells_nothing_is_held_against_nobody() -> None:
    @feature(lambda _: None, missing="nothing to compare")
    def silent(told: None, someone: Candidate) -> Evidence:
        raise AssertionError(told, someone)

    (found,) = silent.about(chain("Kozak"), [candidate("Dmitry Kozak")])
    assert (found.feature, found.value, found.because) == ("silent", None, "nothing to compare")


def test_gathering_asks_every_feature_in_order() -> None:
    (found,) = gather(chain("Kozak"), [candidate("Dmitry Kozak")])
    assert [evidence.feature for evidence in found] == [feature.__name__ for feature in FEATURES]


WORDS = ["mayor", "judge", "striker", "harbour", "vento", "bank", "died", "braga", "penalty", "work", "council"]
stems = st.frozensets(st.sampled_from(WORDS), max_size=5)
dates = st.sampled_from(["", "1900", "1970-05", "2020-05-01", "0001", "9999"])
countries = st.frozensets(st.sampled_from(["Portugal", "Norway"]), max_size=2)
names = st.sampled_from(["Ana Costa", "Luis Costa", "Costa", "Ana", "A. Costa", "Martin Bell Jr.", "Bell", "?"])
titles = st.lists(st.sampled_from(["mayor", "former judge", "striker until 2010", "mayor of Braga", "friend"]), max_size=2)
contexts = st.builds(
    context,
    date=dates,
    titles=titles,
    epithet=stems,
    age=st.none() | st.integers(0, 999),
    generation=st.sampled_from(["", "elder", "younger"]),
    gender=st.sampled_from(["", "male", "female"]),
    pronouns=st.tuples(st.integers(0, 9), st.integers(0, 9)),
    attached=countries,
    countries=countries,
    background=countries,
    fields=st.frozensets(st.sampled_from(["football", "law"])),
    organisations=st.lists(st.sampled_from(["Vento", "VB", "Vento Bank", ""]), max_size=2),
    near=stems,
    around=stems,
    topic=stems,
    alone=st.booleans(),
    beside=st.lists(names, max_size=2),
    elsewhere=st.lists(names, max_size=2),
    rivals=st.lists(st.sampled_from(["Ana Costa", "Luis Costa"]), max_size=2),
)
roles = st.builds(role, st.sampled_from(["", "Mayor", "Judge", "Striker"]), st.sampled_from(["", "Vento Bank"]), start=dates, end=dates)
candidates = st.builds(
    candidate,
    names,
    generation=st.sampled_from(["", "elder", "younger"]),
    related_names=st.lists(names, max_size=2),
    namesakes_share=stems,
    description=st.sampled_from(["", "Portuguese mayor", "striker who scored a penalty"]),
    text=st.sampled_from(["", " ".join(WORDS)]),
    roles=st.lists(roles, max_size=2),
    born=dates.map(lambda text: text or None),
    died=dates.map(lambda text: text or None),
    gender=st.sampled_from(["", "male", "female", "other"]),
    countries=st.lists(st.sampled_from(["Portugal", "Norway"]), max_size=2),
    popularity=st.none() | st.floats(0, 1e12),
)


@given(names, contexts, candidates)
def test_every_feature_answers_within_its_range(name: str, around: object, someone: Candidate) -> None:
    (found,) = gather(chain(name, context=around), [someone])  # type: ignore[arg-type]
    for evidence in found:
        assert evidence.value is None or -1.0 <= evidence.value <= 1.0
        assert evidence.because
        assert "  " not in evidence.because
        assert "''" not in evidence.because, "a reason that quotes nothing"
