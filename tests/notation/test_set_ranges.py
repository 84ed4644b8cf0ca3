"""What is said of sets: they stand where the equations are, and sets of symbols are no ranges."""

from __future__ import annotations

import pytest
from readings import printed_lines, refusal

RANGED = ["y[i] = 2 x[i]   for i = 1..n"]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        (r"I = \{1, \dots, n\}, \quad i \in I, \quad y_i = 2 x_i", RANGED),
        (r"I = \{1, \dots, n\}, \quad i \in I \\ y_i = 2 x_i", RANGED),
        (r"I = \{1, \dots, n\} \\ y_i = 2 x_i, \quad i \in I", RANGED),
        (r"y_i = 2 x_i, \quad I = \{1, \dots, n\}, \quad i \in I", RANGED),
        (r"I = [n], \quad y_i = 2 x_i, \quad i \in I", RANGED),
        (r"i \in I, \quad y_i = 2 x_i", ["y[i] = 2 x[i]   for i = 1..n_I"]),
        # brackets around a number, where nothing lies in it
        (r"I = [n], \quad y = 2 I", ["I = n", "y = 2 I"]),
    ],
)
def test_a_set_gives_the_range(text: str, lines: list[str]) -> None:
    assert printed_lines(text) == lines


@pytest.mark.parametrize(
    ("text", "caret"),
    [
        (r"y = \sum_{x \in \{x_1, \dots, x_n\}} f(x)", r"\{x_1, \dots, x_n\}"),
        (
            r"\mathcal{D} = \{x_1, \dots, x_n\}, \quad L = \sum_{x \in \mathcal{D}} f(x)",
            r"\{x_1, \dots, x_n\}",
        ),
    ],
)
def test_a_set_of_symbols_is_refused(text: str, caret: str) -> None:
    assert refusal(text) == ("E008", caret)
