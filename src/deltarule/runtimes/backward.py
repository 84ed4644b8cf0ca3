"""Gradients by the derived formulas: the gradient System, run whole or after a forward pass."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from deltarule.equations import walk
from deltarule.equations.system import System, defined
from deltarule.runtimes import layout
from deltarule.runtimes.interface import Runtime
from deltarule.runtimes.plan import Plan, Program

AnyArray = NDArray[Any]
Arrays = Mapping[str, AnyArray]


class Gradients(Protocol):
    """A way to find gradients. The arrays are checked already; gradients go by the arrays' names."""

    def value_and_grad(self, plan: Plan, arrays: Arrays) -> tuple[float, dict[str, AnyArray]]:
        """The objective and its gradients, for a System with an objective."""
        ...

    def forward(self, plan: Plan, arrays: Arrays) -> dict[str, AnyArray]:
        """The outputs of a layer, the inputs, and whatever `pull_back` needs besides."""
        ...

    def pull_back(self, plan: Plan, saved: Arrays, cotangents: Arrays) -> dict[str, AnyArray]:
        """The gradients of sum(cotangent * output), by what `forward` gave."""
        ...


class Backprop:
    """The gradient System of `gradients.reverse.derive`."""

    def __init__(
        self,
        forward: System,
        gradient: System,
        adjoint_of: Mapping[str, str],
        functions: Mapping[str, str],
        runtime: Runtime,
    ) -> None:
        self._arrays = forward.arrays
        self._adjoint_of = dict(adjoint_of)
        self._objective = forward.objective
        made = frozenset(defined(gradient))
        adjoints = tuple(dict.fromkeys(n for n in adjoint_of.values() if n in made))
        objective = () if forward.objective is None else (forward.objective,)
        self._whole = Program("whole", gradient, (*objective, *adjoints), functions, runtime)
        after = after_forward(forward, gradient)
        self._after = Program("after", after, adjoints, functions, runtime)
        saved = [n for n in after.arrays if n in defined(forward) and n not in defined(after)]
        wanted = tuple(dict.fromkeys((*forward.outputs, *saved)))
        self._forward = Program("saving", forward, wanted, functions, runtime)
        self._cotangents = {
            array.adjoint_of[1]: name
            for name, array in gradient.arrays.items()
            if array.adjoint_of is not None and name not in made
        }

    def value_and_grad(self, plan: Plan, arrays: Arrays) -> tuple[float, dict[str, AnyArray]]:
        assert self._objective is not None
        found = self._whole.run(plan, arrays)
        return float(found[self._objective]), self._named(plan, found)

    def forward(self, plan: Plan, arrays: Arrays) -> dict[str, AnyArray]:
        return {**arrays, **self._forward.run(plan, arrays)}

    def pull_back(self, plan: Plan, saved: Arrays, cotangents: Arrays) -> dict[str, AnyArray]:
        given = {self._cotangents[n]: c for n, c in cotangents.items() if n in self._cotangents}
        found = self._after.run(plan, {**saved, **given})
        return self._named(plan, {**given, **found})

    def _named(self, plan: Plan, found: Arrays) -> dict[str, AnyArray]:
        """Adjoints by the names of their arrays; zero where nothing depends on the array."""
        return {
            array: found[adjoint] if adjoint in found else self._zeros(plan, array)
            for array, adjoint in self._adjoint_of.items()
        }

    def _zeros(self, plan: Plan, array: str) -> AnyArray:
        return np.zeros(layout.shape(self._arrays[array], plan.sizes), dtype=plan.dtype)


def after_forward(forward: System, gradient: System) -> System:
    """The gradient System with all that the forward pass computes as inputs."""
    done = frozenset(defined(forward))
    equations = tuple(e for e in gradient.equations if e.target not in done)
    used = {e.target for e in equations}
    used |= {a.array for e in equations for a in walk.accesses(e.expression)}
    arrays = {name: array for name, array in gradient.arrays.items() if name in used}
    outputs = tuple(name for name in gradient.outputs if name in used)
    return replace(gradient, equations=equations, arrays=arrays, outputs=outputs, objective=None)
