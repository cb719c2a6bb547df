"""Evidence -> Decision: who it is, with a probability, or nobody in the KB, or undecided.

The model is a conditional logistic one. Each candidate's evidence adds up to log-odds, and so does that of "nobody"; the softmax of all of
them is the distribution that a decision carries. A piece of evidence moves a candidate by its value (-1 to 1) times a weight, and there
are two weights for each feature, one for what speaks for a candidate and one for what speaks against: a fact that contradicts can so weigh
more than one that fits. None is negative; evidence that is missing moves nothing. So a fact that fits never leaves a person less probable
than the same fact missing, nor that less than the fact contradicted, and every share can be shown.

"Nobody" has evidence of its own: that a name is no proof, that the article gives no full name, or a given name alone, and how many people
the name fits alike: a common name is one of many outside the KB, too.

`scripts/fit.py` writes the weights, and with them the probability from which on each precision was held by sets that the weights had not
seen. What is said then follows from an explicit rule: enough probability, and far enough ahead of the runner-up.
"""

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib.resources import files

from disambig.errors import ConfigError
from disambig.names import ONE_PERSON, Kind, best_agreement, is_any_full, is_given_alone, parse
from disambig.records import Candidate, Chain, Correction, Decision, Document, Evidence, Mention, Outcome, Person, Reason, Verdict
from disambig.settings import Settings

_CONTRADICTION = -0.5  # a value from which on down a piece of evidence contradicts
_CONTRADICTING = frozenset(
    {"title_fits_role", "role_held_at_date", "alive_at_date", "active_at_date", "age_fits", "gender_fits", "country_fits", "field_fits"}
    | {"generation_fits", "is_somebody_else", "article_says_who"}
)
"""Features that compare facts; the others compare names and words, of which the text may simply have few."""

_OUTWEIGHED = _CONTRADICTING | {"name_agrees"}  # those against which it takes more to name somebody
_DESPITE = 0.6  # the probability that it takes then, however little is asked of others

_BY_HAND = 20.0  # log-odds of a reader's correction, for show: more than all evidence together
# Log-odds of the same for the other mentions of the chain: more than any one fact, for a chain is one person nearly always; not more than
# two facts that say that this mention is somebody else.
_BY_HAND_NEARBY = 6.0
_INTRODUCED = 0.2  # of that, for a mention with an introduction of its own, which may have joined a wrong chain; both set by hand

NOBODY = ("somebody_else", "bare_name", "given_name_alone", "common_name", "namesake_unknown")
"""The evidence for nobody, in order."""

_FITS_ALIKE = 0.05  # by how much a name may fit less than the best and still fit alike; kinds of agreement lie further apart
_EITHER = 0.7  # of what counts that no candidate is the nearest namesake or the first, where one is the other of the two
_FARTHER = 0.35  # the same, where the nearest and the first are candidates
_VERY_COMMON = 40  # people whom the name fits alike from which on it counts as common in full


@dataclass(frozen=True, slots=True)
class Weights:
    """What each piece of evidence counts, in log-odds at a value of 1 or -1."""

    features: tuple[tuple[str, float, float], ...]  # name, weight of what speaks for, of what speaks against; 0 or more
    nobody: tuple[tuple[str, float], ...]
    held: tuple[tuple[float, float], ...] = ()  # a precision, 0 to 1, and the probability from which on it was held; both ascending


def read_weights(text: str, names: Sequence[str]) -> Weights:
    """Weights from JSON; raises ConfigError where their names or order are not those of *names*."""
    loaded = json.loads(text)
    for part, expected in (("features", tuple(names)), ("nobody", NOBODY)):
        found = tuple(loaded[part])
        if found != expected:
            differing = sorted(set(found) ^ set(expected)) or ["their order"]
            names_differing = ", ".join(differing)
            msg = (
                f"weights.json: the weights of '{part}' are not this version's ({names_differing} differ); restore the file of this "
                "version, or fit it anew with scripts/fit.py"
            )
            raise ConfigError(msg)
    features = tuple((name, pair["for"], pair["against"]) for name, pair in loaded["features"].items())
    held = tuple((float(precision), least) for precision, least in loaded["precision"].items())
    return Weights(features, tuple(loaded["nobody"].items()), held)


