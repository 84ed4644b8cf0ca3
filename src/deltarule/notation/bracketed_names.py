r"""Names with brackets before their subscripts: the running average E[g^2]_t.

    E[g^2]_t = \rho E[g^2]_{t-1} + (1 - \rho) g_t^2     -->   the array E_g2, of t

Nobody defines a product. So they are one symbol where equations define all that the word before the
brackets ever stands with. What the brackets say is only a part of the name.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from deltarule.equations import functions
from deltarule.notation import statement_tree, tree
from deltarule.notation.operators import canonical_function
from deltarule.notation.print_latex_names import name_to_latex
from deltarule.notation.syntax import (
    Chain,
    Indexed,
    Name,
    Num,
    Power,
    Product,
    Statement,
    Syntax,
)

Pair = tuple[str, str]


def settle(statements: list[Statement]) -> list[Statement]:
    """The statements with one name for such a word and its brackets."""
    lefts = {pair for s in statements for pair in _left(s)}
    if not lefts:
        return statements
    everything = list(statement_tree.all_nodes(statements))
    names = [n.name for n in everything if isinstance(n, Name)]
    pairs = [pair for n in everything if isinstance(n, Product) for pair in _pairs(n)]
    known = [pair for pair in pairs if pair in lefts]
    heads = {h for h, _ in lefts if names.count(h) == sum(head == h for head, _ in known)}
    found = {p for p in lefts if p[0] in heads and "_".join(p) not in names}
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
    for (head, element), op in zip(pairwise(product.factors), product.ops, strict=True):
        if not op and (pair := _pair(head, element)) is not None:
            yield pair


def _pair(head: Syntax, element: Syntax) -> Pair | None:
    """E and g2 of E[g^2]_t."""
    if not isinstance(head, Name) or not isinstance(element, Indexed):
        return None
    text = element.span.source.text
    if functions.is_known(canonical_function(head.name)) or text[element.span.start] != "[":
        return None
    base = tree.ungrouped(element.base)
    match base:
        case Name(name):
            return head.name, name
        case Power(Name(name), Num(exponent)):
            return head.name, name + exponent
    return None


def _joined(product: Product, found: set[Pair]) -> Syntax:
    """The product with one factor for each word and its brackets."""
    factors, ops = [product.factors[0]], list(product.ops[:0])
    for op, factor in zip(product.ops, product.factors[1:], strict=True):
        pair = _pair(factors[-1], factor) if not op else None
        if pair in found and pair is not None and isinstance(factor, Indexed):
            span = replace(factor.span, start=factors[-1].span.start)
            name = "_".join(pair)
            symbol = Name(name, name_to_latex(name, {}), span)
            factors[-1] = replace(factor, base=symbol, span=span)
        else:
            factors.append(factor)
            ops.append(op)
    whole = len(factors) == 1
    return factors[0] if whole else replace(product, factors=tuple(factors), ops=tuple(ops))
