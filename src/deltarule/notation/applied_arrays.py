r"""Symbols that are applied to indices, shifted indices and sizes only are arrays.

S(i,j) = \sum_m \sum_n I(i+m, j+n) K(m,n)   -->   S_{i,j}, I_{i+m,j+n}, K_{m,n}
\alpha_t(j) = …                             -->   \alpha_{t,j}
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from deltarule.notation import (
    counting_symbols,
    integer_parameters,
    names,
    statement_tree,
    step_tables,
    tree,
)
from deltarule.notation.called import head, left_side, values
from deltarule.notation.constants import CONSTANTS
from deltarule.notation.letters_of_numbers import is_applied
from deltarule.notation.syntax import (
    Apply,
    Big,
    Chain,
    Group,
    Indexed,
    Interval,
    Name,
    Num,
    Product,
    Remainder,
    Statement,
    Sum,
    Syntax,
)
from deltarule.notation.words_above import scoped

ROUNDS = 10  # an array found among the arguments of another shows that those are subscripts


def settle(statements: list[Statement], stated: frozenset[str]) -> list[Statement]:
    """The statements with such arrays as elements; `stated` are symbols that the author says are functions."""
    excepted = stated | {n for n in CONSTANTS if not is_applied(n, statements)}
    for _ in range(ROUNDS):
        uses: dict[str, list[_Use]] = {}
        for use in _uses(statements):
            uses.setdefault(use.name, []).append(use)
        arrays = {n for n, found in uses.items() if n not in excepted and _is_array(found)}
        arrays -= CONSTANTS & values(statements)  # 2 \pi + \pi(i)
        if not arrays:
            break
        vectors = frozenset(_vectors(statements))
        statements = [_as_elements(s, arrays, vectors) for s in statements]
    return statements


@dataclass(frozen=True, slots=True)
class _Said:
    """What a statement, and the declarations of the document, say of symbols."""

    statement: Statement
    positions: frozenset[str]  # what the statement uses as a subscript or limit
    keys: frozenset[str]  # the arrays whose elements are subscripts
    limits: frozenset[str]  # what the statement uses as a limit: a size
    arrays: frozenset[str]  # what has subscripts in the statement
    sizes: frozenset[str]  # what ranges end with anywhere


@dataclass(frozen=True, slots=True)
class _Use:
    """name(arguments), with the indices in scope there."""

    name: str
    node: Apply
    scope: frozenset[str]
    said: _Said
    defines: bool  # it is the left side
    alone: bool  # an element with the same subscripts, and no parentheses, stands somewhere


# ------------------------------------------------------------------------------ evidence


def _uses(statements: list[Statement]) -> Iterator[_Use]:
    elements = {e for s in statements for e in _elements(s)}
    for said in _said(statements):
        statement = said.statement
        scope = names.bound_on_the_left(statement) | names.bound_by_declaration(statement)
        left = left_side(statement)
        for part in (statement.relation, *statement.conditions):
            for node, inside in scoped(part, scope):
                name = head(node)
                if isinstance(node, Apply) and name is not None:
                    alone = (name, _count(node)) in elements
                    yield _Use(name, node, inside, said, node is left, alone)


def _said(statements: list[Statement]) -> Iterator[_Said]:
    integers = [n for s in statements for n in _integers(s)]
    numbers = frozenset(n.name for n in integers if isinstance(n, Name))
    bases = (n.base if isinstance(n, Indexed) else n for n in integers)
    arrays = frozenset(b.name for b in bases if isinstance(b, Name))
    sizes = frozenset(n for s in statements for n in _sizes(s))
    parameters = integer_parameters.of_functions(statements, numbers | arrays)
    for statement in statements:
        own = parameters.get(head(left_side(statement)) or "", frozenset())
        yield _Said(
            statement,
            positions=numbers.union(counting_symbols.positions(statement), own),
            keys=arrays.union(_keys(statement)),
            limits=frozenset(_limits(statement)),
            arrays=frozenset(name for name, _ in _elements(statement)),
            sizes=sizes,
        )


def _integers(statement: Statement) -> Iterator[Name | Indexed]:
    """c and y_i, which are declared to lie in {1, …, n}."""
    relation = statement.relation
    if isinstance(relation, Chain) and tree.interval_of(relation) is not None:
        yield from (n for n in relation.operands[:-1] if isinstance(n, Name | Indexed))


def _count(node: Apply) -> int:
    """The subscripts before the parentheses."""
    return len(tree.apart(node.head.subscripts)) if isinstance(node.head, Indexed) else 0


def _elements(statement: Statement) -> Iterator[tuple[str, int]]:
    """The symbols with subscripts that no parentheses follow, and with how many."""
    for part in (statement.relation, *statement.conditions):
        yield from _elements_in(part)


def _elements_in(node: Syntax) -> Iterator[tuple[str, int]]:
    if isinstance(node, Indexed) and isinstance(node.base, Name):
        yield node.base.name, len(tree.apart(node.subscripts))
    if isinstance(node, Apply) and isinstance(node.head, Indexed):
        for child in (*node.head.subscripts, *node.arguments):
            yield from _elements_in(child)
        return
    for child in tree.children(node):
        yield from _elements_in(child)


def _keys(statement: Statement) -> Iterator[str]:
    """o of b_{j, o_t}."""
    for part in (statement.relation, *statement.conditions):
        for node in tree.descend(part):
            if isinstance(node, Indexed):
                for subscript in node.subscripts:
                    for inner in tree.descend(subscript):
                        if isinstance(inner, Indexed) and isinstance(inner.base, Name):
                            yield inner.base.name


def _limits(statement: Statement) -> Iterator[str]:
    """The bare symbols that ranges end with."""
    for part in (statement.relation, *statement.conditions):
        for node in tree.descend(part):
            if isinstance(node, Big) and isinstance(node.above, Name):
                yield node.above.name
            elif isinstance(node, Interval) and isinstance(node.high, Name):
                yield node.high.name


def _sizes(statement: Statement) -> Iterator[str]:
    """The bare symbols that ranges end with, inequalities too."""
    yield from _limits(statement)
    for condition in statement.conditions:
        for node in tree.descend(condition):
            if isinstance(node, Chain) and set(node.ops) <= {"<", "<="} and len(node.ops) > 1:
                if isinstance(node.operands[-1], Name):
                    yield node.operands[-1].name


# ------------------------------------------------------------------------------ arrays


def _is_array(uses: list[_Use]) -> bool:
    """Whether every argument, wherever it is applied, is a position, and somewhere surely so."""
    if any(u.name in u.scope.difference(_parameters(u)) for u in uses):
        return False  # k (n - k), where k runs
    if step_tables.is_table([u.node for u in uses], _recurrences(uses), uses[0].said.positions):
        return True
    if not all(_at_position(a, u) for u in uses for a in u.node.arguments):
        return False
    if any(u.name in u.said.limits or u.alone for u in uses):
        return False  # n(n - 1); m_h (i - j), where m_h has an equation
    if uses[0].node.primes and not any(u.defines for u in uses):
        return False  # a derivative
    if any(_surely(a, u) for u in uses for a in u.node.arguments):
        return True
    defined = [u.said for u in uses if u.defines]
    return any(not u.defines and any(u.said is s for s in defined) for u in uses)


def _recurrences(uses: list[_Use]) -> list[tuple[Apply, list[Apply]]]:
    """The left sides with the calls of the same symbol on their right sides."""
    return [
        (u.node, [o.node for o in uses if o.said is u.said and not o.defines])
        for u in uses
        if u.defines
    ]


def _at_position(argument: Syntax, use: _Use) -> bool:
    """An index in scope, an affine form of one, a size, a number."""
    for node in tree.descend(argument):
        if isinstance(node, Name):
            if node.name not in use.scope | use.said.positions | use.said.sizes:
                return False
            if node.name not in use.said.positions and node.name in use.said.arrays:
                return False  # z of L(z; k) = z_k
        elif not isinstance(node, Num | Sum | Product | Group | Remainder):
            return _is_key(node, use)
    return True


def _is_key(node: Syntax, use: _Use) -> bool:
    """o_t as a subscript, where o is used as one elsewhere."""
    base = node.base if isinstance(node, Indexed) else None
    return isinstance(base, Name) and base.name in use.said.keys


def _surely(argument: Syntax, use: _Use) -> bool:
    """An index that a sum binds, or that the statement uses as a subscript or limit."""
    found = {n.name for n in tree.descend(argument) if isinstance(n, Name)}
    summed = use.scope - frozenset(_parameters(use))
    counts = bool(found & use.said.positions)
    return counts or (bool(found & summed) and not use.defines)


def _parameters(use: _Use) -> Iterator[str]:
    """The arguments of the function that the statement defines or declares."""
    relation = use.said.statement.relation
    left = relation.operands[0] if isinstance(relation, Chain) else relation
    if isinstance(left, Apply):
        yield from (a.name for a in left.arguments if isinstance(a, Name))


def _vectors(statements: list[Statement]) -> Iterator[str]:
    r"""x of x(s) \in \mathbb{R}^d: x_i(s) is a component of this vector."""
    for operand, space in statement_tree.declarations(statements):
        if isinstance(operand, Apply) and isinstance(operand.head, Name) and space.dimensions:
            yield operand.head.name


def _as_elements(statement: Statement, arrays: set[str], vectors: frozenset[str]) -> Statement:
    r"""S(i,j) --> S_{i,j}, \alpha_t(j) --> \alpha_{t,j}; x_i(s) --> x_{s,i} of a vector x(s)."""

    def node(old: Syntax) -> Syntax:
        new = tree.rebuild(old, node)
        if not isinstance(new, Apply) or head(new) not in arrays:
            return new
        array = _primed(new.head, new.primes)
        if isinstance(array, Indexed):
            if tree.symbol(array) in vectors:
                inside = tree.apart(array.subscripts)
                return replace(array, subscripts=(*new.arguments, *inside), span=new.span)
            return replace(array, subscripts=(*array.subscripts, *new.arguments), span=new.span)
        return Indexed(array, new.arguments, "bracket", new.span)

    conditions = tuple(node(c) for c in statement.conditions)
    return replace(statement, relation=node(statement.relation), conditions=conditions)


def _primed(symbol: Syntax, primes: int) -> Syntax:
    """q'(k) is an element of the array q'."""
    if isinstance(symbol, Indexed):
        return replace(symbol, base=_primed(symbol.base, primes))
    if not isinstance(symbol, Name) or not primes:
        return symbol
    marks = "'" * primes
    return replace(symbol, name=symbol.name + marks, latex=symbol.latex + marks)
