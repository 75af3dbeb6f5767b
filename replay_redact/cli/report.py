"""Reports of ``redact`` and ``scrub``: JSON for programs, a table for people, and the status."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from replay_redact.cli.files import STANDARD, UsageError, write
from replay_redact.cli.terminal.messages import complain, warn
from replay_redact.errors import RedactError

BAD_INPUT = 2

Reports = dict[str, dict[str, Any]]
"""The report of each input as plain data, or its ``error``."""


def report_of(work: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    """Do the work for one input; return its report, or its ``error``."""
    try:
        return work()
    except (RedactError, UsageError) as error:
        return {"error": str(error)}
    except BrokenPipeError:
        raise
    except OSError as error:
        return {"error": error.strerror or "cannot be read"}


def finish(reports: Reports, target: str | None) -> int:
    """Print which inputs failed and why, write the report if asked, return the status."""
    for source, report in reports.items():
        if "error" in report:
            complain(f"{source}: {report['error']}")
        elif "mostly_unreadable" in report:
            warn(f"{source}: warning: {_unreadable(report)}")
    if target:
        write_report(target, reports)
    return BAD_INPUT if any("error" in report for report in reports.values()) else 0


def _unreadable(report: dict[str, Any]) -> str:
    """Say how many events of an input are missing from its output."""
    lost, all_ = report["events"]["Unreadable"], sum(report["events"].values())
    if lost == all_:
        return "none of its events can be read, so none is in the output"
    return f"{lost} of its {all_} events cannot be read, so they are not in the output"


def write_report(target: str, reports: Reports) -> None:
    """Write JSON to a file, or a table to standard error: standard output may hold a recording."""
    if target == STANDARD:
        _print_tables(reports)
    else:
        write(target, json.dumps(reports, indent=2).encode() + b"\n")


def _print_tables(reports: Reports) -> None:
    for source, report in reports.items():
        rows = [
            ("" if number else part, what, count)
            for part, counts in report.items()
            for number, (what, count) in enumerate(_rows(counts))
        ]
        print("\n".join((source, *table(rows))), file=sys.stderr)


def table(rows: Sequence[tuple[str, str, str]]) -> Iterator[str]:
    r"""Yield the lines of a table: texts aligned on the left, numbers on the right.

    >>> print(*table([("events", "Input", "59"), ("", "Meta", "1")]), sep="\n")
      events  Input  59
              Meta    1
    """
    first, second, third = (max(map(len, column), default=0) for column in zip(*rows, strict=True))
    for part, what, count in rows:
        yield f"  {part:<{first}}  {what:<{second}}  {count:>{third}}".rstrip()


def _rows(counts: Any) -> list[tuple[str, str]]:
    """Return names and counts, largest first; any other value is one row without a count."""
    if not isinstance(counts, dict):
        return [(str(counts), "")]
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return [(name, f"{count:,}") for name, count in ordered] or [("nothing", "")]
