"""Give uninterpreted functions a meaning: g(xi) --> tanh(xi), g'(xi) --> 1 - tanh(xi)^2."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from dataclasses import replace

from deltarule.equations import functions, walk
from deltarule.equations.nodes import Call, Expr
from deltarule.equations.system import System
from deltarule.errors import DeltaruleError

OPEN = "open"  # the meaning of a function that stays without one


def bind_functions(system: System, meanings: Mapping[str, str]) -> System:
    """The System with every function of `meanings` replaced by the known one that it names.

    Raises E110 for a function that the System does not have, E307 for a meaning that is not known
    and for a function that is left without one. One whose meaning is "open" stays as it is.
    """
    stay = tuple(n for n in system.functions if meanings.get(n) == OPEN)
    for name, meaning in meanings.items():
        if name not in system.functions:
            have = ", ".join(system.functions) or "none"
            raise DeltaruleError(
                "E110",
                f"the equations have no uninterpreted function '{name}'",
                help=f"they have: {have}",
            )
        if not functions.is_known(meaning) and meaning != OPEN:
            near = difflib.get_close_matches(meaning, functions.KNOWN, 1)
            hint = f"did you mean '{near[0]}'? " if near else ""
            raise DeltaruleError(
                "E307",
                f"'{meaning}' is not a known function",
                help=f"{hint}known: {', '.join(sorted(functions.KNOWN))}",
            )
    for name, count in arities(system).items():
        known = functions.KNOWN.get(meanings.get(name, ""))
        if known is not None and known.arity != count:
            raise DeltaruleError(
                "E307",
                f"'{name}' is called with {count} argument{'s' * (count > 1)}, "
                f"and '{meanings[name]}' has {known.arity}",
                help=f"functions that fit: {', '.join(_of_arity(count)) or 'none'}",
            )
    for name in system.functions:
        if name not in meanings:
            raise DeltaruleError(
                "E307",
                f"the function '{name}' has no numerical meaning",
                help=f'say what it is: functions={{"{name}": "tanh"}}, or --let {name}=tanh',
            )
    equations = tuple(
        replace(e, expression=_bind(e.expression, meanings)) for e in system.equations
    )
    return replace(system, equations=equations, functions=stay)


def arities(system: System) -> dict[str, int]:
    """With how many arguments each uninterpreted function is called."""
    return {
        node.function: len(node.args)
        for equation in system.equations
        for node in walk.descend(equation.expression)
        if isinstance(node, Call) and node.function in system.functions
    }


def _of_arity(count: int) -> list[str]:
    return [name for name, known in functions.KNOWN.items() if known.arity == count]


def _bind(node: Expr, meanings: Mapping[str, str]) -> Expr:
    node = walk.map_children(node, lambda child: _bind(child, meanings))
    if not isinstance(node, Call) or meanings.get(node.function, OPEN) == OPEN:
        return node
    known = replace(node, function=meanings[node.function])
    if known.function == "identity" and not known.order:
        return known.args[0]
    return functions.expand(known)
