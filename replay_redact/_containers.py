"""What events are wrapped in: peeled off on the way in, put back on the way out.

Theory: a recording is bytes, perhaps compressed, perhaps with a segment header,
around an array of events, lines of them, or an object that holds an array.
Each shape is opened to a flat list of events and a function that closes it
again around as many redacted events, ``None`` standing for those dropped.

Invariant: nothing of a wrapper is copied but what its form demands (a segment's
number, a window's id), and that only if it looks like one.
Failure direction: what is no known wrapper is a `DecodeError`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

import msgspec

from replay_redact._compression import COMPRESSIONS, Budget, Compression
from replay_redact._errors import DecodeError, LimitError
from replay_redact._masks import mask_text
from replay_redact._repair import repair_text
from replay_redact._slots import Slot, open_slot
from replay_redact.events import Event, Unreadable

Decoder = msgspec.json.Decoder[list[Event]]
Close = Callable[[Sequence[Event | None]], bytes]

FORMATS = ("auto", "json", "ndjson", "segment", *COMPRESSIONS)
"""Forms of input; all but ``json``, ``ndjson`` and ``segment`` may hold any of the others."""

MAX_EVENTS = 1_000_000
"""Events in one input: days of a busy page, and half a gigabyte of memory if each is odd."""

MAX_LAYERS = 3
"""Compressions around one another: more than any transport makes."""

NO_EVENTS = "the input is JSON, but holds no events"

BOM = b"\xef\xbb\xbf"
_FIRST = re.compile(rb"\s*(.)", re.DOTALL)
SEGMENT = re.compile(rb"\s*\{\s*\"segment_id\"\s*:\s*(\d{1,15})\s*\}[ \t\r]*\n")
_POSITION = re.compile(r"\(byte (\d+)\)$")
_WINDOW_ID = re.compile(r"[0-9a-f]{4,8}(?:-[0-9a-f]{2,12}){1,4}")  # a UUID, or the like

_ENCODER = msgspec.json.Encoder()
_RAW_LIST = msgspec.json.Decoder(list[msgspec.Raw])
_RAW_FIELDS = msgspec.json.Decoder(dict[str, msgspec.Raw])


class Opened(NamedTuple):
    """Events, how many fields were cut off, and how to wrap redacted events again.

    ``number`` is the place of a segment in its session, where it says so itself.
    """

    events: list[Event]
    cut: int
    close: Close
    number: int | None = None


def open_container(data: bytes, format_: str, decoder: Decoder) -> Opened:
    """Open a recording in any form."""
    budget = Budget()
    budget.spend(len(data))
    return _open(data, format_, decoder, budget, MAX_LAYERS)


def _open(data: bytes, format_: str, decoder: Decoder, budget: Budget, layers: int) -> Opened:
    compression = _compression(data, format_)
    if compression is not None:
        check_layers(layers)
        inner = _open(compression.inflate(data, budget), "auto", decoder, budget, layers - 1)
        return inner._replace(close=lambda events: compression.deflate(inner.close(events)))
    text = data.removeprefix(BOM)
    first = _FIRST.match(text)
    if first is None:
        raise DecodeError("the input is empty")
    segment = SEGMENT.match(text) if format_ in {"auto", "segment"} else None
    if segment is not None:
        return _open_segment(text, segment, decoder, budget, layers)
    if format_ == "segment":
        raise DecodeError("the input does not begin with a segment header")
    if format_ == "ndjson" or (format_ == "auto" and first[1] == b"{"):
        return _open_object(text, budget) or _open_lines(text, budget)
    return _open_array(text, decoder, budget, lines=format_ == "auto")


def check_layers(layers: int) -> None:
    """Raise `DecodeError` if no further layer may be opened."""
    if not layers:
        raise DecodeError(f"the recording is wrapped more than {MAX_LAYERS} times")


def _compression(data: bytes, format_: str) -> Compression | None:
    if format_ in COMPRESSIONS:
        return COMPRESSIONS[format_]
    if format_ != "auto":
        return None
    return next((c for c in COMPRESSIONS.values() if c.matches(data)), None)


def _open_segment(
    text: bytes, header: re.Match[bytes], decoder: Decoder, budget: Budget, layers: int
) -> Opened:
    """Open a Sentry segment: a header line, then events, perhaps compressed."""
    check_layers(layers)
    inner = _open(text[header.end() :], "auto", decoder, budget, layers - 1)
    number = int(header[1])
    line = b'{"segment_id":%d}\n' % number
    return inner._replace(close=lambda events: line + inner.close(events), number=number)


# --- one array ------------------------------------------------------------------------


def _open_array(text: bytes, decoder: Decoder, budget: Budget, *, lines: bool) -> Opened:
    try:
        return Opened(decoder.decode(text), 0, _close_array)
    except (msgspec.DecodeError, UnicodeDecodeError):
        text = repair_text(text)
    try:
        raws = _RAW_LIST.decode(text)
    except msgspec.ValidationError:
        raise DecodeError(NO_EVENTS) from None
    except msgspec.DecodeError as error:
        if lines and b"\n" in text.strip():
            return _open_lines(text, budget)
        raise _decode_error(error) from None
    if lines and _is_window_pair(raws):
        return _open_lines(text, budget)
    return _opened_slots(_all_slots(raws, budget), _encode_list)


def _close_array(events: Sequence[Event | None]) -> bytes:
    return _ENCODER.encode([event for event in events if event is not None])


def _encode_list(items: list[object]) -> bytes:
    return _ENCODER.encode(items)


def _opened_slots(slots: list[Slot], wrap: Callable[[list[object]], bytes]) -> Opened:
    def close(events: Sequence[Event | None]) -> bytes:
        pairs = zip(slots, events, strict=True)
        return wrap([slot.write(event) for slot, event in pairs if event is not None])

    return Opened([slot.event for slot in slots], sum(slot.cut for slot in slots), close)


def _decode_error(error: Exception) -> DecodeError:
    """Turn the decoder's complaint into ours: its position, none of its words."""
    position = _POSITION.search(str(error))
    return DecodeError(
        "the input is not valid JSON", position=int(position[1]) if position else None
    )


