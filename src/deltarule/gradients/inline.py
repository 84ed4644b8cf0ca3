"""Tidy a gradient System: put adjoints that are used once in their place, drop what nobody reads.

    dh[i,j] = r[i,j];  dxi[i,j] = dh[i,j] g'(xi[i,j])   -->   dxi[i,j] = r[i,j] g'(xi[i,j])

An adjoint is put in place only where that costs nothing: at the top of an equation, or under a sum when it
is a single element or number, or sparse (brackets on data), so that the sum becomes a gather.
"""

from __future__ import annotations

from collections import Counter
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
from deltarule.equations.simplify import simplify
from deltarule.equations.system import Equation, System, defined, equations_of, positive_sizes
from deltarule.gradients.trace import Trace


def tidy(system: System, keep: frozenset[str], facts: Facts, trace: Trace) -> System:
    """Inline and drop until nothing changes; the arrays in `keep` stay whole."""
    whole = system
    system = drop_unread(system)
    done: set[str] = set()
    for _ in range(len(system.arrays) + 1):
        name = _next_to_inline(system, keep, done)
        if name is None:
            break
        done.add(name)
        readers = (e.target for e in system.equations if _reads(e, name))
        trace.placed.extend((name, target) for target in dict.fromkeys(readers))
        system = drop_unread(put_in_place(system, name, facts, trace))
    return drop_unread(_with_dropped(system, whole, done))


def _with_dropped(system: System, whole: System, inlined: set[str]) -> System:
    """What was dropped too early: o c, put in place, is the h of an equation that nobody read before."""
    there = inlined | {e.target for e in system.equations}
    dropped = [e for e in whole.equations if e.target not in there]
    order = {name: place for place, name in enumerate(defined(whole))}
    both = sorted((*system.equations, *dropped), key=lambda e: order[e.target])
    return replace(system, arrays=whole.arrays, equations=tuple(both))


def drop_unread(system: System) -> System:
    """Only the equations that the outputs need, and the arrays that these read."""
    needed = set(system.outputs)
    grown = True
    while grown:
        grown = False
        for equation in system.equations:
            if equation.target not in needed:
                continue
            read = {a.array for a in walk.accesses(equation.expression)}
            grown = grown or not read <= needed
            needed |= read
    arrays = {n: a for n, a in system.arrays.items() if n in needed}
    kept = tuple(e for e in system.equations if e.target in needed)
    return replace(system, arrays=arrays, equations=kept)


def _next_to_inline(system: System, keep: frozenset[str], done: set[str]) -> str | None:
    """An adjoint to put in place; of those that stay whole, only sparse ones (a sum becomes a gather)."""
    reads = Counter(a.array for e in system.equations for a in walk.accesses(e.expression))
    for name, array in system.arrays.items():
        if array.adjoint_of is None or name in done or not reads[name]:
            continue
        equations = equations_of(system, name)
        if not equations or _reads_itself(equations):
            continue
        if all(rewrites.is_sparse(e.expression) for e in equations):
            return name
        if name not in keep and _may_inline(system, equations):
            return name
    return None


def _reads(equation: Equation, name: str) -> bool:
    return any(a.array == name for a in walk.accesses(equation.expression))


def _reads_itself(equations: tuple[Equation, ...]) -> bool:
    return any(
        a.array == equations[0].target for e in equations for a in walk.accesses(e.expression)
    )


def _may_inline(system: System, equations: tuple[Equation, ...]) -> bool:
    """Whether no work would be done twice: the reads are of different elements, and under no sum."""
    name = equations[0].target
    if all(_is_trivial(e.expression) for e in equations):
        return True
    sizes = positive_sizes(system)
    seen = domains.nothing()
    for reader in system.equations:
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
    definition = equations_of(system, name)
    sizes = positive_sizes(system)
    equations: list[Equation] = []
    for equation in system.equations:
        if any(a.array == name for a in walk.accesses(equation.expression)):
            equations.extend(_replace_reads(equation, definition, facts, sizes, trace))
        else:
            equations.append(equation)
    return replace(system, equations=tuple(equations))


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
