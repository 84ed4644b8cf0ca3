r"""Brackets that hold arguments: f[x] = x / 2 defines a function, where f is a word.

    \mathrm{relu}[x] = \max(0, x)                  -->   \mathrm{relu}(x) = \max(0, x)
    K[\mathbf{u}, \mathbf{v}] = \mathbf{u}^\top \mathbf{v}   -->   K(\mathbf{u}, \mathbf{v}) = …

The letters in the brackets are values on the right side, and subscripts of nothing else there.
"""

from __future__ import annotations

from dataclasses import replace

from deltarule.notation import tree
from deltarule.notation.called import alone, left_side
from deltarule.notation.counting_symbols import positions
from deltarule.notation.syntax import Apply, Chain, Indexed, Name, Statement, Syntax


def settle(statements: list[Statement]) -> list[Statement]:
    """The statements with calls of such functions in parentheses."""
    found = {name for s in statements if (name := _defined(s)) is not None}
    if not found:
        return statements

    def node(old: Syntax) -> Syntax:
        new = tree.rebuild(old, node)
        if isinstance(new, Indexed) and new.style == "bracket" and isinstance(new.base, Name):
            if new.base.name in found:
                return Apply(new.base, 0, new.subscripts, True, new.span)
        return new

    return [replace(s, relation=node(s.relation)) for s in statements]


def _defined(statement: Statement) -> str | None:
    """f of f[x] = x / 2: a word, or of vectors, with letters that are values on the right side."""
    left, relation = left_side(statement), statement.relation
    if not isinstance(left, Indexed) or left.style != "bracket" or not isinstance(left.base, Name):
        return None
    letters = [s for s in left.subscripts if isinstance(s, Name)]
    distinct = {letter.name for letter in letters}
    if len(distinct) < len(left.subscripts):
        return None
    if not _is_word(left.base) and not all(letter.vector for letter in letters):
        return None
    assert isinstance(relation, Chain), "it has a left side"
    body = relation.operands[1]
    counting = set(positions(replace(statement, relation=body)))
    return left.base.name if distinct <= set(alone(body)) - counting else None


def _is_word(base: Name) -> bool:
    r"""\textnormal{h-swish}: LaTeX, and no letter."""
    return base.latex.startswith(("\\text", "\\mathrm", "\\operatorname", "\\mathsf"))
