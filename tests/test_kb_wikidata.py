"""Wikidata entities become people: labels, statements by rank, dates by precision, and the labels of other items."""

import copy
import json
from pathlib import Path
from typing import Any

import pytest
from factory import people_in, person, role
from hypothesis import given
from hypothesis import strategies as st

from disambig.errors import KnowledgeError
from disambig.records import Person, Rejected

Json = dict[str, Any]


def snak(prop: str, value: object, *, snaktype: str = "value") -> Json:
    """A snak as the dumps hold it; a text that begins with Q is an item, one with + or - a day, a pair a time with its precision."""
    made: Json = {"snaktype": snaktype, "property": prop, "hash": "9f6b"}
    if snaktype != "value":
        return made
    if isinstance(value, tuple):
        calendar = "http://www.wikidata.org/entity/Q1985727"
        time = {"time": value[0], "timezone": 0, "before": 0, "after": 0, "precision": value[1], "calendarmodel": calendar}
        return {**made, "datavalue": {"value": time, "type": "time"}, "datatype": "time"}
    if isinstance(value, str) and value.startswith("Q"):
        item = {"entity-type": "item", "numeric-id": int(value[1:]), "id": value}
        return {**made, "datavalue": {"value": item, "type": "wikibase-entityid"}, "datatype": "wikibase-item"}
    return {**made, "datavalue": {"value": value, "type": "string"}, "datatype": "string"}


def statement(prop: str, value: object, *, rank: str = "normal", snaktype: str = "value", **qualifiers: object) -> Json:
    made: Json = {"mainsnak": snak(prop, value, snaktype=snaktype), "type": "statement", "id": f"Q1${prop}", "rank": rank}
    if qualifiers:
        made["qualifiers"] = {key: [snak(key, one)] for key, one in qualifiers.items()}
        made["qualifiers-order"] = list(qualifiers)
    return made


def item(item_id: str, *statements: Json, **labels: str) -> Json:
    """An item in the dump's order of keys, with *labels* by language."""
    claims: Json = {}
    for one in statements:
        claims.setdefault(one["mainsnak"]["property"], []).append(one)
    terms = {key: {"language": key, "value": value} for key, value in labels.items()}
    rest = {"descriptions": [], "aliases": [], "claims": claims or [], "sitelinks": [], "lastrevid": 1}  # PHP writes an empty map as []
    return {"type": "item", "id": item_id, "labels": terms or [], **rest}


HUMAN = statement("P31", "Q5")
ANA: Json = {
    **item(
        "Q1",
        HUMAN,
        statement("P39", "Q30", P580=("+2001-05-06T00:00:00Z", 11), P582=("+2004-00-00T00:00:00Z", 9), P642="Q31", P4100="Q32"),
        statement("P39", "Q30", rank="preferred", P580=("+2010-02-00T00:00:00Z", 10), P768="Q33"),
        statement("P39", "Q34", rank="deprecated"),
        statement("P39", "", snaktype="somevalue"),
        statement("P106", "Q40"),
        statement("P27", "Q45"),
        statement("P102", "Q50", P580=("+1999-00-00T00:00:00Z", 9)),
        statement("P108", "Q51"),
        statement("P569", ("+1961-03-02T00:00:00Z", 11)),
        statement("P569", ("+1960-00-00T00:00:00Z", 9), rank="deprecated"),
        statement("P570", "", snaktype="somevalue"),
        statement("P21", "Q6581072"),
        statement("P22", "Q2"),
        statement("P26", "Q3"),
        statement("P1559", {"text": "Ана Коста", "language": "ru"}),
        en="Ana Costa",
        pt="Ana da Costa",
        ja="アナ・コスタ",
    ),
    "descriptions": {"en": {"language": "en", "value": "Portuguese politician"}, "pt": {"language": "pt", "value": "política"}},
    "aliases": {"en": [{"language": "en", "value": "A. Costa"}], "pt": [{"language": "pt", "value": "Aninhas"}]},
    "sitelinks": {"enwiki": {"site": "enwiki", "title": "Ana Costa", "badges": []}, "ptwiki": {"site": "ptwiki", "title": "Ana Costa"}},
}
ITEMS = [
    item("Q30", statement("P17", "Q45"), en="minister"),
    item("Q31", en="Treasury"),
    item("Q32", en="Coast Group"),
    item("Q33", en="Porto"),
    item("Q34", en="never held"),
    item("Q40", en="economist"),
    item("Q45", en="Portugal", pt="República Portuguesa"),
    item("Q50", mul="Party of the Coast"),
    item("Q51", en="University of Porto"),
    item("Q5", en="human"),
    {"type": "property", "id": "P31", "datatype": "wikibase-item", "labels": {}, "descriptions": {}, "aliases": {}, "claims": {}},
]
ANA_READ = person(
    "Ana Costa",
    "Q1",
    aliases=["A. Costa", "Ана Коста"],
    description="Portuguese politician",
    roles=[
        role("minister", "Porto", "Portugal", "2010-02"),
        role("minister", "Treasury", "Portugal", "2001-05-06", "2004"),
    ],
    occupations=["economist"],
    affiliations=["Party of the Coast", "University of Porto", "Coast Group"],
    countries=["Portugal"],
    born="1961-03-02",
    gender="female",
    popularity=2.0,
    related=["Q2", "Q3"],
)


