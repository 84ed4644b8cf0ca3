"""Places of largest and smallest elements in subscripts and conditions."""

from __future__ import annotations

import pytest
from readings import printed_lines, refusal

import deltarule as dr

READ = [
    (
        r"r_{nk} = \begin{cases} 1 & k = \arg\min_j d_{nj} \\ 0 & \text{otherwise} \end{cases}",
        [
            "j_star[n] = argmin(j) d[n,j]",
            "r[n,k] = { 1 if k = j_star[n]; 0 otherwise }",
        ],
    ),
    (
        r"A = \frac{1}{N} \sum_{n=1}^N \mathbb{1}[t_n = \arg\max_k (W x_n)_k], \quad W \in \mathbb{R}^{K \times D}, \quad t_n \in \{1, \dots, K\}",
        [
            "z[n,j] = sum(l=1..D) W[j,l] x[n,l]   for n = 1..N, j = 1..K",
            "k_star[n] = argmax(k) z[n,k]   for n = 1..N",
            "A = 1/N sum(n=1..N) [t[n] = k_star[n]]",
        ],
    ),
    (
        r"y_n = x_{n, \arg\max_k a_{nk}} + w_{\arg\max_k a_{nk}}, \quad a \in \mathbb{R}^{N \times K}",
        [
            "k_star[n] = argmax(k) a[n,k]   for n = 1..N",
            "y[n] = x[n, k_star[n]] + w[k_star[n]]   for n = 1..N",
        ],
    ),
    (
        r"s = \sum_{j=1, j \ne \arg\max_k b_k}^J c_j, \quad b \in \mathbb{R}^J",
        [
            "k_star = argmax(k) b[k]",
            "s = sum(j=1..J) { c[j] if j != k_star; 0 otherwise }",
        ],
    ),
    (
        r"p = x_{\arg\max_k a_k} + k^*, \quad a \in \mathbb{R}^n",
        [
            "k_star2 = argmax(k) a[k]",
            "p = x[k_star2] + k_star",
        ],
    ),
    (r"p = \arg\max_k a_k, \quad a \in \mathbb{R}^n", ["p = argmax(k) a[k]"]),  # has a name
]


@pytest.mark.parametrize(("text", "expected"), READ)
def test_read(text: str, expected: list[str]) -> None:
    assert printed_lines(f"$${text}$$") == expected


def test_what_a_place_selects_is_as_long_as_what_is_compared():
    system = dr.read(r"$$ y = x_{\arg\max_k a_k}, \quad a \in \mathbb{R}^n $$")
    assert "x[k]   for k = 1..n" in str(system)


def test_a_place_over_two_indices_is_refused():
    text = r"$$ y_i = [i = \arg\max_{j, k} a_{jk}] $$"
    assert refusal(text) == ("E008", r"\arg\max_{j, k} a_{jk}")
