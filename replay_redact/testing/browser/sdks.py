"""The recorder that keeps what an SDK sends.

It sees every request of the page. It answers the requests of an SDK itself, so nothing leaves the
machine. PostHog's SDK asks its server whether to record: the answer is yes.

An SDK sends an event some seconds after it happened. To know that everything was sent,
`SdkRecorder.check` puts an empty element into the page and waits until the SDK sends it.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from replay_redact._wire.codec import encode
from replay_redact.errors import RedactError
from replay_redact.events import Event, Unreadable
from replay_redact.policy import Policy
from replay_redact.testing import Leak
from replay_redact.testing.browser.recorders import Recorder, Secrets
from replay_redact.testing.browser.sent import Sent, leaks_of, read, sdk_of

if TYPE_CHECKING:
    from playwright.sync_api import Page, Request, Route

PATIENCE = 15.0
"""Seconds to wait for what an SDK sends; Sentry's sends nothing in its first five."""

_POLL = 100  # milliseconds

_SETTINGS = re.compile(r"/(?:flags|decide|array/[^/?]+/config(?P<script>\.js)?)/?(?:\?.*)?$")
_RECORDING: dict[str, Any] = {
    "sessionRecording": {"endpoint": "/s/", "recorderVersion": "v2"},
    "supportedCompression": ["gzip-js"],
    "featureFlags": {},
    "hasFeatureFlags": False,
    "config": {},
}
"""PostHog's settings of a project that records."""

_MARK = """(id) => {
  const mark = document.createElement("i");
  mark.id = id;
  mark.hidden = true;
  document.documentElement.append(mark);
}"""
_NO_EVENTS = b"[]"
_UNMARK = "(id) => document.getElementById(id)?.remove()"


class SdkRecorder(Recorder):
    """Keeps what ``@sentry/browser`` or ``posthog-js`` sends from a page of Playwright.

    Without a policy, the events have to be masked as ``Policy.sentry()`` masks them, and everything
    outside the events, such as addresses and titles, is only searched for secrets. With a policy,
    everything has to be private under that policy.

    In a test, ``page`` comes from pytest-playwright or from ``browser.new_page()``::

        sent = SdkRecorder(page)
        page.goto("http://localhost:8000/checkout")
        page.fill("#name", "Jane Roe")
        sent.check(secrets=["Jane Roe"])

    Check before the test leaves a page: what an SDK sends while a page is closed is not seen.
    """

    def __init__(
        self,
        page: Page,
        *,
        policy: Policy | None = None,
        secrets: Secrets = (),
        noted: Callable[[list[Leak]], None] | None = None,
    ) -> None:
        super().__init__(policy, secrets, noted)
        self._page = page
        self._sent: list[Sent] = []
        self._marks = 0
        self._recording = set[str]()  # the SDKs that sent events
        page.on("request", self._look)
        page.route("**/*", self._answer)

    def bodies(self) -> list[bytes]:
        """Return the bodies that were sent until now, as they were sent."""
        return [one.body for one in self._sent]

    # --- requests ---

    def _look(self, request: Request) -> None:
        body = request.post_data_buffer
        sdk = sdk_of(request.url, body) if body else None
        if sdk is not None and body is not None:
            self._sent.append(Sent(sdk, body))

    def _answer(self, route: Route) -> None:
        request = route.request
        body = request.post_data_buffer
        asked = _SETTINGS.search(request.url)
        if body and sdk_of(request.url, body):
            route.fulfill(json={}, headers=_shared_with(request))
        elif asked and asked["script"]:  # after an empty one, the SDK asks for JSON
            route.fulfill(content_type="text/javascript", headers=_shared_with(request))
        elif asked:
            route.fulfill(json=_RECORDING, headers=_shared_with(request))
        else:
            route.fallback()

    # --- what was sent ---

    def _found(
        self, policy: Policy | None, secrets: Mapping[str, str]
    ) -> tuple[list[Event], list[Leak]]:
        self._wait()
        return leaks_of(self._sent, policy, secrets)

    def _wait(self) -> None:
        """Wait until each SDK that records has sent all that happened."""
        self._marks += 1
        mark = f"replay-redact-end-{self._marks}"
        self._page.evaluate(_MARK, mark)
        end = time.monotonic() + PATIENCE
        seen, through = 0, set[str]()
        while not through or self._recording - through:
            if time.monotonic() >= end:
                raise AssertionError(_nothing_came(sorted(self._recording - through)))
            self._page.wait_for_timeout(_POLL)
            for sdk, body in self._sent[seen:]:
                seen += 1
                events = _events(body)
                if events != _NO_EVENTS:
                    self._recording.add(sdk)
                if f'"{mark}"'.encode() in events:
                    through.add(sdk)
        self._page.evaluate(_UNMARK, mark)

    def _senders(self) -> list[str]:
        return sorted({one.sdk for one in self._sent})


def _shared_with(request: Request) -> dict[str, str]:
    """Return the headers that let a page of any origin read an answer (CORS)."""
    return {
        "access-control-allow-origin": request.headers.get("origin", "*"),
        "access-control-allow-credentials": "true",
    }


def _events(body: bytes) -> bytes:
    """Return the events of a body as one JSON array."""
    found = read(body)
    if isinstance(found, RedactError):
        return _NO_EVENTS
    return encode(event for event in found.events if not isinstance(event, Unreadable))


def _nothing_came(missing: list[str]) -> str:
    if not missing:
        return (
            f"no SDK sent a recording in {PATIENCE:.0f} s: is @sentry/browser or posthog-js on the"
            " page, was the recorder made before the page was opened, and is each session recorded"
            " (replaysSessionSampleRate: 1, or the settings of the project)?"
        )
    return (
        f"{' and '.join(missing)} did not send all of the recording in {PATIENCE:.0f} s: was it"
        " stopped, or is the element html blocked?"
    )
