r"""Calls of what an equation defines without arguments.

    y = F(x, \{W_i\}),  F = W_2 \sigma(W_1 x)     -->   y = F

The arguments only say again what the formula reads. What it does not read is E107.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from deltarule.errors import DeltaruleError
from deltarule.notation import statement_tree, tree
from deltarule.notation.syntax import (
    Apply,
    Group,
    Indexed,
    Interval,
    Name,
    Power,
    Raised,
    Statement,
    Syntax,
)


def settle(statements: list[Statement]) -> list[Statement]:
    """The statements with the values in the place of such calls."""
    read = _formulas(statements)
    if not read:
        return statements

    def node(old: Syntax) -> Syntax:
        new = tree.rebuild(old, node)
        if not isinstance(new, Apply) or not isinstance(new.head, Name) or new.primes:
            return new
        name = new.head.name
        if name not in read or len(new.arguments) < 2:
            return new
        if not all(_symbol(a) is not None for a in new.arguments):
            return new
        known = all_read(name, read)
        for argument in new.arguments:
            if _symbol(argument) not in known:
                _refuse(name, argument)
        return replace(new.head, span=new.span)

    return [replace(s, relation=node(s.relation)) for s in statements]


def _formulas(statements: list[Statement]) -> dict[str, set[str]]:
    """F --> the symbols of its formula, for names that are defined bare, and never with arguments."""
    found: dict[str, set[str]] = {}
    with_arguments: set[str] = set()
    for statement in statements:
        relation = statement_tree.equation(statement)
        if relation is None:
            continue
        left = relation.operands[0]
        if isinstance(relation.operands[-1], Interval):
            continue
        if isinstance(left, Apply) and (name := _symbol(left.head)) is not None:
            with_arguments.add(name)
        elif isinstance(left, Name):
            found.setdefault(left.name, set()).update(tree.names(*relation.operands[1:]))
    return {n: read for n, read in found.items() if n not in with_arguments}


def _symbol(node: Syntax) -> str | None:
    r"""x of x, x_t, x^{(i)} and W of \{W_i\}."""
    while isinstance(node, Indexed | Raised | Power | Group):
        node = node.body if isinstance(node, Group) else node.base
    return node.name if isinstance(node, Name) else None


def all_read(name: str, read: Mapping[str, set[str]]) -> set[str]:
    """What a formula reads, and the formulas of what it reads."""
    found: set[str] = set()
    waiting = [name]
    while waiting:
        for other in read.get(waiting.pop(), ()):
            if other not in found:
                found.add(other)
                waiting.append(other)
    return found


def _refuse(name: str, argument: Syntax) -> None:
    raise DeltaruleError(
        "E107",
        f"'{name}' is defined without arguments, and does not read this one",
        at=argument.span,
        seen="not in its formula",
        help=f"write the arguments on the left side too: {name}(…) = …",
    )
