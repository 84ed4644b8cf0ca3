r"""Which symbols are vectors and matrices.

A declaration (W \in \mathbb{R}^{m \times n}) says it; the author's mark (\vec, \mathbf) says that it
is one; else where it stands: what is transposed, what stands in a norm, beside \odot, right of a
matrix, is added to a vector, or is equal to one. Capital letters are then matrices, as everywhere.

A rank counts the axes that are not written as subscripts: 1 for x_t \in \mathbb{R}^d, 0 for x_{t,k}.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Literal

from deltarule.notation import identities, tree, vector_calls, vector_use
from deltarule.notation.syntax import (
    AbsoluteValue,
    Apply,
    Big,
    Cases,
    Chain,
    Convolution,
    Filled,
    Group,
    Indexed,
    Inner,
    Interval,
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

ROUNDS = 20  # more than any chain of inferences that a person writes
KEEP_SHAPE = frozenset(("softmax", "log_softmax", "logsoftmax"))
EXTREMES = frozenset(("max", "min"))
REDUCE_VECTOR = frozenset(("logsumexp", "LSE", "mean", "sum")) | EXTREMES
TRACES = frozenset(("tr", "Tr", "trace"))
DIAGONALS = frozenset(("diag", "Diag"))
VECTOR_FUNCTIONS = (KEEP_SHAPE | REDUCE_VECTOR) - EXTREMES  # their arguments are vectors
WHOLE_FUNCTIONS = KEEP_SHAPE | REDUCE_VECTOR | TRACES | DIAGONALS

Orientation = Literal["", "column", "row", "matrix"]


@dataclass(frozen=True, slots=True)
class Definition:
    """f(x, …) = body, or f(x, …)_k = body, a function of vectors."""

    name: str
    latex: str
    parameters: tuple[str, ...]
    body: Syntax
    rank: int
    axes: tuple[str, ...] = ()  # k of f(x)_k


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
        return (symbol(node) or "", _written(node)) in self.declared_numbers

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
                written = sum(not isinstance(s, Whole) for s in subscripts)
                return self._plain(max(total - written, 0))
            case Indexed(base, subscripts):
                written = sum(not isinstance(s, Whole) for s in subscripts)
                return self._plain(max(self.rank(base) - written, 0))
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


# ------------------------------------------------------------------------------ inference


def infer_ranks(statements: list[Statement], own: frozenset[str] = frozenset()) -> Ranks:
    """The ranks that the document gives its symbols; empty where it has no vectors.

    `own` are parameters that have the rank of what their functions are called with.
    """
    found = Ranks(statements)
    _positions(statements, found)
    _marks(statements, found)
    _declarations(statements, found)
    found.ranged = _ranged(statements)
    _counts(statements, found)
    capitals = _capitals(found)
    for name, left, body in definitions(statements):
        multiplied = vector_calls.multiplied(body, capitals) | own
        found.takers[name] = tuple(p if p in multiplied else "" for p in _parameters(left))
    _known_first(statements, found)
    both = vector_use.elements_and_wholes(found.base_counts, found.parts)
    found.numbers.update(vector_use.numbers(statements, both, found.parts))
    _until_stable(statements, found, products_only=True)
    _by_use(statements, found, both)
    _until_stable(statements, found, products_only=False)
    found.rows = _has_rows(statements, found)
    found.ranks = {n: r for n, r in found.ranks.items() if r}
    undeclared = frozenset(n for n, r in found.ranks.items() if r == 2) - found.declared.keys()
    found.identities = identities.sized(statements, undeclared)
    return found


def _known_first(statements: list[Statement], found: Ranks) -> None:
    """What is equal to an expression of declared vectors alone has its rank.

    A function that the document defines may make a number of a vector: that is not known yet.
    """
    evidence = _Evidence(found, products_only=False)
    own = {name for name, _, _ in definitions(statements)}
    for left, right in vector_use.equations(statements):
        named = vector_use.reads(right)
        if named and named <= found.declared.keys() | found.scalars and not own & _heads(right):
            if (rank := found.rank(right)) > found.rank(left):
                evidence.give(left, rank)


def _heads(node: Syntax) -> frozenset[str]:
    """The functions that are called."""
    return frozenset(
        n.head.name for n in tree.descend(node) if isinstance(n, Apply) and isinstance(n.head, Name)
    )


def _by_use(statements: list[Statement], found: Ranks, both: frozenset[str]) -> None:
    """x is a vector where x and x_i both occur; not where an equation makes x a number."""
    if not both:
        return
    definitions_of = {left.name: right for left, right in vector_use.equations(statements)
                      if isinstance(left, Name)}  # fmt: skip
    apart = vector_use.defined_with_elements(statements) | found.scalars | found.numbers
    waiting = vector_use.only_whole(statements, both) - apart
    waiting -= found.ranks.keys() | found.declared.keys()
    for name in sorted(waiting - definitions_of.keys()):
        found.ranks[name] = found.parts[name] - found.base_counts[name]
    capitals = _capitals(found)
    for name in sorted(waiting & definitions_of.keys()):
        right = definitions_of[name]
        if found.rank(right) or vector_use.capitals_multiply(right, capitals):
            found.ranks[name] = found.parts[name]


def _capitals(found: Ranks) -> frozenset[str]:
    """The letters that are matrices where vectors are."""
    return frozenset(n for n in found.base_counts if usual_rank(n) == 2) - found.scalars


def _until_stable(statements: list[Statement], found: Ranks, products_only: bool) -> None:
    """What stands right of a matrix is settled before sums and equations spread it."""
    for _ in range(ROUNDS):
        before = dict(found.ranks)
        _define(statements, found)
        for statement in statements:
            _Evidence(found, products_only).statement(statement)
        if before == found.ranks:
            return


def _positions(statements: list[Statement], found: Ranks) -> None:
    """What stands in subscripts, limits and dimensions is a whole number."""
    for statement in statements:
        relation = statement.relation
        if isinstance(relation, Chain) and isinstance(relation.operands[-1], Interval):
            for subject in relation.operands[:-1]:
                if (name := symbol(subject)) is not None:
                    found.scalars.add(name)
        for part in (relation, *statement.conditions):
            for node in tree.descend(part):
                for place in _places(node):
                    found.scalars.update(
                        n.name for n in tree.descend(place) if isinstance(n, Name) and not n.vector
                    )


def _places(node: Syntax) -> tuple[Syntax, ...]:
    match node:
        case Indexed(_, subscripts):
            return tuple(s for s in subscripts if not isinstance(s, Indexed))
        case Big(_, below, above):
            return (*below, *((above,) if above is not None else ()))
        case RealSpace(dimensions):
            return dimensions
        case Interval(low, high):
            return (low, high)
    return ()


def _marks(statements: list[Statement], found: Ranks) -> None:
    r"""\vec x, \mathbf W: capital letters are matrices, all others vectors."""
    for statement in statements:
        for node in tree.descend(statement.relation):
            if isinstance(node, Name) and node.vector:
                found.marked.add(node.name)
                found.ranks.setdefault(node.name, usual_rank(_without_difference(node)))


def usual_rank(name: str) -> int:
    """2 for a capital letter, 1 for another: what a symbol is when all that is known is that it is
    a matrix or a vector."""
    letter = name.partition("_")[0].rstrip("0123456789'")
    return 2 if letter[:1].isupper() and (len(letter) == 1 or letter in CAPITALS) else 1


def _without_difference(node: Name) -> str:
    r"""c for \Delta c."""
    return node.name.removeprefix("Delta_") if node.latex.startswith("\\Delta ") else node.name


CAPITALS = frozenset("Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega".split())


def _declarations(statements: list[Statement], found: Ranks) -> None:
    for statement in statements:
        relation = statement.relation
        if not isinstance(relation, Chain) or not isinstance(relation.operands[-1], RealSpace):
            continue
        space = relation.operands[-1]
        for subject in relation.operands[:-1]:
            name = symbol(subject)
            if name is None:
                continue
            if not space.dimensions:
                found.scalars.add(name)
                found.declared_numbers.add((name, _written(subject)))
                found.ranks.pop(name, None)
                continue
            found.declared[name] = space
            found.ranks[name] = len(space.dimensions)
            if isinstance(subject, Indexed):
                found.base_counts[name] = len(subject.subscripts)


def _written(node: Syntax) -> int:
    return len(tree.apart(node.subscripts)) if isinstance(node, Indexed) else 0


def _ranged(statements: list[Statement]) -> dict[str, int]:
    """How many subscripts are declared with ranges."""
    return {
        name: len(s.relation.subscripts)
        for s in statements
        if isinstance(s.relation, Indexed) and s.conditions
        if (name := symbol(s.relation)) is not None
    }


def _counts(statements: list[Statement], found: Ranks) -> None:
    """How many subscripts each symbol always has; subscripts of a declared array are its axes."""
    counts_of: dict[str, set[int]] = {}
    for statement in statements:
        for name, count in _occurrences(statement):
            counts_of.setdefault(name, set()).add(count)
    slices = dict(found for s in statements for found in _slices(s.relation))
    for name, counts in _parameter_counts(statements).items():
        if 0 in counts_of.setdefault(name, {0}):
            counts_of[name] |= counts
    for name, counts in counts_of.items():
        if max(counts):
            found.parts[name] = max(counts)
        if name in found.base_counts:
            continue
        base = min(counts)
        found.base_counts[name] = base
        if name in slices and name in found.marked - found.declared.keys():
            found.ranks[name] = slices[name] - base
        elif name in found.marked - found.declared.keys() and base > 1 == found.ranks[name] - 1:
            found.elements.add(name)
            del found.ranks[name]
        if name not in found.declared or not base:
            continue
        rank = found.ranks[name]
        if base < rank and (name not in found.marked or rank > 1):
            found.ranks[name] = rank - base  # rows of it, Q_i
        elif base == rank and name not in found.marked:
            found.ranks[name] = 0  # its elements


def _occurrences(statement: Statement) -> Iterator[tuple[str, int]]:
    """Each use of a name with how many subscripts it has; declarations and definitions by it aside."""
    relation = statement.relation
    if isinstance(relation, Chain) and isinstance(relation.operands[-1], RealSpace):
        return
    parameters = {p for _, left, _ in definitions([statement]) for p in _parameters(left)}
    yield from ((n, count) for n, count in _occurrences_in(relation) if n not in parameters)


def _slices(node: Syntax) -> Iterator[tuple[str, int]]:
    """U and 2 for U_{:,i}: all its axes are written."""
    for part in tree.descend(node):
        if isinstance(part, Indexed) and isinstance(part.base, Name):
            if any(isinstance(s, Whole) for s in part.subscripts):
                yield part.base.name, len(part.subscripts)


def _parameter_counts(statements: list[Statement]) -> dict[str, set[int]]:
    r"""P and Q of D(P, Q) = \sum_i P_i \log Q_i: whole, and with one subscript."""
    found: dict[str, set[int]] = {}
    for _, left, body in definitions(statements):
        for name, count in _occurrences_in(body):
            if count and name in _parameters(left):
                found.setdefault(name, {0}).add(count)
    return found


def _occurrences_in(node: Syntax) -> Iterator[tuple[str, int]]:
    if isinstance(node, Indexed) and isinstance(node.base, Name):
        yield node.base.name, sum(not isinstance(s, Whole) for s in node.subscripts)
        for subscript in node.subscripts:
            yield from _occurrences_in(subscript)
        return
    if isinstance(node, Name):
        yield node.name, 0
    for child in tree.children(node):
        yield from _occurrences_in(child)


def definitions(statements: list[Statement]) -> Iterator[tuple[str, Apply, Syntax]]:
    """Statements of the form f(x, y) = body, and f(x)_k = body."""
    for statement in statements:
        relation = statement.relation
        if not isinstance(relation, Chain) or relation.ops[0] != "=":
            continue
        left = relation.operands[0]
        if isinstance(left, Indexed) and _component_axes(left):
            left = left.base
        if isinstance(left, Apply) and isinstance(left.head, Name) and not left.primes:
            if all(isinstance(a, Name) for a in left.arguments):
                yield left.head.name, left, relation.operands[1]


def _component_axes(left: Syntax) -> tuple[str, ...]:
    """k of f(x)_k."""
    if not isinstance(left, Indexed) or not isinstance(left.base, Apply):
        return ()
    names = tuple(s.name for s in left.subscripts if isinstance(s, Name))
    return names if len(names) == len(left.subscripts) else ()


def _parameters(left: Apply) -> tuple[str, ...]:
    return tuple(a.name for a in left.arguments if isinstance(a, Name))


def _define(statements: list[Statement], found: Ranks) -> None:
    """The functions of vectors, with the rank that their body has by now."""
    for statement in statements:
        for name, left, body in definitions([statement]):
            assert isinstance(statement.relation, Chain), "it defines something"
            axes = _component_axes(statement.relation.operands[0])
            rank = len(axes) or found.rank(body)
            parameters = _parameters(left)
            vector = rank or any(found.ranks.get(p) for p in parameters)
            if vector and isinstance(left.head, Name):
                latex = left.head.latex
                found.definitions[name] = Definition(name, latex, parameters, body, rank, axes)
                found.ranks.pop(name, None)


def _has_rows(statements: list[Statement], found: Ranks) -> bool:
    """x W: a vector, not transposed, left of a matrix; and none right of one."""
    before = after = False
    for statement in statements:
        for node in tree.descend(statement.relation):
            if isinstance(node, Product) and "odot" not in node.ops:
                kinds = [found.orientation(f) for f in node.factors]
                kinds = [k for k in kinds if k]
                for left, right in pairwise(kinds):
                    before |= (left, right) == ("column", "matrix")
                    after |= (left, right) == ("matrix", "column")
    return before and not after


def symbol(node: Syntax) -> str | None:
    base = node.base if isinstance(node, Indexed) else node
    return base.name if isinstance(base, Name) else None


@dataclass
class _Evidence:
    """One reading of the document: symbols get the ranks that they have to have."""

    found: Ranks
    products_only: bool

    def statement(self, statement: Statement) -> None:
        relation = statement.relation
        if not isinstance(relation, Chain) or relation.ops[0] != "=":
            return
        left, right = relation.operands[0], relation.operands[-1]
        self.visit(right)
        if self.products_only:
            return
        if isinstance(left, Name | Indexed):
            rank, wanted = self.found.rank(right), self.found.rank(left)
            if rank > wanted:
                self.give(left, rank)
            elif wanted and not rank:
                if self._is_component(left, right):
                    self.found.elements.add(symbol(left) or "")
                    del self.found.ranks[symbol(left) or ""]
                else:
                    self.give(right, wanted)

    def _is_component(self, left: Syntax, right: Syntax) -> bool:
        r"""\mathbf{a}_{t,s} = p_t s: bold by its letter, but there are no vectors on the right."""
        name = symbol(left)
        several = isinstance(left, Indexed) and len(left.subscripts) > 1
        bold = name in self.found.marked - self.found.declared.keys()
        return several and bold and not vector_use.reads(right) & self.found.marked

    def visit(self, node: Syntax) -> None:
        for child in tree.children(node):
            self.visit(child)
        if isinstance(node, Apply) and isinstance(node.head, Name):
            self._give_parameters(self.found.takers.get(node.head.name, ()), node.arguments)
        match node:
            case Transposed(base, _, letter):
                if not letter or "T" not in self.found.scalars:
                    self.give_usual(base)
            case Norm(body) if not self._are_elements(body):
                self.give_usual(body)
            case Inner(left, right):
                self.give_vector(left)
                self.give_vector(right)
            case Product() if "odot" not in node.ops:
                self._visit_product(node)
            case Indexed(Group(body), subscripts) if not self.found.rank(body):
                self._visit_element(body, len(tree.apart(subscripts)))
            case Apply(Name(name), _, (argument,)) if name in TRACES:
                self.give(argument, 2)
            case Apply(Name(name), _, (argument,)) if name in DIAGONALS:
                self.give_usual(argument)
            case Apply(Name(name), _, (argument,)) if name in VECTOR_FUNCTIONS:
                if not isinstance(argument, Indexed):  # softmax(u_i): over i, or of a vector?
                    self.give_vector(argument)
            case Apply(Name(name), _, arguments) if name in self.found.definitions:
                definition = self.found.definitions[name]
                for parameter, argument in zip(definition.parameters, arguments, strict=False):
                    rank = self.found.ranks.get(parameter, 0)
                    if rank > self.found.rank(argument):
                        self.give(argument, rank)
            case _ if self.products_only:
                return
            case Product(factors):
                self._alike(factors)
                if not any(self.found.rank(f) for f in factors):
                    for factor in factors:
                        self.give_usual(factor)
            case Sum(terms):
                self._alike(tuple(term for _, term in terms))
            case Cases(branches):
                self._alike(tuple(value for value, _ in branches))

    def _give_parameters(self, parameters: tuple[str, ...], arguments: tuple[Syntax, ...]) -> None:
        """u of f(u) = A u has the rank of what f is called with."""
        for parameter, argument in zip(parameters, arguments, strict=False):
            rank = self.found.rank(argument)
            if parameter and rank > self.found.ranks.get(parameter, 0):
                self.give(Name(parameter, parameter, argument.span), rank)

    def _alike(self, nodes: tuple[Syntax, ...]) -> None:
        """Terms of a sum have one rank: an unmarked symbol beside a vector is one."""
        rank = max((self.found.rank(n) for n in nodes), default=0)
        if not rank:
            return
        for node in nodes:
            if not self.found.rank(node) and not self.found.marked:
                self.give(node, rank)

    def _visit_product(self, node: Product) -> None:
        """Right of a matrix or of a row stands a vector, or a matrix by its letter; left of a
        column stands a matrix where the letter is a capital, else a number."""
        for position, (left, right) in enumerate(pairwise(node.factors)):
            before, after = self.found.orientation(left), self.found.orientation(right)
            last = position == len(node.factors) - 2
            if after and not before:
                outer = isinstance(right, Transposed) and last
                if outer or (_is_capital(left) and not _is_element(left)):
                    self.give_usual(left)
            elif before and not after:
                if before == "matrix" or isinstance(left, Transposed):
                    self.give_usual(right)
                elif _is_capital(right) and isinstance(right, Name):
                    self.give_usual(right)  # x W

    def _visit_element(self, body: Syntax, axes: int) -> None:
        """(W H)_{ij}: a product of matrices; (W x)_i: a vector."""
        factors = body.factors if isinstance(body, Product) else (body,)
        if axes == 2 and all(_is_capital(symbol_below(f)) for f in factors):
            for factor in factors:
                self.give_usual(factor)
        elif axes == 1 and not _is_capital(symbol_below(factors[-1])):
            self.give_vector(factors[-1])

    def _are_elements(self, node: Syntax) -> bool:
        r"""\|f_{ij} - f_{kl}\|, where f[i,j] is declared with ranges: numbers, unless anything else says
        that they are vectors."""
        leaves = list(_leaves(node))
        return bool(leaves) and all(
            isinstance(leaf, Indexed)
            and len(leaf.subscripts) == self.found.ranged.get(symbol(leaf) or "")
            for leaf in leaves
        )

    # -------------------------------------------------------------------------- giving

    def give_usual(self, node: Syntax) -> None:
        """A vector or a matrix, by its letter."""
        if self.found.rank(node):
            return
        for name in _leaves(node):
            self.give(name, usual_rank(symbol(name) or ""))

    def give_vector(self, node: Syntax) -> None:
        if not self.found.rank(node):
            for name in _leaves(node):
                self.give(name, 1)

    def give(self, node: Syntax, rank: int) -> None:
        """The symbols that an expression has its rank from get it."""
        for leaf in _leaves(node):
            name = symbol(leaf)
            if name is None or name in self.found.scalars | self.found.numbers:
                continue
            if name == "e" and not self.found.base_counts.get(name) and "e" not in self.found.parts:
                continue
            rank_here = rank  # bare where it always has subscripts: a parameter
            if isinstance(leaf, Indexed):
                written = sum(not isinstance(s, Whole) for s in leaf.subscripts)
                rank_here += written - self.found.base_counts.get(name, 0)
            if name in self.found.declared:
                full = len(self.found.declared[name].dimensions)
                if rank_here != full or self.found.ranks.get(name, 0):
                    continue  # said otherwise
            self.found.ranks[name] = max(self.found.ranks.get(name, 0), rank_here)


def symbol_below(node: Syntax) -> Syntax:
    """H for H^\\top."""
    return node.base if isinstance(node, Transposed) else node


def _is_capital(node: Syntax) -> bool:
    return usual_rank(symbol(node) or "") == 2


def _is_element(node: Syntax) -> bool:
    """A_{ij}: two subscripts."""
    return isinstance(node, Indexed) and len(tree.apart(node.subscripts)) > 1


def _leaves(node: Syntax) -> Iterator[Name | Indexed]:
    """The symbols that decide the rank of an expression."""
    match node:
        case Name():
            yield node
        case Indexed(base):
            if isinstance(base, Name):
                yield node
        case Group(base) | Transposed(base) | Power(base) | AbsoluteValue(base):
            yield from _leaves(base)
        case Big("row"):
            return  # its components are numbers
        case Big(_, _, _, base) | Quotient(base):
            yield from _leaves(base)
        case Apply(Name(name), _, (argument,)) if name not in TRACES | REDUCE_VECTOR:
            yield from _leaves(argument)
        case Sum(terms):
            for _, term in terms:
                yield from _leaves(term)
        case Product(factors, ops) if "odot" in ops:
            for factor in factors:
                yield from _leaves(factor)
        case Product(factors):
            yield from _leaves(factors[-1])
        case Cases(branches):
            for value, _ in branches:
                yield from _leaves(value)
