r"""Words above a symbol that an equation defines, and those below it there.

    L^{sup}_i = \sum_p z_{ip}       -->   L^{\mathrm{sup}}_i = \sum_p z_{ip}
    L^{sup}_{out,i} = …             -->   L^{\mathrm{sup}}_{\mathrm{out},i} = …

No power has an equation, and a letter that occurs nowhere else is no index. So three letters or more of which two
stand only there are a word.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from deltarule.notation import statement_tree, tree
from deltarule.notation.syntax import Indexed, Name, Power, Product, Statement, Syntax

SHORTEST = 3


Key = tuple[str, tuple[str, ...]]  # the symbol, and the letters that stand there


def settle(statements: list[Statement]) -> list[Statement]:
    """The statements with one name for the letters of such words."""
    found = {k for s in statements for k in _defined(s)}
    if not found:
        return statements
    outside: set[str] = set()
    for part in statement_tree.all_parts(statements):
        outside.update(_outside(part, found))
    words = {(base, letters) for base, letters in found if len(set(letters) - outside) > 1}

    def word(base: str, old: Syntax) -> Syntax:
        letters = _letters(old)
        if (base, letters) not in words:
            return old
        text = "".join(letters)
        return Name(text, f"\\mathrm{{{text}}}", old.span)

    def node(old: Syntax) -> Syntax:
        new = tree.rebuild(old, node)
        base = _symbol(new)
        if not isinstance(new, Power) or base is None:
            return new
        above = word(base, new.exponent)
        if above is new.exponent:
            return new
        inner = new.base
        if isinstance(inner, Indexed):
            inner = replace(inner, subscripts=tuple(word(base, s) for s in inner.subscripts))
        return replace(new, base=inner, exponent=above)

    return statement_tree.rebuild_all(statements, node)


def _defined(statement: Statement) -> Iterator[Key]:
    left = statement_tree.left_side(statement)
    if left is not None and (base := _symbol(left)) is not None:
        yield from ((base, letters) for letters in _words(left))


def _symbol(node: Syntax) -> str | None:
    """L of L^{sup} and L^{sup}_i."""
    if not isinstance(node, Power) or not _letters(node.exponent):
        return None
    return tree.symbol(node.base)


def _words(node: Syntax) -> Iterator[tuple[str, ...]]:
    if isinstance(node, Power):
        below = node.base.subscripts if isinstance(node.base, Indexed) else ()
        yield from (found for part in (node.exponent, *below) if (found := _letters(part)))


def _letters(node: Syntax) -> tuple[str, ...]:
    """The small letters side by side, three or more; none where anything else is written."""
    if not isinstance(node, Product) or any(node.ops) or len(node.factors) < SHORTEST:
        return ()
    found = tuple(f.name for f in node.factors
                  if isinstance(f, Name) and len(f.latex) == 1 and f.latex.islower())  # fmt: skip
    return found if len(found) == len(node.factors) else ()


def _outside(node: Syntax, words: set[Key]) -> Iterator[str]:
    """The letters that stand anywhere but in these words."""
    if isinstance(node, Name):
        yield node.name
        return
    base = _symbol(node)
    for child in tree.children(node):
        if base is not None and (base, _letters(child)) in words:
            continue
        if base is not None and isinstance(child, Indexed):
            rest = (s for s in child.subscripts if (base, _letters(s)) not in words)
            yield from (name for part in (child.base, *rest) for name in _outside(part, words))
        else:
            yield from _outside(child, words)
