"""PyTorch's autograd as an independent witness of values and gradients."""

from __future__ import annotations

import numpy as np
import pytest

import deltarule as dr

torch = pytest.importorskip("torch", reason="PyTorch is an optional witness; it is not installed")
F = torch.nn.functional


def spiral(x, y, w):
    h = [x]
    for j in range(w.shape[0]):
        h.append(torch.tanh(sum(w[j, k] * h[k] for k in range(j + 1))))
    return 0.5 * ((h[-1] - y) ** 2).sum()


def softcount(xi, y):
    h = torch.exp(xi) / torch.exp(xi).max()
    return -torch.log(h[int(y) - 1])


def two_layers(W1, W2, x, y):
    return ((torch.sigmoid(x @ W1.T) @ W2.T - y) ** 2).sum() / x.shape[0]


def softmax(xi, y):
    return F.cross_entropy(xi, y.long() - 1)


SOFTMAX = r"""
p_{i,k} = \frac{e^{\xi_{i,k}}}{\sum_{l=1}^{K} e^{\xi_{i,l}}}, \quad
L = -\frac{1}{n}\sum_{i=1}^n \ln p_{i,y_i}
"""


def recurrent(U, V, x, y):
    h = torch.zeros(U.shape[0], dtype=U.dtype)
    loss = 0
    for t in range(x.shape[0]):
        h = torch.tanh(U @ x[t] + V @ h)
        loss = loss + ((h - y[t]) ** 2).sum()
    return loss


RECURRENT = r"""
z_{t,j} = \sum_{k=1}^n U_{j,k} x_{t,k} + \sum_{l=1}^m V_{j,l} h_{t-1,l}

h_{t,j} = \tanh z_{t,j} \quad \text{for } 1 \le t \le T

h_{0,j} = 0 \quad \text{for } 1 \le j \le m

L = \sum_{t=1}^T \sum_{j=1}^m (h_{t,j} - y_{t,j})^2
"""


def attention(Q, K, V, R):
    a = torch.softmax(Q @ K.T / Q.shape[1] ** 0.5, dim=1)
    return (a @ V * R).sum()


ATTENTION = r"""
S_{i,j} = \frac{1}{\sqrt{D}} \sum_{d=1}^{D} Q_{i,d} K_{j,d}, \quad
A_{i,j} = \frac{e^{S_{i,j}}}{\sum_{k=1}^{N} e^{S_{i,k}}}

O_{i,d} = \sum_{j=1}^N A_{i,j} V_{j,d}, \quad L = \sum_{i=1}^N \sum_{d=1}^D R_{i,d} O_{i,d}
"""


def normalised(x, g, b, R):
    return (F.layer_norm(x, x.shape[1:], g, b, eps=0.125) * R).sum()


NORMALISED = r"""
\mu_i = \frac{1}{D}\sum_{d=1}^D x_{i,d}, \quad v_i = \frac{1}{D}\sum_{d=1}^D (x_{i,d}-\mu_i)^2

L = \sum_{i=1}^n \sum_{d=1}^D R_{i,d} (g_d \frac{x_{i,d}-\mu_i}{\sqrt{v_i + 0.125}} + b_d)
"""


def lower(size):
    return np.tril(np.ones((size, size)))


CASES = [
    ("spiral", {"g": "tanh"}, spiral, {"x": (9,), "y": (9,), "w": (5, 5)}, {}),
    ("spiral", {"g": "tanh"}, spiral, {"x": (1,), "y": (1,), "w": (1, 1)}, {}),
    ("softcount", {}, softcount, {"xi": (7,)}, {"y": ((), 7)}),
    ("softcount", {}, softcount, {"xi": (1,)}, {"y": ((), 1)}),
    (
        "two-layer", {"sigma": "sigmoid"}, two_layers,
        {"W1": (4, 3), "W2": (2, 4), "x": (6, 3), "y": (6, 2)}, {},
    ),
    (
        "two-layer", {"sigma": "sigmoid"}, two_layers,
        {"W1": (1, 1), "W2": (1, 1), "x": (1, 1), "y": (1, 1)}, {},
    ),
    (SOFTMAX, {}, softmax, {"xi": (8, 5)}, {"y": ((8,), 5)}),
    (RECURRENT, {}, recurrent, {"U": (3, 2), "V": (3, 3), "x": (6, 2), "y": (6, 3)}, {}),
    (RECURRENT, {}, recurrent, {"U": (1, 1), "V": (1, 1), "x": (1, 1), "y": (1, 1)}, {}),
    (ATTENTION, {}, attention, {"Q": (5, 3), "K": (5, 3), "V": (5, 3), "R": (5, 3)}, {}),
    (NORMALISED, {}, normalised, {"x": (4, 6), "g": (6,), "b": (6,), "R": (4, 6)}, {}),
]  # fmt: skip


@pytest.mark.parametrize("dtype", [np.float64, np.float32], ids=["float64", "float32"])
@pytest.mark.parametrize(("text", "functions", "witness", "reals", "integers"), CASES)
def test_value_and_gradient(text, functions, witness, reals, integers, dtype):
    rng = np.random.default_rng(0)
    arrays = {n: rng.normal(size=shape).astype(dtype) for n, shape in reals.items()}
    if "w" in arrays:
        arrays["w"] = (arrays["w"] * lower(len(arrays["w"]))).astype(dtype)
    data = {n: rng.integers(1, top + 1, size=shape) for n, (shape, top) in integers.items()}
    f = dr.read(text).compile(functions=functions, wrt=list(reals))
    loss, gradients = f.value_and_grad(**arrays, **data)
    tensors = {n: torch.tensor(v, requires_grad=True) for n, v in arrays.items()}
    expected = witness(**tensors, **{n: torch.tensor(v) for n, v in data.items()})
    expected.backward()
    tolerance = 1e-11 if dtype is np.float64 else 2e-4
    assert loss == pytest.approx(expected.item(), rel=tolerance, abs=tolerance)
    for name, tensor in tensors.items():
        assert gradients[name].dtype == dtype
        np.testing.assert_allclose(
            gradients[name], tensor.grad.numpy(), rtol=tolerance, atol=tolerance
        )


@pytest.mark.parametrize(("height", "width", "reach"), [(7, 6, 1), (9, 8, 2), (1, 1, 1), (4, 3, 5)])
def test_correlational_layer(height, width, reach):
    rng = np.random.default_rng(1)
    image = rng.normal(size=(height, width))
    kernel = rng.normal(size=(2 * reach + 1,) * 2)
    delta = rng.normal(size=image.shape)
    output, pullback = dr.read("correlation").compile().vjp(h=image, w=kernel)
    h, w = (torch.tensor(v[None, None], requires_grad=True) for v in (image, kernel))
    expected = F.conv2d(h, w, padding=reach)
    expected.backward(torch.tensor(delta[None, None]))
    np.testing.assert_allclose(output, expected.detach().numpy()[0, 0], atol=1e-12)
    gradients = pullback(delta)
    np.testing.assert_allclose(gradients["h"], h.grad.numpy()[0, 0], atol=1e-12)
    np.testing.assert_allclose(gradients["w"], w.grad.numpy()[0, 0], atol=1e-12)
