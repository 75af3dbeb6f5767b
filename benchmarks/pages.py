"""Section ``pages``: floor and redaction over all real pages."""

from __future__ import annotations

import functools
import gzip
from collections.abc import Iterator
from pathlib import Path

from benchmarks import timing
from benchmarks.results import Bar, Options, Result, Skipped
from replay_redact import Policy, decode, redact_bytes
from replay_redact.events import Event, FullSnapshot
from replay_redact.nodes import Document, Element, Node

MAX_RATIO = 2.0
"""Warm redaction against the floor: more, and people would rather not decode in Python at all."""

NEW_REPEAT = 3
"""A time of a page among others takes as many passes as there are pages."""


def pages(options: Options) -> Result | Skipped:
    recordings = real_pages(options.recordings)
    if not recordings:
        return no_pages(options)
    floor, cold, warm = timing.best(
        [timing.floor_clock(recordings), *timing.cold_and_warm(recordings, Policy())],
        options.repeat,
    )
    new = timing.best([_new_clock(recordings)], min(options.repeat, NEW_REPEAT))[0]
    nodes = sum(_count_nodes(event) for recording in recordings for event in decode(recording))
    size = sum(map(len, recordings))
    named = {
        "floor": floor,
        "redaction, cold": cold,
        "redaction, new among others": new,
        "redaction, warm": warm,
    }
    rows = [timing.row(name, seconds, floor, nodes, size) for name, seconds in named.items()]
    note = f"{len(recordings)} files, {size:,} bytes, {nodes:,} nodes; default policy"
    note += f"; new among others: best of at most {NEW_REPEAT}"
    bar = Bar("real pages, warm redaction / floor", warm / floor, MAX_RATIO)
    return Result(note, rows, [bar])


def _new_clock(recordings: list[bytes]) -> timing.Clock:
    """Time each page in a process that has redacted all the others, but not this one."""

    def seconds() -> float:
        total = 0.0
        for at, recording in enumerate(recordings):
            timing.forget(Policy())
            timing.each(redact_bytes, recordings[:at] + recordings[at + 1 :])()
            total += timing.clock(functools.partial(redact_bytes, recording))()
        return total

    return seconds


def real_pages(folder: Path) -> list[bytes]:
    return [gzip.decompress(path.read_bytes()) for path in sorted(folder.glob("*.raw.json.gz"))]


def no_pages(options: Options) -> Skipped:
    return Skipped(f"no *.raw.json.gz in {options.recordings}")


def _count_nodes(event: Event) -> int:
    return sum(1 for _ in _nodes(event.data.node)) if isinstance(event, FullSnapshot) else 0


def _nodes(root: Node) -> Iterator[Node]:
    todo = [root]
    while todo:
        node = todo.pop()
        yield node
        if isinstance(node, Element | Document):
            todo += node.child_nodes
