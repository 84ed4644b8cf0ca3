"""The equation that defines what is compared with a target."""

from __future__ import annotations

from deltarule.equations import affine, domains, walk
from deltarule.equations.domains import Domain
from deltarule.equations.nodes import Access, Expr
from deltarule.equations.system import Equation, System, positive_sizes


def prediction_equation(
    system: System, target: Access, expression: Expr, inside: Domain
) -> Equation | None:
    """target_predicted[i] = expression, where `target` is y[i]; None unless that defines all of it.

    y must be read with one plain index per axis, the expression may depend on these only, and the
    points `inside` must be all elements of y.
    """
    array = system.arrays[target.array]
    names = [affine.plain_name(s) for s in target.subscripts]
    indices = tuple(n for n in names if n is not None and n not in system.sizes)
    if len(set(indices)) < len(names) or array.support is None:
        return None
    if walk.free_names(expression) - {*indices, *system.sizes}:
        return None
    domain = domains.project_onto(inside, (*indices, *system.sizes))
    wanted = domains.rename(array.support, dict(zip(array.axes, indices, strict=True)))
    if not domains.is_subset(domains.intersect(wanted, positive_sizes(system)), domain):
        return None
    name = walk.fresh_name(f"{target.array}_predicted", frozenset(system.arrays))
    return Equation(name, tuple(affine.name(i) for i in indices), indices, domain, expression)
