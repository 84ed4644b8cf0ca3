import json
import time

import pytest
import sympy

from costs.four_systems import (
    same_correlation_gradient,
    softcount_gradient,
    spiral_gradient,
    two_layer_gradient,
)
from deltarule.costs.report import EULER, FORWARD, SHORTHAND, TOTAL, cost_table
from deltarule.pipeline import cost, derive, read

n, M, N_i, N_h, N_x, N_y, N, V, D, H, W, K = sympy.symbols("n M N_i N_h N_x N_y N V D H W K")
BAND = 2 * H * K - K**2 + H - K


def table_of(name, *wanted):
    forward = read(name)
    return cost(forward, derive(forward, wanted or None))


@pytest.mark.parametrize(
    ("made", "rows"),
    [
        (
            spiral_gradient,
            {
                FORWARD: n * M * (M - 1) / 2,
                "delta = dE/dxi": n * (M - 1) * (M - 2) / 2,
                "dE/dw": n * M * (M - 1) / 2,
                TOTAL: n * (M - 1) * (3 * M - 2) / 2,
                SHORTHAND: n * M * (M - 1),
                EULER: (1 + M * (M - 1) / 2) * n * M * (M - 1) / 2,
            },
        ),
        (
            two_layer_gradient,
            {
                FORWARD: N_i * N_h * (N_x + N_y),
                "dL/df": 0,
                "dL/dz": N_i * N_h * N_y,
                "dL/dW1": N_i * N_h * N_x,
                "dL/dW2": N_i * N_h * N_y,
                TOTAL: N_i * N_h * (2 * N_x + 3 * N_y),
                SHORTHAND: 2 * N_i * N_h * (N_x + N_y),
                EULER: N_i * (1 + N_h * (N_x + N_y)) * N_h * (N_x + N_y),
            },
        ),
        (
            softcount_gradient,
            {
                FORWARD: N * V * D,
                "dL/dxi": 0,
                TOTAL: N * V * D,
                SHORTHAND: 2 * N * V * D,
                EULER: N * V * D,
            },
        ),
        (
            same_correlation_gradient,
            {
                FORWARD: BAND,
                "dL/dh": BAND,
                "dL/dw": BAND,
                TOTAL: 3 * BAND,
                SHORTHAND: 2 * BAND,
                EULER: (H + 2 * K + 2) * BAND,
            },
        ),
    ],
)
def test_rows_of_the_gradients_on_paper(made, rows):
    table = cost_table(*made())
    assert [row.label for row in table.rows] == list(rows)
    for label, macs in rows.items():
        assert sympy.expand(table[label] - macs) == 0, label


@pytest.mark.parametrize(
    ("name", "text"),
    [
        (
            "spiral",
            """\
forward                                  n M (M - 1)/2
delta = dE/dxi                           n (M - 1) (M - 2)/2
dE/dw                                    n M (M - 1)/2
forward + back-propagation               n (M - 1) (3 M - 2)/2           exact
textbook shorthand: backward = forward   n M (M - 1)                     same order, not exact
forward Euler, one weight at a time      n M (M - 1) (M (M - 1) + 2)/4   (M (M - 1) + 2)/2 forward passes
order: O(n M^2) against O(n M^4)
""",
        ),
        (
            "two-layer",
            """\
forward                                  N_i N_h (N_x + N_y)
dL/df                                    0                                           N_i N_y multiplications, N_i N_y additions, N_i N_y divisions
dL/dz1                                   N_i N_h N_y
dL/dW1                                   N_i N_h N_x
dL/dW2                                   N_i N_h N_y
forward + back-propagation               N_i N_h (2 N_x + 3 N_y)                     exact
textbook shorthand: backward = forward   2 N_i N_h (N_x + N_y)                       same order, not exact
forward Euler, one weight at a time      N_i N_h (N_x + N_y) (N_h (N_x + N_y) + 1)   N_h (N_x + N_y) + 1 forward passes
order: O(N_i N_h (N_x + N_y)) against O(N_i N_h^2 (N_x + N_y)^2)
""",
        ),
        (
            "correlation",
            """\
forward                                  (2 H K - K^2 + H - K) (2 W K - K^2 + W - K)                           for K <= H, K <= W
dL/dw                                    (2 H K - K^2 + H - K) (2 W K - K^2 + W - K)                           for K <= H, K <= W
dL/dh                                    (2 H K - K^2 + H - K) (2 W K - K^2 + W - K)                           for K <= H, K <= W
forward + back-propagation               3 (2 H K - K^2 + H - K) (2 W K - K^2 + W - K)                         for K <= H, K <= W; exact
""",
        ),
    ],
)
def test_text_of_the_derived_gradients(name, text):
    assert table_of(name).to_text().startswith(text)


