"""Parameters of functions that are called with integers only."""

from __future__ import annotations

from readings import printed_lines, refusal

CALLED = r"$$ y_t = v(S_t, w_t), \quad t = 1, \ldots, T, \quad S_t \in \{1, \ldots, N\}, \quad w_t \in \mathbb{R}^d $$"


def test_they_are_positions() -> None:
    text = r"$$ v(s, w) = w^\top x(s), \quad x(s) \in \mathbb{R}^d $$" + CALLED
    assert printed_lines(text)[0] == "v[t] = sum(j=1..d) w[t,j] x[S[t], j]   for t = 1..T"


def test_a_component_of_a_declared_vector_comes_last() -> None:
    text = r"$$ v(s, w) = \sum_{i=1}^d w_i x_i(s), \quad x(s) \in \mathbb{R}^d $$" + CALLED
    assert printed_lines(text)[0] == "v[t] = sum(i=1..d) w[t,i] x[S[t], i]   for t = 1..T"


def test_they_are_not_where_a_call_has_another_value() -> None:
    text = r"$$ v(s, w) = \sum_{i=1}^d w_i x_i(s), \quad u = v(c, w) $$" + CALLED
    assert refusal(text) == ("E006", "x_i(s)")
