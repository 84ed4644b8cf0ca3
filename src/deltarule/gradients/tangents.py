"""Forward mode: a System with the tangent of every array that depends on the moved ones.

    y[i] = sin(w x[i])   -->   y_dot[i] = w_dot x[i] cos(w x[i])

The tangent of an equation is the sum over its reads of (slope by the read) times (tangent of what is read): the same
reads and slopes as those of back-propagation, so that both modes agree by construction. The tangent of a gradient
System is a Hessian-vector product.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from deltarule.equations import build, domains, facts
from deltarule.equations.domains import Domain
from deltarule.equations.guards import only_on
from deltarule.equations.nodes import Access, Expr, Reduce
from deltarule.equations.simplify import simplify
from deltarule.equations.system import Array, Equation, System, positive_sizes
from deltarule.gradients import inline, naming, polish
from deltarule.gradients.reads import reads_of
from deltarule.gradients.reverse import depends_on, require_real
from deltarule.gradients.uses import Use

DOT = "_dot"


def tangents(system: System, wrt: Iterable[str], outputs: Iterable[str] | None = None) -> System:
    """The equations with the tangents of the outputs, given those of the arrays in `wrt`.

    A tangent is named as its array with `_dot`, and has its shape. `outputs` are by default the System's own.
    Raises E110 for a name that is no real array, E201 where a function has no derivative rule.
    """
    moved = tuple(wrt)
    require_real(system, moved)
    wanted = tuple(outputs) if outputs is not None else system.outputs or (system.objective or "",)
    reads = reads_of(system)
    places, arrays = [e for _, e in reads.places], dict(reads.arrays)
    path = depends_on(system, moved)
    names = {n: _fresh(f"{n}{DOT}", system) for n in system.arrays if n in path}
    for name, dotted in names.items():
        array = arrays[name]
        arrays[dotted] = Array(dotted, array.axes, array.support, outside=_outside(array))
    known = replace(facts.of_system(system, (*system.equations, *places)), arrays=arrays)
    sizes = positive_sizes(system)
    new = [
        _tangent(e, [u for own, u in reads.found if own is e], names, known, sizes)
        for e in system.equations
        if e.target in path and e.target not in moved
    ]
    kept = tuple(names[n] for n in wanted if n in names)
    whole = replace(
        system,
        arrays=arrays,
        equations=(*system.equations, *places, *new),
        objective=None,
        outputs=kept,
        is_layer=True,
        adjoint_names={},
        latex={**system.latex, **_spelled(system, names)},
    )
    letters = naming.Letters(system)
    return polish.polish(inline.drop_unread(whole), frozenset(names.values()), letters)


def _tangent(
    equation: Equation, reads: list[Use], names: dict[str, str], known: facts.Facts, sizes: Domain
) -> Equation:
    context = domains.intersect(equation.domain, sizes)
    terms: list[Expr] = []
    for use in reads:
        dotted = names.get(use.access.array)
        if dotted is None:
            continue
        body = build.multiply(use.factor, Access(dotted, use.access.subscripts))
        term = Reduce("sum", use.indices, use.domain, body, use.unlimited) if use.indices else body
        if not use.indices and not domains.is_subset(context, use.domain):
            guarded = only_on(use.domain, context, body)
            term = body if guarded is None else guarded
        terms.append(term)
    expression = simplify(build.add(*terms), known, context)
    return replace(equation, target=names[equation.target], expression=expression, span=None)


def _outside(array: Array) -> int | None:
    """A constant outside the support has no tangent there."""
    return None if array.outside is None else 0


def _fresh(name: str, system: System) -> str:
    taken = {*system.arrays, *system.sizes, *system.functions}
    while name in taken:
        name += DOT
    return name


def _spelled(system: System, names: dict[str, str]) -> dict[str, str]:
    """A dot above the author's letter."""
    return {
        dotted: rf"\dot{{{system.latex[name]}}}"
        for name, dotted in names.items()
        if name in system.latex
    }
