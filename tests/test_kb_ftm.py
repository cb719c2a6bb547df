"""FollowTheMoney entities become people: their names, links and topics, and nothing of another schema."""

import json
from pathlib import Path

import pytest
from factory import people_in, person, role
from hypothesis import given
from hypothesis import strategies as st

from disambig.errors import KnowledgeError
from disambig.kb.country_codes import _NAMES, country_named
from disambig.places import countries_in
from disambig.records import Person, Rejected


def entity(schema: str, entity_id: str, caption: str = "", **properties: object) -> dict[str, object]:
    """An entity with the fields of `entities.ftm.json`; a property may be given as one text."""
    listed = {key: [value] if isinstance(value, str) else value for key, value in properties.items()}
    return {
        "id": entity_id,
        "caption": caption or schema,
        "schema": schema,
        "properties": listed,
        "referents": [f"old-{entity_id}"],
        "datasets": ["xx_parliament"],
        "first_seen": "2023-04-20T11:08:52",
        "last_seen": "2024-05-01T06:00:01",
        "last_change": "2023-12-21T00:00:00",
        "target": True,
    }


ANA = entity(
    "Person",
    "Q1",
    "Ana Costa",
    name=["Ana Maria Costa", "Ana Costa"],
    alias="Ана Коста",
    weakAlias=["Ana", "Mrs Finance"],
    firstName="Ana",
    lastName="Costa",
    fatherName="Luisovna",
    birthDate=["1961", "1961-03-02"],
    deathDate="2020-12",
    nationality="pt",
    citizenship=["suhh", "pt"],
    country=["us-ca", "zz"],
    gender="female",
    topics=["role.pep", "sanction"],
    position=["member of the parliament", "Chair of the budget committee"],
    notes="Portuguese economist",
    education="University of Porto",
    political="Party of the Coast",
)
LINKS = [
    entity("Occupancy", "o1", holder="Q1", post="P1", startDate="2001-05-06", endDate=["2004", "2004-01"], politicalGroup="Coast Group"),
    entity("Position", "P1", "Member of the Parliament", name="Member of the Parliament", country="pt", organization="B1"),
    entity("Organization", "B1", name="Assembly"),
    entity("Directorship", "d1", director="Q1", organization="C1", role="Chair", startDate="2010"),
    entity("Company", "C1", name="Vento Ltd", jurisdiction="gb"),
    entity("Employment", "e1", employee="Q1", employer="C1", role="adviser"),
    entity("Membership", "m1", member="Q1", organization="B2"),
    entity("Organization", "B2", name="Sailing Club"),
    entity("Family", "f1", person="Q1", relative="Q2", relationship="sister"),
    entity("Associate", "a1", person="Q3", associate="Q1"),
    entity("Sanction", "s1", entity="Q1"),
]
OTHERS = [entity("Person", "Q2", name="Eva Costa"), entity("Person", "Q3", name="Rui Vale")]
ANA_READ = person(
    "Ana Costa",
    "Q1",
    aliases=["Ana Maria Costa", "Ана Коста", "Ana Luisovna Costa", "Mrs Finance"],
    description="Portuguese economist",
    roles=[
        role("Member of the Parliament", "Assembly", "Portugal", "2001-05-06", "2004-01"),
        role("Chair", "Vento Ltd", "United Kingdom", "2010"),
        role("adviser", "Vento Ltd", "United Kingdom"),
        role("Chair of the budget committee"),
    ],
    affiliations=["Coast Group", "Sailing Club", "Party of the Coast"],
    countries=["Portugal", "Soviet Union", "United States"],
    born="1961-03-02",
    died="2020-12",
    gender="female",
    related=["Q2", "Q3"],
    text="University of Porto; sanctioned",
)


def write(path: Path, *lines: object, spaced: bool = True) -> Path:
    separators = (", ", ": ") if spaced else (",", ":")
    written = (line if isinstance(line, str) else json.dumps(line, separators=separators) for line in lines)
    path.write_text("".join(f"{line}\n" for line in written), encoding="utf-8")
    return path


def only(path: Path, *entities: object, told: list[Rejected] | None = None) -> Person:
    """The first person in a file of *entities*."""
    return next(iter(people_in(write(path / "entities.ftm.json", *entities), reject=pytest.fail if told is None else told.append)))


