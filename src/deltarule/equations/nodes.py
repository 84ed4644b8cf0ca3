"""The expressions of a System: small frozen records without behaviour.

Subscripts are affine forms over names (indices and sizes alike) and elements of integer arrays
(gathers). A domain is a set of integer points over names (see `domains`). A record's span is where
it stands in the author's text; it takes no part in comparisons.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from deltarule.equations.domains import Domain
    from deltarule.source import Span

ReduceOp = Literal["sum", "prod", "max", "min"]
ArgOp = Literal["argmax", "argmin"]
CompareOp = Literal["=", "!=", "<", "<=", ">", ">="]
RelationOp = Literal["=", "!=", ">="]
Order = int | tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Affine:
    """constant + sum of coefficient * atom; an atom is a name, or an element of an integer array.

    Build with `affine.make`: terms are sorted and have no zero coefficient, so equal forms are equal.
    """

    terms: tuple[tuple[str | Access, int], ...]
    constant: int = 0


@dataclass(frozen=True, slots=True)
class Relation:
    """The condition `affine op 0` on indices, sizes and integer arrays."""

    affine: Affine
    op: RelationOp


@dataclass(frozen=True, slots=True)
class Compare:
    """A condition on data: `left op right`."""

    left: Expr
    op: CompareOp
    right: Expr


@dataclass(frozen=True, slots=True)
class All:
    """All of these conditions hold."""

    parts: tuple[Condition, ...]


Condition = Relation | Compare | All


@dataclass(frozen=True, slots=True)
class Number:
    value: Fraction
    span: Span | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Size:
    """A size used as a number."""

    name: str
    span: Span | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class IndexValue:
    """An index used as a number."""

    name: str
    span: Span | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Access:
    """One element of an array."""

    array: str
    subscripts: tuple[Affine, ...]
    span: Span | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Call:
    """function(arguments), differentiated `order` times (its primes).

    For several arguments, once it is differentiated: how often by each, d1 f(u, v) has (1, 0).
    """

    function: str
    args: tuple[Expr, ...]
    order: Order = 0
    span: Span | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Add:
    terms: tuple[Expr, ...]
    span: Span | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Mul:
    """A product. A quotient is a product with a power -1; a negation one with the number -1."""

    factors: tuple[Expr, ...]
    span: Span | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Pow:
    base: Expr
    exponent: Expr
    span: Span | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Reduce:
    """op over all points of `domain` in the `indices`, of the body.

    The domain constrains the indices in terms of the names around; where `unlimited`, the author
    wrote no limits: the domain is what the supports of the body's arrays allow.
    """

    op: ReduceOp
    indices: tuple[str, ...]
    domain: Domain
    body: Expr
    unlimited: bool = False
    span: Span | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class ArgReduce:
    """The index where the body is largest or smallest: the first at a tie. `unlimited` as in Reduce."""

    op: ArgOp
    index: str
    domain: Domain
    body: Expr
    unlimited: bool = False
    span: Span | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Bracket:
    """The Iverson bracket: 1 where the condition holds, else 0."""

    condition: Condition
    span: Span | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Select:
    """Cases on data: `then` where the condition holds, else `otherwise`; the other one never matters."""

    condition: Condition
    then: Expr
    otherwise: Expr
    span: Span | None = field(default=None, compare=False, repr=False)


Expr = (
    Number
    | Size
    | IndexValue
    | Access
    | Call
    | Add
    | Mul
    | Pow
    | Reduce
    | ArgReduce
    | Bracket
    | Select
)
