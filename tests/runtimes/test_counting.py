import random
from dataclasses import asdict

import pytest

from deltarule.equations.system import inputs
from deltarule.gradients.reverse import derive
from deltarule.pipeline import read
from deltarule.proofs.draw import draw_arrays
from deltarule.runtimes.arithmetic import Float
from deltarule.runtimes.counting import Counter
from deltarule.runtimes.reference import evaluate


def counted(system, sizes):
    source = random.Random(0)
    arrays = {name: system.arrays[name] for name in inputs(system)}
    values = draw_arrays(
        arrays, sizes, lambda _: Float().dtype(source.uniform(1, 2)), source.randint
    )
    counter = Counter()
    evaluate(system, sizes, values, Float(), counter)
    return {kind: count for kind, count in asdict(counter).items() if count}


@pytest.mark.parametrize(
    ("text", "sizes", "wanted"),
    [
        ("L = sum(i=1..n) a[i] b[i]", {"n": 5}, {"macs": 5}),
        ("L = sum(i=1..n) a[i] b[i] c[i] d[i]", {"n": 5}, {"macs": 5, "multiplications": 10}),
        ("L = sum(i=1..n) 2 n a[i] b[i]", {"n": 5}, {"macs": 5, "multiplications": 10}),
        ("L = sum(i=1..n) -a[i] b[i]", {"n": 5}, {"macs": 5}),
        ("L = sum(i=1..n) a[i] b[i] / c[i]", {"n": 5}, {"macs": 5, "divisions": 5}),
        ("L = sum(i=1..n) sum(k=1..i) a[i,k] b[k]", {"n": 4}, {"macs": 10}),
        ("L = sum(i=1..n) a[i] sum(k=1..i) b[k]", {"n": 4}, {"macs": 4, "additions": 10}),
        ("L = sum(i=1..n) a[i]^2", {"n": 5}, {"additions": 5, "multiplications": 5}),
        (
            "L = sum(i=1..n) (f[i] - y[i])^2",
            {"n": 5},
            {"additions": 10, "multiplications": 5},
        ),
        (
            "L = sum(i=1..n) (f[i] - y[i]) w[i]",
            {"n": 5},
            {"macs": 5, "additions": 5},
        ),
        ("L = sum(i=1..n) a[i] / b[i]", {"n": 5}, {"additions": 5, "divisions": 5}),
        ("L = prod(i=1..n) a[i]", {"n": 5}, {"multiplications": 5}),
        ("L = max(i=1..n) a[i]", {"n": 5}, {"comparisons": 5}),
        ("L = argmin(i=1..n) a[i]", {"n": 5}, {"comparisons": 5}),
        ("b[i] = exp(a[i]) for 1 <= i <= n", {"n": 5}, {"calls": 5}),
        ("b[i] = sqrt(a[i]) for 1 <= i <= n", {"n": 5}, {"calls": 5}),
        ("b[i] = a[i]^4 for 1 <= i <= n", {"n": 5}, {"multiplications": 15}),
        ("b[i] = a[i]^-3 for 1 <= i <= n", {"n": 2}, {"multiplications": 4, "divisions": 2}),
        ("b[i] = 1/a[i] for 1 <= i <= n", {"n": 5}, {"divisions": 5}),
        ("b[i] = -a[i] for 1 <= i <= n", {"n": 5}, {}),
        ("b[i] = a[i] - 2 c[i] for 1 <= i <= n", {"n": 5}, {"multiplications": 5, "additions": 5}),
        ("b[i] = [a[i] > 1] for 1 <= i <= n", {"n": 5}, {"comparisons": 5}),
        (
            "b[i] = {exp(a[i]) if a[i] > 9; a[i]^2 otherwise} for 1 <= i <= n",
            {"n": 5},
            {"comparisons": 5, "calls": 5, "multiplications": 5},
        ),
    ],
)
def test_every_operation_is_counted(text, sizes, wanted):
    assert counted(read(text), sizes) == wanted


@pytest.mark.parametrize(("n", "m"), [(1, 1), (3, 2), (5, 7)])
def test_the_spiral_network_costs_what_it_should(n, m):
    text = (
        "h[i,1] = x[i]\nh[i,j] = tanh(xi[i,j]) for 2 <= j <= M\n"
        "xi[i,j] = sum(k=1..j-1) w[j,k] h[i,k]\nE = 1/2 sum(i=1..n) (h[i,M] - y[i])^2"
    )
    system = read(text)
    sizes = {"n": n, "M": m}
    forward = counted(system, sizes).get("macs", 0)
    gradient = counted(derive(system, ("w",)).system, sizes).get("macs", 0)
    assert forward == n * m * (m - 1) // 2
    assert gradient - forward == n * m * (m - 1) // 2 + n * max(0, (m - 1) * (m - 2)) // 2
