"""Measured times: forward, back-propagation, and both kinds of forward Euler, side by side."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from deltarule.equations import affine, domains
from deltarule.equations.meanings import arities, bind_functions
from deltarule.equations.system import System, inputs
from deltarule.errors import DeltaruleError
from deltarule.gradients.reverse import Derivation, derive
from deltarule.runtimes import layout
from deltarule.runtimes.compiled import CompiledFunction, compile_system
from deltarule.runtimes.numpy_runtime import NumPyRuntime

if TYPE_CHECKING:
    from deltarule.notation.print_json import Json

SIZE = 24  # of every size, unless the ranges need other proportions
STAND_INS = {1: "tanh", 2: "logaddexp", 3: "clip"}  # for functions that are left open
AFFORDABLE = 0.5  # seconds for one gradient by forward Euler
PATIENCE = 0.15  # seconds spent on each measurement
SEED = 0
METHODS = (
    ("backprop", "back-propagation, with forward"),
    ("forward-euler", "forward Euler, one weight at a time"),
    ("forward-euler-touched", "forward Euler, only what a weight touches"),
)


@dataclass(frozen=True, slots=True)
class Timing:
    """Seconds per call at these sizes; `why_not` says why nothing could be measured."""

    sizes: Mapping[str, int]
    functions: Mapping[str, str]
    weights: int
    seconds: Mapping[str, float]
    difference: float  # largest |forward Euler - back-propagation| / largest |gradient|
    why_not: str = ""

    def headline(self) -> str:
        if self.why_not:
            return self.why_not
        at = ", ".join(f"{n} = {v}" for n, v in self.sizes.items())
        let = "".join(f", {f} = {m}" for f, m in self.functions.items())
        return f"at {at}{let}; {self.weights} weights; float64, NumPy runtime"

    def to_text(self) -> str:
        if self.why_not:
            return self.why_not
        width = max(len(label) for label in self.seconds)
        base = self.seconds[METHODS[0][1]]
        lines = [self.headline()]
        for label, seconds in self.seconds.items():
            ratio = f"{seconds / base:8.1f} x" if label != "forward" else ""
            lines.append(f"{label.ljust(width)}   {_shown(seconds)}{ratio}".rstrip())
        lines.append(
            f"largest difference of the two gradients: {self.difference:.0e} of the largest"
        )
        return "\n".join(lines)

    def to_dict(self) -> Json:
        return {
            "sizes": dict(self.sizes),
            "functions": dict(self.functions),
            "weights": self.weights,
            "seconds": {k: f"{v:.3e}" for k, v in self.seconds.items()},
            "difference": f"{self.difference:.1e}",
            "why_not": self.why_not,
        }


def measure(system: System, derivation: Derivation) -> Timing:
    """Times on random data of a moderate size. What cannot be run is said, not raised."""
    functions = {name: STAND_INS.get(count, "") for name, count in arities(system).items()}
    functions |= {name: STAND_INS[1] for name in system.functions if name not in functions}
    wrt = tuple(derivation.adjoint_of)
    try:
        bound = bind_functions(system, functions)
        own = derive(bound, wrt)
        sizes = dict.fromkeys(system.sizes, SIZE) | _proportions(system)
        with np.errstate(all="ignore"):
            sizes = _affordable(bound, own, sizes)
            arrays = _inputs_that_work(bound, own, sizes)
            return _measure(bound, own, sizes, functions, arrays)
    except DeltaruleError as error:
        if error.code not in ("E104", "E307", "E308"):
            raise
        return Timing({}, {}, 0, {}, 0.0, f"not measured: {error.message}")


def _affordable(system: System, derivation: Derivation, sizes: dict[str, int]) -> dict[str, int]:
    """Sizes halved until one round of forward Euler is done within a second or so."""
    while True:
        run = _forward(system, derivation)
        given = {**random_inputs(system, sizes), **_undetermined(system, sizes)}
        run(given)
        start = time.perf_counter()
        run(given)
        weights = sum(_count(system, name, sizes) for name in derivation.adjoint_of)
        if weights * (time.perf_counter() - start) < AFFORDABLE or max(sizes.values()) <= 2:
            return sizes
        sizes = {name: max(2, size // 2) for name, size in sizes.items()}


def _inputs_that_work(
    system: System, derivation: Derivation, sizes: dict[str, int]
) -> dict[str, NDArray[Any]]:
    """Normal numbers; positive ones where a logarithm or a root makes those NaN."""
    arrays = random_inputs(system, sizes)
    found = _forward(system, derivation)({**arrays, **_undetermined(system, sizes)})
    if all(np.isfinite(v).all() for v in found.values()):
        return arrays
    return {n: np.abs(v) + 0.5 if v.dtype.kind == "f" else v for n, v in arrays.items()}


def _forward(
    system: System, derivation: Derivation
) -> Callable[[Mapping[str, Any]], dict[str, NDArray[Any]]]:
    compiled = compile_system(
        system, derivation.system, derivation.adjoint_of, {}, runtime=NumPyRuntime()
    )
    return lambda given: compiled.evaluate(**given)


def _measure(
    system: System,
    derivation: Derivation,
    sizes: dict[str, int],
    functions: dict[str, str],
    arrays: dict[str, NDArray[Any]],
) -> Timing:
    runtime = NumPyRuntime()
    compiled = {
        method: compile_system(
            system, derivation.system, derivation.adjoint_of, {}, runtime=runtime, method=method
        )
        for method, _ in METHODS
    }
    given = {**arrays, **_undetermined(system, sizes)}
    cotangents = _cotangents(system, sizes)
    run = {m: _gradient(system, f, given, cotangents) for m, f in compiled.items()}
    seconds = {"forward": _seconds(lambda: compiled["backprop"].evaluate(**given))}
    found = {}
    for method, label in METHODS:
        found[method] = run[method]()
        seconds[label] = _seconds(run[method])
    weights = sum(_count(system, name, sizes) for name in derivation.adjoint_of)
    difference = _difference(found["backprop"], found["forward-euler"])
    return Timing(sizes, functions, weights, seconds, difference)


def _gradient(
    system: System,
    compiled: CompiledFunction,
    given: Mapping[str, Any],
    cotangents: dict[str, NDArray[Any]],
) -> Callable[[], dict[str, NDArray[Any]]]:
    """The gradient as a call: of the objective, or the pull-back of fixed cotangents."""
    if system.objective is not None:
        return lambda: compiled.value_and_grad(**given)[1]
    only = next(iter(cotangents.values())) if len(cotangents) == 1 else cotangents
    return lambda: compiled.vjp(**given)[1](only)


def _undetermined(system: System, sizes: dict[str, int]) -> dict[str, int]:
    """Sizes as keywords: they may be given even where shapes determine them."""
    return {s: sizes[s] for s in system.sizes}


def random_inputs(
    system: System, sizes: Mapping[str, int], seed: int = SEED
) -> dict[str, NDArray[Any]]:
    """Normal reals and uniform integers for every input, dense over its bounding box."""
    rng = np.random.default_rng(seed)
    found: dict[str, NDArray[Any]] = {}
    for name in inputs(system):
        array = system.arrays[name]
        shape = layout.shape(array, sizes)
        if array.kind == "integer":
            low, high = (
                (affine.value(array.values[0], sizes), affine.value(array.values[1], sizes))
                if array.values is not None
                else (0, 1)
            )
            found[name] = rng.integers(low, high + 1, size=shape)
        else:
            found[name] = rng.normal(size=shape) / np.sqrt(max((*shape[-1:], 1)))
    return found


def _cotangents(system: System, sizes: Mapping[str, int]) -> dict[str, NDArray[Any]]:
    rng = np.random.default_rng(SEED + 1)
    return {n: rng.normal(size=layout.shape(system.arrays[n], sizes)) for n in system.outputs}


def _proportions(system: System) -> dict[str, int]:
    """Sizes that occur in the ranges of inputs as differences (-K..K) are kept small."""
    small = {}
    for name in inputs(system):
        array = system.arrays[name]
        if array.support is None:
            continue
        for size in system.sizes:
            limits = domains.project_onto(array.support, (*array.axes, size))
            if domains.involves(limits, size) and _reaches_below_zero(array.axes, limits, size):
                small[size] = 2
    return small


def _reaches_below_zero(axes: tuple[str, ...], limits: domains.Domain, size: str) -> bool:
    for axis in axes:
        over = domains.project_onto(domains.fix(limits, {size: SIZE}), (axis,))
        if domains.is_bounded(over, axis):
            extent = domains.extent(over, axis)
            if extent is not None and extent[0] <= -SIZE:
                return True
    return False


def _count(system: System, name: str, sizes: Mapping[str, int]) -> int:
    mask = layout.mask(system.arrays[name], sizes)
    if mask is not None:
        return int(mask.sum())
    return int(np.prod(layout.shape(system.arrays[name], sizes), dtype=int))


def _seconds(call: Callable[[], object]) -> float:
    """The fastest of the calls that fit in the patience: what the machine can do undisturbed."""
    best, spent = float("inf"), 0.0
    while spent < PATIENCE:
        start = time.perf_counter()
        call()
        taken = time.perf_counter() - start
        best, spent = min(best, taken), spent + taken
    return best


def _difference(one: dict[str, NDArray[Any]], other: dict[str, NDArray[Any]]) -> float:
    scale = max(float(np.abs(v).max(initial=0.0)) for v in one.values()) or 1.0
    apart = max(float(np.abs(one[n] - other[n]).max(initial=0.0)) for n in one)
    return apart / scale


def _shown(seconds: float) -> str:
    return f"{seconds * 1e3:10.3f} ms"
