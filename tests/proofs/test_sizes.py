import pytest

from deltarule.equations import domains
from deltarule.errors import DeltaruleError
from deltarule.pipeline import read
from deltarule.proofs.sizes import choose


@pytest.mark.parametrize(
    "text",
    [
        "spiral",
        "two-layer",
        "softcount",
        "y[t] = x[t] - x[t - 7] for 8 <= t <= T",
        "y[t] = sum(k=0..K-1) w[k] x[2 t + k] for 0 <= t, 2 t + K <= T",
    ],
)
def test_every_equation_has_a_point_at_the_first_sizes(text):
    system = read(text)
    sizes = choose(system)[0]
    assert set(sizes) == set(system.sizes)
    for equation in system.equations:
        assert not domains.is_empty(domains.fix(equation.domain, sizes)), equation.target


def test_sizes_are_small_and_different():
    numbers = list(choose(read("two-layer"))[0].values())
    assert sorted(numbers) == [3, 4, 5, 6]


def test_a_case_that_excludes_another_gets_sizes_of_its_own():
    system = read("a[i] = x[i] for 1 <= i <= n, n = 1\na[i] = 2 x[i] for 1 <= i <= n, 2 <= n")
    chosen = choose(system)
    assert len(chosen) == 2
    assert {"n": 1} in chosen
    assert any(sizes["n"] >= 2 for sizes in chosen)


def test_a_size_that_must_be_huge_is_an_error():
    with pytest.raises(DeltaruleError) as caught:
        choose(read("y[t] = x[t] for 1 <= t <= T, 100 <= T"))
    assert caught.value.code == "E305"
