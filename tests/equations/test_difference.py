"""What `difference` says, and what it passes over."""

from __future__ import annotations

import pytest

import deltarule as dr
from deltarule.equations.difference import difference

SUM = "y[i] = sum(j=1..n) w[i,j] x[j]   for i = 1..m"

SAME = [
    (SUM, "y[k] = sum(l=1..n) x[l] w[k,l]   for k = 1..m"),
    (SUM, "y[i] = sum(j=1..n) w[i,j] x[j]   for i = 1..m\nx[q] for q = 1..n"),
    ("s = sum(i=1..n) sum(j=1..m) a[i,j]", "s = sum(j=1..m, i=1..n) a[i,j]"),
    ("c[i] = sum(m=1..n) a[m-i] b[m]   for i = 1..p", "c[i] = sum(k=1-i..n-i) a[k] b[k+i]   for i = 1..p"),
    ("h[1] = 0\nh[t] = h[t-1] + x[t]   for t = 2..T", "h[t] = { 0 if t = 1; h[t-1] + x[t] if 2 <= t <= T }"),
]  # fmt: skip

DIFFERENT = [
    (SUM, "y[i] = sum(j=1..p) w[i,j] x[j]   for i = 1..m", "sizes"),
    (SUM, "z[i] = sum(j=1..n) w[i,j] x[j]   for i = 1..m", "definitions"),
    (SUM, "y[i] = sum(j=1..n) w[i,j] v[j]   for i = 1..m", "inputs"),
    (SUM, "y[i] = sum(j=1..n) w[j,i] x[j]   for i = 1..n\nm = n", "sizes"),
    (SUM, "y[i] = sum(j=1..n) w[i,j] x[j]^2   for i = 1..m", "y is defined otherwise"),
    (SUM, "y[i] = sum(j=2..n) w[i,j] x[j]   for i = 1..m", "w is given elsewhere"),
    (SUM, SUM + "\nx[j] for j = 0..n", "x is given elsewhere"),
    ("y[i] = x[i]   for i = 1..n", "y[i] = x[i]   for i = 2..n\nx[i] for i = 1..n", "y is defined otherwise"),
    ("y = f(x)", "y = g(x)", "functions"),
    ("y = a[k]\nk in 1..n", "y = a[k]\nk in 1..n\na[i] for i = 1..n\nz = y", "definitions"),
    ("y[i] = [k[i] = 1]   for i = 1..n\nk[i] in 1..3 for i = 1..n",
     "y[i] = [k[i] = 1]   for i = 1..n\nk[i] in 1..4 for i = 1..n", "k: values"),
]  # fmt: skip


@pytest.mark.parametrize(("one", "other"), SAME)
def test_the_same(one, other):
    assert difference(dr.read(one), dr.read(other)) is None
    assert difference(dr.read(other), dr.read(one)) is None


@pytest.mark.parametrize(("one", "other", "found"), DIFFERENT)
def test_different(one, other, found):
    assert (difference(dr.read(one), dr.read(other)) or "").startswith(found)
    assert difference(dr.read(other), dr.read(one)) is not None
