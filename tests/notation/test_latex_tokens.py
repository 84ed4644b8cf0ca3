"""Names of several letters in LaTeX."""

from __future__ import annotations

import pytest

import deltarule as dr

READ = [
    (r"rate = a \cdot {step\_num}^{-0.5}", ["rate = a/sqrt(step_num)"]),
]


@pytest.mark.parametrize(("text", "expected"), READ)
def test_read(text: str, expected: list[str]) -> None:
    shown = str(dr.read(f"$${text}$$"))
    assert shown.partition("\n\n# given")[0].splitlines() == expected
