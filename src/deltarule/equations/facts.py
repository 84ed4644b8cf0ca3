"""What the simplifier may use about a System: definitions to fold back, places of maxima, ranges."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from deltarule.equations import affine, domains, walk
from deltarule.equations.domains import Domain
from deltarule.equations.nodes import (
    Access,
    Affine,
    ArgReduce,
    Call,
    Expr,
    Mul,
    Pow,
    Reduce,
    ReduceOp,
)
from deltarule.equations.system import Array, Equation, System

ANY = ""  # where definitions are filed that read no array


@dataclass(frozen=True, slots=True)
class Definition:
    """`access` is another name of `pattern`, for any values of the variables."""

    access: Access
    pattern: Expr
    variables: frozenset[str]


@dataclass(frozen=True, slots=True)
class Maximum:
    """`there`, the body at the place of its maximum, equals `whole`, the maximum."""

    there: Expr
    whole: Expr
    variables: frozenset[str]


@dataclass(frozen=True, slots=True)
class Facts:
    """`filed` says which definitions to try: by one array that each of their patterns reads."""

    arrays: Mapping[str, Array]
    definitions: tuple[Definition, ...] = ()
    at_maximum: tuple[Maximum, ...] = ()
    filed: Mapping[str, tuple[int, ...]] = field(default_factory=dict)

    def definitions_for(self, node: Expr) -> Iterator[Definition]:
        """Those whose pattern may match, the largest first: they read nothing that the node does not."""
        read = {access.array for access in walk.accesses(node)}
        places = {place for array in (ANY, *read) for place in self.filed.get(array, ())}
        return (self.definitions[place] for place in sorted(places))


def of_system(system: System, equations: Iterable[Equation] | None = None) -> Facts:
    """The facts that the equations of a System state."""
    equations = tuple(system.equations if equations is None else equations)
    definitions = [d for e in equations if (d := _definition(system, e)) is not None]
    definitions.sort(key=lambda d: -sum(1 for _ in walk.descend(d.pattern)))
    at_maximum = [m for e in equations if (m := _at_maximum(e)) is not None]
    return Facts(system.arrays, tuple(definitions), tuple(at_maximum), _filed(definitions))


def _filed(definitions: Sequence[Definition]) -> dict[str, tuple[int, ...]]:
    """The places of the definitions by the array of their pattern that fewest others read."""
    reads = [{access.array for access in walk.accesses(d.pattern)} for d in definitions]
    count = Counter(array for found in reads for array in found)
    filed: dict[str, list[int]] = {}
    for place, found in enumerate(reads):
        array = min(found, key=lambda name: (count[name], name), default=ANY)
        filed.setdefault(array, []).append(place)
    return {array: tuple(places) for array, places in filed.items()}


def _definition(system: System, equation: Equation) -> Definition | None:
    """h[k] = exp(xi[k]) / m  states that exp(xi[k]) / m may be written h[k].

    Only where every point at which the right side can be evaluated is a point that the equation
    defines, and the right side says more than a single element or number.
    """
    names = [affine.plain_name(s) for s in equation.subscripts]
    if None in names or len(set(names)) != len(names) or set(equation.indices) - set(names):
        return None
    if not isinstance(equation.expression, Call | Mul | Pow | Reduce):
        return None
    if not domains.is_subset(_readable(system, equation.expression), equation.domain):
        return None
    access = Access(equation.target, equation.subscripts)
    return Definition(access, equation.expression, frozenset(equation.indices))


def _readable(system: System, expression: Expr) -> Domain:
    """Where the elements that an expression reads (outside of reductions) exist."""
    result = domains.from_relations(
        domains.at_least(affine.name(size), affine.number(1)) for size in system.sizes
    )
    for access in _outer_accesses(expression):
        array = system.arrays[access.array]
        static = all(affine.is_static(s) for s in access.subscripts)
        if array.support is not None and static:
            values = dict(zip(array.axes, access.subscripts, strict=True))
            result = domains.intersect(result, domains.substitute(array.support, values))
    return result


def _outer_accesses(expression: Expr) -> Iterable[Access]:
    if isinstance(expression, Access):
        yield expression
    if not isinstance(expression, Reduce | ArgReduce):
        for child in walk.children(expression):
            yield from _outer_accesses(child)


def _at_maximum(equation: Equation) -> Maximum | None:
    """l*[i] = argmax_l u[i,l]  states that u[i,l*[i]] is max_l u[i,l]."""
    chosen = equation.expression
    if not isinstance(chosen, ArgReduce):
        return None
    place = Access(equation.target, equation.subscripts)
    op: ReduceOp = "max" if chosen.op == "argmax" else "min"
    whole = Reduce(op, (chosen.index,), chosen.domain, chosen.body)
    try:
        there = walk.substitute(chosen.body, {chosen.index: affine.name(place)})
    except ValueError:  # the body sums over a range that depends on the place
        return None
    return Maximum(there, whole, frozenset(equation.indices))


def values_of(facts: Facts, form: Affine) -> tuple[Affine, Affine] | None:
    """The range of a form: d + w[j] is in d+1..d+c, where w[j] is in 1..c; None where one is not known."""
    low = high = affine.number(form.constant)
    for atom, coefficient in form.terms:
        ends = (
            (affine.name(atom),) * 2 if isinstance(atom, str) else facts.arrays[atom.array].values
        )
        if ends is None:
            return None
        least, most = ends if coefficient > 0 else ends[::-1]
        low = affine.add(low, affine.scale(least, coefficient))
        high = affine.add(high, affine.scale(most, coefficient))
    return low, high
