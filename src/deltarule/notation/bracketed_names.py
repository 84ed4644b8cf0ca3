r"""Names with brackets before their subscripts: the running average E[g^2]_t.

    E[g^2]_t = \rho E[g^2]_{t-1} + (1 - \rho) g_t^2     -->   the array E_g2, of t

Nobody defines a product. So they are one symbol where equations define all that the word before the
brackets ever stands with. What the brackets say is only a part of the name.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from deltarule.equations import functions
from deltarule.notation import neighbours, statement_tree, tree
from deltarule.notation.operators import canonical_function
from deltarule.notation.print_latex_names import name_to_latex
from deltarule.notation.syntax import (
    Indexed,
    Name,
    Num,
    Power,
    Product,
    Statement,
    Syntax,
)

Pair = tuple[str, str]


def settle(statements: list[Statement]) -> list[Statement]:
    """The statements with one name for such a word and its brackets."""
    lefts = set(_pairs(neighbours.defined(statements)))
    if not lefts:
        return statements
    nodes = list(statement_tree.all_nodes(statements))
    names = [n.name for n in nodes if isinstance(n, Name)]
    known = [pair for pair in _pairs(neighbours.pairs(nodes)) if pair in lefts]
    heads = {h for h, _ in lefts if names.count(h) == sum(head == h for head, _ in known)}
    found = {p for p in lefts if p[0] in heads and "_".join(p) not in names}
    if not found:
        return statements

    def node(old: Syntax) -> Syntax:
        new = tree.rebuild(old, node)
        return neighbours.joined(new, one) if isinstance(new, Product) else new

    def one(head: Syntax, element: Syntax) -> Syntax | None:
        if (pair := _pair(head, element)) is None or pair not in found:
            return None
        return _joined(head, element, "_".join(pair))

    return statement_tree.rebuild_all(statements, node)


def _pairs(found: Iterable[neighbours.Pair]) -> Iterator[Pair]:
    return (pair for head, element in found if (pair := _pair(head, element)) is not None)


def _pair(head: Syntax, element: Syntax) -> Pair | None:
    """E and g2 of E[g^2]_t."""
    if not isinstance(head, Name) or not isinstance(element, Indexed):
        return None
    text = element.span.source.text
    if functions.is_known(canonical_function(head.name)) or text[element.span.start] != "[":
        return None
    match tree.ungrouped(element.base):
        case Name(name):
            return head.name, name
        case Power(Name(name), Num(exponent)):
            return head.name, name + exponent
    return None


def _joined(head: Syntax, element: Syntax, name: str) -> Indexed:
    """E_g2 with the subscripts of E[g^2]_t."""
    assert isinstance(element, Indexed), "it has subscripts"
    span = replace(element.span, start=head.span.start)
    return replace(element, base=Name(name, name_to_latex(name, {}), span), span=span)
