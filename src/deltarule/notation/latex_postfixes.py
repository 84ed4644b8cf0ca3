r"""What follows a primary: scripts, arguments, and brackets that hold arguments, subscripts or a factor.

power = primary { scripts | "!" | "[" list "]" | "(" list ")" }
"""

from __future__ import annotations

from abc import ABC

from deltarule.notation.delimiters import is_callable, is_convolution
from deltarule.notation.latex_arguments import FRACTIONS
from deltarule.notation.latex_scripts import LatexScripts
from deltarule.notation.syntax import Apply, Indexed, Name, Raised, Syntax
from deltarule.notation.tokens import Token
from deltarule.notation.values_in_brackets import is_value
from deltarule.source import Source


class LatexPostfixes(LatexScripts, ABC):
    """Powers, elements and calls."""

    def __init__(self, source: Source, tokens: list[Token]) -> None:
        super().__init__(source, tokens)
        self.values: dict[int, bool] = {}  # where a bracket opens --> whether it holds a value

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
        if values and is_callable(base) and not _is_expectation(base):
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
            self.values[start] = single and is_value(self.ahead(self.enclosed_list)[0])
        return self.values[start]

    def takes_brackets(self, base: Syntax) -> bool:
        """Whether the bracket that opens here holds subscripts, and is no factor and no vector."""
        if not isinstance(base, Name | Indexed | Apply) or self.holds_relation():
            return False
        if isinstance(base, Apply) and self.holds_value():
            return False  # w(i) [1 - v_i x_i]
        if isinstance(base, Indexed) and self.holds_elements():
            return False
        if self.is_tall() and self.holds(lambda token: token("operator", "^")):
            return False
        after = self.tokens[self.partners[self.position] + 1]  # x [y]_{i}
        return not after("operator", "_") and not self.holds(_is_of_vectors)

    def is_tall(self) -> bool:
        r"""\gamma \left[ a K^{-r} + b \right]: brackets that grow with what is in them, no subscript."""
        return self.source.text.endswith(("\\left", "\\left "), 0, self.token.start)

    def holds_elements(self) -> bool:
        """W_f [h_{t-1}, x_t]: symbols with subscripts, separated by commas."""
        several = self.holds(lambda token: token("separator", ","))
        return several and self.holds(lambda token: token("operator", "_"))


def _is_expectation(base: Syntax) -> bool:
    r"""\mathbb{E}[…], E[…]: brackets after it never hold a factor."""
    base = base.base if isinstance(base, Indexed | Raised) else base
    return isinstance(base, Name) and (base.name == "E" or base.latex.startswith("\\mathbb"))


def _is_of_vectors(token: Token) -> bool:
    """What stands between the parts of a vector, or between vectors."""
    return token("separator", ";", "mid") or token("operator", "odot") or token.kind == "bar"
