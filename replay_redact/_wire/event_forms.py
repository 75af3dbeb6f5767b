"""The forms in which one event may be written.

Inside a container, an event is an object, a string that holds the object (plain, or packed by
rrweb: zlib as Latin-1), or an object with compressed parts (PostHog's ``cv``). Each form is opened
to an event, which the strict model has read, and a function that writes the redacted event in the
same form. A form that does not open is `Unreadable`, so it is dropped.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, NamedTuple

import msgspec

from replay_redact._wire.compression import (
    Budget,
    deflate_gzip,
    deflate_zlib,
    inflate_gzip,
    inflate_zlib,
)
from replay_redact._wire.lenient import read_event, repair_text
from replay_redact.errors import DecodeError
from replay_redact.events import Event, Unreadable

Write = Callable[[Event], Any]


class Slot(NamedTuple):
    """An event, how many fields were cut off, and how to write it back."""

    event: Event
    cut: int
    write: Write


MALFORMED = Slot(
    Unreadable("malformed", may_change_tree=True, is_event=False), 0, lambda event: event
)

WIREFRAMES = "$wireframes"
"""Tag of the custom event in whose form wireframes are handed up."""

_ENCODER = msgspec.json.Encoder()
_RAW_FIELDS = msgspec.json.Decoder(dict[str, msgspec.Raw])
_PACK_MARK = b'"v1"'
_WIREFRAME = b'"wireframe'
_WIREFRAME_KEYS = {"wireframes", "adds", "updates"}
_VERSION = re.compile(r"\d{4}-\d{2}|v?\d{1,2}(?:\.\d{1,2})?")
_COMPRESSED_PARTS = ("texts", "attributes", "removes", "adds")


def open_slot(raw: bytes | msgspec.Raw, budget: Budget) -> Slot:
    """Open one element of an array of events."""
    start = bytes(raw[:1]) if isinstance(raw, bytes) else bytes(memoryview(raw)[:1])
    if start == b'"':
        return _open_string(msgspec.json.decode(raw, type=str), budget)
    mobile = _open_wireframes(raw)
    if mobile is not None:
        return mobile
    event, cut = read_event(raw)
    if isinstance(event, Unreadable):
        return _open_compressed(raw, budget) or Slot(event, cut, _as_it_is)
    return Slot(event, cut, _as_it_is)


def _open_wireframes(raw: bytes | msgspec.Raw) -> Slot | None:
    """Open an event of a mobile SDK as a custom event; none if it has no wireframes."""
    if _WIREFRAME not in bytes(raw):
        return None
    try:
        value = msgspec.json.decode(raw)
        kind, data = value["type"], value["data"]
    except (KeyError, TypeError, msgspec.DecodeError):
        return None
    if kind not in {2, 3} or not isinstance(data, dict) or not _WIREFRAME_KEYS & data.keys():
        return None
    custom = {**value, "type": 5, "data": {"tag": WIREFRAMES, "payload": data}}

    def write(event: Any) -> dict[str, Any]:
        fields = dict(_RAW_FIELDS.decode(_ENCODER.encode(event)))
        return fields | {"type": kind, "data": event.data.payload}

    return _read(_ENCODER.encode(custom), write)


def _as_it_is(event: Event) -> Any:
    return event


def _open_string(text: str, budget: Budget) -> Slot:
    if text.lstrip().startswith("{"):
        return _read(text.encode(), lambda event: _ENCODER.encode(event).decode())
    try:
        packed = inflate_zlib(text.encode("latin-1"), budget)
        fields = _RAW_FIELDS.decode(packed)
    except (UnicodeEncodeError, DecodeError, msgspec.DecodeError):
        return MALFORMED
    if bytes(fields.pop("v", msgspec.Raw(b""))) != _PACK_MARK:
        return MALFORMED
    return _read(_ENCODER.encode(fields), _pack)


def _pack(event: Event) -> str:
    body = _ENCODER.encode(event)
    return deflate_zlib(body[:-1] + b',"v":' + _PACK_MARK + b"}").decode("latin-1")


def _read(raw: bytes, write: Write) -> Slot:
    try:
        event, cut = read_event(repair_text(raw))
    except msgspec.DecodeError:
        return MALFORMED
    return Slot(event, cut, write)


def _open_compressed(raw: bytes | msgspec.Raw, budget: Budget) -> Slot | None:
    """Open a PostHog event, or return none if it is not one."""
    try:
        value = msgspec.json.decode(raw)
        version = value.pop("cv")
        parts = _inflate_parts(value, budget)
    except (KeyError, AttributeError, TypeError, DecodeError, UnicodeError, msgspec.DecodeError):
        return None
    if not isinstance(version, str) or not _VERSION.fullmatch(version):
        return None
    return _read(_ENCODER.encode(value), lambda event: _deflate_parts(event, version, parts))


def _inflate_parts(value: dict[str, Any], budget: Budget) -> tuple[str, ...]:
    """Inflate, in place, ``data`` or the lists in it; return the names of those lists."""
    if isinstance(value["data"], str):
        value["data"] = _inflate_json(value["data"], budget)
        return ()
    parts = tuple(n for n in _COMPRESSED_PARTS if isinstance(value["data"].get(n), str))
    for name in parts:
        value["data"][name] = _inflate_json(value["data"][name], budget)
    return parts


def _inflate_json(text: str, budget: Budget) -> msgspec.Raw:
    return msgspec.Raw(repair_text(inflate_gzip(text.encode("latin-1"), budget)))


def _deflate_parts(event: Event, version: str, parts: tuple[str, ...]) -> dict[str, Any]:
    fields: dict[str, Any] = dict(_RAW_FIELDS.decode(_ENCODER.encode(event)))
    if parts:
        data: dict[str, Any] = dict(_RAW_FIELDS.decode(fields["data"]))
        fields["data"] = data | {name: _deflate_json(data[name]) for name in parts}
    else:
        fields["data"] = _deflate_json(fields["data"])
    return fields | {"cv": version}


def _deflate_json(raw: msgspec.Raw) -> str:
    return deflate_gzip(bytes(raw)).decode("latin-1")
