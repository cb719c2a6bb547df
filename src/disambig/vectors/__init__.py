"""Texts in numbers: what a passage is about, as a direction that a cosine compares with another's.

A text's static vector is the sum of one fixed vector for each of its word pieces; `scripts/train_vectors.py` makes them, the model card
beside this file says how, and from what. numpy alone at run time, besides the tokenizer that the names model has too.
"""

import math
from collections.abc import Sequence
from functools import lru_cache
from importlib.resources import files
from typing import Any

import numpy as np
import numpy.typing as npt
from tokenizers import Tokenizer

from disambig.errors import ConfigError

Vector = npt.NDArray[np.float32]
Mixture = npt.NDArray[np.float64]

WIDTH = 256  # numbers of a static vector
_LONGEST = 20_000  # characters of a text that are looked at; the rest of a book would not change what it is about
_REMEMBERED = 1 << 13  # texts whose vectors are kept, 1 KiB each: the sentences and people in hand
_SHORTLISTS = 1 << 8  # as many are kept in one piece, some 30 KiB each: an article holds its mentions against the same people
_TOKENIZER, _PIECES, _WEIGHTS = "model/ner/tokenizer.json", "vectors/pieces.npy", "vectors/weights.npy"


@lru_cache(maxsize=_REMEMBERED)
def static_vector(text: str) -> Vector:
    """What *text* is about: WIDTH numbers of length 1 together, read-only; all 0 where it has no piece that is known.

    Upper and lower case, and the order of the words, make no difference. The sum is taken in whole numbers, so that it is the same on
    every machine. Raises ConfigError where a file of the package is missing.

    >>> minister, striker = static_vector("The finance minister resigned."), static_vector("The striker scored a late goal.")
    >>> budget = static_vector("the government's budget and taxes")
    >>> bool(minister @ budget > striker @ budget)
    True
    """
    pieces, weights = _table()
    ids = pieces_of(text)
    vector = weights[ids] @ pieces[ids].astype(np.float64)  # whole numbers below 2^53: exact, in whatever order they are added
    length = math.sqrt(vector @ vector)
    return fixed((vector / length if length else vector).astype(np.float32))


def cosines(text: str, others: tuple[str, ...]) -> list[float | None]:
    """The cosine of the vector of *text* with that of each of *others*, -1 to 1, 1 is the same direction.

    None where one of the two has no piece that is known: nothing to compare.
    """
    vectors, known = _stacked(others)
    here = static_vector(text)
    if not here.any():
        return [None] * len(others)
    found = vectors @ here.astype(np.float64)
    return [max(-1.0, min(1.0, value)) if says else None for value, says in zip(found.tolist(), known, strict=True)]


def mixed(texts: tuple[str, ...], shares: Sequence[float]) -> Mixture:
    """The sum of the vectors of *texts*, each times its share, (WIDTH,): the less certain which of them counts, the shorter it is."""
    return np.asarray(np.array(shares, dtype=np.float64) @ _stacked(texts)[0])


def products(vector: Mixture, others: tuple[str, ...]) -> list[float]:
    """The dot product of *vector*, of length 1 at most, with the vector of each of *others*: -1 to 1."""
    found: list[float] = (_stacked(others)[0] @ vector).tolist()
    return found


@lru_cache(maxsize=_SHORTLISTS)
def _stacked(texts: tuple[str, ...]) -> tuple[npt.NDArray[np.float64], list[bool]]:
    """The vectors of *texts*, (texts, WIDTH), and which of these are not all 0."""
    vectors = np.array([static_vector(text) for text in texts], dtype=np.float64).reshape(len(texts), WIDTH)
    return vectors, [bool(vector.any()) for vector in vectors]


def pieces_of(text: str) -> list[int]:
    """The numbers of the word pieces of *text*, of its first 20,000 characters."""
    pieces: list[int] = _tokenizer().encode(text[:_LONGEST], add_special_tokens=False).ids
    return pieces


def fixed(vector: Vector) -> Vector:
    """*vector*, which is shared by all who ask for it, so that nobody may change it."""
    vector.flags.writeable = False
    return vector


@lru_cache(maxsize=1)
def _table() -> tuple[npt.NDArray[np.int8], npt.NDArray[np.float64]]:
    """The vectors of the pieces, (pieces, WIDTH), and what each of these counts in a sum: whole numbers all."""
    return _load(_PIECES), _load(_WEIGHTS).astype(np.float64)


def _load(name: str) -> npt.NDArray[Any]:
    """A table of the package; read from disk as it is needed, so that processes share it."""
    path = files("disambig").joinpath(name)
    try:
        loaded: npt.NDArray[Any] = np.load(str(path), mmap_mode="r")
    except (OSError, ValueError):
        msg = f"{path}: the context vectors are missing or damaged; expected a table of numbers; install disambig again"
        raise ConfigError(msg) from None
    return np.asarray(loaded)


@lru_cache(maxsize=1)
def _tokenizer() -> Tokenizer:
    """The tokenizer of the names model, which has the same base and therefore the same pieces."""
    try:
        return Tokenizer.from_str(files("disambig").joinpath(_TOKENIZER).read_text(encoding="utf-8"))
    except OSError:
        msg = f"{_TOKENIZER}: the tokenizer of the model that comes with disambig is missing; install disambig again"
        raise ConfigError(msg) from None
