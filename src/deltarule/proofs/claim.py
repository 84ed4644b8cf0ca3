"""What is to be proved: a forward System, its gradient, and the two sides to compare."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import reduce
from typing import TypeVar

from deltarule.equations.system import Array, System, defined, inputs
from deltarule.errors import DeltaruleError
from deltarule.runtimes.arithmetic import Arithmetic
from deltarule.runtimes.order import show

T = TypeVar("T")
Elements = dict[tuple[int, ...], T]


class NoPoint(Exception):
    """No random point was found at which both Systems have values."""


class NoValue(NoPoint):
    """The equations themselves have no value at any point tried: 1/(n - 1) at n = 1."""


@dataclass(frozen=True, slots=True)
class Claim:
    """Both Systems, with finite supports. The gradient has an adjoint for each array asked for."""

    forward: System
    gradient: System


def adjoint(claim: Claim, name: str) -> str:
    """The array of the gradient that holds the adjoint of an array; E110 where there is none."""
    arrays = claim.gradient.arrays
    for candidate in (*defined(claim.gradient), *inputs(claim.gradient)):
        pair = arrays[candidate].adjoint_of
        if pair is not None and pair[1] == name:
            return candidate
    raise DeltaruleError("E110", f"these equations hold no gradient with respect to '{name}'")


def cotangents(claim: Claim) -> dict[str, str]:
    """For a layer: output --> the input of the gradient that holds its cotangent."""
    if claim.forward.objective is not None:
        return {}
    found = {}
    for name in inputs(claim.gradient):
        pair = claim.gradient.arrays[name].adjoint_of
        if pair is not None and pair[1] in claim.forward.arrays:
            found[pair[1]] = name
    return found


def needed(claim: Claim) -> dict[str, Array]:
    """Every array that must be given for either System."""
    both = ((s, name) for s in (claim.forward, claim.gradient) for name in inputs(s))
    return {name: system.arrays[name] for system, name in both}


def objective(
    claim: Claim,
    found: Mapping[str, Mapping[tuple[int, ...], T]],
    weights: Mapping[str, Mapping[tuple[int, ...], T]],
    arithmetic: Arithmetic[T],
    zero: T,
) -> T:
    """The objective's value; for a layer <cotangent, output>, the weights being the cotangents."""
    if claim.forward.objective is not None:
        return found[claim.forward.objective][()]
    pairs = [
        arithmetic.multiply(weight, found[output][point])
        for output, given in cotangents(claim).items()
        for point, weight in weights[given].items()
        if point in found[output]
    ]
    return reduce(arithmetic.add, pairs, zero)


def inner(
    gradient: Mapping[tuple[int, ...], T],
    direction: Mapping[tuple[int, ...], T],
    arithmetic: Arithmetic[T],
    zero: T,
) -> T:
    """<gradient, direction>; an element that the gradient does not define is zero."""
    pairs = (arithmetic.multiply(gradient[p], d) for p, d in direction.items() if p in gradient)
    return reduce(arithmetic.add, pairs, zero)


def stray(
    name: str, gradient: Mapping[tuple[int, ...], T], direction: Mapping[tuple[int, ...], T]
) -> str:
    """What to say of an element whose array has no such element; '' where there is none."""
    for point in gradient:
        if point not in direction:
            return f"{show((name, point))} is outside the support of its array"
    return ""


def witness(
    name: str,
    direction: Mapping[tuple[int, ...], T],
    agrees: Callable[[Elements[T]], bool],
    most: int = 48,
) -> str:
    """The first element of a gradient that is wrong, found by trying the elements one by one."""
    for point, number in list(direction.items())[:most]:
        if not agrees({point: number}):
            return f"{show((name, point))} is not the derivative"
    return f"{name} is not the derivative"
