r"""Sums, products, maxima and their limits: \sum_{k=1}^n, \max_{i \ne j}, \max(a, b)."""

from __future__ import annotations

from abc import ABC

from deltarule.notation import tree
from deltarule.notation.latex_scripts import LatexScripts
from deltarule.notation.syntax import Inner, Name, Product, Syntax


class LatexBigOperators(LatexScripts, ABC):
    """A big operator, what it runs over, and its body."""

    # big_operator = op { "_" conditions | "^" argument } [ "\quad" ] body | "\max" "(" list ")"
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
                above = self.script(limit=True)
        limits = self.since(head.start)
        if below:
            while self.accept("separator", "quad"):
                continue
            return self.big(head, below, above, limits)
        if above is not None and head.value in ("max", "min") and self.token("open", "(", r"\{"):
            own = tree.atom(above)
            if own is not None:
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
            below = self.enclosed_list()
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
        found = self.enclosed_list()
        if self.token("operator", ":") or self.token("separator", "mid"):
            return found
        self.expect("relation", "in", r"'}', ':' or \in")
        space = self.interval()
        self.unsupported(
            "nothing says which pairs this set has",
            space.span,
            r"sum over both and multiply by a matrix that is 1 for pairs: \sum_{i,j} A_{ij}",
        )
