"""Training as one story: read columns, scale, minimise, save, draw."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

import deltarule
from deltarule.equations import functions
from deltarule.equations.system import Equation, System, inputs
from deltarule.errors import DeltaruleError
from deltarule.notation import print_text
from deltarule.runtimes import arguments, layout
from deltarule.runtimes.compiled import compile_system
from deltarule.runtimes.numpy_runtime import NumPyRuntime
from deltarule.runtimes.shapes import Extents, infer_sizes, shape_text
from deltarule.training import checkpoint, plot
from deltarule.training.absorbed import is_absorbed
from deltarule.training.classes import is_class
from deltarule.training.data import read_columns
from deltarule.training.extras import require
from deltarule.training.fit import Fit, Parameter, minimise
from deltarule.training.scaling import Scaling, away_from_zero, into_range
from deltarule.training.targets import last_nonlinearity, prediction_of, with_prediction

if TYPE_CHECKING:
    from deltarule.runtimes.compiled import CompiledFunction


@dataclass(frozen=True, slots=True)
class Request:
    """What the user asked for. `mapping` ties arrays to columns; `out` has no ending."""

    data: str
    mapping: Mapping[str, str]
    sizes: Mapping[str, int]
    functions: Mapping[str, str]
    out: Path
    iterations: int
    seed: int


@dataclass(frozen=True, slots=True)
class Trained:
    """A fit with its files and, where something is predicted, how well.

    `error` is the root mean square error in the data's own units, `right` the share of rows whose
    class is predicted; None where they do not apply.
    """

    fit: Fit
    out: Path
    target: str | None
    error: float | None
    right: float | None = None

    def __str__(self) -> str:
        trained = (
            f"{n} {shape_text(v.shape)}" if v.ndim else n for n, v in self.fit.parameters.items()
        )
        lines = [
            f"trained {', '.join(trained)}",
            f"objective {self.fit.loss:.6g} after {len(self.fit.history) - 1} iterations: "
            f"{self.fit.message}",
        ]
        if self.error is not None:
            lines.append(f"root mean square error {self.error:.4g} in units of {self.target}")
        if self.right is not None:
            lines.append(f"right {self.right:.1%} of {self.target}")
        names = ", ".join(str(checkpoint.beside(self.out, e)) for e in checkpoint.ENDINGS)
        return "\n".join([*lines, f"wrote {names}"])


@dataclass(frozen=True, slots=True)
class Data:
    """The columns as they are and as the equations see them, with what is predicted of them."""

    raw: Mapping[str, NDArray[Any]]
    scaled: Mapping[str, NDArray[Any]]
    scalings: Mapping[str, Scaling]
    predictions: Mapping[str, Equation]  # of the arrays that something is compared with


@dataclass(frozen=True, slots=True)
class Outcome:
    """A target with what is predicted for it, in the data's own units."""

    target: str
    observed: NDArray[Any]
    predicted: NDArray[Any]
    error: float | None
    right: float | None


def train(
    system: System, compiled: CompiledFunction, request: Request, show: bool = True
) -> Trained:
    """Fits every real input that has no column. `system` has its functions bound and an objective.

    Raises what `read_columns`, the compiled function and `checkpoint` raise, before any file is
    written.
    """
    _check(system, request)
    for package in ("polars", "safetensors", "matplotlib"):
        require(package)
    checkpoint.check_writable(request.out)
    data = _data(system, request)
    shapes = {n: v.shape for n, v in data.scaled.items()}
    sizes = infer_sizes(system, Extents(system), shapes, dict(request.sizes))
    parameters = _parameters(system, tuple(data.raw), sizes)

    def objective(values: Mapping[str, NDArray[Any]]) -> tuple[float, Mapping[str, NDArray[Any]]]:
        return compiled.value_and_grad(**data.scaled, **values, **sizes)

    fit = minimise(objective, parameters, request.iterations, request.seed, show)
    outcome = _outcome(system, data, fit, sizes)
    checkpoint.save(request.out, fit.parameters, _about(system, request, sizes, data, fit, outcome))
    picture = _picture(request, data, outcome, fit)
    checkpoint.write_whole(checkpoint.beside(request.out, ".png"), picture)
    if outcome is None:
        return Trained(fit, request.out, None, None)
    column = request.mapping[outcome.target]
    return Trained(fit, request.out, column, outcome.error, outcome.right)


