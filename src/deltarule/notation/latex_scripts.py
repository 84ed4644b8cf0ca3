r"""What stands below and above a primary: subscripts, powers, primes, labels, transpositions.

scripts = { "_" argument | "^" argument | "'" }
"""

from __future__ import annotations

from abc import ABC
from dataclasses import dataclass, replace

from deltarule.notation import dotted_rows, text_styles
from deltarule.notation.latex_arguments import FRACTIONS
from deltarule.notation.latex_layout import has_dots
from deltarule.notation.latex_script_arguments import LatexScriptArguments
from deltarule.notation.syntax import (
    Apply,
    Group,
    Indexed,
    Interval,
    Name,
    Norm,
    Num,
    Power,
    Raised,
    Sum,
    Syntax,
    Transposed,
    Whole,
)
from deltarule.notation.tokens import Token
from deltarule.notation.tree import descend
from deltarule.source import Span

TRANSPOSITIONS = ("top", "intercal")
EULER = "e"


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


class LatexScripts(LatexScriptArguments, ABC):
    """A primary with its scripts, and how those are read."""

    def scripted(self, base: Syntax, start: int) -> Syntax:
        """base, its scripts, and its arguments where primes stand before them."""
        scripts = self.scripts(base)
        if scripts.positive:
            return self.positive_part(base, scripts.positive, start)
        if scripts.primes and (scripts.label or scripts.star) and isinstance(base, Name):
            base, scripts.primes = self.primed(base, scripts.primes), 0
        base = self.marked(base, scripts)
        if scripts.primes == 1 and self.is_transposed(base):
            base, scripts.primes = self.node(Transposed(base, self.since(start))), 0
        if scripts.primes and not self.token("open", "("):
            base = self.primed(base, scripts.primes)
        if scripts.subscripts:
            base = self.indexed(base, scripts, start)
        if scripts.primes and self.token("open", "(") and not scripts.exponent:
            base = self.call(base, scripts.primes)
        if scripts.exponent is not None:
            base = self.node(Power(base, scripts.exponent, self.since(start)))
        if scripts.transposed:
            letter = scripts.transposed.kind == "name"
            base = self.node(Transposed(base, self.since(start), letter))
        return base

    def is_transposed(self, base: Syntax) -> bool:
        r"""Whether one prime transposes: (y - X b)' (y - X b), [ x_1 \cdots x_n ]' and \mathbf{z}(x)'."""
        if isinstance(base, Group):
            before = self.starts_factor(self.token)
            return before or _of_vectors(base.body) or dotted_rows.is_square(base)
        return _is_bold_call(base) and not self.token("open", "(")

    def indexed(self, base: Syntax, scripts: Scripts, start: int) -> Syntax:
        r"""An element; \|A\|^2_F is a norm with its order, [H]_{i,j} is H_{i,j}."""
        if isinstance(base, Norm) and base.order is None:
            return replace(base, order=scripts.subscripts[0])
        if isinstance(base, Group) and isinstance(base.body, Name):
            base = base.body
        span = self.since(start)
        return self.node(Indexed(base, scripts.subscripts, "subscript", span, scripts.bar))

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
        """x' is a name of its own where no arguments follow."""
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
        self.skip_argument()
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
        inner = self.argument_tokens()
        if len(inner) != 1 or not inner[0]("operator", "+", "-", *signs):
            return None
        return self.skipped(inner[0])

    def lone_word(self) -> Name | None:
        r"""The max of x_{\max}, read."""
        inner = self.argument_tokens()
        if len(inner) != 1 or inner[0].kind not in ("big", "function"):
            return None
        word = self.skipped(inner[0])
        return self.node(Name(word.value, self.written(word), self.at(word)))

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
        first = self.token
        if sign := self.lone_sign("conv"):
            if first is sign:
                self.refuse_after_sign(sign, None)
            return (self.sign_name(sign),)
        if word := self.lone_word():
            return (word,)
        if marked := self.dotted():
            return marked
        if not self.token("open", "{"):
            found = self.script()
            self.refuse_letter_behind(first)
            return (found,)
        opening = self.advance()
        inner = self.token if self.closes_list() else None
        if inner is not None:
            self.advance()
        items = [*self.leading_axis(), *self.inside_list(self.axis_place), *self.last_axis()]
        if inner is not None:
            self.close(inner)
        self.close(opening)
        self.refuse_relations(items)
        self.refuse_sorted(items)
        return tuple(items)

    # axis_place = item [ ":" sum ]
    def axis_place(self) -> Syntax:
        """An element's place, or the part 1:d of an axis."""
        item = self.list_item()
        if not self.token("operator", ":") or not self.starts_factor(self.peek()):
            return item
        self.advance()
        return self.node(Interval(item, self.sum(), self.since(item.span.start)))

    def before_bar(self) -> int:
        """How many subscripts stand before the bar of p_{j|i}, which is about to be read."""
        if not self.token("open", "{"):
            return 0
        before = 1
        for place in self.places_inside():
            if self.tokens[place]("separator", "mid"):
                return before
            before += self.tokens[place]("separator", ",")
        return 0

    # dotted = "{" ( name | number | "." | "\\cdot" ) … "}"
    def dotted(self) -> tuple[Syntax, ...]:
        r"""i and a dot of \bar{x}_{i.}, two dots of \bar{x}_{..}; nothing where no dot stands in a group of such tokens."""
        inner = self.argument_tokens()
        if not has_dots(inner):
            return ()
        self.advance()
        found: list[Syntax] = []
        for token in inner:
            self.advance()
            span, text = self.at(token), self.written(token)
            if text == "..":
                middle = token.start + 1
                found += [self.node(Whole(replace(span, end=middle))),
                          self.node(Whole(replace(span, start=middle)))]  # fmt: skip
            elif token.kind == "name":
                found.append(self.node(Name(token.value, text, span)))
            else:
                found.append(self.node(Num(text, span) if token.kind == "number" else Whole(span)))
        self.advance()
        return tuple(found)

    # leading_axis = [ ( "…" | "\cdot" | "*" ) [ "," ] ]
    def leading_axis(self) -> list[Syntax]:
        r"""The \cdots of W_{\cdots ij}, the \cdot of A_{\cdot j}, the * of U_{*j}: all of the axis before."""
        if not self.token("operator", "dots", "dot", "conv") or self.peek().kind == "close":
            return []
        token = self.advance()
        self.accept("separator", ",")
        return [self.node(Whole(self.at(token)))]

    # last_axis = [ "*" ]
    def last_axis(self) -> list[Syntax]:
        """The * of U_{i*}: all of the axis after."""
        token = self.accept("operator", "conv")
        return [self.node(Whole(self.at(token)))] if token is not None else []

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

    # superscript = primes | star | transposition | label | argument
    #             | "{" "(" sum ")" transposition "}" | "{" ( name | number ) "\\top" "}"
    def superscript(self, found: Scripts, base: Syntax | None) -> None:
        inner = self.argument_tokens()
        only = inner[0] if len(inner) == 1 else None
        if inner and all(t("operator", "'") for t in inner):
            found.primes += len(inner)
            self.skip_argument()
        elif only is not None and only("operator", "conv"):
            found.star = self.skipped(only)
        elif only is not None and self.transposes(only):
            found.transposed = self.skipped(only)
        elif isinstance(base, Name) and self.is_transposed_label(inner):
            self.transposed_label(found)
        elif isinstance(base, Name) and (label := self.label(base, inner, bool(found.subscripts))):
            found.label = label
        else:
            found.exponent = self.script()

    def is_transposed_label(self, inner: list[Token]) -> bool:
        r"""(k) T of \pi^{(k)T}, and l \top of W^{l\top}."""
        if not self.token("open", "{") or len(inner) < 2:
            return False
        first, last = self.position + 1, inner[-1]
        if inner[0]("open", "(", "[") and self.partners[first] == self.partners[self.position] - 2:
            return self.transposes(last) or last("operator", "'")
        return (
            len(inner) == 2
            and inner[0].kind in ("name", "number")
            and last.kind == "command"
            and self.transposes(last)
        )

    def transposed_label(self, found: Scripts) -> None:
        braces = self.advance()
        if self.token("open", "(", "["):
            found.label = self.enclosed()
        else:
            found.exponent = self.primary()
        found.transposed = self.advance()
        self.close(braces)

    def skipped(self, only: Token) -> Token:
        """The one token of the argument here, read."""
        self.skip_argument()
        return only

    # label = "{" ( "(" sum ")" | "[" sum "]" ) "}" | "+" | "-" | word
    def label(self, base: Name, inner: list[Token], below: bool) -> Syntax | None:
        """What stands above a name and is no power, read."""
        if self.is_label(base, inner, below):
            return self.in_parentheses()
        bare = not self.token("open", "{")
        if sign := self.lone_sign():
            if bare:
                self.refuse_after_sign(sign, base)
            return self.sign_name(sign)
        return self.argument() if len(inner) == 1 and self.is_word(inner[0]) else None

    # "{" ( "(" sum ")" | "[" sum "]" ) "}"
    def in_parentheses(self) -> Syntax:
        braces = self.advance()
        inside = self.enclosed()
        self.close(braces)
        return inside

    def is_word(self, token: Token) -> bool:
        r"""\text{new}, \mathrm{in}: no power, whatever stands below."""
        return token.kind == "name" and text_styles.is_word(self.written(token))

    def transposes(self, token: Token) -> bool:
        return token("command", *TRANSPOSITIONS) or token("name", "T")

    def is_label(self, base: Name, inner: list[Token], below: bool) -> bool:
        """( … ) or [ … ] and nothing else.

        E006 above Euler's number, where it would be a power (e_i is another), and for two of them.
        """
        first = self.position + 1
        if not self.token("open", "{") or not inner or not inner[0]("open", "(", "["):
            return False
        last = self.partners[self.position] - 1
        if self.partners[first] != last:
            self.refuse_two_labels(base, self.partners[first] + 1, last)
            return False
        if any(_is_of_values(token) for token in inner):
            return False
        if base.name == EULER and not below:
            close = self.tokens[self.partners[self.position]]
            span = Span(self.source, base.span.start, close.end)
            self.ambiguous(span, "leave out the parentheses for a power")
        return True

    def refuse_two_labels(self, base: Name, second: int, last: int) -> None:
        """E006 for z^{[2](i)}: a layer and an example, or a product of exponents; not for x^{(a - 1)(b + 1)}."""
        if not self.tokens[second]("open", "(", "[") or self.partners[second] != last:
            return
        square = any(self.tokens[t]("open", "[") for t in (self.position + 1, second))
        letters = second - self.position == 4 and last - second == 2
        if square or letters:
            close = self.tokens[last + 1]
            inside = self.source.text[self.tokens[second].end : self.tokens[last].start]
            self.ambiguous(
                Span(self.source, base.span.start, close.end),
                f"write one of them as a subscript, {base.latex}^{{…}}_{{{inside}}}, or \\cdot between "
                "the exponents of a power",
            )

    def norm_order(self) -> Syntax | None:
        return self.argument() if self.accept("operator", "_") else None


def _is_of_values(token: Token) -> bool:
    """What makes a value of parentheses: neither labels nor indices are divided, raised or summed."""
    divided = token("operator", "/", "^") or token("command", "sqrt", *FRACTIONS)
    return divided or token.kind in ("big", "function")


def _is_bold_call(node: Syntax) -> bool:
    return isinstance(node, Apply) and isinstance(node.head, Name) and node.head.vector


def _of_vectors(node: Syntax) -> bool:
    r"""Whether each term of (\mathbf{y}_t - \bar{\mathbf{y}})' is of bold symbols, and none calls a function."""
    if isinstance(node, Sum):
        return all(_of_vectors(term) for _, term in node.terms)
    parts = list(descend(node))
    bold = any(isinstance(p, Name) and p.vector for p in parts)
    return bold and not any(isinstance(p, Apply) for p in parts)
