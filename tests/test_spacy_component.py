"""The spaCy component: who the people in `doc.ents` are."""

import datetime as dt
import pickle
import subprocess
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

import pytest
import spacy
from spacy import displacy
from spacy.language import Language
from spacy.tokens import Doc, DocBin, Span
from spacy.vocab import Vocab

from disambig.errors import ConfigError, CorpusError, KnowledgeError
from disambig.pipeline import load_model, resolve_article
from disambig.records import Article, Decision, Outcome, PartialDate
from disambig.resolver import Decisions
from disambig.settings import Settings
from disambig.spacy_component import PersonResolver

PEOPLE = """{"id": "p1", "name": "Ana Costa", "description": "trade minister", "born": "1950-03-02"}
{"id": "p2", "name": "Rui Vale"}
"""
TEXT = "Ana Costa met Rui Vale in Braga. Costa left Eva Stone."
PATTERNS = [
    *({"label": "PERSON", "pattern": name} for name in ("Ana Costa", "Rui Vale", "Eva Stone")),
    {"label": "GPE", "pattern": "Braga"},
]

Told = list[tuple[str, str, str]]


def pipeline(*patterns: dict[str, str]) -> Language:
    """A pipeline that finds just those names."""
    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    nlp.add_pipe("entity_ruler").add_patterns(list(patterns or PATTERNS))  # type: ignore[attr-defined]
    return nlp


@pytest.fixture
def people(tmp_path: Path) -> str:
    """A file of Ana Costa and Rui Vale."""
    path = tmp_path / "people.jsonl"
    path.write_text(PEOPLE, encoding="utf-8")
    return str(path)


@pytest.fixture
def resolving(people: str) -> Callable[..., Language]:
    """`resolving(*patterns, **config)`: such a pipeline with the component at its end."""

    def make(*patterns: dict[str, str], **config: object) -> Language:
        nlp = pipeline(*patterns)
        nlp.add_pipe("person_resolver", config={"kb": people, **config})
        return nlp

    return make


Resolving = Callable[..., Language]


def told(doc: Doc) -> Told:
    """Text, label and id of the names in a Doc."""
    return [(ent.text, ent.label_, ent.kb_id_) for ent in doc.ents]


def person(name: str) -> dict[str, str]:
    return {"label": "PERSON", "pattern": name}


# -- what it sets


def test_people_get_their_ids_and_other_names_stay(resolving: Resolving) -> None:
    doc = resolving()(TEXT)
    assert told(doc) == [
        ("Ana Costa", "PERSON", "p1"),
        ("Rui Vale", "PERSON", "p2"),
        ("Braga", "GPE", ""),
        ("Costa", "PERSON", "p1"),
        ("Eva Stone", "PERSON", ""),
    ]


def test_a_span_has_its_decision_and_others_have_none(resolving: Resolving) -> None:
    doc = resolving()(TEXT)
    outcomes = [ent._.decision and ent._.decision.outcome for ent in doc.ents]
    assert outcomes == [Outcome.RESOLVED, Outcome.RESOLVED, None, Outcome.RESOLVED, Outcome.UNKNOWN]
    assert isinstance(doc.ents[0]._.decision, Decision)
    assert [sentence._.decision for sentence in doc.sents] == [None, None]
    assert doc[0:1]._.decision is None
    assert pipeline()(TEXT).ents[0]._.decision is None


def test_a_doc_has_all_decisions_in_the_order_of_the_text(resolving: Resolving) -> None:
    found = resolving()(TEXT)._.decisions
    assert isinstance(found, Decisions)
    assert [one.mention.text for one in found] == ["Ana Costa", "Rui Vale", "Costa", "Eva Stone"]
    assert pipeline()(TEXT)._.decisions == ()


def test_the_decisions_are_those_of_the_pipeline(resolving: Resolving) -> None:
    nlp = resolving(date="2001")
    component = nlp.get_pipe("person_resolver")
    assert isinstance(component, PersonResolver)
    expected = resolve_article(Article("text", TEXT, PartialDate(2001)), kb=component.kb, nlp=pipeline(), settings=Settings())
    found = nlp(TEXT)._.decisions
    assert [(one.mention.id, one.outcome, one.reason, one.sentence, one.date) for one in found] == [
        (one.mention.id, one.outcome, one.reason, one.sentence, one.date) for one in expected
    ]
    shares = [[item.share for verdict in one.verdicts for item in verdict.evidence] for one in found]
    assert shares == [pytest.approx([item.share for verdict in one.verdicts for item in verdict.evidence], abs=1e-4) for one in expected]


