"""The price of a System: how many operations of each kind, as polynomials in the author's sizes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from deltarule.costs import rules
from deltarule.costs.cardinality import Regimes, add_regimes, cardinality, evaluate, scaled
from deltarule.costs.rules import KINDS, Operations
from deltarule.equations import domains
from deltarule.equations.domains import Domain
from deltarule.equations.nodes import ArgReduce, Expr, Reduce
from deltarule.equations.system import Array, Equation, System, positive_sizes
from deltarule.errors import DeltaruleError


@dataclass(frozen=True, slots=True)
class Price:
    """Per kind of operation its count, exact for all sizes (regimes where no one polynomial is)."""

    counts: Mapping[str, Regimes]

    def at(self, sizes: Mapping[str, int]) -> Operations:
        """The price at given sizes."""
        return Operations(**{kind: evaluate(self.counts[kind], sizes) for kind in KINDS})

    @property
    def macs(self) -> Regimes:
        return self.counts["macs"]


@dataclass(frozen=True, slots=True)
class _Batch:
    """`cost` is paid at every point of the domain in the indices."""

    domain: Domain
    indices: tuple[str, ...]
    cost: Operations


def price(system: System, arrays: tuple[str, ...] | None = None) -> Price:
    """The price of all equations, or of those that define some arrays.

    Raises E203 where a range has no bound or needs a division.
    """
    context = positive_sizes(system)
    equations = [e for e in system.equations if arrays is None or e.target in arrays]
    batches = [b for e in equations for b in _batches(e)]
    counted = [(b.cost, cardinality(b.domain, b.indices, context)) for b in batches]
    return Price(
        {
            kind: add_regimes(
                scaled(count, getattr(cost, kind)) for cost, count in counted if getattr(cost, kind)
            )
            for kind in KINDS
        }
    )


def elements(array: Array, system: System) -> Regimes:
    """How many elements an array has. Raises E203 when its range is not known."""
    if array.support is None:
        raise DeltaruleError(
            "E203",
            f"the elements of '{array.name}' cannot be counted: its range is not known",
            help=f"declare its support, for example {array.name}[m] for 0 <= m < N",
        )
    return cardinality(array.support, array.axes, positive_sizes(system))


def _batches(equation: Equation) -> Iterator[_Batch]:
    yield from _inside(equation.expression, equation.domain, equation.indices)


def _inside(node: Expr, domain: Domain, indices: tuple[str, ...]) -> Iterator[_Batch]:
    if isinstance(node, Reduce | ArgReduce):
        loop = rules.loop(node)
        deeper = domains.intersect(domain, loop.domain)
        yield _Batch(deeper, indices + loop.indices, loop.per_point)
        for part in loop.parts:
            yield from _inside(part, deeper, indices + loop.indices)
        return
    own = rules.own_cost(node)
    if own != Operations():
        yield _Batch(domain, indices, own)
    for part in rules.parts(node):
        yield from _inside(part, domain, indices)
