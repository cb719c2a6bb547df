"""The stages wired: from an article to decisions. Mentions are given as "[Ana Costa]", so that hardly a test needs a model."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import pytest
import spacy
from factory import person, role, sentences_only, spans

from disambig.errors import ConfigError
from disambig.kb.store import KnowledgeBase
from disambig.pipeline import Forgetful, load_model, resolve, resolve_article
from disambig.records import Article, Decision, Outcome, PartialDate, Person, Reason
from disambig.settings import Settings

SETTINGS = Settings()


def decisions(marked: str, *people: Person, date: str = "2012-05-01", settings: Settings = SETTINGS) -> tuple[Decision, ...]:
    text, given, _ = spans(marked)
    article = Article("a1", text, PartialDate.parse(date) if date else None)
    return resolve_article(article, kb=KnowledgeBase.of(people), nlp=sentences_only(), settings=settings, given=given)


def who(decision: Decision) -> str:
    """The person's id when resolved, else the outcome."""
    return decision.person.id if decision.person else decision.outcome.value


# -- scenes

MINISTER = person(
    "Ana Costa",
    "minister",
    description="Portuguese politician",
    roles=[role("Trade Minister", "Government of Portugal", "Portugal", "2010", "2014")],
    countries=["Portugal"],
    born="1960-03-01",
    gender="female",
    popularity=50.0,
)
STRIKER = person(
    "Luis Costa",
    "striker",
    description="Spanish footballer, striker of Vento FC",
    occupations=["footballer"],
    countries=["Spain"],
    born="1985-09-09",
    gender="male",
    popularity=50.0,
)
FATHER = person("Martin Bell", "father", description="brewer", born="1930", gender="male")
SON = person("Martin Bell", "son", description="brewer", born="1960", gender="male")


KINGS = (person("Karl II", "k2", countries=["Sweden"]), person("Karl III", "k3", countries=["Sweden"]))


class Scene(NamedTuple):
    text: str
    people: tuple[Person, ...]
    expected: tuple[str, ...]  # for each mention who it is: an id or an outcome
    because: str


SCENES = [
    Scene("[Ana Costa] left.", (MINISTER, STRIKER), ("minister",), "a full name"),
    Scene("The trade minister, [Ana Costa], spoke. [Costa] left.", (MINISTER, STRIKER), ("minister", "minister"), "then the surname"),
    Scene("The striker [Costa] scored for Spain.", (MINISTER, STRIKER), ("striker",), "a surname with a title"),
    Scene("Portugal's trade minister [Costa] spoke.", (MINISTER, STRIKER), ("minister",), "another title"),
    Scene(
        "Trade minister [Ana Costa] met the striker [Luis Costa].\n\nMinister [Costa] spoke. The striker [Costa] scored.",
        (MINISTER, STRIKER),
        ("minister", "striker", "minister", "striker"),
        "two namesakes in one article",
    ),
    Scene("[Rui Vale] left.", (MINISTER, STRIKER), ("unknown",), "nobody of that name"),
    Scene("[Eva Costa] left.", (MINISTER, STRIKER), ("unknown",), "another given name"),
    Scene("[Martin Bell] left.", (FATHER, SON), ("ambiguous",), "father and son, and nothing to tell them apart"),
    Scene("The elder [Martin Bell] left.", (FATHER, SON), ("father",), "the elder"),
    Scene("The younger [Martin Bell] left.", (FATHER, SON), ("son",), "the younger"),
    Scene("[Martin Bell], 52, left.", (FATHER, SON), ("son",), "the age"),
    Scene("[Martin Bell] (82) left.", (FATHER, SON), ("father",), "the other age"),
    Scene('By "[Costa]" she may have meant somebody else.', (MINISTER, STRIKER), ("ambiguous",), "a disputed name"),
    Scene(
        "Minister [Ana Costa] spoke. The striker [Rui Costa], no relation to [Ana Costa], left.",
        (MINISTER, STRIKER),
        ("minister", "unknown", "minister"),
        "a disclaimer",
    ),
    Scene("A 30-year-old man attacked [Ana Costa].", (MINISTER,), ("minister",), "the age of somebody else"),
    Scene("The 82-year-old father of [Martin Bell] left.", (FATHER, SON), ("ambiguous",), "the age of the father"),
    Scene("[Martin Bell], senior adviser to the mayor, left.", (FATHER, SON), ("ambiguous",), "senior belongs to the role"),
    Scene("[Martin Bell], junior minister, left.", (FATHER, SON), ("ambiguous",), "junior too"),
    Scene("[Martin Bell Jr.] left.", (FATHER, SON), ("son",), "a suffix that the records do not have"),
    Scene("[Ana Costa] (2) and [Rui Vale] (14) scored.", (MINISTER,), ("minister", "unknown"), "goals are no ages"),
    Scene("King [Karl II] died. King [Karl III] followed.", KINGS, ("k2", "k3"), "kings have numbers"),
    Scene(
        "Sen. [Ana Costa] spoke.", (MINISTER, person("Ana Costa", "pianist", description="pianist")), ("minister",), "a shortened office"
    ),
    Scene("The Norwegian architect [Luis Costa] spoke.", (STRIKER,), ("unknown",), "the same full name, another profession and country"),
    Scene(
        "The trade minister, [Ana Costa], spoke. [Costa], not to be confused with the [Costa] who scores, left.",
        (MINISTER, STRIKER),
        ("minister", "minister", "striker"),
        "not to be confused with",
    ),
]


