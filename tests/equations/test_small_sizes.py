"""Single elements whose formulas read beyond what small sizes have."""

from __future__ import annotations

import pytest

import deltarule as dr

TABLE = "a[1] = x[1]\na[2] = x[2]\na[s] = a[s-1] + a[s-2] for s = 3..S\nx[s] for s = 1..S\n"


def test_an_element_that_nothing_reads_then() -> None:
    assert "a[2] = x[2]   for S >= 2" in str(dr.read(TABLE + "p = a[S]"))


def test_an_element_that_is_read() -> None:
    with pytest.raises(dr.DeltaruleError) as caught:
        dr.read(TABLE + "p = a[S] + a[2]")
    assert caught.value.code == "E102"


def test_an_element_that_is_a_result() -> None:
    with pytest.raises(dr.DeltaruleError) as caught:
        dr.read("a[1] = x[1]\na[2] = x[2]\nx[s] for s = 1..S")
    assert caught.value.code == "E102"
