r"""Which symbols are vectors and matrices.

A declaration (W \in \mathbb{R}^{m \times n}) says it; the author's mark (\vec, \mathbf) says that it
is one; else where it stands: what is transposed, what stands in a norm, beside \odot, right of a
matrix, is added to a vector, or is equal to one. Capital letters are then matrices, as everywhere.
"""

from __future__ import annotations

from itertools import pairwise

from deltarule.notation import identities, stated_ranks, subscript_counts, tree, vector_use
from deltarule.notation.rank_evidence import Evidence
from deltarule.notation.syntax import (
    Apply,
    Chain,
    Name,
    Product,
    Statement,
    Syntax,
)
from deltarule.notation.vector_definitions import (
    Definition,
    component_axes,
    definitions,
    parameters_of,
)
from deltarule.notation.vector_ranks import Ranks
from deltarule.notation.vector_symbols import usual_rank

ROUNDS = 20  # more than any chain of inferences that a person writes


def infer_ranks(statements: list[Statement], own: frozenset[str] = frozenset()) -> Ranks:
    """The ranks that the document gives its symbols; empty where it has no vectors.

    `own` are parameters that have the rank of what their functions are called with.
    """
    found = Ranks(statements)
    stated_ranks.positions(statements, found)
    stated_ranks.marks(statements, found)
    stated_ranks.declarations(statements, found)
    found.ranged = stated_ranks.ranged(statements)
    subscript_counts.count(statements, found)
    _take(statements, found, own)
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


def _take(statements: list[Statement], found: Ranks, own: frozenset[str]) -> None:
    """The parameters that have the rank of what their function is called with: u of f(u) = A u."""
    capitals = _capitals(found)
    for name, left, body in definitions(statements):
        vectors = vector_use.multiplied(body, capitals) | own
        found.takers[name] = tuple(p if p in vectors else "" for p in parameters_of(left))


def _known_first(statements: list[Statement], found: Ranks) -> None:
    """What is equal to an expression of declared vectors alone has its rank.

    A function that the document defines may make a number of a vector: that is not known yet.
    """
    evidence = Evidence(found, products_only=False)
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
        matrices = found.parts[name] == 2 and vector_use.capitals_alone({name}, right, capitals)
        if matrices or found.rank(right) or vector_use.capitals_multiply(right, capitals):
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
            Evidence(found, products_only).statement(statement)
        if before == found.ranks:
            return


def _define(statements: list[Statement], found: Ranks) -> None:
    """The functions of vectors, with the rank that their body has by now."""
    for statement in statements:
        for name, left, body in definitions([statement]):
            assert isinstance(statement.relation, Chain), "it defines something"
            axes = component_axes(statement.relation.operands[0])
            rank = len(axes) or found.rank(body)
            parameters = parameters_of(left)
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
