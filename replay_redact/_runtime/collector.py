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


class paused_collector:  # noqa: N801 - it reads as the verb that it is; a class is entered faster
    """Pause automatic garbage collection within this block.

    >>> with paused_collector():
    ...     gc.isenabled()
    False
    """

    __slots__ = ("_was_enabled",)

    def __enter__(self) -> None:
        self._was_enabled = gc.isenabled()
        if self._was_enabled:
            gc.disable()

    def __exit__(self, *_error: object) -> None:
        if self._was_enabled:
            gc.enable()
