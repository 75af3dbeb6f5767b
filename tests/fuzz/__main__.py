"""``python -m tests.fuzz --minutes 2``: look for faults; see ``--help``."""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from pathlib import Path
from random import Random

from tests.fuzz import judging
from tests.fuzz.checks import CHECKS, Case, failures, least
from tests.fuzz.policies import POLICIES, WEIGHTS
from tests.fuzz.streams import draw

_NEWS_SECONDS = 10.0


def case_of(seed: int, *, simple: bool = False) -> tuple[Case, str]:
    """Draw a stream and a policy with its options. Every third stream is hostile."""
    random = Random(seed)
    hostile = seed % 3 == 2
    stream = draw(random, hostile=hostile, steps=random.choice([4, 8, 14]), simple=simple)
    [(options, policy, known)] = random.choices(POLICIES, WEIGHTS)
    return Case(stream, policy, known, hostile), repr(options)


def fuzz(seconds: float, first: int, keep: Path | None, *, simple: bool = False) -> int:
    """Try cases until one fails or the time is up; return the exit status."""
    begin = told = time.monotonic()
    counts: Counter[str] = Counter()
    seed = first
    while time.monotonic() - begin < seconds:
        case, options = case_of(seed, simple=simple)
        found = failures(case)
        counts.update(_kinds_of(case))
        if found:
            _tell_failure(seed, case, options, found, keep)
            return 1
        seed += 1
        if time.monotonic() - told > _NEWS_SECONDS:
            told = time.monotonic()
            print(f"{told - begin:6.0f} s: {_line(counts)}", flush=True)
    print(f"no fault in {_line(counts)}")
    return 0


def _kinds_of(case: Case) -> Counter[str]:
    stream = case.stream
    return Counter(
        streams=1,
        events=len(stream.events),
        hostile=int(case.hostile),
        several_windows=int(len(stream.keys()) > 1),
        in_pieces=int(len(stream.events) > 1),
    )


def _line(counts: Counter[str]) -> str:
    return ", ".join(f"{count:,} {name.replace('_', ' ')}" for name, count in counts.items())


def _tell_failure(seed: int, case: Case, options: str, found: list[str], keep: Path | None) -> None:
    print(f"seed {seed}, policy {options}, {case.stream.container}:")
    for message in found[:5]:
        print(f"  {message}")
    name = found[0].partition(":")[0]
    [check] = (check for check in CHECKS if check.__name__ == name)
    small, messages = least(case, check)
    print("the least that fails:")
    for message in messages[:3]:
        print(f"  {message}")
    print(small.stream.encode().decode())
    if keep is not None:
        keep.write_bytes(small.stream.encode())


def main(arguments: list[str] | None = None) -> int:
    """Run from the command line."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("--minutes", type=float, default=2.0, help="how long to look for faults")
    parser.add_argument("--seed", type=int, default=None, help="the first seed; else by the clock")
    parser.add_argument("--keep", type=Path, help="file for the least input that fails")
    parser.add_argument(
        "--judge", type=int, metavar="N", help="measure over N drawn outputs instead"
    )
    parser.add_argument(
        "--simple", action="store_true", help="one window, no two events at one time"
    )
    given = parser.parse_args(arguments)
    seed = int(time.time()) % 1_000_000_000 if given.seed is None else given.seed
    print(f"seed {seed}")
    if given.judge:
        return judging.judge_outputs(given.judge, seed, simple=given.simple)
    return fuzz(60 * given.minutes, seed, given.keep, simple=given.simple)


if __name__ == "__main__":
    sys.exit(main())
