r"""Words before a symbol that are part of its name: \operatorname{Re} X_k, \operatorname{Im} X_k.

    \operatorname{Re} X_k = \sum_i x_i c_{ik}     -->   the array Re_X

Nobody defines a product. So a word before a symbol on a left side is part of the name where the symbol never
stands without such a word, and the word never without a symbol.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from deltarule.equations import functions
from deltarule.notation import statement_tree, tree
from deltarule.notation.operators import canonical_function
from deltarule.notation.syntax import Indexed, Name, Product, Statement, Syntax

WORDS = ("\\operatorname", "\\mathrm", "\\text", "\\Re", "\\Im")


def settle(statements: list[Statement]) -> list[Statement]:
    """The statements with one name for such a word and its symbol."""
    lefts = [p for s in statements if (p := _pair(statement_tree.left_side(s))) is not None]
    if not lefts:
        return statements
    found = [p for part in statement_tree.all_parts(statements) for p in _pairs(part)]
    nodes = statement_tree.all_nodes(statements)
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
        return _joined(new, symbols) if isinstance(new, Product) else new

    return statement_tree.rebuild_all(statements, node)


def _pair(node: Syntax | None) -> tuple[Name, Name] | None:
    """Re and X of a left side Re X_k."""
    if isinstance(node, Product) and len(node.factors) == 2:
        return next(iter(_pairs(node)), None)
    return None


def _pairs(node: Syntax) -> Iterator[tuple[Name, Name]]:
    """The words with the symbols right behind them."""
    for part in tree.descend(node):
        if isinstance(part, Product):
            for (first, second), op in zip(pairwise(part.factors), part.ops, strict=True):
                symbol = second.base if isinstance(second, Indexed) else second
                if not op and isinstance(symbol, Name) and _is_word(first):
                    assert isinstance(first, Name), "a word is a name"
                    yield first, symbol


def _is_word(node: Syntax) -> bool:
    if not isinstance(node, Name) or not node.latex.startswith(WORDS) or not node.name.isalpha():
        return False
    return len(node.name) > 1 and not functions.is_known(canonical_function(node.name))


def _joined(product: Product, symbols: set[str]) -> Syntax:
    """The product with one factor for each word and its symbol."""
    factors, ops = [product.factors[0]], list(product.ops[:0])
    for op, factor in zip(product.ops, product.factors[1:], strict=True):
        word, symbol = factors[-1], factor.base if isinstance(factor, Indexed) else factor
        if not op and _is_word(word) and isinstance(symbol, Name) and symbol.name in symbols:
            assert isinstance(word, Name), "a word is a name"
            name = f"{word.name}_{symbol.name}"
            latex = f"{{{word.latex} {symbol.latex}}}"
            span = replace(factor.span, start=word.span.start)
            whole = replace(symbol, name=name, latex=latex, span=span)
            if isinstance(factor, Indexed):
                factors[-1] = replace(factor, base=whole, span=span)
            else:
                factors[-1] = whole
        else:
            factors.append(factor)
            ops.append(op)
    if len(factors) == 1:
        return factors[0]
    return replace(product, factors=tuple(factors), ops=tuple(ops))
