"""Chain + KB -> the people worth comparing, best name first."""

from collections import Counter

from disambig.kb.store import KnowledgeBase
from disambig.names import ONE_PERSON, best_agreement, fold, parse
from disambig.records import Candidate, Chain, Match, Mention, Person, Profile
from disambig.settings import Settings

_BY_SUFFIX = {"sr": "elder", "jr": "younger", "ii": "younger"}
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
    """The up to `settings.max_candidates` people whose names fit one of *names*, each with the best score over them all.

    *rivals* are the fuller names that a bare mention may stand for, see `Context`.
    """
    best: dict[str, Match] = {}
    for name in names:
        for match in kb.find(name, settings.max_candidates):
            known = best.get(match.person.id)
            if known is None or known.score < match.score:
                best[match.person.id] = match
    ranked = sorted(best.values(), key=lambda found: (-found.score, -(found.person.popularity or 0.0), found.person.id))
    matches = ranked[: settings.max_candidates]
    people = [match.person for match in matches]
    profiles = [kb.profile(person) for person in people]
    shared = Counter(word for profile in profiles for word in profile.stems)
    most = max(1, len(matches) // _SHARED_BY)
    generations, outnamed, spoken_of = _generations(people, rivals), _outnamed(people, names), _spoken_of(people, profiles)
    return tuple(
        Candidate(
            match.person,
            match.score,
            profile,
            frozenset(word for word in profile.stems if shared[word] <= most),
            match.reading,
            generations.get(match.person.id, ""),
            outnamed.get(match.person.id, ""),
            spoken_of.get(match.person.id, (0, 0)),
        )
        for match, profile in zip(matches, profiles, strict=True)
    )


def _outnamed(people: list[Person], names: tuple[str, ...]) -> dict[str, str]:
    """By the ids of those who are not called just as the text says: the name of one who is, if anybody is.

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
    """Who is called just as one of the *full* names says, if nobody is: who is when middle names and particles are left out."""
    written = {parse(name).parts for name in full}
    exact = [any(parse(name).parts in written for name in person.names) for person in people]
    if any(exact):
        return exact
    ends = {(parts[0], parts[-1]) for parts in written}  # "Jake Costa" is Jake T. Costa before he is Jim Costa
    whole = tuple(f" {fold(name)}" for name in full)  # "Van Gaal" is Louis van Gaal before he is Anton Gaál
    return [
        any((parse(name).parts[0], parse(name).parts[-1]) in ends or fold(name).endswith(whole) for name in person.names)
        for person in people
    ]


def _called_by_all(people: list[Person], bare: str) -> list[bool]:
    """Whose whole name a *bare* one is; if nobody's and it is of several words, who has all of them."""
    exact = [fold(person.name) == bare for person in people]
    if any(exact) or " " not in bare:
        return exact
    return [any(f" {bare} " in f" {fold(name)} " for name in person.names) for person in people]


def _spoken_of(people: list[Person], profiles: list[Profile]) -> dict[str, tuple[int, int]]:
    """By the ids of those in whose record or about whom others of *people* say something: how many name this one, how many this one names.

    A record names somebody by id, as related, or in full: "daughter of Luis Costa".
    """
    called = [(person.id, f" {fold(person.name)} " if " " in person.name else "") for person in people]
    names: dict[str, list[str]] = {}
    for person, profile in zip(people, profiles, strict=True):
        said = f" {profile.said} "
        names[person.id] = [key for key, name in called if key != person.id and (key in person.related or (name and name in said))]
    named = Counter(key for keys in names.values() for key in keys)
    return {key: (named[key], len(keys)) for key, keys in names.items() if named[key] or keys}


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
