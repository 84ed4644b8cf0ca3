r"""Ranges of letters that run nowhere in the equation that they are said of.

z = 2^{-i} x_i, \quad i = 1, \dots, n     -->   E101 at i, for x_i is no number of its own
"""

from __future__ import annotations

from collections.abc import Iterator

from deltarule.errors import DeltaruleError
from deltarule.notation import statement_tree, tree
from deltarule.notation.range_parts import range_of
from deltarule.notation.syntax import Indexed, Name, Statement, Syntax


def refuse(statements: list[Statement], merged: list[Statement]) -> None:
    """E101 where a letter with a range stood in subscripts, and these are all parts of names now."""
    for before, after in zip(statements, merged, strict=True):
        if statement_tree.equation(before) is None:
            continue
        for letter in filter(None, map(range_of, before.conditions)):
            found = next(_below(before.relation, letter), None)
            if found is not None and next(_below(after.relation, letter), None) is None:
                _refuse(found)


def _below(node: Syntax, letter: str) -> Iterator[Name]:
    """Where it stands in subscripts."""
    for part in tree.descend(node):
        if isinstance(part, Indexed):
            names = (n for s in part.subscripts for n in tree.descend(s) if isinstance(n, Name))
            yield from (n for n in names if n.name == letter)


def _refuse(at: Name) -> None:
    raise DeltaruleError(
        "E101",
        f"the index '{at.name}' is used where nothing binds it",
        at=at.span,
        seen="it has a range, but no sum and no left side here has it",
        help=f"sum over {at.name}, or give the left side the subscript {at.name}",
    )
