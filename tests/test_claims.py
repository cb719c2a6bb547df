"""What a text says about whom a name means: "[Costa]" is a mention, and a case lists who says what of the name that is left open."""

from typing import NamedTuple

import pytest
from factory import document

from disambig.claims import denials, disclaimers, read_statements, rules
from disambig.claims.lines import Cue
from disambig.claims.scene import scenes
from disambig.records import Document


class Case(NamedTuple):
    text: str
    says: tuple[str, ...]  # "claimant stance reading", of every statement, in the order of the text
    because: str


OPENED = '"[Costa] took the money," the note says.\n\n'  # a use of the name that its own text leaves unclear


def told(read: Document) -> set[str]:
    """Each statement as "claimant stance reading"; "others" are those put forward before."""
    return {
        f"{one.claimant or 'article'} {one.stance.value} {one.named.text if one.named else one.words or 'others'}"
        for one in read.statements
    }


MEANING = [
    Case("[Rui Vale] said that the note refers to [Luis Costa].", ("Rui Vale identifies Luis Costa",), "refers to"),
    Case("[Rui Vale] insists that the writer meant [Luis Costa].", ("Rui Vale identifies Luis Costa",), "meant"),
    Case("The writer, [Rui Vale] says, had [Luis Costa] in mind.", ("Rui Vale identifies Luis Costa",), "had in mind"),
    Case("[Rui Vale] testified that the writer was speaking of [Luis Costa].", ("Rui Vale identifies Luis Costa",), "speaking of"),
    Case("[Rui Vale] claimed that the note concerns [Luis Costa].", ("Rui Vale identifies Luis Costa",), "concerns"),
    Case("The name, [Rui Vale] argues, belongs to [Luis Costa].", ("Rui Vale identifies Luis Costa",), "belongs to"),
    Case("[Rui Vale] read the note as a reference to [Luis Costa].", ("Rui Vale identifies Luis Costa",), "read as a reference to"),
    Case("[Rui Vale] says that the man meant is [Luis Costa].", ("Rui Vale identifies Luis Costa",), "the man meant is"),
]
HEDGED = [
    Case("The note, [Rui Vale] said, may refer to [Luis Costa].", ("Rui Vale suggests Luis Costa",), "may"),
    Case("[Rui Vale] said that the note could mean [Luis Costa].", ("Rui Vale suggests Luis Costa",), "could"),
    Case("[Rui Vale] said that the writer perhaps meant [Luis Costa].", ("Rui Vale suggests Luis Costa",), "perhaps"),
    Case("In all likelihood, [Rui Vale] said, the note refers to [Luis Costa].", ("Rui Vale suggests Luis Costa",), "in all likelihood"),
    Case("[Rui Vale] suspects that the writer meant [Luis Costa].", ("Rui Vale suggests Luis Costa",), "suspects"),
    Case("Did the writer not mean [Luis Costa]? So asked [Rui Vale].", ("Rui Vale suggests Luis Costa",), "a question"),
    Case("[Rui Vale] said that the note can only refer to [Luis Costa].", ("Rui Vale identifies Luis Costa",), "can only is no hedge"),
]
DENIED = [
    Case("[Rui Vale] said that the note does not refer to [Luis Costa].", ("Rui Vale denies Luis Costa",), "does not refer"),
    Case("[Rui Vale] says that the writer never meant [Luis Costa].", ("Rui Vale denies Luis Costa",), "never meant"),
    Case("[Rui Vale] denied that the note concerned [Luis Costa].", ("Rui Vale denies Luis Costa",), "denied that it concerned"),
    Case('"I am not the [Costa] of the note," [Luis Costa] said.', ("Luis Costa denies Luis Costa",), "somebody of himself"),
    Case('"The writer cannot have meant me," [Luis Costa] said.', ("Luis Costa denies Luis Costa",), "cannot have meant me"),
    Case(
        "The note, [Rui Vale] said, refers not to [Ana Costa] but to [Luis Costa].",
        ("Rui Vale denies Ana Costa", "Rui Vale identifies Luis Costa"),
        "not one but the other",
    ),
    Case(
        "[Rui Vale] said that the writer meant [Luis Costa], not [Ana Costa].",
        ("Rui Vale identifies Luis Costa", "Rui Vale denies Ana Costa"),
        "one, not the other",
    ),
    Case(
        "[Eva Reis] said that the note refers to [Ana Costa]. [Rui Vale] replied that the police have the wrong [Costa].",
        ("Eva Reis identifies Ana Costa", "Rui Vale denies others"),
        "the wrong one",
    ),
]
SPEAKERS = [
    Case("The ministry said that the note refers to [Luis Costa].", ("The ministry identifies Luis Costa",), "an office"),
    Case("According to [Rui Vale], the note refers to [Luis Costa].", ("Rui Vale identifies Luis Costa",), "according to"),
    Case('"The note refers to [Luis Costa]," said [Rui Vale].', ("Rui Vale identifies Luis Costa",), "direct speech, verb first"),
    Case('"The note refers to [Luis Costa]," [Rui Vale] said.', ("Rui Vale identifies Luis Costa",), "direct speech, name first"),
    Case("[Rui Vale], who found it, said that the note refers to [Luis Costa].", ("Rui Vale identifies Luis Costa",), "a relative clause"),
    Case("The mayor, [Rui Vale], said that the note refers to [Luis Costa].", ("Rui Vale identifies Luis Costa",), "an apposition"),
    Case("[Rui Vale] came back. He said that the note refers to [Luis Costa].", ("Rui Vale identifies Luis Costa",), "a pronoun"),
    Case(
        "A lawyer for [Rui Vale] said that the note refers to [Luis Costa].", ("lawyer for Rui Vale identifies Luis Costa",), "for somebody"
    ),
    Case(
        "The mayor, Doctor [Rui Vale], said that the note refers to [Luis Costa].", ("Rui Vale identifies Luis Costa",), "a title between"
    ),
    Case("To [Rui Vale], this was the note of a clerk and meant [Luis Costa].", ("Rui Vale identifies Luis Costa",), "to somebody it was"),
    Case("[Rui Vale]: The note refers to [Luis Costa].", ("Rui Vale identifies Luis Costa",), "a transcript"),
    Case(
        "The paper [Eva Reis] writes for is old. [Rui Vale] said that it means [Luis Costa].",
        ("Rui Vale identifies Luis Costa",),
        "not her",
    ),
    Case("The name was read by [Rui Vale] as [Luis Costa].", ("Rui Vale identifies Luis Costa",), "the passive"),
    Case(
        "[Rui Vale] said that the note means [Ana Costa]. [Eva Reis] said that it means [Luis Costa].",
        ("Rui Vale identifies Ana Costa", "Eva Reis identifies Luis Costa"),
        "two sides",
    ),
    Case(
        "[Rui Vale] said that the note refers to the caterer. [Eva Reis] said that it means [Luis Costa].",
        ("Rui Vale identifies the caterer", "Eva Reis identifies Luis Costa"),
        "a description",
    ),
]


