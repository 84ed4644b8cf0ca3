"""Expectations."""

from __future__ import annotations

import pytest
from readings import printed_lines, refusal

REFUSED = [
    (r"L = \mathbb{E}\left[ (x - y)^2 \right]", r"\mathbb{E}"),
    (r"L = \mathbb{E}_{x,y}\left[ (x - y)^2 \right]", r"\mathbb{E}"),
    (r"L = \mathbb{E}_\pi \sum_{t=0}^T \gamma^t r_t", r"\mathbb{E}"),
    (r"L = \mathbb{E} \|x - y\|^2, \quad x, y \in \mathbb{R}^n", r"\mathbb{E}"),
    (r"\mathbb{E}[y] = \mu x", r"\mathbb{E}"),
    (r"L = \mathop{\mathbb{E}}_{t} [x_t]", r"\mathbb{E}"),
    (r"L = \mathrm{E}\{x^2\}", r"\mathrm{E}"),
    (r"L = \operatorname{E}_\pi [r_t]", r"\operatorname{E}"),
    (r"L = E\left[ (x - y)^2 \right]", "E"),
]


@pytest.mark.parametrize(("text", "at"), REFUSED)
def test_refused(text: str, at: str) -> None:
    assert refusal(f"$${text}$$") == ("E008", at)


READ = [
    (r"\mathbb{E}_i = \sum_{j=1}^n x_{ij}", ["E[i] = sum(j=1..n) x[i,j]"]),
    (r"L = \sum_{t=1}^T E[t] x_t", ["L = sum(t=1..T) E[t] x[t]"]),
    (r"L = E (x - y)^2 + E", ["L = E * (x - y)^2 + E"]),
    (
        r"E = \frac{1}{2} x^2, \quad L = E \left[ 1 - x^2 \right]",
        ["E = 1/2 x^2", "L = E * (1 - x^2)"],
    ),
]


@pytest.mark.parametrize(("text", "expected"), READ)
def test_what_is_none(text: str, expected: list[str]) -> None:
    assert printed_lines(f"$${text}$$") == expected
