r"""Declarations of transposes: B, C^\top \in \mathbb{R}^N makes a column of B and a row of C.

y = C x, \quad C^\top \in \mathbb{R}^n                 -->   y = C^\top x, \quad C \in \mathbb{R}^n
y = W x, \quad W^\top \in \mathbb{R}^{n \times m}      -->   W \in \mathbb{R}^{m \times n}
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from deltarule.notation import tree
from deltarule.notation.syntax import Chain, Indexed, Name, RealSpace, Statement, Syntax, Transposed


def settle(statements: list[Statement]) -> list[Statement]:
    """The statements with the symbols declared in place of their transposes."""
    rows: dict[str, int] = {}  # and how many subscripts they are declared with
    result = []
    for statement in statements:
        relation = statement.relation
        if isinstance(relation, Chain) and isinstance(space := relation.operands[-1], RealSpace):
            turned = [o.base for o in relation.operands[:-1] if isinstance(o, Transposed)]
            if turned and len(turned) == len(relation.operands) - 1:
                if len(space.dimensions) == 1:
                    rows |= {n: c for o in turned for n, c in _symbol(o)}
                flipped = replace(space, dimensions=tuple(reversed(space.dimensions)))
                relation = replace(relation, operands=(*turned, flipped))
                statement = replace(statement, relation=relation)
        result.append(statement)
    if not rows:
        return result

    def node(old: Syntax) -> Syntax:
        if isinstance(old, Transposed) and _is_row(old.base, rows):
            return old.base
        if _is_row(old, rows):
            return Transposed(old, old.span)
        if isinstance(old, Indexed) and isinstance(old.base, Name):
            return replace(old, subscripts=tuple(node(s) for s in old.subscripts))
        return tree.rebuild(old, node)

    return [
        s if _is_declaration(s) else replace(s, relation=_with_values(s.relation, node))
        for s in result
    ]


def _symbol(node: Syntax) -> Iterator[tuple[str, int]]:
    """C and 0 of C; C and 1 of C_k."""
    if isinstance(node, Name):
        yield node.name, 0
    elif isinstance(node, Indexed) and isinstance(node.base, Name):
        yield node.base.name, len(tree.apart(node.subscripts))


def _is_row(node: Syntax, rows: dict[str, int]) -> bool:
    """C or C_k, as it is declared; not its element C_{k,i}."""
    return any(rows.get(name) == count for name, count in _symbol(node))


def _is_declaration(statement: Statement) -> bool:
    relation = statement.relation
    return isinstance(relation, Chain) and isinstance(relation.operands[-1], RealSpace)


def _with_values(relation: Syntax, node: Callable[[Syntax], Syntax]) -> Syntax:
    """The right side of an equation changed: C = … gives the same components to a row and to a column."""
    if not isinstance(relation, Chain) or relation.ops[0] != "=":
        return relation
    left, *values = relation.operands
    changed = [node(v) for v in values]
    return replace(relation, operands=(left, *changed))
