"""Whether a System means something: each element defined once, before it is read, without a cycle.

Every complaint has a witness, found by isl: "`h[i,1]` is read by `xi[i,2]`, but nothing defines it".
"""

from __future__ import annotations

import re

import islpy as isl

from deltarule.equations import affine, dependences, domains, walk
from deltarule.equations.dependences import element_name
from deltarule.equations.domains import Domain
from deltarule.equations.nodes import Access, Affine, Expr, Reduce
from deltarule.equations.system import Equation, System, defined, positive_sizes
from deltarule.errors import DeltaruleError
from deltarule.source import line_and_column

# h_{t-1}, \mathbf{h}^{(l - 1)}: one letter among the scripts, which stands for the first axis
VECTOR_OF_A_FAMILY = re.compile(r"(\\?[A-Za-z{}\\]+[_^])\{?(\(?)[a-z] *(?:[-+] *\d+)?(\)?)\}?")


def check(system: System) -> None:
    """Raises E103, E102 or E105 with a witness. Ranges that are not known are not judged."""
    sizes = positive_sizes(system)
    _defined_once(system, sizes)
    _defined_where_read(system, sizes)
    _in_some_order(system)


# ------------------------------------------------------------------------------ defined once


def _defined_once(system: System, sizes: Domain) -> None:
    for position, equation in enumerate(system.equations):
        for other in system.equations[:position]:
            if other.target == equation.target:
                _apart(equation, other, system, sizes)
        _one_to_one(equation, system, sizes)


def _apart(equation: Equation, other: Equation, system: System, sizes: Domain) -> None:
    both = domains.intersect(_written(equation, system), _written(other, system), sizes)
    witness = domains.sample(both)
    if witness is not None:
        raise _twice(equation, witness, system, other)


def _written(equation: Equation, system: System) -> Domain:
    return dependences.image(
        Access(equation.target, equation.subscripts), equation.domain, system.sizes
    )


def _one_to_one(equation: Equation, system: System, sizes: Domain) -> None:
    """Two points of one equation must not define the same element: an index missing on the left."""
    renamed = {i: f"{i}'other" for i in equation.indices}
    copy = domains.rename(equation.domain, renamed)
    shift = {i: affine.name(n) for i, n in renamed.items()}
    same = [domains.equal(s, affine.substitute(s, shift)) for s in equation.subscripts]
    both = domains.intersect(equation.domain, copy, sizes)
    if same:
        both = domains.intersect(both, domains.from_relations(same))
    for index, other in renamed.items():
        apart = domains.from_relations(
            [domains.at_least(affine.name(index), affine.add(affine.name(other), affine.number(1)))]
        )
        witness = domains.sample(domains.intersect(both, apart))
        if witness is not None:
            point = {
                element_name(a): affine.value(s, witness) for a, s in enumerate(equation.subscripts)
            }
            raise _twice(equation, {**witness, **point}, system)


def _twice(
    equation: Equation, witness: dict[str, int], system: System, other: Equation | None = None
) -> DeltaruleError:
    element = _element(equation.target, len(equation.subscripts), witness)
    seen = "the second definition"
    if other is not None and other.span is not None and other.span != equation.span:
        seen += f"; the first is in line {line_and_column(other.span)[0]}"
    if equation.subscripts:
        sizes, help = _sizes_of(witness, system), "make the ranges of the cases disjoint"
    else:
        sizes, help = "", "equations are not assignments: give the new value a name of its own"
    return DeltaruleError(
        "E103", f"`{element}` is defined twice{sizes}", at=equation.span, seen=seen, help=help
    )


# ------------------------------------------------------------------------------ defined where read


def _defined_where_read(system: System, sizes: Domain) -> None:
    targets = set(defined(system))
    for equation in system.equations:
        for access, inside in dependences.reads(_without_open_sums(equation)):
            if access.array in targets:
                _covered(equation, access, inside, system, sizes)
            else:
                _in_support(equation, access, inside, system, sizes)


def _covered(
    equation: Equation, access: Access, inside: Domain, system: System, sizes: Domain
) -> None:
    written = [_written(e, system) for e in system.equations if e.target == access.array]
    _require(equation, access, inside, domains.unite(*written), system, sizes)


def _in_support(
    equation: Equation, access: Access, inside: Domain, system: System, sizes: Domain
) -> None:
    array = system.arrays[access.array]
    if array.support is None or array.outside is not None:
        return
    names = {a: element_name(n) for n, a in enumerate(array.axes)}
    _require(equation, access, inside, domains.rename(array.support, names), system, sizes)


def _require(
    equation: Equation,
    access: Access,
    inside: Domain,
    where: Domain,
    system: System,
    sizes: Domain,
) -> None:
    """Every element that the access reads must lie in `where`."""
    if not all(affine.is_static(s) for s in access.subscripts):
        return  # data: checked when there are numbers
    values = {element_name(a): s for a, s in enumerate(access.subscripts)}
    exists = domains.substitute(where, values)
    witness = domains.sample(domains.subtract(domains.intersect(inside, sizes), exists))
    if witness is None:
        return
    numbers = {n: witness.get(n, 1) for n in _names(equation, access)} | witness
    element = _at(access.array, access.subscripts, numbers)
    reader = _at(equation.target, equation.subscripts, numbers)
    is_input = access.array not in defined(system)
    why = "lies outside its declared support" if is_input else "nothing defines it"
    raise DeltaruleError(
        "E102",
        f"`{element}` is read by `{reader}`, but {why}{_sizes_of(numbers, system)}",
        at=access.span or equation.span,
        seen="read here",
        help="narrow the range of the reader, widen that of the definition, "
        f"or define the missing elements, for example {_as_written(access, numbers) or element} = 0",
    )


