"""Back-propagation of a System: a System again, with an equation for every adjoint.

    gradients(system, wrt)  -->  the equations that the adjoints need, and the adjoints' own

The result is closed: it can be printed, proved, priced, compiled and derived again.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from deltarule.equations import affine, build, domains, facts, walk
from deltarule.equations.domains import Domain
from deltarule.equations.nodes import Access, Expr, Reduce
from deltarule.equations.readers import Readers
from deltarule.equations.simplify import simplify
from deltarule.equations.system import (
    Array,
    Equation,
    System,
    defined,
    equations_of,
    inputs,
    positive_sizes,
)
from deltarule.errors import DeltaruleError
from deltarule.gradients import adjoints, demanded, inline, naming, polish
from deltarule.gradients.reads import reads_of
from deltarule.gradients.trace import Trace
from deltarule.gradients.uses import Use


@dataclass(frozen=True, slots=True)
class Derivation:
    """The gradient System, which of its arrays are wanted, and how they came about."""

    system: System
    adjoint_of: dict[str, str]  # array --> the name of its adjoint, for the arrays asked for
    trace: Trace


@dataclass
class _Work:
    """What is known while the adjoints are collected."""

    system: System
    objective: str
    sizes: Domain
    letters: naming.Letters
    trace: Trace
    places: list[tuple[Reduce, Equation]]
    arrays: dict[str, Array]


def derive(system: System, wrt: Iterable[str] | None = None) -> Derivation:
    """The gradients of the objective (or, for a layer, the pull-back of its outputs' cotangents).

    `wrt` are the arrays wanted, inputs or defined ones; by default the parameters (see
    `default_wrt`). Raises E110 for a name that is no real array, E201 where a function has no
    derivative rule.
    """
    wanted = tuple(default_wrt(system) if wrt is None else wrt)
    require_real(system, wanted)
    objective = system.objective or loss_name(system)
    letters = naming.Letters(system)
    reads = reads_of(system)
    sizes = positive_sizes(system)
    work = _Work(system, objective, sizes, letters, Trace(), reads.places, reads.arrays)
    path, leading = depends_on(system, wanted), _leading(system)
    known = facts.of_system(system, (*system.equations, *(e for _, e in work.places)))
    known = replace(known, arrays=work.arrays)
    equations: list[Equation] = []
    for name in _reverse_order(system, path):
        equations.extend(_adjoint(work, name, reads.found, path & leading, known))
    names = {a: naming.adjoint_name(system, objective, a) for a in wanted}
    raw = _assemble(work, equations, names)
    keep = frozenset((*names.values(), *system.adjoint_names.values()))
    new = frozenset(work.arrays) - frozenset(system.arrays)
    work.trace.collected = _collected(work, raw, new, known)
    tidied = demanded.restrict(inline.tidy(raw, keep, known, work.trace), keep)
    return Derivation(polish.polish(tidied, new, letters), names, work.trace)


def _collected(work: _Work, raw: System, new: frozenset[str], known: facts.Facts) -> System:
    """The adjoints as the rule of total derivatives gives them, dE/dE = 1 in its place."""
    unit = naming.adjoint_name(work.system, work.objective, work.objective)
    if work.system.objective is not None and unit in work.arrays:
        raw = inline.put_in_place(raw, unit, known, Trace())
    return polish.polish(raw, new, work.letters)


def loss_name(system: System) -> str:
    """The name of the loss that a layer's cotangents belong to: the author's, else L."""
    for objective, _ in system.adjoint_names:
        return objective
    return "L" if "L" not in system.arrays else "loss"


def default_wrt(system: System) -> tuple[str, ...]:
    """The parameters: real inputs that do not grow with the examples that the objective sums over.

    Where the sum is not one over examples, or nothing but numbers of the objective itself are left, as the weight
    of a penalty, every real input counts; so it does for a layer.
    """
    real = tuple(n for n in inputs(system) if system.arrays[n].kind == "real")
    batch = batch_sizes(system)
    parameters = tuple(n for n in real if not _grows_with(system.arrays[n], batch))
    readers = Readers(system.equations)
    weights = (
        n
        for n in parameters
        if system.arrays[n].axes or any(t != system.objective for t in readers.targets(n))
    )
    return parameters if any(weights) else real


def batch_sizes(system: System) -> frozenset[str]:
    """The sizes that bound the outermost sum of the objective, if it is one over examples.

    Examples do not mix: all that the objective is computed from has an axis of that length, and no other equation
    sums along it. A sum over the outputs of one example is none.
    """
    if system.objective is None:
        return frozenset()
    for equation in equations_of(system, system.objective):
        for node in walk.descend(equation.expression):
            if isinstance(node, Reduce) and node.op == "sum":
                first = domains.project_onto(node.domain, (node.indices[0], *system.sizes))
                sizes = frozenset(domains.involved(first)) & frozenset(system.sizes)
                return sizes if _are_apart(system, sizes) else frozenset()
    return frozenset()


def _are_apart(system: System, sizes: frozenset[str]) -> bool:
    """Whether all that is read has an axis of these sizes, and only the objective sums along it."""
    read = {a.array for e in system.equations for a in walk.accesses(e.expression)}
    for equation in system.equations:
        array = system.arrays[equation.target]
        if equation.target == system.objective or array.kind == "integer":
            continue
        if equation.target in read and not _grows_with(array, sizes):
            return False
        sums = (n for n in walk.descend(equation.expression) if isinstance(n, Reduce))
        if any(sizes & frozenset(domains.involved(node.domain)) for node in sums):
            return False
    return True


def _grows_with(array: Array, sizes: frozenset[str]) -> bool:
    return array.support is not None and bool(sizes & frozenset(domains.involved(array.support)))


def require_real(system: System, wanted: tuple[str, ...]) -> None:
    """Raises E110 for a name that is no real array."""
    for name in wanted:
        array = system.arrays.get(name)
        if array is None or array.kind != "real":
            known = ", ".join(n for n, a in system.arrays.items() if a.kind == "real")
            what = "is an integer array" if array is not None else "is not in these equations"
            raise DeltaruleError(
                "E110", f"no gradient with respect to '{name}': it {what}", help=f"arrays: {known}"
            )


def depends_on(system: System, wanted: tuple[str, ...]) -> frozenset[str]:
    """The arrays that depend on one of these: only through them does the derivative flow."""
    depends: set[str] = set(wanted)
    grown = True
    while grown:
        grown = False
        for equation in system.equations:
            if equation.target in depends or system.arrays[equation.target].kind == "integer":
                continue
            if any(a.array in depends for a in walk.accesses(equation.expression)):
                depends.add(equation.target)
                grown = True
    return frozenset(depends)


def _leading(system: System) -> frozenset[str]:
    """The arrays that the objective, or the outputs, are computed from, and these."""
    readers = Readers(system.equations)
    readers.keep_only([system.objective] if system.objective is not None else system.outputs)
    return frozenset(readers.equations_of)


def _reverse_order(system: System, path: frozenset[str]) -> list[str]:
    """From the objective back to the inputs, as the derivation is read: by the longest way from an input.

    What an equation reads of its own array, or of one defined later, does not count: a recurrence goes round.
    """
    place = {name: n for n, name in enumerate((*inputs(system), *defined(system)))}
    depth = dict.fromkeys(place, 0)
    for equation in sorted(system.equations, key=lambda e: place[e.target]):
        for access in walk.accesses(equation.expression):
            if place[access.array] < place[equation.target]:
                depth[equation.target] = max(depth[equation.target], depth[access.array] + 1)
    return sorted((n for n in place if n in path), key=lambda n: -depth[n])


def _adjoint(
    work: _Work,
    name: str,
    found: list[tuple[Equation, Use]],
    path: frozenset[str],
    known: facts.Facts,
) -> list[Equation]:
    array = work.system.arrays[name]
    own = naming.adjoint_name(work.system, work.objective, name)
    if name == work.system.objective:
        work.arrays[own] = _adjoint_array(work, array, own)
        return [Equation(own, (), (), domains.everything(), build.ONE)]
    terms = []
    given = _given_cotangent(work, name)
    if given is not None:
        axes = tuple(affine.name(a) for a in array.axes)
        whole = array.support if array.support is not None else domains.everything()
        terms.append(adjoints.Term(whole, Access(given, axes)))
    for equation, use in found:
        if use.access.array != name or equation.target not in path:
            continue
        target = naming.adjoint_name(work.system, work.objective, equation.target)
        if target not in work.arrays:
            work.arrays[target] = _adjoint_array(work, work.system.arrays[equation.target], target)
        cotangent = Access(target, equation.subscripts)
        term = adjoints.contribution(
            array, equation, use, cotangent, known, work.sizes, work.letters, work.trace
        )
        if term is not None:
            terms.append(term)
    work.arrays[own] = _adjoint_array(work, array, own)
    if given == own:
        return []
    return adjoints.cases(own, array, terms, known, work.sizes, work.trace)


def _adjoint_array(work: _Work, array: Array, own: str) -> Array:
    return Array(own, array.axes, array.support, adjoint_of=(work.objective, array.name))


def _given_cotangent(work: _Work, name: str) -> str | None:
    """For a layer: the input that holds the cotangent of an output.

    It is the adjoint itself where nothing else reads the output, and is added to it otherwise.
    """
    system = work.system
    if system.objective is not None or name not in system.outputs:
        return None
    own = naming.adjoint_name(system, work.objective, name)
    read = any(a.array == name for e in system.equations for a in walk.accesses(e.expression))
    given = f"{own}_given" if read else own
    work.arrays[given] = _adjoint_array(work, system.arrays[name], given)
    return given


def _assemble(work: _Work, equations: list[Equation], names: dict[str, str]) -> System:
    places = [replace(e, expression=_tidy_place(work, e)) for _, e in work.places]
    outputs = [*([work.system.objective] if work.system.objective else []), *names.values()]
    return replace(
        work.system,
        arrays=work.arrays,
        equations=(*work.system.equations, *places, *equations),
        objective=None,
        outputs=tuple(outputs),
        adjoint_names={},
        latex=_latex(work),
    )


def _tidy_place(work: _Work, equation: Equation) -> Expr:
    nothing_known = facts.Facts(work.arrays)
    context = domains.intersect(equation.domain, work.sizes)
    return simplify(
        equation.expression, nothing_known, context, work.trace.recorder(equation.target)
    )


def _latex(work: _Work) -> dict[str, str]:
    """Spellings of the new names: l_star is written as the author writes l, with a star."""
    spelled = dict(work.system.latex)
    for _, equation in work.places:
        letter, _, number = equation.target.partition("_star")
        shown = spelled.get(letter)
        if shown is None:
            continue
        spelled[equation.target] = f"{shown}^{{*{number}}}" if number else f"{shown}^*"
    return spelled
