"""The four systems against the formulas that their authors published, in LaTeX and in plain text."""

from __future__ import annotations

import pytest
import sympy

import deltarule as dr
from deltarule.equations import domains
from deltarule.equations.compare import same_array
from deltarule.equations.nodes import Number
from deltarule.equations.system import equations_of
from deltarule.gradients.casetable import case_table
from deltarule.gradients.recognise import recognise

SPIRAL = r"""
h_{i,j} = \begin{cases} x_i & j = 1 \\ g(\xi_{i,j}) & 2 \leq j \leq M \end{cases}, \quad
\xi_{i,j} = \sum_{k=1}^{j-1} w_{j,k} h_{i,k}

\mathcal{E} = \frac{1}{2} \sum_{i=1}^n (h_{i,M} - y_i)^2
"""
SPIRAL_PLAIN = """
h[i,j] = { x[i] if j = 1; g(xi[i,j]) if 2 <= j <= M }
xi[i,j] = sum(k=1..j-1) w[j,k] h[i,k]   for j = 2..M
E = 1/2 sum(i=1..n) (h[i,M] - y[i])^2
"""
SPIRAL_ANSWER = r"""
\delta_{i,j} = \begin{cases} (h_{i,M} - y_i)\, g'(\xi_{i,M}) & j = M \\
   g'(\xi_{i,j}) \sum_{k=j+1}^{M} \delta_{i,k} w_{k,j} & 2 \leq j < M \end{cases}

G_{j,k} = \sum_{i=1}^n \delta_{i,j} h_{i,k} \quad \text{for } 2 \leq j \leq M, 1 \leq k < j
"""

CORRELATION = r"""
\xi[n_1, n_2] = w[-n_1, -n_2] * h[n_1, n_2]
"""
CORRELATION_AS_SUM = r"""
\xi[n_1, n_2] = \sum_{m_1} \sum_{m_2} w[m_1 - n_1, m_2 - n_2] h[m_1, m_2]
"""
CORRELATION_PLAIN = "xi[n_1,n_2] = sum(m_1, m_2) w[m_1-n_1, m_2-n_2] h[m_1,m_2]"
CORRELATION_NAME = r"""
\delta[n_1,n_2] = \frac{d\mathcal{L}}{d\xi[n_1,n_2]}
"""
CORRELATION_ANSWER = """
F[m_1,m_2] = sum(n_1,n_2) delta[n_1,n_2] w[m_1-n_1, m_2-n_2]
G[k_1,k_2] = sum(n_1,n_2) delta[n_1,n_2] h[k_1+n_1, k_2+n_2]
"""

SOFTCOUNT = r"""
h_k = \frac{e^{\xi_k}}{\max_{1 \leq \ell \leq N_Y} e^{\xi_\ell}}

\mathcal{L} = - \sum_{k=1}^{N_Y} \mathbb{1}[y = k] \ln h_k
"""
SOFTCOUNT_PLAIN = """
h[k] = exp(xi[k]) / max(ell=1..N_Y) exp(xi[ell])
L = -sum(k=1..N_Y) [y = k] ln(h[k])
"""
SOFTCOUNT_ANSWER = """
ell_star = argmax(ell=1..N_Y) xi[ell]
G[k] = [k = ell_star] - [k = y]   for k = 1..N_Y
F[k] = -[k = y]/h[y]   for k = 1..N_Y
"""

TWO_LAYERS = r"""
\vec{f}(\vec{x}) = W^{(2)} \sigma(W^{(1)} \vec{x})

\mathcal{L} = \frac{1}{N_i} \sum_{i=1}^{N_i} \|\vec{f}(\vec{x}_i) - \vec{y}_i\|_2^2

W^{(1)} \in \mathbb{R}^{N_h \times N_x}, \quad W^{(2)} \in \mathbb{R}^{N_y \times N_h}
"""
TWO_LAYERS_PLAIN = """
f(x) = W2 sigma(W1 x)
L = 1/N_i sum(i=1..N_i) ||f(x[i]) - y[i]||_2^2
W1 in R^(N_h x N_x)
W2 in R^(N_y x N_h)
"""
TWO_LAYERS_ANSWER = """
z1[i,j] = sum(k=1..N_x) W1[j,k] x[i,k]   for i = 1..N_i, j = 1..N_h
h[i,j] = sigma(z1[i,j])   for i = 1..N_i, j = 1..N_h
f[i,l] = sum(j=1..N_h) W2[l,j] h[i,j]   for i = 1..N_i, l = 1..N_y
D[i,l] = 2/N_i * (f[i,l] - y[i,l])   for i = 1..N_i, l = 1..N_y
B[i,j] = sigma'(z1[i,j]) sum(l=1..N_y) dL_df[i,l] W2[l,j]   for i = 1..N_i, j = 1..N_h
P[j,k] = sum(i=1..N_i) dL_dz1[i,j] x[i,k]   for j = 1..N_h, k = 1..N_x
Q[l,j] = sum(i=1..N_i) dL_df[i,l] h[i,j]   for l = 1..N_y, j = 1..N_h
"""


def latex_and_plain(*texts: str) -> str:
    """A document of blocks in either notation."""
    fences = ["latex" if "\\" in text else "deltarule" for text in texts]
    return "\n".join(f"```{f}\n{t.strip()}\n```" for f, t in zip(fences, texts, strict=True))


