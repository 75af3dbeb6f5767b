"""``python -m benchmarks``: measure, print, keep, compare and check."""

from __future__ import annotations

import argparse
import dataclasses
import json
import platform
import sys
from pathlib import Path

from benchmarks.measure import ON_REQUEST, SECTIONS
from benchmarks.results import Bar, Options, Result, Skipped
from benchmarks.tables import bar_row, print_comparison, print_table

RECORDINGS = Path(__file__).resolve().parents[2] / "shared" / "recordings" / "pages"
SIZES = [1_000, 10_000, 100_000, 1_000_000]

CAVEAT = """\
Caveat: absolute figures vary by machine, and with what else runs on it. Only the ratios mean
something: each compares times that were taken in turns, best of several. All start with empty
caches; a page that is new to a process that has seen others costs about as much.
"""


def main(arguments: list[str] | None = None) -> int:
    options = _parser().parse_args(arguments)
    if options.compare:
        print_comparison(*options.compare)
        return 0
    results = _measure(options)
    bars = [bar for result in results.values() for bar in result.bars]
    _print_bars(bars)
    print(CAVEAT)
    if options.json:
        figures = {name: dataclasses.asdict(result) for name, result in results.items()}
        options.json.write_text(json.dumps(figures, indent=1) + "\n", "utf-8")
    return 1 if options.check and not all(bar.held for bar in bars) else 0


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
    add("--build-peers", action="store_true", help="build the peers that have to be built, first")
    add("--json", type=Path, metavar="FILE", help="write the figures")
    add("--compare", type=Path, nargs=2, metavar=("OLD", "NEW"), help="compare two such files")
    add("--check", action="store_true", help="exit with 1 if a figure is beyond its limit")
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
    wanted = Options(options.recordings, options.sizes, options.repeat, options.build_peers)
    results: dict[str, Result] = {}
    for name in options.only or [name for name in SECTIONS if name not in ON_REQUEST]:
        print(f"### {name}\n", flush=True)
        result = SECTIONS[name](wanted)
        if isinstance(result, Skipped):
            print(f"skipped, and its limits not checked: {result.reason}\n")
            continue
        results[name] = result
        print(f"{result.note}\n")
        print_table(result.rows)
    return results


def _print_bars(bars: list[Bar]) -> None:
    """Print each figure that has a limit beside it."""
    print("### limits\n")
    if bars:
        print_table([bar_row(bar) for bar in bars])
    else:
        print("no figure with a limit was measured\n")


if __name__ == "__main__":
    sys.exit(main())
