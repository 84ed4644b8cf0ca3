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
from deltarule.notation.divided_sums import divided
from deltarule.notation.dotted_ranges import DottedRanges, integer
from deltarule.notation.operators import CLOSING
from deltarule.notation.shared_relations import spread
from deltarule.notation.syntax import (
    AbsoluteValue,
    Apply,
    Big,
    Chain,
    ChainOp,
    Convolution,
    Dots,
    Group,
    Indexed,
    Interval,
    Iverson,
    Listed,
    Name,
    Norm,
    Num,
    Product,
    Quotient,
    Raised,
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
MAXIMUM_SUBSCRIPTS = 30


class Grammar(DottedRanges, ABC):
    """The ladder of operators. `bars` is whether a bar closes what a bar has opened."""

    bars = False

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
        opening = self.advance()
        items = self.inside_list()
        self.close(opening)
        return self.node(Without(whole, tuple(items), self.since(whole.span.start)))

    # list = item { "," item },  item = chain | ":"
    def comma_list(self) -> list[Syntax]:
        items = [self.list_item()]
        while self.accept("separator", ",", ";", "row", "mid") or self.accept("word", "and"):
            items.append(self.list_item())
        return items

    def list_item(self) -> Syntax:
        colon, after = self.token, self.peek()
        if colon("operator", ":") and (after("separator", ",", ";") or after.kind == "close"):
            self.advance()
            return self.node(Whole(self.at(colon)))
        if colon("operator", ":") and self.tokens[self.position - 1]("separator", "row"):
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

    # convolution = product { "*" product }
    def convolution(self) -> Syntax:
        start, outside = self.here, self.depth
        left = self.product()
        while self.token("operator", "conv"):
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
                slash = self.written(self.advance())
                quotient = Quotient(
                    self.folded(factors, operators, start), self.denominator(), self.since(start)
                )
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
                    below = cast(Quotient, factors[-1])
                    first = below.denominator
                    pair = (first, self.factor())
                    both = Product(pair, ("",), self.since(first.span.start))
                    whole = replace(below, denominator=self.node(both), span=self.since(start))
                    factors[-1] = self.node(whole)
                    continue
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
        after = self.peek()
        if self.token("operator", "conv") and (after("separator", ",", ";") or after("close", "}")):
            self.unsupported(
                "an asterisk for all of an axis is not supported",
                self.at(self.token),
                "write a colon, U_{:,i}, or an index for every element",
            )
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

    def starts_factor(self, token: Token) -> bool:
        if token.kind == "bar":
            return not self.bars
        if token.kind == "open":
            return True
        return token.kind in ("number", "name", "function", "big", "command", "begin")

    # ------------------------------------------------------------------ brackets

    # group = "(" chain ")"
    def group(self) -> Syntax:
        start = self.here
        if self.holds(lambda token: token("separator", ",", ";")):
            return self.vector_in_parentheses(start)
        opening = self.advance()
        body = self.inside(opening)
        self.close(opening)
        return self.node(Group(body, self.since(start)))

    def vector_in_parentheses(self, start: int) -> Syntax:
        """(x, y) is E003: a vector is written [x; y]."""
        opening = self.advance()
        self.inside(opening)
        self.close(opening)
        raise AssertionError("a comma closes no parenthesis")

    def inside(self, opening: Token) -> Syntax:
        """A sum between brackets, where a bar opens again."""
        outer, self.bars = self.bars, False
        body = self.sum()
        self.bars = outer
        return body

    def inside_list(self) -> list[Syntax]:
        outer, self.bars = self.bars, False
        items = self.comma_list()
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

    # arguments = "(" list ")"
    def arguments(self) -> tuple[Syntax, ...]:
        opening = self.advance()
        items = self.inside_list()
        self.close(opening)
        return tuple(items)

    # brackets = "[" list "]"
    def brackets(self, base: Syntax) -> Syntax:
        opening = self.advance()
        items = self.inside_list()
        self.close(opening)
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

    def holds_relation(self) -> bool:
        """Whether the bracket that opens here holds a relation, so that it is a condition."""
        return self.holds(lambda token: token.kind == "relation")

    def holds_relation_at(self, position: int) -> bool:
        """Whether the bracket that opens there holds a relation, however deep."""
        close = self.partners[position]
        return any(token.kind == "relation" for token in self.tokens[position:close])

    def holds(self, wanted: Callable[[Token], bool]) -> bool:
        """Whether the bracket that opens here has such a token, not within brackets inside it."""
        index, close = self.position + 1, self.partners[self.position]
        while index < close:
            if wanted(self.tokens[index]):
                return True
            index = self.partners.get(index, index) + 1
        return False

    # square = "[" relation { "," relation } "]" | "[" sum "]"
    def square(self, start: int) -> Syntax:
        bars = self.holds(lambda token: token("separator", "mid"))
        opening = self.advance()
        items = self.inside_list()
        self.close(opening)
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
            return self.node(AbsoluteValue(body, self.since(opening.start)))
        if self.token.value != opening.value:
            self.refuse_open_bar(opening)
        self.advance()
        order = self.norm_order()
        return self.node(Norm(body, order, self.since(opening.start)))

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
        known = [v for v in values if v is not None]
        consecutive = len(known) == len(values) and known == list(
            range(known[0], known[0] + len(known))
        )
        if not consecutive and all(
            isinstance(item, Name) or integer(item) is not None for item in items
        ):
            return self.node(Listed(tuple(items), span))
        if not consecutive:
            self.unsupported(
                "this set is not supported", span, "sets are ranges of integers: {1, …, n}"
            )
        return self.node(Interval(items[0], items[-1], span))

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

    def call(self, head: Syntax, primes: int = 0) -> Apply:
        arguments = self.arguments()
        return self.node(Apply(head, primes, arguments, True, self.since(head.span.start)))


def is_convolution(base: Syntax) -> bool:
    """Whether brackets right after it say where it is read: (I * K)(i, j)."""
    return isinstance(base, Group) and isinstance(base.body, Convolution)


def is_callable(base: Syntax) -> bool:
    """Whether parentheses right after it may hold arguments."""
    if isinstance(base, Indexed | Raised):
        return is_callable(base.base)
    return isinstance(base, Name)
