r"""Where two terms of one family differ: \alpha_1 y_{t-1} and \alpha_p y_{t-p}.

    \alpha_1 y_{t-1}, \alpha_p y_{t-p}   -->   1 and p below \alpha, t-1 and t-p below y
    x, x^n                               -->   1 and n above x
    1, n x^{n-1}                         -->   1 and n before x, 0 and n-1 above it

What an author leaves out is a factor or divisor that would be 1: x for x^1, nothing for x^0.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, replace
from typing import Any

from deltarule.notation import tree
from deltarule.notation.progressions import Form, combine, form_of, number
from deltarule.notation.syntax import (
    Big,
    Group,
    Indexed,
    Interval,
    Name,
    Num,
    Power,
    Product,
    Quotient,
    Raised,
    Syntax,
)

Path = tuple[int | str, ...]
Places = dict[Path, Form]
NOT_COMPARED = ("span", "limits_span", "latex", "vector")


@dataclass(frozen=True, slots=True)
class Match:
    """Where a term has another integer than the last, and which; whether it leaves factors out."""

    places: Places
    left_out: bool = False

    def __or__(self, other: Match) -> Match:
        return Match({**self.places, **other.places}, self.left_out or other.left_out)


SAME = Match({})


def match(term: Syntax, last: Syntax) -> Match | None:
    """How `term` differs from `last`; None where more than integers does."""
    return _match(term, last, (), False)


def apart(terms: list[Syntax]) -> list[Syntax]:
    """Subscripts without commas as several, where another term says how many they are.

    a_{11}, a_{1n}  -->  a_{1,1}, a_{1,n}       \\sum_k a_{1,k}, \\sum_k a_{mk}  -->  …, \\sum_k a_{m,k}
    """
    kinds: dict[str, set[tuple[str, int]]] = {}
    for node in (n for term in terms for n in tree.descend(term)):
        if isinstance(node, Indexed) and isinstance(node.base, Name):
            kinds.setdefault(node.base.name, set()).add(_kind(node))
    counts = {name: count for name, found in kinds.items() for _, count in found
              if count > 1 and len({k for k in found if k[1] == count}) > 1}  # fmt: skip

    def split(old: Syntax) -> Syntax:
        new = tree.rebuild(old, split)
        if isinstance(new, Indexed) and isinstance(new.base, Name) and len(new.subscripts) == 1:
            parts = _letters(new.subscripts[0])
            if len(parts) == counts.get(new.base.name):
                return replace(new, subscripts=parts)
        return new

    return [split(term) for term in terms] if counts else terms


def _kind(node: Indexed) -> tuple[str, int]:
    """How subscripts are written, and how many they may be."""
    if len(node.subscripts) != 1:
        return "commas", len(node.subscripts)
    parts = _letters(node.subscripts[0])
    return type(node.subscripts[0]).__name__, len(parts)


def _letters(subscript: Syntax) -> tuple[Syntax, ...]:
    """11 --> 1, 1;  1 n --> 1, n."""
    match subscript:
        case Num(text) if text.isdigit():
            return tuple(Num(digit, subscript.span) for digit in text)
        case Product(factors, ops) if not any(ops):
            plain = all(isinstance(f, Name | Indexed | Num) for f in factors)
            return factors if plain else (subscript,)
    return (subscript,)


def form_at(node: Syntax, path: Path) -> Form | None:
    """The integer that a term has at a place."""
    for step in path:
        node = node[step] if isinstance(node, tuple) else getattr(node, str(step))
    return form_of(node)


def filled(last: Syntax, values: Mapping[Path, Syntax]) -> Syntax:
    """The last term with other integers at these places."""
    if () in values:
        return values[()]
    changed = {f.name: _filled(getattr(last, f.name), _below(f.name, values))
               for f in fields(last)}  # fmt: skip
    return replace(last, **changed)


def _filled(part: Any, values: Mapping[Path, Syntax]) -> Any:
    if not values:
        return part
    if isinstance(part, tuple):
        return tuple(_filled(item, _below(n, values)) for n, item in enumerate(part))
    return filled(part, values)


def _below(step: int | str, values: Mapping[Path, Syntax]) -> dict[Path, Syntax]:
    return {path[1:]: value for path, value in values.items() if path[:1] == (step,)}


def _match(term: Syntax, last: Syntax, path: Path, counts: bool) -> Match | None:
    """`counts` is whether the place holds an integer: a subscript, an exponent, a limit."""
    if tree.key(term) == tree.key(last):
        return SAME
    if (found := _integers(term, last, path, counts)) is not None:
        return found
    if isinstance(term, Group) and not isinstance(last, Group):
        return _match(term.body, last, path, counts)
    match last:
        case Product(factors) if not (isinstance(term, Product) and _as_many(term, last)):
            return _factors(term, factors, (*path, "factors"))
        case Power(base, exponent) if not isinstance(term, Power):
            return _raised(term, base, exponent, path)
        case Quotient(above, below) if not isinstance(term, Quotient):
            return _with_one(_match(term, above, (*path, "numerator"), counts), below,
                             (*path, "denominator"))  # fmt: skip
        case Group(body) if not isinstance(term, Group):
            return _match(term, body, (*path, "body"), counts)
    return _parts(term, last, path, counts) if type(term) is type(last) else None


def _integers(term: Syntax, last: Syntax, path: Path, counts: bool) -> Match | None:
    """1 and p. Beside values, n and m are none: nothing says that they are integers."""
    one, other = form_of(term), form_of(last)
    if one is None or other is None:
        return None
    way = combine(other, one, -1)
    if any(n in way.terms and not isinstance(x, Name) for n, x in one.symbols.items()):
        return None  # x_1 and x_n: the difference is below
    sure = one.is_number or other.is_number or set(one.terms) & set(other.terms)
    return Match({path: one}) if counts or sure else None


def _as_many(term: Product, last: Product) -> bool:
    return len(term.factors) == len(last.factors)


def _raised(term: Syntax, base: Syntax, exponent: Syntax, path: Path) -> Match | None:
    """x beside x^n is x^1, and 1 is x^0."""
    if isinstance(term, Num) and term.text == "1" and form_of(exponent) is not None:
        return Match({(*path, "exponent"): number(0)}, left_out=True)
    return _with_one(_match(term, base, (*path, "base"), False), exponent, (*path, "exponent"))


def _with_one(found: Match | None, place: Syntax, path: Path) -> Match | None:
    if found is None or form_of(place) is None:
        return None
    return found | Match({path: number(1)}, left_out=True)


def _factors(term: Syntax, last: tuple[Syntax, ...], path: Path) -> Match | None:
    """The factors of the last term in their order, where the other may leave some out."""
    waiting = list(term.factors) if isinstance(term, Product) else [term]
    if len(waiting) == 1 and isinstance(term, Num) and term.text == "1":
        waiting = []
    found = SAME
    for number_, factor in enumerate(last):
        here = (*path, number_)
        fits = _match(waiting[0], factor, here, False) if waiting else None
        if fits is not None:
            waiting.pop(0)
        elif isinstance(factor, Power) and form_of(factor.exponent) is not None:
            fits = Match({(*here, "exponent"): number(0)}, left_out=True)
        elif isinstance(factor, Name | Group) and form_of(factor) is not None:
            fits = Match({here: number(1)}, left_out=True)
        if fits is None:
            return None
        found = found | fits
    return None if waiting else found


def _parts(term: Syntax, last: Syntax, path: Path, counts: bool) -> Match | None:
    found = SAME
    for field in fields(last):
        if field.name in NOT_COMPARED:
            continue
        inner = counts or _counts(last, field.name)
        here = getattr(term, field.name), getattr(last, field.name)
        for one, other, steps in _pairs(*here, (*path, field.name)):
            if not isinstance(one, tree.RECORDS) or not isinstance(other, tree.RECORDS):
                if one != other:
                    return None
                continue
            fits = _match(one, other, steps, inner)
            if fits is None:
                return None
            found = found | fits
    return found


def _pairs(one: Any, other: Any, path: Path) -> Iterator[tuple[Any, Any, Path]]:
    """What stands at the same places of two fields; their values where these differ in length."""
    if isinstance(one, tuple) and isinstance(other, tuple) and len(one) == len(other):
        for n, pair in enumerate(zip(one, other, strict=True)):
            yield from _pairs(*pair, (*path, n))
    else:
        yield one, other, path


def _counts(node: Syntax, field: str) -> bool:
    """Whether the part holds integers."""
    match node:
        case Indexed():
            return field == "subscripts"
        case Power():
            return field == "exponent"
        case Raised():
            return field == "inside"
        case Big():
            return field in ("below", "above")
        case Interval():
            return True
    return False
