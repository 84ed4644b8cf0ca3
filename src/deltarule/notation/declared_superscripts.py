r"""Labels above symbols that a declaration in plain text has in the name.

    y_i = a x_i^s + b z_i^s,  x_s[i] for i = 1..n   -->   the names x_s and z_s

A letter that is declared as part of one name, and is nothing else, is part of the others too.
"""

from __future__ import annotations

from collections.abc import Set

from deltarule.notation.syntax import Indexed, Name, Statement

MARKS = ("_", "")


def spelled(
    statements: list[Statement], above: list[tuple[str, str, object]], taken: Set[str]
) -> dict[tuple[str, object], str]:
    """(x, s) --> x_s, for each letter s that stands above some x, with its key as in `above`."""
    declared = {n for s in statements if (n := _declared(s)) is not None}
    marks = {letter: mark for base, letter, _ in above for mark in MARKS
             if f"{base}{mark}{letter}" in declared and letter not in taken}  # fmt: skip
    return {(base, key): f"{base}{marks[letter]}{letter}"
            for base, letter, key in above if letter in marks}  # fmt: skip


def _declared(statement: Statement) -> str | None:
    """x_s of x_s[i] for i = 1..N."""
    relation = statement.relation
    if not isinstance(relation, Indexed) or not isinstance(relation.base, Name):
        return None
    return relation.base.name
