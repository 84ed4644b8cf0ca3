"""Columns of CSV files, and what is said of files that are not."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

import pytest

from deltarule.errors import DeltaruleError
from deltarule.training.data import read_columns
from deltarule.training.extras import require

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(
    ("content", "mapping", "code", "says"),
    [
        (b"year,ppm\n1,2\n", {"x": "yaer"}, "E402", "did you mean 'year'?"),
        (b"year,ppm\n1,2\n", {"x": "p_*"}, "E402", "columns: year, ppm"),
        (b"a,b\n1,two\n", {"x": "b"}, "E404", "'two'"),
        (b"a,b\n1,2\n3,\n", {"x": "b"}, "E304", "row 2"),
        (b"a,b\n1,2\n3,nan\n", {"x": "b"}, "E304", "row 2"),
        (b"a,b\n1,inf\n3,1\n", {"x": "b"}, "E304", "row 1"),
        (b"a,b\n", {"x": "a"}, "E404", "no rows"),
        (b"", {"x": "a"}, "E404", "not a CSV file"),
        (b"a\n\xff\xfe\n", {"x": "a"}, "E404", ""),
    ],
)
def test_bad_data_are_named(tmp_path, content, mapping, code, says):
    file = tmp_path / "data.csv"
    file.write_bytes(content)
    with pytest.raises(DeltaruleError) as caught:
        read_columns(str(file), mapping)
    assert caught.value.code == code
    assert says in str(caught.value)


@pytest.mark.parametrize("name", ["missing.csv", "."])
def test_a_file_that_cannot_be_opened_is_named(tmp_path, name):
    with pytest.raises(DeltaruleError) as caught:
        read_columns(str(tmp_path / name), {"x": "a"})
    assert caught.value.code == "E404"
    assert "co2" in caught.value.help


def test_columns_side_by_side(tmp_path):
    file = tmp_path / "data.csv"
    file.write_text("p1,p2,k\n1.5,2,1\n3,4,2\n")
    found = read_columns(str(file), {"x": "p*", "z": "p2+p1", "y": "k"})
    assert found["x"].tolist() == [[1.5, 2.0], [3.0, 4.0]]
    assert found["z"].tolist() == [[2.0, 1.5], [4.0, 3.0]]
    assert found["y"].tolist() == [1, 2]
    assert found["y"].dtype.kind == "i"


def test_the_shipped_record_is_what_its_tool_makes():
    pytest.importorskip("statsmodels.api", reason="the record's source is in statsmodels")
    spec = importlib.util.spec_from_file_location("make_co2", ROOT / "tools" / "make_co2.py")
    tool = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(tool)
    assert tool.TARGET.read_text(encoding="utf-8") == tool.monthly_means()
    years = read_columns("co2", {"x": "year"})["x"]
    assert (len(years), years[0], years[-1]) == (521, 1958.2083, 2001.9583)


def test_a_missing_package_is_named_with_the_command_that_installs_it(monkeypatch):
    monkeypatch.setitem(sys.modules, "polars", None)
    with pytest.raises(DeltaruleError) as caught:
        require("polars")
    assert caught.value.code == "E405"
    assert "'polars'" in caught.value.message
    assert "pip install 'deltarule[fit]'" in caught.value.help
