"""Forward Euler, both ways, against the derived gradients."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import small_systems
from by_definition import ByDefinition

from deltarule.equations.system import System
from deltarule.gradients.reverse import derive
from deltarule.runtimes import differences
from deltarule.runtimes.compiled import CompiledFunction, compile_system
from deltarule.runtimes.differences import moved_by
from deltarule.runtimes.interface import Runtime
from deltarule.runtimes.numpy_runtime import NumPyRuntime

RUNTIMES = [ByDefinition, NumPyRuntime]
METHODS = ["forward-euler", "forward-euler-touched"]
Arrays = dict[str, Any]
rng = np.random.default_rng(7)


def normal(*shape: int) -> Any:
    return rng.normal(size=shape)


CASES: list[tuple[System, dict[str, str], tuple[str, ...], Arrays]] = [
    (
        small_systems.spiral(),
        {"g": "tanh"},
        ("w", "x", "xi"),
        {"x": normal(3), "y": normal(3), "w": normal(4, 4)},
    ),
    (
        small_systems.spiral(),
        {"g": "sigmoid"},
        ("w", "x"),
        {"x": normal(1), "y": normal(1), "w": normal(1, 1)},
    ),
    (
        small_systems.two_layers(),
        {"s": "sigmoid"},
        ("W1", "W2", "z"),
        {"x": normal(3, 2), "y": normal(3, 2), "W1": normal(4, 2), "W2": normal(2, 4)},
    ),
    (
        small_systems.softcount(),
        {},
        ("W", "x", "xi"),
        {"W": normal(5, 3), "x": normal(4, 3), "y": np.array([1, 5, 2, 2])},
    ),
    (small_systems.recurrence(), {}, ("u", "x", "h"), {"u": 0.7, "x": normal(6)}),
    (small_systems.lattice(), {}, ("c", "t"), {"c": normal(4, 3), "t": 0.7}),
    (small_systems.two_steps_back(), {}, ("u", "x"), {"u": normal(7), "x": normal(7)}),
    (
        small_systems.embedding(),
        {},
        ("W", "u"),
        {"W": normal(4, 2), "u": normal(3, 2), "y": np.array([4, 1, 4])},
    ),
    (small_systems.by_largest(), {}, ("x", "v"), {"x": normal(3, 4), "v": normal(4)}),
]
NAMES = [
    "spiral",
    "spiral of two",
    "two layers",
    "softcount",
    "recurrence",
    "lattice",
    "two steps back",
    "embedding",
    "by largest",
]


def compiled(
    system: System, functions: dict[str, str], wrt: tuple[str, ...], method: str, runtime: Runtime
) -> CompiledFunction:
    derivation = derive(system, wrt)
    return compile_system(
        system,
        derivation.system,
        derivation.adjoint_of,
        functions,
        runtime=runtime,
        method=method,
    )


@pytest.mark.parametrize("runtime", RUNTIMES)
@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize(("system", "functions", "wrt", "arrays"), CASES, ids=NAMES)
def test_like_the_derived_gradients(
    system: System,
    functions: dict[str, str],
    wrt: tuple[str, ...],
    arrays: Arrays,
    method: str,
    runtime: type[Runtime],
) -> None:
    exact = compiled(system, functions, wrt, "backprop", ByDefinition())
    euler = compiled(system, functions, wrt, method, runtime())
    value, expected = exact.value_and_grad(**arrays)
    found_value, found = euler.value_and_grad(**arrays)
    assert found_value == pytest.approx(value, rel=1e-12)
    assert list(found) == list(wrt)
    for name in wrt:
        assert found[name].shape == expected[name].shape
        # the error of a forward difference: eps |second derivative| / 2 + rounding / eps
        np.testing.assert_allclose(found[name], expected[name], rtol=1e-6, atol=3e-6)


@pytest.mark.parametrize("method", METHODS)
def test_a_layer(method: str) -> None:
    arrays = {"w": normal(3), "h": normal(6)}
    system, cotangent = small_systems.correlation(), normal(4)
    exact = compiled(system, {}, ("w", "h"), "backprop", ByDefinition())
    euler = compiled(system, {}, ("w", "h"), method, NumPyRuntime())
    expected = exact.vjp(**arrays)[1](cotangent)
    output, pullback = euler.vjp(**arrays)
    assert not isinstance(output, dict)
    np.testing.assert_allclose(output, np.correlate(arrays["h"], arrays["w"], "valid"))
    for name, found in pullback(cotangent).items():
        np.testing.assert_allclose(found, expected[name], atol=1e-6)


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("runtime", RUNTIMES)
def test_in_single_precision(method: str, runtime: type[Runtime]) -> None:
    arrays: Arrays = {"u": 0.7, "x": np.array([0.5, -1.0, 0.25], np.float32)}
    euler = compiled(small_systems.recurrence(), {}, ("u", "x"), method, runtime())
    exact = compiled(small_systems.recurrence(), {}, ("u", "x"), "backprop", ByDefinition())
    found = euler.value_and_grad(**arrays)[1]
    assert {g.dtype for g in found.values()} == {np.dtype(np.float32)}
    for name, expected in exact.value_and_grad(**arrays)[1].items():
        np.testing.assert_allclose(found[name], expected, atol=3e-3)


def test_the_textbook_evaluates_once_per_weight_and_once_before() -> None:
    runtime = ByDefinition()
    f = compiled(small_systems.spiral(), {"g": "tanh"}, ("w",), "forward-euler", runtime)
    f.value_and_grad(x=normal(2), y=normal(2), w=normal(4, 4))
    weights = 4 * 5 // 2  # the strict lower triangle of 5 by 5: nothing is moved outside it
    assert (runtime.bindings, runtime.evaluations) == (1, weights + 1)


def test_touched_weights_are_moved_together() -> None:
    runtime = ByDefinition()
    f = compiled(small_systems.spiral(), {"g": "tanh"}, ("w",), "forward-euler-touched", runtime)
    for _ in range(2):
        f.value_and_grad(x=normal(2), y=normal(2), w=normal(4, 4))
    assert (runtime.bindings, runtime.evaluations) == (2, 4)


@pytest.mark.parametrize("most", [1, 10, 200])
@pytest.mark.parametrize(("system", "functions", "wrt", "arrays"), CASES, ids=NAMES)
def test_chunks_do_not_change_the_numbers(
    system: System,
    functions: dict[str, str],
    wrt: tuple[str, ...],
    arrays: Arrays,
    most: int,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    whole = compiled(system, functions, wrt, "forward-euler-touched", NumPyRuntime())
    expected = whole.value_and_grad(**arrays)[1]
    monkeypatch.setattr(differences, "MOST_ELEMENTS", most)
    runtime = ByDefinition()
    parts = compiled(system, functions, wrt, "forward-euler-touched", runtime)
    found = parts.value_and_grad(**arrays)[1]
    for name in wrt:
        np.testing.assert_allclose(found[name], expected[name], rtol=1e-6, atol=1e-6)
    if most == 1:
        assert runtime.evaluations >= 1 + max(np.asarray(arrays.get(n, 0)).size for n in wrt) // 2


def test_large_logits_do_not_overflow() -> None:
    arrays: Arrays = {"W": 400 * normal(3, 2), "x": normal(2, 2), "y": np.array([1, 3])}
    arrays["x"][0] = [3.0, -3.0]
    found = [
        compiled(small_systems.softcount(), {}, ("W",), method, NumPyRuntime()).value_and_grad(
            **arrays
        )[1]["W"]
        for method in ("backprop", *METHODS)
    ]
    np.testing.assert_allclose(found[1], found[0], atol=1e-3)
    np.testing.assert_allclose(found[2], found[0], atol=1e-3)


def test_the_step_can_be_chosen() -> None:
    arrays: Arrays = {"u": 0.7, "x": np.array([0.5, -1.0, 0.25])}
    system = small_systems.recurrence()
    f = compile_system(
        system,
        None,
        {"u": ""},
        {},
        runtime=ByDefinition(),
        method="forward-euler",
        eps=0.5,
    )
    low, high = f.value(**arrays), f.value(**(arrays | {"u": 1.2}))
    assert f.value_and_grad(**arrays)[1]["u"] == pytest.approx((high - low) / 0.5)


def test_steps_grow_with_large_weights() -> None:
    weights = np.array([0.0, 1e-3, -4.0, 1e6])
    assert (moved_by(weights, 0.25) - weights).tolist() == [0.25, 0.25, 1.0, 250000.0]
    step = moved_by(np.zeros(1), None)
    assert step[0] == pytest.approx(np.sqrt(np.finfo(np.float64).eps))
