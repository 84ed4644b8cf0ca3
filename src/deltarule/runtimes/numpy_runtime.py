"""The vectorised NumPy runtime: BLAS for contractions, a loop over sequential indices only.

Binding a System to sizes unrolls its schedule into a flat list of operations on fixed buffers; a
call copies the inputs in, runs the list, and copies the wanted arrays out.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from deltarule.equations import domains
from deltarule.equations.hoist import hoist
from deltarule.equations.meanings import bind_functions
from deltarule.equations.stable import stabilise
from deltarule.equations.system import System, inputs
from deltarule.gradients.inline import drop_unread
from deltarule.programs.schedule import Loop, Statement, Step, schedule
from deltarule.runtimes import layout
from deltarule.runtimes.interface import Arrays
from deltarule.runtimes.vectorised import EquationPlan
from deltarule.runtimes.views import Workspace

Operation = Callable[[], None]


class NumPyRuntime:
    """Needs NumPy and SciPy only."""

    name = "numpy"

    def bind(
        self,
        system: System,
        sizes: Mapping[str, int],
        wanted: tuple[str, ...],
        functions: Mapping[str, str],
        dtype: np.dtype[Any],
    ) -> BoundSystem:
        """See `interface.Runtime`."""
        return BoundSystem(prepare(system, wanted, functions), sizes, wanted, dtype)


def prepare(system: System, wanted: tuple[str, ...], functions: Mapping[str, str]) -> System:
    """The System as it is run: functions known, stable, without what nobody reads, sums shared."""
    if system.functions:
        used = {n: m for n, m in functions.items() if n in system.functions}
        system = bind_functions(system, used)
    system = replace(system, outputs=wanted)
    return hoist(drop_unread(stabilise(drop_unread(system))))


class BoundSystem:
    """A System at given sizes, in one floating-point type."""

    def __init__(
        self,
        system: System,
        sizes: Mapping[str, int],
        wanted: tuple[str, ...],
        dtype: np.dtype[Any],
    ) -> None:
        self.wanted = wanted
        self.workspace = Workspace(system.arrays, sizes, dtype)
        with np.errstate(all="ignore"):  # constants are computed here
            self.operations = list(_unroll(system, dict(sizes), self.workspace))
        self.workspace.allocate()
        self.lock = threading.Lock()
        given = [n for n in inputs(system) if n in system.arrays]
        self.inputs = [
            (name, self.workspace.own(name), layout.mask(system.arrays[name], sizes))
            for name in given
        ]
        self.fills = [
            (self.workspace.buffers[name], array.outside)
            for name, array in system.arrays.items()
            if array.outside
        ]

    def __call__(self, arrays: Arrays) -> dict[str, NDArray[Any]]:
        """See `interface.Bound`."""
        with self.lock:  # the buffers are shared between calls
            for buffer, outside in self.fills:
                buffer.fill(outside)
            for name, own, mask in self.inputs:
                if mask is None:
                    own[...] = arrays[name]
                else:
                    np.copyto(own, arrays[name], where=mask, casting="same_kind")
            with np.errstate(all="ignore"):  # infinities and NaN as the hardware has them
                for operation in self.operations:
                    operation()
            return {name: self.workspace.own(name).copy() for name in self.wanted}


def _unroll(system: System, sizes: dict[str, int], workspace: Workspace) -> Iterator[Operation]:
    """The operations of all equations, loops written out."""
    plans: dict[int, EquationPlan] = {}
    for step in schedule(system):
        yield from _step(step, {}, system, sizes, workspace, plans)


def _step(
    step: Step,
    loops: dict[str, int],
    system: System,
    sizes: dict[str, int],
    workspace: Workspace,
    plans: dict[int, EquationPlan],
) -> Iterator[Operation]:
    if isinstance(step, Statement):
        if id(step) not in plans:
            equation = system.equations[step.position]
            plans[id(step)] = EquationPlan(equation, step.domain, sizes, workspace)
        operation = plans[id(step)].emit(loops)
        if operation is not None:
            yield operation
        return
    for turn in _turns(step, loops, sizes):
        for inner in step.body:
            yield from _step(inner, {**loops, step.name: turn}, system, sizes, workspace, plans)


def _turns(loop: Loop, loops: dict[str, int], sizes: dict[str, int]) -> range:
    """The values of a loop variable, upwards."""
    here = domains.fix(loop.domain, {**sizes, **loops})
    extent = domains.extent(here, loop.name)
    return range(0) if extent is None else range(extent[0], extent[1] + 1)
