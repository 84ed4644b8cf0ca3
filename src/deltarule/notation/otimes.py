r"""a \otimes b between vectors: their element-wise product, or their outer one. The text decides.

    c_t = f_t \otimes c_{t-1}, c_t \in \mathbb{R}^d          -->   c_t = f_t \odot c_{t-1}
    S = v \otimes k, S \in \mathbb{R}^{d \times d}            -->   S = v k^\top

An outer product has the axes of both sides, an element-wise one those of either. What is known of the
left side without these equations, or that it stands among the factors itself, rules one of them out.
"""

from __future__ import annotations

from dataclasses import replace
from typing import NoReturn

from deltarule.errors import DeltaruleError
from deltarule.notation import tree, vector_forms, vector_use
from deltarule.notation.rank_inference import infer_ranks
from deltarule.notation.syntax import (
    Chain,
    Group,
    Product,
    Statement,
    Syntax,
    Transposed,
)
from deltarule.notation.vector_ranks import Ranks


def settle(statements: list[Statement], settled: str = "") -> list[Statement]:
    """The statements without such signs; `settled` is elementwise or outer where the author says so.

    Raises E006 where both readings fit.
    """
    if not any(_signs(s) for s in statements):
        return statements
    apart = vector_forms.settle([_element_wise(s) for s in statements])
    known = infer_ranks(apart)
    factors = [p for s in statements for p in _signs(s) if any(_ranks_of(p, known))]
    if not factors:
        return [_element_wise(s) for s in statements]
    readings = {settled} if settled else _readings(statements, known)
    if readings == {"elementwise"}:
        return [_element_wise(s) for s in statements]
    if readings == {"outer"} and all(_ranks_of(p, known) == [1, 1] for p in factors):
        return [_element_wise(_outer(s, known)) for s in statements]  # of numbers: their product
    _refuse(factors[0])


def _signs(statement: Statement) -> list[Product]:
    nodes = tree.descend(statement.relation)
    return [n for n in nodes if isinstance(n, Product) and "otimes" in n.ops]


def _sides(node: Product) -> list[Syntax]:
    """x W and x V of x W \\otimes x V."""
    result: list[Syntax] = []
    start = 0
    for number, op in enumerate((*node.ops, "otimes")):
        if op == "otimes":
            factors, ops = node.factors[start : number + 1], node.ops[start:number]
            span = replace(node.span, start=factors[0].span.start, end=factors[-1].span.end)
            result.append(Group(Product(factors, ops, span), span) if ops else factors[0])
            start = number + 1
    return result


def _ranks_of(node: Product, known: Ranks) -> list[int]:
    return [known.rank(side) for side in _sides(node)]


def _readings(statements: list[Statement], known: Ranks) -> set[str]:
    """Those that some equation does not rule out, or is the only one to have."""
    outside = infer_ranks(vector_forms.settle([s for s in statements if not _signs(s)]))
    wanted: set[str] = set()
    for statement in statements:
        relation = statement.relation
        if not _signs(statement) or not isinstance(relation, Chain) or relation.ops[0] != "=":
            continue
        left = relation.operands[0]
        name = tree.symbol(left) or ""
        repeated = any(name in vector_use.reads(p) for p in _signs(statement))
        if not repeated and name not in outside.ranks.keys() | outside.declared.keys():
            continue
        fits = set()
        for reading, changed in (
            ("elementwise", _element_wise(statement)),
            ("outer", _outer(statement, known)),
        ):
            (formed,) = vector_forms.settle([changed])
            assert isinstance(formed.relation, Chain), "it was one"
            rank = (known if repeated else outside).rank(left)
            more = reading == "outer" and any(len(_sides(p)) > 2 for p in _signs(statement))
            if known.rank(formed.relation.operands[-1]) == rank and not more:
                fits.add(reading)
        matrices = any(2 in _ranks_of(p, known) for p in _signs(statement))
        if matrices and repeated:
            fits = {"elementwise"}
        elif matrices:
            continue  # a Kronecker product is a matrix too
        if len(fits) == 1:
            wanted |= fits
    return wanted


def _element_wise(statement: Statement) -> Statement:
    def node(old: Syntax) -> Syntax:
        new = tree.rebuild(old, node)
        if isinstance(new, Product) and "otimes" in new.ops:
            return replace(new, ops=tuple("odot" if op == "otimes" else op for op in new.ops))
        return new

    return replace(statement, relation=node(statement.relation))


def _outer(statement: Statement, known: Ranks) -> Statement:
    def node(old: Syntax) -> Syntax:
        new = tree.rebuild(old, node)
        if not isinstance(new, Product) or "otimes" not in new.ops:
            return new
        sides = _sides(new)
        if len(sides) != 2 or not any(_ranks_of(new, known)):
            return new  # of three axes, or of numbers
        left, right = sides
        if known.rows:
            return Product((Transposed(left, left.span), right), ("",), new.span)
        return Product((left, Transposed(right, right.span)), ("",), new.span)

    return replace(statement, relation=node(statement.relation))


def _refuse(node: Product) -> NoReturn:
    number = node.ops.index("otimes")
    left, right = node.factors[number : number + 2]
    text = node.span.source.text
    between = text[left.span.end : right.span.start]
    sign = "\\otimes" if "\\otimes" in between else "⊗"
    start = left.span.end + max(between.find(sign), 0)
    raise DeltaruleError(
        "E006",
        f"'{sign}' can be read in two ways: as the product of elements, or as the outer product",
        at=replace(node.span, start=start, end=start + len(sign)),
        seen="ambiguous",
        help="write \\odot for the element-wise product and a b^\\top for the outer one, or settle "
        "'otimes: elementwise' or 'otimes: outer' in the front matter",
    )
