"""One letter for two things."""

from __future__ import annotations

import pytest
from readings import error_of, printed_lines

READ = [
    (
        r"L = \frac{1}{n} \sum_{i=1}^n L_i, \quad L_i = (y_i - x_i)^2",
        ["L = 1/n sum(i=1..n) L_i[i]", "L_i[i] = (y[i] - x[i])^2   for i = 1..n"],
    ),
    (  # a length, and an array of that letter
        r"N_k = \sum_{n=1}^N r_{nk}, \quad w_k = \frac{N_k}{N}, \quad k = 1, \dots, K",
        ["N_k[k] = sum(n=1..N) r[n,k]   for k = 1..K", "w[k] = 1/N N_k[k]   for k = 1..K"],
    ),
    (  # the array is given
        r"s = \sum_{k=1}^K \frac{K_k}{K} x_k",
        ["s = sum(k=1..K) 1/K K_k[k] x[k]"],
    ),
    (  # labels, and their code
        r"y_i^{(k)} = \mathbb{1}\{y_i > k\}, \quad L = \sum_{i=1}^n \sum_{k=1}^m y_i^{(k)} x_{ik}, \quad y_i \in \{1, \dots, K\}",
        [
            "y_ki[k,i] = [y[i] > k]   for k = 1..m, i = 1..n",
            "L = sum(i=1..n) sum(k=1..m) y_ki[k,i] x[i,k]",
        ],
    ),
    (  # not declared, but compared with an index
        r"t_{nk} = \mathbb{1}[t_n = k], \quad L = \sum_{n=1}^N \sum_{k=1}^K t_{nk} x_{nk}",
        [
            "t_nk[n,k] = [k = t[n]]   for n = 1..N, k = 1..K",
            "L = sum(n=1..N) sum(k=1..K) t_nk[n,k] x[n,k]",
        ],
    ),
]

REFUSED = [
    r"s_{ti} = \mathbb{1}[s_i > b], \quad t = 1, \dots, T, \quad i = 1, \dots, n",
    r"s_{ti} = a s_i, \quad t = 1, \dots, T, \quad i = 1, \dots, n, \quad s_i \in \mathbb{R}",
    r"y_{ik} = a_k x_i, \quad L = \sum_{i=1}^n \sum_{k=1}^K y_{ik} + y_i, \quad y_i \in \{1, \dots, K\}",
]


@pytest.mark.parametrize(("text", "expected"), READ)
def test_read(text: str, expected: list[str]) -> None:
    assert printed_lines(f"$${text}$$") == expected


@pytest.mark.parametrize("text", REFUSED)
def test_refused(text: str) -> None:
    assert error_of(f"$${text}$$").code == "E106"


def test_in_plain_text_one_name_is_one_thing() -> None:
    text = "t[n,k] = [t[n] = k]   for n = 1..N, k = 1..K"
    assert error_of(text).code == "E106"


def test_a_length_that_is_an_element_is_data() -> None:
    text = r"s_k = \sum_{n=1}^{N_k} x_{kn}, \quad c = \sum_{k=1}^N s_k"
    assert error_of(f"$${text}$$").code in ("E008", "E107")
