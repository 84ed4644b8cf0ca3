"""Bold letters beside sizes."""

from __future__ import annotations

import deltarule as dr


def test_a_bold_vector_beside_a_size() -> None:
    text = r"$$\mathbf{m} = \mathbf{W} \mathbf{x}, \quad \mathbf{W} \in \mathbb{R}^{m \times n}$$"
    system = dr.read(text)
    assert str(system).startswith("mbold[j] = sum(k=1..n) W[j,k] x[k]   for j = 1..m")
    assert str(dr.read(system.to_latex())) == str(system)


def test_a_bold_letter_and_its_components_are_one_symbol() -> None:
    text = r"$$s = \mathbf{x}^\top \mathbf{y}, \quad x_i = a_i^2, \quad \mathbf{x}, \mathbf{y} \in \mathbb{R}^n$$"
    assert str(dr.read(text)).startswith("s = sum(j=1..n) x[j] y[j]\nx[i] = a[i]^2")


def test_vectors_that_are_counted_by_both_subscripts_of_a_number() -> None:
    text = r"$$r_{ij} = \|\mathbf{r}_i - \mathbf{r}_j\|, \quad \mathbf{r}_i \in \mathbb{R}^3, \quad i = 1, \dots, N$$"
    shown = str(dr.read(text)).splitlines()[0]
    assert shown.startswith("r[i,j] = sqrt(sum(k=1..3) (rbold[i,k] - rbold[j,k])^2)   for i = 1..N")