def test_the_names_are_found_once_only(resolving: Resolving) -> None:
    nlp, seen = resolving(), []
    Language.component("counting", func=lambda doc: seen.append(doc.text) or doc)
    nlp.add_pipe("counting", first=True)
    nlp(TEXT)
    assert seen == [TEXT]


def test_a_pipeline_that_parts_no_sentences_will_do(people: str) -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("entity_ruler").add_patterns([person("Ana Costa")])  # type: ignore[attr-defined]
    nlp.add_pipe("person_resolver", config={"kb": people})
    assert told(nlp("Ana Costa left. Costa wept.")) == [("Ana Costa", "PERSON", "p1"), ("Costa", "PERSON", "p1")]


def test_a_text_without_names_and_an_empty_one_will_do(resolving: Resolving) -> None:
    nlp = resolving()
    assert [(nlp(text).ents, nlp(text)._.decisions) for text in ("", " ", "Nobody came.")] == [((), ())] * 3


def test_displacy_shows_the_ids_as_links(resolving: Resolving) -> None:
    html = displacy.render(resolving()(TEXT), style="ent", jupyter=False, options={"kb_url_template": "https://kb.example/{}"})
    assert html.count('href="https://kb.example/p1">p1</a>') == 2
    assert html.count('href="https://kb.example/p2">p2</a>') == 1
    assert html.count("<a ") == 3, "somebody outside the KB, and a town, link nowhere"


# -- doc.ents

TITLED = "Trade minister Mrs Ana Costa left. Costa Ltd and the Costa Prize are named for Costa."
ENTS = [
    (
        "a title is cut off, and the name is found where it stands again",
        (person("Mrs Ana Costa"),),
        True,
        "Mrs Ana Costa left. Costa wept.",
        [("Ana Costa", "PERSON", "p1"), ("Costa", "PERSON", "p1")],
    ),
    (
        "a name stays as it is, with the id",
        (person("Mrs Ana Costa"),),
        False,
        "Mrs Ana Costa left. Costa wept.",
        [("Mrs Ana Costa", "PERSON", "p1")],
    ),
    (
        "a person taken for a firm",
        (person("Ana Costa"), {"label": "ORG", "pattern": "Costa"}),
        True,
        "Ana Costa left, as Costa said.",
        [("Ana Costa", "PERSON", "p1"), ("Costa", "PERSON", "p1")],
    ),
    (
        "which stays one without add_mentions",
        (person("Ana Costa"), {"label": "ORG", "pattern": "Costa"}),
        False,
        "Ana Costa left, as Costa said.",
        [("Ana Costa", "PERSON", "p1"), ("Costa", "ORG", "")],
    ),
    (
        "a longer name of something else goes before a mention",
        (person("Ana Costa"), {"label": "WORK_OF_ART", "pattern": "Dear Costa"}),
        True,
        "Ana Costa wrote a book, Dear Costa, and left.",
        [("Ana Costa", "PERSON", "p1"), ("Dear Costa", "WORK_OF_ART", "")],
    ),
    (
        "the label is the one that the pipeline gives to people",
        ({"label": "PER", "pattern": "Ana Costa"},),
        True,
        "Ana Costa left. Costa wept.",
        [("Ana Costa", "PER", "p1"), ("Costa", "PER", "p1")],
    ),
    (
        "two people taken for one become two",
        (person("Ana Costa\n\nRui Vale"),),
        True,
        "Ana Costa\n\nRui Vale",
        [("Ana Costa", "PERSON", "p1"), ("Rui Vale", "PERSON", "p2")],
    ),
    (
        "or get no id",
        (person("Ana Costa\n\nRui Vale"),),
        False,
        "Ana Costa\n\nRui Vale",
        [("Ana Costa\n\nRui Vale", "PERSON", "")],
    ),
    ("a person that is no name of one stays", (person("the"),), True, "Nobody saw the end.", [("the", "PERSON", "")]),
]


