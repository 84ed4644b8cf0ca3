r"""Bold letters that are convolved: \mathbf{x} in (\mathbf{x} *_d f)(s) is the whole sequence.

    F(s) = (\mathbf{x} *_d f)(s) = \sum_i f(i) \mathbf{x}_{s - d i}   -->   numbers x_{s - d i}

The mark is then of the sequence, and what has a subscript is one element of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from deltarule.notation import statement_tree, tree
from deltarule.notation.syntax import Convolution, Indexed, Name, Statement, Syntax


def settle(statements: list[Statement]) -> list[Statement]:
    """The statements with such letters unmarked, where they stand whole nowhere else."""
    parts = statement_tree.all_parts(statements)
    convolved = {n.name for part in parts for n in _convolved(part)}
    convolved -= {n.name for part in parts for n in _whole(part)}
    if not convolved:
        return statements

    def node(old: Syntax) -> Syntax:
        if isinstance(old, Name):
            return replace(old, vector=False) if old.name in convolved else old
        return tree.rebuild(old, node)

    return statement_tree.rebuild_all(statements, node)


def _convolved(node: Syntax) -> Iterator[Name]:
    """The bold letters beside a sign of convolution that is read at a place."""
    for part in tree.descend(node):
        if isinstance(part, Convolution):
            for side in (part.left, part.right):
                if isinstance(side, Indexed) and isinstance(side.base, Name):
                    if side.base.vector and _is_at_place(side):
                        yield side.base


def _is_at_place(side: Indexed) -> bool:
    """Whether the subscript is written once for both sides, behind the parentheses around them."""
    return side.span.end < side.subscripts[0].span.start and side.base.span == side.span


def _whole(node: Syntax) -> Iterator[Name]:
    """The symbols without subscripts."""
    if isinstance(node, Name):
        yield node
        return
    named = isinstance(node, Indexed) and isinstance(node.base, Name)
    for child in tree.children(node):
        if not (named and isinstance(node, Indexed) and child is node.base):
            yield from _whole(child)
