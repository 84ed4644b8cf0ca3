"""Integer domains, held by isl.

A Domain is a set of integer points over *named* dimensions: indices and sizes alike are parameters
of one isl set, so that domains over different names meet without any bookkeeping of positions.
isl does the reasoning (emptiness, projection, gist, equalities, minima); this file only speaks to
it in the terms of the System: names, affine forms and relations.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

import islpy as isl

from deltarule.equations import affine
from deltarule.equations.nodes import Affine, All, Condition, Relation
from deltarule.errors import DeltaruleError

PARAM = isl.dim_type.param
CONTEXT = isl.DEFAULT_CONTEXT
MACHINE_WORD = 2**31


@dataclass(frozen=True, slots=True, eq=False)
class Domain:
    """A set of integer points over names. Equal when it has the same points."""

    set: isl.Set

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Domain) and bool(self.set.is_equal(other.set))

    def __hash__(self) -> int:
        return 0  # equal sets can be written in many ways; expressions hold few domains

    def __repr__(self) -> str:
        return f"Domain({self.set})"


def everything() -> Domain:
    """All points: no constraint at all."""
    return Domain(isl.Set.universe(isl.Space.params_alloc(CONTEXT, 0)))


def nothing() -> Domain:
    return Domain(isl.Set.empty(isl.Space.params_alloc(CONTEXT, 0)))


def from_relations(relations: Iterable[Relation]) -> Domain:
    """The points where all of the (static) relations hold."""
    relations = list(relations)
    used = sorted({n for r in relations for n in affine.names(r.affine)})
    space = isl.Space.create_from_names(CONTEXT, set=[], params=used).params()
    basic = isl.BasicSet.universe(space)
    result = None
    for relation in relations:
        coefficients = _coefficients(relation.affine)
        if relation.op == "=":
            basic = basic.add_constraint(isl.Constraint.eq_from_names(space, coefficients))
        elif relation.op == ">=":
            basic = basic.add_constraint(isl.Constraint.ineq_from_names(space, coefficients))
        else:
            apart = unite(
                from_relations([_at_least(relation.affine, 1)]),
                from_relations([_at_least(affine.scale(relation.affine, -1), 1)]),
            )
            result = apart if result is None else intersect(result, apart)
    whole = Domain(isl.Set.from_basic_set(basic))
    return whole if result is None else intersect(whole, result)


def of_condition(condition: Condition) -> Domain | None:
    """Where a condition on indices and sizes holds; None when it speaks of data."""
    match condition:
        case Relation(form, _):
            return from_relations([condition]) if affine.is_static(form) else None
        case All(parts):
            found = [of_condition(part) for part in parts]
            known = [d for d in found if d is not None]
            return intersect(everything(), *known) if len(known) == len(found) else None
    return None


def between(low: Affine, index: str, high: Affine) -> Domain:
    """low <= index <= high."""
    here = affine.name(index)
    return from_relations([at_least(here, low), at_least(high, here)])


def at_least(left: Affine, right: Affine) -> Relation:
    """left >= right."""
    return Relation(affine.subtract(left, right), ">=")


def equal(left: Affine, right: Affine) -> Relation:
    return Relation(affine.subtract(left, right), "=")


def _at_least(form: Affine, bound: int) -> Relation:
    return Relation(affine.add(form, affine.number(-bound)), ">=")


def _coefficients(form: Affine) -> dict[str | Literal[1], isl.Val | int]:
    result: dict[str | Literal[1], isl.Val | int] = {1: _isl_number(form.constant)}
    for atom, coefficient in form.terms:
        if not isinstance(atom, str):
            raise ValueError(f"{atom.array}[…] is data: isl reasons about indices and sizes only")
        result[atom] = _isl_number(coefficient)
    return result


def _isl_number(number: int) -> isl.Val | int:
    """isl counts without a limit, but takes larger numbers as text only."""
    small = -MACHINE_WORD <= number < MACHINE_WORD
    return number if small else isl.Val.read_from_str(CONTEXT, str(number))


# ------------------------------------------------------------------------------ set algebra


def intersect(*domains: Domain) -> Domain:
    result = domains[0].set
    for domain in domains[1:]:
        result = result.intersect(domain.set)
    return Domain(result)


def unite(*domains: Domain) -> Domain:
    result = domains[0].set
    for domain in domains[1:]:
        result = result.union(domain.set)
    return Domain(result.coalesce())


def subtract(left: Domain, right: Domain) -> Domain:
    return Domain(left.set.subtract(right.set).coalesce())


def gist(domain: Domain, context: Domain) -> Domain:
    """The constraints of `domain` that `context` does not already imply."""
    return Domain(domain.set.coalesce().gist(context.set).coalesce())


def said_of(domain: Domain, names: Iterable[str]) -> Domain:
    """What each convex part says of the names where it holds: 1 <= j <= n of k = 0, 1 <= j <= n or k = K, 1 <= j <= n."""
    parts = []
    chosen = list(names)
    for part in domain.set.coalesce().get_basic_sets():
        whole = Domain(isl.Set.from_basic_set(part))
        parts.append(gist(whole, project_out(whole, chosen)))
    return unite(*parts) if parts else nothing()


def project_out(domain: Domain, names: Iterable[str]) -> Domain:
    """The points for which some value of the names lies in the domain."""
    result = domain.set
    for name in names:
        position = result.find_dim_by_name(PARAM, name)
        if position >= 0:
            result = result.project_out(PARAM, position, 1)
    return Domain(result.coalesce())


def project_onto(domain: Domain, names: Iterable[str]) -> Domain:
    """Forget every name but these."""
    kept = set(names)
    return project_out(domain, [n for n in names_of(domain) if n not in kept])


def substitute(domain: Domain, values: Mapping[str, Affine]) -> Domain:
    """Replace names by static affine forms, all at once."""
    values = {n: v for n, v in values.items() if n in names_of(domain)}
    if not values:
        return domain
    temporary = {n: f"{n}'old" for n in values}
    moved = rename(domain, temporary)
    ties = [equal(affine.name(temporary[n]), v) for n, v in values.items()]
    return project_out(intersect(moved, from_relations(ties)), temporary.values())


def rename(domain: Domain, names: Mapping[str, str]) -> Domain:
    """Give names other names, all at once; the new ones must be free (or not constrained)."""
    domain = project_out(
        domain, [n for n in set(names.values()) - set(names) if not involves(domain, n)]
    )
    result = domain.set
    found = []
    for old, new in names.items():
        position = result.find_dim_by_name(PARAM, old)
        if position >= 0:
            found.append((position, new))
    for position, _ in found:
        result = result.set_dim_name(PARAM, position, f"'moving{position}")
    for position, new in found:
        result = result.set_dim_name(PARAM, position, new)
    return Domain(result)


def fix(domain: Domain, numbers: Mapping[str, int]) -> Domain:
    """Set names to numbers; they vanish from the domain."""
    result = domain.set
    for name, number in numbers.items():
        position = result.find_dim_by_name(PARAM, name)
        if position >= 0:
            result = result.fix_val(PARAM, position, isl.Val.int_from_si(CONTEXT, int(number)))
            result = result.project_out(PARAM, position, 1)
    return Domain(result)


# ------------------------------------------------------------------------------ questions


def names_of(domain: Domain) -> tuple[str, ...]:
    """The names that the domain's space has, constrained or not."""
    count = domain.set.dim(PARAM)
    return tuple(str(domain.set.get_dim_name(PARAM, i)) for i in range(count))


