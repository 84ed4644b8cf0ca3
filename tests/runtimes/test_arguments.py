"""What is passed, and the errors for what cannot be used."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import small_systems
from by_definition import ByDefinition

from deltarule.errors import DeltaruleError
from deltarule.runtimes.arguments import Argument, admit, position_text, prepare
from deltarule.runtimes.compiled import CompiledFunction, compile_system

FLOAT = np.dtype(np.float64)


def spiral() -> CompiledFunction:
    return compile_system(small_systems.spiral(), None, {}, {"g": "tanh"}, runtime=ByDefinition())


def softcount() -> CompiledFunction:
    return compile_system(small_systems.softcount(), None, {}, {}, runtime=ByDefinition())


def spiral_arrays() -> dict[str, Any]:
    return {"x": np.ones(4), "y": np.zeros(4), "w": np.full((3, 3), 0.5)}


def softcount_arrays() -> dict[str, Any]:
    return {"W": np.ones((5, 2)), "x": np.ones((3, 2)), "y": np.array([1, 5, 2])}


NAN_INSIDE = np.array([[1, 0, 0], [1, 1, 0], [1, np.nan, np.inf]])

REFUSED: list[tuple[dict[str, Any], str, str, str, str]] = [
    (
        {"W": np.ones((3, 3))},
        "E110",
        "the equations have no input 'W'",
        "",
        "did you mean 'w'? inputs: x, y, w; sizes: M, n",
    ),
    ({"xi": np.ones((3, 3))}, "E110", "'xi' is computed by the equations", "", "inputs: x, y, w"),
    (
        {"w": None, "x": None},
        "E301",
        "the arrays 'x', 'w' must be passed",
        "",
        "inputs: x (n,); y (n,); w (M - 1, M - 1)",
    ),
    ({"x": None}, "E301", "the array 'x' must be passed", "", "x (n,)"),
    (
        {"w": np.ones(3)},
        "E302",
        "the array 'w' has the wrong number of axes",
        "1, of shape (3,)",
        "expected 2: (M - 1, M - 1)",
    ),
    ({"x": 1.0}, "E302", "the array 'x' has the wrong number of axes", "0, of shape", "(n,)"),
    ({"x": np.ones(4, complex)}, "E303", "must hold real numbers", "complex128", "float64"),
    ({"x": ["a", "b"]}, "E303", "must hold real numbers", "<U1", "float64"),
    ({"x": [[1], [1, 2]]}, "E303", "must hold real numbers", "inhomogeneous", "float64"),
    ({"x": np.array([{}, 1])}, "E303", "must hold real numbers", "object", "float64"),
    ({"M": 4.0}, "E303", "the size 'M' must be an integer", "4.0", "M=32"),
    ({"M": True}, "E303", "the size 'M' must be an integer", "True", "M=32"),
    ({"x": np.array([0, 1, np.nan, 2])}, "E304", "'x' holds NaN", "x[3] = nan", "finite"),
    ({"w": NAN_INSIDE}, "E304", "'w' holds NaN", "w[4,2] = nan, and 1 more", "finite"),
    ({"M": 5}, "E305", "contradicts the size", "M = 5 is given", "change"),
]


@pytest.mark.parametrize(("changed", "code", "message", "seen", "help"), REFUSED)
def test_refused(changed: dict[str, Any], code: str, message: str, seen: str, help: str) -> None:
    arrays = {n: v for n, v in (spiral_arrays() | changed).items() if v is not None}
    with pytest.raises(DeltaruleError) as caught:
        spiral().value(**arrays)
    assert caught.value.code == code
    assert message in caught.value.message
    assert seen in caught.value.seen
    assert help in caught.value.help


INTEGERS: list[tuple[Any, str, str, str]] = [
    (np.array([1.0, 2.0, 3.0]), "E303", "float64", "y.astype(int)"),
    (np.array([True, False, True]), "E303", "bool", "y.astype(int)"),
    (np.array([1, 6, 7]), "E306", "y[2] = 6", "a number in 1..5"),
    (np.array([0, 4, 2]), "E306", "y[1] = 0", "count from 0, so pass y + 1"),
    (np.array([2, 3, 6]), "E306", "y[3] = 6", "count from 2, so pass y - 1"),
    (np.array([0, 5, 2]), "E306", "y[1] = 0", "a number in 1..5"),
]


@pytest.mark.parametrize(("labels", "code", "seen", "help"), INTEGERS)
def test_refused_integers(labels: Any, code: str, seen: str, help: str) -> None:
    with pytest.raises(DeltaruleError) as caught:
        softcount().value(**(softcount_arrays() | {"y": labels}))
    assert caught.value.code == code
    assert seen in caught.value.seen
    assert help in caught.value.help


def test_errors_come_on_later_calls_with_the_same_shapes_too() -> None:
    f = spiral()
    f.value(**spiral_arrays())
    with pytest.raises(DeltaruleError, match="NaN"):
        f.value(**(spiral_arrays() | {"x": np.full(4, np.nan)}))
    with pytest.raises(DeltaruleError, match="no input 'v'"):
        f.value(**spiral_arrays(), v=1)


def test_what_stands_outside_the_support_does_not_matter() -> None:
    outside = np.triu(np.ones((3, 3), dtype=bool), 1)
    expected = spiral().value(**spiral_arrays())
    for rubbish in (np.nan, np.inf, -7.0):
        w = np.where(outside, rubbish, 0.5)
        assert spiral().value(**(spiral_arrays() | {"w": w})) == expected


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({}, np.float64),
        ({"x": np.ones(4, np.float32)}, np.float64),
        ({"x": [1, 1, 1, 1]}, np.float64),
        ({n: v.astype(np.float32) for n, v in spiral_arrays().items()}, np.float32),
        ({n: v.astype(np.float16) for n, v in spiral_arrays().items()}, np.float64),
        ({n: v.astype(int) for n, v in spiral_arrays().items()}, np.float64),
    ],
)
def test_the_number_type_that_is_computed_with(changed: dict[str, Any], expected: type) -> None:
    found = spiral().evaluate(**(spiral_arrays() | changed))
    assert found["E"].dtype == expected


def test_a_number_without_axes_does_not_widen() -> None:
    f = compile_system(small_systems.recurrence(), None, {}, {}, runtime=ByDefinition())
    assert f.evaluate(u=0.5, x=np.ones(3, np.float32))["L"].dtype == np.float32
    assert f.evaluate(u=0.5, x=np.ones(3))["L"].dtype == np.float64


def test_too_large_for_float32_is_infinity() -> None:
    f = compile_system(
        small_systems.recurrence(), None, {}, {}, runtime=ByDefinition(), dtype=np.float32
    )
    with pytest.raises(DeltaruleError) as caught:
        f.value(u=1.0, x=np.array([1.0, 1e300]))
    assert (caught.value.code, caught.value.seen) == ("E304", "x[2] = 1e+300")


def test_views_and_other_orders_are_taken() -> None:
    arrays = spiral_arrays()
    arrays["w"] = np.arange(9.0).reshape(3, 3) / 9
    expected = spiral().value(**arrays)
    turned = arrays | {"w": np.asfortranarray(arrays["w"]), "x": np.ones(8)[::2]}
    assert spiral().value(**turned) == expected
    swapped = arrays | {"w": arrays["w"].astype(">f8")}
    assert spiral().value(**swapped) == expected


def test_an_argument_leaves_the_array_alone() -> None:
    argument = prepare(small_systems.spiral().arrays["w"], {"M": 3, "n": 1}, FLOAT)
    given = np.array([[1.0, np.nan], [2.0, 3.0]])
    assert admit(argument, given).tolist() == [[1, 0], [2, 3]]
    assert np.isnan(given[0, 1])


def test_prepare() -> None:
    argument = prepare(small_systems.softcount().arrays["y"], {"N": 3, "V": 5, "D": 2}, FLOAT)
    assert argument == Argument("y", (3,), np.dtype(np.int64), (1,), None, 1, (1, 5), "1..5")


def test_positions_in_the_authors_subscripts() -> None:
    assert position_text("w", (2, 1), (1, 2)) == "w[3,3]"
    assert position_text("w", (-1,), (0,)) == "w[-1]"
    assert position_text("a", (), ()) == "a"
