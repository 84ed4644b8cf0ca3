r"""Declarations with more subscripts than an array is written with: rows of it are vectors.

    a_i = w_{k - i},  w[r,c] for r = 1..k, c = 1..d   -->   w_r \in \mathbb{R}^d,  w[r] for r = 1..k

The last subscripts are those of the vector, where they run from 1, and all uses of w leave them out.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from deltarule.notation import statement_tree, tree
from deltarule.notation.syntax import (
    Chain,
    Indexed,
    Interval,
    Name,
    Num,
    RealSpace,
    Statement,
    Syntax,
)


def settle(statements: list[Statement]) -> list[Statement]:
    """The statements with a declaration of vectors for each such array."""
    written: dict[str, set[int]] = {}
    for statement in statements:
        if not isinstance(statement.relation, Indexed):
            for part in statement_tree.parts(statement):
                for name, count in _uses(part):
                    written.setdefault(name, set()).add(count)
    return [new for s in statements for new in _apart(s, written)]


def _uses(node: Syntax) -> Iterator[tuple[str, int]]:
    """Each symbol with the number of its subscripts."""
    if isinstance(node, Name):
        yield node.name, 0
    elif isinstance(node, Indexed) and isinstance(node.base, Name):
        bracket = node.style == "bracket"
        yield node.base.name, len(node.subscripts if bracket else tree.apart(node.subscripts))
        for subscript in node.subscripts:
            yield from _uses(subscript)
    else:
        for child in tree.children(node):
            yield from _uses(child)


def _apart(statement: Statement, written: dict[str, set[int]]) -> list[Statement]:
    relation = statement.relation
    if not isinstance(relation, Indexed) or not isinstance(relation.base, Name):
        return [statement]
    counts = written.get(relation.base.name, set())
    count = next(iter(counts)) if len(counts) == 1 else len(relation.subscripts)
    own, axes = relation.subscripts[:count], relation.subscripts[count:]
    lengths = [length(axis, statement.conditions) for axis in axes]
    if not axes or not all(isinstance(a, Name) for a in relation.subscripts):
        return [statement]
    own_letters = tree.names(replace(relation, base=relation.subscripts[0]))
    if any(length is None or own_letters & tree.names(length) for length in lengths):
        return [statement]
    letters = {a.name for a in axes if isinstance(a, Name)}
    kept = tuple(c for c in statement.conditions if not letters & tree.names(c))
    subject = replace(relation, subscripts=own) if own else relation.base
    space = RealSpace(tuple(x for x in lengths if x is not None), statement.span)
    declared = Chain((subject, space), ("in",), statement.span)
    result = [Statement(declared, (), statement.span)]
    if isinstance(subject, Indexed):
        result.append(replace(statement, relation=subject, conditions=kept))
    return result


def length(axis: Syntax, conditions: tuple[Syntax, ...]) -> Syntax | None:
    """d of c = 1..d and of 1 <= c <= d, where only that speaks of c."""
    if not isinstance(axis, Name):
        return None
    found = [c for c in conditions if axis.name in tree.names(c)]
    if len(found) != 1 or not isinstance(found[0], Chain):
        return None
    match found[0].operands:
        case (Name(name), Interval(Num("1"), high)) if name == axis.name:
            return high
        case (Num("1"), Name(name), high) if name == axis.name:
            return high if found[0].ops == ("<=", "<=") else None
    return None
