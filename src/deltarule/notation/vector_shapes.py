"""Which symbols are vectors and matrices, and of what dimensions.

A declaration (W in R^{m x n}) says it; the author's mark (\\vec, \\mathbf) says that it is one; else
where it stands: a symbol right of a matrix is a vector, so is what is added to one, and a function
has the rank of its body. Subscripts of a vector count data (x_i is the i-th vector).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from deltarule.errors import DeltaruleError
from deltarule.notation import tree
from deltarule.notation.syntax import (
    AbsoluteValue,
    Apply,
    Big,
    Cases,
    Chain,
    Group,
    Indexed,
    Name,
    Norm,
    Power,
    Product,
    Quotient,
    RealSpace,
    Statement,
    Sum,
    Syntax,
    Transposed,
)

Dimensions = tuple[Syntax | None, ...]
ROUNDS = 20  # more than any chain of inferences that a person writes


@dataclass(frozen=True, slots=True)
class Definition:
    """f(x, …) = body, a function of vectors."""

    name: str
    latex: str
    parameters: tuple[str, ...]
    body: Syntax
    rank: int


@dataclass
class Shapes:
    """Ranks count the axes that are not written as subscripts."""

    ranks: dict[str, int] = field(default_factory=dict)
    dims: dict[str, Dimensions] = field(default_factory=dict)
    declared: set[str] = field(default_factory=set)
    marked: set[str] = field(default_factory=set)
    definitions: dict[str, Definition] = field(default_factory=dict)

    # ------------------------------------------------------------------------------ questions

    def rank(self, node: Syntax) -> int:
        return self._shape(node)[0]

    def is_scalar(self, node: Syntax) -> bool:
        return self.rank(node) == 0

    def _shape(self, node: Syntax) -> tuple[int, bool]:
        """(rank, whether it is a row)."""
        match node:
            case Name(name):
                return self.ranks.get(name, 0), False
            case Indexed(base) | Group(base):
                return self._shape(base)
            case Transposed(base):
                rank, row = self._shape(base)
                return rank, not row if rank == 1 else False
            case Product():
                return self._product(node)
            case Norm():
                return 0, False
            case Power(base) | AbsoluteValue(base) | Big(_, _, _, base) | Quotient(base):
                return self._shape(base)
            case Apply(head, _, arguments):
                if isinstance(head, Name) and head.name in self.definitions:
                    return self.definitions[head.name].rank, False
                return max((self.rank(a) for a in arguments), default=0), False
            case Sum(terms):
                return max((self._shape(term) for _, term in terms), default=(0, False))
            case Cases(branches):
                return max((self.rank(value) for value, _ in branches), default=0), False
        return 0, False

    def _product(self, node: Product) -> tuple[int, bool]:
        if "odot" in node.ops:
            return max(self._shape(f) for f in node.factors)
        rank, row = 0, False
        for factor in reversed(node.factors):
            left, left_row = self._shape(factor)
            if left == 0:
                continue
            if rank == 0:
                rank, row = left, left_row
            elif left == 1 and left_row:
                rank, row = rank - 1, rank == 2
            elif left == 1 and row:
                rank, row = 2, False
        return rank, row

    def dimensions(self, node: Syntax, rank: int) -> Dimensions:
        """The size along each axis, None where it is not known."""
        unknown: Dimensions = (None,) * rank
        match node:
            case Name(name):
                found = self.dims.get(name, unknown)
            case Indexed(base) | Group(base) | Power(base) | AbsoluteValue(base):
                found = self.dimensions(base, rank)
            case Big(_, _, _, base) | Quotient(base):
                found = self.dimensions(base, rank)
            case Transposed(base):
                found = tuple(reversed(self.dimensions(base, rank)))
            case Apply(Name(name)) if name in self.definitions:
                found = self.dimensions(self.definitions[name].body, rank)
            case Apply():
                found = self._first_known(node.arguments, rank)
            case Sum(terms):
                found = self._first_known(tuple(term for _, term in terms), rank)
            case Cases(branches):
                found = self._first_known(tuple(value for value, _ in branches), rank)
            case Product():
                found = self._product_dimensions(node, rank)
            case _:
                found = unknown
        return found if len(found) == rank else unknown

    def _first_known(self, nodes: tuple[Syntax, ...], rank: int) -> Dimensions:
        result: list[Syntax | None] = [None] * rank
        for node in nodes:
            if self.rank(node) != rank:
                continue
            for axis, dimension in enumerate(self.dimensions(node, rank)):
                result[axis] = result[axis] if result[axis] is not None else dimension
        return tuple(result)

    def _product_dimensions(self, node: Product, rank: int) -> Dimensions:
        tensors = [f for f in node.factors if self.rank(f)]
        if "odot" in node.ops:
            return self._first_known(node.factors, rank)
        if not tensors or rank == 0:
            return (None,) * rank
        if len(tensors) == 1:
            return self.dimensions(tensors[0], rank)
        first = self.dimensions(tensors[0], self.rank(tensors[0]))
        last = self.dimensions(tensors[-1], self.rank(tensors[-1]))
        return (first[0],) if rank == 1 else (first[0], last[-1])

    def common(
        self, one: Syntax | None, other: Syntax | None, left: Syntax, right: Syntax
    ) -> Syntax | None:
        """The dimension that a product contracts. Raises E108 when the two differ."""
        if one is None or other is None or tree.key(one) == tree.key(other):
            return one if one is not None else other
        raise DeltaruleError(
            "E108",
            "the dimensions of a matrix product do not fit",
            at=right.span,
            seen=f"this has dimension {_shown(other)}, what stands before it has {_shown(one)}",
            help="check the declarations R^{m \\times n}, or transpose one of the two",
        )

    def note(self, name: str, rank: int, dims: Dimensions) -> None:
        self.ranks[name] = rank
        self.dims[name] = dims

    def definition_of(self, statement: Statement) -> Definition | None:
        for name, _, _ in _definitions([statement]):
            return self.definitions.get(name)
        return None


def _shown(node: Syntax) -> str:
    return tree.atom(node) or node.span.source.text[node.span.start : node.span.end]


def infer_shapes(statements: list[Statement]) -> Shapes:
    """Ranks and dimensions of all symbols that are vectors or matrices."""
    shapes = Shapes()
    _marks(statements, shapes)
    _declarations(statements, shapes)
    _until_stable(statements, shapes, products_only=True)
    _until_stable(statements, shapes, products_only=False)
    shapes.ranks = {n: r for n, r in shapes.ranks.items() if r}
    return shapes


def _until_stable(statements: list[Statement], shapes: Shapes, products_only: bool) -> None:
    """What stands right of a matrix is settled before sums and equations spread it."""
    for _ in range(ROUNDS):
        before = (dict(shapes.ranks), {n: _known(d) for n, d in shapes.dims.items()})
        _define(statements, shapes)
        for statement in statements:
            _Inference(shapes, products_only).statement(statement)
        if before == (shapes.ranks, {n: _known(d) for n, d in shapes.dims.items()}):
            return


def _known(dims: Dimensions) -> tuple[object, ...]:
    return tuple(None if d is None else tree.key(d) for d in dims)


def _declarations(statements: list[Statement], shapes: Shapes) -> None:
    for statement in statements:
        relation = statement.relation
        if not isinstance(relation, Chain) or not isinstance(relation.operands[-1], RealSpace):
            continue
        space = relation.operands[-1]
        for subject in relation.operands[:-1]:
            base = subject.base if isinstance(subject, Indexed) else subject
            if isinstance(base, Name):
                shapes.declared.add(base.name)
                whole = not _by_components(base.name, len(space.dimensions), statements)
                if whole or base.name in shapes.marked:
                    shapes.note(base.name, len(space.dimensions), space.dimensions)


def _by_components(name: str, rank: int, statements: list[Statement]) -> bool:
    """Whether a declared array is only ever used with all its subscripts written."""
    counts = [count for s in statements for count, _ in _occurrences(s, name)]
    return rank > 0 and bool(counts) and all(count == rank for count in counts)


def _occurrences(statement: Statement, name: str) -> Iterator[tuple[int, Name]]:
    """How many subscripts the name has at each use, declarations aside."""
    relation = statement.relation
    if isinstance(relation, Chain) and isinstance(relation.operands[-1], RealSpace):
        return
    yield from _occurrences_in(relation, name)


def _occurrences_in(node: Syntax, name: str) -> Iterator[tuple[int, Name]]:
    if isinstance(node, Indexed) and isinstance(node.base, Name):
        if node.base.name == name:
            yield len(node.subscripts), node.base
        for subscript in node.subscripts:
            yield from _occurrences_in(subscript, name)
        return
    if isinstance(node, Name) and node.name == name:
        yield 0, node
    for child in tree.children(node):
        yield from _occurrences_in(child, name)


def _marks(statements: list[Statement], shapes: Shapes) -> None:
    """\\vec x, \\mathbf W: capital Latin letters are matrices, all others vectors."""
    for statement in statements:
        for node in tree.descend(statement.relation):
            if isinstance(node, Name) and node.vector:
                shapes.marked.add(node.name)
                matrix = len(node.name.rstrip("0123456789")) == 1 and node.name[0].isupper()
                shapes.ranks.setdefault(node.name, 2 if matrix else 1)


def _definitions(statements: list[Statement]) -> Iterator[tuple[str, Apply, Syntax]]:
    """Statements of the form f(x, y) = body."""
    for statement in statements:
        relation = statement.relation
        if not isinstance(relation, Chain) or relation.ops[0] != "=":
            continue
        left = relation.operands[0]
        if isinstance(left, Apply) and isinstance(left.head, Name) and not left.primes:
            if all(isinstance(a, Name) for a in left.arguments):
                yield left.head.name, left, relation.operands[1]


def _define(statements: list[Statement], shapes: Shapes) -> None:
    """The functions of vectors, with the rank that their body has by now."""
    for name, left, body in _definitions(statements):
        rank = shapes.rank(body)
        parameters = tuple(a.name for a in left.arguments if isinstance(a, Name))
        vector = rank or any(shapes.ranks.get(p) for p in parameters)
        if vector and isinstance(left.head, Name):
            shapes.definitions[name] = Definition(name, left.head.latex, parameters, body, rank)
            shapes.ranks.pop(name, None)


@dataclass
class _Inference:
    shapes: Shapes
    products_only: bool

    def statement(self, statement: Statement) -> None:
        relation = statement.relation
        if not isinstance(relation, Chain) or relation.ops[0] != "=":
            return
        left, right = relation.operands[0], relation.operands[-1]
        self.visit(right)
        if self.products_only:
            return
        rank = self.shapes.rank(right)
        if rank and isinstance(left, Name | Indexed):
            self._give(left, rank)
        wanted = self.shapes.rank(left)
        if wanted and not rank:
            self._give(right, wanted)
        if isinstance(left, Name | Indexed):
            both = self.shapes._first_known((left, right), rank)
            self._fill(left, both)
            self._fill(right, both)

    def visit(self, node: Syntax) -> None:
        for child in tree.children(node):
            self.visit(child)
        match node:
            case Product() if "odot" not in node.ops:
                self._visit_product(node)
            case _ if self.products_only:
                return
            case Product():
                self._alike(node.factors)
            case Sum(terms):
                self._alike(tuple(term for _, term in terms))
            case Norm(body):
                if not self.shapes.rank(body):
                    self._give(body, 1)
            case Apply(Name(name), _, arguments) if name in self.shapes.definitions:
                for parameter, argument in zip(
                    self.shapes.definitions[name].parameters, arguments, strict=False
                ):
                    self._same(parameter, argument)

    def _alike(self, nodes: tuple[Syntax, ...]) -> None:
        """Terms of a sum have one rank: an unmarked symbol beside a vector is one."""
        rank = max((self.shapes.rank(n) for n in nodes), default=0)
        if not rank:
            return
        for node in nodes:
            if not self.shapes.rank(node) and not self.shapes.marked:
                self._give(node, rank)
        known = self.shapes._first_known(nodes, rank)
        for node in nodes:
            self._fill(node, known)

    def _visit_product(self, node: Product) -> None:
        for left, right in zip(node.factors, node.factors[1:], strict=False):
            if self.shapes.rank(left) == 2 and not self.shapes.rank(right):
                self._give(right, 1)
            if self.shapes.rank(left) and self.shapes.rank(right):
                self._contract(left, right)

    def _contract(self, left: Syntax, right: Syntax) -> None:
        """The last axis of the left meets the first axis of the right."""
        rank_left, rank_right = self.shapes.rank(left), self.shapes.rank(right)
        if rank_left == 1 and not isinstance(left, Transposed):
            return  # outer product
        inner = self.shapes.dimensions(left, rank_left)[-1]
        other = self.shapes.dimensions(right, rank_right)[0]
        if inner is not None and other is None:
            self._fill(right, (inner, *(None,) * (rank_right - 1)))
        if other is not None and inner is None:
            self._fill(left, (*(None,) * (rank_left - 1), other))

    def _same(self, parameter: str, argument: Syntax) -> None:
        rank = self.shapes.ranks.get(parameter, 0)
        if rank and not self.shapes.rank(argument):
            self._give(argument, rank)
        if rank and parameter in self.shapes.dims:
            self._fill(argument, self.shapes.dims[parameter])

    def _give(self, node: Syntax, rank: int) -> None:
        """A plain symbol, or the argument of a non-linearity, gets a rank that it has to have."""
        match node:
            case Name(name) if name not in self.shapes.declared and name != "e":
                self.shapes.ranks[name] = rank
            case Indexed(base) | Group(base) if not isinstance(base, Apply):
                self._give(base, rank)
            case Apply(Name(name), _, (argument,)) if name not in self.shapes.definitions:
                self._give(argument, rank)

    def _fill(self, node: Syntax, dims: Dimensions) -> None:
        """Dimensions that a plain symbol did not have yet."""
        match node:
            case Name(name) if self.shapes.ranks.get(name) == len(dims):
                old = self.shapes.dims.get(name, (None,) * len(dims))
                self.shapes.dims[name] = tuple(
                    a if a is not None else b for a, b in zip(old, dims, strict=True)
                )
            case Indexed(base) | Group(base):
                self._fill(base, dims)
            case Transposed(base):
                self._fill(base, tuple(reversed(dims)))
            case Apply(Name(name), _, (argument,)) if name not in self.shapes.definitions:
                self._fill(argument, dims)
            case Sum(terms):
                for _, term in terms:
                    self._fill(term, dims)
