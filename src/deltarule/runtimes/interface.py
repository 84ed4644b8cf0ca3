"""What a runtime is: something that binds a System to sizes and gives back a function of arrays."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from deltarule.equations.system import System

Arrays = Mapping[str, NDArray[Any]]


class Bound(Protocol):
    """A System at given sizes.

    Takes the inputs and gives the wanted arrays, each dense over the bounding box of its support
    (`layout.box`), zero outside it; integer arrays hold the author's values. A scalar is 0-d.
    """

    def __call__(self, arrays: Arrays) -> dict[str, NDArray[Any]]: ...


class Runtime(Protocol):
    name: str

    def bind(
        self,
        system: System,
        sizes: Mapping[str, int],
        wanted: tuple[str, ...],
        functions: Mapping[str, str],
        dtype: np.dtype[Any],
    ) -> Bound:
        """Prepare a System for repeated evaluation.

        `functions` names the meaning of uninterpreted functions: {"g": "tanh"}. Raises E104 for a
        range that is not known, E307 for a function without a meaning, E308 beyond the memory budget.
        """
        ...
