r"""Subscripts without commas between them: x_{11}, x_{2i}.

Both can be one subscript, eleven and twice i, or two. The other elements of the array say which:
beside x_{1,2}, x_{ij} or x_{i1} they are two.
"""

from __future__ import annotations

from dataclasses import replace

from deltarule.notation import names, statement_tree, tree
from deltarule.notation.syntax import Indexed, Name, Num, Product, Statement, Syntax


def settle(statements: list[Statement]) -> list[Statement]:
    """The statements with such subscripts as several, where the array has several."""
    counts: dict[str, set[int]] = {}
    for statement in statements:
        scope = names.bound_on_the_left(statement)
        for part in statement_tree.parts(statement):
            _count(part, scope, counts)

    def node(old: Syntax) -> Syntax:
        new = tree.rebuild(old, node)
        if not isinstance(new, Indexed) or not isinstance(new.base, Name):
            return new
        if len(new.subscripts) != 1 or new.style == "bracket":
            return new
        parts = _digits_and_letters(new.subscripts[0])
        known = counts.get(new.base.name, set())
        numbered = any(isinstance(p, Num) for p in parts)
        if (
            numbered
            and len(parts) > 1
            and (known == {len(parts)} or _counts_from_zero(new.subscripts[0]))
        ):
            return replace(new, subscripts=tuple(parts))
        return new

    return statement_tree.rebuild_all(statements, node)


def _counts_from_zero(subscript: Syntax) -> bool:
    """0i and 1i: nobody multiplies by these."""
    first = subscript.factors[0] if isinstance(subscript, Product) else None
    return isinstance(first, Num) and first.text in ("0", "1")


def _count(node: Syntax, scope: frozenset[str], counts: dict[str, set[int]]) -> None:
    if isinstance(node, Indexed) and isinstance(node.base, Name):
        parts = tree.apart(node.subscripts)
        first = node.subscripts[0] if node.subscripts else None
        letters = {p.name for p in parts if isinstance(p, Name)}
        sure = len(node.subscripts) > 1 or (len(parts) > 1 and bool(letters & scope))
        single = isinstance(first, Name) and first.name in scope and len(parts) == 1
        if sure or single:
            counts.setdefault(node.base.name, set()).add(len(parts))
    for child, inside in tree.scoped_children(node, scope):
        _count(child, inside, counts)


def _digits_and_letters(subscript: Syntax) -> list[Syntax]:
    """11 --> 1, 1;  2i --> 2, i."""
    if isinstance(subscript, Num) and subscript.text.isdigit():
        return [Num(digit, subscript.span) for digit in subscript.text]
    if isinstance(subscript, Product) and not any(subscript.ops):
        found: list[Syntax] = []
        for factor in subscript.factors:
            if not isinstance(factor, Name | Num | Indexed):
                return []
            found += _digits_and_letters(factor) if isinstance(factor, Num) else [factor]
        return found
    return []
