"""Where an expression is zero whatever the inputs are: sum_k (x[i,k] - x[j,k])^2 for i = j; 1 - a[t] for t = 0,
where a[0] = 1 is an equation."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from deltarule.equations import affine, domains, products, signs
from deltarule.equations.domains import Domain
from deltarule.equations.nodes import Access, Add, Call, Expr, Mul, Number, Pow, Reduce
from deltarule.equations.system import Equation

ZERO_AT_ZERO = signs.ODD | {"abs"}


@dataclass(frozen=True)
class Vanishing:
    """Knows the elements that equations define as numbers, as a[0] = 1."""

    constants: tuple[tuple[Access, Domain, Fraction], ...] = ()

    @staticmethod
    def of(equations: Iterable[Equation]) -> Vanishing:
        """What the equations define as numbers; and as zero, in the order in which they stand."""
        known = Vanishing()
        for equation in sorted(equations, key=lambda e: not isinstance(e.expression, Number)):
            if isinstance(equation.expression, Number):
                value, where = equation.expression.value, equation.domain
            else:
                value, where = Fraction(0), known.zero(equation.expression)
                where = domains.intersect(where, equation.domain)
            if not domains.is_empty(where):
                one = (Access(equation.target, equation.subscripts), where, value)
                known = Vanishing((*known.constants, one))
        return known

    def zero(self, node: Expr) -> Domain:
        """The part of the index space on which the expression is zero."""
        match node:
            case Number(value):
                return domains.everything() if value == 0 else domains.nothing()
            case Access():
                return domains.unite(
                    domains.nothing(), *(d for d, v in self._numbers(node) if v == 0)
                )
            case Add(terms):
                return domains.unite(self._sum(terms), _differences(terms))
            case Mul(factors):
                return domains.unite(*(self.zero(f) for f in factors))
            case Pow(base, Number(exponent)) if exponent > 0:
                return self.zero(base)
            case Call(function, (argument,), order) if function in ZERO_AT_ZERO and not order:
                return self.zero(argument)
            case Reduce("sum", indices, _, body):
                rest = domains.subtract(domains.everything(), self.zero(body))
                return domains.subtract(domains.everything(), domains.project_out(rest, indices))
        return domains.nothing()

    def _sum(self, terms: tuple[Expr, ...]) -> Domain:
        """Where every term is a number, and they add up to zero."""
        found = [(domains.everything(), Fraction(0))]
        for term in terms:
            coefficient, rest = products.term(term)
            known = [(d, v * coefficient) for d, v in self._numbers(rest)]
            both = [(domains.intersect(c, d), u + v) for c, u in found for d, v in known]
            found = [(domain, value) for domain, value in both if not domains.is_empty(domain)]
        return domains.unite(domains.nothing(), *(domain for domain, value in found if value == 0))

    def _numbers(self, node: Expr) -> list[tuple[Domain, Fraction]]:
        """Where an expression is a known number, and which."""
        if isinstance(node, Number):
            return [(domains.everything(), node.value)]
        if isinstance(node, Access) and all(affine.is_static(s) for s in node.subscripts):
            return [
                (self._where(node, known, domain), value)
                for known, domain, value in self.constants
                if known.array == node.array
            ]
        zero = domains.nothing() if isinstance(node, Access) else self.zero(node)
        return [] if domains.is_empty(zero) else [(zero, Fraction(0))]

    def _where(self, read: Access, known: Access, domain: Domain) -> Domain:
        """Where the element that is read is one of those that the equation defines."""
        own = {n: f"'{n}" for s in known.subscripts for n in affine.names(s)}
        renamed = {n: affine.name(new) for n, new in own.items() if n in domains.names_of(domain)}
        pairs = zip(read.subscripts, known.subscripts, strict=True)
        ties = [domains.equal(mine, affine.substitute(its, renamed)) for mine, its in pairs]
        inside = domains.rename(domain, {n: own[n] for n in renamed})
        both = domains.intersect(inside, domains.from_relations(ties))
        return domains.project_out(both, [own[n] for n in renamed])


def _differences(terms: tuple[Expr, ...]) -> Domain:
    """x[i] - x[j], for i = j."""
    if len(terms) != 2:
        return domains.nothing()
    (first, one), (second, other) = (products.term(term) for term in terms)
    if first != -second or not isinstance(one, Access) or not isinstance(other, Access):
        return domains.nothing()
    if one.array != other.array:
        return domains.nothing()
    pairs = [(a, b) for a, b in zip(one.subscripts, other.subscripts, strict=True) if a != b]
    if not all(affine.is_static(form) for pair in pairs for form in pair):
        return domains.nothing()
    return domains.from_relations(domains.equal(a, b) for a, b in pairs)
