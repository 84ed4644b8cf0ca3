r"""Dots between terms, factors and elements, as the sums, products and vectors that they stand for.

    \alpha_1 y_{t-1} + \cdots + \alpha_p y_{t-p}   -->   \sum_{k=1}^p \alpha_k y_{t-k}
    p_1 p_2 \cdots p_n                             -->   \prod_{k=1}^n p_k
    [ p_1 p_2 \cdots p_n ]^\top                     -->   the vector of the p_k

The terms shown are those of one family (`term_families`), whose integers go in even steps of one index
(`progressions`). Where no such family fits, or two do, the dots are refused with the reason.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import chain, count, takewhile
from typing import Literal, NoReturn

from deltarule.errors import DeltaruleError
from deltarule.notation import dotted_rows, names, orders, statement_tree, term_families, tree
from deltarule.notation.progressions import (
    Form,
    Progression,
    Scope,
    combine,
    content,
    is_open,
    number,
    progression,
    scaled,
    written,
)
from deltarule.notation.syntax import (
    Big,
    Cases,
    Chain,
    Dots,
    Name,
    Power,
    Product,
    Statement,
    Sum,
    Syntax,
)
from deltarule.notation.term_families import Path
from deltarule.source import Span

LETTERS = ("k", "j", "i", "l", "m", "n", "q", "r", "s", "u", "v")
LONGEST = 20  # terms before the dots: nobody writes more out

Op = Literal["sum", "prod", "row"]
Signed = tuple[Literal[1, -1], Syntax]


def settle(statements: list[Statement]) -> list[Statement]:
    """The statements without dots between terms and factors."""
    if not any(isinstance(n, Dots) for n in statement_tree.all_nodes(statements)):
        return statements
    taken = frozenset(a for n in statement_tree.all_nodes(statements) if (a := tree.atom(n)))
    result, alone = [], orders.of_ranges(statements)
    for statement in statements:
        known = (*alone, *orders.of_statement(statement))
        settling = _Settling(taken, Scope(names.bound_on_the_left(statement), known))
        row = dotted_rows.value(statement, statements)
        if row is not None and isinstance(relation := statement.relation, Chain):
            operands = (settling.node(relation.operands[0]), settling.row(row))
            statement = replace(statement, relation=replace(relation, operands=operands))
        result.append(statement_tree.rebuild(statement, settling.node))
    return result


@dataclass(frozen=True)
class _Settling:
    taken: frozenset[str]
    scope: Scope

    def node(self, old: Syntax) -> Syntax:
        found = dotted_rows.elements(old)
        if found is not None:
            before, row = found
            vector = self.row(row)
            return vector if before is None else Product((before, vector), ("",), old.span)
        if not isinstance(old, Power):
            for child in tree.children(old):
                dotted_rows.refuse_square(child)
        new = self._rebuilt(old)
        if isinstance(new, Sum) and any(isinstance(t, Dots) for _, t in new.terms):
            return self._sum(new)
        if isinstance(new, Product) and any(isinstance(f, Dots) for f in new.factors):
            return self._product(new)
        return new

    def _rebuilt(self, old: Syntax) -> Syntax:
        """The node with dots settled in its parts, each with what is known there."""
        if isinstance(old, Big):
            bound = tree.bound_by(old, self.scope.running)
            inside = self._where(orders.of_limits(old), frozenset(bound))
            return tree.rebuild(old, lambda part: (inside if part is old.body else self).node(part))
        if isinstance(old, Cases):
            stated = [c for _, c in old.branches if c is not None]
            otherwise = orders.opposite(stated[0]) if len(stated) == 1 else ()
            branches = tuple(
                (
                    self._where(otherwise if c is None else tuple(orders.of_conditions(c))).node(v),
                    None if c is None else tuple(map(self.node, c)),
                )
                for v, c in old.branches
            )
            return replace(old, branches=branches)
        return tree.rebuild(old, self.node)

    def _where(self, known: tuple[Form, ...], bound: frozenset[str] = frozenset()) -> _Settling:
        scope = Scope(self.scope.running | bound, (*known, *self.scope.known))
        return replace(self, scope=scope)

    def _sum(self, node: Sum) -> Syntax:
        """Each family as one term, with the sign that all its terms have."""
        terms: list[Signed] = list(node.terms)
        while (place := _place([t for _, t in terms])) is not None:
            if place + 1 == len(terms):
                _refuse_endless(terms[place][1])
            sign = terms[place][0]
            if {s for s, _ in terms[max(0, place - 1) : place + 2]} != {sign}:
                _refuse_signs(terms[place][1])
            before = _alike(terms[:place], sign)
            found = self._family(before, terms[place][1], terms[place + 1][1], "sum")
            terms[place - found.width : place + 2] = [(sign, found.whole)]
        return terms[0][1] if len(terms) == 1 and terms[0][0] == 1 else replace(
            node, terms=tuple(terms)
        )  # fmt: skip

    def _product(self, node: Product) -> Syntax:
        factors, ops = list(node.factors), list(node.ops)
        while (place := _place(factors)) is not None:
            if place + 1 == len(factors):
                _refuse_endless(factors[place])
            found = self._family(factors[:place], factors[place], factors[place + 1], "prod")
            start = place - found.width
            factors[start : place + 2] = [found.whole]
            del ops[start : place + 1]
        whole = len(factors) == 1
        return factors[0] if whole else replace(node, factors=tuple(factors), ops=tuple(ops))

    def row(self, node: Product) -> Syntax:
        """The vector of elements that stand side by side."""
        factors = [self.node(f) for f in node.factors]
        place = len(factors) - 2
        found = self._family(factors[:place], factors[place], factors[-1], "row")
        if found.width != place:
            _refuse_other(factors[: place - found.width], factors[place], factors[-1])
        return replace(found.whole, span=node.span)

    def _family(self, before: list[Syntax], dots: Syntax, last: Syntax, op: Op) -> _Found:
        """The terms right before the dots that go evenly to the last one, as a sum or product."""
        run: list[_Shown] = []
        found: _Fit | None = None
        *before, last = term_families.apart([*before[-LONGEST:], last])
        for term in reversed(before):
            here = term_families.match(term, last)
            if here is None:
                break
            fit = self._fit([_Shown(term, here), *run], last)
            if fit is None and run and here.left_out:
                break  # \\alpha_0 before \\alpha_1 y_{t-1}: no family with what follows
            if fit is None:
                _refuse_uneven(dots, [term, *(s.term for s in run)], last)
            run, found = [_Shown(term, here), *run], fit
        if found is None:
            _refuse_other(before, dots, last)
        terms = [s.term for s in run]
        if len(run) == 1:
            _refuse_two_steps(found, dots, terms[0], last)
            if is_open([forms[0] for forms in found.sequences], found.ends, self.scope):
                _refuse_both_ways(dots, terms[0], last)
        index = self._index([*terms, last], dots.span)
        span = Span(dots.span.source, terms[0].span.start, last.span.end)
        return _Found(len(run), _big(op, last, found, index, span))

    def _fit(self, run: list[_Shown], last: Syntax) -> _Fit | None:
        """The one index of these terms and the last, and the places where it stands."""
        paths = list(dict.fromkeys(path for s in run for path in s.found.places))
        sequences: list[list[Form]] = []
        ends: list[Form] = []
        for path in paths:
            end = term_families.form_at(last, path)
            forms = [s.found.places.get(path, end) for s in run]
            if end is None:
                return None
            ends.append(end)
            sequences.append([f for f in forms if f is not None])
        if not paths:
            return None
        found = progression(sequences, ends, self.scope)
        return None if found is None else _Fit(paths, sequences, ends, found)

    def _index(self, terms: list[Syntax], at: Span) -> Name:
        """A letter that the document does not have, nor a sum within these terms."""
        inner = tree.names(*terms)
        spare = chain(LETTERS, (f"k{n}" for n in count(1)))
        letter = next(x for x in spare if x not in self.taken | inner)
        return Name(letter, letter, at)


@dataclass(frozen=True, slots=True)
class _Shown:
    """A term before the dots, and where it differs from the last."""

    term: Syntax
    found: term_families.Match


@dataclass(frozen=True, slots=True)
class _Fit:
    """At each path the integers of the terms shown, that of the last, and what leads to it."""

    paths: list[Path]
    sequences: list[list[Form]]
    ends: list[Form]
    found: Progression


@dataclass(frozen=True, slots=True)
class _Found:
    """How many terms before the dots belong to the family, and the sum or product of all."""

    width: int
    whole: Big


def _alike(terms: list[Signed], sign: int) -> list[Syntax]:
    """The last terms, as far as they have this sign."""
    found = takewhile(lambda term: term[0] == sign, reversed(terms))
    return [term for _, term in found][::-1]


def _place(nodes: list[Syntax]) -> int | None:
    return next((n for n, node in enumerate(nodes) if isinstance(node, Dots)), None)


def _big(op: Op, last: Syntax, fit: _Fit, index: Name, span: Span) -> Big:
    found, at = fit.found, index.span
    forms = [found.at(n, index) for n in range(len(fit.paths))]
    low, high = found.low, found.high
    if op == "row":  # components are counted from 1
        before = combine(low, number(1), -1)
        steps = [step for _, step in found.sequences]
        forms = [combine(f, scaled(before, s)) for f, s in zip(forms, steps, strict=True)]
        low, high = number(1), combine(high, before, -1)
    values = {path: written(f, at) for f, path in zip(forms, fit.paths, strict=True)}
    body = term_families.filled(last, values)
    start = Chain((index, written(low, at)), ("=",), index.span)
    return Big(op, (start,), written(high, at), body, span, index.span)


# ------------------------------------------------------------------------------ refusals

ADVICE = "write a sum or product over an index"


def _refuse_endless(dots: Syntax) -> NoReturn:
    raise DeltaruleError(
        "E008",
        "nothing says where these dots end",
        at=dots.span,
        seen="the last term is missing",
        help=f"write the last term, or {ADVICE.removeprefix('write ')}",
    )


def _refuse_other(before: list[Syntax], dots: Syntax, last: Syntax) -> NoReturn:
    beside = " and ".join(f"'{tree.written(t)}'" for t in (*before[-1:], last))
    raise DeltaruleError(
        "E008",
        "the terms beside these dots are not of one form",
        at=dots.span,
        seen=f"between {beside}",
        help=ADVICE,
    )


def _refuse_two_steps(fit: _Fit, dots: Syntax, term: Syntax, last: Syntax) -> None:
    """E006 for x_2 + \\cdots + x_{2n}: by one, or by two?"""
    starts = [forms[0] for forms in fit.sequences]
    way = combine(fit.ends[0], starts[0], -1)
    step = content(way)
    near = any(abs(start.constant) <= 1 for start in starts)
    if step < 2 or (way.is_number and near):
        return
    raise DeltaruleError(
        "E006",
        f"these dots can be read in two ways: in steps of 1, or in steps of {step}",
        at=dots.span,
        seen=f"from '{tree.written(term)}' to '{tree.written(last)}'",
        help="write the second term too, or a sum over an index",
    )


def _refuse_both_ways(dots: Syntax, term: Syntax, last: Syntax) -> NoReturn:
    raise DeltaruleError(
        "E006",
        "these dots can be read in two ways: upwards, or downwards",
        at=dots.span,
        seen=f"from '{tree.written(term)}' to '{tree.written(last)}'",
        help="say which index is the larger, for i <= j, or write the second term too",
    )


def _refuse_uneven(dots: Syntax, terms: list[Syntax], last: Syntax) -> NoReturn:
    shown = ", ".join(f"'{tree.written(t)}'" for t in terms)
    raise DeltaruleError(
        "E008",
        "no index leads from these terms to the last one in even steps",
        at=dots.span,
        seen=f"from {shown} to '{tree.written(last)}'",
        help=ADVICE,
    )


def _refuse_signs(dots: Syntax) -> NoReturn:
    raise DeltaruleError(
        "E008",
        "the terms beside these dots have different signs",
        at=dots.span,
        seen="a sum of which terms?",
        help=r"write the sum with its signs, \sum_{k=1}^n (-1)^k x_k",
    )
