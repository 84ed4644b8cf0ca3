"""Several forms of one value: which of them is computed."""

from __future__ import annotations

import pytest
from readings import printed_lines, refusal

PARTIAL = r"\begin{cases} x - c & x > 0 \text{ and } c < |x| \\ x + c & x < 0 \text{ and } c < |x| \\ 0 & c \ge |x| \end{cases}"

READ = [
    ("y = f = 2 x + 1", ["f = 2 x + 1", "y = f"]),
    (
        r"y = \operatorname{sign}(x) (|x| - c)_+ = " + PARTIAL,
        ["y = sign(x) relu(abs(x) - c)"],
    ),
    (  # cases that leave nothing out are what is computed
        r"y = \operatorname{sign}(x) (|x| - c)_+ = \begin{cases} x - c & x > c \\ x + c & x < -c \\ 0 & |x| \le c \end{cases}",
        ["y = { x - c if x > c; x + c if x < -c; 0 otherwise }"],
    ),
    (  # of indices: an equation for each case
        r"y_i = a_i + b_i = \begin{cases} a_i & i \le m \\ b_i & i > m \end{cases}, \quad i = 1, \dots, n",
        ["y[i] = { a[i]   if 1 <= i <= n, i <= m", "       ; b[i]   if m < i <= n }"],
    ),
    # an array that is read at places that run is no open function
    (
        r"S(i,j) = (I * K)(i,j) = \sum_{m=1}^M \sum_{n=1}^N I(i+m, j+n) K(m,n)",
        ["S[i,j] = sum(m=1..M) sum(n=1..N) I[i+m, j+n] K[m,n]"],
    ),
    # an open function of several arguments is computed by the form before
    (r"z = w^2 x = f(x, w)", ["z = w^2 x"]),
    # a form with arguments that nothing else speaks of
    (
        r"Z_{ij} = c(K, V)_{ij} = \sum_{m=1}^M V_{i+m,j} K_m",
        ["Z[i,j] = sum(m=1..M) V[i+m, j] K[m]"],
    ),
    (r"h_0 = c_0 = 0, \quad s = h_0 + c_0", ["c_0 = 0", "h_0 = c_0", "s = h_0 + c_0"]),
    (
        r"m_0 = v_0 = 0, \quad m_t = a m_{t-1} + g_t, \quad v_t = b v_{t-1} + m_t, \quad t = 1, \dots, T",
        [
            "m[0] = 0",
            "m[t] = a m[t-1] + g[t]   for t = 1..T",
            "v[0] = 0",
            "v[t] = b v[t-1] + m[t]   for t = 1..T",
        ],
    ),
]

REFUSED = [
    ("y = " + PARTIAL, "E008", PARTIAL),
    ("y = f(x) + c = " + PARTIAL + ", z = 2 f(1)", "E008", PARTIAL),  # what is f?
]


@pytest.mark.parametrize(("text", "expected"), READ)
def test_read(text: str, expected: list[str]) -> None:
    assert printed_lines(f"$${text}$$") == expected


@pytest.mark.parametrize(("text", "code", "at"), REFUSED)
def test_refused(text: str, code: str, at: str) -> None:
    assert refusal(f"$${text}$$") == (code, at)
