"""Questions about the factors of a product, as the vectorised runtime asks them."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import numpy as np
from numpy.typing import NDArray

from deltarule.equations import affine, build, walk
from deltarule.equations.nodes import (
    Access,
    Add,
    Affine,
    Bracket,
    Call,
    Expr,
    Mul,
    Number,
    Pow,
    Relation,
)
from deltarule.runtimes.regions import Limits

Thunk = Callable[[], Any]

POWERS: dict[Fraction, Callable[[Any], Any]] = {
    Fraction(2): np.square,
    Fraction(-1): lambda u: 1.0 / u,
    Fraction(1, 2): np.sqrt,
    Fraction(-1, 2): lambda u: 1.0 / np.sqrt(u),
}


def is_negative(term: Expr) -> bool:
    first = term.factors[0] if isinstance(term, Mul) else term
    return isinstance(first, Number) and first.value < 0


def is_inverse(factor: Expr) -> bool:
    return isinstance(factor, Pow) and factor.exponent == build.MINUS_ONE


def is_constant(expression: Expr) -> bool:
    """Numbers and functions of them: computed once, and without a type of its own."""
    return all(isinstance(n, Number | Add | Mul | Pow | Call) for n in walk.descend(expression))


def is_plain(access: Access) -> bool:
    return all(affine.is_static(s) for s in access.subscripts)


def with_rank(value: Any, rank: int) -> NDArray[Any]:
    values = np.asarray(value)
    return values if values.ndim == rank else values.reshape((1,) * rank)


def thin(mask: NDArray[Any]) -> NDArray[Any]:
    """With extent 1 along the axes where the mask does not change."""
    for axis in range(mask.ndim):
        first = mask.take([0], axis=axis)
        if mask.shape[axis] > 1 and bool(np.all(mask == first)):
            mask = first
    return mask


def masked(value: Thunk, mask: NDArray[Any]) -> Thunk:
    return lambda: np.where(mask, value(), 0)


def key_of(factor: Expr, axes: Limits) -> tuple[str, Affine] | None:
    """[k = y[i]] for an axis k of the result: (k, y[i])."""
    if not isinstance(factor, Bracket) or not isinstance(factor.condition, Relation):
        return None
    form, op = factor.condition.affine, factor.condition.op
    if op != "=" or affine.is_static(form):
        return None
    for atom, coefficient in form.terms:
        if isinstance(atom, str) and atom in axes and abs(coefficient) == 1:
            rest = affine.subtract(form, affine.make([(atom, coefficient)]))
            if atom not in affine.names(rest):
                return atom, affine.scale(rest, -coefficient)
    return None


def bracketed(body: Expr, row: str, key: Affine) -> Expr:
    same = Relation(affine.subtract(affine.name(row), key), "=")
    return build.multiply(Bracket(same), body)


def two_groups(data: list[Expr], axes: frozenset[str]) -> tuple[list[Expr], list[Expr]]:
    """Factors shared out between two operands so that neither has more axes than it must."""
    names = [walk.free_names(f) & axes for f in data]
    order = sorted(range(len(data)), key=lambda p: -len(names[p]))
    first = order[0]
    second = max(order[1:], key=lambda p: len(names[p] - names[first]))
    groups: list[list[Expr]] = [[data[first]], [data[second]]]
    held = [names[first], names[second]]
    for position in order[1:]:
        if position == second:
            continue
        growth = [len(names[position] - h) for h in held]
        side = (
            0
            if growth[0] < growth[1] or (growth[0] == growth[1] and len(held[0]) <= len(held[1]))
            else 1
        )
        groups[side].append(data[position])
        held[side] = held[side] | names[position]
    return groups[0], groups[1]


def side_for(mask: NDArray[Any], left: frozenset[int], right: frozenset[int]) -> int | None:
    """The operand that has all axes along which the mask changes."""
    varies = frozenset(a for a, extent in enumerate(thin(mask).shape) if extent > 1)
    if varies <= right:
        return 1
    return 0 if varies <= left else None