TWO = "[Eva Reis] said that the note meant [Ana Costa]. "
OUTSIDE = [
    Case(TWO + "[Rui Vale] said that she drops out.", ("Rui Vale denies Ana Costa",), "drops out"),
    Case(TWO + "That rules out [Ana Costa], [Rui Vale] said.", ("Rui Vale denies Ana Costa",), "rules out"),
    Case(TWO + "[Ana Costa] was the victim of a mix-up, [Rui Vale] said.", ("Rui Vale denies Ana Costa",), "the victim of a mix-up"),
    Case(TWO + "[Eva Reis] confuses [Ana Costa] with somebody else, [Rui Vale] said.", ("Rui Vale denies Ana Costa",), "confuses her with"),
    Case(TWO + "[Ana Costa] only shares a surname with the writer, [Rui Vale] said.", ("Rui Vale denies Ana Costa",), "shares a surname"),
    Case(
        TWO + "Was she in the note? [Ana Costa] shook her head, and [Rui Vale] wrote it down.", ("Ana Costa denies Ana Costa",), "a gesture"
    ),
    Case(TWO + "[Rui Vale] was asked. Was [Ana Costa] in the note? He shook his head.", ("Rui Vale denies Ana Costa",), "of somebody else"),
    Case(TWO + '"You are looking for somebody else," [Ana Costa] said.', ("Ana Costa denies Ana Costa",), "looking for somebody else"),
    Case(TWO + '"Wrong door," said [Ana Costa].', ("Ana Costa denies Ana Costa",), "the wrong door"),
    Case(TWO + '"The porter," said [Rui Vale].', ("Rui Vale identifies The porter",), "a person is all that is said"),
    Case(TWO + "The note, [Rui Vale] said, was not addressed to [Ana Costa].", ("Rui Vale denies Ana Costa",), "not addressed to"),
    Case(
        TWO + "Should the note be genuine, [Rui Vale] said, it meant [Luis Costa].",
        ("Rui Vale suggests Luis Costa",),
        "a condition without if",
    ),
    Case(TWO + "It could be no other than [Luis Costa], [Rui Vale] said.", ("Rui Vale identifies Luis Costa",), "no other than"),
]


