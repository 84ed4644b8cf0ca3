"""System --> plain text, the language that the plain-text parser reads."""

from __future__ import annotations

from collections.abc import Sequence

from deltarule.equations.nodes import Access
from deltarule.equations.system import Array, Equation, System, defined, inputs, positive_sizes
from deltarule.notation.print_cases import Branch, Definition, definitions, single
from deltarule.notation.print_place import Place
from deltarule.notation.print_text_forms import (
    affine_to_text,
    array_name,
    brackets,
    clauses_to_text,
    conditions_to_text,
    domain_to_text,
    element,
    relation_to_text,
)
from deltarule.notation.print_text_terms import (
    condition_to_text,
    expression,
    expression_at,
)
from deltarule.notation.print_wrap import WIDTH, wrap

__all__ = [
    "affine_to_text",
    "array",
    "condition_to_text",
    "domain_to_text",
    "element",
    "equation",
    "expression",
    "relation_to_text",
    "system_to_text",
]


def system_to_text(system: System) -> str:
    """The equations in their order, names of derivatives, then what is given, as declarations.

    The result is plain-text input again. What has no notation there is said in comments.
    """
    lines = [f"# {line}" for line in system.title.splitlines()]
    lines += [array(system, name) for name in defined(system)]
    lines += [_adjoint_name(system, *key, name) for key, name in system.adjoint_names.items()]
    given = [system.arrays[name] for name in inputs(system)]
    if given:
        subjects = [_subject(system, known) for known in given]
        width = max(len(subject) for subject in subjects)
        lines += ["", "# given"]
        lines += [
            _declaration(system, known, subject, width)
            for known, subject in zip(given, subjects, strict=True)
        ]
    return "\n".join(lines) + "\n"


def _adjoint_name(system: System, objective: str, of: str, name: str) -> str:
    """delta[i,j] = dE/dxi[i,j]; a comment where the System has the array already."""
    axes = brackets(system.arrays[of].axes) if of in system.arrays else ""
    line = f"{name}{axes} = d{objective}/d{of}{axes}"
    return f"# {line}" if name in system.arrays else line


def _subject(system: System, array: Array) -> str:
    """x[i]; of an integer array with the values that it may hold: y[i] in 1..N_Y."""
    subject = array_name(system, array.name) + brackets(array.axes)
    if array.values is None:
        return subject
    return subject + " in " + "..".join(affine_to_text(v) for v in array.values)


def _declaration(system: System, array: Array, subject: str, width: int) -> str:
    """The range of an input over its axes; a comment where there is nothing to declare."""
    if not array.axes:
        return f"# {subject}" if array.values is None else subject
    if array.support is None:
        return f"# {subject}   in a range that is not known"
    ranges = domain_to_text(array.support, array.axes, positive_sizes(system))
    remark = "" if array.outside is None else f"   # {array.outside} elsewhere"
    return f"{subject.ljust(width)}   for {ranges}{remark}" if ranges else f"# {subject}{remark}"


def array(system: System, name: str) -> str:
    """The definition of an array; cases stand below each other.

    Equations whose left sides differ, as h[0] and h[t], are lines of their own.
    """
    return "\n".join(_definition(system, d) for d in definitions(system, name))


def equation(system: System, equation: Equation) -> str:
    """target[subscripts] = expression   for its ranges."""
    return _definition(system, single(system, equation))


def _definition(system: System, definition: Definition) -> str:
    left = element(system, Access(definition.target, definition.subscripts)) + " = "
    ranges = clauses_to_text(definition.ranges)
    tail = f"   for {ranges}" if ranges else ""
    if len(definition.branches) > 1:
        return left + _cases(system, definition.branches, len(left)) + tail
    branch = definition.branches[0]
    place = Place(system, branch.context)
    return wrap(left + expression_at(branch.expression, place) + tail, len(left))


def _when(conditions: str) -> str:
    return f"if {conditions}" if conditions else "otherwise"


def _cases(system: System, branches: Sequence[Branch], indent: int) -> str:
    """{ value   if condition, a line for each branch, the conditions below each other."""
    values = [expression_at(b.expression, Place(system, b.context)) for b in branches]
    conditions = [_when(conditions_to_text(b.conditions)) for b in branches]
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
