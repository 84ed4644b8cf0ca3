"""What is wanted of a System: the scalar to differentiate, or the outputs of a layer."""

from __future__ import annotations

from dataclasses import replace

from deltarule.equations import affine, walk
from deltarule.equations.nodes import Access
from deltarule.equations.system import Equation, System, defined
from deltarule.errors import DeltaruleError


def objective_of(system: System, of: str | None = None) -> System:
    """The System with its objective: `of`, or the one scalar that nothing else reads.

    A System without such a scalar is a layer; its outputs are the arrays that nothing reads.
    Several such scalars leave the objective open. Raises E109 when `of` is no defined scalar.
    """
    candidates = scalars(system)
    if of is not None:
        if of not in system.arrays or system.arrays[of].axes or of not in defined(system):
            known = ", ".join(n for n in defined(system) if not system.arrays[n].axes) or "none"
            raise DeltaruleError(
                "E109",
                f"'{of}' is no scalar that the equations define",
                help=f"defined scalars: {known}",
            )
        return replace(system, objective=of, outputs=(), is_layer=False)
    if len(candidates) == 1:
        return replace(system, objective=candidates[0], outputs=())
    return replace(system, objective=None, outputs=unread(system))


def unread(system: System) -> tuple[str, ...]:
    """The defined arrays that no equation of another array reads.

    Where all are read, as in a recurrence over several arrays: those that are carried to the next step
    only, h of h[t-1].
    """
    reads = [
        (e, a) for e in system.equations for a in walk.accesses(e.expression) if a.array != e.target
    ]
    free = set(defined(system)) - {a.array for _, a in reads}
    if not free:
        steps = _steps(system)
        free = set(defined(system)) - {a.array for e, a in reads if not _is_carried(e, a, steps)}
    if not free:
        free = set(defined(system)[-1:])
    return tuple(n for n in defined(system) if n in free)


def _steps(system: System) -> dict[tuple[str, int], int]:
    """1 for the first subscript of h[t+1] = …: what an equation adds to its index."""
    return {
        (e.target, place): subscript.constant
        for e in system.equations
        for place, subscript in enumerate(e.subscripts)
        if affine.names(subscript) & set(e.indices)
    }


def _is_carried(equation: Equation, access: Access, steps: dict[tuple[str, int], int]) -> bool:
    """Whether an element is read from another step: h[t-1] for z[t], h[t] where h[t+1] is defined."""
    own = {i for s in equation.subscripts if (i := affine.plain_name(s)) is not None}
    return any(
        affine.names(s) & own and s.constant != steps.get((access.array, place), 0)
        for place, s in enumerate(access.subscripts)
    )


def scalars(system: System) -> tuple[str, ...]:
    """The defined scalars that nothing reads."""
    return tuple(n for n in unread(system) if not system.arrays[n].axes)


def require_objective(system: System, of: str | None) -> System:
    """Like `objective_of`, and E109 where several scalars could be the objective.

    A gradient System is a layer whose outputs are the gradients, also where these are numbers.
    """
    gradients = tuple(n for n in system.outputs if system.arrays[n].adjoint_of is not None)
    if of is None and gradients:
        return replace(system, objective=None, outputs=gradients)
    if of is None and system.is_layer:
        return system
    candidates = scalars(system)
    if of is None and len(candidates) > 1:
        raise DeltaruleError(
            "E109",
            "the equations have several scalars that could be the objective",
            seen=", ".join(candidates),
            help=f'say which: --of {candidates[0]}, or of="{candidates[0]}" in Python',
        )
    return objective_of(system, of)
