"""The command line: what it prints, its exit status, and that nothing is half-written."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from deltarule import cli
from deltarule.catalog import names


def run(capsys, *arguments):
    with pytest.raises(SystemExit) as ended:
        cli.main(list(arguments))
    printed = capsys.readouterr()
    return ended.value.code, printed.out, printed.err


def test_solve_prints_every_section(capsys):
    status, out, _ = run(capsys, "solve", "spiral")
    assert status == 0
    titles = [line for line in out.splitlines() if line and not line.startswith((" ", "="))]
    assert titles == [
        "Spiral network", "equations", "ranges", "gradients of E", "proof",
        "price in multiply-accumulates", "time",
    ]  # fmt: skip
    assert "recurrence in increasing j, every i independent" in out
    assert "recurrence in decreasing j, every i independent" in out
    assert "forward Euler, only what a weight touches" in out


def test_list_aligns_names_and_titles(capsys):
    status, out, _ = run(capsys, "list")
    assert status == 0
    rows = [line.split(maxsplit=1) for line in out.splitlines()]
    assert [name for name, _ in rows] == names()
    assert ["spiral", "Spiral network"] in rows
    assert (
        len(
            {
                line.index(title, len(name))
                for line, (name, title) in zip(out.splitlines(), rows, strict=True)
            }
        )
        == 1
    )


def test_derive_as_json_names_the_convolution(capsys):
    status, out, _ = run(capsys, "derive", "correlation", "--format", "json")
    assert status == 0
    gradients = json.loads(out)["gradients of L"]
    assert gradients["h"]["known_as"] == ["a convolution of delta with w"]
    assert gradients["w"]["known_as"] == ["a correlation of delta with h"]


def test_derive_shows_the_four_cases(capsys):
    _, out, _ = run(capsys, "derive", "softcount", "--wrt", "xi,h")
    assert "dL/dh[k] = -[k = y]/h[y]   for k = 1..N_Y" in out
    assert [line.split() for line in out.splitlines() if line.strip().startswith("k = y ")] == [
        ["k", "=", "y", "0", "-1"]
    ]
    assert [line.split() for line in out.splitlines() if line.strip().startswith("k != y ")] == [
        ["k", "!=", "y", "1", "0"]
    ]
    assert "policy: first" in out


def test_cost_is_a_polynomial_in_the_authors_names(capsys):
    _, out, _ = run(capsys, "cost", "two-layer")
    assert "N_i N_h (2 N_x + 3 N_y)" in out
    assert "O(N_i N_h (N_x + N_y)) against O(N_i N_h^2 (N_x + N_y)^2)" in out


@pytest.mark.parametrize(
    ("arguments", "code", "hint"),
    [
        (["derive", "spirall"], "E005", "did you mean 'spiral'?"),
        (["derive", "spiral", "--wrt", "q"], "E110", "arrays:"),
        (["derive", "spiral", "--of", "h"], "E109", "defined scalars: E"),
        (["derive", "spiral", "--format", "pdf"], "E401", "deltarule --help"),
        (["frobnicate"], "E401", "deltarule --help"),
        (["fit", "spiral", "--data", "co2", "--map", "x"], "E401", "x=year,y=ppm"),
        (["fit", "spiral", "--data", "co2", "--map", "x=yaer,y=ppm", "--set", "M=3", "--let", "g=tanh"],
         "E402", "did you mean 'year'?"),
        (["fit", "spiral", "--data", "co2", "--map", "x=year,y=ppm", "--let", "g=tanh"], "E305", "M="),
        (["fit", "spiral", "--data", "co2", "--map", "x=year,y=ppm", "--set", "M=3"], "E307", "--let g=tanh"),
        (["fit", "spiral", "--data", "no.csv", "--map", "x=year,y=ppm", "--set", "M=3", "--let", "g=tanh"],
         "E404", "co2"),
        (["fit", "spiral", "--data", "co2", "--map", "x=year,y=ppm", "--set", "M=3", "--let", "g=tanh",
          "--out", "no/such/folder/fit"], "E403", "--out"),
        (["fit", "spiral", "--data", "co2", "--map", "x=year,y=ppm", "--set", "M=3", "--let", "g=tnh"],
         "E307", "did you mean 'tanh'?"),
    ],
)  # fmt: skip
def test_mistakes_are_one_screen_with_status_2(
    capsys, tmp_path, monkeypatch, arguments, code, hint
):
    monkeypatch.chdir(tmp_path)
    status, out, err = run(capsys, *arguments)
    assert status == 2
    assert out == ""
    assert err.startswith(f"error[{code}]: ")
    assert hint in err
    assert "Traceback" not in err and len(err.splitlines()) <= 12
    assert list(tmp_path.iterdir()) == []


def test_help_imports_nothing_heavy():
    check = (
        "import sys\nfrom deltarule import cli\n"
        "try: cli.main(['--help'])\nexcept SystemExit: pass\n"
        "print([m for m in ('numpy', 'scipy', 'islpy', 'sympy', 'mpmath') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", check], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"
