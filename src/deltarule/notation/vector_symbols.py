r"""What the letter of a symbol and its subscripts say.

W_{ij}     -->   W, a matrix if it is no number, with two subscripts
"""

from __future__ import annotations

from deltarule.notation import tree
from deltarule.notation.syntax import Indexed, Syntax, Transposed, Whole

CAPITALS = frozenset("Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega".split())


def symbol_below(node: Syntax) -> Syntax:
    """H for H^\\top."""
    return node.base if isinstance(node, Transposed) else node


def subscript_count(node: Syntax) -> int:
    """2 for A_{ij}, 0 for A."""
    return len(tree.apart(node.subscripts)) if isinstance(node, Indexed) else 0


def places_taken(subscripts: tuple[Syntax, ...]) -> int:
    """1 for t and a colon: the axes that are written, as the colon's is not."""
    return sum(not isinstance(s, Whole) for s in subscripts)


def usual_rank(name: str) -> int:
    """2 for a capital letter, 1 for another: what a symbol is when all that is known is that it is
    a matrix or a vector."""
    letter = name.partition("_")[0].rstrip("0123456789'")
    labelled = len(letter) == 2 and letter.isupper()  # WQ of W^Q
    return 2 if letter[:1].isupper() and (len(letter) == 1 or labelled or letter in CAPITALS) else 1


def is_capital(node: Syntax) -> bool:
    """W, W_1 and \\Sigma_t."""
    return usual_rank(tree.symbol(node) or "") == 2
