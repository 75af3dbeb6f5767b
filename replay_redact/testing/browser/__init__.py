"""Recorders for browser tests: what a page records, and what an SDK on it sends.

They need a page of Playwright's synchronous API, and work with pytest, unittest or neither. For
pytest, they are the fixtures ``replay_recorder`` and ``sdk_recorder``.

* `ReplayRecorder` puts rrweb into the page and keeps what it records.
* `SdkRecorder` keeps what ``@sentry/browser`` or ``posthog-js`` sends.
* `recorder_script` is the script for other drivers of browsers, such as Selenium.
"""

from __future__ import annotations

from replay_redact.testing.browser.recorders import ReplayRecorder
from replay_redact.testing.browser.rrweb import recorder_script
from replay_redact.testing.browser.sdks import SdkRecorder

__all__ = ["ReplayRecorder", "SdkRecorder", "recorder_script"]
