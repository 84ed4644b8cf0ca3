"""deltarule: equations of a network in, its back-propagation out: derived, proved, priced, compiled."""

from __future__ import annotations

from typing import TYPE_CHECKING

from deltarule.errors import DeltaruleError

if TYPE_CHECKING:
    from deltarule.api import Formula, System, read

__version__ = "0.1.0"
__all__ = ["DeltaruleError", "Formula", "System", "__version__", "read"]


def __getattr__(name: str) -> object:
    """`read` and `System` load on first use, so that `deltarule --help` need not wait for isl."""
    if name in ("read", "System", "Formula"):
        from deltarule import api

        return getattr(api, name)
    raise AttributeError(f"module 'deltarule' has no attribute '{name}'")
