"""What a reader has corrected holds, and testifies for the rest of its article. Mentions are given as "[Ana Costa]"."""

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest
from factory import person, sentences_only, spans

from disambig.clusters import Clusters
from disambig.corrections import Corrections
from disambig.kb.store import KnowledgeBase
from disambig.pipeline import load_model, resolve, resolve_article
from disambig.records import Article, Correction, Decision, Outcome, PartialDate, Person, Reason, Rejected
from disambig.settings import Settings
from disambig.table import explanation

if TYPE_CHECKING:
    from spacy.language import Language

FATHER = person("Martin Bell", "father", description="brewer", born="1930", gender="male")
SON = person("Martin Bell", "son", description="brewer", born="1960", gender="male")
EVA = person("Eva Sol", "eva", description="Norwegian painter", countries=["Norway"])
PEOPLE = (FATHER, SON, EVA)


def corrected(
    marked: str, *said: tuple[int, Person | None], nlp: "Language | None" = None, people: tuple[Person, ...] = PEOPLE
) -> tuple[Decision, ...]:
    """The decisions on *marked* when a reader has *said* who the mentions of these numbers are, None for nobody."""
    text, places, _ = spans(marked)
    corrections = tuple(
        Correction("reviewed.csv:2", "a1", *places[number], text[slice(*places[number])], someone) for number, someone in said
    )
    kb, article = KnowledgeBase.of(people), Article("a1", text, PartialDate.parse("2012-05-01"))
    return resolve_article(article, kb=kb, nlp=nlp or sentences_only(), settings=Settings(), given=places, corrections=corrections)


def who(found: tuple[Decision, ...]) -> list[str]:
    return [one.person.id if one.person else one.outcome.value for one in found]


class Scene(NamedTuple):
    text: str
    said: tuple[tuple[int, Person | None], ...]
    before: list[str]  # who each mention is without the corrections
    after: list[str]
    because: str


SCENES = [
    Scene("[Martin Bell] left.", ((0, SON),), ["ambiguous"], ["son"], "one of two whom nothing tells apart"),
    Scene("[Martin Bell] left.", ((0, None),), ["ambiguous"], ["unknown"], "neither of them"),
    Scene("[Eva Sol] left.", ((0, SON),), ["eva"], ["son"], "somebody whom the name does not fit"),
    Scene("The elder [Martin Bell] left.", ((0, SON),), ["father"], ["son"], "somebody whom a fact contradicts"),
    Scene("[Martin Bell] left. [Bell] spoke.", ((0, SON),), ["ambiguous", "ambiguous"], ["son", "son"], "it testifies for its chain"),
    Scene("[Bell] left. [Martin Bell] spoke.", ((0, SON),), ["ambiguous"] * 2, ["son", "ambiguous"], "a bare name does not for a full one"),
    Scene(
        "[Martin Bell] ate. [Bell] left. [Bell] spoke.",
        ((1, SON),),
        ["ambiguous"] * 3,
        ["ambiguous", "son", "son"],
        "for a bare one it does",
    ),
    Scene("[Martin Bell] left. [Bell] spoke.", ((0, None),), ["ambiguous", "ambiguous"], ["unknown", "unknown"], "so does nobody"),
    Scene(
        "[Eva Sol] left. In Norway [Sol] painted the sea, where [Sol] was born.",
        ((0, None),),
        ["eva", "eva", "eva"],
        ["unknown", "unknown", "unknown"],
        "nobody, where the rest fits somebody",
    ),
    Scene(
        "[Martin Bell] left. [Bell] spoke. [Martin Bell] ate.",
        ((0, SON), (2, FATHER)),
        ["ambiguous"] * 3,
        ["son", "ambiguous", "father"],
        "two corrections of one chain that differ testify for nobody",
    ),
    Scene(
        "[Bell Brothers] have sold the brewery. The elder [Bell], 82, left.",
        ((0, None),),
        ["unknown", "father"],
        ["unknown", "father"],
        "a mention with an introduction of its own speaks for itself",
    ),
    Scene('By "[Bell]" she may have meant somebody else.', ((0, SON),), ["ambiguous"], ["son"], "a name that the text doubts"),
]


