"""What vectors tell of a shortlist: whose record is about the passage, whose name the mention brings to mind, who fits a short text."""

import pytest
from factory import candidate, chain, context, decision, mention

from disambig.records import Article, Candidate, Resemblance
from disambig.resemblance import Read, is_short, with_resemblance, with_whole_text

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


# -- short texts, read as a whole

LARRYS = (candidate("Larry Vale", description="co-founder of an internet search engine"), candidate("Larry Horn", description="comedian"))
SERGEYS = (candidate("Sergey Vale", description="co-founder of an internet company"), candidate("Sergey Horn", description="composer"))


def read(text: str, people: tuple[Candidate, ...], *shares: float, start: int = 0, chain_id: str = "c1") -> Read:
    """A first decision between *people*, as probable as *shares* say, evenly for none."""
    probable = shares or (1 / len(people),) * len(people)
    odds = {one.person.name: share for one, share in zip(people, probable, strict=True)}
    return decision(odds, text=text, start=start, chain_id=chain_id), people


def in_text(text: str, *others: Read) -> list[list[Resemblance]]:
    """For each of the *others* what a whole *text* tells of its people."""
    return [[one.resemblance for one in people] for people in with_whole_text(Article("a1", text), others)]


def test_the_record_that_fits_the_whole_text_is_ahead() -> None:
    ((founder, comedian),) = in_text("Larry made the web searchable from a garage.", read("Larry", LARRYS))
    assert founder.to_text is not None
    assert comedian.to_text is not None
    assert founder.to_text > comedian.to_text


def test_two_of_a_kind_are_ahead_of_those_of_other_kinds() -> None:
    both = in_text("Larry and Sergey came.", read("Larry", LARRYS), read("Sergey", SERGEYS, start=10, chain_id="c2"))
    for founder, other in both:
        assert founder.to_company is not None
        assert other.to_company is not None
        assert founder.to_company > 0 > other.to_company


def test_company_that_is_certain_says_more() -> None:
    ahead = []
    for shares in ((0.5, 0.5), (0.99, 0.01)):
        (founder, _), _ = in_text(
            "Larry and Sergey came.", read("Larry", LARRYS), read("Sergey", SERGEYS, *shares, start=10, chain_id="c2")
        )
        assert founder.to_company is not None
        ahead.append(founder.to_company)
    assert ahead[1] > ahead[0] > 0


ALONE = [
    (read("Larry", LARRYS[:1]), "one candidate for a bare name"),
    (read("Larry", LARRYS, 0.999, 0.001), "one who is far less probable"),
    (read("Larry", (LARRYS[0], candidate("Larry Horn"))), "a record that says nothing"),
]


@pytest.mark.parametrize(("alone", "because"), ALONE, ids=[case[1] for case in ALONE])
def test_whoever_alone_is_in_question_is_held_against_the_text_and_nobody_else(alone: Read, because: str) -> None:
    ((first, *others),) = with_whole_text(Article("a1", "Larry came."), [alone])
    assert first.resemblance.with_text is not None, because
    assert (first.resemblance.to_text, first.resemblance.to_company) == (None, None)
    assert others == list(alone[1][1:])


INCOMPARABLE = [
    (read("Larry Vale", LARRYS[:1]), "one candidate for a full name"),
    (read("Ларри", LARRYS), "Cyrillic letters, which the encoder does not know"),
]


@pytest.mark.parametrize(("alone", "because"), INCOMPARABLE, ids=[case[1] for case in INCOMPARABLE])
def test_where_nobody_can_be_compared_the_candidates_stay_as_they_are(alone: Read, because: str) -> None:
    (found,) = with_whole_text(Article("a1", "Larry came."), [alone])
    assert found is alone[1], because


def test_nobody_beside_is_nothing_to_compare() -> None:
    ((founder, _),) = in_text("Larry came.", read("Larry", LARRYS))
    assert founder.to_company is None


@pytest.mark.parametrize("same", [{"chain_id": "c1"}, {"chain_id": "c2"}], ids=["of the same chain", "of the same name"])
def test_nobody_is_his_own_company(same: dict[str, str]) -> None:
    (founder, _), _ = in_text("Larry came. Larry left.", read("Larry", LARRYS), read("Larry", LARRYS, start=12, **same))
    assert founder.to_company is None


@pytest.mark.parametrize(("characters", "short"), [(1, True), (600, True), (601, False)])
def test_a_text_is_short_up_to_six_hundred_characters(characters: int, short: bool) -> None:
    assert is_short(Article("a1", "a" * characters)) is short
