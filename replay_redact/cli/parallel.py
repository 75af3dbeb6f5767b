"""Work on several inputs at a time."""

from __future__ import annotations

import argparse
import gc
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures.process import BrokenProcessPool, ProcessPoolExecutor
from typing import TypeVar

from replay_redact.cli.files import UsageError, count
from replay_redact.cli.terminal.messages import LEVEL

Job = TypeVar("Job")
Outcome = TypeVar("Outcome")

_CHUNKS = 8  # for each process, so that no process idles long at the end
_MOST_AT_ONCE = 16  # jobs that are sent to a process together


def add_jobs(command: argparse.ArgumentParser) -> None:
    """Let the user say how many processes work."""
    command.add_argument(
        "--jobs", type=_jobs, metavar="N", help="processes (default: one for each processor)"
    )


def _jobs(text: str) -> int:
    if count(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number from 1")
    return int(text)


def in_parallel(
    work: Callable[[Job], Outcome], jobs: Sequence[Job], processes: int | None = None
) -> Iterator[Outcome]:
    """Yield the outcome of each job, in order. With one process or one job, work right here.

    Raises `UsageError` if something outside ends a process: nobody knows how far it came.
    """
    most = min(len(jobs), processes or os.cpu_count() or 1)
    if most <= 1:
        yield from map(work, jobs)
        return
    at_once = max(1, min(_MOST_AT_ONCE, len(jobs) // (most * _CHUNKS)))
    try:
        with ProcessPoolExecutor(most, initializer=_begin, initargs=(LEVEL.get(),)) as pool:
            yield from pool.map(work, jobs, chunksize=at_once)
    except BrokenProcessPool:
        reason = "a process was killed, perhaps because memory ran out: try --jobs 1"
        raise UsageError(reason) from None


def _begin(level: int) -> None:
    """Give a new process the verbosity of this one, and turn its garbage collection on."""
    gc.enable()  # the parent may have paused it
    LEVEL.set(level)
