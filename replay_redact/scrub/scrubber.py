r"""One scrubber for everything that is sent: text, JSON, events, envelopes, logs.

A `Scrub` says which secrets to look for, a `Scrubber` looks for them. It searches text and JSON
values. Of a Sentry event it knows the fields: ids, times and what SDKs say of themselves stay,
people are masked, and a field that may hold anything is masked, or searched if the caller asks for
that. Scrubbing twice gives the same as scrubbing once.
"""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Mapping, MutableMapping, Sequence
from typing import Any, Self

from replay_redact._allowlists.sentry.schema import KINDS
from replay_redact._wire.codec import as_bytes
from replay_redact._wire.envelopes import read_envelope, write_envelope
from replay_redact.errors import PolicyError
from replay_redact.scrub.config import Scrub
from replay_redact.scrub.relay.configs import config_of_lines, config_of_options
from replay_redact.scrub.relay.events import RelayRules
from replay_redact.scrub.scanner import numbered, scanner_of, shown_names
from replay_redact.scrub.sentry.events import Events
from replay_redact.scrub.sentry.items import EnvelopeItems
from replay_redact.scrub.sentry.plain import plain

METADATA = ("safe", "scrub")
"""What becomes of fields of events that may hold anything: masked, or scrubbed."""

_TELLS = (
    ("session", {"sid", "started"}),
    ("check_in", {"check_in_id"}),
    ("log", {"body", "attributes"}),
    ("span", {"span_id", "trace_id", "start_timestamp"}),
)


