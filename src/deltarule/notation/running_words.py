r"""Words that are indices: \sum_{\mathrm{pos}=1}^n x_{\mathrm{pos}}.

Below a symbol a word is a label, x_{\mathrm{out}}, unless it runs: through a sum, or over a range.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from deltarule.notation import statement_tree, text_styles, tree
from deltarule.notation.syntax import Big, Chain, Interval, Name, Statement, Syntax


def settle(statements: list[Statement]) -> list[Statement]:
    """The statements with such words as letters."""
    words = {n.name for s in statements for n in _running(s) if text_styles.is_word(n.latex)}
    if not words:
        return statements

    def node(old: Syntax) -> Syntax:
        new = tree.rebuild(old, node)
        return replace(new, latex=new.name) if isinstance(new, Name) and new.name in words else new

    return statement_tree.rebuild_all(statements, node)


def _running(statement: Statement) -> Iterator[Name]:
    for part in statement_tree.nodes(statement):
        if isinstance(part, Big):
            bound = tree.bound_by(part, None)
            below = (n for entry in part.below for n in tree.descend(entry))
            yield from (n for n in below if isinstance(n, Name) and n.name in bound)
        elif isinstance(part, Chain) and _is_range(part):
            yield from (o for o in part.operands[:-1] if isinstance(o, Name))


def _is_range(chain: Chain) -> bool:
    """pos = 1, …, n and 1 <= pos <= n."""
    ends = isinstance(chain.operands[-1], Interval)
    return ends or (len(chain.operands) == 3 and set(chain.ops) <= {"<", "<="})
