r"""What is said of numbers: bounds of symbols that count nothing are no ranges.

    z_t = \lambda z_{t-1} + x_t, \quad 0 \leq \lambda < 1   -->   z_t = \lambda z_{t-1} + x_t
    y_i = a x_i, \quad a, b > 0                             -->   y_i = a x_i
    x_i \in [0, 1]                                          -->   x_i \in \mathbb{R}

A symbol that is nowhere an integer (`integer_evidence`) is a number, and so is one with bounds that leave no
two integers between them, 0 < s < 1. A condition that would choose between equations, or that follows "if",
is refused: E008. What an equation defines is not bounded by a remark.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from math import ceil, floor
from typing import NoReturn, TypeGuard

from deltarule.errors import DeltaruleError
from deltarule.notation import integer_evidence, names, statement_tree, tree
from deltarule.notation.integer_evidence import is_real_interval, symbols
from deltarule.notation.operators import ORDER
from deltarule.notation.syntax import Chain, Indexed, Name, Num, RealSpace, Statement, Sum, Syntax

IF = re.compile(r"\b(?:if|when|unless)\b[^=<>]*$")
FAR = 40  # characters: "if" and what surrounds it are shorter


def settle(statements: list[Statement]) -> list[Statement]:
    """The statements without such remarks."""
    equations = [s for s in statements if statement_tree.defined(s) is not None]
    numbers = _Numbers(
        integer_evidence.integers(statements),
        frozenset(n for s in equations for n in _defined(s)),
        frozenset(n for s in equations for n in _spoken(s)),
    )
    result: list[Statement] = []
    chosen: dict[object, Chain] = {}  # the equation --> the remark that it had
    for statement in statements:
        kept = tuple(c for c in statement.conditions if not numbers.is_remark(c))
        said = [c for c in statement.conditions if isinstance(c, Chain) and c not in kept]
        if (left := statement_tree.defined(statement)) is not None:
            _refuse_if([c for c in statement.conditions if numbers.bounds(c)])
        if said and left is not None:
            chosen.setdefault(_place(left, kept), said[0])
        result += numbers.without(replace(statement, conditions=kept), said)
    _refuse_choice(result, chosen)
    return result


@dataclass(frozen=True, slots=True)
class _Numbers:
    integers: frozenset[str]
    defined: frozenset[str]
    spoken: frozenset[str]  # what equations name

    def is_remark(self, node: Syntax) -> bool:
        """Whether it bounds numbers of the document, none of them a value that an equation computes."""
        if not isinstance(node, Chain):
            return False
        if node.ops == ("in",):
            subject, space = node.operands
            return is_real_interval(space) and self.are_numbers((subject,))
        ends = [_number(o) is not None for o in (node.operands[0], node.operands[-1])]
        return self.bounds(node) and (all(ends) or self.are_spoken_of(node))

    def bounds(self, node: Syntax) -> TypeGuard[Chain]:
        """Whether it compares numbers."""
        if not isinstance(node, Chain) or not set(node.ops) <= ORDER | {"!="}:
            return False
        if self.are_numbers(node.operands):
            return True
        return _leaves_no_two(node) and not symbols(node.operands[1]) & self.defined

    def are_numbers(self, nodes: tuple[Syntax, ...]) -> bool:
        parts = [part for node in nodes for part in tree.descend(node)]
        elements = any(isinstance(p, Indexed) and not _is_named(p) for p in parts)
        found = set[str]().union(*(symbols(node) for node in nodes))
        return bool(found) and not elements and not found & (self.integers | self.defined)

    def are_spoken_of(self, node: Chain) -> bool:
        """Whether equations name them all."""
        return all(symbols(o) <= self.spoken for o in node.operands)

    def without(self, statement: Statement, said: list[Chain]) -> Iterator[Statement]:
        """The statement, unless it is such a remark itself; what is left of a, b > 0, i = 1..n."""
        relation, conditions = statement.relation, statement.conditions
        if isinstance(relation, Chain) and relation.ops == ("in",):
            yield replace(statement, relation=self.with_reals(relation))
            return
        listed = (
            bool(said) and isinstance(relation, Name | Indexed) and self.are_numbers((relation,))
        )
        known = _spoken(statement) <= self.spoken
        if not known or not (listed or self.is_remark(relation)):
            yield statement
        elif conditions:
            yield replace(statement, relation=conditions[0], conditions=conditions[1:])

    def with_reals(self, relation: Chain) -> Chain:
        r"""x_i \in [0, 1] --> x_i \in \mathbb{R}."""
        subject, space = relation.operands
        found = symbols(subject)
        if not is_real_interval(space) or not found or found & self.integers:
            return relation
        return replace(relation, operands=(subject, RealSpace((), space.span)))


def _is_named(element: Indexed) -> bool:
    r"""\phi_1, \phi_{\text{max}}: nothing runs below it."""
    return all(isinstance(s, Num) or (isinstance(s, Name) and names.is_styled(s))
               for s in element.subscripts)  # fmt: skip


def _leaves_no_two(node: Chain) -> bool:
    """0 <= s < 1, -1 < s < 1: no two integers are between."""
    if len(node.operands) != 3 or not symbols(node.operands[1]):
        return False
    low, high = _number(node.operands[0]), _number(node.operands[2])
    if low is None or high is None:
        return False
    if set(node.ops) <= {">", ">="}:
        low, high = high, low
    before, after = node.ops if set(node.ops) <= {"<", "<="} else reversed(node.ops)
    first = floor(low) + 1 if before in ("<", ">") else ceil(low)
    last = ceil(high) - 1 if after in ("<", ">") else floor(high)
    return last - first < 1


def _number(node: Syntax) -> float | None:
    match node:
        case Num(text):
            return float(text)
        case Sum(((-1, Num(text)),)):
            return -float(text)
    return None


def _defined(equation: Statement) -> set[str]:
    """y and y_1 of y_1 = …"""
    left = statement_tree.defined(equation)
    return set() if left is None else symbols(left)


def _spoken(statement: Statement) -> set[str]:
    """All symbols but those of its conditions."""
    found = tree.descend(statement.relation)
    return {a for n in found if (a := tree.atom(n)) is not None}


# ------------------------------------------------------------------------------ conditions that choose


def _place(left: Syntax, conditions: tuple[Syntax, ...]) -> object:
    return tree.key(left), tuple(tree.key(c) for c in conditions)


def _refuse_if(said: list[Chain]) -> None:
    for condition in said:
        start = condition.span.start
        if IF.search(condition.span.source.text, max(0, start - FAR), start):
            _refuse(
                condition, "it says when the equation holds, and nothing says what holds otherwise"
            )


def _refuse_choice(statements: list[Statement], chosen: dict[object, Chain]) -> None:
    """y = x^2, x < 0 and y = x, x >= 0: two equations for one thing."""
    places = [_place(left, s.conditions) for s in statements
              if (left := statement_tree.defined(s)) is not None]  # fmt: skip
    for place, condition in chosen.items():
        if places.count(place) > 1:
            _refuse(condition, "it would choose between two equations")


def _refuse(condition: Chain, seen: str) -> NoReturn:
    raise DeltaruleError(
        "E008",
        "a condition on a number behind an equation is not supported",
        at=condition.span,
        seen=seen,
        help="write one equation with cases: \\begin{cases} a & x > 0 \\\\ b & \\text{otherwise} \\end{cases}",
    )
