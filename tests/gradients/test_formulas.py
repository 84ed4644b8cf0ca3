"""Derived formulas as a person would write them, line by line."""

from __future__ import annotations

import pytest

import deltarule as dr

DERIVED = [
    pytest.param(
        "E = sum(i=1..n, j=1..n) sqrt(sum(k=1..d) (x[i,k] - x[j,k])^2)",
        [
            "dE/dx[i,k] = 2 sum(j=1..n, j != i) (x[i,k] - x[j,k])/sqrt(sum(l=1..d) (x[i,l] - x[j,l])^2)"
        ],
        id="distances: none from a point to itself, each pair once",
    ),
    pytest.param(
        "E = sum(i=1..n, j=1..n) exp(-(x[i] - x[j])^2)",
        ["dE/dx[i] = -4 sum(j=1..n) (x[i] - x[j]) exp(-(x[i] - x[j])^2)   for i = 1..n"],
        id="a kernel: terms that differ in sign are one",
    ),
    pytest.param(
        "z[j,d] = { z[j-1,d] if w[j] > d; z[j-1,d-w[j]] + p[j] otherwise }   for j = 1..n, d = 0..c\n"
        "z[0,d] = 0 for d = 0..c\nw[j] in 1..c for j = 1..n\nL = sum(d=0..c) z[n,d]",
        [
            "dL/dp[j] = sum(d=0..c) { 0 if w[j] > d; dL/dz[j,d] otherwise }   for j = 1..n",
            "; dL/dz[j+1, d] if w[j+1] > d; 0 otherwise",
            "0 if d+w[j+1] > c; dL/dz[j+1, d+w[j+1]] otherwise",
        ],
        id="a shift by data is a gather on the way back",
    ),
    pytest.param(
        "h[t,j] = o[t,j] c[t,j]   for t = 1..T, j = 1..m\n"
        "o[t,j] = sigmoid(a[t,j])   for t = 1..T, j = 1..m",
        ["h[t,j] = o[t,j] c[t,j]", "dL/da[t,j] = h[t,j] dL/dh[t,j] (1 - o[t,j])"],
        id="a name that comes out has its equation",
    ),
]


@pytest.mark.parametrize(("text", "expected"), DERIVED)
def test_derived(text: str, expected: list[str]) -> None:
    system = dr.read(text)
    shown = " ".join(str(system.gradients()).split())
    for line in expected:
        assert " ".join(line.split()).strip("; ") in shown
    assert all(proof.passed for proof in system.check())
