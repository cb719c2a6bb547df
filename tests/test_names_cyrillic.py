"""Full names in a text in Cyrillic letters, by their shape; Chinese names in these letters."""

from itertools import pairwise
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from disambig.names import full_names_in
from disambig.names.palladius import in_pinyin

TERMS = frozenset("Киеве Президент Банк Польша Роман Адвокат Компания Сборная".split())


class Case(NamedTuple):
    text: str
    expected: list[str]
    because: str


CASES = [
    Case("Об этом сказал Иван Орлов.", ["Иван Орлов"], "a given name and a surname"),
    Case("Об этом просили Ивана Орлова.", ["Ивана Орлова"], "in another grammatical case"),
    Case("Иван Орлов ушёл.", ["Иван Орлов"], "at the beginning of a sentence"),
    Case("Вчера Иван Орлов ушёл.", ["Иван Орлов"], "after a word that begins a sentence"),
    Case("Президент Иван Орлов ушёл.", ["Иван Орлов"], "after a title"),
    Case("Ждали в Киеве Ивана Орлова.", ["Ивана Орлова"], "after a place"),
    Case("ушла мэр Подгорска Анна Коваль", ["Анна Коваль"], "after a place that is not known"),
    Case("Иван Орлов ушёл. С ним адвокат Орлова Ашик Ковач.", ["Иван Орлов", "Ашик Ковач"], "after the surname of somebody else"),
    Case("Роман Орлов ушёл.", ["Роман Орлов"], "a given name that is a word, too"),
    Case("ушёл Иван Адвокат.", ["Иван Адвокат"], "a surname that is a word, too"),
    Case("Орлов Иван Петрович ушёл.", ["Орлов Иван Петрович"], "the surname first"),
    Case("ушёл А. Б. Орлов", ["А. Б. Орлов"], "initials"),
    Case("ушёл Орлов А.Б., ждали", ["Орлов А.Б."], "initials behind"),
    Case("ушёл А.\u00a0Орлов, ждали Ивана\u00a0Орлова", ["А.\u00a0Орлов", "Ивана\u00a0Орлова"], "blanks at which no line breaks"),
    Case("ждали Урсулу фон дер Ляйен", ["Урсулу фон дер Ляйен"], "particles"),
    Case("ушла Анна-Мария Коваль-Орлова", ["Анна-Мария Коваль-Орлова"], "hyphens"),
    Case("сказав Іван Ґедзь, а Ганна Коваль ні", ["Іван Ґедзь", "Ганна Коваль"], "Ukrainian letters, two of them"),
    Case("Северный Поток остановлен", [], "an adjective"),
    Case("выставка «Павел Орлов»", [], "a name in quotation marks"),
    Case("Вчера Орлов ушёл.", [], "a surname alone"),
    Case("Пришёл Орлов. Ивану скучно.", [], "the end of a sentence between them"),
    Case("Ivan Orlov left.", [], "other letters"),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.because)
def test_full_names_are_found_by_their_shape(case: Case) -> None:
    assert [case.text[start:end] for start, end in full_names_in(case.text, is_term=TERMS.__contains__)] == case.expected


@given(st.lists(st.sampled_from(["Иван", "Орлов", "Орлова", "ушёл", ".", "А.", "«", "»", "Киеве", "фон", "-", "\n"]), max_size=20))
def test_full_names_come_in_order_and_do_not_overlap(words: list[str]) -> None:
    spans = list(full_names_in(" ".join(words), is_term=TERMS.__contains__))
    assert all(before[1] <= after[0] for before, after in pairwise(spans))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ли Цян", "li qiang"),
        ("Си Цзиньпин", "xi jinping"),
        ("Сі Цзіньпін", "xi jinping"),
        ("Цинь Ган", "qin gang"),
        ("Чень Лицзюань", "chen lijuan"),
        ("Чжан Хуэй", "zhang hui"),
        ("Сюй Чжихао", "xu zhihao"),
        ("Люй Чанъань", "lu changan"),
        ("Иван Орлов", None),
        ("Li Qiang", None),
        ("", None),
    ],
)
def test_a_chinese_name_is_read_in_pinyin(text: str, expected: str | None) -> None:
    found = [" ".join(words) for words in in_pinyin(text)]
    assert expected in found if expected else not found