@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: scene.because)
def test_who_is_who(scene: Scene) -> None:
    assert tuple(map(who, decisions(scene.text, *scene.people))) == scene.expected, scene.because


def test_a_date_before_the_birth_contradicts() -> None:
    found = decisions("[Ana Costa] left.", MINISTER, date="1950-01-01")[0]
    assert (found.outcome, found.reason) == (Outcome.UNKNOWN, Reason.CONTRADICTED)


def test_a_name_without_any_evidence_is_not_said_to_contradict() -> None:
    assert decisions("[Costa] left.", person("Ana Costa", popularity=0.0))[0].reason is not Reason.CONTRADICTED


def test_without_candidate_the_reason_says_so() -> None:
    assert decisions("[Rui Vale] left.", MINISTER)[0].reason is Reason.NO_CANDIDATE


def test_a_tie_is_said_to_be_one() -> None:
    assert decisions("[Martin Bell] left.", FATHER, SON)[0].reason is Reason.TIE


def test_a_disputed_name_is_said_to_be_one() -> None:
    assert decisions('By "[Costa]" she may have meant somebody else.', MINISTER, STRIKER)[0].reason is Reason.DISPUTED


def test_a_decision_carries_sentence_date_and_every_candidate() -> None:
    found = decisions("It rained. Mr [Costa] left. Nobody saw.", MINISTER, STRIKER)[0]
    assert found.sentence == "Mr Costa left."
    assert str(found.date) == "2012-05-01"
    assert {one.person.id if one.person else "nobody" for one in found.verdicts} == {"minister", "striker", "nobody"}
    assert sum(one.probability for one in found.verdicts) == pytest.approx(1.0)


# -- short texts

FOUNDERS = (
    person("Larry Vale", "larry-founder", description="co-founder of an internet search engine"),
    person("Larry Horn", "larry-comedian", description="comedian"),
    person("Sergey Vale", "sergey-founder", description="co-founder of an internet company"),
    person("Sergey Horn", "sergey-composer", description="composer"),
)
LONG = " It rained." * 60


def told(marked: str, feature: str) -> set[float | None]:
    """What a feature says about the people of the first mention."""
    first = decisions(marked, *FOUNDERS)[0]
    return {one.value for verdict in first.verdicts if verdict.person for one in verdict.evidence if one.feature == feature}


@pytest.mark.parametrize("feature", ["record_resembles_text", "record_resembles_company"])
def test_a_short_text_is_read_as_a_whole_and_a_long_one_is_not(feature: str) -> None:
    assert None not in told("[Larry] and [Sergey] came.", feature)
    assert told(f"[Larry] and [Sergey] came.{LONG}", feature) == {None}


def test_two_given_names_are_of_two_people_who_belong_together() -> None:
    assert tuple(map(who, decisions("[Larry] and [Sergey] met as students.", *FOUNDERS))) == ("larry-founder", "sergey-founder")


