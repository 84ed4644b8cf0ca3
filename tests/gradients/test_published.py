"""The equations of published papers: the gradients of every document that is read are derived and proved."""

from __future__ import annotations

from pathlib import Path

import pytest

import deltarule as dr
from deltarule.equations.objectives import scalars
from deltarule.equations.system import inputs
from deltarule.notation.document import front_matter
from deltarule.source import Source

PAPERS = sorted((Path(__file__).parents[1] / "notation" / "papers").glob("*.md"))
NO_RANGE = {
    "xgboost_leaf_weights": "w_star"
}  # nothing in the document says how many leaves there are


def is_read(path: Path) -> bool:
    settings = front_matter(Source(path.name, path.read_text("utf-8")))
    return "refused" not in settings and "pending" not in settings


def objectives(system: dr.System) -> list[str | None]:
    """Each scalar that could be the objective; None where there is at most one."""
    found = scalars(system)
    return [*found] if len(found) > 1 else [None]


@pytest.mark.parametrize("path", [p for p in PAPERS if is_read(p)], ids=lambda p: p.stem)
def test_the_gradients_are_proved(path: Path) -> None:
    system = dr.read(path)
    for objective in objectives(system):
        if path.stem in NO_RANGE:
            with pytest.raises(dr.DeltaruleError, match=NO_RANGE[path.stem]) as caught:
                system.check(of=objective)
            assert caught.value.code == "E104"
            continue
        proofs = system.check(of=objective)
        assert len(proofs) > 0 or not any(system.arrays[n].kind == "real" for n in inputs(system))
        assert all(proof.passed for proof in proofs)
