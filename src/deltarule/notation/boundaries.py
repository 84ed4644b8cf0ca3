r"""Boundaries that get one value: H_{k0} = H_{0l} = 0 \quad for 0 \le k \le n and 0 \le l \le m.

Each is an element, or a row, of an array that has a general equation too. What is said of an index is
said of the boundary that has it.

    U_0^n = U_{m+1}^n = 0 \quad n = 0, \dots, N, beside U_i^{n+1} = …, i = 1, \dots, m     both for all n
    U_0^n = a_n, U_{m+1}^n = b_n \quad n = 0, \dots, N                                    both for all n
    f_n = g_n = 0 \quad n < 0, beside f_n = …, g_n = …                                     both for n < 0
"""

from __future__ import annotations

from collections.abc import Set
from dataclasses import replace

from deltarule.notation import tree
from deltarule.notation.syntax import (
    Apply,
    Chain,
    Indexed,
    Interval,
    Name,
    Num,
    Power,
    Raised,
    Statement,
    Sum,
    Syntax,
)


def is_boundary(form: Syntax, left_sides: list[Syntax], sizes: Set[str] = frozenset()) -> bool:
    """Whether a form has a number, or a size, where the array is defined with an index: 0 of h_0 beside h_t."""
    here = _places(form)
    return here is not None and any(
        there is not None
        and there[0] == here[0]
        and len(there[1]) == len(here[1])
        and any(
            _stands_still(own, sizes) and not _stands_still(other, sizes)
            for own, other in zip(here[1], there[1], strict=True)
        )
        for there in map(_places, left_sides)
    )


def are_beside(statement: Statement, left_sides: list[Syntax]) -> bool:
    """Whether a number, under a condition, is the value of elements of several arrays that have other equations."""
    relation = statement.relation
    if not isinstance(relation, Chain) or not isinstance(relation.operands[-1], Num):
        return False
    if not statement.conditions:
        return False
    known = {there[0] for left in left_sides if (there := _places(left)) is not None}
    forms = [_places(form) for form in relation.operands[:-1]]
    arrays = [form[0] for form in forms if form is not None]
    return len(arrays) == len(forms) == len(set(arrays)) and set(arrays) <= known


def limits(statements: list[Statement]) -> set[str]:
    """m and N of i = 1..m, n = 0..N - 1: the symbols that ranges begin or end with."""
    ranges = (n for s in statements for c in s.conditions for n in tree.descend(c))
    return {
        n for r in ranges if isinstance(r, Interval) for e in (r.low, r.high) for n in tree.names(e)
    }


def _stands_still(place: Syntax, sizes: Set[str]) -> bool:
    """0, m + 1: no index in it."""
    parts = all(isinstance(n, Num | Name | Sum) for n in tree.descend(place))
    return parts and tree.names(place) <= sizes


def apart(statement: Statement, forms: list[Syntax], value: Syntax) -> list[Statement]:
    """An equation for each of the forms, with the conditions on its own indices."""
    relation = statement.relation
    assert isinstance(relation, Chain)
    found = []
    for form in forms:
        own = tree.names(form) | tree.names(value)
        others = {n for f in forms for n in _indices(f)} - own
        conditions = tuple(c for c in statement.conditions if not tree.names(c) & others)
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
            case Raised(base, above) | Power(base, above):
                found = (above, *found)
                form = base
            case _:
                return None
    return (form.name, found) if found else None


def _indices(form: Syntax) -> set[str]:
    places = _places(form)
    return {n for p in places[1] for n in tree.names(p)} if places is not None else set()
