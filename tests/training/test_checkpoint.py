"""Models on disk: whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pytest

from deltarule.errors import DeltaruleError
from deltarule.training import checkpoint

ABOUT = {"equations": "h = ξ", "seed": 3}


def test_what_is_saved_is_loaded(tmp_path):
    parameters = {"w": np.arange(6.0).reshape(2, 3).T, "b": np.asarray(2.5)}
    checkpoint.save(tmp_path / "model.v2", parameters, ABOUT)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["model.v2.json", "model.v2.safetensors"]
    found, about = checkpoint.load(tmp_path / "model.v2")
    assert about == ABOUT
    assert {n: v.tolist() for n, v in found.items()} == {
        n: v.tolist() for n, v in parameters.items()
    }


def test_files_have_the_usual_permissions(tmp_path):
    (tmp_path / "usual").touch()
    checkpoint.write_whole(tmp_path / "model", b"")
    assert (tmp_path / "model").stat().st_mode == (tmp_path / "usual").stat().st_mode


@pytest.mark.parametrize(
    "out", [".", "..", "/", "no/such/folder/fit", "file/fit", "taken", "x" * 300]
)
def test_a_place_that_cannot_be_written_is_named_before_training(tmp_path, monkeypatch, out):
    monkeypatch.chdir(tmp_path)
    Path("file").touch()
    Path("taken.json").mkdir()
    before = sorted(os.listdir())
    with pytest.raises(DeltaruleError) as caught:
        checkpoint.check_writable(Path(out))
    assert caught.value.code == "E403"
    assert sorted(os.listdir()) == before


def test_checking_leaves_nothing_behind_and_harms_nothing(tmp_path):
    (tmp_path / "fit.json").write_text("old")
    checkpoint.check_writable(tmp_path / "fit")
    assert [(p.name, p.read_text()) for p in tmp_path.iterdir()] == [("fit.json", "old")]


def test_a_failure_keeps_the_old_file(tmp_path, monkeypatch):
    (tmp_path / "fit.json").write_text("old")

    def full(self, target):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(DeltaruleError, match="no space left"):
        checkpoint.write_whole(tmp_path / "fit.json", b"new")
    assert [(p.name, p.read_text()) for p in tmp_path.iterdir()] == [("fit.json", "old")]


@pytest.mark.parametrize(
    ("ending", "content"), [(".safetensors", b"junk"), (".json", b"{"), (".json", b"\xff")]
)
def test_a_damaged_model_is_named(tmp_path, ending, content):
    checkpoint.save(tmp_path / "fit", {"w": np.ones(2)}, ABOUT)
    checkpoint.beside(tmp_path / "fit", ending).write_bytes(content)
    with pytest.raises(DeltaruleError) as caught:
        checkpoint.load(tmp_path / "fit")
    assert caught.value.code == "E404"


def test_a_missing_model_is_named(tmp_path):
    with pytest.raises(DeltaruleError) as caught:
        checkpoint.load(tmp_path / "fit")
    assert caught.value.code == "E404"
