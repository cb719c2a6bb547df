"""What countries, nationalities and cities say."""

from functools import lru_cache

from disambig.features.feature import feature
from disambig.places import akin
from disambig.records import Candidate, Chain, Context, Evidence

_MANY = 3  # countries of a record from which on they are where somebody was, not whose citizen


def _places(chain: Chain) -> Context | None:
    return chain.context if chain.context.attached or chain.context.countries or chain.context.background else None


@feature(_places, missing="no country to compare")
def country_fits(context: Context, candidate: Candidate) -> Evidence | None:
    """The country that stands with the name, or else in its sentence or the article, is the person's; or the one is part of the other."""
    theirs = candidate.profile.countries
    if not theirs:
        return None
    kin = _kin(theirs)
    if context.attached:
        if shared := context.attached & theirs:
            return Evidence("country_fits", 1.0, f"{_listed(shared, 'stands', 'stand')} with the name")
        if shared := context.attached & kin:
            return Evidence("country_fits", 0.5, f"{_listed(shared, 'stands', 'stand')} with the name, akin to {_listed(theirs)}")
        value = -1.0 if len(theirs) < _MANY else -0.3
        return Evidence("country_fits", value, f"{_listed(context.attached, 'stands', 'stand')} with the name, not {_listed(theirs)}")
    around = ((context.countries, 0.6, "the same sentence"), (context.background, 0.3, "the article"))
    for fitting, share in ((theirs, 1.0), (kin, 0.5)):
        for named, value, where in around:
            if shared := named & fitting:
                how = "" if fitting is theirs else f", akin to {_listed(theirs)}"
                return Evidence("country_fits", share * value, f"{_listed(shared, 'is', 'are')} named in {where}{how}")
    return Evidence("country_fits", -0.3, f"{_listed(theirs, 'is', 'are')} not named in the article")


@lru_cache(maxsize=1 << 10)
def _kin(countries: frozenset[str]) -> frozenset[str]:
    """What any of *countries* is part of, and its parts."""
    return frozenset().union(*map(akin, countries))


def _listed(countries: frozenset[str], one: str = "", several: str = "") -> str:
    """Up to two countries as words, in alphabetical order, with the verb for *one* or for *several*."""
    return " ".join(filter(None, (" and ".join(sorted(countries)[:2]), one if len(countries) == 1 else several)))
