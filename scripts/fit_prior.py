"""What is believed of the weights before any label is seen: the mean that the fit is drawn to, and how strongly.

The numbers are those that were set by hand before there was a fit, each for evidence both for and against; a feature that is not named
here gets `_UNNAMED`.
"""

from __future__ import annotations

from disambig.decide import NOBODY, Weights

_FEATURES = {
    "name_agrees": 5.0,
    "called_just_so": 1.5,
    "namesake_named_nearby": 1.7,
    "family_is_named": 2.0,
    "is_somebody_else": 4.0,
    "article_says_who": 3.0,
    "generation_fits": 3.0,
    "title_fits_role": 4.0,
    "role_held_at_date": 1.6,
    "organisation_is_named": 1.5,
    "epithet_fits": 2.0,
    "active_at_date": 1.5,
    "alive_at_date": 3.5,
    "lived_in_years": 2.0,
    "age_fits": 5.0,
    "gender_fits": 4.0,
    "country_fits": 2.0,
    "known_people_beside": 1.9,
    "words_in_common": 3.0,
    "field_fits": 2.0,
    "is_well_known": 3.3,
    "spoken_of_by_others": 1.0,
    "record_resembles_passage": 3.0,
    "name_comes_to_mind": 1.3,
    "record_resembles_text": 5.0,
    "record_fits_text": 2.5,
    "record_resembles_company": 3.0,
}
_UNNAMED = 2.0
_NOBODY = {"somebody_else": -0.3, "bare_name": -0.2, "given_name_alone": 1.0, "common_name": 0.0, "namesake_unknown": 1.0}


def prior(names: tuple[str, ...]) -> Weights:
    """The weights from before the fit, for features of these *names*."""
    features = tuple((name, _FEATURES.get(name, _UNNAMED), _FEATURES.get(name, _UNNAMED)) for name in names)
    return Weights(features, tuple((name, _NOBODY[name]) for name in NOBODY))
