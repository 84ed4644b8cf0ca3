"""Single elements that are read say nothing of the range of a sum without limits, nor of cases."""

from __future__ import annotations

import pytest

import deltarule as dr

OPEN = [
    ("L = sum(k) g[k] + g[3]", "g"),
    ("L = sum(k) g[k] + g[1] + g[2]", "g"),
    ("p[k] = g[k]/sum(j) g[j]\ny = p[3]", "g"),
    ("z[k] = a[k] b[k]\nL = sum(k) z[k] + z[3]", "a"),
]

KNOWN = [
    (
        "h[t] = a h[t-1] + x[t]\nh[0] = 0\nL = sum(t) h[t] + h[T]\nx[t] for t = 1..T",
        "h[t] = a h[t-1] + x[t]   for t = 1..T",
    ),
    ("y = sum(k=1..3) g[k]\nL = sum(k) g[k] + g[2]", "g[k]   for k = 1..3"),
    ("L = sum(k) g[k] h[k] + g[1]\nh[k] for k = 1..n", "g[k]   for k = 1..n"),
    (  # T = 1 leaves the sum without terms, and a its range
        "c[t,i] = x[t,i]\na[i] = sum(t=1..T-1) c[t,i]\nx[t,i] for t = 1..T, i = 1..n",
        "a[i] = sum(t=1..T-1) c[t,i]   for i = 1..n",
    ),
]


@pytest.mark.parametrize(("text", "array"), OPEN)
def test_open(text: str, array: str) -> None:
    assert f"# {array}[k]   in a range that is not known" in str(dr.read(text))


@pytest.mark.parametrize(("text", "line"), KNOWN)
def test_known(text: str, line: str) -> None:
    assert line in str(dr.read(text)).splitlines()
