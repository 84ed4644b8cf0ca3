"""Ranges that nobody declared: supports of arrays, domains of equations, limits of open sums.

    h_{i,j}, xi_{i,j} = sum(k=1..j-1) w_{j,k} h_{i,k},  E = sum(i=1..n) (h_{i,M} - y_i)^2
        -->  1 <= i <= n;  w on 2 <= j <= M, 1 <= k < j

- An input lives where it is read: the union of the images of its accesses.
- An index of a left side without a range runs where other equations read the array; a shifted read
  inside a recurrence (h_{t-1}) demands nothing. Where nobody reads it, it runs where all that the
  equation reads is known to exist.
- A sum without limits runs where its arrays, of known support, exist.
- An integer array holds what the indices range over that it is compared with, or subscripts.

What cannot be known stays open (support None): enough to derive and print, not to compute.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import count

from deltarule.equations import affine, dependences, domains, walk
from deltarule.equations.dependences import element_name
from deltarule.equations.domains import Domain
from deltarule.equations.nodes import (
    Access,
    Affine,
    ArgReduce,
    Bracket,
    Expr,
    Reduce,
    Select,
)
from deltarule.equations.system import Equation, System, defined, inputs, positive_sizes

ROUNDS = 12  # each round reaches one equation further from what is known
AXIS_LETTERS = ("k", "l", "p", "q", "r", "s", "t", "u", "v", "a", "b", "c")


def infer(system: System, elsewhere: Mapping[str, list[Equation]] | None = None) -> System:
    """The System with every range that follows from the others filled in.

    `elsewhere` are the declared constants of inputs, x[t] = 0 for t <= 0: no part of the support.
    """
    work = _Work(system, elsewhere or {})
    for _ in range(ROUNDS):
        before = work.state()
        work.values_of_integers()
        work.supports_of_inputs()
        work.supports_of_defined()
        work.open_sums()
        work.open_equations()
        if work.state() == before:
            break
    return work.finish()


def unknown_ranges(system: System) -> list[str]:
    """The arrays whose support nothing determines."""
    return [name for name, array in system.arrays.items() if array.support is None]


@dataclass
class _Work:
    system: System
    elsewhere: Mapping[str, list[Equation]]
    supports: dict[str, Domain] = field(default_factory=dict)  # over element_name(axis)
    general: dict[str, Domain] = field(
        default_factory=dict
    )  # of defined arrays, first elements aside
    declared: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.sizes = positive_sizes(self.system)
        self.known_reads: dict[int, tuple[Equation, list[tuple[Access, Domain]]]] = {}
        self.known_images: dict[tuple[int, int], tuple[Domain, Domain]] = {}
        self.stated = [e.domain for e in self.system.equations]
        self.groups = _recurrences(self.system)
        self.values = {n: a.values for n, a in self.system.arrays.items()}
        for name, array in self.system.arrays.items():
            if array.support is not None:
                self.supports[name] = _by_position(array.support, array.axes)
                self.declared.add(name)

    def state(self) -> object:
        return (
            dict(self.supports),
            [e.domain for e in self.system.equations],
            dict(self.values),
            [d for e in self.system.equations for d in _open_domains(e.expression)],
        )

    # ------------------------------------------------------------------------------ supports

    def reads(self, equation: Equation) -> list[tuple[Access, Domain]]:
        """What an equation reads where; the same as long as the equation is."""
        if id(equation) not in self.known_reads:
            self.known_reads[id(equation)] = (equation, list(dependences.reads(equation)))
        return self.known_reads[id(equation)][1]

    def whole_image(self, access: Access, inside: Domain) -> Domain:
        """The elements read, kept as long as `inside` is."""
        key = (id(access), id(inside))
        if key not in self.known_images:
            known = domains.intersect(inside, self.sizes)
            found = dependences.image(access, known, self.system.sizes)
            self.known_images[key] = (inside, found)
        return self.known_images[key][1]

    def image(self, access: Access, inside: Domain) -> Domain | None:
        """The elements read, None where they have no bound."""
        for axis, subscript in enumerate(access.subscripts):
            gather = affine.gather(subscript)
            limits = self.values.get(gather.array) if gather is not None else None
            if limits is not None:
                inside = domains.intersect(
                    inside, domains.between(limits[0], element_name(axis), limits[1])
                )
        result = self.whole_image(access, inside)
        axes = range(len(access.subscripts))
        if all(domains.is_bounded_in(result, element_name(a)) for a in axes):
            return result
        return None

    def supports_of_inputs(self) -> None:
        found: dict[str, Domain] = {}
        unbounded: set[str] = set()
        for equation in self.system.equations:
            for access, inside in self.reads(equation):
                image = self.image(access, inside)
                if image is None:
                    unbounded.add(access.array)
                    continue
                old = found.get(access.array)
                found[access.array] = image if old is None else domains.unite(old, image)
        for name in inputs(self.system):
            if name in self.declared:
                continue
            if name in found:
                self.supports[name] = self._without_constants(name, found[name])

    def _without_constants(self, name: str, support: Domain) -> Domain:
        for equation in self.elsewhere.get(name, ()):
            access = Access(name, equation.subscripts)
            constant = dependences.image(access, equation.domain, self.system.sizes)
            support = domains.subtract(support, constant)
        return support

    def supports_of_defined(self) -> None:
        for name in defined(self.system):
            parts = []
            for equation in self.system.equations:
                if equation.target == name:
                    access = Access(name, equation.subscripts)
                    parts.append(self.image(access, equation.domain))
            known = [p for p in parts if p is not None]
            if len(known) == len(parts):
                self.supports[name] = domains.unite(*known)
                self.general[name] = domains.unite(*self._general(name, known))

    def _general(self, name: str, images: list[Domain]) -> list[Domain]:
        """Without the first elements: h[t] for t >= 1, where h[0] has an equation of its own."""
        own = [e for e in self.system.equations if e.target == name]
        most = max(len(e.indices) for e in own)
        return [i for e, i in zip(own, images, strict=True) if len(e.indices) == most]

    # ------------------------------------------------------------------------------ sums

    def open_sums(self) -> None:
        equations = tuple(
            replace(e, expression=self._open(e.expression)) if _open_domains(e.expression) else e
            for e in self.system.equations
        )
        self.system = replace(self.system, equations=equations)

    def _open(self, node: Expr) -> Expr:
        node = walk.map_children(node, self._open)
        if not isinstance(node, Reduce | ArgReduce) or not node.unlimited:
            return node
        inside = domains.everything()
        for access in walk.accesses(node.body):
            where = self._where_defined(access)
            if where is not None and set(_indices(node)) & walk.free_names(access):
                inside = domains.intersect(inside, where)
        return replace(node, domain=domains.gist(inside, self.sizes))

    def _where_defined(self, access: Access, running: bool = False) -> Domain | None:
        """The condition on an access's indices that it reads inside a known support.

        What is `running` along with h[t] runs where the general equation for h does.
        """
        support = self.supports.get(access.array)
        if running and support is not None:
            support = self.general.get(access.array, support)
        if support is None:
            return None
        values = {
            element_name(a): s for a, s in enumerate(access.subscripts) if affine.is_static(s)
        }
        if not values:
            return None
        if len(values) < len(access.subscripts):  # Q[s[j], a]: what is said of a
            support = domains.project_onto(support, (*values, *self.system.sizes))
        return domains.substitute(support, values)

    # ------------------------------------------------------------------------------ equations

    def open_equations(self) -> None:
        equations = list(self.system.equations)
        for position, equation in enumerate(equations):
            stated = self.stated[position]
            open_indices = [i for i in equation.indices if not domains.is_bounded_in(stated, i)]
            if not open_indices:
                continue
            where = self._demanded(equation, open_indices)
            if where is None:
                where = self._one_by_one(equation, stated, open_indices)
            domain = domains.intersect(stated, where)
            if domain != equation.domain:
                equations[position] = replace(equation, domain=domain)
        self.system = replace(self.system, equations=tuple(equations))

    def _one_by_one(self, equation: Equation, stated: Domain, open_indices: list[str]) -> Domain:
        """Each index by the demand for it alone; the others where all that is read exists."""
        where = domains.everything()
        left = []
        for index in open_indices:
            demand = self._demanded(equation, [index])
            if demand is None:
                left.append(index)
            else:
                where = domains.intersect(where, demand)
        if left:
            unopened = replace(equation, domain=stated)  # not as an earlier round left it
            can_run = self._where_it_can_run(unopened, domains.intersect(stated, where), left)
            where = domains.intersect(where, can_run)
        return where

    def _demanded(self, equation: Equation, open_indices: list[str]) -> Domain | None:
        """Where other equations read this one, as a condition on its open indices."""
        found: list[Domain] = []
        axes = _axes_of(equation, open_indices)
        for reader in self.system.equations:
            same = reader.target in self.groups[equation.target]
            for access, inside in self.reads(reader):
                if access.array != equation.target:
                    continue
                if same and not _moves_along(access, reader, axes):
                    continue
                image = self._partial_image(access, inside, axes)
                if image is not None:
                    found.append(image)
        if not found:
            return None
        union = domains.unite(*found)
        values = {element_name(a): s for a, s in enumerate(equation.subscripts)}
        where = domains.substitute(union, values)
        return domains.project_onto(where, (*open_indices, *self.system.sizes))

    def _partial_image(self, access: Access, inside: Domain, axes: list[int]) -> Domain | None:
        """The elements read along some axes, None where those have no bound."""
        whole = self.whole_image(access, inside)
        names = [element_name(a) for a in axes]
        part = domains.project_onto(whole, (*names, *self.system.sizes))
        return part if all(domains.is_bounded_in(part, n) for n in names) else None

    def _where_it_can_run(
        self, equation: Equation, known: Domain, open_indices: list[str]
    ) -> Domain:
        """Nobody asks for more: it runs where everything that it reads exists."""
        where = domains.everything()
        for access, inside in _reads_with_openness(equation):
            own = access.array in self.groups[equation.target]
            along = _moves_along(access, equation, _axes_read(access, open_indices))
            if own and (access.array == equation.target or not along):
                continue
            support = self._where_defined(access, along)
            if support is None:
                continue
            kept = (*equation.indices, *self.system.sizes)
            if inside is None:  # under an open sum: some term must exist
                continue
            bound = domains.subtract(domains.intersect(inside, known, self.sizes), support)
            missing = domains.project_onto(bound, kept)
            where = domains.subtract(where, missing)
        for node in walk.descend(equation.expression):
            if (
                isinstance(node, Reduce | ArgReduce)
                and node.unlimited
                and not domains.is_everything(node.domain)
            ):
                some = domains.project_onto(node.domain, (*equation.indices, *self.system.sizes))
                where = domains.intersect(where, some)
        inside = domains.intersect(known, where, self.sizes)
        bounded = [i for i in open_indices if domains.is_bounded_in(inside, i)]
        return domains.project_onto(inside, (*bounded, *self.system.sizes))

    # ------------------------------------------------------------------------------ integers

    def values_of_integers(self) -> None:
        for name, array in self.system.arrays.items():
            if array.kind == "integer" and self.values[name] is None:
                self.values[name] = self._values(name)

    def _values(self, name: str) -> tuple[Affine, Affine] | None:
        for equation in self.system.equations:
            chosen = equation.expression
            if equation.target == name and isinstance(chosen, ArgReduce):
                within = domains.intersect(equation.domain, chosen.domain, self.sizes)
                if (limits := self._range(within, chosen.index)) is not None:
                    return limits
            for node, inside in _nodes(equation.expression, equation.domain):
                limits = self._limits_at(node, inside, name)
                if limits is not None:
                    return limits
        return None

    def _limits_at(self, node: Expr, inside: Domain, name: str) -> tuple[Affine, Affine] | None:
        """[y_i = k] gives y the range of k; W[y_i, d] the range of W's first axis."""
        if isinstance(node, Bracket | Select):
            for form in walk.relation_forms(node.condition):
                index = _compared_index(form, name)
                if index is not None:
                    return self._range(domains.intersect(inside, self.sizes), index)
        if isinstance(node, Access) and node.array in self.supports:
            for axis, subscript in enumerate(node.subscripts):
                gather = affine.gather(subscript)
                if gather is not None and gather.array == name:
                    return self._range(self.supports[node.array], element_name(axis))
        return None

    def _range(self, inside: Domain, index: str) -> tuple[Affine, Affine] | None:
        over = domains.project_onto(inside, (index, *self.system.sizes))
        limits = domains.bounds(domains.gist(over, self.sizes), index)
        if limits is None or len(limits[0]) != 1 or len(limits[1]) != 1:
            return None
        return limits[0][0], limits[1][0]

    # ------------------------------------------------------------------------------ the result

    def finish(self) -> System:
        arrays = {}
        for name, array in self.system.arrays.items():
            axes = array.axes or _axis_letters(self.system, name)
            support = self.supports.get(name)
            if support is not None:
                names = {element_name(a): letter for a, letter in enumerate(axes)}
                kept = (*(element_name(a) for a in range(len(axes))), *self.system.sizes)
                narrowed = domains.project_onto(domains.intersect(support, self.sizes), kept)
                support = domains.rename(domains.gist(narrowed, self.sizes), names)
            values = self.values[name]
            arrays[name] = replace(array, axes=axes, support=support, values=values)
        equations = tuple(
            replace(e, domain=domains.gist(domains.intersect(e.domain, self.sizes), self.sizes))
            for e in self.system.equations
        )
        return replace(self.system, arrays=arrays, equations=equations)


