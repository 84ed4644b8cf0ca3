r"""Bold capital letters with two subscripts before bold vectors: \mathbf{W}_{ij} \mathbf{u}_i.

Under a sum over one of the subscripts, \sum_j \mathbf{A}_{ij} \mathbf{x}_j, it is the element of a matrix. Where nothing
sums, it may as well be one of many matrices, and is refused.
"""

from __future__ import annotations

from itertools import pairwise

from deltarule.errors import DeltaruleError
from deltarule.notation import tree
from deltarule.notation.syntax import Indexed, Name, Product, Statement, Syntax
from deltarule.notation.vector_ranks import Ranks
from deltarule.source import join


def check(statements: list[Statement], known: Ranks) -> None:
    """E006 for what may be an element or a matrix."""
    if known.elements:
        for statement in statements:
            _check(statement.relation, frozenset(), known)


def _check(node: Syntax, summed: frozenset[str], known: Ranks) -> None:
    if isinstance(node, Product):
        pairs = zip(pairwise(node.factors), node.ops, strict=True)
        for (left, right), op in pairs:
            if not op and _may_be_matrix(left, summed, known) and known.rank(right) == 1:
                _refuse(left, right)
    for child, inside in tree.scoped_children(node, summed):
        _check(child, inside, known)


def _may_be_matrix(node: Syntax, summed: frozenset[str], known: Ranks) -> bool:
    if not isinstance(node, Indexed) or not isinstance(node.base, Name) or not node.base.vector:
        return False
    letters = tree.names(*node.subscripts)
    element = node.base.name in known.elements and not known.rank(node)
    return element and not letters & summed


def _refuse(left: Syntax, right: Syntax) -> None:
    text = tree.written(left)
    name = left.base.latex if isinstance(left, Indexed) and isinstance(left.base, Name) else text
    raise DeltaruleError(
        "E006",
        f"'{text}' before a vector can be read in two ways: as one of many matrices, or as an element",
        at=join(left.span, right.span),
        seen="ambiguous",
        help=f"declare the matrices, {text} \\in \\mathbb{{R}}^{{m \\times n}}, or all elements, "
        f"{name} \\in \\mathbb{{R}}^{{m \\times n}}",
    )
