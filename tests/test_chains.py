"""Which mentions one article presents as one person.

In these texts "[1 Ana Costa]" is a mention of person 1 and "[2? Costa]" one that the text doubts; each person is one chain.
"""

import re
from dataclasses import replace
from typing import NamedTuple

import pytest
from factory import document
from hypothesis import given
from hypothesis import strategies as st

from disambig.chains import link
from disambig.names import parse
from disambig.records import Chain, Document

_MARK = re.compile(r"\[(\d+)(\??) ")


class Case(NamedTuple):
    text: str
    because: str


def read(marked: str) -> tuple[Document, list[str]]:
    """The document of *marked*, and for each mention whose it is."""
    marks = _MARK.findall(marked)
    made = document(_MARK.sub("[", marked))
    pairs = zip(made.mentions, marks, strict=True)
    return replace(made, mentions=tuple(replace(mention, doubted=bool(doubt)) for mention, (_, doubt) in pairs)), [who for who, _ in marks]


def chains(marked: str) -> tuple[Chain, ...]:
    return link(read(marked)[0])


FULL_AND_BARE = [
    Case("[1 Ana Costa] spoke. [1 Costa] left.", "a full name, then the surname"),
    Case("[1 Costa] to resign\n\n[1 Ana Costa] spoke.", "the surname in the headline, the full name later"),
    Case("[1 Ana Costa] spoke.\n\nNobody answered.\n\n[1 Costa] left.", "however far apart, where nobody shares the surname"),
    Case("[1 Ana Costa] spoke. [1 Ana] left.", "the given name alone"),
    Case("[1 Анна Козак] ушла. Все ждали [1 Анну Козак]. О [1 Козак] забыли.", "a full name in another grammatical case"),
    Case("[1 Иван Орлов] ушёл. Без [1 Орлова] скучно. Ждали [1 Ивана Орлова].", "a surname in another grammatical case"),
    Case("Ждали [1 Ивана Орлова]. [1 Иван Орлов] пришёл.", "the nominative after another case"),
    Case("[1 Орлов] ушёл. Без [1 Орлова] скучно.", "a bare name in two cases"),
    Case(
        "[1 Ирина Орлова] ушла. За ней [2 Сергей Орлов].\n\nЖдали. Уйти с [2 Орловым].\n\nЖдали. Без [1 Орловой] скучно.", "man and woman"
    ),
    Case("[1 Иван Орлов] ушёл. [2 Анна Орлова] осталась. [2 Орлова] поёт.", "a woman's surname before the genitive of a man's"),
    Case("[1 Taylor Marsh] sang.\n\n[1 Taylor] bowed. [2 Ivy Taylor] left.", "who has been named comes before who is yet to be"),
    Case("[1 Ana Costa] met [2 Luis Reis]. [2 Reis] left, [1 Costa] stayed.", "two surnames"),
    Case("[1 Ana Costa] spoke. [2 Reis] left.", "another surname"),
    Case("[1 Reis] met [2 Costa]. [1 Reis] left.", "surnames that no full name explains"),
    Case("[1 Ana Maria Costa] spoke. [1 Ana Costa] left. [1 Costa] laughed.", "a middle name left out"),
    Case("[1 Ana Costa] spoke. [1 Ana Maria Costa] left.", "a middle name given later"),
    Case("[1 Dmitry Orlov] spoke. [1 D. Orlov] left.", "an initial"),
    Case("[1 D. Orlov] spoke. [1 Dmitry Orlov] left. [1 Orlov] laughed.", "an initial first"),
    Case("[1 Ludwig van der Berg] spoke. [1 Van der Berg] left. [1 Berg] laughed.", "particles"),
    Case("[1 Karim al-Hadidi] spoke. [1 al-Hadidi] left. [1 Hadidi] laughed.", "an article before the surname"),
    Case("[1 Zhao Minglun] spoke. [1 Zhao] left.", "the family name first"),
    Case("[1 Tóvári Péter] spoke. [1 Péter Tóvári] left. [1 Tóvári] laughed.", "either order of one name"),
    Case("[1 Eva Solar-Reyes] spoke. [1 Solar-Reyes] left.", "a double surname"),
    Case("[1 Nikita Khvorostin] spoke. [1 Nikita Hvorostin] left.", "one name transliterated in two ways"),
    Case("[1 José Carriço] spoke. [1 Jose Carrico] left.", "marks over letters dropped"),
    Case("[1 ORLOV] QUITS\n\n[1 Dmitry Orlov] spoke. [1 Orlov] left.", "a headline in capitals"),
    Case("[1 DMITRY ORLOV] QUITS\n\n[1 Dmitry Orlov] spoke.", "a full name in capitals"),
    Case("The architect [1 Ana Costa] spoke.\n\nThe conductor [1 Ana Costa] left.", "the same full name is one chain whatever its titles"),
    Case("King [1 Felix] spoke. King [1 Felix] left.", "a name that is never fuller"),
    Case("[1 Ana Costa]'s friends spoke. [1 Costa]'s left.", "possessives"),
    Case("[1 Gabriel Solar Reyes] spoke. [1 Solar] left.", "the first of two surnames"),
]