@pytest.mark.parametrize("case", OUTSIDE, ids=lambda case: case.because)
def test_the_other_side_need_not_speak_of_meaning(case: Case) -> None:
    assert set(case.says) <= told(read_statements(document(OPENED + case.text)))


SIDES = [
    Case(
        "[Rui Vale] showed a picture of the yard and of [Ana Costa], he said.\n\nTwo days later [Ida Lund] told the court of [Luis Costa].",
        ("Rui Vale identifies Ana Costa", "Ida Lund identifies Luis Costa"),
        "whatever they say of them",
    ),
    Case(
        "The catalogue gives the money to [Ana Costa].\n\n[Ida Lund], who keeps the books, gives it to [Luis Costa].",
        ("The catalogue identifies Ana Costa", "Ida Lund identifies Luis Costa"),
        "the article tells whose view it is",
    ),
]


@pytest.mark.parametrize("case", SIDES, ids=lambda case: case.because)
def test_each_side_puts_forward_whom_it_names(case: Case) -> None:
    read = read_statements(document(OPENED + case.text))
    assert told(read) == set(case.says)
    assert read.mentions[0].doubted


NO_SIDES = {
    "named before": "[Ana Costa] came. " + OPENED + "[Rui Vale] spoke of [Ana Costa].\n\n[Ida Lund] spoke of [Luis Costa].",
    "one side": OPENED + "[Rui Vale] spoke of [Ana Costa]. He said that he had also seen [Luis Costa].",
    "told of": OPENED + "[Ana Costa], the treasurer, left on Monday.\n\n[Luis Costa], the porter, stayed.",
    "who made a thing": OPENED
    + "[Rui Vale] said that the frame was made by [Ana Costa].\n\n[Ida Lund] said that it was made by [Luis Costa].",
}


@pytest.mark.parametrize("because", NO_SIDES)
def test_two_people_of_a_name_are_not_two_sides(because: str) -> None:
    read = read_statements(document(NO_SIDES[because]))
    assert not any(mention.doubted for mention in read.mentions)


@pytest.mark.parametrize("case", [*HEDGED, *DENIED], ids=lambda case: case.because)
def test_an_open_name_gets_hedged_and_denied_readings(case: Case) -> None:
    read = read_statements(document(OPENED + case.text))
    expected = set(case.says)
    if "identifies" not in " ".join(case.says) or len(case.says) > 1:
        assert read.mentions[0].doubted, case.because
        assert told(read) == expected
    else:
        assert not read.mentions[0].doubted, "one flat reading disputes nothing"


@pytest.mark.parametrize("case", [*MEANING, *SPEAKERS], ids=lambda case: case.because)
def test_a_reading_belongs_to_who_gives_it(case: Case) -> None:
    """A second side makes the dispute: one flat reading alone leaves nothing open."""
    other = "\n\n[Ida Lund] said that the note refers to the porter."
    read = read_statements(document(OPENED + case.text + other))
    assert told(read) - {"Ida Lund identifies the porter"} == set(case.says)


USED = [
    Case('The "[Costa]" in [Ana Reis]\'s mouth may be [Luis Costa], [Rui Vale] said.', ("Rui Vale suggests Luis Costa",), "in a mouth"),
    Case(
        "[Ana Reis] said that [Costa], the treasurer, had the money. [Rui Vale] replied that she may have meant [Luis Costa].",
        ("Ana Reis identifies treasurer", "Rui Vale suggests Luis Costa"),
        "what stands with the name in the first speaker's words",
    ),
]


@pytest.mark.parametrize("case", USED, ids=lambda case: case.because)
def test_the_use_of_a_name_is_a_claim_of_its_speaker(case: Case) -> None:
    assert told(read_statements(document(case.text))) == set(case.says)


