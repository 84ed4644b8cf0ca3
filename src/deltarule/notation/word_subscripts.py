r"""Words among subscripts with commas: a part of the name, no row of indices.

    L_{out,i} = \sum_j w_{ij} x_j           -->   the array L_out, with the subscript i
    L_{out,i} = \sum_j w_{ij} L_{in,j}      -->   L_out and L_in: beside a word, two letters are one too
    a_{ijk,l}, and S_{ij}, z_k              -->   four indices: all of these letters are some elsewhere

A word has three letters or more, one of which is an index nowhere; or it has capital letters, none of which is one. Letters that are indices by custom alone
(l, i, n of `lin`) are E006 where the document does not show which is meant; those of an alphabet's row, ijk, run.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import NoReturn

from deltarule.errors import DeltaruleError
from deltarule.notation import statement_tree, tree
from deltarule.notation.syntax import Big, Indexed, Name, Product, Raised, Statement, Sum, Syntax

CUSTOMARY = frozenset("ijklmnpqrstuvxy")  # what authors let run
WORD = 3  # letters: ij are two indices


def settle(statements: list[Statement]) -> list[Statement]:
    """The statements with such words in the names that they belong to."""
    found = [n for n in statement_tree.all_nodes(statements) if isinstance(n, Indexed)]
    beside = [n for n in found if any(len(_letters(s)) > 1 for s in _listed(n))]
    if not beside:
        return statements
    indices = {n for s in statements for n in _indices(s)}
    words = _Words(indices, {w for n in beside for s in _listed(n) if (w := _word(s, indices))})
    words.symbols |= {n.base.name for n in beside if isinstance(n.base, Name)
                      and any(_letters(s) in words.known for s in _listed(n))}  # fmt: skip
    return statement_tree.rebuild_all(statements, words.node)


class _Words:
    def __init__(self, indices: set[str], known: set[str]) -> None:
        self.indices = indices
        self.known = known
        self.symbols: set[str] = set()  # that have one of them below

    def node(self, old: Syntax) -> Syntax:
        new = tree.rebuild(old, self.node)
        if not isinstance(new, Indexed) or not isinstance(new.base, Name):
            return new
        own = [s for s in _listed(new) if self._is_word(s, new.base.name)]
        if not own:
            return new
        label = "".join(_letters(s) for s in own)
        name = tree.with_label(new.base, label, f"\\mathrm{{{label}}}")
        rest = tuple(s for s in new.subscripts if s not in own)
        return replace(new, base=name, subscripts=rest) if rest else replace(name, span=new.span)

    def _is_word(self, subscript: Syntax, symbol: str) -> bool:
        word = _letters(subscript)
        return word in self.known or (len(word) == WORD - 1 and symbol in self.symbols)


def _listed(node: Indexed) -> tuple[Syntax, ...]:
    """The subscripts that commas separate."""
    several = node.style == "subscript" and len(node.subscripts) > 1 and not node.bar
    return node.subscripts if several else ()


def _letters(subscript: Syntax) -> str:
    """out of the letters o, u and t side by side; nothing of anything else."""
    if not isinstance(subscript, Product) or any(subscript.ops):
        return ""
    plain = all(isinstance(f, Name) and len(f.latex) == 1 for f in subscript.factors)
    text = tree.written(subscript)
    return text if plain and text.isalpha() else ""


def _word(subscript: Syntax, indices: set[str]) -> str:
    """The letters, if they are a word. E006 where they may as well be indices."""
    word = _letters(subscript)
    alone = set(word) - indices
    if word.isupper() and alone == set(word):
        return word  # QK
    if len(word) < WORD or not alone:
        return ""
    if "".join(map(chr, range(ord(word[0]), ord(word[0]) + len(word)))) == word:
        return ""  # ijk
    if alone <= CUSTOMARY and len(set(word)) == len(word):
        _refuse(subscript, word)
    return word


def _indices(statement: Statement) -> Iterator[str]:
    """What runs: in a sum or a range, alone or beside one other letter in a subscript."""
    yield from tree.names(*statement.conditions)
    for node in statement_tree.nodes(statement):
        match node:
            case Big():
                yield from tree.bound_by(node, None)
            case Raised(_, inside):
                yield from tree.names(inside)
            case Indexed(_, subscripts):
                for subscript in subscripts:
                    if len(_letters(subscript)) < WORD and (
                        len(subscripts) == 1 or isinstance(subscript, Name | Sum)
                    ):
                        yield from tree.names(subscript)


def _refuse(subscript: Syntax, word: str) -> NoReturn:
    raise DeltaruleError(
        "E006",
        f"'{word}' can be read in two ways: as a word, or as the indices {', '.join(word)}",
        at=subscript.span,
        seen="ambiguous",
        help=f"write \\text{{{word}}} for the word, {','.join(word)} for the indices",
    )