def test_what_is_counted_beside_macs():
    lines = table_of("spiral").to_text().splitlines()[-4:]
    assert lines == [
        "beside MACs, forward: (n + 1) multiplications, 2 n additions, n (M - 1) calls",
        "elements, forward: n (M^2 + 2) reads, (n (2 M - 1) + 1) writes",
        "beside MACs, forward + back-propagation: "
        "(n M + 1) multiplications, 3 n additions, 2 n (M - 1) calls",
        "elements, forward + back-propagation: "
        "n (3 M (M - 1) + 5) reads, ((M^2 + 6 n M - M - 4 n + 2)/2) writes",
    ]


def test_latex():
    assert table_of("spiral").to_latex().splitlines() == [
        r"\begin{array}{lll}",
        r"\text{what} & \text{MACs} & \\ \hline",
        r"\text{forward} & \frac{n M (M - 1)}{2} &  \\",
        r"\text{delta = dE/dxi} & \frac{n (M - 1) (M - 2)}{2} &  \\",
        r"\text{dE/dw} & \frac{n M (M - 1)}{2} &  \\",
        r"\text{forward + back-propagation} & \frac{n (M - 1) (3 M - 2)}{2} & \text{exact} \\",
        r"\text{textbook shorthand: backward = forward} & n M (M - 1) & "
        r"\text{same order, not exact} \\",
        r"\text{forward Euler, one weight at a time} & "
        r"\frac{n M (M - 1) (M (M - 1) + 2)}{4} &  \\",
        r"\end{array}",
    ]
    assert r"& \text{for } K \le H,\ K \le W \\" in table_of("correlation").to_latex()


def test_every_regime_for_programs():
    found = json.loads(json.dumps(table_of("correlation").to_dict()))
    assert [regime["for"] for regime in found["forward"]["regimes"]] == [
        "K <= H, K <= W",
        "K = W+1..H",
        "K = H+1..W",
        "K > H, K > W",
    ]
    assert found["forward"]["regimes"][-1]["macs"] == "H^2 W^2"
    assert found["forward"]["writes"] == "H W"
    assert found["order of growth"][TOTAL] == "O(H W K^2)"


def test_numbers_at_given_sizes_in_every_regime():
    table = cost_table(*same_correlation_gradient())
    for height in range(1, 7):
        for reach in range(1, 9):
            pairs = sum(abs(a - b) <= reach for a in range(height) for b in range(height))
            sizes = {"H": height, "K": reach}
            assert table.at(FORWARD, sizes) == pairs
            assert table.at(TOTAL, sizes) == 3 * pairs
            assert table.at(EULER, sizes) == (height + 2 * reach + 2) * pairs


def test_no_silent_zero():
    lines = table_of("softcount").to_text().splitlines()
    assert lines[1].split(maxsplit=2) == ["dL/dxi", "0", "N_Y additions, 2 N_Y comparisons"]
    copied = table_of("L = sum(i=1..n) x[i]").to_text().splitlines()
    assert copied[1].split(maxsplit=2) == ["dL/dx", "0", "no arithmetic"]


def test_ranges_that_are_not_known():
    table = table_of(r"\xi[n] = \sum_{m} w[m - n] h[m]")
    assert {row.label: row.remark for row in table.rows} == dict.fromkeys(
        (FORWARD, "dL/dw", "dL/dh", TOTAL, SHORTHAND, EULER), "declare the support of w, h"
    )
    with pytest.raises(KeyError):
        table[FORWARD]
    text = table.to_text().splitlines()
    assert text[0].split(maxsplit=1)[1] == "not known   declare the support of w, h"
    assert table.to_dict()[FORWARD] == {"macs": None, "remark": "declare the support of w, h"}
    assert r"\text{not known}" in table.to_latex()


@pytest.mark.parametrize("made", [spiral_gradient, two_layer_gradient, softcount_gradient])
def test_pricing_is_fast(made):
    cost_table(*made())
    start = time.perf_counter()
    cost_table(*made())
    assert time.perf_counter() - start < 0.5
