"""Ranges that nobody declared: supports of arrays, domains of equations, limits of open sums.

    h_{i,j}, xi_{i,j} = sum(k=1..j-1) w_{j,k} h_{i,k},  E = sum(i=1..n) (h_{i,M} - y_i)^2
        -->  1 <= i <= n;  w on 2 <= j <= M, 1 <= k < j

- An input lives where it is read: the union of the images of its accesses.
- An index of a left side without a range runs where other equations read the array; a shifted read
  inside a recurrence (h_{t-1}) demands nothing. Where nobody reads it, it runs where all that the
  equation reads is known to exist.
- A sum without limits runs where its arrays, of known support, exist; copies at a border are no terms.
- An integer array holds what the indices range over that it is compared with, or subscripts.

What cannot be known stays open (support None): enough to derive and print, not to compute.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from deltarule.equations import affine, axis_letters, dependences, domains, small_sizes, walk
from deltarule.equations.dependences import element_name
from deltarule.equations.domains import Domain
from deltarule.equations.equation_ranges import open_equations
from deltarule.equations.known_ranges import Known, are_single_elements, is_open
from deltarule.equations.nodes import (
    Access,
    Affine,
    ArgReduce,
    Bracket,
    Expr,
    Reduce,
    Select,
)
from deltarule.equations.system import Equation, System, defined, inputs
from deltarule.errors import DeltaruleError

ROUNDS = 12  # each round reaches one equation further from what is known


def infer(system: System, elsewhere: Mapping[str, list[Equation]] | None = None) -> System:
    """The System with every range that follows from the others filled in.

    `elsewhere` are the declared constants of inputs, x[t] = 0 for t <= 0: no part of the support.
    """
    known = Known(system)
    for _ in range(ROUNDS + len(system.equations)):
        before = _state(known)
        _values_of_integers(known)
        _supports_of_inputs(known, elsewhere or {})
        _supports_of_defined(known)
        known.system = _with_open_sums(known)
        known.system = open_equations(known)
        if _state(known) == before:
            break
    _close_declared(known)
    _refuse_without_elements(known)
    return small_sizes.leave_out(_finish(known), known.declared)


def _refuse_without_elements(known: Known) -> None:
    """E104 for a case that would never hold: z[i] = { a[i] if i = 1; b[i] otherwise } with no range of i.

    What is read in the cases with a range would bound the others away.
    """
    for equation, stated, indices in zip(
        known.system.equations, known.stated, known.open_indices, strict=True
    ):
        if not indices or not domains.is_empty(domains.intersect(equation.domain, known.sizes)):
            continue
        if domains.is_empty(domains.intersect(stated.domain, known.sizes)):
            continue
        readers = [e for e in known.system.equations if e.target != equation.target]
        axes = list(range(len(equation.subscripts)))
        if known.images(readers, equation.target, axes):
            continue  # they say where it runs
        index = indices[0]
        raise DeltaruleError(
            "E104",
            f"the range of '{index}' is not known",
            at=equation.span,
            seen=f"{equation.target} would have the elements of its other cases only",
            help=f"say where it runs: for {index} = 1..{_last_number(known.system)}",
        )


def _last_number(system: System) -> str:
    """A name for it that no index and no array has."""
    taken = {*system.arrays, *(i for e in system.equations for i in e.indices)}
    return next((n for n in ("n", "N", "m", "M", "K") if n not in taken), "12")


def unknown_ranges(system: System) -> list[str]:
    """The arrays whose support nothing determines."""
    return [name for name, array in system.arrays.items() if array.support is None]


def _state(known: Known) -> object:
    return (
        dict(known.supports),
        [e.domain for e in known.system.equations],
        dict(known.values),
        [d for e in known.system.equations for d in _reduced_domains(e.expression)],
    )


# ------------------------------------------------------------------------------ supports


def _supports_of_inputs(known: Known, elsewhere: Mapping[str, list[Equation]]) -> None:
    found: dict[str, list[Domain]] = {}
    left_open: dict[str, list[tuple[Access, Domain]]] = {}
    for equation in known.system.equations:
        for access, inside in known.reads(equation):
            image = known.image(access, inside)
            if image is not None:
                found.setdefault(access.array, []).append(image)
            else:
                left_open.setdefault(access.array, []).append((access, inside))
    for name in inputs(known.system):
        if name in known.declared or name not in found:
            continue
        if are_single_elements(known, found[name], left_open.get(name, [])):
            continue
        whole, constants = domains.unite(*found[name]), elsewhere.get(name, [])
        support = _without_constants(whole, constants, known.system.sizes)
        known.supports[name] = _of_elements(support, known.system.sizes)


def _of_elements(support: Domain, sizes: tuple[str, ...]) -> Domain:
    """1 <= t <= T, without the T >= 2 of the equation that reads: it says nothing of the array."""
    return domains.gist(support, domains.project_onto(support, sizes))


def _close_declared(known: Known) -> None:
    """x[n,k] for k = 1..K says nothing of n: it runs as far as it is read."""
    for name in inputs(known.system):
        support = known.supports.get(name)
        if name in known.declared and support is not None:
            rank = len(known.system.arrays[name].axes)
            names = [element_name(a) for a in range(rank)]
            read = None if known.is_bounded(support, names) else _read_of(known, name)
            if read is not None and known.is_bounded(read, names):
                known.supports[name] = domains.intersect(support, read)


def _read_of(known: Known, name: str) -> Domain | None:
    """All elements of an array that are read; None where none is."""
    found: Domain | None = None
    for equation in known.system.equations:
        for access, inside in known.reads(equation):
            if access.array == name:
                image = known.whole_image(access, inside)
                found = image if found is None else domains.unite(found, image)
    return found


def _without_constants(
    support: Domain, constants: list[Equation], sizes: tuple[str, ...]
) -> Domain:
    for equation in constants:
        access = Access(equation.target, equation.subscripts)
        support = domains.subtract(support, dependences.image(access, equation.domain, sizes))
    return support


def _supports_of_defined(known: Known) -> None:
    for name in defined(known.system):
        own = [e for e in known.system.equations if e.target == name]
        found = [known.image(Access(name, e.subscripts), e.domain) for e in own]
        images = [image for image in found if image is not None]
        if len(images) == len(own):
            most = max(len(e.indices) for e in own)
            general = [i for e, i in zip(own, images, strict=True) if len(e.indices) == most]
            known.supports[name] = domains.unite(*images)
            known.general[name] = domains.unite(*general)
            first = [
                image
                for e, image in zip(own, images, strict=True)
                if len(e.indices) == most or not _is_copy(e)
            ]
            known.first_hand[name] = domains.unite(*first)


def _is_copy(equation: Equation) -> bool:
    """s[L+1] = s[1]: an element of the same array once more, as at a border that meets the other."""
    value = equation.expression
    return isinstance(value, Access) and value.array == equation.target


# ------------------------------------------------------------------------------ sums


def _with_open_sums(known: Known) -> System:
    """The System with limits for the sums that the author left open."""
    equations = tuple(
        replace(e, expression=_open(known, as_stated.expression, known.groups[e.target]))
        if _has_open(as_stated)
        else e
        for e, as_stated in zip(known.system.equations, known.stated, strict=True)
    )
    return replace(known.system, equations=equations)


def _has_open(equation: Equation) -> bool:
    nodes = walk.descend(equation.expression)
    return any(isinstance(n, Reduce | ArgReduce) and is_open(n) for n in nodes)


def _open(known: Known, node: Expr, recurrence: frozenset[str]) -> Expr:
    opens = isinstance(node, Reduce | ArgReduce) and is_open(node)
    node = walk.map_children(node, lambda child: _open(known, child, recurrence))
    if not isinstance(node, Reduce | ArgReduce) or not opens:
        return node
    inside = known.where_all_exist(node, without=frozenset(), recurrence=recurrence)
    inside = domains.project_out(inside, sorted(walk.bound_names(node.body)))
    return replace(node, domain=domains.gist(inside, known.sizes))


# ------------------------------------------------------------------------------ integers


def _values_of_integers(known: Known) -> None:
    for name, array in known.system.arrays.items():
        if array.kind == "integer" and known.values[name] is None:
            known.values[name] = _values(known, name)


def _values(known: Known, name: str) -> tuple[Affine, Affine] | None:
    for equation in known.system.equations:
        chosen = equation.expression
        if equation.target == name and isinstance(chosen, ArgReduce):
            within = domains.intersect(equation.domain, chosen.domain, known.sizes)
            if (limits := _range(known, within, chosen.index)) is not None:
                return limits
        for node, inside in _nodes(equation.expression, equation.domain):
            limits = _limits_at(known, node, inside, name)
            if limits is not None:
                return limits
    return None


def _limits_at(known: Known, node: Expr, inside: Domain, name: str) -> tuple[Affine, Affine] | None:
    """[y_i = k] gives y the range of k; W[y_i, d] the range of W's first axis."""
    if isinstance(node, Bracket | Select):
        for form in walk.relation_forms(node.condition):
            index = _compared_index(form, name)
            if index is not None:
                return _range(known, domains.intersect(inside, known.sizes), index)
    if isinstance(node, Access) and node.array in known.supports:
        for axis, subscript in enumerate(node.subscripts):
            gather = affine.gather(subscript)
            if gather is not None and gather.array == name:
                return _range(known, known.supports[node.array], element_name(axis))
    return None


