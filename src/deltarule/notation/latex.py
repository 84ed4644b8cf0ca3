r"""LaTeX equations --> statements.

power      = primary { "_" argument | "^" argument | "'" | "[" list "]" | "(" list ")" }
primary    = number | name | function | big operator | fraction | root | derivative
           | brackets | bars | cases | Iverson bracket | style name
"""

from __future__ import annotations

from deltarule.notation.latex_arguments import FRACTIONS
from deltarule.notation.latex_big_operators import LatexBigOperators
from deltarule.notation.latex_brackets import LatexBrackets
from deltarule.notation.latex_environments import LatexEnvironments
from deltarule.notation.latex_fractions import LatexFractions
from deltarule.notation.latex_functions import LatexFunctions
from deltarule.notation.latex_names import LatexNames
from deltarule.notation.latex_postfixes import LatexPostfixes
from deltarule.notation.latex_spaces import LatexSpaces
from deltarule.notation.latex_tokens import tokenize
from deltarule.notation.operators import MATRIX_ENVIRONMENTS
from deltarule.notation.recursion import room_for_recursion
from deltarule.notation.statements import Draft
from deltarule.notation.syntax import Num, Statement, Syntax
from deltarule.notation.tokens import Token
from deltarule.source import Source, Span

CENTRED = (r"\cdots", r"\dotsm", "⋯")


def parse(
    source: Source, start: int, end: int, words: frozenset[str] = frozenset()
) -> list[Statement]:
    """The statements in source.text[start:end]. E001, E002, E003, E006, E007 or E008 otherwise.

    `words` are names of several letters that the document writes without a style: KL, FL.
    """
    with room_for_recursion(Span(source, start, end)):
        return LatexParser(source, tokenize(source, start, end, words)).statements()


class LatexParser(
    LatexPostfixes,
    LatexNames,
    LatexSpaces,
    LatexFractions,
    LatexFunctions,
    LatexBigOperators,
    LatexBrackets,
    LatexEnvironments,
):
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
        self.refuse_powers_of_ten(token)
        if token.value == "1" and self.holds_conditions():
            return self.conditions_beside(token)
        return self.node(Num(token.value, self.at(token)))

    def refuse_powers_of_ten(self, number: Token) -> None:
        """E006 for 1e-3 and 2.5e3, in which LaTeX has the letter e."""
        sign, last = self.peek(), self.peek(2)
        signed = sign("operator", "+", "-") and not sign.spaced and last.kind == "number"
        exponent = last if signed else sign
        tight = not self.token.spaced and not exponent.spaced
        if self.token("name", "e", "E") and exponent.kind == "number" and tight:
            power = f"{sign.value.strip('+')}{last.value}" if signed else sign.value
            self.ambiguous(
                Span(self.source, number.start, exponent.end),
                f"write {number.value} \\cdot 10^{{{power}}} for the number, e \\cdot for a product",
            )

    def holds_conditions(self) -> bool:
        if self.token("operator", "_") and self.peek()("open", "{"):
            return self.holds_relation_at(self.position + 1)
        return self.token("open", "[", r"\{", "(") and self.holds_relation()

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
