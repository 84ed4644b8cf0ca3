r"""Powers of what functions are, written between them and their arguments.

    \tau(z) = …,  y = \tau^2(z)     -->   y = (\tau(z))^2

This is for functions that the document defines; u^2 (n - 1), where u is a number, stays a product.
"""

from __future__ import annotations

from dataclasses import replace

from deltarule.notation import tree
from deltarule.notation.syntax import (
    Apply,
    Chain,
    Group,
    Indexed,
    Name,
    Num,
    Power,
    Product,
    Stack,
    Statement,
    Syntax,
)


def settle(statements: list[Statement]) -> list[Statement]:
    """The statements with such powers around the calls."""
    defined = {name for s in statements if (name := _defined(s)) is not None}
    if not defined:
        return statements

    def node(old: Syntax) -> Syntax:
        new = tree.rebuild(old, node)
        return _joined(new, defined) if isinstance(new, Product) else new

    return [
        replace(s, relation=node(s.relation), conditions=tuple(node(c) for c in s.conditions))
        for s in statements
    ]


def _defined(statement: Statement) -> str | None:
    """f of f(x) = … and of f_i(x) = …"""
    relation = statement.relation
    if isinstance(relation, Chain) and relation.ops[0] == "=":
        left = relation.operands[0]
        if isinstance(left, Apply) and not left.primes:
            return _symbol(left.head)
    return None


def _symbol(head: Syntax) -> str | None:
    base = head.base if isinstance(head, Indexed) else head
    return base.name if isinstance(base, Name) else None


def _joined(product: Product, defined: set[str]) -> Syntax:
    factors: list[Syntax] = [product.factors[0]]
    ops = []
    for op, factor in zip(product.ops, product.factors[1:], strict=True):
        last = factors[-1]
        if not op and _is_power(last, defined) and isinstance(factor, Group | Stack):
            assert isinstance(last, Power), "it is one"
            arguments = factor.parts if isinstance(factor, Stack) else (factor.body,)
            span = replace(last.span, end=factor.span.end)
            call = Apply(last.base, 0, arguments, True, span)
            factors[-1] = Power(call, last.exponent, span)
        else:
            factors.append(factor)
            ops.append(op)
    if len(factors) == len(product.factors):
        return product
    return replace(product, factors=tuple(factors), ops=tuple(ops)) if ops else factors[0]


def _is_power(node: Syntax, defined: set[str]) -> bool:
    """f^2, and no inverse."""
    return (
        isinstance(node, Power) and isinstance(node.exponent, Num) and _symbol(node.base) in defined
    )
