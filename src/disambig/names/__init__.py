"""Names of people as pure text: folding, parts, titles, and how well two names agree.

`parse` turns a written name into a `Name`; `agree` compares a name in a text with a name of the KB, part by part and whatever their order
("Orbán Viktor" and "Viktor Orbán" are the same), and says what kind of agreement it is. `full_names_in` finds full names in Cyrillic
letters by their shape. Nothing here knows a knowledge base.
"""

from disambig.cases import CYRILLIC
from disambig.names.agreeing import (
    ONE_PERSON,
    Agreement,
    Kind,
    agree,
    best_agreement,
    best_of,
    is_another,
    is_called,
    read_as,
    score_of_bare,
    whole_sounds,
)
from disambig.names.cyrillic import full_names_in, in_case, in_nominative
from disambig.names.given import family_name_forms, given_name_forms, given_names, is_diminutive, is_given_name, same_given_name
from disambig.names.letters import SOUNDS, each_letter_once, fold, heard, heard_abroad, skeleton
from disambig.names.parsing import (
    FAMILY_FIRST,
    GIVEN_NAME_TITLES,
    GIVEN_OR_PARTICLE,
    PARTICLES,
    SUFFIXES,
    Name,
    base_forms,
    gender_of_honorific,
    is_any_full,
    is_given_alone,
    is_honorific,
    parse,
    parts_in_case,
    read,
    read_aloud,
    written,
)
from disambig.names.similarity import part_similarity

__all__ = [
    "CYRILLIC",
    "FAMILY_FIRST",
    "GIVEN_NAME_TITLES",
    "GIVEN_OR_PARTICLE",
    "ONE_PERSON",
    "PARTICLES",
    "SOUNDS",
    "SUFFIXES",
    "Agreement",
    "Kind",
    "Name",
    "agree",
    "base_forms",
    "best_agreement",
    "best_of",
    "each_letter_once",
    "family_name_forms",
    "fold",
    "full_names_in",
    "gender_of_honorific",
    "given_name_forms",
    "given_names",
    "heard",
    "heard_abroad",
    "in_case",
    "in_nominative",
    "is_another",
    "is_any_full",
    "is_called",
    "is_diminutive",
    "is_given_alone",
    "is_given_name",
    "is_honorific",
    "parse",
    "part_similarity",
    "parts_in_case",
    "read",
    "read_aloud",
    "read_as",
    "same_given_name",
    "score_of_bare",
    "skeleton",
    "whole_sounds",
    "written",
]
