"""Letters above symbols: indices, where one of them is, and labels, where they are nothing else."""

from __future__ import annotations

import pytest
from readings import printed_lines

READ = [
    (  # an index above P is one above R too
        r"$$ Q_s = \max_a \sum_t P^a_{st} R^a_{st} $$ $$ P^a_{st} = w_{a,s,t}, \quad a = 1, \dots, A, s = 1, \dots, S, t = 1, \dots, S $$",
        [
            "Q[s] = max(a) sum(t) P[a,s,t] R[a,s,t]   for s = 1..S",
            "P[a,s,t] = w[a,s,t]   for a = 1..A, s = 1..S, t = 1..S",
        ],
    ),
    (r"p^c = a_1 + b", ["pc = a_1 + b"]),  # c stands nowhere else
    (
        r"h^l = \tanh(h^{l-1}), h^0 = x, l = 1, \dots, L",
        ["h[l] = tanh(h[l-1])   for l = 1..L", "h[0] = x"],
    ),
]


@pytest.mark.parametrize(("text", "expected"), READ)
def test_read(text: str, expected: list[str]) -> None:
    assert printed_lines(text if "$" in text else f"$${text}$$") == expected
