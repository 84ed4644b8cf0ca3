r"""W \in \mathbb{R}^{m \times n} where only W^{(1)} is read."""

from __future__ import annotations

import pytest
from readings import printed_lines, refusal

SPACE = r"\quad W \in \mathbb{R}^{m \times n}, x \in \mathbb{R}^n"

READ = [
    (rf"y = W x + W_{{out}} x, {SPACE}",
     "y[j] = sum(k=1..n) W[j,k] x[k] + sum(k=1..n) W_out[j,k] x[k]   for j = 1..m"),
    (rf"y = \hat{{W}} x, {SPACE}", "y[l] = sum(k=1..n) W_hat[l,k] x[k]   for l = 1..d"),
    (rf"y = W_a x, {SPACE}, W_a \in \mathbb{{R}}^{{m \times n}}",
     "y[j] = sum(k=1..n) W_a[j,k] x[k]   for j = 1..m"),
    (r"y = W^{(1)} x^{(1)}", "y = W1 x1"),
]  # fmt: skip

REFUSED = [
    (rf"y = W^{{(1)}} x, {SPACE}", r"W^{(1)}"),
    (rf"y = W_{{\text{{out}}}} x, {SPACE}", r"W_{\text{out}}"),
    (r"y = x^{(1)}, \quad x \in \mathbb{R}^n", r"x^{(1)}"),
]


@pytest.mark.parametrize(("text", "expected"), READ)
def test_read(text: str, expected: str) -> None:
    assert expected in printed_lines(f"$${text}$$")


@pytest.mark.parametrize(("text", "at"), REFUSED)
def test_refused(text: str, at: str) -> None:
    assert refusal(f"$${text}$$") == ("E101", at)