def involves(domain: Domain, name: str) -> bool:
    """Whether the name is constrained."""
    position = domain.set.find_dim_by_name(PARAM, name)
    return position >= 0 and bool(domain.set.involves_dims(PARAM, position, 1))


def involved(domain: Domain) -> tuple[str, ...]:
    """The names that are constrained."""
    return tuple(n for n in names_of(domain) if involves(domain, n))


def is_empty(domain: Domain) -> bool:
    return bool(domain.set.is_empty())


def is_everything(domain: Domain) -> bool:
    return bool(domain.set.coalesce().plain_is_universe()) or bool(
        domain.set.complement().is_empty()
    )


def is_subset(left: Domain, right: Domain) -> bool:
    return bool(left.set.is_subset(right.set))


def are_disjoint(left: Domain, right: Domain) -> bool:
    return bool(left.set.is_disjoint(right.set))


def contains(domain: Domain, numbers: Mapping[str, int]) -> bool:
    """Whether the point lies in the domain; every constrained name must have a number."""
    return not is_empty(fix(domain, numbers))


def sample(domain: Domain) -> dict[str, int] | None:
    """One point of the domain, a witness; None when it is empty. Small where possible."""
    small = domain
    for name in names_of(domain):
        small = _pull_to_minimum(small, name)
    point = small.set.sample_point()
    if point.is_void():
        return None
    return {
        name: point.get_coordinate_val(PARAM, i).to_python()
        for i, name in enumerate(
            str(point.space.get_dim_name(PARAM, i)) for i in range(point.space.dim(PARAM))
        )
    }


