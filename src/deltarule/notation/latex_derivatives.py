r"""Derivatives: \frac{\partial L}{\partial x}, dL/dx, and \partial_1 f(a, b)."""

from __future__ import annotations

from abc import ABC
from dataclasses import replace
from typing import NoReturn

from deltarule.errors import DeltaruleError
from deltarule.notation.latex_scripts import LatexScripts
from deltarule.notation.syntax import Apply, Derivative, Name, Num, Syntax
from deltarule.source import Span

POSITIONS = frozenset("123456789")  # of arguments


class LatexDerivatives(LatexScripts, ABC):
    """How a derivative is told from a quotient."""

    def is_derivative_fraction(self) -> bool:
        """Both parts begin with d or ∂ before a name."""
        if not self.token("open", "{"):
            return False
        below = self.partners[self.position] + 1
        if not self.tokens[below]("open", "{"):
            return False
        self.refuse_other_derivatives(below)
        return self.is_differential(self.position + 1) and self.is_differential(below + 1)

    def refuse_other_derivatives(self, below: int) -> None:
        top, bottom = self.tokens[self.position + 1], self.tokens[below + 1]
        partial = top("command", "partial") and bottom("command", "partial")
        plain = top("name", "d") and self.is_differential(below + 1)
        if not partial and not plain:
            return
        after = self.tokens[self.position + 2]
        span = Span(self.source, top.start, self.tokens[below - 1].start)
        if after("operator", "^") and partial:
            self.unsupported("higher derivatives are not supported", span, "derive twice")
        if after("close", "}"):
            help = r"write what is derived above: \frac{\partial L}{\partial x}"
            self.unsupported("a derivative without its function is not supported", span, help)

    def is_differential(self, index: int) -> bool:
        if not self.tokens[index]("command", "partial") and not self.tokens[index]("name", "d"):
            return False
        after = self.tokens[index + 1]
        return after.kind in ("name", "function", "command") or after("open", "{")

    def differential_group(self) -> Syntax:
        self.advance()
        self.advance()
        element = self.factor()
        self.expect("close", "}", "'}' after one element")
        return element

    # slashed_derivative = d element "/" d element
    def slashed_derivative(self) -> Syntax | None:
        start, slash = self.position, self.after_element(self.position + 1)
        if not self.is_differential(start):
            return None
        if not self.tokens[slash]("operator", "/") or not self.is_differential(slash + 1):
            return None
        self.advance()
        of = self.factor()
        if self.position != slash:
            self.refuse("'/' after one element")
        self.advance()
        self.advance()
        by = self.factor()
        return self.node(Derivative(of, by, self.since(self.tokens[start].start)))

    def after_element(self, index: int) -> int:
        """The index of the token after the name there, its style and its subscripts."""
        last = len(self.tokens) - 1
        while index < last and self.tokens[index].kind == "command":
            index += 1
        index = min(self.partners.get(index, index) + 1, last)
        while self.tokens[index := self.after_scripts(index)]("open", "["):
            index = self.partners[index] + 1
        return index

    # partials = "\partial" "_" positions [ "^" number ] { … } name "(" list ")"
    def partials(self) -> Syntax | None:
        r"""\partial_1 f(a, b): the derivative of a function of several arguments by the first."""
        start, by = self.here, list[int]()
        while self.token("command", "partial") and self.peek()("operator", "_"):
            self.advance()
            scripts = self.scripts()
            times = scripts.exponent.text if isinstance(scripts.exponent, Num) else "1"
            places = "".join(s.text if isinstance(s, Num) else "?" for s in scripts.subscripts)
            if not places.isdigit() or "0" in places or times not in POSITIONS:
                self.refuse_positions(self.since(start))
            by += [int(p) for p in places for _ in range(int(times))]
        if not by:
            return None
        called = self.power()
        if not isinstance(called, Apply) or not isinstance(called.head, Name) or called.primes:
            self.refuse_positions(self.since(start))
        return replace(called, primes=len(by), partials=tuple(sorted(by)), span=self.since(start))

    def refuse_positions(self, at: Span) -> NoReturn:
        raise DeltaruleError(
            "E008",
            r"this derivative of a function is not supported",
            at=at,
            seen="by which argument of which function?",
            help=r"write \partial_1 f(a, b) for the derivative of f(a, b) by its first argument, "
            r"and a power of it in parentheses",
        )

    def refuse_partial(self) -> Syntax:
        self.advance()
        self.refuse("a derivative", r"write it as \frac{\partial L}{\partial x}")
