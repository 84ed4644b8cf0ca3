r"""Bold letters beside sizes: the vector \mathbf{m} where m is a length.

    \mathbf{m} = W x, \quad W \in \mathbb{R}^{m \times n}   -->   the vector mbold, and the size m

A bold letter and a plain one are one symbol, \mathbf{x} with the components x_i, unless the plain one
is no more than a size: it stands in dimensions and limits only, and the bold one never does.

    r_{ij} = \| \mathbf{r}_i - \mathbf{r}_j \|   -->   the vectors rbold, and the numbers r

What counts vectors on the right cannot count the components of one on the left.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from deltarule.notation import statement_tree, tree
from deltarule.notation.syntax import (
    Big,
    Indexed,
    Interval,
    Name,
    RealSpace,
    Statement,
    Syntax,
)


def settle(statements: list[Statement]) -> list[Statement]:
    """The statements with names of their own for such vectors."""
    names = [use for part in statement_tree.all_parts(statements)
             for use in _names(part, False)]  # fmt: skip
    bold = {n.name for n, size in names if n.vector and not size}
    sizes = {n.name for n, size in names if not n.vector and size}
    others = {n.name for n, size in names if n.vector == size}
    found = ((bold & sizes) - others) | {n for s in statements for n in _between(s)}
    if not found:
        return statements

    def node(old: Syntax) -> Syntax:
        if isinstance(old, Name):
            apart = old.vector and old.name in found
            name = f"{old.name}bold"
            return replace(old, name=name, latex=name) if apart else old
        return tree.rebuild(old, node)

    return statement_tree.rebuild_all(statements, node)


def _between(statement: Statement) -> Iterator[str]:
    r"""r of r_{ij} = \| \mathbf{r}_i - \mathbf{r}_j \|."""
    relation = statement_tree.equation(statement)
    if relation is None:
        return
    left, *values = relation.operands
    if not isinstance(left, Indexed) or not isinstance(left.base, Name) or left.base.vector:
        return
    own = [s.name for s in tree.apart(left.subscripts) if isinstance(s, Name)]
    read = {
        n.subscripts[0].name
        for value in values
        for n in tree.descend(value)
        if isinstance(n, Indexed) and isinstance(n.base, Name) and n.base.vector
        if n.base.name == left.base.name and len(n.subscripts) == 1
        if isinstance(n.subscripts[0], Name)
    }
    if len(set(own) & read) > 1:
        yield left.base.name


def _names(node: Syntax, size: bool) -> Iterator[tuple[Name, bool]]:
    """All names, and whether each stands in a dimension or an upper limit."""
    if isinstance(node, Name):
        yield node, size
        return
    if size and isinstance(node, Indexed):
        return  # N_x, where x is a label
    for child in tree.children(node):
        counts = isinstance(node, RealSpace) or (isinstance(node, Big) and child is node.above)
        ends = isinstance(node, Interval) and child is node.high
        yield from _names(child, size or counts or ends)
