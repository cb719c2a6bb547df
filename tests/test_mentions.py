"""Which names an article mentions, and what stands with them.

Most tests use a blank pipeline that finds the names which a row lists: what is tested is what is done with them.
"""

from functools import lru_cache
from typing import NamedTuple

import pytest
import spacy
from factory import document, sentences_only
from hypothesis import given
from hypothesis import strategies as st
from spacy.language import Language

from disambig.mentions import document_pass, find_mentions
from disambig.pipeline import load_model
from disambig.records import Article, Document, Entity


@lru_cache(maxsize=256)
def finds(people: tuple[str, ...], organisations: tuple[str, ...] = (), places: tuple[str, ...] = ()) -> Language:
    """A pipeline that finds just these names."""
    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    listed = [("PERSON", (*people, "Nobody in the text")), ("ORG", organisations), ("GPE", places)]
    patterns = [{"label": label, "pattern": name} for label, names in listed for name in names]
    nlp.add_pipe("entity_ruler").add_patterns(patterns)  # type: ignore[attr-defined]
    return nlp


def found(text: str, *people: str, organisations: tuple[str, ...] = (), places: tuple[str, ...] = ()) -> Document:
    return find_mentions(Article("a1", text), finds(people, organisations, places))


def texts(made: Document) -> list[str]:
    return [mention.text for mention in made.mentions]


# -- cleaning what spaCy finds


class Clean(NamedTuple):
    text: str
    person: str  # as spaCy finds it
    expected: list[str]
    because: str


CLEAN = [
    Clean("Ana Costa left.", "Ana Costa", ["Ana Costa"], "a name as it is"),
    Clean("President Ana Costa left.", "President Ana Costa", ["Ana Costa"], "a role before the name"),
    Clean("Gen. Ana Costa left.", "Gen. Ana Costa", ["Ana Costa"], "a rank before the name"),
    Clean("Mason Reis left.", "Mason Reis", ["Mason Reis"], "a given name that is an occupation too"),
    Clean("Mrs Costa left.", "Mrs Costa", ["Costa"], "a form of address before the name"),
    Clean("Ana Costa's hat", "Ana Costa's", ["Ana Costa"], "a possessive"),
    Clean("Ana Costa’s hat", "Ana Costa’s", ["Ana Costa"], "a curly possessive"),
    Clean("the Reis' hat", "Reis'", ["Reis"], "a possessive after an s"),
    Clean('by "Ana Costa" she meant', '"Ana Costa"', ["Ana Costa"], "quotation marks"),
    Clean("by “Ana Costa”, she meant", "“Ana Costa”,", ["Ana Costa"], "curly quotation marks and a comma"),
    Clean("Sammy Bell Jr. left", "Sammy Bell Jr.", ["Sammy Bell Jr."], "the full stop of a suffix stays"),
    Clean("Ana Costa\n\nRui Vale", "Ana Costa\n\nRui Vale", ["Ana Costa", "Rui Vale"], "an empty line parts two names"),
    Clean("said Ana\nCosta", "Ana\nCosta", ["Ana\nCosta"], "a wrapped line does not"),
    Clean("Then A. Costa left", "A. Costa", ["A. Costa"], "an initial is no article"),
    Clean("One Costa left", "One Costa", ["Costa"], "a small word at the start of a sentence"),
    Clean("Ludwig van der Berg left.", "Ludwig van der Berg", ["Ludwig van der Berg"], "particles inside"),
    Clean("said van der Berg", "van der Berg", ["van der Berg"], "particles before"),
    Clean("the mayor left", "mayor", [], "no capital letter, no name"),
    Clean("see 12", "12", [], "a number is no name"),
]


@pytest.mark.parametrize("case", CLEAN, ids=lambda case: case.because)
def test_a_found_name_is_cleaned(case: Clean) -> None:
    made = found(case.text, case.person)
    assert texts(made) == case.expected
    assert all(made.article.text[mention.start : mention.end] == mention.text for mention in made.mentions)


# -- the document pass


class Pass(NamedTuple):
    text: str
    people: tuple[str, ...]
    expected: list[str]
    because: str
    organisations: tuple[str, ...] = ()


