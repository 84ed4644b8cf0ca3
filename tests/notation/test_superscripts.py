"""Signs above symbols."""

from __future__ import annotations

import pytest

import deltarule as dr

READ = [
    (
        r"x_k^- = a x_{k-1}, x_k = x_k^- + u_k, x_0 = 0, k = 1, \dots, N",
        [
            "x_minus[k] = a x[k-1]   for k = 1..N",
            "x[k] = x_minus[k] + u[k]   for k = 1..N",
            "x[0] = 0",
        ],
    ),
    (
        r"y^+ = \max(0, y), y = 2 x - 1, z = y^+ + y",
        [
            "y_plus = { 0 if 0 >= y; y otherwise }",
            "y = 2 x - 1",
            "z = y_plus + y",
        ],
    ),
]


@pytest.mark.parametrize(("text", "expected"), READ)
def test_a_sign_above_what_an_equation_defines_is_part_of_the_name(
    text: str, expected: list[str]
) -> None:
    shown = str(dr.read(f"$${text}$$"))
    assert shown.partition("\n\n# given")[0].splitlines() == expected


def test_where_nothing_defines_it_it_can_be_read_in_two_ways() -> None:
    with pytest.raises(dr.DeltaruleError) as caught:
        dr.read(r"$$y = a x^+ - b x$$")
    assert caught.value.code == "E006"
