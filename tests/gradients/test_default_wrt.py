"""By what a document is derived where nobody says: its parameters, which no axis of examples makes data."""

from __future__ import annotations

import pytest

import deltarule as dr
from deltarule.gradients.reverse import batch_sizes, default_wrt

DOCUMENTS = [
    ("L = sum(i=1..n) (sum(k=1..d) w[k] x[i,k] + b - y[i])^2", {"w", "b"}, {"n"}),
    (
        "s2[t] = omega + alpha e[t-1]^2 + beta s2[t-1] for t = 2..T\ns2[1] = omega\n"
        "L = sum(t=1..T) (ln(s2[t]) + e[t]^2/s2[t])",
        {"omega", "alpha", "beta"},
        {"T"},
    ),
    # the sum of one example is over its outputs
    (
        "h[j] = tanh(sum(k=1..n) W[j,k] x[k] + b[j]) for j = 1..m\n"
        "y[p] = sum(j=1..m) V[p,j] h[j] + c[p] for p = 1..q\nL = sum(p=1..q) (y[p] - t[p])^2",
        {"W", "x", "b", "V", "c", "t"},
        set(),
    ),
    # and softmax mixes what it sums over
    (
        "z[k] = sum(j=1..d) W[k,j] x[j] for k = 1..K\np[k] = exp(z[k])/sum(l=1..K) exp(z[l]) for k = 1..K\n"
        "L = -sum(k=1..K) y[k] ln(p[k])",
        {"W", "x", "y"},
        set(),
    ),
    # the weight of a penalty is not all that is wanted
    (
        "L = sum(u=1..n) (r[u] - sum(k=1..d) p[u,k] q[u,k])^2 + lambda sum(u=1..n) p[u,1]^2",
        {"r", "p", "q", "lambda"},
        {"n"},
    ),
]


@pytest.mark.parametrize(("text", "parameters", "batch"), DOCUMENTS)
def test_default(text: str, parameters: set[str], batch: set[str]) -> None:
    system = dr.read(text)
    assert set(default_wrt(system)) == parameters
    assert batch_sizes(system) == batch
