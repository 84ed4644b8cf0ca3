"""Words that a document writes as letters side by side."""

from __future__ import annotations

import pytest
from readings import printed_lines

READ = [
    (  # what counts and is a value
        r"$$PE_{(pos,2i)} = \sin(pos / 100^{2i/d})$$",
        ["PE[pos, 2*i] = sin(pos/100^(2 i/d))"],
    ),
    (  # a word of the plain text
        "$$y_t = rate x_t$$\n\n```deltarule\nrate = 1/2 + c\n```",
        ["y[t] = rate x[t]", "rate = 1/2 + c"],
    ),
    (  # each letter is a symbol of its own
        "$$y_t = ab x_t + a + b$$\n\n```deltarule\nab[t] = a x[t]\n```",
        ["y[t] = a b x[t] + a + b", "ab[t] = a x[t]"],
    ),
    (r"$$x_{ijk,l} = a_{ijk} b_l$$", ["x[i,j,k,l] = a[i,j,k] b[l]"]),
    (r"$$x_{ijk} = ijk$$", ["x[i,j,k] = i j k"]),
    (r"$$x_{ij,l} = ij + l$$", ["x[i,j,l] = i j + l"]),
]


@pytest.mark.parametrize(("text", "expected"), READ)
def test_read(text: str, expected: list[str]) -> None:
    assert printed_lines(text) == expected
