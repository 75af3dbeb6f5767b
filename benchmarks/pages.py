"""Sections ``pages`` and ``sessions``: what redaction costs on what people record.

Before each recording, the caches are emptied. Beside the total stands what the slow recordings
cost: a mean hides a page that takes ten times as long as others of its size.
"""

from __future__ import annotations

import gzip
import statistics
from collections.abc import Iterator
from pathlib import Path

from benchmarks import timing
from benchmarks.results import Bar, Options, Result, Row, Skipped
from replay_redact import decode
from replay_redact.events import Event, FullSnapshot
from replay_redact.nodes import Document, Element, Node

MAX_RATIO = 5.0
"""Redaction of pages against the floor. Version 0.1.0 had 5.65 on pages that it did not know."""


def pages(options: Options) -> Result | Skipped:
    found = _measured(real_pages(options.recordings), options)
    if isinstance(found, Result):
        ratio = float(found.rows[1]["ratio"])
        found.bars.append(Bar("real pages, cold redaction / floor", ratio, MAX_RATIO))
    return found


def sessions(options: Options) -> Result | Skipped:
    return _measured(real_pages(options.recordings.parent / "sessions"), options)


def _measured(recordings: list[bytes], options: Options) -> Result | Skipped:
    if not recordings:
        return no_pages(options)
    clocks = [timing.cold_clock(timing.redaction(), [recording]) for recording in recordings]
    floors = [timing.floor_clock([recording]) for recording in recordings]
    times = timing.best([*floors, *clocks], options.repeat)
    nodes = sum(_count_nodes(event) for recording in recordings for event in decode(recording))
    floor, cold = times[: len(recordings)], times[len(recordings) :]
    rows = [
        _row(name, seconds, sum(floor), recordings, nodes)
        for name, seconds in (("floor", floor), ("redaction", cold))
    ]
    size = sum(map(len, recordings))
    note = f"{len(recordings)} files, {size:,} bytes, {nodes:,} nodes; default policy; cold"
    return Result(note, rows)


def _row(name: str, seconds: list[float], floor: float, recordings: list[bytes], nodes: int) -> Row:
    """Return the total of some times, and how fast half of the recordings and 19 in 20 are."""
    speeds = [len(text) / time / 1e6 for text, time in zip(recordings, seconds, strict=True)]
    total = timing.row(name, sum(seconds), floor, nodes, sum(map(len, recordings)))
    return total | {
        "MB/s, median": statistics.median(speeds),
        "MB/s, slowest 5 %": percentile(speeds, 5),
        "ms per file, slowest 5 %": percentile(seconds, 95) * 1e3,
    }


def percentile(figures: list[float], percent: int) -> float:
    """Return the figure below which so many in a hundred lie.

    >>> percentile([4.0, 1.0, 3.0, 2.0], 50), percentile([7.0], 95)
    (2.0, 7.0)
    """
    ordered = sorted(figures)
    return ordered[(len(ordered) - 1) * percent // 100]


def real_pages(folder: Path) -> list[bytes]:
    return [gzip.decompress(path.read_bytes()) for path in sorted(folder.glob("*.raw.json.gz"))]


def no_pages(options: Options) -> Skipped:
    return Skipped(f"no *.raw.json.gz in {options.recordings}")


def _count_nodes(event: Event) -> int:
    return sum(1 for _ in nodes(event.data.node)) if isinstance(event, FullSnapshot) else 0


def nodes(root: Node) -> Iterator[Node]:
    """Yield a node and all below it."""
    todo = [root]
    while todo:
        node = todo.pop()
        yield node
        if isinstance(node, Element | Document):
            todo += node.child_nodes