PASSES = [
    Pass("Ana Costa spoke. Then Costa left.", ("Ana Costa",), ["Ana Costa", "Costa"], "the surname again"),
    Pass("Ana Costa spoke. Costa left.", ("Ana Costa",), ["Ana Costa", "Costa"], "at the start of a sentence"),
    Pass("Costa quits\n\nAna Costa spoke.", ("Ana Costa",), ["Costa", "Ana Costa"], "before the full name"),
    Pass("COSTA QUITS\n\nAna Costa spoke.", ("Ana Costa",), ["COSTA", "Ana Costa"], "in a headline of capitals"),
    Pass("Ana Costa spoke. Costa's hat fell.", ("Ana Costa",), ["Ana Costa", "Costa"], "with a possessive"),
    Pass("Ana Costa spoke. Nobody saw Ana Costa.", ("Ana Costa",), ["Ana Costa", "Ana Costa"], "the full name again is one mention"),
    Pass("Ana Costa spoke, and Ana left.", ("Ana Costa",), ["Ana Costa", "Ana"], "the given name after a lower-case word"),
    Pass("Zhao Minglun spoke. Then Zhao left.", ("Zhao Minglun",), ["Zhao Minglun", "Zhao"], "a family name that stands first"),
    Pass("Ana May spoke in May. Then May left.", ("Ana May",), ["Ana May"], "a surname that is a month, where nothing tells"),
    Pass("Jim Will spoke. Will he stay?", ("Jim Will",), ["Jim Will"], "a surname that is a word"),
    Pass("Ana Costa spoke at the costa.", ("Ana Costa",), ["Ana Costa"], "no capital letter"),
    Pass("Ana Costa spoke. Eva Costa left.", ("Ana Costa",), ["Ana Costa"], "a piece of another name"),
    Pass("Ana Costa spoke. The Costa Bank fell.", ("Ana Costa",), ["Ana Costa"], "a piece of an organisation", ("Costa Bank",)),
    Pass("Ana Costa spoke. Then Costa left.", ("Ana Costa",), ["Ana Costa", "Costa"], "taken for an organisation", ("Costa",)),
    Pass("Иван Орлов ушёл. Без Орлова скучно.", ("Иван Орлов",), ["Иван Орлов", "Орлова"], "in another grammatical case"),
    Pass("Ждали Ивана Орлова. Орлов пришёл.", ("Ивана Орлова",), ["Ивана Орлова", "Орлов"], "the nominative after another case"),
    Pass("Иван Орлов ушёл. Видели орлов.", ("Иван Орлов",), ["Иван Орлов"], "a word in small letters"),
    Pass("It fell. Costa rose.", (), [], "nobody is introduced"),
    Pass("Sammy Bell Jr. spoke. The Jr team left.", ("Sammy Bell Jr.",), ["Sammy Bell Jr."], "a suffix is no name"),
    Pass("Costas spoke. Ana Costa left.", ("Ana Costa",), ["Ana Costa"], "the beginning of another word"),
]


@pytest.mark.parametrize("case", PASSES, ids=lambda case: case.because)
def test_parts_of_an_introduced_name_are_found_everywhere(case: Pass) -> None:
    assert texts(found(case.text, *case.people, organisations=case.organisations)) == case.expected


def test_the_document_pass_leaves_an_article_without_people_alone() -> None:
    entity = Entity(0, 5, "Vento", "ORG")
    assert document_pass("Vento fell.", [], [entity]) == ([], [entity])


def test_an_organisation_that_is_a_person_is_no_entity_any_more() -> None:
    made = found("Ana Costa spoke. Then Costa left Vento.", "Ana Costa", organisations=("Costa", "Vento"))
    assert [entity.text for entity in made.entities] == ["Vento"]


def test_organisations_and_places_are_kept_apart() -> None:
    made = found("Ana Costa left Vento for Braga.", "Ana Costa", organisations=("Vento",), places=("Braga",))
    assert [(entity.text, entity.label) for entity in made.entities] == [("Vento", "ORG"), ("Braga", "LOC")]


# -- what stands with a name


class Beside(NamedTuple):
    text: str  # the first name in brackets is looked at
    title: str
    honorific: str
    because: str


