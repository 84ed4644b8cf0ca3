"""Numeric checks of compiled code: against the reference, and along directions."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]
Point = dict[str, Array]
STEPS = tuple(10.0**-exponent for exponent in range(1, 9))
NOISE = 32.0  # roundings of the value that a difference may carry
SHARP = 1e-3  # a difference tells something when it is this narrow, relative to the slope


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far one array is from the reference: the worst difference, in units of rounding of its
    float type at the array's largest magnitude, and where it is."""

    array: str
    units: float
    where: tuple[int, ...]
    passed: bool


def check_compiled(
    found: Mapping[str, Array], reference: Mapping[str, Array], most_units: float = 256.0
) -> list[Agreement]:
    """Compare every array of the reference with the one found, of float32 or float64.

    A shape that differs, NaN or infinity where the reference is finite are infinitely many units.
    """
    return [_agreement(name, found.get(name), want, most_units) for name, want in reference.items()]


def _agreement(name: str, found: Array | None, want: Array, most_units: float) -> Agreement:
    if found is None or np.shape(found) != np.shape(want):
        return Agreement(name, float("inf"), (), False)
    have = np.asarray(found)
    if have.size == 0:
        return Agreement(name, 0.0, (), True)
    precision = np.finfo(have.dtype if have.dtype.kind == "f" else np.float64)
    wanted = np.asarray(want, dtype=np.float64)
    finite = np.abs(wanted[np.isfinite(wanted)])
    largest = float(np.max(finite, initial=float(precision.tiny)))
    units = _distance(have.astype(np.float64), wanted) / (float(precision.eps) * largest)
    worst = np.unravel_index(int(np.argmax(units)), units.shape)
    most = float(units[worst])
    return Agreement(name, most, tuple(int(i) for i in worst), most <= most_units)


def _distance(have: Array, wanted: Array) -> Array:
    """|have - wanted|; 0 where both are the same infinity or NaN, else infinite there."""
    with np.errstate(invalid="ignore"):
        distance = np.abs(have - wanted)
    same = (have == wanted) | (np.isnan(have) & np.isnan(wanted))
    return np.where(same, 0.0, np.where(np.isfinite(distance), distance, np.inf))


@dataclass(frozen=True, slots=True)
class Probe:
    """One array moved along a random direction d: g.d against the two one-sided slopes.

    `told` is false where no step gave a slope that is sharp enough to judge by.
    """

    array: str
    claimed: float
    low: float
    high: float
    step: float
    passed: bool
    told: bool


@dataclass(frozen=True, slots=True)
class NumericReport:
    probes: tuple[Probe, ...]

    @property
    def passed(self) -> bool:
        return all(probe.passed for probe in self.probes)


def check_gradient(
    value: Callable[[Point], float],
    gradient: Callable[[Point], Mapping[str, Array]],
    point: Point,
    rng: np.random.Generator,
    directions: int = 2,
) -> NumericReport:
    """Probe each array that the gradient has by itself, along random directions.

    g.d must lie between the slopes to either side, (f(x + s d) - f(x)) / s and
    (f(x) - f(x - s d)) / s, for the step s that tells most: at a kink every subgradient passes, a
    wrong formula fails.
    """
    claimed = gradient({name: np.array(a, copy=True) for name, a in point.items()})
    probes = []
    for name, slope in claimed.items():
        for _ in range(directions):
            direction = rng.standard_normal(np.shape(point[name]))
            along = float(np.sum(np.asarray(slope, dtype=np.float64) * direction))
            probes.append(_probe(value, point, name, direction, along))
    return NumericReport(tuple(probes))


def _probe(
    value: Callable[[Point], float], point: Point, name: str, direction: Array, along: float
) -> Probe:
    """The ladder of steps; the narrowest interval decides."""
    here = float(value(point))
    rounding = float(np.finfo(np.asarray(point[name]).dtype).eps)
    best: _Rung | None = None
    last: _Rung | None = None
    for step in STEPS:
        rung = _rung(value, point, name, direction, step, here)
        if last is not None and np.isfinite(rung.middle) and np.isfinite(last.middle):
            found = _widened(rung, last, rounding)
            best = found if best is None or found.width < best.width else best
        last = rung
    if best is None:
        return Probe(name, along, float("nan"), float("nan"), 0.0, bool(np.isfinite(along)), False)
    told = best.width <= SHARP * max(abs(best.low), abs(best.high), abs(along))
    passed = best.low <= along <= best.high
    return Probe(name, along, best.low, best.high, best.step, passed, told)


@dataclass(frozen=True, slots=True)
class _Rung:
    """The one-sided slopes for one step, in order; `size` is the largest value that took part."""

    step: float
    low: float
    high: float
    size: float

    @property
    def middle(self) -> float:
        return 0.5 * (self.low + self.high)

    @property
    def width(self) -> float:
        return self.high - self.low


def _rung(
    value: Callable[[Point], float],
    point: Point,
    name: str,
    direction: Array,
    step: float,
    here: float,
) -> _Rung:
    after = float(value(_moved(point, name, step * direction)))
    before = float(value(_moved(point, name, -step * direction)))
    right, left = (after - here) / step, (here - before) / step
    return _Rung(step, min(left, right), max(left, right), max(abs(here), abs(after), abs(before)))


def _widened(rung: _Rung, coarser: _Rung, rounding: float) -> _Rung:
    """Leave room for rounding, and for curvature that changes: what the middle still moves by.

    At a kink the middle stays where it is, so that the sides themselves are the limits there.
    """
    room = NOISE * rounding * rung.size / rung.step + 0.1 * abs(rung.middle - coarser.middle)
    return _Rung(rung.step, rung.low - room, rung.high + room, rung.size)


def _moved(point: Point, name: str, shift: Array) -> Point:
    moved = np.asarray(point[name]) + shift
    return {**point, name: moved.astype(np.asarray(point[name]).dtype)}
