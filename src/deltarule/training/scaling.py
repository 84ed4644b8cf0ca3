"""Columns scaled for training, recorded so that it can be undone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

MARGIN = 0.9  # of a bounded range that the targets fill: its ends are reached only at infinity
WIDTH = 2.0  # of the part of a half-open range that the targets fill


@dataclass(frozen=True, slots=True)
class Scaling:
    """scaled = (value - shift) / scale, one shift and scale per column."""

    shift: tuple[float, ...]
    scale: tuple[float, ...]

    def apply(self, values: NDArray[Any]) -> NDArray[np.float64]:
        return (values - self._like(values, self.shift)) / self._like(values, self.scale)

    def undo(self, values: NDArray[Any]) -> NDArray[np.float64]:
        return values * self._like(values, self.scale) + self._like(values, self.shift)

    def _like(self, values: NDArray[Any], numbers: tuple[float, ...]) -> NDArray[np.float64]:
        return np.asarray(numbers if values.ndim > 1 else numbers[0])


def standard(values: NDArray[Any]) -> Scaling:
    """To mean 0 and standard deviation 1; a constant column is only shifted."""
    columns = values.reshape(len(values), -1)
    spread = columns.std(axis=0)
    return Scaling(_numbers(columns.mean(axis=0)), _numbers(np.where(spread > 0, spread, 1.0)))


def away_from_zero(values: NDArray[Any]) -> Scaling:
    """Smallest and largest value to 1 and 3: where equations have no offset, f(0) = 0 whatever the
    parameters are, so that zero must not lie among the data."""
    columns = values.reshape(len(values), -1)
    least, most = columns.min(axis=0), columns.max(axis=0)
    scale = np.where(most > least, (most - least) / 2, 1.0)
    return Scaling(_numbers(least - scale), _numbers(scale))


def into_range(values: NDArray[Any], low: float | None, high: float | None) -> Scaling:
    """Smallest and largest value to the ends of a margin inside low..high.

    Where one end is open, into a width of 2 beside the other; where both are, `standard`.
    """
    if low is not None:
        return _between(values, low, low + WIDTH if high is None else high)
    if high is not None:
        return _between(values, high - WIDTH, high)
    return standard(values)


def _between(values: NDArray[Any], low: float, high: float) -> Scaling:
    columns = values.reshape(len(values), -1)
    least, most = columns.min(axis=0), columns.max(axis=0)
    spread = np.where(most > least, most - least, 1.0)
    scale = spread / (MARGIN * (high - low))
    shift = (most + least) / 2 - scale * (high + low) / 2
    return Scaling(_numbers(shift), _numbers(scale))


def _numbers(values: NDArray[Any]) -> tuple[float, ...]:
    return tuple(float(v) for v in np.atleast_1d(values))
