r"""Rows of an array that is defined by its elements: u_i beside u_{ij}.

    u_{ij} = a_j b_i,  j = 1, …, n,  p_i = \operatorname{softmax}(u_i)   -->   beside it  u_i \in \mathbb{R}^n

A function of all elements of a vector has a row for its argument where the array has one more subscript on the left side
of the only equation that defines it, and that runs from 1.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from deltarule.notation import declared_rows, statement_tree, tree
from deltarule.notation.operators import ALONG_AN_AXIS
from deltarule.notation.syntax import (
    Apply,
    Chain,
    Indexed,
    Name,
    RealSpace,
    Statement,
    Syntax,
)

OF_ROWS = frozenset((*ALONG_AN_AXIS, *ALONG_AN_AXIS.values()))


def settle(statements: list[Statement]) -> list[Statement]:
    """The statements with a declaration for each such row."""
    defined: dict[str, list[Statement]] = {}
    for statement in statements:
        if (base := tree.symbol(statement_tree.subject(statement))) is not None:
            defined.setdefault(base, []).append(statement)
    result = list(statements)
    for base, rank in sorted({use for s in statements for use in _rows(s.relation)}):
        own = defined.get(base, [])
        if len(own) == 1 and (declared := _declared(own[0], rank)) is not None:
            result.append(declared)
    return result


def _rows(node: Syntax) -> Iterator[tuple[str, int]]:
    """u and 1 for softmax(u_i)."""
    for call in tree.descend(node):
        if isinstance(call, Apply) and len(call.arguments) == 1 and isinstance(call.head, Name):
            (argument,) = call.arguments
            argument = tree.ungrouped(argument)
            if call.head.name in OF_ROWS and isinstance(argument, Indexed):
                if isinstance(argument.base, Name):
                    yield argument.base.name, len(tree.apart(argument.subscripts))


def _declared(statement: Statement, rank: int) -> Statement | None:
    r"""u_i \in \mathbb{R}^n, of u_{ij} = … for j = 1..n."""
    relation = statement.relation
    if not isinstance(relation, Chain) or relation.ops != ("=",):
        return None
    left = relation.operands[0]
    if not isinstance(left, Indexed) or left.style != "subscript":
        return None
    written = tree.apart(left.subscripts)
    length = declared_rows.length(written[-1], statement.conditions)
    if rank == 0 or len(written) != rank + 1 or length is None:
        return None
    row = replace(left, subscripts=written[:-1])
    space = RealSpace((length,), left.span)
    return Statement(Chain((row, space), ("in",), left.span), (), left.span)
