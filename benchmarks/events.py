"""Section ``events``: Sentry events under the rules of a project, beside Relay itself.

One event a call, every event new to both, in turns. `Scrubber.from_relay` takes Python objects and
returns a copy, as ``before_send`` does. Relay is called through its package; that includes a fast
JSON codec both ways, and reading the rules, which are handed over with each event. `Scrubber` by
itself does more than Relay: it masks whatever may hold anything.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator

from benchmarks import sentry_events, timing
from benchmarks.peers.relay import project_config, relay_of_events
from benchmarks.results import Bar, Options, Result, Row, Skipped
from benchmarks.sentry_events import Event
from replay_redact import Scrubber

CALLS = 20
"""Events for each time that is taken."""

MIN_TIMES = 2
"""Times as fast as Relay on every kind: what one had better call the other for is then no matter
of speed."""


def events(options: Options) -> Result | Skipped:
    config = project_config(scrubIpAddresses=True, sensitiveFields=["session_key"])
    peer = relay_of_events(config)
    if peer is None:
        return Skipped("sentry_relay is not installed")
    ours, default = Scrubber.from_relay(config).event, Scrubber().event
    rows: list[Row] = []
    bars: list[Bar] = []
    for kind in sentry_events.KINDS:
        batches = (sentry_events.events(kind, CALLS, seed) for seed in itertools.count())
        clocks = [_clock(scrub, batches) for scrub in (peer, ours, default)]
        theirs, own, all_of_it = (each / CALLS for each in timing.best(clocks, options.repeat))
        rows.append(
            {
                "": kind,
                "Relay, µs": theirs * 1e6,
                "from_relay, µs": own * 1e6,
                "ratio": theirs / own,
                "Scrubber(), µs": all_of_it * 1e6,
            }
        )
        bars.append(Bar(f"events, speed / Relay's, {kind}", theirs / own, MIN_TIMES, at_least=True))
    note = f"one event a call, {CALLS} new events for each time, microseconds per event"
    return Result(note, rows, bars)


def _clock(scrub: Callable[[Event], object], batches: Iterator[list[Event]]) -> timing.Clock:
    batch: list[Event] = []

    def draw() -> None:
        batch[:] = next(batches)

    def run() -> None:
        for event in batch:
            scrub(event)

    return timing.clock(run, draw)
