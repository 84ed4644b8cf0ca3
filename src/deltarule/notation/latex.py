r"""LaTeX equations --> statements.

power      = primary { "_" argument | "^" argument | "'" | "[" list "]" | "(" list ")" }
primary    = number | name | function | big operator | fraction | root | derivative
           | brackets | bars | cases | Iverson bracket | style name
"""

from __future__ import annotations

from dataclasses import replace
from typing import Literal, NoReturn

from deltarule.errors import DeltaruleError
from deltarule.notation import tree
from deltarule.notation.latex_names import FRACTIONS, LatexNames
from deltarule.notation.latex_tokens import tokenize
from deltarule.notation.operators import (
    CASES_ENVIRONMENTS,
    INVERSES,
    MATRIX_ENVIRONMENTS,
    STRUCTURAL,
)
from deltarule.notation.recursion import room_for_recursion
from deltarule.notation.statements import Draft
from deltarule.notation.syntax import (
    Apply,
    Cases,
    Chain,
    Derivative,
    Group,
    Indexed,
    Inner,
    Matrix,
    Name,
    Num,
    Power,
    Product,
    Quotient,
    Selected,
    Stack,
    Statement,
    Sum,
    Syntax,
)
from deltarule.notation.tokens import Token
from deltarule.source import Source, Span

CENTRED = (r"\cdots", r"\dotsm", "⋯")
ROUNDING = {r"\lfloor": "floor", r"\lceil": "ceil"}


def parse(
    source: Source, start: int, end: int, words: frozenset[str] = frozenset()
) -> list[Statement]:
    """The statements in source.text[start:end]. E001, E002, E003, E006, E007 or E008 otherwise.

    `words` are names of several letters that the document writes without a style: KL, FL.
    """
    with room_for_recursion(Span(source, start, end)):
        return LatexParser(source, tokenize(source, start, end, words)).statements()


POSITIONS = frozenset("123456789")  # of arguments


