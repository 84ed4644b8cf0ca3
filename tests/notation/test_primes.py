"""Primes that transpose."""

from __future__ import annotations

import pytest
from readings import error_of, printed, printed_lines, under_caret

READ = [
    (
        r"\ell = \sum_{i=1}^n (y_i - \mathbf{x}_i' \boldsymbol\beta)^2",
        [
            "ell = sum(i=1..n) (y[i] - sum(j=1..d) x[i,j] beta[j])^2",
        ],
    ),
    (
        r"b = X'X \beta",
        [
            "z[k] = sum(j=1..d) X[k,j] beta[j]   for k = 1..m",
            "b[j] = sum(k=1..m) X[k,j] z[k]   for j = 1..d",
        ],
    ),
    (
        r"L = (y - X \beta)' (y - X \beta)",
        [
            "z[j] = y[j] - sum(k=1..m) X[j,k] beta[k]   for j = 1..d",
            "L = sum(j=1..d) z[j] z[j]",
        ],
    ),
    (
        r"C = \frac{1}{m} \sum_{i=1}^m \mathbf{x}_i \mathbf{y}_i', \quad \mathbf{x}_i \in \mathbb{R}^p, \mathbf{y}_i \in \mathbb{R}^q",
        [
            "C[j,k] = 1/m sum(i=1..m) x[i,j] y[i,k]   for j = 1..p, k = 1..q",
        ],
    ),
    (
        r"r = \mathbf{w}_x' C \mathbf{w}_y, \quad \mathbf{w}_x \in \mathbb{R}^p, \mathbf{w}_y \in \mathbb{R}^q",
        [
            "z[j] = sum(k=1..q) C[j,k] w_y[k]   for j = 1..p",
            "r = sum(j=1..p) w_x[j] z[j]",
        ],
    ),
    (
        r"\mathbf{r} = \mathbf{w} + \mathbf{w}', \quad \mathbf{r} \in \mathbb{R}^n",
        [
            "r[j] = w[j] + w'[j]   for j = 1..n",
        ],
    ),
    (
        r"k = (\mathbf{x}^\top \mathbf{x}')^2",
        [
            "k = (sum(j=1..d) x[j] x'[j])^2",
        ],
    ),
]


@pytest.mark.parametrize(("text", "expected"), READ)
def test_read(text: str, expected: list[str]) -> None:
    assert printed_lines(f"$${text}$$") == expected


def test_vectors_in_parentheses() -> None:
    text = (
        r"G = \sum_{t=2}^T (\mathbf{y}_t - \bar{\mathbf{y}})(\mathbf{y}_{t-1} - \bar{\mathbf{y}})', "
        r"\quad \mathbf{y}_t, \bar{\mathbf{y}} \in \mathbb{R}^n"
    )
    assert printed(f"$${text}$$") == (
        "G[j,k] = sum(t=2..T) (y[t,j] - y_bar[j]) (y[t-1, k] - y_bar[k])   for j = 1..n, k = 1..n"
    )


@pytest.mark.parametrize("text", ["s = a (b + c)'", r"s = (f(\mathbf{x}))'"])
def test_numbers_and_functions_in_parentheses(text: str) -> None:
    error = error_of(f"$${text}$$")
    assert error.code == "E003"
    assert r"^\top for the transpose" in str(error)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            r"y_i = \sum_j G'_{ij} G_{ij} x_j",
            ["y[i] = sum(j) G'[i,j] G[i,j] x[j]"],
        ),
        (r"L = \sum_{i,j} (W_{ij} - W'_{ij})^2", ["L = sum(i, j) (W[i,j] - W'[i,j])^2"]),
        (
            r"y_i = \sum_j G'_{ij} G_{ij}, \quad G, G' \in \mathbb{R}^{n \times n}",
            ["y[i] = sum(j) G'[i,j] G[i,j]   for i = 1..n"],
        ),
    ],
)
def test_elements_of_a_primed_matrix_are_its_own(text: str, expected: list[str]) -> None:
    assert printed_lines(f"$${text}$$") == expected


@pytest.mark.parametrize("said", [r"G \in \mathbb{R}^{n \times n}", r"G_{ij} = a_i b_j"])
def test_elements_of_a_primed_matrix_beside_a_known_one(said: str) -> None:
    error = error_of(rf"$$y_i = \sum_j G'_{{ij}} x_j, \quad {said}$$")
    assert error.code == "E006"
    assert under_caret(error) == "G'_{ij}"


def test_a_matrix_behind_another_may_be_one_of_its_own() -> None:
    text = (
        r"$$ P = V F', \quad F \in \mathbb{R}^{n \times m}, \quad V \in \mathbb{R}^{m \times m} $$"
    )
    assert error_of(text).code == "E006"


@pytest.mark.parametrize("equation", ["u = y - X b", "u = y"])
def test_what_is_a_sum_with_a_vector_is_one(equation):
    text = rf"$$ {equation}, \quad S = u'u, \quad y \in \mathbb{{R}}^n, b \in \mathbb{{R}}^k $$"
    assert printed_lines(text)[-1] == "S = sum(j=1..n) u[j] u[j]"


@pytest.mark.parametrize("text, caret", [
    (r"$$ u = y - X b, \quad S = u'u $$", "u"),
    (r"$$ L = \sum_{i=1}^n x_i' x_i $$", "x_i"),
])  # fmt: skip
def test_beside_itself_a_prime_needs_a_vector(text, caret):
    error = error_of(text)
    assert (error.code, under_caret(error)) == ("E006", caret)


@pytest.mark.parametrize("text, last", [
    (r"$$ z = x' x + x' $$", "z = x' x + x'"),
    (r"$$ x' = 2 a, \quad z = x' x $$", "z = x' x"),
])  # fmt: skip
def test_another_number_with_a_prime_stays(text, last):
    assert printed_lines(text)[-1] == last
