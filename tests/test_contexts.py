"""What stands around a mention, as the features will compare it.

The mention that is looked from is the first "[Costa]", or the one that *name* says.
"""

from dataclasses import replace
from typing import NamedTuple

import pytest
from factory import chain, context, decision, document, mention, person
from hypothesis import given
from hypothesis import strategies as st

from disambig.chains import link
from disambig.contexts import describe, with_settled
from disambig.records import Context, Outcome, Verdict


def seen_from(marked: str, name: str = "Costa", *, nth: int = 0, date: str = "2020-05-01") -> Context:
    """The context of the mention number *nth* that is written *name*."""
    made = document(marked, date=date)
    found = sorted(describe(made, link(made)), key=lambda pair: pair[0].start)
    return [chain.context for mention, chain in found if mention.text == name][nth]


class Case(NamedTuple):
    text: str
    expected: object
    because: str
    name: str = "Costa"


ATTACHED = [
    Case("Ukraine's [Costa] left.", {"Ukraine"}, "a possessive"),
    Case("The Portuguese [Costa] left.", {"Portugal"}, "an adjective"),
    Case("Portuguese minister [Costa] left.", {"Portugal"}, "an adjective before the title"),
    Case("The Kremlin's [Costa] left.", {"Russia"}, "a metonym"),
    Case("[Costa] of Portugal left.", {"Portugal"}, "after the name"),
    Case("[Costa], of Portugal, left.", {"Portugal"}, "after a comma"),
    Case("[Costa] from the US left.", {"United States"}, "where somebody is from"),
    Case("[Costa] from Lisbon left.", {"Portugal"}, "a city"),
    Case("[Costa] (Portugal) left.", {"Portugal"}, "in parentheses"),
    Case("[Costa] (U.S.) left.", {"United States"}, "in parentheses and short"),
    Case("[Reis] (France) beat [Costa] (Spain).", {"Spain"}, "each with its own"),
    Case("[Costa], the Portuguese minister, left.", {"Portugal"}, "in the title that follows"),
    Case("Ukraine's security secretary [Costa] left.", {"Ukraine"}, "a possessive before the title"),
    Case("Ukrainian opposition leader [Costa] left.", {"Ukraine"}, "an adjective before two words"),
    Case("Portugal's then prime minister [Costa] left.", {"Portugal"}, "a word of time between"),
    Case("Former Portuguese minister [Costa] left.", {"Portugal"}, "a modifier before the country"),
    Case("In Portugal [Costa] left.", set(), "where it happened"),
    Case("Tour de France winner [Costa] left.", set(), "the country of a contest"),
    Case("[Costa], the French Open champion, left.", set(), "of one in the title that follows"),
    Case("In Portugal's parliament [Costa] spoke.", set(), "the country of something else"),
    Case("[Costa] met Spain's [Reis].", set(), "the country of somebody else"),
    Case("Brazil beat Spain; [Costa] left.", set(), "a country before the last punctuation"),
    Case("[Costa] left Portugal.", set(), "a country that the sentence names"),
    Case("[Costa] left.", set(), "no country"),
    Case("Пришёл президент Украины [Costa].", {"Ukraine"}, "in Russian"),
    Case("Прийшов український міністр [Costa].", {"Ukraine"}, "in Ukrainian"),
    Case("Ukraine's [Costa] left.\n\nLater [Costa] came back.", {"Ukraine"}, "every mention"),
]


@pytest.mark.parametrize("case", ATTACHED, ids=lambda case: case.text)
def test_countries_are_attached_to_a_name(case: Case) -> None:
    assert seen_from(case.text).attached == case.expected, case.because


def test_a_mentions_own_country_stands_before_that_of_its_chain() -> None:
    text = "Ukraine's [Costa] left. Nobody saw Spain's [Costa]. Then [Costa] came back."
    assert seen_from(text, nth=0).attached == {"Ukraine"}
    assert seen_from(text, nth=1).attached == {"Spain"}
    assert seen_from(text, nth=2).attached == {"Spain", "Ukraine"}


