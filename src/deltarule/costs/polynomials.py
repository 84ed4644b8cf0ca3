"""Polynomials as a person writes them: factored, in the author's names, and their order of growth."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import sympy

from deltarule.notation.print_latex_names import name_to_latex


def shown(expression: sympy.Expr, sizes: Sequence[str]) -> str:
    """n M (M - 1)/2"""
    return _shown(expression, sizes, {s: s for s in sizes}, latex=False)


def shown_in_latex(
    expression: sympy.Expr, sizes: Sequence[str], spelling: Mapping[str, str]
) -> str:
    r"""\frac{n M (M - 1)}{2}"""
    names = {s: name_to_latex(s, spelling) for s in sizes}
    return _shown(expression, sizes, names, latex=True)


def order_of_growth(expression: sympy.Expr, sizes: Sequence[str]) -> sympy.Expr:
    """The terms that no other term dominates, without their coefficients, factored."""
    if not expression.free_symbols:
        return sympy.Integer(1)
    _, factors = sympy.factor_list(_leading(expression, sizes, signed=False))
    simple = (_leading(_positive(f, sizes), sizes, signed=True) ** e for f, e in factors)
    return sympy.Mul(*simple)


def _leading(expression: sympy.Expr, sizes: Sequence[str], signed: bool) -> sympy.Expr:
    """The terms that no other dominates; `signed`: only what is added, without coefficients."""
    symbols = [sympy.Symbol(s) for s in sizes if sympy.Symbol(s) in expression.free_symbols]
    terms = sympy.Poly(expression, *symbols).terms()
    kept = [
        (m, c)
        for m, c in terms
        if not any(_dominates(other, m) for other, _ in terms if other != m)
        and (c > 0 or not signed)
    ]
    return sympy.Add(
        *(
            (1 if signed else c) * sympy.Mul(*(s**p for s, p in zip(symbols, m, strict=True)))
            for m, c in kept
        )
    )


def _dominates(one: tuple[int, ...], other: tuple[int, ...]) -> bool:
    return all(a >= b for a, b in zip(one, other, strict=True))


def _shown(
    expression: sympy.Expr, sizes: Sequence[str], names: Mapping[str, str], latex: bool
) -> str:
    coefficient, factors = sympy.factor_list(expression)
    factors = [(_positive(f, sizes), e) for f, e in factors]
    rebuilt = coefficient * sympy.Mul(*(f**e for f, e in factors))
    if sympy.expand(rebuilt - expression) != 0:
        coefficient = -coefficient
    order = {s: position for position, s in enumerate(sizes)}
    factors.sort(key=lambda fe: (len(fe[0].free_symbols) > 1 or not fe[0].is_Symbol, _place(fe[0], order)))
    parts = [_power(f, e, sizes, names, latex) for f, e in factors]
    top, bottom = sympy.fraction(coefficient)
    sign = "-" if top < 0 else ""
    if abs(top) != 1 or not parts:
        parts.insert(0, str(abs(top)))
    product = " ".join(parts)
    if bottom == 1:
        return sign + product
    return sign + (rf"\frac{{{product}}}{{{bottom}}}" if latex else f"{product}/{bottom}")


def _positive(factor: sympy.Expr, sizes: Sequence[str]) -> sympy.Expr:
    """N - 1 rather than 1 - N: the first term in the order of the sizes is added."""
    symbols = [sympy.Symbol(s) for s in sizes if sympy.Symbol(s) in factor.free_symbols]
    lead = sympy.Poly(factor, *symbols).coeffs()[0]
    return -factor if lead < 0 else factor


def _place(factor: sympy.Expr, order: Mapping[str, int]) -> tuple[int, str]:
    return min((order.get(str(s), 99) for s in factor.free_symbols), default=99), str(factor)


def _power(
    factor: sympy.Expr, exponent: int, sizes: Sequence[str], names: Mapping[str, str], latex: bool
) -> str:
    base = names[str(factor)] if factor.is_Symbol else f"({_sum(factor, sizes, names)})"
    if exponent == 1:
        return base
    return f"{base}^{{{exponent}}}" if latex else f"{base}^{exponent}"


def _sum(factor: sympy.Expr, sizes: Sequence[str], names: Mapping[str, str]) -> str:
    """A polynomial that does not factor, highest terms first."""
    symbols = [sympy.Symbol(s) for s in sizes if sympy.Symbol(s) in factor.free_symbols]
    text = ""
    terms = sorted(sympy.Poly(factor, *symbols).terms(), key=lambda t: -sum(t[0]))
    for powers, coefficient in terms:
        parts = [
            names[str(s)] + (f"^{p}" if p > 1 else "")
            for s, p in zip(symbols, powers, strict=True)
            if p
        ]
        if abs(coefficient) != 1 or not parts:
            parts.insert(0, str(abs(coefficient)))
        sign = " - " if coefficient < 0 else " + "
        text += (sign if text else ("-" if coefficient < 0 else "")) + " ".join(parts)
    return text
