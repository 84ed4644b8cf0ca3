r"""What parentheses after a symbol hold: the arguments of a function, or the subscripts of an array.

    S(i,j) = \sum_m \sum_n I(i+m, j+n) K(m,n)   -->   S_{i,j}, I_{i+m,j+n}, K_{m,n}
    p(y = k | x_n) = …                          -->   p_{k,n}
    x (1 + \tanh x)                             -->   x \cdot (1 + \tanh x)
    \mathrm{FFN}(x) = \max(0, x W_1) W_2        -->   \mathrm{FFN} = …

The steps of this file stand in the order in which each finds what the ones before it have settled.
"""

from __future__ import annotations

from deltarule.notation import (
    applied_arrays,
    applied_numbers,
    bracket_functions,
    constant_arguments,
    distributions,
    outputs,
    repeated_arguments,
)
from deltarule.notation.syntax import Statement


def settle(statements: list[Statement], stated: frozenset[str] = frozenset()) -> list[Statement]:
    """The statements with applied arrays as elements and uncalled functions as equations.

    `stated` are symbols that the author says are functions.
    """
    statements = bracket_functions.settle(statements)
    statements = constant_arguments.settle(statements)
    statements = applied_arrays.settle(statements, stated)
    statements = distributions.settle(statements)
    statements = applied_numbers.settle(statements, stated)
    statements = repeated_arguments.settle(statements)
    return outputs.settle(statements)
