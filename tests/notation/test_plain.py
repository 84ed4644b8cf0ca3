"""Plain text --> statements: the four systems, the forms of the notation, and what is refused."""

from __future__ import annotations

import pytest
from parse_examples import show_statement

from deltarule.errors import DeltaruleError
from deltarule.notation.plain import parse
from deltarule.notation.syntax import Statement
from deltarule.notation.tree import descend
from deltarule.source import Source, line_and_column


def read(text: str) -> list[Statement]:
    return parse(Source("test.txt", text), 0, len(text))


def shown(text: str) -> list[str]:
    return [show_statement(s) for s in read(text)]


SYSTEMS = {
    "spiral": (
        """
h[i,j] = { x[i] if j = 1; g(xi[i,j]) if 2 <= j <= M }
xi[i,j] = sum(k=1..j-1) w[j,k] h[i,k]   for j = 2..M
E = 1/2 sum(i=1..n) (h[i,M] - y[i])^2
""",
        [
            "h[i,j] = cases(x[i] if j = 1; g(xi[i,j]) if 2 <= j <= M)",
            "xi[i,j] = sum[k = 1..{+j-1}](‹w[j,k] h[i,k]›) | j = 2..M",
            "E = ‹‹1/2› sum[i = 1..n](({+h[i,M]-y[i]})^2)›",
        ],
    ),
    "spiral gradients": (
        """delta[i,j] = { (h[i,M] - y[i]) g'(xi[i,M])   if j = M
             ; g'(xi[i,j]) sum(k=j+1..M) delta[i,k] w[k,j]   if 2 <= j < M }
dE/dw[j,k] = sum(i=1..n) delta[i,j] h[i,k]""",
        [
            "delta[i,j] = cases(‹({+h[i,M]-y[i]}) g'(xi[i,M])› if j = M; "
            "‹g'(xi[i,j]) sum[k = {+j+1}..M](‹delta[i,k] w[k,j]›)› if 2 <= j < M)",
            "d(E)/d(w[j,k]) = sum[i = 1..n](‹delta[i,j] h[i,k]›)",
        ],
    ),
    "correlation": (
        """xi[n_1, n_2] = w[-n_1, -n_2] (*) h[n_1, n_2]
xi[n_1, n_2] = sum(m_1) sum(m_2) w[m_1 - n_1, m_2 - n_2] h[m_1, m_2]
h[m_1,m_2] for 0 <= m_1 < H, 0 <= m_2 < W""",
        [
            "xi[n_1,n_2] = ‹w[{-n_1},{-n_2}] * h[n_1,n_2]›",
            "xi[n_1,n_2] = sum[m_1](sum[m_2](‹w[{+m_1-n_1},{+m_2-n_2}] h[m_1,m_2]›))",
            "h[m_1,m_2] | 0 <= m_1 < H | 0 <= m_2 < W",
        ],
    ),
    "softcount": (
        """h[k] = e^xi[k] / max(1<=l<=N_Y) e^xi[l]
L = -sum(k=1..N_Y) [y = k] ln h[k]
y in 1..N_Y
z[i] in {1..N_Y}""",
        [
            "h[k] = ‹e^xi[k]/max[1 <= l <= N_Y](e^xi[l])›",
            "L = {-sum[k = 1..N_Y](‹⟦y = k⟧ ln h[k]›)}",
            "y in 1..N_Y",
            "z[i] in 1..N_Y",
        ],
    ),
    "two layers": (
        """f(x) = W2 sigma(W1 x)
L = 1/N_i sum(i=1..N_i) ||f(x[i]) - y[i]||_2^2
W1 in R^(N_h x N_x)
W2 in R^(N_y × N_h)
b in R^n""",
        [
            "f(x) = ‹W2 sigma(‹W1 x›)›",
            "L = ‹‹1/N_i› sum[i = 1..N_i](‖{+f(x[i])-y[i]}‖_2^2)›",
            "W1 in R(N_h,N_x)",
            "W2 in R(N_y,N_h)",
            "b in R(n)",
        ],
    ),
}


@pytest.mark.parametrize("name", SYSTEMS)
def test_the_four_systems(name: str) -> None:
    text, expected = SYSTEMS[name]
    assert shown(text) == expected


EXPRESSIONS = [
    ("2 ξ[i]² + β_1 y_hat", "{+‹2 xi[i]^2›+‹beta_1 y_hat›}"),
    ("a * b @ c (.) d ⊙ e · f", "‹a·b·c⊙d⊙e·f›"),
    ("x^N (b + c) + 1/n (a + b)", "{+‹x^N ({+b+c})›+‹‹1/n› ({+a+b})›}"),
    ("x^-1 + x**2^3 + e^xi[k] + 1.5e-3", "{+x^{-1}+x^2^3+e^xi[k]+1.5e-3}"),
    ("A^T x + A^T B^T + Wᵀ y", "{+‹A^⊤ x›+‹A^⊤ B^⊤›+‹W^⊤ y›}"),
    ("f''(x) + k' + w[k'] + ln x y", "{+f''(x)+k'+w[k']+‹ln x y›}"),
    ("g(x)[i] + (W x)[i] + f[i](x)", "{+g(x)[i]+(‹W x›)[i]+f[i](x)}"),
    ("max(a, b) + max(0, x) - sum(x)", "{+max(a,b)+max(0,x)-sum(x)}"),
    ("max(1<=l<=n) x[l] - argmax(k) x[k]", "{+max[1 <= l <= n](x[l])-argmax[k](x[k])}"),
    ("Σ(k<j) x[k] Π(l=1..2) y[l] + Σ", "{+sum[k < j](‹x[k] prod[l = 1..2](y[l])›)+Sigma}"),
    ("sum(m_1, m_2) w[m_1]", "sum[m_1,m_2](w[m_1])"),
    ("sum(k=1..n, k != j) -x[k]", "sum[k = 1..n,k != j]({-x[k]})"),
    ("[y = k] 1[k = j] + N [k = 1, l < 2]", "{+‹⟦y = k⟧ ⟦k = j⟧›+‹N ⟦k = 1,l < 2⟧›}"),
    ("|a| + ||v|| + norm(v, 1) + |x - |y||", "{+|a|+‖v‖+‖v‖_1+|{+x-|y|}|}"),
    ("dE/dx[i] + ∂E/∂xi[i,j] + d_model/d_k", "{+d(E)/d(x[i])+d(E)/d(xi[i,j])+‹d_model/d_k›}"),
    ("depth/dim + depth", "{+‹depth/dim›+depth}"),
    ("{ x if y[i] = 1, |r| <= 2; 3 otherwise }", "cases(x if y[i] = 1,|r| <= 2; 3 if else)"),
    ("{ x if i = 1 and j < 2; 3 else }", "cases(x if i = 1,j < 2; 3 if else)"),
]


