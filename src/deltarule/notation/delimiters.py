"""What stands between brackets and between bars, in both notations.

group     = "(" chain ")"
arguments = "(" list ")"
brackets  = "[" list "]"
square    = "[" relation { "," relation } "]" | "[" sum "]"
absolute  = "|" sum "|"
norm      = "||" sum "||" [ "_" order ]
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from typing import NoReturn

from deltarule.errors import DeltaruleError
from deltarule.notation.dotted_ranges import DottedRanges
from deltarule.notation.operators import CLOSING
from deltarule.notation.shared_relations import spread
from deltarule.notation.syntax import (
    AbsoluteValue,
    Apply,
    Chain,
    Convolution,
    Group,
    Indexed,
    Iverson,
    Name,
    Norm,
    Raised,
    Stack,
    Syntax,
)
from deltarule.notation.tokens import Token

MAXIMUM_SUBSCRIPTS = 30


class Delimiters(DottedRanges, ABC):
    """Groups, arguments, subscripts in brackets, conditions in brackets, and what is between bars."""

    @abstractmethod
    def comma_list(self, item: Callable[[], Syntax] | None = None) -> list[Syntax]:
        """Relations, expressions or whole axes with separators between them."""

    # ------------------------------------------------------------------ between brackets

    def enclosed(self) -> Syntax:
        """The sum in the bracket that opens here."""
        opening = self.advance()
        body = self.inside()
        self.close(opening)
        return body

    def enclosed_list(self) -> list[Syntax]:
        """The list in the bracket that opens here."""
        opening = self.advance()
        items = self.inside_list()
        self.close(opening)
        return items

    def inside(self) -> Syntax:
        """A sum between brackets, where a bar opens again."""
        outer, self.bars = self.bars, False
        body = self.sum()
        self.bars = outer
        return body

    def inside_list(self, item: Callable[[], Syntax] | None = None) -> list[Syntax]:
        outer, self.bars = self.bars, False
        items = self.comma_list(item)
        self.bars = outer
        return items

    def close(self, opening: Token) -> None:
        wanted = CLOSING[opening.value]
        if self.token("operator", ":"):
            self.refuse_slice()
        if not self.token("close", wanted):
            dots = self.token("operator", "dots")
            help = "a range has two dots, 1..n, or commas: 1, ..., n" if dots else ""
            self.refuse(f"an operator or '{wanted}'", help)
        self.advance()

    def refuse_slice(self) -> NoReturn:
        if not self.depth:
            self.refuse(
                "an equation", "a function is defined as f(x) = …; ranges follow: for i = 1..n"
            )
        self.unsupported(
            "slices are not supported",
            self.at(self.token),
            "write an index for every element, as in sum(j=1..h) w[j] x[i+j-1]; a range is 1..n",
        )

    # group = "(" chain ")"
    def group(self) -> Syntax:
        start = self.here
        if self.holds(lambda token: token("separator", ",", ";")):
            return self.vector_in_parentheses(start)
        body = self.enclosed()
        return self.node(Group(body, self.since(start)))

    def vector_in_parentheses(self, start: int) -> Syntax:
        """(x, y) is E003: a vector is written [x; y]."""
        self.enclosed()
        raise AssertionError("a comma closes no parenthesis")

    # ------------------------------------------------------------------ after a symbol

    # arguments = "(" list ")"
    def arguments(self) -> tuple[Syntax, ...]:
        items = self.enclosed_list()
        return tuple(items)

    def call(self, head: Syntax, primes: int = 0) -> Apply:
        arguments = self.arguments()
        return self.node(Apply(head, primes, arguments, True, self.since(head.span.start)))

    # brackets = "[" list "]"
    def brackets(self, base: Syntax) -> Syntax:
        items = self.enclosed_list()
        self.refuse_relations(items)
        if isinstance(base, Group) and isinstance(base.body, Convolution):
            return self.convolved_at(base, base.body, tuple(items))
        return self.node(Indexed(base, tuple(items), "bracket", self.since(base.span.start)))

    def convolved_at(self, base: Group, whole: Convolution, places: tuple[Syntax, ...]) -> Syntax:
        """(I * K)(i, j): the convolution of I and K there."""
        for side in (whole.left, whole.right):
            if not isinstance(side, Name):
                self.unsupported(
                    "only two arrays can be convolved and read at a place",
                    side.span,
                    "give the expression a name with an equation of its own",
                )
        left, right = (
            self.node(Indexed(side, places, "bracket", side.span))
            for side in (whole.left, whole.right)
        )
        span = self.since(base.span.start)
        return self.node(Group(self.node(Convolution(left, right, span, whole.kind)), span))

    def refuse_relations(self, subscripts: list[Syntax]) -> None:
        if len(subscripts) > MAXIMUM_SUBSCRIPTS:
            raise DeltaruleError(
                "E007",
                f"an element has more than {MAXIMUM_SUBSCRIPTS} subscripts",
                at=subscripts[MAXIMUM_SUBSCRIPTS].span,
                seen="the limit is reached here",
                help="use fewer",
            )
        for item in subscripts:
            if isinstance(item, Chain):
                self.wrong("a subscript", item)

    # ------------------------------------------------------------------ square brackets alone

    # square = "[" relation { "," relation } "]" | "[" sum "]"
    def square(self, start: int) -> Syntax:
        bars = self.holds(lambda token: token("separator", "mid"))
        items = self.enclosed_list()
        if any(isinstance(item, Chain) for item in items):
            return self.iverson(items, start)
        if len(items) > 1:
            return self.node(Stack(tuple(items), self.since(start), bars))
        return self.node(Group(items[0], self.since(start)))

    def iverson(self, items: list[Syntax], start: int) -> Iverson:
        conditions = self.all_conditions(items, "k = j")
        return self.node(Iverson(tuple(conditions), self.since(start)))

    def all_conditions(self, items: list[Syntax], example: str) -> list[Syntax]:
        """A list of conditions, where i, j = 1 says it of both. E003 for what is none."""
        conditions = spread(items)
        for item in conditions:
            if not isinstance(item, Chain):
                self.wrong(f"a condition such as {example}", item)
        return conditions

    def wrong(self, wanted: str, item: Syntax, help: str = "") -> NoReturn:
        """E003: what was read is not what belongs here."""
        raise DeltaruleError(
            "E003",
            f"expected {wanted}, found '{self.source.text[item.span.start : item.span.end]}'",
            at=item.span,
            seen=f"{wanted} wanted here",
            help=help,
        )

    # ------------------------------------------------------------------ bars

    # absolute = "|" sum "|"            norm = "||" sum "||" [ "_" order ]
    def between_bars(self) -> Syntax:
        opening = self.advance()
        outer, self.bars = self.bars, True
        body = self.sum()
        self.bars = outer
        if self.token.kind != "bar":
            self.refuse_open_bar(opening)
        if len(opening.value) == 1:
            self.split(1)
            if self.orders_a_norm():
                return self.node(Norm(body, self.norm_order(), self.since(opening.start)))
            return self.node(AbsoluteValue(body, self.since(opening.start)))
        if self.token.value != opening.value:
            self.refuse_open_bar(opening)
        self.advance()
        order = self.norm_order()
        return self.node(Norm(body, order, self.since(opening.start)))

    def orders_a_norm(self) -> bool:
        r"""Whether a number or \infty stands below the bar: |v|_1 is a norm, |v|_i an element."""
        inner = self.peek(2) if self.peek()("open", "{") else self.peek()
        below = inner.kind == "number" or self.written(inner) in ("\\infty", "∞")
        return self.token("operator", "_") and below

    @abstractmethod
    def norm_order(self) -> Syntax | None:
        """The p of ||v||_p, if it is written."""

    def refuse_open_bar(self, opening: Token) -> NoReturn:
        raise DeltaruleError(
            "E002",
            f"'{self.written(opening)}' is never closed",
            at=self.at(opening),
            seen="opened here",
            help=f"close it with {self.written(opening)}",
        )


def is_convolution(base: Syntax) -> bool:
    """Whether brackets right after it say where it is read: (I * K)(i, j)."""
    return isinstance(base, Group) and isinstance(base.body, Convolution)


def is_callable(base: Syntax) -> bool:
    """Whether parentheses right after it may hold arguments."""
    if isinstance(base, Indexed | Raised):
        return is_callable(base.base)
    return isinstance(base, Name)
