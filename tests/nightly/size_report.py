"""docs/reports/size.md: a row for each thing that was timed, a column for each size."""

import os
import platform
from collections.abc import Sequence
from datetime import UTC, datetime

from tests.support.servers import ROOT

REPORT = ROOT / "docs" / "reports" / "size.md"


class Sizes:
    """Figures by row and size."""

    def __init__(self, sizes: Sequence[int], remarks: Sequence[str]) -> None:
        self._sizes, self._remarks = sizes, remarks
        self._rows: dict[str, dict[int, float]] = {}

    def note(self, row: str, size: int, figure: float) -> None:
        """Keep a figure."""
        self._rows.setdefault(row, {})[size] = figure

    def write(self) -> None:
        """Write what there is; a size that was not reached stays empty."""
        table = [
            "| | " + " | ".join(f"{size:,}" for size in self._sizes) + " |",
            "|---|" + "---|" * len(self._sizes),
        ]
        for row, figures in self._rows.items():
            cells = (f"{figures[size]:.0f}" if size in figures else "" for size in self._sizes)
            table.append(f"| {row} | {' | '.join(cells)} |")
        REPORT.write_text("\n".join([*self._head(), *table]) + "\n", "utf-8")

    def _head(self) -> list[str]:
        marks = f"{datetime.now(UTC):%Y-%m-%d}, {platform.machine()}, {os.cpu_count()} cores."
        return [
            "# PostgreSQL at its sizes",
            "",
            f"{marks} {' '.join(self._remarks)} Made by `.venv-api/bin/python -m pytest "
            "tests/nightly/test_postgres_at_size.py`. Columns are conversations.",
            "",
        ]