def _by_position(support: Domain, axes: tuple[str, ...]) -> Domain:
    return domains.rename(support, {a: element_name(n) for n, a in enumerate(axes)})


def _open_domains(node: Expr) -> list[Domain]:
    return [
        n.domain for n in walk.descend(node) if isinstance(n, Reduce | ArgReduce) and n.unlimited
    ]


def _recurrences(system: System) -> dict[str, frozenset[str]]:
    """For each array, those that it depends on and that depend on it: its recurrence."""
    reads: dict[str, set[str]] = {name: set() for name in system.arrays}
    for equation in system.equations:
        reads[equation.target].update(a.array for a in walk.accesses(equation.expression))
    reach = {name: _reachable(name, reads) for name in reads}
    return {name: frozenset(o for o in reach[name] if name in reach[o]) for name in reads}


def _reachable(start: str, reads: dict[str, set[str]]) -> set[str]:
    found: set[str] = set()
    waiting = [start]
    while waiting:
        for name in reads[waiting.pop()]:
            if name not in found:
                found.add(name)
                waiting.append(name)
    return found


def _axes_of(equation: Equation, indices: list[str]) -> list[int]:
    """The axes of the target whose subscript has one of the indices."""
    return [
        axis
        for axis, subscript in enumerate(equation.subscripts)
        if affine.names(subscript) & set(indices)
    ]


