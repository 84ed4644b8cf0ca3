"""Parameters that minimise an objective, by SciPy's L-BFGS on the derived gradient."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn
from scipy.optimize import minimize

from deltarule.errors import DeltaruleError

Arrays = dict[str, NDArray[Any]]
Objective = Callable[[Mapping[str, NDArray[Any]]], tuple[float, Mapping[str, NDArray[Any]]]]


@dataclass(frozen=True, slots=True)
class Parameter:
    """An array to be trained: its shape, and where its elements count (None: everywhere)."""

    shape: tuple[int, ...]
    mask: NDArray[np.bool_] | None = None


@dataclass(frozen=True, slots=True)
class Fit:
    """What training found: the best parameters, the objective per iteration, why it stopped."""

    parameters: Arrays
    history: tuple[float, ...]
    seed: int
    message: str

    @property
    def loss(self) -> float:
        return self.history[-1] if self.history else math.nan


def initial(parameters: Mapping[str, Parameter], seed: int) -> Arrays:
    """Normal numbers with variance 1 / fan-in (LeCun et al. 1998); fan-in is the last axis' support."""
    rng = np.random.default_rng(seed)
    found = {}
    for name, parameter in parameters.items():
        values = rng.normal(size=parameter.shape)
        if parameter.mask is not None:
            fan_in = np.maximum(parameter.mask.sum(axis=-1, keepdims=True), 1)
            values = np.where(parameter.mask, values / np.sqrt(fan_in), 0.0)
        elif parameter.shape:
            values = values / math.sqrt(parameter.shape[-1])
        found[name] = np.asarray(values, dtype=np.float64)
    return found


def minimise(
    objective: Objective,
    parameters: Mapping[str, Parameter],
    iterations: int,
    seed: int,
    show: bool = True,
) -> Fit:
    """At most `iterations` of L-BFGS from a seeded start. An interrupt ends it with the best so far.

    A step to where the objective or its gradient is not finite counts as a bad step and is shortened.
    Raises E304 where the start itself is such a place.
    """
    start = initial(parameters, seed)
    pack, unpack = _packing(parameters)
    history: list[float] = []
    best: dict[str, Any] = {"loss": math.inf, "at": pack(start), "slope": math.inf}

    def value_and_gradient(packed: NDArray[Any]) -> tuple[float, NDArray[Any]]:
        loss, found = objective(unpack(packed))
        gradient = pack(found)
        if not (math.isfinite(loss) and np.isfinite(gradient).all()):
            return _bad_step(best["loss"], seed), np.zeros_like(packed)
        if loss < best["loss"]:
            best.update(loss=loss, at=packed.copy(), slope=float(np.linalg.norm(gradient)))
        return loss, gradient

    with _progress(show) as progress, np.errstate(all="ignore"):
        task = progress.add_task("training", total=iterations, loss="")

        def after_iteration(_: NDArray[Any]) -> None:
            history.append(float(best["loss"]))
            shown = f"objective {best['loss']:.6g}  gradient {best['slope']:.1e}"
            progress.update(task, advance=1, loss=shown)

        try:
            optimise: Callable[..., Any] = minimize
            outcome = optimise(
                value_and_gradient,
                pack(start),
                jac=True,
                method="L-BFGS-B",
                callback=after_iteration,
                options={"maxiter": iterations, "maxfun": 20 * iterations, "maxcor": 30},
            )
            message = _reason(outcome.status, outcome.nit, best["slope"])
        except KeyboardInterrupt:
            if math.isinf(best["loss"]):
                raise
            message = "interrupted: these are the best parameters so far"
    return Fit(unpack(best["at"]), (*history, float(best["loss"])), seed, message)


def _bad_step(best: float, seed: int) -> float:
    """An objective that the line search backs away from."""
    if math.isinf(best):
        raise DeltaruleError(
            "E304",
            f"the objective or its gradient is not finite at the start, with seed {seed}",
            help="try another seed, or functions that are defined for every argument",
        )
    return best + abs(best) + 1.0


def _reason(status: int, iterations: int, slope: float) -> str:
    """Why L-BFGS stopped, for a person."""
    if status == 1:
        return "stopped at the limit of iterations: more may find a lower objective"
    if status == 2:
        return "stopped: no step lowers the objective further"
    if not iterations and slope == 0:
        return (
            "nothing to train: the gradient is zero at the start (another seed may begin elsewhere)"
        )
    return "converged"


def _packing(
    parameters: Mapping[str, Parameter],
) -> tuple[Callable[[Mapping[str, Any]], NDArray[Any]], Callable[[NDArray[Any]], Arrays]]:
    """All elements that count as one vector, and back."""
    masks = {
        n: np.ones(p.shape, dtype=bool) if p.mask is None else p.mask for n, p in parameters.items()
    }

    def pack(arrays: Mapping[str, Any]) -> NDArray[Any]:
        parts = [np.asarray(arrays[n], dtype=np.float64)[m] for n, m in masks.items()]
        return np.concatenate([np.empty(0), *(np.atleast_1d(p).ravel() for p in parts)])

    def unpack(packed: NDArray[Any]) -> Arrays:
        found, position = {}, 0
        for name, mask in masks.items():
            count = int(mask.sum())
            values = np.zeros(mask.shape)
            values[mask] = packed[position : position + count]
            found[name] = values
            position += count
        return found

    return pack, unpack


def _progress(show: bool) -> Progress:
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.completed}/{task.total}"),
        TextColumn("{task.fields[loss]}"),
        TimeElapsedColumn(),
        disable=not show,
    )