@lru_cache(maxsize=1)
def shipped_weights(names: tuple[str, ...]) -> Weights:
    """The weights that come with the package."""
    return read_weights(_shipped(), names)


@lru_cache(maxsize=1)
def _shipped() -> str:
    return files("disambig").joinpath("weights.json").read_text(encoding="utf-8")


@lru_cache(maxsize=16)
def threshold_for(precision: float) -> float:
    """The probability, 0 to 1, from which on people may be said if at least this share (0 to 1) of what is said is to be right.

    It is the one that held the precision, or the next higher one in the table, on sets that the weights had not seen. Raises ConfigError
    where none did.
    """
    held = sorted((float(name), least) for name, least in json.loads(_shipped())["precision"].items())
    for known, least in held:
        if precision <= known:
            return float(least)
    msg = f"precision {precision} was not held at any probability; expected {held[-1][0]} or less"
    raise ConfigError(msg)


def decide(
    document: Document, mention: Mention, chain: Chain, gathered: Sequence[tuple[Candidate, tuple[Evidence, ...]]], settings: Settings
) -> Decision:
    """Who *mention* is; *gathered* are the candidates with what every feature says about them, *chain* is as seen from the mention."""
    verdicts = weigh(chain, gathered)
    outcome, reason = conclude(chain, verdicts, settings)
    return Decision(mention, chain, outcome, reason, verdicts, document.sentence_text(mention), document.article.date)


def pin(decision: Decision, correction: Correction) -> Decision:
    """*decision* as a reader has corrected it: certain, whatever speaks against it; the evidence of all others is kept."""
    person = correction.person
    because = f"corrected by hand: {person.name if person else 'nobody in the knowledge base'} ({correction.where})"
    own = next((one.evidence for one in decision.verdicts if one.person == person), ())
    others = (replace(one, probability=0.0) for one in decision.verdicts if one.person != person)
    first = Verdict(person, 1.0, (Evidence("corrected", 1.0, because, _BY_HAND), *own))
    outcome = Outcome.RESOLVED if person else Outcome.UNKNOWN
    return replace(decision, outcome=outcome, reason=Reason.CORRECTED, verdicts=(first, *others))


def weigh(chain: Chain, gathered: Sequence[tuple[Candidate, tuple[Evidence, ...]]]) -> tuple[Verdict, ...]:
    """The distribution over candidates and nobody, most probable first; of equals a person before nobody, then by id."""
    weights = shipped_weights(tuple(evidence.feature for evidence in gathered[0][1])) if gathered else None
    people = [candidate for candidate, _ in gathered]
    alone = _for_nobody(chain, people, dict(weights.nobody) if weights else dict.fromkeys(NOBODY, 0.0))
    weighed: list[tuple[Person | None, tuple[Evidence, ...]]] = [(None, alone)]
    for candidate, found in gathered:
        assert weights is not None
        weighted = list(found)  # most evidence is missing, and stays as it is
        for place, one in enumerate(found):
            if one.value is not None:
                weighted[place] = _weighted(one, one.value, weights.features[place])
        weighed.append((candidate.person, (*weighted, *_by_hand_nearby(chain, candidate.person))))
    totals = [sum([one.value * one.weight for one in found if one.value is not None]) for _, found in weighed]
    highest = max(totals)
    odds = [math.exp(total - highest) for total in totals]
    whole = math.fsum(odds)
    verdicts = [Verdict(person, part / whole, found) for (person, found), part in zip(weighed, odds, strict=True)]
    return tuple(
        sorted(verdicts, key=lambda verdict: (-verdict.probability, verdict.person is None, verdict.person.id if verdict.person else ""))
    )


def _weighted(evidence: Evidence, value: float, weights: tuple[str, float, float]) -> Evidence:
    _, pro, contra = weights
    return Evidence(evidence.feature, value, evidence.because, contra if value < 0 else pro)


def _by_hand_nearby(chain: Chain, person: Person) -> tuple[Evidence, ...]:
    """What a reader's corrections of other mentions of *chain* say about *person*; nothing where there are none."""
    meant = chain.context.by_hand
    if meant is None:
        return ()
    because = f"a reader says that '{chain.name}' elsewhere in the article is {person.name if meant == person.id else 'somebody else'}"
    weight = _BY_HAND_NEARBY * (_INTRODUCED if chain.context.introduced else 1.0)
    return (Evidence("corrected_nearby", 1.0 if meant == person.id else -1.0, because, weight),)


