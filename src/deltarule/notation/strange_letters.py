r"""Letters below and in brackets that are indices nowhere else: parts of a label, or values.

s_t = [V_t > V_{th}]            -->   E006: V_{\text{th}}, or an element at t and h
y_t = V_t - V_r                 -->   E006: V_{\text{r}}, or the element at r
r = k [A]^m [B]^n               -->   E006: k times the concentration [A], or the element of k at A
y_{ij} = A_{ik} B_{kj}          -->   E101: k runs nowhere
y_t = x_{tN}, N = 5, \dots      -->   stays: N counts something
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import NoReturn

from deltarule.errors import DeltaruleError
from deltarule.notation import called, names, statement_tree, tree
from deltarule.notation.document import is_plain_text
from deltarule.notation.operators import GREEK
from deltarule.notation.syntax import (
    Apply,
    Big,
    Chain,
    Derivative,
    Indexed,
    Interval,
    Name,
    Num,
    Product,
    Quotient,
    RealSpace,
    Statement,
    Sum,
    Syntax,
)
from deltarule.notation.words_above import scoped

COUNTING = frozenset("ijklmnrstabcdpquv")  # by custom, also where they stand as numbers too


def refuse(statements: list[Statement], fixed: Collection[str] = ()) -> None:
    """E006 for the first such letter; E101 for one that stands below several symbols.

    `fixed` are letters that a setting gives a number.
    """
    introduced = {tree.key(statement_tree.subject(s)) for s in statements}
    words = [w for s in statements for w in _words(s)]
    known = {n for s in statements for n in _positions(s)}.union(fixed)
    running = {n for s in statements for n in _running(s)}
    arrays = {w.base for w in words if w.letters & w.scope}
    values = called.values(statements)
    texts: dict[str, set[str]] = {}
    for word in words:
        for letter in word.letters:
            texts.setdefault(letter, set()).add(word.text)
    for word in words:
        free = word.letters - word.scope - (known - running)
        if len(word.text) == 1:
            free -= values
            free = free if word.base in arrays else frozenset()
        elif not word.letters & word.scope:
            continue
        if free and tree.key(word.node) not in introduced:
            letter = min(free)
            if len(texts[letter]) > 1 or letter in running:
                _refuse_index(word, letter)
            _refuse_label(word, letter)


def refuse_values(statements: list[Statement]) -> None:
    """E006 for F_x = -k x, where x counts nothing: not for p_k = a^k, whose letter counts by custom."""
    subjects = {tree.key(statement_tree.subject(s)) for s in statements}
    known = {n for s in statements for n in _counting(s, subjects)}
    for statement in statements:
        sides = statement_tree.sides(statement)
        left = sides[0] if sides is not None else None
        if sides is None or not isinstance(left, Indexed) or len(left.subscripts) != 1:
            continue
        (only,) = left.subscripts
        letter = only.name if isinstance(only, Name) and left.style == "subscript" else ""
        counts = not letter or letter in COUNTING or letter in known or not _is_letter(letter)
        if not counts and letter in _bare(sides[1]):
            _refuse_label(_Word(left, letter, frozenset()), letter)


def _bare(node: Syntax) -> Iterator[str]:
    """The symbols that stand for numbers: not the array x of x_n."""
    if isinstance(node, Name):
        yield node.name
    elif isinstance(node, Apply):
        for argument in node.arguments:
            yield from _bare(argument)
    elif not isinstance(node, Indexed):
        for child in tree.children(node):
            yield from _bare(child)


def _is_letter(name: str) -> bool:
    return (len(name) == 1 and name.islower()) or name in GREEK


def refuse_products_with_one(statements: list[Statement]) -> None:
    """E006 for x_{i+1j}: nobody writes 1 j for j, and a comma may be missing."""
    for node in statement_tree.all_nodes(statements):
        for subscript in node.subscripts if isinstance(node, Indexed) else ():
            terms = subscript.terms if isinstance(subscript, Sum) else ()
            for _, term in terms:
                if isinstance(term, Product) and not any(term.ops) and _is_one(term.factors[0]):
                    raise DeltaruleError(
                        "E006",
                        f"'{tree.written(subscript)}' can be read in two ways: as one subscript, or "
                        "as several",
                        at=subscript.span,
                        seen="nobody multiplies by 1",
                        help="separate the subscripts by commas, x_{i+1,j}",
                    )


def _is_one(node: Syntax) -> bool:
    return isinstance(node, Num) and node.text == "1"


def refuse_brackets(statements: list[Statement]) -> None:
    """E006 for k [A], where A counts nothing."""
    known = {n for s in statements for n in _positions(s)}
    subjects = {tree.key(statement_tree.subject(s)) for s in statements}
    for node in statement_tree.all_nodes(statements):
        symbol = _in_brackets(node)
        if symbol is not None and symbol.name not in known and tree.key(node) not in subjects:
            if not is_plain_text(node.span):
                _refuse_bracket(node, symbol)


@dataclass(frozen=True, slots=True)
class _Word:
    """th of V_{th}, r of V_r: small letters without commas."""

    node: Indexed
    text: str
    scope: frozenset[str]

    @property
    def letters(self) -> frozenset[str]:
        return frozenset(_letters(self.node))

    @property
    def base(self) -> str | None:
        return tree.symbol(self.node)


def _words(statement: Statement) -> Iterator[_Word]:
    own = names.bound_on_the_left(statement) | names.bound_by_declaration(statement)
    subject = statement_tree.subject(statement)
    if isinstance(subject, Apply):
        own |= tree.names(*subject.arguments)  # k of p(y = k)
    elif isinstance(subject, Derivative | Product | Quotient):
        own |= tree.names(subject)  # no left side that can be read: said elsewhere
    for part in statement_tree.parts(statement):
        nodes = list(scoped(part, own))
        elsewhere = {id(n) for node, _ in nodes for n in _no_elements(node)}
        for node, scope in nodes:
            if isinstance(node, Indexed) and id(node) not in elsewhere:
                if found := _letters(node):
                    yield _Word(node, "".join(found), scope)


def _no_elements(node: Syntax) -> Iterator[Syntax]:
    """What is called, and what a derivative is by."""
    if isinstance(node, Apply):
        yield node.head
    elif isinstance(node, Derivative):
        yield from tree.descend(node)


def _letters(node: Indexed) -> tuple[str, ...]:
    """t and h of V_{th}, j of x_j."""
    only = node.subscripts[0] if len(node.subscripts) == 1 else None
    if node.style == "bracket" or only is None:
        return ()
    parts = only.factors if isinstance(only, Product) and not any(only.ops) else (only,)
    found = [f.name for f in parts if isinstance(f, Name) and _is_small(f)]
    return tuple(found) if len(found) == len(parts) else ()


def _is_small(name: Name) -> bool:
    return len(name.latex) == 1 and name.latex.islower()


# ------------------------------------------------------------------------------ what counts


def _positions(statement: Statement) -> Iterator[str]:
    """What stands in limits, dimensions and conditions, and below in sums or beside commas."""
    for condition in statement.conditions:
        yield from tree.names(condition)
    if isinstance(statement.relation, Chain) and statement.relation.ops == ("in",):
        yield from tree.names(statement.relation)
    for node in statement_tree.nodes(statement):
        match node:
            case Indexed(_, subscripts) if not _letters(node) and _in_brackets(node) is None:
                yield from tree.names(*subscripts)
            case Big() | RealSpace() | Interval():
                yield from _at(node)


def _counting(statement: Statement, subjects: set[object]) -> Iterator[str]:
    """The same, and what is compared; subscripts of what equations define aside."""
    for condition in statement.conditions:
        yield from tree.names(condition)
    for node in statement_tree.nodes(statement):
        if isinstance(node, Indexed):
            if tree.key(node) not in subjects:
                yield from tree.names(*node.subscripts)
        elif isinstance(node, Big | RealSpace | Interval):
            yield from _at(node)
        elif isinstance(node, Chain) and node is not statement.relation:
            yield from tree.names(node)


def _at(node: Big | RealSpace | Interval) -> Iterator[str]:
    match node:
        case Big(_, below, above):
            yield from tree.names(*below, *((above,) if above is not None else ()))
        case RealSpace(dimensions):
            yield from tree.names(*dimensions)
        case Interval():
            yield from tree.names(node)


def _running(statement: Statement) -> Iterator[str]:
    """j of j = 1, …, n beside an equation."""
    for condition in statement.conditions:
        if isinstance(condition, Chain) and isinstance(condition.operands[-1], Interval):
            yield from (o.name for o in condition.operands[:-1] if isinstance(o, Name))


def _in_brackets(node: Syntax) -> Name | None:
    """A of k [A]."""
    if not isinstance(node, Indexed) or node.style != "bracket" or len(node.subscripts) != 1:
        return None
    (only,) = node.subscripts
    return only if isinstance(only, Name) and only.name[:1].isupper() else None


# ------------------------------------------------------------------------------ refusals


def _refuse_label(word: _Word, letter: str) -> NoReturn:
    array = tree.written(word.node.base)
    raise DeltaruleError(
        "E006",
        f"'{tree.written(word.node)}' can be read in two ways: as a symbol with a label, or as an "
        f"element of {array}",
        at=word.node.span,
        seen=f"'{letter}' is an index nowhere else",
        help=f"write {array}_{{\\text{{{word.text}}}}} for the label; for the element say what {letter} "
        "is: sum over it, or give it a range",
    )


def _refuse_index(word: _Word, letter: str) -> NoReturn:
    raise DeltaruleError(
        "E101",
        f"nothing introduces the index '{letter}'",
        at=word.node.span,
        seen=f"no sum over {letter} here, and no left side has it",
        help=f"sum over {letter}, or say in the settings that an index which stands twice is summed "
        "over: einstein: yes",
    )


def _refuse_bracket(node: Syntax, symbol: Name) -> NoReturn:
    assert isinstance(node, Indexed), "only these are asked"
    array, inside = tree.written(node.base), tree.written(symbol)
    raise DeltaruleError(
        "E006",
        f"'{tree.written(node)}' can be read in two ways: as a product with [{inside}], or as an "
        f"element of {array}",
        at=node.span,
        seen=f"'{inside}' counts nothing elsewhere",
        help=f"write {array} \\cdot [{inside}] for the product; for the element say what {inside} is, "
        f"{inside} \\in \\{{1, \\dots, n\\}}",
    )
