"""Hypothesis profiles, chosen by the environment variable ``HYPOTHESIS_PROFILE``.

* ``ci``: the default. The same examples every time, so that a build fails because of the change.
* ``dev``: as many examples, but others every time, to look for faults.
* ``fuzz``: as many as a night allows.
"""

from __future__ import annotations

import gc
import os

import pytest
from hypothesis import HealthCheck, is_hypothesis_test, settings
from hypothesis.internal.conjecture import providers

# Whole recordings are drawn slowly at first, while strategies are being built.
SLOW = [HealthCheck.too_slow]

settings.register_profile("dev", max_examples=100, deadline=None, suppress_health_check=SLOW)
settings.register_profile(
    "ci", max_examples=100, deadline=None, derandomize=True, suppress_health_check=SLOW
)
settings.register_profile(
    "fuzz", max_examples=20_000, deadline=None, suppress_health_check=list(HealthCheck)
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))

# Hypothesis also draws constants of all modules that are imported by then. These differ with the
# tests that ran before, and so did the examples that are to be the same every time.
if settings.default.derandomize:
    providers._get_local_constants = lambda: providers._local_constants

# Drawing makes many small objects, few of them in cycles; to look for those took a fifth of the
# time.
gc.set_threshold(20_000, 20, 50)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave properties out of the coverage.

    Drawn input may differ between runs, so a line that only drawn input reaches would be covered on
    some days. And measuring doubles the time that a property takes.
    """
    for item in items:
        if is_hypothesis_test(getattr(item, "obj", None)):
            item.add_marker("no_cover")
