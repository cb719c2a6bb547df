"""The encoder: what a network makes of a short text as a whole."""

from collections.abc import Iterator

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from disambig.errors import ConfigError
from disambig.vectors import encoder
from disambig.vectors.encoder import ENCODED, encoded, encoded_cosines


@pytest.fixture(autouse=True)
def _forget() -> Iterator[None]:
    """What one test had loaded is no other's."""
    yield
    for remembered in (encoder._network, encoded):
        remembered.cache_clear()


NEARER = [
    ("Pablo split with Olga soon after Guernica.", "painter and sculptor", "general and dictator", "what a painting's name tells"),
    ("Marilyn sang for the birthday of her lover in 1962.", "actress and singer", "ice hockey player", "what she is known for"),
    ("The defender did not stop the striker.", "footballer", "lawyer", "words of two trades in one place"),
]


@pytest.mark.parametrize(("text", "near", "far", "because"), NEARER, ids=[case[3] for case in NEARER])
def test_a_text_is_nearer_to_who_is_like_it(text: str, near: str, far: str, because: str) -> None:
    found, other = encoded_cosines(text, (near, far))
    assert found > other, because


def test_the_order_of_the_words_makes_a_difference() -> None:
    assert not np.array_equal(encoded("the lawyer sued the striker"), encoded("the striker sued the lawyer"))


def test_a_text_is_its_own_nearest() -> None:
    assert encoded_cosines("a minister of finance", ("a minister of finance",)) == [1.0]


@settings(max_examples=20, deadline=None)
@given(st.text(max_size=100))
def test_a_vector_has_length_one(text: str) -> None:
    vector = encoded(text)
    assert vector.shape == (ENCODED,)
    assert np.linalg.norm(vector) == pytest.approx(1.0, abs=1e-5)


@settings(max_examples=20, deadline=None)
@given(st.text(max_size=50), st.text(max_size=50))
def test_a_cosine_is_in_range_and_has_three_digits(one: str, other: str) -> None:
    (found,) = encoded_cosines(one, (other,))
    assert -1.0 <= found <= 1.0
    assert found == round(found, 3)


def test_what_stands_beside_makes_no_difference() -> None:
    """Every text is read alone: in a batch, 8-bit numbers would be scaled by its neighbours."""
    alone = encoded_cosines("a minister", ("a striker",))
    encoded.cache_clear()
    assert encoded_cosines("a minister", ("word " * 300, "a striker"))[1:] == alone


def test_a_book_is_cut() -> None:
    assert np.array_equal(encoded("word " * 200), encoded("word " * 200 + "another " * 4000))


def test_a_vector_that_is_shared_cannot_be_changed() -> None:
    with pytest.raises(ValueError, match="read-only"):
        encoded("a minister")[0] = 1.0


def test_a_missing_network_is_said_in_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(encoder, "_NETWORK", "vectors/nowhere.onnx")
    encoder._network.cache_clear()
    with pytest.raises(
        ConfigError, match=r"nowhere\.onnx: the encoder is missing or damaged .*; expected a network; install disambig again"
    ):
        encoded("a minister of whom nobody asked")
