r"""Words above symbols: labels, although one of their letters is an index elsewhere.

    L^{sup}_{out} = \sum_i \sum_{p \in P(i)} z_{ip}      -->   the name L_sup
    E^{kin} = \sum_{k=1}^3 v_k,  E = E^{kin} + E^{pot}   -->   the names E_kin and E_pot
    A^{ij} = b_i c_j,  A^{ij} = \sum_k B^{ik} C^{kj}     -->   stay as they are: i and j stand on the right

A letter on the left side is an index only if the right side or a condition speaks of it; one that a sum on the
right runs over is none. Where a word is a label, those above the same symbol are labels too. A word that has all its
letters in scope somewhere stays a row of indices.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from deltarule.notation import statement_tree, tree
from deltarule.notation.syntax import (
    Chain,
    Indexed,
    Name,
    Num,
    Power,
    Product,
    Statement,
    Syntax,
)


def spelled(statements: list[Statement], values: set[str]) -> dict[tuple[str, object], str]:
    """(E, key of kin) --> E_kin, for each word above some symbol that is a label; `values` are symbols
    that stand for numbers, which a power may have."""
    words = [word for number, s in enumerate(statements) for word in _words(s, number)]
    numbered = {n.base.name for n in statement_tree.all_nodes(statements)
                if isinstance(n, Power) and isinstance(n.exponent, Num)
                and isinstance(n.base, Name)}  # fmt: skip
    rows = {(w.base, w.text) for w in words if not w.defined and _in_scope(w, statements)}
    kept = [w for w in words if (w.base, w.text) not in rows and w.base not in numbered]
    lone = _lone_letters(statements)
    found = {(w.base, w.text) for w in kept
             if (_is_label(w, statements[w.number]) if w.defined
                 else _stands_nowhere(w, lone, statements, values))}  # fmt: skip
    labelled = {base for base, _ in found}
    return {(w.base, w.key): f"{w.base}_{w.text}" for w in kept if w.base in labelled}


@dataclass(frozen=True, slots=True)
class _Word:
    """kin of E^{kin}; `defined` where it stands on the left side of an equation."""

    base: str
    text: str
    key: object
    scope: frozenset[str]  # what the sums around it run over
    number: int  # of the statement
    defined: bool

    @property
    def letters(self) -> frozenset[str]:
        return frozenset(self.text)


def _words(statement: Statement, number: int) -> Iterator[_Word]:
    left = statement_tree.defined(statement)
    own = left.base if isinstance(left, Indexed) else left
    for part in statement_tree.parts(statement):
        for node, scope in scoped(part, frozenset()):
            if isinstance(node, Power) and (text := text_of(node.exponent)) is not None:
                base = node.base.base if isinstance(node.base, Indexed) else node.base
                if isinstance(base, Name) and base.name != "e":
                    key = tree.key(node.exponent)
                    yield _Word(base.name, text, key, scope, number, node is left or node is own)


def text_of(node: Syntax) -> str | None:
    """kin of the product k i n."""
    node = tree.ungrouped(node)
    if not isinstance(node, Product) or any(node.ops):
        return None
    names = [f.name for f in node.factors if isinstance(f, Name) and len(f.latex) == 1]
    return "".join(names) if len(names) == len(node.factors) else None


def _is_label(word: _Word, statement: Statement) -> bool:
    """Whether the equation of E^{kin} lets one of the letters be no index."""
    *_, rest = _sides(statement)
    free = {n for part in rest for n in _free(part, word.letters)}
    bound = {n for part in rest for _, scope in scoped(part, frozenset()) for n in scope}
    if word.letters <= free:
        return False
    if len(word.text) == 2:  # more often a pair of indices, one of which was forgotten
        return not word.letters & free and bool(word.letters & bound)
    placed = {n for part in rest for n in _free(part, word.letters, limits=False)}
    return not (word.letters <= free | bound and word.letters & placed)


def _stands_nowhere(
    word: _Word, lone: dict[str, set[str]], statements: list[Statement], values: set[str]
) -> bool:
    """sup of y_p = L^{sup} + \\sum_u z_{pu}: u is no index here, and nothing is called s."""
    if len(word.text) < 3 or word.letters & values:
        return False
    speaks = statements[word.number]
    left = _names(statement_tree.defined(speaks))
    out = word.letters - word.scope - left
    strange = {x for x in word.letters if lone.get(x, set()) <= {word.text}}
    return bool(strange) and any(x in out for x in word.letters - strange)


def _lone_letters(statements: list[Statement]) -> dict[str, set[str]]:
    """For each letter the words above that have it; and "" where it stands anywhere else."""
    found: dict[str, set[str]] = {}
    for part in statement_tree.all_parts(statements):
        waiting: list[Syntax] = [part]
        while waiting:
            node = waiting.pop()
            if isinstance(node, Name):
                found.setdefault(node.name, set()).add("")
            if isinstance(node, Power) and (text := text_of(node.exponent)) is not None:
                for letter in text:
                    found.setdefault(letter, set()).add(text)
                waiting.append(node.base)
            else:
                waiting.extend(tree.children(node))
    return found


def _in_scope(word: _Word, statements: list[Statement]) -> bool:
    """Whether sums, the left side, conditions or other subscripts bind all letters of a word."""
    statement = statements[word.number]
    left, rest = _sides(statement)
    around = {n for part in (left, *rest) if part is not None
              for n in _free(part, word.letters, but=word.key)}  # fmt: skip
    return word.letters <= word.scope | around


def _free(
    node: Syntax,
    letters: frozenset[str],
    scope: frozenset[str] = frozenset(),
    *,
    limits: bool = True,
    but: object = None,
) -> Iterator[str]:
    """The symbols that no sum around them runs over. A word speaks of its letters only if all of them
    are among `letters` or run: i of B^{ik} under a sum over k, but not o and t of E^{pot} beside E^{tot}."""
    if isinstance(node, Name):
        if node.name not in scope:
            yield node.name
        return
    scripts: tuple[Syntax, ...] = ()
    if isinstance(node, Power):
        scripts = (node.exponent,)
    elif isinstance(node, Indexed):
        scripts = node.subscripts
    for child, inside in tree.scoped_children(node, scope):
        if child in scripts and (text := text_of(child)) is not None:
            if tree.key(child) == but or not set(text) <= letters | scope:
                continue
        if limits or child is not getattr(node, "above", None):
            yield from _free(child, letters, inside, limits=limits, but=but)


def _names(node: Syntax | None) -> set[str]:
    return set() if node is None else tree.names(node)


def scoped(node: Syntax, scope: frozenset[str]) -> Iterator[tuple[Syntax, frozenset[str]]]:
    yield node, scope
    for child, inside in tree.scoped_children(node, scope):
        yield from scoped(child, inside)


def _sides(statement: Statement) -> tuple[Syntax | None, tuple[Syntax, ...]]:
    """The left side of an equation, and what else the statement has."""
    relation = statement.relation
    if isinstance(relation, Chain) and relation.ops[0] in ("=", "<-"):
        return relation.operands[0], (*relation.operands[1:], *statement.conditions)
    return None, statement_tree.parts(statement)
