"""Gender words, stems, surnames that are words, and Russian and Ukrainian read in English."""

import re
from collections import Counter
from importlib.resources import files
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from disambig.names import fold
from disambig.places import countries_in
from disambig.roles import is_role
from disambig.words import content_stems, gender_of_verbs, gender_words, in_english, is_common_word, is_foreign_term, stem, words_in


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


# -- Russian and Ukrainian


class Read(NamedTuple):
    text: str
    expected: str
    because: str


READ = [
    Read("президент Украины", "president Ukraine", "an office and a country in a grammatical case"),
    Read("с президентами", "of president", "a plural, and a preposition"),
    Read("міністр оборони України", "defence minister Ukraine", "a phrase, in Ukrainian"),
    Read("Министром обороны", "defence minister", "a phrase at the beginning of a sentence, in another case"),
    Read("Великої Британії", "Great Britain", "a feminine adjective, in Ukrainian"),
    Read("украинская судья", "Ukrainian judge", "an adjective in its feminine form"),
    Read("США и ЕС", "United States and European Union", "what is written in capitals"),
    Read("РОССИЯ", "Russia", "a headline"),
    Read("в мали", "of ;", "the name of a country needs a capital"),
    Read("ещё щёлкнул", "; ;", "words that the glossary does not have"),
    Read("Жмеринка", "Zhmerinka", "a name that it does not have"),
    Read("с рынком", "of market", "a word with a changing stem, in the instrumental"),
    Read("європейців", "European", "another, in the genitive plural"),
    Read("Она ушла", "she ;", "a pronoun"),
    Read("met the «президент», then", "met the «president», then", "within a text in other letters"),
    Read("the president — él", "the president — él", "no Cyrillic letters"),
    Read("", "", "nothing"),
]


@pytest.mark.parametrize("case", READ, ids=lambda case: case.because)
def test_russian_and_ukrainian_are_read_in_english(case: Read) -> None:
    assert in_english(case.text) == case.expected


@given(st.text(alphabet="аб сміністр.,Мї-'\n\t ", max_size=40))
def test_what_is_read_in_english_keeps_its_lines_and_has_no_cyrillic_letter(text: str) -> None:
    read = in_english(text)
    assert read.count("\n") == text.count("\n")
    assert not re.search(r"[\u0400-\u052f]", read)


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        pytest.param("", " заявила об этом", (0, 1), id="a verb after the name"),
        pytest.param("… — сказал ", ".", (1, 0), id="a verb before it"),
        pytest.param("— підкреслив ", ".", (1, 0), id="in Ukrainian"),
        pytest.param("", " осталась дома", (0, 1), id="a reflexive one"),
        pytest.param("посол ", "", (0, 0), id="an office that ends so"),
        pytest.param("сказал, что ", " придёт", (0, 0), id="one that does not stand next to it"),
        pytest.param("", " came", (0, 0), id="in English"),
    ],
)
def test_a_verb_of_the_past_tells_the_gender(before: str, after: str, expected: tuple[int, int]) -> None:
    assert gender_of_verbs(before, after) == expected


GLOSSARY = [
    (english, [form.strip() for form in listed.split(";")])
    for english, _, listed in (line.partition(":") for line in files("disambig").joinpath("glossary.txt").read_text("utf-8").splitlines())
    if not english.startswith("#")
]


def test_each_form_of_the_glossary_stands_for_one_term() -> None:
    assert [form for form, count in Counter(form for _, forms in GLOSSARY for form in forms).items() if count > 1] == []


def test_the_glossary_translates_cyrillic_letters_into_others() -> None:
    assert [forms for _, forms in GLOSSARY for form in forms if not re.fullmatch(r"[\u0400-\u052f' -]{2,}", form)] == []
    assert [english for english, _ in GLOSSARY if not re.fullmatch(r"[^\u0400-\u052f:;]+", english)] == []


@pytest.mark.parametrize(("english", "forms"), [(e, f) for e, f in GLOSSARY if countries_in(e) == (e,)], ids=lambda part: str(part)[:40])
def test_a_country_is_read_as_a_country(english: str, forms: list[str]) -> None:
    assert [form for form in forms if countries_in(in_english(form)) != (english,)] == []


@pytest.mark.parametrize(
    "form", ["министр", "судья", "посол", "депутат", "прокурор", "вратарь", "тренер", "журналіст", "речниця", "лікарка"]
)
def test_common_offices_and_occupations_are_roles(form: str) -> None:
    assert is_role(in_english(form))
    assert is_foreign_term(form)
