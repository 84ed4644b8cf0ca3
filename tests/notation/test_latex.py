"""LaTeX --> statements: the four systems, the forms that papers use, and what is refused where."""

from __future__ import annotations

import pytest
from parse_examples import show_statement

from deltarule.errors import DeltaruleError
from deltarule.notation.latex import parse
from deltarule.notation.syntax import Big, Chain, Indexed, Name, Statement, Sum
from deltarule.notation.tree import descend
from deltarule.source import Source, line_and_column


def read(text: str) -> list[Statement]:
    return parse(Source("test.tex", text), 0, len(text))


def shown(text: str) -> list[str]:
    return [show_statement(s) for s in read(text)]


SYSTEMS = {
    "spiral": (
        r"""h_{i,j} = \begin{cases} x_i & j = 1 \\ g(\xi_{i,j}) & 2 \leq j \leq M \end{cases}, \quad
\xi_{i,j} = \sum_{k=1}^{j-1} w_{j,k} h_{i,k}
""",
        [
            "h[i,j] = cases(x[i] if j = 1; g(xi[i,j]) if 2 <= j <= M)",
            "xi[i,j] = sum[k = 1 to {+j-1}](‹w[j,k] h[i,k]›)",
        ],
    ),
    "spiral loss": (
        r"\mathcal{E} = \frac{1}{2} \sum_{i=1}^n (h_{i,M} - y_i)^2",
        ["E = ‹‹1/2› sum[i = 1 to n](({+h[i,M]-y[i]})^2)›"],
    ),
    "spiral gradients": (
        r"""\delta_{i,j} = \begin{cases} (h_{i,M} - y_i)\, g'(\xi_{i,M}) & j = M \\
   g'(\xi_{i,j}) \sum_{k=j+1}^{M} \delta_{i,k} w_{k,j} & 2 \leq j < M \end{cases}
\qquad
\frac{\partial\mathcal{E}}{\partial w_{j,k}} = \sum_{i=1}^n \delta_{i,j} h_{i,k}
""",
        [
            "delta[i,j] = cases(‹({+h[i,M]-y[i]}) g'(xi[i,M])› if j = M; "
            "‹g'(xi[i,j]) sum[k = {+j+1} to M](‹delta[i,k] w[k,j]›)› if 2 <= j < M)",
            "d(E)/d(w[j,k]) = sum[i = 1 to n](‹delta[i,j] h[i,k]›)",
        ],
    ),
    "convolution": (
        r"\xi[n_1, n_2] = w[-n_1, -n_2] * h[n_1, n_2]",
        ["xi[n[1],n[2]] = ‹w[{-n[1]},{-n[2]}] * h[n[1],n[2]]›"],
    ),
    "correlation": (
        r"\xi[n_1, n_2] = \sum_{m_1} \sum_{m_2} w[m_1 - n_1, m_2 - n_2] h[m_1, m_2]",
        ["xi[n[1],n[2]] = sum[m[1]](sum[m[2]](‹w[{+m[1]-n[1]},{+m[2]-n[2]}] h[m[1],m[2]]›))"],
    ),
    "correlation, gradient of h": (
        r"""\frac{d\mathcal{L}}{dh[m_1,m_2]} = \sum_{n_1}\sum_{n_2} \delta[n_1,n_2]\, w[m_1-n_1, m_2-n_2]
   = \delta[m_1,m_2] * w[m_1,m_2]                     % named: a convolution
""",
        [
            "d(L)/d(h[m[1],m[2]]) = sum[n[1]](sum[n[2]]("
            "‹delta[n[1],n[2]] w[{+m[1]-n[1]},{+m[2]-n[2]}]›))"
            " = ‹delta[m[1],m[2]] * w[m[1],m[2]]›"
        ],
    ),
    "correlation, gradient of w": (
        r"""\frac{d\mathcal{L}}{dw[k_1,k_2]} = \sum_{n_1}\sum_{n_2} \delta[n_1,n_2]\, h[k_1+n_1, k_2+n_2]
                                                      % named: a correlation of δ with h
""",
        [
            "d(L)/d(w[k[1],k[2]]) = sum[n[1]](sum[n[2]]("
            "‹delta[n[1],n[2]] h[{+k[1]+n[1]},{+k[2]+n[2]}]›))"
        ],
    ),
    "softcount": (
        r"h_k = \frac{e^{\xi_k}}{\max_{1 \leq \ell \leq N_Y} e^{\xi_\ell}}",
        ["h[k] = ‹e^xi[k]/max[1 <= ell <= N[Y]](e^xi[ell])›"],
    ),
    "cross-entropy": (
        r"\mathcal{L} = - \sum_{k=1}^{N_Y} \mathbb{1}[y = k] \ln h_k",
        ["L = {-sum[k = 1 to N[Y]](‹⟦y = k⟧ ln h[k]›)}"],
    ),
    "two layers": (
        r"\vec{f}(\vec{x}) = W^{(2)} \sigma(W^{(1)} \vec{x})",
        ["<f>(<x>) = ‹W^(2) sigma(‹W^(1) <x>›)›"],
    ),
    "squared error": (
        r"\mathcal{L} = \frac{1}{N_i} \sum_{i=1}^{N_i} \|\vec{f}(\vec{x}_i) - \vec{y}_i\|_2^2",
        ["L = ‹‹1/N[i]› sum[i = 1 to N[i]](‖{+<f>(<x>[i])-<y>[i]}‖_2^2)›"],
    ),
    "shapes": (
        r"W^{(1)} \in \mathbb{R}^{N_h \times N_x}, \quad W^{(2)} \in \mathbb{R}^{N_y \times N_h}",
        ["W^(1) in R(N[h],N[x])", "W^(2) in R(N[y],N[h])"],
    ),
}


