from hypothesis import given
from hypothesis import strategies as st

from disambig.names import agree, best_agreement, fold, is_another, parse, part_similarity, skeleton
from disambig.names.parsing import _taken_apart

names = st.text(alphabet=st.characters(codec="utf-8", categories=("L", "M", "Zs", "Pd", "Po")), max_size=40)
made = st.lists(
    st.sampled_from("ana anna anja costa kosta orlov orlow orlova taras dmitry dmitri dima li d ben van kim jong un jongun mario".split()),
    min_size=2,
    max_size=4,
).map(" ".join)
parts = st.text(alphabet="abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=14)


@given(names)
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


WORDS = "Ana Costa Dmitry Nikolaevich Ilyinichna Kim Jong Xi Ben Al van der de San Prince Dr Mayor Jr VIII III VI Lee Davis MP".split()


@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=4).map(" ".join))
def test_a_name_of_plain_words_is_parsed_the_short_way_as_the_long_one(text: str) -> None:
    assert parse(text) == _taken_apart(text)


@given(names)
def test_every_name_has_parts_and_its_family_is_among_them(text: str) -> None:
    name = parse(text)
    assert name.parts
    assert set(name.family) <= set(name.parts)


@given(parts, parts)
def test_likeness_of_parts_is_symmetric_and_in_range(one: str, other: str) -> None:
    assert part_similarity(one, other) == part_similarity(other, one)
    assert 0.0 <= part_similarity(one, other) <= 1.0


@given(parts)
def test_a_skeleton_is_never_empty(part: str) -> None:
    assert skeleton(part)


@given(names)
def test_a_name_agrees_with_itself_in_full(text: str) -> None:
    assert agree(parse(text), parse(text)).score == 1.0


@given(names, names)
def test_agreement_is_in_range(text: str, other: str) -> None:
    assert 0.0 <= agree(parse(text), parse(other)).score <= 1.0


@given(names, st.lists(names, min_size=1, max_size=4))
def test_the_order_of_aliases_does_not_change_the_score(text: str, aliases: list[str]) -> None:
    assert best_agreement(parse(text), tuple(aliases)).score == best_agreement(parse(text), tuple(aliases[::-1])).score


@given(made, made)
def test_a_name_told_to_be_anothers_agrees_in_no_way_that_counts(text: str, other: str) -> None:
    mention, person = parse(text.title()), parse(other.title())
    if mention.is_full and person.family == person.parts[-1:] and is_another(mention, person.parts):
        assert agree(mention, person).score < 0.3
