r"""Gradients of functions that the document does not define: they are given, for every step.

    g_t = \nabla_\theta f_t(\theta_{t-1})     -->   g_t = \nabla f_t, an array with the letter t
    w \leftarrow w - \eta \nabla L(w)         -->   w - \eta \nabla L

It has the letters below which its equation, or a sum, runs, and lives where its variable does. Any other
gradient is refused: of what has an equation, of an expression, and two of one function, which may be taken at
different points.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import NoReturn

from deltarule.errors import DeltaruleError
from deltarule.notation import neighbours, statement_tree, tree
from deltarule.notation.syntax import (
    Apply,
    Big,
    Chain,
    Indexed,
    Name,
    Power,
    Product,
    Raised,
    Statement,
    Syntax,
    Transposed,
)
from deltarule.source import Span

SIGN = "nabla"
HELP = (
    r"write its formula as an equation, \nabla L(x) = …, or name it in one: "
    r"g_i = \frac{\partial L}{\partial x_i}"
)


def settle(statements: list[Statement]) -> list[Statement]:
    """The statements with given arrays for such gradients. E008 for others."""
    if not any(_is_sign(n) for n in statement_tree.all_nodes(statements)):
        return statements
    found = list(_found(statements))
    taken = statement_tree.all_names(statements)
    made: dict[str, _Gradient] = {}
    for gradient in found:
        known = made.setdefault(gradient.name.name, gradient)
        _check(gradient, known, statements, taken)
    values = {id(g.of): g for g in found}

    def join(sign: Syntax, of: Syntax) -> Syntax | None:
        gradient = values.get(id(_untransposed(of)))
        if gradient is None or not _stands_before(sign):
            return None
        element = gradient.element()
        return replace(of, base=element) if isinstance(of, Transposed) else element

    def node(old: Syntax) -> Syntax:
        if isinstance(old, Product):
            new = neighbours.joined(old, join)
            return tree.rebuild(new, node) if new is not old else tree.rebuild(old, node)
        if _is_sign(old):
            _refuse(old.span)
        return tree.rebuild(old, node)

    settled = statement_tree.rebuild_all(statements, node)
    return settled + [s for g in made.values() for s in _spaces(g, statements)]


def _is_sign(node: Syntax) -> bool:
    return isinstance(node, Name) and node.name == SIGN and tree.written(node).startswith("\\")


def _stands_before(node: Syntax) -> bool:
    r"""\nabla and \nabla_v"""
    return _is_sign(node.base if isinstance(node, Indexed) else node)


@dataclass(frozen=True, slots=True)
class _Gradient:
    r"""\nabla_v f_t(v_{t-1}): `of` is f_t(v_{t-1}), `variables` are the symbols that it is taken at."""

    of: Syntax
    function: str
    letters: tuple[Name, ...]
    variables: tuple[Name, ...]
    span: Span

    @property
    def name(self) -> Name:
        function = self.of.head if isinstance(self.of, Apply) else self.of
        base, label = function, ""
        if isinstance(function, Indexed):
            base = function.base
            running = {n.name for n in self.letters}
            labels = [n for n in function.subscripts if not tree.names(n) & running]
            label = "".join(tree.label_of((n,)) or "" for n in labels)
        assert isinstance(base, Name), "it is a symbol"
        name, latex = f"{SIGN}_{base.name}", rf"\nabla {base.latex}"
        if label:
            name, latex = f"{name}_{label}", rf"{latex}^{{\mathrm{{{label}}}}}"
        vector = any(v.vector for v in self.variables)
        if (
            not self.letters and not vector and len(self.variables) == 1
        ):  # else it is printed with a range
            latex = latex.replace(r"\nabla", rf"\nabla_{{{self.variables[0].latex}}}")
        return Name(name, latex, self.span, vector)

    def element(self) -> Syntax:
        if not self.letters:
            return self.name
        return Indexed(self.name, self.letters, "subscript", self.span)


def _found(statements: list[Statement]) -> Iterator[_Gradient]:
    for statement in statements:
        running = frozenset(_running(statement))
        for sign, of in neighbours.pairs(list(statement_tree.nodes(statement))):
            if _stands_before(sign):
                gradient = _gradient(sign, _untransposed(of), running)
                if gradient is not None:
                    yield gradient


def _gradient(sign: Syntax, of: Syntax, running: frozenset[str]) -> _Gradient | None:
    """The gradient of this; None where it is no symbol, called or not."""
    function = tree.symbol(of.head if isinstance(of, Apply) else of)
    if function is None or (isinstance(of, Apply) and (of.primes or not of.parenthesised)):
        return None
    stated = sign.subscripts if isinstance(sign, Indexed) else ()
    at = stated or (of.arguments if isinstance(of, Apply) else ())
    letters: dict[str, Name] = {}
    for letter in _scripts(of):
        if letter.name in running:
            letters.setdefault(letter.name, letter)
    variables = tuple(n for part in at for n in _symbols(part) if n.name not in running)
    span = replace(of.span, start=sign.span.start)
    return _Gradient(of, function, tuple(letters.values()), variables, span)


def _untransposed(of: Syntax) -> Syntax:
    r"""f(x) of \nabla f(x)^\top."""
    return of.base if isinstance(of, Transposed) else of


def _running(statement: Statement) -> Iterator[str]:
    """The letters below and above the left side, and those that sums bind."""
    left = statement_tree.defined(statement)
    if left is not None:
        yield from (n.name for n in _scripts(left))
    for node in statement_tree.nodes(statement):
        if isinstance(node, Big):
            yield from tree.bound_by(node, frozenset())


def _scripts(node: Syntax) -> Iterator[Name]:
    """The letters in the subscripts and superscripts of an expression."""
    for part in tree.descend(node):
        scripts: tuple[Syntax, ...] = ()
        if isinstance(part, Indexed):
            scripts = part.subscripts
        elif isinstance(part, Raised):
            scripts = (part.inside,)
        elif isinstance(part, Power):
            scripts = (part.exponent,)
        yield from (n for s in scripts for n in tree.descend(s) if isinstance(n, Name))


def _symbols(node: Syntax) -> Iterator[Name]:
    """The symbols in an expression that are no letters of its scripts."""
    letters = {id(n) for n in _scripts(node)}
    yield from (n for n in tree.descend(node) if isinstance(n, Name) and id(n) not in letters)


# ------------------------------------------------------------------------------ what is refused


def _check(
    gradient: _Gradient, known: _Gradient, statements: list[Statement], taken: set[str]
) -> None:
    if gradient.function in set(_defined(statements)):
        raise DeltaruleError(
            "E008",
            f"the gradient of '{gradient.function}', which has an equation, is not supported here",
            at=_sign_span(gradient),
            seen="not supported",
            help=HELP,
        )
    if gradient.name.name in taken:
        _refuse(_sign_span(gradient))
    if tree.key(known.of) != tree.key(gradient.of):
        raise DeltaruleError(
            "E008",
            f"two gradients of '{gradient.function}' that are taken at different points",
            at=gradient.span,
            seen="not the one above",
            help="write a letter that is given for each, for example g_t and h_t",
        )
    variables = {v.name for v in gradient.variables}
    if not variables & set(_outside(statements)):
        _refuse(_sign_span(gradient))


def _outside(statements: list[Statement]) -> Iterator[str]:
    """The symbols that stand anywhere but in gradients."""

    def of(node: Syntax) -> Iterator[str]:
        if isinstance(node, Name):
            yield node.name
        if isinstance(node, Product):
            hidden = {
                id(p)
                for sign, f in neighbours.pairs([node])
                if _stands_before(sign)
                for p in (sign, f)
            }
            for factor in node.factors:
                if id(factor) not in hidden:
                    yield from of(factor)
            return
        for child in tree.children(node):
            yield from of(child)

    for part in statement_tree.all_parts(statements):
        yield from of(part)


def _sign_span(gradient: _Gradient) -> Span:
    return replace(gradient.span, end=gradient.span.start + len(r"\nabla"))


def _defined(statements: list[Statement]) -> Iterator[str]:
    """The symbols on left sides, with scripts and arguments or without."""
    for statement in statements:
        left = statement_tree.defined(statement)
        while isinstance(left, Apply | Indexed | Raised | Power):
            left = left.head if isinstance(left, Apply) else left.base
        if isinstance(left, Name):
            yield left.name


def _refuse(at: Span) -> NoReturn:
    raise DeltaruleError(
        "E008", r"'\nabla' is not supported", at=at, seen="not supported", help=HELP
    )


# ------------------------------------------------------------------------------ where it lives


def _spaces(gradient: _Gradient, statements: list[Statement]) -> Iterator[Statement]:
    r"""\nabla f_t \in \mathbb{R}^d for \theta_t \in \mathbb{R}^d."""
    variables = {v.name for v in gradient.variables}
    for operand, space in statement_tree.declarations(statements):
        if tree.symbol(operand) in variables:
            relation = Chain((gradient.element(), space), ("in",), gradient.span)
            yield Statement(relation, (), gradient.span)
            return