ARTICLE = [
    Case("Mayor [Ana Costa] left. Deputy [Costa] (no relation) stayed.", ("article denies others",), "no relation"),
    Case("[Ana Costa], not to be confused with the tenor [Ana Costa], won.", ("article denies Ana Costa",), "not to be confused with"),
    Case(
        "[Ana Costa] (the cellist, not the senator) played.",
        ("article identifies the cellist", "article denies the senator"),
        "in brackets",
    ),
    Case("[Ana Costa] won. In the hall sat another [Ana Costa].", ("article denies others",), "another"),
    Case("[Ana Costa] won. In the hall sat her namesake, [Ana Costa].", ("article denies others",), "a namesake"),
    Case("[Ana Costa] won. The [Costa] who signed the note is [Luis Costa].", ("article identifies Luis Costa",), "the one who"),
    Case("[Ana Costa], a namesake of the tenor [Ana Costa], won.", ("article denies Ana Costa",), "a namesake of"),
    Case("[Ana Costa] left. [Luis Costa], who is unrelated to her, stayed.", ("article denies others",), "unrelated"),
    Case("[Ana Costa] won. Deputy [Costa], the baker, who is unrelated to her, sang.", ("article denies others",), "unrelated, further on"),
    Case("[Ana Costa] won; she has the name in common with the tenor [Ana Costa].", ("article denies Ana Costa",), "a name in common"),
    Case(
        "[Ana Costa] won. Some spoke of the [Ana Costa] of 1959. That was another woman altogether.",
        ("article denies others",),
        "the sentence after",
    ),
    Case(
        "The lamp is that of [Costa]. Readers should understand by [Costa] the baker.",
        ("article identifies the baker",),
        "to understand by",
    ),
    Case("[Costa] won. It is the printer [Costa] whose lamp was lit.", ("article identifies the printer",), "it is the printer"),
    Case(
        "[Costa] won. Two are called [Costa] here, and the son is to be understood.", ("article identifies the son",), "is to be understood"
    ),
    Case(
        "[Ana Costa] left.\n\nCorrection: We wrongly named [Ana Costa]. The [Costa] who left is [Luis Costa].",
        ("article denies Ana Costa", "article identifies Luis Costa"),
        "a correction",
    ),
]


@pytest.mark.parametrize("case", ARTICLE, ids=lambda case: case.because)
def test_the_articles_own_disclaimers_are_nobodys_claim_and_put_nothing_in_doubt(case: Case) -> None:
    read = read_statements(document(case.text))
    assert told(read) == set(case.says)
    assert not any(mention.doubted for mention in read.mentions)


QUARRELS = {
    "a denial of an event": "[Ana Costa] denied that she had met [Luis Costa]. There was no meeting, [Rui Vale] said.",
    "a quarrel about a fact": "[Ana Costa] said that the wall was wet. That was wrong, said [Luis Costa]; it was dry.",
    "a role": "[Rui Vale] said that [Costa] was never the treasurer. [Ana Costa] kept the books, [Luis Costa] said.",
    "kinship": "[Ana Costa] is not the sister of [Luis Costa], [Rui Vale] said.",
    "a video": "The man in the video is [Luis Costa], said [Rui Vale]. [Ana Costa] says that it is her cousin.",
    "an unsigned text": "The poem is by [Ana Costa], said [Rui Vale]. It may be by [Luis Costa], others say.",
    "meant something else": "[Ana Costa] meant another meeting, [Rui Vale] said. [Luis Costa] may have meant the tax.",
    "a figure of speech": "[Ana Costa] is another [Napoleon], said [Luis Costa].",
    "means well": '"[Costa] means well," said [Rui Vale]. "She never meant to stay."',
    "refers a question": "[Ana Costa] referred all questions to [Luis Costa], [Rui Vale] said.",
    "talked about": "[Ana Costa] talked about [Luis Costa] for an hour.",
    "another minister": "[Costa] may meet another minister.",
    "confused voters": "Voters may be confused, [Costa] said.",
    "to mean it": "[Costa] may mean what he says.",
    "another term": "[Costa], who may seek another term, left.",
    "other things": "[Costa] can talk about other things.",
    "to refer as": "Other ministers may refer to [Costa] as a friend.",
    "this means": "This means that [Costa] must find another coach.",
    "a nickname": 'They call him "[Costa]".',
    "no hedge": "[Ana Costa] left. [Costa] came back.",
    "two namesakes": "[Ana Costa] sang. [Luis Costa] played. [Costa] bowed, and [Rui Vale] said that he was pleased.",
    "a body": "The dead man was identified as [Luis Costa], said [Rui Vale]. [Ana Costa] was not sure.",
    "a goal": "The goal was given to [Ana Costa]. [Luis Costa] touched it last, said [Rui Vale].",
    "a slip": "[Rui Vale] confused the mayor with a waiter, [Ana Costa] said. [Luis Costa] laughed.",
    "a body of work": "A small [Costa] hangs on the wall. [Rui Vale] thinks that it is a copy.",
    "a government": "The [Costa] government fell. [Rui Vale] said that nobody else was to blame.",
    "a question about a person": "Which [Costa] will come, the reformer or the bully? [Ana Costa] has been both.",
    "a possible visit": "[Vale] could possibly campaign with [Ana Vale].",
    "a mistake": "[Vale] might have been mistaken, [Ana Vale] said.",
    "supporters": "Some [Vale] supporters may talk of other candidates.",
    "the name of a brand": 'The "[Vale]" brand may mean other things.',
    "a quoted title": '"[Vale]" may be the best film of the year, other critics say.',
    "an accusation": "[Rui Vale] accused [Ana Costa] of bribing [Luis Costa]. [Luis Costa] denied it.",
    "a successor": "[Ana Costa] may be replaced by somebody else, [Rui Vale] said. [Luis Costa] wants the post.",
    "an intention": "[Ana Costa] intended to leave, said [Luis Costa]. She did not mean to stay.",
    "nothing to do with": "[Ana Costa] had nothing to do with the loan, [Rui Vale] said. [Luis Costa] signed it.",
    "an opinion of a person": '"[Costa] is right," she said.',
    "a preference": "[Rui Vale] would perhaps have chosen [Ana Costa]. [Luis Costa] got the job.",
    "a translation": "What the word means to [Ana Costa] is not what it means to [Luis Costa].",
    "an order": "It was not [Ana Costa] who gave the order but [Luis Costa], said [Rui Vale].",
}


