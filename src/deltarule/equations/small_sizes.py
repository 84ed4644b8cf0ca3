"""Single elements that small sizes leave out: a[2] = x[2] where x[s] has s = 1..S, and S may be 1.

    a[1] = x[1], a[2] = x[2], a[s] = a[s-1] + a[s-2], p = a[S]   -->   a[2] = x[2] for S >= 2

Nothing reads the element where the declared array ends before it: there it is no part of the System.
"""

from __future__ import annotations

from dataclasses import replace

from deltarule.equations import affine, dependences, domains
from deltarule.equations.dependences import element_name
from deltarule.equations.domains import Domain
from deltarule.equations.system import Equation, System, positive_sizes


def leave_out(system: System, declared: set[str]) -> System:
    """The System with the equations of single elements for those sizes for which they are read.

    Only where the formula would read beyond the end of an array in `declared`, and something reads
    the element for other sizes.
    """
    sizes = positive_sizes(system)
    equations = tuple(
        _where_read(e, system, sizes)
        if e.subscripts and not e.indices and _reads_beyond(e, system, declared, sizes)
        else e
        for e in system.equations
    )
    return replace(system, equations=equations)


def _reads_beyond(equation: Equation, system: System, declared: set[str], sizes: Domain) -> bool:
    for access, inside in dependences.reads(equation):
        array = system.arrays[access.array]
        if access.array in declared and array.support is not None:
            places = zip(array.axes, access.subscripts, strict=True)
            known = {axis: s for axis, s in places if affine.is_static(s)}
            exists = domains.substitute(array.support, known)
            exists = domains.project_out(exists, [a for a in array.axes if a not in known])
            if not domains.is_subset(domains.intersect(inside, sizes), exists):
                return True
    return False


def _where_read(equation: Equation, system: System, sizes: Domain) -> Equation:
    places = {element_name(a): s for a, s in enumerate(equation.subscripts)}
    found = [
        domains.substitute(dependences.image(access, inside, system.sizes), places)
        for other in system.equations
        if other is not equation
        for access, inside in dependences.reads(other)
        if access.array == equation.target and all(map(affine.is_static, access.subscripts))
    ]
    wanted = domains.intersect(domains.unite(domains.nothing(), *found), sizes)
    if domains.is_empty(wanted):
        return equation
    return replace(equation, domain=domains.intersect(equation.domain, domains.gist(wanted, sizes)))