def _range(known: Known, inside: Domain, index: str) -> tuple[Affine, Affine] | None:
    over = domains.project_onto(inside, (index, *known.system.sizes))
    limits = domains.bounds(domains.gist(over, known.sizes), index)
    if limits is None or len(limits[0]) != 1 or len(limits[1]) != 1:
        return None
    return limits[0][0], limits[1][0]


# ------------------------------------------------------------------------------ the result


def _finish(known: Known) -> System:
    arrays = {}
    for name, array in known.system.arrays.items():
        axes = array.axes or axis_letters.axis_letters(known.system, name)
        support = known.supports.get(name)
        if support is not None:
            names = {element_name(a): letter for a, letter in enumerate(axes)}
            kept = (*(element_name(a) for a in range(len(axes))), *known.system.sizes)
            narrowed = domains.project_onto(domains.intersect(support, known.sizes), kept)
            support = domains.rename(domains.gist(narrowed, known.sizes), names)
        values = known.values[name]
        arrays[name] = replace(array, axes=axes, support=support, values=values)
    equations = tuple(
        replace(e, domain=domains.gist(domains.intersect(e.domain, known.sizes), known.sizes))
        for e in known.system.equations
    )
    return replace(known.system, arrays=arrays, equations=_without_empty_cases(equations))


