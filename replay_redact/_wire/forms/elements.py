"""One element of an array, or one line: an event, or something that holds events.

An element is an event in any of its forms, a pair of a window's id and an event, an array of
elements, or an object that holds an array (`wrappers`). Arrays in arrays are what Sentry's API
returns: one for each segment.

Anything else is `Unreadable`: it is dropped and counted.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import partial

import msgspec

from replay_redact._wire.batches import Batch, check_count
from replay_redact._wire.compression import Budget
from replay_redact._wire.event_forms import MALFORMED, Slot, open_slot
from replay_redact._wire.forms.windows import window_batch
from replay_redact._wire.forms.wrappers import open_wrapper
from replay_redact._wire.lenient import repair_text
from replay_redact.events import Event, Id, Unreadable

MAX_NESTING = 3
"""Arrays around an event within one element: more than any API returns."""

_LONGEST_ID = 256  # characters
_OBJECT = re.compile(r"\s*\{\s*[\"}]")
_DIGITS = tuple(b"%d" % digit for digit in range(10))
_ZLIB_STARTS = ("x\x01", "x^", "x\x9c", "x\xda")  # of an event that rrweb has packed

_ENCODER = msgspec.json.Encoder()
_RAW_LIST = msgspec.json.Decoder(list[msgspec.Raw])

Raws = Sequence[bytes | msgspec.Raw]
Wrap = Callable[[list[object]], bytes]


def elements_batch(
    raws: Raws, budget: Budget, wrap: Wrap = _ENCODER.encode, *, nesting: int = MAX_NESTING
) -> Batch:
    """Open the elements of an array; ``wrap`` writes those that are left."""
    check_count(len(raws))
    parts = [_open_element(raw, budget, nesting) for raw in raws]
    events = [event for part in parts for event in _events_of(part)]

    def close(passed: Sequence[Event | None]) -> bytes:
        return wrap(_written(parts, passed))

    return Batch(
        events,
        sum(part.cut for part in parts),
        close,
        tuple(item for part in parts if isinstance(part, Batch) for item in part.items),
    )


def _open_element(raw: bytes | msgspec.Raw, budget: Budget, nesting: int) -> Slot | Batch:
    text = bytes(raw)
    if text.startswith(b"["):
        return _open_array(_RAW_LIST.decode(text), budget, nesting) if nesting else MALFORMED
    slot = open_slot(raw, budget)
    is_event = type(slot.event) is not Unreadable or slot.event.is_event
    if is_event or not nesting or not text.startswith(b"{"):
        return slot
    return open_wrapper(text, budget, partial(elements_batch, nesting=nesting - 1)) or slot


def _open_array(raws: list[msgspec.Raw], budget: Budget, nesting: int) -> Batch:
    if not is_window_pair(raws):
        return elements_batch(raws, budget, nesting=nesting - 1)

    def wrap(shown: dict[str, Id], items: list[object]) -> bytes:
        return _ENCODER.encode([shown["window_id"], items[0]])

    ids: dict[str, Id] = {"window_id": msgspec.json.decode(raws[0])}
    return window_batch(ids, wrap, lambda inner: elements_batch(raws[1:], budget, inner, nesting=0))


def _events_of(part: Slot | Batch) -> list[Event]:
    return part.events if isinstance(part, Batch) else [part.event]


def _written(parts: list[Slot | Batch], passed: Sequence[Event | None]) -> list[object]:
    """Return what is to be written; nothing of an element all of whose events were dropped."""
    written: list[object] = []
    at = 0
    for part in parts:
        if not isinstance(part, Batch):
            event = passed[at]
            at += 1
            if event is not None:
                written.append(part.write(event))
            continue
        own = passed[at : at + len(part.events)]
        at += len(own)
        is_content = any(item.is_content for item in part.items)
        if is_content or not own or any(event is not None for event in own):
            written.append(msgspec.Raw(part.close(own)))
    return written


# --- pairs ----------------------------------------------------------------------------


def is_window_pair(raws: list[msgspec.Raw]) -> bool:
    """Tell PostHog's ``["window id", {event}]`` from an array of two events."""
    if len(raws) != 2 or not bytes(raws[1]).lstrip().startswith(b"{"):
        return False
    first = bytes(raws[0])
    if len(first) > 2 + 6 * _LONGEST_ID or not _may_be_id(first):
        return False
    name = msgspec.json.decode(first)
    return type(name) is int or (
        isinstance(name, str) and len(name) <= _LONGEST_ID and not _may_be_event(name)
    )


def _may_be_event(text: str) -> bool:
    """Tell an event that is written as a string, plain or packed, from an id."""
    packed = text.startswith(_ZLIB_STARTS) and not text[:16].isprintable()
    return packed or _OBJECT.match(text) is not None


def _may_be_id(json: bytes) -> bool:
    return json.startswith((b'"', *_DIGITS))


def may_begin_pair(element: bytes) -> bool:
    """Tell whether an element may be the id in a pair of id and event."""
    return _may_be_id(element.lstrip())


def is_pair(text: bytes) -> bool:
    """Tell whether an array is such a pair."""
    try:
        return is_window_pair(_RAW_LIST.decode(repair_text(text)))
    except msgspec.DecodeError:
        return False