STORIES = [
    Case(
        "A DAY IN BRAGA\n\n[1 Ana Costa] won. [1 Costa] left.\n\nA DAY IN LISBON\n\n[2 Luis Costa] lost. [2 Costa] left.",
        "each story has its own",
    ),
    Case(
        "A DAY IN BRAGA\n\n[1 Ana Costa] won.\n\nA DAY IN LISBON\n\n[2 Costa] lost.",
        "a bare name does not join a full name of another story",
    ),
    Case("A DAY IN BRAGA\n\n[1 Ana Costa] won.\n\nIt rained.\n\n[1 Costa] left.", "one headline makes no digest"),
    Case("A DAY IN BRAGA\n\n[1 Ana Costa] won.\n\nA DAY IN LISBON\n\n[1 Ana Costa] lost.", "a full name is one chain in all of them"),
]

NAMESAKES = [
    Case("[1 Ana Costa] met [2 Luis Costa].\n\n[3 Costa] left.", "nothing tells which of two: alone"),
    Case("[1 Costa] was taught by [2 Luis Costa].", "who follows in full in one sentence is somebody else"),
    Case("[1 Costa] left. Her younger brother, [2 Luis Costa], stayed.", "a relative who follows in full"),
    Case("[1 Costa] left. Nobody saw her. [1 Costa]'s wife [2 Ana Costa] stayed.", "a relative of who is named again"),
    Case("[1 Ana Costa] met [2 Luis Costa].\n\n[3 Costa] left.\n\n[4 Costa] came back.", "two open names are not said to be one person"),
    Case(
        "Minister [1 Ana Costa] met the striker [2 Luis Costa].\n\nMinister [1 Costa] left. The striker [2 Costa] stayed.",
        "each by the same title",
    ),
    Case("Minister [1 Ana Costa] met the striker [2 Luis Costa].\n\nThe forward [2 Costa] left.", "a title of the same field"),
    Case("Minister [1 Ana Costa] met [2 Luis Costa].\n\nMinister [1 Costa] left.", "a title that only one of them has"),
    Case(
        "Minister [1 Ana Costa] and [2 Luis Costa] came.\n\nMinister [1 Costa] left.", "a title that does not go over to the second of two"
    ),
    Case(
        "Minister [1 Ana Costa] and Minister [2 Luis Costa] came.\n\nMinister [3 Costa] left.",
        "a title that both have tells nothing",
    ),
    Case("[1 Ana Costa] spoke.\n\n[2 Luis Costa] scored. [2 Costa] left.", "the full name in the sentence before"),
    Case("[1 Ana Costa] spoke. [1 Costa] left.\n\n[2 Luis Costa] scored. [2 Costa] cheered.", "each near its own full name"),
    Case("[1 Ana Costa] spoke.\n\nIt rained on a tablet put up by the merchant [2 Luis Costa]. [3 Costa] stopped.", "named in passing"),
    Case("It rained on a tablet put up by the merchant [1 Luis Costa]. [1 Costa] died soon.", "in passing, but nobody before"),
    Case("[1 Ana Costa] spoke.\n\n[2 Luis Costa] scored.\n\n[3 Costa] left.", "nearness ends with the paragraph"),
    Case("[1 Ana Costa] spoke.\n\n[2 Luis Costa] scored. It rained. It rained. [3 Costa] left.", "nearness ends after a sentence"),
    Case("[1 Ana Costa] met [2 Ana Reis].\n\n[3 Ana] left.", "a given name that two have"),
    Case("[1 Serena Vale] beat [2 Venus Vale]. [1 Serena] cheered, [2 Venus] left.", "sisters by given names"),
    Case("[1 Serena Vale] beat [2 Venus Vale].\n\n[3 Vale] cheered.", "sisters by the surname"),
    Case("[1 Costa] was born to [2 Luis Costa].", "a bare name before the full one of its sentence"),
    Case('"[1 Costa] means well," said the nurse of [1 Luis Costa].', "words that a sentence begins with, and then explains"),
    Case("[1 Costa] to resign. [1 Luis Costa] spoke.", "before the full one of the next sentence, as after a headline"),
    Case(
        "[1 Luis Costa] visits [2 Eva Costa]. [2 Eva] smiled.\n\n[2 Eva Costa] sat. [3 Costa] left.", "near one who goes by the given name"
    ),
    Case("[1 Dmitry Orlov] met [2 Denis Orlov].\n\n[3 D. Orlov] left.", "an initial that fits both founds a chain of its own"),
    Case("[1 George W. Marsh] followed [2 George H. Marsh].", "middle initials differ"),
    Case("[1 George W. Marsh] followed [2 George H. W. Marsh].", "one middle initial more"),
    Case("[1 Bill Hargreaves] met [2 Will Hargreaves]. [1 Bill] left.", "two nicknames of one name, two people"),
    Case("The striker [1 Luis Costa] left.\n\nJudge [2 Costa] adjourned.", "a title that does not fit the only full name"),
    Case("The striker [1 Luis Costa] left.\n\nThe forward [1 Costa] came back.", "a title that fits the only full name"),
    Case("The prime minister, [1 Ana Costa], left.\n\nThe premier, [1 Costa], came back.", "another word for the office"),
]

