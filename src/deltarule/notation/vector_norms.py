r"""Norms, written by components.

\|v\|_2^2        -->   \sum_j v_j^2
\|v\|_p          -->   (\sum_j |v_j|^p)^{1/p}
\|v\|_\infty     -->   \max_j |v_j|
"""

from __future__ import annotations

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


def _raised(base: Syntax, exponent: Syntax | None, at: Syntax) -> Syntax:
    return base if exponent is None else Power(base, exponent, at.span)