def test_countries_of_the_sentence_and_of_the_article() -> None:
    found = seen_from("[Costa] left Portugal.\n\nIt rained in Norway.")
    assert found.countries == {"Portugal"}
    assert found.background == {"Norway", "Portugal"}
    assert seen_from("[France] left.\n\n[Costa] left.").background == frozenset(), "a person's name is no country"


AGES = [
    Case("[Costa], 45, left.", 45, "between commas"),
    Case("[Costa] (45) left.", 45, "in parentheses"),
    Case("[Costa], who is 45, left.", 45, "a relative clause"),
    Case("[Costa], aged 45, left.", 45, "aged"),
    Case("[Costa], now 45, left.", 45, "now"),
    Case("[Costa], 45 years old, left.", 45, "years old"),
    Case("45-year-old [Costa] left.", 45, "before the name"),
    Case("The 45-year-old striker [Costa] left.", 45, "before the role"),
    Case("[Costa], 45, met [Reis], 50.", 45, "each with its own"),
    Case("[Costa], the 45-year-old striker, left.", 45, "after the name"),
    Case("[Costa], a 45-year-old, left.", 45, "after the name, without a role"),
    Case("A 30-year-old man attacked [Costa].", None, "the age of the other man"),
    Case("The 82-year-old father of [Costa] left.", None, "the age of the father"),
    Case("The 45-year-old met [Costa].", None, "the age of somebody without a name"),
    Case("[Costa] (2) scored.", None, "goals in parentheses"),
    Case("[Costa] (14) beat [Reis].", None, "a seed in parentheses"),
    Case("[Costa] scored 45 points.", None, "a number of something else"),
    Case("[Costa], 2010 champion, left.", None, "a year"),
    Case("[Costa] (1-0) left.", None, "a result"),
    Case("[Costa], 45 goals to his name, left.", None, "a number of something else"),
    Case("[Costa] left.", None, "no number"),
    Case("[Costa], 45, left. [Reis] stayed.\n\n[Costa] came back.", 45, "every mention of the chain"),
]


@pytest.mark.parametrize("case", AGES, ids=lambda case: case.text)
def test_an_age_stands_with_a_name(case: Case) -> None:
    assert seen_from(case.text).age == case.expected, case.because
    assert seen_from(case.text, nth=-1).age == case.expected, case.because


def test_two_ages_in_one_chain_are_none() -> None:
    assert seen_from("[Costa], 45, met [Costa], 70. Then [Costa] left.", nth=2).age is None


GENERATIONS = [
    Case("The elder [Costa] left.", "elder", "the elder"),
    Case("The older [Costa] left.", "elder", "the older"),
    Case("The younger [Costa] left.", "younger", "the younger"),
    Case("[Costa] the elder left.", "elder", "after the name"),
    Case("[Costa] Sr. left.", "elder", "Sr."),
    Case("[Costa], Jr., left.", "younger", "Jr."),
    Case("[Costa] senior left.", "elder", "senior"),
    Case("[Costa] left.", "", "nothing"),
    Case("[Bell Jr.] left.", "younger", "a suffix that belongs to the name", "Bell Jr."),
    Case("[Martin Bell Sr.] left.", "elder", "and the other one", "Martin Bell Sr."),
    Case("[Costa], senior adviser to the mayor, left.", "", "senior belongs to the role"),
    Case("[Costa], junior minister for trade, left.", "", "junior belongs to the role"),
    Case("[Tomás Costa Sr.] met [Tomás Costa Jr.].\n\n[Tomasito] left.", "younger", "a pet form where two share the name", "Tomasito"),
    Case("[Tomás Costa] spoke.\n\n[Tomasito] left.", "", "a pet form where one alone has the name", "Tomasito"),
    Case("[Costa], older than [Reis], left.", "", "a comparison"),
    Case("An elderly [Costa] left.", "", "an age"),
]


