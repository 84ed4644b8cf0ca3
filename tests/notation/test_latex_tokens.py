"""Names of several letters in LaTeX."""

from __future__ import annotations

import pytest
from readings import printed_lines

READ = [
    (r"rate = a \cdot {step\_num}^{-0.5}", ["rate = a/sqrt(step_num)"]),
]


@pytest.mark.parametrize(("text", "expected"), READ)
def test_read(text: str, expected: list[str]) -> None:
    assert printed_lines(f"$${text}$$") == expected
