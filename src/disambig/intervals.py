"""How far figures would vary over other articles of the same kind: the bootstrap, articles drawn whole.

Mentions of one article hang together (one chain, one wrong namesake, many mistakes), so that drawing mentions one by one would make the
intervals too narrow. Percentile intervals after Efron and Tibshirani, An Introduction to the Bootstrap (1993), chapter 13; drawing whole
articles is the cluster bootstrap of Davison and Hinkley, Bootstrap Methods (1997), section 3.8.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

DRAWS = 1_000  # enough for two digits of a 95 % limit
_SEED = 1993
_WITHIN = (0.025, 0.975)
_DIGITS = 4


@dataclass(frozen=True, slots=True)
class Interval:
    """The limits between which 95 % of the draws lie."""

    low: float
    high: float

    def __str__(self) -> str:
        """As the tables show it."""
        return f"{self.low:.4f} to {self.high:.4f}"


def draw(articles: int) -> Floats:
    """How often each of so many articles is drawn: (DRAWS, articles), each row adding up to *articles*. The same at every call."""
    return np.random.default_rng(_SEED).multinomial(articles, np.full(articles, 1 / articles), size=DRAWS).astype(np.float64)


def shares(part: Floats, whole: Floats) -> Floats:
    """*part* by *whole*, element by element; NaN where there was nothing to count."""
    found: Floats = np.full(part.shape, np.nan)
    np.divide(part, whole, out=found, where=whole > 0)
    return found


def interval(values: Floats) -> Interval | None:
    """The 95 % percentile interval of one figure over the draws, (DRAWS,); draws without it (NaN) are left out. None when all are."""
    there = values[~np.isnan(values)]
    if not there.size:
        return None
    low, high = np.quantile(there, _WITHIN)
    return Interval(round(float(low), _DIGITS), round(float(high), _DIGITS))
