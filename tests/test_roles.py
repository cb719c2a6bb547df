"""Roles: the words that stand with a name, and the fields of life that they belong to."""

from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from disambig.roles import about, fields_of, is_role, is_title_word, role_phrase_after, role_phrase_before, topics_of
from disambig.words import words_in


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
    Case("Former trade minister ", "Former trade minister", "a capital at the start of the sentence"),
    Case("Acting mayor ", "Acting mayor", "another modifier there"),
    Case("Late President ", "Late President", "and another"),
    Case("On Friday former mayor ", "former mayor", "a day before it"),
    Case("the former mayor of Lisbon, ", "former mayor of Lisbon", "with the place, a comma between"),
    Case("Prime\nMinister ", "Prime Minister", "a line end inside"),
    Case("Ex-president ", "Ex-president", "with a hyphen"),
    Case("the ex-minister ", "ex-minister", "in lower case"),
    Case("The next president is ", "next president", "a predicate that comes first"),
    Case("The minister of infrastructure and transport is ", "minister of infrastructure and transport", "with all its words"),
    Case("The new coach will be ", "new coach", "in the future"),
    Case("Its first chairwoman was ", "first chairwoman", "in the past"),
    Case("The mayor remains ", "mayor", "still in office"),
    Case("The reason is ", "", "a predicate without a role"),
    Case("The judge's son is ", "", "the son of a role"),
    Case("The bank where the judge worked is ", "", "a role that comes too late"),
    Case("", "", "nothing"),
    Case("He met ", "", "a verb"),
    Case("The coach praised ", "", "a verb between"),
    Case("A judge told ", "", "a verb between, and a person without a name"),
    Case("the minister's son ", "", "whose son is not who"),
    Case("the mayor's wife, ", "", "nor whose wife"),
    Case("Ukraine's ", "", "a possessive without a role"),
    Case("Minister Ana Costa and ", "", "the title of the one named before"),
    Case("A coach and ", "", "somebody else, without a name"),
    Case("a spokesman for ", "", "who speaks for somebody"),
    Case("a lawyer for ", "", "who works for somebody"),
    Case("after a dispute with the farmers, ", "", "several are no one"),
    Case("Ana Reis, Dean Costa, ", "", "a given name that is a role too"),
]


@pytest.mark.parametrize("case", BEFORE, ids=lambda case: repr(case.text))
def test_role_words_before_a_name(case: Case) -> None:
    assert role_phrase_before(case.text) == case.expected, case.because


AFTER = [
    Case(" the lawyer died in 2014.", "lawyer", "nothing but an article between"),
    Case(" the former mayor said", "former mayor", "with what modifies the role"),
    Case(" the storekeeper left", "storekeeper", "an occupation by its ending"),
    Case(" the lawyer's son left", "", "the role of somebody else"),
    Case(" the prize that the mayor gave", "", "no role after the article"),
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
    Case(", 45, the mayor of Braga, said", "mayor of Braga", "after an age"),
    Case(", 45, a judge, left", "judge", "after an age, with an indefinite article"),
    Case(", mayor of Braga from 1990 to 1994, said", "mayor of Braga from 1990 to 1994", "years are kept"),
    Case(", secretary of the National\nSecurity Council, said", "secretary of the National Security Council", "a line end inside"),
    Case(", the ex-minister, said", "ex-minister", "with a hyphen"),
    Case("", "", "nothing"),
    Case(" left", "", "a verb"),
    Case(", 45, said", "", "an age"),
    Case(" said the mayor was ill", "", "what is said of somebody else"),
    Case(" was ill when the minister came", "", "somebody else, later in the sentence"),
    Case(", whose father was a judge, left", "", "the father's role"),
    Case(", accompanied by the mayor, left", "", "the companion's role"),
    Case(" is not a judge", "", "a negation"),
    Case(" was no minister", "", "another negation"),
    Case(", according to the mayor, left", "", "the source"),
    Case(", unlike the judge, left", "", "a comparison"),
    Case(", but the judge refused", "", "the next clause"),
    Case(", and the mayor, Ana Reis, left", "", "the next person"),
    Case(", who met the mayor, said", "", "whom somebody met"),
    Case(", not the mayor, left", "", "who it is not"),
    Case(", a judge's son, left", "", "the son of a role"),
    Case(", the prime minister's wife, left", "", "the wife of a role"),
    Case(", said the mayor", "", "the speaker"),
    Case(", Dean Reis, left", "", "the next of several names"),
    Case(", Chairman Emeritus, left", "Chairman Emeritus", "a role with a word behind it"),
    Case(" is counting on it", "", "a verb that looks like a role"),
]


@pytest.mark.parametrize("case", AFTER, ids=lambda case: repr(case.text))
def test_role_words_after_a_name(case: Case) -> None:
    assert role_phrase_after(case.text) == case.expected, case.because


class Fields(NamedTuple):
    text: str
    expected: set[str]
    because: str


FIELDS = [
    Fields("a Croatian striker", {"football"}, "a role of one field"),
    Fields("judges", {"law"}, "the plural"),
    Fields("the chief justice", {"law"}, "two words"),
    Fields("an investigative journalist", {"media"}, "the longest phrase"),
    Fields("a film director", {"film"}, "not any director"),
    Fields("a table tennis player", {"table tennis"}, "not of tennis"),
    Fields("American football", {"american football"}, "the name of a sport"),
    Fields("a passer-by", set(), "no role"),
]


@pytest.mark.parametrize("case", FIELDS, ids=lambda case: repr(case.text))
def test_roles_belong_to_fields_of_life(case: Fields) -> None:
    assert fields_of(case.text) == case.expected, case.because


ABOUT = [
    Fields("The goalkeeper saved a penalty, the striker hit the crossbar, the defender was booked.", {"football"}, "a match"),
    Fields("The court heard the plaintiff, the jury reached a verdict, the judge passed the sentence.", {"law"}, "a trial"),
    Fields("The goalkeeper went home.", set(), "one word is too little"),
    Fields("A wicket fell in the cricket.", {"cricket"}, "the name of a sport counts twice"),
    Fields("He watched the cricket.", set(), "but says too little alone"),
    Fields("", set(), "nothing"),
]


@pytest.mark.parametrize("case", ABOUT, ids=lambda case: repr(case.text))
def test_an_article_is_about_fields_of_life(case: Fields) -> None:
    assert about(words_in(case.text)) == case.expected, case.because


def test_topic_words_are_counted_by_field() -> None:
    assert topics_of(["goalkeeper", "penalty"])["football"] >= 1
    assert topics_of([]) == {}


def test_topics_of_several_words_stand_next_to_each_other() -> None:
    assert "football" in topics_of("two free kicks".split())
    assert topics_of("kicks are free".split()) == {}


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("minister", True),
        ("ministers", True),
        ("Chief of Staff", True),
        ("ex-minister", True),
        ("Ex-president", True),
        ("house", False),
        ("", False),
    ],
)
def test_a_role_is_known_in_singular_and_plural(word: str, expected: bool) -> None:
    assert is_role(word) is expected


@pytest.mark.parametrize(("word", "expected"), [("President", True), ("Mrs.", True), ("Gen.", True), ("Costa", False)])
def test_titles_are_trimmed_off_a_name(word: str, expected: bool) -> None:
    assert is_title_word(word) is expected


TEXTS = st.text(alphabet=st.characters(codec="utf-8"), max_size=80)


@given(TEXTS)
def test_any_text_can_be_read(text: str) -> None:
    for words in (role_phrase_before(text), role_phrase_after(text)):
        assert words == words.strip()
    assert about(set(words_in(text))) >= set() <= fields_of(text)
