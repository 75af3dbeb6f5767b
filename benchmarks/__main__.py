"""``python -m benchmarks``: measure, print, keep, compare and check."""

from __future__ import annotations

import argparse
import dataclasses
import json
import platform
import sys
from pathlib import Path
from typing import Any

from benchmarks.measure import SECTIONS, Options, Result, Row

RECORDINGS = Path(__file__).resolve().parents[2] / "shared" / "recordings" / "pages"
SIZES = [10_000, 100_000, 1_000_000]

MAX_RATIO = 3.0
"""Warm redaction of real pages against the floor: more, and an ingestion path would rather
have a second machine than this library."""

MAX_SPREAD = 1.3
"""Cold time per node, slowest size against fastest: more, and something grows faster than
the page does. Processor caches alone account for some of it."""

LIMITS = {"pages": MAX_RATIO, "scaling": MAX_SPREAD}

CAVEAT = """\
Caveat: absolute figures vary by machine, and with what else runs on it. Only the ratios mean
something: each compares times that one process measured in turns, best of several. Warm figures
are of bytes that this process has redacted before: the most that its caches can save. Cold figures
start with empty caches. A page that comes for the first time costs about the cold figure.
"""


def main() -> int:
    options = _parser().parse_args()
    if options.compare:
        _print_comparison(*options.compare)
        return 0
    results = _measure(options)
    print(CAVEAT)
    if options.json:
        figures = {name: dataclasses.asdict(result) for name, result in results.items()}
        options.json.write_text(json.dumps(figures, indent=1) + "\n", "utf-8")
    return _check(results) if options.check else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks",
        description="Measure redaction against decoding and encoding the same bytes.",
    )
    add = parser.add_argument
    add("--recordings", type=Path, default=RECORDINGS, metavar="DIR", help="folder of real pages")
    add("--sizes", type=_sizes, default=SIZES, metavar="N,N", help="nodes of the generated pages")
    add("--repeat", type=_positive, default=7, metavar="N", help="runs of which the best counts")
    add("--only", choices=SECTIONS, action="append", help="measure this section; may be repeated")
    add("--json", type=Path, metavar="FILE", help="write the figures")
    add("--compare", type=Path, nargs=2, metavar=("OLD", "NEW"), help="compare two such files")
    add("--check", action="store_true", help="exit with 1 if a ratio is beyond its limit")
    return parser


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("must be at least 1")
    return number


def _sizes(text: str) -> list[int]:
    sizes = [_positive(size) for size in text.split(",")]
    if min(sizes) < 100:
        raise argparse.ArgumentTypeError("pages have at least 100 nodes")
    return sizes


def _measure(options: argparse.Namespace) -> dict[str, Result]:
    print(f"Python {platform.python_version()}, best of {options.repeat}\n")
    wanted = Options(options.recordings, options.sizes, options.repeat)
    results: dict[str, Result] = {}
    for name, section in SECTIONS.items():
        if options.only and name not in options.only:
            continue
        result = section(wanted)
        if result is None:
            print(f"## {name}\n\nskipped: no *.raw.json.gz in {options.recordings}\n")
            continue
        results[name] = result
        print(f"## {name}\n\n{result.note}\n")
        _print_table(result.rows)
    return results


def _check(results: dict[str, Result]) -> int:
    """Print each ratio that has a limit beside it; return the exit code."""
    beyond = False
    for name, limit in LIMITS.items():
        result = results.get(name)
        if result is None or result.headline is None:
            print(f"{name}: not measured, not checked")
            continue
        good = result.headline <= limit
        beyond = beyond or not good
        print(f"{name}: {result.headline:.2f}, limit {limit}: {'good' if good else 'TOO SLOW'}")
    return 1 if beyond else 0


def _print_comparison(old_path: Path, new_path: Path) -> None:
    """Print the figures that two files share, and new divided by old."""
    old, new = (_figures(json.loads(path.read_text("utf-8"))) for path in (old_path, new_path))
    rows: list[Row] = [
        {"": name, "old": figure, "new": new[name], "new / old": new[name] / figure}
        for name, figure in old.items()
        if name in new and figure
    ]
    _print_table(rows)


def _figures(sections: dict[str, Any]) -> dict[str, float]:
    """Flatten a file of figures: section, row and column to figure."""
    return {
        f"{section}: {row['']}: {column}": figure
        for section, result in sections.items()
        for row in result["rows"]
        for column, figure in row.items()
        if column
    }


def _print_table(rows: list[Row]) -> None:
    """Print rows as a Markdown table, aligned to be read as it is."""
    columns = list(rows[0]) if rows else [""]
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


if __name__ == "__main__":
    sys.exit(main())
