"""What vectors say: the person's record and name, held against the words around the mention and against the mention."""

from disambig.features.feature import feature
from disambig.names import is_given_alone
from disambig.records import Candidate, Chain, Evidence

_FAR_APART = 0.5  # difference of cosines that counts in full
_OF_GIVEN_NAME = 2.0  # times: one alone is so many people's that the words around it are nearly all there is to go by
_NAMES_FAR_APART = 0.3  # the same of names: a prior is never to say much more than a fact does
_BY_NAME = 0.3  # of what a record says, where it is a name alone
_FITS, _FITS_GIVEN_NAME = (0.4, 1.0), (0.45, 0.25)
"""The cosine of a short text with a record that says neither that it is the person nor that it is not, and how far from it counts in full.

Set on short texts from whose people some were left out, of which the fit has few.
"""


def _counting(chain: Chain) -> float:
    """How many times the words around the mentions of *chain* count."""
    return _OF_GIVEN_NAME if is_given_alone(chain.names) else 1.0


@feature(_counting, missing="nobody else in question whose record says something")
def record_resembles_passage(counting: float, candidate: Candidate) -> Evidence | None:
    """The person's record is about the same things as the sentence, more than those of the others in question, by their vectors.

    The value is the cosine ahead of all in question, over a half, see `resemblance`. Where no record says anything, the name
    itself is compared, which may be known for something. Where the article has a given name alone, it is twice that.
    """
    resemblance = candidate.resemblance
    if resemblance.to_passage is None:
        return None
    value = _within(counting * resemblance.to_passage / _FAR_APART) * (_BY_NAME if resemblance.by_name else 1.0)
    what = "name" if resemblance.by_name else "record"
    because = f"the {what} is {_more(value)} like the words around the mention than those of the others in question"
    return Evidence("record_resembles_passage", value, because)


@feature(lambda chain: chain, missing="nobody else in question whose name can be compared")
def name_comes_to_mind(_: Chain, candidate: Candidate) -> Evidence | None:
    """The name in the text makes one think of this person's name, more than of those of the others in question, by their vectors.

    What stands beside "Obama" in the language that the vectors were learnt from is mostly "Barack"; a long and rare name is less like it.
    A prior that other evidence can outweigh, as popularity is. The value is made in the same way, over 0.3.
    """
    words = "the name in the text makes one think", f"of '{candidate.person.name}' than of the others in question"
    return _of_difference("name_comes_to_mind", candidate.resemblance.to_mention, _NAMES_FAR_APART, words)


@feature(_counting, missing="no short text, or nobody else in question whose record says something")
def record_resembles_text(counting: float, candidate: Candidate) -> Evidence | None:
    """Read as a whole, a short text is more like the person's name and record than those of the others in question, by the encoder.

    The value is the cosine ahead of all in question, over a half, see `resemblance`. Of a given name alone it is twice that.
    """
    words = "the record is", "like the text as a whole than those of the others in question"
    return _of_difference("record_resembles_text", candidate.resemblance.to_text, _FAR_APART / counting, words)


@feature(lambda chain: _FITS_GIVEN_NAME if is_given_alone(chain.names) else _FITS, missing="no short text, or the record says nothing")
def record_fits_text(fitting: tuple[float, float], candidate: Candidate) -> Evidence | None:
    """Read as a whole, a short text is like the person's name and record, by the encoder, whoever else is in question.

    The value is the cosine less 0.4, where it tells nothing; of a given name alone, which is little proof, it less 0.45, over a quarter.
    """
    alike = candidate.resemblance.with_text
    if alike is None:
        return None
    even, in_full = fitting
    value = _within((alike - even) / in_full)
    return Evidence("record_fits_text", value, f"the record is {'' if value > 0 else 'little '}like the text as a whole")


@feature(lambda chain: chain, missing="no short text, or nobody beside whose record says something")
def record_resembles_company(_: Chain, candidate: Candidate) -> Evidence | None:
    """The person's record is about the same things as those of the others in a short text, more than the other records in question are.

    The value is made in the same way; company of whom it is uncertain who they are says less.
    """
    words = "the record is", "like those of the others in the text than the other records in question are"
    return _of_difference("record_resembles_company", candidate.resemblance.to_company, _FAR_APART, words)


def _of_difference(feature: str, ahead: float | None, far_apart: float, words: tuple[str, str]) -> Evidence | None:
    """What a difference of cosines says, if there is one: *far_apart* counts in full; "more" or "less" stands between the *words*."""
    if ahead is None:
        return None
    value = _within(ahead / far_apart)
    return Evidence(feature, value, f"{words[0]} {_more(value)} {words[1]}")


def _within(value: float) -> float:
    return max(-1.0, min(1.0, value))


def _more(value: float) -> str:
    return "more" if value > 0 else "less"