@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: scene.because)
def test_a_correction_holds_and_testifies(scene: Scene) -> None:
    assert who(corrected(scene.text)) == scene.before, "the scene shows nothing"
    assert who(corrected(scene.text, *scene.said)) == scene.after, scene.because


def test_a_correction_is_certain_and_says_so() -> None:
    (found,) = corrected("[Martin Bell] left.", (0, SON))
    assert (found.reason, found.verdicts[0].probability) == (Reason.CORRECTED, 1.0)
    assert sum(one.probability for one in found.verdicts) == 1.0
    assert {one.person.id if one.person else "nobody" for one in found.verdicts} == {"son", "father", "nobody"}
    assert explanation(found) == "Corrected by hand: Martin Bell (reviewed.csv:2)."


def test_nobody_is_certain_and_says_so() -> None:
    (found,) = corrected("[Martin Bell] left.", (0, None))
    assert (found.outcome, found.reason, found.verdicts[0].probability) == (Outcome.UNKNOWN, Reason.CORRECTED, 1.0)
    assert explanation(found) == "Corrected by hand: nobody in the knowledge base (reviewed.csv:2)."


def test_what_a_correction_testifies_is_told() -> None:
    _, bare = corrected("[Martin Bell] left. [Bell] spoke.", (0, SON))
    assert "a reader says that 'Martin Bell' elsewhere in the article is Martin Bell" in explanation(bare)


@pytest.mark.model
def test_a_correction_settles_a_dispute_and_keeps_what_was_claimed() -> None:
    text = (
        '"[Bell] took the money," the note says.\n\nThe auditor, [Eva Sol], said that it refers to [Ivo Bell]. [Rui Vale] replied that it '
        "may refer to [Luis Bell]."
    )
    people = (EVA, person("Ivo Bell"), person("Luis Bell"), person("Rui Vale"))
    nlp = load_model()
    (before, *_), (after, *_) = corrected(text, nlp=nlp, people=people), corrected(text, (0, people[1]), nlp=nlp, people=people)
    assert before.outcome is Outcome.CONTESTED
    assert (after.person, after.claims) == (people[1], before.claims)


# -- a file of corrections


ARTICLES = tuple(Article(f"a{number}", text) for number, text in enumerate(("Then Martin Bell left.", "Bell spoke.", "Eva Sol ate."), 1))


def run(
    path: Path, rows: str, rejected: list[Rejected], *, workers: int = 1, articles: tuple[Article, ...] = ARTICLES
) -> list[tuple[Decision, ...]]:
    path.write_text(f"article_id,start,end,mention,correct_person_id\n{rows}", encoding="utf-8")
    kb = KnowledgeBase.of(PEOPLE)
    corrections = Corrections(path, person_of=kb.get, reject=rejected.append)
    options = {"kb": kb, "nlp": sentences_only(), "settings": Settings(), "corrections": corrections, "clusters": Clusters()}
    found = list(resolve(articles, workers=workers, **options))  # type: ignore[arg-type]
    corrections.finish()
    return found


def test_a_mention_that_was_not_found_is_added(tmp_path: Path, rejected: list[Rejected]) -> None:
    first, *others = run(tmp_path / "r.csv", "a1,5,16,Martin Bell,son\n", rejected, articles=ARTICLES[:2])
    assert [(one.mention.start, one.mention.text, one.person) for one in first] == [(5, "Martin Bell", SON)]
    assert (others, rejected) == ([()], [])


def test_corrections_do_not_depend_on_the_number_of_workers(tmp_path: Path) -> None:
    rows = "a1,5,16,Martin Bell,nobody\na2,0,4,Bell,son\na3,0,4,Eva,eva\na9,0,4,Eva,eva\n"
    alone: list[Rejected] = []
    together: list[Rejected] = []
    assert run(tmp_path / "r.csv", rows, alone) == run(tmp_path / "r.csv", rows, together, workers=2)
    assert alone == together != []


def test_a_corrected_nobody_is_found_again_in_other_articles(tmp_path: Path, rejected: list[Rejected]) -> None:
    articles = (ARTICLES[0], Article("a2", "Then Martin Bell came."))
    rows = "a1,5,16,Martin Bell,nobody\na2,5,16,Martin Bell,nobody\n"
    (first,), (second,) = run(tmp_path / "r.csv", rows, rejected, articles=articles)
    assert first.cluster == second.cluster != ""
