"""What is printed is read again, and means the same: read(print(s)) == s in each kind of text.

Over the documents of `papers/`, the good cases, the catalog, and Systems that Hypothesis makes up.
"""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from test_papers import READ

import deltarule as dr
from deltarule.equations.difference import difference
from deltarule.equations.objectives import objective_of
from deltarule.equations.system import System
from deltarule.notation.print_latex import system_to_latex
from deltarule.notation.print_mathml import system_to_mathml
from deltarule.notation.print_text import system_to_text
from deltarule.notation.spell_text import UNICODE
from runtimes.random_systems import systems

TESTS = Path(__file__).parent.parent
CATALOG = TESTS.parent / "src" / "deltarule" / "catalog"
DOCUMENTS = [
    *READ,
    *sorted((TESTS / "cases" / "good").glob("*.md")),
    *sorted(CATALOG.glob("*.md")),
]

PRINTERS = {
    "text": system_to_text,
    "unicode": lambda system: system_to_text(system, UNICODE),
    "latex": system_to_latex,
    "mathml": system_to_mathml,
}

# what a notation cannot say without the rest of the author's document, and why
TYPESET = ("latex", "mathml")
REASONS = [
    ("moe_jordan_jacobs", TYPESET, r"\mu_i is a name beside \mu_{i,l}, elements of another array"),
    ("elastic_net_glmnet", TYPESET, r"P_\alpha is a name only where P_\alpha(\beta) is defined"),
    ("smooth_l1_fast_rcnn", TYPESET, r"t^u is a name only where it is the argument of a function"),
    ("bilinear_sampler_jaderberg", TYPESET, r"x_i^s is named x_s by its declaration"),
    (
        "rg_lru_griffin",
        TYPESET,
        r"beside the vector a, the vectors a_t; beside a_j, the numbers a_{tj}",
    ),
    ("skipgram_softmax_mikolov", TYPESET, r"w_O is the argument of p(w_O | w_I)"),
    ("coefficient_of_determination", ("mathml",), "SS is a product of two letters"),
    ("rnn_transducer_forward", ("mathml",), r"\emptyset and \varnothing are one character"),
    ("levenshtein_wikipedia", tuple(PRINTERS), "max(i, j) where i = 0 is read as j"),
    (
        "bayes_by_backprop",
        tuple(PRINTERS),
        r"\pi is a weight where it is one, and the constant elsewhere",
    ),
    ("fisher_discriminant", TYPESET, r"N is a size beside N_k"),
    ("vtrace", TYPESET, r"\delta V is one name only where \delta_t V is written"),
    ("lattice_filter", tuple(PRINTERS), "that an input is 0 outside of its range is a remark"),
    ("nt_xent_simclr", tuple(PRINTERS), "the pairs 2k-1, 2k are no range"),
    ("aft_full", TYPESET, "t' is an index, printed with a prime below that is no subscript"),
    ("biquad_cookbook_plain", TYPESET, "f0 is one name only in plain text"),
    (
        "byol",
        tuple(PRINTERS),
        r"z'_\xi is a name, and the prime a transpose where it is read again",
    ),
    (
        "diff_transformer",
        TYPESET,
        r"\lambda_{q_1} is a name by its declaration, which is not printed",
    ),
    (
        "evidential_regression",
        TYPESET,
        r"\beta (1 + \nu) counts nothing by a remark that is not printed",
    ),
    ("iaf_density", TYPESET, r"\log q is a name by its left side with arguments"),
    ("simpson_composite", tuple(PRINTERS), "n is a size by its range, which is not printed"),
    ("windowed_sinc_hamming", ("mathml",), r"\pi (n - M/2) below a bar is no call"),
]
UNSAYABLE = {(name, kind): reason for name, kinds, reason in REASONS for kind in kinds}


@pytest.mark.parametrize("kind", PRINTERS)
@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda p: f"{p.parent.name}-{p.stem}")
def test_documents(path, kind):
    system = dr.read(path)
    if (path.stem, kind) not in UNSAYABLE:
        assert difference(system, read_again(system, kind)) is None


@pytest.mark.parametrize(("name", "kind"), UNSAYABLE)
def test_what_cannot_be_said_is_not_said(name, kind):
    system = dr.read(TESTS / "notation" / "papers" / f"{name}.md")
    with pytest.raises((dr.DeltaruleError, AssertionError)):
        assert difference(system, read_again(system, kind)) is None


@pytest.mark.parametrize("kind", PRINTERS)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(system=systems())
def test_random_systems(system, kind):
    system = as_read(system)
    assert difference(system, read_again(system, kind)) is None


def as_read(system: System) -> System:
    """With the objective that a reader finds, and without sizes that nothing mentions."""
    text = system_to_text(system)
    sizes = tuple(size for size in system.sizes if re.search(rf"\b{size}\b", text))
    return objective_of(replace(system, sizes=sizes))


def read_again(system: System, kind: str) -> System:
    return dr.read(PRINTERS[kind](system))
