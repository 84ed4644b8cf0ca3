r"""What stands between \begin and \end: matrices and cases, row by row."""

from __future__ import annotations

from abc import ABC

from deltarule.notation.latex_arguments import LatexArguments
from deltarule.notation.operators import CASES_ENVIRONMENTS
from deltarule.notation.syntax import Cases, Matrix, Stack, Syntax
from deltarule.source import Span


class LatexEnvironments(LatexArguments, ABC):
    """Rows of elements, and rows of values with their conditions."""

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
