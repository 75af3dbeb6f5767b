"""Section ``mutations``: a stream of small mutations to a page that the redactor has seen."""

from __future__ import annotations

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
