"""Second derivatives along a direction, from gradients and tangents of Systems.

hessian_vector(E, w)      the tangent of dE/dw, as w moves by w_dot:          H w_dot
gauss_newton(E, w, f)     back through f, what E's Hessian by f makes of f's tangent:   J^T H_E J w_dot
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from deltarule.equations import walk
from deltarule.equations.system import Equation, System, defined
from deltarule.errors import DeltaruleError
from deltarule.gradients import inline
from deltarule.gradients.naming import adjoint_name
from deltarule.gradients.reverse import default_wrt, derive, loss_name
from deltarule.gradients.tangents import tangents


def hessian_vector(system: System, wrt: Iterable[str] | None = None) -> System:
    """The equations whose outputs are the products of the objective's Hessian with a direction.

    The direction is given: w_dot, of the shape of w, for each array in `wrt` (by default the parameters). The
    product for w is the tangent of the adjoint of w, dE_dw_dot. Raises what `derive` raises, E109 without an
    objective.
    """
    _require_objective(system)
    moved = tuple(default_wrt(system) if wrt is None else wrt)
    derivation = derive(system, moved)
    return tangents(derivation.system, moved, derivation.adjoint_of.values())


def gauss_newton(system: System, through: str, wrt: Iterable[str] | None = None) -> System:
    """The equations whose outputs, gn_w, are the products of the Gauss-Newton matrix with a direction, w_dot.

    `through` is the array f that the objective is a loss of: the matrix is J^T H J, where J is the Jacobian of
    f by the arrays in `wrt`, and H the Hessian of the objective by f. Raises E109 without an objective, E110
    where the objective depends on `wrt` otherwise than through f.
    """
    _require_objective(system)
    moved = tuple(default_wrt(system) if wrt is None else wrt)
    before, after = _cut(system, through, moved)
    model = replace(system, objective=None, outputs=(through,), equations=before, adjoint_names={})
    loss = _alone(replace(system, equations=after))
    moving = tangents(_alone(model), moved)
    slopes = derive(loss, (through,))
    curved = tangents(slopes.system, (through,), slopes.adjoint_of.values())
    back = derive(_alone(model), moved)
    cotangent = adjoint_name(model, loss_name(model), through)
    if not curved.outputs:  # the loss is linear in f: its Hessian is zero
        raise DeltaruleError(
            "E109",
            f"the objective is linear in '{through}': its Gauss-Newton matrix is zero",
            help="name an array that the loss is not linear in",
        )
    renamed = _renamed(back.system, cotangent, curved.outputs[0])
    joined = _joined(
        system, (_alone(model), moving, curved, renamed), tuple(back.adjoint_of.values())
    )
    return _with_names(joined, {a: f"gn_{w}" for w, a in back.adjoint_of.items()})


def _require_objective(system: System) -> None:
    if system.objective is None:
        raise DeltaruleError(
            "E109",
            "second derivatives need an objective, and these equations have none",
            help="add a loss, for example L = sum(i=1..n) (h[i] - y[i])^2",
        )


def _cut(
    system: System, through: str, moved: tuple[str, ...]
) -> tuple[tuple[Equation, ...], tuple[Equation, ...]]:
    """The equations that f is computed by, and those of the objective, which read nothing else that moves."""
    if through not in defined(system):
        raise DeltaruleError(
            "E110",
            f"no equation defines '{through}'",
            help=f"defined: {', '.join(defined(system))}",
        )
    model = _needed(system, {through}, frozenset())
    loss = _needed(system, {str(system.objective)}, frozenset({through}))
    before = tuple(e for e in system.equations if e.target in model)
    after = tuple(e for e in system.equations if e.target in loss)
    read = {a.array for e in after for a in walk.accesses(e.expression)}
    for name in moved:
        if name in read:
            raise DeltaruleError(
                "E110",
                f"the objective depends on '{name}' otherwise than through '{through}'",
                help="leave the regularisation out, or name an array that is nearer to the objective",
            )
    return before, after


def _needed(system: System, wanted: set[str], given: frozenset[str]) -> set[str]:
    """The arrays that the wanted ones are computed from, without what is given."""
    needed = set(wanted)
    while True:
        reads = {
            a.array
            for e in system.equations
            if e.target in needed
            for a in walk.accesses(e.expression)
        }
        more = reads - needed - given
        if not more:
            return needed
        needed |= more


def _alone(system: System) -> System:
    """Only the arrays that these equations speak of."""
    read = {a.array for e in system.equations for a in walk.accesses(e.expression)}
    used = read | set(defined(system))
    return replace(system, arrays={n: a for n, a in system.arrays.items() if n in used})


def _renamed(system: System, old: str, new: str) -> System:
    """The System with one input under the name of what is put there."""
    equations = tuple(
        replace(e, expression=walk.rename_array(e.expression, old, new)) for e in system.equations
    )
    arrays = {n: a for n, a in system.arrays.items() if n != old}
    return replace(system, equations=equations, arrays=arrays)


def _with_names(system: System, names: dict[str, str]) -> System:
    """Outputs under other names; nothing reads them."""
    taken = {*system.arrays, *system.sizes, *system.functions}
    new = {old: walk.fresh_name(name, taken) for old, name in names.items()}
    arrays = {
        new.get(n, n): replace(a, name=new[n], adjoint_of=None) if n in new else a
        for n, a in system.arrays.items()
    }
    equations = tuple(replace(e, target=new.get(e.target, e.target)) for e in system.equations)
    outputs = tuple(new.get(n, n) for n in system.outputs)
    return replace(system, arrays=arrays, equations=equations, outputs=outputs)


def _joined(whole: System, parts: tuple[System, ...], outputs: tuple[str, ...]) -> System:
    """All equations, each once; what one part defines, another may read."""
    equations: dict[tuple[str, int], Equation] = {}
    arrays = dict(whole.arrays)
    latex = dict(whole.latex)
    for part in parts:
        arrays.update(
            {n: a for n, a in part.arrays.items() if n not in arrays or n in defined(part)}
        )
        latex.update(part.latex)
        for name in defined(part):
            if (name, 0) not in equations:
                own = (e for e in part.equations if e.target == name)
                equations.update({(name, n): e for n, e in enumerate(own)})
    joined = replace(
        whole,
        arrays=arrays,
        equations=tuple(equations.values()),
        objective=None,
        outputs=outputs,
        is_layer=True,
        adjoint_names={},
        latex=latex,
    )
    return inline.drop_unread(joined)
