from itertools import product
from math import comb

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from deltarule.costs import polynomial
from deltarule.costs.cardinality import cardinality, evaluate
from deltarule.equations import affine, domains
from deltarule.equations.nodes import Affine, Relation
from deltarule.errors import DeltaruleError
from runtimes.small_systems import box, form, shifted


def positive(*sizes):
    return domains.from_relations(Relation(Affine(((s, 1),), -1), ">=") for s in sizes)


def number_of_points(domain, indices, sizes):
    return sum(1 for _ in domains.points(domains.fix(domain, sizes), indices))


def assert_exact(domain, indices, names, up_to):
    """The count is right at all sizes 1..up_to; returns it."""
    found = cardinality(domain, indices, positive(*names))
    for values in product(range(1, up_to + 1), repeat=len(names)):
        sizes = dict(zip(names, values, strict=True))
        assert evaluate(found, sizes) == number_of_points(domain, indices, sizes), sizes
    return found


def band(wide="H"):
    inside = (0, shifted(wide, -1))
    near = (affine.subtract(form("n"), form("K")), affine.add(form("n"), form("K")))
    return domains.intersect(box(n=inside, m=inside), box(m=near))


@pytest.mark.parametrize(
    ("domain", "indices", "names", "wanted"),
    [
        (box(i=(1, "n")), "i", "n", lambda n: n),
        (box(), "", "n", lambda n: 1),
        (box(i=(1, "n"), k=(1, "M")), "ik", "nM", lambda n, m: n * m),
        (box(j=(2, "M"), k=(1, shifted("j", -1))), "jk", "M", lambda m: comb(m, 2)),
        (box(j=(2, shifted("M", -1)), k=(shifted("j", 1), "M")), "jk", "M", lambda m: comb(m - 1, 2)),
        (box(j=(2, shifted("M", -1))), "j", "M", lambda m: max(0, m - 2)),
        (box(j=(1, "M"), k=(1, "j"), l=(1, "k")), "jkl", "M", lambda m: comb(m + 2, 3)),
        (box(k=(affine.scale(form("K"), -1), "K")), "k", "K", lambda k: 2 * k + 1),
    ],
)  # fmt: skip
def test_closed_forms(domain, indices, names, wanted):
    found = assert_exact(domain, tuple(indices), tuple(names), 5)
    for values in product((1, 4, 30), repeat=len(names)):
        assert evaluate(found, dict(zip(names, values, strict=True))) == wanted(*values)


@pytest.mark.parametrize(
    ("domain", "indices", "names"),
    [
        (box(j=(2, "M"), k=(1, shifted("j", -1))), "jk", "M"),
        (box(i=(1, "n"), j=(2, shifted("M", -1)), k=(shifted("j", 1), "M")), "ijk", "nM"),
        (box(i=(1, "n"), j=(2, "M")), "ij", "nM"),
    ],
)
def test_an_empty_range_needs_no_regime_of_its_own(domain, indices, names):
    assert len(assert_exact(domain, tuple(indices), tuple(names), 5)) == 1


def test_regimes_where_they_differ():
    found = assert_exact(box(j=(2, shifted("M", -1))), ("j",), ("M",), 6)
    assert [polynomial.value(one, {"M": 10}) for _, one in found] == [8, 0]
    assert found[0][0] == domains.from_relations([domains.at_least(form("M"), form(2))])


def test_the_headline_grows_as_far_as_its_polynomial_holds():
    """2 H K - K^2 + H - K is still right at K = H, where the band has become the square."""
    large = {"H": 10**6, "K": 10**3}
    found = cardinality(band(), ("n", "m"), positive("H", "K"), large)
    conditions = [domains.gist(domain, positive("H", "K")) for domain, _ in found]
    inside = domains.from_relations([domains.at_least(form("H"), form("K"))])
    assert conditions[0] == inside
    assert polynomial.value(found[0][1], {"H": 9, "K": 4}) == 2 * 9 * 4 - 16 + 9 - 4
    assert polynomial.value(found[1][1], {"H": 9, "K": 10}) == 81
    assert len(found) == 2
    assert_exact(band(), ("n", "m"), ("H", "K"), 6)


def test_independent_groups_multiply():
    two = domains.intersect(band(), box(p=(1, "P"), q=(1, "p")))
    found = assert_exact(two, ("n", "p", "m", "q"), ("H", "K", "P"), 3)
    assert len(found) == 2


