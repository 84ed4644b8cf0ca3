"""Tidy a gradient System: put adjoints that are used once in their place, drop what nobody reads.

    dh[i,j] = r[i,j];  dxi[i,j] = dh[i,j] g'(xi[i,j])   -->   dxi[i,j] = r[i,j] g'(xi[i,j])

An adjoint is put in place only where that costs nothing: at the top of an equation, or under a sum when it
is a single element or number, or sparse (brackets on data), so that the sum becomes a gather.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from deltarule.equations import affine, build, domains, products, rewrites, walk
from deltarule.equations.domains import Domain
from deltarule.equations.facts import Facts
from deltarule.equations.nodes import (
    Access,
    Affine,
    ArgReduce,
    Expr,
    IndexValue,
    Number,
    Reduce,
    Size,
)
from deltarule.equations.readers import Readers
from deltarule.equations.simplify import simplify
from deltarule.equations.system import Equation, System, defined, positive_sizes
from deltarule.gradients.trace import Trace


def tidy(system: System, keep: frozenset[str], facts: Facts, trace: Trace) -> System:
    """Inline and drop until nothing changes; the arrays in `keep` stay whole."""
    sizes = positive_sizes(system)
    adjoints = [name for name, array in system.arrays.items() if array.adjoint_of is not None]
    readers = Readers(system.equations)
    done: set[str] = set()
    before = -1
    while len(done) > before:
        before = len(done)
        readers.keep_only(system.outputs)
        for name in adjoints:
            if name in done or not _is_inlined(readers, name, keep, sizes):
                continue
            done.add(name)
            trace.placed.extend((name, target) for target in readers.targets(name))
            _inline(readers, name, facts, sizes, trace)
            if name not in system.outputs and not readers.targets(name):
                readers.put(name, ())
    tidied = replace(system, equations=readers.all())
    return drop_unread(_with_dropped(tidied, system, done))


def _with_dropped(system: System, whole: System, inlined: set[str]) -> System:
    """What was dropped too early: o c, put in place, is the h of an equation that nobody read before."""
    there = inlined | {e.target for e in system.equations}
    dropped = [e for e in whole.equations if e.target not in there]
    order = {name: place for place, name in enumerate(defined(whole))}
    both = sorted((*system.equations, *dropped), key=lambda e: order[e.target])
    return replace(system, arrays=whole.arrays, equations=tuple(both))


def drop_unread(system: System) -> System:
    """Only the equations that the outputs need, and the arrays that these read."""
    readers = Readers(system.equations)
    readers.keep_only(system.outputs)
    read = {a.array for e in readers.all() for a in walk.accesses(e.expression)}
    needed = read | set(system.outputs)
    arrays = {n: a for n, a in system.arrays.items() if n in needed}
    kept = tuple(e for e in system.equations if e.target in readers.equations_of)
    return replace(system, arrays=arrays, equations=kept)


def _is_inlined(readers: Readers, name: str, keep: frozenset[str], sizes: Domain) -> bool:
    """Whether to put an adjoint in place; of those that stay whole, only sparse ones (a sum becomes a gather)."""
    equations = readers.equations_of.get(name, ())
    if not equations or not readers.targets(name) or name in readers.targets(name):
        return False
    if all(rewrites.is_sparse(e.expression) for e in equations):
        return True
    return name not in keep and _is_read_once(readers, name, sizes)


def _is_read_once(readers: Readers, name: str, sizes: Domain) -> bool:
    """Whether no work would be done twice: the reads are of different elements, and under no sum."""
    if all(_is_trivial(e.expression) for e in readers.equations_of[name]):
        return True
    seen = domains.nothing()
    for reader in readers.equations(name):
        if _is_under_reduction(reader.expression, name):
            return False
        for access in set(walk.accesses(reader.expression)):
            if access.array != name:
                continue
            here = _image(reader, access, sizes)
            if here is None or not domains.are_disjoint(seen, here):
                return False
            seen = domains.unite(seen, here)
    return True


def _image(reader: Equation, access: Access, sizes: Domain) -> Domain | None:
    """The elements that a read at the top of an equation touches; None when one is read repeatedly."""
    if not all(affine.is_static(s) for s in access.subscripts):
        return None
    ties = [domains.equal(affine.name(f"'e{n}"), s) for n, s in enumerate(access.subscripts)]
    graph = domains.intersect(reader.domain, sizes, domains.from_relations(ties))
    if any(domains.determined(graph, index) is None for index in reader.indices):
        return None
    return domains.project_out(graph, reader.indices)


def _is_trivial(expression: Expr) -> bool:
    """A number, a size, an element, or such with a numeric coefficient."""
    _coefficient, powers = products.split(expression)
    if not powers:
        return True
    ((base, exponent), *others) = powers.items()
    if others:
        return False
    return exponent == 1 and isinstance(base, Access | Number | Size | IndexValue)


def _is_under_reduction(expression: Expr, name: str) -> bool:
    return any(
        isinstance(node, Reduce | ArgReduce)
        and any(a.array == name for a in walk.accesses(node.body))
        for node in walk.descend(expression)
    )


def put_in_place(system: System, name: str, facts: Facts, trace: Trace) -> System:
    """The System with the definition of an adjoint for each read of it."""
    readers = Readers(system.equations)
    _inline(readers, name, facts, positive_sizes(system), trace)
    return replace(system, equations=readers.all())


def _inline(readers: Readers, name: str, facts: Facts, sizes: Domain, trace: Trace) -> None:
    definition = readers.equations_of[name]
    for target in readers.targets(name):
        changed: list[Equation] = []
        for equation in readers.equations_of[target]:
            if any(a.array == name for a in walk.accesses(equation.expression)):
                changed.extend(_replace_reads(equation, definition, facts, sizes, trace))
            else:
                changed.append(equation)
        readers.put(target, tuple(changed))


def _replace_reads(
    equation: Equation,
    definition: tuple[Equation, ...],
    facts: Facts,
    sizes: Domain,
    trace: Trace,
) -> Iterable[Equation]:
    """The equation, split into cases where the definition has cases on the indices."""
    target = equation.target
    for domain, expression in _cases(
        equation.expression, domains.intersect(equation.domain, sizes), definition
    ):
        simple = simplify(expression, facts, domain, trace.recorder(target))
        yield replace(equation, domain=domains.gist(domain, sizes), expression=simple)


def _cases(
    expression: Expr, domain: Domain, definition: tuple[Equation, ...]
) -> list[tuple[Domain, Expr]]:
    """Every part of the domain with the right side that holds there."""
    read = _outer_read(expression, definition[0].target)
    if read is None:
        return [(domain, _inside_sums(expression, definition))]
    result, rest = [], domain
    for piece in definition:
        values = _values(piece, read)
        part = domains.intersect(domain, domains.substitute(piece.domain, values))
        rest = domains.subtract(rest, part)
        if not domains.is_empty(part):
            instance = _instance(piece, values)
            result.extend(_cases(_exchange(expression, read, instance), part, definition))
    if not domains.is_empty(rest):  # the read stands in a case that does not hold there
        result.extend(_cases(_exchange(expression, read, build.ZERO), rest, definition))
    return result


def _outer_read(expression: Expr, name: str) -> Access | None:
    """A read of the array that stands under no reduction and has no data in its subscripts."""
    if isinstance(expression, Access):
        static = all(affine.is_static(s) for s in expression.subscripts)
        return expression if expression.array == name and static else None
    if isinstance(expression, Reduce | ArgReduce):
        return None
    for child in walk.children(expression):
        found = _outer_read(child, name)
        if found is not None:
            return found
    return None


def _values(piece: Equation, read: Access) -> dict[str, Affine]:
    """The indices of the definition in terms of the reader's: its axes are plain indices."""
    return {
        str(affine.plain_name(mine)): theirs
        for mine, theirs in zip(piece.subscripts, read.subscripts, strict=True)
    }


