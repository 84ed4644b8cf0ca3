r"""Elements of declared arrays that would be taken for numbers of their own.

    y = b_1, \quad b \in \mathbb{R}^D     -->   the first element of b
    y = b_i, \quad b \in \mathbb{R}^D     -->   E101 at i, which runs nowhere

The letter alone is declared to be an array, so that b_i is an element, unless it is declared or defined itself.
"""

from __future__ import annotations

from collections.abc import Iterator

from deltarule.errors import DeltaruleError
from deltarule.notation import statement_tree, tree
from deltarule.notation.syntax import Chain, Indexed, Name, Num, Statement, Syntax


def numbered(statements: list[Statement]) -> frozenset[str]:
    r"""b of b_1 and b \in \mathbb{R}^D, where b_1 is not declared or defined itself."""
    ranks, own = _ranks(statements), _own(statements)
    return frozenset(
        name
        for name, node in _elements(statements)
        if ranks.get(name) == len(node.subscripts)
        and name not in own
        and all(isinstance(s, Num) for s in node.subscripts)
    )


def refuse_names(statements: list[Statement], elements: frozenset[str]) -> None:
    """E101 for the first such element; `elements` are the arrays whose subscripts are known to be indices."""
    ranks, own = _ranks(statements), _own(statements)
    for name, node in _elements(statements):
        letters = [s for s in tree.apart(node.subscripts) if _is_index(s)]
        if name not in elements | own and ranks.get(name) == len(letters):
            raise DeltaruleError(
                "E101",
                f"nothing introduces the index '{tree.written(letters[-1])}'",
                at=letters[-1].span,
                seen=f"'{name}' is declared to be an array, and this is one of its elements",
                help="sum over the index, put what a sum is of into parentheses, or give the left side this subscript",
            )


def _ranks(statements: list[Statement]) -> dict[str, int]:
    """b and 1 of b \\in \\mathbb{R}^D."""
    return {
        subject.name: len(space.dimensions)
        for subject, space in statement_tree.declarations(statements)
        if isinstance(subject, Name) and space.dimensions
    }


def _elements(statements: list[Statement]) -> Iterator[tuple[str, Indexed]]:
    """The symbols with subscripts that are read."""
    for statement in statements:
        for node in statement_tree.nodes(statement):
            if isinstance(node, Indexed) and isinstance(node.base, Name):
                yield node.base.name, node


def _own(statements: list[Statement]) -> frozenset[str]:
    """The letters that have an equation or declaration with subscripts: x_a = …, x_1 \\in \\mathbb{R}^d."""
    found = set()
    for statement in statements:
        if isinstance(statement.relation, Chain):
            for operand in statement.relation.operands[:-1]:
                if isinstance(operand, Indexed) and isinstance(operand.base, Name):
                    found.add(operand.base.name)
    return frozenset(found)


def _is_index(node: Syntax) -> bool:
    return isinstance(node, Name) and len(node.latex) == 1 and node.latex.islower()
