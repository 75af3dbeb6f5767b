"""The report of ``redact``, as JSON for programs and as a table for people."""

from __future__ import annotations

import json
from typing import Any

from replay_redact.cli.files import STANDARD, write

Reports = dict[str, dict[str, Any]]
"""The report of each input as plain data, or its ``error``."""


def write_report(target: str, reports: Reports) -> None:
    """Write JSON to a file, or a table to standard error: standard output may hold a recording."""
    if target == STANDARD:
        _print_tables(reports)
    else:
        write(target, json.dumps(reports, indent=2).encode() + b"\n")


def _print_tables(reports: Reports) -> None:
    from rich.console import Console  # noqa: PLC0415 - import it for tables only
    from rich.table import Table  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415 - a file name may look like markup

    console = Console(stderr=True)
    for source, report in reports.items():
        table = Table(title=Text(source), title_justify="left")
        table.add_column("")
        table.add_column("what")
        table.add_column("count", justify="right")
        for part, counts in report.items():
            for number, (what, count) in enumerate(_rows(counts)):
                table.add_row("" if number else part, Text(what), count)
            table.add_section()
        console.print(table)


def _rows(counts: Any) -> list[tuple[str, str]]:
    """Return names and counts, the largest first. An error is one row without a count."""
    if isinstance(counts, str):
        return [(counts, "")]
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return [(name, f"{count:,}") for name, count in ordered] or [("nothing", "")]
