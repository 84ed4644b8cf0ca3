"""The layout of products, signs and decimal numbers."""

from __future__ import annotations

from fractions import Fraction

import pytest
from print_examples import at, total

from deltarule.equations import build
from deltarule.equations.nodes import Expr, Mul, Number, Size
from deltarule.notation.print_order import Product, arrange, decimal, signed

A, B, C, N = at("a"), at("b"), at("c"), Size("N")
SUM = total(at("x", "i"), i=(1, "N"))
TWO, HALF = build.number(2), build.number(Fraction(1, 2))


def inverse(base: Expr) -> Expr:
    return build.power(base, -1)


LAYOUTS = [
    (Mul((A, B)), Product(False, (), (), (A, B), ())),
    (Mul((B, A)), Product(False, (), (), (B, A), ())),
    (Mul((A, N, TWO)), Product(False, (), (), (TWO, N, A), ())),
    (Mul((SUM, A)), Product(False, (), (), (A,), (SUM,))),
    (build.multiply(HALF, SUM), Product(False, (), (TWO,), (), (SUM,))),
    (Mul((TWO, inverse(N), A, SUM)), Product(False, (TWO,), (N,), (A,), (SUM,))),
    (Mul((HALF, inverse(N), A)), Product(False, (), (TWO, N), (A,), ())),
    (Mul((HALF, N, A)), Product(False, (), (TWO,), (N, A), ())),
    (Mul((HALF, N, A, inverse(B))), Product(False, (N, A), (TWO, B), (), ())),
    (Mul((A, inverse(B), C)), Product(False, (A, C), (B,), (), ())),
    (build.power(A, -2), Product(False, (), (build.power(A, 2),), (), ())),
    (build.negate(A), Product(True, (), (), (A,), ())),
    (Mul((build.number(-2), A, build.number(-1))), Product(False, (), (), (TWO, A), ())),
    (A, Product(False, (), (), (A,), ())),
]


@pytest.mark.parametrize(("expression", "layout"), LAYOUTS)
def test_layout(expression: Expr, layout: Product) -> None:
    assert arrange(expression) == layout


SIGNS = [
    (A, (False, A)),
    (build.negate(A), (True, A)),
    (build.multiply(build.number(-2), A), (True, build.multiply(TWO, A))),
    (build.number(-3), (True, build.number(3))),
    (build.add(build.negate(A), B), (False, build.add(build.negate(A), B))),
]


@pytest.mark.parametrize(("expression", "expected"), SIGNS)
def test_sign(expression: Expr, expected: tuple[bool, Expr]) -> None:
    assert signed(expression) == expected


DECIMALS = [
    ("1/2", None),
    ("1/3", None),
    ("1/30", None),
    ("3", None),
    ("1/10", "0.1"),
    ("7/100", "0.07"),
    ("-3/20", "-0.15"),
    ("8943/200000", "0.044715"),
    ("1/100000000", "0.00000001"),
    ("123/10", "12.3"),
]


@pytest.mark.parametrize(("number", "digits"), DECIMALS)
def test_decimal(number: str, digits: str | None) -> None:
    value = Fraction(number)
    assert decimal(value) == digits
    assert digits is None or Fraction(digits) == value


def test_decimal_number_is_one_factor() -> None:
    tenth = Number(Fraction(1, 10))
    assert arrange(Mul((tenth, A))) == Product(False, (), (), (tenth, A), ())
