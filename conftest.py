"""Loads the package's own pytest plugin late, and measures coverage of the tests alone.

As an entry point the plugin would come before coverage begins, and is therefore blocked in
pyproject.toml.

Coverage measures what is imported, what sets up fixtures, and the tests themselves, unless they are
marked ``no_cover``. It does not measure pytest around them, which doubled the time of small tests.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import Any

import pytest

pytest_plugins = ["replay_redact.pytest_plugin"]

COVERAGE = pytest.StashKey[Any]()


@pytest.hookimpl(tryfirst=True)
def pytest_runtestloop(session: pytest.Session) -> None:
    """Stop measuring until the first test.

    In a worker of xdist two of them run: pytest-cov starts one before it knows that this is a
    worker. Whenever the second one stopped, the first one went on, and measured what is marked
    ``no_cover``. Nobody reads what it measured.
    """
    coverage = sys.modules.get("coverage")
    session.config.stash[COVERAGE] = coverage and coverage.Coverage.current()
    while coverage and (running := coverage.Coverage.current()):
        running.stop()


@pytest.hookimpl(wrapper=True)
def pytest_fixture_setup(request: pytest.FixtureRequest) -> Iterator[None]:
    """Measure fixtures, also those of tests that are not measured: a later test may share them."""
    measuring = request.config.stash[COVERAGE]
    if not measuring or measuring.current() is measuring:
        return (yield)
    measuring.start()
    try:
        return (yield)
    finally:
        measuring.stop()


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_call(item: pytest.Item) -> Iterator[None]:
    """Measure a test, unless it is marked ``no_cover``."""
    measuring = item.config.stash[COVERAGE]
    if not measuring:
        return (yield)
    if not item.get_closest_marker("no_cover"):
        measuring.start()
    try:
        return (yield)
    finally:
        measuring.stop()  # in any case: pytest-cov begins again after a test marked ``no_cover``
