"""What looks like a product or an element, and is none."""

from __future__ import annotations

import pytest
from readings import printed_lines, refusal


@pytest.mark.parametrize(
    ("text", "code", "caret"),
    [
        (r"y = \Phi^{-1}(p)", "E006", r"\Phi^{-1}(p)"),
        (r"y = f^{-1}(x), \quad f(x) = e^x", "E008", "f^{-1}(x)"),
        (r"y = f(a) + f^{-1}(x + c)", "E008", "f^{-1}(x + c)"),
        (r"y = a A^{-T} b", "E008", "A^{-T}"),
        (r"y = \operatorname{Var}[x]", "E008", r"\operatorname{Var}[x]"),
    ],
)
def test_refused(text: str, code: str, caret: str) -> None:
    assert refusal(f"$${text}$$") == (code, caret)


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        (r"y = \lambda^{-1} (a + b)", ["y = (a + b)/lambda"]),
        (r"y = \lambda^{-1} x", ["y = x/lambda"]),
        (r"y = \gamma^{-T} x, \quad T \in \mathbb{R}", ["y = gamma^(-T) x"]),
        (r"y_t = d x_t", ["y[t] = d x[t]"]),
        (r"d_t = \mu t + d_{t-1}", ["d[t] = mu t + d[t-1]"]),
    ],
)
def test_products(text: str, lines: list[str]) -> None:
    assert printed_lines(f"$${text}$$") == lines
