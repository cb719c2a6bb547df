"""Gender words, stems, and surnames that are words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from disambig.names import fold
from disambig.words import content_stems, gender_words, is_common_word, stem, words_in


@pytest.mark.parametrize(
    ("text", "expected"), [("He met her husband himself", (2, 1)), ("They came", (0, 0)), ("SHE", (0, 1)), ("", (0, 0))]
)
def test_pronouns_are_counted_by_gender(text: str, expected: tuple[int, int]) -> None:
    assert gender_words(text) == expected


@pytest.mark.parametrize(("word", "expected"), [("may", True), ("brown", True), ("the", True), ("costa", False)])
def test_some_surnames_are_words(word: str, expected: bool) -> None:
    assert is_common_word(word) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The ministers of the cabinet", {"minister", "cabinet"}),
        ("Norwegian ministers in Norway", {"minister"}),
        ("in 1999, on 12 May", set()),
        ("he said so", set()),
    ],
)
def test_content_leaves_out_function_words_countries_and_numbers(text: str, expected: set[str]) -> None:
    assert content_stems(text) == expected


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyz", max_size=16))
def test_a_stem_is_the_beginning_of_its_word_but_for_a_y(word: str) -> None:
    assert word.startswith(stem(word).removesuffix("y"))
    assert stem(word) or not word


@given(st.text())
def test_the_words_of_a_text_are_those_of_what_stands_between_its_blanks(text: str) -> None:
    assert words_in(text) == [word for written in text.split() for word in fold(written).split()]
