r"""Conditions that several symbols share: 1 & \text{for } u, v = 0.

u, v = 0      -->   u = 0, v = 0
x_i, y_i > 0  -->   x_i > 0, y_i > 0
"""

from __future__ import annotations

from dataclasses import replace

from deltarule.notation import tree
from deltarule.notation.syntax import Chain, Indexed, Name, Syntax


def spread(items: list[Syntax]) -> list[Syntax]:
    """The items of a list of conditions, each symbol with the relation that ends its row of symbols.

    What is no symbol before a relation of two sides stays as it is.
    """
    result: list[Syntax] = []
    following: Chain | None = None
    for item in reversed(items):
        if isinstance(item, Chain):
            following = item if _may_be_shared(item) else None
            result.append(item)
        elif following is not None and _may_have(item, following):
            operands = (item, *following.operands[1:])
            result.append(replace(following, operands=operands, span=item.span))
        else:
            following = None
            result.append(item)
    return result[::-1]


def _may_have(item: Syntax, following: Chain) -> bool:
    """Whether a relation may be said of a symbol before it too: not j > i of i in `i, j > i`."""
    others = {tree.key(n) for o in following.operands[1:] for n in tree.descend(o)}
    return isinstance(item, Name | Indexed) and tree.key(item) not in others


def _may_be_shared(chain: Chain) -> bool:
    return len(chain.ops) == 1 and isinstance(chain.operands[0], Name | Indexed)
