"""What roles, titles and organisations say, and whether they fit the article's date."""

import datetime as dt
import re
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz import fuzz

from disambig.features.feature import feature
from disambig.names import fold
from disambig.records import Candidate, Chain, Context, Evidence, PartialDate, Role
from disambig.roles import are_near, fields_of, is_former, shared_fields
from disambig.words import content_stems

_ADULT = 15  # years; younger people are seldom named in news for what they do
_LONG_DEAD = 80  # years after which a dead person is history
_SAME_ORGANISATION = 90  # rapidfuzz token_set_ratio, 0 to 100


class _Titles(NamedTuple):
    """What the role words that stand with a name say."""

    shown: str
    stems: frozenset[str]
    fields: frozenset[str]
    are_of_any_field: bool


def _titles(chain: Chain) -> _Titles | None:
    titles = chain.context.titles
    if not titles:
        return None
    return _Titles(titles[0], _stems(titles), frozenset().union(*map(fields_of, titles)), all(map(_is_of_any_field, titles)))


def _stems(titles: tuple[str, ...]) -> frozenset[str]:
    return frozenset().union(*map(content_stems, titles))


@feature(_titles, missing="no role words to compare")
def title_fits_role(titles: _Titles, candidate: Candidate) -> Evidence | None:
    """The role words that stand with the name are those of the person's roles or occupations."""
    profile = candidate.profile
    if not (profile.stems or profile.fields):
        return None
    shown, stems, fields, are_of_any_field = titles
    shared = stems & profile.stems
    if stems and len(shared) / len(stems) >= 0.5:  # noqa: PLR2004
        return Evidence("title_fits_role", min(0.65, 0.25 + 0.13 * len(shared)), f"'{shown}' fits {_named(candidate)}")
    if same := shared_fields(fields, profile.fields):
        return Evidence("title_fits_role", 0.2 if shared else 0.13, f"'{shown}' is of the same field ({', '.join(sorted(same))})")
    if shared:
        return Evidence("title_fits_role", 0.13, f"'{shown}' shares words with {_named(candidate)}")
    if are_near(fields, profile.fields):
        return Evidence("title_fits_role", 0.0, f"'{shown}' could follow on {_named(candidate)}")
    if are_of_any_field:
        return Evidence("title_fits_role", -0.1, f"'{shown}' could be anybody's beside {_named(candidate)}")
    if fields and profile.fields and profile.is_told:
        return Evidence("title_fits_role", -1.0, f"'{shown}' does not fit {_named(candidate)}")
    return Evidence("title_fits_role", -0.2 if profile.fields else -0.06, f"nothing of '{shown}' is in the record")


def _is_of_any_field(title: str) -> bool:
    """Whether the head word of *title* names a place that people of every field can have: "team captain", "leader of the delegation"."""
    words = _OF.split(fold(title))[0].split()
    return bool(words) and not _OF_ANY_FIELD.isdisjoint((words[-1], words[-1].removesuffix("s")))


_OF = re.compile(r"\s(?:of|for|at|in)\s")
_OF_ANY_FIELD = frozenset(
    (
        "adviser advisor aide analyst assistant associate author captain chair chairman chairwoman champion chief co-founder "
        "cofounder colleague delegate deputy director expert fellow founder friend graduate guest guru head hero host icon laureate "
        "leader legend manager member mentor millionaire nominee official organiser organizer owner partner patron pioneer president "
        "professor researcher resident secretary specialist spokesman spokesperson spokeswoman star student veteran volunteer winner worker"
    ).split()
)


def _named(candidate: Candidate) -> str:
    """The person's role in a few words: the first role, else the description, else the occupations."""
    person = candidate.person
    role = ", ".join(filter(None, (person.roles[0].title, person.roles[0].organisation))) if person.roles else ""
    words = (role or person.description or ", ".join(person.occupations) or "the record").split()
    return f"'{' '.join(words[:12])}{' …' if len(words) > 12 else ''}'"  # noqa: PLR2004


def _dated_titles(chain: Chain) -> tuple[PartialDate, tuple[str, ...], bool] | None:
    context = chain.context
    return (context.date, context.titles, context.had_titles) if context.date and context.titles else None


