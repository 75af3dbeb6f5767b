r"""Sentry's envelopes: a recording among other items, and its own headers.

The recording of a replay is the item ``replay_recording``; its events are of the session that
``replay_id`` names. Headers and all other items are handed up as they are.

An item that cannot be read is handed up as bytes, which nothing but the
caller's own word lets pass.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

import msgspec

from replay_redact._wire import envelopes
from replay_redact._wire.batches import DROPPED, Batch, Item, Opened
from replay_redact._wire.forms.windows import lend
from replay_redact._wire.lenient import JSON_DECODER, decode_repaired
from replay_redact.errors import DecodeError
from replay_redact.events import Event, Id

_ID = re.compile(r"[0-9a-f]{12}[47][0-9a-f]{3}[89ab][0-9a-f]{15}", re.IGNORECASE)
_OPAQUE = frozenset(
    "attachment replay_video profile profile_chunk statsd metric_buckets unreal_report".split()
)
"""Types of items that are bytes, or that nobody reads here."""

_RECORDING = "replay_recording"
_ENCODER = msgspec.json.Encoder()

OpenInner = Callable[[bytes], Opened]


class _Part:
    """An item of the envelope, its headers and payload as they are handed up."""

    def __init__(self, item: envelopes.Item) -> None:
        self.type = item.type
        headers = {name: value for name, value in item.headers.items() if name != "type"}
        self.headers = Item("sentry item headers", headers, is_content=False)
        self.payload = Item(f"sentry {item.type}", _value_of(item))

    def written(self) -> envelopes.Item | None:
        """Return the item as it is to be written, or none."""
        shown = self.payload.shown
        if shown is DROPPED:
            return None
        payload = shown if isinstance(shown, bytes) else _ENCODER.encode(shown)
        return envelopes.Item({"type": self.type, **self.headers.shown}, payload)


def _value_of(item: envelopes.Item) -> Any:
    """Return the JSON of a payload; its bytes, where it is none."""
    if item.type in _OPAQUE:
        return item.payload
    try:
        return decode_repaired(JSON_DECODER, item.payload)
    except msgspec.DecodeError:
        return item.payload


def open_envelope(text: bytes, open_inner: OpenInner) -> Opened:
    """Open an envelope; ``open_inner`` opens the recording in it, if there is one."""
    envelope = envelopes.read_envelope(text)
    own = Item("sentry headers", dict(envelope.headers), is_content=bool(envelope.items))
    recordings = [item for item in envelope.items if item.type == _RECORDING]
    if len(recordings) > 1:
        raise DecodeError("the envelope holds several recordings: send each in one of its own")
    parts = {id(item): _Part(item) for item in envelope.items if item.type != _RECORDING}
    inner = open_inner(recordings[0].payload) if recordings else Opened((), b"".join)
    head = Batch([], 0, no_bytes, (own, *_items_of(parts.values())))
    headers = [
        Item("sentry item headers", _headers_of(item), is_content=False) for item in recordings
    ]
    session = _session_of(envelope)

    def batches() -> Iterator[Batch]:
        yield head._replace(items=(*head.items, *headers))
        for batch in inner.batches:
            yield lend(batch, {} if session is None else {"session_id": session})

    def join(closed: list[bytes]) -> bytes:
        written: list[envelopes.Item | None] = []
        for item in envelope.items:
            if item.type == _RECORDING:
                shown = {"type": _RECORDING, **headers[0].shown}
                written.append(envelopes.Item(shown, inner.join(closed[1:])))
            else:
                written.append(parts[id(item)].written())
        left = [item for item in written if item is not None]
        return envelopes.write_envelope(envelopes.Envelope(own.shown, left))

    return Opened(batches(), join, inner.segment)


def _headers_of(item: envelopes.Item) -> dict[str, Any]:
    return {name: value for name, value in item.headers.items() if name != "type"}


def _items_of(parts: Iterable[_Part]) -> Iterator[Item]:
    for part in parts:
        yield part.headers
        yield part.payload


def _session_of(envelope: envelopes.Envelope) -> Id:
    """Return the id of the replay that the envelope is about, if it is a UUID."""
    name = envelope.headers.get("event_id")
    return name if isinstance(name, str) and _ID.fullmatch(name) else None


def no_bytes(_events: Sequence[Event | None]) -> bytes:
    """Close a batch that holds items only."""
    return b""
