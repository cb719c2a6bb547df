"""What the other words of the article say, and how well known the person is."""

import math

from disambig.features.feature import feature
from disambig.records import Candidate, Chain, Context, Evidence
from disambig.roles import are_near, is_of_sport, shared_fields

_MANY = 1e3  # times the usual, from which popularity counts in full
_FEW = 1e-2  # times the usual, below which it makes no difference how many


@feature(lambda chain: chain.context, missing="the record has no words to compare")
def words_in_common(context: Context, candidate: Candidate) -> Evidence | None:
    """Words around the name stand in the person's record too, above all words that no namesake's record has.

    A word of the sentence counts three times one of the paragraph, and ten times one from elsewhere in the article; the value of the sum x
    is 1 - exp(-x), less f exp(-3x), where f grows with the record and the article: a full record of which a long article has no word
    speaks against.
    """
    stems = candidate.profile.stems
    if not stems:
        return None
    found: list[str] = []
    weight = 0.0
    for words, each in ((context.near, _NEAR), (context.around, _AROUND), (context.topic, _ELSEWHERE)):
        distinctive, common = words & candidate.distinctive, (words & stems) - candidate.distinctive
        weight += each * (len(distinctive) + _COMMON_WORD * len(common))
        found.extend(sorted(distinctive, key=lambda word: (-len(word), word)))
    full = _MISSING_ALL * min(1.0, len(stems) / _FULL_RECORD) * min(1.0, len(context.topic) / _LONG_ARTICLE)
    value = 1.0 - math.exp(-weight) - full * math.exp(-3.0 * weight)
    if not weight:
        return Evidence("words_in_common", value, "no word of the record stands in the article")
    if not found:
        return Evidence("words_in_common", value, "the text has only words that the records of namesakes have too")
    few = "only few " if value < 0 else ""
    return Evidence("words_in_common", value, f"{few}words of the record stand in the text: {', '.join(found[:3])}")


_NEAR, _AROUND, _ELSEWHERE = 0.5, 0.17, 0.05  # by how much a shared word moves the sum
_COMMON_WORD = 0.2  # what a word counts that the records of namesakes have too
_MISSING_ALL = 0.5  # what a full record counts against, when a long article has no word of it
_FULL_RECORD = 12  # stems
_LONG_ARTICLE = 40  # stems


@feature(lambda chain: chain.context.epithet, missing="nothing attached to compare")
def epithet_fits(epithet: frozenset[str], candidate: Candidate) -> Evidence | None:
    """What is attached to the name ("the works council's …", "… of Berkeley") stands in the person's record."""
    stems = candidate.profile.stems
    if not stems:
        return None
    shared = epithet & stems
    if shared:
        return Evidence(
            "epithet_fits", len(shared) / len(epithet), f"'{', '.join(sorted(shared)[:3])}' stands with the name and in the record"
        )
    return Evidence("epithet_fits", -0.2, f"'{', '.join(sorted(epithet)[:3])}' is not in the record")


@feature(lambda chain: chain.context if chain.context.fields else None, missing="no field to compare")
def field_fits(context: Context, candidate: Candidate) -> Evidence | None:
    """The article is about the person's field: a sport, politics, science, the arts."""
    about, theirs = context.fields, candidate.profile.fields
    if not theirs:
        return None
    if context.rivals:
        return Evidence.missing("field_fits", "the article names several of that name, so its field tells nothing")
    if shared := shared_fields(about, theirs):
        return Evidence("field_fits", 1.0, f"the article is about {' and '.join(sorted(shared)[:2])}")
    if are_near(about, theirs) or about <= _OF_EVERYBODY:
        return Evidence("field_fits", 0.0, f"the article is about {min(about)}, which has to do with {min(theirs)} too")
    apart = is_of_sport(about) or is_of_sport(theirs)  # other fields lie closer to each other: business and religion
    is_long = len(context.near) + len(context.around) + len(context.topic) >= _LONG_ARTICLE
    value = (-1.0 if is_long else _APART_IN_SHORT) if apart else -0.3
    return Evidence("field_fits", value, f"the article is about {min(about)}, not {min(theirs)}")


_OF_EVERYBODY = frozenset({"education"})  # everybody has been to school
_APART_IN_SHORT = -0.6  # what a text of a sentence or two is about is less certain


@feature(lambda chain: chain, missing="popularity is not recorded")
def is_well_known(_: Chain, candidate: Candidate) -> Evidence | None:
    """Many pages link to this person: a prior that other evidence can outweigh.

    The value is linear in the logarithm of the popularity over what is usual in the KB: people files count links, page views, articles.
    """
    popularity = candidate.person.popularity
    if popularity is None:
        return None
    value = math.log(max(_FEW, popularity / candidate.usual_popularity)) / math.log(_MANY)
    because = f"has a popularity of {popularity:g}; a quarter of the people have {candidate.usual_popularity:g} or more"
    return Evidence("is_well_known", max(-1.0, min(1.0, value)), because)


@feature(lambda chain: chain.context.bare, missing="the name is full, or the record of nobody else of that name speaks of this person")
def spoken_of_by_others(_: bool, candidate: Candidate) -> Evidence | None:
    """The records of others of that name speak of this person: the one by whom a family is known.

    The value is the share of those who speak of this person, among them and those of whom this person's own record speaks.
    """
    by, of = candidate.spoken_of
    if not by:
        return None
    who = "the record of somebody else of that name speaks" if by == 1 else f"the records of {by} others of that name speak"
    return Evidence("spoken_of_by_others", by / (by + of), f"{who} of this person")
