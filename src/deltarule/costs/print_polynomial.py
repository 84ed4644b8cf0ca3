"""Polynomials as a person writes them: factored, in the author's names, and their order of growth."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from deltarule.notation.print_latex_names import name_to_latex

if TYPE_CHECKING:
    import sympy


@dataclass(frozen=True, slots=True)
class Naming:
    """How sizes are written: their order in products and in sums, and their LaTeX where wanted."""

    factors: tuple[str, ...]
    terms: tuple[str, ...]
    spelling: Mapping[str, str] | None = None

    def name(self, size: str) -> str:
        return size if self.spelling is None else name_to_latex(size, self.spelling)


def to_text(expression: sympy.Expr, naming: Naming) -> str:
    """n M (M - 1)/2"""
    return _product(expression, replace(naming, spelling=None))


def to_latex(expression: sympy.Expr, naming: Naming) -> str:
    r"""\\frac{n M (M - 1)}{2}"""
    return _product(expression, replace(naming, spelling=naming.spelling or {}))


def leading_order(expression: sympy.Expr, naming: Naming) -> str:
    """n (M - 1) (3 M - 2)/2  -->  O(n M^2)"""
    return f"O({to_text(order_of_growth(expression, naming.terms), naming)})"


def order_of_growth(expression: sympy.Expr, sizes: Sequence[str]) -> sympy.Expr:
    """The terms that no other term dominates, without their coefficients, factored."""
    import sympy

    if not expression.free_symbols:
        return sympy.Integer(1 if expression else 0)
    _, factors = sympy.factor_list(_leading(expression, sizes, signed=False))
    simple = [_leading(_positive(f, sizes), sizes, signed=True) ** e for f, e in factors]
    return sympy.Mul(*simple)


def _leading(expression: sympy.Expr, sizes: Sequence[str], signed: bool) -> sympy.Expr:
    """The terms that no other dominates; `signed`: only what is added, without coefficients."""
    import sympy

    symbols = _symbols(expression, sizes)
    terms = sympy.Poly(expression, *symbols).terms()
    kept = [
        (m, c)
        for m, c in terms
        if not any(_dominates(other, m) for other, _ in terms if other != m)
        and (c > 0 or not signed)
    ]
    monomials = (
        (1 if signed else c) * sympy.Mul(*(s**p for s, p in zip(symbols, m, strict=True)))
        for m, c in kept
    )
    return sympy.Add(*monomials)


def _dominates(one: tuple[int, ...], other: tuple[int, ...]) -> bool:
    return all(a >= b for a, b in zip(one, other, strict=True))


def _symbols(expression: sympy.Expr, sizes: Sequence[str]) -> list[sympy.Symbol]:
    found = {str(symbol): symbol for symbol in expression.free_symbols}
    known = [found[s] for s in sizes if s in found]
    return known + [found[s] for s in sorted(set(found) - set(sizes))]


# ------------------------------------------------------------------------------ products and sums


def _product(expression: sympy.Expr, naming: Naming) -> str:
    """The factored expression: a number, sizes in their order, sums; halves and the like below."""
    import sympy

    coefficient, factors = _factored(expression, naming)
    top, bottom = sympy.fraction(coefficient)
    sign = "-" if top < 0 else ""
    alone = len(factors) == 1 and factors[0][1] == 1 and abs(top) == 1 and bottom == 1
    if alone and not sign:
        return _atom(factors[0][0], naming, bare=True)
    parts = [_power(f, e, naming) for f, e in factors]
    if abs(top) != 1 or not parts:
        parts.insert(0, str(abs(top)))
    written = " ".join(parts)
    if bottom == 1:
        return sign + written
    if naming.spelling is None:
        return f"{sign}{written}/{bottom}"
    return rf"{sign}\frac{{{written}}}{{{bottom}}}"


def _factored(
    expression: sympy.Expr, naming: Naming
) -> tuple[sympy.Expr, list[tuple[sympy.Expr, int]]]:
    import sympy

    coefficient, factors = sympy.factor_list(expression)
    turned = [(_positive(f, naming.terms), e) for f, e in factors]
    for (before, exponent), (after, _) in zip(factors, turned, strict=True):
        if before != after and exponent % 2:
            coefficient = -coefficient
    return coefficient, sorted(turned, key=lambda item: _place(item[0], naming))


def _positive(factor: sympy.Expr, sizes: Sequence[str]) -> sympy.Expr:
    """N - 1 rather than 1 - N: the highest term is added."""
    import sympy

    terms = sympy.Poly(factor, *_symbols(factor, sizes)).terms()
    degree = max(sum(m) for m, _ in terms)
    lead = next(c for m, c in terms if sum(m) == degree)
    return sympy.expand(-factor) if lead < 0 else factor


def _place(factor: sympy.Expr, naming: Naming) -> tuple[bool, int, int, int, str]:
    """Sizes first, in their order; then sums, short ones first."""
    order = {size: position for position, size in enumerate(naming.factors)}
    first = min((order.get(str(s), len(order)) for s in factor.free_symbols), default=0)
    if factor.is_Symbol:
        return False, first, 0, 0, str(factor)
    text = _sum(factor, naming)
    return True, len(text.split(" + ")) + len(text.split(" - ")), first, len(text), text


def _power(factor: sympy.Expr, exponent: int, naming: Naming) -> str:
    base = _atom(factor, naming, bare=False)
    if exponent == 1:
        return base
    return f"{base}^{exponent}" if naming.spelling is None else f"{base}^{{{exponent}}}"


def _atom(factor: sympy.Expr, naming: Naming, bare: bool) -> str:
    if factor.is_Symbol:
        return naming.name(str(factor))
    written = _sum(factor, naming)
    return written if bare else f"({written})"


def _sum(factor: sympy.Expr, naming: Naming) -> str:
    """A polynomial that does not factor: highest terms first, or a product and a number."""
    import sympy

    poly = sympy.Poly(factor, *_symbols(factor, naming.terms))
    number = poly.eval(dict.fromkeys(poly.gens, 0))
    rest = sympy.expand(factor - number)
    _, factors = sympy.factor_list(rest)
    if number > 0 and len(factors) > 1 and any(not f.is_Symbol for f, _ in factors):
        return f"{_product(rest, naming)} + {number}"
    text = ""
    for powers, coefficient in sorted(poly.terms(), key=lambda term: -sum(term[0])):
        term = _monomial(poly.gens, powers, abs(coefficient), naming)
        sign = "-" if coefficient < 0 else "+"
        text += f" {sign} {term}" if text else term if sign == "+" else f"-{term}"
    return text


def _monomial(
    symbols: Sequence[sympy.Symbol],
    powers: Sequence[int],
    coefficient: sympy.Expr,
    naming: Naming,
) -> str:
    order = {size: position for position, size in enumerate(naming.factors)}
    present = [(s, p) for s, p in zip(symbols, powers, strict=True) if p]
    present.sort(key=lambda item: order.get(str(item[0]), len(order)))
    parts = [_power(s, p, naming) for s, p in present]
    if coefficient != 1 or not parts:
        parts.insert(0, str(coefficient))
    return " ".join(parts)
