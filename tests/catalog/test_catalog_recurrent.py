"""Recurrent networks, state spaces and filters of the catalog, beside PyTorch."""

from __future__ import annotations

import pytest
from against_torch import Witness, compare, torch

F = torch.nn.functional


def run_module(module, weights, inputs):
    """The states of a recurrent module of PyTorch with these weights."""
    output, _ = torch.func.functional_call(module.double(), weights, (inputs,))
    return output


def squared_error(found, wanted):
    return 0.5 * ((found - wanted) ** 2).sum()


def rnn(v):
    weights = {
        "weight_ih_l0": v.U, "weight_hh_l0": v.W,
        "bias_ih_l0": v.b, "bias_hh_l0": torch.zeros_like(v.b),
    }  # fmt: skip
    module = torch.nn.RNN(v.U.shape[1], v.U.shape[0])
    return squared_error(run_module(module, weights, v.x) @ v.V.T + v.c, v.y)


def gates(v, letters):
    """The arrays of all gates below one another, in PyTorch's order."""
    return {
        "weight_ih_l0": torch.cat([getattr(v, f"W_i{g}") for g in letters]),
        "weight_hh_l0": torch.cat([getattr(v, f"W_h{g}") for g in letters]),
        "bias_ih_l0": torch.cat([getattr(v, f"b_i{g}") for g in letters]),
        "bias_hh_l0": torch.cat([getattr(v, f"b_h{g}") for g in letters]),
    }


def lstm(v):
    module = torch.nn.LSTM(v.W_ii.shape[1], v.W_ii.shape[0])
    return squared_error(run_module(module, gates(v, "ifgo"), v.x), v.y)


def gru(v):
    module = torch.nn.GRU(v.W_ir.shape[1], v.W_ir.shape[0])
    return squared_error(run_module(module, gates(v, "rzn"), v.x), v.y)


def gate_shapes(letters, units, features, steps):
    shapes = {"x": (steps, features), "y": (steps, units)}
    for gate in letters:
        shapes |= {f"W_i{gate}": (units, features), f"W_h{gate}": (units, units)}
        shapes |= {f"b_i{gate}": (units,), f"b_h{gate}": (units,)}
    return shapes


def bidirectional(v):
    weights = {}
    for side, suffix in (("right", ""), ("left", "_reverse")):
        weights |= {
            f"weight_ih_l0{suffix}": getattr(v, f"W_{side}"),
            f"weight_hh_l0{suffix}": getattr(v, f"V_{side}"),
            f"bias_ih_l0{suffix}": getattr(v, f"b_{side}"),
            f"bias_hh_l0{suffix}": torch.zeros_like(v.b_left),
        }
    module = torch.nn.RNN(v.W_left.shape[1], v.W_left.shape[0], bidirectional=True)
    return squared_error(run_module(module, weights, v.x) @ v.U.T + v.c, v.y)


def state_space(v):
    h, outputs = torch.zeros_like(v.B_bar), []
    for u in v.u:
        h = v.A_bar @ h + v.B_bar * u
        outputs.append(v.C_bar @ h + v.D_bar * u)
    return squared_error(torch.stack(outputs), v.t)


def selective_scan(v):
    h, outputs = torch.zeros_like(v.A), []
    for x in v.x:
        step = F.softplus(v.W @ x + v.b)[:, None]
        h = torch.exp(step * v.A) * h + step * (v.P @ x) * x[:, None]
        outputs.append(h @ (v.Q @ x))
    return squared_error(torch.stack(outputs), v.r)


def exponential_smoothing(v):
    level, errors = v.ell_init, 0
    for y in v.y:
        errors = errors + (y - level) ** 2
        level = v.alpha * y + (1 - v.alpha) * level
    return errors


def garch(v):
    a = v.r - v.mu
    variance, loss = v.s**2, 0
    for t in range(1, len(a)):
        variance = v.alpha_0 + v.alpha_1 * a[t - 1] ** 2 + v.beta_1 * variance
        loss = loss + F.gaussian_nll_loss(a[t], torch.zeros_like(a[t]), variance, full=True)
    return -loss


def kalman_filter(v):
    mean, variance, loss = v.m, v.V, 0
    for y in v.y:
        mean, variance = v.a * mean, v.a**2 * variance + v.q
        innovation, spread = y - mean, variance + v.r
        loss = loss - 0.5 * (torch.log(spread) + innovation**2 / spread)
        gain = variance / spread
        mean, variance = mean + gain * innovation, (1 - gain) * variance
    return loss


def ode_net(v):
    h = v.x
    for _ in range(3):
        h = h + v.eta * (v.V @ torch.tanh(v.W @ h + v.b))
    return squared_error(h, v.y)


def cumulative_sum(v):
    return torch.cumsum(v.x, 0)


def volume_rendering(v):
    a = torch.exp(-v.sigma * v.d)
    through = torch.cat([torch.ones(1, dtype=a.dtype), torch.cumprod(a[:-1], 0)])
    return (((through * (1 - a)) @ v.c - v.y) ** 2).sum()


NUMBER = ()
WITNESSES = [
    Witness("rnn", rnn, {"U": (3, 2), "W": (3, 3), "b": (3,), "V": (4, 3), "c": (4,), "x": (6, 2), "y": (6, 4)}),
    Witness("rnn", rnn, {"U": (1, 1), "W": (1, 1), "b": (1,), "V": (1, 1), "c": (1,), "x": (1, 1), "y": (1, 1)}),
    Witness("lstm", lstm, gate_shapes("ifgo", 4, 3, 5)),
    Witness("lstm", lstm, gate_shapes("ifgo", 1, 1, 1)),
    Witness("gru", gru, gate_shapes("rzn", 4, 3, 5)),
    Witness("gru", gru, gate_shapes("rzn", 1, 1, 1)),
    Witness("bidirectional-rnn", bidirectional, {
        "W_right": (3, 2), "V_right": (3, 3), "b_right": (3,), "W_left": (3, 2), "V_left": (3, 3),
        "b_left": (3,), "U": (4, 6), "c": (4,), "x": (5, 2), "y": (5, 4),
    }),
    Witness("state-space", state_space, {"A_bar": (3, 3), "B_bar": (3,), "C_bar": (3,), "D_bar": NUMBER, "u": (6,), "t": (6,)}),
    Witness("selective-scan", selective_scan, {
        "W": (3, 3), "b": (3,), "P": (2, 3), "Q": (2, 3), "A": (3, 2), "x": (5, 3), "r": (5, 3),
    }),
    Witness("exponential-smoothing", exponential_smoothing, {"alpha": NUMBER, "ell_init": NUMBER, "y": (7,)}),
    Witness("garch", garch, {
        "mu": NUMBER, "alpha_0": NUMBER, "alpha_1": NUMBER, "beta_1": NUMBER, "s": NUMBER, "r": (8,),
    }, positive=("alpha_0", "alpha_1", "beta_1", "s")),
    Witness("kalman-filter", kalman_filter, {
        "a": NUMBER, "q": NUMBER, "r": NUMBER, "m": NUMBER, "V": NUMBER, "y": (7,),
    }, positive=("q", "r", "V")),
    Witness("cumulative-sum", cumulative_sum, {"x": (6,)}),
    Witness("volume-rendering", volume_rendering, {"sigma": (6,), "d": (6,), "c": (6, 3), "y": (3,)}, positive=("sigma", "d")),
]  # fmt: skip


@pytest.mark.parametrize("witness", WITNESSES, ids=str)
def test_recurrences_as_in_pytorch(witness):
    compare(witness)