def test_a_union_counts_each_point_once():
    domain = domains.unite(box(i=(1, 4), j=(1, "n")), box(i=(3, 6), j=(2, "n")))
    assert_exact(domain, ("i", "j"), ("n",), 6)


def test_conditions_on_sizes_alone_are_kept():
    domain = domains.intersect(
        box(i=(1, "n")), domains.from_relations([domains.at_least(form("M"), form("n"))])
    )
    found = assert_exact(domain, ("i",), ("n", "M"), 4)
    assert len(found) == 2


def test_other_names_stay_in_the_count():
    found = cardinality(box(k=(1, shifted("j", -1)), j=(2, "M")), ("k",), positive("M"))
    assert evaluate(found, {"j": 5, "M": 9}) == 4
    assert evaluate(found, {"j": 11, "M": 9}) == 0


def test_an_order_that_needs_no_division_is_found():
    """0 <= m - 2 n < K: for the last index, n, the bounds are halves; for m they are not."""
    inner = affine.subtract(form("m"), affine.scale(form("n"), 2))
    limits = [domains.at_least(inner, form(0)), domains.at_least(shifted("K", -1), inner)]
    domain = domains.intersect(box(n=(0, shifted("N", -1))), domains.from_relations(limits))
    found = assert_exact(domain, ("m", "n"), ("N", "K"), 5)
    assert len(found) == 1
    assert evaluate(found, {"N": 7, "K": 5}) == 35


@pytest.mark.parametrize(
    ("domain", "message"),
    [
        (
            domains.everything(),
            "the range of i has no bound, so that its points cannot be counted",
        ),
        (
            domains.from_relations([domains.at_least(form("i"), form("n"))]),
            "the range of i has no bound, so that its points cannot be counted",
        ),
        (
            domains.from_relations(
                [
                    domains.at_least(form("i"), form(1)),
                    domains.at_least(form("n"), affine.scale(form("i"), 2)),
                ]
            ),
            "the number of points in i has no polynomial form",
        ),
    ],
)
def test_what_has_no_closed_form_is_an_error(domain, message):
    with pytest.raises(DeltaruleError) as caught:
        cardinality(domain, ("i",), positive("n"))
    assert caught.value.code == "E203"
    assert caught.value.message == message


SHIFT = st.integers(-2, 2)


@st.composite
def ranges(draw, around, slopes):
    """A range between shifted sizes or indices around it."""
    low, high = draw(st.sampled_from([None, *around])), draw(st.sampled_from(["N", "M", *around]))
    base = affine.scale(form(low), draw(st.sampled_from(slopes))) if low else form(0)
    return affine.add(base, form(draw(SHIFT))), affine.add(form(high), form(draw(SHIFT)))


@st.composite
def polyhedra(draw, indices, slopes=(1,)):
    """Nested ranges, maybe with a band |i - j| <= K + c, maybe with another limit on i."""
    parts = []
    for position, index in enumerate(indices):
        parts.append(box(**{index: draw(ranges(indices[:position], slopes))}))
    if len(indices) > 1 and draw(st.booleans()):
        reach = affine.add(form("K"), form(draw(SHIFT)))
        near = (affine.subtract(form("i"), reach), affine.add(form("i"), reach))
        parts.append(box(j=near))
    if draw(st.booleans()):
        parts.append(box(i=(draw(SHIFT), affine.add(form("M"), form(draw(SHIFT))))))
    return domains.intersect(*parts)


@settings(max_examples=20, deadline=None)
@pytest.mark.parametrize("indices", ["i", "ij", "ijk"])
@given(data=st.data())
def test_counts_equal_the_number_of_points(data, indices):
    """Shifts, triangles and bands always have a closed form."""
    domain = data.draw(polyhedra(tuple(indices)))
    assert_exact(domain, tuple(indices), ("N", "M", "K"), 4)


@settings(max_examples=20, deadline=None)
@given(polyhedra(("i", "j")), polyhedra(("i", "j")))
def test_counts_of_unions_equal_the_number_of_points(one, other):
    assert_exact(domains.unite(one, other), ("i", "j"), ("N", "M", "K"), 3)


@settings(max_examples=30, deadline=None)
@given(polyhedra(("i", "j"), slopes=(-1, 1)))
def test_a_reversed_index_is_counted_exactly_or_refused(domain):
    """-i <= j and i - K <= j meet at i = K/2: a count that depends on the parity of K."""
    try:
        assert_exact(domain, ("i", "j"), ("N", "M", "K"), 4)
    except DeltaruleError as error:
        assert (error.code, error.seen) == ("E203", "its range needs a division")
