"""Sets that indices run over, and what they are."""

from __future__ import annotations

import pytest
from readings import printed_lines

READ = [
    (
        r"q_s = \max_{a \in A} r_{s,a}, \quad s \in S = \{1, \dots, n\}, \quad A = \{1, \dots, m\}",
        ["q[s] = max(a=1..m) r[s,a]   for s = 1..n"],
    ),
    (
        r"\mathcal{S} = \{1, \dots, n\}, \quad \mathcal{A} = \{1, \dots, m\}, \quad q(s) = \sum_{a \in \mathcal{A}} r(s,a)",
        ["q[s] = sum(a=1..m) r[s,a]"],
    ),
    (  # a range, where no set has this letter
        r"y_k = 2 x_k, \quad k = \{1, \dots, n\}",
        ["y[k] = 2 x[k]   for k = 1..n"],
    ),
]


@pytest.mark.parametrize(("text", "expected"), READ)
def test_read(text: str, expected: list[str]) -> None:
    assert printed_lines(f"$${text}$$") == expected
