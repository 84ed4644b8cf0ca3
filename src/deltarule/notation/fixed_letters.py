r"""A letter for the round that all equations are about: the m of err_m, \alpha_m.

    err_m = \sum_i w_i e_i,  \alpha_m = \ln err_m,  v_i = w_i \alpha_m     -->   err_m and \alpha_m, two names

Such a letter never runs, and no data has it: only symbols that have equations of their own do, always it
alone, and one equation reads them without it on its left side. Nothing would differ from one m to another.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from deltarule.notation import statement_tree, tree
from deltarule.notation.syntax import Indexed, Name, Statement, Syntax


@dataclass(slots=True)
class _Letter:
    """Where one letter stands."""

    below: set[str] = field(default_factory=set)  # the symbols that have it alone below them
    elsewhere: bool = False
    free: bool = False  # in an equation without it on the left side


def settle(statements: list[Statement]) -> list[Statement]:
    """The statements with such letters as parts of names."""
    fixed = _fixed(statements)
    if not fixed:
        return statements

    def node(old: Syntax) -> Syntax:
        found = _alone(old)
        if found is None or found[1].name not in fixed:
            return tree.rebuild(old, node)
        base, letter = found
        name, latex = f"{base.name}_{letter.name}", f"{base.latex}_{{{letter.latex}}}"
        return replace(base, name=name, latex=latex, span=old.span)

    return [replace(s, relation=node(s.relation)) for s in statements]


def _fixed(statements: list[Statement]) -> set[str]:
    letters: dict[str, _Letter] = {}
    defined = {(b.name, x.name) for s in statements for b, x in _left(s)}
    others: set[str] = set()
    for statement in statements:
        own = tree.names(statement_tree.subject(statement))
        for part in statement_tree.parts(statement):
            _note(part, own, letters, others)
    below = [b for letter in letters.values() for b in letter.below]
    others.update(b for b in below if below.count(b) > 1)  # err_m and err_n
    return {
        name
        for name, letter in letters.items()
        if letter.free
        and not letter.elsewhere
        and all((b, name) in defined and b not in others for b in letter.below)
    }


def _note(node: Syntax, own: set[str], letters: dict[str, _Letter], others: set[str]) -> None:
    """What stands below symbols; `others` are those that occur in another form."""
    found = _alone(node)
    if found is not None:
        base, letter = found
        known = letters.setdefault(letter.name, _Letter())
        known.below.add(base.name)
        known.free |= letter.name not in own
        return
    if isinstance(node, Name):
        letters.setdefault(node.name, _Letter()).elsewhere = True
        others.add(node.name)
    for child in tree.children(node):
        _note(child, own, letters, others)


def _alone(node: Syntax) -> tuple[Name, Name] | None:
    r"""\alpha and m of \alpha_m."""
    if not isinstance(node, Indexed) or node.style != "subscript" or len(node.subscripts) != 1:
        return None
    base, letter = node.base, node.subscripts[0]
    if isinstance(base, Name) and isinstance(letter, Name) and len(letter.latex) == 1:
        return base, letter
    return None


def _left(statement: Statement) -> Iterator[tuple[Name, Name]]:
    left = statement_tree.defined(statement)
    if left is not None and (found := _alone(left)) is not None:
        yield found
