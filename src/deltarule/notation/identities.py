r"""Identity matrices of a size: I_N beside N \times N matrices, I_2 beside 2 \times 2.

Nothing defines or declares them, and their subscript is a length that a declaration has. So is a letter
that is nothing else in the document, where the matrix is but a term beside others, as in A + I_N and
X^\top X + \lambda I_d; it is none where there are several, as the images I_x and I_y are.
"""

from __future__ import annotations

from collections.abc import Iterator

from deltarule.notation import statement_tree, tree
from deltarule.notation.syntax import Big, Indexed, Name, Product, RealSpace, Statement, Sum, Syntax


def sized(statements: list[Statement], matrices: frozenset[str]) -> dict[str, RealSpace]:
    """I_N --> its space, of these matrices that nothing declares."""
    wanted = {n for n in matrices if n.startswith("I_")} - _defined(statements)
    if not wanted:
        return {}
    lengths = _lengths(statements) | _only_terms(statements, wanted)
    return {
        name: RealSpace((length, length), length.span)
        for name in wanted
        if (length := lengths.get(name.removeprefix("I_"))) is not None
    }


def _defined(statements: list[Statement]) -> set[str]:
    lefts = [statement_tree.first_operand(s) for s in statements]
    return {left.name for left in lefts if isinstance(left, Name)}


def _only_terms(statements: list[Statement], wanted: set[str]) -> dict[str, Syntax]:
    """N of the one I_N that is nothing but a term beside others, where N is no more than a length."""
    nodes = list(statement_tree.all_nodes(statements))
    found = [n for n in nodes if isinstance(n, Name) and n.name in wanted]
    if len({n.name for n in found}) != 1:
        return {}
    letter = found[0].name.removeprefix("I_")
    terms = [t for n in nodes if isinstance(n, Sum) for t in _terms(n) if t.name == found[0].name]
    if len(terms) != len(found) or len(letter) != 1 or not letter.isalpha():
        return {}
    return {} if letter in _runs(statements) else {letter: Name(letter, letter, found[0].span)}


def _runs(statements: list[Statement]) -> set[str]:
    """What stands in subscripts and below sums, and on left sides: no lengths."""
    nodes = [n for s in statements if (n := statement_tree.first_operand(s)) is not None]
    for node in statement_tree.all_nodes(statements):
        if isinstance(node, Indexed):
            nodes.extend(node.subscripts)
        elif isinstance(node, Big):
            nodes.extend(node.below)
    return tree.names(*nodes)


def _terms(node: Sum) -> Iterator[Name]:
    r"""I_N of A + I_N, and of A + \lambda I_N."""
    for _, term in node.terms:
        last = term.factors[-1] if isinstance(term, Product) else term
        if isinstance(last, Name):
            yield last


def _lengths(statements: list[Statement]) -> dict[str, Syntax]:
    """The lengths that declarations have, N and 2, by how they are written."""
    found: dict[str, Syntax] = {}
    for statement in statements:
        for node in tree.descend(statement.relation):
            if isinstance(node, RealSpace):
                for length in node.dimensions:
                    label = tree.label_of((length,))
                    if label is not None:
                        found.setdefault(label, length)
    return found
