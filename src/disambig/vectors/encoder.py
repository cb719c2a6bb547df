"""The encoder: what a transformer of six layers makes of a short text as a whole, where a sum over its words tells too little.

It is all-MiniLM-L6-v2 as its authors published it, in 8 bits (`scripts/make_encoder.py`); the model card beside this file has the rest.
"""

import math
from functools import lru_cache
from importlib.resources import files

import numpy as np
import onnxruntime

from disambig.errors import ConfigError
from disambig.vectors import Vector, fixed, pieces_of

ENCODED = 384  # numbers of an encoded text
_FIRST, _LAST = 101, 102  # the marks at the ends of a text, in the vocabulary of the base
_LONGEST = 158  # pieces that are read, besides the two marks; a record of more says what it is about before
_CHARACTERS = 2_000  # that are cut into pieces at all: more than so many pieces have
_REMEMBERED = 1 << 13  # texts whose vectors are kept, 1.5 KiB each
_DIGITS = 3  # of a cosine: what processors make of the same network may differ behind them
_NETWORK = "vectors/encoder.onnx"


def encoded_cosines(text: str, others: tuple[str, ...]) -> list[float]:
    """The cosine of what the encoder makes of *text* with what it makes of each of *others*, -1 to 1, to three digits.

    Each text is read alone, some 4 ms of one core for 30 word pieces, and remembered. Raises ConfigError where the network is missing.

    >>> painter, general = encoded_cosines("Pablo split with Olga after Guernica.", ("is a Spanish painter", "is a Spanish general"))
    >>> painter > general
    True
    """
    here = encoded(text).astype(np.float64)
    return [round(max(-1.0, min(1.0, float(encoded(other) @ here))), _DIGITS) for other in others]


@lru_cache(maxsize=_REMEMBERED)
def encoded(text: str) -> Vector:
    """What the encoder makes of *text*: ENCODED numbers of length 1 together, read-only."""
    pieces = np.array([_FIRST, *pieces_of(text[:_CHARACTERS])[:_LONGEST], _LAST], dtype=np.int64)
    (found,) = _network().run(None, {"pieces": pieces})
    vector = np.asarray(found, dtype=np.float64)
    return fixed((vector / math.sqrt(vector @ vector)).astype(np.float32))


@lru_cache(maxsize=1)
def _network() -> onnxruntime.InferenceSession:
    path = files("disambig").joinpath(_NETWORK)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1  # workers are processes; and sums keep their order
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_BASIC  # as it is written, see `ner`
    options.log_severity_level = 3  # errors only
    try:
        return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
    except Exception as error:  # noqa: BLE001 (onnxruntime has a dozen of its own, none of them public)
        msg = f"{path}: the encoder is missing or damaged ({type(error).__name__}); expected a network; install disambig again"
        raise ConfigError(msg) from None
