"""Arguments that a function has wherever it stands."""

from __future__ import annotations

from readings import printed_lines

SOFTMAX = (
    r"$$ p(a|s, c) = \frac{e^{h(s,a,c)}}{\sum_b e^{h(s,b,c)}}, \quad h(s, a, c) = c^\top x(s, a) $$"
    r"$$ x(s, a) \in \mathbb{R}^d, \quad s = 1, \ldots, S, \quad a = 1, \ldots, A $$"
)


def test_they_are_left_out() -> None:
    assert printed_lines(SOFTMAX) == [
        "p[a,s] = exp(h[s,a])/sum(b) exp(h[s,b])   for a = 1..A, s = 1..S",
        "h[s,a] = sum(j=1..d) c[j] x[s,a,j]   for s = 1..S, a = 1..A",
    ]


def test_they_stay_where_a_call_has_another() -> None:
    text = r"$$ f(x, a) = a x^2, \quad y_i = f(u_i, a) + f(u_i, b), \quad i = 1, \ldots, n $$"
    assert printed_lines(text) == ["y[i] = a u[i]^2 + b u[i]^2   for i = 1..n"]


def test_letters_that_run_stay() -> None:
    text = r"$$ K(i, j) = x_i y_j, \quad L = \sum_{i=1}^n \sum_{j=1}^n K(i, j) $$"
    assert printed_lines(text)[0] == "K[i,j] = x[i] y[j]   for i = 1..n, j = 1..n"
