"""Holding the garbage collector back while a tree is built and walked.

Theory: decoding allocates a list and a mapping per element and drops none of
them, yet every few hundred of them the collector starts, and now and then looks
at all there are: on large trees it takes most of the time. Trees have no cycles
and go away by reference count, so nothing is lost by waiting.

Invariant: the collector is as it was when the outermost pause ends. Two threads
that pause at once may end each other's pause early, which costs time only.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def paused_collector() -> Iterator[None]:
    """Hold automatic garbage collection back within this block."""
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
