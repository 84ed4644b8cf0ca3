r"""Labels with a number of their own, below symbols that are declared with them.

    \lambda_{\mathbf{q_1}} \in \mathbb{R}^d     -->   lambda_q_1, one symbol

Nobody declares the element of an array that data choose.
"""

from __future__ import annotations

from dataclasses import replace

from deltarule.notation import statement_tree, tree
from deltarule.notation.syntax import Indexed, Name, Num, Statement, Syntax


def settle(statements: list[Statement]) -> list[Statement]:
    """The statements with a name for each such label."""
    declared = {
        tree.key(subject)
        for subject, _ in statement_tree.declarations(statements)
        if isinstance(subject, Indexed) and _label(subject) is not None
    }
    if not declared:
        return statements

    def node(old: Syntax) -> Syntax:
        new = tree.rebuild(old, node)
        if isinstance(new, Indexed) and tree.key(old) in declared:
            label = _label(new)
            assert label is not None, "it was found in one"
            return replace(new, subscripts=(label,))
        return new

    return statement_tree.rebuild_all(statements, node)


def _label(node: Indexed) -> Name | None:
    """q_1 of \\lambda_{q_1}."""
    match node.subscripts:
        case (Indexed(Name(name, latex), (Num(number),), "subscript") as inner,):
            return Name(f"{name}_{number}", f"{latex}_{number}", inner.span)
    return None
