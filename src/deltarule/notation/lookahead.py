"""What stands ahead, before it is read: the tokens of a bracket, and whether an operand begins."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeVar

from deltarule.notation.syntax import Name, Syntax
from deltarule.notation.tokens import Cursor, Token

T = TypeVar("T")


class Lookahead(Cursor):
    """Questions about the tokens from here on. `bars` is whether a bar closes what a bar has opened."""

    bars = False

    def starts_factor(self, token: Token) -> bool:
        """Whether an operand begins with this token."""
        if token.kind == "bar":
            return not self.bars
        if token.kind == "open":
            return True
        return token.kind in ("number", "name", "function", "big", "command", "begin")

    def places_inside(self) -> Iterator[int]:
        """Where the tokens of the bracket that opens here stand, without those of brackets inside it."""
        index, close = self.position + 1, self.partners[self.position]
        while index < close:
            yield index
            index = self.partners.get(index, index) + 1

    def holds(self, wanted: Callable[[Token], bool]) -> bool:
        """Whether the bracket that opens here has such a token, not within brackets inside it."""
        return any(wanted(self.tokens[place]) for place in self.places_inside())

    def holds_relation(self) -> bool:
        """Whether the bracket that opens here holds a relation, so that it is a condition."""
        return self.holds(lambda token: token.kind == "relation")

    def holds_relation_at(self, position: int) -> bool:
        """Whether the bracket that opens there holds a relation, however deep."""
        close = self.partners[position]
        return any(token.kind == "relation" for token in self.tokens[position:close])

    def holds_range(self, after: Syntax | None = None) -> bool:
        r"""Whether the parentheses here hold a range, (i = 2, \dots, n), and nothing follows them.

        (1 \leq u \leq n) is one too, unless it follows a symbol: I(0 \leq u \leq 1) is an indicator.
        """
        if not self.token("open", "("):
            return False
        close = self.partners[self.position]
        if self.tokens[close + 1].kind not in ("separator", "word", "end"):
            return False
        if self.peek(1).kind == "name" and self.peek(2)("relation", "=", "in"):
            inside = self.tokens[self.position : close]
            return any(t("operator", "dots", "..") for t in inside)
        between = self.peek(2)("relation", "<", "<=") and self.peek(4)("relation", "<", "<=")
        return between and self.peek(3).kind == "name" and not isinstance(after, Name)

    def ahead(self, read: Callable[[], T]) -> T:
        """What `read` finds from here on, which is read again afterwards."""
        tokens, position, last_end = self.tokens.copy(), self.position, self.last_end
        depth, nodes = self.depth, self.nodes
        found = read()
        self.tokens, self.position, self.last_end = tokens, position, last_end
        self.depth, self.nodes = depth, nodes
        return found
