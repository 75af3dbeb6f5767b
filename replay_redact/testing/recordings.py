"""The forms of a recording that checks take: bytes, events as JSON values, typed events."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

import msgspec

from replay_redact._wire.codec import encode

Recording = bytes | Iterable[Any]
"""A recording: bytes in any form that `decode` reads, events as JSON values, or typed events."""


def to_bytes(recording: Recording) -> bytes:
    """Return a recording as bytes. Raises ``TypeError`` if it is not a recording."""
    if isinstance(recording, bytes | bytearray | memoryview):
        return bytes(recording)
    if isinstance(recording, str | Mapping) or not isinstance(recording, Iterable):
        raise TypeError(f"a recording is bytes or events, not {type(recording).__name__}")
    events = list(recording)
    if any(isinstance(event, str | bytes) for event in events):
        raise TypeError("a recording is bytes or events, not several strings")
    if events and isinstance(events[0], msgspec.Struct):
        return encode(events)
    return json.dumps(events).encode()
