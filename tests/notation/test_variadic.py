"""Functions of any number of values, by a formula for a_1, …, a_k."""

from __future__ import annotations

import pytest
from readings import error_of

import deltarule as dr

LSE = r"\mathrm{lse}(a_1, \dots, a_k) = \log \sum_{i=1}^k e^{a_i}"
MINIMUM = r"{\min}^\gamma \{ a_1, \dots, a_k \} = -\gamma \log \sum_{i=1}^k e^{-a_i/\gamma}"

READ = [
    (rf"$$ y = \mathrm{{lse}}(u, v), \quad {LSE} $$", "y = ln(exp(u) + exp(v))"),
    (rf"$$ y = \mathrm{{lse}}(x_1, \dots, x_n), \quad {LSE} $$", "y = ln(sum(i=1..n) exp(x[i]))"),
    (
        rf"$$ y = {{\min}}^\gamma \{{ u, v \}}, \quad {MINIMUM} $$",
        "y = -gamma ln(exp(-u/gamma) + exp(-v/gamma))",
    ),
    (
        r"$$ y = \mathrm{mean}(u, v, w), \quad \mathrm{mean}(a_1, \dots, a_k) = \frac{1}{k} \sum_i a_i $$",
        "y = 1/3 (u + v + w)",
    ),
    (
        r"$$ y = g(u, v), \quad g(a_1, \dots, a_k) = a_1 \prod_{i=1}^k a_i + \max_i a_i $$",
        "y = u u v + { u if u >= v; v otherwise }",
    ),
    (r"$$ L(x_1, \dots, x_n) = \sum_{i=1}^n x_i^2 $$", "L = sum(i=1..n) x[i]^2"),
    (r"$$ \mathbf{dtw}_\gamma = 2 r $$", "dtw_gamma = 2 r"),
]

REFUSED = [
    (r"$$ y = {\max}^\gamma \{a, b\} $$", "E006", r"\max"),  # a power?
    (
        r"$$ y = f(p, q), \quad f(a_1, \dots, a_k) = \sum_{i=1}^k a_i a_{i+1} $$",
        "E008",
        "f(p, q)",
    ),
    (r"$$ p(x_1, \dots, x_n) = \prod_{i=1}^n p(x_i) $$", "E003", "p(x_1"),
    (r"$$ y = \mathbf{Wx} + b $$", "E006", r"\mathbf"),
]


@pytest.mark.parametrize(("text", "shown"), READ)
def test_read(text: str, shown: str) -> None:
    assert shown in str(dr.read(text))


@pytest.mark.parametrize(("text", "code", "place"), REFUSED)
def test_refused(text: str, code: str, place: str) -> None:
    error = error_of(text)
    assert error.code == code
    assert text[error.at.start :].startswith(place)
