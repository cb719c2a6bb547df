"""What vectors tell of a shortlist: whose record is about the passage, whose name the mention brings to mind."""

import pytest
from factory import candidate, chain, context, mention

from disambig.records import Candidate, Resemblance
from disambig.resemblance import with_resemblance

PASSAGE = "scored twice in the second half and the visitors lost the match"
STRIKER = candidate("Rui Vale", description="footballer, striker")
PAINTER = candidate("Eva Vale", description="painter of murals")


def resemblances(text: str, *people: Candidate, passage: str = PASSAGE) -> list[Resemblance]:
    """Those of *people* for a mention *text*."""
    seen = chain(text, context=context(passage=passage))
    return [one.resemblance for one in with_resemblance(mention(text), seen, people)]


def test_the_record_that_is_about_the_passage_is_ahead() -> None:
    striker, painter = resemblances("Vale", STRIKER, PAINTER)
    assert striker.to_passage is not None
    assert painter.to_passage is not None
    assert striker.to_passage > 0 > painter.to_passage


def test_what_some_are_ahead_the_others_are_behind() -> None:
    ahead = [one.to_passage or 0.0 for one in resemblances("Vale", STRIKER, PAINTER, candidate("Ivo Vale", description="judge"))]
    assert sum(ahead) == pytest.approx(0.0)


def test_names_are_held_against_the_passage_where_no_record_says_anything() -> None:
    by_name = resemblances("Vale", candidate("Rui Vale"), candidate("Eva Vale"))
    assert all(one.by_name and one.to_passage is not None for one in by_name)


def test_a_record_that_says_nothing_has_nothing_to_compare_beside_one_that_does() -> None:
    *_, silent = resemblances("Vale", STRIKER, PAINTER, candidate("Ivo Vale"))
    assert silent.to_passage is None
    assert not silent.by_name


def test_a_surname_brings_the_usual_given_name_to_mind() -> None:
    usual, rare = resemblances("Einstein", candidate("Albert Einstein"), candidate("Gerwald Tassilo Einstein"))
    assert usual.to_mention is not None
    assert rare.to_mention is not None
    assert usual.to_mention > rare.to_mention


def test_an_alias_that_is_just_the_mention_is_no_less_like_it_than_a_first_name() -> None:
    first, alias = resemblances("James Vale", candidate("James Vale"), candidate("Ivo Horn", aliases=["James Vale"]))
    assert first.to_mention == alias.to_mention == pytest.approx(0.0)


NOTHING = [
    ("Vale", [STRIKER], "one candidate has nobody to be compared with"),
    ("Вале", [candidate("Rui Vale"), candidate("Eva Vale")], "the vectors know no Cyrillic letters"),
]


@pytest.mark.parametrize(("text", "people", "because"), NOTHING, ids=[case[2] for case in NOTHING])
def test_where_there_is_nothing_to_compare_it_is_none(text: str, people: list[Candidate], because: str) -> None:
    assert all(one.to_mention is None for one in resemblances(text, *people)), because


def test_a_name_that_fits_a_full_one_much_worse_is_not_compared() -> None:
    near, far = candidate("Rui Vale", description="striker"), candidate("Eva Vale", description="painter")
    seen = chain("Rui Vale", context=context(passage=PASSAGE))
    found = with_resemblance(mention("Rui Vale"), seen, (near, Candidate(far.person, 0.2, far.profile)))
    assert [one.resemblance for one in found] == [Resemblance(), Resemblance()]
