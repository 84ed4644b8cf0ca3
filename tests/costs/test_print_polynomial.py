import pytest
import sympy

from deltarule.costs.print_polynomial import Naming, leading_order, to_latex, to_text

NAMES = ("n", "M", "N_i", "N_h", "N_x", "N_y", "H", "W", "K")
NAMING = Naming(NAMES, NAMES, {})
n, M, N_i, N_h, N_x, N_y, H, W, K = sympy.symbols(NAMES)


@pytest.mark.parametrize(
    ("expression", "text", "latex"),
    [
        (sympy.Integer(0), "0", "0"),
        (sympy.Integer(7), "7", "7"),
        (n, "n", "n"),
        (-n, "-n", "-n"),
        (n * M * (M - 1) / 2, "n M (M - 1)/2", r"\frac{n M (M - 1)}{2}"),
        (n * (M - 1) * (M - 2) / 2, "n (M - 1) (M - 2)/2", r"\frac{n (M - 1) (M - 2)}{2}"),
        (n * (1 - M) * (2 - M) / 2, "n (M - 1) (M - 2)/2", r"\frac{n (M - 1) (M - 2)}{2}"),
        (n * (1 - M), "-n (M - 1)", "-n (M - 1)"),
        (n * (M - 1) * (3 * M - 2) / 2, "n (M - 1) (3 M - 2)/2", r"\frac{n (M - 1) (3 M - 2)}{2}"),
        (n + 1, "n + 1", "n + 1"),
        (2 * n + 2, "2 (n + 1)", "2 (n + 1)"),
        ((n + 1) ** 2, "(n + 1)^2", "(n + 1)^{2}"),
        (2 * N_i * N_h * (N_x + N_y), "2 N_i N_h (N_x + N_y)", "2 N_i N_h (N_x + N_y)"),
        (
            N_i * (1 + N_h * (N_x + N_y)) * N_h * (N_x + N_y),
            "N_i N_h (N_x + N_y) (N_h (N_x + N_y) + 1)",
            "N_i N_h (N_x + N_y) (N_h (N_x + N_y) + 1)",
        ),
        (
            n * M * (M - 1) * (M**2 - M + 2) / 4,
            "n M (M - 1) (M (M - 1) + 2)/4",
            r"\frac{n M (M - 1) (M (M - 1) + 2)}{4}",
        ),
        (2 * H * K - K**2 + H - K, "2 H K - K^2 + H - K", "2 H K - K^{2} + H - K"),
    ],
)
def test_printed(expression, text, latex):
    assert to_text(sympy.expand(expression), NAMING) == text
    assert to_latex(sympy.expand(expression), NAMING) == latex


def test_the_author_s_spelling():
    naming = Naming(("n", "eta"), ("n", "eta"), {"n": r"\mathcal{N}"})
    product = n * (sympy.Symbol("eta") + 2)
    assert to_latex(product, naming) == r"\mathcal{N} (\eta + 2)"
    assert to_text(product, naming) == "n (eta + 2)"


def test_products_and_sums_have_their_own_order():
    naming = Naming(("N_y", "N_x"), ("N_x", "N_y"))
    assert to_text(N_x * N_y, naming) == "N_y N_x"
    assert to_text(N_x + N_y, naming) == "N_x + N_y"


@pytest.mark.parametrize(
    ("expression", "order"),
    [
        (sympy.Integer(0), "O(0)"),
        (sympy.Integer(12), "O(1)"),
        (n * (M - 1) * (3 * M - 2) / 2, "O(n M^2)"),
        (n * M * (M - 1) * (M**2 - M + 2) / 4, "O(n M^4)"),
        (N_i * N_h * (2 * N_x + 3 * N_y), "O(N_i N_h (N_x + N_y))"),
        (
            N_i * (1 + N_h * (N_x + N_y)) * N_h * (N_x + N_y),
            "O(N_i N_h^2 (N_x + N_y)^2)",
        ),
        ((2 * H * K - K**2 + H - K) * (2 * W * K - K**2 + W - K), "O(H W K^2)"),
        (3 * n + 5 * M + 2, "O(n + M)"),
    ],
)
def test_orders_of_growth(expression, order):
    assert leading_order(sympy.expand(expression), NAMING) == order
