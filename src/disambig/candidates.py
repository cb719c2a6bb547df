"""Chain + KB -> the people worth comparing, best name first."""

from collections import Counter
from dataclasses import replace

from disambig.kb.store import KnowledgeBase
from disambig.names import ONE_PERSON, best_agreement, parse
from disambig.records import Candidate, Chain, Match, Mention
from disambig.settings import Settings

_SHARED_BY = 3  # a stem tells a candidate from the rest when at most one in so many of the shortlist has it


def candidates_for(mention: Mention, chain: Chain, kb: KnowledgeBase, settings: Settings) -> tuple[Candidate, ...]:
    """The up to `settings.max_candidates` people whose names fit, the best score over all names looked for.

    Looked for are the full names of *chain*; for a bare mention that name too, since it may have been joined to the wrong one, or the full
    name may be one that the KB does not have.
    """
    full = [name for name in chain.names if parse(name).is_full]
    bare = () if full and parse(mention.text).is_full else (mention.text,)
    best: dict[str, Match] = {}
    for name in dict.fromkeys((*full, *bare)):
        for match in kb.find(name, settings.max_candidates):
            known = best.get(match.person.id)
            if known is None or known.score < match.score:
                best[match.person.id] = match
    ranked = sorted(best.values(), key=lambda found: (-found.score, -(found.person.popularity or 0.0), found.person.id))
    shortlist = [
        Candidate(match.person, match.score, kb.profile(match.person.id), reading=match.reading)
        for match in ranked[: settings.max_candidates]
    ]
    return _told_apart(_outnamed(shortlist, full), chain.context.rivals)


def _outnamed(shortlist: list[Candidate], full: list[str]) -> list[Candidate]:
    """The candidates, with the name of one who is called just as one of the *full* names says noted on all who are not."""
    written = {parse(name).parts for name in full}
    exact = [any(parse(name).parts in written for name in one.person.names) for one in shortlist]
    if not any(exact):
        return shortlist
    other = shortlist[exact.index(True)].person.name
    return [one if so else replace(one, outnamed=other) for one, so in zip(shortlist, exact, strict=True)]


def _told_apart(shortlist: list[Candidate], rivals: tuple[str, ...]) -> tuple[Candidate, ...]:
    """The candidates with what tells each from the others: its own words, and who is the elder (of *rivals*, if the article names any)."""
    shared = Counter(word for candidate in shortlist for word in candidate.profile.stems)
    most = max(1, len(shortlist) // _SHARED_BY)
    named = [candidate for candidate in shortlist if any(_is_called(candidate, rival) for rival in rivals)] if rivals else shortlist
    born = [candidate.person.born.year for candidate in named if candidate.person.born]
    told = []
    for candidate in shortlist:
        year = candidate.person.born.year if candidate.person.born and candidate in named else None
        suffix = parse(candidate.person.name).suffix
        generation = {"sr": "elder", "jr": "younger", "ii": "younger"}.get(suffix, "")
        if not generation and year is not None and len(set(born)) > 1:
            generation = "elder" if year == min(born) else "younger" if year == max(born) else ""
        distinctive = frozenset(word for word in candidate.profile.stems if shared[word] <= most)
        told.append(replace(candidate, distinctive=distinctive, generation=generation))
    return tuple(told)


def _is_called(candidate: Candidate, name: str) -> bool:
    """Whether a full name is one of the candidate's."""
    return best_agreement(parse(name), candidate.person.names).kind in ONE_PERSON
