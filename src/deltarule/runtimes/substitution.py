"""The change of variables that makes a sum short.

    sum(m) w[m - n] h[m], w on -K..K   -->   sum(k) w[k] h[n + k]

over the same terms, but in a box of 2 K + 1 points for each n instead of all m.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from deltarule.equations import affine, domains, walk
from deltarule.equations.domains import Domain
from deltarule.equations.nodes import Affine, Expr
from deltarule.runtimes.regions import volume


def choose_indices(
    indices: tuple[str, ...], body: Expr, required: Domain, around: Domain, sizes: Mapping[str, int]
) -> tuple[tuple[str, ...], Expr, Domain]:
    """(indices, body, condition) with each index replaced by a subscript where that box is smaller."""
    for position in range(len(indices)):
        best = volume(domains.intersect(around, required), indices)
        chosen = None
        for form in _candidates(body, indices[position], frozenset(sizes)):
            new = _replaced(indices, position, body, required, form, sizes)
            size = volume(domains.intersect(around, new[2]), new[0])
            if size < best:
                best, chosen = size, new
        if chosen is not None:
            indices, body, required = chosen
    return indices, body, required


def _candidates(body: Expr, index: str, sizes: frozenset[str]) -> Iterator[Affine]:
    """The subscripts that are the index, shifted by other indices."""
    seen: set[Affine] = set()
    for access in walk.accesses(body):
        for form in access.subscripts:
            coefficients = {str(n): c for n, c in form.terms if isinstance(n, str)}
            shifted = set(coefficients) - sizes - {index}
            if affine.is_static(form) and abs(coefficients.get(index, 0)) == 1 and shifted:
                if form not in seen:
                    seen.add(form)
                    yield form


def _replaced(
    indices: tuple[str, ...],
    position: int,
    body: Expr,
    required: Domain,
    form: Affine,
    sizes: Mapping[str, int],
) -> tuple[tuple[str, ...], Expr, Domain]:
    """With form = new index: the old index is (new - rest of the form) times its sign."""
    old = indices[position]
    new = old + "'new"
    sign = dict(form.terms)[old]
    rest = affine.subtract(form, affine.make([(old, sign)]))
    value = affine.scale(affine.subtract(affine.name(new), rest), sign)
    condition = domains.fix(domains.substitute(required, {old: value}), sizes)
    renamed = (*indices[:position], new, *indices[position + 1 :])
    return renamed, walk.substitute(body, {old: value}), condition
