"""Products of numbers, vectors and matrices."""

from __future__ import annotations

import pytest

import deltarule as dr

SPACES = (
    r"$$ A \in \mathbb{R}^{m \times n}, B \in \mathbb{R}^{n \times p}, u \in \mathbb{R}^m, "
    r"v, w \in \mathbb{R}^n, x \in \mathbb{R}^p, \beta \in \mathbb{R} $$"
)

READ = [
    (r"y = A v", ["y[j] = sum(k=1..n) A[j,k] v[k]   for j = 1..m"]),
    (
        r"y = A B x",
        [
            "z[k] = sum(l=1..p) B[k,l] x[l]   for k = 1..n",
            "y[j] = sum(k=1..n) A[j,k] z[k]   for j = 1..m",
        ],
    ),
    (
        r"y = u^\top A B",
        [
            "z[k] = sum(j=1..m) u[j] A[j,k]   for k = 1..n",
            "y[l] = sum(k=1..n) z[k] B[k,l]   for l = 1..p",
        ],
    ),
    (r"y = v^\top w", ["y = sum(k=1..n) v[k] w[k]"]),
    (r"y = \beta v \cdot w", ["y = beta sum(k=1..n) v[k] w[k]"]),
    (r"Y = u v^\top", ["Y[j,k] = u[j] v[k]   for j = 1..m, k = 1..n"]),
    (r"y = v \odot w", ["y[k] = v[k] w[k]   for k = 1..n"]),
    (
        r"y = \operatorname{diag}(u) A v",
        [
            "z[j] = sum(k=1..n) A[j,k] v[k]   for j = 1..m",
            "y[j] = u[j] z[j]   for j = 1..m",
        ],
    ),
    (
        r"y = 1 + w^\top v w",
        ["y[k] = 1 + w[k] sum(q=1..n) w[q] v[q]   for k = 1..n"],
    ),
    (r"Y = A \operatorname{diag}(v)", ["Y[j,k] = A[j,k] v[k]   for j = 1..m, k = 1..n"]),
]


@pytest.mark.parametrize(("text", "expected"), READ)
def test_read(text: str, expected: list[str]) -> None:
    shown = str(dr.read(f"$${text}$$ {SPACES}"))
    assert shown.partition("\n\n# given")[0].splitlines() == expected


REFUSED = [
    (r"L = \mathbf{x} \mathbf{y}, L \in \mathbb{R}", "E108", r"\mathbf{x} \mathbf{y}"),
    (r"L = v \times w", "E006", r"v \times w"),
    (r"y = t A", "E006", "t"),
    (r"y = \prod_{l=1}^2 A v", "E008", r"\prod_{l=1}^2 A v"),
]


@pytest.mark.parametrize(("text", "code", "where"), REFUSED)
def test_refused(text: str, code: str, where: str) -> None:
    with pytest.raises(dr.DeltaruleError) as caught:
        dr.read(f"$${text}$$ {SPACES}")
    at = caught.value.at
    assert at is not None
    assert (caught.value.code, at.source.text[at.start : at.end]) == (code, where)
