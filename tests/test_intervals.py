"""Intervals are those of articles drawn whole, the same at every call."""

import numpy as np
import pytest

from disambig.intervals import DRAWS, Interval, draw, interval, shares


def test_every_draw_is_as_large_as_what_was_drawn_from() -> None:
    times = draw(7)
    assert times.shape == (DRAWS, 7)
    assert (times.sum(axis=1) == 7).all()


def test_two_draws_are_the_same() -> None:
    assert (draw(7) == draw(7)).all()


def test_the_interval_of_a_mean_is_about_two_standard_errors_wide_on_each_side() -> None:
    right = np.arange(100) % 2  # 50 of 100 articles
    found = interval(shares(draw(100) @ right, np.full(DRAWS, 100.0)))
    assert found is not None
    assert (found.low, found.high) == (pytest.approx(0.40, abs=0.02), pytest.approx(0.60, abs=0.02))


def test_a_draw_with_nothing_to_count_is_left_out() -> None:
    values = shares(np.array([1.0, 1.0, 0.0]), np.array([2.0, 2.0, 0.0]))
    assert np.isnan(values[2])
    assert interval(values) == Interval(0.5, 0.5)
    assert interval(values[2:]) is None
