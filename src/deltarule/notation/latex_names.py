r"""LaTeX names with their styles, decorations, labels, subscripts and exponents.

scripts = { "_" argument | "^" argument | "'" }
styled  = "\hat" argument | "\mathbf" argument | "\mathcal" argument
"""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import dataclass, replace
from itertools import pairwise

from deltarule.notation import dotted_rows
from deltarule.notation import operators as ops
from deltarule.notation.conditions import Conditions
from deltarule.notation.delimiters import is_callable, is_convolution
from deltarule.notation.syntax import (
    Apply,
    Filled,
    Group,
    Indexed,
    Name,
    Norm,
    Num,
    Power,
    Product,
    Quotient,
    Raised,
    RealSpace,
    Sum,
    Syntax,
    Transposed,
    Whole,
)
from deltarule.notation.tokens import Token
from deltarule.notation.tree import descend
from deltarule.notation.values_in_brackets import is_value
from deltarule.source import Source, Span

TRANSPOSITIONS = ("top", "intercal")
EULER = "e"
FRACTIONS = ("frac", "dfrac", "tfrac", "sfrac", "cfrac", "nicefrac")


def _of_vectors(node: Syntax) -> bool:
    r"""Whether each term of (\mathbf{y}_t - \bar{\mathbf{y}})' is of bold symbols, and none calls a function."""
    if isinstance(node, Sum):
        return all(_of_vectors(term) for _, term in node.terms)
    parts = list(descend(node))
    bold = any(isinstance(p, Name) and p.vector for p in parts)
    return bold and not any(isinstance(p, Apply) for p in parts)


@dataclass(slots=True)
class Scripts:
    """What stands below and above a primary."""

    subscripts: tuple[Syntax, ...] = ()
    bar: int = 0  # the subscripts before the bar of p_{j|i}
    exponent: Syntax | None = None
    primes: int = 0
    label: Syntax | None = None  # W^{(1)}, h^{(l-1)}
    star: Token | None = None  # \ell^*
    transposed: Token | None = None
    positive: Token | None = None  # [x]_+, (x)^+

    @property
    def raised(self) -> bool:
        return bool(self.exponent or self.label or self.star or self.transposed)


