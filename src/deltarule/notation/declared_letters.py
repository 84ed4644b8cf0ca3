"""Letters of a declaration that are arrays elsewhere.

    x[t,i] for i = 1..d,  c_t = i_t u_t   -->   x[t,k] for k = 1..d,  c_t = i_t u_t

What a declaration counts with is nobody else's: where an array has that letter, it gets another.
"""

from __future__ import annotations

from dataclasses import replace

from deltarule.notation import statement_tree, tree
from deltarule.notation.along import letter_after
from deltarule.notation.syntax import Indexed, Name, Statement


def settle(statements: list[Statement]) -> list[Statement]:
    """The statements, with letters for the indices of declarations that nothing else has."""
    arrays = {
        n.base.name
        for n in statement_tree.all_nodes(statements)
        if isinstance(n, Indexed) and isinstance(n.base, Name)
    }
    if not any(arrays & set(_letters(s)) for s in statements):
        return statements
    taken = statement_tree.all_names(statements)
    return [_renamed(s, arrays, taken) for s in statements]


def _letters(statement: Statement) -> list[str]:
    """t and i of x[t,i] for i = 1..d."""
    subject = statement.relation
    if not isinstance(subject, Indexed) or subject.style != "bracket":
        return []
    return [s.name for s in subject.subscripts if isinstance(s, Name)]


def _renamed(statement: Statement, arrays: set[str], taken: set[str]) -> Statement:
    shared = [letter for letter in _letters(statement) if letter in arrays]
    if not shared:
        return statement
    subject = statement.relation
    assert isinstance(subject, Indexed), "only a declaration has letters"
    values = {}
    for letter in shared:
        new = letter_after(letter, taken)
        values[letter] = Name(new, new, subject.span)
    subscripts = tuple(tree.substitute(s, values) for s in subject.subscripts)
    conditions = tuple(tree.substitute(c, values) for c in statement.conditions)
    return replace(
        statement, relation=replace(subject, subscripts=subscripts), conditions=conditions
    )
