"""System --> presentation MathML, which browsers show without any script."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

from deltarule.equations.nodes import Access, Expr
from deltarule.equations.system import Array, Equation, System
from deltarule.notation import print_forms, print_terms
from deltarule.notation.mathml_names import element as xml
from deltarule.notation.mathml_names import row
from deltarule.notation.print_cases import definitions, single
from deltarule.notation.print_equations import (
    Line,
    declaration,
    derivatives,
    equations,
    given,
    is_declaration,
    line,
    orders,
)
from deltarule.notation.print_layout import Layout
from deltarule.notation.spell_mathml import NAMESPACE, SPACE, cell, operator, to_mathml, words

PAGE = """\
<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>{title}</title>
<style>
body {{ max-width: 60em; margin: 2em auto; padding: 0 1em; font: 17px/1.5 Georgia, serif; }}
math[display="block"] {{ overflow-x: auto; margin: 1em 0; }}
mtd {{ padding: 0.35em 0.2em; }}
pre {{ overflow-x: auto; font-size: 14px; }}
</style>
</head>
<body>
{body}
</body>
</html>
"""


def system_to_mathml(system: System, declared: bool = True) -> str:
    """One <math> with a row for each equation and its ranges; then what is declared of the rest."""
    lines = list(equations(system, flat=False))
    if declared:
        lines += derivatives(system)
        lines += [line for array, line in given(system, flat=False) if is_declaration(array, line)]
        lines = [*orders(system), *lines]
    return _math(_table(system, lines))


def array(system: System, name: str) -> str:
    """The definition of an array; several equations, as h_0 and h_t, stand below each other."""
    found = [line(system, definition, flat=False) for definition in definitions(system, name)]
    if len(found) == 1:
        return _math(*_formula(system, found[0]))
    return _math(_table(system, found))


def arrays(system: System, names: Sequence[str]) -> str:
    """The definitions of several arrays in one table, with their ranges."""
    found = [line(system, d, flat=False) for name in names for d in definitions(system, name)]
    return _math(_table(system, found))


def declarations(system: System, arrays: Sequence[Array]) -> str:
    """Where arrays live."""
    return _math(_table(system, [declaration(system, array, flat=False) for array in arrays]))


def equation(system: System, equation: Equation) -> str:
    """target_{subscripts} = expression, without its ranges."""
    return _math(*_formula(system, line(system, single(system, equation), flat=False)))


def element(system: System, access: Access) -> str:
    """An array with its subscripts."""
    return _math(to_mathml(print_forms.element(system, access), system.latex))


def expression(system: System, expression: Expr) -> str:
    """An expression by itself."""
    return _math(to_mathml(print_terms.expression(system, expression, flat=False), system.latex))


def lines_to_mathml(system: System, lines: Sequence[Line]) -> str:
    """Equations on display, one below the other."""
    return _math(_table(system, lines))


def inline(layout: Layout, spelling: Mapping[str, str]) -> str:
    """A formula among words."""
    return xml("math", to_mathml(layout, spelling), xmlns=NAMESPACE)


def page(title: str, sections: Sequence[tuple[str, str]]) -> str:
    """A small HTML page: a title, and sections of HTML with theirs, which are HTML too."""
    body = [f"<h1>{escape(title)}</h1>"] if title else []
    for heading, content in sections:
        body += [f"<h2>{heading}</h2>", content]
    return PAGE.format(title=escape(title or "deltarule"), body="\n".join(body))


def _formula(system: System, line: Line) -> list[str]:
    left = to_mathml(line.left, system.latex)
    if line.right is None:
        return [left]
    return [left, operator("="), to_mathml(line.right, system.latex)]


def _table(system: System, lines: Sequence[Line]) -> str:
    return xml("mtable", *(_row(system, line) for line in lines), displaystyle="true")


def _row(system: System, line: Line) -> str:
    """left | = right | for ranges."""
    left, *right = _formula(system, line)
    ranges = []
    if line.ranges is not None:
        ranges = [words(f"for{SPACE}"), to_mathml(line.ranges, system.latex)]
    cells = [cell(left, align="right"), cell(*right), cell(*ranges)]
    return xml("mtr", *cells)


def _math(*children: str) -> str:
    return xml("math", row(*children), xmlns=NAMESPACE, display="block") + "\n"
