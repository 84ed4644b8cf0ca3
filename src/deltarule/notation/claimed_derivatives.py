r"""Derivatives on left sides, as a problem sheet asks for them or states its answers: deltarule derives them itself.

z = W x,  L = z^\top z,  \frac{\partial L}{\partial W} = 2 z x^\top     -->   z = W x,  L = z^\top z
z = W x,  L = z^\top z,  \nabla_W L = ?                                 -->   the same

Only where L has an equation and depends on W: \frac{dx}{dt} = f(x) defines x, and \nabla_W L = 2 z x^\top an array. Behind
\operatorname{sign} and its kin, or where the text speaks of a surrogate, an author puts another derivative in its place.
"""

from __future__ import annotations

import re

from deltarule.errors import DeltaruleError
from deltarule.notation import statement_tree, tree
from deltarule.notation.syntax import Apply, Chain, Derivative, Name, Statement, Syntax

STEPS = frozenset(("sign", "sgn", "round", "floor", "ceil", "step", "heaviside", "argmax"))
REPLACED = re.compile(
    r"straight[- ]through|surrogate|gradient reversal|stop[- ]gradient", re.IGNORECASE
)
ASKED = "?"  # the tokens have it behind '=' alone
GRADIENT = "nabla"


def settle(statements: list[Statement]) -> list[Statement]:
    """The statements without those. E001 where anything else is asked for."""
    equations = [
        (_function(relation.operands[0]), tree.names(*relation.operands[1:]))
        for statement in statements
        if (relation := statement_tree.equation(statement)) is not None
    ]
    rest = [s for s in statements if not _is_claimed(s.relation, equations)]
    for node in statement_tree.all_nodes(rest):
        if isinstance(node, Name) and node.name == ASKED:
            raise DeltaruleError(
                "E001",
                "the character '?' is not known",
                at=node.span,
                seen="not known",
                help="leave out what is asked for; of derivatives it is understood",
            )
    return rest


def _function(node: Syntax) -> Syntax:
    return node.head if isinstance(node, Apply) and node.parenthesised else node


def _is_claimed(relation: Syntax, equations: list[tuple[Syntax, set[str]]]) -> bool:
    if not isinstance(relation, Chain) or set(relation.ops) != {"="}:
        return False
    left, right = relation.operands[0], relation.operands[-1]
    if isinstance(right, Name) and right.name == ASKED:
        return isinstance(left, Derivative) or GRADIENT in tree.names(left)
    return isinstance(left, Derivative) and _depends(left, equations)


def _depends(derivative: Derivative, equations: list[tuple[Syntax, set[str]]]) -> bool:
    """Whether what is differentiated has an equation, as it is written there, that reads the variable in the end."""
    of, by = tree.key(_function(derivative.of)), tree.symbol(derivative.by)
    found = {name for left, read in equations if tree.key(left) == of for name in read}
    while True:
        new = {name for left, read in equations if tree.symbol(left) in found for name in read}
        if new <= found:
            text = derivative.span.source.text
            return by in found and not found & STEPS and not REPLACED.search(text)
        found |= new