@feature(_dated_titles, missing="no dated role to compare")
def role_held_at_date(dated: tuple[PartialDate, tuple[str, ...], bool], candidate: Candidate) -> Evidence | None:
    """The person held the role that the text gives at the article's date, or before where it says so."""
    roles = [role for role in candidate.person.roles if role.start or role.end]
    if not roles:
        return None
    date, titles, had = dated
    stems = _stems(titles)
    fitting = [role for role in roles if _covers(content_stems(role.title), stems)]
    if not fitting:
        return Evidence.missing("role_held_at_date", "no dated role of that kind")
    if stems & _COMING:
        return Evidence("role_held_at_date", 0.0, f"is to be {fitting[0].title}, the text says")
    years = [int(year) for title in titles for year in _YEAR.findall(title)]
    if years:
        return _held_in(fitting, years)
    held = [role for role in fitting if _held(role, date.first, date.last)]
    if held or ((had or any(map(is_former, titles))) and any(role.start is None or role.start.first <= date.last for role in fitting)):
        return Evidence("role_held_at_date", 1.0, f"was {(held or fitting)[0].title} at the time")
    return Evidence("role_held_at_date", -1.0, f"was not {fitting[0].title} in {date.year}")


_COMING = frozenset({"next", "incom", "future", "elect", "designate"})  # stems of what stands with an office not yet held
_YEAR = re.compile(r"\b(?:1[5-9]|20)\d\d\b")


def _held_in(roles: list[Role], years: list[int]) -> Evidence:
    """The same for years that stand with the title: "prime minister from 1990 to 1993"."""
    for role in roles:
        if all(_held(role, dt.date(year, 1, 1), dt.date(year, 12, 31)) for year in years):
            return Evidence("role_held_at_date", 1.0, f"was {role.title} in {years[0]}")
    return Evidence("role_held_at_date", -1.0, f"was not {roles[0].title} in {years[0]}")


def _covers(role: frozenset[str], title: frozenset[str]) -> bool:
    """Whether a title in the text can name a role: it has at least half of the role's words."""
    return bool(role) and len(role & title) / len(role) >= 0.5  # noqa: PLR2004


def _held(role: Role, first: dt.date, last: dt.date) -> bool:
    return (role.start is None or role.start.first <= last) and (role.end is None or role.end.last >= first)


@feature(lambda chain: chain.context if chain.context.date else None, missing="no dates to compare")
def alive_at_date(context: Context, candidate: Candidate) -> Evidence | None:
    """The person was alive and grown up at the article's date, or dead where the text speaks of a death."""
    date, born, died = context.date, candidate.person.born, candidate.person.died
    if date is None or (born is None and died is None):
        return None
    if born and date.year < born.year:
        return Evidence("alive_at_date", -1.0, f"was born only in {born.year}")
    if born and date.year < born.year + _ADULT:
        return Evidence("alive_at_date", -0.8, f"was a child in {date.year}, born {born.year}")
    if died and died.first <= date.last:
        if context.near & _DEATH and context.years and died.year not in context.years:
            return Evidence("alive_at_date", -0.3, f"died in {died.year}, and the sentence gives another year")
        if context.near & _DEATH:
            return Evidence("alive_at_date", 0.4, f"died in {died.year}, and the sentence speaks of a death")
        years = date.year - died.year
        return Evidence("alive_at_date", -0.5 if years > _LONG_DEAD else -0.1 if years > 1 else 0.0, f"died in {died.year}")
    if died is None and context.alone and context.near & _DEATH:
        return Evidence("alive_at_date", -0.3, "the sentence speaks of a death, and none is recorded")
    return Evidence("alive_at_date", 0.05, f"was alive in {date.year}")


_DEATH = frozenset({"died", "die", "dead", "death", "funeral", "buri", "buried", "bury", "widow", "mourn", "obituary", "killed", "kill"})


