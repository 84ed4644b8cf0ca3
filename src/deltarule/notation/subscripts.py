"""Subscripts, limits and the relations between them: affine forms in indices, sizes and integer arrays.

2 n + k - 1, y_i                -->   Affine
1 <= k < j                      -->   k - 1 >= 0, j - k - 1 >= 0
k in {1, ..., n}                -->   k - 1 >= 0, n - k >= 0
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NoReturn

from deltarule.equations import affine, domains
from deltarule.equations.nodes import Access, Affine, Relation
from deltarule.errors import DeltaruleError
from deltarule.notation import tree
from deltarule.notation.symbols import Symbols
from deltarule.notation.syntax import (
    Apply,
    Chain,
    ChainOp,
    Group,
    Indexed,
    Interval,
    Name,
    Num,
    Product,
    Sum,
    Syntax,
)
from deltarule.source import Span


@dataclass(frozen=True)
class Subscripts:
    """Reads integers; `scope` are the indices that can be read at a place."""

    symbols: Symbols

    # ------------------------------------------------------------------------------ forms

    def position(self, node: Syntax, scope: frozenset[str]) -> Affine:
        """An affine form in indices, sizes and integer arrays. Raises E111 for anything else."""
        match node:
            case Num(text) if text.isdigit():
                return affine.number(int(text))
            case Name(name):
                return self._position_of(node, name, scope)
            case Indexed(Name(name), subscripts):
                inner = tuple(self.position(s, scope) for s in subscripts)
                return affine.name(Access(name, inner, node.span))
            case Group(body):
                return self.position(body, scope)
            case Sum(terms):
                return affine.add(
                    *(affine.scale(self.position(t, scope), sign) for sign, t in terms)
                )
            case Product(factors):
                return self._scaled(node, [self.position(f, scope) for f in factors])
            case Apply(head, 0, (argument,)):  # 2 (n + 1) is read as a call of nothing
                return self._scaled(
                    node, [self.position(head, scope), self.position(argument, scope)]
                )
        raise DeltaruleError(
            "E111",
            "a subscript or limit must be a sum of whole multiples of indices and sizes",
            at=node.span,
            seen="this is none",
            help="for example 2 n + k - 1, or an integer array such as y_i",
        )

    def _position_of(self, node: Name, name: str, scope: frozenset[str]) -> Affine:
        if name in scope or name in self.symbols.sizes:
            return affine.name(name)
        if name in self.symbols.integers:
            return affine.name(Access(name, (), node.span))
        raise DeltaruleError(
            "E101",
            f"nothing introduces the index '{name}'",
            at=node.span,
            seen="not bound by a sum or by the left side",
            help=f"use it under a sum over {name}, or as a subscript of the left side",
        )

    def _scaled(self, node: Syntax, forms: list[Affine]) -> Affine:
        constant = 1
        rest: list[Affine] = []
        for form in forms:
            if form.terms:
                rest.append(form)
            else:
                constant *= form.constant
        if len(rest) > 1:
            raise DeltaruleError(
                "E111",
                "a product of two indices or sizes cannot be a subscript or limit",
                at=node.span,
                seen="not affine",
                help="only whole multiples, such as 2 n + k; give the array an axis for each, W[i,j] for "
                f"W[(i - 1) n + j], or {self._with_number(rest)}",
            )
        return affine.scale(rest[0], constant) if rest else affine.number(constant)

    def _with_number(self, factors: list[Affine]) -> str:
        """What to do with a factor that is a size: a stride has a number."""
        sizes = [n for f in factors if (n := affine.plain_name(f)) in self.symbols.sizes]
        if len(sizes) != 1:
            return "a length such as h d a name of its own"
        return f"{sizes[0]} its number, {sizes[0]} = 2, in the front matter fix: {sizes[0]} = 2"

    def is_integer(self, node: Syntax, scope: frozenset[str]) -> bool:
        """Whether an expression is an affine form in indices, sizes and integer arrays."""
        match node:
            case Num(text):
                return text.isdigit()
            case Name(name):
                known = name in scope or name in self.symbols.sizes
                return known or name in self.symbols.integers
            case Indexed(Name(name)):
                return name in self.symbols.integers
            case Interval(low, high):
                return self.is_integer(low, scope) and self.is_integer(high, scope)
            case Group() | Sum() | Product():
                return all(self.is_integer(c, scope) for c in tree.children(node))
        return False

    # ------------------------------------------------------------------------------ relations

    def relations(self, chain: Syntax, scope: frozenset[str]) -> list[Relation]:
        """1 <= k < j, k in {1, …, n}, k = 1..n as relations between integers."""
        if not isinstance(chain, Chain):
            raise DeltaruleError(
                "E003",
                "a condition was expected here",
                at=chain.span,
                seen="no relation in it",
                help="write a range such as 1 <= k <= n",
            )
        found: list[Relation] = []
        pairs = zip(chain.operands, chain.ops, chain.operands[1:], strict=False)
        for left, op, right in pairs:
            if isinstance(right, Interval):
                here = self.position(left, scope)
                low, high = (self.position(e, scope) for e in (right.low, right.high))
                self._refuse_reversed(low, high, right)
                found += [domains.at_least(here, low), domains.at_least(high, here)]
            elif op == "in":
                _refuse_set(right)
            else:
                found.append(
                    _relation(self.position(left, scope), op, self.position(right, scope), chain)
                )
        return found

    def static_relations(self, chain: Syntax, scope: frozenset[str]) -> list[Relation]:
        """Relations between indices and sizes only."""
        return without_data(self.relations(chain, scope), chain.span)

    def _refuse_reversed(self, low: Affine, high: Affine, at: Interval) -> None:
        """E003 for n..1; 1..0 is an empty range."""
        upward = all(n in self.symbols.sizes and c > 0 for n, c in low.terms)
        downward = high.constant < low.constant - 1 if not low.terms else high.constant < 2
        if not high.terms and upward and downward and (low.terms or high.constant < low.constant):
            raise DeltaruleError(
                "E003",
                "this range runs downwards",
                at=at.span,
                seen="the smaller end stands first",
                help="write 1..n: in which order elements are computed follows from the equations",
            )


def without_data(
    relations: list[Relation],
    at: Span,
    help: str = "put the condition into an Iverson bracket in the body",
) -> list[Relation]:
    """The relations as they are. Raises E008 for one that data decide."""
    if all(affine.is_static(relation.affine) for relation in relations):
        return relations
    raise DeltaruleError("E008", "a range that depends on data is not supported", at=at, help=help)


def split(node: Indexed) -> tuple[Syntax, ...]:
    """w_{jk} --> w_{j,k}; in brackets, w[j k] is a product."""
    return node.subscripts if node.style == "bracket" else tree.apart(node.subscripts)


def _relation(left: Affine, op: ChainOp, right: Affine, at: Chain) -> Relation:
    """left op right as a form compared with 0; strict inequalities of integers become weak."""
    difference = affine.subtract(right, left)
    match op:
        case "=":
            return Relation(_index_first(difference), "=")
        case "!=":
            return Relation(_index_first(difference), "!=")
        case "<=":
            return Relation(difference, ">=")
        case "<":
            return Relation(affine.add(difference, affine.number(-1)), ">=")
        case ">=":
            return Relation(affine.scale(difference, -1), ">=")
        case ">":
            return Relation(affine.add(affine.scale(difference, -1), affine.number(-1)), ">=")
    raise DeltaruleError(
        "E003", "a range was expected here", at=at.span, help="write k \\in \\{1, \\dots, n\\}"
    )


def _index_first(form: Affine) -> Affine:
    """[y = k] and [k = y] are one condition: k - y = 0, the first index added."""
    plain = [c for n, c in form.terms if isinstance(n, str)]
    return affine.scale(form, -1) if plain and plain[0] < 0 else form


def _refuse_set(right: Syntax) -> NoReturn:
    text = right.span.source.text[right.span.start : right.span.end]
    raise DeltaruleError(
        "E008",
        f"nothing says which elements the set '{text}' has",
        at=right.span,
        seen="a range is known: \\{1, \\dots, n\\}",
        help="sum over all and multiply by a matrix that is 1 for its elements and else 0: "
        "\\sum_{j=1}^n A_{ij} x_j",
    )
