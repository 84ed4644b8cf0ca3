r"""The conditions of a case, and the rows that a maximum compares.

{ 0 if i = 0 or j = 0; … }              -->  { 0 if i = 0; 0 if j = 0; … }
& \text{if } i,j > 0                    -->  & \text{if } i > 0, j > 0
\max \begin{cases} a \\ b \end{cases}   -->  \max(a, b)
"""

from __future__ import annotations

from abc import abstractmethod
from typing import NoReturn

from deltarule.notation.statements import Statements
from deltarule.notation.syntax import Apply, Name, Syntax
from deltarule.notation.tokens import Token

Branch = tuple[Syntax, tuple[Syntax, ...] | None]


class Conditions(Statements):
    """What the cases of both notations share; each says itself what ends a case."""

    @abstractmethod
    def case_ends(self) -> bool:
        """Whether the conditions of a case are over here."""

    @abstractmethod
    def between_conditions(self) -> bool:
        """Read what stands between two conditions: whether another may follow."""

    # alternatives = conditions { "or" conditions },  conditions = chain { "," chain }
    def alternatives(self) -> list[tuple[Syntax, ...]]:
        """Each holds the conditions of which all hold. E006 where 'or' stands beside 'and'."""
        start = self.here
        found: list[list[Syntax]] = [[]]
        more = True
        while more and not self.case_ends():
            if self.token("word", "or"):
                self.next_alternative(found)
                continue
            found[-1].append(self.chain())
            more = self.between_conditions() or self.token("word", "or")
        alternatives = [self.all_conditions(conditions, "j = 1") for conditions in found]
        if not found[-1]:
            self.refuse("the condition of this case", r"write & j = 1 or & \text{otherwise}")
        if len(found) > 1 and any(len(a) > 1 for a in alternatives):
            self.ambiguous(
                self.since(start),
                "'and' stands beside 'or': write a case for each, one below another",
            )
        return [tuple(a) for a in alternatives]

    def next_alternative(self, found: list[list[Syntax]]) -> None:
        if not found[-1]:
            self.refuse("a condition before 'or'")
        self.advance()
        found.append([])

    def branches(self) -> list[Branch]:
        """A case of its own for each of the alternatives under which a value holds."""
        value, conditions = self.branch()
        if conditions is None:
            return [(value, None)]
        return [(value, alternative) for alternative in conditions]

    @abstractmethod
    def branch(self) -> tuple[Syntax, list[tuple[Syntax, ...]] | None]:
        """A value and the alternatives under which it holds; None for otherwise."""

    # rows = begin sum [","] { "\\" sum [","] } finish
    def of_rows(self, head: Token) -> Syntax:
        r"""\max \begin{cases} a \\ b \end{cases}: the largest of what stands in the rows."""
        self.advance()
        outer, self.bars = self.bars, False
        rows: list[Syntax] = []
        while not self.token("finish"):
            rows.append(self.sum())
            while self.accept("separator", ",", ";", ".", "quad") or self.accept("operator", "&"):
                continue
            if not self.token("separator", "row") and not self.token("finish"):
                self.refuse_condition(head)
            while self.accept("separator", "row"):
                continue
        self.bars = outer
        if not rows:
            self.refuse(f"what '{self.written(head)}' compares")
        self.advance()
        name = self.node(Name(head.value, self.written(head), self.at(head)))
        return self.node(Apply(name, 0, tuple(rows), True, self.since(head.start)))

    def refuse_condition(self, head: Token) -> NoReturn:
        spelled = self.written(head)
        self.refuse(
            f"the end of this row of '{spelled}'",
            f"{spelled} compares the rows, whatever the conditions are; write a case for each "
            f"condition, with a {spelled} of its own",
        )
