r"""What parentheses after a symbol hold: the arguments of a function, or the subscripts of an array.

    S(i,j) = \sum_m \sum_n I(i+m, j+n) K(m,n)   -->   S_{i,j}, I_{i+m,j+n}, K_{m,n}
    \alpha_t(j) = …                             -->   \alpha_{t,j}
    \mathrm{FFN}(x) = \max(0, x W_1) W_2        -->   \mathrm{FFN} = …

A symbol that is only ever applied to indices, shifted indices and sizes is an array. One that also
stands without parentheses is a number, and what follows it a factor: x (1 + \tanh x). A function
that is defined and never called is what the equations compute: its arguments are their inputs.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from deltarule.equations import functions
from deltarule.notation import names, step_tables, tree
from deltarule.notation.constants import CONSTANTS
from deltarule.notation.letters_of_numbers import is_applied
from deltarule.notation.operators import GREEK, canonical_function
from deltarule.notation.syntax import (
    AbsoluteValue,
    Apply,
    Big,
    Cases,
    Chain,
    Group,
    Indexed,
    Interval,
    Iverson,
    Name,
    Norm,
    Num,
    Power,
    Product,
    Quotient,
    RealSpace,
    Remainder,
    Statement,
    Sum,
    Syntax,
    Transposed,
)

COMPOUND = (Sum, Product, Quotient, Cases, Power, AbsoluteValue, Norm, Big, Iverson)
ROUNDS = 10  # an array found among the arguments of another shows that those are subscripts


def settle(statements: list[Statement], stated: frozenset[str] = frozenset()) -> list[Statement]:
    """The statements with applied arrays as elements and uncalled functions as equations.

    `stated` are symbols that the author says are functions.
    """
    statements = _called_in_brackets(statements)
    letters_of_numbers = {n for n in CONSTANTS if not is_applied(n, statements)}
    for _ in range(ROUNDS):
        integers = _integers(statements)
        numbers = _integers(statements, bare=True)
        elements = {e for s in statements for e in _elements(s)}
        sizes = frozenset(n for s in statements for n in _sizes(s))
        uses = [u for s in statements for u in _uses(s, integers, numbers, elements, sizes)]
        heads = {u.name: None for u in uses if u.name not in stated | letters_of_numbers}
        arrays = {h for h in heads if _is_array([u for u in uses if u.name == h])}
        arrays -= CONSTANTS & _values(statements)  # 2 \pi + \pi(i)
        if not arrays:
            break
        statements = [_as_elements(s, arrays) for s in statements]
    statements = _distributions(statements)
    values = _values(statements) | _numbers_by_letter(statements)
    values -= stated
    families = {n for s in statements if (n := _head(_left(s))) is not None}
    statements = [_with_products(s, values, families) for s in statements]
    values_of = _calls_with_values(statements)
    statements = [_without_parameters(s, values_of) for s in statements]
    called = {n.name for s in statements for n in _called(s)}
    return [_output(s, called) for s in statements]


def _called_in_brackets(statements: list[Statement]) -> list[Statement]:
    r"""f[x] = x / 2 defines a function: x is a value there, and a subscript of nothing else.

    So does K[\mathbf{u}, \mathbf{v}] = …, of vectors.
    """
    result = []
    found: set[str] = set()
    for statement in statements:
        left = _left(statement)
        if isinstance(left, Indexed) and left.style == "bracket" and _is_called(left):
            names_ = {s.name for s in left.subscripts if isinstance(s, Name)}
            relation = statement.relation
            assert isinstance(relation, Chain), "it has a left side"
            rest = replace(statement, relation=relation.operands[1])
            values = set(_alone(relation.operands[1]))
            if len(names_) == len(left.subscripts) and names_ <= values - set(_positions(rest)):
                called = Apply(left.base, 0, left.subscripts, True, left.span)
                operands = (called, *relation.operands[1:])
                statement = replace(statement, relation=replace(relation, operands=operands))
                if isinstance(left.base, Name):
                    found.add(left.base.name)
        result.append(statement)
    if not found:
        return statements

    def node(old: Syntax) -> Syntax:
        new = tree.rebuild(old, node)
        if isinstance(new, Indexed) and new.style == "bracket" and isinstance(new.base, Name):
            if new.base.name in found:
                return Apply(new.base, 0, new.subscripts, True, new.span)
        return new

    return [replace(s, relation=node(s.relation)) for s in result]


def _is_called(left: Indexed) -> bool:
    vectors = all(isinstance(s, Name) and s.vector for s in left.subscripts)
    return _is_word(left.base) or (vectors and isinstance(left.base, Name))


def _is_word(base: Syntax) -> bool:
    r"""\textnormal{h-swish}: LaTeX, and no letter."""
    styles = ("\\text", "\\mathrm", "\\operatorname", "\\mathsf")
    return isinstance(base, Name) and base.latex.startswith(styles)


@dataclass(frozen=True, slots=True)
class _Use:
    """name(arguments), with the indices in scope there."""

    name: str
    node: Apply
    scope: frozenset[str]
    positions: frozenset[str]  # what the statement uses as a subscript or limit
    keys: frozenset[str]  # the arrays whose elements are subscripts
    limits: frozenset[str]  # what the statement uses as a limit: a size
    arrays: frozenset[str]  # what has subscripts in the statement
    sizes: frozenset[str]  # what ranges end with anywhere
    defines: bool  # it is the left side
    alone: bool  # an element with the same subscripts, and no parentheses, stands somewhere
    statement: Statement


def _integers(statements: list[Statement], bare: bool = False) -> frozenset[str]:
    """What is declared to lie in {1, …, n}; `bare` for numbers, not arrays."""
    found: set[str] = set()
    for statement in statements:
        relation = statement.relation
        if isinstance(relation, Chain) and isinstance(relation.operands[-1], Interval):
            for node in relation.operands[:-1]:
                base = node.base if isinstance(node, Indexed) else node
                if isinstance(base, Name) and not (bare and isinstance(node, Indexed)):
                    found.add(base.name)
    return frozenset(found)


def _uses(
    statement: Statement,
    integers: frozenset[str],
    numbers: frozenset[str],
    elements: set[tuple[str, int]],
    sizes: frozenset[str],
) -> Iterator[_Use]:
    scope = names.bound_on_the_left(statement) | names.bound_by_declaration(statement)
    positions = frozenset(_positions(statement)) | numbers
    keys = frozenset(_keys(statement)) | integers
    limits = frozenset(_limits(statement))
    arrays = frozenset(name for name, _ in _elements(statement))
    left = _left(statement)
    for part in (statement.relation, *statement.conditions):
        for node, inside in _scoped(part, scope):
            name = _head(node)
            if isinstance(node, Apply) and name is not None:
                alone = (name, _count(node)) in elements
                defines = node is left
                yield _Use(
                    name,
                    node,
                    inside,
                    positions,
                    keys,
                    limits,
                    arrays,
                    sizes,
                    defines,
                    alone,
                    statement,
                )


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


def _scoped(node: Syntax, scope: frozenset[str]) -> Iterator[tuple[Syntax, frozenset[str]]]:
    yield node, scope
    for child, inside in tree.scoped_children(node, scope):
        yield from _scoped(child, inside)


def _head(node: Syntax | None) -> str | None:
    """alpha for alpha(j) and for alpha_t(j), unless it is a function that is known."""
    if not isinstance(node, Apply):
        return None
    head = node.head.base if isinstance(node.head, Indexed) else node.head
    if not isinstance(head, Name) or not node.parenthesised:
        return None
    name = canonical_function(head.name)
    symbols = CONSTANTS | {"Gamma"}  # of the author's, where something is said of them
    known = (functions.is_known(name) and name not in symbols) or name in ("max", "min")
    return None if known else head.name + "'" * node.primes


def _left(statement: Statement) -> Syntax | None:
    relation = statement.relation
    if isinstance(relation, Chain) and relation.ops[0] == "=":
        return relation.operands[0]
    return None


def _positions(statement: Statement) -> Iterator[str]:
    """The symbols inside subscripts, limits and conditions."""
    for part in (statement.relation, *statement.conditions):
        for node in tree.descend(part):
            yield from _position_symbols(node)
    for condition in statement.conditions:
        yield from (n.name for n in tree.descend(condition) if isinstance(n, Name))


def _keys(statement: Statement) -> Iterator[str]:
    """o of b_{j, o_t}."""
    for part in (statement.relation, *statement.conditions):
        for node in tree.descend(part):
            if isinstance(node, Indexed):
                for subscript in node.subscripts:
                    for inner in tree.descend(subscript):
                        if isinstance(inner, Indexed) and isinstance(inner.base, Name):
                            yield inner.base.name


def _bare_positions(statement: Statement) -> Iterator[str]:
    """The symbols inside subscripts that are no arrays there: i and k of a_{k, y_i}."""
    for part in (statement.relation, *statement.conditions):
        for node in tree.descend(part):
            if isinstance(node, Indexed):
                for subscript in node.subscripts:
                    yield from _outside_of_elements(subscript)


def _outside_of_elements(node: Syntax) -> Iterator[str]:
    if isinstance(node, Name):
        yield node.name
    elif not isinstance(node, Indexed):
        for child in tree.children(node):
            yield from _outside_of_elements(child)


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


def _position_symbols(node: Syntax) -> Iterator[str]:
    places: tuple[Syntax, ...] = ()
    if isinstance(node, Indexed):
        places = node.subscripts
    elif hasattr(node, "below") and hasattr(node, "above"):
        places = (*node.below, *((node.above,) if node.above is not None else ()))
    elif isinstance(node, RealSpace):
        places = node.dimensions
    for place in places:
        yield from _outside_of_elements(place)


# ------------------------------------------------------------------------------ arrays


def _is_array(uses: list[_Use]) -> bool:
    """Whether every argument, wherever it is applied, is a position, and somewhere surely so."""
    if step_tables.is_table([u.node for u in uses], _recurrences(uses), uses[0].positions):
        return True
    if not all(_at_position(a, u) for u in uses for a in u.node.arguments):
        return False
    if any(u.name in u.limits or u.alone for u in uses):
        return False  # n(n - 1); m_h (i - j), where m_h has an equation
    if uses[0].node.primes and not any(u.defines for u in uses):
        return False  # a derivative
    if any(_surely(a, u) for u in uses for a in u.node.arguments):
        return True
    inside = [u.statement for u in uses if u.defines]
    return any(not u.defines and any(u.statement is s for s in inside) for u in uses)


def _recurrences(uses: list[_Use]) -> list[tuple[Apply, list[Apply]]]:
    """The left sides with the calls of the same symbol on their right sides."""
    return [
        (u.node, [o.node for o in uses if o.statement is u.statement and not o.defines])
        for u in uses
        if u.defines
    ]


def _at_position(argument: Syntax, use: _Use) -> bool:
    """An index in scope, an affine form of one, a size, a number."""
    for node in tree.descend(argument):
        if isinstance(node, Name):
            if node.name not in use.scope | use.positions | use.sizes:
                return False
            if node.name not in use.positions and node.name in use.arrays:
                return False  # z of L(z; k) = z_k
        elif not isinstance(node, Num | Sum | Product | Group | Remainder):
            return isinstance(node, Indexed) and _element_of_indices(node, use)
    return True


def _element_of_indices(node: Indexed, use: _Use) -> bool:
    """o_t as a subscript, where o is used as one elsewhere."""
    base = node.base
    return isinstance(base, Name) and base.name in use.keys


def _surely(argument: Syntax, use: _Use) -> bool:
    """An index that a sum binds, or that the statement uses as a subscript or limit."""
    found = {n.name for n in tree.descend(argument) if isinstance(n, Name)}
    if not found:
        return False
    summed = use.scope - frozenset(_parameters(use))
    return bool(found & (summed | use.positions)) and not (
        use.defines and not found & use.positions
    )


def _parameters(use: _Use) -> Iterator[str]:
    """The arguments of the function that the statement defines or declares."""
    relation = use.statement.relation
    left = relation.operands[0] if isinstance(relation, Chain) else relation
    if isinstance(left, Apply):
        yield from (a.name for a in left.arguments if isinstance(a, Name))


def _as_elements(statement: Statement, arrays: set[str]) -> Statement:
    """S(i,j) --> S_{i,j}, \\alpha_t(j) --> \\alpha_{t,j}."""

    def node(old: Syntax) -> Syntax:
        new = tree.rebuild(old, node)
        if not isinstance(new, Apply) or _head(new) not in arrays:
            return new
        head = _primed(new.head, new.primes)
        if isinstance(head, Indexed):
            return replace(head, subscripts=(*head.subscripts, *new.arguments), span=new.span)
        return Indexed(head, new.arguments, "bracket", new.span)

    conditions = tuple(node(c) for c in statement.conditions)
    return replace(statement, relation=node(statement.relation), conditions=conditions)


def _primed(head: Syntax, primes: int) -> Syntax:
    """q'(k) is an element of the array q'."""
    if isinstance(head, Indexed):
        return replace(head, base=_primed(head.base, primes))
    if not isinstance(head, Name) or not primes:
        return head
    marks = "'" * primes
    return replace(head, name=head.name + marks, latex=head.latex + marks)


# ------------------------------------------------------------------------------ distributions


def _distributions(statements: list[Statement]) -> list[Statement]:
    """p(y = k | x_n) = … is the array p_{k,n}, and p(y_n | x_n) its element p_{y_n,n}."""
    tables: dict[str, _Table] = {}
    for statement in statements:
        left = _left(statement)
        if isinstance(left, Apply) and isinstance(left.head, Name) and not left.primes:
            places = frozenset(_bare_positions(statement))
            if any(not isinstance(a, Name) for a in left.arguments):
                if all(_table_axes(a, places) is not None for a in left.arguments):
                    tables[left.head.name] = _Table(left, places)
    tables = {n: t for n, t in tables.items() if _is_read_so(t, statements)}
    if not tables:
        return statements

    def node(old: Syntax) -> Syntax:
        new = tree.rebuild(old, node)
        if not isinstance(new, Apply) or new.primes or not isinstance(new.head, Name):
            return new
        table = tables.get(new.head.name)
        return new if table is None else _entry(new, table)

    return [
        replace(s, relation=node(s.relation), conditions=tuple(node(c) for c in s.conditions))
        for s in statements
    ]


@dataclass(frozen=True, slots=True)
class _Table:
    """p(y = k | x_n) as it stands on the left, and what the statement uses as subscripts."""

    left: Apply
    places: frozenset[str]


def _is_read_so(table: _Table, statements: list[Statement]) -> bool:
    """Whether every call reads an element; not k(x_i, z), where k(x_p, x_q) is defined."""
    return not any(
        isinstance(n, Apply)
        and tree.key(n.head) == tree.key(table.left.head)
        and isinstance(_entry(n, table), Apply)
        for s in statements
        for n in tree.descend(s.relation)
    )


def _table_axes(argument: Syntax, places: frozenset[str]) -> tuple[Syntax, ...] | None:
    """The subscripts that an argument on the left gives: k for y = k, n for x_n, none for x."""
    if isinstance(argument, Chain) and argument.ops == ("=",):
        outcome, value = argument.operands
        runs = tuple(outcome.subscripts) if isinstance(outcome, Indexed) else ()
        return runs if isinstance(value, Num) else (value, *runs)
    if isinstance(argument, Indexed):
        return tuple(argument.subscripts)
    if isinstance(argument, Power):
        return _table_axes(argument.base, places)
    if isinstance(argument, Name):
        return (argument,) if argument.name in places else ()
    return None


def _entry(call: Apply, table: _Table) -> Syntax:
    """The element of the table that a call reads; the call as it is where it does not match."""
    if len(call.arguments) != len(table.left.arguments):
        return call
    places: dict[str, Syntax] = {}
    for given, stated in zip(call.arguments, table.left.arguments, strict=True):
        found, wanted = _read_at(given, stated), _read_at(stated, stated)
        if isinstance(stated, Name) and stated.name in table.places:
            found, wanted = [given], [stated]
        if found is None or wanted is None or len(found) != len(wanted):
            return call
        for place, value in zip(wanted, found, strict=True):
            known = places.setdefault(repr(tree.key(place)), value)
            if tree.key(known) != tree.key(value):
                return call  # g(a_1, b_2), where g(a_i, b_i) is defined
    if not places:
        return call.head
    return Indexed(call.head, tuple(places.values()), "subscript", call.span)


def _read_at(given: Syntax, stated: Syntax) -> list[Syntax] | None:
    """The subscripts of an argument where another one is stated; None where it does not match."""
    if isinstance(stated, Chain):
        return _outcome(given, stated)
    if isinstance(stated, Power):
        matches = isinstance(given, Power) and _is_alike(given.base, stated.base)
        return list(_table_axes(given, frozenset()) or ()) if matches else None
    if not _is_alike(given, stated):
        return None
    return list(given.subscripts) if isinstance(given, Indexed) else []


def _is_alike(given: Syntax, stated: Syntax) -> bool:
    """Whether both are elements of one array, or the same symbol."""
    if isinstance(stated, Indexed):
        return isinstance(given, Indexed) and tree.key(given.base) == tree.key(stated.base)
    return tree.key(given) == tree.key(stated)


def _outcome(given: Syntax, stated: Chain) -> list[Syntax] | None:
    """The subscripts that y_m = 2, or y_m, has where y_n = k is stated."""
    outcome, value = stated.operands
    said = given.operands[0] if isinstance(given, Chain) else given
    runs = list(said.subscripts) if isinstance(said, Indexed) else []
    if isinstance(outcome, Indexed) != isinstance(said, Indexed) and isinstance(given, Chain):
        return None
    if isinstance(value, Num):
        same = isinstance(given, Chain) and tree.key(given.operands[1]) == tree.key(value)
        return runs if same else None
    chosen = given.operands[1] if isinstance(given, Chain) else given
    return [chosen, *(runs if isinstance(outcome, Indexed) else [])]


# ------------------------------------------------------------------------------ products


def _values(statements: list[Statement]) -> frozenset[str]:
    """The symbols that stand without parentheses somewhere, or are declared or defined so."""
    found: set[str] = set()
    for statement in statements:
        for part in (statement.relation, *statement.conditions):
            found.update(_alone(part))
    return frozenset(found)


def _alone(node: Syntax) -> Iterator[str]:
    if isinstance(node, Apply):
        if isinstance(node.head, Indexed):
            for subscript in node.head.subscripts:
                yield from _alone(subscript)
        for argument in node.arguments:
            yield from _alone(argument)
    elif isinstance(node, Name):
        yield node.name
    elif isinstance(node, Indexed):
        if isinstance(node.base, Name):
            yield node.base.name
        else:
            yield from _alone(node.base)
    else:
        for child in tree.children(node):
            yield from _alone(child)


# letters that a reader takes for functions where nothing says what they are
FUNCTION_LETTERS = frozenset(
    "f g h u v q k r F G H K Q V U D J L phi varphi psi sigma rho Phi Psi theta kappa Gamma".split()
)


def _numbers_by_letter(statements: list[Statement]) -> frozenset[str]:
    """The lambda of lambda (a + b): letters only ever before sums and products in parentheses."""
    defined = {_head(left) for s in statements if (left := _left(s)) is not None}
    found: dict[str, bool] = {}
    for statement in statements:
        for part in (statement.relation, *statement.conditions):
            for node in tree.descend(part):
                name = _head(node)
                if isinstance(node, Apply) and name is not None:
                    compound = len(node.arguments) == 1 and isinstance(node.arguments[0], COMPOUND)
                    found[name] = found.get(name, True) and compound and not node.primes
    return frozenset(n for n, only in found.items() if only and n not in defined and _is_number(n))


def _is_number(name: str) -> bool:
    letter = name.partition("_")[0]
    return (len(letter) == 1 or letter in GREEK) and letter not in FUNCTION_LETTERS


def _with_products(statement: Statement, values: frozenset[str], families: set[str]) -> Statement:
    """x(1 + y) as a product, where x is a number; x(1 + y)^2 squares the parentheses alone."""
    left = _left(statement)

    def is_product(node: Syntax) -> bool:
        if node is left or not isinstance(node, Apply) or len(node.arguments) != 1 or node.primes:
            return False
        name, argument = _head(node), node.arguments[0]
        known = isinstance(argument, Apply) and _head(argument) is None
        compound = known or isinstance(argument, COMPOUND)
        family = isinstance(node.head, Indexed) and name not in families
        return name is not None and compound and (family or name in values)

    def node(old: Syntax) -> Syntax:
        inner = _under_postfix(old)
        if inner is not None and is_product(inner):
            (argument,) = inner.arguments
            factor = _with_inner(old, Group(argument, argument.span))
            return tree.rebuild(Product((inner.head, factor), ("",), old.span), node)
        return tree.rebuild(old, node) if old is not left else old

    conditions = tuple(node(c) for c in statement.conditions)
    return replace(statement, relation=node(statement.relation), conditions=conditions)


def _under_postfix(node: Syntax) -> Apply | None:
    """x(1 + y) for x(1 + y)^2, x(1 + y)^T, x(1 + y)_k, x(1 + y)_+ and for itself."""
    while True:
        match node:
            case Power(base) | Transposed(base) | Indexed(base):
                node = base
            case Apply(Name("relu"), 0, (Apply() as inner,)):
                node = inner
            case Apply():
                return node
            case _:
                return None


def _with_inner(node: Syntax, inner: Group) -> Syntax:
    """The postfixes of a node around something else."""
    match node:
        case Power(base) | Transposed(base) | Indexed(base):
            return replace(node, base=_with_inner(base, inner))
        case Apply(Name("relu"), 0, (Apply() as argument,)):
            return replace(node, arguments=(_with_inner(argument, inner),))
    return inner


# ------------------------------------------------------------------------------ outputs


def _calls_with_values(statements: list[Statement]) -> set[tuple[str, int]]:
    """The functions, and which of their arguments are anything but the letter of the definition."""
    letters: dict[str, tuple[str | None, ...]] = {}
    for left in map(_left, statements):
        if isinstance(left, Apply) and (name := _head(left)) is not None:
            letters[name] = tuple(a.name if isinstance(a, Name) else None for a in left.arguments)
    found: set[tuple[str, int]] = set()
    for statement in statements:
        for node in tree.descend(statement.relation):
            if isinstance(node, Apply) and (own := letters.get(_head(node) or "")) is not None:
                found |= {
                    (_head(node) or "", place)
                    for place, (a, letter) in enumerate(zip(node.arguments, own, strict=False))
                    if not isinstance(a, Name) or a.name != letter
                }
    return found


def _without_parameters(statement: Statement, values_of: set[tuple[str, int]]) -> Statement:
    """L(theta) = sum_t r_t(theta) A_t: what r_t depends on is only said again.

    Not where L is called with other values, L(theta_k): those are what r_t is then a function of.
    """
    relation, left = statement.relation, _left(statement)
    if not isinstance(relation, Chain) or not isinstance(left, Apply):
        return statement
    name = _head(left) or ""
    parameters = {
        a.name
        for place, a in enumerate(left.arguments)
        if isinstance(a, Name) and (name, place) not in values_of
    }
    parameters -= {n for value in relation.operands[1:] for n in _alone_outside(value)}

    def node(old: Syntax) -> Syntax:
        new = tree.rebuild(old, node) if old is not left else old
        if isinstance(new, Apply) and isinstance(new.head, Indexed) and old is not left:
            if all(isinstance(a, Name) and a.name in parameters for a in new.arguments):
                return new.head
        return new

    return replace(statement, relation=node(relation)) if parameters else statement


def _alone_outside(node: Syntax) -> Iterator[str]:
    """The symbols that are no arguments of r_t(theta)."""
    if isinstance(node, Name):
        yield node.name
    elif isinstance(node, Apply) and isinstance(node.head, Indexed):
        for argument in node.arguments:
            if not isinstance(argument, Name):
                yield from _alone_outside(argument)
    else:
        for child in tree.children(node):
            yield from _alone_outside(child)


def _called(statement: Statement) -> Iterator[Name]:
    """The functions that are called, their own left side aside."""
    left = _left(statement)
    for part in (statement.relation, *statement.conditions):
        for node in tree.descend(part):
            if isinstance(node, Apply) and node is not left:
                head = node.head.base if isinstance(node.head, Indexed) else node.head
                if isinstance(head, Name):
                    yield head


def _output(statement: Statement, called: set[str]) -> Statement:
    """f(x) = body, where nothing calls f  -->  f = body, with the subscripts of its arguments."""
    relation, left = statement.relation, _left(statement)
    if not isinstance(relation, Chain) or not isinstance(left, Apply) or left.primes:
        return statement
    head = left.head.base if isinstance(left.head, Indexed) else left.head
    if not isinstance(head, Name) or head.name in called:
        return statement
    subscripts = list(left.head.subscripts) if isinstance(left.head, Indexed) else []
    places = frozenset(_bare_positions(statement))
    for argument in left.arguments:
        for found in _running(argument, places):
            if tree.key(found) not in [tree.key(s) for s in subscripts]:
                subscripts.append(found)
    new: Syntax = head
    if subscripts:
        new = Indexed(head, tuple(subscripts), "subscript", left.span)
    return replace(statement, relation=replace(relation, operands=(new, *relation.operands[1:])))


def _running(argument: Syntax, places: frozenset[str]) -> Iterator[Syntax]:
    """The subscripts of x_i, and i itself where the body uses it as one."""
    if isinstance(argument, Name):
        if argument.name in places:
            yield argument
    elif isinstance(argument, Indexed):
        yield from (s for s in argument.subscripts if isinstance(s, Name) and s.name in places)
    elif isinstance(argument, Chain):
        yield from _table_axes(argument, places) or ()
