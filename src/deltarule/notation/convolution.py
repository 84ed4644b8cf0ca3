"""The convolution sign, written out as the sum that it stands for.

    w[-n_1, -n_2] * h[n_1, n_2]   -->   sum_{m_1, m_2} w[-(n_1 - m_1), -(n_2 - m_2)] h[m_1, m_2]

The indices that both sides read are the ones convolved over; others count channels or data.
"""

from __future__ import annotations

from dataclasses import replace

from deltarule.errors import DeltaruleError
from deltarule.notation import names, tree
from deltarule.notation.syntax import (
    Big,
    Convolution,
    Group,
    Indexed,
    Name,
    Num,
    Product,
    Statement,
    Sum,
    Syntax,
)

LETTERS = ("m", "k", "l", "p", "q", "r", "s", "t", "u", "v")


def lower(statements: list[Statement]) -> list[Statement]:
    """The statements with every convolution as a sum without limits."""
    if not any(isinstance(n, Convolution) for s in statements for n in tree.descend(s.relation)):
        return statements
    result = []
    for statement in statements:
        indices = names.bound_on_the_left(statement)
        taken = _symbols(statement) | _values(statements)
        relation = _lower(statement.relation, indices, taken, frozenset())
        result.append(replace(statement, relation=relation))
    return result


def as_products(statements: list[Statement]) -> list[Statement]:
    """The statements with every such sign as a product, of vectors element by element."""

    def node(old: Syntax) -> Syntax:
        new = tree.rebuild(old, node)
        if isinstance(new, Convolution):
            return Product((new.left, new.right), ("odot",), new.span)
        return new

    return [replace(s, relation=node(s.relation)) for s in statements]


def _symbols(statement: Statement) -> set[str]:
    return {a for n in tree.descend(statement.relation) if (a := tree.atom(n)) is not None}


def _values(statements: list[Statement]) -> set[str]:
    """The symbols of the document that are not indices of some other statement."""
    found: set[str] = set()
    for statement in statements:
        bound = names.bound_on_the_left(statement) | names.bound_by_declaration(statement)
        found |= _symbols(statement) - bound
    return found


def _lower(node: Syntax, indices: frozenset[str], taken: set[str], bound: frozenset[str]) -> Syntax:
    if isinstance(node, Big):
        bound = bound | frozenset(tree.bound_by(node, indices))
    node = tree.rebuild(node, lambda child: _lower(child, indices, taken, bound))
    if not isinstance(node, Convolution):
        return node
    if node.kind:
        raise DeltaruleError(
            "E008",
            "a convolution with a subscript is not supported",
            at=node.span,
            seen="not supported",
            help="write it out as a sum, for example \\sum_k w_k x_{n - d k}",
        )
    left, right = _positions(node.left), _positions(node.right)
    shared = [i for i in right if i in left and i in indices]
    if not shared and (_is_number(node.left, bound) or _is_number(node.right, bound)):
        return Product((node.left, node.right), ("dot",), node.span)
    if not shared:
        raise DeltaruleError(
            "E003",
            "'*' is convolution in LaTeX, and these two share no index to convolve over",
            at=node.span,
            help="write \\cdot for a product; convolution reads w[n] * h[n] with n on the left side",
        )
    fresh = _fresh(shared, taken | indices)
    spans = {i: Name(f, _latex(f), node.span) for i, f in fresh.items()}
    shifted: dict[str, Syntax] = {
        i: Group(Sum(((1, Name(i, _latex(i), node.span)), (-1, m)), node.span), node.span)
        for i, m in spans.items()
    }
    body = Product(
        (tree.substitute(node.left, shifted), tree.substitute(node.right, dict(spans))),
        ("",),
        node.span,
    )
    return Big("sum", tuple(spans.values()), None, body, node.span, node.span)


def _is_number(node: Syntax, bound: frozenset[str]) -> bool:
    """What cannot be convolved: a literal, or an element at indices that sums bind."""
    if isinstance(node, Product):
        return all(_is_number(factor, bound) for factor in node.factors)
    if isinstance(node, Indexed):
        letters = {a for s in node.subscripts for n in tree.descend(s) if (a := tree.atom(n))}
        return bool(letters) and letters <= bound
    return isinstance(node, Num)


def _positions(node: Syntax) -> list[str]:
    """The names in the subscripts of an expression, in order."""
    found: dict[str, None] = {}
    for part in tree.descend(node):
        if isinstance(part, Indexed):
            for subscript in part.subscripts:
                found.update((n.name, None) for n in tree.descend(subscript) if isinstance(n, Name))
    return list(found)


def _fresh(shared: list[str], taken: frozenset[str] | set[str]) -> dict[str, str]:
    """n_1, n_2 --> m_1, m_2: one new letter for all, with the old suffixes."""
    suffixes = [name.partition("_")[2] for name in shared]
    bases = [name.partition("_")[0] for name in shared]
    if len(set(bases)) == 1:
        for letter in LETTERS:
            new = [f"{letter}_{s}" if s else letter for s in suffixes]
            if not taken & set(new):
                return dict(zip(shared, new, strict=True))
    free = (f"{a}{n}" for n in ("", *range(2, 1000)) for a in LETTERS)
    unused = (f for f in free if f not in taken)
    return {name: next(unused) for name in shared}


def _latex(name: str) -> str:
    base, _, suffix = name.partition("_")
    if not suffix:
        return base
    return f"{base}_{suffix}" if len(suffix) == 1 else f"{base}_{{{suffix}}}"
