r"""Ranks that follow from how symbols with and without subscripts are used.

M = \frac12 (P + Q), D(P, M), P_i      -->   P, Q and M are vectors, P_i a component
\mu = \frac{1}{n} \sum_i x_i,  x - \mu   -->   \mu is a number
h_t^j beside \mathbf{h}_t             -->   h_{t,j}
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from deltarule.notation import tree
from deltarule.notation.syntax import (
    Apply,
    Big,
    Chain,
    Indexed,
    Name,
    Product,
    RealSpace,
    Statement,
    Sum,
    Syntax,
)

Counts = dict[str, int]

OF_VECTORS = frozenset(("max", "min", "softmax"))  # of all components together


def equations(statements: list[Statement]) -> Iterator[tuple[Syntax, Syntax]]:
    """Left and right side of every equation."""
    for statement in statements:
        relation = statement.relation
        if isinstance(relation, Chain) and relation.ops[0] == "=":
            if not isinstance(relation.operands[-1], RealSpace):
                yield relation.operands[0], relation.operands[-1]


def elements_and_wholes(fewest: Counts, most: Counts) -> frozenset[str]:
    """x, where x and x_i both occur."""
    return frozenset(n for n, many in most.items() if many and not fewest.get(n, many))


def only_whole(statements: list[Statement], names: frozenset[str]) -> frozenset[str]:
    r"""Those that stand without subscripts only where a vector may: in D(P, M) and M = \frac12 (P + Q).

    Not w of \sum_i (w_i x_i - w)^2, which lacks its subscript.
    """
    wrong: set[str] = set()
    heads = frozenset(
        left.head.name
        for left, _ in equations(statements)
        if isinstance(left, Apply) and isinstance(left.head, Name)
    )
    for left, right in equations(statements):
        if isinstance(left, Apply):
            continue  # parameters
        whole = isinstance(left, Name) and not any(
            isinstance(n, Indexed | Big) for n in tree.descend(right)
        )
        if not whole:
            wrong.update(_outside_of_calls(right, heads))
    return names - wrong


def _outside_of_calls(node: Syntax, heads: frozenset[str]) -> Iterator[str]:
    """The bare symbols that are no arguments of functions that the document defines."""
    match node:
        case Name(name):
            yield name
        case Indexed(Name()):
            return
        case Apply(head, _, arguments):
            defined = isinstance(head, Name) and head.name in heads
            defined |= isinstance(head, Name) and head.name in OF_VECTORS and len(arguments) == 1
            for argument in arguments:
                if not (defined and isinstance(argument, Name)):
                    yield from _outside_of_calls(argument, heads)
        case Big(_, _, _, body):
            yield from _outside_of_calls(body, heads)
        case _:
            for child in tree.children(node):
                yield from _outside_of_calls(child, heads)


def defined_with_elements(statements: list[Statement]) -> frozenset[str]:
    """L, where L and L_i have an equation each: two arrays with one letter."""
    counts: dict[str, set[int]] = {}
    for left, _ in equations(statements):
        if isinstance(left, Name):
            counts.setdefault(left.name, set()).add(0)
        elif isinstance(left, Indexed) and isinstance(left.base, Name) and _runs(left):
            counts.setdefault(left.base.name, set()).add(len(left.subscripts))
    return frozenset(n for n, found in counts.items() if 0 in found and len(found) > 1)


def _runs(left: Indexed) -> bool:
    return any(isinstance(n, Name) for s in left.subscripts for n in tree.descend(s))


def numbers(statements: list[Statement], both: frozenset[str], most: Counts) -> frozenset[str]:
    r"""\mu = \frac1n \sum_i x_i and L = \sum_i L_i: sums of the components of vectors."""
    found: set[str] = set()
    for left, right in equations(statements):
        if isinstance(left, Name) and any(
            isinstance(n, Big) and n.op != "row" for n in tree.descend(right)
        ):
            uses = list(_uses(right))
            indexed = [n for n in uses if isinstance(n, Indexed)]
            own = any(_base(n) == left.name for n in indexed)
            whole = all(_base(n) in both and len(n.subscripts) == most[_base(n)] for n in indexed)
            if own or (
                indexed and whole and not any(_base(n) in both for n in uses if n not in indexed)
            ):
                found.add(left.name)
    return frozenset(found)


def components_last(statements: list[Statement]) -> list[Statement]:
    r"""h_{t,j} for h^j_t, which reads h_{j,t}, where \mathbf{h}_t is the vector."""
    letters: dict[str, set[str]] = {}
    for statement in statements:
        for found in tree.descend(statement.relation):
            if isinstance(found, Indexed) and isinstance(found.base, Name) and found.base.vector:
                if len(found.subscripts) == 1:
                    own = letters.setdefault(found.base.name, set())
                    own.update(_letters(found.subscripts[0]))
    if not letters:
        return statements

    def node(old: Syntax) -> Syntax:
        new = tree.rebuild(old, node)
        if isinstance(new, Indexed) and isinstance(new.base, Name) and not new.base.vector:
            if len(new.subscripts) == 2 and (own := letters.get(new.base.name)):
                first, second = new.subscripts
                if _letters(second) & own and not _letters(first) & own:
                    return replace(new, subscripts=(second, first))
        return new

    return [replace(s, relation=node(s.relation)) for s in statements]


def _letters(node: Syntax) -> frozenset[str]:
    return frozenset(n.name for n in tree.descend(node) if isinstance(n, Name))


def applied_to_several(statements: list[Statement]) -> frozenset[str]:
    """G in G(x) - G(y): a function, as nobody writes a matrix so."""
    arguments: dict[str, set[object]] = {}
    for _, right in equations(statements):
        for node in tree.descend(right):
            if isinstance(node, Apply) and isinstance(node.head, Name):
                only = node.arguments[0] if len(node.arguments) == 1 else node
                bare = isinstance(only, Name) or (
                    isinstance(only, Indexed) and isinstance(only.base, Name)
                )
                found = tree.key(only) if bare else None
                arguments.setdefault(node.head.name, set()).add(found)
    return frozenset(n for n, a in arguments.items() if len(a) > 1 and None not in a)


def capitals_multiply(node: Syntax, is_capital: frozenset[str]) -> bool:
    """W h, W a capital letter: a vector where its components are used elsewhere."""
    return any(
        isinstance(n, Product)
        and isinstance(n.factors[0], Name)
        and n.factors[0].name in is_capital
        for n in tree.descend(node)
    )


def capitals_alone(left: set[str], right: Syntax, is_capital: frozenset[str]) -> bool:
    """B = A + I_n, all capital letters: matrices where elements with two subscripts are used elsewhere."""
    return isinstance(right, Sum) and left | reads(right) <= is_capital


def multiplied(body: Syntax, capitals: frozenset[str]) -> frozenset[str]:
    """The symbols beside a capital letter: u of A u and of u W."""
    found: set[str] = set()
    for node in tree.descend(body):
        if isinstance(node, Product) and "odot" not in node.ops:
            for one, other in pairwise(node.factors):
                for factor, letter in ((one, other), (other, one)):
                    if isinstance(factor, Name) and isinstance(letter, Name | Indexed):
                        base = letter.base if isinstance(letter, Indexed) else letter
                        if isinstance(base, Name) and base.name in capitals:
                            found.add(factor.name)
    return frozenset(found)


def reads(node: Syntax) -> frozenset[str]:
    """The symbols that an expression is made of, subscripts and function names aside."""
    return frozenset(_base(n) for n in _uses(node))


def _uses(node: Syntax) -> Iterator[Name | Indexed]:
    match node:
        case Name():
            yield node
        case Indexed(Name()):
            yield node
        case Big(_, _, _, body):
            yield from _uses(body)
        case Apply(_, _, arguments):
            for argument in arguments:
                yield from _uses(argument)
        case _:
            for child in tree.children(node):
                yield from _uses(child)


def _base(node: Name | Indexed) -> str:
    base = node.base if isinstance(node, Indexed) else node
    return base.name if isinstance(base, Name) else ""
