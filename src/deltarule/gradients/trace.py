"""The record of a derivation: every rule that was applied, in order. The explanation is printed from it."""

from __future__ import annotations

from dataclasses import dataclass, field

from deltarule.equations.domains import Domain
from deltarule.equations.nodes import Access, Expr
from deltarule.equations.simplify import Record


@dataclass(frozen=True, slots=True)
class Step:
    """In the adjoint of `array`: `before` became `after` by `rule`."""

    array: str
    rule: str
    before: Expr
    after: Expr


@dataclass(frozen=True, slots=True)
class Contribution:
    """One term of the rule of total derivatives: what one read of `array` adds to its adjoint.

    `read` stands in the equation of `reader`; the raw term is summed over all points that read the
    element, the result is that sum after isl solved for the summation indices and the rewrites ran.
    """

    array: str
    reader: Access
    read: Access
    raw: Expr
    result: Expr
    domain: Domain


@dataclass
class Trace:
    steps: list[Step] = field(default_factory=list)
    contributions: list[Contribution] = field(default_factory=list)

    def recorder(self, array: str) -> Record:
        """A function that the simplifier tells its steps."""

        def record(rule: str, before: Expr, after: Expr) -> None:
            self.steps.append(Step(array, rule, before, after))

        return record
