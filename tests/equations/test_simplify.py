"""The simplifier: where it ends, and where a definition is folded back."""

from __future__ import annotations

import pytest

import deltarule as dr
from deltarule import pipeline
from deltarule.equations import domains, facts
from deltarule.equations.nodes import Access, Expr
from deltarule.equations.simplify import simplify

NORM = "r = sqrt(sum(j=1..d) z[j]^2)\n"


@pytest.mark.parametrize(
    ("equations", "gradient"),
    [
        ("r = sqrt(sum(j=1..d) z[j]^2)", "z[j]/r"),
        (NORM + "L = 3 r", "3 z[j]/r"),
        (NORM + "L = r^2 + r", "z[j]/r dL/dr"),
        (NORM + "L = r sum(j=1..d) z[j]^2", "z[j]/r dL/dr + 2 r z[j]"),
        ("r = (sum(j=1..d) z[j]^2)^(-1/2)", "-r z[j]/(sum(k=1..d) z[k]^2)"),
    ],
)
def test_a_root_is_folded_back_and_that_ends(equations, gradient):
    derived = str(pipeline.derive(dr.read(equations)).system)
    (found,) = (x for x in derived.splitlines() if "/dz[j] = " in x)
    assert found.partition(" = ")[2].partition("   for")[0] == gradient


def test_rewrites_that_do_not_end_are_an_error_with_a_place():
    system = dr.read("y = a + b")
    expression = system.equations[0].expression

    def there_and_back(node: Expr, *_: object) -> Expr:
        assert isinstance(node, Access)
        return Access("b" if node.array == "a" else "a", (), node.span)

    rules = (("back", (Access,), there_and_back),)
    with pytest.raises(dr.DeltaruleError, match="do not come to an end") as caught:
        simplify(expression, facts.of_system(system), domains.everything(), rules=rules)
    assert caught.value.code == "E007" and caught.value.at is not None