@pytest.mark.parametrize("name", SYSTEMS)
def test_the_four_systems(name: str) -> None:
    text, expected = SYSTEMS[name]
    assert shown(text) == expected


EXPRESSIONS = [
    # names and their marks
    (r"\hat{y}_i + \bar y + \widetilde{x}_i^2 + \dot x", "{+y_hat[i]+y_bar+x_tilde[i]^2+x_dot}"),
    (r"\hat{y_i}", "y_hat[i]"),
    (r"\mathbf{W} \bm x + \boldsymbol{\xi}_1", "{+‹<W> <x>›+<xi>[1]}"),
    (r"\hat{\mathbf{w}}_1^\top x", "‹<w_hat>[1]^⊤ x›"),
    (r"A^T B^{\top} C^{\mathsf{T}} x^{Tn}", "‹A^⊤ B^⊤ C^⊤ x^‹T n››"),
    (r"x_i^{(l)} W^{(1)}_{j,k}", "‹x^(l)[i] W^(1)[j,k]›"),
    (r"\ell^* + k^{\star}", "{+ell_star+k_star}"),
    (r"x' + x^{\prime\prime}_i", "{+x'+x''[i]}"),
    (r"\mathcal{L}_{\text{cross entropy}} + \mathrm{loss} + x_{\mathrm{in}}",
     "{+L[cross_entropy]+loss+x[in]}"),
    ("ξ_i δ", "‹xi[i] delta›"),
    # subscripts
    (r"w_{jk} + x_1 2 + {b_1}_k", "{+w[‹j k›]+‹x[1] 2›+(b[1])[k]}"),
    (r"w\left[n, m\right] + f(x)[i] + (W x)_i", "{+w[n,m]+f(x)[i]+(‹W x›)[i]}"),
    # products, quotients, powers
    (r"W x \odot y \cdot z \circ u", "‹W x⊙y·z⊙u›"),
    (r"\frac{a}{b} c + a \times b + a \cdot -b", "{+‹‹a/b› c›+‹a·b›+‹a·{-b}›}"),
    (r"a b * c d + e", "{+‹‹a b› * ‹c d››+e}"),
    (r"\frac12 x + \tfrac{a}{b} + \dfrac1{n}", "{+‹‹1/2› x›+‹a/b›+‹1/n›}"),
    (r"2(x+1)(y-1) + x^2_i + e^{-x}", "{+‹2 ({+x+1}) ({+y-1})›+x[i]^2+e^{-x}}"),
    (r"(a+b)[c+d]", "‹({+a+b}) ({+c+d})›"),
    # functions
    (r"\ln h_k + \tanh(x)^2 + \exp\left[-x\right]", "{+ln h[k]+tanh(x)^2+exp({-x})}"),
    (r"\ln \sum_k e^{x_k}", "ln sum[k](e^x[k])"),
    (r"\sin^2 x + \log_2 y", "{+(sin x)^2+log2 y}"),
    (r"\mathrm{ReLU}(x) + \operatorname{ReLU} x + \operatorname{softmax}(x)_i",
     "{+ReLU(x)+ReLU x+softmax(x)[i]}"),
    (r"g''(x) + f_i'(y) + h_{i}(x, y)", "{+g''(x)+f[i]'(y)+h[i](x,y)}"),
    (r"\sqrt{x} + \sqrt[3]{x}", "{+sqrt(x)+x^‹1/3›}"),
    # bars
    (r"|x - |y|| + 2|x| + \lvert z\rvert", "{+|{+x-|y|}|+‹2 |x|›+|z|}"),
    (r"\left\| W x \right\|_F^2 + \lVert x \rVert", "{+‖‹W x›‖_F^2+‖x‖}"),
    # Iverson brackets
    (r"\mathbb 1[y=k] + \mathbf{1}[P = 1] + \mathbb{1}_{y=k}", "{+⟦y = k⟧+⟦P = 1⟧+⟦y = k⟧}"),
    (r"\mathbb{1}\{k \ne j\} + 1[k=3] + 2 [i = j, k < l]", "{+⟦k != j⟧+⟦k = 3⟧+‹2 ⟦i = j,k < l⟧›}"),
    (r"\mathbb{I}(k \le j) x [k = 1]", "‹⟦k <= j⟧ x ⟦k = 1⟧›"),
    # big operators
    (r"\sum\limits^n_{k=1} -x_k + \prod_{1 \le i < j \le n} a_i",
     "{+sum[k = 1 to n]({-x[k]})+prod[1 <= i < j <= n](a[i])}"),
    (r"\sum_{\substack{k = 1 \\ k \ne j}}^n a_k", "sum[k = 1,k != j to n](a[k])"),
    (r"\sum_k a_k \sum_l b_l - c", "{+sum[k](‹a[k] sum[l](b[l])›)-c}"),
    (r"\arg\max_k x_k + \operatorname*{arg\,min}_{k} x_k", "{+argmax[k](x[k])+argmin[k](x[k])}"),
    (r"\max(0, x) + \min\{1, x\} + \max_k x_k", "{+max(0,x)+min(1,x)+max[k](x[k])}"),
    # derivatives
    (r"\frac{\partial E}{\partial x_i} + \frac{\mathrm{d}L}{\mathrm{d}x}",
     "{+d(E)/d(x[i])+d(L)/d(x)}"),
    (r"d\mathcal{L}/d\xi[n_1] + \partial E / \partial x_i", "{+d(L)/d(xi[n[1]])+d(E)/d(x[i])}"),
    (r"\frac{d}{d_k} + \frac{d_m}{d}", "{+‹d/d[k]›+‹d[m]/d›}"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), EXPRESSIONS)
