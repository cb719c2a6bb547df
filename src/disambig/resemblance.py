"""Chain, Candidates -> how much more the record and the name of each are like the mention and the words around it, by their vectors."""

import math
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from disambig.names import is_any_full, is_given_alone, parse
from disambig.records import Article, Candidate, Chain, Decision, Mention, Person, Resemblance
from disambig.vectors import cosines, mixed, products
from disambig.vectors.encoder import encoded_cosines

_OF_GIVEN_NAME = 1 / 3  # of the way to the best; of 198 given names in short sentences the log-loss fell from 1.48 to 1.38, at 2/3 to 1.39
_SHORT = 600  # characters; of longer texts the encoder told no more than the rest of the evidence, and their people are of many kinds
_LIVE = math.exp(-4)  # of the probability of the likeliest candidate: who has less is not lifted by what is compared here
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
    towards_best = _towards_best(chain)
    of_passage = _ahead(chain.context.passage, names if are_names else records, towards_best)
    of_mention = _ahead(mention.text, names, towards_best)
    told = (Resemblance(*values, by_name=are_names) for values in zip(of_passage, of_mention, strict=True))
    compared = tuple(replace(one, resemblance=values) for one, values in zip(near, told, strict=True))
    return (*compared, *candidates[len(near) :])


def _towards_best(chain: Chain) -> float:
    """How far from the mean to the best lies what is usual among those compared, 0 to 1."""
    return _OF_GIVEN_NAME if is_given_alone(chain.names) else 0.0


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
    ahead = iter(_less_usual(values, towards_best))
    return [None if value is None else next(ahead) for value in found]


# -- short texts, read as a whole

Read = tuple[Decision, tuple[Candidate, ...]]  # a mention's first decision, and all candidates that it was made between


def is_short(article: Article) -> bool:
    """Whether the text is so short that it is read as a whole, once it is known who its people may be."""
    return len(article.text) <= _SHORT


def with_whole_text(article: Article, read: Sequence[Read]) -> list[tuple[Candidate, ...]]:
    """For each mention of a short *article*, once *read*, its candidates: those in question with `resemblance` to the text and the company.

    The text is held by the encoder against name and record; whoever alone is left in question is not compared with others. The company are
    the records of the others in the text: of each the sum of its candidates' vectors by their first probabilities, so that whoever is
    uncertain says less. "Larry and Sergey" are the two founders of one company before they are a comedian and a composer. Texts in Latin
    letters only, which alone the vectors know.
    """
    text = f"{article.title}\n{article.text}" if article.title else article.text
    company = _company(read)
    return [_with_text(text, company, *one) for one in read]


def _with_text(text: str, company: dict[str, "_Companion"], decision: Decision, candidates: tuple[Candidate, ...]) -> tuple[Candidate, ...]:
    """The same for one mention of a *text* with all its *company*."""
    places = _in_question(decision, candidates)
    if not places:
        return candidates
    again, people = list(candidates), [candidates[at] for at in places]
    of_text = encoded_cosines(text, tuple(_named_record(decision.mention.text, one) for one in people))
    for at, alike in zip(places, of_text, strict=True):
        again[at] = _compared(again[at], with_text=alike)
    if len(places) > 1:
        towards_best = _towards_best(decision.chain)
        others = [one for chain, one in company.items() if chain != decision.chain.id and one.text != decision.mention.text]
        ahead = _less_usual(of_text, towards_best), _beside(people, others, towards_best)
        for at, to_text, to_company in zip(places, *ahead, strict=True):
            again[at] = _compared(again[at], to_text=to_text, to_company=to_company)
    return tuple(again)


def _compared(candidate: Candidate, **values: float | None) -> Candidate:
    return replace(candidate, resemblance=replace(candidate.resemblance, **values))  # type: ignore[arg-type] # by_name is not among them


def _in_question(decision: Decision, candidates: Sequence[Candidate]) -> list[int]:
    """Which of the *candidates* the decision leaves in question, and have a record that says something.

    Nobody is where a full name has a single candidate: there is no more to choose.
    """
    if not parse(decision.mention.text).is_latin or (len(candidates) < 2 and is_any_full(decision.chain.names)):  # noqa: PLR2004
        return []
    probable = _probable(decision)
    least = _LIVE * max(probable.values(), default=1.0)
    return [at for at, one in enumerate(candidates) if one.profile.about and probable[one.person.id] >= least]


def _probable(decision: Decision) -> dict[str, float]:
    """The probability of each candidate by the id."""
    return {verdict.person.id: verdict.probability for verdict in decision.verdicts if verdict.person}


def _named_record(text: str, candidate: Candidate) -> str:
    return f"{_name_for(text, candidate.person)}. {candidate.profile.about}"


class _Companion(NamedTuple):
    """Another person of a short text, by whom it may be."""

    text: str  # of the first mention
    people: tuple[tuple[Candidate, float], ...]  # those whose records say something, with their first probabilities


def _company(read: Sequence[Read]) -> dict[str, _Companion]:
    """The people of a short text by the ids of their chains."""
    company: dict[str, _Companion] = {}
    for decision, candidates in sorted(read, key=lambda one: one[0].mention.start):
        if decision.chain.id not in company:
            probable = _probable(decision)
            people = tuple((one, probable[one.person.id]) for one in candidates if one.profile.about)
            company[decision.chain.id] = _Companion(decision.mention.text, people)
    return company


def _beside(people: Sequence[Candidate], others: Sequence[_Companion], towards_best: float) -> Sequence[float | None]:
    """How much more the record of each of *people* is like those of *others* than is usual, in sum, over the root of their number.

    Nobody is the company of namesakes: of the others only those count who are not themselves in question.
    """
    ids, records = {one.person.id for one in people}, tuple(one.profile.about for one in people)
    told = []
    for other in others:
        beside = [(one.profile.about, share) for one, share in other.people if one.person.id not in ids]
        if any(share for _, share in beside):
            abouts, shares = zip(*beside, strict=True)
            told.append(_less_usual(products(mixed(abouts, shares), records), towards_best))
    if not told:
        return [None] * len(people)
    return [sum(values) / math.sqrt(len(told)) for values in zip(*told, strict=True)]


def _less_usual(values: Sequence[float], towards_best: float) -> list[float]:
    """*values* less what is usual among them: their mean, or what lies *towards_best*, 0 to 1, of the way to the highest."""
    mean = sum(values) / len(values)
    usual = mean + towards_best * (max(values) - mean)
    return [value - usual for value in values]
