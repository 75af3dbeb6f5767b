"""Pausing the garbage collector while a tree is built and walked.

The decoder allocates a list and a mapping per element and frees none of them. The collector
still starts every few hundred allocations and now and then scans everything; on large trees
that takes most of the time. Trees have no cycles, so reference counting frees them and the
collector can wait.

When the outermost pause ends, the collector is as it was. Two threads that pause at once may end
each other's pause early. That costs time, nothing else.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def paused_collector() -> Iterator[None]:
    """Pause automatic garbage collection within this block."""
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
