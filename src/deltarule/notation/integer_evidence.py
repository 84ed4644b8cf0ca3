r"""Which symbols a document can mean as integers: what counts, bounds or is a place, before names are merged.

    y_i = \lambda x_i, \quad i = 1, \dots, n, \quad n \geq 2    -->   i and n, never \lambda

Evidence is a place: a subscript, a superscript in parentheses, the limits of a sum, the end of a range, a
dimension, the argument of what an equation defines. What is compared with an integer is one too.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from deltarule.notation import statement_tree, tree
from deltarule.notation.syntax import (
    AbsoluteValue,
    Apply,
    Big,
    Cases,
    Chain,
    Group,
    Indexed,
    Interval,
    Iverson,
    Listed,
    Name,
    Power,
    Product,
    Quotient,
    Raised,
    RealSpace,
    Remainder,
    Selected,
    Statement,
    Sum,
    Syntax,
    Without,
)


def integers(statements: list[Statement]) -> frozenset[str]:
    """The symbols that may be integers; n and n_1 of n_1 too."""
    matrices = {s for x, space in statement_tree.declarations(statements)
                if len(space.dimensions) > 1 and (s := tree.symbol(x)) is not None}  # fmt: skip
    found: set[str] = set()
    tied: list[set[str]] = []
    for statement in statements:
        found |= _arguments(statement)
        tied += _tied(statement)
        for node in statement_tree.nodes(statement):
            for place in _places(node, matrices):
                found |= symbols(place) | tree.names(place)
    return frozenset(_closure(found, tied))


def symbols(node: Syntax) -> set[str]:
    r"""What a bound speaks of: n of 2 n - 1, \phi_1 and \phi of |\phi_1|, y of y_i."""
    match node:
        case Name(name):
            return {name}
        case Indexed():
            own = {s} if (s := tree.symbol(node)) is not None else set[str]()
            return own | ({a} if (a := tree.atom(node)) is not None else set[str]())
        case Sum() | Product() | Quotient() | Group() | AbsoluteValue() | Power() | Interval():
            return set[str]().union(*(symbols(child) for child in tree.children(node)))
    return set()


def is_real_interval(node: Syntax) -> bool:
    r"""(0, 1) and [a, b]: without dots, so that these may be all numbers between."""
    if not isinstance(node, Interval):
        return False
    text = tree.written(node)
    return (
        text.startswith(("(", "[", "\\left(", "\\left["))
        and "dots" not in text
        and ".." not in text
    )


def _places(node: Syntax, matrices: set[str]) -> Iterator[Syntax]:
    """What stands where only integers stand."""
    match node:
        case Indexed(_, subscripts):
            yield from subscripts
        case Raised(_, inside):
            yield inside
        case Power(base, exponent) if _is_matrix(base, matrices):
            yield exponent
        case Big(_, below, above):
            yield from below
            yield from () if above is None else (above,)
        case RealSpace(dimensions):
            yield from dimensions
        case Remainder() | Listed() | Without() | Selected():
            yield from tree.children(node)
        case Interval() if not is_real_interval(node):
            yield from (node.low, node.high)
        case Chain(operands, ops) if ops[-1] == "in" or isinstance(operands[-1], Interval):
            last = operands[-1]
            if not isinstance(last, RealSpace) and not is_real_interval(last):
                yield from operands  # also a set that is known by its letter


def _is_matrix(base: Syntax, matrices: set[str]) -> bool:
    r"""A^n and \mathbf{A}^n: a power of a matrix, a whole number of times."""
    name = base if isinstance(base, Name) else None
    return name is not None and (name.vector or name.name.isupper() or name.name in matrices)


def _arguments(statement: Statement) -> set[str]:
    """n of w(n) = …"""
    left = statement_tree.defined(statement)
    arguments = left.arguments if isinstance(left, Apply) else ()
    return set[str]().union(*(symbols(a) for a in arguments))


def _tied(statement: Statement) -> Iterator[set[str]]:
    """The symbols of each comparison: an integer makes integers of the others."""
    for condition in statement.conditions:
        yield from _compared(condition)
    relation = statement.relation
    if isinstance(relation, Chain):
        if relation.ops[0] not in ("=", "<-", "in"):
            yield from _compared(relation)
        elif relation.ops == ("=",) and isinstance(relation.operands[0], Name):
            yield from _compared(relation)  # n = 2 k + 1
    for node in statement_tree.nodes(statement):
        if isinstance(node, Iverson):
            yield from (pair for c in node.conditions for pair in _compared(c))
        elif isinstance(node, Cases):
            yield from (
                pair for _, when in node.branches for c in when or () for pair in _compared(c)
            )


def _compared(node: Syntax) -> Iterator[set[str]]:
    if isinstance(node, Chain):
        yield from (symbols(one) | symbols(other) for one, other in pairwise(node.operands))


def _closure(found: set[str], tied: list[set[str]]) -> set[str]:
    """The integers, and all that is tied to one of them."""
    result = set(found)
    while True:
        more = set[str]().union(*(group for group in tied if group & result)) - result
        if not more:
            return result
        result |= more