FAMILIES = [
    Case("Mr [1 Luis Costa] and Mrs [2 Ana Costa] came. Mrs [2 Costa] spoke, Mr [1 Costa] left.", "spouses in full"),
    Case("Mr [1 Smith] and Mrs [2 Smith] came. Mr [1 Smith] left.", "spouses by the surname alone"),
    Case("Mr [1 Luis Costa] came. Mrs [2 Costa] spoke.", "his wife, never named in full"),
    Case("Mr [1 Luis Costa] came. Mr [1 Costa] spoke. [1 Costa] left.", "the form of address need not be repeated"),
    Case("Sir [1 Luis Costa] came with Lady [2 Costa].", "titles that tell a gender"),
    Case("Dr [1 Luis Costa] came. Mrs [1 Costa] spoke.", "a title that tells no gender contradicts none"),
    Case("[1 Keith Marlow] built it. His son [2 James Marlow] sold it.\n\n[2 James] regrets it, [1 Keith] does not.", "parent and child"),
    Case("[1 Keith Marlow] built it. His son [2 James] sold it.", "a child by the given name alone"),
    Case("King [1 Karl II] died. King [2 Karl III] followed.", "kings have numbers"),
    Case("Pope [1 Felix II] died. Pope [2 Felix III] came.", "popes too"),
    Case("[1 Martin Bell Sr.] hired [2 Martin Bell Jr.] in May.", "senior and junior"),
    Case("[1 Martin Bell Sr.] hired [2 Martin Bell Jr.] in May. [2 Bell Jr.] left, [1 Bell Sr.] stayed.", "by surname and suffix"),
    Case("[1 Martin Bell Sr.] hired [2 Martin Bell Jr.] in May.\n\n[3 Bell] left.", "the surname without suffix"),
]

ANOTHER = [
    Case("[1 Ana Costa] spoke. Another [2 Ana Costa] left. [1 Ana Costa] came back.", "another one of the same full name"),
    Case("[1 Ana Costa] spoke. Another [2 Costa] left. [1 Costa] came back.", "another one of the surname"),
    Case("[1 Tanaka] won. One [2 Tanaka] was prime minister. [1 Tanaka] laughed.", "one of that name"),
    Case("[1 Ana Costa] spoke. [1 Costa], not to be confused with [2 Costa], left.", "not to be confused with"),
    Case("[1 Ana Costa] spoke. Nobody knew the [2 Costa] who sings.", "the one who"),
    Case("[1 D. Bell] signed. [2 Declan Bell] denied it; [3 Dermot Bell] was struck off.", "an initial that fits two joins neither"),
    Case("[1 Ana Costa] spoke. A [2 Costa] was there, and another [3 Costa].", "two others are not said to be one person"),
]

