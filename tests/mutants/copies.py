"""A copy of the project, to put faults into and to run tests in."""

from __future__ import annotations

import compileall
import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from importlib.util import cache_from_source
from pathlib import Path
from typing import NamedTuple

LEFT_OUT = shutil.ignore_patterns(".*", "node_modules", "__pycache__", "*.so", "build")
PASSED, FAILED, INTERRUPTED, NO_TESTS = 0, 1, 2, 5  # what pytest returns
_LOADED = 20  # a process gets at least one twentieth of the time, however busy the machine is


class Answer(NamedTuple):
    """What became of a run: whether a test failed, and which."""

    failed: bool
    tests: list[str]


class Copy:
    """A copy of the project."""

    def __init__(self, directory: Path, root: Path) -> None:
        self.root = directory
        shutil.copytree(root, directory, ignore=LEFT_OUT)
        compileall.compile_dir(directory, quiet=2)

    @contextmanager
    def holding(self, path: Path, source: bytes) -> Iterator[None]:
        """Put other bytes into a file for a while."""
        whole = (self.root / path).read_bytes()
        compiled = _compiled(self.root / path)
        compiled.unlink(missing_ok=True)
        try:
            (self.root / path).write_bytes(source)
            yield
        finally:
            (self.root / path).write_bytes(whole)
            compiled.unlink(missing_ok=True)

    def run(self, tests: Sequence[str], seconds: float, *, all_of_them: bool = False) -> Answer:
        """Run tests in their order, up to the first that fails. To take too long is to fail.

        ``seconds`` are those of a processor, so that a busy machine makes no test fail.
        """
        wanted = {"tests": list(tests), "seconds": int(seconds) + 1, "all": all_of_them}
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.mutants.child"], cwd=self.root, start_new_session=True,
            env=os.environ | {"PYTHONDONTWRITEBYTECODE": "1", "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"},
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
        )  # fmt: skip
        try:
            said, _ = process.communicate(json.dumps(wanted), _LOADED * (seconds + 1))
        except subprocess.TimeoutExpired:
            said = ""
        finally:
            _end(process)
        return _read(said)


def _read(said: str) -> Answer:
    if not said:  # it was ended from outside
        return Answer(failed=True, tests=[])
    answer = json.loads(said)
    if answer["status"] == NO_TESTS:
        raise RuntimeError("none of the tests is there")
    return Answer(failed=answer["status"] != PASSED, tests=answer["failed"])


def _compiled(path: Path) -> Path:
    return Path(cache_from_source(path))


def _end(process: subprocess.Popen[str]) -> None:
    """End a run of tests, with the processes that it started."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
