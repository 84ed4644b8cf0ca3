"""Which subscripts are part of a name: N_Y is one symbol, w_{j,k} an element.

    N_Y, n_1, W_{xh}  -->  Name      h_t where t is an index, xi_{i,j}  -->  stays indexed

A base symbol whose subscripts are, in every use, single letters, digits or words that are not
indices in scope there, is a family of names; otherwise it is an array.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from deltarule.equations import functions
from deltarule.notation import declared_elements, difference_signs, text_styles, tree
from deltarule.notation.operators import canonical_function
from deltarule.notation.syntax import (
    Apply,
    Big,
    Chain,
    Indexed,
    Interval,
    Iverson,
    Name,
    Num,
    Product,
    RealSpace,
    Stack,
    Statement,
    Sum,
    Syntax,
)
from deltarule.source import Span


def merge(statements: list[Statement]) -> list[Statement]:
    """The statements with every subscript that belongs to a name made part of it."""
    statements = difference_signs.settle(statements)
    statements = declared_elements.with_places_apart(statements)
    elements = _elements(statements) | declared_elements.numbered(statements)
    declared_elements.refuse_names(statements, elements)
    result = []
    for statement in statements:
        relation = _merge(statement.relation, elements)
        conditions = tuple(_merge(c, elements) for c in statement.conditions)
        result.append(replace(statement, relation=relation, conditions=conditions))
    return result


def _elements(statements: list[Statement]) -> frozenset[str]:
    """The base symbols that are arrays with subscripts."""
    integers = _integer_symbols(statements)
    running = running_symbols(statements)
    shared = frozenset(letter for s in statements for letter in _shared_subscripts(s))
    uses: dict[str, list[_Use]] = {}
    along: dict[str, frozenset[str]] = {}  # the indices of the left sides that a symbol is read for
    for statement in statements:
        defines_function = isinstance(_sides(statement)[0], Apply)
        for use in _uses(statement):
            if not is_part_of_name(use.node):
                uses.setdefault(use.base, []).append(use)
                scope = frozenset() if defines_function else use.scope
                along[use.base] = along.get(use.base, frozenset()) | scope
    lengths = _lengths_named(statements, [u for found in uses.values() for u in found])
    arrays = (frozenset(uses) | _lengths_and_vectors(statements)) - running
    functions_defined = _functions_defined(statements)
    return frozenset(
        base
        for base, found in uses.items()
        if not _is_function(
            found, running | shared | along[base], functions_defined.get(base, set())
        )
        and any(
            u.node.style == "bracket" or _is_element(u, integers, running, arrays)
            for u in found
            if id(u.node) not in lengths
        )
    )


def _lengths_named(statements: list[Statement], uses: list[_Use]) -> frozenset[int]:
    r"""The d_k in limits, by identity, where some limit d_k stands outside of the reach of k: a name,
    also where k runs beside it: 1 \\le k \\le d, 1 \\le \\ell \\le d_k."""
    limits = {id(n) for s in statements for part in (s.relation, *s.conditions)
              for n in _limits(part, part in s.conditions)}  # fmt: skip
    found = [u for u in uses if id(u.node) in limits and len(u.node.subscripts) == 1]
    outside = {
        tree.key(u.node)
        for u in found
        if isinstance(u.node.subscripts[0], Name) and u.node.subscripts[0].name not in u.scope
    }
    return frozenset(id(u.node) for u in found if tree.key(u.node) in outside)


def _limits(part: Syntax, condition: bool) -> Iterator[Syntax]:
    """What ranges end with, in a condition and in the limits of sums."""
    for node in tree.descend(part):
        if isinstance(node, Chain) and condition:
            yield from node.operands
        elif isinstance(node, Interval):
            yield from (node.low, node.high)
        elif isinstance(node, Big) and node.above is not None:
            yield node.above


def _with_subscripts(statements: list[Statement]) -> frozenset[str]:
    """Symbols that have subscripts: h of h_t labels W_h, a matrix."""
    return frozenset(
        n.base.name
        for s in statements
        for n in tree.descend(s.relation)
        if isinstance(n, Indexed) and isinstance(n.base, Name)
    )


def _called(statements: list[Statement]) -> frozenset[str]:
    """Capital letters that are functions: H of H(x, W_H) labels W_H."""
    return frozenset(
        n.head.name
        for s in statements
        for n in tree.descend(s.relation)
        if isinstance(n, Apply) and isinstance(n.head, Name) and _is_label(n.head)
    )


def _is_of_reals(statement: Statement) -> bool:
    relation = statement.relation
    return isinstance(relation, Chain) and isinstance(relation.operands[-1], RealSpace)


def _lengths_and_vectors(statements: list[Statement]) -> frozenset[str]:
    r"""Never indices, unless they run: p, q and v of V_q \in \mathbb{R}^{p \times q}, v \in \mathbb{R}^p."""
    found: set[str] = set()
    for statement in statements:
        relation = statement.relation
        if isinstance(relation, Chain) and isinstance(relation.operands[-1], RealSpace):
            sizes = (n for d in relation.operands[-1].dimensions for n in tree.descend(d))
            names = (*relation.operands[:-1], *sizes)
            found.update(n.name for n in names if isinstance(n, Name))
    return frozenset(found)


@dataclass(frozen=True, slots=True)
class _Use:
    base: str
    node: Indexed
    scope: frozenset[str]
    called: bool  # arguments follow


def _is_element(
    use: _Use, integers: frozenset[str], running: frozenset[str], arrays: frozenset[str]
) -> bool:
    """Whether an index stands in the subscripts: s_x is none where x_n is an array."""
    label = label_of_all(use.node.subscripts)
    if label is None:
        return True
    letters = [n for s in use.node.subscripts for n in tree.descend(s) if isinstance(n, Name)]
    plain = {n.name for n in letters if not is_styled(n)}
    if len(use.node.subscripts) > 1:
        return not plain <= arrays - integers - use.scope  # W_{s,y}, the weight from y to s
    labels = {n.name for n in letters if _is_label(n) and n.name not in running}
    single = len(use.node.subscripts) == 1
    if single and len(letters) > 2 and not plain <= use.scope | running:
        return False  # out, max, in: letters of a word
    return bool((plain - labels - (arrays - integers)) & (use.scope | integers))


def _is_label(name: Name) -> bool:
    """A capital letter or a word: indices are small letters, unless they run somewhere."""
    word = len(name.latex) > 1 and name.latex.isalpha()
    return word or (len(name.name) == 1 and name.name.isupper())


def _functions_defined(statements: list[Statement]) -> dict[str, set[str]]:
    """f and the subscripts a and b of f_a(x) = …, f_b(x) = …"""
    found: dict[str, set[str]] = {}
    for statement in statements:
        left, _ = _sides(statement)
        if isinstance(left, Apply) and isinstance(left.head, Indexed):
            if isinstance(left.head.base, Name):
                keys = {repr(tree.key(s)) for s in left.head.subscripts}
                found.setdefault(left.head.base.name, set()).update(keys)
    return found


def _is_function(uses: list[_Use], running: frozenset[str], defined: set[str]) -> bool:
    r"""\rho_\tau(u), h_\theta(x): always applied, with one subscript that runs nowhere, on no left side
    either, or with several that have an equation each."""
    subscripts = {repr(tree.key(s)) for u in uses for s in u.node.subscripts}
    letters = {n.name for u in uses for s in u.node.subscripts
               for n in tree.descend(s) if isinstance(n, Name)}  # fmt: skip
    known = len(subscripts) == 1 or subscripts <= defined
    single = known and all(len(u.node.subscripts) == 1 for u in uses)
    return single and all(u.called for u in uses) and not letters & running


def running_symbols(statements: list[Statement]) -> frozenset[str]:
    """What a sum, a range or a declaration lets run, anywhere in the document; and what subscripts
    add to: t of x_{t-1}."""
    found: set[str] = set()
    labels = _lengths_and_vectors(statements) | _with_subscripts(statements) | _called(statements)
    for statement in statements:
        bound = bound_by_declaration(statement)
        found |= bound - labels if _is_of_reals(statement) else bound
        for part in (statement.relation, *statement.conditions):
            for node in tree.descend(part):
                if isinstance(node, Big):
                    found.update(tree.bound_by(node, None))
                elif isinstance(node, Indexed):
                    sums = [s for s in node.subscripts if isinstance(s, Sum)]
                    found |= {n.name for s in sums for n in tree.descend(s) if isinstance(n, Name)}
        for condition in statement.conditions:
            found |= _symbols_of(condition)
    return frozenset(found)


def _symbols_of(node: Syntax) -> set[str]:
    r"""The symbols, but not what stands below them: \tau of \tau \le \tau_{max}."""
    if isinstance(node, Indexed):
        return _symbols_of(node.base)
    if isinstance(node, Name):
        return {node.name}
    return {name for child in tree.children(node) for name in _symbols_of(child)}


def _shared_subscripts(statement: Statement) -> Iterator[str]:
    """i of h_i(x) = … z_{ij}: a small letter that the left side and another symbol have below."""
    left, rest = _sides(statement)
    if not isinstance(left, Apply) or not isinstance(left.head, Indexed):
        return
    own = {s.name for s in left.head.subscripts if isinstance(s, Name)}
    for node in (n for part in rest for n in tree.descend(part)):
        if isinstance(node, Indexed) and tree.key(node.base) != tree.key(left.head.base):
            letters = {n.name for s in node.subscripts for n in tree.descend(s)
                       if isinstance(n, Name) and len(n.latex) == 1 and n.latex.islower()}  # fmt: skip
            yield from own & letters


def is_styled(name: Name) -> bool:
    r"""\mathcal{B}, \mathrm{in}, \text{out}, +, *, \max: indices are plain letters."""
    marks = ("\\mathcal", "\\mathbb", "+", "-", "*", "\\star", "\\ast", "\\max", "\\min")
    return name.latex.startswith(marks) or text_styles.is_word(name.latex)


def is_part_of_name(node: Indexed) -> bool:
    """k_+, x_*, W_{\\text{out}}: another symbol than k_i, x_n, W_t."""
    (only,) = node.subscripts if len(node.subscripts) == 1 else (None,)
    return isinstance(only, Name) and is_styled(only)


def _uses(statement: Statement) -> Iterator[_Use]:
    stated = {n.name for c in statement.conditions for n in tree.descend(c) if isinstance(n, Name)}
    scope = bound_on_the_left(statement) | (bound_by_declaration(statement) & stated)
    yield from _uses_in(statement.relation, scope)
    for condition in statement.conditions:
        yield from _uses_in(condition, scope - _limited(condition))


def _limited(condition: Syntax) -> frozenset[str]:
    """k of 1 <= k <= d_k: its own limits do not run with it."""
    operands = condition.operands if isinstance(condition, Chain) else ()
    return frozenset(o.name for o in operands if isinstance(o, Name))


def _uses_in(node: Syntax, scope: frozenset[str], called: bool = False) -> Iterator[_Use]:
    if isinstance(node, Indexed) and isinstance(node.base, Name):
        yield _Use(node.base.name, node, scope, called)
    if isinstance(node, Apply) and isinstance(node.head, Indexed):
        yield from _uses_in(node.head, scope, called=True)
        for argument in node.arguments:
            yield from _uses_in(argument, scope)
        return
    for child, inside in tree.scoped_children(node, scope):
        yield from _uses_in(child, inside)


def bound_on_the_left(statement: Statement) -> frozenset[str]:
    """The symbols in the left side's subscripts that the rest of the statement speaks of, and the
    arguments of a function that is being defined."""
    left, rest = _sides(statement)
    if isinstance(left, Apply):
        arguments = frozenset(a.name for a in left.arguments if isinstance(a, Name))
        heads = {
            tree.key(n.head) for part in rest for n in tree.descend(part) if isinstance(n, Apply)
        }
        values = (a for a in left.arguments if tree.key(a) not in heads)  # L(p_s), p_s a function
        runs = (_indices_of(part, rest) for a in values for part in _stated(a))
        return arguments.union(_indices_of(left.head, rest), _shifted(left, rest), *runs)
    if isinstance(left, Stack):  # [i_t; f_t] = W x_t
        return frozenset().union(*(_indices_of(part, rest) for part in left.parts))
    return _indices_of(left, rest)


def _shifted(left: Apply, rest: tuple[Syntax, ...]) -> set[str]:
    """n of w(n + 1) = … x(n)."""
    sums = (a for a in left.arguments if isinstance(a, Sum))
    named = {n.name for a in sums for n in tree.descend(a) if isinstance(n, Name)}
    return named & {n.name for part in rest for n in tree.descend(part) if isinstance(n, Name)}


def _stated(argument: Syntax) -> Iterator[Syntax]:
    """y_n and k of p(y_n = k)."""
    yield from argument.operands if isinstance(argument, Chain) else (argument,)


def _indices_of(left: Syntax, rest: tuple[Syntax, ...]) -> frozenset[str]:
    if not isinstance(left, Indexed) or is_part_of_name(left):
        return frozenset()
    named = {a for s in left.subscripts for n in tree.descend(s) if (a := tree.atom(n))}
    named = {a for a in named if not functions.is_known(canonical_function(a))}
    elsewhere = {a for part in rest for n in tree.descend(part) if (a := tree.atom(n))}
    joined = all(isinstance(s, Product) for s in left.subscripts)
    if joined and not named <= elsewhere and tree.label_of(left.subscripts) is not None:
        return frozenset()  # L_{total}
    several = len(left.subscripts) > 1 or left.style == "bracket"
    return frozenset(named if several else named & elsewhere)


def bound_by_declaration(statement: Statement) -> frozenset[str]:
    """A declaration binds its subscripts: `h[m] for 0 <= m < H`, `y[i] in 1..K for i = 1..n`, u(n) in R^m."""
    relation = statement.relation
    if isinstance(relation, Chain) and relation.ops[0] == "in":
        relation = relation.operands[0]
    if isinstance(relation, Apply):
        return frozenset(a.name for a in relation.arguments if isinstance(a, Name))
    if isinstance(relation, Indexed):
        written = relation.subscripts
        places = written if relation.style == "bracket" else tree.apart(written)
        return frozenset(a for s in places if (a := tree.atom(s)) is not None)
    return frozenset()


def _in_real_space(statement: Statement) -> bool:
    relation = statement.relation
    return isinstance(relation, Chain) and isinstance(relation.operands[-1], RealSpace)


def _sides(statement: Statement) -> tuple[Syntax, tuple[Syntax, ...]]:
    relation = statement.relation
    if isinstance(relation, Chain) and relation.ops[0] == "=":
        return relation.operands[0], (*relation.operands[1:], *statement.conditions)
    return relation, statement.conditions


def _integer_symbols(statements: list[Statement]) -> frozenset[str]:
    r"""Bare names that an Iverson bracket compares for equality, y in [y = k], and what is declared to be an
    integer, c \in \{1, \dots, K\}."""
    found: set[str] = set()
    for statement in statements:
        relation = statement.relation
        if isinstance(relation, Chain) and relation.ops == ("in",):
            subject, space = relation.operands
            if isinstance(subject, Name) and isinstance(space, Interval):
                found.add(subject.name)
        for part in (statement.relation, *statement.conditions):
            for node in tree.descend(part):
                if isinstance(node, Iverson):
                    found.update(_compared(node))
    return frozenset(found)


def _compared(node: Iverson) -> Iterator[str]:
    for condition in node.conditions:
        if isinstance(condition, Chain) and condition.ops[0] in ("=", "!="):
            for operand in condition.operands:
                if isinstance(operand, Name):
                    yield operand.name


def _merge(node: Syntax, elements: frozenset[str]) -> Syntax:
    node = tree.rebuild(node, lambda child: _merge(child, elements))
    if not isinstance(node, Indexed) or not isinstance(node.base, Name):
        return node
    if node.style == "bracket" or (node.base.name in elements and not is_part_of_name(node)):
        return node
    return merged(node.base, node.subscripts, node.span) or node


def merged(base: Name | None, subscripts: tuple[Syntax, ...], span: Span) -> Name | None:
    """N and Y --> N_Y; None where the subscripts are no label."""
    label = label_of_all(subscripts)
    if base is None or label is None:
        return None
    shown = ",".join(_latex(s) for s in subscripts)
    shown = shown if len(shown) == 1 else f"{{{shown}}}"
    return Name(f"{base.name}_{label}", f"{base.latex}_{shown}", span, base.vector)


def label_of_all(subscripts: tuple[Syntax, ...]) -> str | None:
    """The label of one subscript, or of letters with commas: sy for W_{s,y}."""
    if len(subscripts) > 1 and all(isinstance(s, Name) for s in subscripts):
        return "".join(s.name for s in subscripts if isinstance(s, Name))
    return tree.label_of(subscripts)


def _latex(node: Syntax) -> str:
    if isinstance(node, Name):
        return node.latex
    if isinstance(node, Num):
        return node.text
    if isinstance(node, Product):
        return "".join(_latex(f) for f in node.factors)
    if isinstance(node, Apply):
        return "".join(_latex(part) for part in (node.head, *node.arguments))
    raise AssertionError("only labels are merged")
