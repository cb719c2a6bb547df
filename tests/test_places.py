"""Countries in a text."""

from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from disambig.places import countries_in, without_contests


class Case(NamedTuple):
    text: str
    expected: tuple[str, ...]
    because: str


PLACES = [
    Case("Portugal", ("Portugal",), "the name"),
    Case("Portuguese wine", ("Portugal",), "the adjective"),
    Case("the Danes", ("Denmark",), "the people"),
    Case("in Kyiv", ("Ukraine",), "the capital"),
    Case("the Kremlin said", ("Russia",), "a metonym"),
    Case("Britain’s and Norway's", ("Norway", "United Kingdom"), "possessives, sorted"),
    Case("the US said", ("United States",), "capitals alone"),
    Case("the U.S. and the U.K.", ("United Kingdom", "United States"), "with full stops"),
    Case("IRAN SAYS NO", ("Iran",), "a headline"),
    Case("South Sudan", ("South Sudan",), "the longest phrase"),
    Case("Northern Ireland", ("Northern Ireland",), "the longest phrase"),
    Case("Niger and Nigeria", ("Niger", "Nigeria"), "two that begin alike"),
    Case("in New York today", ("United States",), "a city of two words"),
    Case("in New Zealand today", ("New Zealand",), "a country of two words"),
    Case("in Sri Lanka today", ("Sri Lanka",), "another one"),
    Case("in El Salvador today", ("El Salvador",), "with an article"),
    Case("in Abu Dhabi today", ("United Arab Emirates",), "a capital of two words"),
    Case("in São Paulo today", ("Brazil",), "a city with marks over its letters"),
    Case("in Tel Aviv today", ("Israel",), "another city"),
    Case("in The Hague today", ("Netherlands",), "a city with an article"),
    Case("in Los Angeles today", ("United States",), "with a foreign article"),
    Case("in St. Petersburg today", ("Russia",), "with a full stop"),
    Case("in San Francisco today", ("United States",), "named for a saint"),
    Case("in New Hampshire today", ("United States",), "a state whose name is also a county abroad"),
    Case("in New England today", ("United States",), "not England"),
    Case("in New Mexico today", ("United States",), "not Mexico"),
    Case("in New South Wales today", ("Australia",), "not Wales"),
    Case("in People's Republic of China today", ("China",), "the full name"),
    Case("in Democratic People's Republic of Korea today", ("North Korea",), "the full name tells which of two"),
    Case("in Democratic Republic of the Congo today", ("Democratic Republic of the Congo",), "and here"),
    Case("in Latin America today", (), "a continent"),
    Case("in South America today", (), "another one"),
    Case("in Central America today", (), "a part of one"),
    Case("in North America today", (), "another part"),
    Case("in the Indian Ocean today", (), "an ocean"),
    Case("in the Persian Gulf today", (), "a gulf"),
    Case("in the South China Sea today", (), "a sea"),
    Case("in the Korean War today", (), "a war"),
    Case("Portugal beat Portugal", ("Portugal",), "once each"),
    Case("tell us", (), "a pronoun is no country"),
    Case("turkey and chile", (), "nor is food"),
    Case("", (), "nothing"),
]


@pytest.mark.parametrize("case", PLACES, ids=lambda case: repr(case.text))
def test_countries_are_known_by_name_people_and_places(case: Case) -> None:
    assert countries_in(case.text) == case.expected, case.because


CONTESTS = [
    ("French striker", "French striker", "no contest"),
    ("French Open champion", " champion", "an adjective before it"),
    ("Tour de France winner", " winner", "a country after it"),
    ("England World Cup captain", "England  captain", "the country before is somebody's"),
]


@pytest.mark.parametrize(("text", "expected", "because"), CONTESTS, ids=[because for *_, because in CONTESTS])
def test_contests_are_of_no_country(text: str, expected: str, because: str) -> None:
    assert without_contests(text) == expected, because


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=80))
def test_any_text_can_be_read(text: str) -> None:
    assert list(countries_in(text)) == sorted(set(countries_in(text)))
