r"""Primes that transpose: \mathbf{x}_i' \boldsymbol\beta, as econometrics writes \mathbf{x}_i^\top \boldsymbol\beta.

    \mathbf{x}_i' \boldsymbol\beta   -->   \mathbf{x}_i^\top \boldsymbol\beta
    X'X b                           -->   X^\top X b
    \mathbf{w}' C \mathbf{v}        -->   \mathbf{w}^\top C \mathbf{v}
    \mathbf{x}_i \mathbf{x}_i'      -->   \mathbf{x}_i \mathbf{x}_i^\top

Where x is a vector, and x' is neither defined nor declared itself and always stands so: before another vector
or a group, with matrices between, or behind another vector. Elsewhere a prime is a part of the name; but E006
for G'_{ij} beside a G that is a matrix.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from typing import NoReturn

from deltarule.errors import DeltaruleError
from deltarule.notation import statement_tree, tree
from deltarule.notation.syntax import (
    Apply,
    Chain,
    Group,
    Indexed,
    Name,
    Product,
    Statement,
    Sum,
    Syntax,
    Transposed,
)


def settle(statements: list[Statement]) -> list[Statement]:
    """The statements with x' as the transpose of x where nothing else can be meant."""
    primed = {n for n in tree.names(*(s.relation for s in statements)) if base_of(n)}
    if not primed:
        return statements
    vectors = _vectors(statements)
    _refuse_elements(statements)
    said = {name for s in statements for name in stated(s)}
    known = vector_sums(statements)
    pairs = [pair for s in statements for pair in _before_itself(s.relation)]
    vectors |= {base_of(p) for p, x in pairs if p[:1].isupper() or _key(x) in known}
    found = {p for p in primed if base_of(p) in vectors and p not in said}
    found -= {name for s in statements for name in _elsewhere(s.relation, found, vectors)}
    for p, x in pairs:
        beside = vectors | {base_of(p)}
        if p not in found | said and not any(
            p in _elsewhere(s.relation, {p}, beside) for s in statements
        ):
            _refuse_itself(p, x)
    if not found:
        return statements

    def node(old: Syntax) -> Syntax:
        name = name_of(old)
        if name is not None and name.name in found:
            return Transposed(without_prime(old), old.span)
        return tree.rebuild(old, node)

    return statement_tree.rebuild_all(statements, node)


def base_of(name: str) -> str:
    """x for x', nothing for x and for x''."""
    base = name.removesuffix("'")
    return base if base != name and not base.endswith("'") else ""


def without_prime(node: Syntax) -> Syntax:
    """x for x', x_i for x_i'."""
    if isinstance(node, Indexed):
        return replace(node, base=without_prime(node.base))
    assert isinstance(node, Name), "only symbols have primes"
    return replace(node, name=base_of(node.name), latex=latex_without_prime(node.latex))


def latex_without_prime(latex: str) -> str:
    return latex.removesuffix("'").removesuffix("^{\\prime}").removesuffix("^\\prime")


def name_of(node: Syntax) -> Name | None:
    base = node.base if isinstance(node, Indexed) else node
    return base if isinstance(base, Name) else None


def _vectors(statements: list[Statement]) -> frozenset[str]:
    r"""What is bold, or declared to lie in \mathbb{R}^n."""
    found: set[str] = set()
    for node in (n for s in statements for n in tree.descend(s.relation)):
        if isinstance(node, Name) and node.vector:
            found.add(base_of(node.name) or node.name)
    for subject, space in statement_tree.declarations(statements):
        if space.dimensions and (name := name_of(subject)):
            found.add(name.name)
    return frozenset(found)


def vector_sums(statements: list[Statement]) -> set[tuple[str, int] | None]:
    r"""u_t of u_t = y_t - A y_{t-1} where y_t \in \mathbb{R}^n, as u and how many subscripts it has; y_t too."""
    found = {_key(subject) for subject, space in statement_tree.declarations(statements)
             if len(space.dimensions) == 1}  # fmt: skip
    equations = [sides for s in statements if (sides := statement_tree.sides(s)) is not None]
    while True:
        new = {_key(left) for left, right in equations
               if any(_key(term) in found for term in _terms(right))}  # fmt: skip
        if new <= found:
            return found - {None}
        found |= new


def _terms(node: Syntax) -> tuple[Syntax, ...]:
    return tuple(term for _, term in node.terms) if isinstance(node, Sum) else (node,)


def _key(node: Syntax) -> tuple[str, int] | None:
    """x and 1 of x_i; None of what is no symbol."""
    name = name_of(node)
    below = tree.apart(node.subscripts) if isinstance(node, Indexed) else ()
    return None if name is None else (name.name, len(below))


