"""L-BFGS: least squares with a known answer, masks, seeds, places without a value, interrupts."""

from __future__ import annotations

import math

import numpy as np
import pytest

from deltarule.errors import DeltaruleError
from deltarule.training.fit import Parameter, initial, minimise


def test_least_squares_finds_the_solution_of_the_normal_equations():
    rng = np.random.default_rng(0)
    a, b = rng.normal(size=(30, 4)), rng.normal(size=30)

    def objective(p):
        apart = a @ p["w"] - b
        return 0.5 * apart @ apart, {"w": a.T @ apart}

    fit = minimise(objective, {"w": Parameter((4,))}, 200, seed=0, show=False)
    np.testing.assert_allclose(fit.parameters["w"], np.linalg.lstsq(a, b)[0], atol=1e-4)
    assert fit.message == "converged"
    assert list(fit.history) == sorted(fit.history, reverse=True)


def test_elements_outside_the_mask_stay_zero():
    mask = np.tril(np.ones((3, 3), dtype=bool))

    def objective(p):
        return float(np.sum((p["w"] - 1) ** 2)), {"w": 2 * (p["w"] - 1)}

    fit = minimise(objective, {"w": Parameter((3, 3), mask)}, 50, seed=0, show=False)
    np.testing.assert_allclose(fit.parameters["w"], mask.astype(float), atol=1e-6)


def test_the_start_depends_on_the_seed_only():
    shapes = {"w": Parameter((5, 4)), "b": Parameter(())}
    one, same, other = (initial(shapes, seed) for seed in (3, 3, 4))
    assert np.array_equal(one["w"], same["w"])
    assert not np.array_equal(one["w"], other["w"])


def test_the_start_has_the_variance_of_the_fan_in_over_the_support():
    mask = np.tril(np.ones((400, 400), dtype=bool))
    start = initial({"full": Parameter((200, 400)), "half": Parameter((400, 400), mask)}, 0)
    assert start["full"].std() == pytest.approx(1 / 20, rel=0.03)
    assert not start["half"][~mask].any()
    assert start["half"][99, :100].std() == pytest.approx(1 / 10, rel=0.25)
    assert start["half"][399].std() == pytest.approx(1 / 20, rel=0.15)


def _sqrt_objective(p):
    """(sqrt(w) - 0.01)^2: a full step leads to negative w."""
    with np.errstate(invalid="ignore"):
        root = np.sqrt(p["w"])
        return float(np.sum((root - 0.01) ** 2)), {"w": (root - 0.01) / root}


def test_a_step_to_where_nothing_is_defined_is_shortened():
    seed = next(s for s in range(20) if initial({"w": Parameter((1,))}, s)["w"][0] > 0.3)
    fit = minimise(_sqrt_objective, {"w": Parameter((1,))}, 100, seed, show=False)
    assert np.isfinite(fit.parameters["w"]).all()
    assert fit.loss < 1e-3


def test_a_start_where_nothing_is_defined_is_an_error():
    seed = next(s for s in range(20) if initial({"w": Parameter((1,))}, s)["w"][0] < 0)
    with pytest.raises(DeltaruleError) as caught:
        minimise(_sqrt_objective, {"w": Parameter((1,))}, 100, seed, show=False)
    assert caught.value.code == "E304"
    assert f"seed {seed}" in caught.value.message


def test_an_interrupt_ends_training_with_the_best_so_far():
    seen = []

    def objective(p):
        if len(seen) == 4:
            raise KeyboardInterrupt
        seen.append(float(np.sum(np.cosh(p["w"] - 3))))
        return seen[-1], {"w": np.sinh(p["w"] - 3)}

    fit = minimise(objective, {"w": Parameter((2,))}, 100, seed=0, show=False)
    assert fit.message.startswith("interrupted")
    assert fit.loss == min(seen)
    assert np.sum(np.cosh(fit.parameters["w"] - 3)) == min(seen)


def test_an_interrupt_before_any_value_is_an_interrupt():
    def objective(p):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        minimise(objective, {"w": Parameter((2,))}, 100, seed=0, show=False)


def test_why_it_stopped_is_said():
    def flat(p):
        return 1.0, {"w": np.zeros(2)}

    def slow(p):
        w = p["w"]
        return (
            float(100 * (w[1] - w[0] ** 2) ** 2 + (1 - w[0]) ** 2),
            {"w": np.array([-400 * w[0] * (w[1] - w[0] ** 2) - 2 * (1 - w[0]), 200 * (w[1] - w[0] ** 2)])},
        )  # fmt: skip

    one = {"w": Parameter((2,))}
    assert minimise(flat, one, 9, 0, show=False).message.startswith("nothing to train")
    assert minimise(slow, one, 2, 0, show=False).message.startswith("stopped at the limit")
    rosenbrock = minimise(slow, one, 500, 0, show=False)
    assert rosenbrock.message == "converged"
    np.testing.assert_allclose(rosenbrock.parameters["w"], [1, 1], atol=1e-3)
    assert math.isfinite(rosenbrock.loss)
