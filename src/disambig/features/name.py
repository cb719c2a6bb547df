"""What the names say."""

from functools import lru_cache

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
from disambig.records import Candidate, Chain, Evidence

_VALUES = {
    Kind.SAME: 0.45,
    Kind.INITIAL: 0.17,
    Kind.SHORTER: 0.38,
    Kind.FULLER: 0.28,
    Kind.SURNAME: 0.0,
    Kind.MIDDLE_DIFFERS: -0.15,
    Kind.GIVEN: -0.2,
    Kind.PARTIAL: -0.7,
    Kind.MISSPELT: -0.5,
    Kind.CONFLICT: -1.0,
    Kind.NONE: -1.0,
}
_JOINED = 0.75  # of what a full name says, where this mention is a bare one that was joined to it
_BY_ALIAS = 0.3  # of what speaks against a name that is not just the same, where it is, among others
_ALONE = 0.5  # the same, where the article has no full name of that chain
_INTRODUCED = 0.6  # of what speaks against another full name, where the bare one brings an introduction of its own
_ONE_WORD = 0.25  # a one-word name or alias ("Nancy") is the same as many a mention
_ONE_WORD_GIVEN = 0.4  # and "Kate" the given name of many more who are not called Kate alone
_PER_PART_LEFT_OUT = 0.09  # "Luis Costa" is Luis Costa rather than Antonio Luis Alves Ribeiro Costa
_PER_LIKENESS_LOST = 1.4  # a likeness of 0.8, one letter in five misspelt, lowers the value by 0.28
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


def best_of(chain: Chain, candidate: Candidate) -> Agreement:
    """How the fullest name of *chain* that fits at all agrees with the names of *candidate*."""
    found = [best_agreement(parse(name), candidate.person.names) for name in chain.names if parse(name).is_full]
    if candidate.reading:
        found.append(read_as(best_agreement(parse(candidate.reading), candidate.person.names)))
    if not found:
        return best_agreement(parse(chain.name), candidate.person.names)
    best = max(found, key=lambda agreement: agreement.score)
    worst = min(found, key=lambda agreement: agreement.score)
    return worst if worst.kind in {Kind.CONFLICT, Kind.NONE} and best.kind is not Kind.SAME else best


def name_agrees(chain: Chain, candidate: Candidate) -> Evidence:
    """The name in the text is the person's name, in full.

    A bare surname is neutral, a given name alone speaks a little against; a spelling that is not quite the same lowers the value.
    """
    agreement = best_of(chain, candidate)
    value = _VALUES[agreement.kind] - _PER_LIKENESS_LOST * (1.0 - agreement.likeness)
    if agreement.kind is Kind.SAME and not parse(chain.name).is_full and not _is_whole(chain.name, agreement.name):
        value -= _ONE_WORD_GIVEN if is_given_name(parse(chain.name).parts[0]) else _ONE_WORD
    if agreement.kind is Kind.SHORTER:
        value -= _PER_PART_LEFT_OUT * agreement.left_out
    if agreement.kind is Kind.GIVEN and _is_titled(chain):
        value = -_PER_LIKENESS_LOST * (1.0 - agreement.likeness)
    if chain.context.bare and value > 0:
        value *= _JOINED
    if chain.context.bare and chain.context.introduced and agreement.kind is Kind.CONFLICT:
        value *= _INTRODUCED
    because = _WORDS[agreement.kind].format(agreement.name)
    if agreement.kind is Kind.SAME and agreement.likeness < 1.0:
        because = f"the name is a form of '{agreement.name}'"
    return Evidence("name_agrees", max(-1.0, value), because)


def _is_whole(name: str, known: str) -> bool:
    """Whether a *name* of several words is a *known* one letter by letter, what looks like a title in it too: "Major Costa"."""
    return " " in fold(name) and fold(name) == fold(known)


def called_just_so(chain: Chain, candidate: Candidate) -> Evidence:
    """Nobody else of the shortlist is called just as the text says, where this one's name is but a form of it: value below 0 or missing.

    It is -1 at least; where the other bears as first name what is an alias of this one, it is nearer to 0.
    """
    if not candidate.outnamed:
        return Evidence.missing("called_just_so", "nobody else is called just so, or this one is")
    is_bare = not any(parse(name).is_full for name in chain.names)
    value = -_ALONE if is_bare else -_JOINED if chain.context.bare else -1.0
    if any(parse(name).parts == parse(candidate.outnamed).parts for name in candidate.person.names):
        value *= _BY_ALIAS
        return Evidence("called_just_so", value, f"{candidate.outnamed} is called so first of all, this one among other names")
    return Evidence("called_just_so", value, f"{candidate.outnamed} is called just as '{chain.name}' is written")