def _before_itself(node: Syntax) -> Iterator[tuple[str, Syntax]]:
    """X' and X of X'X, x' and x_i of x_i' x_i."""
    for product in tree.descend(node):
        if isinstance(product, Product):
            for op, (left, right) in zip(product.ops, pairwise(product.factors), strict=True):
                name = name_of(left)
                if op or _is_element(left) or name is None or not base_of(name.name):
                    continue
                if tree.key(without_prime(left)) == tree.key(right):
                    yield name.name, right


def _refuse_itself(name: str, x: Syntax) -> NoReturn:
    """E006 for x'x where nothing says that x is a vector."""
    latex = tree.written(x)
    raise DeltaruleError(
        "E006",
        f"'{name}' before '{base_of(name)}' can be read in two ways: its transpose, or another number",
        at=x.span,
        seen="nothing says that this is a vector",
        help=rf"write {latex}^\top {latex}, or declare it, {latex} \in \mathbb{{R}}^n; another number {name} is declared or "
        "defined too",
    )


def _refuse_elements(statements: list[Statement]) -> None:
    r"""E006 for G'_{ij} where the document says what the matrix G is, and nothing of G'."""
    said = {name for s in statements for name in stated(s)}
    matrices = {n for s in statements for n in _matrices(s)}
    for node in statement_tree.all_nodes(statements):
        name = name_of(node)
        if isinstance(node, Indexed) and name is not None and _is_element(node):
            if name.name not in said and base_of(name.name) in matrices:
                refuse(node, name)


def _matrices(statement: Statement) -> Iterator[str]:
    r"""G of G_{ij} = … and of G \in \mathbb{R}^{m \times n}; no bold \mathbf{G}_{t,T}, a matrix each."""
    left = statement_tree.left_side(statement)
    if isinstance(left, Indexed) and _is_element(left):
        yield from (n.name for n in [name_of(left)] if n is not None and not n.vector)
    for subject, space in statement_tree.declarations([statement]):
        if len(space.dimensions) == 2 and isinstance(subject, Name):
            yield subject.name


def refuse(use: Syntax, name: Name) -> NoReturn:
    """E006 for a primed matrix that nothing is said of."""
    latex = latex_without_prime(name.latex)
    raise DeltaruleError(
        "E006",
        f"'{name.name}' can be read in two ways: the transpose of '{base_of(name.name)}', or another matrix",
        at=use.span,
        seen="neither defined nor declared",
        help=rf"write '{latex}^\top' for the transpose, or declare the other matrix: "
        rf"{name.latex} \in \mathbb{{R}}^{{m \times n}}",
    )


def _is_element(node: Syntax) -> bool:
    """X_{ij}, where X_i may be a matrix."""
    return isinstance(node, Indexed) and len(tree.apart(node.subscripts)) > 1


def stated(statement: Statement) -> Iterator[str]:
    """The symbols that are defined or declared."""
    relation = statement.relation
    if isinstance(relation, Chain):
        for operand in relation.operands[:-1]:
            if (name := name_of(operand)) is not None:
                yield name.name
            elif isinstance(operand, Apply):
                yield from (n.name for a in operand.arguments if (n := name_of(a)))
    elif (name := name_of(relation)) is not None:
        yield name.name


def _elsewhere(node: Syntax, primed: set[str], vectors: frozenset[str]) -> Iterator[str]:
    """The primed symbols with no vector and no group on their right."""
    name = name_of(node)
    if name is not None and name.name in primed:
        yield name.name
        return
    children = list(tree.children(node))
    if isinstance(node, Product):
        for number, factor in enumerate(node.factors):
            own = name_of(factor)
            if own is not None and own.name in primed:
                if _before_vector(node, number, vectors | primed) or _behind(node, number, vectors):
                    children.remove(factor)
    for child in children:
        yield from _elsewhere(child, primed, vectors)


def _before_vector(node: Product, number: int, vectors: frozenset[str]) -> bool:
    """Whether a vector or a group follows, with matrices between: x'b, x'(a - b), x'C b."""
    for op, factor in zip(node.ops[number:], node.factors[number + 1 :], strict=True):
        following = name_of(factor)
        if op or isinstance(factor, Group):
            return not op
        if following is None or following.name in vectors:
            return following is not None
        if not _is_capital(following):
            return False
    return False


def _is_capital(name: Name) -> bool:
    return len(name.name) == 1 and name.name.isupper()


def _behind(node: Product, number: int, vectors: frozenset[str]) -> bool:
    """Whether a vector stands before this vector and nothing after: x x', which has no product otherwise."""
    if number == 0 or number < len(node.factors) - 1 or node.ops[number - 1]:
        return False
    pair = [name_of(factor) for factor in node.factors[number - 1 : number + 1]]
    before = pair[0]
    if before is None or before.name not in vectors:
        return False
    return all(name is not None and not name.name[:1].isupper() for name in pair)