def _axes_read(access: Access, indices: list[str]) -> list[int]:
    """The axes of an access whose subscript has one of the indices."""
    return [a for a, s in enumerate(access.subscripts) if affine.names(s) & set(indices)]


def _moves_along(access: Access, reader: Equation, axes: list[int]) -> bool:
    """Whether a read inside a recurrence has the reader's own index, unshifted, along the axes."""
    return all(affine.plain_name(access.subscripts[a]) in reader.indices for a in axes)


def _reads_with_openness(equation: Equation) -> Iterator[tuple[Access, Domain | None]]:
    """Every access with its points, None for one under a sum without limits."""
    open_reads = {
        id(a)
        for node in walk.descend(equation.expression)
        if isinstance(node, Reduce | ArgReduce) and node.unlimited
        for a in walk.accesses(node.body)
        if set(_indices(node)) & walk.free_names(a)
    }
    for access, inside in dependences.reads(equation):
        yield access, (None if id(access) in open_reads else inside)


def _indices(node: Reduce | ArgReduce) -> tuple[str, ...]:
    return node.indices if isinstance(node, Reduce) else (node.index,)


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


def _axis_letters(system: System, name: str) -> tuple[str, ...]:
    """The author's letters: of the left side, else of the first read with distinct plain indices."""
    for equation in system.equations:
        if equation.target == name:
            letters = _plain(equation.subscripts, system)
            if letters is not None:
                return letters
    reads = [a for e in system.equations for a in walk.accesses(e.expression) if a.array == name]
    for access in reads:
        letters = _plain(access.subscripts, system)
        if letters is not None:
            return letters
    if reads:
        return _fresh_letters(system, reads[0].subscripts)
    own = next(e for e in system.equations if e.target == name)
    return _fresh_letters(system, own.subscripts)


