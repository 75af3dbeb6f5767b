"""Running a recursive C decoder on trees deeper than the caller's stack allows.

msgspec decodes by recursion and stops near half of Python's recursion limit. The caller's own
frames have used part of that limit already, and a page built by script can be deeper. So
`call_deep` repeats a call that ran out of stack, on a thread whose stack and recursion limit are
sized for `MAX_DEPTH` levels. A tree that is deeper still is a `LimitError`, never a crash or a
truncated tree.

CPython 3.12 and 3.13 have a limit for C code that nobody can raise: 3.12.1 reads 746 levels, 3.13.0
4,996. What is deeper is a `LimitError` there, too.

The recursion limit and the stack size belong to the whole process. They change under a lock, are
put back afterwards, and are never lowered.
"""

from __future__ import annotations

import functools
import sys
import threading
from collections.abc import Callable
from typing import ParamSpec, TypeVar

from replay_redact.errors import LimitError

P = ParamSpec("P")
T = TypeVar("T")

MAX_DEPTH = 5_000
"""Levels of nested nodes that are accepted: ten times the depth at which HTML parsers stop."""

_FRAMES_PER_LEVEL = 2  # a list and a struct
_SPARE_FRAMES = 200  # the thread's own frames, and the event around the tree
_STACK_BYTES = 64 * 1024 * 1024  # measured: 5,000 levels need less than 8 MiB

_TOO_DEEP = f"the recording nests deeper than {MAX_DEPTH} levels, or than this Python can read"

_lock = threading.Lock()
_here = threading.local()  # has ``is_large`` on a thread with the large stack


def call_deep(function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Call ``function``. If it runs out of stack, call it again with a larger one.

    Raises `LimitError` if the larger stack is not enough.
    """
    try:
        return function(*args, **kwargs)
    except RecursionError:
        if hasattr(_here, "is_large"):  # the lock is ours: a second call would wait for itself
            raise LimitError(_TOO_DEEP) from None
        again = functools.partial(function, *args, **kwargs)
    return _call_on_large_stack(again)


def _call_on_large_stack(function: Callable[[], T]) -> T:
    results: list[T] = []
    failures: list[BaseException] = []

    def run() -> None:
        _here.is_large = True
        try:
            results.append(function())
        except RecursionError:
            failures.append(LimitError(_TOO_DEEP))
        except BaseException as error:  # noqa: BLE001 - handed to the calling thread
            failures.append(error)

    with _lock:
        old_limit = sys.getrecursionlimit()
        old_size = threading.stack_size(_STACK_BYTES)
        sys.setrecursionlimit(max(old_limit, MAX_DEPTH * _FRAMES_PER_LEVEL + _SPARE_FRAMES))
        try:
            thread = threading.Thread(target=run, name="replay_redact-deep")
            thread.start()
            thread.join()
        finally:
            sys.setrecursionlimit(old_limit)
            threading.stack_size(old_size)
    if failures:
        raise failures[0]
    return results[0]
