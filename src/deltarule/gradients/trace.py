"""The record of a derivation: every rule that was applied, in order. The explanation is printed from it."""

from __future__ import annotations

from dataclasses import dataclass, field

from deltarule.equations.domains import Domain
from deltarule.equations.nodes import Access, Expr
from deltarule.equations.simplify import Record
from deltarule.equations.system import Equation, System

USE = "@use"  # @use(xi[i,j], w[j,k]): an element that reads, and its slope by what it reads


@dataclass(frozen=True, slots=True)
class Step:
    """In the adjoint of `array`: `before` became `after` by `rule`, in a place where `context` holds."""

    array: str
    rule: str
    before: Expr
    after: Expr
    context: Domain


@dataclass(frozen=True, slots=True)
class Contribution:
    """One term of the rule of total derivatives: what one read of `array` adds to its adjoint.

    `read` stands in `equation`; the raw term is summed over all points that read the element, the result is
    that sum after isl solved for the summation indices and the rewrites ran. `chain` says it in the array's
    own subscripts: the sum of USE(element of the equation's target, its slope by the element read).
    """

    array: str
    equation: Equation
    read: Access
    raw: Expr
    result: Expr
    domain: Domain
    chain: Expr
    steps: tuple[Step, ...]


@dataclass
class Trace:
    """`collected` is the System before adjoints were put in place of each other, as (name, where) `placed`."""

    steps: list[Step] = field(default_factory=list)
    contributions: list[Contribution] = field(default_factory=list)
    collected: System | None = None
    placed: list[tuple[str, str]] = field(default_factory=list)

    def recorder(self, array: str) -> Record:
        """A function that the simplifier tells its steps."""

        def record(rule: str, before: Expr, after: Expr, context: Domain) -> None:
            self.steps.append(Step(array, rule, before, after, context))

        return record
