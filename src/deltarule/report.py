"""What `solve`, `derive`, `check` and `cost` show: sections of text, LaTeX, MathML or JSON.

A Section is a title with its content in all forms; the commands choose which sections.
"""

from __future__ import annotations

import html
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from deltarule.equations import affine, walk
from deltarule.equations.nodes import Access, Expr, Relation
from deltarule.equations.recurrences import recurrences
from deltarule.equations.system import (
    Array,
    System,
    defined,
    equations_of,
    inputs,
    positive_sizes,
)
from deltarule.gradients.casetable import CaseTable, case_table
from deltarule.gradients.recognise import recognise
from deltarule.gradients.reverse import Derivation, loss_name
from deltarule.notation import print_json, print_latex, print_mathml, print_text
from deltarule.notation.print_forms import affine_form
from deltarule.notation.print_json import Json
from deltarule.notation.print_layout import Derivative, Element, Layout, Member
from deltarule.notation.spell_text import ASCII, UNICODE, Dialect, to_text

if TYPE_CHECKING:
    from deltarule.costs.report import CostTable
    from deltarule.proofs.report import Proof
    from deltarule.timing import Timing


@dataclass(frozen=True, slots=True)
class Section:
    title: str
    text: str
    latex: str
    data: Json
    mathml: str = ""


def render(title: str, sections: Sequence[Section], form: str) -> str:
    """All sections in one form, ending in a line break."""
    if form == "json":
        return json.dumps({"title": title, **{s.title: s.data for s in sections}}, indent=2) + "\n"
    if form == "latex":
        parts = [f"% {title}"] if title else []
        parts += [f"% {s.title}\n{s.latex.strip()}" for s in sections if s.latex]
        return "\n\n".join(parts) + "\n"
    if form == "mathml":
        parts = [_comment(title)] if title else []
        parts += [f"{_comment(s.title)}\n{s.mathml.strip()}" for s in sections if s.mathml]
        return "\n\n".join(parts) + "\n"
    if form == "html":
        return print_mathml.page(title, [(html.escape(s.title), _html(s)) for s in sections])
    parts = [f"{title}\n{'=' * len(title)}"] if title else []
    parts += [f"{s.title}\n{_indented(s.text)}" for s in sections]
    return "\n\n".join(parts) + "\n"


def dialect_of(form: str) -> Dialect:
    """The plain text of `--format text` or `unicode`."""
    return UNICODE if form == "unicode" else ASCII


def _comment(text: str) -> str:
    return f"<!-- {text.replace('--', '- -')} -->"


def _html(section: Section) -> str:
    """The mathematics, and what has none as it is in text."""
    return section.mathml or f"<pre>{html.escape(section.text)}</pre>"


def _indented(text: str) -> str:
    return "\n".join(f"  {line}".rstrip() for line in text.strip("\n").splitlines())


# ------------------------------------------------------------------------------ equations


def equations(system: System, dialect: Dialect = ASCII) -> Section:
    """The equations as they were read."""
    lines = [print_text.array(system, name, dialect) for name in defined(system)]
    for (objective, of), name in system.adjoint_names.items():
        axes = system.arrays[of].axes if of in system.arrays else ()
        shown = to_text(Derivative(Element(objective), _element(of, axes)), dialect)
        lines.append(f"{to_text(_element(name, axes), dialect)} is the name of {shown}")
    return Section(
        "equations",
        "\n".join(lines),
        print_latex.system_to_latex(system, declared=False),
        print_json.system_to_json(system),
        print_mathml.system_to_mathml(system, declared=False),
    )


def _element(name: str, axes: Sequence[str]) -> Element:
    return Element(name, tuple(Element(axis) for axis in axes))


def ranges(system: System, dialect: Dialect = ASCII) -> Section:
    """What was inferred: where every array lives, and in which order recurrences run."""
    arrays = system.arrays.values()
    rows = [_range_row(system, array, dialect) for array in arrays]
    widths = [max(len(row[c]) for row in rows) for c in range(2)]
    lines = [f"{a.ljust(widths[0])}   {b.ljust(widths[1])}   {c}".rstrip() for a, b, c in rows]
    latex = [_range_latex(system, array) for array in arrays if array.axes]
    plain = rows if dialect is ASCII else [_range_row(system, array, ASCII) for array in arrays]
    data: Json = {row[0]: {"range": row[1], "role": row[2]} for row in plain}
    return Section(
        "ranges",
        "\n".join(lines),
        "\\begin{gather*}\n" + " \\\\\n".join(latex) + "\n\\end{gather*}",
        data,
        print_mathml.declarations(system, [array for array in arrays if array.axes]),
    )


def _range_row(system: System, array: Array, dialect: Dialect) -> tuple[str, str, str]:
    subject: Layout = _element(array.name, array.axes)
    if array.values is not None:
        low, high = array.values
        subject = Member(subject, affine_form(low), affine_form(high))
    if array.support is None:
        where = "range not known: declare it to compute"
    else:
        known = positive_sizes(system)
        where = print_text.domain_to_text(array.support, array.axes, known, dialect)
        where = where or ("a number" if not array.axes else "everywhere")
    role = "given" if array.name in inputs(system) else _role(system, array.name)
    return to_text(subject, dialect), where, role


def _role(system: System, name: str) -> str:
    if name == system.objective:
        return "objective"
    for recurrence in recurrences(system):
        if name in recurrence.arrays:
            return recurrence.in_words()
    return "output" if name in system.outputs else "defined"


