"""Makes src/deltarule/data/co2_mauna_loa.csv from the weekly record in statsmodels: monthly means."""

from __future__ import annotations

from pathlib import Path

import statsmodels.api as sm

TARGET = Path(__file__).parents[1] / "src" / "deltarule" / "data" / "co2_mauna_loa.csv"


def monthly_means() -> str:
    """CSV text: decimal year at the middle of the month, mean of the weekly values in ppm."""
    weekly = sm.datasets.co2.load_pandas().data["co2"].dropna()
    monthly = weekly.groupby([weekly.index.year, weekly.index.month]).mean()
    lines = ["year,ppm"]
    for (year, month), ppm in monthly.items():
        lines.append(f"{year + (month - 0.5) / 12:.4f},{ppm:.2f}")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    TARGET.write_text(monthly_means(), encoding="utf-8")
    print(f"wrote {TARGET}")
