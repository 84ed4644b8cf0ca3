"""Training: least squares with a known answer, masks, seeds, and the real record."""

from __future__ import annotations

import json

import numpy as np
import pytest

from deltarule import pipeline
from deltarule.errors import DeltaruleError
from deltarule.training import checkpoint
from deltarule.training.data import read_columns
from deltarule.training.fit import Parameter, initial, minimise
from deltarule.training.problem import Request
from deltarule.training.scaling import away_from_zero, into_range, standard


def test_least_squares_finds_the_solution_of_the_normal_equations():
    rng = np.random.default_rng(0)
    a, b = rng.normal(size=(30, 4)), rng.normal(size=30)

    def objective(p):
        apart = a @ p["w"] - b
        return 0.5 * apart @ apart, {"w": a.T @ apart}

    fit = minimise(objective, {"w": Parameter((4,))}, 200, seed=0, show=False)
    np.testing.assert_allclose(fit.parameters["w"], np.linalg.lstsq(a, b)[0], atol=1e-4)


def test_elements_outside_the_mask_stay_zero():
    mask = np.tril(np.ones((3, 3), dtype=bool))

    def objective(p):
        return float(np.sum((p["w"] - 1) ** 2)), {"w": 2 * (p["w"] - 1)}

    fit = minimise(objective, {"w": Parameter((3, 3), mask)}, 50, seed=0, show=False)
    np.testing.assert_allclose(fit.parameters["w"], mask.astype(float), atol=1e-6)


def test_the_start_depends_on_the_seed_only():
    shapes = {"w": Parameter((5, 4)), "b": Parameter(())}
    one, same, other = (initial(shapes, seed) for seed in (3, 3, 4))
    assert np.array_equal(one["w"], same["w"])
    assert not np.array_equal(one["w"], other["w"])


@pytest.mark.parametrize(
    ("make", "low", "high"),
    [(away_from_zero, 1.0, 3.0), (lambda v: into_range(v, -1.0, 1.0), -0.9, 0.9)],
)
def test_scalings_reach_their_ends_and_are_undone(make, low, high):
    values = np.array([310.0, 340.0, 371.0])
    scaling = make(values)
    scaled = scaling.apply(values)
    assert (scaled.min(), scaled.max()) == pytest.approx((low, high))
    np.testing.assert_allclose(scaling.undo(scaled), values)


def test_a_constant_column_is_not_divided_by_zero():
    assert standard(np.full(4, 7.0)).apply(np.full(4, 7.0)).tolist() == [0.0] * 4
    assert np.isfinite(into_range(np.full(4, 7.0), 0.0, 1.0).apply(np.full(4, 7.0))).all()


def test_the_shipped_record_is_what_its_tool_makes():
    sm = pytest.importorskip("statsmodels.api", reason="the record's source is in statsmodels")
    weekly = sm.datasets.co2.load_pandas().data["co2"].dropna()
    columns = read_columns("co2", {"x": "year", "y": "ppm"})
    first = weekly[(weekly.index.year == 1990) & (weekly.index.month == 5)].mean()
    row = int(np.argmin(np.abs(columns["x"] - (1990 + 4.5 / 12))))
    assert columns["y"][row] == pytest.approx(first, abs=0.005)
    assert len(columns["x"]) == len(weekly.groupby([weekly.index.year, weekly.index.month]))


@pytest.mark.parametrize(
    ("text", "mapping", "code"),
    [
        ("a,b\n1,2\n", {"x": "c"}, "E402"),
        ("a,b\n1,two\n", {"x": "b"}, "E404"),
        ("a,b\n1,2\n3,\n", {"x": "b"}, "E304"),
        ("a,b\n1,2\n3,nan\n", {"x": "b"}, "E304"),
        ("a,b\n", {"x": "a"}, "E404"),
        ("", {"x": "a"}, "E404"),
    ],
)
def test_bad_data_are_named(tmp_path, text, mapping, code):
    file = tmp_path / "data.csv"
    file.write_text(text)
    with pytest.raises(DeltaruleError) as caught:
        read_columns(str(file), mapping)
    assert caught.value.code == code


def test_columns_side_by_side(tmp_path):
    file = tmp_path / "data.csv"
    file.write_text("p1,p2,k\n1.5,2,1\n3,4,2\n")
    found = read_columns(str(file), {"x": "p*", "z": "p2+p1", "y": "k"})
    assert found["x"].tolist() == [[1.5, 2.0], [3.0, 4.0]]
    assert found["z"].tolist() == [[2.0, 1.5], [4.0, 3.0]]
    assert found["y"].dtype.kind == "i"


def test_the_whole_of_fit_on_the_real_record(tmp_path):
    request = Request(
        data="co2", mapping={"x": "year", "y": "ppm"}, sizes={"M": 12}, functions={"g": "tanh"},
        out=tmp_path / "co2", iterations=300, seed=0,
    )  # fmt: skip
    trained = pipeline.fit("spiral", request)
    assert trained.error is not None and trained.error < 3.0  # the seasons alone are about 2 ppm
    assert sorted(p.name for p in tmp_path.iterdir()) == ["co2.json", "co2.png", "co2.safetensors"]
    parameters, about = checkpoint.load(tmp_path / "co2")
    assert parameters["w"].shape == (11, 11)
    assert about["columns"] == {"x": "year", "y": "ppm"}
    assert about["root_mean_square_error"] == pytest.approx(trained.error)
    assert json.loads((tmp_path / "co2.json").read_text())["seed"] == 0
    again = pipeline.fit("spiral", request)
    assert np.array_equal(again.fit.parameters["w"], trained.fit.parameters["w"])