@pytest.mark.parametrize("case", GENERATIONS, ids=lambda case: case.text)
def test_the_text_says_elder_or_younger(case: Case) -> None:
    assert seen_from(case.text, case.name).generation == case.expected, case.because


EPITHETS = [
    Case("The works council's [Costa] left.", {"work", "council"}, "a possessor"),
    Case("The club's record signing [Costa] left.", {"club"}, "a possessor before other words"),
    Case("[Costa] (works council) left.", {"work", "council"}, "in parentheses"),
    Case("Nobody saw [Costa] of the works council.", {"work", "council"}, "after of"),
    Case("Nobody saw [Costa] from the works council.", {"work", "council"}, "after from"),
    Case("[Costa] (30th minute) scored.", set(), "no minute of a match"),
    Case("[Costa] ([Rui Reis]) left.", set(), "nobody else"),
    Case("They told [Costa] of the decision.", set(), "what somebody is told of"),
    Case("The bear that hit [Costa] at home left.", set(), "where it was"),
    Case("[Costa] left the works council.", set(), "words of the sentence only"),
    Case("It's [Costa] again.", set(), "a verb"),
]


@pytest.mark.parametrize("case", EPITHETS, ids=lambda case: case.text)
def test_other_words_are_attached_to_a_name(case: Case) -> None:
    assert seen_from(case.text).epithet == case.expected, case.because


def test_words_after_of_are_attached_to_a_name() -> None:
    assert seen_from("[Costa] of Berkeley left.").epithet >= {"berkeley"}


def test_a_mentions_own_title_stands_before_those_of_its_chain() -> None:
    text = "The minister [Ana Costa] left. Then [Costa] came back. The chairwoman [Costa] spoke."
    assert seen_from(text, "Ana Costa").titles == ("minister",)
    assert seen_from("The minister [Ana Costa] left. Then [Costa] came back.").titles == ("minister",)
    assert seen_from("The mayor [Costa] left. The judge [Costa] spoke. [Costa] smiled.", nth=2).titles == ("mayor", "judge")


def test_a_mention_with_an_introduction_of_its_own_takes_no_title_from_its_chain() -> None:
    assert seen_from("The mayor [Costa] left. Then [Costa], 45, came.", nth=1).titles == ()
    assert seen_from("The mayor [Costa], 45, left. The judge [Costa] came.", nth=1).age is None


GENDERS = [
    Case("Mr [Costa] left.", "male", "Mr"),
    Case("Mrs [Costa] left.", "female", "Mrs"),
    Case("Dr [Costa] left.", "", "a title of either"),
    Case("Her husband, [Costa], left.", "male", "the word for a relative"),
    Case("[Costa] left.", "", "no title"),
]


@pytest.mark.parametrize("case", GENDERS, ids=lambda case: case.text)
def test_forms_of_address_tell_a_gender(case: Case) -> None:
    assert seen_from(case.text).gender == case.expected, case.because


PRONOUNS = [
    Case("[Costa] said he had lost his hat.", (2, 0), "a sentence of one chain"),
    Case("[Costa] said she left.", (0, 1), "feminine"),
    Case("[Costa] met [Reis], who said he left.", (0, 0), "somebody else is in the sentence"),
    Case("[Costa] left. He laughed.", (0, 0), "a sentence that does not name anybody"),
    Case("She married [Costa] in her town.", (0, 0), "a pronoun before the name is somebody else's"),
    Case("[Ana Costa] met [Rui Reis], he said. [Costa] lost her hat.", (0, 1), "only the sentences of one chain count"),
    Case("Об этом [Costa] сказала [Reis].", (0, 1), "a verb of the past next to the name, in Russian"),
    Case("Про це [Costa] сказав, що він прийде.", (2, 0), "a verb and a pronoun, in Ukrainian"),
]


