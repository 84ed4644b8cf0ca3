"""Losses, likelihoods and factorisations of the catalog, beside PyTorch."""

from __future__ import annotations

import pytest
from against_torch import Witness, compare, torch

F = torch.nn.functional


def softmax_cross_entropy(v):
    return F.cross_entropy(v.z, v.y - 1)


def embedding_bag(v):
    scores = F.embedding_bag(v.w - 1, v.E, mode="mean") @ v.u
    return F.soft_margin_loss(scores, v.y.to(scores.dtype))


def mixture_of_experts(v):
    p = torch.softmax(v.x @ v.G.T, 1)
    best = p.argmax(1)
    outputs = torch.einsum("tjk,tk->tj", v.W[best], v.x)
    outputs = p[torch.arange(len(best)), best][:, None] * outputs
    return 0.5 * ((outputs - v.z) ** 2).sum()


def segment_mean(v):
    groups = v.y.shape[0]
    sums = torch.zeros_like(v.y).index_add(0, v.c - 1, v.x)
    counts = torch.bincount(v.c - 1, minlength=groups)[:, None]
    return 0.5 * ((sums / (1 + counts) - v.y) ** 2).sum()


def pairwise_distances(v):
    above = torch.triu(torch.ones_like(v.D)) > 0  # rows 1..n-1, columns 2..n
    distances = torch.zeros_like(v.D)
    distances[above] = F.pdist(v.x)
    return (v.w * (v.D - distances) ** 2)[above].sum()


def huber(v):
    return F.huber_loss(v.x @ v.beta, v.y, delta=float(v.delta))


def hinge(v):
    margins = F.relu(1 - v.y * (v.x @ v.w + v.b))
    return margins.mean() + getattr(v, "lambda") / 2 * (v.w**2).sum()


def focal_loss(v):
    scores = v.x @ v.w + v.b
    kept = torch.exp(-F.binary_cross_entropy_with_logits(scores, v.y.double(), reduction="none"))
    weight = torch.where(v.y == 1, v.a, 1 - v.a)
    return -(weight * (1 - kept) ** 2 * torch.log(kept)).sum()


def triplet(v):
    a, p, n = v.x @ v.W.T, v.y @ v.W.T, v.z @ v.W.T
    return F.relu(((a - p) ** 2).sum(1) - ((a - n) ** 2).sum(1) + v.alpha).sum()


def infonce(v):
    return F.cross_entropy((v.x @ v.W.T) @ v.k.T / v.tau, torch.arange(len(v.x)))


def vae(v):
    mean, deviation = v.x @ v.M.T, torch.exp(v.x @ v.S.T / 2)
    prior = torch.distributions.Normal(torch.zeros_like(mean), torch.ones_like(mean))
    divergence = torch.distributions.kl_divergence(
        torch.distributions.Normal(mean, deviation), prior
    )
    decoded = (mean + deviation * v.epsilon) @ v.W.T
    return 0.5 * ((decoded - v.x) ** 2).sum() + divergence.sum()


def nmf(v):
    return 0.5 * ((v.V - v.W @ v.H) ** 2).sum()


def logistic_regression(v):
    loss = F.binary_cross_entropy_with_logits(v.x @ v.beta, v.y.double(), reduction="sum")
    return -loss - getattr(v, "lambda") / 2 * (v.beta**2).sum()


def matrix_factorisation(v):
    users, films = v.u - 1, v.i - 1
    errors = v.r - v.mu - v.b[users] - v.c[films] - (v.q[films] * v.p[users]).sum(1)
    penalty = sum((w**2).sum() for w in (v.b, v.c, v.q, v.p))
    return (errors**2).sum() + getattr(v, "lambda") * penalty


def gcn(v):
    with_loops = v.A + torch.eye(len(v.A), dtype=v.A.dtype)
    root = torch.rsqrt(with_loops.sum(1))
    mixing = root[:, None] * with_loops * root
    scores = mixing @ F.relu(mixing @ v.X @ v.W) @ v.V
    return F.cross_entropy(scores, v.y - 1, reduction="sum")


def gaussian_mixture(v):
    components = torch.distributions.Independent(
        torch.distributions.Normal(v.mu, torch.exp(v.s)[:, None].expand_as(v.mu)), 1
    )
    weights = torch.distributions.Categorical(logits=v.w)
    return torch.distributions.MixtureSameFamily(weights, components).log_prob(v.x).sum()


def poisson_regression(v):
    return -F.poisson_nll_loss(v.x @ v.beta, v.y.double(), reduction="sum")


def dropout(v):
    hidden = v.r * F.relu(v.x @ v.W.T + v.b)
    return 0.5 * F.mse_loss(hidden @ v.v, v.y)


def skip_gram(v):
    centre = v.v[v.c - 1]
    near = (centre * v.u[v.o - 1]).sum(1)
    far = torch.einsum("td,tkd->tk", centre, v.u[v.n - 1])
    return -F.logsigmoid(near).sum() - F.logsigmoid(-far).sum()


def bpr(v):
    apart = (v.w[v.u - 1] * (v.h[v.i - 1] - v.h[v.j - 1])).sum(1)
    return -F.logsigmoid(apart).sum()


def ode_net(v):
    h = v.x
    for _ in range(int(v.T)):
        h = h + v.eta * (v.V @ torch.tanh(v.W @ h + v.b))
    return 0.5 * ((h - v.y) ** 2).sum()


