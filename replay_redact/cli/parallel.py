"""Work on many inputs: several at a time."""

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

_CHUNKS = 8  # for each process, so that none waits long for the last one
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
    """Yield the outcome of each job, in order. One process, or one job, is done right here.

    Raises `UsageError` if a process is ended from outside: what it did is not known.
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
        reason = "a process was ended from outside, perhaps for want of memory: try --jobs 1"
        raise UsageError(reason) from None


def _begin(level: int) -> None:
    """Make a new process say as much as this one, with its garbage collected."""
    gc.enable()  # it may be paused where the process comes from
    LEVEL.set(level)
