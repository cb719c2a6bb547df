"""Ids of people: which are allowed."""

from disambig.records import CONTESTED

# Words that stand for something else than a person in the column `candidates` and in labels.
_RESERVED = frozenset({"nobody", CONTESTED})
_SEPARATOR = " | "  # between the entries of the column `candidates`


def checked_id(person_id: str) -> str:
    """*person_id* as it stands; a ValueError where the outputs could not hold it."""
    if person_id in _RESERVED or _SEPARATOR in person_id:
        msg = f"'id' is {person_id!r}; expected another one, without {_SEPARATOR!r} in it and none of 'nobody' and {CONTESTED!r}"
        raise ValueError(msg)
    return person_id