def test_expressions(text: str, expected: str) -> None:
    assert shown(text) == [expected]


STATEMENTS = [
    (r"x_t = x_{t-1} \quad \text{for } 1 \le t \le T, \qquad x_0 = 0",
     ["x[t] = x[{+t-1}] | 1 <= t <= T", "x[0] = 0"]),
    (r"x_i = 2, \quad i = 1, \dots, n", ["x[i] = 2 | i = 1..n"]),
    (r"x_{i,j} = 2, \; i,j = 1,2,\dots,n, \; y_i = 1", ["x[i,j] = 2 | i = 1..n | j = 1..n", "y[i] = 1"]),
    (r"x_i = 2, \quad i \in \{1, \ldots, n\}", ["x[i] = 2 | i in 1..n"]),
    (r"x_i = 2, \quad i = 0, 1, 2, \ldots, n", ["x[i] = 2 | i = 0..n"]),
    (r"x_i = 2, \quad i = T, T-1, T-2, \ldots, 1", ["x[i] = 2 | i = 1..T"]),
    (r"x_i = c_i \text{ where } c_i = d_i = 2, \quad i = 1, \dots, n", ["x[i] = c[i]", "c[i] = d[i] = 2 | i = 1..n"]),
    (r"E = x_i, y \in \{1, \dots, N\}", ["E = x[i]", "y in 1..N"]),
    (r"x_j = 2, \quad 2 \le j \le M, j \neq k", ["x[j] = 2 | 2 <= j <= M | j != k"]),
    (r"x_j = 2 \text{ where } j > 1 \text{ and } j < M", ["x[j] = 2 | j > 1 | j < M"]),
    (r"x_j = 2 \text{ for all $j \ge 1$, $j \le n$}.", ["x[j] = 2 | j >= 1 | j <= n"]),
    (r"\forall i \in \{1,\dots,n\} \colon y_i = x_i", ["y[i] = x[i] | i in 1..n"]),
    (r"a = b \\ \forall j: z_j = 3", ["a = b", "z[j] = 3 | j"]),
    (r"y_i = 2 x_i \\ \text{for } i = 1, \dots, n \\ z = y_1", ["y[i] = ‹2 x[i]› | i = 1..n", "z = y[1]"]),
    (r"\begin{align*} a &= b + c \\[2pt] &\quad + d \\ e &= f \label{eq:1} \nonumber \end{align*}",
     ["a = {+b+c+d}", "e = f"]),
    (r"\begin{aligned}[t] a = b,\\ c = d. \end{aligned}", ["a = b", "c = d"]),
    ("a = b\n\nc = d \\tag{3}", ["a = b", "c = d"]),
    (r"W, V \in \mathbb{R}^{n}, b \in \mathbb R", ["W in R(n)", "V in R(n)", "b in R()"]),
    (r"h[m] \text{ for } 0 \le m < H", ["h[m] | 0 <= m < H"]),
    (r"h_i = \begin{cases} x_i, & \text{if } i = 1, \\ 0, & \text{otherwise.} \end{cases}",
     ["h[i] = cases(x[i] if i = 1; 0 if else)"]),
    (r"h = \begin{cases} x & \text{for $1 \le i$ and $i \ne 3$} \\ 0 & \text{else} \end{cases}",
     ["h = cases(x if 1 <= i,i != 3; 0 if else)"]),
    (r"\delta = \begin{cases} r & |r| \le \delta, i < 3 \\ 1 & r > 0 \\ \end{cases}",
     ["delta = cases(r if |r| <= delta,i < 3; 1 if r > 0)"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), STATEMENTS)
def test_statements_and_their_conditions(text: str, expected: list[str]) -> None:
    assert shown(text) == expected


def test_spans_point_at_the_text() -> None:
    text = "y = 1 \\\\ % note\n\\xi_{i} = \\sum_{k=1}^{j-1} w_k - \\hat{z}"
    relation = read(text)[1].relation
    assert isinstance(relation, Chain)
    written = {text[n.span.start : n.span.end] for n in descend(relation)}
    assert {r"\xi_{i}", r"\sum_{k=1}^{j-1} w_k", "k=1", "j-1", "w_k", r"\hat{z}"} <= written
    big = next(n for n in descend(relation) if isinstance(n, Big))
    assert text[big.limits_span.start : big.limits_span.end] == r"\sum_{k=1}^{j-1}"
    difference = relation.operands[1]
    assert isinstance(difference, Sum)
    assert text[difference.span.start : difference.span.end] == text[text.index(r"\sum") :]


def test_a_statement_spans_its_conditions() -> None:
    text = r"a = b, \quad x_i = 2 \quad \text{for } i \ge 1."
    span = read(text)[1].span
    assert text[span.start : span.end] == r"x_i = 2 \quad \text{for } i \ge 1"


@pytest.mark.parametrize(
    ("text", "name", "latex"),
    [
        (r"\xi", "xi", r"\xi"),
        (r"\mathcal{L}", "L", r"\mathcal{L}"),
        (r"\hat y", "y_hat", r"\hat{y}"),
        (r"\ell^*", "ell_star", r"\ell^*"),
        (r"\mathrm{loss}", "loss", r"\mathrm{loss}"),
        (r"\vec x", "x", r"\vec{x}"),
    ],
)
def test_names_keep_their_spelling(text: str, name: str, latex: str) -> None:
    node = read(text)[0].relation
    base = node.base if isinstance(node, Indexed) else node
    assert isinstance(base, Name)
    assert (base.name, base.latex) == (name, latex)


BAD = [
    (r"x = \fraq{1}{2}", "E001", 5, r"did you mean \frac?"),
    (r"x = a ? b", "E001", 7, ""),
    (r"x = a . b", "E001", 7, ""),
    (r"x = $y$", "E001", 5, "$$"),
    (r"x = \text{something wrong if } y", "E001", 11, "otherwise"),
    (r"\begin{alinged} a \end{alinged}", "E001", 8, "aligned"),
    (r"x = \frac{1}{2", "E002", 13, "close it with }"),
    (r"x = (a + b", "E002", 5, "close it with )"),
    (r"x = a)", "E002", 6, ""),
    (r"x = (a + b]", "E002", 11, ""),
    (r"x = \{(a\}", "E002", 7, "close it with )"),
    (r"x = \begin{cases} a & b = 1", "E002", 5, r"\end{cases}"),
    (r"x = |a + b", "E002", 5, "close it with |"),
    (r"x = a + ", "E003", 8, ""),
    (r"x = a + * b", "E003", 9, ""),
    (r"\sum x_k = 2", "E003", 6, r"\sum_k"),
    (r"x = \sum_{k=1}^n", "E003", 17, ""),
    (r"x_i_j = 2", "E003", 4, "x_{i,j}"),
    (r"h = \begin{cases} x \\ y & j = 1 \end{cases}", "E003", 21, "otherwise"),
    (r"h = \begin{cases} x & j \end{cases}", "E003", 23, ""),
    (r"x = y_{k=1}", "E003", 8, ""),
    (r"x = \mathbb{1}[k]", "E003", 16, ""),
    (r"x = 2 3", "E003", 7, ""),
    (r"x = \frac{1}", "E003", 13, ""),
    (r"x = \hat{a+b}", "E003", 10, ""),
    (r"x_i = 2 \text{ for}", "E003", 19, ""),
    (r"x = \mathbf{Wx}", "E006", 5, r"\mathbf{W}\mathbf{x}"),
    (r"x = e^{(t)}", "E006", 5, ""),
    (r"x = \int f", "E008", 5, "sum"),
    (r"x = \dots + n", "E008", 5, ""),
    (r"x_i = 2, i = 0, 1, 3, \dots, n", "E008", 14, "2 i"),
    (r"x \in \mathbb{Z}", "E008", 7, ""),
    (r"x = \{1, a + b\}", "E008", 5, ""),
    (r"x = \frac{\partial^2 E}{\partial x}", "E008", 11, ""),
    (r"x = \frac{d}{dx} E", "E008", 11, ""),
    (r"x = \left. a \right|", "E008", 5, ""),
]


@pytest.mark.parametrize(("text", "code", "column", "advice"), BAD)
def test_bad_input_is_refused_where_it_is_bad(
    text: str, code: str, column: int, advice: str
) -> None:
    with pytest.raises(DeltaruleError) as caught:
        read("a = b \\\\\n" + text)
    assert caught.value.at is not None
    assert (caught.value.code, *line_and_column(caught.value.at)) == (code, 2, column)
    assert advice in caught.value.help


def test_conditions_need_an_equation() -> None:
    with pytest.raises(DeltaruleError, match="expected an equation for these conditions"):
        read(r"\forall i \in \{1, \dots, n\}")


@pytest.mark.parametrize(
    "text",
    [
        "(" * 101 + "x" + ")" * 101,
        "x^{" * 101 + "x" + "}" * 101,
        r"\ln " * 101 + "x",
        r"\frac1" * 101 + "2",
        r"\begin{cases} " * 101 + "x & j=1" + r"\end{cases}&i=1" * 100 + r"\end{cases}",
        "x+" * 11000 + "x",
    ],
)
def test_what_is_too_deep_or_too_long_is_refused(text: str) -> None:
    with pytest.raises(DeltaruleError) as caught:
        read(text)
    assert caught.value.code == "E007"


@pytest.mark.parametrize(
    "text",
    ["(" * 95 + "x" + ")" * 95, r"\ln " * 95 + "x", r"\sqrt{" * 95 + "x" + "}" * 95],
)
def test_what_is_deep_but_allowed_is_read(text: str) -> None:
    assert len(read(text)) == 1
