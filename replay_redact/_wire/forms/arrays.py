"""One array, of events or of elements that hold them.

The fast path is one call of a typed decoder over the whole array, or over some events at a
time; only what it refuses is looked at element by element.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from replay_redact._wire.batches import (
    EVENTS_AT_ONCE,
    Batch,
    Opened,
    batches_of,
    json_error,
    no_events,
)
from replay_redact._wire.compression import Budget
from replay_redact._wire.forms.elements import elements_batch, is_window_pair
from replay_redact._wire.forms.lines import open_lines
from replay_redact._wire.lenient import EVENTS_DECODER, repair_text
from replay_redact.events import Event

_TAIL = 1 << 16  # bytes by which an array is judged
_MANY = 32  # events in these are many

_ENCODER = msgspec.json.Encoder()
_RAW_LIST = msgspec.json.Decoder(list[msgspec.Raw])


def open_array(text: bytes, budget: Budget, *, lines: bool) -> Opened:
    """Open an array; where there may be ``lines``, it may be the first of them."""
    many = _split_many(text)
    if many:
        return Opened(batches_of(_array_batch, many, budget), _join_arrays)
    try:
        return Opened([Batch(EVENTS_DECODER.decode(text), 0, _close_array)], _join_arrays)
    except (msgspec.DecodeError, UnicodeDecodeError):
        repaired = repair_text(text)
    try:
        raws = _RAW_LIST.decode(repaired)
    except msgspec.ValidationError:
        raise no_events(text) from None
    except msgspec.DecodeError as error:
        if lines and text.lstrip().startswith(b"[") and b"\n" in text.strip():
            return open_lines(text, budget)
        raise json_error(error, text) from None
    if lines and is_window_pair(raws):
        return open_lines(text, budget)
    return Opened(batches_of(elements_batch, raws, budget), _join_arrays)


def _split_many(text: bytes) -> list[msgspec.Raw]:
    """Return the elements of an array that ends in small events; none of one that has few.

    To split what is large takes time, and saves none.
    """
    if text.count(b'"timestamp"', -_TAIL) < _MANY:
        return []
    try:
        raws = _RAW_LIST.decode(text)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return []
    return raws if len(raws) > EVENTS_AT_ONCE else []


def _array_batch(raws: list[msgspec.Raw], budget: Budget) -> Batch:
    try:
        return Batch(EVENTS_DECODER.decode(b"[" + b",".join(raws) + b"]"), 0, _close_array)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return elements_batch([repair_text(bytes(raw)) for raw in raws], budget)


def _close_array(events: Sequence[Event | None]) -> bytes:
    return _ENCODER.encode([event for event in events if event is not None])


def _join_arrays(parts: list[bytes]) -> bytes:
    if len(parts) == 1:
        return parts[0]
    return b"[" + b",".join([part[1:-1] for part in parts if part != b"[]"]) + b"]"
