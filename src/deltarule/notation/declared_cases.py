r"""Cases that leave out no value of a declared integer: the last of them is what otherwise holds.

    1 & r_u > 0 \\ 0 & r_u = 0,  r_u \in \{0, \dots, R\}   -->   1 & r_u > 0 \\ 0 & \text{otherwise}
    1 & y = 1 \\ -1 & y = 0,  y \in \{0, 1\}               -->   1 & y = 1 \\ -1 & \text{otherwise}

All conditions speak of that one quantity, beside whole numbers or the ends of its declaration.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from deltarule.notation import names, tree
from deltarule.notation.operators import MIRRORED
from deltarule.notation.syntax import (
    Cases,
    Chain,
    ChainOp,
    Indexed,
    Interval,
    Name,
    Num,
    Statement,
    Sum,
    Syntax,
)

Declared = dict[tuple[str, int], Interval]  # name and number of subscripts --> its values


def settle(statements: list[Statement]) -> list[Statement]:
    """The statements with 'otherwise' in the last of such cases."""
    declared = dict(d for s in statements for d in _declared(s))
    if not declared:
        return statements

    return [
        replace(s, relation=_settled(s.relation, _not_indices(s, declared))) for s in statements
    ]


def _settled(node: Syntax, declared: Declared) -> Syntax:
    new = tree.rebuild(node, lambda child: _settled(child, declared))
    if isinstance(new, Cases) and _cover(new, declared):
        *others, (value, _) = new.branches
        return replace(new, branches=(*others, (value, None)))
    return new


def _not_indices(statement: Statement, declared: Declared) -> Declared:
    """Without what is an index on the left side: its cases are equations of their own."""
    indices = names.bound_on_the_left(statement)
    return {d: space for d, space in declared.items() if d[1] or d[0] not in indices}


def _declared(statement: Statement) -> Iterator[tuple[tuple[str, int], Interval]]:
    r"""r_{ui} \in \{0, \dots, R\}, said of all elements."""
    relation = statement.relation
    if not isinstance(relation, Chain) or set(relation.ops) != {"in"}:
        return
    space = relation.operands[-1]
    if isinstance(space, Interval):
        for subject in relation.operands[:-1]:
            subscripts = tree.apart(subject.subscripts) if isinstance(subject, Indexed) else ()
            if (named := _subject(subject)) and all(isinstance(s, Name) for s in subscripts):
                yield named, space


def _subject(node: Syntax) -> tuple[str, int] | None:
    if isinstance(node, Name):
        return node.name, 0
    if isinstance(node, Indexed) and isinstance(node.base, Name):
        return node.base.name, len(tree.apart(node.subscripts))
    return None


@dataclass(frozen=True, slots=True)
class _Said:
    """subject op end."""

    subject: Syntax
    op: ChainOp
    end: Syntax


def _cover(cases: Cases, declared: Declared) -> bool:
    """Whether each value of the quantity that all conditions speak of is in one of the cases."""
    found = [_said(when, declared) for _, when in cases.branches]
    said = [s for s in found if s is not None]
    if not said or len(said) < len(found):
        return False
    subject = said[0].subject
    if any(tree.key(s.subject) != tree.key(subject) for s in said):
        return False
    named = _subject(subject)
    assert named is not None, "it is declared"
    return _reaches([(s.op, s.end) for s in said], declared[named])


def _said(when: tuple[Syntax, ...] | None, declared: Declared) -> _Said | None:
    if when is None or len(when) != 1:
        return None
    condition = tree.ungrouped(when[0])
    if not isinstance(condition, Chain) or len(condition.ops) != 1:
        return None
    (left, right), op = condition.operands, condition.ops[0]
    if op not in MIRRORED or op == "!=":
        return None
    if _subject(left) in declared:
        return _Said(left, op, right)
    return _Said(right, MIRRORED[op], left) if _subject(right) in declared else None


def _reaches(said: list[tuple[ChainOp, Syntax]], space: Interval) -> bool:
    """Whether the cases, from the lowest value on, leave none out up to the highest one."""
    low, high = _number(space.low), _number(space.high)
    if low is None:
        return False
    pieces = [_piece(op, end, space) for op, end in said]
    if any(p is None for p in pieces):
        return False
    infinite = float("inf")
    last = infinite if high is None else high
    reached: float = low - 1
    for first, end in sorted(p for p in pieces if p is not None):
        if first > reached + 1:
            return False
        reached = max(reached, end)
    return reached >= last


def _piece(op: ChainOp, end: Syntax, space: Interval) -> tuple[float, float] | None:
    """The integers that a condition admits; those up to a highest value without a number are all."""
    infinite = float("inf")
    value = _number(end)
    if value is None:
        whole = op == "<=" and tree.key(end) == tree.key(space.high)
        return (-infinite, infinite) if whole else None
    ends: dict[ChainOp, tuple[float, float]] = {
        "=": (value, value),
        ">": (value + 1, infinite),
        ">=": (value, infinite),
        "<": (-infinite, value - 1),
        "<=": (-infinite, value),
    }
    return ends[op]


def _number(node: Syntax) -> int | None:
    """A whole number, negative ones too."""
    if isinstance(node, Sum) and len(node.terms) == 1:
        sign, only = node.terms[0]
        value = _number(only)
        return None if value is None else sign * value
    return int(node.text) if isinstance(node, Num) and node.text.isdigit() else None
