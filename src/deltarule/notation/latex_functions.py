r"""Functions that are applied with or without parentheses: \sin^2 x, \log_2(x), \sigma' (z)."""

from __future__ import annotations

from abc import ABC
from typing import Literal

from deltarule.notation.latex_scripts import LatexScripts
from deltarule.notation.operators import INVERSES, STRUCTURAL
from deltarule.notation.syntax import (
    Apply,
    Group,
    Indexed,
    Name,
    Num,
    Power,
    Product,
    Quotient,
    Sum,
    Syntax,
)
from deltarule.notation.tokens import Token
from deltarule.source import Span


class LatexFunctions(LatexScripts, ABC):
    """A function with its scripts and what it is applied to."""

    # function = name { "_" argument | "^" argument | "'" } ( "(" list ")" | bracket | factor )
    def function(self) -> Syntax:
        token = self.advance()
        head: Syntax = self.node(Name(token.value, self.written(token), self.at(token)))
        scripts = self.scripts()
        raised = self.since(token.start)
        if scripts.subscripts and token.value in ("log", "ln") and len(scripts.subscripts) == 1:
            applied = self.logarithm(head, scripts.subscripts[0], token)
            return self.with_exponent(applied, scripts.exponent, raised)
        if scripts.subscripts:
            span = self.since(token.start)
            head = self.node(Indexed(head, scripts.subscripts, "subscript", span))
        if token.value in INVERSES and not scripts.primes and _is_minus_one(scripts.exponent):
            name = INVERSES[token.value]
            written = self.source.text[raised.start : raised.end]
            inverse = self.node(Name(name, written, raised))
            return self.applied(inverse, 0, token)
        applied = self.applied(head, scripts.primes, token)
        return self.with_exponent(applied, scripts.exponent, raised)

    def applied(self, head: Syntax, primes: int, token: Token) -> Syntax:
        if self.token("open", "(", "[", r"\{"):
            return self.call(head, primes)
        if not self.starts_factor(self.token):
            return head
        argument = self.without_parentheses(token)
        return self.node(Apply(head, primes, (argument,), False, self.since(token.start)))

    def without_parentheses(self, token: Token) -> Syntax:
        r"""\cos m \theta and \ln 2 \pi take the whole product; E006 for \log x y."""
        start = self.here
        factors = [self.factor()]
        whole = token.value in ("sin", "cos", "tan") or isinstance(factors[0], Num)
        while self.is_letter_or_number():
            if not whole:
                text = self.source.text[start : self.last_end]
                self.factor()
                more = self.source.text[start : self.last_end]
                self.ambiguous(
                    self.since(token.start),
                    f"write {self.written(token)}({more}) or {self.written(token)}({text}) times "
                    f"{more[len(text) :].strip()}",
                )
            factors.append(self.factor())
        self.refuse_divided(token, start)
        if len(factors) == 1:
            return factors[0]
        ops: tuple[Literal["", "dot", "odot", "otimes"], ...] = tuple("" for _ in factors[1:])
        return self.node(Product(tuple(factors), ops, self.since(start)))

    def refuse_divided(self, token: Token, start: int) -> None:
        r"""E006 for \ln p/q, where the slash has no spaces around it: the logarithm of p/q, or over q?"""
        if not self.token("operator", "/") or self.token.spaced or self.peek().spaced:
            return
        text = self.source.text[start : self.last_end]
        self.advance()
        self.factor()
        whole = self.source.text[start : self.last_end]
        name = self.written(token)
        self.ambiguous(
            self.since(token.start), f"write {name}({whole}) or {name}({text}){whole[len(text) :]}"
        )

    def is_letter_or_number(self) -> bool:
        """What would be juxtaposed: x, 2, \\hat{y}, \\mathbf{x}."""
        if self.token.kind in ("name", "number"):
            return True
        return self.token.kind == "command" and self.token.value not in STRUCTURAL

    def logarithm(self, head: Syntax, base: Syntax, token: Token) -> Syntax:
        r"""\log_2 x, and \log_b x = \ln x / \ln b."""
        if isinstance(base, Num) and base.text in ("2", "10"):
            name = self.node(Name(f"log{base.text}", rf"\log_{{{base.text}}}", head.span))
            return self.applied(name, 0, token)
        above = self.applied(head, 0, token)
        if above is head:
            self.refuse("what the logarithm is taken of")
        below = self.node(Apply(head, 0, (base,), True, base.span))
        return self.node(Quotient(above, below, self.since(token.start)))

    def with_exponent(self, applied: Syntax, exponent: Syntax | None, raised: Span) -> Syntax:
        r"""\sin^2 x --> (\sin x)^2; E006 for \exp^{-1} x, where a person may mean the inverse."""
        if exponent is None:
            return applied
        if isinstance(exponent, Num):
            span = self.since(raised.start)
            return self.node(Power(self.node(Group(applied, applied.span)), exponent, span))
        head, _, power = self.source.text[raised.start : raised.end].partition("^")
        self.ambiguous(raised, f"for a power write ({head}(x))^{power}")


def _is_minus_one(exponent: Syntax | None) -> bool:
    match exponent:
        case Sum(((-1, Num("1")),)):
            return True
        case Group(body):
            return _is_minus_one(body)
    return False
