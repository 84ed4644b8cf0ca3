"""The letter pi: the number, or an array of the author's."""

from __future__ import annotations

import pytest
from readings import error_of, printed_lines

READ = [
    (r"y = \sum_{k=1}^n \pi(k) x_k", ["y = sum(k=1..n) pi[k] x[k]"]),
    (
        r"q(s) = \sum_{a=1}^m \pi(a|s) r(s,a), \quad s = 1, \dots, n",
        ["q[s] = sum(a=1..m) pi[a,s] r[s,a]   for s = 1..n"],
    ),
    (
        r"\pi(i) = \pi(i-1) + x_i, \quad \pi(0) = 0, \quad i = 1, \dots, n",
        ["pi[i] = pi[i-1] + x[i]   for i = 1..n", "pi[0] = 0"],
    ),
    (r"x_k = \cos(2\pi(k-1)/N) \quad (k = 1, \dots, N)",
     ["x[k] = cos(2/N pi (k - 1))   for k = 1..N"]),
    (r"y = \pi (1 - x)", ["y = pi (1 - x)"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), READ)
def test_read(text: str, expected: list[str]) -> None:
    assert printed_lines(f"$${text}$$") == expected


@pytest.mark.parametrize(
    "text",
    [
        r"y = \sum_{k=1}^n \pi(k) x_k + \pi",  # both
        r"y = \sum_{k=1}^n x_k \cos(2 \pi(k))",  # a number stands before it
        r"y = \pi(x)",
    ],
)
def test_what_may_be_the_number_is_no_array(text: str) -> None:
    assert error_of(f"$${text}$$").code == "E106"
