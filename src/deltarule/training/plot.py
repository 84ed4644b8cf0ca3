"""Pictures of a fit."""

from __future__ import annotations

import io
from typing import Any

import numpy as np
from numpy.typing import NDArray

from deltarule.training.extras import require

INK, POINTS = "#c0392b", "#7f8c8d"
MANY = 20  # classes that still leave room for a number over each bar


def curve(
    x: NDArray[Any], y: NDArray[Any], predicted: NDArray[Any], labels: tuple[str, str], title: str
) -> bytes:
    """PNG: the data as points, the prediction as a line over the one input column."""
    figure, axes = _figure()
    order = np.argsort(x)
    axes.plot(x, y, ".", color=POINTS, markersize=4, label="data")
    axes.plot(x[order], predicted[order], color=INK, linewidth=1.6, label="fit")
    axes.set_xlabel(labels[0])
    axes.set_ylabel(labels[1])
    return _finish(figure, axes, title)


def scatter(y: NDArray[Any], predicted: NDArray[Any], label: str, title: str) -> bytes:
    """PNG: predicted against observed, with the line on which they agree."""
    figure, axes = _figure()
    ends = [float(min(y.min(), predicted.min())), float(max(y.max(), predicted.max()))]
    axes.plot(ends, ends, color=POINTS, linewidth=1, label="equal")
    axes.plot(y.ravel(), predicted.ravel(), ".", color=INK, markersize=4, label="fit")
    axes.set_xlabel(f"{label}, observed")
    axes.set_ylabel(f"{label}, predicted")
    return _finish(figure, axes, title)


def classes(y: NDArray[Any], predicted: NDArray[Any], label: str, title: str) -> bytes:
    """PNG: for each class the share of its rows that is predicted right."""
    figure, axes = _figure()
    values = np.unique(y)
    shares = np.array([np.mean(predicted[y == value] == value) for value in values])
    places = np.arange(len(values))
    bars = axes.bar(places, shares, color=INK, width=0.7, label="predicted right")
    if len(values) <= MANY:
        axes.bar_label(bars, [f"{share:.0%}" for share in shares], padding=2)
        axes.set_xticks(places, [str(value) for value in values])
    axes.axhline(np.mean(predicted == y), color=POINTS, linewidth=1, label="all rows")
    axes.set_ylim(0, 1.1)
    axes.yaxis.set_major_formatter(lambda share, _: f"{share:.0%}")
    axes.set_xlabel(label)
    axes.set_ylabel("predicted right")
    return _finish(figure, axes, title)


def images(pictures: list[NDArray[Any]], titles: list[str]) -> bytes:
    """PNG: grey images side by side."""
    matplotlib = require("matplotlib")
    matplotlib.use("Agg")
    plt = require("matplotlib.pyplot")
    figure, places = plt.subplots(1, len(pictures), figsize=(6 * len(pictures), 4.5), dpi=100)
    for axes, picture, title in zip(np.atleast_1d(places), pictures, titles, strict=True):
        axes.imshow(picture, cmap="gray")
        axes.set_title(title)
        axes.set_axis_off()
    figure.tight_layout()
    buffer = io.BytesIO()
    figure.savefig(buffer, format="png")
    plt.close(figure)
    return buffer.getvalue()


def losses(history: tuple[float, ...], title: str) -> bytes:
    """PNG: the objective over the iterations."""
    figure, axes = _figure()
    axes.plot(range(1, len(history) + 1), history, color=INK, label="objective")
    if min(history) > 0:
        axes.set_yscale("log")
    axes.set_xlabel("iteration")
    axes.set_ylabel("objective")
    return _finish(figure, axes, title)


def _figure() -> Any:
    matplotlib = require("matplotlib")
    matplotlib.use("Agg")
    plt = require("matplotlib.pyplot")
    return plt.subplots(figsize=(12, 7), dpi=100)


def _finish(figure: Any, axes: Any, title: str) -> bytes:
    axes.set_title(title)
    axes.grid(alpha=0.25)
    axes.legend(frameon=False)
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)
    figure.tight_layout()
    buffer = io.BytesIO()
    figure.savefig(buffer, format="png")
    require("matplotlib.pyplot").close(figure)
    return buffer.getvalue()
