r"""What a document says of vectors and matrices outright.

W \in \mathbb{R}^{m \times n}      -->   a matrix
\vec{x}, \mathbf{W}               -->   a vector, a matrix
x_{i+1}, \sum_{i=1}^n              -->   i and n are numbers
"""

from __future__ import annotations

from collections.abc import Iterator

from deltarule.notation import tree
from deltarule.notation.syntax import (
    Big,
    Chain,
    Indexed,
    Interval,
    Name,
    RealSpace,
    Statement,
    Syntax,
)
from deltarule.notation.vector_ranks import Ranks
from deltarule.notation.vector_symbols import subscript_count, usual_rank


def positions(statements: list[Statement], found: Ranks) -> None:
    """What stands in subscripts, limits and dimensions is a whole number."""
    for statement in statements:
        relation = statement.relation
        if isinstance(relation, Chain) and isinstance(relation.operands[-1], Interval):
            for subject in relation.operands[:-1]:
                if (name := tree.symbol(subject)) is not None:
                    found.scalars.add(name)
        for part in (relation, *statement.conditions):
            for node in tree.descend(part):
                for place in _places(node):
                    found.scalars.update(
                        n.name for n in tree.descend(place) if isinstance(n, Name) and not n.vector
                    )


def _places(node: Syntax) -> tuple[Syntax, ...]:
    match node:
        case Indexed(_, subscripts):
            return tuple(s for s in subscripts if not isinstance(s, Indexed))
        case Big(_, below, above):
            return (*below, *((above,) if above is not None else ()))
        case RealSpace(dimensions):
            return dimensions
        case Interval(low, high):
            return (low, high)
    return ()


def marks(statements: list[Statement], found: Ranks) -> None:
    r"""\vec x, \mathbf W: capital letters are matrices, all others vectors."""
    for statement in statements:
        for node in tree.descend(statement.relation):
            if isinstance(node, Name) and node.vector:
                found.marked.add(node.name)
                found.ranks.setdefault(node.name, usual_rank(_without_difference(node)))


def _without_difference(node: Name) -> str:
    r"""c for \Delta c."""
    return node.name.removeprefix("Delta_") if node.latex.startswith("\\Delta ") else node.name


def declarations(statements: list[Statement], found: Ranks) -> None:
    r"""W \in \mathbb{R}^{m \times n} is a matrix, y \in \mathbb{R} a number."""
    for subject, space in declared_spaces(statements):
        name = tree.symbol(subject)
        if name is None:
            continue
        if not space.dimensions:
            found.scalars.add(name)
            found.declared_numbers.add((name, subscript_count(subject)))
            found.ranks.pop(name, None)
            continue
        found.declared[name] = space
        found.ranks[name] = len(space.dimensions)
        if isinstance(subject, Indexed):
            found.base_counts[name] = len(subject.subscripts)


def declared_spaces(statements: list[Statement]) -> Iterator[tuple[Syntax, RealSpace]]:
    r"""Each of x, y \in \mathbb{R}^n with its space."""
    for statement in statements:
        relation = statement.relation
        if isinstance(relation, Chain) and isinstance(space := relation.operands[-1], RealSpace):
            for subject in relation.operands[:-1]:
                yield subject, space


def ranged(statements: list[Statement]) -> dict[str, int]:
    """How many subscripts are declared with ranges."""
    return {
        name: len(s.relation.subscripts)
        for s in statements
        if isinstance(s.relation, Indexed) and s.conditions
        if (name := tree.symbol(s.relation)) is not None
    }
