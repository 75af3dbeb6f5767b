r"""One scrubber for everything that is sent: text, JSON, events, envelopes, logs.

Theory: what is looked for is a `Scrub`; a `Scrubber` applies it. Text and values of an
application's own making are scanned. Events have a form, and a table says of each field what
it may hold.

Invariant: scrubbing twice is scrubbing once; ids, times and facts of SDKs stay.
Failure direction: what may hold anything is masked unless the caller asks to read it.
"""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Mapping, MutableMapping
from typing import Any

from replay_redact._wire.codec import as_bytes
from replay_redact._wire.envelopes import read_envelope, write_envelope
from replay_redact.errors import PolicyError
from replay_redact.scrub.config import Scrub
from replay_redact.scrub.scanner import scanner_of
from replay_redact.scrub.sentry.events import Events
from replay_redact.scrub.sentry.items import EnvelopeItems
from replay_redact.scrub.sentry.plain import plain
from replay_redact.scrub.sentry.schema import KINDS

METADATA = ("known", "scrub")
"""What becomes of fields of events that may hold anything: masked, or scanned."""

_TELLS = (
    ("session", {"sid", "started"}),
    ("check_in", {"check_in_id"}),
    ("log", {"body", "attributes"}),
    ("span", {"span_id", "trace_id", "start_timestamp"}),
)


