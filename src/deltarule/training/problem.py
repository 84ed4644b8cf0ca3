"""Training as one story: read columns, scale, minimise, save, draw."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

import deltarule
from deltarule.equations import affine, functions, walk
from deltarule.equations.nodes import Access
from deltarule.equations.system import System, inputs
from deltarule.errors import DeltaruleError
from deltarule.notation import print_text
from deltarule.runtimes import layout
from deltarule.runtimes.compiled import compile_system
from deltarule.runtimes.numpy_runtime import NumPyRuntime
from deltarule.runtimes.shapes import Extents, infer_sizes
from deltarule.training import checkpoint, plot
from deltarule.training.data import read_columns
from deltarule.training.fit import Fit, Parameter, minimise
from deltarule.training.scaling import Scaling, away_from_zero, into_range
from deltarule.training.targets import last_nonlinearity, prediction_of

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
    """A fit with its files and, where something is predicted, its error in the data's own units."""

    fit: Fit
    out: Path
    target: str | None
    error: float | None

    def __str__(self) -> str:
        lines = [f"objective {self.fit.loss:.6g} after {len(self.fit.history) - 1} iterations"]
        if self.error is not None:
            lines.append(f"root mean square error {self.error:.4g} in units of {self.target}")
        names = ", ".join(str(checkpoint.beside(self.out, e)) for e in checkpoint.ENDINGS)
        return "\n".join([*lines, f"wrote {names}"])


def train(
    system: System, compiled: CompiledFunction, request: Request, show: bool = True
) -> Trained:
    """Fits every real input that has no column. `system` has its functions bound and an objective.

    Raises what `read_columns`, the compiled function and `checkpoint` raise, before any file is
    written.
    """
    _check(system, request)
    checkpoint.check_writable(request.out)
    raw = read_columns(request.data, request.mapping)
    predictions = {n: prediction_of(system, n) for n in raw}
    scalings = _scalings(system, raw, predictions)
    data = {n: scalings[n].apply(v) if n in scalings else v for n, v in raw.items()}
    shapes = {n: v.shape for n, v in data.items()}
    sizes = infer_sizes(system, Extents(system), shapes, dict(request.sizes))
    parameters = _parameters(system, tuple(raw), sizes)

    def objective(values: Mapping[str, NDArray[Any]]) -> tuple[float, Mapping[str, NDArray[Any]]]:
        return compiled.value_and_grad(**data, **values, **request.sizes)

    fit = minimise(objective, parameters, request.iterations, request.seed, show)
    target, predicted = _predict(system, data, fit, sizes, predictions)
    picture, error = _picture(request, raw, scalings, target, predicted, fit)
    about = _about(system, request, sizes, scalings, fit, error)
    checkpoint.save(request.out, fit.parameters, about)
    checkpoint.write_whole(checkpoint.beside(request.out, ".png"), picture)
    column = request.mapping[target] if target else None
    return Trained(fit, request.out, column, error)


def _check(system: System, request: Request) -> None:
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


def _scalings(
    system: System,
    raw: Mapping[str, NDArray[Any]],
    predictions: Mapping[str, Access | None],
) -> dict[str, Scaling]:
    """Inputs to 1..3, targets into the range that the prediction can reach."""
    found = {}
    for name, values in raw.items():
        prediction = predictions[name]
        if system.arrays[name].kind == "integer":
            continue
        if prediction is None:
            found[name] = away_from_zero(values)
            continue
        function = last_nonlinearity(system, prediction)
        known = functions.KNOWN.get(function or "")
        found[name] = into_range(values, *(known.range if known else (None, None)))
    return found


def _parameters(
    system: System, data: tuple[str, ...], sizes: Mapping[str, int]
) -> dict[str, Parameter]:
    return {
        n: Parameter(layout.shape(system.arrays[n], sizes), layout.mask(system.arrays[n], sizes))
        for n in inputs(system)
        if n not in data
    }