@pytest.mark.parametrize(("text", "expected"), EXPRESSIONS)
def test_expressions(text: str, expected: str) -> None:
    assert shown(text) == [expected]


STATEMENTS = [
    ("a[i] = 2 for i = 1..n, k != j and y[i] = 2", ["a[i] = 2 | i = 1..n | k != j | y[i] = 2"]),
    ("a[i,j] = 2 where i, j = 1..n", ["a[i,j] = 2 | i = 1..n | j = 1..n"]),
    ("a[i] = 2 for all i = 1..n", ["a[i] = 2 | i = 1..n"]),
    ("a[i] = 2, i = 1..n", ["a[i] = 2 | i = 1..n"]),
    ("∀ i in 1..n: a[i] = 2\n∀ j: b[j] = 3", ["a[i] = 2 | i in 1..n", "b[j] = 3 | j"]),
    ("x[0] = 1\nx[t] = 2 for t = 1", ["x[0] = 1", "x[t] = 2 | t = 1"]),
    # lines
    ("a =\n  b\n  + c\n+ d\n\n# note\nx = f(p,\nq)\ny = 3 # three", ["a = {+b+c+d}", "x = f(p,q)", "y = 3"]),
    ("  a = b\n  c = d\n    e", ["a = b", "c = ‹d e›"]),
    ("a[i] = 2\n  for i = 1..n,\n      k < j", ["a[i] = 2 | i = 1..n | k < j"]),
    ("a[i] = 2\nM >= 2", ["a[i] = 2", "M >= 2"]),
    ("a = b; c = d", ["a = b", "c = d"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), STATEMENTS)
def test_statements_and_lines(text: str, expected: list[str]) -> None:
    assert shown(text) == expected


def test_spans_point_at_the_text() -> None:
    text = "y = 1\nxi[i] = sum(k=1..j-1) w[k]^2 - g'(z)  for i = 1..n"
    statement = read(text)[1]
    written = {text[n.span.start : n.span.end] for n in descend(statement.relation)}
    assert {"xi[i]", "sum(k=1..j-1) w[k]^2", "1..j-1", "j-1", "w[k]^2", "w[k]", "g'(z)"} <= written
    assert text[statement.span.start : statement.span.end] == text.split("\n")[1]
    condition = statement.conditions[0].span
    assert text[condition.start : condition.end] == "i = 1..n"


BAD = [
    ("x = a $ b", "E001", 7, "dollars"),
    ("x = \\xi", "E001", 5, "plain text"),
    ("x = a.b", "E001", 6, "0.5"),
    ("x = (a", "E002", 5, "close it with )"),
    ("x = a]", "E002", 6, ""),
    ("x = {a if j = 1", "E002", 5, "close it with }"),
    ("x = ||a|", "E002", 5, "close it with ||"),
    ("x = sum k", "E003", 9, "sum(k=1..n)"),
    ("x = sum(k=1..n)", "E003", 16, ""),
    ("x = {a if b; c}", "E003", 11, ""),
    ("x = {a if j=1; c}", "E003", 17, ""),
    ("x = 2.. )", "E002", 9, ""),
    ("x = [2..]", "E003", 9, ""),
    ("x = y for", "E003", 10, ""),
    ("x = ∂E", "E003", 7, ""),
    ("x = 3 4", "E003", 7, ""),
    ("x = a // b", "E003", 8, ""),
    ("x[] = 1", "E003", 3, ""),
    ("x = a..b..c", "E003", 9, ""),
    ("x = 1 if i = 1 or i = 2", "E008", 16, ""),
    ("y in {1, x + 1}", "E008", 6, ""),
    ("x = a[1:n]", "E008", 8, ""),
    ("x = ... + n", "E008", 5, ""),
    ("x^" * 101 + "x", "E007", 201, ""),
    ("x = " + "(" * 101 + "x" + ")" * 101, "E007", 105, ""),
]


@pytest.mark.parametrize(("text", "code", "column", "advice"), BAD)
def test_bad_input_is_refused_where_it_is_bad(
    text: str, code: str, column: int, advice: str
) -> None:
    with pytest.raises(DeltaruleError) as caught:
        read("a = b\n" + text + "\nc = d")
    assert caught.value.at is not None
    assert (caught.value.code, *line_and_column(caught.value.at)) == (code, 2, column)
    assert advice in caught.value.help


def test_conditions_need_an_equation() -> None:
    with pytest.raises(DeltaruleError, match="expected an equation for these conditions"):
        read("for i = 1..n")