@pytest.mark.parametrize(("patterns", "add", "text", "expected"), [case[1:] for case in ENTS], ids=[case[0] for case in ENTS])
def test_the_names_of_a_doc(resolving: Resolving, patterns: tuple[dict[str, str], ...], add: bool, text: str, expected: Told) -> None:
    doc = resolving(*patterns, add_mentions=add)(text)
    assert told(doc) == expected
    assert all(ent._.decision for ent in doc.ents if ent.kb_id_)


@pytest.mark.parametrize("add", [True, False])
def test_no_decision_is_lost_where_it_cannot_stand_in_doc_ents(resolving: Resolving, add: bool) -> None:
    nlp = resolving(person("Ana Costa"), {"label": "WORK_OF_ART", "pattern": "Dear Costa"}, add_mentions=add)
    doc = nlp("Ana Costa wrote a book, Dear Costa, and left.")
    assert [(one.mention.start, one.mention.text) for one in doc._.decisions] == [(0, "Ana Costa"), (29, "Costa")]


def test_two_mentions_within_one_token_are_kept_and_leave_it_without_an_id(resolving: Resolving) -> None:
    component = resolving().get_pipe("person_resolver")
    doc = Doc(Vocab(), words=["Ana Costa\tRui Vale", "met"], spaces=[True, False], ents=["B-PERSON", "O"])
    doc = component(doc)
    assert [one.mention.text for one in doc._.decisions] == ["Ana Costa", "Rui Vale"]
    assert told(doc) == [("Ana Costa\tRui Vale", "PERSON", "")]


def test_a_mention_that_is_part_of_a_token_marks_the_token(resolving: Resolving) -> None:
    component = resolving().get_pipe("person_resolver")
    doc = Doc(Vocab(), words=["Mrs", "Costa,", "left."], ents=["O", "B-PERSON", "O"])
    assert told(component(doc)) == [("Costa,", "PERSON", "p1")]
    assert doc.ents[0]._.decision.mention.text == "Costa"


def test_ids_of_patterns_stay(resolving: Resolving) -> None:
    patterns = ({"label": "PERSON", "pattern": "Ana Costa", "id": "ruled"}, {"label": "GPE", "pattern": "Braga", "id": "town"})
    for add in (True, False):
        doc = resolving(*patterns, add_mentions=add)("Ana Costa left Braga.")
        assert {ent.text: ent.ent_id_ for ent in doc.ents} == {"Ana Costa": "ruled", "Braga": "town"}


def test_a_doc_that_is_read_again_gives_the_same(resolving: Resolving) -> None:
    component = resolving().get_pipe("person_resolver")
    doc = component(pipeline()(TEXT))
    before = told(doc), doc._.decisions
    assert (told(component(doc)), doc._.decisions) == before


# -- the date

DATES = ["1940-01-01", "1940", dt.date(1940, 1, 1), dt.datetime(1940, 1, 1, 12), PartialDate(1940)]  # noqa: DTZ001 -- a day of writing


def dated(nlp: Language, date: object) -> Doc:
    doc = nlp.make_doc(TEXT)
    doc._.date = date
    return nlp(doc)


@pytest.mark.parametrize("date", DATES, ids=str)
def test_the_date_of_a_text_counts(resolving: Resolving, date: object) -> None:
    doc = dated(resolving(), date)
    assert {one.date and one.date.year for one in doc._.decisions} == {1940}
    assert doc.ents[0].kb_id_ == "", "she was born in 1950"


def test_a_texts_own_date_goes_before_that_of_the_config(resolving: Resolving) -> None:
    nlp = resolving(date="2001-02")
    assert [str(one._.decisions[0].date) for one in (nlp(TEXT), dated(nlp, "1999"), dated(nlp, None))] == ["2001-02", "1999", "2001-02"]


def test_date_title_and_id_may_stand_in_user_data(resolving: Resolving) -> None:
    nlp = resolving()
    doc = nlp.make_doc(TEXT)
    doc.user_data |= {"date": "1999", "article_id": "a7", "title": "Braga"}
    found = nlp(doc)._.decisions
    assert (str(found[0].date), found[0].mention.id) == ("1999", "a7:0-9")


