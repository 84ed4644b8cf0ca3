"""One form for expressions that differ by a sign at most: (b - a)^2 and (a - b)^2, b - a and -(a - b)."""

from __future__ import annotations

from dataclasses import replace

from deltarule.equations import build, matching, products, walk
from deltarule.equations.nodes import Add, Call, Expr, Mul, Number, Pow, Reduce

ODD = frozenset({"sin", "tan", "sinh", "tanh", "asin", "atan", "asinh", "atanh", "erf", "sign"})
EVEN = frozenset({"abs", "cos", "cosh"})


def apart(expression: Expr) -> tuple[int, Expr]:
    """1 or -1, and the form that it multiplies, with the bound indices named by position."""
    return _apart(matching.alpha(expression))


def _apart(node: Expr) -> tuple[int, Expr]:
    match node:
        case Add(terms):
            return _sum_apart(terms)
        case Mul(factors):
            parts = [_apart(f) for f in factors]
            product = build.multiply(*(rest for _, rest in parts))
            negative = sum(sign < 0 for sign, _ in parts)
            return (-1 if negative % 2 else 1), products.join(*products.split(product))
        case Number(value) if value < 0:
            return -1, Number(-value)
        case Pow(base, Number(exponent)) if exponent.denominator == 1:
            sign, rest = _apart(base)
            return (sign if exponent.numerator % 2 else 1), replace(node, base=rest)
        case Reduce("sum", _, _, body):
            sign, rest = _apart(body)
            return sign, replace(node, body=rest)
        case Call(function, (argument,), order) if function in ODD | EVEN and not order:
            sign, rest = _apart(argument)
            return (sign if function in ODD else 1), replace(node, args=(rest,))
    return 1, walk.map_children(node, _signed)


def _signed(node: Expr) -> Expr:
    sign, rest = _apart(node)
    return rest if sign == 1 else build.negate(rest)


def _sum_apart(terms: tuple[Expr, ...]) -> tuple[int, Expr]:
    """The terms in one order, the first of them positive."""
    found = sorted((_apart(t) for t in terms), key=lambda pair: repr(pair[1]))
    first = found[0][0]
    return first, build.add(*(t if s == first else build.negate(t) for s, t in found))
