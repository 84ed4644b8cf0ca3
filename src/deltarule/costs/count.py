"""The price of a System: operations of each kind and elements touched, in the author's sizes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from deltarule.costs import polynomial, regimes, rules
from deltarule.costs.cardinality import cardinality
from deltarule.costs.regimes import Cardinality
from deltarule.costs.rules import KINDS, Loop, Operations
from deltarule.equations import domains, walk
from deltarule.equations.domains import Domain
from deltarule.equations.nodes import Access, Affine, ArgReduce, Bracket, Expr, Reduce, Select
from deltarule.equations.regions import region
from deltarule.equations.system import (
    Array,
    Equation,
    System,
    defined,
    inputs,
    positive_sizes,
)
from deltarule.errors import DeltaruleError

if TYPE_CHECKING:
    import sympy

MEASURES: tuple[str, ...] = (*KINDS, "reads", "writes")

Counts = Mapping[str, Cardinality]  # a count for each of MEASURES


@dataclass(frozen=True, slots=True)
class EquationPrice:
    """What evaluating one equation on its whole domain takes."""

    equation: Equation
    counts: Counts


@dataclass(frozen=True, slots=True)
class Price:
    """What evaluating equations takes, each of them and together; exact for all sizes.

    `large` are the sizes whose regime is the headline: the polynomial that `macs` and the others are.
    """

    equations: tuple[EquationPrice, ...]
    counts: Counts
    large: Mapping[str, int]

    def at(self, sizes: Mapping[str, int]) -> Operations:
        """The operations at given sizes, exact in every regime."""
        return Operations(**{kind: regimes.evaluate(self.counts[kind], sizes) for kind in KINDS})

    def headline(self, measure: str) -> sympy.Expr:
        """The polynomial of one of MEASURES at large sizes."""
        return polynomial.to_sympy(regimes.generic(self.counts[measure], self.large)[1])

    @property
    def macs(self) -> sympy.Expr:
        return self.headline("macs")

    @property
    def multiplications(self) -> sympy.Expr:
        return self.headline("multiplications")

    @property
    def additions(self) -> sympy.Expr:
        return self.headline("additions")

    @property
    def divisions(self) -> sympy.Expr:
        return self.headline("divisions")

    @property
    def comparisons(self) -> sympy.Expr:
        return self.headline("comparisons")

    @property
    def calls(self) -> sympy.Expr:
        return self.headline("calls")

    @property
    def reads(self) -> sympy.Expr:
        return self.headline("reads")

    @property
    def writes(self) -> sympy.Expr:
        return self.headline("writes")


def price(
    system: System,
    arrays: Iterable[str] | None = None,
    large: Mapping[str, int] | None = None,
) -> Price:
    """The price of all equations as they stand, or of those that define some arrays.

    Raises E203 where a range has no bound or needs a division.
    """
    wanted = defined(system) if arrays is None else tuple(arrays)
    point = large_sizes(system) if large is None else large
    context = positive_sizes(system)
    rows = tuple(
        EquationPrice(e, _of_equation(e, system, context, point))
        for e in system.equations
        if e.target in wanted
    )
    return Price(rows, total((row.counts for row in rows), context, point), point)


def total(found: Iterable[Counts], context: Domain, large: Mapping[str, int]) -> Counts:
    """The sum of counts, measure by measure."""
    listed = list(found)
    return {m: regimes.total([counts[m] for counts in listed], context, large) for m in MEASURES}


def elements(array: Array, system: System) -> Cardinality:
    """How many elements an array has. Raises E203 when its range is not known."""
    if array.support is None:
        raise DeltaruleError(
            "E203",
            f"the elements of '{array.name}' cannot be counted: its range is not known",
            at=array.span,
            help=f"declare the support of {array.name}",
        )
    context = positive_sizes(system)
    return cardinality(array.support, array.axes, context, large_sizes(system))


def large_sizes(system: System) -> dict[str, int]:
    """Sizes for the headline: those of defined arrays large, those of inputs alone smaller."""
    wide = wide_sizes(system)
    return {s: (10**6 if s in wide else 10**3) + p for p, s in enumerate(system.sizes)}


def wide_sizes(system: System) -> frozenset[str]:
    """The sizes that bound an array that equations define, adjoints aside: those follow inputs."""
    arrays = (system.arrays[name] for name in defined(system))
    supports = (array.support for array in arrays if array.adjoint_of is None)
    return frozenset(n for s in supports if s is not None for n in domains.involved(s))


# ------------------------------------------------------------------------------ one equation


@dataclass(slots=True)
class _Scope:
    """What is paid at every point of a domain in the indices."""

    domain: Domain
    indices: tuple[str, ...]
    paid: dict[str, int] = field(default_factory=lambda: dict.fromkeys(MEASURES, 0))

    def pay(self, operations: Operations, reads: int) -> None:
        for kind in KINDS:
            self.paid[kind] += getattr(operations, kind)
        self.paid["reads"] += reads


def _of_equation(
    equation: Equation, system: System, context: Domain, large: Mapping[str, int]
) -> Counts:
    outermost = _Scope(equation.domain, equation.indices)
    outermost.paid["writes"] = 1
    scopes = [outermost]
    _visit(equation.expression, outermost, scopes, system.arrays)
    try:
        counted = [
            (s.paid, cardinality(s.domain, s.indices, context, large))
            for s in scopes
            if any(s.paid.values())
        ]
    except DeltaruleError as error:
        raise _explained(error, equation, system) from None
    return {
        m: regimes.total(
            [regimes.scaled(points, paid[m]) for paid, points in counted if paid[m]],
            context,
            large,
        )
        for m in MEASURES
    }


def _visit(node: Expr, scope: _Scope, scopes: list[_Scope], arrays: Mapping[str, Array]) -> None:
    if isinstance(node, Reduce | ArgReduce):
        loop = rules.loop(_apart(node, scope.indices))
        inner = _Scope(
            domains.intersect(scope.domain, _limits(loop, arrays)), scope.indices + loop.indices
        )
        inner.pay(loop.per_point, 0)
        scopes.append(inner)
        for part in loop.parts:
            _visit(part, inner, scopes, arrays)
        return
    scope.pay(rules.own_cost(node), _reads(node))
    for part in rules.parts(node):
        _visit(part, scope, scopes, arrays)


def _apart(node: Reduce | ArgReduce, around: tuple[str, ...]) -> Reduce | ArgReduce:
    """With bound indices that hide one around renamed."""
    bound = node.indices if isinstance(node, Reduce) else (node.index,)
    taken = frozenset((*around, *bound)) | walk.free_names(node.body)
    clash = {i: walk.fresh_name(i, taken) for i in bound if i in around}
    if not clash:
        return node
    if isinstance(node, Reduce):
        return walk.rename_bound(node, clash)
    renamed = walk.rename_bound(Reduce("max", bound, node.domain, node.body), clash)
    return replace(node, index=renamed.indices[0], domain=renamed.domain, body=renamed.body)


def _limits(loop: Loop, arrays: Mapping[str, Array]) -> Domain:
    """Where a reduction runs; one without limits where the arrays in it are supported."""
    inside = region(loop.body, arrays) if loop.unlimited else None
    return loop.domain if inside is None else domains.intersect(loop.domain, inside)


def _reads(node: Expr) -> int:
    """Elements that a node reads itself: an access, integer elements in subscripts, conditions."""
    if isinstance(node, Access):
        return 1 + sum(_gathers(s) for s in node.subscripts)
    if isinstance(node, Bracket | Select):
        return sum(_gathers(form) for form in walk.relation_forms(node.condition))
    return 0


def _gathers(form: Affine) -> int:
    return sum(1 for _ in walk.affine_accesses(form))


def _explained(error: DeltaruleError, equation: Equation, system: System) -> DeltaruleError:
    """With the arrays whose support should be declared, where that is what is missing."""
    used = {equation.target, *(a.array for a in walk.accesses(equation.expression))}
    unknown = undeclared(system, used)
    if error.code != "E203" or not unknown:
        return error
    help_text = f"declare the support of {', '.join(unknown)}"
    return DeltaruleError("E203", error.message, at=equation.span, help=help_text)


def undeclared(system: System, used: Iterable[str]) -> tuple[str, ...]:
    """Of these arrays those whose range is not known: inputs, an adjoint by what it belongs to.

    Where every input is known, the defined arrays that are not.
    """
    adjoints = {name: array.adjoint_of for name, array in system.arrays.items()}
    given = {a[1] if (a := adjoints[name]) is not None else name for name in used}
    unknown = [n for n in system.arrays if n in given and system.arrays[n].support is None]
    first = [n for n in unknown if n in inputs(system)]
    return tuple(first or unknown)
