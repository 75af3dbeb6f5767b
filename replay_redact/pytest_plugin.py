"""The pytest plugin: fixtures that check recordings, and their options.

* ``replay_check`` checks a recording that a test has.
* ``replay_recorder`` records a page of Playwright with rrweb, ``sdk_recorder`` what an SDK sends.
* ``--replay-policy``, the marker ``replay`` and ``replay_redact_rrweb`` (ini) choose for them.

pytest loads this module in every run of an environment. So it imports nothing else of the package
before a test asks for the fixture.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from replay_redact.policy import Policy
    from replay_redact.testing import Leak
    from replay_redact.testing.browser import ReplayRecorder, SdkRecorder

__all__ = [
    "pytest_addoption",
    "pytest_configure",
    "replay_check",
    "replay_recorder",
    "sdk_recorder",
]

_RRWEB = "replay_redact_rrweb"


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option ``--replay-policy``."""
    group = parser.getgroup("replay_redact", "privacy of session-replay recordings")
    group.addoption(
        "--replay-policy",
        metavar="NAME|FILE.toml",
        help="policy of the fixtures: strict (default), sentry, lockdown, permissive, or a TOML"
        " file; without it, sdk_recorder asks for what SDKs can mask",
    )
    parser.addini(_RRWEB, "browser bundle of rrweb for replay_recorder (default: a bundled one)")


def pytest_configure(config: pytest.Config) -> None:
    """Register the marker ``replay``."""
    config.addinivalue_line(
        "markers",
        "replay(policy=None, secrets=()): options of the fixtures replay_check,"
        " replay_recorder and sdk_recorder; policy is a replay_redact.Policy,"
        " a dictionary of its options, or a name as for --replay-policy",
    )


@pytest.fixture
def replay_check(request: pytest.FixtureRequest) -> Callable[..., None]:
    """Return a function that fails the test if a recording is not private.

    It takes the recording and the keywords ``policy`` and ``secrets``, which override those of the
    marker ``replay``. The number of leaks in each channel becomes a property of the test, for
    reports such as JUnit XML.
    """
    from replay_redact.testing.checks import NOTHING, find_leaks, is_empty, summary  # noqa: PLC0415

    given = _given(request)
    default = given["policy"] or _policy("strict")

    def check(recording: Any, *, policy: Any = None, secrets: Any = None) -> None:
        __tracebackhide__ = True
        chosen = default if policy is None else _policy(policy)
        wanted = given["secrets"] if secrets is None else secrets
        if not isinstance(recording, bytes | bytearray | memoryview):
            recording = list(recording)  # it is read twice
        leaks = find_leaks(recording, chosen, secrets=wanted)
        given["noted"](leaks)
        if leaks:
            pytest.fail(summary(leaks), pytrace=False)
        if is_empty(recording):
            pytest.fail(NOTHING, pytrace=False)

    return check


@pytest.fixture
def replay_recorder(request: pytest.FixtureRequest) -> Callable[..., ReplayRecorder]:
    """Return a function that records a page of Playwright with rrweb.

    It takes the page, and options of ``rrweb.record`` as keywords. It returns a `ReplayRecorder`,
    whose ``check`` fails the test if what was recorded is not private::

        recorder = replay_recorder(page, maskAllInputs=True)
    """
    from replay_redact.testing.browser import ReplayRecorder  # noqa: PLC0415 - see the head

    given = _given(request)
    named = request.config.getini(_RRWEB)
    bundle = request.config.rootpath / named if named else None

    def record(page: Any, **options: Any) -> ReplayRecorder:
        return ReplayRecorder(page, options, rrweb=bundle, **given)

    return record


@pytest.fixture
def sdk_recorder(request: pytest.FixtureRequest) -> Callable[..., SdkRecorder]:
    """Return a function that keeps what ``@sentry/browser`` or ``posthog-js`` sends from a page.

    It takes a page of Playwright and returns an `SdkRecorder`, whose ``check`` fails the test if
    what was sent is not private.
    """
    from replay_redact.testing.browser import SdkRecorder  # noqa: PLC0415 - see the head

    given = _given(request)
    return lambda page: SdkRecorder(page, **given)


def _given(request: pytest.FixtureRequest) -> dict[str, Any]:
    """Return the policy, if any is asked for, and secrets for a test, and what notes its leaks."""
    marked = _marked(request.node)
    chosen = marked.get("policy") or request.config.getoption("replay_policy")
    properties = request.node.user_properties

    def noted(leaks: list[Leak]) -> None:
        counts = Counter(leak.channel for leak in leaks)
        properties.extend((f"replay_leaks_{name}", counts[name]) for name in sorted(counts))

    return {
        "policy": _policy(chosen) if chosen else None,
        "secrets": marked.get("secrets", ()),
        "noted": noted,
    }


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