@pytest.mark.parametrize("date", ["yesterday", 7, dt.time(12)], ids=str)
def test_another_form_of_date_is_refused(resolving: Resolving, date: object) -> None:
    with pytest.raises(CorpusError, match=r"the date of a text, doc\._\.date, is .*; expected YYYY, YYYY-MM or YYYY-MM-DD"):
        dated(resolving(), date)


# -- config


def test_a_date_in_the_config_is_read_at_once(resolving: Resolving) -> None:
    with pytest.raises(ConfigError, match="the 'date' of person_resolver's config is 'soon'; expected YYYY"):
        resolving(date="soon")


def test_settings_are_those_of_a_run(resolving: Resolving) -> None:
    assert {ent.kb_id_ for ent in resolving(settings={"min_probability": 1.0})(TEXT).ents} == {""}
    with pytest.raises(ConfigError, match=r"person_resolver: unknown setting 'min_score'; did you mean 'min_"):
        resolving(settings={"min_score": 0.5})


def test_without_people_the_first_text_is_refused() -> None:
    nlp = pipeline()
    nlp.add_pipe("person_resolver")
    with pytest.raises(ConfigError, match=r"person_resolver has no people; expected config=\{'kb': 'people\.kb'\}"):
        nlp(TEXT)


def test_people_that_cannot_be_read_are_told_of_with_the_first_text(tmp_path: Path) -> None:
    nlp = pipeline()
    nlp.add_pipe("person_resolver", config={"kb": str(tmp_path / "nowhere.kb")})
    with pytest.raises(KnowledgeError, match=r"nowhere\.kb: no such file"):
        nlp(TEXT)


def test_a_record_that_cannot_be_read_is_refused(tmp_path: Path) -> None:
    (tmp_path / "people.jsonl").write_text(PEOPLE + '{"id": "p3"}\n', encoding="utf-8")
    nlp = pipeline()
    nlp.add_pipe("person_resolver", config={"kb": str(tmp_path / "people.jsonl")})
    with pytest.raises(KnowledgeError, match=r"people\.jsonl:3: 'name' is missing"):
        nlp(TEXT)


def test_the_factory_is_an_entry_point(root: Path) -> None:
    tomllib = pytest.importorskip("tomllib", reason="reading pyproject.toml needs Python 3.11")
    entry_points = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["project"]["entry-points"]["spacy_factories"]
    module, _, name = entry_points["person_resolver"].partition(":")
    assert getattr(import_module(module), name) is not None
    assert spacy.blank("en").has_factory("person_resolver")


def test_spacy_knows_what_it_needs_and_sets() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("person_resolver")
    assert nlp.analyze_pipes()["problems"]["person_resolver"] == ["doc.ents"]
    assert nlp.get_pipe_meta("person_resolver").assigns == ["doc.ents", "token.ent_kb_id", "span._.decision", "doc._.decisions"]


# -- saving


def test_a_saved_pipeline_brings_its_people_wherever_it_is_taken(resolving: Resolving, people: str, tmp_path: Path) -> None:
    nlp = resolving(date="2001")
    before = nlp(TEXT)
    nlp.to_disk(tmp_path / "saved")
    Path(people).unlink()
    (tmp_path / "saved").rename(tmp_path / "moved")
    loaded = spacy.load(tmp_path / "moved")
    after = loaded(TEXT)
    assert told(after) == told(before)
    assert after._.decisions == before._.decisions
    loaded.to_disk(tmp_path / "moved")  # into its own folder
    assert told(spacy.load(tmp_path / "moved")(TEXT)) == told(before)


def test_a_saved_pipeline_without_its_people_is_refused(resolving: Resolving, tmp_path: Path) -> None:
    resolving().to_disk(tmp_path / "saved")
    (tmp_path / "saved" / "person_resolver" / "people.kb").unlink()
    with pytest.raises(KnowledgeError, match=r"people\.kb: no such file"):
        spacy.load(tmp_path / "saved")


def test_bytes_hold_the_people(resolving: Resolving) -> None:
    nlp, other = resolving(), pipeline()
    other.add_pipe("person_resolver")
    other.from_bytes(nlp.to_bytes(), exclude=["entity_ruler"])  # which loses its patterns that way, without us as well
    assert told(other(TEXT)) == told(nlp(TEXT))


def test_what_bytes_were_written_to_goes_with_the_component(resolving: Resolving) -> None:
    component = PersonResolver().from_bytes(resolving().get_pipe("person_resolver").to_bytes())
    folder = component.kb.path.parent
    assert folder.is_dir()
    del component
    assert not folder.exists()