def elastic_net(v):
    errors = v.y - v.beta[0] - v.x @ v.beta[1:]
    weights, strength = v.beta[1:], getattr(v, "lambda")
    penalty = (1 - v.alpha) / 2 * (weights**2).sum() + v.alpha * weights.abs().sum()
    return 0.5 * (errors**2).mean() + strength * penalty


def quantile_regression(v):
    errors = v.y - v.b - v.x @ v.w
    return torch.where(errors > 0, v.tau * errors, (v.tau - 1) * errors).mean()


def preference_optimisation(v):
    rows = torch.arange(len(v.w))
    gains = torch.log_softmax(v.x @ v.theta, 1) - v.r
    return -F.logsigmoid(v.beta * (gains[rows, v.w - 1] - gains[rows, v.l - 1])).mean()


def cox(v):
    risks = v.x @ v.beta
    at_risk = torch.logcumsumexp(risks.flip(0), 0).flip(0)
    return (v.d * (risks - at_risk)).sum()


NUMBER = ()
WITNESSES = [
    Witness("softmax-cross-entropy", softmax_cross_entropy, {"z": (8, 5)}, {"y": ((8,), 1, 5)}),
    Witness("embedding-bag", embedding_bag, {"E": (9, 4), "u": (4,)}, {"w": ((5, 6), 1, 9), "y": ((5,), -1, 1)}),
    Witness("mixture-of-experts", mixture_of_experts, {"G": (4, 3), "W": (4, 2, 3), "x": (7, 3), "z": (7, 2)}, data=("x",)),
    Witness("segment-mean", segment_mean, {"x": (9, 3), "y": (4, 3)}, {"c": ((9,), 1, 4)}),
    Witness("pairwise-distances", pairwise_distances, {"x": (5, 2), "w": (4, 4), "D": (4, 4)}),
    Witness("huber", huber, {"beta": (3,), "delta": NUMBER, "x": (9, 3), "y": (9,)}, positive=("delta",), data=("delta",)),
    Witness("hinge", hinge, {"w": (3,), "b": NUMBER, "lambda": NUMBER, "x": (9, 3), "y": (9,)}),
    Witness("focal-loss", focal_loss, {"w": (3,), "b": NUMBER, "a": NUMBER, "x": (9, 3)}, {"y": ((9,), 0, 1)}),
    Witness("triplet", triplet, {"W": (2, 3), "alpha": NUMBER, "x": (6, 3), "y": (6, 3), "z": (6, 3)}),
    Witness("infonce", infonce, {"W": (4, 3), "tau": NUMBER, "x": (6, 3), "k": (6, 4)}, positive=("tau",)),
    Witness("vae", vae, {"M": (2, 4), "S": (2, 4), "W": (4, 2), "x": (5, 4), "epsilon": (5, 2)}),
    Witness("nmf", nmf, {"W": (5, 2), "H": (2, 4), "V": (5, 4)}),
    Witness("logistic-regression", logistic_regression, {"beta": (3,), "lambda": NUMBER, "x": (8, 3)}, {"y": ((8,), 0, 1)}),
    Witness("matrix-factorisation", matrix_factorisation, {
        "mu": NUMBER, "b": (4,), "c": (5,), "q": (5, 3), "p": (4, 3), "lambda": NUMBER, "r": (9,),
    }, {"u": ((9,), 1, 4), "i": ((9,), 1, 5)}),
    Witness("gcn", gcn, {"A": (5, 5), "X": (5, 3), "W": (3, 4), "V": (4, 2)}, {"y": ((5,), 1, 2)}, positive=("A",)),
    Witness("gaussian-mixture", gaussian_mixture, {"w": (3,), "mu": (3, 2), "s": (3,), "x": (6, 2)}),
    Witness("poisson-regression", poisson_regression, {"beta": (3,), "x": (7, 3)}, {"y": ((7,), 0, 6)}),
    Witness("dropout", dropout, {"W": (4, 3), "b": (4,), "v": (4,), "r": (6, 4), "x": (6, 3), "y": (6,)}),
    Witness("skip-gram", skip_gram, {"v": (6, 3), "u": (6, 3)}, {"c": ((5,), 1, 6), "o": ((5,), 1, 6), "n": ((5, 2), 1, 6)}),
    Witness("bpr", bpr, {"w": (4, 3), "h": (5, 3)}, {"u": ((6,), 1, 4), "i": ((6,), 1, 5), "j": ((6,), 1, 5)}),
    Witness("elastic-net", elastic_net, {"beta": (4,), "lambda": NUMBER, "alpha": NUMBER, "x": (7, 3), "y": (7,)}),
    Witness("quantile-regression", quantile_regression, {"w": (3,), "b": NUMBER, "tau": NUMBER, "x": (7, 3), "y": (7,)}),
    Witness(
        "preference-optimisation", preference_optimisation,
        {"theta": (3,), "beta": NUMBER, "x": (6, 4, 3), "r": (6, 4)}, {"w": ((6,), 1, 4), "l": ((6,), 1, 4)},
    ),
    Witness("cox", cox, {"beta": (3,), "x": (7, 3), "d": (7,)}),
    Witness("ode-net", ode_net, {
        "W": (4, 3), "V": (3, 4), "b": (4,), "x": (3,), "y": (3,), "eta": NUMBER,
    }, {"T": (NUMBER, 4, 4)}),
]  # fmt: skip


@pytest.mark.parametrize("witness", WITNESSES, ids=str)
def test_losses_as_in_pytorch(witness):
    compare(witness)
