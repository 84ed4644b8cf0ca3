r"""Elements in a row with dots between them, in brackets that make a vector of them.

    z = [ x_1^2 \cdots x_D^2 ]^\top        the vector of the x_k^2
    z = ( x_1 \cdots x_D )^\top            so too: nobody transposes a product of numbers
    z = [ x_1 \cdots x_D ]                 so too, as the whole value of an equation

Without commas the same dots stand for a product, ( x_1 \cdots x_D ). What is in square brackets within a larger
expression can be either, and is refused.
"""

from __future__ import annotations

from typing import NoReturn

from deltarule.equations import functions
from deltarule.errors import DeltaruleError
from deltarule.notation import statement_tree, tree
from deltarule.notation.operators import FUNCTION_COMMANDS, FUNCTIONS
from deltarule.notation.syntax import (
    Apply,
    Dots,
    Group,
    Indexed,
    Name,
    Product,
    Statement,
    Syntax,
    Transposed,
)

USUAL = FUNCTION_COMMANDS | frozenset((*FUNCTIONS, *FUNCTIONS.values()))


def elements(node: Syntax) -> tuple[Syntax | None, Product] | None:
    """What a transposed bracket holds, if it is elements side by side with dots among them.

    Before it the a of a [ x_1 \\cdots x_n ]^\\top, which was read as a function of the bracket.
    """
    if not isinstance(node, Transposed):
        return None
    called = _called(node.base)
    if called is not None:
        return called
    row = _row(node.base)
    return None if row is None else (None, row)


def value(statement: Statement, statements: list[Statement]) -> Product | None:
    """The same of square brackets that are all of the value of an equation. E006 for a row that may lie.

    A vector counts as a column here, so that z^\\top z of a row z would be another thing; declared, it is
    what the declaration says.
    """
    sides = statement_tree.sides(statement)
    if sides is None:
        return None
    left, right = sides
    row = _row(right)
    if row is None or not is_square(right):
        return None
    name = _symbol(left)
    if name not in _declared(statements) and name in _transposed(statements):
        raise DeltaruleError(
            "E006",
            "this can be read in two ways: as a row, or as a vector, which is a column",
            at=right.span,
            seen=f"'{name}' is transposed elsewhere",
            help="for a column transpose it, [ x_1 \\cdots x_n ]^\\top, or declare it, "
            f"{name} \\in \\mathbb{{R}}^n",
        )
    return row


def refuse_square(node: Syntax) -> None:
    """E006 for 2 [ x_1 \\cdots x_n ]: a product or a vector?"""
    if (is_square(node) and _row(node) is not None) or _called(node) is not None:
        _refuse(node)


def is_square(node: Syntax) -> bool:
    return isinstance(node, Group) and node.span.source.text[node.span.start] == "["


def _row(node: Syntax) -> Product | None:
    """Elements side by side, of which at least one stands on each side of the dots."""
    if not isinstance(node, Group) or not isinstance(node.body, Product):
        return None
    return node.body if _is_row(node.body) else None


def _called(node: Syntax) -> tuple[Syntax, Product] | None:
    """a and what the brackets hold of a [ x_1 \\cdots x_n ], where a is no function of the library."""
    if not isinstance(node, Apply) or len(node.arguments) != 1 or node.primes:
        return None
    head, (inside,) = node.head, node.arguments
    if not isinstance(inside, Product) or not _is_row(inside):
        return None
    between = node.span.source.text[head.span.end : inside.span.start]
    known = isinstance(head, Name) and (functions.is_known(head.name) or head.name in USUAL)
    return (head, inside) if "[" in between and not known else None


def _is_row(row: Product) -> bool:
    dots = [n for n, factor in enumerate(row.factors) if isinstance(factor, Dots)]
    return len(dots) == 1 and 0 < dots[0] == len(row.factors) - 2 and not any(row.ops)


def _declared(statements: list[Statement]) -> set[str]:
    return {_symbol(subject) for subject, _ in statement_tree.declarations(statements)}


def _transposed(statements: list[Statement]) -> set[str]:
    found = set()
    for node in (n for s in statements for n in tree.descend(s.relation)):
        if isinstance(node, Transposed):
            found.add(_symbol(node.base))
    return found - {""}


def _symbol(node: Syntax) -> str:
    """z of z_t and z(x)."""
    inner = (
        node.base if isinstance(node, Indexed) else node.head if isinstance(node, Apply) else node
    )
    return inner.name if isinstance(inner, Name) else ""


def _refuse(node: Syntax) -> NoReturn:
    raise DeltaruleError(
        "E006",
        "these dots can be read in two ways: as a product, or as the elements of a vector",
        at=node.span,
        seen="in square brackets",
        help="for a product write (x_1 \\cdots x_n); for a vector give it a name of its own, "
        "z = [ x_1 \\cdots x_n ]^\\top",
    )
