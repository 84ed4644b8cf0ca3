"""Letters of a declaration that are arrays elsewhere."""

from __future__ import annotations

import pytest
from readings import printed_lines

READ = [
    (
        "$$c_t = i_t \\odot x_t, \\quad i_t = \\sigma(W x_t), \\quad W \\in \\mathbb{R}^{d \\times d}$$\n\n"
        "```deltarule\nx[t,i] for t = 1..T, i = 1..d\n```",
        [
            "c[t,j] = i[t,j] x[t,j]   for t = 1..T, j = 1..d",
            "z[t,j] = sum(k=1..d) W[j,k] x[t,k]   for t = 1..T, j = 1..d",
            "i[t,j] = sigma(z[t,j])   for t = 1..T, j = 1..d",
        ],
    ),
    (  # nobody else has its letters
        "y[i] = x[i]^2\nx[k] for k = 1..n",
        ["y[i] = x[i]^2   for i = 1..n"],
    ),
]


@pytest.mark.parametrize(("text", "expected"), READ)
def test_read(text: str, expected: list[str]) -> None:
    assert printed_lines(text) == expected
