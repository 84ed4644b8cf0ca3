r"""x \cdot y between vectors."""

from __future__ import annotations

import pytest
from readings import printed_lines, refusal

READ = [
    (
        r"y = a \cdot b + c \cdot (1 - b), \quad y, a, b, c \in \mathbb{R}^n",
        ["y[j] = a[j] b[j] + c[j] (1 - b[j])   for j = 1..n"],
    ),
    (r"\mathbf{y} = \mathbf{a} \cdot \mathbf{b}", ["y[j] = a[j] b[j]   for j = 1..d"]),
    (
        r"c_t = f_t \cdot c_{t-1} + i_t \cdot g_t, \quad c_0 = 0, \quad f_t, i_t, g_t \in \mathbb{R}^d",
        ["c[t,j] = f[t,j] c[t-1, j] + i[t,j] g[t,j]   for j = 1..d, t >= 1", "c[0,j] = 0   for j = 1..d"],
    ),
    (  # numbers are inner products
        r"y_i = a_i \cdot b, \quad a_i, b \in \mathbb{R}^n, y \in \mathbb{R}^m",
        ["y[i] = sum(j=1..n) a[i,j] b[j]   for i = 1..m"],
    ),
    (r"s = a \cdot b, \quad a, b \in \mathbb{R}^n", ["s = sum(j=1..n) a[j] b[j]"]),
    (
        r"y = (a \cdot b) c + d, \quad y, a, b, c, d \in \mathbb{R}^n",
        ["y[j] = c[j] sum(k=1..n) a[k] b[k] + d[j]   for j = 1..n"],
    ),
    (
        r"y = A \cdot b, \quad y, b \in \mathbb{R}^n",
        ["y[j] = sum(k=1..n) A[j,k] b[k]   for j = 1..n"],
    ),
]  # fmt: skip

REFUSED = [
    (r"y = a \cdot b + c, \quad y, a, b, c \in \mathbb{R}^n", r"a \cdot b"),
    (r"y = a \times b, \quad y, a, b \in \mathbb{R}^n", r"a \times b"),
    # what y is follows from W y alone, where a number may stand as well
    (r"y = a \cdot b, \quad h = W y, \quad a, b \in \mathbb{R}^n, W \in \mathbb{R}^{m \times n}", r"a \cdot b"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), READ)
def test_read(text: str, expected: list[str]) -> None:
    assert printed_lines(f"$${text}$$") == expected


@pytest.mark.parametrize(("text", "at"), REFUSED)
def test_what_nothing_decides_is_refused(text: str, at: str) -> None:
    assert refusal(f"$${text}$$") == ("E006", at)
