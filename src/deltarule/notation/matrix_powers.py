r"""Powers of a declared square matrix: products, or a recurrence where the exponent runs.

    y = A^2 x                        -->   y = A A x
    K_j = C A^j B                    -->   K_j = C A_pow_j B,  A_pow_0 = I,  A_pow_q = A A_pow_{q-1}

Only of a matrix that is declared by its bare letter, A \in \mathbb{R}^{n \times n}: there is one A, so A^j
is no other matrix. In a recurrence, h_l = W^l h_{l-1}, it may be one after all: that stays refused, and
so do inverses and fractional powers.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import chain, count

from deltarule.notation import names, statement_tree, tree
from deltarule.notation.syntax import (
    Big,
    Chain,
    Group,
    Indexed,
    Name,
    Num,
    Power,
    Product,
    RealSpace,
    Statement,
    Sum,
    Syntax,
)

MOST_FACTORS = 8  # written out; a higher power is a recurrence
INDICES = ("q", "p", "r", "s")


def settle(statements: list[Statement]) -> list[Statement]:
    """The statements without such powers, and with the recurrences that give them."""
    spaces = {
        subject.name: space
        for subject, space in statement_tree.declarations(statements)
        if isinstance(subject, Name)
    }
    labelled = {n for s in statements for n in _first_powers(s)}
    matrices = {n: x for n, x in spaces.items() if _is_square(x) and n not in labelled}
    if not matrices:
        return statements
    taken = tree.names(*(s.relation for s in statements))
    result: list[Statement] = []
    found: dict[str, _Recurrence] = {}
    lengths = frozenset(n for s in statements for n in _lengths(s))
    for statement in statements:
        indices = names.bound_on_the_left(statement)
        scope = lengths if _is_recurrence(statement) else indices | lengths
        writing = _Writing(matrices, taken, found)
        relation = writing.node(statement.relation, scope)
        result.append(replace(statement, relation=relation))
    return [*result, *(s for recurrence in found.values() for s in recurrence.statements())]


@dataclass(frozen=True, slots=True)
class _Recurrence:
    """A_pow_0 = I, A_pow_q = A A_pow_{q-1}."""

    matrix: Name
    power: Name
    index: Name
    space: RealSpace

    def statements(self) -> Iterator[Statement]:
        span = self.power.span
        one: Syntax = Num("1", span)
        before = Sum(((1, self.index), (-1, one)), span)
        step = Product((self.matrix, self.at(before)), ("",), span)
        identity = Name("I", "I", span)
        for relation in (
            Chain((self.at(self.index), self.space), ("in",), span),
            Chain((self.at(Num("0", span)), identity), ("=",), span),
            Chain((self.at(self.index), step), ("=",), span),
        ):
            yield Statement(relation, (), span)

    def at(self, exponent: Syntax) -> Indexed:
        return Indexed(self.power, (exponent,), "bracket", self.power.span)


@dataclass
class _Writing:
    matrices: dict[str, RealSpace]
    taken: set[str]
    found: dict[str, _Recurrence] = field(default_factory=dict)

    def node(self, old: Syntax, scope: frozenset[str]) -> Syntax:
        match old:
            case Power(Name(name) as matrix, exponent) if name in self.matrices:
                return self._power(old, matrix, exponent, scope)
            case Big():
                inside = scope | frozenset(tree.bound_by(old, scope))
                return tree.rebuild(old, lambda child: self.node(child, inside))
        return tree.rebuild(old, lambda child: self.node(child, scope))

    def _power(self, old: Power, matrix: Name, exponent: Syntax, scope: frozenset[str]) -> Syntax:
        number = _numeral(exponent)
        if number is not None and 0 < number <= MOST_FACTORS:
            factors = tuple(matrix for _ in range(number))
            product = Product(factors, tuple("" for _ in factors[1:]), old.span)
            return Group(product, old.span) if number > 1 else matrix
        if "I" in self.taken or not _counts(exponent, scope):
            return old
        return replace(self._recurrence(matrix, old).at(exponent), span=old.span)

    def _recurrence(self, matrix: Name, at: Power) -> _Recurrence:
        if matrix.name not in self.found:
            self.found[matrix.name] = _Recurrence(
                replace(matrix, span=at.span),
                self._new(
                    chain([f"{matrix.name}_pow"], (f"{matrix.name}_pow{n}" for n in count(2))), at
                ),
                self._new(chain(INDICES, (f"q{n}" for n in count(2))), at),
                self.matrices[matrix.name],
            )
        return self.found[matrix.name]

    def _new(self, candidates: Iterator[str], at: Power) -> Name:
        name = next(c for c in candidates if c not in self.taken)
        self.taken.add(name)
        letter, _, label = name.partition("_")
        return Name(name, f"{letter}_{{\\mathrm{{{label}}}}}" if label else name, at.span)


def _numeral(exponent: Syntax) -> int | None:
    """2 of A^2 and of A^{(2)}."""
    if isinstance(exponent, Group):
        return _numeral(exponent.body)
    return int(exponent.text) if isinstance(exponent, Num) and exponent.text.isdigit() else None


def _counts(exponent: Syntax, scope: frozenset[str]) -> bool:
    """j, j - 1, 2 j + n: whole numbers, sums of indices and lengths. Not -1."""
    nodes = list(tree.descend(exponent))
    named = [n.name for n in nodes if isinstance(n, Name)]
    whole = all(not isinstance(n, Num) or n.text.isdigit() for n in nodes)
    plain = all(isinstance(n, Num | Name | Sum | Product | Group) for n in nodes)
    return plain and whole and bool(named) and scope.issuperset(named)


def _first_powers(statement: Statement) -> Iterator[str]:
    """W of W^1, which nobody writes for a power: it counts."""
    for node in tree.descend(statement.relation):
        if isinstance(node, Power) and isinstance(node.base, Name):
            if _numeral(node.exponent) == 1:
                yield node.base.name


def _is_recurrence(statement: Statement) -> bool:
    """h_l = … h_{l-1}; not x_k = … x_0."""
    relation = statement.relation
    if not isinstance(relation, Chain) or not isinstance(left := relation.operands[0], Indexed):
        return False
    return any(
        isinstance(n, Indexed)
        and tree.key(n.base) == tree.key(left.base)
        and any(isinstance(part, Name) for s in n.subscripts for part in tree.descend(s))
        for operand in relation.operands[1:]
        for n in tree.descend(operand)
    )


def _lengths(statement: Statement) -> Iterator[str]:
    """N of \\mathbb{R}^{N \\times d} and of a sum to N."""
    for node in statement_tree.nodes(statement):
        if isinstance(node, RealSpace):
            yield from (d.name for d in node.dimensions if isinstance(d, Name))
        elif isinstance(node, Big) and isinstance(node.above, Name):
            yield node.above.name


def _is_square(space: RealSpace) -> bool:
    dimensions = space.dimensions
    return len(dimensions) == 2 and tree.key(dimensions[0]) == tree.key(dimensions[1])
