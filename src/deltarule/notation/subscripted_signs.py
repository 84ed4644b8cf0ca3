r"""Signs with a subscript before a symbol: the temporal difference \delta_t V.

    \delta_t V = r_t + V(x_{t+1}) - V(x_t)     -->   the array delta_V, of t

Nobody defines a product. So both are one symbol where an equation defines them so, and the sign never
stands without the symbol.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from deltarule.equations import functions
from deltarule.notation import statement_tree, tree
from deltarule.notation.operators import canonical_function
from deltarule.notation.syntax import Chain, Indexed, Name, Product, Statement, Syntax

Pair = tuple[str, str]


def settle(statements: list[Statement]) -> list[Statement]:
    """The statements with one name for such a sign and its symbol."""
    lefts = {pair for s in statements for pair in _left(s)}
    if not lefts:
        return statements
    everything = list(statement_tree.all_nodes(statements))
    names = [n.name for n in everything if isinstance(n, Name)]
    pairs = [pair for n in everything if isinstance(n, Product) for pair in _pairs(n)]
    found = {p for p in lefts if names.count(p[0]) == pairs.count(p)}
    if not found:
        return statements

    def node(old: Syntax) -> Syntax:
        new = tree.rebuild(old, node)
        return _joined(new, found) if isinstance(new, Product) else new

    return statement_tree.rebuild_all(statements, node)


def _left(statement: Statement) -> Iterator[Pair]:
    relation = statement.relation
    if isinstance(relation, Chain) and relation.ops[0] == "=":
        left = relation.operands[0]
        if isinstance(left, Product) and len(left.factors) == 2:
            yield from _pairs(left)


def _pairs(product: Product) -> Iterator[Pair]:
    for (sign, symbol), op in zip(pairwise(product.factors), product.ops, strict=True):
        if not op and (pair := _pair(sign, symbol)) is not None:
            yield pair


def _pair(sign: Syntax, symbol: Syntax) -> Pair | None:
    if isinstance(sign, Indexed) and isinstance(sign.base, Name) and isinstance(symbol, Name):
        plain = sign.style == "subscript"
        if plain and not functions.is_known(canonical_function(sign.base.name)):
            return sign.base.name, symbol.name
    return None


def _joined(product: Product, found: set[Pair]) -> Syntax:
    """The product with one factor for each sign and its symbol."""
    factors, ops = [product.factors[0]], list(product.ops[:0])
    for op, factor in zip(product.ops, product.factors[1:], strict=True):
        sign = factors[-1]
        if not op and isinstance(factor, Name) and _pair(sign, factor) in found:
            factors[-1] = _symbol(sign, factor)
        else:
            factors.append(factor)
            ops.append(op)
    whole = len(factors) == 1
    return factors[0] if whole else replace(product, factors=tuple(factors), ops=tuple(ops))


def _symbol(sign: Syntax, of: Name) -> Indexed:
    """delta_V with the subscripts of \\delta_t V."""
    assert isinstance(sign, Indexed) and isinstance(sign.base, Name), "it is a sign with subscripts"
    span = replace(sign.span, end=of.span.end)
    latex = f"{{{sign.base.latex} {of.latex}}}"
    return replace(sign, base=Name(f"{sign.base.name}_{of.name}", latex, span), span=span)
