"""Second derivatives: each product agrees with the derivative of the gradient, modulo a prime and without tolerance.

The witness is the reference interpreter with dual numbers: the gradient System's own slope along the direction.
"""

from __future__ import annotations

import random
from collections.abc import Iterable
from typing import Any

import numpy as np
import pytest

import deltarule as dr
from deltarule.equations.system import System, inputs
from deltarule.proofs.draw import Points, draw_arrays
from deltarule.proofs.sizes import choose
from deltarule.runtimes.dual import Dual, DualNumber
from deltarule.runtimes.modular import PRIME, Modular
from deltarule.runtimes.reference import evaluate

EXACT = [
    ("spiral", ["w"]),
    ("two-layer", ["W1", "W2"]),
    ("E = 1/2 sum(i=1..n) (g(w x[i]) - y[i])^2", ["w", "x"]),
    (
        "h[t] = g(u x[t] + v h[t-1]) for t = 1..T\nh[0] = 0\nE = sum(t=1..T) (h[t] - y[t])^2",
        ["u", "v"],
    ),
    ("y[t] = sum(k=0..K-1) w[k] x[2 t + k] for t = 1..N\nL = sum(t=1..N) y[t]^4", ["w", "x"]),
    ("y[i] = prod(j=1..i) x[j] for i = 1..n\nL = sum(i=1..n) g(y[i])", ["x"]),
    ("z[i] = W[c[i]] x[i] for i = 1..n\nc[i] in 1..C\nL = sum(i=1..n) z[i]^3", ["W"]),
    ("L = sum(i=1..n) x[i]^2 / (1 + sum(j=1..n) x[j]^2)", ["x"]),
]


def prepared(*systems: System) -> tuple[dict[str, int], Points[int], Modular]:
    """Sizes, and a random number modulo the prime for each element that is given."""
    source, arithmetic = random.Random(1), Modular(7)
    sizes = choose(*systems)[0]
    needed = {n: s.arrays[n] for s in systems for n in inputs(s)}
    drawn = draw_arrays(needed, sizes, lambda _: source.randrange(PRIME), source.randint)
    return sizes, drawn, arithmetic


def slopes(
    system: System, moved: Iterable[str], sizes: dict[str, int], drawn: Points[int], base: Modular
) -> dict[str, dict[tuple[int, ...], int]]:
    """The slope of every array of a System as the arrays `moved` go along their tangents."""
    dual = Dual(base)
    given: dict[str, Any] = {}
    for name in inputs(system):
        if system.arrays[name].kind == "integer":
            given[name] = drawn[name]
            continue
        tangent = drawn[f"{name}_dot"] if name in moved else {}
        given[name] = {p: DualNumber(v, tangent.get(p, 0)) for p, v in drawn[name].items()}
    found = evaluate(system, sizes, given, dual)
    real = {n for n, a in system.arrays.items() if a.kind == "real"}
    return {n: {p: v.tangent for p, v in a.items()} for n, a in found.items() if n in real}


@pytest.mark.parametrize(("text", "wrt"), EXACT)
def test_hessian_vector_products(text: str, wrt: list[str]) -> None:
    system = dr.read(text)
    product, gradient = system.hessian_vector(wrt), system.gradients(wrt)
    sizes, drawn, base = prepared(product, gradient)
    expected = slopes(gradient, wrt, sizes, drawn, base)
    found = evaluate(product, sizes, drawn, base)
    for name in wrt:
        adjoint = system.derivation(wrt).adjoint_of[name]
        assert found[f"{adjoint}_dot"] == expected[adjoint]
        assert any(found[f"{adjoint}_dot"].values())


@pytest.mark.parametrize(("text", "wrt"), EXACT)
def test_tangents(text: str, wrt: list[str]) -> None:
    system = dr.read(text)
    forward = system.jvp(wrt)
    sizes, drawn, base = prepared(forward, system)
    expected = slopes(system, wrt, sizes, drawn, base)
    found = evaluate(forward, sizes, drawn, base)
    assert forward.outputs
    for name in forward.outputs:
        assert found[name] == expected[name.removesuffix("_dot")]


@pytest.mark.parametrize(("text", "wrt"), EXACT)
def test_gradients_of_gradients_are_proved(text: str, wrt: list[str]) -> None:
    gradient = dr.read(text).gradients(wrt)
    for proof in gradient.check(wrt):
        assert proof.passed
        assert proof.method == "exact"


GAUSS_NEWTON = """
f[i] = sum(k=1..d) w[k] x[i,k]^2 + w[1] g(b)   for i = 1..n
E = sum(i=1..n) (f[i] - y[i])^4
"""


def test_gauss_newton_products() -> None:
    """J^T H J v, with J from tangents of f, column by column, and H = 12 (f - y)^2."""
    system = dr.read(GAUSS_NEWTON.replace("g(b)", "b^3"))
    product = system.gauss_newton("f", ["w", "b"])
    forward = system.jvp(["w", "b"], ["f"])
    source = np.random.default_rng(0)
    n, d = 4, 3
    x, y, w, b = (source.normal(size=s) for s in ((n, d), n, d, ()))
    w_dot, b_dot = source.normal(size=d), source.normal()
    columns = []
    for k in range(d + 1):
        unit = np.eye(d + 1)[k]
        moving = forward.compile().evaluate(x=x, w=w, b=b, w_dot=unit[:d], b_dot=unit[d])
        columns.append(moving["f_dot"])
    jacobian = np.stack(columns, axis=1)
    f = x**2 @ w + w[0] * b**3
    curvature = np.diag(12 * (f - y) ** 2)
    expected = jacobian.T @ curvature @ jacobian @ np.append(w_dot, b_dot)
    found = product.compile().evaluate(x=x, y=y, w=w, b=b, w_dot=w_dot, b_dot=b_dot)
    np.testing.assert_allclose(found["gn_w"], expected[:d], rtol=1e-12)
    np.testing.assert_allclose(found["gn_b"], expected[d], rtol=1e-12)


def test_maxima_keep_their_places() -> None:
    system = dr.read("m[i] = max(j=1..n) w[i] x[j] for i = 1..p\nE = sum(i=1..p) m[i]^3")
    shown = str(system.hessian_vector(["w"]))
    assert shown.count("argmax") == 1
    assert "m_dot[i] = x[j_star[i]] w_dot[i]" in shown


REFUSED = [
    (lambda: dr.read("y[i] = w x[i] for i = 1..n").hessian_vector(), "E109"),
    (lambda: dr.read(GAUSS_NEWTON).gauss_newton("h", ["w"]), "E110"),
    (lambda: dr.read(GAUSS_NEWTON + "L = E + w[1]^2").gauss_newton("f", ["w"]), "E110"),
    (lambda: dr.read("f[i] = w x[i] for i=1..n\nE = sum(i=1..n) f[i]").gauss_newton("f"), "E109"),
    (lambda: dr.read("spiral").jvp(["nothing"]), "E110"),
]


@pytest.mark.parametrize(("wrong", "code"), REFUSED)
def test_refused(wrong: Any, code: str) -> None:
    with pytest.raises(dr.DeltaruleError) as caught:
        wrong()
    assert caught.value.code == code


def test_derivatives_of_derivatives_are_printed() -> None:
    gradient = dr.read("E = sum(i=1..n) (tanh(w x[i]) - y[i])^2").gradients(["w"])
    second = gradient.gradients(["w"], of="dE_dw")
    assert "d(dE/dw)/dw = " in str(second)
    assert r"\frac{\partial \frac{\partial E}{\partial w}}{\partial w}" in second.to_latex()
