"""Sections ``memory`` and ``stream``: the peak memory of one snapshot, and of a long stream."""

from __future__ import annotations

import tempfile
from pathlib import Path

from benchmarks import children, generate, streams
from benchmarks.child import STATUS
from benchmarks.results import Bar, Options, Result, Row, Skipped
from benchmarks.scaling import SAME_NODES

MAX_PEAK = 10.0
"""Times the input: a typed tree, its source and its output at once, and nothing that is larger."""

MAX_GROWTH = 0.01
"""Bytes that stay per byte of a stream: "flat", but for the allocator's noise. A single object
kept for every tenth event would be five times that."""

PAGE_NODES = 2_000  # small, so that all that is kept of it has settled after a tenth
SEGMENTS = 1_000
SEGMENT_EVENTS = 1_000

SMALL = "small caches"
CACHES = {"caches as they are": 0, SMALL: 20_000}
"""Characters that each cache may hold. Caches of masked strings are bounded, but fill so slowly
that they hide whether anything else grows: cut down, they are full long before 10 %."""

NO_ACCOUNT = Skipped(f"this system has no {STATUS}")


def memory(options: Options) -> Result | Skipped:
    """Measure the peak of one snapshot of each kind, and of the largest size."""
    if not STATUS.exists():
        return NO_ACCOUNT
    largest = max(options.sizes)
    cases = [(kind, min(SAME_NODES, largest)) for kind in generate.KINDS]
    rows = [_peak(kind, nodes) for kind, nodes in dict.fromkeys([*cases, ("mixed", largest)])]
    figure = float(rows[-1 if largest > SAME_NODES else 0]["redaction / input"])
    bar = Bar(f"peak memory / input, {largest:,} nodes", figure, MAX_PEAK)
    return Result("one snapshot, cold; peak above the import's, input included", rows, [bar])


def _peak(kind: str, nodes: int) -> Row:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "page.json")
        path.write_bytes(generate.page(nodes, kind))
        size = path.stat().st_size
        floor, redaction = (
            children.call("peak", what, path)["peak"] for what in ("floor", "redaction")
        )
    return {
        "": f"{kind}, {nodes:,} nodes",
        "bytes": size,
        "redaction, bytes": redaction,
        "floor / input": floor / size,
        "redaction / input": redaction / size,
    }


def stream(options: Options) -> Result | Skipped:  # noqa: ARG001 - as every section
    """Measure the peak memory of one redactor over many segments to a page that stays as large."""
    if not STATUS.exists():
        return NO_ACCOUNT
    with tempfile.TemporaryDirectory() as folder:
        page, segments = Path(folder, "page.json"), Path(folder, "segments")
        page.write_bytes(generate.page(PAGE_NODES))
        with segments.open("wb") as lines:
            for segment in streams.segments(page.read_bytes(), SEGMENTS, SEGMENT_EVENTS):
                lines.write(segment + b"\n")
        size = segments.stat().st_size
        rows = [_stream(name, size, page, segments) for name in CACHES]
    growth = float(rows[-1]["growth / input"])
    bar = Bar(f"memory growth / input, nine tenths of a stream, {SMALL}", growth, MAX_GROWTH)
    note = f"{SEGMENTS:,} segments of {SEGMENT_EVENTS:,} events, {size:,} bytes"
    return Result(
        f"{note}, on a page of {PAGE_NODES:,} nodes; peak above the import's", rows, [bar]
    )


def _stream(name: str, size: int, page: Path, segments: Path) -> Row:
    found = children.call("stream", page, segments, str(SEGMENTS), str(CACHES[name]))
    peaks = [peak for peak, _ in found["after each tenth"]]
    characters = [kept for _, kept in found["after each tenth"]]
    return {
        "": name,
        "after 10 %": peaks[0],
        "after 50 %": peaks[4],
        "after 100 %": peaks[9],
        "growth / input": (peaks[9] - peaks[0]) / (size * 0.9),
        "most characters in caches": max(characters),
    }