def _as_written(access: Access, numbers: dict[str, int]) -> str:
    r"""h_0 for h[0,j] where the author writes the vectors h_{t-1}; '' where all axes are written."""
    text = access.span.source.text[access.span.start : access.span.end] if access.span else ""
    scripts = VECTOR_OF_A_FAMILY.fullmatch(text)
    if scripts is None or len(access.subscripts) < 2 or not affine.is_static(access.subscripts[0]):
        return ""
    label = f"{scripts[2]}{affine.value(access.subscripts[0], numbers)}{scripts[3]}"
    return scripts[1] + (label if len(label) == 1 else f"{{{label}}}")


def _names(equation: Equation, access: Access) -> set[str]:
    forms = (*equation.subscripts, *access.subscripts)
    return {n for form in forms for n in affine.names(form)}


def _without_open_sums(equation: Equation) -> Equation:
    """A sum without limits reads only what exists: its domain says so once supports are known."""
    return Equation(
        equation.target,
        equation.subscripts,
        equation.indices,
        equation.domain,
        _closed(equation.expression),
        equation.span,
    )


def _closed(node: Expr) -> Expr:
    if isinstance(node, Reduce) and node.unlimited and domains.is_everything(node.domain):
        return walk.affine_to_expr(affine.number(0))
    return walk.map_children(node, _closed)


# ------------------------------------------------------------------------------ an order exists


def _in_some_order(system: System) -> None:
    relation = dependences.dependences(system)
    try:
        dependences.schedule(system, relation)
    except isl.Error:
        raise _cycle(system) from None
    for position, equation in enumerate(system.equations):
        loop = _self_loop(system, relation, position)
        if loop is not None:
            raise _cycle_error(equation, loop, system)


def _self_loop(system: System, relation: isl.UnionMap, position: int) -> dict[str, int] | None:
    """A point that needs itself."""
    for part in _maps(relation):
        here = f"S{position}"
        if _ends(part) == (here, here):
            same = part.intersect(isl.Map.identity(part.space))
            if not same.is_empty():
                return _point(same.domain(), system.equations[position], system)
    return None


def _maps(union: isl.UnionMap) -> list[isl.Map]:
    found: list[isl.Map] = []
    union.foreach_map(found.append)
    return found


def _ends(relation: isl.Map) -> tuple[str, str]:
    return (
        str(relation.get_tuple_name(isl.dim_type.in_)),
        str(relation.get_tuple_name(isl.dim_type.out)),
    )


def _cycle(system: System) -> DeltaruleError:
    """A point that, through a chain of reads, needs itself: the shortest chain."""
    relation = dependences.dependences(system)
    power = relation
    for _ in range(len(system.equations) + 3):
        for position, equation in enumerate(system.equations):
            here = f"S{position}"
            for part in _maps(power):
                if _ends(part) == (here, here):
                    same = part.intersect(isl.Map.identity(part.space))
                    if not same.is_empty():
                        point = _point(same.domain(), equation, system)
                        return _cycle_error(equation, point, system)
        power = power.apply_range(relation)
    return DeltaruleError(
        "E105",
        "the equations depend on one another without an order",
        at=system.equations[0].span,
        help="a recurrence must reach back to elements that are defined without it",
    )


def _point(where: isl.Set, equation: Equation, system: System) -> dict[str, int]:
    """A small point of a statement's set, as numbers of indices and sizes."""
    plain = where.reset_tuple_id()
    for position, index in enumerate(equation.indices):
        plain = plain.set_dim_name(isl.dim_type.set, position, index)
    count = plain.dim(isl.dim_type.set)
    moved = plain.move_dims(
        isl.dim_type.param, plain.dim(isl.dim_type.param), isl.dim_type.set, 0, count
    )
    return domains.sample(Domain(moved.params())) or {}


def _cycle_error(equation: Equation, witness: dict[str, int], system: System) -> DeltaruleError:
    numbers = {n: witness.get(n, 1) for s in equation.subscripts for n in affine.names(s)}
    element = _at(equation.target, equation.subscripts, numbers | witness)
    return DeltaruleError(
        "E105",
        f"`{element}` depends on itself{_sizes_of(witness, system)}",
        at=equation.span,
        seen="defined here",
        help="a recurrence must read elements that are defined before: check its subscripts",
    )


# ------------------------------------------------------------------------------ witnesses


def _at(array: str, subscripts: tuple[Affine, ...], numbers: dict[str, int]) -> str:
    if not subscripts:
        return array
    shown = (str(affine.value(s, numbers)) if affine.is_static(s) else "…" for s in subscripts)
    return f"{array}[{','.join(shown)}]"


def _element(array: str, rank: int, witness: dict[str, int]) -> str:
    if not rank:
        return array
    values = (str(witness.get(element_name(a), "…")) for a in range(rank))
    return f"{array}[{','.join(values)}]"


def _sizes_of(witness: dict[str, int], system: System) -> str:
    """, for M = 2: the sizes of the witness."""
    shown = [f"{s} = {witness[s]}" for s in system.sizes if s in witness]
    return f" (for {', '.join(shown)})" if shown else ""
