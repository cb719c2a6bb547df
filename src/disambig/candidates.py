"""Chain + KB -> the people worth comparing, best name first."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from disambig.kb.store import KnowledgeBase
from disambig.names import ONE_PERSON, Kind, agree, base_forms, best_agreement, fold, is_any_full, is_given_alone, is_given_name, parse
from disambig.records import Candidate, Chain, Match, Mention, Person, Profile
from disambig.settings import Settings

_BY_SUFFIX = {"sr": "elder", "jr": "younger", "ii": "younger"}
_OF_GIVEN_NAME = 2  # times as many candidates: a given name alone is that of many; of 172 four more were right, with three times no more
_COMPANY = 3  # names beside a mention whose people are asked whom their records name
_SHARED_BY = 3  # a stem tells a candidate from the rest when at most one in so many of the shortlist has it


def names_looked_for(mention: Mention, chain: Chain) -> tuple[str, ...]:
    """The names under which the person of *mention* may be found.

    The full names of *chain*; for a bare mention that name too, since it may have been joined to the wrong one, or the full name may be
    one that the KB does not have.
    """
    full = [name for name in chain.names if parse(name).is_full]
    bare = () if full and parse(mention.text).is_full else (mention.text,)
    return tuple(dict.fromkeys((*full, *bare)))


def candidates_for(names: tuple[str, ...], rivals: tuple[str, ...], kb: KnowledgeBase, settings: Settings) -> tuple[Candidate, ...]:
    """The people whose names fit one of *names* best, as many as `_most` says, each with the best score over them all.

    *rivals* are the fuller names that a bare mention may stand for, see `Context`.
    """
    best: dict[str, Match] = {}
    most = _most(names, settings)
    for name in names:
        for match in kb.find(name, most):
            known = best.get(match.person.id)
            if known is None or known.score < match.score:
                best[match.person.id] = match
    ranked = sorted(best.values(), key=lambda found: (-found.score, -(found.person.popularity or 0.0), found.person.id))
    matches = ranked[:most]
    people = [match.person for match in matches]
    profiles = [kb.profile(person) for person in people]
    shared = Counter(word for profile in profiles for word in profile.stems)
    often = max(1, len(matches) // _SHARED_BY)
    generations, outnamed, spoken_of = _generations(people, rivals), _outnamed(people, names), _spoken_of(people, profiles)
    return tuple(
        Candidate(
            match.person,
            match.score,
            profile,
            frozenset(word for word in profile.stems if shared[word] <= often),
            match.reading,
            generations.get(match.person.id, ""),
            outnamed.get(match.person.id, ""),
            spoken_of[match.person.id],
            usual_popularity=kb.usual_popularity,
        )
        for match, profile in zip(matches, profiles, strict=True)
    )


def _most(names: tuple[str, ...], settings: Settings) -> int:
    """How many people are compared at most: `settings.max_candidates`, and more where all *names* are a given name alone."""
    return settings.max_candidates * (_OF_GIVEN_NAME if is_given_alone(names) else 1)


def with_company(chain: Chain, candidates: tuple[Candidate, ...], kb: KnowledgeBase, settings: Settings) -> tuple[Candidate, ...]:
    """*candidates* with `named_by`: "Ana" beside the mention may mean an Ana Costa whose record says that she is the wife of this one.

    People who are known together so speak for each other before it is settled who either of them is. A full name needs no such help.
    """
    if len(candidates) < 2 or not chain.context.beside or is_any_full(chain.names):  # noqa: PLR2004
        return candidates
    called = _names_in_records(one.person for one in candidates)
    named: dict[str, list[str]] = {}
    for other in chain.context.beside[:_COMPANY]:
        meant = [match.person for match in kb.find(other, _most((other,), settings))]
        records = [(person, f" {said} ") for person in meant if (said := kb.profile(person).said)]
        all_said = "".join(said for _, said in records)
        for key, name in called.items():
            if name in all_said and any(name in said and key != person.id and not _bears(person, name) for person, said in records):
                named.setdefault(key, []).append(other)
    return tuple(replace(one, named_by=tuple(named[one.person.id])) if one.person.id in named else one for one in candidates)


def _names_in_records(people: Iterable[Person]) -> dict[str, str]:
    """By the ids of those whose first name is of several words: this name as a record would say it, between blanks."""
    return {person.id: f" {fold(person.name)} " for person in people if " " in person.name}


def _bears(person: Person, name: str) -> bool:
    """Whether a folded *name* between blanks is one of the person's own, or stands in one."""
    return any(name in f" {fold(own)} " for own in person.names)


