"""Which spellings of a name share a key, and in which of the steps."""

from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from disambig.kb.keys import close_keys, consonants, given_keys, keys_of, pair_key, respellings, respelt_keys, sound_keys, whole_key
from disambig.names import parse


class Meeting(NamedTuple):
    written: str
    recorded: str
    kinds: str  # the first letters of the shared keys, sorted
    because: str


CLOSE = [
    Meeting("Dmitry Orlov", "Dmitry Orlov", "fw", "the name"),
    Meeting("Dmitri Orlow", "Dmitry Orlov", "fw", "transliterated otherwise"),
    Meeting("Дмитрий Орлов", "Dmitry Orlov", "fw", "Cyrillic"),
    Meeting("Orlov Dmitry", "Dmitry Orlov", "fw", "the other order"),
    Meeting("D. Orlov", "Dmitry Orlov", "i", "an initial"),
    Meeting("Dmitry Orlov", "D. Orlov", "j", "an initial in the record"),
    Meeting("Y. Orlov", "Iuri Orlov", "i", "an initial transliterated otherwise"),
    Meeting("T. Orlov", "Dmitry Orlov", "", "another initial"),
    Meeting("Dmitry Petrovich Orlov", "Dmitry Orlov", "f", "a patronymic on one side"),
    Meeting("Ana Costa", "Ana Maria da Costa", "f", "a middle name on the other"),
    Meeting("Mohamed Salih", "Muhammad Saleh", "f", "other vowels"),
    Meeting("Xi Jin Ping", "Xi Jinping", "w", "split up otherwise"),
    Meeting("Dmitry Orlov", "Taras Orlov", "", "another given name"),
    Meeting("Pele Arantes", "Pelé", "o", "a name of one word before another"),
    Meeting("Ludwig Berg", "van der Berg", "o", "the same behind another"),
    Meeting("Rui Vale", "Dmitry Orlov", "", "nobody"),
]


@pytest.mark.parametrize("case", CLOSE, ids=lambda case: f"{case.written} and {case.recorded}: {case.because}")
def test_spellings_of_one_name_meet(case: Meeting) -> None:
    shared = keys_of([parse(case.recorded)]).intersection(close_keys(parse(case.written)))
    assert "".join(sorted({key[0] for key in shared})) == case.kinds


GIVEN = [
    ("Bill Marsh", "William Marsh", True, "a nickname"),
    ("Guillermo Marsh", "William Marsh", True, "another language"),
    ("Bill Marsh", "Dmitry Marsh", False, "another name"),
    ("Marsh", "William Marsh", False, "no given name"),
]


@pytest.mark.parametrize(("written", "recorded", "meets", "because"), GIVEN, ids=[f"{case[0]}: {case[3]}" for case in GIVEN])
def test_forms_of_a_given_name_meet(written: str, recorded: str, meets: bool, because: str) -> None:
    assert bool(keys_of([parse(recorded)]).intersection(given_keys(parse(written)))) is meets, because


def test_forms_of_a_given_name_are_not_looked_for_twice() -> None:
    name = parse("Bill Marsh")
    assert not set(given_keys(name)) & set(close_keys(name))


SOUNDS = [
    ("習近平", "Xi Jinping", True, "one word in another alphabet"),
    ("毛泽东", "Mao Zedong", True, "the same of another name"),
    ("毛泽东", "Xi Jinping", False, "somebody else"),
    ("Робер Дюран", "Robert Durand", True, "ends that French does not speak"),
    ("Фан Мин", "Fang Ming", True, "n for ng"),
    ("Умберто Орлов", "Humberto Orlov", True, "a mute h"),
]


@pytest.mark.parametrize(("written", "recorded", "meets", "because"), SOUNDS, ids=[f"{case[0]}: {case[3]}" for case in SOUNDS])
def test_names_that_sound_alike_in_two_alphabets_meet(written: str, recorded: str, meets: bool, because: str) -> None:
    assert bool(keys_of([parse(recorded)]).intersection(sound_keys(parse(written)))) is meets, because


def test_a_part_respelt_meets_the_record_of_that_part() -> None:
    recorded = keys_of([parse("Dmitry Orlof")])
    assert not recorded.intersection(close_keys(parse("Dmitry Orlob")))
    assert recorded.intersection(respelt_keys(parse("Dmitry Orlob"), {"orlob": ["orlof"]}))
    assert recorded.intersection(respelt_keys(parse("D. Orlob"), {"orlob": ["orlof"]}))


def test_a_misspelt_given_name_meets_by_its_initial() -> None:
    assert keys_of([parse("D. Orlov")]).intersection(close_keys(parse("Dmtiry Orlov")))
    assert keys_of([parse("Dominik Orlov")]).intersection(respelt_keys(parse("Dmitry Orlov"), {}))


ONE_ERROR_APART = [
    ("kosak", "kosk", True, "a letter left out"),
    ("kosk", "kosak", True, "a letter put in"),
    ("kosak", "kosat", True, "another letter"),
    ("kosak", "koask", True, "two letters swapped"),
    ("kosak", "kotat", False, "two other letters"),
    ("li", "lu", False, "too short: another letter is another name"),
    ("li", "li", False, "too short for itself"),
]


@pytest.mark.parametrize(("one", "other", "meet", "because"), ONE_ERROR_APART, ids=[case[3] for case in ONE_ERROR_APART])
def test_words_one_typing_error_apart_meet(one: str, other: str, meet: bool, because: str) -> None:
    assert bool(respellings(one) & respellings(other)) is meet, because


CONSONANTS = [
    ("mohamed", "muhamad", "other vowels"),
    ("ahmed", "ehmad", "another vowel in front"),
    ("yusif", "yosef", "a vowel that changes"),
]


@pytest.mark.parametrize(("one", "other", "because"), CONSONANTS, ids=[case[2] for case in CONSONANTS])
def test_vowels_make_no_other_consonants(one: str, other: str, because: str) -> None:
    assert consonants(one) == consonants(other), because


def test_a_vowel_in_front_is_not_lost() -> None:
    assert consonants("amir") != consonants("mir")


names = st.lists(st.text("abcdeimnorstuvyzäжи", min_size=1, max_size=8), min_size=1, max_size=8).map(" ".join)


@given(names)
def test_every_name_meets_itself(text: str) -> None:
    name = parse(text)
    recorded = keys_of([name])
    assert whole_key(name) in recorded
    assert not name.is_full or whole_key(name) in close_keys(name)
    assert name.is_latin or not recorded.isdisjoint(sound_keys(name))


@given(names, names)
def test_a_person_has_the_keys_of_each_name(one: str, other: str) -> None:
    assert keys_of(map(parse, (one, other))) == keys_of([parse(one)]) | keys_of([parse(other)])


@given(st.text(max_size=30))
def test_any_text_has_keys_in_one_order_without_a_second_one(text: str) -> None:
    name = parse(text)
    for keys in (close_keys(name), given_keys(name), sound_keys(name), respelt_keys(name, {part: ["orlof"] for part in name.parts})):
        assert list(keys) == sorted(set(keys))


@given(st.text(max_size=5), st.text(max_size=5))
def test_a_pair_has_no_order(one: str, other: str) -> None:
    assert pair_key(one, other) == pair_key(other, one)
