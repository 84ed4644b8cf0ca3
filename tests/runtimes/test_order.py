import pytest

from deltarule.errors import DeltaruleError
from deltarule.runtimes.order import Missing, settle, show


def run(reads, wanted):
    """Settle elements that read others; returns the order in which they were settled."""
    done = {}

    def compute(element):
        for other in reads.get(element, ()):
            if other not in done:
                raise Missing(other)
        done[element] = None

    settle(wanted, done.__contains__, compute)
    return list(done)


def element(number):
    return ("a", (number,))


def test_what_is_read_comes_first_and_everything_once():
    reads = {element(1): [element(2), element(3)], element(2): [element(3)]}
    assert run(reads, [element(n) for n in (1, 2, 3)]) == [element(3), element(2), element(1)]


def test_long_chains_need_no_recursion():
    count = 50_000
    reads = {element(n): [element(n + 1)] for n in range(count)}
    assert run(reads, [element(0)])[0] == element(count)


def test_a_cycle_is_shown():
    reads = {element(1): [element(2)], element(2): [("b", ())], ("b", ()): [element(1)]}
    with pytest.raises(DeltaruleError) as caught:
        run(reads, [element(1)])
    assert caught.value.code == "E105"
    assert caught.value.seen == "a[1] needs a[2] needs b needs a[1]"


def test_elements_read_well():
    assert show(("xi", (3, -1))) == "xi[3,-1]"
    assert show(("L", ())) == "L"
