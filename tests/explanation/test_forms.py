"""What a reader is told: `deltarule derive --steps`, in each form."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest

import deltarule as dr
from deltarule.cli import main

SPIRAL = """
1. dE/dh[i,j]
h[i,k] is read in the equation
h[i,j] (j < M) feeds xi[i,k] for k = j+1..M, with the slope
dxi[i,k]/dh[i,j] = w[k,j]
h[i,M] feeds E, with the slope
dE/dh[i,M] = h[i,M] - y[i]
Every use adds what is fed times the slope:
It is put in its place in delta[i,j].
delta[i,j] stands for dE/dxi[i,j].
dh[i,j]/dxi[i,j] = g'(xi[i,j])
This is a triangular recursion that runs backwards in j.
w[j,k] feeds xi[i,j] for i = 1..n, with the slope
Adding over all that is fed:
dE/dw[j,k] = sum(i=1..n) delta[i,j] h[i,k]   for j = 2..M, k = 1..j-1
4. Result
"""

SOFTCOUNT = """
At a tie the first place counts (policy: first).
dh[ell]/dxi[k] = -[k = ell_star] h[ell]
exp(xi[ell_star]) = max(ell=1..N_Y) exp(xi[ell])
On the way (pick the term that the bracket selects):
Case by case:
-1   if k != ell_star, k = y
"""

CORRELATION = """
h[m_1,m_2] feeds xi[n_1,n_2]
dxi[n_1,n_2]/dh[m_1,m_2] = w[m_1-n_1, m_2-n_2]
This is a convolution of delta with w.
"""

CASES = [("spiral", SPIRAL), ("softcount", SOFTCOUNT), ("correlation", CORRELATION)]


def run(*arguments: str) -> int:
    with pytest.raises(SystemExit) as left:
        main(["derive", *arguments, "--steps"])
    return int(left.value.code or 0)


def printed(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert run(*arguments) == 0
    return capsys.readouterr().out


@pytest.mark.parametrize(("name", "expected"), CASES)
def test_text(name: str, expected: str, capsys: pytest.CaptureFixture[str]) -> None:
    lines = [line.strip() for line in printed(capsys, name).splitlines()]
    place = 0
    for line in expected.strip().splitlines():
        found = next((n for n in range(place, len(lines)) if line.strip() in lines[n]), None)
        assert found is not None, line
        place = found


@pytest.mark.parametrize("name", [name for name, _ in CASES])
def test_html_is_well_formed(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    page = printed(capsys, name, "--format", "html")
    body = page[page.index("<body>") : page.index("</body>") + len("</body>")]
    root = ElementTree.fromstring(body)
    assert len(root.findall("h2")) == len(re.findall("<h2>", body)) > 2
    assert all(p.text is None or "@" not in p.text for p in root.findall("p"))


@pytest.mark.parametrize("form", ["markdown", "latex"])
def test_latex(form: str, capsys: pytest.CaptureFixture[str]) -> None:
    text = printed(capsys, "spiral", "--format", form)
    assert r"\frac{\partial \xi_{i,k}}{\partial h_{i,j}} &= w_{k,j}" in text
    assert text.count(r"\begin{aligned}") == text.count(r"\end{aligned}") > 5
    assert text.count("$") % 2 == 0


def test_a_name_of_the_authors(capsys: pytest.CaptureFixture[str]) -> None:
    shown = printed(capsys, "two-layer", "--name", "delta=dL/dz1")
    assert "delta" in shown and "stands for dL/dz1" in shown


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["--format", "json"], "E401"),
        (["--name", "delta"], "E401"),
        (["--name", "delta=E"], "E401"),
        (["--name", "delta=dF/dxi"], "E110"),
        (["--name", "w=dE/dh"], "E110"),
        (["--name", "1x=dE/dh"], "E110"),
    ],
)
def test_refused(arguments: list[str], code: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("spiral", *arguments) == 2
    assert f"error[{code}]" in capsys.readouterr().err


def test_kinks_are_stated() -> None:
    system = dr.read("L = sum(i=1..n) abs(w x[i] - y[i])")
    assert "The slope of abs is taken as 0 at 0." in system.explain()


def test_an_output_has_its_cotangent_given() -> None:
    shown = dr.read("y[t] = w x[t] + u y[t-1] for t = 1..T\ny[0] = 0").explain()
    assert "is an output: dL_dy_given[t] is given." in shown