@feature(lambda chain: chain.context if chain.context.years or chain.context.years_nearby else None, missing="no years to compare")
def lived_in_years(context: Context, candidate: Candidate) -> Evidence | None:
    """The years that stand with the name fall in the person's life; those of other sentences about the name count half.

    One year alone may be that of anything: "the coldest winter since 1947".
    """
    born, died = candidate.person.born, candidate.person.died
    if born is None and died is None:
        return None
    own = context.years
    years, share = (own, 1.0) if own else (context.years_nearby, _NEARBY)
    if born and died and own >= {born.year, died.year}:
        return Evidence("lived_in_years", 1.0, f"was born in {born.year} and died in {died.year}, which both stand in the sentence")
    first = born.year if born else died.year - _LIFETIME if died else 0
    last = died.year if died else first + _LIFETIME
    within = sorted(year for year in years if first <= year <= last)
    life = f"lived from {born.year if born else '?'} to {died.year}" if died else f"was born in {first}"
    if not within:
        value = -1.0 if len(years) > 1 else _ONE_YEAR
        return Evidence("lived_in_years", value * share, f"{life}, and {min(years)} stands with the name")
    if len(within) < len(years):
        return Evidence("lived_in_years", 0.0, f"{life}; some of the years with the name are within, some are not")
    return Evidence("lived_in_years", _WITHIN * share, f"{life}, and {within[0]} stands with the name")


_LIFETIME = 100  # years, where one end of a life is not recorded
_NEARBY = 0.5
_ONE_YEAR, _WITHIN = -0.5, 0.3  # one year outside of a life, and years within


@feature(lambda chain: chain.context.date, missing="no dated role to compare")
def active_at_date(date: PartialDate, candidate: Candidate) -> Evidence | None:
    """The person held a public role around the article's date."""
    starts = [role.start.year for role in candidate.person.roles if role.start]
    if not starts:
        return None
    ended = all(role.end is not None for role in candidate.person.roles)
    last = max(role.end.year for role in candidate.person.roles if role.end) if ended else date.year
    if date.year < min(starts) - _BEFORE_CAREER:
        return Evidence("active_at_date", -1.0, f"held no role before {min(starts)}")
    if date.year > last + _AFTER_CAREER:
        return Evidence("active_at_date", -0.5, f"held no role after {last}")
    if min(starts) <= date.year <= last:
        return Evidence("active_at_date", 0.2, f"held a role in {date.year}")
    return Evidence("active_at_date", 0.0, f"held a role near {date.year}")


_BEFORE_CAREER, _AFTER_CAREER = 3, 12  # years in which a person may be in the news before the first role recorded, and after the last


def _dated_age(chain: Chain) -> tuple[PartialDate, int] | None:
    date, age = chain.context.date, chain.context.age
    return None if date is None or age is None else (date, age)


@feature(_dated_age, missing="no age to compare")
def age_fits(dated: tuple[PartialDate, int], candidate: Candidate) -> Evidence | None:
    """The age in the text is the person's at the article's date."""
    (date, age), born = dated, candidate.person.born
    if born is None:
        return None
    youngest, oldest = (date.first - born.last).days // 365.25, (date.last - born.first).days // 365.25
    if youngest - 1 <= age <= oldest + 1:
        return Evidence("age_fits", 1.0, f"is {age} years old, born {born.year}")
    return Evidence("age_fits", -1.0, f"was {date.year - born.year} in {date.year}, not {age}")


@feature(lambda chain: chain.context.generation, missing="no word of elder or younger to compare")
def generation_fits(told: str, candidate: Candidate) -> Evidence | None:
    """The text says the elder or the younger, and the person is that one of the namesakes."""
    own = candidate.generation
    return Evidence("generation_fits", 1.0 if told == own else -1.0, f"is the {own} of the namesakes") if own else None


@feature(lambda chain: (*chain.context.organisations, *chain.context.titles), missing="no organisation to compare")
def organisation_is_named(named: tuple[str, ...], candidate: Candidate) -> Evidence | None:
    """An organisation of the person's stands in the same sentence."""
    theirs = candidate.profile.organisations
    if not theirs:
        return None
    for other in named:
        for own in theirs:
            if _same_organisation(other, own):
                return Evidence("organisation_is_named", 1.0, f"{own} is named beside the name")
    return Evidence("organisation_is_named", 0.0, "another organisation is named")


@lru_cache(maxsize=1 << 12)
def _same_organisation(one: str, other: str) -> bool:
    """Whether two names of organisations mean one: the same words in any order, or one the initials of the other."""
    first, second = fold(one), fold(other)
    initials = "".join(word[0] for word in other.split() if word[:1].isupper()).lower()
    if len(first) > 2 and first.replace(" ", "") == initials:  # noqa: PLR2004
        return True
    shorter = min(content_stems(one), content_stems(other), key=len)
    return (
        len(shorter) > 0
        and shorter <= (content_stems(one) & content_stems(other))
        and fuzz.token_set_ratio(first, second) >= _SAME_ORGANISATION
    )
