"""The component of an expression of vectors and matrices."""

from __future__ import annotations

import pytest

import deltarule as dr

SPACES = r"$$ A \in \mathbb{R}^{n \times n}, v, w \in \mathbb{R}^n, \beta \in \mathbb{R} $$"

READ = [
    (r"y = \mathbf{1} - v", "y[j] = 1 - v[j]   for j = 1..n"),
    (r"Y = \tanh(A)^\top", "Y[j,k] = tanh(A[k,j])   for j = 1..n, k = 1..n"),
    (r"y_i = (A v)_i, \quad i = 1, \ldots, n", "y[i] = z[i]   for i = 1..n"),
    (r"y = A (v + w)", "y[j] = sum(k=1..n) A[j,k] (v[k] + w[k])   for j = 1..n"),
    (
        r"y = \sum_{t=1}^T (1 - \beta)^T x_t, \quad x_t \in \mathbb{R}",
        "y = sum(t=1..T) (1 - beta)^T x[t]",
    ),
]


@pytest.mark.parametrize(("text", "expected"), READ)
def test_read(text: str, expected: str) -> None:
    assert expected in str(dr.read(f"$${text}$$ {SPACES}")).splitlines()


REFUSED = [
    (r"y = |A| v", "E006", "|A|"),
    (r"y = A^\beta", "E008", r"A^\beta"),
    (r"y = v * w", "E006", "v * w"),
    (r"L = \beta + [v; w], L \in \mathbb{R}", "E108", r"\beta + [v; w]"),
    (r"y = \sum_{t=1}^T u^T x_t, \quad x_t \in \mathbb{R}", "E006", "u^T"),
]


@pytest.mark.parametrize(("text", "code", "where"), REFUSED)
def test_refused(text: str, code: str, where: str) -> None:
    with pytest.raises(dr.DeltaruleError) as caught:
        dr.read(f"$${text}$$ {SPACES}")
    at = caught.value.at
    assert at is not None
    assert (caught.value.code, at.source.text[at.start : at.end]) == (code, where)
