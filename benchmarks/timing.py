"""How a time is taken, and what "cold" means.

Machines differ, and other programs run beside us. So:

* Every figure with a limit is a ratio of two times that were taken in turns.
* Each time is the best of several: a disturbance makes a run slower, never faster.
* Times are processor time, those of peers in processes of their own too. On a quiet machine that is
  the same as time on the clock. On a busy one, a long run is interrupted more often than a short
  one, which would make every ratio look worse.
* The floor is what no redactor in Python can do without: decoding the same bytes into the typed
  model and encoding it again, with nothing masked.

Redaction remembers masked strings for the life of the process. Nobody sends the same bytes twice,
so only "cold" counts: the policy is compiled, and nothing is remembered, as with the first page of
a site.
"""

from __future__ import annotations

import functools
import gc
import sys
import time
from collections.abc import Callable
from typing import Any

from benchmarks.results import Row
from replay_redact import Policy, decode, encode, redact_bytes
from replay_redact._rules import strict
from replay_redact._runtime import native
from replay_redact._runtime.cache import StringCache
from replay_redact.redactor import DEFAULT_POLICY

Clock = Callable[[], float]
"""Does its work once and returns the seconds that it took, without what came before."""


def clock(
    run: Callable[[], object],
    prepare: Callable[[], object] = lambda: None,
    times: int = 1,
) -> Clock:
    """Time ``run``, the mean of ``times``; ``prepare`` goes before each, untimed."""

    def seconds() -> float:
        total = 0.0
        for _ in range(times):
            prepare()
            began = time.process_time()
            run()
            total += time.process_time() - began
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


COMPILED = {
    *("compiled", "parse", "scanner_of", "_plain_form", "fingerprint", "roles_of", "_deflater"),
    *("window_key", "_has_bare_match", "_compiled_lines", "_relay_wipes", "published_names"),
}
"""Functions that remember patterns, selectors, digests of policies and the like, which are of no
recording: what is compiled once in a process stays, when cold too."""


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


def floor_clock(recordings: list[bytes], times: int = 1) -> Clock:
    return clock(each(codec_floor, recordings), times=times)


def cold_clock(
    function: Callable[[bytes], object],
    recordings: list[bytes],
    times: int = 1,
    policy: Policy = DEFAULT_POLICY,
) -> Clock:
    """Time a function over recordings; before each, what the process remembers is emptied."""
    clocks = [
        clock(functools.partial(function, recording), lambda: forget(policy), times)
        for recording in recordings
    ]
    return lambda: sum(each() for each in clocks)


def without_kernels(each: Clock) -> Clock:
    """Time the same with the native kernels switched off."""

    def seconds() -> float:
        kernels, native.kernels = native.kernels, None
        try:
            return each()
        finally:
            native.kernels = kernels

    return seconds


def redaction(policy: Policy = DEFAULT_POLICY) -> Callable[[bytes], bytes]:
    return functools.partial(redact_bytes, policy=policy)


def row(name: str, seconds: float, floor: float, nodes: int, size: int) -> Row:
    return {
        "": name,
        "seconds": seconds,
        "ratio": seconds / floor,
        "ns per node": seconds / nodes * 1e9,
        "MB/s": size / seconds / 1e6,
    }
