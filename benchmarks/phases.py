"""Section ``phases``: where the time goes, for pages and streams of every kind.

Decode reads bytes into events, visit masks them in place, encode writes them. The
whole also gives the tree back to the allocator, which is none of the three.
"""

from __future__ import annotations

from benchmarks import generate, streams, timing
from benchmarks.results import Options, Result, Row
from replay_redact import Policy, Redactor
from replay_redact._runtime.collector import paused_collector
from replay_redact._wire.batches import Batch
from replay_redact._wire.codec import close_batch, open_recording
from replay_redact.events import Event

NODES = 20_000
PAGE_NODES = 10_000  # below a stream
EVENTS = 20_000


def phases(options: Options) -> Result:
    nodes = min(NODES, max(options.sizes))
    rows = [
        _row(f"{kind}, {nodes:,} nodes", b"", generate.page(nodes, kind), nodes, options.repeat)
        for kind in generate.KINDS
    ]
    page = generate.page(PAGE_NODES)
    rows += [
        _row(f"{kind}, {EVENTS:,} events", page, make(page, EVENTS), EVENTS, options.repeat)
        for kind, make in streams.STREAMS.items()
    ]
    return Result("default policy, cold; nanoseconds per node, or per event of a stream", rows)


def _row(name: str, page: bytes, recording: bytes, count: int, repeat: int) -> Row:
    work = _Phases(page, recording)
    seconds = timing.best(
        [
            timing.floor_clock([recording]),
            timing.clock(work.decode, work.before_decode),
            timing.clock(work.visit, work.before_visit),
            timing.clock(work.encode, work.before_encode),
            timing.clock(work.whole, work.before_whole),
        ],
        repeat,
    )
    named = dict(zip(COLUMNS, seconds, strict=True))
    return {
        "": name,
        "bytes": len(recording),
        **{column: time / count * 1e9 for column, time in named.items()},
        "MB/s": len(recording) / named["whole"] / 1e6,
    }


COLUMNS = ["floor", "decode", "visit", "encode", "whole"]


class _Phases:
    """`Redactor.process_bytes` in its three steps, after a page if there is one."""

    def __init__(self, page: bytes, recording: bytes) -> None:
        self.page = page
        self.recording = recording
        self.batches: list[Batch] = []
        self.masked: list[list[Event | None]] = []

    def before_decode(self) -> None:
        self.batches = []  # so that freeing the last tree is not timed
        self.masked = []
        self.redactor = Redactor()
        if self.page:
            self.redactor.process_bytes(self.page)

    def decode(self) -> None:
        with paused_collector():
            self.batches = list(open_recording(self.recording).batches)

    def before_visit(self) -> None:
        self.before_whole()
        self.decode()

    def visit(self) -> None:
        with paused_collector():
            self.masked = [self.redactor._engine._redact(batch.events) for batch in self.batches]

    def before_encode(self) -> None:
        self.before_visit()
        self.visit()

    def encode(self) -> list[bytes]:
        return list(map(close_batch, self.batches, self.masked))

    def before_whole(self) -> None:
        timing.forget(Policy())
        self.before_decode()

    def whole(self) -> bytes:
        return self.redactor.process_bytes(self.recording)