@pytest.mark.parametrize("case", PRONOUNS, ids=lambda case: case.text)
def test_pronouns_count_where_nobody_else_is_named(case: Case) -> None:
    assert seen_from(case.text).pronouns == case.expected, case.because


def test_a_mention_is_alone_where_its_sentence_names_nobody_else() -> None:
    assert seen_from("[Costa] left. [Reis] stayed.").alone
    assert not seen_from("[Costa] left [Reis].").alone


RIVALS = [
    Case("[Ana Costa] met [Luis Costa].\n\n[Costa] left.", ("Luis Costa", "Ana Costa"), "the nearest before it first"),
    Case("[Luis Costa] spoke. [Ana Costa] met [Rui Vale].\n\n[Costa] left.", ("Ana Costa", "Luis Costa"), "nobody of another surname"),
    Case(
        "[Ana Costa] met [Luis Costa] and [Rui Vale].\n\n[Costa] left.\n\n[Eva Costa] came.",
        ("Luis Costa", "Ana Costa", "Eva Costa"),
        "those after it last",
    ),
    Case("[Costa] was born to [Luis Costa].", (), "not one who is first named after it, in its sentence"),
    Case("[Ana Costa] met [Luis Costa].\n\n[Costa] left.", (), "a full name has no rivals", "Ana Costa"),
    Case("[Ana Reis] left. [Costa] came.", (), "no namesake"),
    Case("[Ana Costa] met [Ana Reis].\n\n[Ana] left.", ("Ana Reis", "Ana Costa"), "a given name that two have", "Ana"),
]


@pytest.mark.parametrize("case", RIVALS, ids=lambda case: case.because)
def test_rivals_are_the_fuller_names_that_a_bare_name_may_stand_for(case: Case) -> None:
    assert seen_from(case.text, case.name).rivals == case.expected, case.because


FOLLOWED = [
    Case("[Costa] was taught by his cousin, [Luis Costa].", ("Luis Costa",), "in full behind it, in one sentence", "Costa"),
    Case("[Costa] was born. [Luis Costa] left.", (), "in full behind it, in another sentence", "Costa"),
    Case("[Costa] was born. Her brother [Luis Costa] left.", ("Luis Costa",), "a relative behind it, in another sentence", "Costa"),
    Case("[Luis Costa] left. [Costa] taught [Luis Costa].", (), "who has been named before may be the very one", "Costa"),
    Case('By "[Costa]" he meant [Luis Costa].', (), "somebody says whom it means", "Costa"),
    Case('"[Costa] is late," said [Luis Costa].', (), "beyond a quotation mark", "Costa"),
]


@pytest.mark.parametrize("case", FOLLOWED, ids=lambda case: case.because)
def test_who_follows_a_bare_name_in_full_in_its_sentence_is_seen(case: Case) -> None:
    assert seen_from(case.text, case.name).followed == case.expected, case.because


def test_rivals_stand_in_the_same_story_of_a_digest() -> None:
    text = "[Ana Costa] met [Eva Costa].\n\nLISBON\n\n[Luis Costa] met [Rui Costa].\n\n[Costa] left."
    digest = text.replace("LISBON", "A DAY IN LISBON")
    assert set(seen_from(f"A DAY IN BRAGA\n\n{digest}").rivals) == {"Luis Costa", "Rui Costa"}
    assert set(seen_from(text).rivals) == {"Ana Costa", "Eva Costa", "Luis Costa", "Rui Costa"}, "without headlines it is one story"


PROTAGONISTS = [
    Case("[Ana Costa] met [Luis Costa].\n\n[Costa] left.", "Ana Costa", "of two before it"),
    Case("[Costa] left.\n\n[Luis Costa] met [Ana Costa].", "Luis Costa", "of two after it"),
    Case("[Rui Vale] met [Ana Costa] and [Luis Costa].\n\n[Costa] left.", "Ana Costa", "nobody of another surname"),
    Case("[Ana Costa] met [Luis Costa].", "", "a full name has none", "Ana Costa"),
    Case("[Costa] met [Rui Vale].", "", "no namesake"),
]


