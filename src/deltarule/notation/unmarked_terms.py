r"""A plain letter beside a plain matrix times a bold vector: a number, or a vector that is not marked?

\sigma(W \mathbf{x} + b)                           -->   E006: neither W nor b is bold
\mathbf{X} \mathbf{w} + b, W \mathbf{x} + \mathbf{b}   -->   the number b, the vector b
"""

from __future__ import annotations

from collections.abc import Iterator

from deltarule.errors import DeltaruleError
from deltarule.notation import statement_tree, tree
from deltarule.notation.syntax import Name, Product, Statement, Sum, Syntax
from deltarule.notation.vector_arrays import Arrays


def refuse(arrays: Arrays, statement: Statement) -> None:
    """E006 at a plain letter that nothing defines or declares, beside such a product."""
    known = arrays.known
    if not known.marked:
        return
    for node in statement_tree.nodes(statement):
        if isinstance(node, Sum) and any(_of_plain_matrix(arrays, t) for _, t in node.terms):
            for term in _unknown(arrays, node):
                raise DeltaruleError(
                    "E006",
                    f"'{term.name}' beside a vector can be read in two ways: as a number, or as a "
                    "vector that is not bold, as the matrix is not",
                    at=term.span,
                    seen="ambiguous",
                    help=f"write \\mathbf{{{term.latex}}}, or declare it: {term.latex} \\in "
                    f"\\mathbb{{R}} or {term.latex} \\in \\mathbb{{R}}^m",
                )


def _of_plain_matrix(arrays: Arrays, term: Syntax) -> bool:
    r"""W \mathbf{x}."""
    if not isinstance(term, Product) or arrays.known.rank(term) != 1:
        return False
    *before, last = term.factors
    bold = any(isinstance(n, Name) and n.vector for n in tree.descend(last))
    plain = [f for f in before if arrays.known.rank(f) == 2]
    return bold and any(isinstance(f, Name) and not f.vector for f in plain)


def _unknown(arrays: Arrays, node: Sum) -> Iterator[Name]:
    known = arrays.known
    said = {*arrays.defined, *known.declared, *known.scalars, *known.numbers, *known.marked}
    for _, term in node.terms:
        if isinstance(term, Name) and not known.rank(term) and term.name not in said:
            if (term.name, 0) not in known.declared_numbers:
                yield term
