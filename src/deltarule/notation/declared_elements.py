r"""Elements of declared arrays that would be taken for numbers of their own.

    y = b_1, \quad b \in \mathbb{R}^D               -->   the first element of b
    y = b_D, \quad b \in \mathbb{R}^D               -->   the last one
    y = W_{12}, \quad W \in \mathbb{R}^{2 \times 2}  -->   W_{1,2}
    y = b_i, \quad b \in \mathbb{R}^D               -->   E101 at i, which runs nowhere
    y = W_1 x, \quad W \in \mathbb{R}^{m \times n}   -->   E006: a row, or another matrix

The letter alone is declared to be an array, so that b_i is an element, unless it is declared or defined itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import NoReturn

from deltarule.errors import DeltaruleError
from deltarule.notation import statement_tree, tree
from deltarule.notation.syntax import Chain, Indexed, Name, Num, Statement, Syntax


def numbered(statements: list[Statement]) -> frozenset[str]:
    r"""b of b_1 and b \in \mathbb{R}^D, where b_1 is not declared or defined itself."""
    shapes, own = _shapes(statements), _own(statements)
    return frozenset(
        name
        for name, node in _elements(statements)
        if len(shapes.get(name, ())) == len(node.subscripts)
        and name not in own
        and all(map(_is_place, node.subscripts, shapes[name]))
    )


def _is_place(subscript: Syntax, length: Syntax) -> bool:
    """1, and the last, D of b \\in \\mathbb{R}^D."""
    last = isinstance(subscript, Name) and isinstance(length, Name)
    return isinstance(subscript, Num) or (last and tree.key(subscript) == tree.key(length))


def with_places_apart(statements: list[Statement]) -> list[Statement]:
    r"""W_{12} --> W_{1,2}, where W \in \mathbb{R}^{m \times n}. E006 for W_1, and for W_{12} of a large W."""
    shapes, own = _shapes(statements), _own(statements)

    def node(old: Syntax) -> Syntax:
        new = tree.rebuild(old, node)
        name = tree.symbol(new) or ""
        if not isinstance(new, Indexed) or new.style == "bracket" or name in own:
            return new
        shape, (number, *others) = shapes.get(name, ()), new.subscripts
        if not isinstance(number, Num) or others or len(shape) < 2:
            return new
        digits = len(number.text) == len(shape) and "0" not in number.text
        if not digits or any(isinstance(d, Num) and len(d.text) > 1 for d in shape):
            _refuse_number(new, number.text, len(shape), digits)
        return replace(new, subscripts=tuple(replace(number, text=d) for d in number.text))

    return statement_tree.rebuild_all(statements, node)


def _refuse_number(node: Indexed, number: str, rank: int, digits: bool) -> NoReturn:
    array, text = tree.written(node.base), tree.written(node)
    if digits:
        other = f"{array}_{{{','.join(number)}}} for the element"
    else:
        space = "\\mathbb{R}^{" + "m \\times n" * (rank == 2) + "…" * (rank > 2) + "}"
        other = f"declare {text} \\in {space} for another array"
    raise DeltaruleError(
        "E006",
        f"'{text}' can be read in two ways: as part {number} of the array {array}, or as "
        + ("one of its elements" if digits else "a symbol of its own"),
        at=node.span,
        seen=f"'{array}' is declared with several subscripts",
        help=f"write {array}_{{{number}{',:' * (rank - 1)}}} for the part; {other}",
    )


def refuse_names(statements: list[Statement], elements: frozenset[str]) -> None:
    """E101 for the first such element; `elements` are the arrays whose subscripts are known to be indices."""
    shapes, own = _shapes(statements), _own(statements)
    for name, node in _elements(statements):
        letters = [s for s in tree.apart(node.subscripts) if _is_index(s)]
        if name not in elements | own and len(shapes.get(name, ())) == len(letters) > 0:
            raise DeltaruleError(
                "E101",
                f"nothing introduces the index '{tree.written(letters[-1])}'",
                at=letters[-1].span,
                seen=f"'{name}' is declared to be an array, and this is one of its elements",
                help="sum over the index, put what a sum is of into parentheses, or give the left side this subscript",
            )


def _shapes(statements: list[Statement]) -> dict[str, tuple[Syntax, ...]]:
    """b and D of b \\in \\mathbb{R}^D."""
    return {
        subject.name: space.dimensions
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