@pytest.mark.parametrize("spaced", [True, False], ids=["with blanks", "compact"])
@pytest.mark.parametrize("people_first", [True, False], ids=["people first", "links first"])
def test_a_person_is_read_with_what_links_it(tmp_path: Path, people_first: bool, spaced: bool) -> None:
    entities = [ANA, *OTHERS, *LINKS] if people_first else [*LINKS, ANA, *OTHERS]
    path = write(tmp_path / "entities.ftm.json", *entities, spaced=spaced)
    read = {one.id: one for one in people_in(path, reject=pytest.fail)}
    assert read["Q1"] == ANA_READ
    assert {key: one.related for key, one in read.items()} == {"Q1": ("Q2", "Q3"), "Q2": ("Q1",), "Q3": ("Q1",)}


def test_entities_of_other_schemata_are_counted_in_a_note(tmp_path: Path) -> None:
    notes: list[str] = []
    path = write(tmp_path / "e.json", ANA, *LINKS, entity("Vessel", "v1", name="Sea Star"))
    assert len(list(people_in(path, reject=pytest.fail, note=notes.append))) == 1
    counts = (
        "1 Associate, 1 Company, 1 Directorship, 1 Employment, 1 Family, 1 Membership, 1 Occupancy, 2 Organization, 1 Position, 1 Sanction"
    )
    assert notes == [f"{path}: entities that are no people: {counts}, 1 Vessel"]


NAMES = [
    ({"name": ["B C", "A C"]}, "A C", ("A C", "B C"), "the caption is the main name"),
    ({"name": ["B C", "A C"]}, "Person", ("B C", "A C"), "a caption that is no name is none"),
    ({"alias": "B C"}, "", ("B C",), "an alias where there is no name"),
    ({"lastName": "Costa", "firstName": "Ana"}, "", ("Ana Costa",), "the parts where there is no name"),
    ({"lastName": "Costa"}, "", ("Costa",), "the surname alone"),
    (
        {"name": "Ana Costa", "lastName": ["Costa", "Коста"], "firstName": "Ana"},
        "",
        ("Ana Costa",),
        "parts of several names are not joined",
    ),
    ({"name": "Ana Costa", "weakAlias": "Ana"}, "", ("Ana Costa",), "a weak alias of one word is left out"),
    ({"name": "Ana Costa", "previousName": "Ana Reis"}, "", ("Ana Costa", "Ana Reis"), "a former name"),
    ({"name": [" Ana  Costa ", 7, None, ""]}, "", ("Ana Costa",), "what is no text is passed over"),
]


@pytest.mark.parametrize(("properties", "caption", "names", "because"), NAMES, ids=[case[3] for case in NAMES])
def test_names_come_from_every_property_that_has_them(
    tmp_path: Path, properties: dict[str, object], caption: str, names: tuple[str, ...], because: str
) -> None:
    assert only(tmp_path, entity("Person", "p", caption, **properties)).names == names, because


OCCUPATIONS = [
    ({"topics": "role.pep"}, ("politician",), "an exposed person of whom nothing else is known"),
    ({"topics": "role.pep.natl"}, ("politician",), "the same on a level"),
    ({"topics": ["role.pep", "role.judge"]}, ("judge",), "a judge is exposed and no politician"),
    ({"topics": "role.pep", "position": "Governor of the central bank"}, (), "the position says more"),
    ({"topics": ["role.pep"], "profession": "surgeon"}, ("surgeon",), "the profession says more"),
    ({"topics": ["sanction", "banana"]}, (), "a list is no occupation"),
]


@pytest.mark.parametrize(("properties", "occupations", "because"), OCCUPATIONS, ids=[case[2] for case in OCCUPATIONS])
def test_topics_say_what_somebody_is(tmp_path: Path, properties: dict[str, object], occupations: tuple[str, ...], because: str) -> None:
    assert only(tmp_path, entity("Person", "p", name="Ana Costa", **properties)).occupations == occupations, because


def test_a_long_note_is_text_and_a_short_one_the_description(tmp_path: Path) -> None:
    read = only(tmp_path, entity("Person", "p", name="Ana Costa", notes=["x" * 201, "economist"], keywords="Budget"))
    assert (read.description, read.text) == ("economist", f"{'x' * 201}; Budget")


def test_a_link_to_what_is_not_in_the_file_says_what_it_can(tmp_path: Path) -> None:
    links = [
        entity("Occupancy", "o", holder="p", post="gone"),
        entity("Directorship", "d", director="p", organization="gone"),
        entity("Membership", "m", member="p", organization="gone"),
    ]
    read = only(tmp_path, entity("Person", "p", name="Ana Costa"), *links)
    assert (read.roles, read.affiliations) == ((role("director"),), ())


