"""The components of the shipped pipeline: sentences, windows, tags, and the recogniser itself."""

import pickle
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc

import disambig
from disambig.errors import ConfigError
from disambig.ner import CONTEXTS, SHAPES, TAGS, best_tags, may_be_named, sentence_starts, shapes, windows

MODEL = next(iter(disambig.__path__)) + "/model"


@dataclass(frozen=True)
class Case:
    text: str
    expected: list[str]
    because: str


SENTENCES = [
    Case("He left. She stayed.", ["He left.", "She stayed."], "a full stop ends a sentence"),
    Case("Why? Nobody knows! Really.", ["Why?", "Nobody knows!", "Really."], "so do the other marks"),
    Case("Gen. Wafula spoke. He left.", ["Gen. Wafula spoke.", "He left."], "a title stands before a name"),
    Case("Lt. Gen. D. Brel met Col. J.R. Oduya.", ["Lt. Gen. D. Brel met Col. J.R. Oduya."], "so do initials, however spaCy parts them"),
    Case("The U.S. Senate voted.", ["The U.S. Senate voted."], "an abbreviation within a name"),
    Case("He moved to the U.S. The senate voted.", ["He moved to the U.S.", "The senate voted."], "an abbreviation at the end"),
    Case("It fell on Sept. 3 in Lome.", ["It fell on Sept. 3 in Lome."], "a month stands before its day"),
    Case("He joined Brel Inc. in May.", ["He joined Brel Inc. in May."], "small letters start no sentence"),
    Case("They met at 5 p.m. Monday.", ["They met at 5 p.m. Monday."], "a weekday after the hour"),
    Case("They met at 5 p.m. They left.", ["They met at 5 p.m.", "They left."], "a pronoun after the hour"),
    Case('"I am out." He left.', ['"I am out."', "He left."], "the closing quotation mark belongs to its sentence"),
    Case("“I am out.” “So am I.”", ["“I am out.”", "“So am I.”"], "curly ones too"),
    Case('"Why?" asked Oduya. "Why not?"', ['"Why?" asked Oduya.', '"Why not?"'], "the speaker belongs to the question"),
    Case("(He left.) She stayed.", ["(He left.)", "She stayed."], "brackets close like quotation marks"),
    Case("Brel to resign\n\nHe said so.", ["Brel to resign", "He said so."], "a headline has no full stop"),
    Case("Brel to resign\nHe said so.", ["Brel to resign", "He said so."], "a line end is enough"),
    Case(
        "the plan that\nhe brought\nto the capital", ["the plan that\nhe brought\nto the capital"], "wrapped lines go on in small letters"
    ),
    Case("He said . The end .", ["He said .", "The end ."], "words joined by blanks"),
    Case('" I am out . " He left .', ['" I am out . "', "He left ."], "quotation marks joined by blanks, told apart by counting"),
    Case("he left. she stayed.", ["he left.", "she stayed."], "a text without capitals"),
    Case("No stop at all", ["No stop at all"], "no sentence end at all"),
    Case("It rose 3.5 percent. Wages fell.", ["It rose 3.5 percent.", "Wages fell."], "a decimal point ends nothing"),
    Case("So ... he left. Then … She came.", ["So ... he left.", "Then …", "She came."], "three dots may end a sentence"),
]


@pytest.mark.parametrize("case", SENTENCES, ids=lambda case: case.because)
def test_sentences_end_where_a_reader_says(case: Case) -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("disambig_sentences")
    assert [sentence.text.strip() for sentence in nlp(case.text).sents] == case.expected


def test_the_first_word_starts_a_sentence_even_if_it_is_white_space() -> None:
    assert sentence_starts(["\n", "He", "left", "."])[0]


def test_no_words_have_no_sentences() -> None:
    assert sentence_starts([]) == []


@given(st.lists(st.integers(1, 12), max_size=60), st.data())
def test_each_word_is_taken_from_one_window_and_each_window_has_room(lengths: list[int], data: st.DataObject) -> None:
    starts = [i == 0 or data.draw(st.booleans()) for i in range(len(lengths))]
    taken: list[int] = []
    for begin, end, first, last in windows(lengths, starts, room=25):
        assert begin <= first <= last <= end
        assert sum(lengths[begin:end]) <= 25
        taken += range(first, last)
    assert taken == list(range(len(lengths)))