def _without_empty_cases(equations: tuple[Equation, ...]) -> tuple[Equation, ...]:
    """w[n] = { …; 0 otherwise }, of which only the first case is read anywhere."""
    empty = {id(e) for e in equations if domains.is_empty(e.domain)}
    kept = {(e.target, e.span) for e in equations if id(e) not in empty and e.span is not None}
    return tuple(e for e in equations if id(e) not in empty or (e.target, e.span) not in kept)


def _reduced_domains(node: Expr) -> list[Domain]:
    return [n.domain for n in walk.descend(node) if isinstance(n, Reduce | ArgReduce)]


def _nodes(node: Expr, inside: Domain) -> Iterator[tuple[Expr, Domain]]:
    """Every node with the domain of the indices around it."""
    yield node, inside
    if isinstance(node, Reduce | ArgReduce):
        inside = domains.intersect(inside, node.domain)
    for child in walk.children(node):
        yield from _nodes(child, inside)


def _compared_index(form: Affine, name: str) -> str | None:
    """k in k - y = 0."""
    atoms = dict(form.terms)
    gathers = [a for a in atoms if not isinstance(a, str) and a.array == name]
    plain = [a for a in atoms if isinstance(a, str)]
    if form.constant == 0 and len(gathers) == 1 and len(plain) == 1:
        if atoms[gathers[0]] == -atoms[plain[0]]:
            return plain[0]
    return None
