"""What events are wrapped in: peeled off on the way in, put back on the way out.

Theory: a recording is bytes, perhaps compressed, perhaps with a segment header,
around an array of events, lines of them, or an object that holds an array.
Each shape is opened to batches, which are decoded when their turn comes: some
events, and a function that closes the batch again around as many redacted events,
``None`` standing for those dropped. Small events are redacted soonest if they are
decoded, masked and encoded while the processor still has them at hand.

Ids of a wrapper's session and window are handed up with the events, which is how a
redactor tells windows apart; when the batch is closed they are taken off again, as the
redactor has left them.

Invariant: nothing of a wrapper is copied but what its form demands: a segment's number, ids.
Failure direction: what is no known wrapper is a `DecodeError`; an event that claims another
window than its wrapper does is unreadable.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import NamedTuple, TypeVar

import msgspec
from msgspec import UNSET

from replay_redact._runtime.stack import call_deep
from replay_redact._wire.compression import COMPRESSIONS, Budget, Compression
from replay_redact._wire.event_forms import open_slot
from replay_redact._wire.lenient import repair_text
from replay_redact.errors import DecodeError, LimitError
from replay_redact.events import ID_SPELLINGS, Event, Id, Unreadable

Item = TypeVar("Item")

Decoder = msgspec.json.Decoder[list[Event]]
Close = Callable[[Sequence[Event | None]], bytes]
Join = Callable[[list[bytes]], bytes]

FORMATS = ("auto", "json", "ndjson", "segment", *COMPRESSIONS)
"""Forms of input; all but ``json``, ``ndjson`` and ``segment`` may hold any of the others."""

MAX_EVENTS = 1_000_000
"""Events in one input: days of a busy page, and half a gigabyte of memory if each is odd."""

EVENTS_AT_ONCE = 200
"""Events of a batch, where there are more: what they take fits the processor's own memory."""

MAX_LAYERS = 3
"""Compressions around one another: more than any transport makes."""

NO_EVENTS = "the input is JSON, but holds no events"

BOM = b"\xef\xbb\xbf"
_FIRST = re.compile(rb"\s*(.)", re.DOTALL)
SEGMENT = re.compile(rb"\s*\{\s*\"segment_id\"\s*:\s*(\d{1,15})\s*\}[ \t\r]*\n")
_POSITION = re.compile(r"\(byte (\d+)\)$")
_LONGEST_ID = 256  # characters
_OBJECT = re.compile(r"\s*\{\s*[\"}]")
_DIGITS = tuple(b"%d" % digit for digit in range(10))
_ZLIB_STARTS = ("x\x01", "x^", "x\x9c", "x\xda")  # of an event that rrweb has packed

_TAIL = 1 << 16  # bytes by which an array is judged
_MANY = 32  # events in these are many

_ENCODER = msgspec.json.Encoder()
_RAW_LIST = msgspec.json.Decoder(list[msgspec.Raw])
_RAW_FIELDS = msgspec.json.Decoder(dict[str, msgspec.Raw])


class Batch(NamedTuple):
    """Some events, how many fields were cut off, and how to write redacted ones again."""

    events: list[Event]
    cut: int
    close: Close


class Opened(NamedTuple):
    """The batches of a recording, to be taken once, and how to join them when they are closed.

    ``number`` is the place of a segment in its session, where it says so itself.
    """

    batches: Iterable[Batch]
    join: Join
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
        return inner._replace(join=lambda parts: compression.deflate(inner.join(parts)))
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
    return inner._replace(join=lambda parts: line + inner.join(parts), number=number)


# --- one array ------------------------------------------------------------------------


def _open_array(text: bytes, decoder: Decoder, budget: Budget, *, lines: bool) -> Opened:
    many = _split_many(text)
    if many:
        return Opened(_batches(partial(_array_batch, decoder), many, budget), _join_arrays)
    try:
        return Opened([Batch(decoder.decode(text), 0, _close_array)], _join_arrays)
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
    return Opened(_batches(_slots_batch, raws, budget), _join_arrays)


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


