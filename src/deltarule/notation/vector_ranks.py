r"""The rank of an expression, from those of its symbols, and whether a vector is a column or a row.

    W x + b     -->   a column, where W is a matrix, x and b are vectors
    x^\top y     -->   a number

A rank counts the axes that are not written as subscripts: 1 for x_t \in \mathbb{R}^d, 0 for x_{t,k}.
`rank_inference` finds those of the symbols.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from deltarule.notation import tree
from deltarule.notation.syntax import (
    AbsoluteValue,
    Apply,
    Big,
    Cases,
    Convolution,
    Filled,
    Group,
    Indexed,
    Inner,
    Iverson,
    Matrix,
    Name,
    Norm,
    Power,
    Product,
    Quotient,
    RealSpace,
    Stack,
    Statement,
    Sum,
    Syntax,
    Transposed,
    Whole,
)
from deltarule.notation.vector_definitions import Definition, definitions
from deltarule.notation.vector_symbols import places_taken, subscript_count

KEEP_SHAPE = frozenset(("softmax", "log_softmax", "logsoftmax"))
EXTREMES = frozenset(("max", "min"))
REDUCE_VECTOR = frozenset(("logsumexp", "LSE", "mean", "sum")) | EXTREMES
TRACES = frozenset(("tr", "Tr", "trace"))
DIAGONALS = frozenset(("diag", "Diag"))
VECTOR_FUNCTIONS = (KEEP_SHAPE | REDUCE_VECTOR) - EXTREMES  # their arguments are vectors
WHOLE_FUNCTIONS = KEEP_SHAPE | REDUCE_VECTOR | TRACES | DIAGONALS

Orientation = Literal["", "column", "row", "matrix"]


@dataclass
class Ranks:
    """The rank of every symbol, at as many subscripts as it always has."""

    statements: list[Statement]
    ranks: dict[str, int] = field(default_factory=dict)
    base_counts: dict[str, int] = field(default_factory=dict)
    declared: dict[str, RealSpace] = field(default_factory=dict)
    scalars: set[str] = field(default_factory=set)  # indices, sizes, integers, declared numbers
    declared_numbers: set[tuple[str, int]] = field(default_factory=set)  # y and 1 for y_k
    marked: set[str] = field(default_factory=set)
    parts: dict[str, int] = field(default_factory=dict)  # as many subscripts as it ever has
    elements: set[str] = field(default_factory=set)  # bold capitals that always have two subscripts
    numbers: set[str] = field(default_factory=set)  # what sums and means of elements define
    identities: dict[str, RealSpace] = field(default_factory=dict)  # I_N
    ranged: dict[str, int] = field(default_factory=dict)  # f[i,j] for i = 1..m, j = 1..n: two
    definitions: dict[str, Definition] = field(default_factory=dict)
    takers: dict[str, tuple[str, ...]] = field(default_factory=dict)  # parameters, "" for a number
    rows: bool = False  # plain vectors are rows: x W

    # ------------------------------------------------------------------------------ questions

    def is_declared_number(self, node: Syntax) -> bool:
        r"""y_k, where y_k \in \mathbb{R}; not y, all of them."""
        return (tree.symbol(node) or "", subscript_count(node)) in self.declared_numbers

    def rank(self, node: Syntax) -> int:
        return {"": 0, "column": 1, "row": 1, "matrix": 2}[self.orientation(node)]

    def orientation(self, node: Syntax) -> Orientation:
        match node:
            case Name():
                return self._plain(self.ranks.get(node.name, 0))
            case Indexed(Name(name), subscripts):
                if name not in self.ranks:
                    return self._plain(sum(isinstance(s, Whole) for s in subscripts))
                total = self.ranks[name] + self.base_counts.get(name, 0)
                return self._plain(total - places_taken(subscripts))
            case Indexed(base, subscripts):
                return self._plain(self.rank(base) - places_taken(subscripts))
            case Transposed(base):
                flipped: dict[Orientation, Orientation] = {"column": "row", "row": "column"}
                inner = self.orientation(base)
                return flipped.get(inner, inner)
            case Product():
                return self._product(node)
            case Norm() | Inner() | Iverson():
                return ""
            case Big("row"):
                return self._plain(1)
            case Group(base) | AbsoluteValue(base) | Big(_, _, _, base):
                return self.orientation(base)
            case Power(base, exponent):
                return self._largest((base, exponent))
            case Quotient(above, below) | Convolution(above, below):
                return self._largest((above, below))
            case Apply():
                return self._application(node)
            case Sum(terms):
                return self._largest(tuple(term for _, term in terms))
            case Cases(branches):
                return self._largest(tuple(value for value, _ in branches))
            case Stack() | Filled():
                return self._plain(1)
            case Matrix():
                return "matrix"
        return ""

    def _plain(self, rank: int) -> Orientation:
        return "" if rank <= 0 else "matrix" if rank > 1 else "row" if self.rows else "column"

    def _largest(self, nodes: tuple[Syntax, ...]) -> Orientation:
        found = [self.orientation(n) for n in nodes]
        for wanted in ("matrix", "column", "row"):
            if wanted in found:
                return next(f for f in found if f == wanted)
        return ""

    def _application(self, node: Apply) -> Orientation:
        name = node.head.name if isinstance(node.head, Name) else ""
        if name in self.definitions:
            return self._plain(self.definitions[name].rank)
        if name in TRACES | REDUCE_VECTOR and len(node.arguments) == 1:
            return ""
        if name in DIAGONALS and len(node.arguments) == 1:
            inner = self.rank(node.arguments[0])
            return self._plain({1: 2, 2: 1}.get(inner, inner))
        return self._largest(node.arguments)

    def _product(self, node: Product) -> Orientation:
        if "odot" in node.ops:
            return self._largest(node.factors)
        result: Orientation = ""
        for factor, op in zip(node.factors, ("", *node.ops), strict=True):
            result = self.times(result, self.orientation(factor), op)
        return result

    def times(self, left: Orientation, right: Orientation, op: str = "") -> Orientation:
        """Of the product of two: (m, 1) (1, n) is a matrix, (1, m) (m, 1) and x \\cdot y a number."""
        if not left or not right:
            return left or right
        if is_dot_product(left, right, op):
            return ""
        if left == "matrix":
            return "column" if right in ("column", "row") else "matrix"
        if right == "matrix":
            return "row"
        if left == right:
            return left  # element by element: nothing else fits
        return "matrix" if left == "column" else ""

    def called(self, name: str) -> bool:
        """Whether an equation, or the formula of another function, calls the function."""
        for statement in self.statements:
            definition = self.definition_of(statement)
            if definition is None or definition.name != name:
                for node in tree.descend(statement.relation):
                    if isinstance(node, Apply) and isinstance(node.head, Name):
                        if node.head.name == name:
                            return True
        return False

    def definition_of(self, statement: Statement) -> Definition | None:
        for name, _, _ in definitions([statement]):
            return self.definitions.get(name)
        return None


def is_dot_product(left: str, right: str, op: str) -> bool:
    """x \\cdot y, both columns or both rows."""
    return op == "dot" and left == right and left in ("column", "row")
