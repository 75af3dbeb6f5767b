"""Tell which requests of a page an SDK made, and find leaks in their bodies.

The bodies of one page belong together: a body changes the page that an earlier body described. So
their events are judged as one recording. Everything outside the events, such as the address of the
page, is judged body by body.

A body from an SDK that cannot be read is a leak.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple
from urllib.parse import urlsplit

from replay_redact._wire.codec import All, encode, open_recording, read_all
from replay_redact.errors import RedactError
from replay_redact.events import Event, Unreadable
from replay_redact.policy import Policy
from replay_redact.testing import Leak
from replay_redact.testing.checks import find_in_unreadable, find_leaks

SENTRY = "@sentry/browser"
POSTHOG = "posthog-js"

SDK_POLICY = Policy.sentry()
"""What SDKs can mask: texts, form fields and media."""

_SENTRY_PATH = re.compile(r"/api/\d+/envelope/?$")
_POSTHOG_PATH = re.compile(r"/(?:s|e|i/v0/e|batch|capture|track|engage)/?$")
_ENVELOPE = re.compile(rb'\{[^\n]*"(?:dsn|sent_at)"[^\n]*\}\n')
_GZIP = b"\x1f\x8b"


class Sent(NamedTuple):
    """A body that an SDK sent, and which SDK."""

    sdk: str
    body: bytes


def sdk_of(address: str, body: bytes) -> str | None:
    r"""Return the SDK that made a request, or ``None`` if the page itself made it.

    An envelope of Sentry's SDK may go to any address (``tunnel``). PostHog's SDK keeps the ends of
    its paths behind a proxy. A page may have such a path itself, so the body has to be compressed,
    or to hold events.

    >>> sdk_of("https://shop.example/tunnel", b'{"sent_at":"2026"}\n{"type":"session"}\n{}')
    '@sentry/browser'
    >>> sdk_of("https://shop.example/e/", b'{"cart": 3}') is None
    True
    """
    _, _, path, query, _ = urlsplit(address)
    if _SENTRY_PATH.search(path) or _ENVELOPE.match(body):
        return SENTRY
    if not _POSTHOG_PATH.search(path):
        return None
    compressed = body.startswith(_GZIP) or "compression=" in query
    return POSTHOG if compressed or not isinstance(read(body), RedactError) else None


def read(body: bytes) -> All | RedactError:
    """Return all that a body holds, or why it cannot be read.

    >>> read(b'[{"type": 1, "timestamp": 5}]').events
    [Load(timestamp=5, data=<Nothing>)]
    """
    try:
        return read_all(open_recording(body))
    except RedactError as error:
        return error


def leaks_of(
    sent: Iterable[Sent], policy: Policy | None, secrets: Mapping[str, str]
) -> tuple[list[Event], list[Leak]]:
    """Return the events of all bodies in one list, and what leaks of events and bodies.

    Without a policy, the events are judged by what SDKs can mask. No SDK masks what stands beside
    them, so only secrets count there.
    """
    judge = policy or SDK_POLICY
    joined: list[Event] = []
    beside: list[Leak] = []
    unread: list[Leak] = []
    for one in sent:
        found = read(one.body)
        if isinstance(found, RedactError):
            unread.append(_unread(found))
            unread += find_in_unreadable(one.body, secrets)
            continue
        joined += [event for event in found.events if not isinstance(event, Unreadable)]
        leaks = find_leaks(one.body, judge, secrets=secrets)
        beside += [leak for leak in leaks if leak.event >= len(found.events)]
        unread += [leak for leak in leaks if leak.kind == "Unreadable"]
    if policy is None:
        beside = [leak for leak in beside if leak.secret is not None]
    return joined, [*find_leaks(encode(joined), judge, secrets=secrets), *beside, *unread]


def _unread(error: RedactError) -> Leak:
    return Leak(0, "body", None, "", "the whole body", "structure", str(error), "")
