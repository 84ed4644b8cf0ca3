"""What the parsers make of a text: a tree of what was written, before any name has a meaning.

The LaTeX and the plain-text parser both produce these records; `elaborate` gives names their meaning
(index, size, array, function) and makes a System of them. Every node has a span.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from deltarule.source import Span


@dataclass(frozen=True, slots=True)
class Num:
    """A decimal or integer literal, as text: `12`, `0.5`."""

    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Name:
    """A symbol. `name` is its LaTeX without backslashes and braces, decorations appended
    (`\\xi` -> xi, `\\hat{y}` -> y_hat, `W^{(1)}` -> W1, `\\mathcal{L}` -> L, `\\vec f` -> f with vector=True);
    `latex` is how the author spelled it, without subscripts."""

    name: str
    latex: str
    span: Span
    vector: bool = False  # \vec, \mathbf, \bm, \boldsymbol: the author marks a vector or matrix


@dataclass(frozen=True, slots=True)
class Indexed:
    """base_{subscripts} or base[subscripts]. Whether it is an element or part of a name (`N_Y`) is
    for `elaborate` to say. base is a Name, or an Apply or Group for `f(x)_i`, `(W x)_i`."""

    base: Syntax
    subscripts: tuple[Syntax, ...]
    style: Literal["subscript", "bracket"]
    span: Span
    bar: int = 0  # how many subscripts stand before the bar of p_{j|i}; 0 where there is none


@dataclass(frozen=True, slots=True)
class Apply:
    """head(arguments), head'(arguments): a call, or a product when the head is no function.

    For a known function without parentheses (`\\ln h_k`, `\\sin x`) `parenthesised` is False."""

    head: Syntax  # Name or Indexed
    primes: int
    arguments: tuple[Syntax, ...]
    parenthesised: bool
    span: Span
    partials: tuple[int, ...] = ()  # the arguments by which it is differentiated: 1 is the first


@dataclass(frozen=True, slots=True)
class Group:
    """Parentheses, kept so that a printer or an error can speak of them: ( … ), also [ … ] or braces.

    `braces` is for those around a name that gets subscripts, {W_h}_{i,j}."""

    body: Syntax
    span: Span
    braces: bool = False


@dataclass(frozen=True, slots=True)
class Sum:
    """a + b - c: terms with their signs."""

    terms: tuple[tuple[Literal[1, -1], Syntax], ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Product:
    """a b, a \\cdot b, a \\times b (op "dot"); a \\odot b, a \\circ b (op "odot"); a \\otimes b; juxtaposition is op ""."""

    factors: tuple[Syntax, ...]
    ops: tuple[Literal["", "dot", "odot", "otimes"], ...]  # between the factors: one fewer
    span: Span


@dataclass(frozen=True, slots=True)
class Quotient:
    """\\frac{a}{b} or a / b."""

    numerator: Syntax
    denominator: Syntax
    span: Span


@dataclass(frozen=True, slots=True)
class Convolution:
    """left * right in LaTeX; `left (*) right` in plain text; `kind` is the d of *_d."""

    left: Syntax
    right: Syntax
    span: Span
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Remainder:
    """(i - j) \\bmod N: between 0 and N - 1. Only subscripts have it; `periodic` writes it out."""

    of: Syntax
    modulus: Syntax
    span: Span


@dataclass(frozen=True, slots=True)
class Power:
    base: Syntax
    exponent: Syntax
    span: Span


@dataclass(frozen=True, slots=True)
class Raised:
    """base^{(inside)}: part of the name (`W^{(1)}`) or an index (`h^{(l-1)}`); `superscripts` settles
    which, and what a bare exponent is."""

    base: Syntax
    inside: Syntax
    span: Span


@dataclass(frozen=True, slots=True)
class Transposed:
    """A^\\top, A^T, A^\\intercal; `letter` for the T, which could be the size T too."""

    base: Syntax
    span: Span
    letter: bool = False


@dataclass(frozen=True, slots=True)
class Big:
    """\\sum, \\prod, \\max, \\min, \\argmax, \\argmin with what stands below and above, over the body.

    `\\sum_{k=1}^{j-1}`: below is Chain(k = 1), above j-1. `sum(k=1..j-1)`: below is
    Chain(k = Interval(1, j-1)). `\\sum_{m_1}`: below is m_1. `\\max_{1 \\leq l \\leq N}`: below is a Chain.
    Several conditions below, separated by commas, are several entries. op "row" is the vector whose
    components are the bodies, of [ x_1 \\cdots x_n ]; its index runs from 1.
    """

    op: Literal["sum", "prod", "max", "min", "argmax", "argmin", "logsumexp", "row"]
    below: tuple[Syntax, ...]
    above: Syntax | None
    body: Syntax
    span: Span
    limits_span: Span  # what to point at when the range is the matter


@dataclass(frozen=True, slots=True)
class Interval:
    """low..high in plain text, \\{low, \\dots, high\\} in LaTeX: the integers from low to high."""

    low: Syntax
    high: Syntax
    span: Span


@dataclass(frozen=True, slots=True)
class Without:
    """V \\setminus \\{i, j\\}: a set without some of its elements."""

    whole: Syntax
    items: tuple[Syntax, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Listed:
    """\\{x, y, w, h\\}: a set whose elements, labels or numbers, are written out."""

    items: tuple[Syntax, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Selected:
    """\\{j \\in S : x_j > 0\\}, \\{j \\mid x_j > 0\\}: the elements, a Name or a Chain `j in S`, that meet conditions."""

    element: Syntax
    conditions: tuple[Syntax, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class RealSpace:
    """\\mathbb{R}^{m \\times n}: dimensions (); plain text: R^(m x n)."""

    dimensions: tuple[Syntax, ...]
    span: Span


ChainOp = Literal["=", "<-", "!=", "<", "<=", ">", ">=", "in"]


@dataclass(frozen=True, slots=True)
class Chain:
    """a = b, 2 <= j <= M, k \\neq j, x \\in S, |r| <= d: operands with the relations between them."""

    operands: tuple[Syntax, ...]
    ops: tuple[ChainOp, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Iverson:
    """\\mathbb{1}[P], \\mathbf{1}[P], [P] where P is a relation; several conditions all hold."""

    conditions: tuple[Syntax, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Cases:
    """\\begin{cases} value & condition \\\\ … \\end{cases}; plain: {value if condition; value otherwise}.

    No condition (None) means otherwise. Several conditions separated by commas all hold."""

    branches: tuple[tuple[Syntax, tuple[Syntax, ...] | None], ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Whole:
    """The colon of x_{:,j}: all of an axis."""

    span: Span


@dataclass(frozen=True, slots=True)
class Dots:
    """The \\cdots of a_1 + \\cdots + a_n: `ellipses` makes a sum, a product or a vector of it."""

    span: Span


@dataclass(frozen=True, slots=True)
class Stack:
    """[x; h], [x, h] or [x \\| h]: vectors and numbers one after the other, as one vector."""

    parts: tuple[Syntax, ...]
    span: Span
    bars: bool = False  # with bars between them


@dataclass(frozen=True, slots=True)
class Matrix:
    """\\begin{bmatrix} a & b \\\\ c & d \\end{bmatrix}: numbers in rows of one length."""

    rows: tuple[tuple[Syntax, ...], ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Filled:
    """\\mathbf{1}, \\mathbf{0}_n: the vector whose components are all 1 or 0."""

    value: str
    length: Syntax | None
    span: Span


@dataclass(frozen=True, slots=True)
class Inner:
    """\\langle x, y \\rangle: the inner product."""

    left: Syntax
    right: Syntax
    span: Span


@dataclass(frozen=True, slots=True)
class Norm:
    """\\|body\\|_p; p None where not written. Plain text: norm(body) or ||body||_p."""

    body: Syntax
    order: Syntax | None
    span: Span


@dataclass(frozen=True, slots=True)
class AbsoluteValue:
    body: Syntax
    span: Span


@dataclass(frozen=True, slots=True)
class Derivative:
    """\\frac{\\partial E}{\\partial x_i}, \\frac{dE}{dx[i]}: plain text dE/dx[i]. of is E, by is x_i."""

    of: Syntax
    by: Syntax
    span: Span


Syntax = (
    Num
    | Name
    | Indexed
    | Apply
    | Group
    | Sum
    | Product
    | Quotient
    | Convolution
    | Remainder
    | Power
    | Raised
    | Transposed
    | Big
    | Interval
    | Without
    | Listed
    | Selected
    | RealSpace
    | Chain
    | Iverson
    | Cases
    | Whole
    | Dots
    | Stack
    | Matrix
    | Filled
    | Inner
    | Norm
    | AbsoluteValue
    | Derivative
)


@dataclass(frozen=True, slots=True)
class Statement:
    """One thing that the author says: an equation, a function definition or a declaration.

    `relation` is the Chain `left = right` (possibly `a = b = c`), or `x \\in S`, or for a declaration of a support just the
    subject (`h[m] for 0 <= m < H` has subject h[m]). `conditions` are what follows `for`, `\\text{for}`,
    `where`, `\\forall` or a comma: Chains such as `2 <= j <= M` or `i \\in \\{1, …, n\\}`.
    """

    relation: Syntax
    conditions: tuple[Syntax, ...]
    span: Span
