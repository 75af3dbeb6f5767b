"""Peers that are programs: how to start each, or why that is not possible.

A program reads its files and warms up. Then it answers every first line on its standard input when
it is ready for a round over its files, and every second line when it has done the round. So its
rounds take turns with ours, and neither reading files nor getting ready is timed. The kernel tells
what processor time a round took, over all threads.
"""

from __future__ import annotations

import contextlib
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.results import Skipped
from benchmarks.timing import Clock

HERE = Path(__file__).parent
CRATE = HERE / "anonymizer"

Command = list[str]

_ASLEEP = 0.005  # seconds until a program that waits is surely asleep: only then its clock is right
_OF_ALL_THREADS = 2  # in the number of a process's clock, as clock_getcpuclockid(3) makes it


def node() -> Command | Skipped:
    program = shutil.which("node")
    if program is None:
        return Skipped("Node.js is not installed")
    return [program, "--expose-gc", str(HERE / "node_mask.mjs")]


def anonymizer(*, build: bool) -> Command | Skipped:
    """Return PostHog's anonymizer, built if asked for: that takes minutes and a network."""
    cargo = shutil.which("cargo")
    program = CRATE / "target" / "release" / "anonymizer-peer"
    if build and cargo is None:
        return Skipped("cargo is not installed")
    if build and cargo is not None:
        print("building PostHog's anonymizer ...", file=sys.stderr)
        done = subprocess.run(  # noqa: S603 - a fixed command
            [cargo, "build", "--release", "--quiet"], cwd=CRATE, check=False
        )
        if done.returncode:
            return Skipped("cargo could not build it")
    if not program.exists():
        return Skipped("not built; --build-peers builds it")
    return [str(program)]


def processor_time(pid: int) -> float:
    """Return the seconds that all threads of a process have run; Linux only."""
    return time.clock_gettime((~pid << 3) | _OF_ALL_THREADS)


@contextlib.contextmanager
def started(command: Command, files: list[Path]) -> Iterator[Clock | Skipped]:
    """Start a program over files; the clock asks it for one round."""
    with subprocess.Popen(  # noqa: S603 - a program of ours
        [*command, *map(str, files)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as program:
        assert program.stdin is not None
        assert program.stdout is not None
        ask, answers = program.stdin, program.stdout

        def time_after_answer() -> float:
            ask.write("\n")
            ask.flush()
            if not answers.readline():
                raise BrokenPipeError
            time.sleep(_ASLEEP)
            return processor_time(program.pid)

        def seconds() -> float:
            return -time_after_answer() + time_after_answer()

        try:
            seconds()  # comes after the warming up
        except BrokenPipeError:  # no answer: it has said why
            failed = True
        else:
            failed = False
        try:
            yield Skipped("it failed on these files") if failed else seconds
        finally:
            with contextlib.suppress(BrokenPipeError):
                ask.close()
