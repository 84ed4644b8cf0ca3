"""Packages that only some features need."""

from __future__ import annotations

import importlib
from typing import Any

from deltarule.errors import DeltaruleError


def require(package: str) -> Any:
    """The module. Raises E405 with the command that installs it."""
    try:
        return importlib.import_module(package)
    except ImportError:
        top = package.partition(".")[0]
        raise DeltaruleError(
            "E405",
            f"training needs the package '{top}', which is not installed",
            help="python -m pip install 'deltarule[fit]'",
        ) from None