# --- lines, and objects that hold an array ----------------------------------------------


def _open_lines(text: bytes, budget: Budget) -> Opened:
    opened = open_lines(text, budget)
    if opened.events and all(isinstance(event, Unreadable) for event in opened.events):
        raise DecodeError(NO_EVENTS)
    return opened


def open_lines(text: bytes, budget: Budget) -> Opened:
    """Open one event, pair, array or object per line; perhaps none of it can be read."""
    check_count(text.count(b"\n"))
    parts = [_open_line(line, budget) for line in text.split(b"\n") if not _is_blank(line)]

    def close(events: Sequence[Event | None]) -> bytes:
        lines: list[bytes] = []
        at = 0
        for part in parts:
            own = events[at : at + len(part.events)]
            at += len(part.events)
            if not own or any(event is not None for event in own):
                lines.append(part.close(own) + b"\n")
        return b"".join(lines)

    events = [event for part in parts for event in part.events]
    return Opened(events, sum(part.cut for part in parts), close)


def check_count(items: int) -> None:
    """Refuse what has too many items before each of them is opened."""
    if items > MAX_EVENTS:
        raise LimitError(f"the recording has more than {MAX_EVENTS} events")


def _all_slots(raws: list[msgspec.Raw], budget: Budget) -> list[Slot]:
    check_count(len(raws))
    return [open_slot(raw, budget) for raw in raws]


def _is_blank(line: bytes) -> bool:
    return not line or line.isspace()


def _open_line(line: bytes, budget: Budget) -> Opened:
    line = repair_text(line)
    try:
        if line.lstrip().startswith(b"["):
            return _open_line_array(_RAW_LIST.decode(line), budget)
        _RAW_FIELDS.decode(line)
    except msgspec.ValidationError:
        raise DecodeError("a line is JSON, but holds no event") from None
    except msgspec.DecodeError as error:
        raise _decode_error(error) from None
    return _open_object(line, budget) or _opened_slots([open_slot(line, budget)], _first_item)


def _first_item(items: list[object]) -> bytes:
    return _ENCODER.encode(items[0])


def _open_line_array(raws: list[msgspec.Raw], budget: Budget) -> Opened:
    if not _is_window_pair(raws):
        return _opened_slots(_all_slots(raws, budget), _encode_list)
    window = _window_id(raws[0])
    slot = open_slot(raws[1], budget)
    return _opened_slots([slot], lambda items: _ENCODER.encode([window, items[0]]))


def _is_window_pair(raws: list[msgspec.Raw]) -> bool:
    """Tell PostHog's ``["window id", {event}]`` from an array of two events."""
    return (
        len(raws) == 2
        and bytes(raws[0]).startswith(b'"')
        and bytes(raws[1]).lstrip().startswith(b"{")
        and len(bytes(raws[0])) <= 2 + 6 * 64
        and not msgspec.json.decode(raws[0]).lstrip().startswith(("{", "x"))
    )


def is_pair(text: bytes) -> bool:
    """Tell whether an array is such a pair."""
    try:
        return _is_window_pair(_RAW_LIST.decode(repair_text(text)))
    except msgspec.DecodeError:
        return False


def _window_id(raw: msgspec.Raw) -> str | None:
    value = msgspec.json.decode(raw)
    if not isinstance(value, str):
        return None
    return value if _WINDOW_ID.fullmatch(value) else mask_text(value)


def is_object(text: bytes) -> bool:
    """Tell whether this is one whole JSON object."""
    try:
        _RAW_FIELDS.decode(repair_text(text))
    except msgspec.DecodeError:
        return False
    return True


def _open_object(text: bytes, budget: Budget) -> Opened | None:
    """Open ``{"events": [...]}`` or ``{"window_id": …, "data": [...]}``; none if it is neither."""
    try:
        fields = _RAW_FIELDS.decode(repair_text(text))
        name = "events" if "events" in fields else "data"
        raws = _RAW_LIST.decode(fields.pop(name, b"null"))
    except msgspec.DecodeError:
        return None
    window = _window_id(fields.pop("window_id", msgspec.Raw(b"null")))
    wrapper: dict[str, object] = {} if window is None else {"window_id": window}
    opened = _opened_slots(
        _all_slots(raws, budget),
        lambda items: _ENCODER.encode(wrapper | {name: items}),
    )
    return opened._replace(cut=opened.cut + len(fields))
