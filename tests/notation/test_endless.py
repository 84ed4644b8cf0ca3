"""Limits at infinity are limits that end nowhere."""

from __future__ import annotations

import pytest

import deltarule as dr

READ = [
    (r"$$ y_n = \sum_{k=0}^{\infty} h_k x_{n-k} $$", "sum(k >= 0) h[k] x[n-k]"),
    (r"$$ y_n = \sum_{k=-\infty}^{\infty} h_k x_{n-k} $$", "sum(k) h[k] x[n-k]"),
    (r"$$ y = \sum_{0 \leq k < \infty} x_k $$", "sum(k >= 0) x[k]"),
    (r"$$ y = \sum_{-\infty < k < \infty} x_k $$", "sum(k) x[k]"),
    (r"$$ y_t = x_t^2, \quad t = 0, 1, \dots, \infty $$", "y[t] = x[t]^2   for t >= 0"),
    ("y = sum(k=1..infty) x[k]\nx[k] for k = 1..K", "sum(k=1..K) x[k]"),
    (r"$$ y = \sum_{k=1}^{n} x_k $$", "sum(k=1..n) x[k]"),
]


@pytest.mark.parametrize(("text", "shown"), READ)
def test_read(text: str, shown: str) -> None:
    assert shown in str(dr.read(text))
