"""What a System predicts for a target, and the non-linearity that it comes out of: read off the equations.

A prediction is an equation of its own, `y_predicted[i] = what is compared with y[i]`, so that it can be
evaluated like any other.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from deltarule.equations import affine, build, dependences, domains, walk
from deltarule.equations.domains import Domain
from deltarule.equations.nodes import Access, Add, Call, Expr, Mul, Number, Reduce, Select
from deltarule.equations.system import Array, Equation, System, equations_of
from deltarule.training import classes
from deltarule.training.prediction import prediction_equation


def prediction_of(system: System, target: str) -> Equation | None:
    """An equation for what the target is compared with; None where nothing is.

    (h[i,M] - y[i])^2                  -->  y_predicted[i] = h[i,M]
    sum(k) [k = y[i]] ln(h[i,k])       -->  y_predicted[i] = argmax(k) h[i,k]
    """
    find = classes.likeliest if system.arrays[target].kind == "integer" else _difference
    for equation in system.equations:
        for node, inside in places(equation.expression, equation.domain):
            found = find(system, target, node, inside)
            if found is not None:
                return found
    return None


def with_prediction(system: System, prediction: Equation) -> System:
    """The System whose only output is the prediction."""
    array = Array(
        prediction.target,
        prediction.indices,
        prediction.domain,
        kind="integer" if classes.is_class(prediction) else "real",
    )
    return replace(
        system,
        arrays={**system.arrays, array.name: array},
        equations=(*system.equations, prediction),
        objective=None,
        outputs=(array.name,),
    )


def last_nonlinearity(system: System, expression: Expr) -> str | None:
    """The function whose value an expression is: tanh for h[i,M] where h[i,M] = tanh(xi[i,M])."""
    if isinstance(expression, Call):
        return expression.function
    if not isinstance(expression, Access):
        return None
    for equation in equations_of(system, expression.array):
        written = dependences.image(
            Access(equation.target, equation.subscripts), equation.domain, system.sizes
        )
        ties = [
            domains.equal(affine.name(dependences.element_name(axis)), subscript)
            for axis, subscript in enumerate(expression.subscripts)
        ]
        meets = domains.intersect(written, domains.from_relations(ties)) if ties else written
        if not domains.is_empty(meets) and isinstance(equation.expression, Call):
            return equation.expression.function
    return None


def places(node: Expr, inside: Domain) -> Iterator[tuple[Expr, Domain]]:
    """Every sub-expression with the points at which it counts, outermost first."""
    yield node, inside
    if isinstance(node, Reduce):
        inside = domains.intersect(inside, node.domain)
    if isinstance(node, Select):
        where = domains.of_condition(node.condition)
        if where is not None:
            yield from places(node.then, domains.intersect(inside, where))
            yield from places(node.otherwise, domains.subtract(inside, where))
            return
    for child in walk.children(node):
        yield from places(child, inside)


def _difference(system: System, target: str, node: Expr, inside: Domain) -> Equation | None:
    """a + b x[i] - y[i]  -->  y_predicted[i] = a + b x[i]; y[i] - f[i] and f[i] - y[i] are alike."""
    if not isinstance(node, Add):
        return None
    for position, term in enumerate(node.terms):
        sign, access = _signed(term)
        if not isinstance(access, Access) or access.array != target:
            continue
        others = node.terms[:position] + node.terms[position + 1 :]
        rest = build.add(*(build.multiply(build.number(-sign), other) for other in others))
        read = {a.array for a in walk.accesses(rest)}
        if read and target not in read:
            return prediction_equation(system, access, rest, inside)
    return None


def _signed(term: Expr) -> tuple[int, Expr]:
    """-y --> (-1, y); y --> (1, y)"""
    match term:
        case Mul((Number(value), only)) if value == -1:
            return -1, only
    return 1, term
