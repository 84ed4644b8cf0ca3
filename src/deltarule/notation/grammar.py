"""The grammar that LaTeX and plain text share: relations, sums, products, and lists of them.

    chain       = sum { relation sum }
    sum         = [ sign ] convolution { sign convolution }
    convolution = product { "*" product }
    product     = factor { [ "·" | "⊙" | "/" ] factor }

What a factor is, the two notations say themselves (`latex.py`, `plain.py`).
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import replace
from typing import Literal, NoReturn, cast

from deltarule.errors import DeltaruleError
from deltarule.notation.delimiters import Delimiters
from deltarule.notation.divided_sums import divided
from deltarule.notation.dotted_ranges import integer
from deltarule.notation.syntax import (
    Big,
    Chain,
    ChainOp,
    Convolution,
    Dots,
    Group,
    Interval,
    Listed,
    Name,
    Num,
    Product,
    Quotient,
    RealSpace,
    Remainder,
    Stack,
    Sum,
    Syntax,
    Whole,
    Without,
)
from deltarule.notation.tokens import Token
from deltarule.source import Source, Span

BigOp = Literal["sum", "prod", "max", "min", "argmax", "argmin", "logsumexp"]
ProductOp = Literal["", "dot", "odot", "otimes"]


class Grammar(Delimiters, ABC):
    """The ladder of operators."""

    def __init__(self, source: Source, tokens: list[Token]) -> None:
        super().__init__(source, tokens)
        self.large: list[Quotient] = []  # those whose slash is printed large: \Big/

    @abstractmethod
    def power(self) -> Syntax:
        """A primary with its subscripts, arguments and exponents."""

    @abstractmethod
    def real_space(self) -> RealSpace | None:
        """The real space after a membership sign, if one stands here."""

    # ------------------------------------------------------------------ relations

    # chain = sum [ ".." sum ] { relation sum [ ".." sum ] }
    def chain(self) -> Syntax:
        start = self.here
        operands: list[Syntax] = [self.interval()]
        relations: list[ChainOp] = []
        while self.token.kind == "relation":
            relation = cast(ChainOp, self.advance().value)
            relations.append(relation)
            space = self.real_space() if relation == "in" else None
            found = space or self.interval()
            operands.append(self.without(self.integers(found) if relation == "in" else found))
        if not relations:
            return operands[0]
        chain = Chain(tuple(operands), tuple(relations), self.since(start))
        return self.node(self.without_end(chain))

    def integers(self, found: Syntax) -> Syntax:
        """[1, k], [K] and (1, …, k) after a membership sign: the integers from 1 on."""
        if isinstance(found, Stack) and len(found.parts) == 2:
            return self.node(Interval(found.parts[0], found.parts[1], found.span))
        if isinstance(found, Stack) and len(found.parts) == 1:
            found = Group(found.parts[0], found.span)
        text = self.source.text[found.span.start : found.span.end]
        if isinstance(found, Group) and isinstance(found.body, Interval):
            return found.body
        if isinstance(found, Group) and text.startswith("["):
            return self.node(Interval(self.node(Num("1", found.span)), found.body, found.span))
        return found

    # without = interval [ "\\setminus" "\\{" list "\\}" ]
    def without(self, whole: Syntax) -> Syntax:
        if not self.accept("operator", "without"):
            return whole
        if not self.token("open", r"\{", "{"):
            self.refuse(r"the elements left out, as \setminus \{i\}")
        items = self.enclosed_list()
        return self.node(Without(whole, tuple(items), self.since(whole.span.start)))

    # list = item { "," item },  item = chain | ":" | "*"
    def comma_list(self, item: Callable[[], Syntax] | None = None) -> list[Syntax]:
        item = item or self.list_item
        items = [item()]
        while self.accept("separator", ",", ";", "row", "mid") or self.accept("word", "and"):
            items.append(item())
        return items

    def list_item(self) -> Syntax:
        mark, after = self.token, self.peek()
        if mark("operator", ":", "conv") and (
            after("separator", ",", ";") or after.kind == "close"
        ):
            self.advance()
            return self.node(Whole(self.at(mark)))
        if mark("operator", ":") and self.tokens[self.position - 1]("separator", "row"):
            self.advance()  # such that
        return self.chain()

    # ------------------------------------------------------------------ sums and products

    # sum = [ "+" | "-" ] remainder { ("+" | "-") ( remainder | "…" ) }
    def sum(self) -> Syntax:
        start = self.here
        terms = [(self.sign(), self.remainder())]
        while self.token("operator", "+", "-"):
            terms.append((self.sign(), self.dots() or self.remainder()))
        self.refuse_open_remainder(terms[1:], start)
        if len(terms) == 1 and terms[0][0] == 1:
            return terms[0][1]
        return self.node(Sum(tuple(terms), self.since(start)))

    def sign(self) -> Literal[1, -1]:
        token = self.accept("operator", "+", "-")
        return -1 if token is not None and token.value == "-" else 1

    # remainder = convolution [ "mod" factor ]
    def remainder(self) -> Syntax:
        start = self.here
        left = self.convolution()
        if not self.accept("operator", "mod"):
            return left
        return self.node(Remainder(left, self.factor(), self.since(start)))

    def refuse_open_remainder(self, terms: list[tuple[Literal[1, -1], Syntax]], start: int) -> None:
        """E006 for i - j mod N: of j, or of the difference?"""
        if any(isinstance(term, Remainder) for _, term in terms):
            self.ambiguous(self.since(start), "write (i + j) \\bmod N or i + (j \\bmod N)")

    # convolution = product { "*" product }, before an end there is no sign of it: x_{i*}
    def convolution(self) -> Syntax:
        start, outside = self.here, self.depth
        left = self.product()
        while self.token("operator", "conv") and self.peek().kind != "close":
            self.deeper()
            self.advance()
            kind = self.kind_of_convolution()
            right = self.product()
            left = self.node(Convolution(left, right, self.since(start), kind))
        self.depth = outside
        return left

    def kind_of_convolution(self) -> str:
        """The d of *_d, which says that the convolution is another one."""
        return ""

    # dots = "…"
    def dots(self) -> Syntax | None:
        """The ellipsis that stands for terms or factors, if one stands here."""
        token = self.accept("operator", "dots")
        return self.node(Dots(self.at(token))) if token is not None else None

    def multiplies(self, before: Syntax) -> bool:
        """Whether the dots here stand for factors, x_1 \\cdots x_n, and not for a range, 1 … n."""
        return False

    # product = factor { ["·" | "⊙"] ( factor | "…" ) | "…" | "/" factor }
    def product(self) -> Syntax:
        start, outside = self.here, self.depth
        factors = [self.factor()]
        operators: list[ProductOp] = []
        while True:
            if self.token("operator", "/"):
                self.deeper()
                above = self.folded(factors, operators, start)
                slash = self.written(self.advance())
                quotient = Quotient(above, self.denominator(), self.since(start))
                factors, operators = [self.node(quotient)], []
                if slash != "/":
                    self.large.append(quotient)
            elif self.token("operator", "dot", "odot", "otimes"):
                operators.append(cast(ProductOp, self.advance().value))
                factors.append(self.dots() or self.signed_factor())
            elif self.token("operator", "dots") and self.multiplies(factors[-1]):
                operators.append("")
                factors.append(self.node(Dots(self.at(self.advance()))))
            elif self.starts_factor(self.token) and not self.holds_range(factors[-1]):
                self.refuse_adjacent_numbers(factors[-1])
                if self.belongs_below(factors):
                    factors[-1] = self.with_more_below(cast(Quotient, factors[-1]))
                else:
                    operators.append("")
                    factors.append(self.factor())
            else:
                self.depth = outside
                return self.folded(factors, operators, start)

    def folded(self, factors: list[Syntax], operators: list[ProductOp], start: int) -> Syntax:
        if len(factors) == 1:
            return factors[0]
        return self.node(Product(tuple(factors), tuple(operators), self.since(start)))

    def belongs_below(self, factors: list[Syntax]) -> bool:
        """Whether what follows a quotient is part of its denominator: x / 2 s."""
        return False

    def with_more_below(self, quotient: Quotient) -> Quotient:
        """x / 2 and s --> x / (2 s)."""
        first = quotient.denominator
        both = Product((first, self.factor()), ("",), self.since(first.span.start))
        span = self.since(quotient.span.start)
        return self.node(replace(quotient, denominator=self.node(both), span=span))

    def refuse_adjacent_numbers(self, before: Syntax) -> None:
        if isinstance(before, Num) and self.token.kind == "number":
            self.refuse("an operator between two numbers", "write the product with a sign")

    # signed_factor = [ "-" ] factor
    def signed_factor(self) -> Syntax:
        start = self.here
        if self.token("operator", "+", "-"):
            sign = self.sign()
            return self.node(Sum(((sign, self.factor()),), self.since(start)))
        return self.factor()

    def denominator(self) -> Syntax:
        return self.factor()

    # factor = power
    def factor(self) -> Syntax:
        """Every way down passes here: the place that limits the depth."""
        if not self.starts_factor(self.token) and self.token.kind != "bar":
            self.refuse_operand()
        self.deeper()
        result = self.power()
        self.depth -= 1
        return result

    def refuse_operand(self) -> NoReturn:
        if self.token("operator", "dots"):
            self.unsupported(
                "an ellipsis in an expression is not supported",
                self.at(self.token),
                r"write a sum or product over an index",
            )
        if self.token("operator", ":"):
            self.refuse_slice()
        self.refuse_assignment()
        if self.token("name", "else") or self.written(self.token) == "else":
            self.refuse("a number, name or bracket", "write cases as { a if i = 1; b otherwise }")
        self.refuse("a number, name or bracket")

    def refuse_assignment(self) -> None:
        """E003 for += and its kin."""
        before = self.tokens[self.position - 1]
        joined = before.kind == "operator" and before.end == self.token.start
        if self.position and joined and self.token("relation", "="):
            span = Span(self.source, before.start, self.token.end)
            raise DeltaruleError(
                "E003",
                f"'{self.source.text[span.start : span.end]}' is an assignment, not an equation",
                at=span,
                seen="'=' wanted here",
                help="give the new value a name or subscript of its own: h[t] = h[t-1] + x[t]",
            )

    # ------------------------------------------------------------------ sets

    # set = list of symbols or numbers, or a range
    def range_of(self, items: list[Syntax], start: int) -> Syntax:
        """{1, …, n} and {0, 1} as ranges; {a + b} as a group. E008 for lists of other things."""
        span = self.since(start)
        if len(items) == 1 and isinstance(items[0], Interval):
            return Interval(items[0].low, items[0].high, span)
        if len(items) == 1:
            return self.node(Group(items[0], span))
        values = [integer(item) for item in items]
        first = values[0]
        if first is not None and values == list(range(first, first + len(values))):
            return self.node(Interval(items[0], items[-1], span))
        for item, value in zip(items, values, strict=True):
            if value is None and not isinstance(item, Name):
                self.unsupported(
                    "this set is not supported", span, "sets are ranges of integers: {1, …, n}"
                )
        return self.node(Listed(tuple(items), span))

    # ------------------------------------------------------------------ big operators

    # body = [ sign ] convolution
    def body(self, head: Token) -> Syntax:
        start = self.here
        if self.token("operator", "+", "-"):
            sign = self.sign()
            return self.node(Sum(((sign, self.convolution()),), self.since(start)))
        if not self.starts_factor(self.token):
            help = "what is summed, multiplied or compared stands after the limits"
            self.refuse(f"the body of '{self.written(head)}'", help)
        return self.convolution()

    def big(self, head: Token, below: list[Syntax], above: Syntax | None, limits: Span) -> Syntax:
        body = self.body(head)
        op = cast(BigOp, head.value)
        made = self.node(Big(op, tuple(below), above, body, self.since(head.start), limits))
        whole = divided(made, any(body is quotient for quotient in self.large))
        if whole is not made and isinstance(whole, Quotient):
            self.large.append(whole)  # a sum around this one is divided too
        return whole
