"""Evidence -> Decision: who it is, with a probability, or nobody in the KB, or undecided.

Each candidate's evidence adds up to log-odds, and so does that of "nobody"; the softmax of all of them is the distribution that a decision
carries. What is said then follows from an explicit rule: enough probability, and far enough ahead of the runner-up.
"""

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib.resources import files

from disambig.errors import ConfigError
from disambig.names import parse
from disambig.records import Candidate, Chain, Decision, Document, Evidence, Mention, Outcome, Reason, Verdict
from disambig.settings import Settings

_CONTRADICTION = -0.5  # a value from which on down a piece of evidence contradicts
_CONTRADICTING = frozenset(
    {"title_fits_role", "role_held_at_date", "alive_at_date", "active_at_date", "age_fits", "gender_fits", "country_fits", "field_fits"}
    | {"generation_fits", "is_somebody_else"}
)
"""Features that compare facts; the others compare names and words, of which the text may simply have few."""

_NOBODY = ("somebody_else", "bare_name")  # the evidence for nobody, in order


@dataclass(frozen=True, slots=True)
class Weights:
    """What each piece of evidence counts, in log-odds at a value of 1."""

    features: tuple[tuple[str, float], ...]
    nobody: tuple[tuple[str, float], ...]


def read_weights(text: str, names: Sequence[str]) -> Weights:
    """Weights from JSON; raises ConfigError where their names or order are not those of *names*."""
    loaded = json.loads(text)
    for part, expected in (("features", tuple(names)), ("nobody", _NOBODY)):
        found = tuple(loaded[part])
        if found != expected:
            differing = sorted(set(found) ^ set(expected)) or ["their order"]
            names_differing = ", ".join(differing)
            msg = (
                f"weights.json: the weights of '{part}' are not this version's ({names_differing} differ); restore the file of this version"
            )
            raise ConfigError(msg)
    return Weights(tuple(loaded["features"].items()), tuple(loaded["nobody"].items()))


@lru_cache(maxsize=1)
def shipped_weights(names: tuple[str, ...]) -> Weights:
    """The weights that come with the package."""
    return read_weights(files("disambig").joinpath("weights.json").read_text(encoding="utf-8"), names)


def decide(
    document: Document, mention: Mention, chain: Chain, gathered: Sequence[tuple[Candidate, tuple[Evidence, ...]]], settings: Settings
) -> Decision:
    """Who *mention* is; *gathered* are the candidates with what every feature says about them, *chain* is as seen from the mention."""
    verdicts = weigh(chain, gathered)
    outcome, reason = conclude(chain, verdicts, settings)
    return Decision(mention, chain, outcome, reason, verdicts, document.sentence_text(mention), document.article.date)


def weigh(chain: Chain, gathered: Sequence[tuple[Candidate, tuple[Evidence, ...]]]) -> tuple[Verdict, ...]:
    """The distribution over candidates and nobody, most probable first; of equals a person before nobody, then by id."""
    weights = shipped_weights(tuple(evidence.feature for evidence in gathered[0][1])) if gathered else None
    weighed: list[Verdict] = [Verdict(None, 0.0, _for_nobody(chain, dict(weights.nobody) if weights else dict.fromkeys(_NOBODY, 0.0)))]
    table = dict(weights.features) if weights else {}
    for candidate, found in gathered:
        weighed.append(Verdict(candidate.person, 0.0, tuple(replace(evidence, weight=table[evidence.feature]) for evidence in found)))
    totals = [sum(evidence.share for evidence in verdict.evidence) for verdict in weighed]
    highest = max(totals)
    odds = [math.exp(total - highest) for total in totals]
    whole = math.fsum(odds)
    shares = [replace(verdict, probability=part / whole) for verdict, part in zip(weighed, odds, strict=True)]
    return tuple(
        sorted(shares, key=lambda verdict: (-verdict.probability, verdict.person is None, verdict.person.id if verdict.person else ""))
    )


def _for_nobody(chain: Chain, weights: dict[str, float]) -> tuple[Evidence, ...]:
    """What speaks for somebody whom the KB does not hold."""
    bare = not any(parse(name).is_full for name in chain.names)
    return (
        Evidence("somebody_else", 1.0, "a name alone is no proof", weights["somebody_else"]),
        Evidence(
            "bare_name",
            1.0 if bare else 0.0,
            "the article gives no full name" if bare else "the article gives a full name",
            weights["bare_name"],
        ),
    )


def conclude(chain: Chain, verdicts: tuple[Verdict, ...], settings: Settings) -> tuple[Outcome, Reason]:
    """What to say: a person needs `settings.min_probability` and a lead of `settings.min_gap` over the runner-up."""
    best = verdicts[0]
    if len(verdicts) == 1:
        return Outcome.UNKNOWN, Reason.NO_CANDIDATE
    if chain.context.doubted:
        return Outcome.AMBIGUOUS, Reason.DISPUTED
    clear = best.probability >= settings.min_probability and best.probability - verdicts[1].probability >= settings.min_gap
    if best.person is None and clear:
        return Outcome.UNKNOWN, Reason.CONTRADICTED if _contradicted(verdicts[1]) else Reason.TOO_LITTLE_EVIDENCE
    if best.person is not None and clear:
        return Outcome.RESOLVED, Reason.NONE
    two_people = best.person is not None and verdicts[1].person is not None
    return Outcome.AMBIGUOUS, Reason.TIE if two_people else Reason.TOO_LITTLE_EVIDENCE


def _contradicted(verdict: Verdict) -> bool:
    return any(
        evidence.feature in _CONTRADICTING and evidence.value is not None and evidence.value <= _CONTRADICTION
        for evidence in verdict.evidence
    )
