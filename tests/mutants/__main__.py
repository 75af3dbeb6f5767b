"""Put drawn faults into a copy of the project, and print those that no test notices.

python -m tests.mutants --record tests/css tests/masks replay_redact
python -m tests.mutants --sample 40 --seed 1 --modules _css.sheets _masks.text
"""

from __future__ import annotations

import argparse
import random
import re
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from tests.mutants.concerned import TABLES, concerning, modules
from tests.mutants.copies import Copy
from tests.mutants.equivalent import EQUIVALENT
from tests.mutants.faults import Fault, faults, with_fault
from tests.mutants.recording import Record, record, runs_at_import

ROOT = Path(__file__).parents[2]
SHORT = 1.0  # seconds of tests that are tried first: most faults are noticed by them
OWN = len(TABLES) + 3  # those of tables, and a module's own
PER_FILE = 0.1  # seconds to read a file of tests


class Drawn(NamedTuple):
    """A fault of a module."""

    module: str
    fault: Fault


@lru_cache
def source_of(module: str) -> bytes:
    """Return the source of a module as it was at the first call."""
    return path_of(module).read_bytes()


def path_of(module: str, root: Path = ROOT) -> Path:
    """Return the path of a module."""
    return (root / "replay_redact").joinpath(*module.split(".")).with_suffix(".py")


def lines_of(drawn: Drawn) -> tuple[str, str]:
    """Return the line of a fault, without and with the fault."""
    source = source_of(drawn.module)
    start = source.rfind(b"\n", 0, drawn.fault.start) + 1
    end = (source.find(b"\n", drawn.fault.end) + 1 or len(source) + 1) - 1
    after = source[start : drawn.fault.start] + drawn.fault.new + source[drawn.fault.end : end]
    return source[start:end].decode().strip(), after.decode().strip()


# --- drawing ---


def named(name: str) -> list[str]:
    """Return the module of a name, or the modules in the folder of that name."""
    found = [module for module in modules(ROOT) if f"{module}.".startswith(f"{name}.")]
    return found or sys.exit(f"replay_redact has no {name}")


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


def stale() -> list[str]:
    """Return the lines of the list of equivalents that the source no longer has."""
    return [
        f"{module}: {before}"
        for module, entries in EQUIVALENT.items()
        for before, _ in entries
        if before not in {line.strip() for line in path_of(module).read_text("utf-8").split("\n")}
    ]


# --- trying ---


def runs(drawn: Drawn, recorded: Record, most: float) -> Iterator[list[str]]:
    """Yield the tests that run a fault's line, the nearest and quickest first.

    First come those of a second, then those of ``most`` seconds together.
    """
    path = path_of(drawn.module)
    near = [str(path.relative_to(ROOT)), *concerning(drawn.module, ROOT)]  # its doctests first
    tests = recorded.tests(path, drawn.fault.line)
    if runs_at_import(path, drawn.fault.line):  # a test may look at nothing but a constant
        near = [*TABLES, *near]
        own = {test for test in recorded.seconds if _distance(test, near[:OWN]) < OWN}
        tests |= own | recorded.of_module(path)
    spent, group, limits = 0.0, list[str](), [SHORT, most]
    seen: set[str] = set()
    around = _words_around(drawn)

    def place(test: str) -> tuple[bool, int, float]:
        unnamed = test.partition("[")[2].rstrip("]") not in around
        return unnamed, _distance(test, near), recorded.seconds[test]

    for test in sorted(tests, key=place):
        file = test.partition("::")[0]
        spent += recorded.seconds[test] + PER_FILE * (file not in seen)
        seen.add(file)
        if spent > limits[0] and group:
            yield group
            group = []
            limits.pop(0)
            if not limits:
                return
        group.append(test)
    if group:
        yield group


def _words_around(drawn: Drawn) -> set[str]:
    """Return the words near a fault: a test with such a parameter is about that row of a table."""
    lines = source_of(drawn.module).decode().split("\n")
    return set(
        re.findall(r"\w+", "\n".join(lines[max(drawn.fault.line - 5, 0) : drawn.fault.line]))
    )


