"""A trained model on disk: parameters as safetensors, all else as JSON beside them."""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from deltarule.errors import DeltaruleError
from deltarule.training.extras import require

ENDINGS = (".safetensors", ".json", ".png")


def check_writable(out: Path) -> None:
    """Raises E403 before any work is done when OUT.safetensors and its companions cannot be written."""
    if out.name in ("", ".."):
        raise DeltaruleError(
            "E403", f"'{out}' is a folder, not the name of a model", help=f"--out {out / 'fit'}"
        )
    try:
        for ending in ENDINGS:
            path = beside(out, ending)
            trial = _temporary(path)
            trial.touch(exist_ok=False)
            trial.unlink()
            if path.is_dir():
                raise IsADirectoryError(21, "is a directory")
    except OSError as error:
        raise _not_writable(out, error, "choose another place with --out") from None


def beside(out: Path, ending: str) -> Path:
    """fit --> fit.png; model.v2 --> model.v2.png"""
    return out.with_name(out.name + ending)


def save(out: Path, parameters: Mapping[str, NDArray[Any]], about: Mapping[str, Any]) -> None:
    """OUT.safetensors and OUT.json, each whole or not at all."""
    tensors = require("safetensors.numpy")
    plain = {n: np.ascontiguousarray(v).reshape(np.shape(v)) for n, v in parameters.items()}
    write_whole(beside(out, ".safetensors"), tensors.save(plain))
    text = json.dumps(about, indent=2, ensure_ascii=False) + "\n"
    write_whole(beside(out, ".json"), text.encode())


def load(out: Path) -> tuple[dict[str, NDArray[Any]], dict[str, Any]]:
    """What `save` wrote. Raises E404 when it is not there or not readable."""
    tensors = require("safetensors.numpy")
    damaged = require("safetensors").SafetensorError
    try:
        parameters = tensors.load(beside(out, ".safetensors").read_bytes())
        about = json.loads(beside(out, ".json").read_text(encoding="utf-8"))
    except (OSError, ValueError, damaged) as error:
        raise DeltaruleError(
            "E404",
            f"the model '{out}' cannot be read",
            seen=str(error),
            help="pass what was given to --out, without an ending",
        ) from None
    return dict(parameters), dict(about)


def write_whole(path: Path, content: bytes) -> None:
    """Write beside, then rename: a reader sees the old file or the new one, nothing between."""
    temporary = _temporary(path)
    try:
        try:
            with temporary.open("xb") as file:
                file.write(content)
            temporary.replace(path)
        finally:
            temporary.unlink(missing_ok=True)
    except OSError as error:
        raise _not_writable(path, error) from None


def _temporary(path: Path) -> Path:
    return path.with_name(f".{path.name}.{secrets.token_hex(4)}")


def _not_writable(path: Path, error: OSError, advice: str = "") -> DeltaruleError:
    reason = (error.strerror or "unknown reason").lower()
    return DeltaruleError("E403", f"'{path}' cannot be written: {reason}", help=advice)
