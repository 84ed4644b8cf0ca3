r"""Names with scripts that a setting says are functions: functions: epsilon_theta = tanh.

    \epsilon_\theta^{(t)}(x_t)   -->   the function epsilon_theta, whatever letter stands above it
    a_t^{(k)}(x_t)               -->   as it is: nothing says what a_t is

A number above, g_q^{(2)}(x), may be a derivative, and stays.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from deltarule.notation import statement_tree, tree
from deltarule.notation.syntax import Apply, Indexed, Name, Raised, Statement, Syntax


def settle(statements: list[Statement], stated: Collection[str]) -> list[Statement]:
    """The statements with calls of such functions by their names."""
    if not any("_" in name for name in stated):
        return statements

    def node(old: Syntax) -> Syntax:
        new = tree.rebuild(old, node)
        if isinstance(new, Apply) and (head := _named(new.head)) is not None:
            return replace(new, head=head) if head.name in stated else new
        return new

    return statement_tree.rebuild_all(statements, node)


def _named(head: Syntax) -> Name | None:
    r"""epsilon_theta for \epsilon_\theta and \epsilon_\theta^{(t)}."""
    if not isinstance(head, Indexed) or head.style != "subscript":
        return None
    label, base = tree.label_of(head.subscripts), head.base
    if isinstance(base, Raised) and isinstance(base.inside, Name):
        base = base.base
    if label is None or not isinstance(base, Name):
        return None
    shown = getattr(head.subscripts[0], "latex", label)
    return replace(
        base, name=f"{base.name}_{label}", latex=f"{base.latex}_{{{shown}}}", span=head.span
    )
