"""The dictionary of a System."""

from __future__ import annotations

import json

from print_examples import correlation, softcount, spiral

from deltarule.notation import print_latex, print_text
from deltarule.notation.print_json import system_to_json


def test_it_is_json() -> None:
    found = system_to_json(spiral())
    assert json.loads(json.dumps(found)) == found


def test_what_is_wanted() -> None:
    found = system_to_json(spiral())
    assert found["title"] == "Spiral network"
    assert found["sizes"] == ["n", "M"]
    assert found["functions"] == ["g"]
    assert (found["objective"], found["outputs"], found["ties"]) == ("E", [], "first")
    assert found["adjoint_names"] == [{"objective": "E", "array": "xi", "name": "delta"}]


def test_arrays() -> None:
    found = {a["name"]: a for a in json.loads(json.dumps(system_to_json(spiral())))["arrays"]}
    assert found["w"] == {
        "name": "w",
        "text": "w[j,k]",
        "latex": "w_{j,k}",
        "kind": "real",
        "axes": ["j", "k"],
        "support": "j = 2..M, k = 1..j-1",
        "values": None,
        "outside": None,
        "defined": False,
        "adjoint_of": None,
    }
    assert found["dE_dw"]["text"] == "dE/dw[j,k]"
    assert found["dE_dw"]["latex"] == r"\frac{\partial \mathcal{E}}{\partial w_{j,k}}"
    assert found["dE_dw"]["adjoint_of"] == ["E", "w"]
    assert found["dE_dw"]["defined"] is True


def test_integer_arrays_and_unknown_supports() -> None:
    softcounts = json.loads(json.dumps(system_to_json(softcount())))["arrays"]
    label = next(a for a in softcounts if a["name"] == "y")
    assert (label["kind"], label["values"]) == ("integer", ["1", "N_Y"])
    assert all(
        a["support"] is None
        for a in json.loads(json.dumps(system_to_json(correlation())))["arrays"]
    )


def test_equations_are_those_of_the_printers() -> None:
    system = spiral()
    found = json.loads(json.dumps(system_to_json(system)))["equations"]
    assert [e["array"] for e in found] == ["h", "xi", "E", "delta", "dE_dw"]
    assert all(e["text"] == print_text.array(system, e["array"]) for e in found)
    assert all(e["latex"] == print_latex.array(system, e["array"]) for e in found)
