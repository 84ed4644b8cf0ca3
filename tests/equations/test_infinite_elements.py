"""Boundaries and masks that are infinite: what they leave of the equations that read them."""

from __future__ import annotations

import numpy as np
import pytest

import deltarule as dr

READ = [
    (  # a boundary
        "r[i,j] = d[i,j] + min(r[i-1,j], r[i,j-1])\nr[0,0] = 0\nr[i,0] = ∞ for i = 1..n\n"
        "r[0,j] = ∞ for j = 1..m\nL = r[n,m]\nr[1,1] = d[1,1]",
        ["d[i,j] + r[i-1, j]", "if 2 <= i <= n, j = 1", "d[i,j] + r[i, j-1]"],
    ),
    (  # a mask: points of a sum that are 0, elements that are 0
        "a[i,j] = exp(s[i,j] + M[i,j]) / sum(k=1..n) exp(s[i,k] + M[i,k]) for i = 1..n, j = 1..n\n"
        "M[i,j] = { 0 if j <= i; -∞ otherwise }",
        ["/sum(k=1..i) exp(s[i,k] + M[i,k])   if 1 <= j <= i", "; 0", "s[i,j]   for i = 1..n, j = 1..i"],
    ),
    ("y[i] = min(M[i], x[i]) for i = 1..n\nM[i] = ∞ for i = 1..n", ["y[i] = x[i]   for i = 1..n"]),
    (
        "v[t] = max(v[t-1] + x[t], 0) for t = 1..T\nv[0] = -∞\nL = v[T]",
        ["if 2 <= t <= T", "if t = 1 }", "x[t]   for t = 2..T"],
    ),
    ("y = x[infty] + 1", ["y = x[infty] + 1"]),  # a size, whatever it means
]  # fmt: skip

REFUSED = [
    ("y[i] = x[i] + ∞ for i = 1..n", "all of 'y' is infinite", "∞"),
    ("y[i] = lambda M[i] for i = 1..n\nM[i] = ∞ for i = 1..n", "sign", "y[i]"),
    ("y[i] = M[i] - N[i] for i = 1..n\nM[i] = ∞ for i = 1..n\nN[i] = ∞ for i = 1..n", "∞ - ∞", "y"),
    ("y[i] = f(M[i]) for i = 1..n\nM[i] = ∞ for i = 1..n", "'f' at ∞", "y[i]"),
    ("y[i] = { x[i] if x[i] > 0; -∞ otherwise } for i = 1..n", "data decides", "∞"),
    ("v[t] = v[t-1] + x[t] for t = 1..T\nv[0] = ∞\nL = v[T]", "more and more", "v[t]"),
    (
        "w[i] = max(j=1..n) (a[i,j] + M[i,j]) for i = 1..n\nM[i,j] = { b[i,j] if j < i; -∞ otherwise }",
        "all of the elements that are compared",
        "w[i]",
    ),
    (
        "y = x M[y_0]\ny_0 in {1..n}\nM[i] = { b[i] if i < 3; ∞ otherwise } for i = 1..n",
        "data",
        "y",
    ),
]


@pytest.mark.parametrize(("text", "parts"), READ)
def test_read(text: str, parts: list[str]) -> None:
    shown = str(dr.read(text))
    assert [p for p in parts if p not in shown] == []


@pytest.mark.parametrize(("text", "why", "place"), REFUSED)
def test_refused(text: str, why: str, place: str) -> None:
    with pytest.raises(dr.DeltaruleError) as caught:
        dr.read(text)
    assert caught.value.code == "E008"
    assert why in caught.value.message
    assert caught.value.at is not None
    assert text[caught.value.at.start :].startswith(place)


def test_a_masked_softmax_and_its_gradient() -> None:
    text = (
        "a[i,j] = exp(s[i,j] + M[i,j]) / sum(k=1..n) exp(s[i,k] + M[i,k]) for i = 1..n, j = 1..n\n"
        "M[i,j] = { 0 if j <= i; -∞ otherwise }\nL = sum(i=1..n) sum(j=1..n) a[i,j]^2"
    )
    system = dr.read(text)
    assert all(proof.passed for proof in system.check())
    rng = np.random.default_rng(0)
    s = np.tril(rng.normal(size=(4, 4)))
    masked = np.where(np.tril(np.ones((4, 4))) > 0, np.exp(s), 0)
    expected = masked / masked.sum(1, keepdims=True)
    found = system.compile().evaluate(s=s, n=4)
    np.testing.assert_allclose(found["L"], (expected**2).sum(), rtol=1e-12)
