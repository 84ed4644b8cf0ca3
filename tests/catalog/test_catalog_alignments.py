"""Dynamic programmes and triangular recursions of the catalog, beside PyTorch."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from against_torch import Witness, compare, torch

import deltarule as dr

F = torch.nn.functional
ZERO = torch.zeros((), dtype=torch.float64)


def soft_dtw(v):
    n, m = len(v.x), len(v.y)
    r = {(0, 0): ZERO}
    for i, j in itertools.product(range(1, n + 1), range(1, m + 1)):
        before = [r[p] for p in ((i - 1, j - 1), (i - 1, j), (i, j - 1)) if p in r]
        smooth = -v.gamma * torch.logsumexp(-torch.stack(before) / v.gamma, 0)
        r[i, j] = (v.x[i - 1] - v.y[j - 1]) ** 2 + smooth
    return r[n, m]


def dynamic_time_warping(v):
    n, m = len(v.x), len(v.y)
    g = {(0, 0): ZERO}
    for i, j in itertools.product(range(1, n + 1), range(1, m + 1)):
        before = [g[p] for p in ((i - 1, j - 1), (i - 1, j), (i, j - 1)) if p in g]
        g[i, j] = (v.x[i - 1] - v.y[j - 1]) ** 2 + torch.stack(before).min()
    return g[n, m]


def edit_distance(v):
    n, m = len(v.a), len(v.b)
    d = {(0, 0): ZERO}
    for i in range(1, n + 1):
        d[i, 0] = i * v.u
    for j in range(1, m + 1):
        d[0, j] = j * v.v
    for i, j in itertools.product(range(1, n + 1), range(1, m + 1)):
        replaced = d[i - 1, j - 1] + v.c[v.a[i - 1] - 1, v.b[j - 1] - 1]
        costs = torch.stack([replaced, d[i - 1, j] + v.u, d[i, j - 1] + v.v])
        d[i, j] = -v.gamma * torch.logsumexp(-costs / v.gamma, 0)
    return d[n, m]


def smith_waterman(v):
    n, m = len(v.a), len(v.b)
    h = {(i, j): ZERO for i in range(n + 1) for j in range(m + 1)}
    for i, j in itertools.product(range(1, n + 1), range(1, m + 1)):
        match = h[i - 1, j - 1] + v.s[v.a[i - 1] - 1, v.b[j - 1] - 1]
        options = torch.stack([match, h[i - 1, j] - v.g, h[i, j - 1] - v.g, ZERO])
        h[i, j] = options[options.argmax()]
    return torch.stack([*h.values()]).max()


def crf(v):
    """By definition: the score of the tags, less that of all K^T sequences."""
    steps, tags = v.P.shape

    def score(path):
        score = sum(v.P[t, k] for t, k in enumerate(path))
        return score + sum(v.A[a, b] for a, b in itertools.pairwise(path))

    every = [score(path) for path in itertools.product(range(tags), repeat=steps)]
    return torch.logsumexp(torch.stack(every), 0) - score([int(k) - 1 for k in v.y])


def hmm(v):
    """By definition: the sum over all paths of hidden states."""
    total = ZERO
    symbols = [int(k) - 1 for k in v.O]
    for path in itertools.product(range(len(v.pi)), repeat=len(symbols)):
        term = v.pi[path[0]]
        for a, b in itertools.pairwise(path):
            term = term * v.a[a, b]
        for state, symbol in zip(path, symbols, strict=True):
            term = term * v.b[state, symbol]
        total = total + term
    return torch.log(total)


def forward_substitution(v):
    lower = torch.tril(v.L)
    x = torch.linalg.solve_triangular(lower, v.b[:, None], upper=False)[:, 0]
    return 0.5 * ((x - v.y) ** 2).sum()


def cholesky(v):
    n = len(v.x)
    covariance = v.x @ v.x.T + v.sigma**2 * torch.eye(n, dtype=v.x.dtype)
    return 2 * torch.log(torch.diagonal(torch.linalg.cholesky(covariance))).sum()


NUMBER = ()
WITNESSES = [
    Witness("soft-dtw", soft_dtw, {"x": (5,), "y": (4,), "gamma": NUMBER}, positive=("gamma",)),
    Witness("soft-dtw", soft_dtw, {"x": (1,), "y": (3,), "gamma": NUMBER}, positive=("gamma",)),
    Witness("dynamic-time-warping", dynamic_time_warping, {"x": (6,), "y": (5,)}),
    Witness(
        "edit-distance", edit_distance, {"c": (3, 3), "u": NUMBER, "v": NUMBER, "gamma": NUMBER},
        {"a": ((5,), 1, 3), "b": ((4,), 1, 3)}, positive=("c", "u", "v", "gamma"),
    ),
    Witness(
        "smith-waterman", smith_waterman, {"s": (3, 3), "g": NUMBER},
        {"a": ((6,), 1, 3), "b": ((7,), 1, 3)}, positive=("g",),
    ),
    Witness("crf", crf, {"P": (5, 3), "A": (3, 3)}, {"y": ((5,), 1, 3)}),
    Witness("crf", crf, {"P": (1, 3), "A": (3, 3)}, {"y": ((1,), 1, 3)}),
    Witness(
        "hmm-forward", hmm, {"pi": (3,), "a": (3, 3), "b": (3, 4)}, {"O": ((5,), 1, 4)},
        positive=("pi", "a", "b"),
    ),
    Witness("forward-substitution", forward_substitution, {"L": (5, 5), "b": (5,), "y": (5,)}, positive=("L",)),
    Witness("cholesky", cholesky, {"x": (4, 3), "sigma": NUMBER}, positive=("sigma",)),
]  # fmt: skip


@pytest.mark.parametrize("witness", WITNESSES, ids=str)
def test_recursions_as_in_pytorch(witness):
    compare(witness)


@pytest.mark.parametrize("label", [[2, 3], [2, 2, 3], [4]])
def test_ctc_as_in_pytorch(label):
    """The gradient by the log-probabilities; PyTorch's own is that of a softmax before them."""
    blank, frames, symbols = 1, 7, 4
    stretched = [blank]
    for symbol in label:
        stretched += [symbol, blank]
    rng = np.random.default_rng(0)
    scores = torch.tensor(rng.normal(size=(frames, symbols)), requires_grad=True)
    logarithms = torch.log_softmax(scores, 1)
    expected = F.ctc_loss(
        logarithms[:, None], torch.tensor([label]) - 1, [frames], [len(label)],
        blank=blank - 1, reduction="sum",
    )  # fmt: skip
    expected.backward()
    f = dr.read("ctc").compile(wrt=["y"])
    y = torch.exp(logarithms.detach())
    found, gradients = f.value_and_grad(
        **{"y": y.numpy(), "b": blank, "l'": np.array([blank, blank, *stretched])}
    )
    assert found == pytest.approx(expected.item(), rel=1e-10)
    by_softmax = y * (
        torch.tensor(gradients["y"]) - (torch.tensor(gradients["y"]) * y).sum(1, keepdim=True)
    )
    np.testing.assert_allclose(by_softmax, scores.grad, rtol=1e-10, atol=1e-12)


def test_what_a_probability_of_ctc_touches_is_found():
    """Forward Euler over only what a weight touches: its sets grow with the frames, and end."""
    labels = np.array([1, 1, 1, 2, 1, 3, 1])
    given = {"y": np.random.default_rng(1).uniform(0.1, 1, (5, 3)), "b": 1, "l'": labels}
    system = dr.read("ctc")
    touched = system.compile(wrt=["y"], method="forward-euler-touched")
    _, found = touched.value_and_grad(**given)
    _, expected = system.compile(wrt=["y"]).value_and_grad(**given)
    np.testing.assert_allclose(found["y"], expected["y"], rtol=1e-4, atol=1e-4)