def _for_nobody(chain: Chain, people: Sequence[Candidate], weights: dict[str, float]) -> tuple[Evidence, ...]:
    """What speaks for somebody whom the KB does not hold; *people* are all candidates."""
    bare, given = not is_any_full(chain.names), is_given_alone(chain.names)
    best = max((candidate.score for candidate in people), default=0.0)
    alike = sum(candidate.score >= best - _FITS_ALIKE for candidate in people)
    common = min(1.0, math.log(max(alike, 1)) / math.log(_VERY_COMMON))
    values: tuple[tuple[float | None, str], ...] = (
        (1.0, "a name alone is no proof"),
        (1.0 if bare else 0.0, "the article gives no full name" if bare else "the article gives a full name"),
        (1.0 if given else 0.0, "a given name alone is that of very many" if given else "the article gives more than a given name"),
        (common, f"the name fits {alike} people alike" if alike > 1 else "the name fits one person best"),
        _namesake_unknown(chain, people),
    )
    return tuple(Evidence(name, value, because, weights[name]) for name, (value, because) in zip(NOBODY, values, strict=True))


def _namesake_unknown(chain: Chain, people: Sequence[Candidate]) -> tuple[float | None, str]:
    """Whether somebody whom the article names in full, and whom the bare name may mean, is no candidate.

    The counterpart of the feature namesake_named_nearby.
    """
    rivals = chain.context.rivals
    if not rivals:
        return None, "the article names nobody else of that surname in full"
    settled = dict(chain.context.settled)
    ids = {candidate.person.id for candidate in people}
    unknown = [
        rival
        for rival in rivals
        if not (settled[rival] in ids if rival in settled else any(_is_named(rival, candidate) for candidate in people))
    ]
    if not unknown:
        return 0.0, f"{rivals[0]}, whom the article names in full, is among the candidates"
    near = {rivals[0], chain.context.protagonist}
    value = _FARTHER if near.isdisjoint(unknown) else 1.0 if near.issubset(unknown) else _EITHER
    return value, f"the article names {unknown[0]} in full, who is no candidate"


def _is_named(rival: str, candidate: Candidate) -> bool:
    """Whether a full name is one of the candidate's, or a form of one."""
    return best_agreement(parse(rival), candidate.person.names).kind in ONE_PERSON | {Kind.INITIAL}


def conclude(chain: Chain, verdicts: tuple[Verdict, ...], settings: Settings) -> tuple[Outcome, Reason]:
    """What to say: whoever is said needs `settings.min_probability` and a lead of `settings.min_gap` over the runner-up.

    Somebody whom a fact contradicts, or whose name is not the one in the text, needs `_DESPITE` at least. With `settings.precision` a
    person needs as much probability as held that precision; raises ConfigError where none did.
    """
    best = verdicts[0]
    if len(verdicts) == 1:
        return Outcome.UNKNOWN, Reason.NO_CANDIDATE
    if chain.context.doubted:
        return Outcome.AMBIGUOUS, Reason.DISPUTED
    least = settings.min_probability if settings.precision is None or best.person is None else threshold_for(settings.precision)
    if best.person is not None and _speaks_against(best, _OUTWEIGHED):
        least = max(least, _DESPITE)
    clear = best.probability >= least and best.probability - verdicts[1].probability >= settings.min_gap
    if best.person is None and clear:
        return Outcome.UNKNOWN, Reason.CONTRADICTED if _speaks_against(verdicts[1], _CONTRADICTING) else Reason.TOO_LITTLE_EVIDENCE
    if best.person is not None and clear:
        return Outcome.RESOLVED, Reason.NONE
    two_people = best.person is not None and verdicts[1].person is not None
    return Outcome.AMBIGUOUS, Reason.TIE if two_people else Reason.TOO_LITTLE_EVIDENCE


def _speaks_against(verdict: Verdict, features: frozenset[str]) -> bool:
    """Whether one of *features* contradicts the verdict's person."""
    return any(
        evidence.feature in features and evidence.value is not None and evidence.value <= _CONTRADICTION for evidence in verdict.evidence
    )