@pytest.mark.parametrize("system", [SPIRAL, SPIRAL_PLAIN], ids=["latex", "plain"])
def test_spiral(system):
    named = latex_and_plain(system, "delta[i,j] = dE/dxi[i,j]")
    gradients = dr.read(named).gradients()
    answer = dr.read(latex_and_plain(system, SPIRAL_ANSWER))
    assert same_array(gradients, answer, "delta")
    assert same_array(gradients, answer, "dE_dw", "G")
    assert gradients.arrays["w"].support == domains.intersect(
        answer.arrays["G"].support, domains.everything()
    )


def test_spiral_needs_no_declaration():
    system = dr.read(SPIRAL)
    shown = dict(line.split("   for ") for line in str(system).split("# given\n")[1].splitlines())
    assert {k.strip(): v for k, v in shown.items()} == {
        "x[i]": "i = 1..n", "y[i]": "i = 1..n", "w[j,k]": "j = 2..M, k = 1..j-1",
    }  # fmt: skip


@pytest.mark.parametrize(
    "system",
    [CORRELATION, CORRELATION_AS_SUM, CORRELATION_PLAIN],
    ids=["convolution sign", "sums", "plain"],
)
def test_correlation(system):
    gradients = dr.read(latex_and_plain(system, CORRELATION_NAME)).gradients()
    answer = dr.read(CORRELATION_ANSWER)
    assert same_array(gradients, answer, "dL_dh", "F")
    assert same_array(gradients, answer, "dL_dw", "G")
    assert recognise(gradients, "dL_dh") == ["a convolution of delta with w"]
    assert recognise(gradients, "dL_dw") == ["a correlation of delta with h"]


@pytest.mark.parametrize("system", [SOFTCOUNT, SOFTCOUNT_PLAIN], ids=["latex", "plain"])
def test_softcount(system):
    gradients = dr.read(system).gradients(wrt=["xi", "h"])
    answer = dr.read(latex_and_plain(system, SOFTCOUNT_ANSWER))
    assert same_array(gradients, answer, "ell_star")
    assert same_array(gradients, answer, "dL_dxi", "G")
    assert same_array(gradients, answer, "dL_dh", "F")


def test_softcount_has_four_cases():
    gradients = dr.read(SOFTCOUNT).gradients()
    table = case_table(equations_of(gradients, "dL_dxi")[0])
    assert table is not None
    place = next(r for r in table.relations if "ell_star" in repr(r))
    order = table.relations.index(place)
    values = {
        (holds[order], holds[1 - order]): value.value
        for holds, value in table.values.items()
        if isinstance(value, Number)
    }  # (k = ell_star, k = y)
    assert values == {(True, True): 0, (False, True): -1, (True, False): 1, (False, False): 0}


@pytest.mark.parametrize("system", [TWO_LAYERS, TWO_LAYERS_PLAIN], ids=["latex", "plain"])
def test_two_layers(system):
    gradients = dr.read(system).gradients(wrt=["W1", "W2"])
    answer = dr.read(TWO_LAYERS_ANSWER)
    for name in ("z1", "h", "f"):
        assert same_array(gradients, answer, name)
    for name, there in (("dL_df", "D"), ("dL_dz1", "B"), ("dL_dW1", "P"), ("dL_dW2", "Q")):
        assert same_array(gradients, answer, name, there)


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("2/N_i * (f[i,l] - y[i,l])", "2/N_i * (y[i,l] - f[i,l])"),
        ("sigma'(z1[i,j])", "sigma(z1[i,j])"),
        ("dL_df[i,l] W2[l,j] ", "dL_df[i,l] W2[j,l] "),
        ("dL_dz1[i,j] x[i,k]", "dL_dz1[i,k] x[i,j]"),
    ],
)
def test_a_wrong_formula_is_not_the_same(text, wrong):
    gradients = dr.read(TWO_LAYERS).gradients(wrt=["W1", "W2"])
    assert text in TWO_LAYERS_ANSWER
    answer = dr.read(
        "\n".join(line for line in TWO_LAYERS_ANSWER.replace(text, wrong).splitlines())
    )
    pairs = (("dL_df", "D"), ("dL_dz1", "B"), ("dL_dW1", "P"), ("dL_dW2", "Q"))
    assert not all(same_array(gradients, answer, name, there) for name, there in pairs)


n, M = sympy.symbols("n M")
N_i, N_h, N_x, N_y = sympy.symbols("N_i N_h N_x N_y")


@pytest.mark.parametrize(
    ("name", "row", "macs"),
    [
        ("spiral", "forward", n * M * (M - 1) / 2),
        ("spiral", "dE/dw", n * M * (M - 1) / 2),
        ("spiral", "delta = dE/dxi", n * (M - 1) * (M - 2) / 2),
        ("two-layer", "forward", N_i * N_h * (N_x + N_y)),
        ("two-layer", "forward + back-propagation", N_i * N_h * (2 * N_x + 3 * N_y)),
        ("two-layer", "textbook shorthand: backward = forward", 2 * N_i * N_h * (N_x + N_y)),
        (
            "two-layer",
            "forward Euler, one weight at a time",
            N_i * (1 + N_h * (N_x + N_y)) * N_h * (N_x + N_y),
        ),
    ],
)
def test_prices(name, row, macs):
    assert sympy.expand(dr.read(name).cost()[row] - macs) == 0