class LatexParser(LatexNames):
    """The primaries of LaTeX."""

    def skip_caption(self) -> None:
        named = self.token.kind == "name" and self.written(self.token).startswith("\\text")
        if named and self.peek()("operator", ":"):
            self.advance()
            self.advance()

    def may_join(self, draft: Draft) -> bool:
        """`and` stands between equations too."""
        return draft.relation is not None

    def multiplies(self, before: Syntax) -> bool:
        return self.is_centred() or not isinstance(before, Num)

    def joins_range(self) -> bool:
        return not self.is_centred()

    def is_centred(self) -> bool:
        r"""\cdots stands between signs, \ldots between commas and in 1 \ldots n."""
        return self.written(self.token) in CENTRED

    # primary = number | name | function | big | "(" chain ")" | "{" chain "}" | command
    def primary(self) -> Syntax:
        token = self.token
        match token.kind:
            case "number":
                return self.number()
            case "name":
                return self.slashed_derivative() or self.name()
            case "function":
                return self.function()
            case "big":
                return self.big_operator()
            case "bar":
                return self.between_bars()
            case "open":
                return self.bracketed()
            case "begin":
                matrix = token.value in MATRIX_ENVIRONMENTS
                return self.matrix() if matrix else self.cases()
            case _:
                return self.command()

    # number = digits | "1" ( "[" conditions "]" | "_" "{" conditions "}" )
    def number(self) -> Syntax:
        token = self.advance()
        below = token.value == "1" and self.token("operator", "_") and self.peek()("open", "{")
        if below and self.holds_relation_at(self.position + 1):
            return self.conditions_beside(token)
        if token.value == "1" and self.token("open", "[", r"\{", "(") and self.holds_relation():
            opening = self.advance()
            items = self.inside_list()
            self.close(opening)
            return self.iverson(items, token.start)
        return self.node(Num(token.value, self.at(token)))

    # bracketed = "(" sum ")" | "[" … "]" | "{" chain "}" | "\{" list "\}"
    def bracketed(self) -> Syntax:
        opening = self.token
        if opening.value == "(":
            return self.group()
        if opening.value == "[":
            return self.square(opening.start)
        if opening.value == "{":
            return self.braced()
        if opening.value == r"\langle":
            return self.inner()
        if opening.value in ROUNDING:
            return self.rounded()
        selects = self.selects()
        self.advance()
        if selects:
            return self.selected(opening)
        items = self.inside_list()
        self.close(opening)
        return self.range_of(items, opening.start)

    def selects(self) -> bool:
        r"""Whether a colon, or a single bar, divides the braces that open here."""
        bars = 0
        index, close = self.position + 1, self.partners[self.position]
        while index < close:
            token = self.tokens[index]
            if token("operator", ":"):
                return True
            bars += token.kind == "bar" and token.value == "|"
            index = self.partners.get(index, index) + 1
        return bars % 2 == 1 and self.tokens[self.position + 1].kind != "bar"

    # selected = "\{" chain ( ":" | "|" ) list "\}"
    def selected(self, opening: Token) -> Syntax:
        outer, self.bars = self.bars, True
        element = self.chain()
        self.bars = outer
        if not self.token("operator", ":") and self.token.kind != "bar":
            self.refuse("a colon or a bar", "a set is {j : x_j > 0}, or {1, …, n}")
        self.advance()
        conditions = self.inside_list()
        self.close(opening)
        for condition in conditions:
            if not isinstance(condition, Chain):
                self.wrong("a condition such as x_j > 0", condition)
        return self.node(Selected(element, tuple(conditions), self.since(opening.start)))

    # inner = "\\langle" sum "," sum "\\rangle"
    def inner(self) -> Syntax:
        opening = self.advance()
        items = self.inside_list()
        if len(items) != 2:
            self.wrong("two vectors, as in \\langle x, y \\rangle", items[0])
        self.close(opening)
        return self.node(Inner(items[0], items[1], self.since(opening.start)))

    # rounded = "\\lfloor" sum "\\rfloor" | "\\lceil" sum "\\rceil"
    def rounded(self) -> Syntax:
        opening = self.advance()
        body = self.inside(opening)
        self.close(opening)
        name = ROUNDING[opening.value]
        head = self.node(Name(name, f"\\operatorname{{{name}}}", self.at(opening)))
        return self.node(Apply(head, 0, (body,), True, self.since(opening.start)))

    def command(self) -> Syntax:
        token = self.token
        match token.value:
            case value if value in FRACTIONS:
                return self.fraction()
            case "binom":
                return self.binomial()
            case "sqrt":
                return self.root()
            case "partial":
                return self.slashed_derivative() or self.partials() or self.refuse_partial()
            case "substack":
                self.refuse("a number, name or bracket")
            case "top" | "intercal":
                self.refuse("a number, name or bracket", "transpose with ^, as in A^\\top")
        return self.styled()

    # ------------------------------------------------------------------ fractions, derivatives

    # fraction = "\frac" argument argument | "\frac" "{" d element "}" "{" d element "}"
    def fraction(self) -> Syntax:
        start = self.advance().start
        if self.is_derivative_fraction():
            of = self.differential_group()
            by = self.differential_group()
            return self.node(Derivative(of, by, self.since(start)))
        numerator = self.argument()
        denominator = self.argument()
        return self.node(Quotient(numerator, denominator, self.since(start)))

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
        if not self.is_differential(start) or slash is None:
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

    def after_element(self, index: int) -> int | None:
        """The index of the token after the name there, its style and its subscripts."""
        last = len(self.tokens) - 1
        while index < last and self.tokens[index].kind == "command":
            index += 1
        index = self.partners.get(index, index) + 1
        while index < last:
            token = self.tokens[index]
            if token("open", "["):
                index = self.partners[index] + 1
            elif token("operator", "_", "^"):
                index = self.partners.get(index + 1, index + 1) + 1
            else:
                return index
        return None

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

    # binomial = "\binom" argument argument
    def binomial(self) -> Syntax:
        """n (n - 1) / 2 for two out of n; a literal number is taken out."""
        start = self.advance().start
        whole, part = self.argument(), self.argument()
        span = self.since(start)
        if not isinstance(part, Num) or part.text not in ("1", "2", "3", "4"):
            self.unsupported(
                "only 1 to 4 out of n are counted", part.span, "write the coefficient out"
            )
        factors: list[Syntax] = [Group(whole, span)]
        divisor = 1
        for k in range(1, int(part.text)):
            one = Num(str(k), span)
            factors.append(Group(Sum(((1, whole), (-1, one)), span), span))
            divisor *= k + 1
        product: Syntax = factors[0]
        if len(factors) > 1:
            product = Product(tuple(factors), tuple("dot" for _ in factors[1:]), span)
        return self.node(Quotient(product, Num(str(divisor), span), span))

    # root = "\sqrt" [ "[" number "]" ] argument
    def root(self) -> Syntax:
        token = self.advance()
        order: Syntax | None = None
        if self.token("open", "["):
            opening = self.advance()
            order = self.inside(opening)
            self.close(opening)
        body = self.argument()
        span = self.since(token.start)
        if order is None:
            head = self.node(Name("sqrt", "\\sqrt", self.at(token)))
            return self.node(Apply(head, 0, (body,), True, span))
        one = self.node(Num("1", order.span))
        return self.node(Power(body, self.node(Quotient(one, order, order.span)), span))

    # ------------------------------------------------------------------ functions, big operators

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
        if self.token("open", "("):
            return self.call(head, primes)
        if self.token("open", "[", r"\{"):
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
        if len(factors) == 1:
            return factors[0]
        ops: tuple[Literal["", "dot", "odot", "otimes"], ...] = tuple("" for _ in factors[1:])
        return self.node(Product(tuple(factors), ops, self.since(start)))

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

    # big_operator = op { "_" conditions | "^" argument } body | "\max" "(" list ")"
    def big_operator(self) -> Syntax:
        head = self.advance()
        below: list[Syntax] = []
        above: Syntax | None = None
        while self.token("operator", "_", "^"):
            operator = self.advance()
            if operator.value == "_":
                self.refuse_second(operator, bool(below), "subscript")
                below = self.limits()
            else:
                self.refuse_second(operator, above is not None, "superscript")
                above = self.argument()
        limits = self.since(head.start)
        if below:
            return self.big(head, below, above, limits)
        own = tree.atom(above) if above is not None and head.value in ("max", "min") else None
        if own is not None and self.token("open", "(", r"\{"):
            assert above is not None
            raised = self.source.text[above.span.start : above.span.end]
            spelled = f"{self.written(head)}^{raised}"
            return self.call(self.node(Name(f"{head.value}_{own}", spelled, limits)))
        callable_ = head.value in ("max", "min", "logsumexp") and above is None
        if callable_ and self.token("open", "(", "[", r"\{"):
            return self.call(self.node(Name(head.value, self.written(head), self.at(head))))
        if callable_ and self.token.kind == "begin":
            return self.of_rows(head)
        spelled = self.written(head)
        self.refuse(f"an index below '{spelled}'", f"write {spelled}_k or {spelled}_{{k=1}}^n")

    # limits = "{" list "}" | "{" "\substack" "{" list "}" "}" | token
    def limits(self) -> list[Syntax]:
        if not self.token("open", "{"):
            return [self.argument()]
        opening = self.advance()
        below = self.limits_inside()
        self.close(opening)
        return [part for entry in below for part in self.letters(entry)]

    def letters(self, entry: Syntax) -> list[Syntax]:
        r"""i and j of \sum_{ij}. E008 for \sum_{\langle i,j \rangle}, pairs that nothing lists."""
        if isinstance(entry, Inner):
            self.unsupported(
                "nothing says which pairs these are",
                entry.span,
                r"sum over both and multiply by a matrix that is 1 for pairs: \sum_{i,j} A_{ij}",
            )
        if isinstance(entry, Product) and not any(entry.ops):
            if all(isinstance(f, Name) and len(f.latex) == 1 for f in entry.factors):
                return list(entry.factors)
        return [entry]

    def limits_inside(self) -> list[Syntax]:
        self.accept("word", "for")  # \forall j
        if self.accept("command", "substack"):
            below = self.limits()
        elif self.closes_list():
            inner = self.advance()
            below = self.inside_list()
            self.close(inner)
        elif self.token("open", "(") and self.holds(lambda token: token("separator", ",")):
            below = self.pair()
        else:
            below = self.inside_list()
        if self.accept("operator", ":") or self.accept("separator", "mid"):
            below += self.inside_list()
        return below

    # pair = "(" list ")"
    def pair(self) -> list[Syntax]:
        """i and j of (i, j) : y_i > y_j. E008 for (i, j) in E, at the set."""
        inner = self.advance()
        found = self.inside_list()
        self.close(inner)
        if self.token("operator", ":") or self.token("separator", "mid"):
            return found
        self.expect("relation", "in", r"'}', ':' or \in")
        space = self.interval()
        self.unsupported(
            "nothing says which pairs this set has",
            space.span,
            r"sum over both and multiply by a matrix that is 1 for pairs: \sum_{i,j} A_{ij}",
        )

    # ------------------------------------------------------------------ matrices

    def vector_in_parentheses(self, start: int) -> Syntax:
        """(C(w_1), C(w_2)): one below the other."""
        opening = self.advance()
        parts = self.inside_list()
        self.close(opening)
        return self.node(Stack(tuple(parts), self.since(start)))

    # matrix = "\begin{bmatrix}" row { "\\" row } [ "\\" ] "\end{bmatrix}"
    def matrix(self) -> Syntax:
        """A matrix of numbers, or a column: vectors and numbers one below the other."""
        opening = self.advance()
        outer, self.bars = self.bars, False
        rows = []
        while not self.token("finish"):
            rows.append(self.row())
            while self.accept("separator", "row"):
                continue
        self.bars = outer
        if not rows:
            self.refuse("an element of the matrix")
        closing = self.advance()
        span = Span(self.source, opening.start, closing.end)
        for row in rows:
            if len(row) != len(rows[0]):
                self.wrong(f"a row of {len(rows[0])}, as the first", row[-1])
        if len(rows[0]) == 1:
            return self.node(Stack(tuple(row[0] for row in rows), span))
        return self.node(Matrix(tuple(tuple(row) for row in rows), span))

    # row = sum { "&" sum }
    def row(self) -> list[Syntax]:
        elements = [self.sum()]
        while self.accept("operator", "&"):
            elements.append(self.sum())
        if not self.token("separator", "row") and not self.token("finish"):
            self.refuse(r"'&', '\\' or the end of the matrix")
        return elements

    # ------------------------------------------------------------------ cases

    # cases = "\begin{cases}" branch { "\\" branch } [ "\\" ] "\end{cases}"
    def cases(self) -> Syntax:
        opening = self.advance()
        if opening.value not in CASES_ENVIRONMENTS:
            raise AssertionError("layout environments are gone by now")
        outer, self.bars = self.bars, False
        branches = []
        while not self.token("finish"):
            branches += self.branches()
            if not self.accept("separator", "row") and not self.token("finish"):
                self.refuse(r"'\\' or '\end{cases}'")
            while self.accept("separator", "row"):
                continue
        if not branches:
            self.refuse("a value and its condition")
        self.bars = outer
        self.advance()
        return self.node(Cases(tuple(branches), self.since(opening.start)))

    # branch = sum [","] ["&"] ( "otherwise" | ["if"] alternatives )
    def branch(self) -> tuple[Syntax, list[tuple[Syntax, ...]] | None]:
        while self.accept("operator", "&"):
            continue
        value = self.sum()
        while self.accept("separator", ",", "quad", ";") or self.accept("operator", "&"):
            continue
        if self.accept("word", "otherwise"):
            self.skip_punctuation()
            return value, None
        self.accept("word", "for", "if")
        while self.accept("operator", "&") or self.accept("separator", "quad"):
            continue
        if not self.starts_factor(self.token) and not self.token("operator", "-", "+"):
            self.refuse("the condition of this case", r"write & j = 1 or & \text{otherwise}")
        return value, self.alternatives()

    def case_ends(self) -> bool:
        return self.token("finish") or self.token("separator", "row")

    def between_conditions(self) -> bool:
        self.skip_punctuation()
        return True

    def skip_punctuation(self) -> None:
        while self.accept("separator", ",", ";", ".", "quad") or self.accept("word", "and", "if"):
            continue


def _is_minus_one(exponent: Syntax | None) -> bool:
    match exponent:
        case Sum(((-1, Num("1")),)):
            return True
        case Group(body):
            return _is_minus_one(body)
    return False