BESIDE = [
    Beside("Mayor [Costa] left.", "Mayor", "Mayor", "a title before"),
    Beside("Then [Costa], the mayor, left.", "mayor", "", "a title after"),
    Beside("Mrs [Costa] left.", "", "Mrs", "a form of address"),
    Beside("Gen. [Costa] left.", "General", "Gen", "a rank with a full stop"),
    Beside("Dr. [Costa] left.", "", "Dr", "a form of address with a full stop"),
    Beside("The state's Lt. Gov. [Costa] left.", "Lieutenant Governor", "Gov", "an office of two shortened words"),
    Beside("[Rep. Ana Costa] left.", "Representative", "", "a title within a given span"),
    Beside("[Education Secretary Ana Costa] left.", "Education Secretary", "", "a title of two words within a given span"),
    Beside("[Dean Costa] left.", "", "", "a title that may be a given name"),
    Beside("The mayor, Mrs [Costa], left.", "mayor", "Mrs", "a title and a form of address"),
    Beside("[Costa]'s mayor left.", "", "", "somebody else's title"),
    Beside("He met [Costa].", "", "", "a verb"),
    Beside("Mayor Reis left. [Costa] stayed.", "", "", "the title of the sentence before"),
]


@pytest.mark.parametrize("case", BESIDE, ids=lambda case: case.because)
def test_titles_and_forms_of_address_stand_with_a_name(case: Beside) -> None:
    mention = document(case.text).mentions[0]
    assert mention.title == case.title
    assert mention.honorific == case.honorific


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ('By "[Costa]" he', True),
        ("By “[Costa]” he", True),
        ("By «[Costa]» he", True),
        ('By "[Costa] left" he', False),
        ("By [Costa] he", False),
    ],
)
def test_a_name_alone_in_quotation_marks_is_quoted(text: str, quoted: bool) -> None:
    assert document(text).mentions[0].quoted is quoted


OTHERS = [
    ("Another [Ana Costa] left.", True),
    ("She met a different [Ana Costa].", True),
    ("One [Tanaka] was prime minister.", True),
    ("It was a [Kostas] who answered.", True),
    ("An [Oduya] was there too.", True),
    ("His name is also [Ján].", True),
    ("He is likewise [Ján].", True),
    ("Not to be confused with [Costa], she left.", True),
    ("Her namesake, [Ana Costa], left.", True),
    ("A second [Costa] came.", True),
    ("A certain [Costa] came.", True),
    ("The other [Costa] came.", True),
    ("They knew the [Costa] who sings.", True),
    ("The tenor was [Costa] (no relation).", True),
    ("The tenor was [Costa], no relation, and he sang.", True),
    ("It is not to be confused with the tenor [Costa].", True),
    ("They knew the [Costa] whose hat fell.", True),
    ("They knew the [Costa] of old.", False),
    ("They knew [Costa], who sings.", False),
    ("They confused [Costa] with [Reis].", False),
    ("The second goal was [Costa]'s.", False),
    ("Nobody and [Costa] left.", False),
    ("[Ana Costa] left.", False),
    ("She met [Ana Costa].", False),
]


@pytest.mark.parametrize(("text", "another"), OTHERS)
def test_another_one_of_a_name_is_marked(text: str, another: bool) -> None:
    assert document(text).mentions[0].another is another


class Digest(NamedTuple):
    text: str
    expected: list[int]  # the story of each mention
    because: str


DIGESTS = [
    Digest("A DAY IN BRAGA\n\n[Costa] won.\n\nA DAY IN LISBON\n\n[Reis] lost.", [1, 2], "two headlines"),
    Digest("A DAY IN BRAGA\n[Costa] won.\nA DAY IN LISBON\n[Reis] lost.", [1, 2], "without empty lines"),
    Digest("[Vale] sums up.\n\nA DAY IN BRAGA\n\n[Costa] won.\n\nA DAY IN LISBON\n\n[Reis] lost.", [0, 1, 2], "words before the first"),
    Digest("[COSTA] WINS CUP\n\n[Costa] won.\n\n[REIS] LOSES CUP\n\n[Reis] lost.", [1, 1, 2, 2], "a headline belongs to its story"),
    Digest("ŽIŽKOV 2024: 3-1!\n\n[Costa] won.\n\nČESKÝ DEN\n\n[Reis] lost.", [1, 2], "letters with marks, numbers"),
    Digest("A DAY IN BRAGA\n\n[Costa] won.\n\n[Reis] lost.", [0, 0], "one headline makes no digest"),
    Digest("A day in Braga\n\n[Costa] won.\n\nA day in Lisbon\n\n[Reis] lost.", [0, 0], "headlines in lower case"),
    Digest("LISBON\n\n[Costa] won.\n\nBRAGA\n\n[Reis] lost.", [0, 0], "a word alone is a place or a cry"),
    Digest("* * * * * *\n\n[Costa] won.\n\n1999-2004 (3)\n\n[Reis] lost.", [0, 0], "lines without letters"),
]


