"""What the functions of the table are in numbers: on NumPy arrays, and in mpmath's many digits.

On arrays float32 stays float32, NaN stays NaN, and an infinite argument gives the limit where there
is one. The caller silences NumPy's warnings.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

# Klambauer et al. 2017, as PyTorch has them
SELU_SCALE = "1.0507009873554804934193349852946"
SELU_ALPHA = "1.6732632423543772848170429916717"
# Hendrycks and Gimpel 2016
GELU_CUBIC = "0.044715"

_SCALE, _ALPHA, _CUBIC = float(SELU_SCALE), float(SELU_ALPHA), float(GELU_CUBIC)
_GELU_SLOPE = 2 * (2 / np.pi) ** 0.5


def like(u: Any, values: Any) -> Any:
    """The values in the type of u, where u is an array of floating-point numbers."""
    dtype = np.asarray(u).dtype
    return np.asarray(values).astype(dtype)[()] if dtype.kind == "f" else values


def special(name: str) -> Callable[[Any], Any]:
    """A function of scipy.special, which takes time to import: only when it is called."""

    def apply(u: Any) -> Any:
        import scipy.special

        return getattr(scipy.special, name)(u)

    return apply


ndtr, expit = special("ndtr"), special("expit")


# ------------------------------------------------------------------------------ on arrays


def _gated(u: Any, gate: Any) -> Any:
    """u times a gate that is 0 at minus infinity faster than u grows."""
    return np.where(np.isneginf(u), gate, u * gate)[()]


def softplus(u: Any) -> Any:
    return np.logaddexp(u, np.zeros((), dtype=np.asarray(u).dtype))


def gelu(u: Any) -> Any:
    return _gated(u, ndtr(u))


def gelu_tanh(u: Any) -> Any:
    """1/2 u (1 + tanh v) = u sigmoid(2 v), without the cancellation of 1 - 1."""
    return _gated(u, expit(_GELU_SLOPE * u * (1 + _CUBIC * np.square(u))))


def silu(u: Any) -> Any:
    return _gated(u, expit(u))


def mish(u: Any) -> Any:
    """u tanh(softplus(u)), with tanh ln(1 + e^u) = n / (n + 2) for n = e^u (e^u + 2)."""
    e = np.exp(-np.abs(u))
    right = (1 + 2 * e) / (1 + 2 * e + 2 * np.square(e))
    left = e * (e + 2)
    return _gated(u, np.where(u > 0, right, left / (left + 2)))


def leaky_relu(u: Any) -> Any:
    return np.where(u > 0, u, u * like(u, 0.01))[()]


def elu(u: Any) -> Any:
    return np.where(u > 0, u, np.expm1(np.minimum(u, 0)))[()]


def selu(u: Any) -> Any:
    return np.where(u > 0, _SCALE * u, (_SCALE * _ALPHA) * np.expm1(np.minimum(u, 0)))[()]


def relu6(u: Any) -> Any:
    return clip(u, 0, 6)


def softsign(u: Any) -> Any:
    return np.where(np.isinf(u), np.sign(u), u / (1 + np.abs(u)))[()]


def hardtanh(u: Any) -> Any:
    return clip(u, -1, 1)


def hardsigmoid(u: Any) -> Any:
    return clip((u + 3) / 6, 0, 1)


def hardswish(u: Any) -> Any:
    return _gated(u, hardsigmoid(u))


def softshrink(u: Any) -> Any:
    return np.where(np.isinf(u), u, u - clip(u, -0.5, 0.5))[()]


def tanhshrink(u: Any) -> Any:
    return u - np.tanh(u)


def trigamma(u: Any) -> Any:
    """psi'(u) = zeta(2, u); pi^2 / sin(pi u)^2 - psi'(1 - u) on the left."""
    import scipy.special

    wide = np.asarray(u, dtype=np.float64)
    positive = scipy.special.zeta(2.0, np.where(wide > 0, wide, 1 - wide))
    sine = np.sin(np.pi * (wide - np.rint(wide)))
    return like(u, np.where(wide > 0, positive, np.square(np.pi / sine) - positive))


def sinc(u: Any) -> Any:
    """sin(pi u) / (pi u), by the remainder of u modulo 2: exact also for large u."""
    rest = u - 2 * np.rint(u / 2)
    top = np.sin(np.pi * rest)
    return np.where(u == 0, like(u, 1), top / (np.pi * np.where(u == 0, like(u, 1), u)))[()]


def reciprocal(u: Any) -> Any:
    return 1.0 / u


def clip(u: Any, low: Any, high: Any) -> Any:
    return np.minimum(np.maximum(u, low), high)


# ------------------------------------------------------------------------------ in many digits


def mp_softplus(m: Any, u: Any) -> Any:
    return m.log1p(m.exp(-abs(u))) + max(u, u * 0)


def mp_gelu_tanh(m: Any, u: Any) -> Any:
    inner = m.sqrt(2 / m.pi) * (u + m.mpf(GELU_CUBIC) * u**3)
    return u / (1 + m.exp(-2 * inner))


def mp_mish(m: Any, u: Any) -> Any:
    n = m.exp(u) * (m.exp(u) + 2)
    return u * n / (n + 2)


def mp_selu(m: Any, u: Any) -> Any:
    return m.mpf(SELU_SCALE) * (u if u > 0 else m.mpf(SELU_ALPHA) * m.expm1(u))


def mp_clip(m: Any, u: Any, low: Any, high: Any) -> Any:
    return min(max(u, low), high)


def mp_cbrt(m: Any, u: Any) -> Any:
    return m.sign(u) * m.cbrt(abs(u))


def mp_sinc(m: Any, u: Any) -> Any:
    return m.sinpi(u) / (m.pi * u) if u else m.one


def mp_softshrink(m: Any, u: Any) -> Any:
    return u - mp_clip(m, u, -m.mpf("0.5"), m.mpf("0.5"))


def mp_hardsigmoid(m: Any, u: Any) -> Any:
    return mp_clip(m, (u + 3) / 6, m.zero, m.one)


def mp_gamma(m: Any, u: Any) -> Any:
    return m.nan if _is_pole(m, u) else m.gamma(u)


def mp_lgamma(m: Any, u: Any) -> Any:
    """ln |Gamma(u)|."""
    return m.nan if _is_pole(m, u) else m.re(m.loggamma(u))


def mp_polygamma(order: int) -> Any:
    return lambda m, u: m.nan if _is_pole(m, u) else m.psi(order, u)


def mp_logaddexp(m: Any, u: Any, v: Any) -> Any:
    return max(u, v) + m.log1p(m.exp(-abs(u - v)))


def mp_mod(m: Any, u: Any, v: Any) -> Any:
    return u - v * m.floor(u / v) if v else m.nan


def _is_pole(m: Any, u: Any) -> bool:
    return bool(u <= 0 and u == m.floor(u))
