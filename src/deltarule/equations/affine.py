"""Arithmetic of integer affine forms."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from deltarule.equations.nodes import Access, Affine

Atom = str | Access
ZERO = Affine(())


def make(terms: Iterable[tuple[Atom, int]], constant: int = 0) -> Affine:
    """Collect equal atoms, drop zeros, sort: i + j + i - j + 1  -->  2 i + 1."""
    collected: dict[Atom, int] = {}
    for atom, coefficient in terms:
        collected[atom] = collected.get(atom, 0) + coefficient
    kept = [(atom, c) for atom, c in collected.items() if c]
    kept.sort(key=lambda item: (not isinstance(item[0], str), str(item[0])))
    return Affine(tuple(kept), constant)


def name(atom: Atom) -> Affine:
    """The form that is just one index, size or integer element."""
    return Affine(((atom, 1),))


def number(value: int) -> Affine:
    return Affine((), value)


def add(*forms: Affine) -> Affine:
    return make(
        [term for form in forms for term in form.terms], sum(form.constant for form in forms)
    )


def scale(form: Affine, factor: int) -> Affine:
    return make([(atom, c * factor) for atom, c in form.terms], form.constant * factor)


def subtract(left: Affine, right: Affine) -> Affine:
    return add(left, scale(right, -1))


def substitute(form: Affine, values: Mapping[str, Affine]) -> Affine:
    """Replace names by forms, inside the subscripts of integer elements too."""
    if not values:
        return form
    parts = [number(form.constant)]
    for atom, coefficient in form.terms:
        if isinstance(atom, str):
            parts.append(scale(values.get(atom, name(atom)), coefficient))
        else:
            parts.append(scale(name(substitute_access(atom, values)), coefficient))
    return add(*parts)


def substitute_access(access: Access, values: Mapping[str, Affine]) -> Access:
    subscripts = tuple(substitute(s, values) for s in access.subscripts)
    return Access(access.array, subscripts, access.span)


def plain_name(form: Affine) -> str | None:
    """The name, when the form is just one name."""
    if form.constant == 0 and len(form.terms) == 1:
        atom, coefficient = form.terms[0]
        if coefficient == 1 and isinstance(atom, str):
            return atom
    return None


def gather(form: Affine) -> Access | None:
    """The integer element, when the form is just one."""
    if form.constant == 0 and len(form.terms) == 1:
        atom, coefficient = form.terms[0]
        if coefficient == 1 and isinstance(atom, Access):
            return atom
    return None


def gathers(form: Affine) -> tuple[Access, ...]:
    """The integer elements that stand in a form, not those inside their own subscripts."""
    return tuple(atom for atom, _ in form.terms if not isinstance(atom, str))


def is_static(form: Affine) -> bool:
    """Only indices and sizes, no integer element: a form that integer sets can reason about."""
    return all(isinstance(atom, str) for atom, _ in form.terms)


def names(form: Affine) -> frozenset[str]:
    """All indices and sizes in a form, those in the subscripts of integer elements too."""
    found: set[str] = set()
    for atom, _ in form.terms:
        if isinstance(atom, str):
            found.add(atom)
        else:
            for subscript in atom.subscripts:
                found |= names(subscript)
    return frozenset(found)


def value(form: Affine, numbers: Mapping[str, int]) -> int:
    """The integer that a static form has where every name has a number."""
    total = form.constant
    for atom, coefficient in form.terms:
        if not isinstance(atom, str):
            raise ValueError(f"{atom.array}[…] is data, not an index or a size")
        total += coefficient * numbers[atom]
    return total
