"""Names for what came out: convolution, correlation, matrix product, outer product, recursion, …

A name is read off the subscripts alone: how the summation index enters the two factors of a sum.
"""

from __future__ import annotations

from deltarule.equations import affine, domains, walk
from deltarule.equations.domains import Domain
from deltarule.equations.nodes import Access, Affine, Bracket, Expr, Mul, Reduce
from deltarule.equations.system import Equation, System, equations_of


def recognise(system: System, name: str) -> list[str]:
    """What the equations of an array are, in the field's words; empty when there is no name for it.

    dh[m] = sum(n) delta[n] w[m - n]   -->  ["a convolution of delta with w"]
    """
    found: list[str] = []
    equations = equations_of(system, name)
    for equation in equations:
        found.extend(_sums(system, equation))
    direction = _direction(equations)
    if direction is not None:
        found.append(direction)
    return list(dict.fromkeys(found))


def _sums(system: System, equation: Equation) -> list[str]:
    names = []
    for node in _outermost_sums(equation.expression):
        indices, body = _flatten(node)
        factors = body.factors if isinstance(body, Mul) else (body,)
        accesses = [f for f in factors if isinstance(f, Access)]
        brackets = [f for f in factors if isinstance(f, Bracket)]
        if brackets:
            names.append("a sum by key: each term goes to the row that its integer names")
        elif len(accesses) == 2 and len(factors) == 2:
            name = _two_factors(system, indices, accesses[0], accesses[1], equation)
            if name is not None:
                names.append(name)
    return names


def _outermost_sums(expression: Expr) -> list[Reduce]:
    if isinstance(expression, Reduce) and expression.op == "sum":
        return [expression]
    return [s for child in walk.children(expression) for s in _outermost_sums(child)]


def _flatten(node: Reduce) -> tuple[tuple[str, ...], Expr]:
    """sum(i) sum(j) u  -->  (i, j), u"""
    indices, body = node.indices, node.body
    while isinstance(body, Reduce) and body.op == "sum":
        indices, body = indices + body.indices, body.body
    return indices, body


def _two_factors(
    system: System, indices: tuple[str, ...], left: Access, right: Access, equation: Equation
) -> str | None:
    signs = [(_sign(left, i), _sign(right, i)) for i in indices]
    if any(0 in pair for pair in signs):
        return None
    one, other = (_shown(system, a.array) for a in (left, right))
    pair = f"{one} with {other}"
    if _is_shifted(left, indices) or _is_shifted(right, indices):
        if all(a == -b for a, b in signs):
            return f"a convolution of {pair}"
        if all(a == b for a, b in signs):
            return f"a correlation of {pair}"
        return None
    if equation.target in (left.array, right.array):
        return None
    if _leads(left, indices) and _leads(right, indices) and len(equation.subscripts) == 2:
        return f"a sum of outer products of {one} and {other}"
    return "a matrix product" if len(equation.subscripts) >= 2 else "a matrix-vector product"


def _shown(system: System, name: str) -> str:
    """dL/df for the array that holds it, where the author gave it no name."""
    adjoint = system.arrays[name].adjoint_of
    plain = adjoint is not None and name == f"d{adjoint[0]}_d{adjoint[1]}"
    return f"d{adjoint[0]}/d{adjoint[1]}" if adjoint is not None and plain else name


def _leads(access: Access, indices: tuple[str, ...]) -> bool:
    """Whether the summation indices are the first subscripts, as the sample in delta[i,j] h[i,k]."""
    return tuple(affine.plain_name(s) for s in access.subscripts[: len(indices)]) == indices


def _sign(access: Access, index: str) -> int:
    """+1 or -1 as the index enters the subscripts of an element; 0 where it does not."""
    for subscript in access.subscripts:
        for atom, coefficient in subscript.terms:
            if atom == index:
                return 1 if coefficient > 0 else -1
    return 0


def _is_shifted(access: Access, indices: tuple[str, ...]) -> bool:
    """Whether a subscript mixes a summation index with another one: m - n, k + n."""
    return any(_mixes(subscript, indices) for subscript in access.subscripts)


def _mixes(subscript: Affine, indices: tuple[str, ...]) -> bool:
    atoms = [atom for atom, _ in subscript.terms]
    return len(atoms) > 1 and any(atom in indices for atom in atoms)


def _direction(equations: tuple[Equation, ...]) -> str | None:
    """A recursion of an array on itself, and which way it runs."""
    for equation in equations:
        for node in _outermost_sums(equation.expression):
            for access in walk.accesses(node.body):
                if access.array == equation.target:
                    return _way(equation, node, access)
        for access in walk.accesses(equation.expression):
            if access.array == equation.target:
                return "a recursion"
    return None


def _way(equation: Equation, node: Reduce, access: Access) -> str:
    for mine, theirs in zip(equation.subscripts, access.subscripts, strict=True):
        own, other = affine.plain_name(mine), affine.plain_name(theirs)
        if own is None or other not in node.indices:
            continue
        around = domains.intersect(node.domain, equation.domain)
        if domains.is_subset(around, _greater(str(other), own)):
            return f"a triangular recursion that runs backwards in {own}"
        if domains.is_subset(around, _greater(own, str(other))):
            return f"a triangular recursion that runs forwards in {own}"
    return "a recursion"


def _greater(left: str, right: str) -> Domain:
    """left > right."""
    above = affine.add(affine.name(right), affine.number(1))
    return domains.from_relations([domains.at_least(affine.name(left), above)])
