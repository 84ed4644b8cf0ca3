"""Domains described as ranges and comparisons, and that the description is exact."""

from __future__ import annotations

import itertools
import random

import pytest
from print_examples import form, ranges

from deltarule.equations import affine, domains
from deltarule.equations.domains import Domain
from deltarule.equations.nodes import Access, Affine, Relation
from deltarule.notation.print_domains import Chain, Clause, Either, Range, describe, range_chain
from deltarule.notation.print_latex import domain_to_latex, relation_to_latex
from deltarule.notation.print_text import domain_to_text, relation_to_text


def where(*conditions: tuple[str | int, str]) -> Domain:
    return domains.from_relations([Relation(form(f), op) for f, op in conditions])


def meet(*parts: Domain) -> Domain:
    return domains.intersect(*parts)


SIZES = where(("n-1", ">="), ("M-1", ">="))
TRIANGLE = ranges(j=(2, "M"), k=(1, "j-1"))
ROW = ranges(j=(2, "M"))
EITHER_END = domains.unite(where(("k-1", "=")), where(("k-M", "=")))
EVEN = domains.project_out(meet(ranges(k=(1, "M")), where(("k-2*e", "="))), ["e"])

TABLE = [
    # domain, indices, context, text, LaTeX
    (ranges(k=(1, "j-1")), "k", None, "k = 1..j-1", r"1 \le k < j"),
    (ranges(k=("j+1", "M")), "k", None, "k = j+1..M", r"j < k \le M"),
    (ranges(m=(0, "H-1")), "m", None, "m = 0..H-1", r"0 \le m < H"),
    (TRIANGLE, "jk", SIZES, "j = 2..M, k = 1..j-1", r"2 \le j \le M,\ 1 \le k < j"),
    (TRIANGLE, "kj", SIZES, "k = 1..M-1, j = k+1..M", r"1 \le k < M,\ k < j \le M"),
    (TRIANGLE, "k", meet(SIZES, ROW), "k = 1..j-1", r"1 \le k < j"),
    (meet(TRIANGLE, ranges(k=(-5, "M"))), "k", ROW, "k = 1..j-1", r"1 \le k < j"),
    (ranges(j=("M", "M")), "j", SIZES, "j = M", "j = M"),
    (where(("M-j", "=")), "j", None, "j = M", "j = M"),
    (where(("j-k", "=")), "k", None, "k = j", "k = j"),
    (domains.everything(), "jk", SIZES, "", ""),
    (ranges(j=(2, "M")), "j", ranges(j=(2, "M")), "j = 2..M", r"2 \le j \le M"),
    (where(("k-1", ">=")), "k", None, "k >= 1", r"k \ge 1"),
    (where(("k-j-1", ">=")), "k", None, "k > j", "k > j"),
    (where(("j-k-1", ">=")), "k", None, "k < j", "k < j"),
    (
        meet(ranges(k=(1, "j-1")), where(("n-k", ">="))),
        "k",
        SIZES,
        "1 <= k <= n, k < j",
        r"1 \le k \le n,\ k < j",
    ),
    (
        meet(ranges(k=(1, "M")), where(("k-j", "!="))),
        "k",
        ranges(j=(1, "M")),
        "k = 1..M, k != j",
        r"1 \le k \le M,\ k \ne j",
    ),
    (
        meet(ranges(k=(1, "M")), where(("k-j", "!="), ("k-l", "!="))),
        "k",
        ranges(j=(1, "M"), l=(1, "M")),
        "k = 1..M, k != j, k != l",
        r"1 \le k \le M,\ k \ne j,\ k \ne \ell",
    ),
    (
        meet(EITHER_END, where(("M-3", ">="))),
        "k",
        where(("M-3", ">=")),
        "k = 1..M, k = 1 or k = M",
        r"1 \le k \le M,\ k = 1 \text{ or } k = M",
    ),
    (EVEN, "k", SIZES, "k = 2..M, k mod 2 = 0", r"2 \le k \le M,\ \text{k mod 2 = 0}"),
    (domains.nothing(), "k", None, "k = 1..0", r"1 \le k \le 0"),
]


