"""The pytest plugin: ``--replay-policy``, the marker ``replay``, the fixture ``replay_check``.

pytest loads this module in every run of an environment. So it imports nothing else of the package
before a test asks for the fixture.
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
        help="policy of the fixture replay_check: strict (default), sentry, lockdown,"
        " permissive, or a TOML file",
    )


def pytest_configure(config: pytest.Config) -> None:
    """Register the marker ``replay``."""
    config.addinivalue_line(
        "markers",
        "replay(policy=None, secrets=()): options of the fixture replay_check; policy is a"
        " replay_redact.Policy, a dictionary of its options, or a name as for --replay-policy",
    )


@pytest.fixture
def replay_check(request: pytest.FixtureRequest) -> Callable[..., None]:
    """Return a function that fails the test if a recording is not private.

    It takes the recording and the keywords ``policy`` and ``secrets``, which override those of the
    marker ``replay``. The number of leaks in each channel becomes a property of the test, for
    reports such as JUnit XML.
    """
    from collections import Counter  # noqa: PLC0415 - see the head of this file

    from replay_redact.testing.checks import NOTHING, find_leaks, is_empty, summary  # noqa: PLC0415

    options = _marked(request.node)

    def check(recording: Any, *, policy: Any = None, secrets: Any = None) -> None:
        __tracebackhide__ = True
        chosen = options.get("policy") if policy is None else policy
        chosen = request.config.getoption("replay_policy") if chosen is None else chosen
        wanted = options.get("secrets", ()) if secrets is None else secrets
        if not isinstance(recording, bytes | bytearray | memoryview):
            recording = list(recording)  # it is read twice
        leaks = find_leaks(recording, _policy(chosen), secrets=wanted)
        for channel, count in sorted(Counter(leak.channel for leak in leaks).items()):
            request.node.user_properties.append((f"replay_leaks_{channel}", count))
        if leaks:
            pytest.fail(summary(leaks), pytrace=False)
        if is_empty(recording):
            pytest.fail(NOTHING, pytrace=False)

    return check


def _marked(node: Any) -> dict[str, Any]:
    """Return the options of the marker ``replay``: ``policy`` and ``secrets``."""
    marker = node.get_closest_marker("replay")
    options = dict(marker.kwargs) if marker else {}
    unknown = sorted(options.keys() - {"policy", "secrets"})
    if unknown or (marker and marker.args):
        given = unknown[0] if unknown else "a positional argument"
        raise pytest.UsageError(f"the marker replay takes policy and secrets, not {given}")
    return options


def _policy(chosen: Any) -> Policy:
    from replay_redact.policy import Policy, named_policy  # noqa: PLC0415

    if isinstance(chosen, dict):
        return Policy().replace(**chosen)
    return named_policy(chosen) if isinstance(chosen, str) else chosen
