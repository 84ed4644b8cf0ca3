"""Compiled functions: values and gradients against plain NumPy loops written by definition."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
import pytest
import small_systems
from by_definition import ByDefinition
from numpy.typing import NDArray

from deltarule.equations.system import System, defined, inputs
from deltarule.errors import DeltaruleError
from deltarule.gradients.reverse import derive
from deltarule.runtimes.backward import after_forward
from deltarule.runtimes.compiled import CompiledFunction, compile_system
from deltarule.runtimes.interface import Runtime
from deltarule.runtimes.numpy_runtime import NumPyRuntime

RUNTIMES = [ByDefinition, NumPyRuntime]
Arrays = dict[str, Any]


def compiled(
    system: System,
    functions: dict[str, str] | None = None,
    wrt: Iterable[str] | None = None,
    runtime: Runtime | None = None,
    **options: Any,
) -> CompiledFunction:
    derivation = derive(system, wrt)
    return compile_system(
        system,
        derivation.system,
        derivation.adjoint_of,
        functions or {},
        runtime=runtime or ByDefinition(),
        **options,
    )


def spiral_by_loops(
    x: NDArray[Any], y: NDArray[Any], w: NDArray[Any]
) -> tuple[float, NDArray[Any]]:
    """E and dE/dw, as the equations and the delta recursion of the paper say it; g = tanh."""
    n, m = len(x), len(w) + 1
    h, delta = np.zeros((n, m + 1)), np.zeros((n, m + 1))
    gradient = np.zeros(w.shape)
    loss = 0.0
    for i in range(n):
        h[i, 1] = x[i]
        for j in range(2, m + 1):
            h[i, j] = np.tanh(sum(w[j - 2, k - 1] * h[i, k] for k in range(1, j)))
        loss += (h[i, m] - y[i]) ** 2 / 2
        for j in range(m, 1, -1):
            slope = 1 - h[i, j] ** 2
            above = sum(delta[i, k] * w[k - 2, j - 1] for k in range(j + 1, m + 1))
            delta[i, j] = slope * (h[i, m] - y[i] if j == m else above)
            for k in range(1, j):
                gradient[j - 2, k - 1] += delta[i, j] * h[i, k]
    return loss, gradient


@pytest.mark.parametrize("runtime", RUNTIMES)
@pytest.mark.parametrize(("n", "m"), [(1, 1), (1, 2), (3, 2), (1, 5), (7, 6)])
@pytest.mark.parametrize(("dtype", "tolerance"), [(np.float64, 1e-12), (np.float32, 2e-5)])
def test_spiral(
    runtime: type[Runtime], n: int, m: int, dtype: type[np.floating[Any]], tolerance: float
) -> None:
    rng = np.random.default_rng(10 * n + m)
    x, y = rng.normal(size=(2, n)).astype(dtype)
    w = rng.normal(size=(m - 1, m - 1)).astype(dtype)
    f = compiled(small_systems.spiral(), {"g": "tanh"}, runtime=runtime())
    loss, gradients = f.value_and_grad(x=x, y=y, w=w)
    expected, gradient = spiral_by_loops(x, y, w)
    assert loss == pytest.approx(expected, rel=tolerance)
    assert gradients["w"].dtype == dtype
    np.testing.assert_allclose(gradients["w"], gradient, rtol=tolerance, atol=tolerance)
    assert not gradients["w"][np.triu_indices(m - 1, 1)].any()
    assert f.value(x=x, y=y, w=w) == pytest.approx(expected, rel=tolerance)


@pytest.mark.parametrize("runtime", RUNTIMES)
def test_softcount_with_a_linear_layer(runtime: type[Runtime]) -> None:
    rng = np.random.default_rng(0)
    W, x = rng.normal(size=(5, 3)), rng.normal(size=(4, 3))
    y = np.array([1, 5, 2, 2])
    logits = x @ W.T
    gradient = np.zeros_like(W)
    np.add.at(gradient, logits.argmax(1), x)
    np.subtract.at(gradient, y - 1, x)
    f = compiled(small_systems.softcount(), wrt=("W",), runtime=runtime())
    loss, found = f.value_and_grad(W=W, x=x, y=y)
    assert loss == pytest.approx(float((logits.max(1) - logits[np.arange(4), y - 1]).sum()))
    np.testing.assert_allclose(found["W"], gradient, atol=1e-14)


@pytest.mark.parametrize("runtime", RUNTIMES)
def test_layer(runtime: type[Runtime]) -> None:
    rng = np.random.default_rng(1)
    w, h, cotangent = rng.normal(size=3), rng.normal(size=7), rng.normal(size=5)
    f = compiled(small_systems.correlation(), wrt=("w", "h"), runtime=runtime())
    output, pullback = f.vjp(w=w, h=h)
    assert not isinstance(output, dict)
    np.testing.assert_allclose(output, np.correlate(h, w, "valid"))
    gradients = pullback(cotangent)
    assert list(gradients) == ["w", "h"]
    np.testing.assert_allclose(gradients["w"], np.correlate(h, cotangent, "valid"))
    np.testing.assert_allclose(gradients["h"], np.convolve(cotangent, w))
    np.testing.assert_allclose(pullback(2 * cotangent)["w"], 2 * gradients["w"])


@pytest.mark.parametrize("runtime", RUNTIMES)
@pytest.mark.parametrize("method", ["backprop", "forward-euler", "forward-euler-touched"])
def test_layer_with_several_outputs(runtime: type[Runtime], method: str) -> None:
    u, tolerance = np.array([3.0, 4.0]), 1e-6
    f = compiled(
        small_systems.two_outputs(), wrt=("a", "b", "u", "z"), runtime=runtime(), method=method
    )
    outputs, pullback = f.vjp(a=2.0, b=5.0, u=u, z=np.zeros(2))
    assert isinstance(outputs, dict)
    assert outputs["p"] == 10 and outputs["q"].tolist() == [6, 8]
    both = pullback({"p": 10.0, "q": np.array([1.0, -2.0])})
    expected: Arrays = {"a": 50.0 + 3 - 8, "b": 20.0, "u": [2, -4], "z": [0, 0]}
    for name, value in expected.items():
        np.testing.assert_allclose(both[name], value, rtol=tolerance, atol=tolerance)
    only = pullback({"p": 1.0})
    np.testing.assert_allclose(only["a"], 5, rtol=tolerance)
    np.testing.assert_allclose(only["u"], [0, 0], atol=tolerance)


COTANGENTS: list[tuple[Any, str, str, str]] = [
    (1.0, "E303", "needs a cotangent for each", "'p': …, 'q': …"),
    ({"r": 1.0}, "E110", "no output 'r'", "outputs: p, q"),
    ({"q": np.ones(3)}, "E302", "cotangent of 'q'", "(2,)"),
    ({"q": np.array([1, np.inf])}, "E304", "'q' holds NaN or infinity", "finite"),
    ({"q": ["a", "b"]}, "E303", "'q' must hold real numbers", "float64"),
]


@pytest.mark.parametrize(("cotangent", "code", "message", "help"), COTANGENTS)
def test_refused_cotangents(cotangent: Any, code: str, message: str, help: str) -> None:
    f = compiled(small_systems.two_outputs(), wrt=("a",))
    _, pullback = f.vjp(a=2.0, b=5.0, u=np.ones(2), z=np.ones(2))
    with pytest.raises(DeltaruleError) as caught:
        pullback(cotangent)
    assert caught.value.code == code
    assert message in caught.value.message
    assert help in caught.value.help


def test_vjp_with_an_objective_scales_the_gradients() -> None:
    f = compiled(small_systems.recurrence())
    arrays: Arrays = {"u": 0.5, "x": np.array([0.1, 0.2])}
    loss, gradients = f.value_and_grad(**arrays)
    output, pullback = f.vjp(**arrays)
    assert output == loss
    np.testing.assert_allclose(pullback(-3.0)["u"], -3 * gradients["u"])


def test_evaluate_gives_all_outputs() -> None:
    f = compiled(small_systems.two_outputs())
    found = f.evaluate(a=2, b=5, u=[1, 2], z=[0, 0])
    assert {n: v.tolist() for n, v in found.items()} == {"p": 10, "q": [2, 4]}


def test_gradients_of_defined_arrays_and_of_what_nothing_reads() -> None:
    system = small_systems.recurrence()
    f = compiled(system, wrt=("h", "x"))
    x = np.array([0.3, -0.2])
    h = [0, np.tanh(0.3), np.tanh(0.5 * np.tanh(0.3) - 0.2)]
    _, found = f.value_and_grad(u=0.5, x=x)
    last = 2 * h[2]
    first = 2 * h[1] + last * (1 - h[2] ** 2) * 0.5
    np.testing.assert_allclose(found["h"][1:], [first, last])
    np.testing.assert_allclose(found["x"], [first * (1 - h[1] ** 2), last * (1 - h[2] ** 2)])


def test_a_backward_pass_reads_what_the_forward_pass_found() -> None:
    system = small_systems.spiral()
    after = after_forward(system, derive(system).system)
    assert not set(defined(system)) & set(defined(after))
    assert {"h", "w"} <= set(inputs(after))


def test_binding_happens_once_per_shapes_and_type() -> None:
    runtime = ByDefinition()
    f = compiled(small_systems.recurrence(), runtime=runtime)
    for _ in range(3):
        f.value_and_grad(u=0.5, x=np.ones(3))
    assert (runtime.bindings, runtime.evaluations) == (1, 3)
    f.value_and_grad(u=0.5, x=np.ones(4))
    f.value_and_grad(u=0.5, x=np.ones(3, np.float32))
    f.value_and_grad(u=0.1, x=np.zeros(3))
    assert (runtime.bindings, runtime.evaluations) == (3, 6)


@pytest.mark.parametrize("runtime", RUNTIMES)
def test_results_belong_to_the_caller(runtime: type[Runtime]) -> None:
    f = compiled(small_systems.recurrence(), wrt=("x",), runtime=runtime())
    _, first = f.value_and_grad(u=0.5, x=np.ones(3))
    kept = first["x"].copy()
    f.value_and_grad(u=0.5, x=np.full(3, -0.3))
    np.testing.assert_array_equal(first["x"], kept)


@pytest.mark.parametrize("given", [{"M": 3}, {"M": np.int64(3)}])
def test_a_size_may_be_passed(given: Arrays) -> None:
    f = compiled(small_systems.spiral(), {"g": "tanh"})
    arrays: Arrays = {"x": [1.0], "y": [0.0], "w": np.ones((2, 2))}
    assert f.value(**arrays, **given) == f.value(**arrays)


def test_it_says_what_it_takes() -> None:
    f = compiled(small_systems.softcount())
    assert repr(f) == "<L of W: (V, D), x: (N, D), y: integers (N,)>"


def spiral_with(**options: Any) -> CompiledFunction:
    return compile_system(
        small_systems.spiral(),
        None,
        {},
        **({"functions": {"g": "tanh"}} | options),
        runtime=ByDefinition(),
    )


COMPILING: list[tuple[Arrays, str, str, str]] = [
    ({"functions": {}}, "E307", "'g' has no numerical meaning", 'functions={"g": "tanh"}'),
    ({"functions": {"g": "tannh"}}, "E307", "'tannh' is not known", "did you mean 'tanh'?"),
    ({"functions": {"g": "tanh", "f": "exp"}}, "E110", "no function 'f'", "to choose: g"),
    ({"dtype": np.float16}, "E303", "number type", "float32 or float64"),
    ({"dtype": "nonsense"}, "E303", "number type", "float32 or float64"),
    ({"method": "backpropagation"}, "E309", "no method", "did you mean 'backprop'?"),
]


@pytest.mark.parametrize(("options", "code", "message", "help"), COMPILING)
def test_what_cannot_be_compiled(options: Arrays, code: str, message: str, help: str) -> None:
    with pytest.raises(DeltaruleError) as caught:
        spiral_with(**options)
    assert caught.value.code == code
    assert message in caught.value.message
    assert help in caught.value.help


def test_without_gradients_there_is_a_value_only() -> None:
    arrays: Arrays = {"x": [1.0], "y": [0.0], "w": np.ones((1, 1))}
    f = spiral_with()
    assert f.value(**arrays) == pytest.approx(np.tanh(1) ** 2 / 2)
    with pytest.raises(DeltaruleError) as caught:
        f.value_and_grad(**arrays)
    assert caught.value.code == "E309"


@pytest.mark.parametrize("method", ["value", "value_and_grad"])
def test_a_layer_has_no_value(method: str) -> None:
    f = compiled(small_systems.correlation())
    with pytest.raises(DeltaruleError) as caught:
        getattr(f, method)(w=np.ones(3), h=np.ones(5))
    assert caught.value.code == "E109"
    assert "vjp" in caught.value.help


def test_the_type_can_be_chosen() -> None:
    f = compiled(small_systems.recurrence(), dtype="float32")
    _, found = f.value_and_grad(u=0.5, x=np.ones(3))
    assert found["u"].dtype == np.float32
