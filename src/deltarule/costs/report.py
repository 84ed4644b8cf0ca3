"""What gradients cost: forward, every gradient, the total, and forward Euler for comparison."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from deltarule.costs import polynomial, regimes
from deltarule.costs.count import (
    MEASURES,
    Counts,
    elements,
    large_sizes,
    price,
    total,
    undeclared,
    wide_sizes,
)
from deltarule.costs.print_polynomial import Naming
from deltarule.costs.regimes import Cardinality
from deltarule.costs.table import CostTable, Row
from deltarule.equations.domains import Domain
from deltarule.equations.hoist import hoist
from deltarule.equations.system import System, defined, positive_sizes
from deltarule.errors import DeltaruleError
from deltarule.gradients.reverse import batch_sizes

FORWARD = "forward"
TOTAL = "forward + back-propagation"
SHORTHAND = "textbook shorthand: backward = forward"
EULER = "forward Euler, one weight at a time"


def cost_table(forward: System, gradient: System, adjoint_of: Mapping[str, str]) -> CostTable:
    """Prices of a System, of every array that its gradient System adds, and of both together.

    `adjoint_of` maps the arrays asked for to their adjoints; forward Euler perturbs each of their
    elements. A sum that does not depend on everything around it is paid once. A row whose ranges
    are not known says which supports to declare.
    """
    return _Pricing(forward, gradient, tuple(adjoint_of)).table()


class _Pricing:
    """What all rows share: the context, the headline's sizes, the hoisted Systems."""

    def __init__(self, forward: System, gradient: System, wanted: tuple[str, ...]) -> None:
        self.system = forward
        self.forward, self.gradient = hoist(forward), hoist(gradient)
        self.wanted = wanted
        self.context: Domain = positive_sizes(forward)
        self.large = large_sizes(forward)

    def table(self) -> CostTable:
        forward = self.forward_row()
        known = frozenset(defined(self.forward))
        names = [name for name in defined(self.gradient) if name not in known]
        backward = [self.array_row(name) for name in names]
        shown = [row for name, row in zip(names, backward, strict=True) if self.is_shown(name, row)]
        together = self.sum_of((forward, *backward))
        rows = (forward, *shown, together, self.shorthand(forward), self.euler(forward))
        naming = self.naming()
        return CostTable(rows, (TOTAL, EULER), naming, self.large, self.context)

    def forward_row(self) -> Row:
        found = self.priced(self.forward, defined(self.forward))
        if isinstance(found, str):
            return Row(FORWARD, None, found)
        return Row(FORWARD, found, detailed=True)

    def array_row(self, name: str) -> Row:
        """The price of one array of the gradient System by itself."""
        label, found = _label(self.gradient, name), self.priced(self.gradient, (name,))
        if isinstance(found, str):
            return Row(label, None, found, is_array=True)
        return Row(label, found, is_array=True)

    def priced(self, system: System, arrays: Iterable[str]) -> Counts | str:
        """The counts, or what to declare so that there are some."""
        try:
            return price(system, arrays, self.large).counts
        except DeltaruleError as error:
            if error.code != "E203":
                raise
            return error.help

    def is_shown(self, name: str, row: Row) -> bool:
        """An adjoint always, a helper only where it costs MACs."""
        if row.counts is None or self.gradient.arrays[name].adjoint_of is not None:
            return True
        return not regimes.is_zero(row.counts["macs"])

    def sum_of(self, rows: Iterable[Row]) -> Row:
        counts: list[Counts] = []
        for row in rows:
            if row.counts is None:
                return Row(TOTAL, None, self.missing(row))
            counts.append(row.counts)
        return Row(TOTAL, total(counts, self.context, self.large), "exact", detailed=True)

    def shorthand(self, forward: Row) -> Row:
        if forward.counts is None:
            return Row(SHORTHAND, None, self.missing(forward))
        doubled = {m: regimes.scaled(forward.counts[m], 2) for m in MEASURES}
        return Row(SHORTHAND, doubled, "same order, not exact")

    def euler(self, forward: Row) -> Row:
        """(1 + number of weights) times the forward price."""
        if forward.counts is None:
            return Row(EULER, None, self.missing(forward))
        try:
            passes = self.passes()
        except DeltaruleError as error:
            if error.code != "E203":
                raise
            return Row(EULER, None, error.help)
        counts = {m: regimes.product(passes, forward.counts[m], self.large) for m in MEASURES}
        return Row(EULER, counts, passes=passes)

    def passes(self) -> Cardinality:
        one = regimes.everywhere(polynomial.ONE, self.context)
        weights = [elements(self.system.arrays[name], self.system) for name in self.wanted]
        return regimes.total([one, *weights], self.context, self.large)

    def missing(self, row: Row) -> str:
        """What to declare for all rows at once."""
        names = undeclared(self.system, self.system.arrays)
        return f"declare the support of {', '.join(names)}" if names else row.remark

    def naming(self) -> Naming:
        """Products name first what counts data, then the sizes of defined arrays."""
        batch, wide = batch_sizes(self.system), wide_sizes(self.system)
        sizes = self.system.sizes
        factors = tuple(sorted(sizes, key=lambda s: (s not in batch, s not in wide)))
        return Naming(factors, sizes, self.system.latex)


def _label(system: System, name: str) -> str:
    """dE/dw, and for the author's own name: delta = dE/dxi."""
    adjoint = system.arrays[name].adjoint_of
    if adjoint is None:
        return name
    shown = f"d{adjoint[0]}/d{adjoint[1]}"
    return shown if name == f"d{adjoint[0]}_d{adjoint[1]}" else f"{name} = {shown}"


__all__ = ["EULER", "FORWARD", "SHORTHAND", "TOTAL", "CostTable", "Row", "cost_table"]