@pytest.mark.parametrize(("domain", "indices", "context", "text", "latex"), TABLE)
def test_description(
    domain: Domain, indices: str, context: Domain | None, text: str, latex: str
) -> None:
    assert domain_to_text(domain, tuple(indices), context) == text
    assert domain_to_latex(domain, tuple(indices), context) == latex


def test_range_as_comparisons() -> None:
    assert range_chain(Range("j", form("M"), form("M"))) == Chain((form("j"), form("M")), ("=",))
    strict = Chain((form("j"), form("k"), form("M")), ("<", "<="))
    assert range_chain(Range("k", form("j+1"), form("M"))) == strict


LABEL = affine.name(Access("y", (form("i"),)))

RELATIONS = [
    (form("k-j"), "=", "k = j"),
    (form("j-k"), "=", "j = k"),
    (form("M-k"), "=", "k = M"),
    (form("k-M"), "=", "k = M"),
    (affine.subtract(form("k"), LABEL), "=", "k = y[i]"),
    (affine.subtract(LABEL, form("k")), "=", "y[i] = k"),
    (affine.subtract(LABEL, form("k")), "!=", "y[i] != k"),
    (form("k-1"), ">=", "k >= 1"),
    (form("M-k"), ">=", "k <= M"),
    (form("k-j-1"), ">=", "k > j"),
    (form("M-k-1"), ">=", "k < M"),
    (form("k-j-2"), ">=", "k >= j+2"),
    (form("k-j+2"), ">=", "k+2 >= j"),
    (form("2*n-k"), ">=", "2*n >= k"),
    (form("5-k"), ">=", "k <= 5"),
    (form("j+k-M"), "=", "j+k = M"),
    (form("3"), ">=", "3 >= 0"),
]


@pytest.mark.parametrize(("left", "op", "text"), RELATIONS)
def test_relation(left: Affine, op: str, text: str) -> None:
    assert relation_to_text(Relation(left, op), ("M", "N")) == text


def test_relation_as_latex() -> None:
    relation = Relation(affine.subtract(form("l"), LABEL), "!=")
    assert relation_to_latex(relation) == r"\ell \ne y_i"


# ------------------------------------------------------------------------------ exactness


def clause_domain(clause: Clause) -> Domain:
    match clause:
        case Range(index, low, high):
            return domains.between(low, index, high)
        case Chain(operands, ops):
            pairs = zip(operands, ops, operands[1:], strict=False)
            return meet(domains.everything(), *(comparison(*p) for p in pairs))
        case Either(branches):
            parts = [meet(domains.everything(), *(clause_domain(c) for c in b)) for b in branches]
            return domains.unite(*parts)
    raise AssertionError(f"{clause} has no domain here")


def comparison(left: Affine, op: str, right: Affine) -> Domain:
    difference = affine.subtract(left, right)
    if op in ("<", "<="):
        difference = affine.scale(difference, -1)
    if op in ("<", ">"):
        difference = affine.add(difference, affine.number(-1))
    kind = op if op in ("=", "!=") else ">="
    return domains.from_relations([Relation(difference, kind)])


def random_relation(rng: random.Random) -> Relation:
    terms = [(name, rng.choice((-1, 0, 0, 1))) for name in ("i", "j", "k", "n", "M")]
    op = rng.choice((">=", ">=", ">=", "=", "!="))
    return Relation(affine.make(terms, rng.randint(-2, 2)), op)


@pytest.mark.parametrize("seed", range(60))
def test_description_says_exactly_the_domain(seed: int) -> None:
    rng = random.Random(seed)
    box = ranges(i=(1, "n"), j=(1, "M"), k=(0, "M"))
    domain = meet(box, domains.from_relations([random_relation(rng) for _ in range(2)]))
    context = meet(SIZES, domains.from_relations([random_relation(rng) for _ in range(seed % 2)]))
    said = meet(context, *(clause_domain(c) for c in describe(domain, ("i", "j", "k"), context)))
    assert said == meet(domain, context)


def test_every_index_of_a_box_gets_its_range() -> None:
    box = ranges(i=(1, "n"), j=(1, "M"), k=("j", "M"))
    for indices in itertools.permutations("ijk"):
        found = describe(box, indices, SIZES)
        assert [c.index for c in found if isinstance(c, Range)] == list(indices)
