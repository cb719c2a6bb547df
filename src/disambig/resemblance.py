"""Chain, Candidates -> how much the record of each is like the words around the name, by their vectors."""

from collections.abc import Sequence
from dataclasses import replace

from disambig.names import is_any_full
from disambig.records import Candidate, Chain
from disambig.vectors import cosine, static_vector

_NEAR = 0.25  # behind the best score of a full name; whose name fits worse has little to hope for from the words around it


def with_resemblance(chain: Chain, candidates: Sequence[Candidate]) -> tuple[Candidate, ...]:
    """*candidates*, best name first, with `resemblance`: the cosine of record and passage, less the mean of these cosines.

    None for those whose name fits a full one much worse or whose record says nothing, and for all where fewer than two records say
    something: then there is nothing to choose between.
    """
    least = candidates[0].score - _NEAR if candidates and is_any_full(chain.names) else 0.0
    near = [one for one in candidates if one.profile.about and one.score >= least]
    if len(near) < 2:  # noqa: PLR2004
        return tuple(candidates)
    passage = static_vector(chain.context.passage)
    cosines = {one.person.id: cosine(passage, static_vector(one.profile.about)) for one in near}
    known = [value for value in cosines.values() if value is not None]
    if len(known) < 2:  # noqa: PLR2004
        return tuple(candidates)
    mean = sum(known) / len(known)
    return tuple(one if (value := cosines.get(one.person.id)) is None else replace(one, resemblance=value - mean) for one in candidates)
