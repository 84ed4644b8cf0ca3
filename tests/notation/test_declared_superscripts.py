"""Labels above symbols that a declaration has in the name."""

from __future__ import annotations

import pytest
from readings import printed

READ = [
    (
        r"y_i = a x_i^s + b z_i^s",
        "x_s[i] for i = 1..n",
        "y[i] = a x_s[i] + b z_s[i]   for i = 1..n",
    ),
    (r"y_i = a x_i^s", "xs[i] for i = 1..n", "y[i] = a xs[i]   for i = 1..n"),
    # a power: the letter is a number, or declares nothing
    (r"y_i = a x_i^s + s", "x_s[i] for i = 1..n", "y[i] = a x[i]^s + s"),
    (r"y_i = a x_i^s", "x[i] for i = 1..n", "y[i] = a x[i]^s   for i = 1..n"),
]


@pytest.mark.parametrize(("text", "declared", "expected"), READ)
def test_read(text: str, declared: str, expected: str) -> None:
    assert printed(f"$${text}$$\n```deltarule\n{declared}\n```\n") == expected