def _distance(test: str, near: list[str]) -> int:
    """Return how far a test is from a module: the place of its file among those that concern it."""
    return next((n for n, path in enumerate(near) if test.startswith(path)), len(near))


def noticed(drawn: Drawn, copy: Copy, recorded: Record, most: float) -> list[str] | None:
    """Return the tests that fail with a fault, none if it takes too long; ``None`` if all pass."""
    relative = path_of(drawn.module).relative_to(ROOT)
    with copy.holding(relative, with_fault(source_of(drawn.module), drawn.fault)):
        for group in runs(drawn, recorded, most):
            answer = copy.run(group, 20 + 10 * sum(recorded.seconds[test] for test in group))
            if answer.failed:
                return answer.tests
    return None


def tried(chosen: list[Drawn], copy: Copy, recorded: Record, most: float) -> list[bool]:
    """Try each fault, and tell which are noticed, by tests that pass without a fault."""
    answers = []
    for drawn in chosen:
        begin = time.perf_counter()
        answers.append(noticed(drawn, copy, recorded, most))
        _show(drawn, answers[-1], time.perf_counter() - begin)
    names = {name for answer in answers for name in answer or () if name in recorded.seconds}
    broken = set(copy.run(sorted(names), 3600, all_of_them=True).tests) if names else set()
    print(*(f"fails without a fault: {name}" for name in sorted(broken)), sep="\n")
    return [answer is not None and not broken.intersection(answer) for answer in answers]


# --- telling ---


def _show(drawn: Drawn, tests: list[str] | None, seconds: float) -> None:
    before, after = lines_of(drawn)
    word = "NOT NOTICED" if tests is None else "noticed"
    by = " ".join(tests) or "no run to its end" if tests is not None else "-"
    place = f"{path_of(drawn.module).relative_to(ROOT)}:{drawn.fault.line}"
    print(f"{word} {place} ({drawn.fault.kind}), {seconds:.1f} s, by {by}", flush=True)
    print(f"  - {before}\n  + {after}", flush=True)


def _sum_up(chosen: list[Drawn], answers: list[bool]) -> None:
    total = Counter(drawn.module for drawn in chosen)
    found = Counter(d.module for d, noticed in zip(chosen, answers, strict=True) if noticed)
    print(*(f"{module}: {found[module]} of {total[module]} noticed" for module in total), sep="\n")
    print(f"together: {sum(answers)} of {len(answers)} noticed")


def main() -> int:
    """Record tests, or draw faults, try each, and print what was noticed."""
    parser = argparse.ArgumentParser(prog="python -m tests.mutants", description=__doc__)
    parser.add_argument("--record", nargs="+", metavar="PATH", help="of tests to record")
    parser.add_argument("--sample", type=int, default=20, help="faults to draw")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument(
        "--modules", nargs="+", default=[], help="or folders; such as _css scrub.probes"
    )
    parser.add_argument("--most", type=float, default=30, help="seconds of tests for each fault")
    options = parser.parse_args()
    if options.record:
        record(ROOT, options.record)
        return 0
    print(*(f"no longer in the source: {line}" for line in stale()), sep="\n")
    return _draw_and_try(options)


def _draw_and_try(options: argparse.Namespace) -> int:
    names = [module for name in options.modules for module in named(name)]
    chosen = drawn_faults(names or modules(ROOT), options.sample, options.seed)
    recorded = Record(ROOT)
    if unknown := {d.module for d in chosen if not recorded.knows(path_of(d.module))}:
        print("record the tests first, by --record: changed or new are", *sorted(unknown))
        return 2
    with tempfile.TemporaryDirectory(prefix="mutants-") as directory:
        answers = tried(chosen, Copy(Path(directory) / "copy", ROOT), recorded, options.most)
    _sum_up(chosen, answers)
    return 0 if all(answers) else 1


if __name__ == "__main__":
    sys.exit(main())
