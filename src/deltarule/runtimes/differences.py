"""Forward Euler: gradients by moving one weight at a time, as a check and to see what it costs.

    dL/dw[a] ~ (L(w + step at a) - L(w)) / step,   step = eps max(1, |w[a]|)

`Textbook` evaluates everything again for each weight, `Touched` only what depends on the weight (see
`runtimes.touched`). The error is of the order of eps, from curvature and from rounding alike.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from deltarule.equations import affine, build, domains, walk
from deltarule.equations.hoist import hoist
from deltarule.equations.nodes import Access, Expr, Reduce
from deltarule.equations.stable import stabilise
from deltarule.equations.system import Array, Equation, System, defined
from deltarule.runtimes import layout
from deltarule.runtimes.interface import Runtime
from deltarule.runtimes.plan import Plan, Program
from deltarule.runtimes.touched import Perturbed, perturb

AnyArray = NDArray[Any]
Arrays = Mapping[str, AnyArray]
MOST_ELEMENTS = 2**20  # that the touched arrays of one run may have together
MOST_KEPT = 8  # chunks that stay bound between calls


@dataclass(frozen=True, slots=True)
class Steps:
    """A System whose objective is to be differenced, and which inputs are moved for which arrays."""

    system: System
    objective: str
    moved: dict[str, str]  # array --> the input to move: itself, or an addend of a defined array
    cotangents: dict[str, str]  # output of a layer --> the input that weighs it


@dataclass(frozen=True, slots=True)
class Chunk:
    """Weights that are moved together: what runs them, and where their differences belong."""

    plan: Plan
    program: Program
    where: tuple[slice, ...]
    mask: NDArray[np.bool_] | None


class Textbook:
    """One evaluation of the whole System per weight. A `Gradients`."""

    name = "forward-euler"

    def __init__(
        self,
        forward: System,
        wrt: tuple[str, ...],
        functions: Mapping[str, str],
        runtime: Runtime,
        eps: float | None = None,
    ) -> None:
        self._steps = prepare(forward, wrt)
        self._eps = eps
        self._outputs = Program(
            f"{self.name} outputs", forward, forward.outputs, functions, runtime
        )
        self._setup(functions, runtime)

    def value_and_grad(self, plan: Plan, arrays: Arrays) -> tuple[float, dict[str, AnyArray]]:
        arrays = {**arrays, **self._addends(plan, arrays)}
        return self._differences(plan, arrays)

    def forward(self, plan: Plan, arrays: Arrays) -> dict[str, AnyArray]:
        return {**arrays, **self._outputs.run(plan, arrays)}

    def pull_back(self, plan: Plan, saved: Arrays, cotangents: Arrays) -> dict[str, AnyArray]:
        given = {self._steps.cotangents[output]: c for output, c in cotangents.items()}
        return self.value_and_grad(plan, {**saved, **given})[1]

    def _addends(self, plan: Plan, arrays: Arrays) -> dict[str, AnyArray]:
        """What is added to defined arrays: nothing, until it is moved."""
        system, moved = self._steps.system, self._steps.moved.values()
        new = [name for name in moved if name not in arrays]
        return {n: np.zeros(layout.shape(system.arrays[n], plan.sizes), plan.dtype) for n in new}

    def _setup(self, functions: Mapping[str, str], runtime: Runtime) -> None:
        system, objective = self._steps.system, self._steps.objective
        self._program = Program(self.name, system, (objective,), functions, runtime)

    def _differences(self, plan: Plan, arrays: Arrays) -> tuple[float, dict[str, AnyArray]]:
        start = self._objective(plan, arrays)
        gradients = {}
        for array, name in self._steps.moved.items():
            before = arrays[name]
            after = moved_by(before, self._eps)
            gradient = np.zeros_like(before)
            mask = layout.mask(self._steps.system.arrays[name], plan.sizes)
            current = before.copy()
            for place in _places(before.shape, mask):
                current[place] = after[place]
                change = self._objective(plan, {**arrays, name: current}) - start
                gradient[place] = change / (float(after[place]) - float(before[place]))
                current[place] = before[place]
            gradients[array] = gradient
        return start, gradients

    def _objective(self, plan: Plan, arrays: Arrays) -> float:
        return float(self._program.run(plan, arrays)[self._steps.objective])


class Touched(Textbook):
    """For each weight only what depends on it, many weights at a time."""

    name = "forward-euler-touched"

    def _setup(self, functions: Mapping[str, str], runtime: Runtime) -> None:
        steps = self._steps
        self._functions = functions
        self._runtime = runtime
        stable = hoist(stabilise(steps.system))  # before the move, so that both sides agree
        self._perturbed = {
            array: perturb(stable, name, steps.objective) for array, name in steps.moved.items()
        }
        needed = {steps.objective: None}
        for perturbed in self._perturbed.values():
            if perturbed is not None:
                needed.update(dict.fromkeys(perturbed.needed))
        wanted = tuple(n for n in needed if n in defined(stable))
        self._program = Program(f"{self.name} before", stable, wanted, functions, runtime)

    def _differences(self, plan: Plan, arrays: Arrays) -> tuple[float, dict[str, AnyArray]]:
        base = {**arrays, **self._program.run(plan, arrays)}
        gradients = {
            array: self._gradient(plan, base, self._steps.moved[array], perturbed)
            for array, perturbed in self._perturbed.items()
        }
        return float(base[self._steps.objective]), gradients

    def _gradient(
        self, plan: Plan, base: Arrays, name: str, perturbed: Perturbed | None
    ) -> AnyArray:
        before = base[name]
        gradient = np.zeros_like(before)
        if perturbed is None or not before.size:
            return gradient
        after = moved_by(before, self._eps)
        start = base[self._steps.objective]
        chunks = self._chunks(plan, name, perturbed)
        for chunk in chunks:
            found = chunk.program.run(chunk.plan, {**base, perturbed.moved: after})
            change = found[perturbed.objective] - start
            gradient[chunk.where] = (
                change if chunk.mask is None else np.where(chunk.mask, change, 0)
            )
            if len(chunks) > MOST_KEPT:
                chunk.plan.bound.clear()
        result: AnyArray = gradient / (after - before)
        return result

    def _chunks(self, plan: Plan, name: str, perturbed: Perturbed) -> list[Chunk]:
        key = f"{self.name} {name}"
        if key not in plan.kept:
            box = layout.box(self._steps.system.arrays[name], plan.sizes)
            boxes = _boxes(perturbed, plan.sizes, box)
            plan.kept[key] = [self._chunk(plan, perturbed, here, box) for here in boxes]
        chunks: list[Chunk] = plan.kept[key]
        return chunks

    def _chunk(self, plan: Plan, perturbed: Perturbed, here: layout.Box, box: layout.Box) -> Chunk:
        sizes = {**plan.sizes, **perturbed.chunk(plan.sizes, here)}
        wanted = (perturbed.objective,)
        program = Program(self.name, perturbed.system, wanted, self._functions, self._runtime)
        found = perturbed.system.arrays[perturbed.objective]
        where = tuple(
            slice(low - start, high - start + 1)
            for (low, high), (start, _) in zip(layout.box(found, sizes), box, strict=True)
        )
        return Chunk(Plan(sizes, plan.dtype, ()), program, where, layout.mask(found, sizes))


def prepare(forward: System, wrt: tuple[str, ...]) -> Steps:
    """A System with an objective, in which every array asked for has an input to move.

    A defined array gets an addend, xi = … + xi_step, which is moved in its place; a layer gets the sum
    of its outputs, each times a cotangent, as its objective.
    """
    system, moved = forward, {}
    for name in wrt:
        moved[name] = name
        if name in defined(forward):
            system, moved[name] = _with_addend(system, name)
    if system.objective is not None:
        return Steps(system, system.objective, moved, {})
    system, objective, cotangents = _with_objective(system)
    return Steps(system, objective, moved, cotangents)


def moved_by(weights: AnyArray, eps: float | None) -> AnyArray:
    """Each weight after its own step: eps max(1, |w|), eps by default sqrt(machine epsilon)."""
    size = float(np.sqrt(np.finfo(weights.dtype).eps)) if eps is None else eps
    step = size * np.maximum(np.abs(weights), 1)
    return np.asarray(weights + step.astype(weights.dtype), dtype=weights.dtype)


def _with_addend(system: System, name: str) -> tuple[System, str]:
    """xi[i] = f  -->  xi[i] = f + xi_step[i]."""
    addend = walk.fresh_name(f"{name}_step", set(system.arrays))
    equations = tuple(
        replace(e, expression=build.add(e.expression, Access(addend, e.subscripts)))
        if e.target == name
        else e
        for e in system.equations
    )
    arrays = {**system.arrays, addend: replace(system.arrays[name], name=addend)}
    return replace(system, arrays=arrays, equations=equations), addend


def _with_objective(layer: System) -> tuple[System, str, dict[str, str]]:
    """The sum of cotangent times output over all outputs, its name, and the cotangents' names."""
    arrays, cotangents, terms = dict(layer.arrays), {}, []
    for array in (layer.arrays[name] for name in layer.outputs):
        if array.kind == "integer":
            continue
        output = array.name
        cotangents[output] = walk.fresh_name(f"{output}_cotangent", set(arrays))
        arrays[cotangents[output]] = replace(array, name=cotangents[output])
        terms.append(_inner_product(array, cotangents[output], layer))
    loss = walk.fresh_name("loss", set(arrays))
    arrays[loss] = Array(loss, (), domains.everything())
    equation = Equation(loss, (), (), domains.everything(), build.add(*terms))
    equations = (*layer.equations, equation)
    system = replace(layer, arrays=arrays, equations=equations, objective=loss)
    return system, loss, cotangents


