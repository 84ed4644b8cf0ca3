r"""Declared arrays that no equation reads, beside symbols with a label that nothing declares.

y = W^{(1)} x, \quad W \in \mathbb{R}^{m \times n}   -->   E101: W^{(1)} is not the declared W
y = W x + W_{out} x, with W declared                 -->   stays: W is read
"""

from __future__ import annotations

from collections.abc import Iterator

from deltarule.errors import DeltaruleError
from deltarule.notation import statement_tree, tree
from deltarule.notation.operators import DECORATIONS
from deltarule.notation.syntax import Name, Statement

MARKS = frozenset(DECORATIONS.values())  # the x_hat of \hat{x} is an estimate of x


def refuse(statements: list[Statement]) -> None:
    """E101 for the first such symbol. The names are merged by now."""
    declared = {s.name for s, space in statement_tree.declarations(statements)
                if isinstance(s, Name) and space.dimensions}  # fmt: skip
    read = list(_read(statements))
    unread = declared - {n.name for n in read}
    introduced = {tree.symbol(statement_tree.subject(s)) for s in statements} | declared
    for name in read:
        array = next((a for a in unread if _is_labelled(name.name, a)), None)
        if array is not None and name.name not in introduced:
            raise DeltaruleError(
                "E101",
                f"'{name.name}' is not declared, and the declared '{array}' is read nowhere",
                at=name.span,
                seen=f"another symbol than '{array}'",
                help=f"declare this symbol, or leave out its label where it is '{array}'",
            )


def _read(statements: list[Statement]) -> Iterator[Name]:
    """All names, those that are declared aside."""
    declarations = {id(s) for s, _ in statement_tree.declarations(statements)}
    for node in statement_tree.all_nodes(statements):
        if isinstance(node, Name) and id(node) not in declarations:
            yield node


def _is_labelled(name: str, array: str) -> bool:
    """W1 and W_out of W."""
    label = name.removeprefix(array)
    below = label.startswith("_") and label[1:] not in MARKS
    return label != name and (label.isdigit() or below)
