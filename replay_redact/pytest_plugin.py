"""The pytest plugin: ``--replay-policy``, the marker ``replay``, the fixture ``replay_check``.

It is loaded into every pytest run of an environment, so nothing of the package is
imported before a test asks for the fixture.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from replay_redact.policy import Policy

__all__ = ["pytest_addoption", "pytest_configure", "replay_check"]


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option ``--replay-policy``."""
    group = parser.getgroup("replay_redact", "privacy of session-replay recordings")
    group.addoption(
        "--replay-policy",
        default="strict",
        metavar="NAME|FILE.toml",
        help="policy of the fixture replay_check: strict (default), sentry, lockdown, open,"
        " or a TOML file",
    )


def pytest_configure(config: pytest.Config) -> None:
    """Announce the marker ``replay``."""
    config.addinivalue_line(
        "markers",
        "replay(policy=None, secrets=()): options of the fixture replay_check; a policy is one of"
        " replay_redact, a dictionary of its options, or a name as for --replay-policy",
    )


@pytest.fixture
def replay_check(
    request: pytest.FixtureRequest, record_property: Callable[[str, object], None]
) -> Callable[..., None]:
    """Return a function that fails the test if a recording is not private.

    It takes the recording and, by name, ``policy`` and ``secrets``, which count
    more than those of the marker. The number of leaks in each channel becomes a
    property of the test.
    """
    from collections import Counter  # noqa: PLC0415 - see the head of this file

    from replay_redact.testing import find_leaks, summary  # noqa: PLC0415

    marker = request.node.get_closest_marker("replay")
    options = dict(marker.kwargs) if marker else {}

    def check(recording: Any, *, policy: Any = None, secrets: Any = None) -> None:
        __tracebackhide__ = True
        chosen = options.get("policy") if policy is None else policy
        chosen = request.config.getoption("replay_policy") if chosen is None else chosen
        wanted = options.get("secrets", ()) if secrets is None else secrets
        leaks = find_leaks(recording, _policy(chosen), secrets=wanted)
        for channel, count in sorted(Counter(leak.channel for leak in leaks).items()):
            record_property(f"replay_leaks_{channel}", count)
        if leaks:
            pytest.fail(summary(leaks), pytrace=False)

    return check


def _policy(chosen: Any) -> Policy:
    from replay_redact.policy import Policy, named_policy  # noqa: PLC0415

    if isinstance(chosen, dict):
        return Policy(**chosen)
    return named_policy(chosen) if isinstance(chosen, str) else chosen