def _plain(subscripts: tuple[Affine, ...], system: System) -> tuple[str, ...] | None:
    found = [affine.plain_name(s) for s in subscripts]
    letters = tuple(n for n in found if n is not None and n not in system.sizes)
    return letters if len(letters) == len(set(letters)) == len(subscripts) else None


def _axis_names() -> Iterator[str]:
    """The letters, then k1, l1, … where an array has very many axes."""
    yield from AXIS_LETTERS
    for number in count(1):
        yield from (f"{letter}{number}" for letter in AXIS_LETTERS)


def _fresh_letters(system: System, subscripts: tuple[Affine, ...]) -> tuple[str, ...]:
    """k_1, k_2 for [m_1 - n_1, m_2 - n_2]; letters that name no size and no array."""
    taken = {*system.sizes, *system.arrays}
    used = {n for s in subscripts for n in affine.names(s)}
    suffixes = []
    for subscript in subscripts:
        ends = {n.partition("_")[2] for n in affine.names(subscript) if n not in system.sizes}
        suffixes.append(ends.pop() if len(ends) == 1 else "")
    if all(suffixes) and len(set(suffixes)) == len(suffixes):
        for letter in AXIS_LETTERS:
            names = tuple(f"{letter}_{s}" for s in suffixes)
            if not taken & set(names) and not used & set(names):
                return names
    kept: list[str] = []
    for subscript in subscripts:
        plain = affine.plain_name(subscript)
        if plain is not None and plain not in taken and plain not in kept:
            kept.append(plain)
        else:
            known = taken | used | set(kept)
            kept.append(next(x for x in _axis_names() if x not in known))
    return tuple(kept)
