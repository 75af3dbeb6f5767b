"""Print tables, and compare the figures of two runs."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from benchmarks.results import Bar, Row


def print_table(rows: list[Row]) -> None:
    """Print rows as a Markdown table, aligned to be read as it is."""
    columns = list(dict.fromkeys(column for row in rows for column in row)) or [""]
    cells = [columns] + [[_cell(row.get(column, "")) for column in columns] for row in rows]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    rule = ["-" * widths[0], *("-" * (width - 1) + ":" for width in widths[1:])]
    for line in (cells[0], rule, *cells[1:]):
        first, *others = zip(line, widths, strict=True)
        padded = [first[0].ljust(first[1]), *(cell.rjust(width) for cell, width in others)]
        print(f"| {' | '.join(padded)} |")
    print(flush=True)


def _cell(value: str | float) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, int):
        return f"{value:,}"
    return f"{value:,.0f}" if value >= 100 else f"{value:.4f}" if value < 1 else f"{value:.2f}"


def bar_row(bar: Bar) -> Row:
    return {
        "": bar.what,
        "figure": float(bar.figure),
        "limit": f"{'at least' if bar.at_least else 'at most'} {_cell(float(bar.limit))}",
        "held": "yes" if bar.held else "NO",
    }


def print_comparison(old_path: Path, new_path: Path) -> None:
    """Print the figures that two files share, and new divided by old."""
    old, new = (figures(json.loads(path.read_text("utf-8"))) for path in (old_path, new_path))
    rows: list[Row] = [
        {"": name, "old": figure, "new": new[name], "new / old": new[name] / figure}
        for name, figure in old.items()
        if name in new and figure
    ]
    print_table(rows)


def figures(sections: dict[str, Any]) -> dict[str, float]:
    """Flatten a file of figures: section, row and column to figure.

    >>> figures({"pages": {"rows": [{"": "floor", "seconds": 0.5, "found": "all"}]}})
    {'pages: floor: seconds': 0.5}
    """
    return {
        f"{section}: {row['']}: {column}": figure
        for section, result in sections.items()
        for row in result["rows"]
        for column, figure in row.items()
        if column and isinstance(figure, int | float)
    }
