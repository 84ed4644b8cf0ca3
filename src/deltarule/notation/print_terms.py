"""Expressions --> layouts, with no more parentheses than a reader needs."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction as Rational
from itertools import pairwise

from deltarule.equations import affine, walk
from deltarule.equations.domains import Domain
from deltarule.equations.nodes import (
    Access,
    Add,
    ArgReduce,
    Bracket,
    Call,
    Condition,
    Expr,
    IndexValue,
    Mul,
    Number,
    Pow,
    Reduce,
    Relation,
    Select,
    Size,
)
from deltarule.equations.system import System, positive_sizes
from deltarule.notation.bars_around_capitals import is_capital
from deltarule.notation.print_domains import (
    Chain,
    Clause,
    Range,
    describe,
    flat,
    introduced,
    join_bounds,
    mentioned,
    written,
)
from deltarule.notation.print_forms import (
    affine_form,
    chain_form,
    clause_form,
    element,
    listed,
    not_sizes,
)
from deltarule.notation.print_latex_names import has_exponent
from deltarule.notation.print_layout import (
    Apply,
    Big,
    Cases,
    Comparison,
    Digits,
    Element,
    Exponential,
    Fence,
    Fraction,
    Indicator,
    Interval,
    Layout,
    Limits,
    Power,
    Product,
    Root,
    Sum,
    is_tall,
    opening,
)
from deltarule.notation.print_order import Product as Arranged
from deltarule.notation.print_order import arrange, decimal, signed
from deltarule.notation.print_place import Place, inside, is_derivative, product_at

HALF = Number(Rational(1, 2))
BARE_ARGUMENT = frozenset(("ln", "log", "sin", "cos", "tan"))  # \ln x
SIGN_FOR_EACH_INDEX = ("sum", "prod")

Part = tuple[Layout, Expr | None]  # what is printed, and what it was where that is one expression


def expression(system: System, expression: Expr, flat: bool) -> Layout:
    """An expression by itself."""
    return expression_at(expression, Place(system, positive_sizes(system), flat))


def condition(system: System, condition: Condition, context: Domain | None, flat: bool) -> Layout:
    """k = y[i], abs(r) <= delta: all that must hold."""
    known = positive_sizes(system) if context is None else context
    return condition_at(condition, Place(system, known, flat))


def condition_at(condition: Condition, place: Place) -> Layout:
    chains: list[Chain] = []
    others: list[Layout] = []
    for part in flat(condition):
        if isinstance(part, Relation):
            chains.append(written(part, not_sizes(part, place.system.sizes)))
        else:
            sides = expression_at(part.left, place), expression_at(part.right, place)
            others.append(Comparison(sides, (part.op,)))
    parts = [*(chain_form(c) for c in join_bounds(chains)), *others]
    found = listed(parts)
    if found is None:
        raise AssertionError("a condition has at least one part")
    return found


def expression_at(node: Expr, place: Place) -> Layout:
    """An expression where a sum needs no parentheses."""
    negative, positive = signed(node)
    if negative:
        return Sum(((True, _term(positive, place)),))
    if isinstance(node, Add):
        return _add(node, place)
    return _term(node, place)


def _add(node: Add, place: Place) -> Layout:
    terms: list[tuple[bool, Layout]] = []
    for term in node.terms:
        negative, positive = signed(term)
        terms.append((negative, _term(positive, place)))
    return Sum(tuple(terms))


def _term(node: Expr, place: Place) -> Layout:
    """What can stand between + and -: a product, without a sign of its own."""
    match node:
        case Add():
            return _parenthesised(node, place)
        case Mul() | Number() | Pow():
            return _product(product_at(place, node), place)
    return _factor(node, place, at_end=True)


# ------------------------------------------------------------------------------ products


def _product(product: Arranged, place: Place) -> Layout:
    """A fraction, other factors, big operators: 2/N_i f[i] sum(k=1..n) …"""
    parts: list[Part] = []
    factors = [*product.rest, *product.last]
    if product.bottom:
        top = _top(product.top, place)
        bottom = _bottom(product.bottom, place, at_end=not factors)
        is_number = all(isinstance(factor, Number) for factor in product.bottom)
        parts.append((Fraction(top, bottom), product.bottom[-1] if is_number else None))
    return _juxtapose([*parts, *_factors(factors, place)], place)


def _top(factors: Sequence[Expr], place: Place) -> Layout:
    if len(factors) == 1 and not place.flat:
        return expression_at(factors[0], place)
    return _juxtapose(_factors(factors, place), place)


def _bottom(factors: Sequence[Expr], place: Place, at_end: bool) -> Layout:
    """No parentheses around one factor, or around a big operator over one with nothing after."""
    if not place.flat:
        return _top(factors, place)
    if len(factors) > 1:
        return Fence("(", _juxtapose(_factors(factors, place), place))
    only = factors[0]
    if at_end and isinstance(only, Reduce) and isinstance(only.body, Access | Call):
        return _big(only, place)
    shown = _factor(only, place)
    return Fence("(", shown) if is_derivative(place.system, only) else shown


def _factors(factors: Sequence[Expr], place: Place) -> list[Part]:
    count = len(factors)
    return [(_factor(f, place, at_end=n == count), f) for n, f in enumerate(factors, 1)]


def _juxtapose(parts: Sequence[Part], place: Place) -> Layout:
    """Factors side by side; a sign where that would read as a call or as one number."""
    if not parts:
        return Digits("1")
    if len(parts) == 1:
        return parts[0][0]
    dots = []
    for (_, before), (shown, _) in pairwise(parts):
        first = opening(shown, place.flat)
        dots.append(first == "0" or (first != "" and _takes_brackets(before, first, place.flat)))
    return Product(tuple(shown for shown, _ in parts), tuple(dots))


def _takes_brackets(node: Expr | None, bracket: str, flat: bool) -> bool:
    """Whether brackets that follow could be taken for arguments or subscripts of what is before.

    In a line of text, 2/N (a + b) and x^N (a + b), they would even join the denominator or the
    exponent.
    """
    match node:
        case None:
            return flat
        case Access(_, subscripts):
            return bracket == "(" and not subscripts
        case IndexValue():
            return bracket == "("
        case Pow(_, exponent):
            return flat and isinstance(exponent, Size | IndexValue | Access)
    return False


# ------------------------------------------------------------------------------ factors


def _factor(node: Expr, place: Place, at_end: bool = False) -> Layout:
    """What can stand in a product; a big operator only at the end: its body extends that far."""
    match node:
        case Number(value) if value >= 0 and (value.denominator == 1 or decimal(value)):
            return Digits(decimal(value) or str(value))
        case Size(name) | IndexValue(name):
            return Element(name)
        case Access():
            return element(place.system, node)
        case Call(name, ()):
            return Element(name)  # a constant
        case Call():
            return _call(node, place, at_end)
        case Pow() if not arrange(node).bottom:
            return _power(node, place)
        case Bracket(condition):
            return Indicator(condition_at(condition, place))
        case Select() if at_end or place.flat:
            return _select(node, place)
        case Reduce() | ArgReduce() if at_end:
            return _big(node, place)
    return _parenthesised(node, place)


def _parenthesised(node: Expr, place: Place) -> Layout:
    return Fence("(", expression_at(node, place))


def _power(node: Pow, place: Place) -> Layout:
    if node.exponent == HALF:
        return Root(expression_at(node.base, place))
    if place.flat:
        return Power(_atom(node.base, place), _atom(node.exponent, place))
    exponent = expression_at(node.exponent, place)
    if isinstance(node.exponent, Number):
        exponent = _inline_number(node.exponent.value)
    return Power(_base(node.base, place), exponent)


def _inline_number(value: Rational) -> Layout:
    """3/2 in a line: in an exponent a fraction is too small to read."""
    shown = Digits(decimal(abs(value)) or str(abs(value)))
    return Sum(((True, shown),), tight=True) if value < 0 else shown


def _atom(node: Expr, place: Place) -> Layout:
    """A base or an exponent in a line: a name, element, call or natural number stands bare."""
    shown = _factor(node, place)
    match node:
        case Access():
            bare = not is_derivative(place.system, node)
        case Pow():
            bare = node.exponent == HALF or bool(arrange(node).bottom)
        case Number(value):
            bare = isinstance(shown, Fence) or value.denominator == 1
        case Select():
            bare = False
        case _:
            bare = True
    return shown if bare else Fence("(", shown)


def _base(node: Expr, place: Place) -> Layout:
    """A base; what has an exponent or a label of its own goes in parentheses."""
    shown = _factor(node, place, at_end=isinstance(node, Call))
    match node:
        case Call():
            bare = node.function not in ("exp", *BARE_ARGUMENT) and isinstance(node.order, int)
        case Pow():
            bare = node.exponent == HALF or bool(arrange(node).bottom)
        case Access() if is_derivative(place.system, node):
            bare = False
        case Size(name) | IndexValue(name):
            bare = not has_exponent(name, place.system.latex, False)
        case Access(name, subscripts):
            bare = not has_exponent(name, place.system.latex, bool(subscripts))
        case _:
            bare = True
    return shown if bare else Fence("(", shown)


def _call(node: Call, place: Place, at_end: bool) -> Layout:
    arguments = tuple(expression_at(a, place) for a in node.args)
    plain = Apply(node.function, node.order, arguments)
    if place.flat or node.order or len(arguments) != 1:
        return plain
    argument = arguments[0]
    match node.function:
        case "exp" if not is_tall(argument):
            return Exponential(argument)
        case "abs" if not _may_be_a_set(node.args[0]):
            return Fence("|", argument)
        case "sqrt":
            return Root(argument)
    short = isinstance(node.args[0], Access | IndexValue | Size) and not is_tall(argument)
    if at_end and short and node.function in BARE_ARGUMENT:
        return Apply(node.function, 0, arguments, bare=True)
    return plain


def _may_be_a_set(node: Expr) -> bool:
    """X of abs(X): bars around a capital letter may say how many elements it has."""
    return isinstance(node, Access) and is_capital(node.array) and len(node.subscripts) < 2


# ------------------------------------------------------------------------------ big operators


def _big(node: Reduce | ArgReduce, place: Place) -> Layout:
    """sum(k=1..j-1) body; a sum, a negative body and constant factors of a product in parentheses."""
    within = inside(place, node)
    negative, _ = signed(node.body)
    if negative or isinstance(node.body, Add) or _has_constant_factors(node):
        body = _parenthesised(node.body, within)
    else:
        body = _term(node.body, within)
    return Big(node.op, _limits(node, place), body)


def _has_constant_factors(node: Reduce | ArgReduce) -> bool:
    r"""The c of \prod_i c p_i, which behind p_i would not seem to be a factor of each."""
    if node.op != "prod" or not isinstance(node.body, Mul):
        return False
    running = set(node.indices if isinstance(node, Reduce) else (node.index,))
    return any(not running & walk.free_names(factor) for factor in node.body.factors)


def _limits(node: Reduce | ArgReduce, place: Place) -> tuple[Limits, ...]:
    r"""(k=1..j-1, l), \sum_{k=1}^{j-1} \sum_\ell: above each other, a sign for each index."""
    indices = node.indices if isinstance(node, Reduce) else (node.index,)
    separate = not place.flat and node.op in SIGN_FOR_EACH_INDEX
    if node.unlimited:
        return _below([Element(i) for i in indices], separate=not place.flat)
    clauses = describe(node.domain, indices, place.context)
    known, seen = introduced(clauses), mentioned(clauses)
    bare: list[Layout] = [Element(i) for i in indices if i not in seen]
    tied: list[Layout] = [Element(i) for i in indices if i in seen - known]
    ranged = [c for c in clauses if isinstance(c, Range) and not _is_tied(c, indices)]
    if not separate or not ranged:
        shown = [_limit(c, indices, place.flat) for c in clauses]
        return _below([*tied, *shown, *bare], separate=False)
    others = [clause_form(c, place.flat) for c in clauses if c not in ranged]
    signs = [_ranged(c) for c in ranged[:-1]]
    return (*signs, _ranged(ranged[-1], [*tied, *others, *bare]))


def _below(parts: Sequence[Layout], separate: bool) -> tuple[Limits, ...]:
    if separate:
        return tuple(Limits(part) for part in parts)
    found = listed(parts)
    if found is None:
        raise AssertionError("a big operator has an index")
    return (Limits(found),)


def _is_tied(found: Range, indices: Sequence[str]) -> bool:
    """k = j - l, where l is another index of the same sum."""
    return found.low == found.high and bool(affine.names(found.low) & set(indices))


def _limit(clause: Clause, indices: Sequence[str], flat: bool) -> Layout:
    """k=1..n, with both ends even where they are the same: k=1..1."""
    if flat and isinstance(clause, Range) and not _is_tied(clause, indices):
        low, high = affine_form(clause.low), affine_form(clause.high)
        return Interval(Element(clause.index), low, high, tight=True)
    return clause_form(clause, flat, tight=True)


def _ranged(found: Range, others: Sequence[Layout] = ()) -> Limits:
    start = clause_form(Range(found.index, found.low, found.low), flat=True, tight=True)
    below = listed([start, *others])
    if below is None:
        raise AssertionError("there is a lower limit")
    return Limits(below, affine_form(found.high))


def _select(node: Select, place: Place) -> Layout:
    """{ a if x > 0; b if x < 0; c otherwise }: cases in the last case join the list."""
    rows: list[tuple[Layout, Layout | None]] = []
    last: Expr = node
    while isinstance(last, Select):
        rows.append((expression_at(last.then, place), condition_at(last.condition, place)))
        last = last.otherwise
    rows.append((expression_at(last, place), None))
    return Cases(tuple(rows))
