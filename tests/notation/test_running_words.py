"""Words that run are indices, and not labels."""

import pytest
from readings import printed_lines

RUNNING = [
    (r"L = \sum_{\mathrm{pos}=1}^n x_\mathrm{pos}^2", ["L = sum(pos=1..n) x[pos]^2"]),
    (r"L = \sum_{\text{pos}} x_{\text{pos}}^2", ["L = sum(pos) x[pos]^2"]),
    (r"y_\mathit{pos} = x_\mathit{pos}^2, \quad \mathit{pos} = 1, \ldots, n", ["y[pos] = x[pos]^2   for pos = 1..n"]),
    (r"y_\text{pos} = x_\text{pos}^2, \quad 1 \le \text{pos} \le n", ["y[pos] = x[pos]^2   for pos = 1..n"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "lines"), RUNNING)
def test_a_word_that_runs_is_an_index(text, lines):
    assert printed_lines(text) == lines
