"""Everything that depends on shapes and types only, found once and kept for the calls that follow."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from deltarule.equations.system import System, inputs
from deltarule.runtimes import arguments
from deltarule.runtimes.arguments import Argument
from deltarule.runtimes.interface import Bound, Runtime
from deltarule.runtimes.shapes import Extents, infer_sizes

AnyArray = NDArray[Any]
Key = tuple[object, ...]
MOST_PLANS = 64  # shapes that are remembered: the oldest are forgotten


@dataclass(frozen=True, slots=True)
class Plan:
    """The sizes and the number type of a call, and the checks of its arrays."""

    sizes: dict[str, int]
    dtype: np.dtype[Any]
    arguments: tuple[Argument, ...]
    cotangents: dict[str, Argument] = field(default_factory=dict)  # output --> its check
    bound: dict[str, Bound] = field(default_factory=dict)  # program --> what runs it at these sizes
    kept: dict[str, Any] = field(default_factory=dict)  # what else a method keeps for these sizes


@dataclass(frozen=True, slots=True)
class Call:
    """A plan and the arrays of one call, checked."""

    plan: Plan
    arrays: dict[str, AnyArray]


class Planner:
    """Turns the keywords of a call into a Call.

    The first call with new shapes infers the sizes; later ones look them up.
    """

    def __init__(self, system: System, dtype: np.dtype[Any] | None) -> None:
        self._system = system
        self._names = inputs(system)
        self._kinds = {n: "iu" if system.arrays[n].kind == "integer" else "f" for n in self._names}
        self._dtype = dtype
        self.extents = Extents(system)
        self._plans: dict[Key, Plan] = {}

    def call(self, given: Mapping[str, object]) -> Call:
        """Raises E110, E301 to E306 for what does not fit the System."""
        try:
            values = [self._value(name, given[name]) for name in self._names]
        except KeyError:
            arguments.check_names(self._system, given)
            raise
        key: Key = tuple([(v.shape, v.dtype) for v in values])
        if len(given) > len(values):
            key += tuple((n, v) for n, v in self._given_sizes(given).items())
        plan = self._plans.get(key)
        if plan is None:
            plan = self._new_plan(values, given)
            self._remember(key, plan)
        checked = [arguments.admit(a, v) for a, v in zip(plan.arguments, values, strict=True)]
        return Call(plan, dict(zip(self._names, checked, strict=True)))

    def _value(self, name: str, value: object) -> AnyArray:
        if type(value) is np.ndarray and value.dtype.kind in self._kinds[name]:
            return value
        return arguments.to_array(self._system.arrays[name], value)

    def _given_sizes(self, given: Mapping[str, object]) -> dict[str, int]:
        arguments.check_names(self._system, given)
        return {n: arguments.to_size(n, given[n]) for n in self._system.sizes if n in given}

    def _new_plan(self, values: list[AnyArray], given: Mapping[str, object]) -> Plan:
        arrays = [self._system.arrays[name] for name in self._names]
        for array, value in zip(arrays, values, strict=True):
            arguments.check_rank(array, self.extents, value)
        shapes = {a.name: v.shape for a, v in zip(arrays, values, strict=True)}
        sizes = infer_sizes(self._system, self.extents, shapes, self._given_sizes(given))
        reals = [v for a, v in zip(arrays, values, strict=True) if a.kind == "real"]
        dtype = self._dtype or working_type(reals)
        prepared = tuple(arguments.prepare(array, sizes, dtype) for array in arrays)
        return Plan(sizes, dtype, prepared)

    def _remember(self, key: Key, plan: Plan) -> None:
        while len(self._plans) >= MOST_PLANS:
            self._plans.pop(next(iter(self._plans)))
        self._plans[key] = plan


class Program:
    """A System with the arrays that are wanted of it, bound at the sizes and types that occur."""

    def __init__(
        self,
        name: str,
        system: System,
        wanted: tuple[str, ...],
        functions: Mapping[str, str],
        runtime: Runtime,
    ) -> None:
        self.name = name
        self.system = system
        self.wanted = wanted
        self._inputs = inputs(system)
        self._functions = functions
        self._runtime = runtime

    def run(self, plan: Plan, arrays: Mapping[str, AnyArray]) -> dict[str, AnyArray]:
        """The wanted arrays. `arrays` may hold more than the inputs."""
        bound = plan.bound.get(self.name)
        if bound is None:
            bound = self._runtime.bind(
                self.system, plan.sizes, self.wanted, self._functions, plan.dtype
            )
            plan.bound[self.name] = bound
        return bound({name: arrays[name] for name in self._inputs})


def working_type(reals: list[AnyArray]) -> np.dtype[Any]:
    """float32 where all arrays of real numbers are, float64 otherwise; numbers without axes follow."""
    deciding = [v for v in reals if v.ndim] or reals
    single = bool(deciding) and all(v.dtype == np.float32 for v in deciding)
    return np.dtype(np.float32 if single else np.float64)
