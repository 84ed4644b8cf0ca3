"""Words above and below a symbol that an equation defines."""

from __future__ import annotations

import pytest
from readings import printed_lines

READ = [
    (r"L^{sup}_i = \sum_{p=1}^n z_{ip}", "L_sup[i] = sum(p=1..n) z[i,p]"),
    (r"L^{sup} = \sum_{p=1}^n z_p", "L_sup = sum(p=1..n) z[p]"),
    (r"L^{sup}_{out} = \sum_{p=1}^n z_p", "L_sup_out = sum(p=1..n) z[p]"),
    # indices and powers
    (r"x^{ijk} = \sum_l a_{ijkl}", "x[i,j,k] = sum(l) a[i,j,k,l]"),
    (r"y_i = x_i^{abc}", "y[i] = x[i]^(a b c)"),
    (r"y = x^{abc}", "y = x^(a b c)"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), READ)
def test_read(text: str, expected: str) -> None:
    assert printed_lines(f"$${text}$$")[0] == expected
