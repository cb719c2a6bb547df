"""What countries, nationalities and cities say."""

from disambig.records import Candidate, Chain, Evidence


def country_fits(chain: Chain, candidate: Candidate) -> Evidence:
    """The country that stands with the name, or else in its sentence or the article, is the person's."""
    theirs, context = candidate.profile.countries, chain.context
    if not theirs or not (context.attached or context.countries or context.background):
        return Evidence.missing("country_fits", "no country to compare")
    if shared := context.attached & theirs:
        return Evidence("country_fits", 1.0, f"{_listed(shared)} stands with the name")
    if context.attached:
        return Evidence("country_fits", -1.0, f"{_listed(context.attached)} stands with the name, not {_listed(theirs)}")
    if shared := context.countries & theirs:
        return Evidence("country_fits", 0.6, f"{_listed(shared)} is named in the same sentence")
    if shared := context.background & theirs:
        return Evidence("country_fits", 0.3, f"{_listed(shared)} is named in the article")
    return Evidence("country_fits", -0.3, f"{_listed(theirs)} is not named in the article")


def _listed(countries: frozenset[str]) -> str:
    """Up to two countries as words, in alphabetical order."""
    return " and ".join(sorted(countries)[:2])
