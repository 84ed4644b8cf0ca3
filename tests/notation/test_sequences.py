"""Subscripts that say which sequences a table is of."""

from __future__ import annotations

import pytest

import deltarule as dr

LEV = (
    r"\operatorname{lev}_{a,b}(i,j) = \operatorname{lev}_{a,b}(i-1,j-1) + a_i b_j, \quad "
    r"\operatorname{lev}_{a,b}(0,j) = 0, \quad \operatorname{lev}_{a,b}(i,0) = 0"
)

READ = [
    (rf"$$ {LEV}, \quad y = \operatorname{{lev}}_{{a,b}}(m,n) $$", "y = lev[m,n]"),
    (r"$$ y = \sum_{a=1}^p \sum_{b=1}^q W_{a,b} x_{ab} $$", "W[a,b] x[a,b]"),  # indices
]


@pytest.mark.parametrize(("text", "shown"), READ)
def test_read(text: str, shown: str) -> None:
    assert shown in str(dr.read(text))


def test_tables_of_different_sequences_stay_apart() -> None:
    with pytest.raises(dr.DeltaruleError):
        dr.read(rf"$$ {LEV}, \quad y = \operatorname{{lev}}_{{b,a}}(m,n) $$")
