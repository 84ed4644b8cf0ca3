r"""Ways of writing vectors and matrices, brought to one.

V (H^k)^\top         -->   V H^{k\top}          where V is declared as a matrix
W_{j,:} x            -->   W_{j,:}^\top x       a row of a matrix, left of a vector
(W H)_{ij}           -->   (W H)_{i,j}
\operatorname{concat}(x, h)    -->   [x; h]
B u_k                -->   B_{:,1} u_k          where B has one column, u_k is a number
\| U \|_{Fro}         -->   \| U \|_F
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Literal

from deltarule.errors import DeltaruleError
from deltarule.notation import tree
from deltarule.notation.stated_ranks import declared_spaces
from deltarule.notation.syntax import (
    Apply,
    Chain,
    Group,
    Indexed,
    Interval,
    Name,
    Norm,
    Num,
    Power,
    Product,
    RealSpace,
    Stack,
    Statement,
    Syntax,
    Transposed,
    Whole,
)
from deltarule.notation.vector_symbols import subscript_count, symbol_below, usual_rank

ProductOp = Literal["", "dot", "odot", "otimes"]

JOINS = frozenset(("concat", "Concat", "CONCAT", "cat", "Cat", "concatenate", "Concatenate"))
FROBENIUS = frozenset(("Fro", "fro", "F"))


def settle(statements: list[Statement]) -> list[Statement]:
    """The statements with one form for each operation."""
    lengths = declared_lengths(statements)
    matrices = {name for name, (_, axes) in lengths.items() if axes == 2}
    taken = {n.head.name for s in statements for n in tree.descend(_left(s))
             if isinstance(n, Apply) and isinstance(n.head, Name)}  # fmt: skip
    written = _most_subscripts(statements)
    integers = _integers(statements)
    rows = {
        name
        for name, (subscripts, axes) in lengths.items()
        if subscripts == 0 and axes == 2 and written.get(name) == {1}
    }

    columns = _single_columns(statements)
    numbers = {(name, count) for name, (count, axes) in lengths.items() if axes == 0}

    def kind(factor: Syntax) -> int:
        base = symbol_below(factor.base if isinstance(factor, Indexed) else factor)
        if not isinstance(base, Name):
            return 0
        return lengths[base.name][1] if base.name in lengths else usual_rank(base.name)

    def node(old: Syntax) -> Syntax:
        if isinstance(old, Transposed) and isinstance(old.base, Apply):
            parts = _times(old.base, matrices)
            if parts is not None:
                turned = replace(old, base=node(parts[1]))
                return Product((parts[0], turned), ("",), old.span)
        new = tree.rebuild(old, node)
        match new:
            case Apply(Name(name), 0, (place,)) if (
                name in matrices and tree.symbol(place) in integers
            ):
                return Indexed(new.head, (place,), "bracket", new.span)
            case Apply() if (factors := _times(new, matrices)) is not None:
                return Product(factors, ("",), new.span)
            case Apply(Name(name), 0, arguments) if name in JOINS - taken and len(arguments) > 1:
                return Stack(arguments, new.span)
            case Indexed(_, subscripts, "subscript"):
                return replace(
                    new, subscripts=tuple(p for s in subscripts for p in tree.apart((s,)))
                )
            case Norm(_, order) if order is not None and _word(order) in FROBENIUS:
                return replace(new, order=Name("F", "F", order.span))
            case Product():
                _refuse_divergence(new, matrices)
                grouped = _grouped_at_odot(new, kind)
                return _with_rows(_with_columns(grouped, columns, numbers), rows)
        return new

    return [
        replace(s, relation=node(s.relation), conditions=tuple(node(c) for c in s.conditions))
        for s in statements
    ]


def declared_lengths(statements: list[Statement]) -> dict[str, tuple[int, int]]:
    r"""Name --> its subscripts and axes in a declaration: (1, 2) for W_i \in \mathbb{R}^{m \times n}."""
    found: dict[str, tuple[int, int]] = {}
    for subject, space in declared_spaces(statements):
        written = len(subject.subscripts) if isinstance(subject, Indexed) else 0
        if (name := tree.symbol(subject)) is not None:
            found[name] = (written, len(space.dimensions))
    return found


def _integers(statements: list[Statement]) -> frozenset[str]:
    """w of w_t in {1, …, V}: C(w_t) is a row of C."""
    found: set[str] = set()
    for statement in statements:
        relation = statement.relation
        if isinstance(relation, Chain) and isinstance(relation.operands[-1], Interval):
            found.update(n for o in relation.operands[:-1] if (n := tree.symbol(o)) is not None)
    return frozenset(found)


def _left(statement: Statement) -> Syntax:
    relation = statement.relation
    return relation.operands[0] if isinstance(relation, Chain) else relation


def _most_subscripts(statements: list[Statement]) -> dict[str, set[int]]:
    """How many subscripts the symbols have, declarations aside."""
    found: dict[str, set[int]] = {}

    def note(node: Syntax) -> None:
        if isinstance(node, Indexed) and isinstance(node.base, Name):
            found.setdefault(node.base.name, set()).add(len(tree.apart(node.subscripts)))
            for subscript in node.subscripts:
                note(subscript)
            return
        if isinstance(node, Name):
            found.setdefault(node.name, set()).add(0)
        for child in tree.children(node):
            note(child)

    for statement in statements:
        relation = statement.relation
        if not (isinstance(relation, Chain) and isinstance(relation.operands[-1], RealSpace)):
            note(relation)
    return found


def _times(call: Apply, matrices: set[str]) -> tuple[Syntax, Syntax] | None:
    """V and (x) for V(x), where V is declared as a matrix."""
    base = call.head.base if isinstance(call.head, Indexed) else call.head
    if not isinstance(base, Name) or base.name not in matrices or call.primes:
        return None
    if len(call.arguments) != 1 or not call.parenthesised:
        return None
    (argument,) = call.arguments
    return call.head, argument if isinstance(argument, Group) else Group(argument, argument.span)


def _grouped_at_odot(node: Product, kind: Callable[[Syntax], int]) -> Product:
    r"""(Q K) \odot D for Q K \odot D; (A \odot B) x for A \odot B x, as A \odot (B x) fits nowhere."""
    if "odot" not in node.ops or all(op == "odot" for op in node.ops):
        return node
    groups: list[list[Syntax]] = [[node.factors[0]]]
    ops: list[list[ProductOp]] = [[]]
    for op, factor in zip(node.ops, node.factors[1:], strict=True):
        if op == "odot":
            groups.append([factor])
            ops.append([])
        else:
            groups[-1].append(factor)
            ops[-1].append(op)
    first, last = groups[0], groups[-1]
    matrices = all(kind(f) == 2 for f in (*first, *last[:-1]))
    if len(groups) == 2 and len(first) == 1 and len(last) > 1 and matrices and kind(last[-1]) == 1:
        both = Product((first[0], last[0]), ("odot",), node.span)
        return Product((Group(both, node.span), *last[1:]), ("", *ops[-1][1:]), node.span)
    parts = tuple(_group(g, tuple(o), node) for g, o in zip(groups, ops, strict=True))
    return Product(parts, tuple("odot" for _ in parts[1:]), node.span)


def _group(factors: list[Syntax], ops: tuple[ProductOp, ...], whole: Product) -> Syntax:
    if len(factors) == 1:
        return factors[0]
    span = replace(whole.span, start=factors[0].span.start, end=factors[-1].span.end)
    return Group(Product(tuple(factors), ops, span), span)


def _refuse_divergence(node: Product, matrices: set[str]) -> None:
    r"""E006 for D[p \\| q], unless D is declared as a matrix or bold."""
    for before, op, stack in zip(node.factors, node.ops, node.factors[1:], strict=False):
        base = before.base if isinstance(before, Indexed) else before
        if not op and isinstance(stack, Stack) and stack.bars and isinstance(base, Name):
            if not base.vector and base.name not in matrices:
                raise DeltaruleError(
                    "E006",
                    f"'{base.name}[' can be read in two ways: as a function of the two in brackets, "
                    "or as a matrix times one after the other",
                    at=stack.span,
                    seen="ambiguous",
                    help=f"declare the matrix, {base.name} \\in \\mathbb{{R}}^{{m \\times n}}; for a "
                    f"divergence write {base.name}(p \\| q)",
                )


def _with_rows(node: Product, rows: set[str]) -> Product:
    """W_{j,:} x and W_j x: a row of W, where a factor follows it."""
    if "odot" in node.ops:
        return node
    factors = tuple(
        Transposed(factor, factor.span)
        if number < len(node.factors) - 1 and not node.ops[number] and _is_row(factor, rows)
        else factor
        for number, factor in enumerate(node.factors)
    )
    return replace(node, factors=factors)


def _single_columns(statements: list[Statement]) -> set[str]:
    r"""B \in \mathbb{R}^{n \times 1}."""
    found: set[str] = set()
    for subject, space in declared_spaces(statements):
        last = space.dimensions[-1] if len(space.dimensions) == 2 else None
        if isinstance(subject, Name) and isinstance(last, Num) and last.text == "1":
            found.add(subject.name)
    return found


def _with_columns(node: Product, columns: set[str], numbers: set[tuple[str, int]]) -> Product:
    """B_{:,1} u_k for B u_k, where B has one column and u_k is declared as a number."""
    if "odot" in node.ops:
        return node
    following = (*node.factors[1:], None)
    factors = tuple(
        Indexed(factor, (Whole(factor.span), Num("1", factor.span)), "subscript", factor.span)
        if isinstance(factor, Name)
        and factor.name in columns
        and after is not None
        and (tree.symbol(after), subscript_count(after)) in numbers
        else factor
        for factor, after in zip(node.factors, following, strict=True)
    )
    return replace(node, factors=factors)


def _is_row(node: Syntax, rows: set[str]) -> bool:
    if not isinstance(node, Indexed) or not isinstance(node.base, Name):
        return False
    colons = [isinstance(s, Whole) for s in node.subscripts]
    return colons == [False, True] or (colons == [False] and node.base.name in rows)


def _word(node: Syntax) -> str:
    """Fro for the letters F r o."""
    match node:
        case Name(name):
            return name
        case Product(factors, ops) if not any(ops):
            return "".join(_word(f) for f in factors)
        case Num() | Power():
            return ""
    return ""