def _batches(
    open_: Callable[[list[Item], Budget], Batch], items: list[Item], budget: Budget
) -> Iterator[Batch]:
    """Open items some at a time, each time on a larger stack if they nest too deep."""

    def attempt(some: list[Item], left: int) -> Batch:
        budget.left = left  # a second attempt inflates the same bytes again
        return open_(some, budget)

    check_count(len(items))
    for at in range(0, len(items), EVENTS_AT_ONCE):
        yield call_deep(attempt, items[at : at + EVENTS_AT_ONCE], budget.left)


def _array_batch(decoder: Decoder, raws: list[msgspec.Raw], budget: Budget) -> Batch:
    try:
        return Batch(decoder.decode(b"[" + b",".join(raws) + b"]"), 0, _close_array)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return _slots_batch([repair_text(bytes(raw)) for raw in raws], budget)


def _close_array(events: Sequence[Event | None]) -> bytes:
    return _ENCODER.encode([event for event in events if event is not None])


def _join_arrays(parts: list[bytes]) -> bytes:
    if len(parts) == 1:
        return parts[0]
    return b"[" + b",".join([part[1:-1] for part in parts if part != b"[]"]) + b"]"


def _slots_batch(
    raws: Sequence[bytes | msgspec.Raw],
    budget: Budget,
    wrap: Callable[[list[object]], bytes] = _ENCODER.encode,
) -> Batch:
    check_count(len(raws))
    slots = [open_slot(raw, budget) for raw in raws]

    def close(events: Sequence[Event | None]) -> bytes:
        pairs = zip(slots, events, strict=True)
        return wrap([slot.write(event) for slot, event in pairs if event is not None])

    return Batch([slot.event for slot in slots], sum(slot.cut for slot in slots), close)


def _decode_error(error: Exception) -> DecodeError:
    """Turn the decoder's complaint into ours: its position, none of its words."""
    position = _POSITION.search(str(error))
    return DecodeError(
        "the input is not valid JSON", position=int(position[1]) if position else None
    )


# --- lines, and objects that hold an array ----------------------------------------------


def _open_lines(text: bytes, budget: Budget) -> Opened:
    opened = open_lines(text, budget)
    return opened._replace(batches=_readable(opened.batches))


def _readable(batches: Iterable[Batch]) -> Iterator[Batch]:
    readable = Readable()
    yield from map(readable.note, batches)
    readable.check()


class Readable:
    """Whether lines held anything, and anything in the form of an event."""

    def __init__(self) -> None:
        self._seen = self._read = False

    def note(self, batch: Batch) -> Batch:
        """Look at the next batch of the lines."""
        self._seen = self._seen or bool(batch.events)
        self._read = self._read or not all(map(_is_no_event, batch.events))
        return batch

    def check(self) -> None:
        """Raise `DecodeError` if nothing that was there has the form of an event."""
        if self._seen and not self._read:
            raise DecodeError(NO_EVENTS)


def _is_no_event(event: Event) -> bool:
    return type(event) is Unreadable and not event.is_event


def open_lines(text: bytes, budget: Budget) -> Opened:
    """Open one event, pair, array or object per line; perhaps none of it can be read."""
    check_count(text.count(b"\n"))
    lines = [line for line in text.split(b"\n") if not _is_blank(line)]
    return Opened(_batches(_lines_batch, lines, budget), b"".join)


def _lines_batch(lines: list[bytes], budget: Budget) -> Batch:
    parts = [_open_line(line, budget) for line in lines]

    def close(events: Sequence[Event | None]) -> bytes:
        closed: list[bytes] = []
        at = 0
        for part in parts:
            own = events[at : at + len(part.events)]
            at += len(part.events)
            if not own or any(event is not None for event in own):
                closed.append(part.close(own) + b"\n")
        return b"".join(closed)

    events = [event for part in parts for event in part.events]
    return Batch(events, sum(part.cut for part in parts), close)


def check_count(items: int) -> None:
    """Refuse what has too many items before each of them is opened."""
    if items > MAX_EVENTS:
        raise LimitError(f"the recording has more than {MAX_EVENTS} events")


def _is_blank(line: bytes) -> bool:
    return not line or line.isspace()


