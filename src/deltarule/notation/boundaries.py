r"""Boundaries that get one value: H_{k0} = H_{0l} = 0 \quad for 0 \le k \le n and 0 \le l \le m.

Each is an element, or a row, of an array that has a general equation too. What is said of an index is
said of the boundary that has it.
"""

from __future__ import annotations

from dataclasses import replace

from deltarule.notation import tree
from deltarule.notation.syntax import Apply, Chain, Indexed, Name, Num, Raised, Statement, Syntax


def is_boundary(form: Syntax, left_sides: list[Syntax]) -> bool:
    """Whether a form has a number where the array is defined with an index: 0 of h_0 beside h_t."""
    here = _places(form)
    return here is not None and any(
        there is not None
        and there[0] == here[0]
        and len(there[1]) == len(here[1])
        and any(
            isinstance(own, Num) and _letters(other)
            for own, other in zip(here[1], there[1], strict=True)
        )
        for there in map(_places, left_sides)
    )


def apart(statement: Statement, forms: list[Syntax], value: Syntax) -> list[Statement]:
    """An equation for each of the forms, with the conditions on its own indices."""
    relation = statement.relation
    assert isinstance(relation, Chain)
    found = []
    for form in forms:
        own = _letters(form) | _letters(value)
        others = {n for f in forms for n in _indices(f)} - own
        conditions = tuple(c for c in statement.conditions if not _letters(c) & others)
        pair = replace(relation, operands=(form, value), ops=("=",))
        found.append(replace(statement, relation=pair, conditions=conditions))
    return found


def _places(form: Syntax) -> tuple[object, tuple[Syntax, ...]] | None:
    """The symbol that a form is an element of, and its subscripts and arguments."""
    found: tuple[Syntax, ...] = ()
    while not isinstance(form, Name):
        match form:
            case Indexed(base, subscripts):
                found = (*tree.apart(subscripts), *found)
                form = base
            case Apply(head, 0, arguments):
                found = (*arguments, *found)
                form = head
            case Raised(base, inside):
                found = (inside, *found)
                form = base
            case _:
                return None
    return (form.name, found) if found else None


def _indices(form: Syntax) -> set[str]:
    places = _places(form)
    return {n for p in places[1] for n in _letters(p)} if places is not None else set()


def _letters(node: Syntax) -> set[str]:
    return {n.name for n in tree.descend(node) if isinstance(n, Name)}
