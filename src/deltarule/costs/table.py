"""The table of prices, as plain text, LaTeX, and plain values for programs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from deltarule.costs import polynomial, print_polynomial, regimes
from deltarule.costs.count import MEASURES, Counts
from deltarule.costs.print_polynomial import Naming
from deltarule.costs.regimes import Cardinality
from deltarule.equations import domains
from deltarule.equations.domains import Domain
from deltarule.notation.print_json import Json
from deltarule.notation.print_latex import domain_to_latex
from deltarule.notation.print_text import domain_to_text

if TYPE_CHECKING:
    import sympy

UNKNOWN = "not known"
MEMORY = ("reads", "writes")
BESIDE = tuple(measure for measure in MEASURES if measure not in ("macs", *MEMORY))


@dataclass(frozen=True, slots=True)
class Row:
    """One line: what is priced, its exact counts, a remark.

    `counts` is None where a range is not known; the remark says what to declare. `passes` is set
    for finite differences: how many forward passes they take. `detailed` rows list below the table
    what they count beside MACs; an array without MACs lists it in its remark.
    """

    label: str
    counts: Counts | None
    remark: str = ""
    passes: Cardinality | None = None
    detailed: bool = False
    is_array: bool = False


@dataclass(frozen=True, slots=True)
class CostTable:
    """Prices in the author's sizes. `large` are the sizes whose regime is the headline.

    `compared` are the labels of the two rows whose orders of growth are set against each other.
    """

    rows: tuple[Row, ...]
    compared: tuple[str, str]
    naming: Naming
    large: Mapping[str, int]
    context: Domain

    def __getitem__(self, label: str) -> sympy.Expr:
        """The MACs of a row, in the headline's regime. Raises KeyError for an unknown count."""
        return polynomial.to_sympy(regimes.generic(self._count(label, "macs"), self.large)[1])

    def at(self, label: str, sizes: Mapping[str, int], measure: str = "macs") -> int:
        """A count of a row at given sizes, exact in every regime. Raises KeyError as above."""
        return regimes.evaluate(self._count(label, measure), sizes)

    def to_text(self) -> str:
        """Columns of what, MACs and remarks; orders of growth; what is counted beside MACs."""
        cells = [(row.label, *self._cells(row)) for row in self.rows]
        widths = [max(len(cell[n]) for cell in cells) for n in (0, 1)]
        lines = [f"{a.ljust(widths[0])}   {b.ljust(widths[1])}   {c}".rstrip() for a, b, c in cells]
        orders = self._orders()
        if orders:
            lines.append(f"order: {orders[0]} against {orders[1]}")
        for row in (row for row in self.rows if row.detailed and row.counts is not None):
            if beside := self._listed(row, BESIDE):
                lines.append(f"beside MACs, {row.label}: {beside}")
            lines.append(f"elements, {row.label}: {self._listed(row, MEMORY)}")
        return "\n".join(lines)

    def to_latex(self) -> str:
        lines = [r"\begin{array}{lll}", r"\text{what} & \text{MACs} & \\ \hline"]
        for row in self.rows:
            cells = " & ".join((rf"\text{{{_escaped(row.label)}}}", *self._latex_cells(row)))
            lines.append(f"{cells} \\\\")
        return "\n".join([*lines, r"\end{array}"])

    def to_dict(self) -> dict[str, Json]:
        """For each row its MACs as text, the other counts, and every regime; the orders of growth."""
        entries: dict[str, Json] = {row.label: self._entry(row) for row in self.rows}
        orders = self._orders()
        if orders:
            entries["order of growth"] = dict(zip(self.compared, orders, strict=True))
        return entries

    def __str__(self) -> str:
        return self.to_text()

    # -------------------------------------------------------------------------- inside

    def _count(self, label: str, measure: str) -> Cardinality:
        row = next((r for r in self.rows if r.label == label), None)
        if row is None or row.counts is None:
            raise KeyError(label)
        return row.counts[measure]

    def _cells(self, row: Row) -> tuple[str, str]:
        """MACs, and the remarks: where they hold, what there is instead of MACs, how they arise."""
        if row.counts is None:
            return UNKNOWN, row.remark
        macs = row.counts["macs"]
        where = self._condition(macs)
        remarks = [f"for {domain_to_text(where, self.naming.terms)}"] if where else []
        if row.is_array and regimes.is_zero(macs):
            remarks.append(self._listed(row, BESIDE) or "no arithmetic")
        if row.passes is not None:
            remarks.append(f"{self._text(row.passes)} forward passes")
        remarks.append(row.remark)
        return self._text(macs), "; ".join(r for r in remarks if r)

    def _latex_cells(self, row: Row) -> tuple[str, str]:
        if row.counts is None:
            return rf"\text{{{UNKNOWN}}}", rf"\text{{{_escaped(row.remark)}}}" if row.remark else ""
        macs = row.counts["macs"]
        where = self._condition(macs)
        spelling = self.naming.spelling or {}
        remarks = []
        if where:
            condition = domain_to_latex(where, self.naming.terms, None, spelling)
            remarks.append(rf"\text{{for }} {condition}")
        if row.remark:
            remarks.append(rf"\text{{{_escaped(row.remark)}}}")
        shown = print_polynomial.to_latex(self._headline(macs), self.naming)
        return shown, r";\ ".join(remarks)

    def _entry(self, row: Row) -> dict[str, Json]:
        if row.counts is None:
            return {"macs": None, "remark": row.remark}
        found: list[Json] = [
            {
                "for": domain_to_text(domains.gist(domain, self.context), self.naming.terms),
                "macs": print_polynomial.to_text(polynomial.to_sympy(count), self.naming),
            }
            for domain, count in row.counts["macs"]
        ]
        counts: dict[str, Json] = {m: self._text(row.counts[m]) for m in MEASURES}
        return {**counts, "remark": row.remark, "regimes": found}

    def _listed(self, row: Row, measures: tuple[str, ...]) -> str:
        """2 n additions, n (M - 1) calls, ..."""
        if row.counts is None:
            return ""
        counts = row.counts
        shown = {m: self._text(counts[m]) for m in measures if not regimes.is_zero(counts[m])}
        return ", ".join(_with_unit(count, measure) for measure, count in shown.items())

    def _orders(self) -> tuple[str, str] | None:
        try:
            first, second = (self[label] for label in self.compared)
        except KeyError:
            return None
        if first == 0 or second == 0:
            return None
        naming = self.naming
        return (
            print_polynomial.leading_order(first, naming),
            print_polynomial.leading_order(second, naming),
        )

    def _condition(self, count: Cardinality) -> Domain | None:
        """Where the headline holds; None where that is everywhere."""
        if len(count) == 1:
            return None
        return domains.gist(regimes.generic(count, self.large)[0], self.context)

    def _headline(self, count: Cardinality) -> sympy.Expr:
        return polynomial.to_sympy(regimes.generic(count, self.large)[1])

    def _text(self, count: Cardinality) -> str:
        return print_polynomial.to_text(self._headline(count), self.naming)


def _with_unit(count: str, measure: str) -> str:
    """n + 1 multiplications --> (n + 1) multiplications; 1 divisions --> 1 division"""
    if count == "1":
        return f"1 {measure.removesuffix('s')}"
    bare_sum = " + " in count or " - " in count
    return f"({count}) {measure}" if bare_sum and not count.endswith(")") else f"{count} {measure}"


def _escaped(label: str) -> str:
    return label.replace("_", r"\_")
