r"""Equations between rows: y^\top = x^\top A says y = (x^\top A)^\top.

\pi_{k+1}^\top = \pi_k^\top H   -->   \pi_{k+1} = (\pi_k^\top H)^\top

The T of h^T = c may be the end of a range, which the superscripts say: that one is `settle`d after them.
"""

from __future__ import annotations

from dataclasses import replace

from deltarule.notation import statement_tree
from deltarule.notation.syntax import (
    Group,
    Indexed,
    Name,
    Power,
    Raised,
    Statement,
    Syntax,
    Transposed,
)

SYMBOLS = (Name, Indexed, Raised, Power)


def settle_marked(statements: list[Statement]) -> list[Statement]:
    """The statements with this done where no letter T transposes, but \\top, or T behind parentheses."""
    return [_settled(s) if _is_marked(statement_tree.left_side(s)) else s for s in statements]


def _is_marked(left: Syntax | None) -> bool:
    return isinstance(left, Transposed) and (not left.letter or isinstance(left.base, Raised))


def settle(statements: list[Statement]) -> list[Statement]:
    """The statements with a symbol or an element on every left side that was one transposed."""
    return [_settled(statement) for statement in statements]


def _settled(statement: Statement) -> Statement:
    relation = statement_tree.equation(statement)
    if relation is None or set(relation.ops) != {"="}:
        return statement
    left, *values = relation.operands
    if not isinstance(left, Transposed) or not isinstance(left.base, SYMBOLS):
        return statement
    turned = tuple(_turned(value) for value in values)
    return replace(statement, relation=replace(relation, operands=(left.base, *turned)))


def _turned(value: Syntax) -> Syntax:
    if isinstance(value, Transposed):
        return value.base
    return Transposed(Group(value, value.span), value.span)
