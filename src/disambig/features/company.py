"""What the other people of the article say, and what gender words say."""

from functools import lru_cache

from disambig.features.feature import feature
from disambig.names import ONE_PERSON, Kind, agree, fold, is_given_name, parse
from disambig.records import Candidate, Chain, Context, Evidence
from disambig.words import words_in

_NAMED_BY = 0.35  # what it counts that the record of somebody who may be meant beside names this person
_FORM_OF = 0.9  # likeness from which two full names are forms of one


def _company(chain: Chain) -> Context | None:
    return chain.context if chain.context.beside or chain.context.elsewhere else None


@feature(_company, missing="nobody to compare")
def known_people_beside(context: Context, candidate: Candidate) -> Evidence | None:
    """People whom the record relates to this person stand in the same article, best of all beside the name; or theirs relate this one."""
    related, person = candidate.profile.related, candidate.person
    if not (related or person.text or person.description):
        return None
    text = _written(f"{person.text} {person.description}")
    beside = _apart([name for name in context.beside if _is_known(name, related, text)])
    if beside:
        # a lone word may be the given name of anybody: it counts once
        counted = sum(parse(name).is_full for name in beside)
        value = min(1.0, 0.4 + 0.3 * counted)
        return Evidence("known_people_beside", value, f"the record names {' and '.join(beside[:2])}, mentioned beside")
    if candidate.named_by:
        because = f"somebody whom {' and '.join(candidate.named_by[:2])} beside may mean is known together with this person"
        return Evidence("known_people_beside", _NAMED_BY, because)
    elsewhere = [name for name in context.elsewhere if _is_known(name, related, text)]
    if elsewhere:
        return Evidence(
            "known_people_beside",
            min(0.5, 0.2 + 0.1 * len(elsewhere)),
            f"the record names {' and '.join(elsewhere[:2])}, mentioned in the article",
        )
    return Evidence("known_people_beside", 0.0, "the record names nobody of the article")


@lru_cache(maxsize=1 << 9)  # the people in hand
def _written(text: str) -> str:
    """*text* folded, a blank before and after each word."""
    return f" {' '.join(words_in(text))} "


def _apart(names: list[str]) -> list[str]:
    """*names* without those that are a part of a fuller one: "Luis Costa", not "Costa" too."""
    full = [set(parse(name).parts) for name in names if parse(name).is_full]
    return [name for name in names if parse(name).is_full or not any(set(parse(name).parts) <= parts for parts in full)]


def _is_known(name: str, related: tuple[str, ...], text: str) -> bool:
    """Whether a record names *name*: among the related people, or in its text, in full or as a given name."""
    full = parse(name).is_full
    if (full or is_given_name(fold(name))) and f" {fold(name)} " in text:
        return True
    return _is_related(name, related)


@lru_cache(maxsize=1 << 12)  # an article names the same people beside mention after mention
def _is_related(name: str, related: tuple[str, ...]) -> bool:
    """Whether *name*, full or bare, is that of one of the *related* people."""
    kinds = ONE_PERSON if parse(name).is_full else {Kind.SURNAME, Kind.GIVEN}
    return any((agreement := agree(parse(name), parse(other))).kind in kinds and agreement.likeness > _FORM_OF for other in related)


def _gender_words(chain: Chain) -> Context | None:
    return chain.context if chain.context.gender or any(chain.context.pronouns) else None


@feature(_gender_words, missing="no gender words to compare")
def gender_fits(context: Context, candidate: Candidate) -> Evidence | None:
    """Mr, Mrs, "her brother", he and she fit the person's gender."""
    gender = candidate.person.gender
    if gender not in _NOUNS:
        return None
    if context.gender:
        fits = context.gender == gender
        return Evidence("gender_fits", 0.2 if fits else -1.0, f"is {'' if fits else 'not '}spoken of as a {_NOUNS[gender]}")
    masculine, feminine = context.pronouns
    own, other = (masculine, feminine) if gender == "male" else (feminine, masculine)
    if own and other:
        return Evidence("gender_fits", 0.0, "he and she stand beside the name")
    if own:
        return Evidence("gender_fits", 0.1, f"'{_PRONOUNS[gender]}' stands beside the name")
    # one pronoun may well be that of somebody without a name: "…, she wrote"
    return Evidence("gender_fits", -0.45 if other > 1 else -0.4, f"no '{_PRONOUNS[gender]}' stands beside the name, but the other")


_NOUNS = {"male": "man", "female": "woman"}
_PRONOUNS = {"male": "he", "female": "she"}
