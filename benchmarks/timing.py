"""How a time is taken, and what "cold" and "warm" mean.

Machines differ, and other programs run beside us. So:

* Every figure with a limit is a ratio of two times that were taken in turns.
* Each time is the best of several: a disturbance makes a run slower, never faster.
* Times are processor time. On a quiet machine that is the same as time on the clock. On a busy one,
  a long run is interrupted more often than a short one, which would make every ratio look worse.
  Only programs with several threads, and what is compared with them, are timed by the clock.
* The floor is what no redactor in Python can do without: decoding the same bytes into the typed
  model and encoding it again, with nothing masked.

Redaction remembers masked strings and shapes of elements for the life of the process. "Warm" has
redacted the same bytes before. "Cold" has compiled its policy and remembers nothing, as with the
first page of a site.
"""

from __future__ import annotations

import gc
import sys
import time
from collections.abc import Callable
from typing import Any

from benchmarks.results import Row
from replay_redact import Policy, decode, encode, redact_bytes
from replay_redact._rules import strict
from replay_redact._runtime.cache import StringCache

Now = Callable[[], float]
PROCESSOR: Now = time.process_time
WALL: Now = time.perf_counter

Clock = Callable[[], float]
"""Does its work once and returns the seconds that it took, without what came before."""


def clock(
    run: Callable[[], object],
    prepare: Callable[[], object] = lambda: None,
    times: int = 1,
    now: Now = PROCESSOR,
) -> Clock:
    """Time ``run``, the mean of ``times``; ``prepare`` goes before each, untimed."""

    def seconds() -> float:
        total = 0.0
        for _ in range(times):
            prepare()
            began = now()
            run()
            total += now() - began
        return total / times

    return seconds


def best(clocks: list[Clock], repeat: int) -> list[float]:
    """Return the best of ``repeat`` times of each in seconds; they take turns.

    A first round does not count: memory is tidiest in a new process, so whatever is measured first
    would seem a third faster.
    """
    rounds = [[_collected(each) for each in clocks] for _ in range(1 + repeat)]
    return [min(times) for times in zip(*rounds[1:], strict=True)]


def _collected(each: Clock) -> float:
    gc.collect()  # what the one before left behind is not this one's
    return each()


COMPILED = {"compiled", "parse", "scanner_of", "_plain_form"}
"""Functions that remember patterns, selectors and characters, which are of no recording: what is
compiled once in a process stays, when cold too."""


def forget(policy: Policy) -> None:
    """Empty all caches of the package, and compile the policy anew."""
    for name, module in list(sys.modules.items()):
        if name.partition(".")[0] == "replay_redact":
            for value in list(vars(module).values()):
                _empty(value)
    strict.compile_rules(policy)


def _empty(value: Any) -> None:
    if isinstance(value, StringCache):
        value.found.clear()
        value._characters = 0
    elif hasattr(value, "cache_clear") and value.__name__ not in COMPILED:
        value.cache_clear()


def each(function: Callable[[bytes], object], recordings: list[bytes]) -> Callable[[], None]:
    def run() -> None:
        for recording in recordings:
            function(recording)

    return run


def codec_floor(recording: bytes) -> bytes:
    return encode(decode(recording))


def floor_clock(recordings: list[bytes], times: int = 1, now: Now = PROCESSOR) -> Clock:
    return clock(each(codec_floor, recordings), times=times, now=now)


def cold_and_warm(
    recordings: list[bytes], policy: Policy, times: int = 1, now: Now = PROCESSOR
) -> list[Clock]:
    """Return two clocks in this order, so that the first fills the caches for the second."""
    redaction = each(lambda recording: redact_bytes(recording, policy), recordings)
    return [
        clock(redaction, lambda: forget(policy), times, now),
        clock(redaction, times=times, now=now),
    ]


def row(name: str, seconds: float, floor: float, nodes: int, size: int) -> Row:
    return {
        "": name,
        "seconds": seconds,
        "ratio": seconds / floor,
        "ns per node": seconds / nodes * 1e9,
        "MB/s": size / seconds / 1e6,
    }
