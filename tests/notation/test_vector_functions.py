"""Functions of vectors, of each element or of all."""

from __future__ import annotations

import pytest

import deltarule as dr

SPACES = r"$$ A \in \mathbb{R}^{n \times n}, v \in \mathbb{R}^n $$"

READ = [
    (r"y = \tanh(v)", "y[j] = tanh(v[j])   for j = 1..n"),
    (r"y = \operatorname{softmax}(v)", "y[j] = exp(v[j])/sum(k=1..n) exp(v[k])   for j = 1..n"),
    (r"y = \operatorname{logsoftmax}(v)", "y[j] = v[j] - ln(sum(k=1..n) exp(v[k]))   for j = 1..n"),
    (r"L = \max(v)", "L = max(j=1..n) v[j]"),
    (r"L = \operatorname{mean}(v)", "L = 1/n sum(j=1..n) v[j]"),
    (r"L = \operatorname{logsumexp}(v)", "L = ln(sum(j=1..n) exp(v[j]))"),
    (r"L = \operatorname{tr}(A)", "L = sum(j=1..n) A[j,j]"),
    (r"y = \operatorname{diag}(A)", "y[j] = A[j,j]   for j = 1..n"),
    (r"Y = \operatorname{diag}(v) + A", "Y[j,k] = [j = k] v[j] + A[j,k]   for j = 1..n, k = 1..n"),
]


@pytest.mark.parametrize(("text", "expected"), READ)
def test_read(text: str, expected: str) -> None:
    assert str(dr.read(f"$${text}$$ {SPACES}")).splitlines()[0] == expected


REFUSED = [
    (r"y = M(v)", "E006", "M(v)"),
    (r"y = \operatorname{LayerNorm}(v)", "E006", r"\operatorname{LayerNorm}(v)"),
    (r"L = \operatorname{diag}(v), L \in \mathbb{R}", "E108", r"\operatorname{diag}(v)"),
    (r"L = \operatorname{tr}(v)", "E108", r"\operatorname{tr}(v)"),
]


@pytest.mark.parametrize(("text", "code", "where"), REFUSED)
def test_refused(text: str, code: str, where: str) -> None:
    with pytest.raises(dr.DeltaruleError) as caught:
        dr.read(f"$${text}$$ {SPACES}")
    at = caught.value.at
    assert at is not None
    assert (caught.value.code, at.source.text[at.start : at.end]) == (code, where)