def dump(path: Path, *entities: object, array: bool = True) -> Path:
    """A file as the dumps are written: escaped, compact, in an array with a comma behind each line; or one entity a line."""
    lines = [one if isinstance(one, str) else json.dumps(one, separators=(",", ":")) for one in entities]
    path.write_text("[\n" + ",\n".join(lines) + "\n]\n" if array else "".join(f"{line}\n" for line in lines), encoding="utf-8")
    return path


def only(
    folder: Path, *statements: Json, told: list[Rejected] | None = None, languages: tuple[str, ...] = ("en",), **labels: str
) -> Person:
    path = dump(folder / "d.json", item("Q1", HUMAN, *statements, **(labels or {"en": "Ana Costa"})), *ITEMS)
    return next(iter(people_in(path, reject=pytest.fail if told is None else told.append, languages=languages)))


@pytest.mark.parametrize("array", [True, False], ids=["an array", "one a line"])
@pytest.mark.parametrize("items_first", [True, False], ids=["items first", "people first"])
def test_a_human_is_read_with_the_labels_of_other_items(tmp_path: Path, array: bool, items_first: bool) -> None:
    entities = [*ITEMS, ANA] if items_first else [ANA, *ITEMS]
    assert list(people_in(dump(tmp_path / "latest-all.json", *entities, array=array), reject=pytest.fail)) == [ANA_READ]


def test_names_come_in_every_language_asked_for_the_first_one_leading(tmp_path: Path) -> None:
    path = dump(tmp_path / "d.json", ANA, *ITEMS)
    read = next(iter(people_in(path, reject=pytest.fail, languages=("pt", "en"))))
    assert read.names == ("Ana da Costa", "Ana Costa", "Aninhas", "A. Costa", "Ана Коста")
    assert (read.description, read.countries, read.occupations) == ("política", ("República Portuguesa",), ("economist",))


def test_a_label_for_all_languages_stands_in_for_one_that_is_missing(tmp_path: Path) -> None:
    assert only(tmp_path, mul="Ana Costa").names == ("Ana Costa",)


DATES = [
    ([("+1961-03-02T00:00:00Z", 11)], "1961-03-02", "a day"),
    ([("+1961-03-00T00:00:00Z", 10)], "1961-03", "a month"),
    ([("+1961-03-02T00:00:00Z", 10)], "1961-03", "a month, whatever day stands there"),
    ([("+1961-00-00T00:00:00Z", 9)], "1961", "a year"),
    ([("+00000001961-01-01T00:00:00Z", 9)], "1961", "a year as it was written once"),
    ([("+1961-00-00T00:00:00Z", 11)], "1961", "no more than stands there"),
    ([("+1960-00-00T00:00:00Z", 8)], "None", "a decade is no date"),
    ([("-0044-03-15T00:00:00Z", 11)], "0001", "before the calendar"),
    ([("+0801-00-00T00:00:00Z", 9)], "0801", "three digits"),
    ([("+1961-00-00T00:00:00Z", 9), ("+1961-03-02T00:00:00Z", 11)], "1961-03-02", "two that agree"),
    ([("+1961-03-05T00:00:00Z", 11), ("+1961-03-02T00:00:00Z", 11)], "1961-03", "two that do not"),
]


@pytest.mark.parametrize(("times", "born", "because"), DATES, ids=[case[2] for case in DATES])
def test_a_date_is_as_precise_as_its_precision(tmp_path: Path, times: list[object], born: str, because: str) -> None:
    assert str(only(tmp_path, *(statement("P569", time) for time in times)).born) == born, because


ODD_DATES = [
    (("+1961-13-02T00:00:00Z", 11), "a month too many"),
    (("+1961-02-30T00:00:00Z", 11), "a day that is none"),
    (("+20000-00-00T00:00:00Z", 9), "a year that no calendar has"),
    (("1961", 9), "no sign"),
    (("+1961-00-00T00:00:00Z", "9"), "the precision is a text"),
]


@pytest.mark.parametrize(("time", "because"), ODD_DATES, ids=[case[1] for case in ODD_DATES])
def test_an_odd_date_is_told_and_the_person_kept(tmp_path: Path, rejected: list[Rejected], time: object, because: str) -> None:
    assert only(tmp_path, statement("P569", time), told=rejected).born is None, because
    assert [one.where for one in rejected] == [f"{tmp_path / 'd.json'}:2"]
    assert "; expected a date; the date is left out, the rest is kept" in rejected[0].reason


