"""Precise proofs: both sides as real numbers of 120 digits and more, for functions that have identities.

The slope along a direction is a central difference, so that no table of derivatives takes part in
its own check: the step 1e-30 leaves an error near 1e-60 and loses 30 of the 120 digits. Where a slope is
much smaller than the values that it is the difference of, as behind exp(-500), both sides are computed again
with more digits: that brings a right gradient to agree, and no wrong one.
"""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from deltarule.equations.system import inputs
from deltarule.proofs import claim as claims
from deltarule.proofs.claim import Claim, NoPoint, NoValue
from deltarule.proofs.draw import Points, draw_arrays
from deltarule.runtimes.precise import OutsideTheReals, Precise
from deltarule.runtimes.reference import evaluate

DIGITS = (120, 240, 480)
WANTED = 50
ATTEMPTS = 24
SCALES = (Fraction(1, 4), Fraction(1), Fraction(4))
Elements = dict[tuple[int, ...], Any]


@dataclass(frozen=True, slots=True)
class Trial:
    """One random point, and the gradient there."""

    claim: Claim
    sizes: Mapping[str, int]
    arithmetic: Precise
    values: Points[Any]
    gradient: Mapping[str, Elements]
    seed: str
    positive: bool

    @property
    def digits(self) -> int:
        return int(self.arithmetic.context.dps)

    def with_digits(self, digits: int) -> Trial:
        """The same point, and the gradient there, computed with more digits."""
        return _draw(self.claim, self.sizes, self.seed, self.positive, digits)


def trial(claim: Claim, sizes: Mapping[str, int], seed: str) -> Trial:
    """Draw a point where both Systems have real values.

    Raises NoValue where the equations have none at any point tried, NoPoint where only their gradient has none.
    """
    missing: type[NoPoint] = NoValue
    for attempt in range(ATTEMPTS):
        try:
            return _draw(claim, sizes, f"{seed}|{attempt}", positive=attempt % 2 == 1)
        except NoValue:
            continue
        except (OutsideTheReals, ZeroDivisionError):
            missing = NoPoint
    raise missing(f"no real values at {ATTEMPTS} random points")


def _draw(
    claim: Claim, sizes: Mapping[str, int], seed: str, positive: bool, digits: int = DIGITS[0]
) -> Trial:
    """Every array has a scale of its own, so that differences of positive ones may be positive."""
    source = random.Random(seed)
    arithmetic = Precise(digits, source.getrandbits(64))

    def real(name: str) -> Any:
        scale = random.Random(f"{seed}|{name}").choice(SCALES)
        return _real(source, arithmetic, positive) * scale.numerator / scale.denominator

    values = draw_arrays(claims.needed(claim), sizes, real, source.randint)
    given = {n: values[n] for n in inputs(claim.forward)}
    try:
        evaluate(claim.forward, sizes, given, arithmetic)
    except (OutsideTheReals, ZeroDivisionError) as error:
        raise NoValue(str(error)) from error
    found = evaluate(claim.gradient, sizes, values, arithmetic)
    return Trial(claim, sizes, arithmetic, values, {**values, **found}, seed, positive)


def check(point: Trial, name: str, seed: str) -> tuple[int | None, str]:
    """The digits to which both sides agree (None where both are zero), and '' or what is wrong."""
    own = claims.adjoint(point.claim, name)
    outside = claims.stray(own, point.gradient[own], _direction(point, name, seed))
    if outside:
        return None, outside
    found: int | None = 0
    for digits in DIGITS:
        point = point if digits == point.digits else point.with_digits(digits)
        found, certain = _agreement(point, name, _direction(point, name, seed))
        if certain:
            return found, ""
    if found is None:
        return None, ""

    def agrees(one: Elements) -> bool:
        digits, _ = _agreement(point, name, one)
        return digits is None or digits >= WANTED

    return found, claims.witness(own, _direction(point, name, seed), agrees)


def _direction(point: Trial, name: str, seed: str) -> Elements:
    source = random.Random(f"{seed}|{name}")
    array = {name: point.claim.forward.arrays[name]}
    drawn = draw_arrays(
        array,
        point.sizes,
        lambda _: _real(source, point.arithmetic, positive=False),
        source.randint,
    )
    return drawn[name]


def _agreement(point: Trial, name: str, direction: Elements) -> tuple[int | None, bool]:
    """How many leading digits of the two sides agree, None where both are as good as zero; whether that is
    enough."""
    context, zero = point.arithmetic.context, point.arithmetic.number(Fraction(0))
    gradient = point.gradient[claims.adjoint(point.claim, name)]
    left = _slope(point, name, direction)
    right = claims.inner(gradient, direction, point.arithmetic, zero)
    scale, difference = max(abs(left), abs(right)), abs(left - right)
    if scale < context.mpf(10) ** -(point.digits * WANTED // DIGITS[0]):
        return None, scale == 0
    if difference == 0:
        return point.digits, True
    digits = max(0, int(context.floor(-context.log10(difference / scale))))
    return digits, digits >= WANTED


def _slope(point: Trial, name: str, direction: Elements) -> Any:
    """The central difference; element by element, so that outputs that stay as they are cost no digits."""
    arithmetic = point.arithmetic
    step = arithmetic.number(Fraction(1, 10 ** (point.digits // 4)))
    above, below = (_moved(point, name, direction, s) for s in (step, -step))
    change = {n: {p: v - below[n][p] for p, v in above[n].items()} for n in _wanted(point.claim)}
    zero = arithmetic.number(Fraction(0))
    return claims.objective(point.claim, change, point.values, arithmetic, zero) / (2 * step)


def _wanted(claim: Claim) -> tuple[str, ...]:
    """The objective, or the outputs whose cotangents are given."""
    objective = claim.forward.objective
    return (objective,) if objective is not None else tuple(claims.cotangents(claim))


def _moved(
    point: Trial, name: str, direction: Elements, step: Any
) -> Mapping[str, Mapping[tuple[int, ...], Any]]:
    """All arrays after a step along the direction of one of them, input or defined."""
    system, arithmetic = point.claim.forward, point.arithmetic
    given = {n: point.values[n] for n in inputs(system)}
    added = {}
    if name in given:
        given[name] = {
            p: v + step * direction[p] if p in direction else v for p, v in given[name].items()
        }
    else:
        added = {name: {p: step * d for p, d in direction.items()}}
    found = evaluate(system, point.sizes, given, arithmetic, added=added)
    return {**given, **found}


def _real(source: random.Random, arithmetic: Precise, positive: bool) -> Any:
    """A random real of either sign, away from zero."""
    size = arithmetic.number(Fraction(source.randrange(10**39, 10**40), 8 * 10**39))
    return size if positive or source.random() < 0.5 else -size
