"""The T of h^T: the last element, or a transposition."""

import pytest
from readings import printed_lines

SPACES = r", \quad A \in \mathbb{R}^{n \times n}, \quad b, v \in \mathbb{R}^n"
RECURRENCE = r"h^t = A h^{t-1}, \quad h^0 = b, \quad t = 1, \ldots, "

READ = [
    (RECURRENCE + r"T, \quad y = v^\top h^T" + SPACES, "y = sum(j=1..n) v[j] h[T,j]"),
    (RECURRENCE + r"T, \quad y = v^T h^T" + SPACES, "y = sum(j=1..n) v[j] h[T,j]"),
    (r"x^t = a x^{t-1}, \quad x^0 = 1, \quad t = 1, \ldots, T, \quad y = x^T", "y = x[T]"),
    # nothing has an index above, or nothing ends with T
    (r"J = x^T x + \sum_{t=1}^T u_t^2, \quad x \in \mathbb{R}^n", "J = sum(j=1..n) x[j] x[j] + sum(t=1..T) u[t]^2"),
    (RECURRENCE + r"N, \quad y = v^T h^N" + SPACES, "y = sum(j=1..n) v[j] h[N,j]"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "line"), READ)
def test_read(text, line):
    assert line in printed_lines(text)
