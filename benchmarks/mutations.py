"""Sections ``mutations``, ``states``: small mutations to a page that the redactor has seen."""

from __future__ import annotations

import json

from benchmarks import generate, streams, timing
from benchmarks.results import Bar, Options, Result, Row
from replay_redact import Policy, Redactor, decode
from replay_redact.events import Event

PAGE_NODES = 10_000
"""Nodes of the page that the mutation events are about."""

EVENTS = 50_000
"""Events of the stream: some minutes of a busy page."""

MIN_SPEED = 150_000
"""Events per second, bytes to bytes, on one core: one core follows some thousand busy pages."""

MAX_RATIO = 2.0
"""Times the floor, for machines on which the floor itself is slower than twice `MIN_SPEED`."""


def mutations(options: Options) -> Result:
    page = generate.page(PAGE_NODES)
    stream = streams.mutations(page, EVENTS)
    replay = _Replay(page, stream)
    floor, alone, cold = timing.best(
        [
            timing.floor_clock([stream]),
            timing.clock(replay.process, replay.prepare_decoded),
            timing.clock(replay.process_bytes, replay.prepare),
        ],
        options.repeat,
    )
    named = {
        "floor": floor,
        "redact, of decoded events": alone,
        "process_bytes": cold,
    }
    rows: list[Row] = [
        {
            "": name,
            "seconds": seconds,
            "ratio": seconds / floor,
            "events per second": EVENTS / seconds,
        }
        for name, seconds in named.items()
    ]
    slower = min(MIN_SPEED, EVENTS / floor / MAX_RATIO)
    bar = Bar("small mutation events per second, cold", EVENTS / cold, slower, at_least=True)
    note = f"{EVENTS:,} events, {len(stream):,} bytes, on a page of {PAGE_NODES:,} nodes"
    return Result(note, rows, [bar])


class _Replay:
    """A redactor that has seen the page, and the events that follow; new ones each time."""

    def __init__(self, page: bytes, stream: bytes) -> None:
        self.page = page
        self.stream = stream

    def prepare(self) -> None:
        timing.forget(Policy())
        self.redactor = Redactor()
        self.redactor.process_bytes(self.page)

    def prepare_decoded(self) -> None:
        self.prepare()
        self.events = decode(self.stream)

    def process(self) -> list[Event]:
        events, self.events = self.events, []  # what is kept would slow the others down
        masked = map(self.redactor._engine.redact, events)
        return [event for event in masked if event is not None]

    def process_bytes(self) -> bytes:
        return self.redactor.process_bytes(self.stream)


# --- states ---------------------------------------------------------------------------

STATE_PAGES = (1_000, 10_000, 50_000)
"""Nodes of pages whose states travel between workers."""

SEGMENTS = 20
SEGMENT_EVENTS = 200

MAX_STATE_MICROSECONDS = 10.0
"""Per event, state in and out, on the page of 10,000 nodes."""

MAX_STATE_GROWTH = 2.5
"""From 10,000 nodes to 50,000: half of what it would be if each node counted."""


def states(options: Options) -> Result:
    """Measure segments whose state is read before and written after, and the same without."""
    rows = [_states(nodes, options) for nodes in STATE_PAGES]
    _, middle, large = (float(row["state, µs per event"]) for row in rows)
    bars = [
        Bar("state in and out, µs per event, 10,000 nodes", middle, MAX_STATE_MICROSECONDS),
        Bar("state in and out, growth to 50,000 nodes", large / middle, MAX_STATE_GROWTH),
    ]
    note = f"{SEGMENTS} segments of {SEGMENT_EVENTS} events; state read and written for each"
    return Result(note, rows, bars)


def _states(nodes: int, options: Options) -> Row:
    page = generate.page(nodes)
    events = json.loads(streams.mutations(page, SEGMENTS * SEGMENT_EVENTS))
    starts = range(0, len(events), SEGMENT_EVENTS)
    segments = [json.dumps(events[at : at + SEGMENT_EVENTS]).encode() for at in starts]
    run = _Carried(page, segments)
    kept, whole = timing.best(
        [timing.clock(work, run.prepare) for work in (run.kept, run.carried)], options.repeat
    )
    count = len(events)
    return {
        "": f"{nodes:,} nodes",
        "kept, µs per event": kept / count * 1e6,
        "state, µs per event": whole / count * 1e6,
        "ratio": whole / kept,
        "state, bytes": len(run.state),
    }


class _Carried:
    """A redactor that has seen the page, and its state; the segments that follow."""

    def __init__(self, page: bytes, segments: list[bytes]) -> None:
        self.page = page
        self.segments = segments

    def prepare(self) -> None:
        timing.forget(Policy())
        self.redactor = Redactor()
        self.redactor.process_bytes(self.page)
        self.state = self.redactor.state()
        self.redactor = Redactor()
        self.redactor.process_bytes(self.page)

    def kept(self) -> None:
        for segment in self.segments:
            self.redactor.process_bytes(segment)

    def carried(self) -> None:
        for segment in self.segments:
            redactor = Redactor.from_state(Policy(), self.state)
            redactor.process_bytes(segment)
            self.state = redactor.state()