class LatexNames(Conditions):
    """What turns symbols into names and elements."""

    def __init__(self, source: Source, tokens: list[Token]) -> None:
        super().__init__(source, tokens)
        self.values: dict[int, bool] = {}  # where a bracket opens --> whether it holds a value

    @abstractmethod
    def primary(self) -> Syntax:
        """A number, name, bracket or command, without what follows it."""

    # power = primary { scripts | "[" list "]" | "(" list ")" }
    def power(self) -> Syntax:
        start, outside = self.here, self.depth
        base = self.primary()
        while True:
            if self.token("operator", "_", "^", "'"):
                base = self.scripted(base, start)
            elif self.accept("operator", "!"):
                head = self.node(Name("factorial", "!", self.since(start)))
                base = self.node(Apply(head, 0, (base,), True, self.since(start)))
            elif self.token("open", "(") and is_callable(base) and not self.holds_range(base):
                base = self.call(base)
            elif self.token("open", "(", "[") and is_convolution(base):
                base = self.brackets(base)
            elif self.token("open", "[") and self.calls_in_brackets(base):
                base = self.call(base)
            elif self.token("open", "[") and self.takes_brackets(base):
                base = self.brackets(base)
            else:
                self.depth = outside
                return base
            self.deeper()

    def calls_in_brackets(self, base: Syntax) -> bool:
        r"""f [W x \odot y], W_i [\sum_j \frac{n_j}{2}]: what no subscript is, read as in parentheses."""
        values = self.holds_no_subscript() or self.holds_value()
        if values and is_callable(base) and not is_expectation(base):
            return True
        letter = isinstance(base, Name) and base.name in ("f", "g", "sigma", "phi", "varphi", "psi")
        return letter and self.holds(lambda token: token("operator", "odot"))

    def holds_no_subscript(self) -> bool:
        """Whether a sum, a product or a fraction stands in the bracket that opens here."""
        inner = self.tokens[self.position : self.partners[self.position]]
        return not self.holds_relation() and any(
            t("big", "sum", "prod") or t("command", *FRACTIONS) for t in inner
        )

    def holds_value(self) -> bool:
        """Whether one expression, and no subscript, stands in the bracket that opens here; not [X]_{ij}."""
        start = self.position
        if start not in self.values:
            several = self.holds(lambda token: token("separator", ",", ";") or token.kind == "bar")
            after = self.tokens[self.partners[start] + 1]
            single = not several and not self.holds_relation() and not after("operator", "_")
            self.values[start] = single and is_value(self.content())
        return self.values[start]

    def content(self) -> Syntax:
        """What the bracket that opens here holds, which is read again afterwards."""
        start, end, depth = self.position, self.partners[self.position] + 1, self.depth
        kept, last, nodes = self.tokens[start:end], self.last_end, self.nodes
        opening = self.advance()
        found = self.inside_list()[0]
        self.close(opening)
        self.tokens[start:end] = kept
        self.position, self.depth, self.last_end, self.nodes = start, depth, last, nodes
        return found

    def takes_brackets(self, base: Syntax) -> bool:
        if isinstance(base, Apply) and self.holds_value():
            return False  # w(i) [1 - v_i x_i]
        stacked = self.holds(
            lambda token: (
                token("separator", ";", "mid") or token("operator", "odot") or token.kind == "bar"
            )
        ) or (isinstance(base, Indexed) and self.holds_elements())
        close = self.partners[self.position]
        indexed = self.tokens[close + 1]("operator", "_")  # x [y]_{i}
        named = isinstance(base, Name | Indexed | Apply)
        if self.is_tall() and self.holds(lambda token: token("operator", "^")):
            return False
        return named and not stacked and not indexed and not self.holds_relation()

    def is_tall(self) -> bool:
        r"""\gamma \left[ a K^{-r} + b \right]: brackets that grow with what is in them, no subscript."""
        start = self.token.start
        around = self.source.text[max(0, start - len("\\left ")) : start + len("\\left")]
        return "\\left" in around

    def holds_elements(self) -> bool:
        """W_f [h_{t-1}, x_t]: symbols with subscripts, separated by commas."""
        several = self.holds(lambda token: token("separator", ","))
        return several and self.holds(lambda token: token("operator", "_"))

    def belongs_below(self, factors: list[Syntax]) -> bool:
        r"""x/2\sigma is x/(2\sigma), x/\|u\|\|v\| is x/(\|u\|\|v\|). E006 for a/b c, which may be (a/b) c too.

        What follows as \sum, as a function or in parentheses is a factor: 1/n \sum_i x_i.
        """
        before = factors[-1]
        if len(factors) > 1 or not isinstance(before, Quotient):
            return False
        if self.token.kind in ("big", "open", "function", "begin"):
            return False
        below, span = before.denominator, before.span
        written = self.source.text[span.start : span.end]
        if written.startswith("\\") and written.endswith("}") and "/" not in written:
            return False  # \frac{a}{b} c
        if isinstance(before.numerator, Num) and isinstance(below, Num) and self.token.spaced:
            return False  # 1/2 x
        if isinstance(below, Num) and not isinstance(before.numerator, Num):
            return True
        start, outside = self.position, self.depth
        following = self.factor()
        self.position, self.depth = start, outside
        if isinstance(below, Norm) and isinstance(following, Norm):
            return True  # the lengths of two vectors
        text = self.source.text[span.start : following.span.end]
        top = self.source.text[before.numerator.span.start : before.numerator.span.end].rstrip("/ ")
        bottom = self.source.text[below.span.start : following.span.end]
        self.ambiguous(
            Span(self.source, span.start, following.span.end),
            f"write \\frac{{{top}}}{{{bottom}}} or ({written}) {text[len(written) :].strip()}",
        )

    # ------------------------------------------------------------------ scripts

    def scripted(self, base: Syntax, start: int) -> Syntax:
        """base, its scripts, and its arguments where primes stand before them."""
        scripts = self.scripts(base)
        if scripts.positive:
            return self.positive_part(base, scripts.positive, start)
        if scripts.primes and (scripts.label or scripts.star) and isinstance(base, Name):
            base, scripts.primes = self.primed(base, scripts.primes), 0
        base = self.marked(base, scripts)
        turned = isinstance(base, Group) and (
            self.starts_factor(self.token) or _of_vectors(base.body)
        )
        if scripts.primes == 1 and turned:
            base = self.node(Transposed(base, self.since(start)))  # (y - X b)' (y - X b)
            scripts.primes = 0
        if scripts.primes and not self.token("open", "("):
            base = self.primed(base, scripts.primes)
        if scripts.subscripts and isinstance(base, Norm) and base.order is None:
            base = replace(base, order=scripts.subscripts[0])  # \|A\|^2_F
        elif scripts.subscripts:
            span = self.since(start)
            if isinstance(base, Group) and isinstance(base.body, Name):
                base = base.body  # [H]_{i,j}
            base = self.node(Indexed(base, scripts.subscripts, "subscript", span, scripts.bar))
        if scripts.primes and self.token("open", "(") and not scripts.exponent:
            base = self.call(base, scripts.primes)
        if scripts.transposed:
            letter = scripts.transposed.kind == "name"
            base = self.node(Transposed(base, self.since(start), letter))
        if scripts.exponent is not None:
            base = self.node(Power(base, scripts.exponent, self.since(start)))
        return base

    def positive_part(self, base: Syntax, sign: Token, start: int) -> Syntax:
        """[x]_+ is x where it is positive, else 0."""
        if sign.value == "-":
            self.unsupported(
                "the negative part is written in two ways",
                self.since(start),
                r"write \max(0, -x) or \min(0, x)",
            )
        head = self.node(Name("relu", r"\operatorname{ReLU}", self.at(sign)))
        return self.node(Apply(head, 0, (base,), True, self.since(start)))

    def marked(self, base: Syntax, scripts: Scripts) -> Syntax:
        """W with (1) above, l with a star --> l_star."""
        if scripts.label is not None:
            return self.node(Raised(base, scripts.label, self.since(base.span.start)))
        if scripts.star is not None:
            if not isinstance(base, Name):
                self.wrong("a name before the star", base)
            span = self.since(base.span.start)
            return replace(base, name=f"{base.name}_star", latex=f"{base.latex}^*", span=span)
        return base

    def primed(self, base: Syntax, primes: int) -> Syntax:
        """x' is a name of its own where no arguments follow; [ x_1 … x_n ]' and \\mathbf{z}(x)' are transposed."""
        if primes == 1 and (dotted_rows.is_square(base) or _is_bold_call(base)):
            return self.node(Transposed(base, self.since(base.span.start)))
        if not isinstance(base, Name):
            text = self.source.text[base.span.start : base.span.end]
            group = isinstance(base, Group | Apply)
            help = rf"write {text}^\top for the transpose, or name the derivative" if group else ""
            self.wrong("a name before the prime", base, help)
        marks = "'" * primes
        span = self.since(base.span.start)
        return replace(base, name=base.name + marks, latex=base.latex + marks, span=span)

    def kind_of_convolution(self) -> str:
        if not self.accept("operator", "_"):
            return ""
        start = self.here
        self.skip_group()
        return self.source.text[start : self.last_end]

    # scripts = { "_" argument | "^" argument | "'" }
    def scripts(self, base: Syntax | None = None) -> Scripts:
        """All scripts that stand here. Only those of a name may be labels."""
        found = Scripts()
        while self.token("operator", "_", "^", "'"):
            operator = self.token
            if operator.value == "'":
                found.primes += 1
                self.refuse_beyond(found.primes, "the number of primes is greater than")
                self.advance()
                continue
            self.advance()
            if isinstance(base, Group | Apply) and (sign := self.lone_sign()):
                found.positive = sign
            elif operator.value == "_":
                self.refuse_second(operator, bool(found.subscripts), "subscript")
                found.bar = self.before_bar()
                found.subscripts = self.subscripts()
            else:
                self.refuse_second(operator, found.raised, "superscript")
                self.superscript(found, base)
        return found

    def lone_sign(self, *signs: str) -> Token | None:
        """The + of x_+ and x^{+}, read."""
        width, inner = self.superscript_tokens()
        if len(inner) != 1 or not inner[0]("operator", "+", "-", *signs):
            return None
        for _ in range(width):
            self.advance()
        return inner[0]

    def lone_word(self) -> Name | None:
        r"""The max of x_{\max}, read."""
        width, inner = self.superscript_tokens()
        if len(inner) != 1 or inner[0].kind not in ("big", "function"):
            return None
        for _ in range(width):
            self.advance()
        return self.node(Name(inner[0].value, self.written(inner[0]), self.at(inner[0])))

    def sign_name(self, sign: Token) -> Name:
        name = {"+": "plus", "-": "minus"}.get(sign.value, "star")
        return self.node(Name(name, self.written(sign), self.at(sign)))

    def refuse_second(self, operator: Token, already: bool, what: str) -> None:
        if already:
            self.position -= 1
            help = "put both between the same braces, as in x_{i,j}"
            if what == "superscript":
                help = "put braces around what the second one raises, as in {x^2}^n or x^{2^n}"
            self.refuse(f"only one {what}", help)

    # subscripts = "{" list "}" | token
    def subscripts(self) -> tuple[Syntax, ...]:
        if sign := self.lone_sign("conv"):
            return (self.sign_name(sign),)
        if word := self.lone_word():
            return (word,)
        if not self.token("open", "{"):
            return (self.single(),)
        opening = self.advance()
        inner = self.token if self.closes_list() else None
        if inner is not None:
            self.advance()
        items = [*self.leading_axis(), *self.inside_list()]
        if inner is not None:
            self.close(inner)
        self.close(opening)
        self.refuse_relations(items)
        self.refuse_sorted(items)
        return tuple(items)

    def before_bar(self) -> int:
        """How many subscripts stand before the bar of p_{j|i}, which is about to be read."""
        if not self.token("open", "{"):
            return 0
        index, close, before = self.position + 1, self.partners[self.position], 1
        while index < close and not self.tokens[index]("separator", "mid"):
            before += self.tokens[index]("separator", ",")
            index = self.partners.get(index, index) + 1
        return before if index < close else 0

    # leading_axis = [ ( "…" | "\cdot" ) [ "," ] ]
    def leading_axis(self) -> list[Syntax]:
        r"""The \cdots of W_{\cdots ij}, the \cdot of A_{\cdot j}: all of the axis before."""
        if not self.token("operator", "dots", "dot") or self.peek().kind == "close":
            return []
        token = self.advance()
        self.accept("separator", ",")
        return [self.node(Whole(self.at(token)))]

    def refuse_sorted(self, items: list[Syntax]) -> None:
        """E006 for z_{(j)}: the j-th, or the j-th in order?"""
        only = items[0] if len(items) == 1 else None
        if isinstance(only, Group) and isinstance(only.body, Name | Num):
            letter = self.source.text[only.body.span.start : only.body.span.end]
            self.ambiguous(
                only.span,
                f"write _{{{letter}}} for the element; the {letter}-th in order of size is not "
                "supported",
            )

    def closes_list(self) -> bool:
        """Whether parentheses hold all of the list in these braces: _{(i, j)}."""
        if not self.token("open", "("):
            return False
        close = self.partners[self.position]
        return self.tokens[close + 1].kind == "close" and self.holds(
            lambda token: token("separator", ",")
        )

    # superscript = label | transposition | star | primes | argument
    def superscript(self, found: Scripts, base: Syntax | None) -> None:
        width, inner = self.superscript_tokens()
        if inner and all(t("operator", "'") for t in inner):
            found.primes += len(inner)
        elif len(inner) == 1 and inner[0]("operator", "conv"):
            found.star = inner[0]
        elif len(inner) == 1 and self.transposes(inner[0]):
            found.transposed = inner[0]
        elif isinstance(base, Name) and self.is_label(base, inner, bool(found.subscripts)):
            found.label = self.label()
            return
        elif isinstance(base, Name) and (sign := self.lone_sign()):
            found.label = self.sign_name(sign)
            return
        elif isinstance(base, Name) and len(inner) == 1 and self.is_word(inner[0]):
            found.label = self.argument()
            return
        else:
            found.exponent = self.argument()
            return
        for _ in range(width):
            self.advance()

    def superscript_tokens(self) -> tuple[int, list[Token]]:
        """How many tokens the superscript has, and those within its braces."""
        close = self.partners.get(self.position)
        if not self.token("open", "{") or close is None:
            return 1, [self.token]
        return close + 1 - self.position, self.tokens[self.position + 1 : close]

    def is_word(self, token: Token) -> bool:
        r"""\text{new}, \mathrm{in}: no power, whatever stands below."""
        return token.kind == "name" and self.written(token).startswith(("\\text", "\\mathrm"))

    def transposes(self, token: Token) -> bool:
        return token("command", *TRANSPOSITIONS) or token("name", "T")

    def is_label(self, base: Name, inner: list[Token], below: bool) -> bool:
        """( … ) and nothing else. E006 above Euler's number, where it would be a power; e_i is another."""
        first = self.position + 1
        if not self.token("open", "{") or not inner or not inner[0]("open", "("):
            return False
        if self.partners[first] != self.partners[self.position] - 1:
            return False
        if any(_is_of_values(token) for token in inner):
            return False
        if base.name == EULER and not below:
            close = self.tokens[self.partners[self.position]]
            span = Span(self.source, base.span.start, close.end)
            self.ambiguous(span, "leave out the parentheses for a power")
        return True

    # label = "{" "(" sum ")" "}"
    def label(self) -> Syntax:
        braces = self.advance()
        parentheses = self.advance()
        inside = self.inside(parentheses)
        self.close(parentheses)
        self.close(braces)
        return inside

    # argument = "{" chain "}" | token
    def argument(self) -> Syntax:
        if self.token("open", "{"):
            opening = self.advance()
            body = self.inside(opening)
            self.close(opening)
            return body
        return self.single()

    def single(self) -> Syntax:
        """What TeX takes as an argument without braces: one digit, letter or command."""
        if self.token.kind == "number":
            token = self.split(1)
            return self.node(Num(token.value, self.at(token)))
        if self.token.kind == "name":
            return self.name()
        if self.token.kind != "command":
            self.refuse("an argument", "put it between braces { }")
        self.deeper()
        result = self.primary()
        self.depth -= 1
        return result

    # braced = "{" sum "}"
    def braced(self) -> Syntax:
        """Braces are kept as a group only around what has several parts."""
        opening = self.advance()
        body = self.inside(opening)
        self.close(opening)
        named = isinstance(body, Indexed | Power | Raised) or _is_prefixed(body)
        if named and self.token("operator", "_"):
            return self.node(Group(body, self.since(opening.start), braces=True))
        if isinstance(body, Name | Num | Indexed | Apply | Group | Norm):
            return body
        return self.node(Group(body, self.since(opening.start)))

    # ------------------------------------------------------------------ names and styles

    def name(self) -> Name:
        token = self.advance()
        return self.node(Name(token.value, self.written(token), self.at(token)))

    # styled = style argument
    def styled(self) -> Syntax:
        command = self.advance()
        if self.is_filled(command):
            return self.filled(command)
        if self.is_indicator(command):
            return self.indicator(command)
        if command.value in ops.VECTOR_STYLES | ops.LETTER_STYLES:
            word = self.word_defined(command)
            if word is not None:
                return word
            self.refuse_several_letters(command)
        content = self.argument()
        span = self.since(command.start)
        base = content.base if isinstance(content, Indexed) else content
        if not isinstance(base, Name):
            self.wrong(f"a name under '{self.written(command)}'", content)
        named = self.node(self.restyled(base, command, span))
        return replace(content, base=named, span=span) if isinstance(content, Indexed) else named

    def restyled(self, base: Name, command: Token, span: Span) -> Name:
        latex = f"{self.written(command)}{{{base.latex}}}"
        if command.value in ops.VECTOR_STYLES:
            return replace(base, latex=latex, span=span, vector=True)
        if command.value in ops.DECORATIONS:
            name = f"{base.name}_{ops.DECORATIONS[command.value]}"
            return replace(base, name=name, latex=latex, span=span)
        return replace(base, latex=latex, span=span)

    def word_defined(self, command: Token) -> Name | None:
        r"""The word in \mathbf{dtw}, read, where that is the left side of an equation here: no product."""
        letters = self.letters_in_braces(self.position)
        if len(letters) < 2:
            return None
        for place in range(1, len(self.tokens)):
            starts = place == 1 or self.tokens[place - 2].kind == "separator"
            same = self.tokens[place - 1](command.kind, command.value)
            if starts and same and self.letters_in_braces(place) == letters:
                after = self.partners[place] + 1
                while self.tokens[after]("operator", "_", "^"):
                    after = self.partners.get(after + 1, after + 1) + 1
                if self.tokens[after]("relation", "="):
                    self.skip_group()
                    word, span = "".join(letters), self.since(command.start)
                    return self.node(Name(word, f"{self.written(command)}{{{word}}}", span))
        return None

    def letters_in_braces(self, position: int) -> list[str]:
        """d, t and w of {dtw} there."""
        if not self.tokens[position]("open", "{"):
            return []
        inner = self.tokens[position + 1 : self.partners[position]]
        return [self.written(t) for t in inner] if all(t.kind == "name" for t in inner) else []

    def refuse_several_letters(self, command: Token) -> None:
        r"""E006 for \mathbf{Wx}: one name, or a product?"""
        if not self.token("open", "{"):
            return
        inner = self.tokens[self.position + 1 : self.partners[self.position]]
        if len(inner) < 2 or any(t.kind != "name" for t in inner):
            return
        style = self.written(command)
        parts = "".join(f"{style}{{{self.written(t)}}}" for t in inner)
        word = "".join(self.written(t) for t in inner)
        span = Span(self.source, command.start, inner[-1].end + 1)
        self.ambiguous(span, f"write {parts} for a product, \\mathrm{{{word}}} for one name")

    # ------------------------------------------------------------------ indicators and spaces

    def is_filled(self, command: Token) -> bool:
        r"""\mathbf{1}, \mathbf{0}, \boldsymbol 1_n: no condition follows."""
        if command.value not in ops.VECTOR_STYLES:
            return False
        braces = self.token("open", "{")
        symbol = self.peek() if braces else self.token
        if symbol.kind != "number" or symbol.value not in ("0", "1"):
            return False
        place = self.position + (3 if braces else 1)
        after, inside = self.tokens[place], self.tokens[min(place + 1, len(self.tokens) - 1)]
        if after("operator", "_"):
            condition = inside.kind == "open" and self.holds_relation_at(place + 1)
            return not condition
        return symbol.value == "0" or not after("open", "[", "(", r"\{")

    def filled(self, command: Token) -> Syntax:
        value = self.argument()
        if not isinstance(value, Num):  # \\mathbf{1y}
            self.wrong("one digit in bold", value)
        length: Syntax | None = None
        if self.accept("operator", "_"):
            length = self.argument()
        return self.node(Filled(value.text, length, self.since(command.start)))

    def is_indicator(self, command: Token) -> bool:
        r"""\mathbb{1}, \mathbf 1, \mathbb{I}[…]: the Iverson bracket."""
        if command.value not in ops.LETTER_STYLES | ops.VECTOR_STYLES:
            return False
        braces = self.token("open", "{")
        symbol = self.peek() if braces else self.token
        if symbol.kind == "number" and symbol.value.startswith("1"):
            return True
        after = self.tokens[self.position + (3 if braces else 1)] if symbol.kind == "name" else None
        return (
            command.value in ("mathbb", "mathds")
            and symbol("name", "I")
            and after is not None
            and (after("open", "[", "(", r"\{") or after("operator", "_"))
        )

    # indicator = "\mathbb{1}" ( "[" list "]" | "(" list ")" | "\{" list "\}" | "_" "{" list "}" )
    def indicator(self, command: Token) -> Syntax:
        if self.accept("open", "{"):
            self.advance()
            self.expect("close", "}", "'}'")
        else:
            self.split(1)
        return self.conditions_beside(command)

    def conditions_beside(self, command: Token) -> Syntax:
        r"""The conditions of 1_{y \ne k}, 1_{\{y \ne k\}} and \mathbb{1}[y \ne k], after the 1."""
        if self.accept("operator", "_") and self.token("open", "{"):
            inner = self.peek()
            if inner("open", "[", "(", r"\{") and self.closes_together():
                self.advance()
                condition = self.indicator_conditions(command)
                self.expect("close", "}", "'}'")
                return condition
        return self.indicator_conditions(command)

    def closes_together(self) -> bool:
        """Whether the brackets inside these braces hold all that is in them."""
        return self.partners[self.position + 1] == self.partners[self.position] - 1

    def indicator_conditions(self, command: Token) -> Syntax:
        if not self.token("open", "[", "(", r"\{", "{"):
            self.refuse("a condition in brackets", r"write \mathbb{1}[y = k]")
        opening = self.advance()
        items = self.inside_list()
        self.close(opening)
        return self.iverson(items, command.start)

    def real_space(self) -> RealSpace | None:
        r"""\mathbb{R}^{m \times n}, also \Re^n and \mathbf{R}^n; E008 for other blackboard letters."""
        blackboard = self.token("command", "mathbb")
        if not blackboard and not self.token("name", "Re") and not self.is_bold_r():
            return None
        start = self.here
        if self.token.kind == "command":
            self.advance()
            letter: Syntax = self.argument()
        else:
            letter = self.name()
        if not (isinstance(letter, Name) and letter.name in ("R", "Re")):
            self.unsupported(
                "this set is not supported",
                self.since(start),
                r"write \mathbb{R}^{m \times n}, or a range of integers \{1, \dots, n\}",
            )
        dimensions: tuple[Syntax, ...] = ()
        if self.accept("operator", "_"):  # R_+: that all are positive is said of the values
            self.skip_group()
        if self.accept("operator", "^"):
            dimensions = _factors(self.argument())
        return self.node(RealSpace(dimensions, self.since(start)))

    def skip_group(self) -> None:
        for _ in range(self.superscript_tokens()[0]):
            self.advance()

    def is_bold_r(self) -> bool:
        """\\mathbf{R}^n, \\mathrm{R}^n, R^n."""
        if self.token("name", "R"):
            return self.peek()("operator", "^")
        inner = self.peek(2) if self.peek()("open", "{") else self.peek()
        return self.token("command", "mathbf") and inner("name", "R")

    def norm_order(self) -> Syntax | None:
        return self.argument() if self.accept("operator", "_") else None


