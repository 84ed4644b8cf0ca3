"""`make demo`: the four systems from their equations to numbers, then trained on real data."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rich.console import Console

import deltarule as dr
from deltarule import pipeline, report, timing
from deltarule.training import plot
from deltarule.training.checkpoint import write_whole
from deltarule.training.fit import Parameter, minimise
from deltarule.training.problem import Request
from deltarule.training.scaling import into_range, standard

OUTPUT = Path("demo-output")
SYSTEMS = ("correlation", "softcount", "spiral", "two-layer")
console = Console(highlight=False, soft_wrap=True)


def main() -> None:
    """Solves four systems of the catalog, then trains each on real data."""
    start = time.perf_counter()
    for name in SYSTEMS:
        solve(name)
    OUTPUT.mkdir(exist_ok=True)
    carbon_dioxide()
    diabetes()
    digits()
    edges()
    console.print(f"\nEverything took {time.perf_counter() - start:.1f} s.", style="bold")


def solve(name: str) -> None:
    """What `deltarule solve NAME` prints."""
    system = dr.read(name)
    derivation = pipeline.derive(system)
    sections = [
        report.equations(system),
        report.ranges(system),
        report.gradients(system, derivation),
        report.proof(pipeline.prove(system, derivation)),
        report.price(pipeline.cost(system, derivation)),
        report.time(timing.measure(system, derivation)),
    ]
    console.print(report.render(system.title, sections, "text"), markup=False)


def headline(text: str) -> None:
    console.print(f"\n{text}", style="bold")


def carbon_dioxide() -> None:
    headline("Spiral network: carbon dioxide at Mauna Loa, 1958 to 2001")
    request = Request(
        data="co2",
        mapping={"x": "year", "y": "ppm"},
        sizes={"M": 16},
        functions={"g": "tanh"},
        out=OUTPUT / "co2",
        iterations=300,
        seed=0,
    )
    console.print(str(pipeline.fit("spiral", request)), markup=False)


def diabetes() -> None:
    headline("Two-layer regression network: progression of diabetes, 442 patients")
    from sklearn.datasets import load_diabetes

    features, target = load_diabetes(return_X_y=True, scaled=False)
    inputs, outputs = standard(features), into_range(target, None, None)
    x = np.column_stack(
        [inputs.apply(features), np.ones(len(features))]
    )  # a constant input: an offset
    y = outputs.apply(target)[:, None]
    train, test = _split(len(x), 0.25)
    f = dr.read("two-layer").compile(functions={"sigma": "tanh"}, wrt=["W1", "W2"])
    shapes = {"W1": Parameter((6, x.shape[1])), "W2": Parameter((1, 6))}
    fit = minimise(
        lambda w: f.value_and_grad(x=x[train], y=y[train], **w), shapes, 30, seed=0, show=False
    )
    layer = dr.read("two-layer").compile(functions={"sigma": "tanh"}, wrt=["W1", "W2"])
    found = [
        1 - layer.value(x=x[rows], y=y[rows], **fit.parameters) / y[rows].var()
        for rows in (train, test)
    ]
    console.print(
        f"explained variance: {found[0]:.2f} in training, {found[1]:.2f} on unseen patients"
    )


def digits() -> None:
    headline("Softcount with cross-entropy on a linear layer: handwritten digits, 8 x 8 pixels")
    from sklearn.datasets import load_digits

    pixels, labels = load_digits(return_X_y=True)
    x = np.column_stack([pixels / 16.0, np.ones(len(pixels))])
    y = labels + 1  # classes count from 1, as in the equations
    train, test = _split(len(x), 0.25)
    system = dr.read(LINEAR_SOFTCOUNT)
    f = system.compile(wrt=["W"])
    console.print(str(system.gradients(wrt=["W"])["W"]), markup=False)
    fit = minimise(
        lambda w: f.value_and_grad(x=x[train], y=y[train], **w),
        {"W": Parameter((10, x.shape[1]))}, 200, seed=0, show=False,
    )  # fmt: skip
    guessed = np.argmax(x @ fit.parameters["W"].T, axis=1) + 1
    console.print(
        f"right: {np.mean(guessed[train] == y[train]):.1%} in training, "
        f"{np.mean(guessed[test] == y[test]):.1%} of {len(test)} unseen digits"
    )


LINEAR_SOFTCOUNT = r"""
\xi_{i,k} = \sum_{d=1}^{D} W_{k,d} x_{i,d}, \quad
h_{i,k} = \frac{e^{\xi_{i,k}}}{\max_{1 \leq \ell \leq N_Y} e^{\xi_{i,\ell}}}

\mathcal{L} = - \frac{1}{n} \sum_{i=1}^{n} \sum_{k=1}^{N_Y} \mathbb{1}[y_i = k] \ln h_{i,k}
"""


def edges() -> None:
    headline("Correlational layer: the edges of a photograph, and the filter learnt back from them")
    image = _photograph()
    height, width = image.shape
    sobel = np.array([[-1.0, 0.0, 1.0], [-2.0, 0.0, 2.0], [-1.0, 0.0, 1.0]])
    layer = dr.read("correlation").compile()
    wanted, _ = layer.vjp(h=image, w=sobel)

    def squared_error(parameters: Any) -> tuple[float, dict[str, NDArray[Any]]]:
        found, pullback = layer.vjp(h=image, w=parameters["w"])
        apart = found - wanted
        return 0.5 * float(np.mean(apart**2)), pullback(apart / apart.size)

    fit = minimise(squared_error, {"w": Parameter((3, 3))}, 100, seed=0, show=False)
    error = float(np.abs(fit.parameters["w"] - sobel).max())
    console.print(f"photograph of {height} x {width} pixels; the filter that was learnt:")
    for row in fit.parameters["w"]:
        console.print("  " + " ".join(f"{v:7.4f}" for v in row))
    console.print(f"largest difference from the true filter: {error:.1e}")
    write_whole(OUTPUT / "edges.png", plot.images([image, np.abs(wanted)], ["photograph", "edges"]))
    console.print(f"wrote {OUTPUT / 'edges.png'}")


def _photograph() -> NDArray[np.float64]:
    """A grey photograph with values 0..1, every fourth pixel of the one in scikit-learn."""
    from sklearn.datasets import load_sample_image

    colours: NDArray[Any] = load_sample_image("china.jpg")[::4, ::4]
    return colours.mean(axis=2) / 255.0


def _split(count: int, share: float) -> tuple[NDArray[Any], NDArray[Any]]:
    """Rows for training and for testing, by a fixed shuffle."""
    order = np.random.default_rng(0).permutation(count)
    held = int(count * share)
    return order[held:], order[:held]


if __name__ == "__main__":
    main()
