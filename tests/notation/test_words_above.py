"""Words above symbols: labels, although one of their letters is an index elsewhere."""

from __future__ import annotations

import pytest
from readings import printed_lines, refusal

READ = [
    (
        r"E^{kin} = \sum_{i=1}^n \sum_{k=1}^3 m_i v_{ik}^2, \quad E = E^{kin} + E^{pot}",
        ["E_kin = sum(i=1..n) sum(k=1..3) m[i] v[i,k]^2", "E = E_kin + E_pot"],
    ),
    (
        r"L^{sup}_{out} = \sum_{i=1}^N \sum_{p=1}^N z_{ip}",
        ["L_sup_out = sum(i=1..N) sum(p=1..N) z[i,p]"],
    ),
    (  # nothing is called s
        r"y_p = L^{sup}_p + \sum_{u=1}^U z_{p,u}",
        ["y[p] = L_sup[p] + sum(u=1..U) z[p,u]"],
    ),
    (r"x^{in} = \sum_{n=1}^N w_n", ["x_in = sum(n=1..N) w[n]"]),
    (r"E^{tot} = E^{kin} + E^{pot}", ["E_tot = E_kin + E_pot"]),
    # rows of indices
    (r"A^{ij} = b_i c_j", ["A[i,j] = b[i] c[j]"]),
    (r"T^{ijk} = a_i b_j c_k", ["T[i,j,k] = a[i] b[j] c[k]"]),
    (r"S^{in} = \sum_{k=1}^n a_{ik}", ["S[i,n] = sum(k=1..n) a[i,k]"]),
    (
        r"A^{ij} = c, \quad b_i = \sum_{j=1}^n A^{ij} v_j",
        ["A[i,j] = c   for j = 1..n", "b[i] = sum(j=1..n) A[i,j] v[j]"],
    ),
    # a power
    (r"y = a^{kn} + \sum_{i=1}^k v_i + k + n", ["y = a^(k n) + sum(i=1..k) v[i] + k + n"]),
]
REFUSED = [
    (r"C^{ijk} = \sum_{k=1}^n a_{ijk}", "E112", r"\sum_{k=1}^n"),  # i and j stand on the right
    (r"C^{ij} = \sum_{j=1}^n a_{ij}", "E112", r"\sum_{j=1}^n"),
    (r"y = x^{ij} + \sum_{j=1}^n v_j", "E101", "j"),
]


@pytest.mark.parametrize(("text", "expected"), READ)
def test_read(text: str, expected: list[str]) -> None:
    assert printed_lines(f"$${text}$$") == expected


@pytest.mark.parametrize(("text", "code", "at"), REFUSED)
def test_refused(text: str, code: str, at: str) -> None:
    assert refusal(f"$${text}$$") == (code, at)
