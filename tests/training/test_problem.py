"""Training from the columns of a file to files, and the errors on the way."""

from __future__ import annotations

import json

import numpy as np
import pytest

import deltarule as dr
from deltarule import pipeline
from deltarule.errors import DeltaruleError
from deltarule.training import checkpoint
from deltarule.training.data import read_columns
from deltarule.training.problem import Request

LINE = "L = sum(i=1..n) (a + b*x[i] - y[i])^2"
LIKELIHOOD = r"""
p_{i,k} = \frac{e^{s_{i,k}}}{\sum_{\ell=1}^{K} e^{s_{i,\ell}}}, \quad
s_{i,k} = \sum_{d=1}^{D} W_{k,d} x_{i,d}

\mathcal{L} = - \sum_{i=1}^{n} \sum_{k=1}^{K} \mathbb{1}[y_i = k] \ln p_{i,k}
"""
BERNOULLI = r"""
p_i = \sigma(a + b x_i) \quad \text{for } 1 \leq i \leq n

\mathcal{L} = - \sum_{i=1}^{n} (y_i \ln p_i + (1 - y_i) \ln(1 - p_i))
"""


@pytest.fixture
def table(tmp_path):
    """u, v: inputs; t = exp(u) + 5, noisy; k: 1 or 2, mostly by the sign of u; one: 1; z = k - 1."""
    rng = np.random.default_rng(0)
    u, v, noise = rng.normal(size=(3, 80))
    k = (u + 0.3 * noise > 0).astype(int) + 1
    rows = zip(u, v, np.exp(u) + 5 + 0.1 * noise, k, np.ones(80), k - 1, strict=True)
    lines = ["u,v,t,k,one,z", *(f"{a},{b},{c},{d},{e},{f}" for a, b, c, d, e, f in rows)]
    (tmp_path / "data.csv").write_text("\n".join(lines) + "\n")
    return tmp_path / "data.csv"


def request(table, mapping, sizes=None, functions=None, **changes):
    values = {"iterations": 200, "seed": 0, "out": table.parent / "fit", **changes}
    return Request(str(table), mapping, sizes or {}, functions or {}, **values)


def about(table):
    return json.loads((table.parent / "fit.json").read_text())


def test_a_line_is_the_line_of_least_squares(table):
    trained = pipeline.fit(LINE, request(table, {"x": "u", "y": "t"}))
    columns = read_columns(str(table), {"x": "u", "y": "t"})
    slope, offset = np.polyfit(columns["x"], columns["y"], 1)
    best = np.sqrt(np.mean((slope * columns["x"] + offset - columns["y"]) ** 2))
    assert trained.error == pytest.approx(best, rel=1e-6)
    assert str(trained).startswith("trained a, b\nobjective ")
    assert f"root mean square error {best:.4g} in units of t\n" in str(trained)


def test_the_error_is_of_what_is_compared_not_of_an_array_beside_it(table):
    text = "f[i] = a + b*x[i] for 1 <= i <= n\n\nL = sum(i=1..n) (exp(f[i]) - y[i])^2"
    trained = pipeline.fit(text, request(table, {"x": "u", "y": "t"}))
    scale = about(table)["scaling"]["y"]["scale"][0]
    assert trained.error == pytest.approx(scale * np.sqrt(trained.fit.loss / 80))
    assert trained.error < 0.5


@pytest.mark.parametrize("function", ["tanh", "sigmoid", "exp", "softplus"])
def test_targets_are_scaled_to_where_the_last_function_can_reach(table, function):
    trained = pipeline.fit(
        "spiral", request(table, {"x": "u", "y": "t"}, {"M": 5}, {"g": function})
    )
    spread = read_columns(str(table), {"y": "t"})["y"].std()
    assert trained.error < spread / 3


def test_one_column_is_enough_for_a_vector_of_one(table):
    mapping = {"x": "u+v+one", "y": "t"}
    trained = pipeline.fit("two-layer", request(table, mapping, {"N_h": 4}, {"sigma": "tanh"}))
    assert trained.fit.parameters["W2"].shape == (1, 4)
    assert trained.error < 0.4


def test_classes_are_predicted_and_counted(table):
    mapping = {"x": "u+v+one", "y": "k"}
    trained = pipeline.fit(LIKELIHOOD, request(table, mapping, {"K": 2}))
    columns = read_columns(str(table), mapping)
    shift, scale = (np.array(about(table)["scaling"]["x"][n]) for n in ("shift", "scale"))
    scores = (columns["x"] - shift) / scale @ trained.fit.parameters["W"].T
    assert trained.right == np.mean(scores.argmax(axis=1) + 1 == columns["y"])
    assert 0.85 < trained.right <= 1
    assert about(table)["right"] == trained.right
    assert f"right {trained.right:.1%} of k" in str(trained)
    assert "y" not in about(table)["scaling"]


def test_labels_of_a_likelihood_keep_their_units(table):
    trained = pipeline.fit(BERNOULLI, request(table, {"x": "u", "y": "z"}, functions={"sigma": "sigmoid"}))  # fmt: skip
    assert list(about(table)["scaling"]) == ["x"]
    assert 0 < trained.fit.loss < 80 * np.log(2)
    assert trained.error is None


def test_what_was_saved_gives_the_objective_again(table):
    mapping = {"x": "u", "y": "t"}
    trained = pipeline.fit("spiral", request(table, mapping, {"M": 5}, {"g": "tanh"}))
    parameters, saved = checkpoint.load(table.parent / "fit")
    columns = {
        n: (v - saved["scaling"][n]["shift"][0]) / saved["scaling"][n]["scale"][0]
        for n, v in read_columns(str(table), mapping).items()
    }
    again = dr.read(saved["equations"]).compile().value(**columns, **parameters, **saved["sizes"])
    assert again == pytest.approx(trained.fit.loss, rel=1e-12)


@pytest.mark.parametrize(
    ("mapping", "changes", "code", "says"),
    [
        ({"x": "u", "q": "t"}, {}, "E110", "inputs: "),
        ({"x": "u", "y": "t"}, {"sizes": {"Q": 3}}, "E110", "sizes: n"),
        ({"x": "u", "y": "t", "a": "t", "b": "t"}, {}, "E301", "nothing is left to train"),
        ({"x": "u+v", "y": "t"}, {}, "E302", "'x' has the wrong number of axes"),
        ({"x": "u", "y": "t"}, {"iterations": 0}, "E401", "--iterations"),
        ({"x": "u", "y": "t"}, {"seed": -1}, "E401", "--seed"),
    ],
)
def test_requests_that_make_no_sense_are_refused_before_any_file_is_written(
    table, mapping, changes, code, says
):
    with pytest.raises(DeltaruleError) as caught:
        pipeline.fit(LINE, request(table, mapping, **changes))
    assert caught.value.code == code
    assert says in str(caught.value)
    assert [p.name for p in table.parent.iterdir()] == ["data.csv"]


def test_an_integer_array_needs_a_column(table):
    with pytest.raises(DeltaruleError) as caught:
        pipeline.fit(LIKELIHOOD, request(table, {"x": "u+v"}, {"K": 2}))
    assert caught.value.code == "E301"
    assert "--map y=COLUMN" in caught.value.help


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
