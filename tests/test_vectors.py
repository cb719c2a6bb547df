"""Context vectors: what a text is about, in numbers."""

from collections.abc import Iterator

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from disambig import vectors
from disambig.errors import ConfigError
from disambig.vectors import WIDTH, cosines, static_vector


@pytest.fixture(autouse=True)
def _forget() -> Iterator[None]:
    """What one test had loaded is no other's."""
    yield
    for remembered in (vectors._table, vectors._tokenizer, static_vector):
        remembered.cache_clear()


FIRST = ["0.179384", "0.057379", "-0.179318"]  # numbers of the vector of "The minister of finance resigned on Tuesday."

NEARER = [
    ("The finance minister resigned.", "budget and taxes", "goals and matches", "politics and sport"),
    ("The orchestra played her symphony.", "composer, pianist", "cyclist, sprinter", "music and sport"),
    ("She studies the enzymes of bacteria.", "biologist", "bishop", "science and church"),
    ("THE STRIKER SCORED TWICE", "footballer", "economist", "capitals make no difference"),
]


@pytest.mark.parametrize(("text", "near", "far", "because"), NEARER, ids=[case[3] for case in NEARER])
def test_a_text_is_nearer_to_one_of_its_topic(text: str, near: str, far: str, because: str) -> None:
    found, other = cosines(text, (near, far))
    assert found is not None
    assert other is not None
    assert found > other, because


@pytest.mark.parametrize("text", ["", "   ", "\n", "\u200b"])
def test_a_text_of_nothing_has_a_vector_of_nothing(text: str) -> None:
    assert not static_vector(text).any()


def test_nothing_to_compare_is_none_not_nought() -> None:
    assert cosines("", ("a minister",)) == [None]
    assert cosines("a minister", ("", "a minister"))[0] is None


def test_a_text_is_its_own_nearest() -> None:
    assert cosines("a minister of finance", ("a minister of finance",)) == pytest.approx([1.0])


@settings(max_examples=50, deadline=None)
@given(st.text(max_size=200))
def test_a_vector_has_length_one_or_is_nothing(text: str) -> None:
    vector = static_vector(text)
    assert vector.shape == (WIDTH,)
    assert vector.dtype == np.float32
    assert not vector.any() or np.linalg.norm(vector) == pytest.approx(1.0, abs=1e-5)


@settings(max_examples=50, deadline=None)
@given(st.text(max_size=50), st.text(max_size=50))
def test_a_cosine_is_the_same_both_ways_and_in_range(one: str, other: str) -> None:
    (found,) = cosines(one, (other,))
    assert [found] == cosines(other, (one,))
    assert found is None or -1.0 <= found <= 1.0


def test_the_order_of_the_words_makes_no_difference() -> None:
    assert np.array_equal(static_vector("the minister of finance"), static_vector("finance of the minister"))


def test_a_vector_that_is_shared_cannot_be_changed() -> None:
    with pytest.raises(ValueError, match="read-only"):
        static_vector("a minister")[0] = 1.0


def test_a_book_is_cut() -> None:
    assert np.array_equal(static_vector("word " * 4000), static_vector("word " * 4000 + "another " * 4000))


def test_the_numbers_are_those_of_every_machine() -> None:
    """Sums of whole numbers: to the last of the digits compared, whatever the processor."""
    vector = static_vector("The minister of finance resigned on Tuesday.")
    assert [f"{number:.6f}" for number in vector[:3]] == FIRST


@pytest.mark.parametrize("name", ["_PIECES", "_WEIGHTS"])
def test_a_missing_table_is_said_in_one_line(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vectors, name, "vectors/nowhere.npy")
    vectors._table.cache_clear()
    with pytest.raises(ConfigError, match=r"nowhere\.npy: the context vectors are missing or damaged; expected .*; install disambig again"):
        static_vector("a minister of whom nobody asked")


def test_a_missing_tokenizer_is_said_in_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vectors, "_TOKENIZER", "vectors/nowhere.json")
    vectors._tokenizer.cache_clear()
    with pytest.raises(ConfigError, match=r"nowhere\.json: the tokenizer .* is missing; install disambig again"):
        static_vector("a minister of whom nobody asked")
