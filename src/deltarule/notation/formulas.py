"""Meanings that are formulas: functions={"g": "g(z) = z / (1 + abs(z))"}.

The text is a definition in deltarule's own notation, read as every other; it is never run.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from deltarule.equations import walk
from deltarule.equations.nodes import Access, Call, Expr
from deltarule.equations.system import System, equations_of, inputs
from deltarule.errors import DeltaruleError
from deltarule.notation.document import read_statements
from deltarule.notation.elaborate import elaborate
from deltarule.source import Source

DEFINITION = re.compile(r"\s*([A-Za-z]\w*)\s*\(([\w\s,]+)\)\s*=[^=]")
RESULT = "value"


def write_out(system: System, meanings: Mapping[str, str]) -> tuple[System, dict[str, str]]:
    """The System with the functions that have a formula written out, and the other meanings."""
    formulas = {n: m for n, m in meanings.items() if "=" in m and n in system.functions}
    written = {name: _formula(name, text) for name, text in formulas.items()}
    if written:
        equations = tuple(
            replace(e, expression=_put(e.expression, written)) for e in system.equations
        )
        left = tuple(n for n in system.functions if n not in written)
        system = replace(system, equations=equations, functions=left)
    return system, {n: m for n, m in meanings.items() if n not in formulas}


def _formula(name: str, text: str) -> tuple[tuple[str, ...], Expr]:
    """The arguments of a definition, and its value in terms of them."""
    found = DEFINITION.match(text)
    if found is None or found[1] != name:
        raise DeltaruleError(
            "E307",
            f"the formula for '{name}' does not define it",
            seen=text,
            help=f'write {{"{name}": "{name}(z) = z / (1 + abs(z))"}}',
        )
    arguments = tuple(a.strip() for a in found[2].split(","))
    whole = f"{text}\n{RESULT} = {name}({', '.join(arguments)})"
    source = Source(f"the formula of {name}", whole)
    system = elaborate(read_statements(source), name)
    others = [n for n in inputs(system) if n not in arguments or system.arrays[n].axes]
    if others or system.sizes or system.functions:
        others += [*system.sizes, *system.functions]
        raise DeltaruleError(
            "E307",
            f"the formula for '{name}' speaks of more than its arguments",
            seen=", ".join(others),
            help="a formula has numbers, its arguments and known functions",
        )
    (equation,) = equations_of(system, RESULT)
    return arguments, equation.expression


def _put(node: Expr, written: Mapping[str, tuple[tuple[str, ...], Expr]]) -> Expr:
    node = walk.map_children(node, lambda child: _put(child, written))
    if not isinstance(node, Call) or node.function not in written:
        return node
    names, body = written[node.function]
    if node.order or len(names) != len(node.args):
        raise DeltaruleError(
            "E307",
            f"the formula for '{node.function}' does not fit where it is used",
            at=node.span,
            seen="a derivative" if node.order else f"{len(node.args)} arguments",
            help="a formula gives a function its value; name the arguments that it is called with",
        )
    return _with(body, {Access(n, ()): value for n, value in zip(names, node.args, strict=True)})


def _with(node: Expr, values: Mapping[Expr, Expr]) -> Expr:
    if node in values:
        return values[node]
    return walk.map_children(node, lambda child: _with(child, values))
