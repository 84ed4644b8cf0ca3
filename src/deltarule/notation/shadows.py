r"""A sum over a letter that is an index around it: p_c = \exp(s_c) / \sum_c \exp(s_c).

The inner letter is another index: it gets a name of its own. This holds where the outer one occurs
outside of the sum too; where it does not, the author has mixed the two up, which is E112.
"""

from __future__ import annotations

from dataclasses import replace

from deltarule.notation import names, tree
from deltarule.notation.along import letter_after
from deltarule.notation.syntax import Apply, Big, Chain, Indexed, Name, Statement, Sum, Syntax


def settle(statements: list[Statement]) -> list[Statement]:
    """The statements with different letters for different indices."""
    taken = tree.names(*(s.relation for s in statements))
    result = []
    for statement in statements:
        relation = statement.relation
        if isinstance(relation, Chain) and relation.ops == ("=",):
            scope = names.bound_on_the_left(statement)
            left, right = relation.operands
            outside = _outside(right, scope)
            value = _settled(right, scope & outside, taken)
            statement = replace(statement, relation=replace(relation, operands=(left, value)))
        result.append(statement)
    return result


def _settled(node: Syntax, scope: frozenset[str], taken: set[str]) -> Syntax:
    if isinstance(node, Big):
        bound = tree.bound_by(node, None)
        for letter in [b for b in bound if b in scope]:
            new = letter_after(letter, taken)
            running = {letter: Name(new, new, node.span)}
            below = tuple(tree.substitute(b, running) for b in node.below)
            node = replace(node, below=below, body=tree.substitute(node.body, running))
    return tree.rebuild(node, lambda child: _settled(child, scope, taken))


def _outside(node: Syntax, scope: frozenset[str]) -> frozenset[str]:
    r"""Which of these indices stand in a subscript, or an argument, that no sum over them is around.

    The i of \alpha_t(i) is one, as that of \alpha_{t,i} is.
    """
    if isinstance(node, Big):
        scope = scope - frozenset(tree.bound_by(node, None))
    places: tuple[Syntax, ...] = ()
    if isinstance(node, Indexed):
        places = node.subscripts
    elif isinstance(node, Apply) and node.parenthesised:
        places = tuple(a for a in node.arguments if isinstance(a, Name | Sum | Indexed))
    found = tree.names(*places)
    inner = [_outside(child, scope) for child in tree.children(node)]
    return frozenset(found & scope).union(*inner)