def _pull_to_minimum(domain: Domain, name: str) -> Domain:
    """Prefer points where the name is as small as can be, for a witness that is easy to read."""
    for number in range(4):
        position = domain.set.find_dim_by_name(PARAM, name)
        fixed = domain.set.fix_val(PARAM, position, isl.Val.int_from_si(CONTEXT, number))
        if not fixed.is_empty():
            return Domain(fixed)
    return domain


def determined(domain: Domain, name: str) -> Affine | None:
    """The affine form that a name equals everywhere in the domain, with integer coefficients.

    {k = j - i, …}, k  -->  j - i
    """
    hull = domain.set.affine_hull()
    best: Affine | None = None
    for constraint in hull.get_constraints():
        if not constraint.is_equality() or _has_division(constraint):
            continue
        form = _affine_of(constraint)
        coefficient = dict(form.terms).get(name, 0)
        if abs(coefficient) != 1:
            continue
        rest = affine.add(form, affine.scale(affine.name(name), -coefficient))
        solved = affine.scale(rest, -coefficient)
        if best is None or len(solved.terms) < len(best.terms):
            best = solved
    return best


def bounds(domain: Domain, name: str) -> tuple[list[Affine], list[Affine]] | None:
    """Lower and upper bounds of a name in a convex domain, as static forms; None when not convex.

    {1 <= k < j}, k  -->  ([1], [j - 1])
    """
    basics = domain.set.coalesce().remove_redundancies().get_basic_sets()
    if len(basics) != 1:
        return None
    lower: list[Affine] = []
    upper: list[Affine] = []
    for constraint in basics[0].get_constraints():
        if _has_division(constraint):
            return None
        form = _affine_of(constraint)
        coefficient = dict(form.terms).get(name, 0)
        if coefficient == 0:
            continue
        if abs(coefficient) != 1:
            return None
        rest = affine.add(form, affine.scale(affine.name(name), -coefficient))
        if constraint.is_equality():
            solved = affine.scale(rest, -coefficient)
            lower.append(solved)
            upper.append(solved)
        elif coefficient == 1:
            lower.append(affine.scale(rest, -1))
        else:
            upper.append(rest)
    return lower, upper


def relations(domain: Domain) -> list[list[Relation]] | None:
    """The domain as a union of conjunctions; None when it needs a divisibility."""
    result = []
    for basic in domain.set.coalesce().remove_redundancies().get_basic_sets():
        conjunction = []
        for constraint in basic.get_constraints():
            if _has_division(constraint):
                return None
            form = _affine_of(constraint)
            equality = constraint.is_equality()
            conjunction.append(Relation(form, "=") if equality else Relation(form, ">="))
        result.append(conjunction)
    return result


