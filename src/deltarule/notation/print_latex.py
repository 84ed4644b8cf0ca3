"""System --> LaTeX, as a textbook prints it."""

from __future__ import annotations

from deltarule.equations.nodes import Access
from deltarule.equations.system import Equation, System, defined
from deltarule.notation.print_cases import Definition, definitions, single
from deltarule.notation.print_latex_forms import (
    affine_to_latex,
    clauses_to_latex,
    domain_to_latex,
    element,
    relation_to_latex,
)
from deltarule.notation.print_latex_terms import (
    cases_to_latex,
    condition_to_latex,
    expression,
    expression_at,
)
from deltarule.notation.print_place import Place

__all__ = [
    "affine_to_latex",
    "array",
    "condition_to_latex",
    "domain_to_latex",
    "element",
    "equation",
    "expression",
    "relation_to_latex",
    "system_to_latex",
]


def system_to_latex(system: System) -> str:
    """All equations, aligned, with the ranges of their indices."""
    rows = [
        _row(system, definition)
        for name in defined(system)
        for definition in definitions(system, name)
    ]
    return "\\begin{aligned}\n" + " \\\\\n".join(rows) + "\n\\end{aligned}\n"


def _row(system: System, definition: Definition) -> str:
    ranges = clauses_to_latex(definition.ranges, system.latex)
    tail = rf" && \text{{for }} {ranges}" if ranges else ""
    return f"{_left(system, definition)} &= {_right(system, definition)}{tail}"


def array(system: System, name: str) -> str:
    r"""The definition of an array as one formula, without the ranges that a reader infers.

    Equations whose left sides differ, as h_0 and h_t, follow each other with their ranges.
    """
    found = definitions(system, name)
    if len(found) == 1:
        return _formula(system, found[0])
    return r",\qquad ".join(_with_ranges(system, d) for d in found)


def equation(system: System, equation: Equation) -> str:
    """target_{subscripts} = expression, without its ranges."""
    return _formula(system, single(system, equation))


def _with_ranges(system: System, definition: Definition) -> str:
    ranges = clauses_to_latex(definition.ranges, system.latex)
    tail = rf" \quad \text{{for }} {ranges}" if ranges else ""
    return _formula(system, definition) + tail


def _formula(system: System, definition: Definition) -> str:
    return f"{_left(system, definition)} = {_right(system, definition)}"


def _left(system: System, definition: Definition) -> str:
    return element(system, Access(definition.target, definition.subscripts))


def _right(system: System, definition: Definition) -> str:
    values = [expression_at(b.expression, Place(system, b.context)) for b in definition.branches]
    if len(values) == 1:
        return values[0]
    conditions = [clauses_to_latex(b.conditions, system.latex) for b in definition.branches]
    return cases_to_latex(
        [(v, c or r"\text{otherwise}") for v, c in zip(values, conditions, strict=True)]
    )
