"""What the names say."""

from disambig.names import Agreement, Kind, best_agreement, parse
from disambig.records import Candidate, Chain, Evidence

_VALUES = {
    Kind.SAME: 1.0,
    Kind.SHORTER: 0.7,
    Kind.FULLER: 0.6,
    Kind.SURNAME: 0.0,
    Kind.MIDDLE_DIFFERS: -0.3,
    Kind.GIVEN: -0.4,
    Kind.PARTIAL: -0.6,
    Kind.CONFLICT: -1.0,
    Kind.NONE: -1.0,
}
_WORDS = {
    Kind.SAME: "the name is the same",
    Kind.SHORTER: "the name fits, shortened from '{}'",
    Kind.FULLER: "the name fits, fuller than '{}'",
    Kind.SURNAME: "the surname is that of '{}'",
    Kind.MIDDLE_DIFFERS: "a middle name differs from '{}'",
    Kind.GIVEN: "only the given name is that of '{}'",
    Kind.PARTIAL: "only a part of the name is that of '{}'",
    Kind.CONFLICT: "the name contradicts '{}'",
    Kind.NONE: "the name is not that of '{}'",
}


def best_of(chain: Chain, candidate: Candidate) -> Agreement:
    """How the fullest name of *chain* that fits at all agrees with the names of *candidate*."""
    found = [best_agreement(parse(name), candidate.person.names) for name in chain.names if parse(name).is_full]
    return max(found, key=lambda agreement: agreement.score) if found else best_agreement(parse(chain.name), candidate.person.names)


def name_agrees(chain: Chain, candidate: Candidate) -> Evidence:
    """The name in the text is the person's name, in full.

    A bare surname is neutral, a given name alone speaks a little against; a spelling that is not quite the same lowers the value.
    """
    agreement = best_of(chain, candidate)
    value = _VALUES[agreement.kind]
    if value > 0:
        value *= max(0.0, 1.0 - 4.0 * (1.0 - agreement.score)) if agreement.kind is Kind.SAME else 1.0
    because = _WORDS[agreement.kind].format(agreement.name)
    if agreement.kind is Kind.SAME and agreement.score < 1.0:
        because = f"the name is a form of '{agreement.name}'"
    return Evidence("name_agrees", value, because)


def namesake_named_nearby(chain: Chain, candidate: Candidate) -> Evidence:
    """The article names this person in full close by, where it could mean either of two people by the bare name."""
    if not chain.context.rivals:
        return Evidence("namesake_named_nearby", None, "the article names nobody else of that surname in full")
    for place, rival in enumerate(chain.context.rivals):
        agreement = best_agreement(parse(rival), candidate.person.names)
        if agreement.kind in {Kind.SAME, Kind.SHORTER, Kind.FULLER} and agreement.score > 0.75:  # noqa: PLR2004
            nearest = place == 0
            because = f"the article names {rival} in full" + (" just before" if nearest else "")
            return Evidence("namesake_named_nearby", 1.0 if nearest else 0.7, because)
    return Evidence("namesake_named_nearby", -0.5, f"of that surname the article names only {', '.join(chain.context.rivals)} in full")
