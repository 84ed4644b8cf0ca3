r"""A point among data of the same letter: f(x) is defined with x beside the data x_i.

    f(x) = \sum_i \alpha_i K(x_i, x)          -->   the point x, and the data x_i
    f(x) = \frac{1}{n} \sum_i (x - x_i)^2     -->   likewise
    f(x) = \sum_i w_i x_i                     -->   stays: x_i is a component of x

Where the argument of a function stands beside such an element, in one call or in a difference, both
are of one kind, so that the element is no component of the argument. The data is named by its
subscript and spelled as before.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from deltarule.notation import statement_tree, tree
from deltarule.notation.syntax import Apply, Indexed, Name, Statement, Sum, Syntax


def settle(statements: list[Statement]) -> list[Statement]:
    """The statements with names of their own for such data."""
    found: dict[str, str] = {}
    for statement in statements:
        arguments = _arguments(statement)
        for element in _beside(statement.relation, arguments):
            assert isinstance(element.base, Name), "only these are found"
            found.setdefault(element.base.name, _index(element) or "")
    if not found:
        return statements

    def node(old: Syntax) -> Syntax:
        new = tree.rebuild(old, node)
        if isinstance(new, Indexed) and isinstance(new.base, Name) and _index(new):
            if (letter := found.get(new.base.name)) is not None:
                name = f"{new.base.name}_{letter}"
                return replace(new, base=replace(new.base, name=name))
        return new

    return statement_tree.rebuild_all(statements, node)


def _arguments(statement: Statement) -> frozenset[str]:
    """The x of f(x) = …"""
    left = statement_tree.left_side(statement)
    arguments = left.arguments if isinstance(left, Apply) else ()
    return frozenset(a.name for a in arguments if isinstance(a, Name))


def _beside(node: Syntax, arguments: frozenset[str]) -> Iterator[Indexed]:
    """The x_i of K(x_i, x) and of x - x_i."""
    for found in tree.descend(node):
        parts: tuple[Syntax, ...] = ()
        if isinstance(found, Apply):
            parts = found.arguments
        elif isinstance(found, Sum) and len(found.terms) == 2:
            parts = tuple(term for _, term in found.terms)
        bare = {p.name for p in map(tree.ungrouped, parts) if isinstance(p, Name)} & arguments
        for part in map(tree.ungrouped, parts):
            if isinstance(part, Indexed) and isinstance(part.base, Name) and _index(part):
                if part.base.name in bare:
                    yield part


def _index(node: Indexed) -> str | None:
    """i of x_i; None for x_1, x_{i,j} and x[i]."""
    only = node.subscripts[0] if len(node.subscripts) == 1 and node.style == "subscript" else None
    return only.name if isinstance(only, Name) else None
