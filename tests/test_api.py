"""The Python interface as the README describes it."""

from __future__ import annotations

import numpy as np
import pytest

import deltarule as dr
from deltarule.equations import system as records


def test_a_formula_prints_as_text_and_renders_as_latex():
    formula = dr.read("spiral").gradients()["w"]
    shown = "dE/dw[j,k] = sum(i=1..n) delta[i,j] h[i,k]   for j = 2..M, k = 1..j-1"
    assert str(formula) == repr(formula) == shown
    assert formula._repr_latex_() == (
        r"$$ \frac{\partial \mathcal{E}}{\partial w_{j,k}} = \sum_{i=1}^n \delta_{i,j} h_{i,k} $$"
    )


def test_printing_a_system_gives_text_that_reads_as_the_same_system():
    for name in ("spiral", "softcount", "two-layer", "correlation"):
        system = dr.read(name)
        again = dr.read(str(system))
        assert [e.target for e in again.equations] == [e.target for e in system.equations]
        assert {n: a.support for n, a in again.arrays.items()} == {
            n: a.support for n, a in system.arrays.items()
        }
        wrt = [n for n in ("w", "h", "W1", "W2", "xi") if n in records.inputs(system)]
        for name_of in wrt:
            mine, theirs = system.gradients([name_of]), again.gradients([name_of])
            assert mine[name_of].text == theirs[name_of].text


def test_a_gradient_system_is_a_system():
    gradients = dr.read("x[i] for i = 1..n\nE = sum(i=1..n) x[i]^3").gradients()
    assert isinstance(gradients, dr.System)
    assert str(gradients["x"]) == "dE/dx[i] = 3 x[i]^2   for i = 1..n"
    second = dr.read("g[i] = 3 x[i]^2 for i = 1..n\nS = sum(i=1..n) g[i] v[i]").gradients(wrt=["x"])
    assert str(second["x"]) == "dS/dx[i] = 6 v[i] x[i]   for i = 1..n"


def test_value_and_gradient_of_the_spiral_network():
    rng = np.random.default_rng(1)
    f = dr.read("spiral").compile(functions={"g": "tanh"})
    x, y, w = rng.normal(size=20), rng.normal(size=20), np.tril(rng.normal(size=(7, 7)))
    loss, gradients = f.value_and_grad(x=x, y=y, w=w)
    h = [x]
    for j in range(7):
        h.append(np.tanh(sum(w[j, k] * h[k] for k in range(j + 1))))
    assert loss == pytest.approx(0.5 * np.sum((h[-1] - y) ** 2))
    step = np.zeros((7, 7))
    step[3, 2] = 1e-6
    slope = (f.value(x=x, y=y, w=w + step) - f.value(x=x, y=y, w=w - step)) / 2e-6
    assert gradients["w"][3, 2] == pytest.approx(slope, rel=1e-6)
    assert np.all(np.triu(gradients["w"], 1) == 0)


def test_a_layer_pulls_cotangents_back():
    rng = np.random.default_rng(2)
    image, kernel = rng.normal(size=(9, 8)), rng.normal(size=(3, 3))
    output, pullback = dr.read("correlation").compile().vjp(h=image, w=kernel)
    padded = np.pad(image, 1)
    expected = sum(kernel[a, b] * padded[a : a + 9, b : b + 8] for a in range(3) for b in range(3))
    np.testing.assert_allclose(output, expected)
    delta = rng.normal(size=output.shape)
    gradients = pullback(delta)
    assert np.sum(delta * expected) == pytest.approx(np.sum(gradients["w"] * kernel))
    assert np.sum(delta * expected) == pytest.approx(np.sum(gradients["h"] * image))


@pytest.mark.parametrize("method", ["forward-euler", "forward-euler-touched"])
def test_forward_euler_is_near_the_gradient(method):
    rng = np.random.default_rng(3)
    system = dr.read("two-layer")
    arrays = {
        "x": rng.normal(size=(5, 3)), "y": rng.normal(size=(5, 2)),
        "W1": rng.normal(size=(4, 3)), "W2": rng.normal(size=(2, 4)),
    }  # fmt: skip
    exact = system.compile(functions={"sigma": "sigmoid"}).value_and_grad(**arrays)[1]
    near = system.compile(functions={"sigma": "sigmoid"}, method=method).value_and_grad(**arrays)[1]
    for name in ("W1", "W2"):
        np.testing.assert_allclose(near[name], exact[name], atol=2e-6)
        assert not np.array_equal(near[name], exact[name])


def test_several_scalars_need_a_choice():
    system = dr.read("A = sum(i=1..n) x[i]\nB = sum(i=1..n) x[i]^2")
    with pytest.raises(dr.DeltaruleError) as caught:
        system.gradients()
    assert caught.value.code == "E109"
    assert str(system.gradients(of="B")["x"]) == "dB/dx[i] = 2 x[i]   for i = 1..n"


def test_softcount_does_not_overflow_in_float32():
    f = dr.read("softcount").compile()
    xi = np.array([100.0, -100.0, 95.0], dtype=np.float32)
    loss, gradients = f.value_and_grad(xi=xi, y=3)
    assert loss == 5.0
    assert gradients["xi"].dtype == np.float32
    assert gradients["xi"].tolist() == [1.0, 0.0, -1.0]