class Scrubber:
    """Scrubs text, JSON values, Sentry events and envelopes, and log records.

    * ``scrub``: what to look for; `Scrub.default` unless told.
    * ``metadata``: what becomes of a field of an event that may hold anything, such as a
      message, a tag, or ``extra``. ``"known"`` masks it, since no detector knows a name or a
      diagnosis; ``"scrub"`` scans it. People (``user``) are masked in any case, ids, times and
      facts of SDK, platform, browser and system stay in any case.

    One scrubber serves all threads. Raises `PolicyError` for another ``metadata``.

    >>> scrubber = Scrubber()
    >>> scrubber.text("signed up jane@shop.example")
    'signed up [email]'
    >>> scrubber.event({"event_id": "c0" * 16, "message": "Jane left", "user": {"id": 7}})
    {'event_id': 'c0c0c0c0c0c0c0c0c0c0c0c0c0c0c0c0', 'message': '**** ****', 'user': {'id': None}}
    """

    def __init__(self, scrub: Scrub | None = None, *, metadata: str = "known") -> None:
        if metadata not in METADATA:
            raise PolicyError(f"metadata is one of {', '.join(METADATA)}, not {metadata!r}")
        self.scrub = Scrub.default() if scrub is None else scrub
        self.metadata = metadata
        self._scanner = scanner_of(self.scrub)
        self._events = Events(self._scanner, masks=metadata == "known")
        self._dropped: Counter[str] = Counter()
        self._lock = threading.Lock()

    @property
    def dropped(self) -> Counter[str]:
        """How many items of envelopes did not pass, by their type."""
        with self._lock:
            return self._dropped.copy()

    def _count(self, what: str) -> None:
        with self._lock:
            self._dropped[what] += 1

    def text(self, text: str) -> str:
        """Return a text without the secrets in it.

        >>> Scrubber().text("card 4111 1111 1111 1111, password=hunter2")
        'card [card], password=[filtered]'
        """
        return self._scanner.string(text, ("value",))

    def value(self, value: Any, *, key: str = "") -> Any:
        """Return a JSON value without secrets; ``key`` is what it stands under, if anything.

        Objects that are no JSON become what ``str`` makes of them.

        >>> Scrubber().value({"password": "x1", "note": "call jane@shop.example", "n": 3})
        {'password': '[filtered]', 'note': 'call [email]', 'n': 3}
        """
        return self._scanner.value(plain(value), ("value",), key=key)

    def event(self, event: Mapping[str, Any], kind: str | None = None) -> dict[str, Any]:
        """Return a Sentry event without what is private.

        ``kind`` is ``event``, ``transaction``, ``span``, ``log``, ``trace_metric``,
        ``replay_event``, ``feedback``, ``user_report``, ``session``, ``sessions``, ``check_in``
        or ``client_report``; without it the event's own fields tell. Raises `PolicyError` for
        another kind.

        >>> Scrubber().event({"sid": "c0" * 16, "started": 1, "did": "jane"})["did"]
        '****'
        """
        item = plain(event)
        chosen = kind_of(item) if kind is None else kind
        if chosen not in KINDS:
            raise PolicyError(f"unknown kind of event {chosen!r}: use {', '.join(KINDS)}")
        clean: dict[str, Any] = self._events.scrub(item, KINDS[chosen], (chosen,))
        return clean

    def envelope(self, data: bytes, *, recording: Callable[[bytes], bytes] | None = None) -> bytes:
        r"""Return an envelope, plain or compressed, without what is private.

        ``recording`` redacts the payload of a ``replay_recording`` item; without it such
        items are dropped. So are attachments, videos, profiles, items of unknown types and
        items that cannot be read; `dropped` counts them.

        Raises `DecodeError` if it is no envelope, or broken, and `LimitError` if it is too
        large.

        >>> data = b'{}\n{"type":"event"}\n{"level":"info","message":"Jane"}\n'
        >>> print(Scrubber().envelope(data).decode())
        {}
        {"type":"event","length":33}
        {"level":"info","message":"****"}
        <BLANKLINE>
        """
        envelope = read_envelope(as_bytes(data, "an envelope is"))
        return write_envelope(EnvelopeItems(self._events, recording, self._count).scrub(envelope))

    # --- what SDKs and libraries call ---

    def before_send(self, event: dict[str, Any], _hint: Any = None) -> dict[str, Any]:
        """Scrub what ``sentry_sdk`` is about to send.

        It has the form of ``before_send``, ``before_send_transaction`` and ``before_send_log``:
        ``sentry_sdk.init(dsn, before_send=scrubber.before_send)``.

        >>> Scrubber().before_send({"message": "Jane"}, {})
        {'message': '****'}
        """
        return self.event(event)

    def before_breadcrumb(self, crumb: dict[str, Any], _hint: Any = None) -> dict[str, Any]:
        """Scrub a breadcrumb as ``sentry_sdk`` takes it: ``before_breadcrumb=…``.

        >>> Scrubber().before_breadcrumb({"category": "auth", "message": "Jane"}, {})
        {'category': 'auth', 'message': '****'}
        """
        breadcrumbs: list[dict[str, Any]] = self.event({"breadcrumbs": [crumb]})["breadcrumbs"]
        return breadcrumbs[0]

    def scrub_event(self, event: MutableMapping[str, Any]) -> None:
        """Scrub an event in place, as ``sentry_sdk`` wants it: ``event_scrubber=scrubber``.

        >>> event = {"message": "Jane"}
        >>> Scrubber().scrub_event(event)
        >>> event
        {'message': '****'}
        """
        clean = self.event(event)
        event.clear()
        event.update(clean)


def kind_of(event: Mapping[str, Any]) -> str:
    """Return the kind of an event, which its type or its fields tell.

    >>> kind_of({"type": "transaction"}), kind_of({"sid": "x", "started": 1}), kind_of({})
    ('transaction', 'session', 'event')
    """
    named = event.get("type")
    if isinstance(named, str) and named in KINDS:
        return named
    return next((kind for kind, names in _TELLS if names <= event.keys()), "event")


def is_event(value: Mapping[str, Any]) -> bool:
    """Tell whether an object says of itself that it is a Sentry event.

    >>> is_event({"event_id": "c0"}), is_event({"sid": 1, "started": 1}), is_event({"a": 1})
    (True, True, False)
    """
    return "event_id" in value or kind_of(value) != "event"