def doc_of_bytes(doc: Doc) -> Doc:
    return Doc(doc.vocab).from_bytes(doc.to_bytes())


def doc_of_bin(doc: Doc) -> Doc:
    return next(DocBin().from_bytes(DocBin(docs=[doc], store_user_data=True).to_bytes()).get_docs(doc.vocab))


def doc_of_pickle(doc: Doc) -> Doc:
    read: Doc = pickle.loads(pickle.dumps(doc))  # noqa: S301 -- its own
    return read


@pytest.mark.parametrize("saved", [doc_of_bytes, doc_of_bin, doc_of_pickle, Doc.copy])
def test_a_saved_doc_keeps_its_decisions(resolving: Resolving, saved: Callable[[Doc], Doc]) -> None:
    doc = resolving()(TEXT)
    again = saved(doc)
    assert told(again) == told(doc)
    assert again._.decisions == doc._.decisions
    assert [ent._.decision for ent in again.ents] == [ent._.decision for ent in doc.ents]


def test_a_part_of_a_doc_keeps_the_decisions_of_its_spans(resolving: Resolving) -> None:
    doc = resolving()(TEXT)
    second: Span = list(doc.sents)[1]
    part = second.as_doc(copy_user_data=True)
    assert [(ent.text, ent._.decision and ent._.decision.mention.start) for ent in part.ents] == [("Costa", 33), ("Eva Stone", 44)]


def test_docs_that_are_joined_keep_the_decisions_of_their_spans(resolving: Resolving) -> None:
    doc = resolving()(TEXT)
    joined = Doc.from_docs([doc, doc])
    assert [ent._.decision for ent in joined.ents] == [ent._.decision for ent in doc.ents] * 2


# -- many texts


def test_texts_go_through_in_a_stream(resolving: Resolving) -> None:
    assert [told(doc) for doc in resolving().pipe([TEXT, "", TEXT])] == [told(resolving()(TEXT)), [], told(resolving()(TEXT))]


PROCESSES = """
import multiprocessing, sys
import spacy
import disambig.spacy_component

if __name__ == "__main__":
    multiprocessing.set_start_method(sys.argv[1])
    nlp = spacy.load(sys.argv[2])
    texts = [f"Ana Costa met Rui Vale on day {number}. Costa left." for number in range(12)]
    docs = [nlp.make_doc(text) for text in texts]
    for number, doc in enumerate(docs):
        doc._.date = str(1990 + number)
    alone = list(nlp.pipe([doc.copy() for doc in docs]))
    together = list(nlp.pipe(docs, n_process=2, batch_size=3))
    assert [doc.text for doc in together] == texts
    assert all(ent.kb_id_ for doc in together for ent in doc.ents)
    assert [doc._.decisions for doc in together] == [doc._.decisions for doc in alone]
    assert [ent._.decision for doc in together for ent in doc.ents] == [ent._.decision for doc in alone for ent in doc.ents]
    assert {decision.date.year for doc in together for decision in doc._.decisions} == set(range(1990, 2002))
    again = list(nlp.pipe(docs))  # the processes left what this one needs
    assert len(again) == len(texts)
"""
METHODS = [method for method in ("fork", "spawn") if method == "spawn" or sys.platform == "linux"]


@pytest.mark.parametrize("method", METHODS)
def test_two_processes_give_the_same(resolving: Resolving, tmp_path: Path, method: str) -> None:
    resolving().to_disk(tmp_path / "saved")
    (tmp_path / "program.py").write_text(PROCESSES, encoding="utf-8")
    command = [sys.executable, tmp_path / "program.py", method, tmp_path / "saved"]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", timeout=300, check=False)  # noqa: S603
    assert done.returncode == 0, done.stderr


@pytest.mark.model
def test_it_works_behind_the_shipped_pipeline(people: str) -> None:
    nlp = load_model()
    nlp.add_pipe("person_resolver", config={"kb": people})
    assert told(nlp("Trade minister Ana Costa flew to Lisbon. Costa left.")) == [
        ("Ana Costa", "PERSON", "p1"),
        ("Lisbon", "LOC", ""),
        ("Costa", "PERSON", "p1"),
    ]