def _range_latex(system: System, array: Array) -> str:
    access = Access(array.name, tuple(affine.name(a) for a in array.axes))
    element = print_latex.element(system, access)
    if array.support is None:
        return element
    where = print_latex.domain_to_latex(
        array.support, array.axes, positive_sizes(system), system.latex
    )
    return rf"{element} \quad \text{{for }} {where}" if where else element


# ------------------------------------------------------------------------------ gradients


def gradients(system: System, derivation: Derivation, dialect: Dialect = ASCII) -> Section:
    """The derived equations, with what the field calls them and their tables of cases."""
    derived = derivation.system
    names = [n for n in defined(derived) if n not in defined(system)]
    text: list[str] = []
    latex: list[str] = []
    data: dict[str, Json] = {}
    for name in names:
        known = recognise(derived, name)
        text.append(_headed(derived, name, dialect))
        text += [f"    {line}" for line in _notes(derived, name, known, dialect)]
        latex.append(print_latex.array(derived, name))
        data[_key(derived, name)] = {
            "array": name,
            "text": print_text.array(derived, name),
            "latex": print_latex.array(derived, name),
            "known_as": known,
        }
    policy = _policy(system, derived)
    if policy:
        text.append(policy)
    objective = system.objective or loss_name(system)
    title = f"gradients of {objective}"
    body = "\\begin{gather*}\n" + " \\\\\n".join(latex) + "\n\\end{gather*}"
    return Section(title, "\n".join(text), body, data, print_mathml.arrays(derived, names))


def _headed(derived: System, name: str, dialect: Dialect) -> str:
    """delta[i,j] = dE/dxi[i,j] = …: an author's name is tied to what it stands for."""
    text = print_text.array(derived, name, dialect)
    array = derived.arrays[name]
    if array.adjoint_of is None:
        return text
    objective, of = array.adjoint_of
    shown = to_text(Derivative(Element(objective), _element(of, array.axes)), dialect)
    if text.startswith(shown):
        return text
    return f"{text}\n    where {to_text(_element(name, array.axes), dialect)} = {shown}"


def _key(derived: System, name: str) -> str:
    adjoint = derived.arrays[name].adjoint_of
    return adjoint[1] if adjoint is not None else name


def _notes(derived: System, name: str, known: list[str], dialect: Dialect) -> list[str]:
    notes = [f"this is {x}" for x in known]
    notes += [r.in_words() for r in recurrences(derived) if name in r.arrays]
    for equation in equations_of(derived, name):
        table = case_table(equation)
        if table is not None:
            notes += _table(derived, table, dialect)
    return notes


def _table(system: System, table: CaseTable, dialect: Dialect) -> list[str]:
    """Rows by the last relation, columns by the first; more relations as a list."""
    conditions = [_conditions(system, r, dialect) for r in table.relations]
    if len(conditions) != 2:
        return [
            f"{print_text.expression(system, value, dialect)}   if "
            + ", ".join(c[0 if h else 1] for c, h in zip(conditions, holds, strict=True))
            for holds, value in table.values.items()
        ]
    columns, rows = conditions
    cells = [
        [print_text.expression(system, table.values[(c, r)], dialect) for c in (True, False)]
        for r in (True, False)
    ]
    left = max(len(r) for r in rows)
    widths = [max(len(columns[c]), *(len(row[c]) for row in cells)) for c in (0, 1)]
    lines = [" " * left + "".join(f"   {columns[c]:>{widths[c]}}" for c in (0, 1))]
    for label, row in zip(rows, cells, strict=True):
        lines.append(label.ljust(left) + "".join(f"   {row[c]:>{widths[c]}}" for c in (0, 1)))
    return lines


def _conditions(system: System, relation: Relation, dialect: Dialect) -> tuple[str, str]:
    """k = y and k != y, the index first."""
    opposite = replace(relation, op="!=")
    return (
        print_text.relation_to_text(relation, system.sizes, dialect),
        print_text.relation_to_text(opposite, system.sizes, dialect),
    )


def _policy(system: System, derived: System) -> str:
    """What was decided at kinks, where the equations have any."""
    nodes: Iterable[Expr] = (n for e in system.equations for n in walk.descend(e.expression))
    if not any(getattr(n, "op", "") in ("max", "min") for n in nodes):
        return ""
    if derived.ties == "first":
        return "at a tie the first maximal index counts (policy: first)"
    return "at a tie all maximal indices share evenly (policy: even)"


# ------------------------------------------------------------------------------ proof, price, time


def proof(proofs: Sequence[Proof]) -> Section:
    lines = [str(p) for p in proofs]
    data: list[Json] = [
        {
            "array": p.array,
            "method": p.method,
            "sizes": dict(p.sizes),
            "trials": p.trials,
            "error_bound": p.error_bound,
            "digits": p.digits,
            "passed": p.passed,
        }
        for p in proofs
    ]
    latex = "\n".join(f"% {line}" for line in lines)
    return Section("proof", "\n".join(lines), latex, data)


def price(table: CostTable) -> Section:
    return Section(
        "price in multiply-accumulates", table.to_text(), table.to_latex(), table.to_dict()
    )


def time(timing: Timing) -> Section:
    return Section("time", timing.to_text(), f"% {timing.headline()}", timing.to_dict())
