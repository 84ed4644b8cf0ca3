r"""What brackets after a symbol hold: subscripts, x[i + 1], or values, \gamma [(1 - \lambda) v_t + r].

A subscript is a sum of multiples of indices and sizes. What can be none is a factor or an argument.
"""

from __future__ import annotations

from deltarule.equations import functions
from deltarule.notation import tree
from deltarule.notation.operators import canonical_function
from deltarule.notation.syntax import (
    Apply,
    Filled,
    Indexed,
    Name,
    Norm,
    Num,
    Product,
    Syntax,
    Transposed,
)

ROUNDING = frozenset(("floor", "ceil", "round", "abs"))  # of integers, perhaps


def is_value(node: Syntax) -> bool:
    """Whether an expression can be no subscript, whatever its symbols are.

    It holds a vector, a function that is known, or the product of an element with something that is
    no number. (i - 1) n + j may be meant as a subscript, though it is none.
    """
    return any(_is_value(part) for part in tree.descend(node))


def _is_value(node: Syntax) -> bool:
    match node:
        case Filled() | Transposed() | Norm():
            return True
        case Name(vector=True):
            return True
        case Apply(Name(name)) if canonical_function(name) not in ROUNDING:
            return functions.is_known(canonical_function(name))
        case Product(factors):
            several = [f for f in factors if not isinstance(f, Num)]
            return len(several) > 1 and any(isinstance(f, Apply | Indexed) for f in several)
    return False
