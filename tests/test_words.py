"""Role words, countries, fields of life, gender words and stems."""

from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from disambig.places import countries_in
from disambig.roles import about, fields_of, is_role, is_title_word, role_phrase_after, role_phrase_before, topics_of
from disambig.words import content_stems, gender_words, is_common_word, stem


class Case(NamedTuple):
    text: str
    expected: str
    because: str


BEFORE = [
    Case("Mayor ", "Mayor", "a title"),
    Case("said Prime Minister ", "Prime Minister", "two words, a verb before them"),
    Case(
        "said Deputy Chief of Staff of the Velian Presidential Administration ",
        "Deputy Chief of Staff of the Velian Presidential Administration",
        "a whole office",
    ),
    Case("her lawyer ", "lawyer", "a possessive pronoun"),
    Case("the club's coach, Mr ", "coach", "a form of address between"),
    Case("the minister, ", "minister", "a comma between"),
    Case("said the late judge ", "late judge", "a modifier"),
    Case("the 45-year-old striker ", "45-year-old striker", "an age"),
    Case("the US secretary of state, ", "US secretary of state", "a country in the title"),
    Case("of the court. Judge ", "Judge", "the sentence before is left out"),
    Case("Goalkeeper Rui Vale and defender ", "defender", "the other man's title is left out"),
    Case("opposition leader and former mayor ", "former mayor", "the nearest of two titles"),
    Case("MAYOR ", "MAYOR", "a headline in capitals"),
    Case("the bank's chief economist ", "chief economist", "after a possessive"),
    Case("", "", "nothing"),
    Case("He met ", "", "a verb"),
    Case("The coach praised ", "", "a verb between"),
    Case("A judge told ", "", "a verb between, and a person without a name"),
    Case("the minister's son ", "", "whose son is not who"),
    Case("the mayor's wife, ", "", "nor whose wife"),
    Case("Ukraine's ", "", "a possessive without a role"),
]


@pytest.mark.parametrize("case", BEFORE, ids=lambda case: repr(case.text))
def test_role_words_before_a_name(case: Case) -> None:
    assert role_phrase_before(case.text) == case.expected, case.because


AFTER = [
    Case(", the mayor, said", "mayor", "an apposition"),
    Case(", mayor of Braga, said", "mayor of Braga", "with a place"),
    Case(", who was a judge, left", "judge", "a relative clause"),
    Case(", then a young striker, left", "young striker", "with an adverb of time"),
    Case(", now the mayor, left", "mayor", "another one"),
    Case(", one of the judges, left", "one of the judges", "one of several"),
    Case(" (mayor of Braga) said", "mayor of Braga", "in parentheses"),
    Case(" – a retired judge – said", "retired judge", "between dashes"),
    Case(" was the mayor", "mayor", "a sentence"),
    Case(" is a judge.", "judge", "a sentence in the present"),
    Case(" has been a judge since", "judge", "a sentence in the perfect"),
    Case(" became prime minister in 2001", "prime minister in 2001", "a year is kept"),
    Case(", a spokesman for the mayor, said", "spokesman for the mayor", "the first role is the person's"),
    Case("", "", "nothing"),
    Case(" left", "", "a verb"),
    Case(", 45, said", "", "an age"),
    Case(" said the mayor was ill", "", "what is said of somebody else"),
    Case(" was ill when the minister came", "", "somebody else, later in the sentence"),
    Case(", whose father was a judge, left", "", "the father's role"),
    Case(", accompanied by the mayor, left", "", "the companion's role"),
    Case(" is not a judge", "", "a negation"),
    Case(" was no minister", "", "another negation"),
]


@pytest.mark.parametrize("case", AFTER, ids=lambda case: repr(case.text))
def test_role_words_after_a_name(case: Case) -> None:
    assert role_phrase_after(case.text) == case.expected, case.because


class Places(NamedTuple):
    text: str
    expected: tuple[str, ...]
    because: str