@pytest.mark.parametrize("case", DIGESTS, ids=lambda case: case.because)
def test_lines_in_capitals_part_the_stories_of_a_digest(case: Digest) -> None:
    assert [mention.story for mention in document(case.text).mentions] == case.expected, case.because


def test_a_mention_knows_its_sentence() -> None:
    made = document("It rained. [Ana Costa] left. Nobody saw [Rui Vale].")
    assert [mention.sentence for mention in made.mentions] == [1, 2]
    assert made.sentence_text(made.mentions[1]) == "Nobody saw Rui Vale."


def test_a_pipeline_that_parts_no_sentences_gives_one() -> None:
    nlp = spacy.blank("en")
    made = find_mentions(Article("a1", "Ana Costa left. Nobody saw."), nlp, given=[(0, 9)])
    assert made.sentences == ((0, 27),)


@pytest.mark.parametrize("text", ["", " ", "\n\n"])
def test_an_empty_article_mentions_nobody(text: str) -> None:
    made = find_mentions(Article("a1", text), sentences_only())
    assert made.mentions == ()


# -- given spans and hints


def test_given_spans_stay_as_they_are_beside_what_is_found() -> None:
    made = find_mentions(Article("a1", "Mrs Ana Costa met Rui Vale."), finds(("Ana Costa", "Rui Vale")), given=[(0, 13)])
    assert texts(made) == ["Mrs Ana Costa", "Rui Vale"]


def test_a_given_span_is_no_entity() -> None:
    made = find_mentions(Article("a1", "Vento left."), finds((), ("Vento",)), given=[(0, 5)])
    assert texts(made) == ["Vento"]
    assert made.entities == ()


class Hint(NamedTuple):
    text: str
    expected: list[str]
    because: str
    people: tuple[str, ...] = ()
    organisations: tuple[str, ...] = ()


KNOWN = frozenset({"Ana Costa", "Ana Maria Costa", "Rui Vale"})
HINTS = [
    Hint("Ana Costa, again.", ["Ana Costa"], "at the start of a sentence"),
    Hint("They met Ana Costa.", ["Ana Costa"], "inside a sentence"),
    Hint("Then Ana Costa left.", ["Ana Costa"], "after another word with a capital"),
    Hint("Ana Maria Costa left.", ["Ana Maria Costa"], "the longest name"),
    Hint("They met Rui Vale. Ana Costa left.", ["Rui Vale", "Ana Costa"], "two of them, in order"),
    Hint("They met Ana Costa. Eva Costa left.", ["Ana Costa"], "a namesake whom nobody knows"),
    Hint("Costa left.", [], "a surname alone"),
    Hint("ana costa left.", [], "without capitals"),
    Hint("Ana, Costa and Reis left.", [], "a comma between"),
    Hint("Ana Costa met Rui Vale.", ["Ana Costa", "Rui Vale"], "beside a name that spaCy found", ("Rui Vale",)),
    Hint("Ana Costa Lima left.", ["Ana Costa Lima"], "inside a name that spaCy found", ("Ana Costa Lima",)),
    Hint("Then the Ana Costa Foundation fell.", [], "inside an organisation's name", (), ("Ana Costa Foundation",)),
]


@pytest.mark.parametrize("case", HINTS, ids=lambda case: case.because)
def test_a_known_full_name_is_found_where_spacy_sees_nothing(case: Hint) -> None:
    made = find_mentions(Article("a1", case.text), finds(case.people, case.organisations), is_known=KNOWN.__contains__)
    assert texts(made) == case.expected, case.because


def test_without_hints_only_what_spacy_finds_is_a_mention() -> None:
    assert texts(found("Then Ana Costa left.")) == []


# -- in Cyrillic letters


class Cyrillic(NamedTuple):
    text: str
    expected: list[str]
    because: str
    organisations: tuple[str, ...] = ()


