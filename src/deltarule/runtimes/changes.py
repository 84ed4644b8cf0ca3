"""Equations of what a moved weight changes: the touched elements after the move.

Where a sum changes, the change of its terms is added to its value before; everything else that is
touched is evaluated again, reading elements after the move where they are touched and before it
where not.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from deltarule.equations import affine, build, dependences, domains, walk
from deltarule.equations.dependences import element_name
from deltarule.equations.domains import Domain
from deltarule.equations.nodes import (
    Access,
    Add,
    Affine,
    All,
    ArgReduce,
    Bracket,
    Compare,
    Condition,
    Expr,
    Mul,
    Reduce,
    Relation,
    Select,
)
from deltarule.equations.system import Equation, System, positive_sizes
from deltarule.runtimes.reach import read_touched

MOST_CELLS = 8  # cases that a domain is split into; finer distinctions are made element by element


class Changes:
    """The rewriting for one moved array.

    `touched`: array --> its touched elements (see `reach`); `names`: array --> the name of its touched
    elements after the move, whose first subscripts are the `places`.
    """

    def __init__(
        self,
        system: System,
        array: str,
        moved: str,
        places: tuple[str, ...],
        touched: Mapping[str, Domain],
        names: Mapping[str, str],
    ) -> None:
        self._system = system
        self._array = array
        self._moved = moved
        self._places = tuple(affine.name(p) for p in places)
        self._place_names = places
        self._touched = dict(touched)
        self._names = names
        self._context = positive_sizes(system)

    def equations(self) -> tuple[Equation, ...]:
        """One or several for each equation of a touched array."""
        return tuple(
            new
            for equation in self._system.equations
            if equation.target in self._names
            for new in self._equation(equation)
        )

    def _equation(self, equation: Equation) -> Iterator[Equation]:
        target = Access(equation.target, equation.subscripts)
        inside = domains.intersect(equation.domain, self._context)
        inside = read_touched(target, inside, self._touched)
        if domains.is_empty(inside):
            return
        for cell in self._cells(equation.expression, inside, equation.indices):
            indices, values, where = _determined(equation.indices, cell)
            subscripts = tuple(affine.substitute(s, values) for s in equation.subscripts)
            expression = walk.substitute(equation.expression, values)
            old = Access(equation.target, subscripts)
            yield Equation(
                self._names[equation.target],
                (*self._places, *subscripts),
                (*self._place_names, *indices),
                domains.gist(where, self._context),
                self._after(old, expression, where),
                equation.span,
            )

    def _after(self, old: Access, expression: Expr, inside: Domain) -> Expr:
        """The value after the move; from the value before where a sum is to be corrected."""
        if self._corrects(expression, inside):
            return build.add(old, self.difference(expression, inside))
        return self.new(expression, inside)

    def _corrects(self, node: Expr, inside: Domain) -> bool:
        """Whether the node changes by a multiple of the change of a sum."""
        match node:
            case Reduce("sum"):
                return True
            case Add(terms):
                changed = [t for t in terms if self._changes(t, inside)]
                return bool(changed) and all(self._corrects(t, inside) for t in changed)
            case Mul(factors):
                changed = [f for f in factors if self._changes(f, inside)]
                return len(changed) == 1 and self._corrects(changed[0], inside)
        return False

    # -------------------------------------------------------------------------- after the move

    def new(self, node: Expr, inside: Domain) -> Expr:
        """The node after the move, for points inside the domain."""
        match node:
            case Access():
                return self._access(node, inside)
            case Reduce("sum"):
                change = self.difference(node, inside)
                return build.add(node, change)
            case Reduce():
                node = self._apart(node, inside)
                deeper = domains.intersect(inside, node.domain)
                return replace(node, body=self.new(node.body, deeper))
            case ArgReduce(_, index, domain, body):
                as_sum = self._apart(Reduce("sum", (index,), domain, body), inside)
                deeper = domains.intersect(inside, as_sum.domain)
                after = self.new(as_sum.body, deeper)
                return replace(node, index=as_sum.indices[0], domain=as_sum.domain, body=after)
            case Bracket(condition):
                return Bracket(self._condition(condition, inside), node.span)
            case Select(condition, then, otherwise):
                return self._select(node, condition, then, otherwise, inside)
        return walk.map_children(node, lambda child: self.new(child, inside))

    def _access(self, node: Access, inside: Domain) -> Expr:
        subscripts = tuple(self._form(s) for s in node.subscripts)
        old = Access(node.array, subscripts, node.span)
        if node.array not in self._touched:
            return old
        where = read_touched(node, inside, self._touched)
        if domains.is_empty(where):
            return old
        if node.array == self._array:
            new = Access(self._moved, subscripts, node.span)
        else:
            new = Access(self._names[node.array], (*self._places, *subscripts), node.span)
        if all(map(affine.is_static, subscripts)) and domains.is_subset(inside, where):
            return new
        return _choose(self._cases(node.array, subscripts, inside), new, old)

    def _cases(
        self, array: str, subscripts: tuple[Affine, ...], inside: Domain
    ) -> list[list[Relation]]:
        """When an element is touched: one of these conjunctions holds."""
        around = Domain(inside.set.simple_hull().to_set())
        static = {n: s for n, s in enumerate(subscripts) if affine.is_static(s)}
        touched = domains.substitute(
            self._touched[array], {element_name(n): s for n, s in static.items()}
        )
        cases = domains.relations(domains.gist(touched, around))
        if cases is None:
            raise AssertionError("touched elements need no divisibilities (see reach)")
        values = {element_name(n): s for n, s in enumerate(subscripts) if n not in static}
        return [[Relation(affine.substitute(r.affine, values), r.op) for r in c] for c in cases]

    def _form(self, form: Affine) -> Affine:
        """Integer elements after the move: y[i]  -->  y_new[p,i], where the integers change."""
        if affine.is_static(form):
            return form
        parts = [affine.number(form.constant)]
        for atom, coefficient in form.terms:
            parts.append(affine.scale(affine.name(self._atom(atom)), coefficient))
        return affine.add(*parts)

    def _atom(self, atom: str | Access) -> str | Access:
        if isinstance(atom, str):
            return atom
        subscripts = tuple(self._form(s) for s in atom.subscripts)
        if atom.array not in self._names:
            return Access(atom.array, subscripts, atom.span)
        return Access(self._names[atom.array], (*self._places, *subscripts), atom.span)

    def _condition(self, condition: Condition, inside: Domain) -> Condition:
        match condition:
            case Relation(form, op):
                return Relation(self._form(form), op)
            case Compare(left, op, right):
                return Compare(self.new(left, inside), op, self.new(right, inside))
            case All(parts):
                return All(tuple(self._condition(part, inside) for part in parts))

    def _select(
        self, node: Select, condition: Condition, then: Expr, otherwise: Expr, inside: Domain
    ) -> Expr:
        holds = domains.of_condition(condition)
        yes = inside if holds is None else domains.intersect(inside, holds)
        no = inside if holds is None else domains.subtract(inside, holds)
        tested = self._condition(condition, inside)
        return Select(tested, self.new(then, yes), self.new(otherwise, no), node.span)

    # -------------------------------------------------------------------------- differences

    def difference(self, node: Expr, inside: Domain) -> Expr:
        """The node after the move less the node before, for points inside the domain.

        a b, only a changed  -->  (a_new - a) b
        """
        if not self._changes(node, inside):
            return build.ZERO
        match node:
            case Add(terms):
                return build.add(*(self.difference(t, inside) for t in terms))
            case Mul(factors):
                changed = [n for n, f in enumerate(factors) if self._changes(f, inside)]
                if len(changed) == 1:
                    at = changed[0]
                    rest = (*factors[:at], *factors[at + 1 :])
                    return build.multiply(*rest, self.difference(factors[at], inside))
            case Reduce("sum"):
                return self._sum_difference(node, inside)
        return build.subtract(self.new(node, inside), node)

    def _sum_difference(self, node: Reduce, inside: Domain) -> Expr:
        """The changed terms only, apart where different factors change."""
        node = self._apart(node, inside)
        deeper = domains.intersect(inside, node.domain)
        parts = []
        for cell in self._cells(node.body, deeper, node.indices):
            indices, values, where = _determined(node.indices, cell)
            body = walk.substitute(node.body, values)
            change = self.difference(body, where)
            if change != build.ZERO:
                parts.append(_sum(node, indices, where, inside, change))
        return build.add(*parts)

    def _changes(self, node: Expr, inside: Domain) -> bool:
        return any(not domains.is_empty(w) for w in self._regions(node, inside))

    def _regions(self, node: Expr, inside: Domain) -> Iterator[Domain]:
        """For each read, the points (with inner indices) where it may be touched."""
        around = Equation("", (), domains.names_of(inside), inside, node)
        for access, deeper in dependences.reads(around):
            yield read_touched(access, deeper, self._touched)

    def _cells(self, node: Expr, inside: Domain, indices: tuple[str, ...]) -> list[Domain]:
        """A partition of a domain such that each read is touched everywhere in a cell, or nowhere."""
        cells = [inside]
        kept = (*domains.names_of(inside), *indices)
        for region in self._regions(node, inside):
            where = domains.project_onto(region, kept)
            split = [
                part
                for cell in cells
                for part in (domains.intersect(cell, where), domains.subtract(cell, where))
                if not domains.is_empty(part)
            ]
            if len(split) > MOST_CELLS:
                break
            cells = split
        return cells

    def _apart(self, node: Reduce, inside: Domain) -> Reduce:
        """Bound indices that do not hide names around them."""
        around = frozenset(domains.names_of(inside))
        clash = {i: walk.fresh_name(i, around) for i in node.indices if i in around}
        return walk.rename_bound(node, clash) if clash else node


def _choose(cases: list[list[Relation]], new: Expr, old: Expr) -> Expr:
    """new where one of the conjunctions holds, else old."""
    result = old
    for conjunction in cases:
        if not conjunction:
            return new
        condition = conjunction[0] if len(conjunction) == 1 else All(tuple(conjunction))
        result = Select(condition, new, result)
    return result


def _determined(
    indices: tuple[str, ...], inside: Domain
) -> tuple[tuple[str, ...], dict[str, Affine], Domain]:
    """Indices that others determine are replaced: {j = p, k < j}  -->  j gone, {k < p}."""
    values: dict[str, Affine] = {}
    left = list(indices)
    for index in indices:
        form = domains.determined(inside, index)
        if form is None:
            continue
        left.remove(index)
        values = {n: affine.substitute(v, {index: form}) for n, v in values.items()}
        values[index] = form
        inside = domains.substitute(inside, {index: form})
    return tuple(left), values, inside


def _sum(node: Reduce, indices: tuple[str, ...], where: Domain, inside: Domain, body: Expr) -> Expr:
    """The sum of body over `where`, for points `inside`; a sum over one point is that point."""
    domain = domains.gist(where, inside)
    if indices:
        return replace(node, indices=indices, domain=domain, body=body, unlimited=False)
    cases = domains.relations(domain)
    if cases is not None and len(cases) <= 1:
        return _choose(cases, body, build.ZERO)
    return Reduce("sum", (), domain, body, span=node.span)
