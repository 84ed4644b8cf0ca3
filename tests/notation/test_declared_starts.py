"""First and last elements of recurrences that are declared: they are given, unless an equation defines them."""

from __future__ import annotations

import pytest
from readings import printed_lines, refusal

STEP = r"h_t = a h_{t-1} + x_t"
BOTH = r"c_t = f_t c_{t-1} + h_{t-1}, \quad h_t = o_t \tanh(c_t)"

READ = [
    (
        rf"{STEP}, \quad t = 1, \dots, T, \quad h_0 \in \mathbb{{R}}",
        ["h[t] = a h[t-1] + x[t]   for t = 1..T", "h[0] = h_init"],
    ),
    (
        rf"{STEP}, \quad h_0 \in \mathbb{{R}}, \quad L = \sum_{{t=1}}^T h_t",
        ["h[t] = a h[t-1] + x[t]   for t = 1..T", "h[0] = h_init", "L = sum(t=1..T) h[t]"],
    ),
    (  # backwards
        r"x_{t-1} = a_t x_t + z_t, \quad t = 1, \dots, T, \quad x_T, z_t \in \mathbb{R}^n",
        [
            "x[t-1, j] = a[t] x[t,j] + z[t,j]   for t = 1..T, j = 1..n",
            "x[T,j] = x_T[j]   for j = 1..n",
        ],
    ),
    (  # of every node
        r"h_i^{(l+1)} = a_l h_i^{(l)}, \quad l = 0, \dots, L - 1, \quad i = 1, \dots, n, \quad h_i^{(0)} \in \mathbb{R}",
        ["h[l+1, i] = a[l] h[l,i]   for l = 0..L-1, i = 1..n", "h[0,i] = h_init[i]   for i = 1..n"],
    ),
    (  # read by the other of two
        rf"{BOTH}, \quad h_0, c_0 \in \mathbb{{R}}, \quad L = \sum_{{t=1}}^T h_t",
        [
            "c[t] = f[t] c[t-1] + h[t-1]   for t = 1..T",
            "c[0] = c_init",
            "h[t] = o[t] tanh(c[t])   for t = 1..T",
            "h[0] = h_init",
            "L = sum(t=1..T) h[t]",
        ],
    ),
    (
        r"h_t = a h_{t-1} + b h_{t-2}, \quad h_0, h_1 \in \mathbb{R}, \quad y = h_T",
        [
            "h[t] = a h[t-1] + b h[t-2]   for t = 2..T",
            "h[0] = h_init0",
            "h[1] = h_init1",
            "y = h[T]",
        ],
    ),
    (  # defined
        rf"{STEP}, \quad t = 1, \dots, T, \quad h_0 = 0, \quad h_0, h_1, h_T \in \mathbb{{R}}",
        ["h[t] = a h[t-1] + x[t]   for t = 1..T", "h[0] = 0"],
    ),
    (  # within the range
        r"h_t = a x_t, \quad t = 0, \dots, T, \quad h_0, h_T \in \mathbb{R}",
        ["h[t] = a x[t]   for t = 0..T"],
    ),
]

REFUSED = [
    (r"h_t = a x_t, \quad t = 1, \dots, T, \quad y = h_s^2, \quad h_s \in \mathbb{R}", "E101", "s"),
    (rf"{STEP}, \quad t = 1, \dots, T, \quad h_T \in \mathbb{{R}}", "E102", "h_{t-1}"),
    (  # one of them only
        r"h_t = a h_{t-1} + b h_{t-2}, \quad h_0 \in \mathbb{R}, \quad y = \sum_{t=1}^T h_t",
        "E102",
        "h_{t-1}",
    ),
    (  # the second follows from the first, or both are given
        rf"{STEP}, \quad h_0, h_1 \in \mathbb{{R}}, \quad y = \sum_{{t=1}}^T h_t",
        "E102",
        "h_{t-1}",
    ),
]


@pytest.mark.parametrize(("text", "expected"), READ)
def test_read(text: str, expected: list[str]) -> None:
    assert printed_lines(f"$${text}$$") == expected


@pytest.mark.parametrize(("text", "code", "at"), REFUSED)
def test_refused(text: str, code: str, at: str) -> None:
    assert refusal(f"$${text}$$") == (code, at)
