"""The table of prices: forward, every gradient, the total, and forward Euler for comparison."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import sympy

from deltarule.costs.cardinality import Regimes, add_regimes, evaluate, multiplied, widened
from deltarule.costs.count import Price, elements, price
from deltarule.costs.polynomials import order_of_growth, shown, shown_in_latex
from deltarule.equations import domains
from deltarule.equations.domains import Domain
from deltarule.equations.hoist import hoist
from deltarule.equations.system import System, defined, positive_sizes
from deltarule.errors import DeltaruleError
from deltarule.gradients.reverse import batch_sizes
from deltarule.notation.print_json import Json
from deltarule.notation.print_text_forms import domain_to_text


@dataclass(frozen=True, slots=True)
class Row:
    """One line: what is priced, its exact count (None where a range is not known), a remark."""

    label: str
    count: Regimes | None
    remark: str = ""


@dataclass(frozen=True, slots=True)
class CostTable:
    """Multiply-accumulates in the author's sizes. `headline` is the regime that is shown first."""

    rows: tuple[Row, ...]
    others: tuple[tuple[str, Mapping[str, Regimes]], ...]  # forward, backward: kind --> count
    sizes: tuple[str, ...]
    spelling: Mapping[str, str]
    headline: Mapping[str, int]
    context: Domain

    def __getitem__(self, label: str) -> sympy.Expr:
        """The polynomial of a row, in the headline's regime. Raises KeyError."""
        row = next((r for r in self.rows if r.label == label), None)
        if row is None or row.count is None:
            raise KeyError(label)
        return self._main(row.count)[1]

    def at(self, label: str, sizes: Mapping[str, int]) -> int:
        """The number of MACs of a row at given sizes, exact in every regime."""
        row = next(r for r in self.rows if r.label == label)
        if row.count is None:
            raise KeyError(label)
        return evaluate(row.count, sizes)

    def _main(self, count: Regimes) -> tuple[Domain | None, sympy.Expr]:
        """The polynomial that holds for large data; its condition where it is not always right."""
        pieces = widened(count, self.context)
        if len(pieces) == 1:
            return None, pieces[0][1]
        for domain, polynomial in pieces:
            if domains.contains(domain, self.headline):
                return domains.gist(domain, self.context), polynomial
        return None, sympy.Integer(0)

    def _cells(self, row: Row) -> tuple[str, str]:
        if row.count is None:
            return "not known", row.remark
        condition, polynomial = self._main(row.count)
        where = "" if condition is None else domain_to_text(condition, self.sizes)
        remarks = [r for r in (f"for {where}" if where else "", row.remark) if r]
        return shown(polynomial, self.sizes), "; ".join(remarks)

    def to_text(self) -> str:
        cells = [(row.label, *self._cells(row)) for row in self.rows]
        widths = [max(len(c[n]) for c in cells) for n in (0, 1)]
        lines = [f"{a.ljust(widths[0])}   {b.ljust(widths[1])}   {c}".rstrip() for a, b, c in cells]
        return "\n".join([*lines, *self._orders(), *self._beside()])

    def _beside(self) -> list[str]:
        """What is counted apart from MACs."""
        lines = []
        for label, counts in self.others:
            parts = [f"{shown(self._main(c)[1], self.sizes)} {kind}" for kind, c in counts.items()]
            if parts:
                lines.append(f"beside MACs, {label}: {', '.join(parts)}")
        return lines

    def _orders(self) -> list[str]:
        """O(back-propagation) against O(forward Euler)."""
        known = {row.label: self._main(row.count)[1] for row in self.rows if row.count is not None}
        if TOTAL not in known or EULER not in known or known[EULER] == 0:
            return []
        orders = [shown(order_of_growth(known[x], self.sizes), self.sizes) for x in (TOTAL, EULER)]
        return [f"order: O({orders[0]}) against O({orders[1]})"]

    def to_latex(self) -> str:
        lines = [r"\begin{array}{ll}", r"\text{what} & \text{MACs} \\ \hline"]
        for row in self.rows:
            if row.count is None:
                lines.append(rf"\text{{{row.label}}} & \text{{not known}} \\")
                continue
            _, polynomial = self._main(row.count)
            cell = shown_in_latex(polynomial, self.sizes, self.spelling)
            lines.append(rf"\text{{{_escaped(row.label)}}} & {cell} \\")
        return "\n".join([*lines, r"\end{array}"])

    def to_dict(self) -> dict[str, Json]:
        beside: dict[str, Json] = {
            label: {k: shown(self._main(c)[1], self.sizes) for k, c in counts.items()}
            for label, counts in self.others
        }
        return {**{row.label: self._entry(row) for row in self.rows}, "beside MACs": beside}

    def _entry(self, row: Row) -> dict[str, Json]:
        if row.count is None:
            return {"macs": None, "remark": row.remark}
        regimes: list[Json] = [
            {
                "for": domain_to_text(domains.gist(domain, self.context), self.sizes),
                "macs": str(sympy.factor(polynomial)),
            }
            for domain, polynomial in widened(row.count, self.context)
        ]
        return {"macs": self._cells(row)[0], "remark": row.remark, "regimes": regimes}

    def __str__(self) -> str:
        return self.to_text()


