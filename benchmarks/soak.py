"""``python -m benchmarks.soak``: thousands of sessions open at once in one worker.

A worker of an ingestion path has far more sessions open than it works on. So it keeps a few
redactors alive. It stores the least recently used one as its state, and reads that state when a
segment of the session comes again. Segments of all sessions come in random order, as when many
people browse at once.

There are two runs over the same segments:

* In the first, a segment is one call of `Redactor.process_bytes`. All work of the worker counts,
  including reading and writing states.
* In the second, every single event is timed, and so is decoding and encoding the same event with
  nothing masked. The difference is what redaction adds.
"""

from __future__ import annotations

import argparse
import dataclasses
import json
import platform
import resource
import sys
import time
from collections import OrderedDict
from collections.abc import Callable
from random import Random

import msgspec

from benchmarks import generate, streams
from replay_redact import Policy, Redactor
from replay_redact._wire.lenient import EVENT_DECODER

SESSIONS = 5_000
EVENTS = 200_000
SEGMENT = 10
"""Mutation events that come at once: some seconds of a busy page."""

LIVE = 500
"""Redactors that a worker keeps alive."""

NODES = 400
"""Nodes of a page, a small one; the other sections have large ones."""

PAGES = 100
"""Different pages, each open in many sessions, as the pages of one site are."""

MAX_OVERHEAD = 15e-6
"""Seconds that redaction may add to the median event."""


ENCODER = msgspec.json.Encoder()


@dataclasses.dataclass
class Stream:
    """A page and the events after it, of which every session of that page has the same."""

    snapshot: bytes
    segments: list[bytes]
    events: list[list[bytes]]


@dataclasses.dataclass
class Times:
    """Seconds, one entry per event or segment."""

    floor: list[float] = dataclasses.field(default_factory=list)
    event: list[float] = dataclasses.field(default_factory=list)
    segment: list[float] = dataclasses.field(default_factory=list)
    read: list[float] = dataclasses.field(default_factory=list)
    written: list[float] = dataclasses.field(default_factory=list)


class Worker:
    """Redactors of sessions: a few alive, all others as states."""

    def __init__(self, policy: Policy, times: Times) -> None:
        self.policy = policy
        self.times = times
        self.states: dict[int, bytes] = {}
        self.live: OrderedDict[int, Redactor] = OrderedDict()

    def redactor(self, session: int) -> Redactor:
        """Return the redactor of a session, and put the least recently used one away."""
        redactor = self.live.pop(session, None)
        if redactor is None:
            redactor = self._read(session)
        self.live[session] = redactor
        if len(self.live) > LIVE:
            self._write(*self.live.popitem(last=False))
        return redactor

    def _read(self, session: int) -> Redactor:
        state = self.states.get(session)
        if state is None:
            return Redactor(self.policy)
        began = time.perf_counter()
        redactor = Redactor.from_state(self.policy, state)
        self.times.read.append(time.perf_counter() - began)
        return redactor

    def _write(self, session: int, redactor: Redactor) -> None:
        began = time.perf_counter()
        self.states[session] = redactor.state()
        self.times.written.append(time.perf_counter() - began)

    def put_all_away(self) -> None:
        """Leave no redactor alive."""
        while self.live:
            self._write(*self.live.popitem())


@dataclasses.dataclass
class Run:
    """One pass over all segments."""

    worker: Worker
    opening: float
    seconds: float


