"""What both recorders have in common, and the one that puts rrweb into a page."""

from __future__ import annotations

import os
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any

from replay_redact._wire.codec import decode
from replay_redact.events import Event, FullSnapshot
from replay_redact.policy import Policy
from replay_redact.testing import Leak
from replay_redact.testing.browser.messages import message
from replay_redact.testing.browser.rrweb import recorder_script
from replay_redact.testing.checks import find_leaks, named_secrets

if TYPE_CHECKING:
    from playwright.sync_api import Page

DEFAULT_POLICY = Policy()
Secrets = Iterable[str] | Mapping[str, str]

_EMIT = "replayRedactEmit"
_BLANK = "about:blank"

# rrweb hears of a change in the task after it.
_SETTLED = "() => new Promise((done) => setTimeout(done, 50))"

_NOTHING = (
    "nothing was recorded: call page.goto after the recorder is made (page.set_content alone opens"
    " no page), and wait until it is loaded; a file that is given instead of the bundled rrweb must"
    " be a browser bundle (UMD)"
)


class Recorder(ABC):
    """A recording from a browser, which can be checked."""

    def __init__(
        self,
        policy: Policy | None,
        secrets: Secrets,
        noted: Callable[[list[Leak]], None] | None,
    ) -> None:
        self._policy = policy
        self._secrets = secrets
        self._noted = noted

    def check(self, *, policy: Policy | None = None, secrets: Secrets | None = None) -> None:
        """Raise ``AssertionError`` if what was recorded is not private, or nothing was recorded.

        ``policy`` and ``secrets`` are as for `find_leaks`. Without them, those hold that the
        recorder was made with. The message lists the elements by channel, and says for each
        channel what to do.
        """
        __tracebackhide__ = True
        chosen = self._policy if policy is None else policy
        named = named_secrets(self._secrets if secrets is None else secrets)
        events, leaks = self._found(chosen, named)
        if self._noted is not None:
            self._noted(leaks)
        if leaks:
            raise AssertionError(message(leaks, events, self._senders(), named))

    @abstractmethod
    def _found(
        self, policy: Policy | None, secrets: Mapping[str, str]
    ) -> tuple[list[Event], list[Leak]]:
        """Return what was recorded until now, and what leaks of it."""

    @abstractmethod
    def _senders(self) -> list[str]:
        """Return who recorded, as `messages.ADVICE` names them."""


class ReplayRecorder(Recorder):
    """Records a page of Playwright with rrweb, from the next document on.

    * ``options``: those of ``rrweb.record``, as in JavaScript. Without any, rrweb masks nothing.
    * The policy says what has to be private; the default is ``Policy()``.
    * ``rrweb``: the path of another release of rrweb, see `recorder_script`.

    A page that is already open is recorded from now on.

    In a test, ``page`` comes from pytest-playwright or from ``browser.new_page()``::

        recorder = ReplayRecorder(page, {"maskAllInputs": True})
        page.goto("http://localhost:8000/checkout")
        page.fill("#name", "Jane Roe")
        recorder.check(secrets=["Jane Roe"])
    """

    def __init__(  # noqa: PLR0913 - all that may be chosen once for a test
        self,
        page: Page,
        options: Mapping[str, Any] | None = None,
        *,
        policy: Policy | None = None,
        secrets: Secrets = (),
        rrweb: str | os.PathLike[str] | None = None,
        noted: Callable[[list[Leak]], None] | None = None,
    ) -> None:
        super().__init__(policy, secrets, noted)
        self._page = page
        self._texts: list[str] = []
        script = recorder_script(options, rrweb=rrweb)
        page.expose_function(_EMIT, self._keep)
        page.add_init_script(script)
        if page.url != _BLANK:
            page.evaluate(script)

    def _keep(self, text: str) -> None:
        self._texts.append(text)

    def recording(self) -> bytes:
        """Return what was recorded until now, as a JSON array of events.

        Raises ``AssertionError`` if no page is in it: a test of nothing proves nothing.
        """
        return self._recorded()[0]

    def _recorded(self) -> tuple[bytes, list[Event]]:
        if not self._page.is_closed():
            self._page.evaluate(_SETTLED)
        recording = f"[{','.join(self._texts)}]".encode("utf-8", "surrogatepass")
        events = decode(recording)
        if not any(isinstance(event, FullSnapshot) for event in events):
            raise AssertionError(_NOTHING)
        return recording, events

    def _found(
        self, policy: Policy | None, secrets: Mapping[str, str]
    ) -> tuple[list[Event], list[Leak]]:
        recording, events = self._recorded()
        return events, find_leaks(recording, policy or DEFAULT_POLICY, secrets=secrets)

    def _senders(self) -> list[str]:
        return ["rrweb"]
