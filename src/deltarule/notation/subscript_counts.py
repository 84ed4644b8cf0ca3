r"""How many subscripts each symbol has: x_t with \mathbf{x}_t always has one, and is a vector beside it.

Q_i,  Q \in \mathbb{R}^{n \times d}        -->   rows of a matrix
A_{ij},  A \in \mathbb{R}^{n \times d}     -->   its elements
"""

from __future__ import annotations

from collections.abc import Iterator

from deltarule.notation import tree
from deltarule.notation.syntax import (
    Chain,
    Indexed,
    Name,
    RealSpace,
    Statement,
    Syntax,
    Whole,
)
from deltarule.notation.vector_definitions import definitions, parameters_of
from deltarule.notation.vector_ranks import Ranks
from deltarule.notation.vector_symbols import places_taken


def count(statements: list[Statement], found: Ranks) -> None:
    """How many subscripts each symbol always has; subscripts of a declared array are its axes."""
    counts_of: dict[str, set[int]] = {}
    for statement in statements:
        for name, written in _occurrences(statement):
            counts_of.setdefault(name, set()).add(written)
    slices = dict(pair for s in statements for pair in _slices(s.relation))
    for name, counts in _parameter_counts(statements).items():
        if 0 in counts_of.setdefault(name, {0}):
            counts_of[name] |= counts
    undeclared = found.marked - found.declared.keys()
    for name, counts in counts_of.items():
        if max(counts):
            found.parts[name] = max(counts)
        if name in found.base_counts:
            continue
        base = min(counts)
        found.base_counts[name] = base
        if name in slices and name in undeclared:
            found.ranks[name] = slices[name] - base
        elif name in undeclared and base > 1 == found.ranks[name] - 1:
            found.elements.add(name)
            del found.ranks[name]
        if name not in found.declared or not base:
            continue
        rank = found.ranks[name]
        if base < rank and (name not in found.marked or rank > 1):
            found.ranks[name] = rank - base  # rows of it, Q_i
        elif base == rank and name not in found.marked:
            found.ranks[name] = 0  # its elements


def _occurrences(statement: Statement) -> Iterator[tuple[str, int]]:
    """Each use of a name with how many subscripts it has; declarations and definitions by it aside."""
    relation = statement.relation
    if isinstance(relation, Chain) and isinstance(relation.operands[-1], RealSpace):
        return
    parameters = {p for _, left, _ in definitions([statement]) for p in parameters_of(left)}
    yield from (use for use in _occurrences_in(relation) if use[0] not in parameters)


def _slices(node: Syntax) -> Iterator[tuple[str, int]]:
    """U and 2 for U_{:,i}: all its axes are written."""
    for part in tree.descend(node):
        if isinstance(part, Indexed) and isinstance(part.base, Name):
            if any(isinstance(s, Whole) for s in part.subscripts):
                yield part.base.name, len(part.subscripts)


def _parameter_counts(statements: list[Statement]) -> dict[str, set[int]]:
    r"""P and Q of D(P, Q) = \sum_i P_i \log Q_i: whole, and with one subscript."""
    found: dict[str, set[int]] = {}
    for _, left, body in definitions(statements):
        for name, written in _occurrences_in(body):
            if written and name in parameters_of(left):
                found.setdefault(name, {0}).add(written)
    return found


def _occurrences_in(node: Syntax) -> Iterator[tuple[str, int]]:
    if isinstance(node, Indexed) and isinstance(node.base, Name):
        yield node.base.name, places_taken(node.subscripts)
        for subscript in node.subscripts:
            yield from _occurrences_in(subscript)
        return
    if isinstance(node, Name):
        yield node.name, 0
    for child in tree.children(node):
        yield from _occurrences_in(child)
