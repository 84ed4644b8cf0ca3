r"""Square brackets around vectors: W [h, x] is W times both, one after the other.

    z = W [h, x],  h \in \mathbb{R}^n, x \in \mathbb{R}^m   -->   W times the vector [h; x], not an element of W

A vector counts nothing, so that the brackets hold no subscripts; nor is it a function, K[u, v] = …, that is called so.
"""

from __future__ import annotations

from deltarule.notation import statement_tree, tree
from deltarule.notation.syntax import (
    Chain,
    Group,
    Indexed,
    Name,
    Product,
    RealSpace,
    Stack,
    Statement,
    Syntax,
)


def settle(statements: list[Statement]) -> list[Statement]:
    """The statements with products where brackets hold vectors only."""
    vectors = {name for s in statements for name in _declared(s)}
    functions = {name for s in statements if (name := _defined(s)) is not None}

    def is_vector(node: Syntax) -> bool:
        return isinstance(node, Name) and (node.vector or node.name in vectors)

    def node(old: Syntax) -> Syntax:
        new = tree.rebuild(old, node)
        if not isinstance(new, Indexed) or new.style != "bracket":
            return new
        parts = new.subscripts
        if isinstance(new.base, Name) and new.base.name in functions:
            return new
        if not isinstance(new.base, Name | Indexed) or not all(is_vector(p) for p in parts):
            return new
        inner = Stack(parts, new.span) if len(parts) > 1 else Group(parts[0], new.span)
        return Product((new.base, inner), ("",), new.span)

    return statement_tree.rebuild_all(statements, node)


def _defined(statement: Statement) -> str | None:
    """K of K[u, v] = …"""
    left = statement_tree.first_operand(statement)
    if isinstance(left, Indexed) and left.style == "bracket" and isinstance(left.base, Name):
        return left.base.name
    return None


def _declared(statement: Statement) -> list[str]:
    relation = statement.relation
    if not isinstance(relation, Chain) or not isinstance(space := relation.operands[-1], RealSpace):
        return []
    return (
        [o.name for o in relation.operands[:-1] if isinstance(o, Name)] if space.dimensions else []
    )
