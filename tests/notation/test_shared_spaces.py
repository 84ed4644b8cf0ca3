"""Ranges behind a list of declarations."""

from __future__ import annotations

import deltarule as dr

LAYERS = r"h^{(l+1)} = W^{(l)} h^{(l)} + V^{(l)} x, \quad h^{(0)} = x, \quad x \in \mathbb{R}^d"


def given(text: str) -> list[str]:
    return str(dr.read(f"$${text}$$")).partition("# given\n")[2].splitlines()


def test_all_of_the_list_have_the_range() -> None:
    ranged = r"W^{(l)}, V^{(l)} \in \mathbb{R}^{d \times d}, \quad l = 0, \dots, L - 1"
    assert given(rf"{LAYERS}, \quad {ranged}") == [
        "W[l,j,k]   for l = 0..L-1, j = 1..d, k = 1..d",
        "V[l,j,k]   for l = 0..L-1, j = 1..d, k = 1..d",
        "x[j]       for j = 1..d",
    ]


def test_one_without_the_index_stays() -> None:
    ranged = r"W, V^{(l)} \in \mathbb{R}^{d \times d}, \quad l = 0, \dots, L - 1"
    text = LAYERS.replace("W^{(l)}", "W")
    assert given(rf"{text}, \quad {ranged}") == [
        "W[j,k]     for j = 1..d, k = 1..d",
        "V[l,j,k]   for l = 0..L-1, j = 1..d, k = 1..d",
        "x[j]       for j = 1..d",
    ]