def is_expectation(base: Syntax) -> bool:
    r"""\mathbb{E}[…], E[…]: brackets after it never hold a factor."""
    base = base.base if isinstance(base, Indexed | Raised) else base
    return isinstance(base, Name) and (base.name == "E" or base.latex.startswith("\\mathbb"))


def _is_prefixed(node: Syntax) -> bool:
    r"""\operatorname{Re} X"""
    if not isinstance(node, Product) or len(node.factors) != 2 or node.ops != ("",):
        return False
    word, symbol = node.factors
    upright = isinstance(word, Name) and word.latex.startswith(("\\operatorname", "\\mathrm"))
    return upright and isinstance(symbol, Name)


def _factors(node: Syntax) -> tuple[Syntax, ...]:
    r"""m \times 2 n --> m, 2 n; factors with no sign between them or a \cdot are one dimension.

    m \times n / r is m, n / r.
    """
    if isinstance(node, Quotient) and isinstance(node.numerator, Product) and _has_slash(node):
        *before, last = _factors(node.numerator)
        span = replace(node.span, start=last.span.start)
        return (*before, replace(node, numerator=last, span=span)) if before else (node,)
    if not isinstance(node, Product):
        return (node,)
    groups = [[node.factors[0]]]
    for op, (left, right) in zip(node.ops, pairwise(node.factors), strict=True):
        between = left.span.source.text[left.span.end : right.span.start]
        if op == "dot" and "cdot" not in between:
            groups.append([right])
        else:
            groups[-1].append(right)
    first = _factors(groups[0][0]) if isinstance(groups[0][0], Quotient) else ()
    if len(first) > 1 and len(groups[0]) == 1:  # m \times n / r \times k
        return (*first, *(_dimension(group) for group in groups[1:]))
    return tuple(_dimension(group) for group in groups)


def _has_slash(node: Quotient) -> bool:
    """a / b, and no fraction."""
    over, under = node.numerator.span, node.denominator.span
    return "/" in over.source.text[over.start : under.start]


def _dimension(factors: list[Syntax]) -> Syntax:
    if len(factors) == 1:
        return factors[0]
    span = replace(factors[0].span, end=factors[-1].span.end)
    return Product(tuple(factors), tuple("" for _ in factors[1:]), span)


def _is_of_values(token: Token) -> bool:
    """What makes a value of parentheses: neither labels nor indices are divided, raised or summed."""
    divided = token("operator", "/", "^") or token("command", "sqrt", *FRACTIONS)
    return divided or token.kind in ("big", "function")


def _is_bold_call(node: Syntax) -> bool:
    return isinstance(node, Apply) and isinstance(node.head, Name) and node.head.vector