def main() -> int:
    options = _parser().parse_args()
    sessions = [_stream(seed, options.events // options.sessions) for seed in range(PAGES)]
    order = _order(options.sessions, len(sessions[0].segments))
    before, times = _peak(), Times()
    run = _run(sessions, order, times, _whole)
    peak = _peak()
    single = Times()
    _run(sessions, order, single, _one_by_one)
    times.floor, times.event = single.floor, single.event
    print(f"Python {platform.python_version()}\n")
    _print_run(run, times)
    print(f"peak memory: {peak:,.0f} MiB; {before:,.0f} MiB before the first session\n")
    _print_times(times)
    return 1 if options.check and _overhead(times, 0.5) > MAX_OVERHEAD else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.soak", description="Keep thousands of sessions open at once."
    )
    parser.add_argument("--sessions", type=int, default=SESSIONS, metavar="N")
    parser.add_argument("--events", type=int, default=EVENTS, metavar="N")
    parser.add_argument(
        "--check", action="store_true", help="exit with 1 if redaction adds too much to an event"
    )
    return parser


def _stream(seed: int, count: int) -> Stream:
    page = generate.page(NODES, seed=seed)
    events = json.loads(streams.mutations(page, count, seed))
    parts = [events[at : at + SEGMENT] for at in range(0, len(events), SEGMENT)]
    return Stream(
        page,
        [msgspec.json.encode(part) for part in parts],
        [[msgspec.json.encode(event) for event in part] for part in parts],
    )


def _order(sessions: int, segments: int) -> list[int]:
    """Return whose segment comes next: random, but of each session in order."""
    order = [session for session in range(sessions) for _ in range(segments)]
    Random(1).shuffle(order)
    return order


Handle = Callable[[Worker, int, Stream, int], None]


def _run(sessions: list[Stream], order: list[int], times: Times, handle: Handle) -> Run:
    """Open all sessions, then handle their segments in order; no redactor is left alive."""
    worker = Worker(Policy(), times)
    began = time.perf_counter()
    for session in sorted(set(order)):
        worker.redactor(session).process_bytes(sessions[session % PAGES].snapshot, segment=0)
    opened = time.perf_counter()
    done = dict.fromkeys(order, 0)
    for session in order:
        handle(worker, session, sessions[session % PAGES], done[session])
        done[session] += 1
    seconds = time.perf_counter() - opened
    worker.put_all_away()
    return Run(worker, opened - began, seconds)


def _whole(worker: Worker, session: int, stream: Stream, at: int) -> None:
    """Redact a segment as a worker does."""
    began = time.perf_counter()
    worker.redactor(session).process_bytes(stream.segments[at], segment=at + 1)
    worker.times.segment.append(time.perf_counter() - began)


def _one_by_one(worker: Worker, session: int, stream: Stream, at: int) -> None:
    """Redact the events of a segment, each beside decoding and encoding it with nothing masked."""
    redactor, times = worker.redactor(session), worker.times
    encode, decode, clock = ENCODER.encode, EVENT_DECODER.decode, time.perf_counter
    for event in stream.events[at]:
        began = clock()
        encode(decode(event))
        between = clock()
        encode(redactor._engine.redact(decode(event)))
        times.event.append(clock() - between)
        times.floor.append(between - began)


def _peak() -> float:
    """Return the most memory this process has had, in MiB."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1024 * 1024 if sys.platform == "darwin" else 1024)


def _quantile(values: list[float], share: float) -> float:
    return sorted(values)[int(len(values) * share)] if values else 0.0


def _overhead(times: Times, share: float) -> float:
    pairs = zip(times.event, times.floor, strict=True)
    return _quantile([event - floor for event, floor in pairs], share)


def _print_run(run: Run, times: Times) -> None:
    states = run.worker.states.values()
    events, size = len(times.segment) * SEGMENT, sum(map(len, states))
    nodes = sum(
        len(engine.mirror.parents)
        for state in states
        for engine in Redactor.from_state(Policy(), state)._engine._windows.engines()
    )
    print(f"{len(states):,} sessions, {LIVE:,} of them alive; pages of {NODES} nodes")
    print(f"opened in {run.opening:.1f} s")
    print(f"{events:,} events in {len(times.segment):,} segments: {run.seconds:.1f} s")
    print(f"throughput: {events / run.seconds:,.0f} events per second, states included")
    print(f"states: {size / len(states):,.0f} bytes each, {size / nodes:.2f} per live node")


def _print_times(times: Times) -> None:
    print("| microseconds | p50 | p99 |\n| --- | ---: | ---: |")
    rows = {
        "floor, per event": times.floor,
        "decode, redact, encode, per event": times.event,
        "segment, states included": times.segment,
        "a state is read": times.read,
        "a state is written": times.written,
    }
    for name, values in rows.items():
        median, high = (_quantile(values, share) * 1e6 for share in (0.5, 0.99))
        print(f"| {name} | {median:.1f} | {high:.1f} |")
    median, high = (_overhead(times, share) * 1e6 for share in (0.5, 0.99))
    print(f"| above the floor, per event | {median:.1f} | {high:.1f} |")
    print(f"\nmedian above the floor: {median:.1f}, limit {MAX_OVERHEAD * 1e6:.0f}")


if __name__ == "__main__":
    sys.exit(main())
