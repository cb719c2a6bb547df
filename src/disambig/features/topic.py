"""What the other words of the article say, and how well known the person is."""

import math

from disambig.records import Candidate, Chain, Evidence
from disambig.words import topics_of

_COMMON = 100.0  # links or page views at which popularity is neutral
_MANY = 1e5  # links or page views from which it counts in full
_ABOUT = 3  # topic words of a field that an article must hold to be about it


def words_in_common(chain: Chain, candidate: Candidate) -> Evidence:
    """Words around the name stand in the person's record too."""
    stems = candidate.profile.stems
    if not stems:
        return Evidence("words_in_common", None, "the record has no words to compare")
    near, far = chain.context.near & stems, (chain.context.topic & stems) - chain.context.near
    weight = 2.0 * len(near) + len(far)
    value = 1.0 - math.exp(-weight / 4.0) - 0.2
    if not near | far:
        return Evidence("words_in_common", value, "no word of the record stands in the article")
    shown = sorted(near, key=lambda word: (-len(word), word))[:3] or sorted(far, key=lambda word: (-len(word), word))[:3]
    return Evidence("words_in_common", value, f"shares words such as '{', '.join(shown)}'")


def field_fits(chain: Chain, candidate: Candidate) -> Evidence:
    """The article is about the person's field: a sport, politics, science, the arts."""
    counts = topics_of(chain.context.topic)
    about = {field for field, count in counts.items() if count >= max(_ABOUT, max(counts.values()) / 2)}
    theirs = candidate.profile.fields
    if not about or not theirs:
        return Evidence("field_fits", None, "no field to compare")
    if about & theirs:
        return Evidence("field_fits", 1.0, f"the article is about {' and '.join(sorted(about & theirs)[:2])}")
    return Evidence("field_fits", -0.5, f"the article is about {min(about)}, not {min(theirs)}")


def is_well_known(chain: Chain, candidate: Candidate) -> Evidence:  # noqa: ARG001 (every feature takes both)
    """Many pages link to this person: a prior that other evidence can outweigh.

    The value is linear in the logarithm of the popularity.
    """
    popularity = candidate.person.popularity
    if popularity is None:
        return Evidence("is_well_known", None, "popularity is not recorded")
    value = math.log(max(popularity, 1.0) / _COMMON) / math.log(_MANY / _COMMON)
    return Evidence("is_well_known", max(-1.0, min(1.0, value)), f"popularity {popularity:g}")
