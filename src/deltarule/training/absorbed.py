"""Which columns may be scaled as they please: those whose units the parameters absorb."""

from __future__ import annotations

from collections.abc import Collection

from deltarule.equations import walk
from deltarule.equations.nodes import Access, Add, Expr, Mul, Reduce
from deltarule.equations.system import System


def is_absorbed(system: System, column: str, trained: Collection[str]) -> bool:
    """Whether a trained element multiplies the array, or is added to it: w[j,k] h[i,k] with h[i,1] = x[i].

    The labels of a cross-entropy, y[i] ln(p[i]), are not absorbed: in other units they mean nothing.
    """
    copies = _copies(system, column)
    return any(
        _meets(node, copies, trained)
        for equation in system.equations
        for node in walk.descend(equation.expression)
    )


def _copies(system: System, column: str) -> set[str]:
    """The array and those that hold its elements as they are."""
    found = {column}
    while True:
        more = {
            e.target
            for e in system.equations
            if isinstance(e.expression, Access) and e.expression.array in found
        }
        if more <= found:
            return found
        found |= more


def _meets(node: Expr, copies: Collection[str], trained: Collection[str]) -> bool:
    match node:
        case Mul(parts):
            held = [_outside_sums(part) for part in parts]
        case Add(parts):
            held = [_single(part) for part in parts]
        case _:
            return False
    parameters = [i for i, part in enumerate(parts) if _single(part) & set(trained)]
    return any(held[j] & set(copies) for i in parameters for j in range(len(parts)) if j != i)


def _single(node: Expr) -> set[str]:
    """The array of an element, a numerical factor aside."""
    read = [n for n in walk.descend(node) if isinstance(n, Access)]
    plain = isinstance(node, Access) or (isinstance(node, Mul) and read and read[0] in node.factors)
    return {read[0].array} if plain and len(read) == 1 else set()


def _outside_sums(node: Expr) -> set[str]:
    """The arrays read in a factor, those under a sum of its own left out."""
    if isinstance(node, Reduce):
        return set()
    if isinstance(node, Access):
        return {node.array}
    return set().union(*(_outside_sums(child) for child in walk.children(node)))
