r"""Sums, products, maxima and their limits in plain text.

sum(k=1..n) x[k] = sum_{k=1}^n x[k] = sum(x[k], k=1..n) = sum(x[k] for k=1..n),  sum_k x[k] = sum(k) x[k]

`sum_k` is also a name as any other. It is a sum where something follows that it could only multiply, and
this has the subscript k; a text that uses sum_k otherwise, as in sum_k = 1, has a name.
"""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import replace
from typing import cast

from deltarule.notation.conditions import Conditions
from deltarule.notation.grammar import BigOp
from deltarule.notation.operators import BIG_COMMANDS
from deltarule.notation.syntax import Big, Chain, Interval, Name, Syntax
from deltarule.notation.tokens import Token


class PlainBigOperators(Conditions):
    """A big operator, what it runs over, and its body. `tight` is set where a space ends an operand."""

    tight = False

    @abstractmethod
    def named(self, token: Token) -> Name:
        """The name that a token is."""

    @abstractmethod
    def primary(self) -> Syntax:
        """A number, a name or what is in brackets, without what follows it."""

    # big = op "(" limits ")" body | op "(" sum "," limits ")" | op "(" sum "for" limits ")"
    #     | op low_limits body | op "(" arguments ")"
    def big_operator(self) -> Syntax:
        head = self.advance()
        if self.accept("operator", "_"):
            return self.over(head, self.low_limits())
        if not self.token("open", "("):
            text = self.written(head)
            self.refuse(f"'(' after '{text}'", f"write {text}(k=1..n) and what it runs over")
        if not self.holds_limits():
            return self.call(self.named(replace(head, value=self.written(head))))
        opening = self.advance()
        items = self.inside_list()
        if self.accept("word", "for"):
            items += self.inside_list()
        self.close(opening)
        first, *others = items
        if others and not isinstance(first, Chain | Interval | Name):
            made = Big(
                cast(BigOp, head.value),
                tuple(others),
                None,
                first,
                self.since(head.start),
                self.since(opening.start),
            )
            return self.node(made)
        return self.over(head, (items, None))

    def over(self, head: Token, limits: tuple[list[Syntax], Syntax | None]) -> Syntax:
        """The operator with what follows as its body."""
        at = self.since(head.start)
        outer, self.tight = self.tight, False
        result = self.big(head, limits[0], limits[1], at)
        self.tight = outer
        return result

    # low_limits = ( name | "{" list "}" ) [ "^" ( number | name | "{" sum "}" | "(" sum ")" ) ]
    def low_limits(self) -> tuple[list[Syntax], Syntax | None]:
        if not self.token("open", r"\{"):
            below: list[Syntax] = [self.named(self.advance())]
        else:
            below = self.enclosed_list()
        if not self.accept("operator", "^"):
            return below, None
        if self.token.kind == "open":
            return below, self.enclosed()
        if self.token.kind not in ("number", "name"):
            self.refuse("the upper limit")
        bound = self.primary()
        if self.token("operator", "+", "-") and not self.token.spaced:
            self.refuse("a space or the body", "put the upper limit into braces: sum_{k=1}^{n-1}")
        return below, bound

    def holds_limits(self) -> bool:
        """Relations and ranges, or bare names with a body after them."""
        if self.holds(lambda t: t.kind == "relation" or t("operator", "..")):
            return True
        close = self.partners[self.position]
        bare = all(
            t.kind == "name" or t("separator", ",") or t("operator", "'")
            for t in self.tokens[self.position + 1 : close]
        )
        return bare and self.starts_factor(self.tokens[close + 1])

    # ------------------------------------------------------------------ sum_k x[k]

    def sum_below(self) -> Syntax | None:
        """sum_k x[k], where a sum and no name stands here. E006 where both may be."""
        token = self.token
        word, line, index = token.value.partition("_")
        if not line or not index or word not in BIG_COMMANDS:
            return None
        self.refuse_open_limits(word, index)
        if self.is_name(token.value):
            return None
        runs, ends_so = self.runs(index)
        if ends_so and not runs:
            self.ambiguous(
                self.at(token),
                f"for the sum, write the elements with brackets: {word}({index}) {ends_so}[{index}]",
            )
        if not runs:
            return None
        self.advance()
        middle = token.start + len(word)
        head = Token("big", BIG_COMMANDS[word], token.start, middle, token.spaced)
        below = self.named(Token("name", index, middle + 1, token.end))
        return self.over(head, ([below], None))

    def refuse_open_limits(self, word: str, index: str) -> None:
        """E003 for sum_k=1^n, which would be an equation about sum_k."""
        equal, number, raised = self.peek(1), self.peek(2), self.peek(3)
        if equal("relation", "=") and number.kind == "number" and raised("operator", "^"):
            self.advance()
            limits = f"{word}_{{{index}={number.value}}}^n"
            self.refuse("the body of the sum", f"put the limits into braces, {limits}")

    def is_name(self, name: str) -> bool:
        """Whether it stands once where no sum can: without a body after it."""
        places = [i for i, token in enumerate(self.tokens) if token("name", name)]
        following = (self.tokens[i + 1] for i in places)
        return any(t("open", "[") or not self.starts_factor(t) for t in following)

    def runs(self, index: str) -> tuple[bool, str]:
        """Whether what follows in this line has the index in brackets; and the x of an x_k that follows."""
        ends_so = ""
        depth = 0
        for token in self.tokens[self.position + 1 :]:
            if token("separator", "line"):
                break
            depth += (token.kind == "open") - (token.kind == "close")
            if depth > 0 and token("name", index):
                return True, ""
            base, line, last = token.value.rpartition("_")
            if token.kind == "name" and line and base and last == index:
                ends_so = ends_so or base
        return False, ends_so