class Scrubber:
    """Scrubs text, JSON values, Sentry events and envelopes, and log records.

    * ``scrub``: what to look for. The default is `Scrub.default`.
    * ``metadata``: what to do with a field of an event that may hold anything, such as a message, a
      tag, or ``extra``. ``"safe"`` masks it, because no detector knows a name or a diagnosis.
      ``"scrub"`` only takes the secrets out of it.

    Whatever ``metadata`` is, people (``user``) are masked, and ids, times and facts about the SDK,
    platform, browser and system stay. Threads may share a scrubber. Raises `PolicyError` for any
    other ``metadata``.

    >>> scrubber = Scrubber()
    >>> scrubber.text("signed up jane@shop.example")
    'signed up [email]'
    >>> scrubber.event({"event_id": "c0" * 16, "message": "Jane left", "user": {"id": 7}})
    {'event_id': 'c0c0c0c0c0c0c0c0c0c0c0c0c0c0c0c0', 'message': '**** ****', 'user': {'id': None}}
    """

    def __init__(self, scrub: Scrub | None = None, *, metadata: str = "safe") -> None:
        if metadata not in METADATA:
            raise PolicyError(f"metadata is one of {', '.join(METADATA)}, not {metadata!r}")
        self.scrub = Scrub.default() if scrub is None else scrub
        self.metadata = metadata
        self._scanner = scanner_of(self.scrub)
        self._events = Events(self._scanner, masks=metadata == "safe")
        self._relay: RelayRules | None = None
        self._dropped: Counter[str] = Counter()
        self._lock = threading.Lock()

    @classmethod
    def from_relay(cls, config: Mapping[str, Any], *, hash_key: bytes | str | None = None) -> Self:
        """Return a scrubber that does what a configuration of Sentry's Relay says, and no more.

        ``config`` is what Sentry calls Advanced Data Scrubbing: ``rules``, ``vars`` and
        ``applications``. The rules reach every value that they reach in Relay, but no id and no
        time. They hold for envelopes and logs, too. The method ``hash`` needs a ``hash_key`` of 16
        bytes or more (or ``vars.hashKey``); hashes have the form of this package.

        Raises `PolicyError` for an invalid selector, rule, method or pattern. Relay ignores these,
        and leaves the secret in place.

        >>> rules = {"rules": {}, "applications": {"extra.note": ["@email:mask"]}}
        >>> Scrubber.from_relay(rules).event({"extra": {"note": "from jane@shop.example"}})
        {'extra': {'note': 'from *****************'}}
        """
        scrubber = cls(Scrub.none(), metadata="scrub")
        scrubber._relay = RelayRules(config, hash_key)
        return scrubber

    @classmethod
    def from_lines(cls, text: str, *, hash_key: bytes | str | None = None) -> Self:
        """Return a scrubber that does what lines such as those of Sentry's settings page say.

        >>> scrubber = Scrubber.from_lines("[Mask] [Email addresses] from [$string]")
        >>> scrubber.event({"message": "from jane@shop.example"})
        {'message': 'from *****************'}
        """
        return cls.from_relay(config_of_lines(text), hash_key=hash_key)

    @classmethod
    def from_sentry_options(
        cls,
        *,
        sensitive_fields: Sequence[str] = (),
        safe_fields: Sequence[str] = (),
        scrub_ip_addresses: bool = False,
        scrub_defaults: bool = True,
    ) -> Self:
        """Return a scrubber that does what the data scrubbing options of a Sentry project say.

        >>> scrubber = Scrubber.from_sentry_options(sensitive_fields=["nick"])
        >>> scrubber.event({"extra": {"nickname": "jr", "password": "x1"}})
        {'extra': {'nickname': '[Filtered]', 'password': '[Filtered]'}}
        """
        return cls.from_relay(
            config_of_options(
                [*sensitive_fields],
                [*safe_fields],
                ip_addresses=scrub_ip_addresses,
                defaults=scrub_defaults,
            )
        )

    @property
    def dropped(self) -> Counter[str]:
        """How many items of envelopes were dropped, by their type."""
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
        if self._relay is not None:
            return self._relay.text(text)
        return self._scanner.string(text, ("value",))

    def value(self, value: Any, *, key: str = "") -> Any:
        """Return a JSON value without secrets; ``key`` is the key that holds it, if any.

        An object that JSON does not know is replaced by its ``str``; a `datetime` by ISO 8601.

        >>> Scrubber().value({"password": "x1", "note": "call jane@shop.example", "n": 3})
        {'password': '[filtered]', 'note': 'call [email]', 'n': 3}
        """
        if self._relay is not None:
            return self._relay.value(plain(value), key)
        return self._scanner.value(plain(value), ("value",), key=key)

    def names(self, names: Sequence[str]) -> list[str]:
        """Return the keys of an object without secrets; two that become alike get numbers.

        >>> Scrubber().names(["user", "jane@shop.example", "joe@shop.example"])
        ['user', '[email]', '[email] (2)']
        """
        if self._relay is not None:  # Relay's rules are for values
            return numbered(names)
        return shown_names(names, self._scanner.at(("value",)))

    def event(self, event: Mapping[str, Any], kind: str | None = None) -> dict[str, Any]:
        """Return a Sentry event without what is private.

        ``kind`` is ``event``, ``transaction``, ``span``, ``log``, ``trace_metric``,
        ``replay_event``, ``feedback``, ``user_report``, ``session``, ``sessions``, ``check_in``
        or ``client_report``; without it, the fields of the event decide. Raises `PolicyError` for
        any other kind.

        >>> Scrubber().event({"sid": "c0" * 16, "started": 1, "did": "jane"})["did"]
        '****'
        """
        item = plain(event)
        chosen = kind_of(item) if kind is None else kind
        if chosen not in KINDS:
            raise PolicyError(f"unknown kind of event {chosen!r}: use {', '.join(KINDS)}")
        if self._relay is not None:
            return self._relay.event(item, chosen)
        clean: dict[str, Any] = self._events.scrub(item, KINDS[chosen], (chosen,))
        return clean

    def envelope(self, data: bytes, *, recording: Callable[[bytes], bytes] | None = None) -> bytes:
        r"""Return an envelope, plain or compressed, without what is private.

        ``recording`` redacts the payload of a ``replay_recording`` item; without it such
        items are dropped. So are attachments, videos, profiles, items of unknown types and
        items that cannot be read; `dropped` counts them.

        Raises `DecodeError` if it is not an envelope, or is broken, and `LimitError` if it is too
        large.

        >>> data = b'{}\n{"type":"event"}\n{"level":"info","message":"Jane"}\n'
        >>> print(Scrubber().envelope(data).decode())
        {}
        {"type":"event","length":33}
        {"level":"info","message":"****"}
        <BLANKLINE>
        """
        envelope = read_envelope(as_bytes(data, "an envelope is"))
        return write_envelope(
            EnvelopeItems(self._relay or self._events, recording, self._count).scrub(envelope)
        )

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

    @property
    def event_scrubber(self) -> Self:
        """The scrubber by the name of the option: ``event_scrubber=scrubber.event_scrubber``.

        >>> scrubber = Scrubber()
        >>> scrubber.event_scrubber is scrubber
        True
        """
        return self

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