def _inner_product(array: Array, cotangent: str, system: System) -> Expr:
    """sum over the support of cotangent * array."""
    axes = {axis: walk.fresh_name(axis, set(system.sizes)) for axis in array.axes}
    subscripts = tuple(affine.name(axes[axis]) for axis in array.axes)
    product = build.multiply(Access(cotangent, subscripts), Access(array.name, subscripts))
    if not array.axes or array.support is None:
        return product
    return Reduce("sum", tuple(axes.values()), domains.rename(array.support, axes), product)


def _places(shape: tuple[int, ...], mask: NDArray[np.bool_] | None) -> Iterator[tuple[int, ...]]:
    """The positions inside the support."""
    if mask is None:
        return iter(np.ndindex(*shape))
    return (tuple(int(n) for n in place) for place in np.argwhere(mask))


def _boxes(perturbed: Perturbed, sizes: Mapping[str, int], box: layout.Box) -> Iterator[layout.Box]:
    """Boxes of weights that are moved together: as many as MOST_ELEMENTS allows."""
    steps = [high - low + 1 for low, high in box]
    while max(steps, default=1) > 1:
        first = tuple((low, low + step - 1) for (low, _), step in zip(box, steps, strict=True))
        if perturbed.elements({**sizes, **perturbed.chunk(sizes, first)}) <= MOST_ELEMENTS:
            break
        widest = steps.index(max(steps))
        steps[widest] = (steps[widest] + 1) // 2
    along = [
        [(at, min(at + step - 1, high)) for at in range(low, high + 1, step)]
        for (low, high), step in zip(box, steps, strict=True)
    ]
    return itertools.product(*along)
