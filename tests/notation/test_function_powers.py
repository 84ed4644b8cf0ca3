"""Powers of what functions are, written between them and their arguments."""

from __future__ import annotations

import pytest

import deltarule as dr

READ = [
    (r"f(x) = 2 x, \quad y = f^2(u) + f(u)", ["y = (2 u)^2 + 2 u"]),
    (r"\tau(z) = \sum_{i=1}^n z_i, \quad y = 3 \tau^2(u) w, \quad z, u \in \mathbb{R}^n",
     ["tau = sum(i=1..n) u[i]", "y = 3 tau^2 w"]),
    (r"f(a, b) = a - b, \quad y = f^2(u, v)", ["y = (u - v)^2"]),
    # a number
    (r"y = u^2 (v + 1), \quad u = 2 v", ["y = u^2 (v + 1)", "u = 2 v"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), READ)
def test_read(text: str, expected: list[str]) -> None:
    shown = str(dr.read(f"$${text}$$"))
    assert shown.partition("\n\n# given")[0].splitlines() == expected
