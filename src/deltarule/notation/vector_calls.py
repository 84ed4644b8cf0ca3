r"""The formula that a call of a function of vectors stands for.

    D(P, Q) = \sum_i P_i \ln Q_i,  D(p_i, q_i)    -->   \sum_j p_{i,j} \ln q_{i,j}
    s(z)_k = \exp(z_k),  s(u)                     -->   \exp(u_k)

An index that the formula sums over gets another letter where an argument has the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from deltarule.notation import tree
from deltarule.notation.syntax import Big, Indexed, Name, Syntax


def formula(
    body: Syntax,
    values: Mapping[str, Syntax],
    taken: frozenset[str],
    fresh: Callable[[], str],
) -> Syntax:
    """The body with values for its parameters and for the symbols that stand for lengths."""
    for index in sorted(_bound(body) & taken):
        body = _renamed(body, index, fresh())
    return _flat(tree.substitute(body, values))


def takes_elements(body: Syntax, parameter: str) -> bool:
    """Whether the body reads components of the parameter, P_i."""
    return any(
        isinstance(n, Indexed) and isinstance(n.base, Name) and n.base.name == parameter
        for n in tree.descend(body)
    )


def symbols(nodes: Iterable[Syntax]) -> frozenset[str]:
    return frozenset(n.name for node in nodes for n in tree.descend(node) if isinstance(n, Name))


def _bound(body: Syntax) -> frozenset[str]:
    found: set[str] = set()
    for node in tree.descend(body):
        if isinstance(node, Big):
            found.update(tree.bound_by(node, None))
    return frozenset(found)


def _renamed(node: Syntax, index: str, letter: str) -> Syntax:
    """The expression with another letter for an index that sums in it bind."""
    if isinstance(node, Big) and index in tree.bound_by(node, None):
        new = {index: Name(letter, letter, node.span)}
        below = tuple(tree.substitute(b, new) for b in node.below)
        return replace(node, below=below, body=tree.substitute(node.body, new))
    return tree.rebuild(node, lambda child: _renamed(child, index, letter))


def _flat(node: Syntax) -> Syntax:
    """p_{i,j} for the component j of p_i."""
    new = tree.rebuild(node, _flat)
    if isinstance(new, Indexed) and isinstance(new.base, Indexed):
        inner = new.base
        return replace(new, base=inner.base, subscripts=(*inner.subscripts, *new.subscripts))
    return new
