"""What the names say."""

from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from disambig.features.feature import feature
from disambig.names import (
    GIVEN_NAME_TITLES,
    Agreement,
    Kind,
    Name,
    best_agreement,
    fold,
    is_called,
    is_diminutive,
    is_given_name,
    parse,
    read_as,
    same_given_name,
)
from disambig.records import Candidate, Chain, Context, Evidence

_VALUES = {
    Kind.SAME: 0.45,
    Kind.INITIAL: 0.26,
    Kind.SHORTER: 0.38,
    Kind.FULLER: 0.28,
    Kind.SURNAME: 0.0,
    Kind.MIDDLE_DIFFERS: -0.4,
    Kind.GIVEN: -0.2,
    Kind.PARTIAL: -0.7,
    Kind.MISSPELT: -0.5,
    Kind.CONFLICT: -1.0,
    Kind.NONE: -1.0,
}
_JOINED = 0.75  # of what a full name says, where this mention is a bare one that was joined to it
_BY_ALIAS = 0.3  # of what speaks against a name that is not just the same, where it is, among others
_ALONE = 0.5  # the same, where the article has no full name of that chain
_FARTHER = 0.5  # what a relative elsewhere in the article counts, where others are named beside
_INTRODUCED = 0.6  # of what speaks against another full name, where the bare one brings an introduction of its own
_ONE_WORD = 0.25  # a one-word name or alias ("Nancy") is the same as many a mention
_ONE_WORD_GIVEN = 0.4  # and "Kate" the given name of many more who are not called Kate alone
_PER_PART_LEFT_OUT = 0.09  # "Luis Costa" is Luis Costa rather than Antonio Luis Alves Ribeiro Costa
_PER_LIKENESS_LOST = 2.5  # a likeness of 0.8, one letter in five misspelt, lowers the value by 0.5
_WORDS = {
    Kind.SAME: "the name is the same",
    Kind.INITIAL: "the initials fit '{}'",
    Kind.SHORTER: "the name fits, shortened from '{}'",
    Kind.FULLER: "the name fits, fuller than '{}'",
    Kind.SURNAME: "the surname is that of '{}'",
    Kind.MIDDLE_DIFFERS: "a middle name differs from '{}'",
    Kind.GIVEN: "only the given name is that of '{}'",
    Kind.PARTIAL: "only a part of the name is that of '{}'",
    Kind.MISSPELT: "a part of the name is only spelt like '{}'",
    Kind.CONFLICT: "the name contradicts '{}'",
    Kind.NONE: "the name is not that of '{}'",
}


class _Called(NamedTuple):
    """What the text calls the one whom it means."""

    name: Name  # the fullest
    full: tuple[Name, ...]  # those that are full names
    is_titled: bool  # after a title that goes with a given name alone
    context: Context


def _called(chain: Chain) -> _Called:
    full = tuple(name for name in map(parse, chain.names) if name.is_full and not (name.is_regnal and _is_shortened(name.text, chain)))
    return _Called(parse(chain.name), full, any(fold(one.honorific) in GIVEN_NAME_TITLES for one in chain.mentions), chain.context)


def _is_shortened(name: str, chain: Chain) -> bool:
    """Whether the text has more of a ruler's *name* elsewhere: "Christian III, Duke of Zweibrücken"."""
    return any(other.startswith(name) and other != name for other in chain.names)


def _best_of(called: _Called, candidate: Candidate) -> Agreement:
    """How the fullest name in the text that fits at all agrees with the names of *candidate*."""
    names = candidate.person.names
    found = [best_agreement(name, names) for name in called.full]
    if candidate.reading:
        found.append(read_as(best_agreement(parse(candidate.reading), names)))
    if not found:
        return best_agreement(called.name, names)
    if len(found) == 1:
        return found[0]
    best = max(found, key=lambda agreement: agreement.score)
    worst = min(found, key=lambda agreement: agreement.score)
    return worst if worst.kind in {Kind.CONFLICT, Kind.NONE} and best.kind is not Kind.SAME else best


@feature(_called, missing="no name to compare")
def name_agrees(called: _Called, candidate: Candidate) -> Evidence:
    """The name in the text is the person's name, in full.

    A bare surname is neutral, a given name alone speaks a little against; a spelling that is not quite the same lowers the value.
    """
    agreement = _best_of(called, candidate)
    kind, context = agreement.kind, called.context
    value = _VALUES[kind] - _PER_LIKENESS_LOST * (1.0 - agreement.likeness)
    if kind is Kind.SAME and not called.name.is_full and not _is_whole(called.name.text, agreement.name):
        value -= _ONE_WORD_GIVEN if is_given_name(called.name.parts[0]) else _ONE_WORD
    if kind is Kind.SHORTER:
        value -= _PER_PART_LEFT_OUT * agreement.left_out
    if kind is Kind.GIVEN and called.is_titled:
        value = -_PER_LIKENESS_LOST * (1.0 - agreement.likeness)
    if context.bare and value > 0:
        value *= _JOINED
    if context.bare and context.introduced and kind is Kind.CONFLICT:
        value *= _INTRODUCED
    because = _WORDS[kind].format(agreement.name)
    if kind is Kind.SAME and agreement.likeness < 1.0:
        because = f"the name is a form of '{agreement.name}'"
    return Evidence("name_agrees", max(-1.0, value), because)


def _is_whole(name: str, known: str) -> bool:
    """Whether a *name* of several words is a *known* one letter by letter, what looks like a title in it too: "Major Costa"."""
    return " " in fold(name) and fold(name) == fold(known)