def test_a_window_ends_with_a_sentence_where_it_can() -> None:
    starts = [True, False, False, True, False, True, False]
    assert list(windows([1] * 7, starts, room=5)) == [(0, 5, 0, 5), (5, 7, 5, 7)]


@given(st.lists(st.lists(st.floats(-5, 5), min_size=len(TAGS), max_size=len(TAGS)), min_size=1, max_size=12), st.data())
def test_tags_always_make_whole_names(rows: list[list[float]], data: st.DataObject) -> None:
    cuts = np.array([data.draw(st.booleans()) for _ in rows])
    tags = [TAGS[tag] for tag in best_tags(np.array(rows, dtype=np.float32), cuts)]
    before = "O"
    for tag, cut in zip([*tags, "O"], [*cuts, True], strict=True):
        inside = before[0] in "BI"
        assert inside == (tag[0] in "IE")
        assert not (inside and (cut or before[2:] != tag[2:]))
        before = tag


def test_a_broken_name_is_mended_by_the_next_best_tag() -> None:
    scores = np.zeros((2, len(TAGS)), dtype=np.float32)
    scores[0, TAGS.index("B-PERSON")] = 2
    scores[1, TAGS.index("E-ORG")] = 1.5
    scores[1, TAGS.index("E-PERSON")] = 1
    assert [TAGS[tag] for tag in best_tags(scores, np.zeros(2, dtype=np.bool_))] == ["B-PERSON", "E-PERSON"]


def test_words_are_told_apart_by_their_letter_case() -> None:
    words = "says Brel McBrel al-Brel BREL B. 12 b2b , 李 co-op".split()
    assert len(set(shapes(words, [True] + [False] * 10, {}) % SHAPES)) == len(words)


def test_a_sentence_in_capitals_is_told_apart() -> None:
    loud, normal = shapes(["BREL", "LEAVES", "BREL", "leaves"], [True, False, True, False], {})[::2]
    assert loud // SHAPES != normal // SHAPES
    assert max(loud, normal) < SHAPES * CONTEXTS


def test_words_far_from_any_capital_are_not_looked_at() -> None:
    words = "it was late when old Brel of the north left the room again".split()
    looked = may_be_named(shapes(words, [True] + [False] * 12, {}), [True] + [False] * 12)
    assert [word for word, look in zip(words, looked, strict=True) if look] == ["old", "Brel", "of", "the"]


def test_a_sentence_without_capitals_is_looked_at_whole() -> None:
    words = "brel left".split()
    assert may_be_named(shapes(words, [True, False], {}), [True, False]).all()


def test_a_pipeline_that_was_not_loaded_says_so() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("disambig_sentences")
    nlp.add_pipe("disambig_ner")
    with pytest.raises(ConfigError, match=r"not loaded; load the whole pipeline: spacy\.load"):
        nlp("Brel left.")


def test_a_folder_without_the_model_says_which_file_is_missing(tmp_path: Path) -> None:
    nlp = spacy.blank("en")
    with pytest.raises(ConfigError, match=r"'model.onnx' is missing; expected the folder of a names model"):
        nlp.add_pipe("disambig_ner").from_disk(tmp_path)


# -- with the shipped model --------------------------------------------------------------------------------------------------------

ARTICLE = (
    "Brel to testify\n\nLUSAKA (Reuters) - Deputy Chief of Staff Tomasz Brel met Wanjiru Oduya in Lusaka on Tuesday, the Foreign "
    "Ministry said. “Mr. Brel was tired,” said Oduya, who chairs the Harvest Union Party. Abu Salim al-Haddani, a lawyer, was there too.\n"
)


@pytest.fixture(scope="module")
def nlp() -> Language:
    return spacy.load(MODEL)


def names(doc: Doc) -> list[tuple[int, int, str, str]]:
    return [(span.start_char, span.end_char, span.label_, span.text) for span in doc.ents]


@pytest.mark.model
def test_people_organisations_and_places_are_found(nlp: Language) -> None:
    found = {(label, text) for _, _, label, text in names(nlp(ARTICLE))}
    assert {("PERSON", "Tomasz Brel"), ("PERSON", "Wanjiru Oduya"), ("PERSON", "Brel"), ("PERSON", "Oduya")} <= found
    assert {("LOC", "Lusaka"), ("ORG", "Foreign Ministry"), ("ORG", "Harvest Union Party")} <= found


