r"""Norms, written by components.

\|v\|_2^2        -->   \sum_j v_j^2
\|v\|_p          -->   (\sum_j |v_j|^p)^{1/p}
\|v\|_\infty     -->   \max_j |v_j|

\|W\|_F and \|W\| are those of all elements of a matrix; with another order it is E006.
"""

from __future__ import annotations

from deltarule.errors import DeltaruleError
from deltarule.notation import tree
from deltarule.notation.syntax import AbsoluteValue, Group, Num, Power, Quotient, Syntax
from deltarule.notation.vector_arrays import Arrays, Scope
from deltarule.notation.vector_functions import call


def norm(
    arrays: Arrays,
    body: Syntax,
    order: Syntax | None,
    exponent: Syntax | None,
    at: Syntax,
    scope: Scope,
) -> Syntax:
    """The norm of this order, the Euclidean one without, to this power."""
    dims = arrays.shapes.dimensions(body)
    which = order.text if isinstance(order, Num) else "2" if order is None else tree.atom(order)
    _refuse(which, order, len(dims), at)
    value = arrays.settled(body, scope)

    def size(axes: tuple[str, ...], inside: Scope) -> Syntax:
        return AbsoluteValue(arrays.component(value, axes, inside), at.span)

    if which == "infty":
        return _raised(arrays.extreme("max", dims, scope, at, size), exponent, at)
    if which in ("2", "F"):
        two = Num("2", at.span)
        squares = arrays.summed(
            dims, scope, at,
            lambda k, s: Power(Group(arrays.component(value, k, s), at.span), two, at.span),
        )  # fmt: skip
        if isinstance(exponent, Num) and exponent.text == "2":
            return Group(squares, at.span)
        return _raised(call("sqrt", squares), exponent, at)
    power = None if which == "1" else order
    total = Group(
        arrays.summed(dims, scope, at, lambda k, s: _raised(size(k, s), power, at)), at.span
    )
    if power is None:
        return _raised(total, exponent, at)
    if exponent is not None and tree.key(exponent) == tree.key(power):
        return total
    root = Quotient(exponent or Num("1", at.span), power, at.span)
    return Power(total, root, at.span)


def _refuse(which: str | None, order: Syntax | None, rank: int, at: Syntax) -> None:
    r"""E008 for \|x\|_0; E006 for \|W\|_2 of a matrix, but not for \|W\|_F and \|W\|."""
    if which == "0":
        raise DeltaruleError(
            "E008",
            "the number of elements that are not zero is not supported as a norm",
            at=at.span,
            seen="it has no derivative",
            help="count them with a sum: \\sum_i [x_i \\ne 0]",
        )
    if rank > 1 and order is not None and which != "F":
        raise DeltaruleError(
            "E006",
            "this norm of a matrix can be read in two ways: as an operator norm, or as the norm of its elements",
            at=at.span,
            seen="ambiguous",
            help="write \\|W\\|_F for the root of the sum of all squares, or a sum over the elements",
        )


def _raised(base: Syntax, exponent: Syntax | None, at: Syntax) -> Syntax:
    return base if exponent is None else Power(base, exponent, at.span)