def test_who_follows_a_bare_name_in_full_is_somebody_else() -> None:
    cousin = person("Rui Costa", "cousin", description="Portuguese politician", popularity=50.0)
    costa, _ = decisions("[Costa] was taught by the politician [Ana Costa].", MINISTER, cousin)
    assert costa.person is None or costa.person.id == "cousin"
    speaks = {one.feature: one.value for verdict in costa.verdicts if verdict.person == MINISTER for one in verdict.evidence}
    assert speaks["is_somebody_else"] == -1.0


# -- one fact changed


def probability(marked: str, people: tuple[Person, ...], date: str) -> float:
    """How probable the first of *people* is for the first mention."""
    found = decisions(marked, *people, date=date)[0]
    return next((one.probability for one in found.verdicts if one.person == people[0]), 0.0)


class Pair(NamedTuple):
    """Three texts that differ in one fact, which fits the first person, is not told, or contradicts."""

    fits: str
    silent: str
    contradicts: str
    people: tuple[Person, ...]
    because: str
    date: str = "2012-05-01"


BOTH = (MINISTER, STRIKER)
PAIRS = [
    Pair("Trade minister [Costa] spoke.", "[Costa] spoke.", "Goalkeeper [Costa] spoke.", BOTH, "the title before a bare name"),
    Pair("[Costa], the trade minister, spoke.", "[Costa] spoke.", "[Costa], the goalkeeper, spoke.", BOTH, "the title after a bare name"),
    Pair("Trade minister [Ana Costa] spoke.", "[Ana Costa] spoke.", "Goalkeeper [Ana Costa] spoke.", BOTH, "the title of a full name"),
    Pair("Striker [Costa] spoke.", "[Costa] spoke.", "Judge [Costa] spoke.", (STRIKER, MINISTER), "the title of the other one"),
    Pair("Portugal's [Costa] spoke.", "[Costa] spoke.", "Spain's [Costa] spoke.", BOTH, "the country before the name"),
    Pair("Portugal's [Ana Costa] spoke.", "[Ana Costa] spoke.", "New Zealand's [Ana Costa] spoke.", (MINISTER,), "a country of two words"),
    Pair("[Costa] (Portugal) spoke.", "[Costa] spoke.", "[Costa] (Norway) spoke.", BOTH, "the country after the name"),
    Pair("[Costa] of Spain spoke.", "[Costa] spoke.", "[Costa] of Norway spoke.", (STRIKER,), "the country after the name, one candidate"),
    Pair("[Ana Costa], 52, spoke.", "[Ana Costa] spoke.", "[Ana Costa], 31, spoke.", BOTH, "the age after a full name"),
    Pair("[Costa], 52, spoke.", "[Costa] spoke.", "[Costa], 26, spoke.", BOTH, "the age after a bare name"),
    Pair("The 52-year-old [Costa] spoke.", "[Costa] spoke.", "The 80-year-old [Costa] spoke.", (MINISTER,), "the age before the name"),
    Pair("Mrs [Costa] spoke.", "[Costa] spoke.", "Mr [Costa] spoke.", BOTH, "the form of address"),
    Pair("Mr [Costa] spoke.", "[Costa] spoke.", "Mrs [Costa] spoke.", (STRIKER, MINISTER), "the form of address of the other one"),
    Pair("Mr [Martin Bell] spoke.", "[Martin Bell] spoke.", "Mrs [Martin Bell] spoke.", (SON,), "the form of address of a full name"),
    Pair("[Costa] said she left.", "[Costa] left.", "[Costa] said he left.", BOTH, "the pronoun"),
    Pair("[Costa] lost her hat, she said.", "[Costa] lost a hat.", "[Costa] lost his hat, he said.", BOTH, "two pronouns"),
    Pair("The elder [Bell] spoke.", "[Bell] spoke.", "The younger [Bell] spoke.", (FATHER, SON), "the generation before the name"),
    Pair("[Bell] Jr. spoke.", "[Bell] spoke.", "[Bell] Sr. spoke.", (SON, FATHER), "the generation after the name"),
    Pair("[Ana Costa] spoke.", "[Costa] spoke.", "[Luis Costa] spoke.", BOTH, "the given name"),
    Pair("[A. Costa] spoke.", "[Costa] spoke.", "[L. Costa] spoke.", BOTH, "the initial"),
    Pair(
        "[Costa] scored a penalty, said the goalkeeper.\n\nThe striker was booked.",
        "[Costa] spoke.",
        "[Costa] told the court so, said the judge.\n\nThe jury reached a verdict, the plaintiff appealed.",
        (STRIKER,),
        "the field of life",
    ),
]


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair.because)
def test_a_fact_that_contradicts_never_makes_a_person_likelier_and_silence_lies_between(pair: Pair) -> None:
    fits, silent, contradicts = (probability(text, pair.people, pair.date) for text in (pair.fits, pair.silent, pair.contradicts))
    assert fits >= silent >= contradicts, pair.because
    assert fits > contradicts, pair.because