def namesake_named_nearby(chain: Chain, candidate: Candidate) -> Evidence:
    """The article names this person in full close by, where it could mean either of two people by the bare name."""
    if not chain.context.rivals:
        return Evidence.missing("namesake_named_nearby", "the article names nobody else of that surname in full")
    settled = dict(chain.context.settled)
    for place, rival in enumerate(chain.context.rivals):
        if not (settled[rival] == candidate.person.id if rival in settled else is_called(parse(rival), candidate.person.names)):
            continue
        if chain.context.another:
            return Evidence("namesake_named_nearby", -1.0, f"the article means somebody else than {rival}")
        where = " just before" if place == 0 else " first of all" if rival == chain.context.protagonist else ""
        return Evidence("namesake_named_nearby", 1.0 if where else 0.7, f"the article names {rival} in full{where}")
    if chain.context.another:
        return Evidence("namesake_named_nearby", 0.0, f"the article means somebody else than {', '.join(chain.context.rivals)}")
    return Evidence("namesake_named_nearby", -0.5, f"of that surname the article names only {', '.join(chain.context.rivals)} in full")


def family_is_named(chain: Chain, candidate: Candidate) -> Evidence:
    """The text gives only a given name, and the person's surname is that of somebody else in the article: a relative."""
    if (
        any(parse(name).is_full for name in chain.names)
        or (agreement := best_of(chain, candidate)).kind is not Kind.GIVEN
        or _is_titled(chain)
    ):
        return Evidence.missing("family_is_named", "more than a given name, or one with a title that goes with it")
    others = [parse(other) for other in dict.fromkeys((*chain.context.beside, *chain.context.elsewhere))]
    given, names = parse(chain.name).parts[0], candidate.person.names
    mentioned = next((other for other in others if other.is_full and _may_be_called(other, names) and not _begins(other, given)), None)
    if mentioned and any(same_given_name(given, part) for part in mentioned.parts):
        return Evidence("family_is_named", 0.0, f"the article calls this person {mentioned.text}, which may be the same given name")
    if mentioned:
        return Evidence("family_is_named", -1.0, f"the article calls this person {mentioned.text}")
    family = set(parse(agreement.name).parts[1:])
    for other in others:
        if family & set(other.family):
            return Evidence("family_is_named", 1.0, f"{other.text} of the same surname is in the article")
    if not any(other.is_full for other in others):
        return Evidence.missing("family_is_named", "the article names nobody in full, so a given name alone is its way")
    return Evidence("family_is_named", -0.5, "nobody of the same surname is in the article")


def _may_be_called(name: Name, names: tuple[str, ...]) -> bool:
    """`is_called`, after a quick look: names that are one share a part, letter by letter, or are the same without their blanks."""
    return not _spellings(names).isdisjoint((*name.parts, "".join(name.parts))) and is_called(name, names)


@lru_cache(maxsize=1 << 10)  # the people in hand
def _spellings(names: tuple[str, ...]) -> frozenset[str]:
    """The parts of *names*, and all parts of each in one word."""
    parts = [parse(name).parts for name in names]
    return frozenset(part for name in parts for part in (*name, "".join(name)))


def _is_titled(chain: Chain) -> bool:
    """Whether the chain's name follows a title that goes with a given name alone."""
    return any(fold(mention.honorific) in GIVEN_NAME_TITLES for mention in chain.mentions)


def _begins(name: Name, given: str) -> bool:
    """Whether a folded given name is one of the parts of *name*, or a pet form of one."""
    return any(part == given or is_diminutive(given, part) for part in name.parts)


def is_somebody_else(chain: Chain, candidate: Candidate) -> Evidence:
    """The text tells this mention from a namesake who is somebody else: value -1 for the person who that namesake is, never above 0."""
    if not chain.context.taken:
        return Evidence.missing("is_somebody_else", "the text tells it from nobody")
    if candidate.person.id in chain.context.taken:
        return Evidence("is_somebody_else", -1.0, f"the text tells it from {candidate.person.name}, who is named elsewhere")
    return Evidence("is_somebody_else", 0.0, "is not the namesake that the text tells it from")
