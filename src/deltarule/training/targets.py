"""What a System predicts, and the non-linearity that it comes out of: read off the equations."""

from __future__ import annotations

from deltarule.equations import affine, dependences, domains, walk
from deltarule.equations.nodes import Access, Add, Call, Expr
from deltarule.equations.system import System, equations_of


def prediction_of(system: System, target: str) -> Access | None:
    """The element that the target is subtracted from: h[i,M] in (h[i,M] - y[i])^2; None if none is."""
    for equation in system.equations:
        for node in walk.descend(equation.expression):
            if isinstance(node, Add) and any(_reads(t, target) for t in node.terms):
                for term in node.terms:
                    access = _element(term)
                    if access is not None and access.array != target:
                        return access
    return None


def last_nonlinearity(system: System, prediction: Access) -> str | None:
    """The function whose value the predicted element is: tanh for h[i,M] = tanh(xi[i,M])."""
    for equation in equations_of(system, prediction.array):
        written = dependences.image(
            Access(equation.target, equation.subscripts), equation.domain, system.sizes
        )
        ties = [
            domains.equal(affine.name(dependences.element_name(axis)), subscript)
            for axis, subscript in enumerate(prediction.subscripts)
        ]
        meets = domains.intersect(written, domains.from_relations(ties)) if ties else written
        if not domains.is_empty(meets) and isinstance(equation.expression, Call):
            return equation.expression.function
    return None


def _reads(node: Expr, array: str) -> bool:
    access = _element(node)
    return access is not None and access.array == array


def _element(term: Expr) -> Access | None:
    """The one element in a term of a difference, its sign aside."""
    found = [n for n in walk.descend(term) if isinstance(n, Access)]
    return found[0] if len(found) == 1 else None