@pytest.mark.parametrize("former", ["Former trade minister", "The former trade minister,", "The country's ex-trade minister"])
def test_a_former_office_fits_after_it_as_the_office_itself_does_not(former: str) -> None:
    texts = (f"{former} [Ana Costa] spoke.", "Trade minister [Ana Costa] spoke.")
    then, now = (probability(text, (MINISTER,), "2020-05-01") for text in texts)
    assert then > now


RECORDS = [
    (MINISTER, replace(MINISTER, countries=(), description="", roles=()), "Portugal's [Costa] spoke.", "the country"),
    (MINISTER, replace(MINISTER, born=None), "[Costa], 52, spoke.", "the year of birth"),
    (MINISTER, replace(MINISTER, gender=""), "Mrs [Costa] spoke.", "the gender"),
    (MINISTER, replace(MINISTER, roles=()), "Trade minister [Costa] spoke.", "the role"),
]
WRONG = {
    "the country": {"countries": ("Norway",), "description": "", "roles": ()},
    "the year of birth": {"born": PartialDate(1985)},
    "the gender": {"gender": "male"},
    "the role": {"roles": (role("Goalkeeper", "Vento FC"),), "description": "footballer"},
}


@pytest.mark.parametrize(("right", "without", "text", "fact"), RECORDS, ids=[row[-1] for row in RECORDS])
def test_a_record_that_contradicts_never_makes_a_person_likelier_and_silence_lies_between(
    right: Person, without: Person, text: str, fact: str
) -> None:
    wrong = replace(right, **WRONG[fact])  # type: ignore[arg-type]
    values = [probability(text, (record,), "2012-05-01") for record in (right, without, wrong)]
    assert values == sorted(values, reverse=True)
    assert values[0] > values[2]


DATES = [
    ("2012-05-01", "", "1950-01-01", "before the birth"),
    ("2012-05-01", "", "1965-01-01", "a child"),
    ("2012-05-01", "", "1990-01-01", "before the career"),
]


@pytest.mark.parametrize(("fits", "silent", "contradicts", "because"), DATES, ids=[row[-1] for row in DATES])
@pytest.mark.parametrize("text", ["[Ana Costa] spoke.", "[Costa] spoke.", "Trade minister [Costa] spoke."])
def test_a_date_that_contradicts_never_makes_a_person_likelier(text: str, fits: str, silent: str, contradicts: str, because: str) -> None:
    values = [probability(text, (MINISTER,), date) for date in (fits, silent, contradicts)]
    assert values == sorted(values, reverse=True), because
    assert values[0] > values[2]


# -- many articles


def many(count: int) -> Iterator[tuple[Article, tuple[tuple[int, int], ...]]]:
    for number in range(count):
        text, given, _ = spans(
            f"Article {number}. Trade minister [Ana Costa] met [Rui Vale]. [Costa] left." if number % 3 else "Nobody came."
        )
        yield Article(f"a{number}", text, PartialDate(2012)), given


def test_each_article_gives_one_tuple_in_order() -> None:
    articles, given = zip(*many(7), strict=True)
    spans_of = {article.id: found for article, found in zip(articles, given, strict=True)}
    found = list(resolve(articles, kb=KnowledgeBase.of([MINISTER]), nlp=sentences_only(), settings=SETTINGS, given=spans_of))
    assert [len(one) for one in found] == [0, 3, 3, 0, 3, 3, 0]
    assert [one[0].mention.article_id for one in found if one] == ["a1", "a2", "a4", "a5"]
    assert all(list(one) == sorted(one, key=lambda decision: decision.mention.start) for one in found)


def test_resolving_is_lazy() -> None:
    def endless() -> Iterator[Article]:
        while True:
            yield Article("a1", "Nobody came.")

    assert next(resolve(endless(), kb=KnowledgeBase.of([]), nlp=sentences_only(), settings=SETTINGS)) == ()


