"""Sections ``memory`` and ``stream``: what one snapshot takes at its peak, and a long stream."""

from __future__ import annotations

import tempfile
from pathlib import Path

from benchmarks import children, generate, streams
from benchmarks.child import STATUS
from benchmarks.results import Bar, Options, Result, Row, Skipped
from benchmarks.scaling import SAME_NODES

MAX_PEAK = 10.0
"""Times the input: a typed tree, its source and its output at once, and nothing that is larger."""

MAX_GROWTH = 1.1
"""Peak of a stream against that of its first tenth: "flat", but for the allocator's noise."""

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
    """Measure the peak memory of one redactor over many segments; the page stays as large as it is."""
    if not STATUS.exists():
        return NO_ACCOUNT
    with tempfile.TemporaryDirectory() as folder:
        page, segments = Path(folder, "page.json"), Path(folder, "segments")
        page.write_bytes(generate.page(PAGE_NODES))
        with segments.open("wb") as lines:
            for segment in streams.segments(page.read_bytes(), SEGMENTS, SEGMENT_EVENTS):
                lines.write(segment + b"\n")
        found = {
            name: children.call("stream", page, segments, str(SEGMENTS), str(most))
            for name, most in CACHES.items()
        }
    tenths = {name: case["after each tenth"] for name, case in found.items()}
    rows = [_at(name, at, tenths[name]) for name in CACHES for at in (10, 40, 70, 100)]
    flat = [size for size, _ in tenths[SMALL]]
    bar = Bar(
        f"peak memory of a stream / of its first tenth, {SMALL}", flat[-1] / flat[0], MAX_GROWTH
    )
    note = f"{SEGMENTS:,} segments of {SEGMENT_EVENTS:,} events on a page of {PAGE_NODES:,} nodes"
    return Result(f"{note}; peak so far, above the import's", rows, [bar])


def _at(name: str, at: int, tenths: list[list[int]]) -> Row:
    size, characters = tenths[at // 10 - 1]
    return {
        "": f"{name}, after {at} %",
        "bytes": size,
        "of after 10 %": size / tenths[0][0],
        "characters in caches": characters,
    }
