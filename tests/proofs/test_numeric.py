import numpy as np
import pytest

from deltarule.proofs.numeric import check_compiled, check_gradient


@pytest.mark.parametrize(
    ("found", "reference", "units", "passed"),
    [
        ([1.0, 2.0], [1.0, 2.0], 0, True),
        ([1.0, 2.0 + 2**-51], [1.0, 2.0], 1, True),
        ([1.0 + 2**-40, 2.0], [1.0, 2.0], 2**11, False),
        ([1.0, np.nan], [1.0, 2.0], np.inf, False),
        ([1.0, np.nan], [1.0, np.nan], 0, True),
        ([1.0, np.inf], [1.0, np.inf], 0, True),
        ([1.0, np.inf], [1.0, -np.inf], np.inf, False),
        ([1.0], [1.0, 2.0], np.inf, False),
        ([], [], 0, True),
    ],
)
def test_differences_are_counted_in_units_of_rounding(found, reference, units, passed):
    [agreement] = check_compiled({"a": np.array(found)}, {"a": np.array(reference)})
    assert agreement.units == units
    assert agreement.passed is passed


def test_the_unit_is_that_of_the_compiled_type():
    reference = {"a": np.array([[1.0, 2.0], [3.0, 4.0]])}
    found = {"a": np.array([[1, 2], [3 + 2**-20, 4]], dtype=np.float32)}
    [agreement] = check_compiled(found, reference)
    assert agreement.units == 2
    assert agreement.where == (1, 0)


def test_an_array_that_is_missing_does_not_pass():
    [agreement] = check_compiled({}, {"a": np.zeros(2)})
    assert not agreement.passed


def smooth(point):
    return float(np.sum(np.tanh(point["w"] @ point["x"]) ** 2))


def smooth_gradient(point):
    h = np.tanh(point["w"] @ point["x"])
    d = 2 * h * (1 - h**2)
    return {"w": np.outer(d, point["x"]), "x": point["w"].T @ d}


def at(rng):
    return {"w": rng.standard_normal((3, 2)), "x": rng.standard_normal(2)}


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("seed", range(5))
def test_a_right_gradient_passes(dtype, seed):
    rng = np.random.default_rng(seed)
    point = {name: a.astype(dtype) for name, a in at(rng).items()}
    report = check_gradient(smooth, smooth_gradient, point, rng)
    assert report.passed, report
    assert all(p.told for p in report.probes) or dtype == np.float32


@pytest.mark.parametrize(
    ("spoil", "caught"),
    [
        (lambda g: {**g, "w": -g["w"]}, "w"),
        (lambda g: {**g, "w": g["w"] * 1.01}, "w"),
        (lambda g: {**g, "x": g["x"][::-1]}, "x"),
        (lambda g: {**g, "x": np.full_like(g["x"], np.nan)}, "x"),
    ],
)
def test_a_wrong_gradient_of_one_array_fails_alone(spoil, caught):
    rng = np.random.default_rng(3)
    report = check_gradient(smooth, lambda p: spoil(smooth_gradient(p)), at(rng), rng)
    assert {p.array for p in report.probes if not p.passed} == {caught}


@pytest.mark.parametrize(
    ("slope", "passed"), [(0.0, True), (0.7, True), (-1.0, True), (1.5, False)]
)
def test_at_a_kink_every_slope_between_the_sides_passes(slope, passed):
    def value(point):
        return float(np.sum(np.abs(point["a"])))

    def gradient(point):
        return {"a": np.array([slope])}

    rng = np.random.default_rng(0)
    report = check_gradient(value, gradient, {"a": np.zeros(1)}, rng)
    assert report.passed is passed
    assert not any(probe.told for probe in report.probes)


def test_a_value_that_is_nowhere_finite_cannot_tell():
    rng = np.random.default_rng(0)
    report = check_gradient(
        lambda p: float("nan"), lambda p: {"a": np.ones(2)}, {"a": np.ones(2)}, rng
    )
    assert report.passed and not any(probe.told for probe in report.probes)
