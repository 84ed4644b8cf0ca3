"""Elements that two equations define with one value are defined once."""

from __future__ import annotations

import pytest
from readings import error_of

import deltarule as dr

AGREE = [
    ("D[i,0] = i for i = 0..n\nD[0,j] = j for j = 0..m", "D[0,j] = j   for j = 1..m"),
    ("D[i,0] = -i d for i = 0..n\nD[0,j] = -j d for j = 0..m", "D[0,j] = -j d   for j = 1..m"),
    ("H[k,0] = 0 for k = 0..n\nH[0,l] = 0 for l = 0..m", "H[0,l] = 0   for l = 1..m"),
    (
        "h[i] = 2 x[i] for i = 1..n\nh[j] = 2 x[j] for j = n..2 n",
        "h[j] = 2 x[j]   for j = n+1..2*n",
    ),
]
DIFFER = [
    "D[i,0] = i for i = 0..n\nD[0,j] = j + 1 for j = 0..m",
    "D[i,0] = x[i] for i = 0..n\nD[0,j] = y[j] for j = 0..m",
    "h[i] = x[i] for i = 1..n\nh[i] = x[i] for i = 1..n",  # says nothing new
    "E = sum(i=1..n) x[i]\nE = sum(i=1..n) x[i]",
]


@pytest.mark.parametrize(("text", "shown"), AGREE)
def test_agree(text: str, shown: str) -> None:
    assert shown in str(dr.read(text))


@pytest.mark.parametrize("text", DIFFER)
def test_differ(text: str) -> None:
    assert error_of(text).code == "E103"