def test_no_articles_give_nothing() -> None:
    assert list(resolve([], kb=KnowledgeBase.of([]), nlp=sentences_only(), settings=SETTINGS)) == []


def test_given_mentions_are_taken_as_they_are() -> None:
    text = "The trade minister, Mrs Ana Costa's aide said, left."
    given = ((20, 35),)  # "Mrs Ana Costa's"
    found = resolve_article(Article("a1", text), kb=KnowledgeBase.of([MINISTER]), nlp=sentences_only(), settings=SETTINGS, given=given)
    assert [(one.mention.start, one.mention.end, one.mention.text) for one in found] == [(20, 35, "Mrs Ana Costa's")]


def test_given_mentions_may_overlap() -> None:
    text = "Ana Costa left."
    found = resolve_article(
        Article("a1", text), kb=KnowledgeBase.of([MINISTER]), nlp=sentences_only(), settings=SETTINGS, given=((0, 9), (4, 9))
    )
    assert [one.mention.text for one in found] == ["Ana Costa", "Costa"]


def test_the_order_of_people_does_not_matter() -> None:
    text = "Trade minister [Ana Costa] met [Luis Costa]. [Costa] left. [Martin Bell] stayed."
    people = (MINISTER, STRIKER, FATHER, SON)
    assert decisions(text, *people) == decisions(text, *people[::-1])


def test_resolving_twice_gives_the_same() -> None:
    text = "Trade minister [Ana Costa] met [Luis Costa]. [Costa] left."
    assert decisions(text, MINISTER, STRIKER) == decisions(text, MINISTER, STRIKER)


@pytest.mark.model
def test_the_number_of_workers_does_not_matter() -> None:
    texts = [f"Trade minister Ana Costa met the striker Luis Costa in Braga on May {day}. Costa left." for day in range(1, 20)]
    articles = [Article(f"a{number}", text, PartialDate(2012)) for number, text in enumerate(texts)]
    kb, nlp = KnowledgeBase.of([MINISTER, STRIKER]), load_model()
    alone, together = (list(resolve(articles, kb=kb, nlp=nlp, settings=SETTINGS, workers=workers)) for workers in (1, 2))
    assert alone == together
    assert all(alone)


# -- the model


def test_a_model_that_is_not_installed_is_refused_with_the_command_that_installs_it() -> None:
    message = r"the spaCy pipeline 'xx_nowhere' is not installed; .* run: python -m spacy download xx_nowhere"
    with pytest.raises(ConfigError, match=message):
        load_model("xx_nowhere")


def test_a_model_that_finds_no_names_is_refused(tmp_path: Path) -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    nlp.to_disk(tmp_path / "plain")
    with pytest.raises(ConfigError, match=r"finds no names \(its parts: sentencizer\); expected one that sets doc\.ents"):
        load_model(str(tmp_path / "plain"))


def test_an_empty_model_is_refused(tmp_path: Path) -> None:
    spacy.blank("en").to_disk(tmp_path / "empty")
    with pytest.raises(ConfigError, match=r"finds no names \(its parts: none\)"):
        load_model(str(tmp_path / "empty"))


# -- memory


@pytest.mark.skipif(not hasattr(spacy.language.Language, "memory_zone"), reason="spaCy forgets from 3.8 on")
def test_words_of_earlier_texts_are_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("disambig.pipeline._KEPT", 5)
    nlp = spacy.blank("en")
    with Forgetful(nlp) as reader:
        texts = [f"Word{number} met Other{number}." for number in range(50)]
        assert [[token.text for token in reader(text)] for text in texts] == [[*text[:-1].split(), "."] for text in texts]
        assert "Word4" in nlp.vocab.strings  # the first are kept
        assert "Word44" not in nlp.vocab.strings
    assert not nlp.vocab.in_memory_zone


def test_a_pipeline_whose_words_somebody_else_forgets_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("disambig.pipeline._KEPT", 1)
    nlp = spacy.blank("en")
    with nlp.memory_zone(), Forgetful(nlp) as reader:
        assert [reader(text).text for text in ("One.", "Two.", "Three.")] == ["One.", "Two.", "Three."]
        assert nlp.vocab.in_memory_zone
