"""Bytes to events and back: containers, limits, and what to do when the decoder balks.

Theory: a container (JSON array, gzip) is peeled off and remembered, so that the
output goes back into the same one. The fast path is one call of a typed
decoder over the whole array; only what it refuses is looked at event by event.

Invariant: every event that comes out was decoded by the strict model.
Failure direction: input that is not a recording is a `DecodeError`, input
beyond a limit a `LimitError`; one bad event in a good array is `Unreadable`.
Messages hold a position and a kind, never a piece of the input.
"""

from __future__ import annotations

import enum
import gzip
import re
import zlib
from collections.abc import Iterable
from typing import NamedTuple

import msgspec

from replay_redact._deep import call_deep
from replay_redact._errors import DecodeError, LimitError
from replay_redact._repair import EVENTS_DECODER, read_event, repair_text
from replay_redact.events import Event, Unreadable

MAX_BYTES = 512 * 1024 * 1024
"""Inflated size of one input: five times what Sentry accepts for a segment."""

MAX_EVENTS = 5_000_000
"""Events in one input: a day of mouse moves, by far."""

_GZIP_MAGIC = b"\x1f\x8b"
_BOM = b"\xef\xbb\xbf"
_POSITION = re.compile(r"\(byte (\d+)\)$")

Decoder = msgspec.json.Decoder[list[Event]]

_RAW_DECODER = msgspec.json.Decoder(list[msgspec.Raw])
_ENCODER = msgspec.json.Encoder()


class Container(enum.Enum):
    """What the events were wrapped in."""

    JSON = "json"
    GZIP = "gzip"


FORMATS = ("auto", *(container.value for container in Container))


class Decoded(NamedTuple):
    """Events of one input, their container, and how many unknown fields were cut off."""

    events: list[Event]
    container: Container
    unknown_fields: int


def read(data: bytes, format: str = "auto", decoder: Decoder = EVENTS_DECODER) -> Decoded:  # noqa: A002
    """Decode a recording; see `decode` for the errors."""
    container = _container(data, format)
    text = _inflate(data) if container is Container.GZIP else data
    _check_size(len(text))
    text = text.removeprefix(_BOM)
    if not text or text.isspace():
        raise DecodeError("the input is empty")
    events, unknown_fields = call_deep(_read_array, text, decoder)
    if len(events) > MAX_EVENTS:
        raise LimitError(f"the recording has more than {MAX_EVENTS} events")
    return Decoded(events, container, unknown_fields)


def write(events: Iterable[Event], container: Container) -> bytes:
    """Encode events into a container; equal events give equal bytes."""
    text = encode(events)
    return gzip.compress(text, compresslevel=6, mtime=0) if container is Container.GZIP else text


def decode(data: bytes, *, format: str = "auto") -> list[Event]:  # noqa: A002 - reads best
    """Decode a recording into typed events, in recording order.

    ``data`` is a JSON array of rrweb events, plain or gzip-compressed;
    ``format`` is ``"auto"``, ``"json"`` or ``"gzip"``. Fields that the model does
    not name are cut off. An event that cannot be read stands as `Unreadable`.

    Raises `DecodeError` if the input is not a recording and `LimitError` if it
    is too large, too deep or has too many events.

    >>> decode(b'[{"type": 0, "data": {}, "timestamp": 1}]')
    [DomContentLoaded(timestamp=1, data=<Nothing>)]
    """
    return read(data, format).events


def encode(events: Iterable[Event]) -> bytes:
    """Encode events as a JSON array, in order; `Unreadable` ones are left out.

    Raises `LimitError` if a tree is too deep, `DecodeError` if a string holds a
    lone surrogate (events from `decode` never do).

    >>> encode(decode(b'[{"timestamp": 1, "data": {}, "type": 0}]'))
    b'[{"type":0,"timestamp":1,"data":{}}]'
    """
    wire = [event for event in events if type(event) is not Unreadable]
    try:
        return call_deep(_ENCODER.encode, wire)
    except UnicodeEncodeError:
        raise DecodeError("an event holds a string that is not valid Unicode") from None


def copy_event(event: Event) -> Event:
    """Return an independent copy, read by the strict model as if it came from outside."""
    if type(event) is Unreadable:
        return event
    events, _ = call_deep(_read_array, encode([event]), EVENTS_DECODER)
    return events[0]


def _container(data: bytes, format_: str) -> Container:
    if format_ not in FORMATS:
        raise ValueError(f"unknown format {format_!r}; expected one of {', '.join(FORMATS)}")
    if format_ != "auto":
        return Container(format_)
    return Container.GZIP if data.startswith(_GZIP_MAGIC) else Container.JSON


def _check_size(size: int) -> None:
    if size > MAX_BYTES:
        raise LimitError(f"the recording is larger than {MAX_BYTES} bytes")


def _inflate(data: bytes) -> bytes:
    """Inflate all members of a gzip stream, up to `MAX_BYTES` in total."""
    parts: list[bytes] = []
    size = 0
    while data:
        inflater = zlib.decompressobj(wbits=31)
        try:
            parts.append(inflater.decompress(data, MAX_BYTES + 1 - size))
        except zlib.error:
            raise DecodeError("the gzip stream is damaged") from None
        size += len(parts[-1])
        _check_size(size)
        if not inflater.eof:
            raise DecodeError("the gzip stream ends too early")
        data = inflater.unused_data.lstrip(b"\0")
    return b"".join(parts)


def _read_array(text: bytes, decoder: Decoder) -> tuple[list[Event], int]:
    try:
        return decoder.decode(text), 0
    except (msgspec.DecodeError, UnicodeDecodeError):
        return _read_one_by_one(repair_text(text))


def _read_one_by_one(text: bytes) -> tuple[list[Event], int]:
    try:
        raws = _RAW_DECODER.decode(text)
    except msgspec.ValidationError:
        raise DecodeError("the input is JSON, but not an array of events") from None
    except msgspec.DecodeError as error:
        raise _decode_error(error) from None
    results = [read_event(raw) for raw in raws]
    return [event for event, _ in results], sum(cut for _, cut in results)


def _decode_error(error: Exception) -> DecodeError:
    """Turn the decoder's complaint into ours: its position, none of its words."""
    position = _POSITION.search(str(error))
    return DecodeError(
        "the input is not valid JSON", position=int(position[1]) if position else None
    )
