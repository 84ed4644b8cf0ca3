r"""Sizes that have a number: a stride s = 2 makes s (i - 1) + k a subscript.

    Z_i = \sum_k V_{(i-1) s + k} K_k, \quad s = 2   -->   Z_i = \sum_k V_{(i-1) 2 + k} K_k

The front matter gives it (`fix: s = 2`), or an equation or condition `s = 2`, where s is what the
document counts with: it stands in a subscript, limit or dimension, and nothing lets it run.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from dataclasses import replace

from deltarule.errors import DeltaruleError
from deltarule.notation import names, statement_tree, tree
from deltarule.notation.superscripts import positions
from deltarule.notation.syntax import Big, Chain, Indexed, Name, Num, Statement, Syntax


def settle(statements: list[Statement], fixed: Mapping[str, str]) -> list[Statement]:
    """The statements with numbers for the names that have one. Raises E110 for one that cannot."""
    _refuse_others(statements, fixed)
    numbers = _stated(statements) | dict(fixed)
    if not numbers:
        return statements

    def node(old: Syntax) -> Syntax:
        if isinstance(old, Name):
            return Num(numbers[old.name], old.span) if old.name in numbers else old
        if isinstance(old, Indexed) and old.style == "subscript":
            old = replace(old, subscripts=tree.apart(old.subscripts))  # x_{si} is x_{s,i} still
        return tree.rebuild(old, node)

    return [
        replace(
            s,
            relation=node(s.relation),
            conditions=tuple(node(c) for c in s.conditions if _number(c, numbers) is None),
        )
        for s in statements
        if _number(s.relation, numbers) is None
    ]


def _stated(statements: list[Statement]) -> dict[str, str]:
    """What equations and conditions say: s = 2, once, of a name that is counted with."""
    counted = {name for s in statements for name in _counted(s)}
    open_names = counted - set(_running(statements))
    found: dict[str, set[str]] = {}
    for part in statement_tree.all_parts(statements):
        number = _number(part, open_names)
        if number is not None:
            found.setdefault(number[0], set()).add(number[1])
    return {name: values.pop() for name, values in found.items() if len(values) == 1}


def _counted(statement: Statement) -> Iterator[str]:
    """The names in subscripts, limits and dimensions, such a condition itself aside."""
    kept = tuple(c for c in statement.conditions if not _is_number(c))
    return positions(replace(statement, conditions=kept))


def _is_number(part: Syntax) -> bool:
    if not isinstance(part, Chain) or part.ops != ("=",):
        return False
    name, number = part.operands
    return isinstance(name, Name) and isinstance(number, Num) and number.text.isdigit()


def _number(part: Syntax, among: Mapping[str, str] | set[str]) -> tuple[str, str] | None:
    """s and 2 for s = 2."""
    if not isinstance(part, Chain) or not _is_number(part):
        return None
    name, number = part.operands
    assert isinstance(name, Name) and isinstance(number, Num), "it is one"
    return (name.name, number.text) if name.name in among else None


def _running(statements: list[Statement]) -> Iterator[str]:
    """What sums, left sides, ranges and declarations let run."""
    for statement in statements:
        yield from names.bound_on_the_left(statement)
        yield from names.bound_by_declaration(statement)
        for node in statement_tree.nodes(statement):
            if isinstance(node, Big):
                yield from tree.bound_by(node, None)
        for condition in statement.conditions:
            if isinstance(condition, Chain) and not _is_number(condition):
                yield from (n.name for n in condition.operands if isinstance(n, Name))


def _refuse_others(statements: list[Statement], fixed: Mapping[str, str]) -> None:
    """E110 for a setting of a name that the equations do not have, or that runs."""
    if not fixed:
        return
    known = statement_tree.all_names(statements)
    running = set(_running(statements))
    for name in fixed:
        if name in running:
            raise DeltaruleError(
                "E110",
                f"the setting 'fix' gives a number to '{name}', which is an index",
                help="only sizes have one: take it out, or give the index another letter",
            )
        if name not in known:
            near = difflib.get_close_matches(name, known, 1, 0.4)
            raise DeltaruleError(
                "E110",
                f"the setting 'fix' speaks of '{name}', which the equations do not have",
                help=f"did you mean {near[0]}?" if near else "write fix: s = 2",
            )
