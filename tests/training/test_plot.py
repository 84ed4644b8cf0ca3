"""Pictures: their size, and that what was passed is what is drawn."""

from __future__ import annotations

import io

import numpy as np
import pytest

from deltarule.training import plot

plt = pytest.importorskip("matplotlib.pyplot", reason="pictures need matplotlib")
X = np.array([2.0, 1.0, 3.0])
Y = np.array([20.0, 10.0, 30.0])


@pytest.fixture
def drawn(monkeypatch):
    """Keeps the axes that a picture was drawn on."""
    kept = []
    figure = plot._figure

    def keep():
        kept.append(figure())
        return kept[-1]

    monkeypatch.setattr(plot, "_figure", keep)
    return lambda: kept[-1][1]


def shape(png):
    return plt.imread(io.BytesIO(png)).shape[:2]


def test_a_curve_shows_the_data_and_the_fit_in_order(drawn):
    assert shape(plot.curve(X, Y, Y + 1, ("year", "ppm"), "title")) == (700, 1200)
    points, line = drawn().get_lines()
    assert points.get_xydata().tolist() == [[2, 20], [1, 10], [3, 30]]
    assert line.get_xydata().tolist() == [[1, 11], [2, 21], [3, 31]]
    labels = (drawn().get_xlabel(), drawn().get_ylabel(), drawn().get_title())
    assert labels == ("year", "ppm", "title")


def test_a_scatter_shows_predicted_against_observed(drawn):
    assert shape(plot.scatter(Y, Y + 5, "ppm", "title")) == (700, 1200)
    equal, points = drawn().get_lines()
    assert equal.get_xydata().tolist() == [[10, 10], [35, 35]]
    assert points.get_xydata().tolist() == [[20, 25], [10, 15], [30, 35]]
    assert drawn().get_xlabel() == "ppm, observed"


def test_bars_are_the_share_of_each_class_that_is_right(drawn):
    y, predicted = np.array([1, 1, 1, 1, 4, 4]), np.array([1, 1, 1, 4, 4, 1])
    assert shape(plot.classes(y, predicted, "digit", "title")) == (700, 1200)
    assert [bar.get_height() for bar in drawn().patches] == [0.75, 0.5]
    assert [t.get_text() for t in drawn().get_xticklabels()] == ["1", "4"]
    assert [t.get_text() for t in drawn().texts] == ["75%", "50%"]


@pytest.mark.parametrize(("history", "scale"), [((3.0, 1.0), "log"), ((1.0, -2.0), "linear")])
def test_losses_are_logarithmic_where_they_can_be(drawn, history, scale):
    assert shape(plot.losses(history, "title")) == (700, 1200)
    assert drawn().get_yscale() == scale
    assert drawn().get_lines()[0].get_ydata().tolist() == list(history)


def test_images_stand_side_by_side():
    assert shape(plot.images([np.eye(4), np.ones((4, 6))], ["one", "two"])) == (450, 1200)
