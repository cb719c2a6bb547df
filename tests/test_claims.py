"""Which names the text itself puts in question: "[? Costa]" is doubted, "[Costa]" is not."""

from typing import NamedTuple

import pytest
from factory import document

from disambig.claims import doubt


class Case(NamedTuple):
    text: str
    because: str


DOUBTED = [
    Case('By "[? Costa]" the minister may have meant somebody else.', "a quoted name in a hedged sentence"),
    Case("By “[? Costa]” she may have meant somebody else.", "curly quotation marks"),
    Case('The "[? Costa]" in his mouth could be a different person.', "a quoted name and a different person"),
    Case("He may have meant another [? Costa].", "another one of that name"),
    Case("It may be a different [? Costa].", "a different one of that name"),
    Case("The name [? Costa] may refer to somebody else.", "called a name"),
    Case("Which [? Costa] he meant is not known, perhaps the minister.", "which of them"),
    Case("[? Costa] may be confused with [Luis Costa].", "confused with a namesake"),
    Case("By [? Costa] he may have meant somebody else, perhaps [Luis Costa].", "the other reading is named in full"),
    Case(
        "[Ana Reis] said that [? Costa] had the money. [Rui Vale] replied that [Reis] may have meant somebody else, perhaps [Luis Costa].",
        "the earlier mention in what the other speaker said",
    ),
    Case(
        "[Ana Reis] spoke on Friday. She said [? Costa] had the money.\n\n[Reis] may have meant somebody else, perhaps [Luis Costa].",
        "the speaker stands in the sentence before the earlier mention",
    ),
    Case(
        '[Ana Reis] told reporters that [? Vale] carried the plan. By "[? Vale]" [Reis] may have meant somebody else.',
        "the earlier mention too, where the sentence names its speaker",
    ),
    Case("The [? Vale] he meant may be [Taras Vale].", "the other reading in full after the verb of meaning"),
]

LOOK_ALIKES = [
    Case("[Costa] may meet another minister.", "another minister"),
    Case("[Costa] said he might move to another club.", "another club"),
    Case("[Costa] can talk about other things.", "other things"),
    Case("Voters may be confused, [Costa] said.", "confused voters"),
    Case("[Costa] may mean what he says.", "to mean it"),
    Case("[Costa] meant another meeting.", "another meeting"),
    Case("What could [Costa] possibly want?", "a rhetorical question"),
    Case("[Costa], who may seek another term, left.", "another term"),
    Case("[Costa] could possibly return on Friday.", "a possible return"),
    Case("Other ministers may refer to [Costa] as a friend.", "to refer to somebody as"),
    Case("This means that [Costa] must find another coach.", "this means"),
    Case("It would be a mistake, [Costa] said, to refer to another law.", "a mistake"),
    Case('"[Costa] is right," she said.', "a quotation"),
    Case('They call him "[Costa]".', "a quoted name that nobody doubts"),
    Case("[Ana Costa] and her brother [Luis Costa] may talk of other plans.", "two of one surname, both in full"),
    Case("[Ana Reis] may have meant somebody else.", "a full name is never doubted"),
    Case("[Ana Costa] left. [Costa] came back.", "no hedge at all"),
    Case("[Rui Vale] left, [Costa] said. [Ana Reis] may have meant somebody else, perhaps [Luis Costa].", "what a third person said"),
    Case("[Vale] could possibly campaign with [Ana Vale].", "a possible meeting with a namesake"),
    Case("[Vale] might have been mistaken, [Ana Vale] said.", "a mistake about something else"),
    Case("Some [Vale] supporters may talk of other candidates.", "other candidates"),
    Case("Any [Vale] voter might possibly stay away.", "a possible voter"),
    Case('The "[Vale]" brand may mean other things.', "what a brand means"),
    Case('"[Vale]" may be the best film of the year, other critics say.', "a quoted title of a film"),
    Case("[Costa] walked beside [Ana Reis]. [Reis] may have meant somebody else, perhaps [Luis Costa].", "not what the speaker said"),
]


@pytest.mark.parametrize("case", [*DOUBTED, *LOOK_ALIKES], ids=lambda case: case.because)
def test_a_name_is_doubted_where_the_text_asks_whom_it_means(case: Case) -> None:
    marked = document(case.text.replace("[? ", "["))
    expected = [part.startswith("? ") for part in case.text.split("[")[1:]]
    assert [mention.doubted for mention in doubt(marked).mentions] == expected, case.because


def test_only_the_doubts_change() -> None:
    before = document('By "[Costa]" he may have meant [Luis Costa]. Minister [Reis] left.', date="2020")
    after = doubt(before)
    assert (after.article, after.sentences, after.entities) == (before.article, before.sentences, before.entities)
    assert [(mention.id, mention.title) for mention in after.mentions] == [(mention.id, mention.title) for mention in before.mentions]


def test_reading_doubts_twice_is_reading_them_once() -> None:
    once = doubt(document('By "[Costa]" he may have meant somebody else.'))
    assert doubt(once) == once
