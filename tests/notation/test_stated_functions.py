"""What parentheses after a symbol hold."""

from __future__ import annotations

import deltarule as dr

TEXT = (
    r"$$ y = W \delta(V x), \quad W \in \mathbb{R}^{m \times n}, V \in \mathbb{R}^{n \times d} $$"
)


def test_a_letter_before_a_product_is_a_number() -> None:
    assert "functions" not in str(dr.read(TEXT))
    assert "delta sum" in str(dr.read(TEXT)).replace("delta *", "delta")


def test_unless_the_author_says_that_it_is_a_function() -> None:
    shown = str(dr.read(f"---\nfunctions: delta = relu\n---\n{TEXT}"))
    assert "relu(z[k])" in shown
