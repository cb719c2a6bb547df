"""What countries, nationalities and cities say."""

from disambig.features.feature import feature
from disambig.records import Candidate, Chain, Context, Evidence


def _places(chain: Chain) -> Context | None:
    return chain.context if chain.context.attached or chain.context.countries or chain.context.background else None


@feature(_places, missing="no country to compare")
def country_fits(context: Context, candidate: Candidate) -> Evidence | None:
    """The country that stands with the name, or else in its sentence or the article, is the person's."""
    theirs = candidate.profile.countries
    if not theirs:
        return None
    if shared := context.attached & theirs:
        return Evidence("country_fits", 1.0, f"{_listed(shared, 'stands', 'stand')} with the name")
    if context.attached:
        return Evidence("country_fits", -1.0, f"{_listed(context.attached, 'stands', 'stand')} with the name, not {_listed(theirs)}")
    if shared := context.countries & theirs:
        return Evidence("country_fits", 0.6, f"{_listed(shared, 'is', 'are')} named in the same sentence")
    if shared := context.background & theirs:
        return Evidence("country_fits", 0.3, f"{_listed(shared, 'is', 'are')} named in the article")
    return Evidence("country_fits", -0.3, f"{_listed(theirs, 'is', 'are')} not named in the article")


def _listed(countries: frozenset[str], one: str = "", several: str = "") -> str:
    """Up to two countries as words, in alphabetical order, with the verb for *one* or for *several*."""
    return " ".join(filter(None, (" and ".join(sorted(countries)[:2]), one if len(countries) == 1 else several)))