def points(domain: Domain, indices: tuple[str, ...]) -> Iterator[tuple[int, ...]]:
    """All points in the indices, in lexicographic order; every other name must be fixed already."""
    if not indices:
        if not is_empty(domain):
            yield ()
        return
    free = [n for n in involved(domain) if n not in indices]
    if free:
        raise ValueError(f"{', '.join(free)} must be fixed before points are listed")
    found: list[tuple[int, ...]] = []
    as_set = _to_set(domain, indices)
    if not as_set.is_bounded():
        raise ValueError(f"the domain has no bound: {domain}")
    as_set.foreach_point(
        lambda point: found.append(
            tuple(
                point.get_coordinate_val(isl.dim_type.set, i).to_python()
                for i in range(len(indices))
            )
        )
    )
    yield from sorted(found)


def extent(domain: Domain, name: str) -> tuple[int, int] | None:
    """The smallest and the largest value of a name when all else is fixed or projected out.

    None when the domain is empty. Raises E104 when it has no bound.
    """
    as_set = _to_set(project_onto(domain, [name]), (name,))
    if as_set.is_empty():
        return None
    if not as_set.is_bounded():
        raise DeltaruleError(
            "E104",
            f"the range of '{name}' is not known",
            help=f"write its limits, or declare the arrays that it is a subscript of: {name} = 1..n",
        )
    low = as_set.dim_min_val(0).to_python()
    high = as_set.dim_max_val(0).to_python()
    return int(low), int(high)


def is_bounded(domain: Domain, name: str) -> bool:
    """Whether the name takes finitely many values, all else projected out."""
    return bool(_to_set(project_onto(domain, [name]), (name,)).is_bounded())


def is_bounded_in(domain: Domain, name: str) -> bool:
    """Whether the name has a lower and an upper bound once all other names are given."""
    position = domain.set.find_dim_by_name(PARAM, name)
    if position < 0:
        return False
    as_set = _to_set(domain, (name,), keep_parameters=True).coalesce()
    if any(b.dim(isl.dim_type.div) for b in as_set.get_basic_sets()):
        return bool(as_set.is_bounded())  # k mod 2 = 0 is no bound
    return bool(as_set.dim_has_lower_bound(isl.dim_type.set, 0)) and bool(
        as_set.dim_has_upper_bound(isl.dim_type.set, 0)
    )


def to_isl_set(domain: Domain, indices: tuple[str, ...], tuple_name: str = "") -> isl.Set:
    """The indices as set dimensions in this order, all other names as parameters."""
    result = _to_set(domain, indices, keep_parameters=True)
    return result.set_tuple_name(tuple_name) if tuple_name else result


def from_isl_set(points: isl.Set, names: tuple[str, ...]) -> Domain:
    """The set dimensions of isl, in this order, as names."""
    plain = points.reset_tuple_id() if points.has_tuple_id() else points
    for position, name in enumerate(names):
        plain = plain.set_dim_name(isl.dim_type.set, position, name)
    end = plain.dim(PARAM)
    return Domain(plain.move_dims(PARAM, end, isl.dim_type.set, 0, len(names)).params())


def _to_set(domain: Domain, indices: tuple[str, ...], keep_parameters: bool = False) -> isl.Set:
    result = isl.Set.from_params(domain.set)
    for target, name in enumerate(indices):
        position = result.find_dim_by_name(PARAM, name)
        if position < 0:
            result = result.insert_dims(isl.dim_type.set, target, 1)
        else:
            result = result.move_dims(isl.dim_type.set, target, PARAM, position, 1)
    if not keep_parameters:
        count = result.dim(PARAM)
        result = result.project_out(PARAM, 0, count)
    return result


def _affine_of(constraint: isl.Constraint) -> Affine:
    coefficients = constraint.get_coefficients_by_name()
    terms = [(str(n), v.to_python()) for n, v in coefficients.items() if n != 1]
    constant = coefficients.get(1)
    return affine.make(terms, 0 if constant is None else constant.to_python())


def _has_division(constraint: isl.Constraint) -> bool:
    return bool(
        constraint.involves_dims(isl.dim_type.div, 0, constraint.dim(isl.dim_type.div))
        if constraint.dim(isl.dim_type.div)
        else False
    )
