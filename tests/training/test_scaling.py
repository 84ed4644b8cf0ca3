"""Scalings: where the smallest and the largest value go, and back."""

from __future__ import annotations

import numpy as np
import pytest

from deltarule.training.scaling import away_from_zero, into_range, standard

PPM = np.array([310.0, 340.0, 371.0])


@pytest.mark.parametrize(
    ("make", "low", "high"),
    [
        (away_from_zero, 1.0, 3.0),
        (lambda v: into_range(v, -1.0, 1.0), -0.9, 0.9),
        (lambda v: into_range(v, 0.0, 1.0), 0.05, 0.95),
        (lambda v: into_range(v, 0.0, None), 0.1, 1.9),  # exp, relu, softplus
        (lambda v: into_range(v, 1.0, None), 1.1, 2.9),  # cosh
        (lambda v: into_range(v, None, 0.0), -1.9, -0.1),
    ],
)
def test_scalings_reach_their_ends_and_are_undone(make, low, high):
    scaling = make(PPM)
    scaled = scaling.apply(PPM)
    assert (scaled.min(), scaled.max()) == pytest.approx((low, high))
    np.testing.assert_allclose(scaling.undo(scaled), PPM)


def test_standard_is_what_an_unbounded_range_gets():
    assert into_range(PPM, None, None) == standard(PPM)
    scaled = standard(PPM).apply(PPM)
    assert (scaled.mean(), scaled.std()) == pytest.approx((0.0, 1.0))


def test_each_column_has_a_scaling_of_its_own():
    values = np.column_stack([PPM, [1.0, 2.0, 5.0]])
    scaled = away_from_zero(values).apply(values)
    assert scaled.min(axis=0).tolist() == pytest.approx([1.0, 1.0])
    assert scaled.max(axis=0).tolist() == pytest.approx([3.0, 3.0])


@pytest.mark.parametrize("make", [standard, away_from_zero, lambda v: into_range(v, 0.0, 1.0)])
def test_a_constant_column_is_not_divided_by_zero(make):
    scaled = make(np.full(4, 7.0)).apply(np.full(4, 7.0))
    assert np.isfinite(scaled).all()
    assert len(set(scaled.tolist())) == 1


def test_a_constant_input_stays_an_offset():
    assert away_from_zero(np.ones(3)).apply(np.ones(3)).tolist() == [1.0, 1.0, 1.0]
