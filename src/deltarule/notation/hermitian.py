r"""Conjugate transposes: A^H of a real matrix is A^\top, of any other it is not supported.

x = A^H b, A \in \mathbb{R}^{m \times n}     -->   x = A^\top b
x = A^H b, r = A x - b                      E008: A itself is read too, so A^H is no symbol of its own

H is a power, an index or a label where anything else reads it, or where nothing reads A without it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeGuard

from deltarule.errors import DeltaruleError
from deltarule.notation import statement_tree, tree
from deltarule.notation.no_products import is_matrix
from deltarule.notation.syntax import (
    Group,
    Indexed,
    Name,
    Power,
    Raised,
    Statement,
    Syntax,
    Transposed,
)

LETTER = "H"
LETTERS = frozenset({r"\mathrm{H}", r"\mathsf{H}"})  # upright


def settle(statements: list[Statement]) -> list[Statement]:
    """The statements with transposes in their place. Raises E008 at one whose matrix may be complex."""
    outside: set[str] = set()
    for part in statement_tree.all_parts(statements):
        outside.update(_outside(part))
    if LETTER in outside:
        return statements
    real = {
        name
        for operand, space in statement_tree.declarations(statements)
        if len(space.dimensions) == 2 and (name := tree.symbol(operand)) is not None
    }

    def node(old: Syntax) -> Syntax:
        new = tree.rebuild(old, node)
        if not _is_raised(new):
            return new
        matrices = {n.name for n in tree.descend(new.base) if isinstance(n, Name) and is_matrix(n)}
        if isinstance(new.base, Group):
            known = matrices
        else:
            symbol = tree.symbol(new.base)
            known = {symbol} & (real | (matrices & outside)) if symbol else set()
        if not known:
            return new
        if known <= real:
            return Transposed(new.base, new.span)
        raise DeltaruleError(
            "E008",
            "conjugate transposes are not supported",
            at=new.span,
            seen="not supported",
            help=rf"write {tree.written(new.base)}^\top for a real matrix; H as a label is \text{{H}}",
        )

    return statement_tree.rebuild_all(statements, node)


def _is_raised(node: Syntax) -> TypeGuard[Power | Raised]:
    r"""A^H, A_k^H, A^{\mathrm{H}} and (A B)^H; not the A^{(H)} of the last layer."""
    above = _above(node)
    if above is None or not isinstance(node, Power | Raised):
        return False
    written = LETTERS if isinstance(node, Raised) else {LETTER, *LETTERS}
    return isinstance(node.base, Name | Indexed | Group) and above.latex in written


def _above(node: Syntax) -> Name | None:
    match node:
        case Power(_, Name() as above) | Raised(_, Name() as above):
            return above
        case _:
            return None


def _outside(node: Syntax) -> Iterator[str]:
    """What is read without such an exponent; W^O is no W either."""
    above = _above(node)
    if isinstance(node, Name):
        yield node.name
    elif above is not None and isinstance(node, Power | Raised):
        below = node.base.subscripts if isinstance(node.base, Indexed) else ()
        inside = below if tree.symbol(node.base) else (node.base,)
        for part in inside if _is_raised(node) else (*inside, above):
            yield from _outside(part)
    else:
        for child in tree.children(node):
            yield from _outside(child)
