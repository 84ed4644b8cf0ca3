"""Expressions as plain text, with no more parentheses than the grammar needs."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise

from deltarule.equations.domains import Domain
from deltarule.equations.nodes import (
    Access,
    Add,
    ArgReduce,
    Bracket,
    Call,
    Condition,
    Expr,
    IndexValue,
    Mul,
    Number,
    Pow,
    Reduce,
    Relation,
    Select,
    Size,
)
from deltarule.equations.system import System, positive_sizes
from deltarule.notation.print_domains import (
    Chain,
    Clause,
    Range,
    describe,
    flat,
    join_bounds,
    mentioned,
    written,
)
from deltarule.notation.print_order import Product, arrange, decimal, signed
from deltarule.notation.print_place import Place, inside, product_at
from deltarule.notation.print_text_forms import (
    chain_to_text,
    clause_to_text,
    element,
    not_sizes,
)

HALF = Number(Fraction(1, 2))


def expression(system: System, expression: Expr) -> str:
    """An expression by itself, on one line."""
    return expression_at(expression, Place(system, positive_sizes(system)))


def condition_to_text(system: System, condition: Condition, context: Domain | None = None) -> str:
    """`k = y[i]`, `abs(r) <= delta`; with commas where all must hold: `1 <= k < j, y[k] != 2`."""
    place = Place(system, positive_sizes(system) if context is None else context)
    chains: list[Chain] = []
    others: list[str] = []
    for part in flat(condition):
        if isinstance(part, Relation):
            chains.append(written(part, not_sizes(part, system.sizes)))
        else:
            left, right = expression_at(part.left, place), expression_at(part.right, place)
            others.append(f"{left} {part.op} {right}")
    return ", ".join([*(chain_to_text(c) for c in join_bounds(chains)), *others])


def expression_at(node: Expr, place: Place) -> str:
    """An expression where a sum needs no parentheses."""
    negative, positive = signed(node)
    if negative:
        return "-" + _term(positive, place)
    if isinstance(node, Add):
        return _add(node, place)
    return _term(node, place)


def _add(node: Add, place: Place) -> str:
    first, *others = node.terms
    text = _parenthesised(first, place) if isinstance(first, Add) else expression_at(first, place)
    for term in others:
        negative, positive = signed(term)
        text += (" - " if negative else " + ") + _term(positive, place)
    return text


def _term(node: Expr, place: Place) -> str:
    """What can stand between + and -: a product, without a sign of its own."""
    match node:
        case Add():
            return _parenthesised(node, place)
        case Mul():
            return _product(product_at(place, node), place)
        case Number(value) if value.denominator != 1:
            return decimal(value) or str(value)
        case Pow() if arrange(node).bottom:
            return _product(product_at(place, node), place)
        case Reduce() | ArgReduce():
            return _big(node, place)
    return _factor(node, place)


def _product(product: Product, place: Place) -> str:
    """A fraction, other factors, big operators: 2/N_i f[i] sum(k=1..n) …"""
    parts: list[tuple[str, Expr | None]] = []
    factors = [*product.rest, *product.last]
    if product.bottom:
        above = _juxtapose(_factors(product.top, place)) or "1"
        below = _denominator(product.bottom, place, at_end=not factors)
        parts.append((f"{above}/{below}", product.bottom[-1] if _is_numeric(product) else None))
    return _juxtapose([*parts, *_factors(factors, place)])


def _factors(factors: Sequence[Expr], place: Place) -> list[tuple[str, Expr | None]]:
    count = len(factors)
    return [(_factor(f, place, at_end=n == count), f) for n, f in enumerate(factors, 1)]


def _is_numeric(product: Product) -> bool:
    """Whether the fraction is a number, that brackets can follow."""
    return all(isinstance(factor, Number) for factor in product.bottom)


def _juxtapose(parts: Sequence[tuple[str, Expr | None]]) -> str:
    """Factors side by side; a star where that would read as a call or a number: a * (b + c).

    A fraction that is no number comes without an expression.
    """
    text = parts[0][0] if parts else ""
    for (_, before), (part, _) in pairwise(parts):
        starred = part[0].isdigit() or (part[0] in "([" and _takes_brackets(before, part[0]))
        text += (" * " if starred else " ") + part
    return text


def _takes_brackets(node: Expr | None, bracket: str) -> bool:
    """Whether brackets that follow could be taken for arguments or subscripts of what is before.

    2/N (a + b), x^N (a + b): here they would even join the denominator or the exponent.
    """
    match node:
        case None:
            return True
        case Access(_, subscripts):
            return bracket == "(" and not subscripts
        case IndexValue():
            return bracket == "("
        case Pow(_, exponent):
            return isinstance(exponent, Size | IndexValue | Access)
    return False


def _denominator(factors: Sequence[Expr], place: Place, at_end: bool) -> str:
    """No parentheses around one factor, or around a big operator over one with nothing after."""
    if len(factors) > 1:
        return f"({_juxtapose(_factors(factors, place))})"
    only = factors[0]
    if at_end and isinstance(only, Reduce) and isinstance(only.body, Access | Call):
        return _big(only, place)
    text = _factor(only, place)
    return f"({text})" if isinstance(only, Access) and "/" in text else text


def _factor(node: Expr, place: Place, at_end: bool = False) -> str:
    """What can stand in a product; a big operator only at the end: its body extends that far."""
    match node:
        case Number(value):
            return decimal(value) or (str(value) if _is_natural(node) else f"({value})")
        case Size(name) | IndexValue(name):
            return name
        case Access():
            return element(place.system, node)
        case Call(function, args, order):
            listed = ", ".join(expression_at(a, place) for a in args)
            return function + "'" * order + f"({listed})"
        case Pow() if not arrange(node).bottom:
            return _power(node, place)
        case Bracket(condition):
            return f"[{condition_to_text(place.system, condition, place.context)}]"
        case Select():
            return _select(node, place)
        case Reduce() | ArgReduce() if at_end:
            return _big(node, place)
    return _parenthesised(node, place)


def _parenthesised(node: Expr, place: Place) -> str:
    return f"({expression_at(node, place)})"


def _is_natural(node: Expr) -> bool:
    return isinstance(node, Number) and node.value.denominator == 1 and node.value >= 0


def _power(node: Pow, place: Place) -> str:
    if node.exponent == HALF:
        return f"sqrt({expression_at(node.base, place)})"
    return f"{_atom(node.base, place)}^{_atom(node.exponent, place)}"


def _atom(node: Expr, place: Place) -> str:
    """A base or an exponent: a name, an element, a call or a natural number stands bare."""
    text = _factor(node, place)
    match node:
        case Access():
            bare = "/" not in text
        case Pow():
            bare = node.exponent == HALF or bool(arrange(node).bottom)
        case Number() | Select():
            bare = _is_natural(node) or text.startswith("(")
        case _:
            bare = True
    return text if bare else f"({text})"


def _big(node: Reduce | ArgReduce, place: Place) -> str:
    """sum(k=1..j-1) body; a sum or a negative body in parentheses."""
    within = inside(place, node)
    negative, _ = signed(node.body)
    if negative or isinstance(node.body, Add):
        body = _parenthesised(node.body, within)
    else:
        body = _term(node.body, within)
    return f"{node.op}({_limits(node, place)}) {body}"


def _limits(node: Reduce | ArgReduce, place: Place) -> str:
    indices = node.indices if isinstance(node, Reduce) else (node.index,)
    if isinstance(node, Reduce) and node.unlimited:
        return ", ".join(indices)
    clauses = describe(node.domain, indices, place.context)
    bare = [index for index in indices if index not in mentioned(clauses)]
    return ", ".join([*(_limit(c) for c in clauses), *bare])


def _limit(clause: Clause) -> str:
    text = clause_to_text(clause)
    return text.replace(" = ", "=") if isinstance(clause, Range) else text


def _select(node: Select, place: Place) -> str:
    """{ a if x > 0; b if x < 0; c otherwise }: cases in the last case join the list."""
    branches: list[str] = []
    last: Expr = node
    while isinstance(last, Select):
        condition = condition_to_text(place.system, last.condition, place.context)
        branches.append(f"{expression_at(last.then, place)} if {condition}")
        last = last.otherwise
    return f"{{ {'; '.join([*branches, expression_at(last, place) + ' otherwise'])} }}"
