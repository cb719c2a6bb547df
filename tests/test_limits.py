"""What is too much is refused with a line, and texts made to mislead take about as long as others of their length."""

import time
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from contextlib import nullcontext
from pathlib import Path
from types import SimpleNamespace

import pytest
from factory import sentences_only

from disambig.errors import CorpusError, RunError
from disambig.kb.store import KnowledgeBase
from disambig.mentions import _LONGEST_SENTENCE, find_mentions
from disambig.pipeline import resolve, resolve_article
from disambig.records import Article, Rejected
from disambig.settings import Settings

PEOPLE = Path(__file__).parents[1] / "corpus" / "people.jsonl"
MANY = Article("a2", "Taras Kozak said no. " * 3)


@pytest.fixture(scope="module")
def kb() -> KnowledgeBase:
    return KnowledgeBase.open(PEOPLE, reject=lambda _: None)


# -- mentions and characters


@pytest.mark.parametrize("workers", [1, 2])
def test_an_article_of_too_many_mentions_is_refused_in_its_place(kb: KnowledgeBase, rejected: list[Rejected], workers: int) -> None:
    articles = [Article("a1", "Taras Kozak said no."), MANY, Article("a3", "Taras Kozak said no.")]
    tools = {"kb": kb, "nlp": sentences_only(), "settings": Settings(max_article_mentions=2), "workers": workers}
    found = list(resolve(articles, refuse=rejected.append, **tools))  # type: ignore[arg-type]
    assert [len(decisions) for decisions in found] == [1, 0, 1]
    assert rejected == [Rejected("article 'a2'", "3 mentions; expected at most 2, see 'max_article_mentions'; split the article")]


def test_where_nobody_is_told_it_is_an_error(kb: KnowledgeBase) -> None:
    with pytest.raises(CorpusError, match="article 'a2': 3 mentions; expected at most 2"):
        list(resolve([MANY], kb=kb, nlp=sentences_only(), settings=Settings(max_article_mentions=2)))


def test_a_text_longer_than_the_pipeline_takes_is_refused(kb: KnowledgeBase, monkeypatch: pytest.MonkeyPatch) -> None:
    nlp = sentences_only()
    monkeypatch.setattr(nlp, "max_length", 10)
    with pytest.raises(CorpusError, match="the text has 63 characters; this spaCy pipeline takes at most 10"):
        resolve_article(MANY, kb=kb, nlp=nlp, settings=Settings())


@pytest.mark.model
def test_the_shipped_pipeline_takes_texts_of_any_length() -> None:
    from disambig.pipeline import load_model

    assert load_model().max_length > Settings().max_article_chars


def test_a_process_that_dies_is_one_line(kb: KnowledgeBase, monkeypatch: pytest.MonkeyPatch) -> None:
    failed: Future[object] = Future()
    failed.set_exception(BrokenProcessPool())
    pool = SimpleNamespace(submit=lambda *_: failed)
    monkeypatch.setattr("disambig.pipeline.ProcessPoolExecutor", lambda *_, **__: nullcontext(pool))
    with pytest.raises(RunError, match="one of the 2 processes died, perhaps for want of memory; try fewer with --workers"):
        list(resolve([MANY], kb=kb, nlp=sentences_only(), settings=Settings(), workers=2))


def test_a_sentence_without_an_end_is_read_in_pieces() -> None:
    text = "the man in the house of some friend went on and " * 500
    sentences = find_mentions(Article("a", text), sentences_only()).sentences
    assert "".join(text[start:end] for start, end in sentences).split() == text.split()
    assert all(0 < end - start <= _LONGEST_SENTENCE for start, end in sentences)
    assert not [end for _, end in sentences[:-1] if text[end - 1] != " "], "no word is cut"


def test_a_word_without_an_end_changes_no_offset() -> None:
    text = "Taras Kozak said " + '"' * 5_000 + " to Taras Kozak."
    document = find_mentions(Article("a", text), sentences_only(), is_known=lambda name: name == "Taras Kozak")
    assert [mention.text for mention in document.mentions] == [text[mention.start : mention.end] for mention in document.mentions]
    assert len(document.mentions) == 2


# -- time

UNITS = {
    "capital letters": "A ",
    "quotation marks": '"',
    "one name": "Taras Kozak ",
    "one name in sentences": "Taras Kozak said no. ",
    "no end of a sentence": "the man in the house of some friend went on and ",
    "a surname": "Kozak said no. ",
    "names and commas": "Taras Kozak, ",
    "names in quotation marks": '"Taras Kozak" said Kozak. ',
    "titles": "Deputy Chief of Staff Kozak, ",
    "possessives": "Taras Kozak's ",
    "one word": "a",
    "brackets": "(",
    "empty lines": "\n",
    "white space": " ",
    "initials": "D. ",
    "combining marks": "\u0301",
    "right to left": "\u202eTaras Kozak ",
    "another alphabet": "יוסי כהן ",
}
_SHORT, _LONG = 3_000, 9_000  # characters
_FREE = 1.0  # seconds within which any growth is allowed
_GROWTH = 6.0  # times; 3 is in step with the length, 9 goes with its square


def _seconds(kb: KnowledgeBase, unit: str, length: int) -> float:
    article = Article("a", unit * (length // len(unit)))
    began = time.process_time()
    resolve_article(article, kb=kb, nlp=sentences_only(), settings=Settings())
    return time.process_time() - began


@pytest.mark.parametrize("unit", UNITS.values(), ids=UNITS)
def test_a_text_made_to_mislead_takes_about_as_long_as_others(kb: KnowledgeBase, unit: str) -> None:
    took = _seconds(kb, unit, _LONG)
    assert took < _FREE or took / _seconds(kb, unit, _SHORT) < _GROWTH
