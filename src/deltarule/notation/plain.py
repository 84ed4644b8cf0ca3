"""Plain-text equations --> statements.

power   = postfix [ "^" [ "-" ] power ]
postfix = primary { "[" list "]" | "(" list ")" | "'" }
primary = number | name | function | big operator | "(" sum ")" | "{" cases "}" | bars
        | derivative | Iverson bracket
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from deltarule.notation.delimiters import is_callable
from deltarule.notation.plain_big_operators import PlainBigOperators
from deltarule.notation.plain_tokens import NAME, tokenize
from deltarule.notation.recursion import room_for_recursion
from deltarule.notation.statements import Draft
from deltarule.notation.syntax import (
    Apply,
    Cases,
    Derivative,
    Group,
    Indexed,
    Name,
    Norm,
    Num,
    Power,
    RealSpace,
    Statement,
    Syntax,
    Transposed,
)
from deltarule.notation.tokens import Token
from deltarule.source import Source, Span


def parse(source: Source, start: int, end: int) -> list[Statement]:
    """The statements in source.text[start:end]. E001, E002, E003, E006, E007 or E008 otherwise."""
    with room_for_recursion(Span(source, start, end)):
        return PlainParser(source, tokenize(source, start, end)).statements()


POSITIONS = frozenset("123456789")  # of arguments


class PlainParser(PlainBigOperators):
    """The primaries of plain text. `tight` is set where a space ends an operand: 1/n (a + b)."""

    def __init__(self, source: Source, tokens: list[Token]) -> None:
        super().__init__(source, tokens)
        self.standing_alone = self.names_alone()

    def all_follow(self, draft: Draft) -> bool:
        return draft.quantified >= 0

    def multiplies(self, before: Syntax) -> bool:
        return not isinstance(before, Num) and self.token.spaced

    # ------------------------------------------------------------------ powers and postfixes

    # power = postfix [ "^" [ "-" ] power ]
    def power(self) -> Syntax:
        start, outside = self.here, self.depth
        base = self.postfix()
        while self.transposes():
            self.deeper()
            self.advance()
            self.advance()
            base = self.node(Transposed(base, self.since(start)))
        if self.accept("operator", "^"):
            base = self.node(Power(base, self.exponent(), self.since(start)))
        self.depth = outside
        return base

    def transposes(self) -> bool:
        """^T, with nothing that would make T an element."""
        following = self.peek(2)
        return (
            self.token("operator", "^")
            and self.peek()("name", "T")
            and not (following("open", "[") and not following.spaced)
            and not following("operator", "^")
        )

    def exponent(self) -> Syntax:
        if self.token("operator", "+"):  # A^+ b, where the sign is no sign of b
            self.refuse(
                "an exponent", "a label has a name, A_plus; an exponent has no sign, or a minus"
            )
        outer, self.tight = self.tight, True
        exponent = self.signed_factor()
        self.tight = outer
        return exponent

    def denominator(self) -> Syntax:
        outer, self.tight = self.tight, True
        denominator = self.factor()
        self.tight = outer
        return denominator

    # postfix = primary { "'" } { "[" list "]" | "(" list ")" }
    def postfix(self) -> Syntax:
        return self.extended(self.primary())

    def extended(self, base: Syntax) -> Syntax:
        outside = self.depth
        while True:
            primes = self.primes()
            if primes == 1 and isinstance(base, Name) and (by := self.partials()):
                base = replace(self.call(base, len(by)), partials=by)
                self.deeper()
                continue
            called = self.token("open", "(") and not (self.tight and self.token.spaced)
            called = called and not self.holds_range(base)
            if primes and isinstance(base, Name) and not called:
                base = replace(
                    base,
                    name=base.name + "'" * primes,
                    latex=base.latex + "'" * primes,
                    span=self.since(base.span.start),
                )
            if called and is_callable(base):
                base = self.call(base, primes)
            elif self.token("open", "[") and self.takes_brackets(base):
                base = self.brackets(base)
            elif not primes:
                self.depth = outside
                return base
            self.deeper()

    def partials(self) -> tuple[int, ...]:
        """The [1,2] of f'[1,2](a, b), read; nothing where no call follows."""
        if not self.token("open", "[") or self.token.spaced:
            return ()
        found: list[int] = []
        ahead = 1
        while self.peek(ahead).kind == "number" and self.peek(ahead).value in POSITIONS:
            found.append(int(self.peek(ahead).value))
            ahead += 2
            if not self.peek(ahead - 1)("separator", ","):
                break
        opens = self.peek(ahead)
        if not self.peek(ahead - 1)("close", "]") or not opens("open", "(") or opens.spaced:
            return ()
        for _ in range(ahead):
            self.advance()
        return tuple(found)

    def primes(self) -> int:
        count = 0
        while self.token("operator", "'"):
            count += 1
            self.refuse_beyond(count, "the number of primes is greater than")
            self.advance()
        return count

    def takes_brackets(self, base: Syntax) -> bool:
        if not isinstance(base, Name | Indexed | Apply | Group):
            return False
        return not self.holds_relation() and not (self.tight and self.token.spaced)

    # ------------------------------------------------------------------ primaries

    def primary(self) -> Syntax:
        token = self.token
        match token.kind:
            case "number":
                return self.number()
            case "name":
                return self.sum_below() or self.slashed_derivative() or self.name()
            case "function":
                return self.function()
            case "big":
                return self.big_operator()
            case "bar":
                return self.between_bars()
            case "command":
                return self.partial_derivative()
        if token.value == "(":
            return self.group()
        if token.value == "[":
            return self.square(token.start)
        return self.braced()

    def inside(self) -> Syntax:
        outer, self.tight = self.tight, False
        body = super().inside()
        self.tight = outer
        return body

    def inside_list(self, item: Callable[[], Syntax] | None = None) -> list[Syntax]:
        outer, self.tight = self.tight, False
        items = super().inside_list(item)
        self.tight = outer
        return items

    # number = digits | "1" "[" conditions "]"
    def number(self) -> Syntax:
        token = self.advance()
        if token.value == "1" and self.token("open", "[") and self.holds_relation():
            return self.square(token.start)
        return self.node(Num(token.value, self.at(token)))

    # name = letters | "norm" "(" sum [ "," order ] ")"
    def name(self) -> Syntax:
        token = self.advance()
        if token.value == "norm" and self.token("open", "("):
            return self.norm_call(token)
        return self.named(token)

    def named(self, token: Token) -> Name:
        return self.node(Name(token.value, token.value, self.at(token)))

    def norm_call(self, token: Token) -> Syntax:
        items = self.enclosed_list()
        span = self.since(token.start)
        if len(items) > 2:
            self.unsupported("a norm of several vectors is not supported", span, "norm(v, order)")
        return self.node(Norm(items[0], items[1] if len(items) == 2 else None, span))

    # function = name { "'" } ( "(" list ")" | factor )
    def function(self) -> Syntax:
        token = self.advance()
        head = self.named(token)
        primes = self.primes()
        if self.token("open", "(") and not (self.tight and self.token.spaced):
            return self.call(head, primes)
        element = self.token("open", "[") and self.takes_brackets(head)
        if element or self.tight or not self.starts_factor(self.token):
            return replace(head, name=head.name + "'" * primes)
        argument = self.factor()
        return self.node(Apply(head, primes, (argument,), False, self.since(token.start)))

    # braced = "{" branch { ";" branch } "}" | "{" list "}"
    def braced(self) -> Syntax:
        opening = self.token
        is_cases = self.holds(lambda t: t.kind == "word")
        if is_cases:
            return self.cases()
        self.advance()
        items = self.inside_list()
        self.close(opening)
        return self.range_of(items, opening.start)

    def cases(self) -> Syntax:
        opening = self.advance()
        bars, tight = self.bars, self.tight
        self.bars = self.tight = False
        branches = self.branches()
        while self.accept("separator", ";") and not self.token("close"):
            branches += self.branches()
        self.bars, self.tight = bars, tight
        if not self.token("close"):
            self.refuse("';' or '}'")
        self.advance()
        return self.node(Cases(tuple(branches), self.since(opening.start)))

    # branch = sum ( "if" alternatives | "otherwise" )
    def branch(self) -> tuple[Syntax, list[tuple[Syntax, ...]] | None]:
        value = self.sum()
        self.accept("separator", ",")
        if self.accept("word", "otherwise"):
            return value, None
        if not self.accept("word", "if", "for"):
            self.refuse("'if' and a condition, or 'otherwise'")
        return value, self.alternatives()

    def case_ends(self) -> bool:
        return self.token.kind == "close" or self.token("separator", ";")

    def between_conditions(self) -> bool:
        return bool(self.accept("separator", ",") or self.accept("word", "and"))

    # ------------------------------------------------------------------ derivatives

    def names_alone(self) -> frozenset[str]:
        """Names outside of dE/dx: `depth/dim` is a quotient if depth is a name elsewhere."""
        found: set[str] = set()
        for index, token in enumerate(self.tokens):
            before = self.tokens[index - 1] if index else None
            after = self.tokens[min(index + 1, len(self.tokens) - 1)]
            beside = after("operator", "/") or (before is not None and before("operator", "/"))
            if token.kind == "name" and not beside:
                found.add(token.value)
        return frozenset(found)

    # derivative = "d" name "/" "d" element, without spaces
    def slashed_derivative(self) -> Syntax | None:
        token, slash, below = self.token, self.peek(1), self.peek(2)
        joined = slash("operator", "/") and not slash.spaced and not below.spaced
        if not (joined and self.is_differential(token) and self.is_differential(below)):
            return None
        self.advance()
        self.advance()
        self.advance()
        of = self.without_d(token)
        by = self.differentiated(self.without_d(below))
        return self.node(Derivative(of, by, self.since(token.start)))

    def differentiated(self, name: Name) -> Syntax:
        """The element: its subscripts belong to it, a bracket after a space is another factor."""
        if self.token("open", "[") and not self.token.spaced and not self.holds_relation():
            return self.brackets(name)
        return name

    def is_differential(self, token: Token) -> bool:
        """dE: d, and a name of its own after it."""
        text = self.written(token)
        named = token.kind == "name" and text.startswith("d") and text[1:2] != "_"
        whole = NAME.fullmatch(text[1:]) is not None
        return named and whole and token.value not in self.standing_alone

    def without_d(self, token: Token) -> Name:
        name = token.value[1:]
        return self.node(Name(name, name, Span(self.source, token.start + 1, token.end)))

    # derivative = "∂" name "/" "∂" element
    def partial_derivative(self) -> Syntax:
        start = self.advance().start
        of = self.element()
        self.expect("operator", "/", "'/' and a second ∂")
        if not self.accept("command", "partial"):
            self.refuse("a second ∂", "write the derivative as ∂E/∂xi[i,j]")
        by = self.element()
        return self.node(Derivative(of, by, self.since(start)))

    def element(self) -> Syntax:
        if self.token.kind != "name":
            self.refuse("a name after ∂")
        return self.differentiated(self.named(self.advance()))

    # ------------------------------------------------------------------ spaces, norms

    # real_space = "R" [ "^" ( number | name | "(" sum { "x" sum } ")" ) ]
    def real_space(self) -> RealSpace | None:
        if not self.token("name", "R"):
            return None
        start = self.advance().start
        if not self.accept("operator", "^"):
            return self.node(RealSpace((), self.since(start)))
        if self.token("open", "("):
            self.mark_dimensions()
            dimensions = self.arguments()
        else:
            dimensions = (self.exponent(),)
        return self.node(RealSpace(dimensions, self.since(start)))

    def mark_dimensions(self) -> None:
        """The letter x (and ×) between dimensions separates them: R^(m x n)."""
        for place in self.places_inside():
            token = self.tokens[place]
            if token("name", "x") or (token("operator", "dot") and self.written(token) == "×"):
                self.tokens[place] = replace(token, kind="separator", value=",")

    def norm_order(self) -> Syntax | None:
        """The p of ||v||_p: a number or a name."""
        if not self.accept("operator", "_"):
            return None
        if self.token.kind not in ("number", "name"):
            self.refuse("the order of the norm")
        return self.primary()