@pytest.mark.parametrize("case", PROTAGONISTS, ids=lambda case: case.because)
def test_the_protagonist_is_the_rival_whom_the_article_names_first(case: Case) -> None:
    assert seen_from(case.text, case.name).protagonist == case.expected, case.because


BARE = [
    Case("[Ana Costa] spoke. [Costa] left.", True, "a surname"),
    Case("[Ana Costa] spoke. [Ana] left.", True, "a given name", "Ana"),
    Case("[Ana Costa] spoke. [Costa] left.", False, "the full name of the same chain", "Ana Costa"),
    Case("[A. Costa] spoke.", False, "an initial and a surname", "A. Costa"),
]


@pytest.mark.parametrize("case", BARE, ids=lambda case: case.because)
def test_a_mention_is_bare_whatever_the_others_of_its_chain(case: Case) -> None:
    assert seen_from(case.text, case.name).bare is case.expected, case.because


YEARS = [
    Case("[Costa] left in 1987.", {1987}, "a year"),
    Case("From 1990 to 1994 [Costa] was away.", {1990, 1994}, "two"),
    Case("It rained in 1987. [Costa] left.", set(), "another sentence"),
    Case("[Costa] sold 3000 hats.", set(), "a number that is no year"),
]


@pytest.mark.parametrize("case", YEARS, ids=lambda case: case.because)
def test_years_stand_in_the_own_sentence(case: Case) -> None:
    assert seen_from(case.text).years == case.expected, case.because


# -- told from a namesake


class Told(NamedTuple):
    name: str  # introduced as another one
    found: tuple[tuple[str, str | None], ...]  # names of the other chains, and who they were found to be
    expected: set[str]
    because: str


TOLD = [
    Told("Costa", (("Ana Costa", "costa-ana"),), {"costa-ana"}, "the namesake"),
    Told("Luis Costa", (("Ana Costa", "costa-ana"),), {"costa-ana"}, "a full name"),
    Told("Costa", (("Ana Costa", "costa-ana"), ("Luis Costa", "costa-luis")), {"costa-ana", "costa-luis"}, "two namesakes"),
    Told("Costa", (("Rui Vale", "vale-rui"),), set(), "another surname"),
    Told("Costa", (("Ana Costa", None),), set(), "a namesake who is nobody in the knowledge base"),
    Told("Costa", (), set(), "nobody else"),
]


@pytest.mark.parametrize("case", TOLD, ids=lambda case: case.because)
def test_another_one_of_a_name_is_told_from_whom_its_namesakes_were_found_to_be(case: Told) -> None:
    made = [
        decision({name: 0.9, "nobody": 0.1}, text=name, outcome=Outcome.RESOLVED if known else Outcome.UNKNOWN)
        for name, known in case.found
    ]
    later = mention(case.name, start=1000)
    assert with_settled(later, chain(case.name, context=context(another=True)), made).context.taken == case.expected, case.because


def test_a_mention_is_told_only_from_those_who_stand_before_it() -> None:
    made = [decision({"Ana Costa": 0.9, "nobody": 0.1}, text="Ana Costa", start=500, outcome=Outcome.RESOLVED)]
    assert with_settled(mention("Costa", start=0), chain("Costa", context=context(another=True)), made).context.taken == frozenset()


def test_people_beside_stand_in_the_sentence_or_the_paragraph_and_others_elsewhere() -> None:
    found = seen_from("[Costa] met [Reis]. [Vale] watched.\n\n[Oduya] was away.")
    assert found.beside == ("Reis", "Vale")
    assert set(found.elsewhere) == {"Reis", "Vale", "Oduya"}


