"""Where an expression stands when it is printed."""

from __future__ import annotations

from dataclasses import dataclass, replace

from deltarule.equations import domains
from deltarule.equations.domains import Domain
from deltarule.equations.nodes import Access, ArgReduce, Expr, Reduce
from deltarule.equations.system import System
from deltarule.notation.print_order import Product, arrange


@dataclass(frozen=True, slots=True)
class Place:
    """The system, what is known of the indices around, and how fractions and ranges are laid out.

    `flat` is a line of text: a/b, x^2, sum(k=1..n). Else they stand above each other.
    """

    system: System
    context: Domain
    flat: bool


def default_adjoint(system: System, name: str) -> tuple[str, str] | None:
    """(objective, array) of an adjoint without a name of its own: dE_dxi  -->  E, xi."""
    known = system.arrays.get(name)
    if known is None or known.adjoint_of is None or name in system.latex:
        return None
    objective, of = known.adjoint_of
    return known.adjoint_of if name == f"d{objective}_d{of}" else None


def product_at(place: Place, node: Expr) -> Product:
    """A product with what prints as a derivative taken out of its fraction."""
    product = arrange(node)
    if not product.bottom:
        return product
    loose = [f for f in product.top if is_derivative(place.system, f)]
    top = tuple(f for f in product.top if f not in loose)
    return replace(product, top=top, rest=(*product.rest, *loose))


def is_derivative(system: System, factor: Expr) -> bool:
    """Whether it prints as dE/dx."""
    return isinstance(factor, Access) and default_adjoint(system, factor.array) is not None


def inside(place: Place, node: Reduce | ArgReduce) -> Place:
    """The place of a big operator's body: its limits hold there too."""
    return replace(place, context=domains.intersect(place.context, node.domain))
