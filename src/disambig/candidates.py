"""Chain + KB -> the people worth comparing, best name first."""

from disambig.kb.store import KnowledgeBase
from disambig.names import parse
from disambig.records import Candidate, Chain
from disambig.settings import Settings


def candidates_for(chain: Chain, kb: KnowledgeBase, settings: Settings) -> tuple[Candidate, ...]:
    """The up to `settings.max_candidates` people whose names fit those of *chain*, the best score over all of its full names.

    A bare surname is looked for only where the article gives no full name: "Kozak" would bring back those whom "Taras Kozak" rules out.
    """
    full = [name for name in chain.names if parse(name).is_full]
    best: dict[str, Candidate] = {}
    for name in full or chain.names[:1]:
        for candidate in kb.find(name, settings.max_candidates):
            known = best.get(candidate.person.id)
            if known is None or known.score < candidate.score:
                best[candidate.person.id] = candidate
    ranked = sorted(best.values(), key=lambda found: (-found.score, -(found.person.popularity or 0.0), found.person.id))
    return tuple(ranked[: settings.max_candidates])
