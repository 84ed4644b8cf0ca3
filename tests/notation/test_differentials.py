"""dt in LaTeX: the product of d and t, or one symbol."""

from __future__ import annotations

import pytest
from readings import printed, refusal

READ = [
    (r"v_{t+1} = v_t + d t (u_t - v_t)", "v[t+1] = v[t] + d t * (u[t] - v[t])"),
    (r"y = dx + d", "y = d x + d"),
    (r"y = ad + bc", "y = a d + b c"),
    (r"y = d_t + d x", "y = d_t + d x"),
    (r"v_{t+1} = v_t + \Delta t (u_t - v_t)", "v[t+1] = v[t] + Delta_t * (u[t] - v[t])"),
]


@pytest.mark.parametrize(("text", "expected"), READ)
def test_read(text: str, expected: str) -> None:
    assert printed(f"$$ {text} $$") == expected


@pytest.mark.parametrize("text", [r"v_{t+1} = v_t + dt (u_t - v_t)", "y = a dt"])
def test_refused(text: str) -> None:
    assert refusal(f"$$ {text} $$") == ("E006", "dt")
