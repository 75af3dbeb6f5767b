"""Section ``scaling``: whether the time per node depends on the size of the page.

The limit is on redaction's own time per node: cold, minus the floor. The floor itself costs up to
three times as much per node on a large page, because a small tree stays in the processor's caches
and a large one does not. No redactor can change that, and both figures contain it. A ratio to the
floor would be too kind: it falls while the floor rises, so it would hide a cost that grows with the
page.
"""

from __future__ import annotations

import math

from benchmarks import generate, timing
from benchmarks.results import Bar, Options, Result, Row

SAME_NODES = 100_000
"""Nodes behind one time: smaller pages are run several times, so that all sizes are as
likely to be disturbed."""

MAX_GROWTH = 1.2
"""Own time per node of a larger page against a smaller one: more, and something grows faster
than the page does."""

OWN = "cold less floor, ns per node"
FLAT = ["floor, ns per node", "cold, ns per node", OWN]


def scaling(options: Options) -> Result:
    rows = [_size(nodes, options.repeat) for nodes in sorted(options.sizes)]
    growth: Row = {"": "growth"}
    for name in FLAT:
        growth[name] = _growth([float(row[name]) for row in rows])
    bar = Bar("growth of redaction's own time per node", float(growth[OWN]), MAX_GROWTH)
    note = "one generated page of each size, default policy; growth is the worst larger / smaller"
    return Result(note, [*rows, growth], [bar])


def _size(nodes: int, repeat: int) -> Row:
    recordings = [generate.page(nodes)]
    times = math.ceil(SAME_NODES / nodes)
    floor, cold = timing.best(
        [
            timing.floor_clock(recordings, times),
            timing.cold_clock(timing.redaction(), recordings, times),
        ],
        repeat,
    )
    own = [seconds / nodes * 1e9 for seconds in (floor, cold, cold - floor)]
    return {
        "": f"{nodes:,} nodes",
        "bytes": len(recordings[0]),
        **dict(zip(FLAT, own, strict=True)),
        "ratio": cold / floor,
    }


def _growth(figures: list[float]) -> float:
    """Return by how much a figure is above an earlier one, at most; 1 if it never rises.

    >>> _growth([3.0, 2.0, 5.0, 4.0])
    2.5
    """
    return max(later / earlier for at, earlier in enumerate(figures) for later in figures[at:])
