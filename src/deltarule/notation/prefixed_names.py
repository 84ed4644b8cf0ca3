r"""Words before a symbol that are part of its name: \operatorname{Re} X_k, \operatorname{Im} X_k.

    \operatorname{Re} X_k = \sum_i x_i c_{ik}     -->   the array Re_X

Nobody defines a product. So a word before a symbol on a left side is part of the name where the symbol never
stands without such a word, and the word never without a symbol.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace

from deltarule.equations import functions
from deltarule.notation import neighbours, statement_tree, tree
from deltarule.notation.operators import canonical_function
from deltarule.notation.syntax import Indexed, Name, Product, Statement, Syntax

WORDS = ("\\operatorname", "\\mathrm", "\\text", "\\Re", "\\Im")


def settle(statements: list[Statement]) -> list[Statement]:
    """The statements with one name for such a word and its symbol."""
    lefts = list(_pairs(neighbours.defined(statements)))
    if not lefts:
        return statements
    nodes = list(statement_tree.all_nodes(statements))
    found = list(_pairs(neighbours.pairs(nodes)))
    counts = Counter(n.name for n in nodes if isinstance(n, Name))
    behind = [symbol.name for _, symbol in found]
    before = [word.name for word, _ in found]
    symbols = {n for _, s in lefts if counts[n := s.name] == behind.count(n)}
    words = {
        w.name for w, s in found if s.name in symbols and counts[w.name] == before.count(w.name)
    }
    if not all(w.name in words for w, s in found if s.name in symbols):
        return statements

    def node(old: Syntax) -> Syntax:
        new = tree.rebuild(old, node)
        return neighbours.joined(new, one) if isinstance(new, Product) else new

    def one(word: Syntax, factor: Syntax) -> Syntax | None:
        pair = _pair(word, factor)
        return _joined(*pair, factor) if pair is not None and pair[1].name in symbols else None

    return statement_tree.rebuild_all(statements, node)


def _pairs(found: Iterable[neighbours.Pair]) -> Iterator[tuple[Name, Name]]:
    """The words with the symbols right behind them."""
    return (pair for word, factor in found if (pair := _pair(word, factor)) is not None)


def _pair(word: Syntax, factor: Syntax) -> tuple[Name, Name] | None:
    """Re and X of Re X_k."""
    symbol = factor.base if isinstance(factor, Indexed) else factor
    if isinstance(word, Name) and isinstance(symbol, Name) and _is_word(word):
        return word, symbol
    return None


def _is_word(node: Name) -> bool:
    if not node.latex.startswith(WORDS) or not node.name.isalpha():
        return False
    return len(node.name) > 1 and not functions.is_known(canonical_function(node.name))


def _joined(word: Name, symbol: Name, factor: Syntax) -> Syntax:
    """Re_X, with the subscripts of the factor X_k."""
    name = f"{word.name}_{symbol.name}"
    latex = f"{{{word.latex} {symbol.latex}}}"
    span = replace(factor.span, start=word.span.start)
    whole = replace(symbol, name=name, latex=latex, span=span)
    return replace(factor, base=whole, span=span) if isinstance(factor, Indexed) else whole
