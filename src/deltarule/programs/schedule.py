"""The order in which a System is evaluated: isl's schedule as a tree of loops and statements.

A band member that is coincident carries no dependence: its points can be computed at once, so it is
no loop here. What remains are loops over the sequential directions only.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import islpy as isl

from deltarule.equations import affine, dependences, domains
from deltarule.equations.domains import Domain
from deltarule.equations.nodes import Affine
from deltarule.equations.system import System

TIME = "'t"  # the names of loops: 't0, 't1, …; no author can write them


@dataclass(frozen=True, slots=True)
class Statement:
    """All points of equation `position` that lie in `domain`, given the loops around, at once."""

    position: int
    domain: Domain


@dataclass(frozen=True, slots=True)
class Loop:
    """The loop variable runs upwards over `domain` (its own name, the sizes, loops around)."""

    name: str
    domain: Domain
    body: tuple[Step, ...]


Step = Statement | Loop


def schedule(system: System) -> tuple[Step, ...]:
    """Loops and statements in an order that computes each element before it is read."""
    steps: list[Step] = []
    relation = dependences.dependences(system)
    for component in _components(system, relation):
        if len(component) == 1 and not _reads_itself(relation, component[0]):
            position = component[0]
            steps.append(Statement(position, system.equations[position].domain))
        else:
            steps.extend(_recurrence(system, relation, component))
    return tuple(steps)


def show(steps: tuple[Step, ...], system: System, indent: str = "") -> str:
    """The program as a person reads it."""
    lines = []
    for step in steps:
        if isinstance(step, Loop):
            lines.append(f"{indent}for {step.name}:")
            lines.append(show(step.body, system, indent + "  "))
        else:
            lines.append(f"{indent}{system.equations[step.position].target}")
    return "\n".join(lines)


# ------------------------------------------------------------------------------ components


def _edges(relation: isl.UnionMap) -> set[tuple[int, int]]:
    found: set[tuple[int, int]] = set()

    def note(part: isl.Map) -> None:
        source = str(part.get_tuple_name(isl.dim_type.in_))
        sink = str(part.get_tuple_name(isl.dim_type.out))
        found.add((int(source[1:]), int(sink[1:])))

    relation.foreach_map(note)
    return found


def _reads_itself(relation: isl.UnionMap, position: int) -> bool:
    return (position, position) in _edges(relation)


def _components(system: System, relation: isl.UnionMap) -> list[list[int]]:
    """Strongly connected components of the equations, in topological order (Tarjan 1972)."""
    edges = _edges(relation)
    successors: dict[int, list[int]] = {p: [] for p in range(len(system.equations))}
    for source, sink in sorted(edges, reverse=True):
        successors[source].append(sink)
    order: list[list[int]] = []
    number: dict[int, int] = {}
    low: dict[int, int] = {}
    stack: list[int] = []

    def visit(node: int) -> None:
        number[node] = low[node] = len(number)
        stack.append(node)
        for following in successors[node]:
            if following not in number:
                visit(following)
                low[node] = min(low[node], low[following])
            elif following in stack:
                low[node] = min(low[node], number[following])
        if low[node] == number[node]:
            cut = stack.index(node)
            order.append(sorted(stack[cut:]))
            del stack[cut:]

    for start in sorted(successors, reverse=True):
        if start not in number:
            visit(start)
    return order[::-1]


# ------------------------------------------------------------------------------ recurrences


def _recurrence(system: System, relation: isl.UnionMap, component: list[int]) -> Iterator[Step]:
    """The loops of one recurrence, read off isl's schedule tree."""
    context = domains.intersect(domains.everything(), _positive(system))
    points = isl.UnionSet.empty(relation.get_space())
    for position in component:
        own = dependences.statement(system.equations[position], position, context)
        points = points.union(isl.UnionSet.from_set(own))
    inside = relation.intersect_domain(points).intersect_range(points)
    constraints = isl.ScheduleConstraints.on_domain(points)
    constraints = constraints.set_validity(inside).set_coincidence(inside)
    root = constraints.compute_schedule().get_root()
    yield from _tree(root.child(0), _start(system, component), 0, system)


