"""Give a reduction its own array where it does not depend on everything around it.

    h[i,k] = exp(x[i,k]) / sum(l) exp(x[i,l])   -->   h_sum[i] = sum(l) exp(x[i,l]);  h[i,k] = exp(x[i,k]) / h_sum[i]

so that it is computed, and priced, once for each value that it can have.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from deltarule.equations import affine, domains, matching, walk
from deltarule.equations.domains import Domain
from deltarule.equations.nodes import Access, ArgReduce, Expr, Reduce
from deltarule.equations.system import Array, Equation, Kind, System, positive_sizes


@dataclass
class _Work:
    system: System
    sizes: Domain
    arrays: dict[str, Array]
    new: list[tuple[Expr, Equation]] = field(default_factory=list)


def hoist(system: System) -> System:
    """The System with invariant reductions as arrays of their own; values unchanged."""
    work = _Work(system, positive_sizes(system), dict(system.arrays))
    equations: list[Equation] = []
    for equation in system.equations:
        scope = _Scope(equation, equation.indices, domains.intersect(equation.domain, work.sizes))
        before = len(work.new)
        changed = _visit(equation.expression, scope, work)
        equations.extend(e for _, e in work.new[before:])
        equations.append(replace(equation, expression=changed))
    return replace(system, arrays=work.arrays, equations=tuple(equations))


@dataclass(frozen=True, slots=True)
class _Scope:
    equation: Equation
    indices: tuple[str, ...]
    domain: Domain


def _visit(node: Expr, scope: _Scope, work: _Work) -> Expr:
    if not isinstance(node, Reduce | ArgReduce):
        return walk.map_children(node, lambda child: _visit(child, scope, work))
    used = tuple(i for i in scope.indices if i in walk.free_names(node))
    if used != scope.indices and not _reads(node, scope.equation.target):
        return _own_array(node, used, scope, work)
    indices = node.indices if isinstance(node, Reduce) else (node.index,)
    inner = _Scope(
        scope.equation, scope.indices + indices, domains.intersect(scope.domain, node.domain)
    )
    if isinstance(node, Reduce) and node.op == "sum" and _is_nested_sum(node.body):
        return replace(node, body=_inside_nested(node.body, inner, work))
    return replace(node, body=_visit(node.body, inner, work))


def _is_nested_sum(body: Expr) -> bool:
    return isinstance(body, Reduce) and body.op == "sum"


def _inside_nested(body: Expr, scope: _Scope, work: _Work) -> Expr:
    """sum(i) sum(j) stays one sum over pairs."""
    assert isinstance(body, Reduce)
    inner = _Scope(
        scope.equation, scope.indices + body.indices, domains.intersect(scope.domain, body.domain)
    )
    if _is_nested_sum(body.body):
        return replace(body, body=_inside_nested(body.body, inner, work))
    return replace(body, body=_visit(body.body, inner, work))


def _reads(node: Expr, target: str) -> bool:
    """A reduction over the equation's own array is part of its recurrence and stays."""
    return any(a.array == target for a in walk.accesses(node))


def _own_array(node: Reduce | ArgReduce, used: tuple[str, ...], scope: _Scope, work: _Work) -> Expr:
    for known, equation in work.new:
        binding = matching.match(known, node, frozenset(equation.indices))
        if binding is not None and _covers(equation, binding, scope):
            return affine.substitute_access(Access(equation.target, equation.subscripts), binding)
    sizes = work.system.sizes
    domain = domains.project_onto(scope.domain, (*used, *sizes))
    domain = domains.gist(domain, work.sizes)
    name = _free_name(f"{scope.equation.target}_{node.op}", work.arrays)
    subscripts = tuple(affine.name(i) for i in used)
    kind: Kind = "integer" if isinstance(node, ArgReduce) else "real"
    work.arrays[name] = Array(name, used, domain, kind)
    inner = _Scope(scope.equation, used, domains.intersect(domain, work.sizes))
    equation = Equation(name, subscripts, used, domain, node, scope.equation.span)
    changed = replace(equation, expression=_visit(node, inner, work))
    work.new.append((node, changed))
    return Access(name, subscripts)


def _covers(equation: Equation, binding: matching.Binding, scope: _Scope) -> bool:
    if not all(affine.is_static(v) for v in binding.values()):
        return False
    needed = domains.substitute(equation.domain, binding)
    return domains.is_subset(scope.domain, needed)


def _free_name(wanted: str, arrays: Mapping[str, Array]) -> str:
    name, number = wanted, 2
    while name in arrays:
        name, number = f"{wanted}{number}", number + 1
    return name
