r"""Greek letters below declared vectors that run nowhere: the parameters that computed them.

    z_\theta, z'_\xi \in \mathbb{R}^n, \quad L_{\theta,\xi} = \| q_\theta(z_\theta) - z'_\xi \|^2
        -->   z_theta, z'_xi and L_theta_xi, three names

Nothing says where such a letter runs, so that no array with it has a range. It stands below symbols only.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from deltarule.notation import statement_tree, tree
from deltarule.notation.syntax import Indexed, Name, RealSpace, Statement, Syntax


def settle(statements: list[Statement]) -> list[Statement]:
    """The statements with such letters as parts of names."""
    letters = {
        letter.name
        for subject, space in statement_tree.declarations(statements)
        if space.dimensions and isinstance(subject, Indexed)
        for letter in _letters(subject)
    }
    letters -= {name for part in statement_tree.all_parts(statements) for name in _outside(part)}
    if not letters:
        return statements

    def node(old: Syntax) -> Syntax:
        new = tree.rebuild(old, node)
        if not isinstance(new, Indexed) or not isinstance(new.base, Name):
            return new
        found = _letters(new)
        if not found or not {x.name for x in found} <= letters:
            return new
        label, shown = "_".join(x.name for x in found), ",".join(x.latex for x in found)
        return replace(tree.with_label(new.base, label, shown), span=new.span)

    return statement_tree.rebuild_all(statements, node)


def _letters(node: Indexed) -> list[Name]:
    r"""\theta and \xi of L_{\theta,\xi}; none where anything else is below too."""
    found = [s for s in tree.apart(node.subscripts) if isinstance(s, Name) and _is_greek(s)]
    return found if len(found) == len(tree.apart(node.subscripts)) else []


def _is_greek(letter: Name) -> bool:
    return (
        letter.latex.startswith("\\") and letter.latex[1:] == letter.name and letter.name.islower()
    )


def _outside(node: Syntax) -> Iterator[str]:
    """The symbols that stand elsewhere than alone below others."""
    if isinstance(node, Name):
        yield node.name
    elif isinstance(node, Indexed) and isinstance(node.base, Name) and _letters(node):
        yield node.base.name
    elif not isinstance(node, RealSpace):
        for child in tree.children(node):
            yield from _outside(child)