@pytest.mark.model
def test_what_was_written_to_disk_finds_the_same(nlp: Language, tmp_path: Path) -> None:
    nlp.to_disk(tmp_path)
    assert names(spacy.load(tmp_path)(ARTICLE)) == names(nlp(ARTICLE))


@pytest.mark.model
def test_bytes_and_pickles_find_the_same(nlp: Language) -> None:
    copy = spacy.blank("en")
    copy.add_pipe("disambig_sentences", name="sentences")
    copy.add_pipe("disambig_ner", name="ner")
    copy.from_bytes(nlp.to_bytes())
    assert names(copy(ARTICLE)) == names(nlp(ARTICLE))
    assert pickle.loads(pickle.dumps(nlp.get_pipe("ner"))).to_bytes() == nlp.get_pipe("ner").to_bytes()  # noqa: S301 (our own)


@pytest.mark.model
def test_an_article_does_not_depend_on_its_neighbours_or_the_batch(nlp: Language) -> None:
    texts = [ARTICLE, ARTICLE * 3, "Who is Brel?", "", "BREL LEAVES"]
    alone = [names(nlp(text)) for text in texts]
    for size in (1, 2, 5):
        assert [names(doc) for doc in nlp.pipe(texts, batch_size=size)] == alone
    assert [names(doc) for doc in nlp.pipe(reversed(texts))] == alone[::-1]


@pytest.mark.model
@pytest.mark.filterwarnings("ignore:This process .* is multi-threaded, use of fork:DeprecationWarning")
def test_an_article_does_not_depend_on_the_number_of_processes(nlp: Language) -> None:
    texts = [ARTICLE, "Who is Brel?", ARTICLE * 2, "Nothing."]
    assert [names(doc) for doc in nlp.pipe(texts, n_process=2, batch_size=1)] == [names(nlp(text)) for text in texts]


@pytest.mark.model
def test_a_memory_of_words_that_is_full_changes_nothing(nlp: Language, monkeypatch: pytest.MonkeyPatch) -> None:
    expected = names(nlp(ARTICLE))
    monkeypatch.setattr("disambig.ner._MOST_REMEMBERED", 3)
    assert [names(nlp(ARTICLE)) for _ in range(2)] == [expected, expected]


@pytest.mark.model
def test_a_long_article_loses_and_doubles_nothing_at_the_seams(nlp: Language) -> None:
    """The same paragraph again and again: each copy has its names, wherever the windows end."""
    paragraph = "President Tomasz Brel met Wanjiru Oduya in Lusaka.\n\n"
    found = names(nlp(paragraph * 60))
    people = [(start % len(paragraph), text) for start, _, label, text in found if label == "PERSON"]
    assert people == [(10, "Tomasz Brel"), (26, "Wanjiru Oduya")] * 60


@pytest.mark.model
def test_a_sentence_without_end_is_read_in_windows_that_overlap(nlp: Language) -> None:
    text = "and then Tomasz Brel met Wanjiru Oduya " * 60
    people = [text for _, _, label, text in names(nlp(text)) if label == "PERSON"]
    assert people.count("Tomasz Brel") == people.count("Wanjiru Oduya") == 60


@pytest.mark.model
@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "\n\n\t \n",
        ".",
        "\x00\x01\x02",
        "Brel\x00\x07 left",
        "a" * 100_000,
        "A-" * 20_000,
        "…" * 5000,
        "\u200b\u200d",
        "🙂 " * 500,
        "李明 来了",
    ],
    ids=[
        "empty",
        "blank",
        "white space",
        "a dot",
        "control characters",
        "control characters in text",
        "a long word",
        "a long hyphenation",
        "dots",
        "invisible characters",
        "pictures",
        "another script",
    ],
)
def test_odd_texts_do_not_break_it(nlp: Language, text: str) -> None:
    doc = nlp(text)
    assert doc.text == text
    assert all(span.text.strip() for span in doc.ents)


@pytest.mark.model
def test_a_name_does_not_go_over_a_line_end(nlp: Language) -> None:
    assert not any("\n" in text for *_, text in names(nlp("Photo: Tomasz Brel\nWanjiru Oduya\nAna Costa\n" * 20)))