def _instance(piece: Equation, values: dict[str, Affine]) -> Expr:
    return walk.substitute(piece.expression, values)


def _exchange(expression: Expr, read: Access, instance: Expr) -> Expr:
    if expression == read:
        return instance
    return walk.map_children(expression, lambda child: _exchange(child, read, instance))


def _inside_sums(expression: Expr, definition: tuple[Equation, ...]) -> Expr:
    """Reads under sums: the sum of one sum for each case of the definition."""
    if isinstance(expression, Reduce) and _directly_reads(expression.body, definition[0].target):
        read = _outer_read(expression.body, definition[0].target)
        if read is None:
            read = _any_read(expression.body, definition[0].target)
        parts = []
        for piece in definition:
            values = _values(piece, read)
            limited = domains.intersect(
                expression.domain, domains.substitute(piece.domain, _static(values))
            )
            body = _exchange(expression.body, read, _instance(piece, values))
            parts.append(_inside_sums(replace(expression, domain=limited, body=body), definition))
        return build.add(*parts)
    return walk.map_children(expression, lambda child: _inside_sums(child, definition))


def _directly_reads(body: Expr, name: str) -> bool:
    return _outer_read(body, name) is not None or _any_read_outside_sums(body, name) is not None


def _any_read(expression: Expr, name: str) -> Access:
    found = _any_read_outside_sums(expression, name)
    assert found is not None
    return found


def _any_read_outside_sums(expression: Expr, name: str) -> Access | None:
    if isinstance(expression, Access) and expression.array == name:
        return expression
    if isinstance(expression, Reduce | ArgReduce):
        return None
    for child in walk.children(expression):
        found = _any_read_outside_sums(child, name)
        if found is not None:
            return found
    return None


def _static(values: dict[str, Affine]) -> dict[str, Affine]:
    return {n: v for n, v in values.items() if affine.is_static(v)}