def _outnamed(people: list[Person], names: tuple[str, ...]) -> dict[str, str]:
    """By the ids of those who are not called just as the text says, or only by an alias: the name of one who is, if anybody is.

    What the text says is the full ones of *names*. Where there are none, and the name is of several words or the whole name of somebody,
    it is that: "Levi-Montalcini" is not Levi, and "Augustus" an emperor before he is a Mr Augustus.
    """
    bare = [fold(name) for name in names if not parse(name).is_full]
    full = [name for name in names if parse(name).is_full and not (bare and any(len(part) == 1 for part in parse(name).parts))]
    exact = _called_in_full(people, full) if full else _called_by_all(people, bare[0]) if bare else []
    if not any(exact):
        return {}
    other = people[exact.index(True)].name
    return {person.id: other for person, so in zip(people, exact, strict=True) if not so}


def _called_in_full(people: list[Person], full: list[str]) -> list[bool]:
    """Who is called just as the *full* names say, the fullest first; of several those whose first name, not an alias, is so written.

    If nobody is, who is when middle names and particles are left out.
    """
    written = [parse(name).parts for name in full]
    in_case = [form.parts for form in base_forms(parse(full[0]))]  # in Cyrillic letters
    for parts in ([*written[:1], *in_case], written):
        exact = [any(parse(name).parts in parts for name in person.names) for person in people]
        if any(exact):
            whole = set(map(fold, full))
            first = [
                so and (fold(person.name) in whole or _is_form_of(full[0], person.name)) for person, so in zip(people, exact, strict=True)
            ]
            return first if any(first) else exact
    ends = {(parts[0], parts[-1]) for parts in written}  # "Jake Costa" is Jake T. Costa before he is Jim Costa
    whole_ends = tuple(f" {fold(name)}" for name in full)  # "Van Gaal" is Louis van Gaal before he is Anton Gaál
    return [
        any((parse(name).parts[0], parse(name).parts[-1]) in ends or fold(name).endswith(whole_ends) for name in person.names)
        for person in people
    ]


def _is_form_of(full: str, name: str) -> bool:
    """Whether a *full* name in one alphabet is a *name* in another."""
    one, other = parse(full), parse(name)
    return one.is_latin != other.is_latin and agree(one, other).kind is Kind.SAME


def _called_by_all(people: list[Person], bare: str) -> list[bool]:
    """Whose whole name a *bare* one is, but for a given name, which is many people's; if of several words, else who has all of them."""
    exact = [fold(person.name) == bare and not is_given_name(bare) for person in people]
    if any(exact) or " " not in bare:
        return exact
    return [any(f" {bare} " in f" {fold(name)} " for name in person.names) for person in people]


def _spoken_of(people: list[Person], profiles: list[Profile]) -> dict[str, tuple[int, int]]:
    """By the ids of those in whose record or about whom others of *people* say something: how many name this one, how many this one names.

    A record names somebody by id, as related, or in full: "daughter of Luis Costa"; what is this person's own name too means this one.
    """
    called = _names_in_records(people) if any(profile.said for profile in profiles) else {}
    ids = {person.id for person in people}
    names: dict[str, set[str]] = {}
    for person, profile in zip(people, profiles, strict=True):
        said = f" {profile.said} "
        told = {key for key, name in called.items() if name in said and not _bears(person, name)} if profile.said else set()
        names[person.id] = (told | ids.intersection(person.related)) - {person.id}
    named = Counter(key for keys in names.values() for key in keys)
    return {person.id: (named[person.id], len(names[person.id])) for person in people}


def _generations(people: list[Person], rivals: tuple[str, ...]) -> dict[str, str]:
    """By the ids of those of whom it is known: who is the elder and the younger (of *rivals*, if the article names any)."""
    named = [person for person in people if person.born and (not rivals or any(_is_called(person, rival) for rival in rivals))]
    born = {person.id: person.born.year for person in named if person.born}
    first, last = min(born.values(), default=0), max(born.values(), default=0)
    by_birth = {key: "elder" if year == first else "younger" for key, year in born.items() if year in {first, last} and first < last}
    by_name = {person.id: _BY_SUFFIX[suffix] for person in people if (suffix := parse(person.name).suffix) in _BY_SUFFIX}
    return by_birth | by_name


def _is_called(person: Person, name: str) -> bool:
    """Whether a full name is one of the person's."""
    return best_agreement(parse(name), person.names).kind in ONE_PERSON
