"""What the letter of a symbol says."""

from __future__ import annotations

import pytest

from deltarule.notation.vector_symbols import usual_rank

RANKS = [
    ("x", 1),
    ("W", 2),
    ("W1", 2),
    ("W_out", 2),
    ("W'", 2),
    ("Sigma", 2),
    ("sigma", 1),
    ("Loss", 1),
]


@pytest.mark.parametrize(("name", "rank"), RANKS)
def test_usual_rank(name: str, rank: int) -> None:
    assert usual_rank(name) == rank