def test_an_odd_date_is_told_and_the_person_kept(tmp_path: Path, rejected: list[Rejected]) -> None:
    read = only(tmp_path, entity("Person", "p", name="Ana Costa", birthDate=["1961", "soon"]), told=rejected)
    assert str(read.born) == "1961"
    assert [one.where.rpartition(":")[2] for one in rejected] == ["1"]
    assert rejected[0].reason == (
        "'birthDate' is 'soon'; expected a date such as 1954, 1954-03 or 1954-03-27; the date is left out, the rest is kept"
    )


BAD = [
    ("{broken", r"not valid JSON"),
    ('{"schema": "Person", "id": ', r"not valid JSON"),
    ({"id": "x"}, r"'schema' is missing; expected a FollowTheMoney entity, with 'id', 'schema' and 'properties'"),
    (entity("Person", "x"), r"the person has no 'name', 'alias' or 'lastName'; expected a name"),
    (entity("Person", "nobody", name="A B"), r"'id' is 'nobody'; expected another one"),
    ({**entity("Person", "x", name="A B"), "id": 7}, r"'id' is 7; expected a text"),
    ({"schema": "Person", "properties": {"name": ["A B"]}}, r"'id' is missing; expected a text"),
    ({**entity("Person", "x"), "properties": ["name"]}, r"the person has no 'name'"),
    (entity("Person", "x", addressEntity=[entity("Address", "a")]), r"the person has no 'name'"),
    ('{"id": "x", "schema": "Person", "nested": {"schema": "Person"', r"not valid JSON"),
]


@pytest.mark.parametrize(("line", "reason"), BAD, ids=[str(case[0])[:60] for case in BAD])
def test_a_bad_entity_is_told_once_and_the_rest_goes_on(tmp_path: Path, rejected: list[Rejected], line: object, reason: str) -> None:
    path = write(tmp_path / "e.json", entity("Person", "first", name="Ana Costa"), line, entity("Person", "last", name="Rui Costa"))
    assert [one.id for one in people_in(path, reject=rejected.append)] == ["first", "last"]
    assert [one.where for one in rejected] == [f"{path}:2"]
    with pytest.raises(ValueError, match=reason):
        raise ValueError(rejected[0].reason)


def test_a_file_without_people_is_an_error(tmp_path: Path) -> None:
    path = write(tmp_path / "e.json", entity("Company", "c", name="Vento Ltd"))
    with pytest.raises(KnowledgeError, match=r"e\.json: no usable record of a person; it is FollowTheMoney and has no person in it"):
        list(people_in(path, reject=pytest.fail))


@pytest.mark.parametrize("code", sorted(_NAMES))
def test_a_country_code_names_a_country_as_the_list_spells_it(code: str) -> None:
    name = country_named(code)
    assert len(name) > 3
    assert len(countries_in(name)) <= 1
    assert code in ELSEWHERE or countries_in(name) == (name,)


# Codes of places that have no line of their own in the list, and of two that stand on another country's.
ELSEWHERE = {
    *(
        "ai aq as aw ax bl bm bq bv cc ck cw cx eh fk gf gg gi gp gu im je ky mf mp mq ms nc nf nu pf pm pn re sh sj sx tc tk vg vi wf yt"
    ).split(),
    *("anhh csxx cy-trnc ge-ab x-so so-som md-pmr").split(),
}

anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5) | st.sampled_from(["Q1", "P1", "Person", "2001-13"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=5,
)


@given(st.sampled_from([ANA, *LINKS]), st.data())
def test_nothing_in_an_entity_stops_the_reading(
    tmp_path_factory: pytest.TempPathFactory, chosen: dict[str, object], data: st.DataObject
) -> None:
    properties = chosen["properties"]
    assert isinstance(properties, dict)
    odd = {**chosen, "properties": {**properties, data.draw(st.sampled_from(sorted(properties))): data.draw(anything)}}
    odd |= data.draw(st.dictionaries(st.sampled_from(["id", "schema", "properties", "caption"]), anything, max_size=2))
    last = entity("Person", "last", name="Rui Costa")
    path = write(tmp_path_factory.mktemp("ftm") / "e.json", entity("Company", "C9", name="Vento"), odd, *LINKS, last)
    assert [one for one in people_in(path, reject=lambda _: None) if one.id == "last"]
