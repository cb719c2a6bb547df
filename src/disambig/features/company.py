"""What the other people of the article say, and what gender words say."""

from disambig.names import Kind, agree, fold, parse
from disambig.records import Candidate, Chain, Evidence


def known_people_beside(chain: Chain, candidate: Candidate) -> Evidence:
    """People whom the record relates to this person stand in the same article."""
    related, text = candidate.profile.related, fold(f"{candidate.person.text} {candidate.person.description}")
    companions = [name for name in chain.context.companions if parse(name).is_full]
    if not companions or not (related or text):
        return Evidence("known_people_beside", None, "nobody to compare")
    found = [name for name in companions if f" {fold(name)} " in f" {text} " or any(_same(name, other) for other in related)]
    if found:
        return Evidence("known_people_beside", min(1.0, 0.4 + 0.3 * len(found)), f"{' and '.join(found[:2])} beside, whom the record names")
    return Evidence("known_people_beside", 0.0, "nobody beside whom the record names")


def _same(name: str, other: str) -> bool:
    agreement = agree(parse(name), parse(other))
    return agreement.kind in {Kind.SAME, Kind.SHORTER, Kind.FULLER} and agreement.likeness > 0.9  # noqa: PLR2004


def gender_fits(chain: Chain, candidate: Candidate) -> Evidence:
    """Mr, Mrs, he and she fit the person's gender."""
    gender, context = candidate.person.gender, chain.context
    masculine, feminine = context.pronouns
    if gender not in {"male", "female"} or not (context.gender or masculine or feminine):
        return Evidence("gender_fits", None, "no gender words to compare")
    if context.gender:
        fits = context.gender == gender
        return Evidence("gender_fits", 0.4 if fits else -1.0, f"is {'' if fits else 'not '}addressed as a {_NOUNS[gender]}")
    own, other = (masculine, feminine) if gender == "male" else (feminine, masculine)
    if own and other:
        return Evidence("gender_fits", 0.0, "he and she stand beside the name")
    if own:
        return Evidence("gender_fits", 0.3, f"'{_PRONOUNS[gender]}' stands beside the name")
    return Evidence("gender_fits", -0.5, f"no '{_PRONOUNS[gender]}' stands beside the name, but the other")


_NOUNS = {"male": "man", "female": "woman"}
_PRONOUNS = {"male": "he", "female": "she"}