def test_words_lie_near_around_or_far() -> None:
    found = seen_from("[Costa] opened the harbour. The bridge stayed shut.\n\nFarmers complained.")
    assert {"open", "harbour"} <= found.near
    assert "bridge" in found.around
    assert "farmer" in found.topic
    assert not found.near & found.around
    assert not (found.near | found.around) & found.topic


def test_words_in_russian_and_ukrainian_are_told_in_english() -> None:
    found = seen_from("[Costa] встретил министра. Суд в Киеве молчит.\n\nВійна.")
    assert "minister" in found.near
    assert "court" in found.around
    assert "war" in found.topic
    assert found.background == {"Ukraine"}
    assert "minister" in found.passage


def test_names_of_people_are_no_words_of_the_topic() -> None:
    found = seen_from("[Costa] met [Baker]. [Baker] left.\n\n[Baker] slept.")
    assert "baker" not in found.near | found.around | found.topic


def test_organisations_of_the_own_sentence_stand_before_those_of_the_chain() -> None:
    text = "[Costa] of {Vento} left. [Reis] of {Ondas} stayed. [Costa] joined {Terra}."
    assert seen_from(text).organisations == ("Vento", "Terra")
    assert seen_from(text, nth=1).organisations == ("Terra", "Vento")


def test_a_doubt_is_seen() -> None:
    from disambig.claims import read_statements

    made = read_statements(document('By "[Costa]" he may have meant somebody else.'))
    assert [chain.context.doubted for _, chain in describe(made, link(made))] == [True]


def test_the_date_is_that_of_the_article() -> None:
    assert str(seen_from("[Costa] left.", date="1999-12").date) == "1999-12"
    assert seen_from("[Costa] left.", date="").date is None


@given(
    st.lists(st.sampled_from(["[Ana Costa]", "[Costa]", "Mr [Reis]", "the mayor", "Portugal's", "45", ",", ".", "\n\n", "of Lisbon", "("]))
)
def test_every_mention_is_described_once(words: list[str]) -> None:
    made = document(" ".join(words), date="2020")
    described = list(describe(made, link(made)))
    assert sorted(one.id for one, _ in described) == sorted(one.id for one in made.mentions)
    for described_mention, seen in described:
        assert described_mention in seen.mentions
        assert seen.context.countries | seen.context.attached <= seen.context.background | seen.context.attached


# -- what is settled


SETTLED = [
    Told("Costa", (("Bob Costa", "costa-robert"),), {("Bob Costa", "costa-robert")}, "who the full name was found to be"),  # type: ignore[arg-type]
    Told("Costa", (("Ana Costa", None),), set(), "one who is nobody in the knowledge base"),
    Told("Costa", (("Rui Vale", "vale-rui"),), set(), "another surname"),
]


@pytest.mark.parametrize("case", SETTLED, ids=lambda case: case.because)
def test_a_bare_name_knows_who_the_fuller_ones_were_found_to_be(case: Told) -> None:
    made = [
        replace(
            decision({name: 0.9, "nobody": 0.1}, text=name, outcome=Outcome.RESOLVED if known else Outcome.UNKNOWN),
            verdicts=(Verdict(person(name, known) if known else None, 0.9),),
        )
        for name, known in case.found
    ]
    bare = chain(case.name, context=context(rivals=("Bob Costa", "Ana Costa"), bare=True))
    assert set(with_settled(mention(case.name), bare, made).context.settled) == case.expected


def test_one_full_name_found_to_be_two_people_settles_nothing() -> None:
    made = [
        replace(decision({"Ana Costa": 0.9}, text="Ana Costa", start=20 * at), verdicts=(Verdict(person("Ana Costa", found), 0.9),))
        for at, found in enumerate(("costa-1", "costa-2"))
    ]
    bare = chain("Costa", context=context(rivals=("Ana Costa",), bare=True))
    assert with_settled(mention("Costa"), bare, made).context.settled == ()
