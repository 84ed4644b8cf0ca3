"""Subscripts i + 1/2."""

import pytest
from readings import printed_lines, refusal

READ = [
    (r"y_i = x_{i+\frac12} - x_{i-\frac12}", ["y[i] = x[i] - x[i-1]"]),
    (r"y = \sum_{i=1}^{n} f_{i-1/2} h", ["y = sum(i=1..n) f[i-1] h"]),
    (r"y_i = x_{i+3/2,j} - x_{i-3/2,j}, \quad j = 1", ["y[i] = x[i+1, 1] - x[i-2, 1]"]),
    (r"u_{i+1/2} = u_i + u_{i+1}, \quad i = 1, \ldots, n", ["u_half[i] = u[i] + u[i+1]   for i = 1..n"]),
    ("y[i] = x[i+1/2] - x[i-0.5]", ["y[i] = x[i] - x[i-1]"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "lines"), READ)
def test_read(text, lines):
    assert printed_lines(text) == lines


REFUSED = [
    (r"y_i = x_{i/2}", "E111", "i/2"),
    (r"y_i = x_{i/2 + 1/2}", "E111", "i/2"),
    (r"y_i = E_{i+1/2,j} - E_{i,j+1/2}, \quad j = 1", "E111", "1/2"),
]


@pytest.mark.parametrize(("text", "code", "at"), REFUSED)
def test_refused(text, code, at):
    assert refusal(text) == (code, at)
