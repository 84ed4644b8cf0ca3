import pytest

from deltarule.equations import domains
from deltarule.errors import DeltaruleError
from deltarule.gradients.reverse import derive
from deltarule.pipeline import read
from deltarule.proofs.bounded import bounded


def elements(system, name):
    array = system.arrays[name]
    return list(domains.points(array.support, array.axes))


def test_inputs_get_different_boxes_and_the_output_the_sum_of_them():
    system = bounded(read("xi[n] = sum(m) w[m - n] h[m]"))
    w, h, xi = (elements(system, name) for name in ("w", "h", "xi"))
    assert w != h
    reach = sorted({(m - k,) for (k,) in w for (m,) in h})
    assert xi == reach
    assert list(domains.points(system.equations[0].domain, ("n",))) == reach
    assert all(system.arrays[name].outside == 0 for name in ("w", "h", "xi"))


def test_the_gradient_takes_over_the_supports():
    forward = read("xi[n] = sum(m) w[m - n] h[m]")
    gradient = derive(forward, ("w", "h")).system
    finite = bounded(forward)
    known = {name: array.support for name, array in finite.arrays.items()}
    system = bounded(gradient, known)
    by_array = {a.adjoint_of[1]: n for n, a in system.arrays.items() if a.adjoint_of}
    for name in ("w", "h", "xi"):
        assert elements(system, by_array[name]) == elements(finite, name)


def test_known_supports_stay_as_they_are():
    system = read("spiral")
    assert bounded(system) is system


def test_a_second_layer_reaches_further():
    system = bounded(read("a[n] = sum(m) w[m - n] h[m]\nb[n] = sum(m) v[m - n] a[m]"))
    v, a, b = (elements(system, name) for name in ("v", "a", "b"))
    assert b == sorted({(m - k,) for (k,) in v for (m,) in a})


def test_a_range_that_nothing_limits_is_an_error():
    system = read("a[n] = sum(m=1..M) h[m] u")
    with pytest.raises(DeltaruleError) as caught:
        bounded(system)
    assert caught.value.code == "E104"
