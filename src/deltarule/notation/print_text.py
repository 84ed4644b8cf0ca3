"""System --> plain text, the language that the plain-text parser reads."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from deltarule.equations.domains import Domain
from deltarule.equations.nodes import Access, Affine, Condition, Expr, Relation
from deltarule.equations.system import Array, Equation, System
from deltarule.notation import difference_signs, print_forms, print_terms
from deltarule.notation.print_cases import definitions, single
from deltarule.notation.print_equations import (
    Line,
    derivatives,
    equations,
    given,
    is_declaration,
    line,
    orders,
)
from deltarule.notation.print_layout import Cases, Layout
from deltarule.notation.print_wrap import WIDTH, wrap
from deltarule.notation.spell_text import ASCII, Dialect, to_text


def system_to_text(system: System, dialect: Dialect = ASCII) -> str:
    """The equations in their order, names of derivatives, then what is given, as declarations.

    The result is plain-text input again. What has no notation there is said in comments.
    """
    lines = [f"# {line}" for line in system.title.splitlines()]
    lines += [line_to_text(line, dialect) for line in equations(system, flat=True)]
    lines += [line_to_text(line, dialect) for line in derivatives(system)]
    declared = [(array, line) for array, line in given(system, flat=True)]
    known = [to_text(line.left, dialect) for line in orders(system)]
    if declared:
        width = max(len(to_text(line.left, dialect)) for _, line in declared)
        lines += ["", "# given"]
        lines += [_declaration(array, line, width, dialect) for array, line in declared]
    lines += known
    return "\n".join(lines) + "\n"


def _declaration(array: Array, line: Line, width: int, dialect: Dialect) -> str:
    """The range of an input over its axes; a comment where there is nothing to declare."""
    subject = to_text(line.left, dialect)
    if array.axes and array.support is None:
        return f"# {subject}   in a range that is not known"
    remark = "" if array.outside is None else f"   # {array.outside} elsewhere"
    if difference_signs.is_gradient(array.name):
        remark += "   # no equation says what it is the gradient of"
    ranges = "" if line.ranges is None else f"   for {to_text(line.ranges, dialect)}"
    if not is_declaration(array, line):
        return f"# {subject}{ranges}{remark}"
    return (subject.ljust(width) if ranges else subject) + ranges + remark


def array(system: System, name: str, dialect: Dialect = ASCII) -> str:
    """The definition of an array; cases stand below each other.

    Equations whose left sides differ, as h[0] and h[t], are lines of their own.
    """
    found = [line(system, definition, flat=True) for definition in definitions(system, name)]
    return "\n".join(line_to_text(one, dialect) for one in found)


def equation(system: System, equation: Equation, dialect: Dialect = ASCII) -> str:
    """target[subscripts] = expression   for its ranges."""
    return line_to_text(line(system, single(system, equation), flat=True), dialect)


def line_to_text(line: Line, dialect: Dialect = ASCII) -> str:
    """left = right   for ranges; what is long goes on below, cases stand below each other."""
    if line.right is None:
        raise AssertionError("an equation has two sides")
    left = to_text(line.left, dialect) + " = "
    tail = "" if line.ranges is None else f"   for {to_text(line.ranges, dialect)}"
    whole = left + to_text(line.right, dialect) + tail
    if isinstance(line.right, Cases) and (line.right.stacked or len(whole) > WIDTH):
        return left + _cases(line.right, len(left), dialect) + tail
    return wrap(whole, len(left))


def _cases(cases: Cases, indent: int, dialect: Dialect) -> str:
    """{ value   if condition, a line for each branch, the conditions below each other."""
    values = [to_text(value, dialect) for value, _ in cases.rows]
    conditions = [_when(condition, dialect) for _, condition in cases.rows]
    fitting = [
        len(v)
        for v, c in zip(values, conditions, strict=True)
        if indent + len(v) + len(c) + 8 <= WIDTH
    ]
    width = max(fitting, default=0)
    lines = [
        wrap(value, indent + 4, start=indent + 2).ljust(width) + f"   {condition}"
        for value, condition in zip(values, conditions, strict=True)
    ]
    return "{ " + ("\n" + " " * indent + "; ").join(lines) + " }"


def _when(condition: Layout | None, dialect: Dialect) -> str:
    return "otherwise" if condition is None else f"if {to_text(condition, dialect)}"


# ------------------------------------------------------------------------------ parts


def element(system: System, access: Access, dialect: Dialect = ASCII) -> str:
    """An array with its subscripts: xi[i,j], dE/dxi[i,j]."""
    return to_text(print_forms.element(system, access), dialect)


def expression(system: System, expression: Expr, dialect: Dialect = ASCII) -> str:
    """An expression by itself, on one line."""
    return to_text(print_terms.expression(system, expression, flat=True), dialect)


def condition_to_text(system: System, condition: Condition, context: Domain | None = None) -> str:
    """`k = y[i]`, `abs(r) <= delta`; with commas where all must hold: `1 <= k < j, y[k] != 2`."""
    return to_text(print_terms.condition(system, condition, context, flat=True))


def affine_to_text(form: Affine, dialect: Dialect = ASCII) -> str:
    """j-1, 2*n+k, y[i]."""
    return to_text(print_forms.affine_form(form), dialect)


def domain_to_text(
    domain: Domain,
    indices: Sequence[str],
    context: Domain | None = None,
    dialect: Dialect = ASCII,
) -> str:
    """Ranges and what else holds: `j = 2..M, k = 1..j-1`; the empty string for everything."""
    found = print_forms.domain_form(domain, indices, context, flat=True)
    return "" if found is None else to_text(found, dialect)


def relation_to_text(
    relation: Relation, sizes: Iterable[str] = (), dialect: Dialect = ASCII
) -> str:
    """`k = y[i]`, `j < M`; a side with nothing but sizes and numbers stands on the right."""
    return to_text(print_forms.relation_form(relation, sizes), dialect)