def test_a_preferred_date_counts_alone(tmp_path: Path) -> None:
    dates = [statement("P570", ("+2001-00-00T00:00:00Z", 9)), statement("P570", ("+2003-00-00T00:00:00Z", 9), rank="preferred")]
    assert str(only(tmp_path, *dates).died) == "2003"


GENDERS = [("Q6581097", "male"), ("Q6581072", "female"), ("Q40", "economist"), ("Q99", "")]


@pytest.mark.parametrize(("value", "gender"), GENDERS, ids=[case[1] or "no label" for case in GENDERS])
def test_a_gender_is_a_word_that_is_known_or_the_label_of_its_item(tmp_path: Path, value: str, gender: str) -> None:
    assert only(tmp_path, statement("P21", value)).gender == gender


def test_an_item_without_a_label_is_left_out_and_counted(tmp_path: Path) -> None:
    notes: list[str] = []
    human = item("Q1", HUMAN, statement("P39", "Q98"), statement("P106", "Q99"), statement("P27", "Q45"), en="Ana Costa")
    path = dump(tmp_path / "d.json", human, *ITEMS)
    read = next(people := people_in(path, reject=pytest.fail, note=notes.append))
    assert list(people) == []
    assert (read.roles, read.occupations, read.countries) == ((), (), ("Portugal",))
    assert notes == [f"{path}: 2 of the 3 items that people refer to have no label in the file and are left out"]


def test_who_is_not_human_is_passed_over(tmp_path: Path) -> None:
    fictional = item("Q7", statement("P31", "Q15632617"), statement("P1080", "Q5"), en="A Figure")
    withdrawn = item("Q8", statement("P31", "Q5", rank="deprecated"), en="A Mistake")
    path = dump(tmp_path / "d.json", fictional, withdrawn, ANA, *ITEMS)
    assert [one.id for one in people_in(path, reject=pytest.fail)] == ["Q1"]


def test_an_entity_whose_id_stands_last_is_found(tmp_path: Path) -> None:
    turned = [dict(reversed(one.items())) for one in [ANA, *ITEMS]]
    assert list(people_in(dump(tmp_path / "d.json", *turned), reject=pytest.fail)) == [ANA_READ]


def test_without_sitelinks_popularity_is_not_recorded(tmp_path: Path) -> None:
    bare = {key: value for key, value in ANA.items() if key != "sitelinks"}
    assert [one.popularity for one in people_in(dump(tmp_path / "d.json", bare), reject=pytest.fail)] == [None]


BAD = [
    ('{"type":"item","id":"Q9"', r"not valid JSON"),
    (item("Q9", HUMAN, ja="アナ"), r"no label in 'en', but in 'ja'; expected one in a language asked for"),
    ({**item("Q9", HUMAN, en="A B"), "id": 9}, r"'id' is 9; expected a text"),
]


@pytest.mark.parametrize(("line", "reason"), BAD, ids=[str(case[0])[:40] for case in BAD])
def test_a_bad_entity_is_told_and_the_rest_goes_on(tmp_path: Path, rejected: list[Rejected], line: object, reason: str) -> None:
    path = dump(tmp_path / "d.json", ANA, line, item("Q10", HUMAN, en="Rui Vale"))
    assert [one.id for one in people_in(path, reject=rejected.append)] == ["Q1", "Q10"]
    assert [one.where for one in rejected] == [f"{path}:3"]
    with pytest.raises(ValueError, match=reason):
        raise ValueError(rejected[0].reason)


def test_a_dump_without_humans_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(KnowledgeError, match=r"no usable record of a person; it is Wikidata JSON and has no person in it"):
        list(people_in(dump(tmp_path / "d.json", *ITEMS), reject=pytest.fail))


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5) | st.sampled_from(["Q5", "Q30", "value", "preferred"]),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3) | st.sampled_from(["en", "id", "value"]), inner, max_size=3)
    ),
    max_leaves=5,
)


def places_in(value: object, path: tuple[object, ...] = ()) -> list[tuple[object, ...]]:
    """The path to everything in *value*."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(place for key, one in inner for place in places_in(one, (*path, key)))]


PLACES = places_in(ANA)[1:]


@given(st.lists(st.tuples(st.sampled_from(PLACES), anything), min_size=1, max_size=3))
def test_nothing_in_an_entity_stops_the_reading(
    tmp_path_factory: pytest.TempPathFactory, changes: list[tuple[tuple[Any, ...], object]]
) -> None:
    odd = copy.deepcopy(ANA)
    for path, value in sorted(changes, key=lambda change: -len(change[0])):
        inner = odd
        for key in path[:-1]:
            inner = inner[key]
        inner[path[-1]] = value
    file = dump(tmp_path_factory.mktemp("wikidata") / "d.json", item("Q10", HUMAN, en="Rui Vale"), odd, *ITEMS)
    assert [one for one in people_in(file, reject=lambda _: None) if one.id == "Q10"]
