r"""Names that look like elements of a vector that the document defines.

    L = -\ln p_y,  p = \operatorname{softmax}(W x)                              -->   E101 at p_y
    L = -\ln p_y,  p = \operatorname{softmax}(W x),  y \in \{1, \dots, K\}     -->   the element y of p

As a symbol of its own p_y would be a number that does not depend on p.
"""

from __future__ import annotations

from typing import NoReturn

from deltarule.errors import DeltaruleError
from deltarule.notation import statement_tree, tree
from deltarule.notation.syntax import Name
from deltarule.notation.vector_arrays import Arrays


def refuse(arrays: Arrays) -> None:
    """E101 for a number p_y or p_1 that nothing defines or declares, where p is a vector with an equation."""
    own = {*arrays.defined, *arrays.known.declared, *arrays.known.scalars}
    for node in statement_tree.all_nodes(arrays.statements):
        if not isinstance(node, Name) or node.name in own:
            continue
        base, _, label = node.name.rpartition("_")
        index = label if len(label) == 1 and label.isascii() and label.islower() else ""
        if not (index or (label.isdecimal() and label != "0")) or base not in arrays.defined:
            continue
        vector = Name(base, base, node.span)
        if arrays.shapes.rank(vector) == 1 and not arrays.shapes.rank(node):
            _refuse(node, base, index)


def _refuse(at: Name, base: str, index: str) -> NoReturn:
    message = f"nothing introduces the index '{index}'" if index else f"'{at.name}' has no equation"
    choice = (
        f"declare the index, {index} \\in \\{{1, \\dots, n\\}}"
        if index
        else (f"declare the vector, {base} \\in \\mathbb{{R}}^n, for its element")
    )
    raise DeltaruleError(
        "E101",
        message,
        at=at.span,
        seen=f"'{base}' is a vector, and this looks like one of its elements",
        help=f"{choice}; for a symbol of its own say {tree.written(at)} \\in \\mathbb{{R}}",
    )
