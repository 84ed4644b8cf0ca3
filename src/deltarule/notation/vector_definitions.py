r"""Functions that a document defines by a formula.

D(P, Q) = \sum_i P_i \ln Q_i      -->   D of P and Q
s(z)_k = e^{z_k}                  -->   s of z, by its components
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from deltarule.notation.syntax import (
    Apply,
    Chain,
    Indexed,
    Name,
    Statement,
    Syntax,
)


@dataclass(frozen=True, slots=True)
class Definition:
    """f(x, …) = body, or f(x, …)_k = body, a function of vectors."""

    name: str
    latex: str
    parameters: tuple[str, ...]
    body: Syntax
    rank: int
    axes: tuple[str, ...] = ()  # k of f(x)_k


def definitions(statements: list[Statement]) -> Iterator[tuple[str, Apply, Syntax]]:
    """Statements of the form f(x, y) = body, and f(x)_k = body."""
    for statement in statements:
        relation = statement.relation
        if not isinstance(relation, Chain) or relation.ops[0] != "=":
            continue
        left = relation.operands[0]
        if isinstance(left, Indexed) and component_axes(left):
            left = left.base
        if isinstance(left, Apply) and isinstance(left.head, Name) and not left.primes:
            if all(isinstance(a, Name) for a in left.arguments):
                yield left.head.name, left, relation.operands[1]


def component_axes(left: Syntax) -> tuple[str, ...]:
    """k of f(x)_k."""
    if not isinstance(left, Indexed) or not isinstance(left.base, Apply):
        return ()
    names = tuple(s.name for s in left.subscripts if isinstance(s, Name))
    return names if len(names) == len(left.subscripts) else ()


def parameters_of(left: Apply) -> tuple[str, ...]:
    return tuple(a.name for a in left.arguments if isinstance(a, Name))
