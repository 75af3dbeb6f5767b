"""Hypothesis profiles, chosen by the environment variable ``HYPOTHESIS_PROFILE``.

* ``dev``: the default; other examples every time, few enough to wait for.
* ``ci``: the same examples every time, so that a red build is about the change.
* ``fuzz``: as many as a night allows.
"""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

# Whole recordings are drawn slowly at first, while strategies are being built.
SLOW = [HealthCheck.too_slow]

settings.register_profile("dev", max_examples=100, deadline=None, suppress_health_check=SLOW)
settings.register_profile(
    "ci", max_examples=100, deadline=None, derandomize=True, suppress_health_check=SLOW
)
settings.register_profile(
    "fuzz", max_examples=20_000, deadline=None, suppress_health_check=list(HealthCheck)
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "dev"))
