"""Columns of a CSV file as arrays."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from deltarule.errors import DeltaruleError
from deltarule.training.extras import require

if TYPE_CHECKING:
    import polars

SHIPPED = {"co2": "co2_mauna_loa.csv"}


def read_columns(path: str, mapping: Mapping[str, str]) -> dict[str, NDArray[Any]]:
    """Each array from its column; `x=a+b` puts two columns side by side, `x=pixel_*` all that match.

    Integer columns stay integers. Raises E402 for a missing column, E404 for a file or column that
    cannot be read as numbers, E304 for missing or infinite values, E405 without polars.
    """
    table = _open(path)
    found = {}
    for name, columns in mapping.items():
        chosen = _columns(table, columns)
        values = [_numbers(table, column) for column in chosen]
        single = len(values) == 1 and "+" not in columns and "*" not in columns
        found[name] = values[0] if single else np.column_stack(values)
    return found


def _open(path: str) -> polars.DataFrame:
    pl = require("polars")
    where: Any = Path(path)
    if path in SHIPPED and not where.exists():
        where = resources.files("deltarule.data") / SHIPPED[path]
    try:
        text = where.read_bytes()
    except OSError as error:
        reason = (error.strerror or "cannot be opened").lower()
        raise DeltaruleError(
            "E404",
            f"the data '{path}' cannot be read: {reason}",
            help=f"pass a CSV file, or the name of a record that is shipped: {', '.join(SHIPPED)}",
        ) from None
    try:
        table: polars.DataFrame = pl.read_csv(text, infer_schema_length=None)
    except (pl.exceptions.PolarsError, UnicodeDecodeError) as error:
        first = str(error).splitlines()[0]
        raise DeltaruleError(
            "E404", f"'{path}' is not a CSV file: {first}", help="a header line, then numbers"
        ) from None
    if table.height == 0:
        raise DeltaruleError("E404", f"'{path}' has no rows", help="a header line, then numbers")
    return table


def _columns(table: polars.DataFrame, columns: str) -> list[str]:
    found: list[str] = []
    for part in columns.split("+"):
        if part.endswith("*"):
            matching = [c for c in table.columns if c.startswith(part[:-1])]
        else:
            matching = [c for c in table.columns if c == part]
        if not matching:
            near = difflib.get_close_matches(part, table.columns, 1)
            hint = f"did you mean '{near[0]}'? " if near else ""
            shown = ", ".join(table.columns[:12]) + (", …" if len(table.columns) > 12 else "")
            raise DeltaruleError(
                "E402", f"the data have no column '{part}'", help=f"{hint}columns: {shown}"
            )
        found += matching
    return found


def _numbers(table: polars.DataFrame, column: str) -> NDArray[Any]:
    series = table[column]
    if not series.dtype.is_numeric():
        as_numbers = series.cast(require("polars").Float64, strict=False)  # "nan" is text to polars
        series = as_numbers if as_numbers.is_null().sum() == series.is_null().sum() else series
    if not series.dtype.is_numeric():
        raise DeltaruleError(
            "E404",
            f"the column '{column}' does not hold numbers",
            seen=f"{series.dtype}, for example '{series[0]}'",
            help="numbers only; name another column with --map",
        )
    missing = series.is_null()
    if missing.any():
        raise _not_a_number(column, int(missing.arg_max() or 0), "nothing")
    values: NDArray[Any] = series.to_numpy()
    if values.dtype.kind == "f" and not np.isfinite(values).all():
        row = int(np.argmax(~np.isfinite(values)))
        raise _not_a_number(column, row, str(values[row]))
    return values


def _not_a_number(column: str, row: int, seen: str) -> DeltaruleError:
    return DeltaruleError(
        "E304",
        f"the column '{column}' has a gap in row {row + 1}",
        seen=seen,
        help="remove the row, or fill it in",
    )
