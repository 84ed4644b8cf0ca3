r"""How the author spells names in LaTeX, as far as it says more than the name.

\mathcal{L} of L, h_\theta of h_theta    -->   kept
\phi of phi, and {\phi} of a phi2 with as many subscripts   -->   only the first is kept
"""

from __future__ import annotations

import re
from dataclasses import replace

from deltarule.equations.system import System
from deltarule.notation.print_latex_names import name_to_latex


def is_own(name: str, spelling: str, free: bool) -> bool:
    """Whether the author's spelling says more than the name: \\mathcal{L} of L, but not xi of xi.

    An l that is no index is kept from becoming an \\ell, which would be another name.
    """
    usual = name_to_latex(name, {})
    return spelling != usual and (spelling != name or (free and r"\ell" in usual))


def told_apart(system: System) -> System:
    """Without the spellings of arrays that would look like another of as many subscripts."""
    first: dict[tuple[str, int], str] = {}
    shown = {}
    for name, array in sorted(system.arrays.items(), key=lambda item: (len(item[0]), item[0])):
        text = re.sub(r"[{}\s]", "", name_to_latex(name, system.latex))
        shown[name] = text, len(array.axes)
        first.setdefault(shown[name], name)
    latex = {n: x for n, x in system.latex.items() if n not in shown or first[shown[n]] == n}
    return replace(system, latex=latex)
