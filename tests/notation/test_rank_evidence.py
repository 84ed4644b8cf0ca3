"""Which symbols are vectors and matrices, from where they stand."""

from __future__ import annotations

import pytest
from readings import printed_lines, refusal

READ = [
    (
        r"Z = \operatorname{softmax}(X W)",
        [
            "z[j,k] = sum(l=1..p) X[j,l] W[l,k]   for j = 1..d, k = 1..m",
            "Z[j,k] = exp(z[j,k])/sum(q=1..m) exp(z[j,q])   for j = 1..d, k = 1..m",
        ],
    ),
    (
        r"Y = \operatorname{softmax}(\operatorname{ReLU}(X W) V)",
        [
            "u[j,l] = sum(q=1..D) X[j,q] W[q,l]   for j = 1..d, l = 1..p",
            "a[j,l] = relu(u[j,l])   for j = 1..d, l = 1..p",
            "z[j,k] = sum(l=1..p) a[j,l] V[l,k]   for j = 1..d, k = 1..m",
            "Y[j,k] = exp(z[j,k])/sum(r=1..m) exp(z[j,r])   for j = 1..d, k = 1..m",
        ],
    ),
    (  # a small letter on the left: one vector
        r"z = \operatorname{softmax}(W X)",
        [
            "u[j] = sum(k=1..m) W[j,k] X[k]   for j = 1..d",
            "z[j] = exp(u[j])/sum(l=1..d) exp(u[l])   for j = 1..d",
        ],
    ),
    (  # elements with one subscript
        r"P = \operatorname{softmax}(Z), \quad L = -\sum_{k=1}^K Y_k \ln P_k",
        [
            "P[j] = exp(Z[j])/sum(l=1..K) exp(Z[l])   for j = 1..K",
            "L = -sum(k=1..K) Y[k] ln(P[k])",
        ],
    ),
    (  # a declared row is added to as many rows as there are
        r"H = X W + b, \quad b \in \mathbb{R}^{1 \times q}",
        ["H[l,k] = sum(p=1..m) X[l,p] W[p,k] + b[1,k]   for l = 1..d, k = 1..q"],
    ),
    (
        r"H = X W + b, \quad X \in \mathbb{R}^{1 \times d}, b \in \mathbb{R}^{1 \times q}",
        ["H[j,l] = sum(k=1..d) X[1,k] W[k,l] + b[1,l]   for j = 1, l = 1..q"],
    ),
    (  # a number times a matrix
        r"B = f(T) V, \quad V \in \mathbb{R}^{m \times n}",
        ["B[j,k] = f(T) V[j,k]   for j = 1..m, k = 1..n"],
    ),
]


@pytest.mark.parametrize(("text", "expected"), READ)
def test_read(text: str, expected: list[str]) -> None:
    assert printed_lines(f"$${text}$$") == expected


def test_a_vector_beside_a_matrix_of_rows() -> None:
    assert refusal(r"$$Y = \operatorname{softmax}(X W + b)$$") == ("E108", "b")
