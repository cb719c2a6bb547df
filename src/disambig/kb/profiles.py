"""Person -> Profile: what a record says, in the form in which features compare it."""

import re
from functools import lru_cache
from itertools import chain

from disambig.names import fold, parse
from disambig.places import countries_in
from disambig.records import Person, Profile
from disambig.roles import fields_of, is_title_word, topics_of
from disambig.words import in_english, stems_of, words_in

_TOPIC_WORDS = 2  # topic words of a field that a record's text must hold to count as being of that field
_LEAD = 160  # characters at the beginning of a record's text, in which it may say who somebody is
_SAYS_WHO = re.compile(r"\b(?:is|was|became|serve[sd]|been|an?|the)\s")


def profile(person: Person, *, related: tuple[str, ...] = ()) -> Profile:
    """The profile of *person*; *related* are the names of the people that the record says are related.

    >>> from disambig.records import Role
    >>> made = profile(Person("p1", "Ana Costa", roles=(Role("Finance Minister", "Government of Portugal"),), occupations=("economist",)))
    >>> sorted(made.countries), "minist" in made.stems or "minister" in made.stems
    (['Portugal'], True)
    """
    if not any((person.description, person.roles, person.occupations, person.affiliations, person.countries, person.text)):
        return Profile(related=related)  # a name alone, as in many a list
    roles = [" ".join(filter(None, (role.title, role.organisation, role.country))) for role in person.roles]
    written = in_english(" ; ".join((person.description, *roles, *person.occupations, *_titles(person.name))))
    words = words_in(in_english(" ; ".join((written, *person.affiliations, person.text))))
    lead = _lead(person)
    told = fields_of(written) or fields_of(lead)
    places = (*person.countries, *roles, *person.affiliations, person.description)
    countries = frozenset(chain.from_iterable(map(_countries_in, places)))
    return Profile(
        stems=stems_of(words),
        fields=told or frozenset(field for field, count in topics_of(words).items() if count >= _TOPIC_WORDS),
        is_told=bool(told),
        countries=countries or frozenset(countries_in(lead)),
        organisations=tuple(dict.fromkeys((*(role.organisation for role in person.roles if role.organisation), *person.affiliations))),
        related=related,
        about=_about(person),
        said=" ".join(words_in(f"{person.description} {person.text}")),
    )


def _titles(name: str) -> list[str]:
    """The titles within a name: that of "Prince William" is an office, too."""
    parts = parse(name).parts
    return [word for word in name.split() if fold(word) not in parts and is_title_word(word)]


def _lead(person: Person) -> str:
    """What the first words of the text say of a person of whom nothing else does, without the name; "" where it is a list of words."""
    lead = "" if person.description else in_english(person.text[:_LEAD])
    found = _SAYS_WHO.search(lead)
    return lead[found.end() :] if found else ""


@lru_cache(maxsize=1 << 13)  # many have held the same office, in the same country
def _countries_in(text: str) -> tuple[str, ...]:
    return countries_in(in_english(text))


def _about(person: Person) -> str:
    """What the record says in free words, without the name, which says what every namesake's does.

    Roles, dates and countries are compared one by one; here they would count twice.
    """
    said = ". ".join(filter(None, (person.description, person.text)))
    if not said:
        return ""
    parts = {part for name in person.names for part in parse(name).parts if len(part) > 1}
    return in_english(" ".join(word for word in said.split() if fold(word) not in parts))
