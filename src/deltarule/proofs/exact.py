"""Exact proofs: both sides at random points modulo a 61-bit prime, with no tolerance.

Uninterpreted functions are random tables (g, g', …), the derivative along the direction is a dual
number. If the two sides were different rational functions, they would agree at a random point with
probability at most degree / prime (Schwartz 1980, Zippel 1979).
"""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeVar, cast

from deltarule.costs.rules import comparisons, holds_data
from deltarule.equations import functions, walk
from deltarule.equations.nodes import (
    ArgReduce,
    Bracket,
    Call,
    Expr,
    Number,
    Pow,
    Reduce,
    Select,
)
from deltarule.equations.system import System, inputs
from deltarule.proofs import claim as claims
from deltarule.proofs.claim import Claim, NoPoint, NoValue
from deltarule.proofs.draw import Points, draw_arrays
from deltarule.runtimes.arithmetic import Arithmetic
from deltarule.runtimes.dual import Dual, DualNumber
from deltarule.runtimes.modular import PRIME, Degree, Degrees, Modular, rational_call
from deltarule.runtimes.reference import evaluate

T = TypeVar("T")
Elements = dict[tuple[int, ...], T]
ATTEMPTS = 5


def is_exact(system: System) -> bool:
    """Whether a System has only +, -, *, /, whole powers and uninterpreted functions."""
    return all(_is_rational(n) for e in system.equations for n in walk.descend(e.expression))


def _is_rational(node: Expr) -> bool:
    match node:
        case Call(function, _, order):
            if functions.is_known(function):
                return rational_call(function, order)
            return True
        case Pow(_, Number(exponent)):
            return exponent.denominator == 1
        case Pow(_, exponent):
            return not holds_data(exponent)
        case Reduce(op):
            return op in ("sum", "prod")
        case ArgReduce():
            return False
        case Bracket(condition) | Select(condition, _, _):
            return not comparisons(condition)
    return True


@dataclass(frozen=True, slots=True)
class Trial:
    """One random point, and the gradient there."""

    claim: Claim
    sizes: Mapping[str, int]
    arithmetic: Modular
    values: Points[int]
    gradient: Mapping[str, Elements[int]]


def trial(claim: Claim, sizes: Mapping[str, int], seed: str) -> Trial:
    """Draw a point where nothing is divided by zero.

    Raises NoValue where the equations divide by zero at every point tried, NoPoint where only their gradient
    does.
    """
    missing: type[NoPoint] = NoValue
    for attempt in range(ATTEMPTS):
        try:
            return _draw(claim, sizes, random.Random(f"{seed}|{attempt}"))
        except NoValue:
            continue
        except ZeroDivisionError:
            missing = NoPoint
    raise missing(f"division by zero at {ATTEMPTS} random points")


def _draw(claim: Claim, sizes: Mapping[str, int], source: random.Random) -> Trial:
    arithmetic = Modular(source.getrandbits(64))
    values = draw_arrays(
        claims.needed(claim), sizes, lambda _: source.randrange(PRIME), source.randint
    )
    try:
        evaluate(claim.forward, sizes, {n: values[n] for n in inputs(claim.forward)}, arithmetic)
    except ZeroDivisionError as error:
        raise NoValue(str(error)) from error
    found = evaluate(claim.gradient, sizes, values, arithmetic)
    return Trial(claim, sizes, arithmetic, values, {**values, **found})


def check(point: Trial, name: str, seed: str) -> tuple[None, str]:
    """'' where the gradient by one array is right at this point, else what is wrong."""
    source = random.Random(f"{seed}|{name}")
    own = claims.adjoint(point.claim, name)
    array = {name: point.claim.forward.arrays[name]}
    direction = draw_arrays(array, point.sizes, lambda _: source.randrange(PRIME), source.randint)
    gradient = point.gradient[own]
    outside = claims.stray(own, gradient, direction[name])
    if outside or _agrees(point, name, gradient, direction[name]):
        return None, outside

    def agrees(one: Elements[int]) -> bool:
        return _agrees(point, name, gradient, one)

    return None, claims.witness(own, direction[name], agrees)


def _agrees(point: Trial, name: str, gradient: Elements[int], direction: Elements[int]) -> bool:
    slope = _slope(point.claim, point.sizes, point.arithmetic, point.values, name, direction)
    return slope == claims.inner(gradient, direction, point.arithmetic, 0)


def _slope(
    claim: Claim,
    sizes: Mapping[str, int],
    base: Arithmetic[T],
    values: Points[T],
    name: str,
    direction: Elements[T],
) -> T:
    """The derivative of the objective along a direction of one array, input or defined."""
    dual, zero = Dual(base), base.number(Fraction(0))
    given = {n: _lift(claim.forward, n, values[n], dual) for n in inputs(claim.forward)}
    added = {}
    if name in given:
        given[name] = {p: DualNumber(v, direction.get(p, zero)) for p, v in values[name].items()}
    else:
        added = {name: {p: DualNumber(zero, d) for p, d in direction.items()}}
    found = evaluate(claim.forward, sizes, given, dual, added=added)
    weights = {
        w: {p: dual.constant(v) for p, v in values[w].items()}
        for w in claims.cotangents(claim).values()
    }
    return claims.objective(claim, {**given, **found}, weights, dual, dual.constant(zero)).tangent


def _lift(system: System, name: str, values: Elements[T], dual: Dual[T]) -> Elements[DualNumber[T]]:
    if system.arrays[name].kind == "integer":
        return cast("Elements[DualNumber[T]]", values)  # integers are constants
    return {p: dual.constant(v) for p, v in values.items()}


def error_bound(claim: Claim, sizes: Mapping[str, int], name: str, trials: int) -> float:
    """The probability that a wrong gradient by one array passes this many trials.

    Per trial: the degree of the difference of both sides, and that of the difference of any two
    arguments of functions (which must not meet by accident), over the prime.
    """
    base = Degree()
    values = draw_arrays(claims.needed(claim), sizes, lambda _: Degrees(1), min)
    array = {name: claim.forward.arrays[name]}
    direction = draw_arrays(array, sizes, lambda _: Degrees(1), min)[name]
    found = evaluate(claim.gradient, sizes, values, base)
    gradient = {**values, **found}[claims.adjoint(claim, name)]
    right = claims.inner(gradient, direction, base, Degrees(0))
    left = _slope(claim, sizes, base, values, name, direction)
    degree = max(base.add(left, right).numerator, 1) + _collisions(base.arguments)
    return float(Fraction(degree, PRIME) ** trials)


def _collisions(arguments: list[Degrees]) -> int:
    """A bound on the summed degrees of all differences of two arguments."""
    if not arguments:
        return 0
    largest = max(a.numerator + a.denominator for a in arguments)
    count = len(arguments)
    return count * (count - 1) // 2 * 2 * largest