@feature(_called, missing="nobody else is called just so, or this one is")
def called_just_so(called: _Called, candidate: Candidate) -> Evidence | None:
    """Nobody else of the shortlist is called just as the text says, where this one's name is but a form of it: value below 0 or missing.

    It is -1 at least; where the other bears as first name what is an alias of this one, it is nearer to 0.
    """
    if not candidate.outnamed:
        return None
    value = -_ALONE if not called.full else -_JOINED if called.context.bare else -1.0
    if any(parse(name).parts == parse(candidate.outnamed).parts for name in candidate.person.names):
        value *= _BY_ALIAS
        return Evidence("called_just_so", value, f"{candidate.outnamed} is called so first of all, this one among other names")
    return Evidence("called_just_so", value, f"{candidate.outnamed} is called just as '{called.name.text}' is written")


class _Rivals(NamedTuple):
    """The full names that a bare one may stand for."""

    names: tuple[str, ...]
    ids: dict[str, str]  # of those of whom it is known who they are
    context: Context


def _rivals(chain: Chain) -> _Rivals | None:
    context = chain.context
    return _Rivals(context.rivals, dict(context.settled), context) if context.rivals else None


@feature(_rivals, missing="the article names nobody else of that surname in full")
def namesake_named_nearby(rivals: _Rivals, candidate: Candidate) -> Evidence:
    """The article names this person in full close by, where it could mean either of two people by the bare name."""
    names, ids, context = rivals
    for place, rival in enumerate(names):
        if not (ids[rival] == candidate.person.id if rival in ids else is_called(parse(rival), candidate.person.names)):
            continue
        if context.another:
            return Evidence("namesake_named_nearby", -1.0, f"the article means somebody else than {rival}")
        where = " just before" if place == 0 else " first of all" if rival == context.protagonist else ""
        return Evidence("namesake_named_nearby", 1.0 if where else 0.7, f"the article names {rival} in full{where}")
    if context.another:
        return Evidence("namesake_named_nearby", 0.0, f"the article means somebody else than {', '.join(names)}")
    return Evidence("namesake_named_nearby", -0.5, f"of that surname the article names only {', '.join(names)} in full")


class _Family(NamedTuple):
    """A given name alone, and who else is in the article."""

    called: _Called
    others: tuple[Name, ...]
    beside: int  # so many of the others, the first ones, stand beside the mention
    full: tuple[Name, ...]  # those of the others that are full names, without those that begin with the given name
    spelt: frozenset[str]  # the parts of these, and all parts of each in one word


def _family(chain: Chain) -> _Family | None:
    called = _called(chain)
    if called.full or called.is_titled:
        return None
    beside = dict.fromkeys(chain.context.beside)
    others = tuple(map(parse, dict.fromkeys((*beside, *chain.context.elsewhere))))
    full = tuple(other for other in others if other.is_full and not _begins(other, called.name.parts[0]))
    return _Family(called, others, len(beside), full, _spellings(full))


@feature(_family, missing="more than a given name, or one with a title that goes with it")
def family_is_named(told: _Family, candidate: Candidate) -> Evidence | None:
    """The text gives only a given name, and the person's surname is that of somebody else in the article: a relative."""
    agreement = _best_of(told.called, candidate)
    if agreement.kind is not Kind.GIVEN:
        return None
    given, mentioned = told.called.name.parts[0], _mentioned(told, candidate.person.names)
    if mentioned and any(same_given_name(given, part) for part in mentioned.parts):
        return Evidence("family_is_named", 0.0, f"the article calls this person {mentioned.text}, which may be the same given name")
    if mentioned:
        return Evidence("family_is_named", -1.0, f"the article calls this person {mentioned.text}")
    family = set(parse(agreement.name).parts[1:])
    for place, other in enumerate(told.others):
        if not family.isdisjoint(other.family):
            is_near = place < told.beside or not any(near.is_full for near in told.others[: told.beside])
            where = "stands beside" if place < told.beside else "is in the article"
            return Evidence("family_is_named", 1.0 if is_near else _FARTHER, f"{other.text} of the same surname {where}")
    if not any(other.is_full for other in told.others):
        return Evidence.missing("family_is_named", "the article names nobody in full, so a given name alone is its way")
    return Evidence("family_is_named", -0.5, "nobody of the same surname is in the article")


def _mentioned(told: _Family, names: tuple[str, ...]) -> Name | None:
    """The first of the full names in the article that is one of the *names* of a person."""
    spelt = _spellings_of(names)
    if spelt.isdisjoint(told.spelt):  # names that are one share a part, letter by letter, or are the same without their blanks
        return None
    return next((name for name in told.full if not spelt.isdisjoint(_spellings((name,))) and is_called(name, names)), None)


@lru_cache(maxsize=1 << 10)  # the people in hand
def _spellings_of(names: tuple[str, ...]) -> frozenset[str]:
    return _spellings(map(parse, names))


def _spellings(names: Iterable[Name]) -> frozenset[str]:
    """The parts of *names*, and all parts of each in one word."""
    return frozenset(part for name in names for part in (*name.parts, "".join(name.parts)))


def _begins(name: Name, given: str) -> bool:
    """Whether a folded given name is one of the parts of *name*, or a pet form of one."""
    return any(part == given or is_diminutive(given, part) for part in name.parts)


@feature(lambda chain: chain.context.taken, missing="the text tells it from nobody")
def is_somebody_else(taken: frozenset[str], candidate: Candidate) -> Evidence:
    """The text tells this mention from a namesake who is somebody else: value -1 for the person who that namesake is, never above 0."""
    if candidate.person.id in taken:
        return Evidence("is_somebody_else", -1.0, f"the text tells it from {candidate.person.name}, who is named elsewhere")
    return Evidence("is_somebody_else", 0.0, "is not the namesake that the text tells it from")