SURNAMES = frozenset({"Орлов", "Орлова", "Орлову", "Козак"})
CYRILLIC = [
    Cyrillic("Ушёл Иван Орлов.", ["Иван Орлов"], "a full name that spaCy does not see"),
    Cyrillic("Ушёл Иван Орлов. Орлова ждут. Верят Орлову.", ["Иван Орлов", "Орлова", "Орлову"], "then its surname in every case"),
    Cyrillic("Ушёл Иван Орлов.", ["Иван Орлов"], "one of which spaCy made something else", organisations=("Орлов",)),
    Cyrillic("К ним вышел министр Орлов.", ["Орлов"], "a surname behind a role"),
    Cyrillic("Это не так, сказал Орлов.", ["Орлов"], "a surname next to a verb of the past"),
    Cyrillic("Это не так, сказал Орлов. Ждут Орлова.", ["Орлов", "Орлова"], "and wherever it stands again"),
    Cyrillic("Это не так, сказал Козак.", ["Козак"], "a surname that is a word, too"),
    Cyrillic("Орлов также вчера сказал, что придёт.", ["Орлов"], "a verb that stands a word or two behind"),
    Cyrillic("Идут в Орлов.", [], "a surname that nothing shows to be one"),
    Cyrillic("К ним вышел министр Павлов.", [], "a surname that nobody has whom the KB holds"),
]


@pytest.mark.parametrize("case", CYRILLIC, ids=lambda case: case.because)
def test_names_in_cyrillic_letters_are_found(case: Cyrillic) -> None:
    made = find_mentions(Article("a1", case.text), finds((), case.organisations), is_surname=SURNAMES.__contains__)
    assert texts(made) == case.expected


def test_a_pipeline_for_the_language_is_left_to_find_the_names() -> None:
    nlp = spacy.blank("ru")
    assert texts(find_mentions(Article("a1", "Ушёл Иван Орлов."), nlp)) == []


def test_role_words_in_cyrillic_letters_are_told_in_english() -> None:
    made = find_mentions(Article("a1", "Ушёл министр обороны Украины Иван Орлов."), finds(()))
    assert [mention.title for mention in made.mentions] == ["defence minister Ukraine"]


def test_a_paragraph_in_another_alphabet_is_no_headline() -> None:
    made = find_mentions(Article("a1", "Ушёл Иван Орлов.\n\nОрлова ждут.\n\nЖдут."), finds(()))
    assert {mention.story for mention in made.mentions} == {0}


# -- whatever the text

WORDS = st.sampled_from(
    [
        "Ana Costa",
        "Costa",
        "COSTA",
        "Ana",
        "Mrs",
        "mayor",
        "Mayor",
        "'s",
        "’s",
        ".",
        ",",
        "\n\n",
        '"',
        "May",
        "in",
        "the",
        "Vento",
        "Jr.",
        "-",
    ]
)


@given(st.lists(WORDS, max_size=25))
def test_mentions_come_in_order_do_not_overlap_and_are_the_text(words: list[str]) -> None:
    made = found(" ".join(words), "Ana Costa", "Mrs Costa", "Ana", organisations=("Vento", "Costa"))
    assert all(made.article.text[mention.start : mention.end] == mention.text for mention in made.mentions)
    assert all(one.end <= other.start for one, other in zip(made.mentions, made.mentions[1:], strict=False))
    assert all(mention.text == mention.text.strip() for mention in made.mentions)
    assert all(0 <= mention.sentence < len(made.sentences) for mention in made.mentions)


# -- the shipped model


@pytest.fixture(scope="module")
def shipped() -> Language:
    return load_model()


NEWS = [
    ("Trade minister Ana Costa met Rui Vale in Lisbon on Friday. Costa declined to comment.", {"Ana Costa", "Rui Vale", "Costa"}),
    ("Mr Oduya told reporters that Ms Lindqvist had resigned.", {"Oduya", "Lindqvist"}),
    ("The company said profits rose in May.", set()),
]


@pytest.mark.model
@pytest.mark.parametrize(("text", "expected"), NEWS)
def test_the_shipped_model_finds_people(shipped: Language, text: str, expected: set[str]) -> None:
    assert set(texts(find_mentions(Article("a1", text), shipped))) == expected


@pytest.mark.model
def test_the_shipped_model_parts_sentences_and_finds_places(shipped: Language) -> None:
    made = find_mentions(Article("a1", "Ana Costa flew to Lisbon. She left again."), shipped)
    assert len(made.sentences) == 2
    assert ("Lisbon", "LOC") in {(entity.text, entity.label) for entity in made.entities}