def _predict(
    system: System,
    data: Mapping[str, NDArray[Any]],
    fit: Fit,
    sizes: Mapping[str, int],
    predictions: Mapping[str, Access | None],
) -> tuple[str | None, NDArray[Any] | None]:
    """The first mapped array that something is compared with, and what is predicted for it."""
    for target, prediction in predictions.items():
        if prediction is None:
            continue
        layer = replace(system, objective=None, outputs=(prediction.array,))
        predict = compile_system(layer, None, {}, {}, runtime=NumPyRuntime())
        arrays = predict.evaluate(**data, **fit.parameters, **sizes)
        return target, _elements(system, prediction, target, arrays[prediction.array], sizes)
    return None, None


def _elements(
    system: System,
    prediction: Access,
    target: str,
    values: NDArray[Any],
    sizes: Mapping[str, int],
) -> NDArray[Any]:
    """h[i,M] for every i, in the shape of y[i]."""
    axes = dict(
        zip(system.arrays[target].axes, layout.box(system.arrays[target], sizes), strict=True)
    )
    lows = [low for low, _ in layout.box(system.arrays[prediction.array], sizes)]
    names = _matching(system, prediction, target)
    grid = np.meshgrid(*(np.arange(low, high + 1) for low, high in axes.values()), indexing="ij")
    places = {names.get(a, a): g for a, g in zip(axes, grid, strict=True)}
    index = tuple(
        sum(
            (c * places.get(str(n), sizes.get(str(n), 0)) for n, c in form.terms),
            start=np.asarray(form.constant),
        )
        - low
        for form, low in zip(prediction.subscripts, lows, strict=True)
    )
    found: NDArray[Any] = values[index]
    return found


def _matching(system: System, prediction: Access, target: str) -> dict[str, str]:
    """The target's axes by the indices that it is read with beside the prediction."""
    for equation in system.equations:
        for node in walk.descend(equation.expression):
            if isinstance(node, Access) and node.array == target:
                plain = [affine.plain_name(s) for s in node.subscripts]
                axes = system.arrays[target].axes
                return {a: p for a, p in zip(axes, plain, strict=True) if p is not None}
    return {}


def _picture(
    request: Request,
    raw: Mapping[str, NDArray[Any]],
    scalings: Mapping[str, Scaling],
    target: str | None,
    predicted: NDArray[Any] | None,
    fit: Fit,
) -> tuple[bytes, float | None]:
    title = f"fit with {', '.join(f'{k} = {v}' for k, v in request.sizes.items()) or 'deltarule'}"
    if target is None or predicted is None:
        return plot.losses(fit.history, title), None
    shown = scalings[target].undo(predicted)
    error = float(np.sqrt(np.mean((shown - raw[target]) ** 2)))
    others = [n for n in raw if n != target]
    if len(others) == 1 and raw[others[0]].ndim == 1 and shown.ndim == 1:
        labels = (request.mapping[others[0]], request.mapping[target])
        return plot.curve(raw[others[0]], raw[target], shown, labels, title), error
    return plot.scatter(raw[target], shown, request.mapping[target], title), error


def _about(
    system: System,
    request: Request,
    sizes: Mapping[str, int],
    scalings: Mapping[str, Scaling],
    fit: Fit,
    error: float | None,
) -> dict[str, Any]:
    """What is needed to use the model again, and to know where it came from."""
    return {
        "deltarule": deltarule.__version__,
        "equations": print_text.system_to_text(system),
        "sizes": dict(sizes),
        "functions": dict(request.functions),
        "columns": dict(request.mapping),
        "scaling": {n: {"shift": s.shift, "scale": s.scale} for n, s in scalings.items()},
        "seed": fit.seed,
        "objective": fit.loss,
        "root_mean_square_error": error,
        "iterations": len(fit.history) - 1,
        "message": fit.message,
    }
