r"""Ranges whose middle is dots.

1, 2, \dots, n    0, \dots n - 1    1, 2, 3, \dots, n    -->   1..n, 0..n-1, 1..n
T, T - 1, \dots, 1                                       -->   1..T
k = 1, 2, \dots    t = T, T - 1, \dots                   -->   k >= 1, t <= T
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import replace
from itertools import pairwise

from deltarule.notation import tree
from deltarule.notation.lookahead import Lookahead
from deltarule.notation.syntax import Chain, Dots, Interval, Name, Num, Sum, Syntax
from deltarule.notation.tokens import Token
from deltarule.source import Span


class DottedRanges(Lookahead, ABC):
    """What is read between the first number of a range and its last."""

    @abstractmethod
    def sum(self) -> Syntax:
        """A number of the range."""

    # interval = sum [ ".." sum | "…" sum | { "," sum } "," "…" [ [ "," ] sum ] ]
    def interval(self) -> Syntax:
        start = self.here
        first = self.sum()
        if self.accept("operator", ".."):
            return self.node(Interval(first, self.sum(), self.since(start)))
        if self.token("operator", "dots") and self.joins_range():
            self.advance()
            return self.node(Interval(first, self.sum(), self.since(start)))
        following = self.elements_before_dots(first)
        if following is None:
            return first
        self.advance()
        dots = self.node(Dots(self.at(self.advance())))
        last = self.sum() if self.last_follows() else dots
        return self.dotted_range(first, following, last, self.since(start))

    def joins_range(self) -> bool:
        """Whether dots without commas beside them make a range."""
        return False

    def elements_before_dots(self, first: Syntax) -> list[Syntax] | None:
        """The 2 of `1, 2, …`, read; None where no dots follow, or where x, y, 1 stand before."""
        count = self.count_before_dots()
        if count is None:
            return None
        start, end, found = self.position, self.last_end, list[Syntax]()
        for _ in range(count):
            self.advance()
            found.append(self.sum())
        if count > 1 and None in _steps(first, found):
            self.position, self.last_end = start, end
            return None
        return found

    def count_before_dots(self) -> int | None:
        """How many elements stand between the comma here and dots; several only if they are simple."""
        index, count, simple = self.position, 0, True
        while self.tokens[index]("separator", ","):
            index += 1
            if self.tokens[index]("operator", "dots"):
                return count if count < 2 or simple else None
            while self.tokens[index].kind not in ("separator", "relation", "word", "end", "close"):
                if self.tokens[index]("operator", "dots"):
                    return None
                simple = simple and _is_simple(self.tokens[index])
                index = self.partners.get(index, index) + 1
            count += 1
        return None

    def last_follows(self) -> bool:
        """Whether the last number of a range stands after its dots, with a comma before it or none."""
        comma = self.token("separator", ",")
        after = self.peek() if comma else self.token
        if not self.starts_factor(after) and not after("operator", "-", "+"):
            return False
        if comma and after.kind == "name" and self.peek(2).kind == "relation":
            return False  # k = 1, 2, …, z = 3
        self.accept("separator", ",")
        return True

    def dotted_range(
        self, first: Syntax, following: list[Syntax], last: Syntax, span: Span
    ) -> Syntax:
        """1, 2, …, n upwards; T, T-1, …, 1 downwards, which is the same set."""
        steps = _steps(first, following) or {1}
        if steps == {-1} or (not following and _is_downwards(first, last)):
            return self.node(Interval(last, first, span))
        if steps != {1}:
            self.unsupported(
                "a range in other steps than one is not supported",
                span,
                "write i = 1, …, n and 2 i",
            )
        return self.node(Interval(first, last, span))

    def without_end(self, chain: Chain) -> Chain:
        """k = 1, 2, …  -->  k >= 1. E003 where dots end something else: y_i in {0, 1, …}."""
        first, last = chain.operands[0], chain.operands[-1]
        if not isinstance(last, Interval):
            return chain
        alone = isinstance(first, Name) and chain.ops in (("=",), ("in",))
        if alone and isinstance(last.high, Dots):
            return replace(chain, operands=(first, last.low), ops=(">=",))
        if alone and isinstance(last.low, Dots):
            return replace(chain, operands=(first, last.high), ops=("<=",))
        end = last.low if isinstance(last.low, Dots) else last.high
        if isinstance(end, Dots):
            self.unsupported(
                "numbers without an end are no values",
                end.span,
                "write the last number after the dots, as in {0, 1, …, n}",
            )
        return chain


def _is_simple(token: Token) -> bool:
    """Part of T, T - 1, 2: what can be read twice."""
    return token.kind in ("number", "name") or token("operator", "+", "-")


def _is_downwards(first: Syntax, last: Syntax) -> bool:
    """T, …, 1, but -1, …, 1 and -k, …, 0 run upwards."""
    low, high = integer(first), integer(last)
    if high is None or (low is None and isinstance(first, Sum) and first.terms[0][0] < 0):
        return False
    return low is None or low > high


def _steps(first: Syntax, following: list[Syntax]) -> set[int | None]:
    """From each to the next; None where one has no number in it that counts."""
    return {_step(one, other) for one, other in pairwise([first, *following])}


def _step(first: Syntax, second: Syntax) -> int | None:
    """-1 for T, T - 1."""
    (base, start), (other, following) = _offset(first), _offset(second)
    return following - start if base == other else None


def _offset(node: Syntax) -> tuple[object, int]:
    """T and -1 for T - 1."""
    terms = node.terms if isinstance(node, Sum) else ((1, node),)
    number = 0
    rest: list[object] = []
    for sign, term in terms:
        value = integer(term)
        if value is None:
            rest.append((sign, tree.key(term)))
        else:
            number += sign * value
    return tuple(rest), number


def integer(item: Syntax) -> int | None:
    """The value of 3 and of -3."""
    if isinstance(item, Num) and item.text.isdigit():
        return int(item.text)
    if isinstance(item, Sum) and len(item.terms) == 1:
        inner = integer(item.terms[0][1])
        return None if inner is None else item.terms[0][0] * inner
    return None
