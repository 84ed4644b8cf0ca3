"""The NumPy runtime against the reference interpreter, element by element."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import deltarule as dr
from deltarule import timing
from deltarule.equations.meanings import bind_functions
from deltarule.equations.system import defined
from deltarule.runtimes.dense import evaluate_dense
from deltarule.runtimes.numpy_runtime import NumPyRuntime

SYSTEMS = {
    "triangle": "y[i,j] = sum(k=1..j) a[i,k] x[k] + b[i,j]   for i = 1..n, j = 1..i",
    "band": "y[i] = sum(j=i-1..i+2) a[i,j] x[j]   for i = 2..n",
    "off the diagonal": "y[i] = sum(j != i, 1 <= j <= n) a[i,j]   for i = 1..n",
    "reversed": "y[i] = x[n+1-i] x[i]   for i = 1..n",
    "stride": "y[t] = sum(k=0..2) w[k] x[2 t+k]   for t = 0..n",
    "two indices in one subscript": "y[i] = sum(j=1..n, k=1..3) w[j,k] x[i+j+2 k]   for i = 1..n",
    "maximum of a window": "y[t] = max(k=0..2) x[t+k]   for t = 1..n",
    "least of a triangle": "y[i] = min(j=1..i) a[i,j]   for i = 1..n",
    "place": "p[i] = argmax(j=1..n) a[i,j]   for i = 1..n\ny[i] = a[i,p[i]]   for i = 1..n",
    "gather": "y[i] = sum(d=1..m) W[c[i],d] x[d]   for i = 1..n\nc[i] in 1..4   for i = 1..n\n"
    "W[k,d] for k = 1..4, d = 1..m",
    "sum by key": "y[k] = sum(i=1..n) [k = c[i]] x[i]   for k = 1..4\nc[i] in 1..4   for i = 1..n",
    "product": "y[i] = prod(k=1..i) (1 + x[k])   for i = 1..n",
    "recurrence": "h[t] = tanh(u h[t-1] + x[t])   for t = 1..n\nh[0] = 0\ny[t] = h[t]^2 for t=1..n",
    "two step recurrence": "h[t] = u h[t-1] + v h[t-2] + x[t]   for t = 2..n\nh[0] = 1\nh[1] = x[1]",
    "backwards": "h[t] = u h[t+1] + x[t]   for t = 1..n\nh[t] = 0   for t = n+1..n+1",
    "lattice": "r[i,j] = d[i,j] + min(k=0..1) r[i-k,j-1]   for i = 1..n, j = 1..m\n"
    "r[i,0] = 0   for i = 0..n\nr[0,j] = 1   for j = 1..m",
    "cascade": "h[i,1] = x[i]   for i = 1..m\n"
    "h[i,j] = tanh(sum(k=1..j-1) w[j,k] h[i,k])   for i = 1..m, j = 2..n",
    "cases on data": "y[i] = { x[i]^2 if x[i] > 0; 0 otherwise }   for i = 1..n",
    "cases on a size": "y = { sum(i=1..n) x[i]^2 if n >= 5; 7 x[1] if n <= 4 }",
    "cases on a size, the other way": "y = { 7 x[1] if n <= 4; sum(i=1..n) x[i]^2 if n >= 5 }",
    "open sum": "y[n_1] = sum(m_1) w[m_1-n_1] x[m_1]\nw[k] for -1 <= k <= 2\nx[t] for 0 <= t < n\n"
    "y[t] for 0 <= t < n",
    "full correlation": "y[p] = sum(q) w[q-p] x[q]\nw[k] for 0 <= k <= 2\nx[t] for 0 <= t < n",
    "batch of matrices": "y[b,i,k] = sum(j=1..m) a[b,i,j] c[b,j,k]   for b = 1..3, i = 1..n, k = 1..2",
    "three factors": "y[i,l] = sum(j=1..m, k=1..n) a[i,j] b[j,k] c[k,l]   for i = 1..n, l = 1..2",
    "scale outside": "y[i] = x[i]/m sum(j=1..m) a[i,j] exp(x[i])   for i = 1..n",
    "index as a number": "y[i] = sum(k=1..n) k x[k]/(i + k)   for i = 1..n",
    "constant": "y[i] = 3   for i = 1..n",
}


@pytest.mark.parametrize("size", [1, 2, 5, 6])
@pytest.mark.parametrize("text", SYSTEMS.values(), ids=SYSTEMS)
def test_same_as_by_definition(text, size):
    system = dr.read(text)
    sizes = {name: size if name == "n" else size + 1 for name in system.sizes}
    compare(system, sizes)


def compare(system, sizes):
    arrays = timing.random_inputs(system, sizes, seed=1)
    wanted = defined(system)
    bound = NumPyRuntime().bind(system, sizes, wanted, {}, np.dtype(np.float64))
    found = bound(arrays)
    again = bound(arrays)
    expected = evaluate_dense(system, sizes, arrays)
    for name in wanted:
        np.testing.assert_allclose(found[name], expected[name], rtol=1e-12, atol=1e-12)
        assert np.array_equal(found[name], again[name])


@st.composite
def systems(draw):
    """y[i,j] = non-linearity of a sum of products of shifted accesses over a triangle or a box."""
    shifts = st.integers(-2, 2)

    def access(name, indices):
        written = []
        for index in indices:
            shift, sign = draw(shifts), draw(st.sampled_from(["", "-"]))
            written.append(f"{sign}{index}{shift:+d}")
        return f"{name}[{','.join(written)}]"

    first = access("a", draw(st.permutations(["i", "k"])))
    second = access("b", draw(st.permutations(["k", "j"])))
    third = access("c", draw(st.sampled_from([["i", "j"], ["j"], ["i"]])))
    upper = draw(st.sampled_from(["n", "i", "j+1", "3"]))
    operation = draw(st.sampled_from(["sum", "max", "min"]))
    function = draw(st.sampled_from(["tanh", "exp", "identity"]))
    where = draw(st.sampled_from(["j = 1..m", "j = i..n+2", "j = 1..i"]))
    inside = f"{operation}(k=1..{upper}) {first} {second}"
    return f"y[i,j] = {function}({inside}) + {third}   for i = 1..n, {where}"


@settings(max_examples=60, deadline=None)
@given(systems(), st.integers(1, 4), st.integers(1, 4))
def test_random_systems(text, n, m):
    system = dr.read(text)
    compare(system, {name: {"n": n, "m": m}[name] for name in system.sizes})


@settings(max_examples=40, deadline=None)
@given(systems(), st.integers(2, 4))
def test_gradients_of_random_systems_are_proved(text, seed):
    proofs = dr.read(text).check(seed=seed)
    assert proofs and all(p.passed for p in proofs)


def test_float32_stays_float32():
    system = bind_functions(dr.read("spiral"), {"g": "tanh"})
    sizes = {"n": 4, "M": 3}
    arrays = {k: v.astype(np.float32) for k, v in timing.random_inputs(system, sizes).items()}
    bound = NumPyRuntime().bind(system, sizes, ("E", "h"), {}, np.dtype(np.float32))
    assert {v.dtype for v in bound(arrays).values()} == {np.dtype(np.float32)}


def test_no_array_of_examples_by_classes_is_kept_on_the_way_back():
    """Softcount on a linear layer: the backward pass touches two rows of W per example."""
    system = dr.read(
        "xi[i,k] = sum(d=1..D) W[k,d] x[i,d]   for i = 1..n, k = 1..K\n"
        "h[i,k] = exp(xi[i,k]) / max(l=1..K) exp(xi[i,l])\n"
        "L = -sum(i=1..n, k=1..K) [y[i] = k] ln(h[i,k])"
    )
    gradient = system.gradients(wrt=["W", "x"])
    bound = NumPyRuntime().bind(
        gradient, {"n": 50, "D": 3, "K": 40}, ("L", "dL_dW", "dL_dx"), {}, np.dtype(float)
    )
    large = [n for n, b in bound.workspace.buffers.items() if b.size >= 50 * 40]
    assert large == ["xi"]  # of the forward pass


def test_a_bracket_that_fails_hides_infinity():
    f = dr.read("softcount").compile(wrt=["h"])
    _, gradients = f.value_and_grad(xi=np.array([1.0, 1000.0, 3.0]), y=1)
    assert gradients["h"].tolist() == [-np.inf, 0.0, 0.0]
