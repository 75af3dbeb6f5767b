"""Put drawn faults into a copy of the project, and print those that no test notices.

python -m tests.mutants --sample 40 --seed 1 --modules _checks _detectors
"""

from __future__ import annotations

import argparse
import os
import queue
import random
import shutil
import signal
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from tests.mutants.concerned import concerning, modules
from tests.mutants.equivalent import EQUIVALENT
from tests.mutants.faults import Fault, faults, with_fault

ROOT = Path(__file__).parents[2]
LEFT_OUT = shutil.ignore_patterns(".*", "node_modules", "__pycache__", "*.so")
PASSED, NO_TESTS = 0, 5  # what pytest returns; any other status comes from a fault


class Drawn(NamedTuple):
    """A fault of a module."""

    module: str
    fault: Fault


@lru_cache
def source_of(module: str) -> bytes:
    """Return the source of a module as it was at the first call."""
    return path_of(module).read_bytes()


def lines_of(drawn: Drawn) -> tuple[str, str]:
    """Return the line of a fault, without and with the fault."""
    source = source_of(drawn.module)
    start = source.rfind(b"\n", 0, drawn.fault.start) + 1
    end = (source.find(b"\n", drawn.fault.end) + 1 or len(source) + 1) - 1
    after = source[start : drawn.fault.start] + drawn.fault.new + source[drawn.fault.end : end]
    return source[start:end].decode().strip(), after.decode().strip()


def path_of(module: str, root: Path = ROOT) -> Path:
    """Return the path of a module."""
    return (root / "replay_redact").joinpath(*module.split(".")).with_suffix(".py")


def drawn_faults(modules: Sequence[str], sample: int, seed: int) -> list[Drawn]:
    """Draw faults that compile and are not known as equivalent."""
    rng = random.Random(seed)
    everything = [Drawn(module, fault) for module in modules for fault in faults(source_of(module))]
    rng.shuffle(everything)
    chosen: list[Drawn] = []
    for drawn in everything:
        if len(chosen) == sample:
            break
        if lines_of(drawn) not in EQUIVALENT.get(drawn.module, {}) and _compiles(drawn):
            chosen.append(drawn)
    return chosen


def _compiles(drawn: Drawn) -> bool:
    try:
        compile(with_fault(source_of(drawn.module), drawn.fault), drawn.module, "exec")
    except (SyntaxError, ValueError):
        return False
    return True


class Copy:
    """A copy of the project, to put faults into and to run tests in."""

    def __init__(self, directory: Path, timeout: float) -> None:
        self.root = directory
        self.timeout = timeout
        shutil.copytree(ROOT, directory, ignore=LEFT_OUT)

    def notices(self, drawn: Drawn) -> bool:
        """Tell whether a test fails, or takes too long, with a fault; then remove the fault."""
        path = path_of(drawn.module, self.root)
        source = source_of(drawn.module)
        try:
            path.write_bytes(with_fault(source, drawn.fault))
            return any(self.fails(test) for test in concerning(drawn.module, self.root))
        finally:
            path.write_bytes(source)

    def fails(self, test: str) -> bool:
        """Tell whether the tests of a file or folder fail, or take too long."""
        code = self.run(test)
        if code == NO_TESTS:
            raise RuntimeError(f"there are no tests in {test}")
        return code != PASSED

    def run(self, test: str) -> int:
        """Return what pytest returns for a file or folder; 1 if it takes too long."""
        command = [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider"]
        environment = os.environ | {"PYTHONDONTWRITEBYTECODE": "1", "HYPOTHESIS_PROFILE": "ci"}
        process = subprocess.Popen(  # noqa: S603 - pytest, over tests of our own
            [*command, test], cwd=self.root, env=environment,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
        )  # fmt: skip
        try:
            return process.wait(self.timeout)
        except subprocess.TimeoutExpired:
            return 1
        finally:
            _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    """End a run of tests, with the processes that it started."""
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def stale() -> list[str]:
    """Return the lines of the list of equivalents that the source no longer has."""
    return [
        f"{module}: {before}"
        for module, entries in EQUIVALENT.items()
        for before, _ in entries
        if before not in {line.strip() for line in path_of(module).read_text("utf-8").split("\n")}
    ]


def main() -> int:
    """Draw faults, try each, and print what was noticed."""
    parser = argparse.ArgumentParser(prog="python -m tests.mutants", description=__doc__)
    parser.add_argument("--sample", type=int, default=20, help="faults to draw")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument(
        "--modules",
        nargs="+",
        default=modules(ROOT),
        help="of replay_redact, such as scrub.validators",
    )
    parser.add_argument("--timeout", type=float, default=300, help="seconds; more is noticed")
    parser.add_argument("--jobs", type=int, default=1, help="copies at once")
    parser.add_argument("--unchecked", action="store_true", help="take it that all pass without")
    options = parser.parse_args()
    print(*(f"no longer in the source: {line}" for line in stale()), sep="\n")
    chosen = drawn_faults(options.modules, options.sample, options.seed)
    with tempfile.TemporaryDirectory(prefix="mutants-") as directory:
        copies: queue.Queue[Copy] = queue.Queue()
        for number in range(options.jobs):
            copies.put(Copy(Path(directory) / str(number), options.timeout))
        if not options.unchecked and not _all_pass(chosen, copies):
            return 2
        return _tried(chosen, copies, options.jobs)


def _all_pass(chosen: list[Drawn], copies: queue.Queue[Copy]) -> bool:
    """Tell whether the tests that concern the modules pass without a fault."""
    copy = copies.get()
    tests = dict.fromkeys(test for drawn in chosen for test in concerning(drawn.module, ROOT))
    failing = [test for test in tests if copy.fails(test)]
    if failing:
        print("these fail, or take too long, without a fault:", *failing)
    copies.put(copy)
    return not failing


def _tried(chosen: list[Drawn], copies: queue.Queue[Copy], jobs: int) -> int:
    def attempt(drawn: Drawn) -> bool:
        copy = copies.get()
        try:
            noticed = copy.notices(drawn)
        finally:
            copies.put(copy)
        _show(drawn, noticed=noticed)
        return noticed

    with ThreadPoolExecutor(jobs) as pool:
        answers = list(pool.map(attempt, chosen))
    _sum_up(chosen, answers)
    return 0 if all(answers) else 1


def _show(drawn: Drawn, *, noticed: bool) -> None:
    before, after = lines_of(drawn)
    word = "noticed" if noticed else "NOT NOTICED"
    place = f"{path_of(drawn.module).relative_to(ROOT)}:{drawn.fault.line}"
    print(f"{word} {place} ({drawn.fault.kind})\n  - {before}\n  + {after}", flush=True)


def _sum_up(chosen: list[Drawn], answers: list[bool]) -> None:
    total = Counter(drawn.module for drawn in chosen)
    found = Counter(d.module for d, noticed in zip(chosen, answers, strict=True) if noticed)
    print(*(f"{module}: {found[module]} of {total[module]} noticed" for module in total), sep="\n")
    print(f"together: {sum(answers)} of {len(answers)} noticed")


if __name__ == "__main__":
    sys.exit(main())