TOTAL = "forward + back-propagation"
EULER = "forward Euler, one weight at a time"


def cost_table(system: System, gradient: System, adjoint_of: Mapping[str, str]) -> CostTable:
    """Prices of a System and of its gradient System, sums shared as they are when run."""
    forward, whole = hoist(system), hoist(gradient)
    rows = [_row("forward", forward, defined(forward))]
    own = [n for n in defined(whole) if n not in defined(forward)]
    for name in own:
        rows.append(_row(_label(whole, name), whole, (name,)))
    rows = [r for r in rows if r.label == "forward" or r.count is None or _costs(r.count)]
    backward = [_row("", whole, (name,)) for name in own]
    rows.append(_total(rows[0], backward))
    rows.append(_shorthand(rows[0]))
    rows.append(_euler(system, rows[0], tuple(adjoint_of)))
    others = tuple(
        (label, _other_operations(priced, arrays))
        for label, priced, arrays in (
            ("forward", forward, defined(forward)),
            ("back-propagation", whole, tuple(own)),
        )
    )
    return CostTable(
        tuple(rows), others, _in_order(system), system.latex, _large(system), positive_sizes(system)
    )


def _in_order(system: System) -> tuple[str, ...]:
    """The sizes as products name them: what counts data first, then those of defined arrays."""
    batch, large = batch_sizes(system), _large(system)
    return tuple(sorted(system.sizes, key=lambda s: (s not in batch, -(large[s] >= 10**6))))


def _other_operations(system: System, arrays: tuple[str, ...]) -> dict[str, Regimes]:
    """What is counted beside MACs, for some arrays; nothing where a range is not known."""
    try:
        counts = price(system, arrays).counts
    except DeltaruleError as error:
        if error.code != "E203":
            raise
        return {}
    return {kind: count for kind, count in counts.items() if kind != "macs" and _costs(count)}


def _row(label: str, system: System, arrays: Sequence[str]) -> Row:
    try:
        return Row(label, price(system, tuple(arrays)).macs)
    except DeltaruleError as error:
        if error.code != "E203":
            raise
        return Row(label, None, error.help)


def _costs(count: Regimes) -> bool:
    return any(polynomial != 0 for _, polynomial in count)


def _label(system: System, name: str) -> str:
    """dE/dw, and for the author's own name: delta = dE/dxi."""
    adjoint = system.arrays[name].adjoint_of
    if adjoint is None:
        return name
    shown_name = f"d{adjoint[0]}/d{adjoint[1]}"
    plain = name == f"d{adjoint[0]}_d{adjoint[1]}"
    return shown_name if plain else f"{name} = {shown_name}"


def _total(forward: Row, backward: Sequence[Row]) -> Row:
    counts = [row.count for row in (forward, *backward)]
    known = [c for c in counts if c is not None]
    if len(known) < len(counts):
        return Row(TOTAL, None, forward.remark or next(r.remark for r in backward if r.remark))
    return Row(TOTAL, add_regimes(known), "exact")


def _shorthand(forward: Row) -> Row:
    label = "textbook shorthand: backward = forward"
    if forward.count is None:
        return Row(label, None, forward.remark)
    return Row(label, add_regimes([forward.count, forward.count]), "same order, not exact")


def _euler(system: System, forward: Row, wrt: tuple[str, ...]) -> Row:
    """(1 + number of weights) times the forward price."""
    if forward.count is None:
        return Row(EULER, None, forward.remark)
    one: Regimes = [(positive_sizes(system), sympy.Integer(1))]
    try:
        weights = [elements(system.arrays[name], system) for name in wrt]
    except DeltaruleError as error:
        if error.code != "E203":
            raise
        return Row(EULER, None, error.help)
    runs = add_regimes([one, *weights])
    return Row(EULER, multiplied(runs, forward.count), "(1 + number of weights) forward passes")


def _large(system: System) -> dict[str, int]:
    """Sizes for the headline: those of defined arrays large, those of parameters alone smaller."""
    wide = {
        n
        for name in defined(system)
        if (support := system.arrays[name].support) is not None
        for n in domains.involved(support)
    }
    return {s: (10**6 if s in wide else 10**3) + p for p, s in enumerate(system.sizes)}


def _escaped(label: str) -> str:
    return label.replace("_", r"\_")


__all__ = ["CostTable", "Price", "Row", "cost_table"]
