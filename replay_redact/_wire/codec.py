"""From bytes to events and back, within limits.

A container is opened and remembered, so that the output goes back into the same one. One call of a
typed decoder reads a whole array. Only if it refuses the array are events decoded one by one. Every
event that comes out was decoded by the strict model.

* Input that is not a recording is a `DecodeError`; input beyond a limit is a `LimitError`.
* One bad event among good ones is `Unreadable`.
* Messages hold a position and a kind, never a part of the input.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

import msgspec

from replay_redact._runtime.collector import paused_collector
from replay_redact._runtime.stack import call_deep
from replay_redact._wire.batches import Batch, Item, Opened, check_count
from replay_redact._wire.compression import DEFAULT_EFFORT, Budget
from replay_redact._wire.containers import FORMATS, open_container
from replay_redact._wire.event_forms import MALFORMED, Slot, open_slot
from replay_redact._wire.forms.arrays import open_array
from replay_redact._wire.lenient import JSON_DECODER, repair_text
from replay_redact.errors import DecodeError
from replay_redact.events import Event, Unreadable

__all__ = [
    "FORMATS",
    "as_bytes",
    "close_batch",
    "copy_event",
    "decode",
    "encode",
    "open_elements",
    "open_event",
    "open_recording",
    "read_all",
]

_ENCODER = msgspec.json.Encoder()


def open_recording(data: bytes, format_: str = "auto", effort: str = DEFAULT_EFFORT) -> Opened:
    """Decode a recording and remember its container; see `decode` for the errors.

    ``effort`` is that of what compresses the container again.
    """
    data = as_bytes(data, "a recording is")
    if format_ not in FORMATS:
        raise ValueError(f"unknown format {format_!r}; expected one of {', '.join(FORMATS)}")
    with paused_collector():
        opened = call_deep(open_container, data, format_, effort)
    return opened._replace(batches=_counted(opened.batches))


def open_elements(array: bytes) -> Opened:
    """Open some elements of a larger array; perhaps none of them can be read."""
    with paused_collector():
        opened = call_deep(open_array, array, Budget(), lines=False)
    return opened._replace(batches=_counted(opened.batches))


def as_bytes(data: object, what: str) -> bytes:
    """Return bytes of any kind as such; ``what`` begins the complaint about anything else."""
    if not isinstance(data, bytes | bytearray | memoryview):
        raise TypeError(f"{what} bytes, not {type(data).__name__}")
    return bytes(data)


def _counted(batches: Iterable[Batch]) -> Iterator[Batch]:
    """Raise `LimitError` when there are too many events."""
    count = 0
    for batch in batches:
        count += len(batch.events)
        check_count(count)
        yield batch


class All(NamedTuple):
    """All that a recording holds, and how many fields were cut off."""

    events: list[Event]
    cut: int
    items: list[Item]


def read_all(opened: Opened) -> All:
    """Read all batches of a recording."""
    with paused_collector():
        batches = list(opened.batches)
    return All(
        [event for batch in batches for event in batch.events],
        sum(batch.cut for batch in batches),
        [item for batch in batches for item in batch.items],
    )


def close_batch(batch: Batch, events: list[Event | None]) -> bytes:
    """Wrap redacted events as those of a batch were wrapped."""
    with paused_collector():
        return call_deep(batch.close, events)


def decode(data: bytes, *, format: str = "auto") -> list[Event]:  # noqa: A002 - reads best
    """Decode a recording into typed events, in recording order.

    ``data`` is a JSON array of rrweb events; or one event, pair or batch per line;
    or a Sentry segment; or an object that holds an array; each of them plain or
    compressed. ``format`` is ``"auto"`` or one of ``json``, ``ndjson``, ``segment``,
    ``gzip``, ``zlib``, ``zstd``. Fields that the model does not name are cut off. An
    event that cannot be read stands as `Unreadable`.

    Raises `DecodeError` if the input is not a recording and `LimitError` if it
    is too large, too deep or has too many events.

    >>> decode(b'[{"type": 0, "data": {}, "timestamp": 1}]')
    [DomContentLoaded(timestamp=1, data=<Nothing>)]
    """
    return read_all(open_recording(data, format)).events


def encode(events: Iterable[Event]) -> bytes:
    """Encode events as a JSON array, in order; `Unreadable` ones are left out.

    Raises `LimitError` if a tree is too deep, `DecodeError` if a string holds a
    lone surrogate (events from `decode` never do).

    >>> encode(decode(b'[{"timestamp": 1, "data": {}, "type": 0}]'))
    b'[{"type":0,"timestamp":1,"data":{}}]'
    """
    wire = [event for event in events if type(event) is not Unreadable]
    try:
        with paused_collector():
            return call_deep(_ENCODER.encode, wire)
    except UnicodeEncodeError:
        raise DecodeError("an event holds a string that is not valid Unicode") from None


def open_event(event: Any) -> Slot:
    """Open an event that is a dictionary, or of the model; it is written as what it was.

    Raises ``TypeError`` for anything else.
    """
    if not isinstance(event, dict):
        return Slot(copy_event(event), 0, _as_it_is)
    try:
        raw = repair_text(call_deep(json.dumps, event, allow_nan=False).encode())
    except ValueError:  # a number that is none, or a value that holds itself
        return MALFORMED
    slot = call_deep(open_slot, raw, Budget())

    def write(masked: Event) -> dict[str, Any]:
        written = call_deep(_ENCODER.encode, slot.write(masked))
        plain: dict[str, Any] = call_deep(JSON_DECODER.decode, written)
        return plain

    return slot._replace(write=write)


def _as_it_is(event: Event) -> Event:
    return event


def copy_event(event: Event) -> Event:
    """Return an independent copy, read by the strict model as if it came from outside."""
    if not isinstance(event, msgspec.Struct | dict):
        raise TypeError(f"an event is what decode returns, not a {type(event).__name__}")
    return event if type(event) is Unreadable else decode(encode([event]), format="json")[0]
