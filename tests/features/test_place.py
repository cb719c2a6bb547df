"""What countries say."""

from typing import NamedTuple

import pytest
from factory import candidate, chain, context, role, says

from disambig.features.place import country_fits
from disambig.records import Context

PORTUGUESE = candidate("Ana Costa", countries=["Portugal"])


class Case(NamedTuple):
    context: Context
    expected: str
    because: str


CASES = [
    Case(context(attached={"Portugal"}), "for", "stands with the name"),
    Case(context(attached={"Portugal", "Spain"}), "for", "one of two"),
    Case(context(countries={"Portugal"}), "for", "stands in the sentence"),
    Case(context(background={"Portugal"}), "for", "stands in the article"),
    Case(context(attached={"Spain"}), "against", "another country stands with the name"),
    Case(
        context(attached={"Spain"}, background={"Portugal"}), "against", "another one with the name, though the article has the right one"
    ),
    Case(context(background={"Spain"}), "against", "the article has other countries only"),
    Case(context(attached={"European Union"}), "for", "a union of which it is a part"),
    Case(context(background={"European Union"}), "for", "the same in the article"),
    Case(context(), "missing", "the text has no country"),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.because)
def test_what_a_country_says(case: Case) -> None:
    found = country_fits(chain("Ana Costa", context=case.context), PORTUGUESE)
    assert says(found) == case.expected, found


def test_a_record_without_country_says_nothing() -> None:
    assert says(country_fits(chain("Costa", context=context(attached={"Spain"})), candidate("Ana Costa"))) == "missing"


def test_the_nearer_a_country_stands_the_more_it_says() -> None:
    around = [context(**{key: {"Portugal"}}) for key in ("attached", "countries", "background")] + [
        context(**{key: {"Spain"}}) for key in ("background", "attached")
    ]
    values = [country_fits(chain("Costa", context=one), PORTUGUESE).value for one in around]
    assert values == sorted(values, key=lambda value: -(value or 0.0))
    assert len(set(values)) == len(values)


def test_what_a_country_is_part_of_says_less_than_the_country() -> None:
    scot = candidate("Ana Costa", countries=["Scotland"])
    told = ("Scotland", "United Kingdom", "England")  # the last is another part of the same whole
    assert [country_fits(chain("Costa", context=context(attached={name})), scot).value for name in told] == [1.0, 0.5, -1.0]


RECORDS = [
    (candidate("Ana Costa", countries=["Portuguese Republic"]), "another name of the country"),
    (candidate("Ana Costa", description="Portuguese singer"), "an adjective in the description"),
    (candidate("Ana Costa", roles=[role("Mayor", "Lisbon City Council")]), "a city in an organisation"),
    (candidate("Ana Costa", roles=[role("Minister", country="Portugal")]), "the country of a role"),
    (candidate("Ana Costa", text="Ana Costa (born 1960) was a Portuguese singer. She lived in Rome."), "the first words of the text"),
]


@pytest.mark.parametrize(("record", "because"), RECORDS, ids=[row[-1] for row in RECORDS])
def test_a_record_names_its_country_in_many_ways(record: object, because: str) -> None:
    found = country_fits(chain("Costa", context=context(attached={"Portugal"})), record)  # type: ignore[arg-type]
    assert says(found) == "for", because
