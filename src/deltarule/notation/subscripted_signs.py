r"""Signs with a subscript before a symbol: the temporal difference \delta_t V.

    \delta_t V = r_t + V(x_{t+1}) - V(x_t)     -->   the array delta_V, of t

Nobody defines a product. So both are one symbol where an equation defines them so, and the sign never
stands without the symbol.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from deltarule.equations import functions
from deltarule.notation import neighbours, statement_tree, tree
from deltarule.notation.operators import canonical_function
from deltarule.notation.syntax import Indexed, Name, Product, Statement, Syntax

Pair = tuple[str, str]


def settle(statements: list[Statement]) -> list[Statement]:
    """The statements with one name for such a sign and its symbol."""
    lefts = set(_pairs(neighbours.defined(statements)))
    if not lefts:
        return statements
    nodes = list(statement_tree.all_nodes(statements))
    names = [n.name for n in nodes if isinstance(n, Name)]
    pairs = list(_pairs(neighbours.pairs(nodes)))
    found = {p for p in lefts if names.count(p[0]) == pairs.count(p)}
    if not found:
        return statements

    def node(old: Syntax) -> Syntax:
        new = tree.rebuild(old, node)
        return neighbours.joined(new, one) if isinstance(new, Product) else new

    def one(sign: Syntax, symbol: Syntax) -> Syntax | None:
        return _joined(sign, symbol) if _pair(sign, symbol) in found else None

    return statement_tree.rebuild_all(statements, node)


def _pairs(found: Iterable[neighbours.Pair]) -> Iterator[Pair]:
    return (pair for sign, symbol in found if (pair := _pair(sign, symbol)) is not None)


def _pair(sign: Syntax, symbol: Syntax) -> Pair | None:
    if isinstance(sign, Indexed) and isinstance(sign.base, Name) and isinstance(symbol, Name):
        plain = sign.style == "subscript"
        if plain and not functions.is_known(canonical_function(sign.base.name)):
            return sign.base.name, symbol.name
    return None


def _joined(sign: Syntax, of: Syntax) -> Indexed:
    """delta_V with the subscripts of \\delta_t V."""
    assert isinstance(sign, Indexed) and isinstance(sign.base, Name), "it is a sign with subscripts"
    assert isinstance(of, Name), "it is a symbol"
    span = replace(sign.span, end=of.span.end)
    latex = f"{{{sign.base.latex} {of.latex}}}"
    return replace(sign, base=Name(f"{sign.base.name}_{of.name}", latex, span), span=span)
