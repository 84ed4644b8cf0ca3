"""System --> LaTeX, as a textbook prints it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from deltarule.equations.domains import Domain
from deltarule.equations.nodes import Access, Affine, Condition, Expr, Relation
from deltarule.equations.system import Equation, System
from deltarule.notation import print_forms, print_terms
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
from deltarule.notation.spell_latex import to_latex


def system_to_latex(system: System, declared: bool = True) -> str:
    """All equations, aligned, with the ranges of their indices; then what is declared of the rest.

    That is, what derivatives are called and where the given arrays live; ranges that no declaration
    can say, such as unions, are comments.
    """
    lines = list(equations(system, flat=False))
    remarks: list[str] = []
    if declared:
        lines += derivatives(system)
        declared_here, others = _declarations(system)
        lines = [*orders(system), *lines, *declared_here]
        remarks = [f"% {_row(line, system)}\n" for line in others if line.ranges is not None]
    rows = [_row(line, system) for line in lines]
    body = " \\\\\n".join(rows)
    return f"\\begin{{aligned}}\n{body}\n{''.join(remarks)}\\end{{aligned}}\n"


def _declarations(system: System) -> tuple[list[Line], list[Line]]:
    """What is declared of the given arrays, and what no declaration can say."""
    found = list(given(system, flat=False))
    declared = [line for array, line in found if is_declaration(array, line)]
    return declared, [line for array, line in found if not is_declaration(array, line)]


def _row(line: Line, system: System) -> str:
    right = "" if line.right is None else f" &= {to_latex(line.right, system.latex)}"
    return to_latex(line.left, system.latex) + right + _for(line, system, " && ")


def array(system: System, name: str) -> str:
    r"""The definition of an array as one formula, without the ranges that a reader infers.

    Equations whose left sides differ, as h_0 and h_t, follow each other with their ranges.
    """
    found = [line(system, definition, flat=False) for definition in definitions(system, name)]
    if len(found) == 1:
        return _formula(found[0], system)
    return r",\qquad ".join(_formula(one, system) + _for(one, system, r" \quad ") for one in found)


def equation(system: System, equation: Equation) -> str:
    """target_{subscripts} = expression, without its ranges."""
    return _formula(line(system, single(system, equation), flat=False), system)


def _formula(line: Line, system: System) -> str:
    right = "" if line.right is None else f" = {to_latex(line.right, system.latex)}"
    return to_latex(line.left, system.latex) + right


def _for(line: Line, system: System, space: str) -> str:
    if line.ranges is None:
        return ""
    return rf"{space}\text{{for }} {to_latex(line.ranges, system.latex)}"


def lines_to_latex(lines: Sequence[Line], spelling: Mapping[str, str]) -> str:
    r"""left &= right \quad for ranges, line by line, for an aligned environment."""
    return " \\\\\n".join(_aligned(line, spelling) for line in lines)


def _aligned(line: Line, spelling: Mapping[str, str]) -> str:
    right = "" if line.right is None else f" &= {to_latex(line.right, spelling)}"
    ranges = (
        "" if line.ranges is None else rf" \quad \text{{for }} {to_latex(line.ranges, spelling)}"
    )
    return to_latex(line.left, spelling) + right + ranges


# ------------------------------------------------------------------------------ parts


def element(system: System, access: Access) -> str:
    r"""An array with its subscripts: \xi_{i,j}, \frac{\partial E}{\partial \xi_i}."""
    return to_latex(print_forms.element(system, access), system.latex)


def expression(system: System, expression: Expr) -> str:
    """An expression by itself."""
    return to_latex(print_terms.expression(system, expression, flat=False), system.latex)


def condition_to_latex(system: System, condition: Condition, context: Domain | None = None) -> str:
    r"""k = y_i, |r| \le \delta; all that must hold, separated by commas."""
    found = print_terms.condition(system, condition, context, flat=False)
    return to_latex(found, system.latex)


def affine_to_latex(form: Affine, spelling: Mapping[str, str]) -> str:
    """j-1, 2n+k, y_i."""
    return to_latex(print_forms.affine_form(form), spelling)


def domain_to_latex(
    domain: Domain,
    indices: Sequence[str],
    context: Domain | None = None,
    spelling: Mapping[str, str] | None = None,
) -> str:
    r"""Ranges and what else holds: 2 \le j \le M,\ 1 \le k < j; the empty string for everything."""
    found = print_forms.domain_form(domain, indices, context, flat=False)
    return "" if found is None else to_latex(found, spelling or {})


def relation_to_latex(
    relation: Relation, sizes: Iterable[str] = (), spelling: Mapping[str, str] | None = None
) -> str:
    r"""k = y_i, j < M; a side with nothing but sizes and numbers stands on the right."""
    return to_latex(print_forms.relation_form(relation, sizes), spelling or {})
