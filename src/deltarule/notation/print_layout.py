"""What is printed, before it is spelled: the shapes that formulas have in every notation.

The walks (`print_terms`, `print_forms`) turn a System's records into these; a dialect (`print_text`,
`print_latex`, `print_mathml`) is one function that spells each of them. Parentheses are part of the
layout; how names, signs and spaces are written is up to the dialect.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from deltarule.equations.nodes import ArgOp, CompareOp, Order, ReduceOp

Bracket = Literal["(", "[", "|"]
Word = Literal[",", "and", "or"]


@dataclass(frozen=True, slots=True)
class Digits:
    """A number: 12, 0.07."""

    text: str


@dataclass(frozen=True, slots=True)
class Element:
    """An array with its subscripts, or just a name."""

    name: str
    subscripts: tuple[Layout, ...] = ()


@dataclass(frozen=True, slots=True)
class Derivative:
    """d value / d element, where that has no name of its own."""

    value: Layout
    of: Layout


@dataclass(frozen=True, slots=True)
class Sum:
    """Terms, each with whether it is subtracted; tight in subscripts and bounds: j-1."""

    terms: tuple[tuple[bool, Layout], ...]
    tight: bool = False


@dataclass(frozen=True, slots=True)
class Multiple:
    """An integer times an atom of an affine form: 2*n, 2n."""

    factor: int
    of: Layout


@dataclass(frozen=True, slots=True)
class Product:
    """Factors side by side; `dots` says between which of them a sign is needed."""

    factors: tuple[Layout, ...]
    dots: tuple[bool, ...]


@dataclass(frozen=True, slots=True)
class Fraction:
    top: Layout
    bottom: Layout


@dataclass(frozen=True, slots=True)
class Power:
    base: Layout
    exponent: Layout


@dataclass(frozen=True, slots=True)
class Root:
    body: Layout


@dataclass(frozen=True, slots=True)
class Exponential:
    """e^x."""

    exponent: Layout


@dataclass(frozen=True, slots=True)
class Apply:
    """f(x, y), differentiated `order` times; `bare` without parentheses: ln x."""

    function: str
    order: Order
    arguments: tuple[Layout, ...]
    bare: bool = False


@dataclass(frozen=True, slots=True)
class Fence:
    """What stands in parentheses or between bars."""

    left: Bracket
    body: Layout


@dataclass(frozen=True, slots=True)
class Indicator:
    """The Iverson bracket."""

    condition: Layout


@dataclass(frozen=True, slots=True)
class Limits:
    """What stands at one sign of a big operator."""

    below: Layout
    above: Layout | None = None


@dataclass(frozen=True, slots=True)
class Big:
    """sum, max, argmax …: a sign for each of the limits, and the body."""

    op: ReduceOp | ArgOp
    limits: tuple[Limits, ...]
    body: Layout


@dataclass(frozen=True, slots=True)
class Cases:
    """Values with the conditions under which they hold, None for all that is left.

    `stacked`: a line of text for each, where they are the right side of an equation.
    """

    rows: tuple[tuple[Layout, Layout | None], ...]
    stacked: bool = False


@dataclass(frozen=True, slots=True)
class Comparison:
    """2 <= j < M."""

    operands: tuple[Layout, ...]
    ops: tuple[CompareOp, ...]


@dataclass(frozen=True, slots=True)
class Interval:
    """j = 2..M; tight at a big operator: k=1..n."""

    index: Layout
    low: Layout
    high: Layout | None
    tight: bool = False


@dataclass(frozen=True, slots=True)
class Member:
    """y[i] in 1..N: an element of an integer array and its values."""

    of: Layout
    low: Layout
    high: Layout


@dataclass(frozen=True, slots=True)
class Listed:
    """Conditions or arguments: a, b; a and b; a or b."""

    parts: tuple[Layout, ...]
    word: Word = ","


@dataclass(frozen=True, slots=True)
class Verbatim:
    """Words that are no formula."""

    text: str


Layout = (
    Digits
    | Element
    | Derivative
    | Sum
    | Multiple
    | Product
    | Fraction
    | Power
    | Root
    | Exponential
    | Apply
    | Fence
    | Indicator
    | Big
    | Cases
    | Comparison
    | Interval
    | Member
    | Listed
    | Verbatim
)


def is_tall(layout: Layout) -> bool:
    """Whether parentheses around it should grow: fractions, big operators and cases are in it."""
    if isinstance(layout, Fraction | Derivative | Big | Cases):
        return True
    return any(is_tall(part) for part in parts_of(layout))


def parts_of(layout: Layout) -> list[Layout]:
    """The layouts directly within a layout."""
    match layout:
        case Digits() | Verbatim():
            return []
        case Element(_, parts) | Product(parts, _) | Apply(_, _, parts):
            return list(parts)
        case Comparison(parts, _) | Listed(parts, _):
            return list(parts)
        case Multiple(_, body) | Fence(_, body):
            return [body]
        case Root(body) | Exponential(body) | Indicator(body):
            return [body]
        case Sum(terms, _):
            return [term for _, term in terms]
        case Fraction(first, second) | Power(first, second) | Derivative(first, second):
            return [first, second]
        case Interval(index, low, high):
            return [index, low] if high is None else [index, low, high]
        case Member(of, low, high):
            return [of, low, high]
        case Big(_, limits, body):
            found = [part for limit in limits for part in (limit.below, limit.above)]
            return [*(part for part in found if part is not None), body]
        case Cases(rows):
            return [part for row in rows for part in row if part is not None]


def opening(layout: Layout, flat: bool) -> str:
    """What the reader sees first: "0" for digits, "(", "[", or "" for all else.

    `flat`: fractions stand in a line, and the Iverson bracket is just that.
    """
    match layout:
        case Digits():
            return "0"
        case Fence(left, _):
            return left if left != "|" else ""
        case Indicator() if flat:
            return "["
        case Fraction(top, _) if flat:
            return opening(top, flat)
        case Product(factors, _):
            return opening(factors[0], flat)
        case Power(base, _):
            return opening(base, flat)
        case Multiple():
            return "0"
    return ""