def _open_line(line: bytes, budget: Budget) -> Batch:
    line = repair_text(line)
    try:
        if line.lstrip().startswith(b"["):
            return _open_line_array(_RAW_LIST.decode(line), budget)
        _RAW_FIELDS.decode(line)
    except msgspec.ValidationError:
        raise DecodeError("a line is JSON, but holds no event") from None
    except msgspec.DecodeError as error:
        raise _decode_error(error) from None
    return _object_batch(line, budget) or _slots_batch([line], budget, _first_item)


def _first_item(items: list[object]) -> bytes:
    return _ENCODER.encode(items[0])


def _open_line_array(raws: list[msgspec.Raw], budget: Budget) -> Batch:
    if not _is_window_pair(raws):
        return _slots_batch(raws, budget)

    def wrap(shown: dict[str, Id], items: list[object]) -> bytes:
        return _ENCODER.encode([shown["window_id"], items[0]])

    return _window_batch(raws[1:], budget, {"window_id": msgspec.json.decode(raws[0])}, wrap)


def _is_window_pair(raws: list[msgspec.Raw]) -> bool:
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
        return _is_window_pair(_RAW_LIST.decode(repair_text(text)))
    except msgspec.DecodeError:
        return False


def _window_batch(
    raws: Sequence[bytes | msgspec.Raw],
    budget: Budget,
    ids: dict[str, Id],
    wrap: Callable[[dict[str, Id], list[object]], bytes],
) -> Batch:
    """Open events whose wrapper gives them ids; ``wrap`` gets these as they are to be shown."""
    shown: dict[str, Id] = {}
    batch = _slots_batch(raws, budget, lambda items: wrap(shown, items))
    lent = [[name for name in ids if getattr(e, name) in {UNSET, None}] for e in batch.events]
    events = [_with_ids(event, names, ids) for event, names in zip(batch.events, lent, strict=True)]

    def close(passed: Sequence[Event | None]) -> bytes:
        for event, names in zip(passed, lent, strict=True):
            if event is not None:
                shown.update({name: getattr(event, name) for name in ids})
                for name in names:
                    setattr(event, name, UNSET)
        return batch.close(passed)

    return Batch(events, batch.cut, close)


def _with_ids(event: Event, lent: list[str], ids: dict[str, Id]) -> Event:
    """Give an event the ids that it does not have; it must not have others."""
    if any(getattr(event, name) != ids[name] for name in ids if name not in lent):
        unreadable = Unreadable("malformed", may_change_tree=True)
        return msgspec.structs.replace(unreadable, **ids)
    if type(event) is Unreadable:
        return msgspec.structs.replace(event, **{name: ids[name] for name in lent})
    for name in lent:
        setattr(event, name, ids[name])
    return event


def is_object(text: bytes) -> bool:
    """Tell whether this is one whole JSON object."""
    try:
        _RAW_FIELDS.decode(repair_text(text))
    except msgspec.DecodeError:
        return False
    return True


def _open_object(text: bytes, budget: Budget) -> Opened | None:
    batch = _object_batch(text, budget)
    return None if batch is None else Opened([batch], b"".join)


def _object_batch(text: bytes, budget: Budget) -> Batch | None:
    """Open ``{"events": [...]}`` or ``{"window_id": …, "data": [...]}``; none if it is neither."""
    try:
        fields = _RAW_FIELDS.decode(repair_text(text))
        name = "events" if "events" in fields else "data"
        raws = _RAW_LIST.decode(fields.pop(name, b"null"))
    except msgspec.DecodeError:
        return None
    ids: dict[str, Id] = {}
    called: dict[str, str] = {}
    for field, names in ID_SPELLINGS.items():
        own = next((name for name in names if name in fields), None)
        value = None if own is None else msgspec.json.decode(fields.pop(own))
        if own is not None and value is not None:
            ids[field], called[field] = value, own
    if any(type(value) not in {str, int} for value in ids.values()):
        return None

    def wrap(shown: dict[str, Id], items: list[object]) -> bytes:
        wrapper: dict[str, object] = {called[field]: shown[field] for field in shown}
        return _ENCODER.encode(wrapper | {name: items})

    batch = _window_batch(raws, budget, ids, wrap)
    return batch._replace(cut=batch.cut + len(fields))
