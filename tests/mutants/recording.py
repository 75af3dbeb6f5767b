"""Which tests run which lines, and how long each takes: recorded once, asked for each fault."""

from __future__ import annotations

import ast
import hashlib
import json
import sys
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cached_property, lru_cache
from pathlib import Path

import coverage
import pytest

FOLDER = Path("build") / "mutants"


class _Recorder:
    """A plugin of pytest that gives each test a context of its own."""

    def __init__(self, measured: coverage.Coverage) -> None:
        self.measured = measured
        self.seconds: dict[str, float] = {}
        self.useless: set[str] = set()

    @pytest.hookimpl(trylast=True)  # after conftest.py has marked them
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Leave out properties: they notice by luck what a plain test has to notice."""
        items[:] = [item for item in items if item.get_closest_marker("no_cover") is None]

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        """Note how long a test takes, with its fixtures."""
        begin = time.process_time()
        try:
            return (yield)
        finally:
            self.seconds[item.nodeid] = round(time.process_time() - begin, 4)

    @pytest.hookimpl(wrapper=True, trylast=True)  # conftest.py measures only while a test runs
    def pytest_runtest_call(self, item: pytest.Item) -> Iterator[None]:
        """Note which lines a test runs."""
        self.measured.switch_context(item.nodeid)
        try:
            return (yield)
        finally:
            self.measured.switch_context("")

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Note a test that fails or is skipped without any fault: it can notice none."""
        if not report.passed:
            self.useless.add(report.nodeid)


def record(root: Path, paths: Sequence[str]) -> None:
    """Run tests once, and note which lines each of them runs.

    What was noted before is kept, but for modules that changed since.
    """
    (root / FOLDER).mkdir(parents=True, exist_ok=True)
    package = root / "replay_redact"
    measured = coverage.Coverage(root / FOLDER / "lines", config_file=False, source=[str(package)])
    recorder = _Recorder(measured)
    before = Record(root)
    measured.load()
    if changed := [str(root / name) for name in before.sources if not before.knows(root / name)]:
        measured.get_data().purge_files(changed)
    measured.start()
    status = pytest.main(["-q", "-p", "no:cacheprovider", *paths], plugins=[recorder])
    measured.stop()
    if status > pytest.ExitCode.TESTS_FAILED:
        sys.exit("pytest could not run these tests")
    measured.save()
    seconds = before.seconds | recorder.seconds
    notes = {
        "sources": sources(root),
        "seconds": {name: seconds[name] for name in seconds if name not in recorder.useless},
    }
    (root / FOLDER / "notes.json").write_text(json.dumps(notes, indent=0), "utf-8")


@lru_cache
def sources(root: Path) -> dict[str, str]:
    """Return a digest of each file of the package."""
    return {
        str(path.relative_to(root)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted((root / "replay_redact").rglob("*.py"))
    }


class Record:
    """What was recorded, or nothing."""

    def __init__(self, root: Path) -> None:
        self.root = root
        path = root / FOLDER / "notes.json"
        notes = json.loads(path.read_text("utf-8")) if path.exists() else {}
        self.seconds: dict[str, float] = notes.get("seconds", {})
        self.sources: dict[str, str] = notes.get("sources", {})

    def knows(self, path: Path) -> bool:
        """Tell whether a module is as it was when the tests were recorded."""
        name = str(path.relative_to(self.root))
        return name in self.sources and self.sources[name] == sources(self.root).get(name)

    def tests(self, path: Path, line: int) -> set[str]:
        """Return the tests that run a statement: none, if it runs when the module is imported."""
        lines = self._lines(path)
        return {name for number in statement(path, line) for name in lines.get(number, ())}

    def of_module(self, path: Path, seen: frozenset[Path] = frozenset()) -> set[str]:
        """Return the tests that run any line of a module, or of those that import its tables."""
        found = {name for names in self._lines(path).values() for name in names}
        if not found:
            for other in self._importers.get(path, set()) - seen:
                found |= self.of_module(other, seen | {path})
        return found

    @lru_cache  # noqa: B019 - there is one record for as long as the tool runs
    def _lines(self, path: Path) -> dict[int, list[str]]:
        named = self._data.contexts_by_lineno(str(path))
        return {line: [t for t in names if t in self.seconds] for line, names in named.items()}

    @cached_property
    def _data(self) -> coverage.CoverageData:
        data = coverage.CoverageData(str(self.root / FOLDER / "lines"))
        data.read()
        return data

    @cached_property
    def _importers(self) -> dict[Path, set[Path]]:
        importers = defaultdict(set)
        for path in (self.root / "replay_redact").rglob("*.py"):
            for name in _imported(ast.parse(path.read_bytes())):
                importers[(self.root / name.replace(".", "/")).with_suffix(".py")].add(path)
        return importers


def _imported(tree: ast.AST) -> Iterator[str]:
    """Yield the names that may be modules."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def statement(path: Path, line: int) -> range:
    """Return the lines of the statement around a line; of a compound one, those up to the line."""
    around = [
        node
        for node in ast.walk(_tree(path))
        if isinstance(node, ast.stmt) and node.lineno <= line <= (node.end_lineno or line)
    ]
    inner = min(around, key=lambda node: (node.end_lineno or line) - node.lineno)
    end = line if hasattr(inner, "body") else inner.end_lineno or line
    return range(inner.lineno, end + 1)


def runs_at_import(path: Path, line: int) -> bool:
    """Tell whether a line is in no function. A test may run it, too, by another import."""
    return not any(
        isinstance(node, ast.FunctionDef) and node.lineno <= line <= (node.end_lineno or line)
        for node in ast.walk(_tree(path))
    )


@lru_cache
def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_bytes())
