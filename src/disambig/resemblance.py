"""Chain, Candidates -> how much more the record and the name of each are like the mention and the words around it, by their vectors."""

from collections.abc import Sequence
from dataclasses import replace

from disambig.names import is_any_full, is_given_alone, parse
from disambig.records import Candidate, Chain, Mention, Person, Resemblance
from disambig.vectors import cosines

_OF_GIVEN_NAME = 1 / 3  # of the way to the best; of 198 given names in short sentences the log-loss fell from 1.48 to 1.38, at 2/3 to 1.39
_NEAR = 0.25  # behind the best score of a full name; whose name fits worse has little to hope for from the words around it


def with_resemblance(mention: Mention, chain: Chain, candidates: Sequence[Candidate]) -> tuple[Candidate, ...]:
    """*candidates*, best name first, with `resemblance`: each cosine less the mean over those compared.

    Of a given name alone it is less what lies a third of the way from the mean to the best: of many who bear it somebody is like any text,
    which does not make it more probable that the one who is meant is among them.
    Those whose name fits a full one much worse are not compared; names only where they, and the mention, are in Latin letters, which alone
    the vectors know. Where fewer than two have something to compare, there is nothing to choose between.
    """
    least = candidates[0].score - _NEAR if candidates and is_any_full(chain.names) else 0.0
    near = [one for one in candidates if one.score >= least]
    if len(near) < 2:  # noqa: PLR2004
        return tuple(candidates)
    names = tuple(_name_for(mention.text, one.person) for one in near) if parse(mention.text).is_latin else ("",) * len(near)
    records = tuple(one.profile.about for one in near)
    are_names = not any(records)
    towards_best = _OF_GIVEN_NAME if is_given_alone(chain.names) else 0.0
    of_passage = _ahead(chain.context.passage, names if are_names else records, towards_best)
    told = zip(of_passage, _ahead(mention.text, names, towards_best), strict=True)
    compared = tuple(replace(one, resemblance=Resemblance(*values, are_names)) for one, values in zip(near, told, strict=True))
    return (*compared, *candidates[len(near) :])


def _name_for(text: str, person: Person) -> str:
    """The name that is *text*, where the person bears it among others; else the first in Latin letters, empty where there is none."""
    return text if text in person.names else next((name for name in person.names if parse(name).is_latin), "")


def _ahead(text: str, others: tuple[str, ...], towards_best: float) -> Sequence[float | None]:
    """For each of *others* its cosine with *text* less that of all: None for one that says nothing, and for all where but one does.

    That of all is their mean, or lies *towards_best*, 0 to 1, of the way to the highest.
    """
    found = cosines(text, others)
    values = [value for value in found if value is not None]
    if len(values) < 2:  # noqa: PLR2004
        return [None] * len(found)
    mean = sum(values) / len(values)
    usual = mean + towards_best * (max(values) - mean)
    return [None if value is None else value - usual for value in found]
