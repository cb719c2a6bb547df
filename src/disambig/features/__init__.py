"""Evidence: one function for each thing that can speak for or against a candidate.

To add a feature, write one as `feature` says, add it to FEATURES and give it a weight in `weights.json`.
"""

from collections.abc import Sequence
from typing import Any

from disambig.features.claim import article_says_who
from disambig.features.company import gender_fits, known_people_beside
from disambig.features.feature import Feature
from disambig.features.likeness import (
    name_comes_to_mind,
    record_fits_text,
    record_resembles_company,
    record_resembles_passage,
    record_resembles_text,
)
from disambig.features.name import called_just_so, family_is_named, is_somebody_else, name_agrees, namesake_named_nearby
from disambig.features.place import country_fits
from disambig.features.role import (
    active_at_date,
    age_fits,
    alive_at_date,
    generation_fits,
    lived_in_years,
    organisation_is_named,
    role_held_at_date,
    title_fits_role,
)
from disambig.features.topic import epithet_fits, field_fits, is_well_known, spoken_of_by_others, words_in_common
from disambig.records import Candidate, Chain, Evidence

FEATURES: tuple[Feature[Any], ...] = (
    name_agrees,
    called_just_so,
    namesake_named_nearby,
    family_is_named,
    is_somebody_else,
    article_says_who,
    generation_fits,
    title_fits_role,
    role_held_at_date,
    organisation_is_named,
    epithet_fits,
    active_at_date,
    alive_at_date,
    lived_in_years,
    age_fits,
    gender_fits,
    country_fits,
    known_people_beside,
    words_in_common,
    field_fits,
    is_well_known,
    spoken_of_by_others,
    record_resembles_passage,
    name_comes_to_mind,
    record_resembles_text,
    record_fits_text,
    record_resembles_company,
)


def gather(chain: Chain, candidates: Sequence[Candidate]) -> list[tuple[Evidence, ...]]:
    """For each of *candidates* what every feature says, in the order of FEATURES."""
    return list(zip(*(feature.about(chain, candidates) for feature in FEATURES), strict=True))