def _check(system: System, request: Request) -> None:
    for option, value, least in (
        ("--iterations", request.iterations, 1),
        ("--seed", request.seed, 0),
    ):
        if value < least:
            raise DeltaruleError(
                "E401", f"{option} is too small", seen=str(value), help=f"{least} or more"
            )
    for name in request.mapping:
        if name not in inputs(system):
            raise DeltaruleError(
                "E110",
                f"the equations have no input '{name}'",
                help=f"inputs: {', '.join(inputs(system))}",
            )
    for size in request.sizes:
        if size not in system.sizes:
            raise DeltaruleError(
                "E110",
                f"the equations have no size '{size}'",
                help=f"sizes: {', '.join(system.sizes)}",
            )
    free = [n for n in inputs(system) if n not in request.mapping]
    if not any(system.arrays[n].kind == "real" for n in free):
        raise DeltaruleError(
            "E301", "nothing is left to train: every input has a column", help="map fewer arrays"
        )
    for name in free:
        if system.arrays[name].kind == "integer":
            raise DeltaruleError(
                "E301", f"the integer array '{name}' needs a column", help=f"--map {name}=COLUMN"
            )


def _data(system: System, request: Request) -> Data:
    """The columns, checked for the number of axes, scaled."""
    extents = Extents(system)
    raw = {}
    for name, values in read_columns(request.data, request.mapping).items():
        array = system.arrays[name]
        if len(array.axes) == 2 and values.ndim == 1:
            values = values[:, np.newaxis]
        arguments.check_rank(array, extents, values)
        raw[name] = values
    found = {n: prediction_of(system, n) for n in raw}
    predictions = {n: p for n, p in found.items() if p is not None}
    scalings = _scalings(system, raw, predictions)
    scaled = {n: scalings[n].apply(v) if n in scalings else v for n, v in raw.items()}
    return Data(raw, scaled, scalings, predictions)


def _scalings(
    system: System, raw: Mapping[str, NDArray[Any]], predictions: Mapping[str, Equation]
) -> dict[str, Scaling]:
    """Targets into the range that the prediction can reach, inputs to 1..3; all else stays as it is."""
    trained = [n for n in inputs(system) if n not in raw]
    found = {}
    for name, values in raw.items():
        if system.arrays[name].kind == "integer":
            continue
        if name in predictions:
            function = last_nonlinearity(system, predictions[name].expression)
            known = functions.KNOWN.get(function or "")
            found[name] = into_range(values, *(known.range if known else (None, None)))
        elif is_absorbed(system, name, trained):
            found[name] = away_from_zero(values)
    return found


def _parameters(
    system: System, data: tuple[str, ...], sizes: Mapping[str, int]
) -> dict[str, Parameter]:
    return {
        n: Parameter(layout.shape(system.arrays[n], sizes), layout.mask(system.arrays[n], sizes))
        for n in inputs(system)
        if n not in data
    }


def _outcome(system: System, data: Data, fit: Fit, sizes: Mapping[str, int]) -> Outcome | None:
    """The first mapped array that something is compared with, and what is predicted for it."""
    for target, prediction in data.predictions.items():
        layer = with_prediction(system, prediction)
        predict = compile_system(layer, None, {}, {}, runtime=NumPyRuntime())
        found = predict.evaluate(**data.scaled, **fit.parameters, **sizes)[prediction.target]
        observed = data.raw[target]
        if is_class(prediction):
            right = float(np.mean(found == observed))
            return Outcome(target, observed, found, None, right)
        predicted = data.scalings[target].undo(found)
        error = float(np.sqrt(np.mean((predicted - observed) ** 2)))
        return Outcome(target, observed, predicted, error, None)
    return None


def _picture(request: Request, data: Data, outcome: Outcome | None, fit: Fit) -> bytes:
    title = f"fit with {', '.join(f'{k} = {v}' for k, v in request.sizes.items()) or 'deltarule'}"
    if outcome is None:
        return plot.losses(fit.history, title)
    y, predicted, label = outcome.observed, outcome.predicted, request.mapping[outcome.target]
    if outcome.right is not None:
        return plot.classes(y, predicted, label, title)
    others = [n for n in data.raw if n != outcome.target]
    columns = [data.raw[n] for n in others]
    if len(columns) == 1 and columns[0].size == len(y) == y.size:
        labels = (request.mapping[others[0]], label)
        return plot.curve(columns[0].ravel(), y.ravel(), predicted.ravel(), labels, title)
    return plot.scatter(y, predicted, label, title)


def _about(
    system: System,
    request: Request,
    sizes: Mapping[str, int],
    data: Data,
    fit: Fit,
    outcome: Outcome | None,
) -> dict[str, Any]:
    """What is needed to use the model again, and to know where it came from."""
    return {
        "deltarule": deltarule.__version__,
        "equations": print_text.system_to_text(system),
        "sizes": dict(sizes),
        "functions": dict(request.functions),
        "columns": dict(request.mapping),
        "scaling": {n: {"shift": s.shift, "scale": s.scale} for n, s in data.scalings.items()},
        "seed": fit.seed,
        "objective": fit.loss,
        "root_mean_square_error": outcome.error if outcome else None,
        "right": outcome.right if outcome else None,
        "iterations": len(fit.history) - 1,
        "message": fit.message,
    }