DOUBTED = [
    Case("[1 Ana Costa] spoke. [2? Costa] may be somebody else.", "a doubted name stays out of the chain that it would fit"),
    Case("[1? Costa] or [2? Costa]?", "each doubted name stands for itself"),
    Case("[1? Costa] spoke. [2 Costa] left.", "nor does a clear name join a doubted one"),
    Case(
        "The deputy chief of staff [1 Kozar] spoke.\n\nThe [2? Kozar] he meant may be [3 Taras Kozar].",
        "a full name that stands only where somebody wonders draws no other mention",
    ),
]


@pytest.mark.parametrize("case", [*FULL_AND_BARE, *STORIES, *NAMESAKES, *FAMILIES, *ANOTHER, *DOUBTED], ids=lambda case: case.because)
def test_a_chain_is_one_person(case: Case) -> None:
    made, whose = read(case.text)
    expected: dict[str, list[str]] = {}
    for mention, who in zip(made.mentions, whose, strict=True):
        expected.setdefault(who, []).append(mention.id)
    assert sorted([mention.id for mention in chain.mentions] for chain in link(made)) == sorted(expected.values()), case.because


NAMED = [
    Case("[1 Costa] left. [1 Ana Costa] spoke. [1 Ana Maria Costa] smiled.", "Ana Maria Costa"),
    Case("[1 DMITRY ORLOV] QUITS\n\n[1 Dmitry Orlov] spoke.", "Dmitry Orlov"),
    Case("[1 D. Orlov] left. [1 Dmitry Orlov] spoke.", "Dmitry Orlov"),
    Case("[1 Costa] left.", "Costa"),
]


@pytest.mark.parametrize("case", NAMED, ids=lambda case: f"{case.text} -> {case.because}")
def test_a_chain_is_named_by_its_fullest_name_in_plain_letters(case: Case) -> None:
    assert [chain.name for chain in chains(case.text)] == [case.because]


def test_an_article_without_people_has_no_chains() -> None:
    assert link(document("Nobody came.")) == ()


def test_chains_come_in_the_order_of_their_first_mentions() -> None:
    assert [chain.name for chain in chains("[2 Reis] met [1 Ana Costa]. [1 Costa] left.")] == ["Reis", "Ana Costa"]


NAMES = (
    "Ana Costa; Luis Costa; Costa; Ana; ANA COSTA; A. Costa; Ana Maria Costa; Martin Bell Sr.; Martin Bell Jr.; Bell; van der Berg; "
    "Zhao Minglun; Zhao; D. Orlov; Dmitry Orlov; Denis Orlov; Orlov"
).split("; ")
PIECES = st.tuples(
    st.sampled_from(["", "Mr ", "Mrs ", "Minister ", "the striker "]),
    st.sampled_from(NAMES),
    st.sampled_from([" left. ", " met ", ".\n\n", ", 45, said: ", " and "]),
    st.booleans(),
)


@given(st.lists(PIECES, max_size=12))
def test_every_mention_is_in_exactly_one_chain(pieces: list[tuple[str, str, str, bool]]) -> None:
    made = document("".join(f"{title}[{name}]{after}" for title, name, after, _ in pieces))
    flags = [doubt and not parse(name).is_full for _, name, _, doubt in pieces]
    made = replace(made, mentions=tuple(replace(one, doubted=flag) for one, flag in zip(made.mentions, flags, strict=True)))
    found = link(made)
    assert sorted(mention.id for chain in found for mention in chain.mentions) == sorted(mention.id for mention in made.mentions)
    assert len({chain.id for chain in found}) == len(found)
    assert all(len(chain.mentions) == 1 for chain in found if any(mention.doubted for mention in chain.mentions))
    for text in {mention.text for mention in made.mentions if parse(mention.text).is_full}:
        assert sum(any(mention.text == text for mention in chain.mentions) for chain in found) == 1, text
