r"""\otimes between vectors."""

from __future__ import annotations

import pytest
from readings import printed_lines, refusal

import deltarule as dr

READ = [
    (
        r"c_t = f_t \otimes c_{t-1} + i_t \otimes g_t, \quad c_0 = 0, \quad f_t, i_t, g_t \in \mathbb{R}^d",
        ["c[t,j] = f[t,j] c[t-1, j] + i[t,j] g[t,j]   for j = 1..d, t >= 1", "c[0,j] = 0   for j = 1..d"],
    ),
    (
        r"y = a \otimes b \otimes c, \quad y, a, b, c \in \mathbb{R}^d",
        ["y[j] = a[j] b[j] c[j]   for j = 1..d"],
    ),
    (
        r"y = W x \otimes V x, \quad y \in \mathbb{R}^m, x \in \mathbb{R}^d",
        [
            "z[j] = sum(k=1..d) W[j,k] x[k]   for j = 1..m",
            "u[j] = sum(k=1..d) V[j,k] x[k]   for j = 1..m",
            "y[j] = z[j] u[j]   for j = 1..m",
        ],
    ),
    (
        r"S = v \otimes k, \quad S \in \mathbb{R}^{d \times d}, \quad v, k \in \mathbb{R}^d",
        ["S[j,l] = v[j] k[l]   for j = 1..d, l = 1..d"],
    ),
    (
        r"S = \sum_{i=1}^n u_i \otimes v_i, \quad S \in \mathbb{R}^{d \times m}, \quad u_i \in \mathbb{R}^d, v_i \in \mathbb{R}^m",
        ["S[j,k] = sum(i=1..n) u[i,j] v[i,k]   for j = 1..d, k = 1..m"],
    ),
    (r"y = a ⊗ b, \quad a, b \in \mathbb{R}", ["y = a b"]),
]  # fmt: skip

REFUSED = [
    r"y = a \otimes b, \quad a, b \in \mathbb{R}^d",
    r"S_t = S_{t-1} + v_t \otimes k_t, \quad S_0 = 0, \quad v_t, k_t \in \mathbb{R}^d",
    r"L = \|a \otimes b\|, \quad a, b \in \mathbb{R}^d",
    r"Y = A \otimes B, \quad Y, A, B \in \mathbb{R}^{n \times n}",
    r"S = u \otimes v \otimes w, \quad S \in \mathbb{R}^{d \times d \times d}, \quad u, v, w \in \mathbb{R}^d",
]


@pytest.mark.parametrize(("text", "expected"), READ)
def test_read(text: str, expected: list[str]) -> None:
    assert printed_lines(f"$${text}$$") == expected


@pytest.mark.parametrize("text", REFUSED)
def test_what_nothing_decides_is_refused(text: str) -> None:
    assert refusal(f"$${text}$$") == ("E006", r"\otimes")


@pytest.mark.parametrize(
    ("setting", "expected"),
    [("elementwise", "y[j] = a[j] b[j]   for j = 1..d"), ("outer", "y[j,k] = a[j] b[k]   for j = 1..d, k = 1..d")],
)  # fmt: skip
def test_the_author_may_settle_it(setting: str, expected: str) -> None:
    text = r"$$ y = a \otimes b, \quad a, b \in \mathbb{R}^d $$"
    assert printed_lines(f"---\notimes: {setting}\n---\n{text}")[0] == expected


def test_another_setting_is_an_error() -> None:
    with pytest.raises(dr.DeltaruleError, match="otimes"):
        dr.read("---\notimes: kronecker\n---\n$$ y = a b $$")
