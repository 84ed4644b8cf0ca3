r"""Words that a document writes as letters side by side: KL(p, q), PE_{(pos, 2i)}.

    KL(p, q) = …                               -->   the name KL: nobody defines a product of letters
    PE_{pos, 2i} = \sin(pos / …)               -->   the name pos
    x[pos] for pos = 0..n-1, and `pos` in LaTeX   -->   the name pos

A word of the plain text is one in LaTeX too, unless each of its letters is a symbol of its own elsewhere.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from deltarule.notation import statement_tree, tree
from deltarule.notation.operators import FUNCTIONS
from deltarule.notation.syntax import (
    Apply,
    Indexed,
    Name,
    Product,
    Raised,
    Statement,
    Syntax,
)
from deltarule.source import Span


def defined(statements: list[Statement]) -> frozenset[str]:
    """The words on left sides."""
    found = set()
    for statement in statements:
        left = statement_tree.left_side(statement)
        if left is not None and (word := _word(left)) is not None:
            found.add(word)
    return frozenset(found)


def counting(statements: list[Statement]) -> frozenset[str]:
    """The words that count, and are a value too: pos of PE_{pos, 2i} = pos / …

    Nobody multiplies the three indices of an element that has more of them after a comma.
    """
    found = set()
    for statement in statements:
        relation = statement_tree.equation(statement)
        if relation is None:
            continue
        left = relation.operands[0]
        left = left.factors[-1] if isinstance(left, Product) else left
        below = left.subscripts if isinstance(left, Indexed) else ()
        places = [tree.written(s) for s in below if isinstance(s, Product) and not any(s.ops)]
        letters = [n for value in relation.operands[1:] for n in _values(value)]
        for word in places if len(below) > 1 else ():
            if len(word) > 2 and word.isalpha() and any(_is_in(n, word) for n in letters):
                found.add(word)
    return frozenset(found)


def _values(node: Syntax) -> Iterator[Name]:
    """The symbols outside of subscripts."""
    if isinstance(node, Name):
        yield node
    for child in (node.base,) if isinstance(node, Indexed) else tree.children(node):
        yield from _values(child)


def shared(statements: list[Statement], is_plain: Callable[[Span], bool]) -> frozenset[str]:
    """The words of the plain text that LaTeX writes without a style."""
    names = [n for n in statement_tree.all_nodes(statements) if isinstance(n, Name)]
    words = {n.name for n in names if is_plain(n.span) and n.name.isalpha() and len(n.name) > 1}
    found = set()
    for word in words - FUNCTIONS.keys():
        within = [n for n in names if len(n.name) == 1 and _is_in(n, word)]
        letters = {n.name for n in names if n not in within}
        if within and not set(word) <= letters:
            found.add(word)
    return frozenset(found)


def _is_in(letter: Name, word: str) -> bool:
    """Whether the letter stands in the text as a part of the word, which stands alone."""
    text, at = letter.span.source.text, letter.span.start
    start, end = at, at
    while start > 0 and text[start - 1].isalpha():
        start -= 1
    while end < len(text) and text[end].isalpha():
        end += 1
    return text[start:end] == word and text[start - 1 : start] != "\\"


def _word(left: Syntax) -> str | None:
    """KL for K L(p, q): letters side by side, without spaces."""
    if not isinstance(left, Product) or any(left.ops):
        return None
    letters = [_letter(factor) for factor in left.factors]
    if not all(letters) or not all(isinstance(f, Name) for f in left.factors[:-1]):
        return None
    word = "".join(x for x in letters if x is not None)
    start = left.span.start
    return word if left.span.source.text[start : start + len(word)] == word else None


def _letter(node: Syntax) -> str | None:
    while isinstance(node, Apply | Indexed | Raised):
        node = node.head if isinstance(node, Apply) else node.base
    return node.latex if isinstance(node, Name) and len(node.latex) == 1 else None
