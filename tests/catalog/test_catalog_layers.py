"""Convolutions, pooling, normalisation, attention and graphs of the catalog, beside PyTorch."""

from __future__ import annotations

import pytest
from against_torch import Witness, compare, torch

F = torch.nn.functional


def conv1d(v):
    return F.conv1d(v.x[None], v.w, v.b, stride=2)[0]


def conv2d(v):
    return F.conv2d(v.V[None], v.K, v.b)[0]


def transposed_convolution(v):
    return F.conv_transpose1d(v.Z[None, None], v.K[None, None], stride=2)[0, 0]


def depthwise_convolution(v):
    channels = v.F.shape[2]
    kernel = v.K_hat.permute(2, 0, 1)[:, None]
    filtered = F.conv2d(v.F.permute(2, 0, 1)[None], kernel, groups=channels)
    return F.conv2d(filtered, v.P.T[:, :, None, None])[0].permute(1, 2, 0)


def max_pooling(v):
    return F.max_pool2d(v.x[None, None], 2)[0, 0]


def average_pooling(v):
    return F.avg_pool2d(v.x[None, None], 2)[0, 0]


def batch_norm(v):
    return F.batch_norm(v.x, None, None, v.gamma, v.beta, training=True, eps=1e-5)


def layer_norm(v):
    return F.layer_norm(v.a, v.a.shape[1:], v.g, v.b, eps=1e-5)


def rms_norm(v):
    return F.rms_norm(v.a, v.a.shape[1:], v.g, eps=1e-6)


def causal_attention(v):
    return F.scaled_dot_product_attention(v.Q[None], v.K[None], v.V[None], is_causal=True)[0]


def multi_head_attention(v):
    """PyTorch has the heads below one another, in one matrix."""
    heads, inner, width = v.WQ.shape
    projections = torch.cat([w.reshape(heads * inner, width) for w in (v.WQ, v.WK, v.WV)])
    x = v.x[:, None]
    found, _ = F.multi_head_attention_forward(
        x, x, x, width, heads, projections, None, None, None, False, 0.0,
        v.WO.reshape(width, heads * inner), None, need_weights=False,
    )  # fmt: skip
    return found[:, 0]


def additive_attention(v):
    hidden = torch.tanh((v.s @ v.W.T)[:, None] + (v.h @ v.U.T)[None])
    return torch.softmax(hidden @ v.v, 1) @ v.h


def linear_attention(v):
    q, k = F.elu(v.Q) + 1, F.elu(v.K) + 1
    weights = torch.tril(q @ k.T)
    return weights @ v.V / weights.sum(1, keepdim=True)


def gat(v):
    z = v.x @ v.W.T
    scores = F.leaky_relu((z @ v.a)[:, None] + (z @ v.b)[None], 0.01)
    return torch.softmax(scores + torch.log(v.A), 1) @ z


WITNESSES = [
    Witness("conv1d", conv1d, {"x": (3, 9), "w": (4, 3, 3), "b": (4,)}),
    Witness("conv2d", conv2d, {"V": (3, 7, 6), "K": (4, 3, 3, 2), "b": (4,)}),
    Witness("conv2d", conv2d, {"V": (1, 1, 1), "K": (1, 1, 1, 1), "b": (1,)}),
    Witness("transposed-convolution", transposed_convolution, {"Z": (5,), "K": (4,)}),
    Witness("depthwise-convolution", depthwise_convolution, {"F": (6, 5, 3), "K_hat": (3, 3, 3), "P": (3, 4)}),
    Witness("max-pooling", max_pooling, {"x": (6, 8)}),
    Witness("average-pooling", average_pooling, {"x": (6, 8)}),
    Witness("batch-norm", batch_norm, {"x": (6, 4), "gamma": (4,), "beta": (4,)}),
    Witness("layer-norm", layer_norm, {"a": (5, 6), "g": (6,), "b": (6,)}),
    Witness("rms-norm", rms_norm, {"a": (5, 6), "g": (6,)}),
    Witness("causal-attention", causal_attention, {"Q": (6, 4), "K": (6, 4), "V": (6, 4)}),
    Witness("causal-attention", causal_attention, {"Q": (1, 1), "K": (1, 1), "V": (1, 1)}),
    Witness("multi-head-attention", multi_head_attention, {
        "x": (5, 6), "WQ": (2, 3, 6), "WK": (2, 3, 6), "WV": (2, 3, 6), "WO": (6, 2, 3),
    }),
    Witness("additive-attention", additive_attention, {
        "s": (4, 3), "h": (5, 3), "W": (2, 3), "U": (2, 3), "v": (2,),
    }),
    Witness("linear-attention", linear_attention, {"Q": (6, 3), "K": (6, 3), "V": (6, 4)}),
    Witness("gat", gat, {"x": (5, 3), "W": (4, 3), "a": (4,), "b": (4,), "A": (5, 5)}, positive=("A",)),
]  # fmt: skip


@pytest.mark.parametrize("witness", WITNESSES, ids=str)
def test_layers_as_in_pytorch(witness):
    compare(witness)
