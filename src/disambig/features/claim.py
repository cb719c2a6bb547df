"""What the article itself says about whom a name means."""

from disambig.features.feature import feature
from disambig.names import ONE_PERSON, best_agreement, parse
from disambig.records import Candidate, Chain, Context, Evidence
from disambig.words import content_stems

_LETTERS = 6  # that two forms of one word have in common


def _explained(chain: Chain) -> Context | None:
    return chain.context if chain.context.said or chain.context.denied else None


@feature(_explained, missing="the article does not explain the name")
def article_says_who(context: Context, candidate: Candidate) -> Evidence:
    """The article says in so many words that it means this person ("the cellist, not the senator"): 1 for that one, -1 for the other."""
    against = next((words for words in context.denied if _fits(candidate, words)), None)
    in_favour = next((words for words in context.said if _fits(candidate, words)), None)
    if against and not in_favour:
        return Evidence("article_says_who", -1.0, f"the article says that it is not {against}")
    if in_favour and not against:
        return Evidence("article_says_who", 1.0, f"the article says that it is {in_favour}")
    return Evidence("article_says_who", 0.0, "what the article says fits neither better")


def _fits(candidate: Candidate, words: str) -> bool:
    """Whether a name or a description is the candidate's; of a description, one word must stand in no namesake's record but this."""
    name = parse(words)
    if words[:1].isupper() and name.is_full:
        return best_agreement(name, candidate.person.names).kind in ONE_PERSON
    asked = content_stems(words)
    return any(_is_form_of(one, other) for one in asked for other in candidate.distinctive)


def _is_form_of(one: str, other: str) -> bool:
    """Whether two stems are of one word: the same, or alike in the first letters ("conduct", "conductor")."""
    return one == other or (min(len(one), len(other)) >= _LETTERS and one[:_LETTERS] == other[:_LETTERS])