def _positive(system: System) -> Domain:
    from deltarule.equations.system import positive_sizes

    return positive_sizes(system)


def _start(system: System, component: list[int]) -> tuple[Statement, ...]:
    return tuple(Statement(p, system.equations[p].domain) for p in component)


def _tree(
    node: isl.ScheduleNode, active: tuple[Statement, ...], depth: int, system: System
) -> list[Step]:
    """One node of isl's tree, restricted to the statements that reach it."""
    kind = isl.schedule_node_type(node.get_type())
    types = isl.schedule_node_type
    if kind == types.leaf:
        return list(active)
    if kind in (types.sequence, types.set):
        steps: list[Step] = []
        for position in range(node.n_children()):
            child = node.child(position)
            kept = _filtered(child.filter_get_filter(), active)
            steps += _tree(child.child(0), kept, depth, system)
        return steps
    if kind == types.band:
        return _band(node, active, depth, system)
    return _tree(node.child(0), active, depth, system)


def _filtered(union: isl.UnionSet, active: tuple[Statement, ...]) -> tuple[Statement, ...]:
    names: set[str] = set()
    union.foreach_set(lambda part: names.add(str(part.get_tuple_name())))
    return tuple(s for s in active if f"S{s.position}" in names)


def _band(
    node: isl.ScheduleNode, active: tuple[Statement, ...], depth: int, system: System
) -> list[Step]:
    """A loop for each member that is not coincident."""
    partial = node.band_get_partial_schedule()
    loops: list[str] = []
    for member in range(node.band_n_member()):
        if node.band_member_get_coincident(member):
            continue
        name = f"{TIME}{depth + len(loops)}"
        forms = _forms(partial.get_union_pw_aff(member), system)
        active = tuple(_at_time(s, name, forms[s.position]) for s in active)
        loops.append(name)
    steps = _tree(node.child(0), active, depth + len(loops), system)
    for name in reversed(loops):
        steps = [_loop(name, tuple(steps), active, loops, system)]
    return steps


def _at_time(statement: Statement, name: str, form: Affine) -> Statement:
    tie = domains.from_relations([domains.equal(affine.name(name), form)])
    return replace(statement, domain=domains.intersect(statement.domain, tie))


def _loop(
    name: str,
    body: tuple[Step, ...],
    active: tuple[Statement, ...],
    loops: list[str],
    system: System,
) -> Loop:
    around = [n for n in loops if n < name] + _loops_of(active, name)
    kept = (name, *around, *system.sizes)
    domain = domains.unite(*(domains.project_onto(s.domain, kept) for s in active))
    return Loop(name, domain, body)


def _loops_of(active: tuple[Statement, ...], name: str) -> list[str]:
    found = {n for s in active for n in domains.names_of(s.domain) if n.startswith(TIME)}
    return [n for n in found if n < name]


def _forms(union: isl.UnionPwAff, system: System) -> dict[int, Affine]:
    """Each statement's time as an affine form of its indices."""
    found: dict[int, Affine] = {}

    def note(part: isl.PwAff) -> None:
        position = int(str(part.get_domain_space().get_tuple_name(isl.dim_type.set))[1:])
        pieces: list[isl.Aff] = []
        part.foreach_piece(lambda _, aff: pieces.append(aff))
        found[position] = _form(pieces[0], system.equations[position].indices)

    union.foreach_pw_aff(note)
    return found


def _form(aff: isl.Aff, indices: tuple[str, ...]) -> Affine:
    terms: list[tuple[str, int]] = []
    for axis, index in enumerate(indices):
        value = aff.get_coefficient_val(isl.dim_type.in_, axis).to_python()
        terms.append((index, int(value)))
    for axis in range(aff.dim(isl.dim_type.param)):
        name = str(aff.get_dim_name(isl.dim_type.param, axis))
        terms.append((name, int(aff.get_coefficient_val(isl.dim_type.param, axis).to_python())))
    return affine.make(terms, int(aff.get_constant_val().to_python()))
