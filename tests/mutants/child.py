"""Run some tests in the order given, and say which one fails first.

A process of its own, in a copy of the project. Standard input names the seconds that it may take
and the tests; the last line of standard output is the answer.
"""

from __future__ import annotations

import json
import os
import resource
import sys

import pytest

QUIET = ["-q", "-o", "addopts=", "-p", "no:cacheprovider", "--strict-markers",
         "--doctest-modules", "--doctest-glob=*.md", "--ignore-glob=*/conftest.py"]  # fmt: skip
"""Options of pytest: those of the project, but for what measures, and what leaves files."""
MOST_MEMORY = 6 << 30  # bytes; a fault may make a loop that never ends


class _Chosen:
    """A plugin of pytest: runs the tests that were named, in their order."""

    def __init__(self, names: list[str]) -> None:
        self.places = {name: place for place, name in enumerate(names)}
        self.failed: list[str] = []

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Drop all other tests of the files."""
        items[:] = [item for item in items if item.nodeid in self.places]
        items.sort(key=lambda item: self.places[item.nodeid])

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        """Note a file that cannot be imported."""
        if report.failed:
            self.failed.append(report.nodeid)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Note a test that fails."""
        if report.failed:
            self.failed.append(report.nodeid)


def failing(names: list[str], *, all_of_them: bool) -> tuple[int, list[str]]:
    """Return pytest's status and the tests that failed; without ``all_of_them`` only the first."""
    chosen = _Chosen(names)
    files = list(dict.fromkeys(name.partition("::")[0] for name in names))
    stop = [] if all_of_them else ["-x"]
    return int(pytest.main([*QUIET, *stop, *files], plugins=[chosen])), chosen.failed


def main() -> None:
    """Read what to run, run it, and answer."""
    wanted = json.load(sys.stdin)
    seconds = wanted["seconds"]
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 5))
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    answer = os.fdopen(os.dup(1), "w")
    silent = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silent, 1)
    os.dup2(silent, 2)
    status, failed = failing(wanted["tests"], all_of_them=wanted["all"])
    json.dump({"status": status, "failed": failed}, answer)
    answer.flush()
    os._exit(0)  # threads and hooks that a fault left behind are not waited for


if __name__ == "__main__":
    main()
