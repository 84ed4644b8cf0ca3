"""Scripts in LaTeX: what stands above a name in brackets is a label or an index."""

from __future__ import annotations

import pytest
from readings import printed_lines, refusal

READ = [
    (r"y = w^{[1]} x + b^{[2]}", ["y = w1 x + b2"]),
    (
        r"y^{[l]} = w^{[l]} y^{[l-1]}, \quad l = 1, \ldots, L, \quad y^{[0]} = x",
        ["y[l] = w[l] y[l-1]   for l = 1..L", "y[0] = x"],
    ),
    (
        r"d = W^{[2]T} z, \quad z \in \mathbb{R}^n",
        ["d[k] = sum(j=1..n) W2[j,k] z[j]   for k = 1..m"],
    ),
    (r"y = (a + b)^{[2]}", ["y = (a + b)^2"]),
    (r"y = x^{(1 - a)(b + 1)}", ["y = x^((1 - a) (b + 1))"]),
]

REFUSED = [
    (r"z^{[2](i)} = w a^{[1](i)}", "E006", "z^{[2](i)}"),
    (r"y = x^{(i)(j)}", "E006", "x^{(i)(j)}"),
    (r"y = e^{[x + 1]}", "E006", "e^{[x + 1]}"),
]


@pytest.mark.parametrize(("text", "expected"), READ)
def test_read(text: str, expected: list[str]) -> None:
    assert printed_lines(f"$${text}$$") == expected


@pytest.mark.parametrize(("text", "code", "at"), REFUSED)
def test_refused(text: str, code: str, at: str) -> None:
    assert refusal(f"$${text}$$") == (code, at)
