"""Random Systems: the gradients by all inputs are derived and proved."""

from __future__ import annotations

import pytest
from random_systems import outcome

EACH = 20


@pytest.mark.parametrize("first", range(0, 300, EACH))
def test_gradients_are_proved(first: int) -> None:
    for seed in range(first, first + EACH):
        assert outcome(seed) in ("proved", "no range"), seed
