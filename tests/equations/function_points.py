"""Where the functions of the table are tested, and what they are at infinity."""

from __future__ import annotations

import math

import numpy as np

from deltarule.equations.functions import KNOWN

INF, NAN = math.inf, math.nan
ONE_ARGUMENT = [n for n, f in KNOWN.items() if f.arity == 1]
SEVERAL_ARGUMENTS = [n for n, f in KNOWN.items() if f.arity > 1]
# beyond: Gamma overflows, mpmath fails on erfc, and single precision has nothing to resolve
SMOOTH_TO = {"Gamma": 30.0, "erfc": 1e30, "trigamma": 1e6, "digamma": 1e6, "lgamma": 1e6}
KINKS = {
    "relu": (0.0,), "relu6": (0.0, 6.0), "leaky_relu": (0.0,), "elu": (), "selu": (0.0,),
    "hardtanh": (-1.0, 1.0), "hardsigmoid": (-3.0, 3.0), "hardswish": (-3.0, 3.0),
    "softshrink": (-0.5, 0.5), "abs": (0.0,), "sign": (0.0,), "cbrt": (0.0,),
    "floor": (-1.0, 0.0, 2.0), "ceil": (-1.0, 0.0, 2.0), "round": (-0.5, 0.5, 1.5),
}  # fmt: skip
STEPS = ("sign", "floor", "ceil", "round")
POSITIVE = ("ln", "log2", "log10", "sqrt")
POLES = ("Gamma", "lgamma", "digamma", "trigamma")

# at minus and plus infinity
LIMITS: dict[str, tuple[float, float]] = {
    "exp": (0, INF), "expm1": (-1, INF), "ln": (NAN, INF), "log1p": (NAN, INF), "log2": (NAN, INF),
    "log10": (NAN, INF), "square": (INF, INF), "reciprocal": (0, 0), "sqrt": (NAN, INF),
    "cbrt": (-INF, INF), "sin": (NAN, NAN), "cos": (NAN, NAN), "tan": (NAN, NAN),
    "asin": (NAN, NAN), "acos": (NAN, NAN), "atan": (-math.pi / 2, math.pi / 2),
    "sinh": (-INF, INF), "cosh": (INF, INF), "tanh": (-1, 1), "asinh": (-INF, INF),
    "acosh": (NAN, INF), "atanh": (NAN, NAN), "sinc": (NAN, NAN), "sigmoid": (0, 1),
    "logit": (NAN, NAN), "logsigmoid": (-INF, 0), "softplus": (0, INF), "softsign": (-1, 1),
    "relu": (0, INF), "relu6": (0, 6), "leaky_relu": (-INF, INF), "elu": (-1, INF),
    "selu": (-1.7580993408473769, INF), "gelu": (0, INF), "gelu_tanh": (0, INF), "silu": (0, INF),
    "mish": (0, INF), "hardtanh": (-1, 1), "hardsigmoid": (0, 1), "hardswish": (0, INF),
    "tanhshrink": (-INF, INF), "softshrink": (-INF, INF), "abs": (INF, INF), "sign": (-1, 1),
    "floor": (-INF, INF), "ceil": (-INF, INF), "round": (-INF, INF), "identity": (-INF, INF),
    "erf": (-1, 1), "erfc": (2, 0), "normcdf": (0, 1), "Gamma": (NAN, INF), "lgamma": (-INF, INF),
    "digamma": (NAN, INF), "trigamma": (NAN, 0),
}  # fmt: skip


def points(name: str, dtype: type[np.floating], count: int = 200) -> np.ndarray:
    """Points of the domain: usual, tiny, subnormal and large ones, and both sides of the kinks."""
    source = np.random.default_rng(7)
    info = np.finfo(dtype)
    if name in ("asin", "acos", "atanh"):
        inside = np.concatenate(
            [source.uniform(-1, 1, count - 50), 1 - 10.0 ** -source.uniform(0, 6, 50)]
        )
        return _rounded(inside, dtype, -1 + info.eps, 1 - info.eps)
    if name == "logit":
        inside = np.concatenate(
            [source.uniform(0, 1, count - 50), 10.0 ** -source.uniform(0, 30, 50)]
        )
        return _rounded(inside, dtype, info.tiny, 1 - info.eps)
    if name == "acosh":
        count += 60  # those next to 1 fall out
    high = min(SMOOTH_TO.get(name, INF), float(info.max) / 16)
    exponents = source.uniform(np.log10(info.tiny) / 2, np.log10(high) / 2, 60)
    sizes = [
        source.uniform(0, 4, count - 100),
        source.uniform(0, 20, 30),
        10.0**exponents,
        [float(info.smallest_subnormal), float(info.tiny), float(info.tiny) / 3, float(info.eps),
         min(high, 1000.0), min(high, 100.0), min(high, 30.0), high, 0.1, 1.0 + 2**-12],
    ]  # fmt: skip
    positive = np.concatenate(sizes)
    if name in POSITIVE:
        return _rounded(positive, dtype, 0, high)
    if name == "acosh":
        return _rounded(1 + positive, dtype, 1 + info.eps, high)
    if name == "log1p":
        return _rounded(
            np.where(source.random(positive.size) < 0.3, -positive % 1, positive),
            dtype,
            -1 + info.eps,
            high,
        )
    if name in POLES:
        return _rounded(np.maximum(positive, 1e-10), dtype, 0, high)
    signed = positive * source.choice([-1.0, 1.0], positive.size)
    near = [np.nextafter(dtype(k), dtype(to)) for k in KINKS.get(name, ()) for to in (-INF, INF)]
    found = _rounded(
        np.concatenate([signed, np.asarray(near, dtype=np.float64)]), dtype, -high, high
    )
    return found[found != 0] if name == "reciprocal" else found


def _rounded(values: np.ndarray, dtype: type[np.floating], low: float, high: float) -> np.ndarray:
    with np.errstate(all="ignore"):
        rounded = np.asarray(values, dtype=np.float64).astype(dtype)
        return (
            rounded[(rounded > low) & (rounded < high)]
            if low == 0
            else rounded[(rounded >= low) & (rounded <= high)]
        )
