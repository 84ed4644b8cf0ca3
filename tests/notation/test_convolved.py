"""Bold letters that are convolved as a whole."""

from __future__ import annotations

import pytest
from readings import printed

READ = [
    (
        r"F(s) = (\mathbf{x} * f)(s) = \sum_{i=0}^{k-1} f(i) \mathbf{x}_{s-i}",
        "F[s] = sum(i=0..k-1) f[i] x[s-i]",
    ),
    # whole elsewhere: a vector
    (
        r"F(s) = (\mathbf{x} * f)(s) = \sum_{i=0}^{k-1} f(i) \mathbf{x}_{s-i}, \quad L = \|\mathbf{x}\|^2",
        None,
    ),
    # each element is marked
    (r"F_s = \sum_{i=0}^{k-1} f_i \mathbf{x}_{s-i}", None),
]


@pytest.mark.parametrize(("text", "expected"), READ)
def test_read(text: str, expected: str | None) -> None:
    shown = printed(f"$${text}$$")
    if expected is None:
        assert "j" in shown
    else:
        assert shown == expected
