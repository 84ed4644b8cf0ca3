"""Greek letters below declared vectors that run nowhere."""

import pytest
from readings import printed_lines

READ = [
    (
        r"L_{\theta,\xi} = \|z_\theta - z'_\xi\|^2, \quad z_\theta, z'_\xi \in \mathbb{R}^n",
        ["L_theta_xi = sum(j=1..n) (z_theta[j] - z'_xi[j])^2"],
    ),
    (
        r"y_\mu = w^\top x_\mu, \quad x_\mu \in \mathbb{R}^n, \quad \mu = 1, \dots, P",
        ["y[mu] = sum(j=1..n) w[j] x[mu,j]   for mu = 1..P"],
    ),
    (
        r"L = \sum_{\mu=1}^P w^\top x_\mu, \quad x_\mu \in \mathbb{R}^n",
        ["L = sum(mu=1..P) sum(j=1..n) w[j] x[mu,j]"],
    ),
]


@pytest.mark.parametrize(("text", "lines"), READ)
def test_read(text, lines):
    assert printed_lines(text) == lines