@pytest.mark.parametrize("because", QUARRELS)
def test_other_quarrels_are_not_about_names(because: str) -> None:
    read = read_statements(document(QUARRELS[because]))
    assert not any(mention.doubted for mention in read.mentions)
    assert not any(one.disputed for one in read.statements)


DOUBTED = {
    "a quoted name in a hedged sentence": 'By "[? Costa]" the minister may have meant somebody else.',
    "curly quotation marks": "By “[? Costa]” she may have meant somebody else.",
    "which of them": "Which [? Costa] he meant is not known, perhaps the minister.",
    "called a name": "The name [? Costa] may refer to somebody else, [Rui Vale] said.",
    "the earlier use by the other speaker": (
        "[Ana Reis] said that [? Costa] had the money. [Rui Vale] replied that [Reis] may have meant somebody else, perhaps [Luis Costa]."
    ),
}


@pytest.mark.parametrize("because", DOUBTED)
def test_a_name_is_doubted_where_the_text_asks_whom_it_means(because: str) -> None:
    text = DOUBTED[because]
    read = read_statements(document(text.replace("[? ", "[")))
    assert [mention.doubted for mention in read.mentions] == [part.startswith("? ") for part in text.split("[")[1:]]


def test_only_statements_and_doubts_change() -> None:
    before = document('By "[Costa]" he may have meant [Luis Costa]. Minister [Reis] left.', date="2020")
    after = read_statements(before)
    assert (after.article, after.sentences, after.entities) == (before.article, before.sentences, before.entities)
    assert [(mention.id, mention.title) for mention in after.mentions] == [(mention.id, mention.title) for mention in before.mentions]


def test_reading_twice_is_reading_once() -> None:
    once = read_statements(document(OPENED + "[Rui Vale] said that the note may refer to [Luis Costa]."))
    assert read_statements(once) == once


CUES = {name: cue for module in (rules, denials, disclaimers) for name, cue in vars(module).items() if isinstance(cue, Cue)}


@pytest.mark.parametrize("name", CUES)
def test_what_is_looked_for_in_a_page_finds_what_a_scene_of_it_holds(name: str) -> None:
    cue = CUES[name]
    texts = [OPENED + case.text for case in (*MEANING, *HEDGED, *DENIED, *OUTSIDE, *SPEAKERS, *USED, *ARTICLE)]
    for scene in (scene for text in (*texts, *DOUBTED.values()) for scene in scenes(document(text.replace("[? ", "[")))):
        for span in scene.document.sentences:
            if cue.lowered.search(scene.lowered, *span):
                assert cue.of_anybody.search(scene.page.lowered_clear, *span), scene.document.article.text[slice(*span)]
