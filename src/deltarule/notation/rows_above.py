r"""Words above symbols under a sum, beside a row of indices on the left side: powers, or elements?

A^{ij} = \sum_k B^{ik} C^{kj},  B, C \in \mathbb{R}^{n \times n}   -->   B_{ik}, C_{kj}
A^{ij} = \sum_k B^{ik} C^{kj}                                      -->   E006
F^{kl} = \sum_m f_m w^{km},  w = \cos(\theta)                      -->   w^{km} stays a power
"""

from __future__ import annotations

from collections.abc import Iterator, Set

from deltarule.errors import DeltaruleError
from deltarule.notation import statement_tree, tree
from deltarule.notation.syntax import Name, Power, Statement, Syntax
from deltarule.notation.words_above import scoped, text_of


def elements(
    statements: list[Statement], indexed: Set[str], known: Set[tuple[str, object]]
) -> set[str]:
    """The symbols that have an index above for each of their axes; `indexed` have one, as is known, and `known`
    are labels. E006 where nothing says whether it is a power."""
    matrices = dict(_matrices(statements))
    found = set()
    for statement in statements:
        running = _running(statement, indexed)
        for part in statement_tree.parts(statement) if running else ():
            for node, scope in scoped(part, frozenset()):
                if not isinstance(node, Power) or not isinstance(node.base, Name):
                    continue
                base, text = node.base.name, text_of(node.exponent)
                if text is None or base in indexed or (base, tree.key(node.exponent)) in known:
                    continue
                if not set(text) <= running | scope or not set(text) & running:
                    continue
                if matrices.get(base) == len(text):
                    found.add(base)
                elif not any(_stands_bare(s, base) for s in statements):
                    _refuse(node, text)
    return found


def _running(statement: Statement, indexed: Set[str]) -> set[str]:
    """i and j of A^{ij} = …"""
    left = statement_tree.left_side(statement)
    if (
        not isinstance(left, Power)
        or not isinstance(left.base, Name)
        or left.base.name not in indexed
    ):
        return set()
    return set(text_of(left.exponent) or "")


def _matrices(statements: list[Statement]) -> Iterator[tuple[str, int]]:
    for subject, space in statement_tree.declarations(statements):
        if isinstance(subject, Name):
            yield subject.name, len(space.dimensions)


def _stands_bare(statement: Statement, name: str) -> bool:
    """Whether a symbol occurs with nothing above it, or is declared."""
    waiting: list[Syntax] = list(statement_tree.parts(statement))
    while waiting:
        node = waiting.pop()
        if isinstance(node, Name) and node.name == name:
            return True
        if isinstance(node, Power) and isinstance(node.base, Name):
            waiting.append(node.exponent)
        else:
            waiting.extend(tree.children(node))
    return False


def _refuse(node: Power, text: str) -> None:
    written = tree.written(node)
    assert isinstance(node.base, Name), "asked only of symbols"
    raise DeltaruleError(
        "E006",
        f"'{written}' can be read in two ways: as a power, or as an element with the indices "
        f"{' and '.join(text)} above",
        at=node.span,
        seen="ambiguous",
        help=f"write {node.base.latex}_{{{text}}} for the element; for the power say what "
        f"{node.base.latex} is, for example {node.base.latex} \\in \\mathbb{{R}}",
    )
