"""Single bars around a vector."""

from __future__ import annotations

import pytest
from readings import printed_lines, refusal

READ = [
    (r"$$ L = |y - f|_1, \quad y, f \in \mathbb{R}^n $$", "L = sum(j=1..n) abs(y[j] - f[j])"),
    (r"$$ L = |y - f|_2^2, \quad y, f \in \mathbb{R}^n $$", "L = sum(j=1..n) (y[j] - f[j])^2"),
    (r"$$ L = |a|_\infty, \quad a \in \mathbb{R}^n $$", "L = max(j=1..n) abs(a[j])"),
    ("L = |a|_1\na in R^n", "L = sum(j=1..n) abs(a[j])"),
    (r"$$ y_i = |W x|_i, \quad W \in \mathbb{R}^{m \times n} $$",
     "z[j] = abs(sum(k=1..n) W[j,k] x[k])   for j = 1..m"),
    (r"$$ y = c \odot |x|, \quad x \in \mathbb{R}^n $$", "y[j] = c[j] abs(x[j])   for j = 1..n"),
    (r"$$ y = |x|, \quad x, y \in \mathbb{R}^n $$", "y[j] = abs(x[j])   for j = 1..n"),
    (r"$$ \mathbf{y} = |\mathbf{x}| $$", "y[j] = abs(x[j])   for j = 1..d"),
    (r"$$ f(u) = 1 - |u|, \quad h = f(x), \quad x \in \mathbb{R}^n $$",
     "h[j] = 1 - abs(x[j])   for j = 1..n"),
    (r"$$ d_{ij} = |x_i - x_j|, \quad i, j = 1, \ldots, n $$",
     "d[i,j] = abs(x[i] - x[j])   for i = 1..n, j = 1..n"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), READ)
def test_read(text: str, expected: str) -> None:
    assert printed_lines(text)[0] == expected


REFUSED = [
    (r"L = |y - f|^2, \quad y, f \in \mathbb{R}^n", "|y - f|"),
    (r"L = \sum_{i=1}^n |\mathbf{x}_i - \mathbf{y}_i|", r"|\mathbf{x}_i - \mathbf{y}_i|"),
    (r"d_{ij} = |x_i - x_j|^2, \quad x_i \in \mathbb{R}^3, \quad i, j = 1, \ldots, n", "|x_i - x_j|"),
    (r"k(x, y) = e^{-g |x - y|^2}, \quad K_{ij} = k(x_i, x_j), \quad x_i \in \mathbb{R}^d, \quad i, j = 1, \ldots, n",
     "|x - y|"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "at"), REFUSED)
def test_its_length_or_its_elements(text: str, at: str) -> None:
    assert refusal(f"$${text}$$") == ("E006", at)