PLACES = [
    Places("Portugal", ("Portugal",), "the name"),
    Places("Portuguese wine", ("Portugal",), "the adjective"),
    Places("the Danes", ("Denmark",), "the people"),
    Places("in Kyiv", ("Ukraine",), "the capital"),
    Places("the Kremlin said", ("Russia",), "a metonym"),
    Places("Britain’s and Norway's", ("Norway", "United Kingdom"), "possessives, sorted"),
    Places("the US said", ("United States",), "capitals alone"),
    Places("the U.S. and the U.K.", ("United Kingdom", "United States"), "with full stops"),
    Places("IRAN SAYS NO", ("Iran",), "a headline"),
    Places("South Sudan", ("South Sudan",), "the longest phrase"),
    Places("Northern Ireland", ("Northern Ireland",), "the longest phrase"),
    Places("Niger and Nigeria", ("Niger", "Nigeria"), "two that begin alike"),
    Places("Portugal beat Portugal", ("Portugal",), "once each"),
    Places("tell us", (), "a pronoun is no country"),
    Places("turkey and chile", (), "nor is food"),
    Places("", (), "nothing"),
]


@pytest.mark.parametrize("case", PLACES, ids=lambda case: repr(case.text))
def test_countries_are_known_by_name_people_and_places(case: Places) -> None:
    assert countries_in(case.text) == case.expected, case.because


class Fields(NamedTuple):
    text: str
    expected: set[str]
    because: str


FIELDS = [
    Fields("a Croatian striker", {"football"}, "a role of one field"),
    Fields("judges", {"law"}, "the plural"),
    Fields("the chief justice", {"law"}, "two words"),
    Fields("an investigative journalist", {"media"}, "the longest phrase"),
    Fields("a passer-by", set(), "no role"),
]


@pytest.mark.parametrize("case", FIELDS, ids=lambda case: repr(case.text))
def test_roles_belong_to_fields_of_life(case: Fields) -> None:
    assert fields_of(case.text) == case.expected, case.because


ABOUT = [
    Fields("The goalkeeper saved a penalty, the striker hit the crossbar, the defender was booked.", {"football"}, "a match"),
    Fields("The court heard the plaintiff, the jury reached a verdict, the judge passed the sentence.", {"law"}, "a trial"),
    Fields("The goalkeeper went home.", set(), "one word is too little"),
    Fields("", set(), "nothing"),
]


@pytest.mark.parametrize("case", ABOUT, ids=lambda case: repr(case.text))
def test_an_article_is_about_fields_of_life(case: Fields) -> None:
    assert about(case.text) == case.expected, case.because


def test_topic_words_are_counted_by_field() -> None:
    assert topics_of(["goalkeeper", "penalty"])["football"] >= 1
    assert topics_of([]) == {}


@pytest.mark.parametrize(
    ("word", "expected"), [("minister", True), ("ministers", True), ("Chief of Staff", True), ("house", False), ("", False)]
)
def test_a_role_is_known_in_singular_and_plural(word: str, expected: bool) -> None:
    assert is_role(word) is expected


@pytest.mark.parametrize(
    ("text", "expected"), [("He met her husband himself", (2, 1)), ("They came", (0, 0)), ("SHE", (0, 1)), ("", (0, 0))]
)
def test_pronouns_are_counted_by_gender(text: str, expected: tuple[int, int]) -> None:
    assert gender_words(text) == expected


@pytest.mark.parametrize(("word", "expected"), [("President", True), ("Mrs.", True), ("Gen.", True), ("Costa", False)])
def test_titles_are_trimmed_off_a_name(word: str, expected: bool) -> None:
    assert is_title_word(word) is expected


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


TEXTS = st.text(alphabet=st.characters(codec="utf-8"), max_size=80)


@given(TEXTS)
def test_any_text_can_be_read(text: str) -> None:
    for words in (role_phrase_before(text), role_phrase_after(text)):
        assert words == words.strip()
    assert list(countries_in(text)) == sorted(set(countries_in(text)))
    assert about(text) >= set() <= fields_of(text)
