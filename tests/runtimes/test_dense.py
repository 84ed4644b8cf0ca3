from fractions import Fraction

import numpy as np
import pytest

from deltarule.errors import DeltaruleError
from deltarule.pipeline import read
from deltarule.runtimes.dense import box, evaluate_dense, from_dense, to_dense

TRIANGLE = "L[j] = sum(k=1..j-1) w[j,k] for 2 <= j <= M"


def test_storage_is_the_bounding_box_of_the_support():
    system = read(TRIANGLE)
    assert box(system, "w", {"M": 4}) == ((2, 4), (1, 3))
    assert box(system, "w", {"M": 1}) == ((0, -1), (0, -1))


def test_elements_and_storage_there_and_back():
    system = read(TRIANGLE)
    dense = np.arange(1.0, 10.0).reshape(3, 3)
    elements = from_dense(system, "w", {"M": 4}, dense)
    assert elements == {(2, 1): 1, (3, 1): 4, (3, 2): 5, (4, 1): 7, (4, 2): 8, (4, 3): 9}
    np.testing.assert_array_equal(to_dense(system, "w", {"M": 4}, elements), np.tril(dense))


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_floats_come_out_in_their_type(dtype):
    w = np.arange(1, 10, dtype=dtype).reshape(3, 3)
    w[0, 1] = np.nan  # outside the support
    found = evaluate_dense(read(TRIANGLE), {"M": 4}, {"w": w}, dtype)
    assert found["L"].dtype == dtype
    assert found["L"].tolist() == [1, 9, 24]


def test_fractions_are_exact():
    system = read("L = sum(i=1..n) a[i] / 3")
    found = evaluate_dense(system, {"n": 2}, {"a": np.array([0.1, 0.2])}, "rational")
    assert found["L"].item() == (Fraction(0.1) + Fraction(0.2)) / 3


def test_integer_arrays_stay_integers():
    system = read("L[i] = W[y[i]] for 1 <= i <= n\ny[i] in {1, ..., V}")
    given = {"W": np.array([5.0, 6.0, 7.0]), "y": np.array([3, 1])}
    assert evaluate_dense(system, {"n": 2, "V": 3}, given)["L"].tolist() == [7, 5]


@pytest.mark.parametrize(("arrays", "code"), [({"w": np.zeros((2, 2))}, "E302"), ({}, "E301")])
def test_wrong_arrays(arrays, code):
    with pytest.raises(DeltaruleError) as caught:
        evaluate_dense(read(TRIANGLE), {"M": 4}, arrays)
    assert caught.value.code == code


def test_an_unknown_support_is_an_error():
    with pytest.raises(DeltaruleError) as caught:
        box(read("xi[n] = sum(m) w[m - n] h[m]"), "w", {})
    assert caught.value.code == "E104"
