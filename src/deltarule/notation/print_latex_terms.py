"""Expressions as LaTeX, with the fractions, powers and parentheses of a textbook."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise

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
from deltarule.notation.print_domains import (
    Chain,
    Range,
    describe,
    flat,
    join_bounds,
    mentioned,
    written,
)
from deltarule.notation.print_latex_forms import (
    COMPARISONS,
    affine_to_latex,
    chain_to_latex,
    clause_to_latex,
    clauses_to_latex,
    element,
)
from deltarule.notation.print_latex_names import braced, function_to_latex, name_to_latex
from deltarule.notation.print_order import Product, arrange, decimal, signed
from deltarule.notation.print_place import Place, inside, product_at
from deltarule.notation.print_text_forms import not_sizes

HALF = Number(Fraction(1, 2))
BIG = {
    "sum": r"\sum", "prod": r"\prod", "max": r"\max", "min": r"\min",
    "argmax": r"\arg\max", "argmin": r"\arg\min",
}  # fmt: skip
TALL = re.compile(r"\\(frac|sum|prod|max|min|begin)(?![A-Za-z])")
SPACED = re.compile(r"\\(sum|prod|max|min|arg|ln|log|sin|cos|tan|sinh|cosh|tanh)(?![A-Za-z])")
BARE_ARGUMENT = frozenset(("ln", "log", "sin", "cos", "tan"))


def expression(system: System, expression: Expr) -> str:
    """An expression by itself."""
    return expression_at(expression, Place(system, positive_sizes(system)))


def condition_to_latex(system: System, condition: Condition, context: Domain | None = None) -> str:
    r"""k = y_i, |r| \le \delta; all that must hold, separated by commas."""
    place = Place(system, positive_sizes(system) if context is None else context)
    chains: list[Chain] = []
    others: list[str] = []
    for part in flat(condition):
        if isinstance(part, Relation):
            chains.append(written(part, not_sizes(part, system.sizes)))
        else:
            left, right = expression_at(part.left, place), expression_at(part.right, place)
            others.append(f"{left} {COMPARISONS[part.op]} {right}")
    return r",\ ".join([*(chain_to_latex(c, system.latex) for c in join_bounds(chains)), *others])


def expression_at(node: Expr, place: Place) -> str:
    """An expression where a sum needs no parentheses."""
    negative, positive = signed(node)
    if negative:
        return "-" + _term(positive, place)
    if isinstance(node, Add):
        return _add(node, place)
    return _term(node, place)


def _add(node: Add, place: Place) -> str:
    first, *others = node.terms
    text = _parenthesised(first, place) if isinstance(first, Add) else expression_at(first, place)
    for term in others:
        negative, positive = signed(term)
        text += (" - " if negative else " + ") + _term(positive, place)
    return text


def _term(node: Expr, place: Place) -> str:
    """What can stand between + and -: a product, without a sign of its own."""
    match node:
        case Add():
            return _parenthesised(node, place)
        case Mul() | Number() | Pow():
            return _product(product_at(place, node), place)
    return _factor(node, place, at_end=True)


# ------------------------------------------------------------------------------ products


def _product(product: Product, place: Place) -> str:
    r"""A fraction, other factors, big operators: \frac{2}{N_i} f_i \sum_k …"""
    parts: list[tuple[str, Expr | None]] = []
    if product.bottom:
        above = _fraction_part(product.top, place)
        below = _fraction_part(product.bottom, place)
        parts.append((rf"\frac{{{above}}}{{{below}}}", None))
    factors = [*product.rest, *product.last]
    return _juxtapose([*parts, *_factors(factors, place)]) or "1"


def _fraction_part(factors: Sequence[Expr], place: Place) -> str:
    if len(factors) == 1:
        return expression_at(factors[0], place)
    return _juxtapose(_factors(factors, place)) or "1"


def _factors(factors: Sequence[Expr], place: Place) -> list[tuple[str, Expr | None]]:
    count = len(factors)
    return [(_factor(f, place, at_end=n == count), f) for n, f in enumerate(factors, 1)]


def _juxtapose(parts: Sequence[tuple[str, Expr | None]]) -> str:
    """Factors side by side: a dot where they would read as a call or as one number.

    A fraction comes without its expression.
    """
    text = parts[0][0] if parts else ""
    for (_, before), (part, _) in pairwise(parts):
        parenthesis = part.startswith(("(", r"\left("))
        if part[0].isdigit() or (parenthesis and _is_bare_name(before)):
            text += r" \cdot " + part
        elif text.endswith((")", "]")) and not SPACED.match(part):
            text += r"\, " + part
        else:
            text += " " + part
    return text


def _is_bare_name(node: Expr | None) -> bool:
    """Whether a parenthesis that follows could be taken for arguments."""
    return isinstance(node, IndexValue) or (isinstance(node, Access) and not node.subscripts)


def _factor(node: Expr, place: Place, at_end: bool = False) -> str:
    """What can stand in a product; a big operator only at the end: its body extends that far."""
    match node:
        case Number(value) if value >= 0 and (value.denominator == 1 or decimal(value)):
            return decimal(value) or str(value)
        case Size(name) | IndexValue(name):
            return name_to_latex(name, place.system.latex)
        case Access():
            return element(place.system, node)
        case Call():
            return _call(node, place, at_end)
        case Pow() if not arrange(node).bottom:
            return _power(node, place)
        case Bracket(condition):
            text = condition_to_latex(place.system, condition, place.context)
            return _fenced(r"\mathbb{1}", "[", text, "]")
        case Select() if at_end:
            return _select(node, place)
        case Reduce() | ArgReduce() if at_end:
            return _big(node, place)
    return _parenthesised(node, place)


def _parenthesised(node: Expr, place: Place) -> str:
    return _fenced("", "(", expression_at(node, place), ")")


def _fenced(head: str, left: str, text: str, right: str) -> str:
    """Parentheses that grow with what stands between them."""
    if TALL.search(text):
        return rf"{head}\left{left}{text}\right{right}"
    return f"{head}{left}{text}{right}"


def _power(node: Pow, place: Place) -> str:
    if node.exponent == HALF:
        return rf"\sqrt{{{expression_at(node.base, place)}}}"
    exponent = expression_at(node.exponent, place)
    if isinstance(node.exponent, Number):
        exponent = decimal(node.exponent.value) or str(node.exponent.value)
    return f"{_base(node.base, place)}^{braced(exponent)}"


def _base(node: Expr, place: Place) -> str:
    """A base; what has an exponent or a label of its own goes in parentheses."""
    text = _factor(node, place, at_end=isinstance(node, Call))
    bare = True
    if isinstance(node, Call):
        bare = node.function not in ("exp", *BARE_ARGUMENT)
    elif isinstance(node, Pow):
        bare = node.exponent == HALF or bool(arrange(node).bottom)
    elif isinstance(node, Size | IndexValue | Access):
        bare = "^" not in _outside_braces(text) and not text.startswith(r"\frac")
    return text if bare else _fenced("", "(", text, ")")


def _outside_braces(text: str) -> str:
    """h_{i^2}  -->  h_"""
    while (shorter := re.sub(r"\{[^{}]*\}", "", text)) != text:
        text = shorter
    return text


# ------------------------------------------------------------------------------ functions


def _call(node: Call, place: Place, at_end: bool) -> str:
    listed = ", ".join(expression_at(a, place) for a in node.args)
    if node.order == 0 and len(node.args) == 1:
        written_out = _special_call(node, listed, at_end)
        if written_out is not None:
            return written_out
    head = function_to_latex(node.function, place.system.latex)
    primes = "'" * node.order if node.order <= 3 else f"^{{({node.order})}}"
    return _fenced(head + primes, "(", listed, ")")


def _special_call(node: Call, argument: str, at_end: bool) -> str | None:
    r"""e^{x}, |x|, \sqrt{x}, \ln x; None for a function with ordinary parentheses."""
    match node.function:
        case "exp" if not TALL.search(argument):
            return f"e^{braced(argument)}"
        case "abs":
            return _fenced("", "|", argument, "|")
        case "sqrt":
            return rf"\sqrt{{{argument}}}"
    short = isinstance(node.args[0], Access | IndexValue | Size) and "frac" not in argument
    if at_end and short and node.function in BARE_ARGUMENT:
        return f"\\{node.function} {argument}"
    return None


# ------------------------------------------------------------------------------ big operators


def _big(node: Reduce | ArgReduce, place: Place) -> str:
    r"""\sum_{k=1}^{j-1} body; a sum or a negative body in parentheses."""
    within = inside(place, node)
    negative, _ = signed(node.body)
    if negative or isinstance(node.body, Add):
        body = _parenthesised(node.body, within)
    else:
        body = _term(node.body, within)
    return f"{_limits(node, place)} {body}"


def _limits(node: Reduce | ArgReduce, place: Place) -> str:
    r"""\sum_{k=1}^{j-1}, \max_{1 \le \ell \le N}, \sum_{m_1} \sum_{m_2}: a sign for each index."""
    sign, spelling = BIG[node.op], place.system.latex
    indices = node.indices if isinstance(node, Reduce) else (node.index,)
    if isinstance(node, Reduce) and node.unlimited:
        return " ".join(f"{sign}_{braced(name_to_latex(i, spelling))}" for i in indices)
    clauses = describe(node.domain, indices, place.context)
    bare = [name_to_latex(i, spelling) for i in indices if i not in mentioned(clauses)]
    ranged = [c for c in clauses if isinstance(c, Range) and c.low != c.high]
    others = [clause_to_latex(c, spelling) for c in clauses if c not in ranged]
    if sign not in (r"\sum", r"\prod") or not ranged:
        below = r",\ ".join([*(clauses_to_latex([c], spelling) for c in clauses), *bare])
        return f"{sign}_{braced(below)}"
    signs = [_ranged(sign, c, place) for c in ranged[:-1]]
    return " ".join([*signs, _ranged(sign, ranged[-1], place, [*others, *bare])])


def _ranged(sign: str, found: Range, place: Place, others: Sequence[str] = ()) -> str:
    spelling = place.system.latex
    low, high = (affine_to_latex(bound, spelling) for bound in (found.low, found.high))
    below = r",\ ".join([f"{name_to_latex(found.index, spelling)}={low}", *others])
    return f"{sign}_{{{below}}}^{braced(high)}"


def _select(node: Select, place: Place) -> str:
    r"""a & x > 0 \\ b & x < 0 \\ c & \text{otherwise}: cases in the last case join the list."""
    rows: list[tuple[str, str]] = []
    last: Expr = node
    while isinstance(last, Select):
        condition = condition_to_latex(place.system, last.condition, place.context)
        rows.append((expression_at(last.then, place), condition))
        last = last.otherwise
    rows.append((expression_at(last, place), r"\text{otherwise}"))
    return cases_to_latex(rows)


def cases_to_latex(rows: Sequence[tuple[str, str]]) -> str:
    r"""\begin{cases} value & condition \\ … \end{cases}"""
    joined = r" \\ ".join(f"{value} & {condition}" for value, condition in rows)
    return rf"\begin{{cases}} {joined} \end{{cases}}"
