"""A System as a function of NumPy arrays, with its gradients.

f = compile_system(system, derivation.system, derivation.adjoint_of, {"g": "tanh"}, runtime=NumPyRuntime())
loss, gradients = f.value_and_grad(x=x, y=y, w=w)
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
from numpy.typing import NDArray

from deltarule.equations import functions as known_functions
from deltarule.equations.system import System, defined, inputs
from deltarule.errors import DeltaruleError
from deltarule.runtimes import arguments
from deltarule.runtimes.backward import Backprop, Gradients
from deltarule.runtimes.differences import Textbook, Touched
from deltarule.runtimes.interface import Runtime
from deltarule.runtimes.plan import Plan, Planner, Program
from deltarule.runtimes.shapes import shape_text

if TYPE_CHECKING:
    from numpy.typing import DTypeLike

AnyArray = NDArray[Any]
Gradient = dict[str, AnyArray]
Method = Literal["backprop", "forward-euler", "forward-euler-touched"]
METHODS = ("backprop", "forward-euler", "forward-euler-touched")


class CompiledFunction:
    """A System as a function of arrays, passed by name.

    Arrays are dense over the bounding box of their support: `w[j,k] for 1 <= k < j <= M` is an
    (M-1, M-1) array, `w[0,0]` its first element whatever base the equations count from, and what
    stands outside the support (here above the diagonal) is ignored, and zero in the gradient.
    Sizes follow from the shapes; one that does not is a keyword too: `f.value(x=x, M=32)`.
    float32 arrays are computed with in float32, all else in float64. Integers are the author's:
    where the mathematics counts from 1, so do they.

    Every method raises E110 for an unknown keyword, E301 for a missing array, E302 for a wrong
    shape, E303 for a wrong type, E304 for NaN or infinity, E305 for sizes that contradict one another
    or that nothing determines, E306 for an integer outside its range, E308 beyond the memory budget.
    """

    def __init__(
        self,
        system: System,
        functions: Mapping[str, str],
        runtime: Runtime,
        dtype: np.dtype[Any] | None,
        gradients: Gradients | None,
    ) -> None:
        self.system = system
        self._gradients = gradients
        self._planner = Planner(system, dtype)
        self._outputs = _outputs(system)
        arrays = system.arrays
        self._real_outputs = tuple(n for n in self._outputs if arrays[n].kind == "real")
        self._evaluate = Program("evaluate", system, self._outputs, functions, runtime)
        objective = () if system.objective is None else (system.objective,)
        self._value = Program("value", system, objective, functions, runtime)

    def __repr__(self) -> str:
        wanted = (f"{n}: {arguments.wanted(self._planner.extents, n)}" for n in inputs(self.system))
        return f"<{', '.join(self._outputs)} of {', '.join(wanted)}>"

    def value(self, **arrays: object) -> float:
        """The objective. Raises E109 for equations without one."""
        objective = self._objective("value")
        call = self._planner.call(arrays)
        return float(self._value.run(call.plan, call.arrays)[objective])

    def evaluate(self, **arrays: object) -> dict[str, AnyArray]:
        """All outputs, the objective among them, by name; a scalar is a 0-d array."""
        call = self._planner.call(arrays)
        found = self._evaluate.run(call.plan, call.arrays)
        return {name: found[name] for name in self._outputs}

    def value_and_grad(self, **arrays: object) -> tuple[float, Gradient]:
        """The objective and its gradients by the arrays' own names, of the arrays' shapes.

        Raises E109 for equations without an objective: see `vjp`.
        """
        self._objective("value_and_grad")
        gradients = self._need_gradients()
        call = self._planner.call(arrays)
        return gradients.value_and_grad(call.plan, call.arrays)

    def vjp(
        self, **arrays: object
    ) -> tuple[AnyArray | dict[str, AnyArray], Callable[[Any], Gradient]]:
        """The outputs, and the function from their cotangents to gradients.

        Outputs and cotangents are one array, or a dict by name where there are several outputs; an
        output without a cotangent counts as zero. With an objective, that is the output.
        """
        gradients = self._need_gradients()
        call = self._planner.call(arrays)
        if self.system.objective is not None:
            return self._scaled(*gradients.value_and_grad(call.plan, call.arrays), call.plan)
        saved = gradients.forward(call.plan, call.arrays)

        def pullback(cotangent: object) -> Gradient:
            return gradients.pull_back(call.plan, saved, self._cotangents(call.plan, cotangent))

        found = {name: saved[name] for name in self._outputs}
        return (found if len(found) > 1 else next(iter(found.values()))), pullback

    def _scaled(
        self, value: float, gradients: Gradient, plan: Plan
    ) -> tuple[AnyArray, Callable[[Any], Gradient]]:
        def pullback(cotangent: object) -> Gradient:
            (factor,) = self._cotangents(plan, cotangent).values()
            return {name: factor * gradient for name, gradient in gradients.items()}

        return np.asarray(value, dtype=plan.dtype), pullback

    def _cotangents(self, plan: Plan, given: object) -> dict[str, AnyArray]:
        """One checked cotangent per real output."""
        objective = self.system.objective
        outputs = self._real_outputs if objective is None else (objective,)
        by_name = given if isinstance(given, Mapping) else {outputs[0]: given}
        if not isinstance(given, Mapping) and len(outputs) > 1:
            raise DeltaruleError(
                "E303",
                "a layer with several outputs needs a cotangent for each, by name",
                seen=type(given).__name__,
                help="pass a dict: {" + ", ".join(f"'{n}': …" for n in outputs) + "}",
            )
        for name in by_name:
            if name not in outputs:
                hint = arguments.suggestion(str(name), outputs)
                raise DeltaruleError(
                    "E110", f"no output '{name}'", help=f"{hint}outputs: {', '.join(outputs)}"
                )
        return {name: self._cotangent(plan, name, by_name) for name in outputs}

    def _cotangent(self, plan: Plan, output: str, given: Mapping[str, object]) -> AnyArray:
        array = self.system.arrays[output]
        argument = plan.cotangents.get(output)
        if argument is None:
            argument = arguments.prepare(array, plan.sizes, plan.dtype)
            plan.cotangents[output] = argument
        if output not in given:
            return np.zeros(argument.shape, dtype=plan.dtype)
        value = arguments.to_array(array, given[output])
        if value.shape != argument.shape:
            raise DeltaruleError(
                "E302",
                f"the cotangent of '{output}' has the wrong shape",
                seen=shape_text(value.shape),
                help=f"expected that of the output: {shape_text(argument.shape)}",
            )
        return arguments.admit(argument, value)

    def _objective(self, method: str) -> str:
        if self.system.objective is None:
            raise DeltaruleError(
                "E109",
                f"'{method}' needs an objective, which these equations do not have",
                help="for a layer use `evaluate`, and `vjp` for gradients with its outputs' cotangents",
            )
        return self.system.objective

    def _need_gradients(self) -> Gradients:
        if self._gradients is None:
            raise DeltaruleError(
                "E309",
                "this function was compiled without gradients",
                help="compile the derivation too, or use `value` or `evaluate`",
            )
        return self._gradients


def compile_system(
    forward: System,
    gradient: System | None,
    adjoint_of: Mapping[str, str],
    functions: Mapping[str, str],
    *,
    runtime: Runtime,
    dtype: DTypeLike | None = None,
    method: str = "backprop",
    eps: float | None = None,
) -> CompiledFunction:
    """A function of arrays that a runtime evaluates.

    `gradient` and `adjoint_of` (array --> name of its adjoint) are a Derivation's; without `gradient`
    there is no back-propagation. `functions` says what uninterpreted functions mean: {"g": "tanh"}.
    `dtype`: float32 or float64 for everything. `method`: "backprop", or forward Euler with steps of
    `eps` times max(1, |weight|), by default the square root of the machine's epsilon: one whole
    evaluation per weight ("forward-euler"), or of what the weight touches ("forward-euler-touched").

    Raises E307 for a function without a meaning, E110 for one that the equations do not have, E303 for
    another dtype, E309 for another method.
    """
    _check_functions(forward, functions)
    if forward.objective is None:
        forward = replace(forward, outputs=_outputs(forward))
    wrt = tuple(adjoint_of)
    gradients: Gradients | None = None
    if method == "forward-euler":
        gradients = Textbook(forward, wrt, functions, runtime, eps)
    elif method == "forward-euler-touched":
        gradients = Touched(forward, wrt, functions, runtime, eps)
    elif method != "backprop":
        hint = arguments.suggestion(method, METHODS)
        raise DeltaruleError(
            "E309", f"there is no method '{method}'", help=f"{hint}methods: {', '.join(METHODS)}"
        )
    elif gradient is not None:
        gradients = Backprop(forward, gradient, adjoint_of, functions, runtime)
    return CompiledFunction(forward, functions, runtime, _number_type(dtype), gradients)


def _outputs(system: System) -> tuple[str, ...]:
    """The objective and the outputs; every defined array where neither is said."""
    objective = () if system.objective is None else (system.objective,)
    return tuple(dict.fromkeys((*objective, *system.outputs))) or defined(system)


def _number_type(dtype: DTypeLike | None) -> np.dtype[Any] | None:
    if dtype is None:
        return None
    try:
        found = np.dtype(dtype)
    except TypeError:
        found = np.dtype(object)
    if found not in (np.float32, np.float64):
        raise DeltaruleError(
            "E303",
            "this number type cannot be computed with",
            seen=str(dtype),
            help="dtype is float32 or float64; None takes the type of the arrays",
        )
    return found


def _check_functions(system: System, functions: Mapping[str, str]) -> None:
    """Every uninterpreted function needs a meaning, and nothing else does."""
    known = ", ".join(sorted(known_functions.KNOWN))
    for name, meaning in functions.items():
        if name not in system.functions:
            hint = arguments.suggestion(name, system.functions)
            raise DeltaruleError(
                "E110",
                f"the equations have no function '{name}'",
                help=f"{hint}functions to choose: {', '.join(system.functions) or 'none'}",
            )
        if not known_functions.is_known(meaning):
            hint = arguments.suggestion(str(meaning), known_functions.KNOWN)
            raise DeltaruleError(
                "E307", f"the function '{meaning}' is not known", help=f"{hint}known: {known}"
            )
    for name in system.functions:
        if name not in functions and not known_functions.is_known(name):
            raise DeltaruleError(
                "E307",
                f"the function '{name}' has no numerical meaning",
                help=f'say which it is: functions={{"{name}": "tanh"}}; known: {known}',
            )
