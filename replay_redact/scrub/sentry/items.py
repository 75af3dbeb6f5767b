"""The items of an envelope: which are scrubbed, by which table, and which do not pass.

An item of an unknown type, and one that cannot be read, is dropped and
counted.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any, NoReturn, Protocol

from replay_redact._allowlists.sentry.roles import Each, Fields, Node
from replay_redact._allowlists.sentry.schema import ENVELOPE, ITEM, KINDS, SETTINGS, TYPES
from replay_redact._wire.envelopes import Envelope, Item
from replay_redact.errors import LimitError, RedactError

Recording = Callable[[bytes], bytes]
"""Redacts the payload of a ``replay_recording`` item."""

_KIND_OF_ITEM = {"otel_log": "log", "statsd_meta": "trace_metric"}
_CONTAINERS = frozenset({"span", "log", "trace_metric"})


class Scrubs(Protocol):
    """What scrubs a value that stands at a path, by what the table says of it."""

    def scrub(self, value: Any, node: Node, path: tuple[str, ...]) -> Any:
        """Return what is left."""


class EnvelopeItems:
    """Scrubs the headers and items of one envelope."""

    def __init__(
        self, events: Scrubs, recording: Recording | None, count: Callable[[str], None]
    ) -> None:
        self._events = events
        self._recording = recording
        self._count = count

    def scrub(self, envelope: Envelope) -> Envelope:
        """Return the envelope with what passes; what does not is counted by its type."""
        items: list[Item] = []
        for item in envelope.items:
            payload = self._payload(item)
            if payload is None:
                self._count(item.type if item.type in _KNOWN else "unknown item")
            else:
                items.append(Item(self._named(item.headers, ITEM), payload))
        return Envelope(self._named(envelope.headers, ENVELOPE), items, envelope.compression)

    def _named(self, headers: Mapping[str, Any], fields: Fields) -> dict[str, Any]:
        """Scrub the headers that the table has; the others are left out."""
        known = {name: value for name, value in headers.items() if name in fields.known}
        clean: dict[str, Any] = self._events.scrub(known, fields, ("envelope",))
        return clean

    def _payload(self, item: Item) -> bytes | None:
        """Return what becomes of a payload; ``None`` if it does not pass."""
        if item.type == "replay_recording":
            return self._redacted(item.payload)
        kind = _KIND_OF_ITEM.get(item.type, item.type)
        if kind not in KINDS:
            return None
        try:
            value = decoded(item.payload)
            node = _node_of(kind, value)
            return None if node is None else encoded(self._events.scrub(value, node, (kind,)))
        except (ValueError, RecursionError):
            return None

    def _redacted(self, payload: bytes) -> bytes | None:
        try:
            return None if self._recording is None else self._recording(payload)
        except LimitError:
            raise
        except RedactError:
            return None


_KNOWN = TYPES | KINDS.keys() | _KIND_OF_ITEM.keys()


def _node_of(kind: str, value: Any) -> Node | None:
    if not isinstance(value, dict):
        return None
    if kind in _CONTAINERS and isinstance(value.get("items"), list):
        return Fields({**SETTINGS.known, "items": Each(KINDS[kind])})
    return KINDS[kind]


def decoded(payload: bytes) -> Any:
    """Read JSON; raise `ValueError` for what is none.

    >>> decoded(b'{"a": 1}')
    {'a': 1}
    """
    return json.loads(payload, parse_constant=_refuse)


def encoded(value: Any) -> bytes:
    r"""Write JSON; lone surrogates are escaped, as in JavaScript.

    >>> encoded({"a": "\u00e4"}) == '{"a":"\u00e4"}'.encode()
    True
    """
    try:
        return _write(value, ensure_ascii=False)
    except UnicodeEncodeError:
        return _write(value, ensure_ascii=True)


def _write(value: Any, *, ensure_ascii: bool) -> bytes:
    text = json.dumps(value, ensure_ascii=ensure_ascii, allow_nan=False, separators=(",", ":"))
    return text.encode()


def _refuse(name: str) -> NoReturn:
    raise ValueError(name)
