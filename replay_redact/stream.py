"""Redacting a recording of any size, with memory for one event.

A recording has layers: compression, the header of a segment, an array or lines. `_wire.containers`
opens them one inside the other; this module does the same, but each layer is a generator over
pieces of bytes. The innermost layer yields batches of whole events, which go through the same
decoder, redactor and encoder as in `redact_bytes`.

Where `redact_bytes` returns output, the pieces of `redact_stream` join to the same text. Input
that is neither an array nor lines is read whole, up to the size of the largest event. After an
error, the pieces that came out are redacted, but they are not a whole recording.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO, Self

from replay_redact._engine.engine import Engine
from replay_redact._runtime.collector import paused_collector
from replay_redact._runtime.stack import call_deep
from replay_redact._wire.array_splitter import MAX_EVENT_BYTES, ArraySplitter
from replay_redact._wire.batches import Batch, Readable
from replay_redact._wire.codec import as_bytes, open_elements
from replay_redact._wire.compression import (
    DEFAULT_EFFORT,
    PIECE,
    STREAMED,
    Budget,
    check_effort,
    deflate_stream,
    inflate_stream,
    slices,
)
from replay_redact._wire.containers import (
    BOM,
    FORMATS,
    MAX_LAYERS,
    SEGMENT,
    check_layers,
    chosen_compression,
)
from replay_redact._wire.envelopes import may_be_envelope
from replay_redact._wire.forms.elements import is_pair, may_begin_pair
from replay_redact._wire.forms.lines import is_object, open_lines
from replay_redact._wire.looks import refuse_wide
from replay_redact.errors import DecodeError, LimitError
from replay_redact.policy import Policy
from replay_redact.redactor import DEFAULT_POLICY

__all__ = ["redact_stream"]

BATCH_BYTES = 64 * 1024
"""Bytes of events that are redacted together, so that a small event costs little."""

_HEAD_BYTES = 16 * 1024  # of a segment, or of an envelope and its first item
_MARK_BYTES = 16  # by which compressions are told
_BLANKS = b" \t\r\n"


def redact_stream(
    source: BinaryIO | Iterable[bytes],
    policy: Policy = DEFAULT_POLICY,
    *,
    format: str = "auto",  # noqa: A002 - reads best at the call
    compression: str = DEFAULT_EFFORT,
) -> Iterator[bytes]:
    """Redact a recording of any size, piece by piece.

    ``source`` is a binary file, or an iterable of pieces of bytes. ``format`` and ``compression``
    are as in `redact_bytes`. The pieces that come out join to what `redact_bytes` returns;
    compressed ones are equal after inflating.

    Memory holds the largest event and what the redactor knows of the page. Arrays of events,
    lines and Sentry segments, plain or in gzip or zlib, are never held whole. Envelopes,
    forms and objects that hold an array are held whole, up to 128 MiB. Streams cannot be zstd or
    snappy: use `redact_bytes` for those.

    Raises `DecodeError` and `LimitError` as `redact_bytes` does, but perhaps after the first
    pieces; also `LimitError` for an event of more than 128 MiB, and for a compressed stream that
    inflates to more than 64 GiB. Output before an error is redacted, but is not a whole recording.
    Write it to a temporary file, and move that into place at the end.

    >>> pieces = [b'[{"type": 1, "data": {}, "time', b'stamp": 5}, {"type": 8, "timestamp": 6}]']
    >>> b"".join(redact_stream(pieces))
    b'[{"type":1,"timestamp":5,"data":{}}]'
    """
    if format not in FORMATS:
        raise ValueError(f"unknown format {format!r}; expected one of {', '.join(FORMATS)}")
    if isinstance(source, bytes | bytearray | memoryview | str) or not (
        hasattr(source, "read") or hasattr(source, "__iter__")
    ):
        raise TypeError("the source is a binary file or an iterable of bytes; see redact_bytes")
    stream = _Stream(Engine(policy), check_effort(compression))
    return filter(None, stream.layer(_Feed(_pieces(source)), format, MAX_LAYERS))


def _pieces(source: BinaryIO | Iterable[bytes]) -> Iterator[bytes]:
    read = getattr(source, "read", None)
    if read is None:
        for piece in source:
            yield from slices(_checked(piece))
        return
    while piece := _checked(read(PIECE)):
        yield piece


def _checked(piece: Any) -> bytes:
    """Return a piece as bytes. A file in text mode raises: its pieces would be strings."""
    return as_bytes(piece, "the pieces of a recording are")


class _Feed:
    """Pieces of bytes, with a look ahead."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces = pieces
        self._held: list[bytes] = []

    def __iter__(self) -> Self:
        return self

    def __next__(self) -> bytes:
        return self._held.pop(0) if self._held else next(self._pieces)

    def hold(self, piece: bytes) -> None:
        """Put a piece back, in front of all others."""
        self._held.insert(0, piece)

    def head(self, size: int) -> bytes:
        """Return the first bytes, or more, without taking them."""
        parts: list[bytes] = []
        have = 0
        for piece in self:
            parts.append(piece)
            have += len(piece)
            if have >= size:
                break
        head = b"".join(parts)
        self.hold(head)
        return head

    def skip(self, size: int) -> None:
        """Take the first bytes, which `head` has returned before."""
        self._held[0] = self._held[0][size:]

    def skip_blanks(self) -> bytes:
        """Take white space; return the first byte after it, or none at the end."""
        blanks = 0
        for piece in self:
            rest = piece.lstrip(_BLANKS)
            blanks = _grown(blanks, len(piece) - len(rest))
            if rest:
                self.hold(rest)
                return rest[:1]
        return b""

    def line(self) -> bytes:
        """Take the first line, with its line break."""
        parts: list[bytes] = []
        size = 0
        for piece in self:
            end = piece.find(b"\n") + 1
            parts.append(piece[:end] if end else piece)
            size = _grown(size, len(parts[-1]))
            if end:
                self.hold(piece[end:])
                break
        return b"".join(parts)

    def everything(self) -> bytes:
        """Take all that is left."""
        parts: list[bytes] = []
        size = 0
        for piece in self:
            size = _grown(size, len(piece))
            parts.append(piece)
        return b"".join(parts)


def _grown(size: int, more: int) -> int:
    if size + more > MAX_EVENT_BYTES:
        raise LimitError(f"an event is larger than {MAX_EVENT_BYTES} bytes")
    return size + more


class _Stream:
    """The redaction of one stream."""

    def __init__(self, engine: Engine, effort: str) -> None:
        self.engine = engine
        self._effort = effort
        self._readable = Readable(b"")

    def layer(self, feed: _Feed, format_: str, layers: int) -> Iterator[bytes]:
        """Redact the content of one layer, and wrap it again."""
        refuse_wide(feed.head(_MARK_BYTES))
        compression = _compression(feed, format_)
        if compression:
            check_layers(layers)
            inner = _Feed(inflate_stream(feed, compression))
            plain = self.layer(inner, "auto", layers - 1)
            yield from deflate_stream(plain, compression, self._effort)
            return
        if feed.head(len(BOM)).startswith(BOM):
            feed.skip(len(BOM))
        first = feed.skip_blanks()
        if not first:
            raise DecodeError("the input is empty")
        header = SEGMENT.match(feed.head(_HEAD_BYTES)) if format_ in {"auto", "segment"} else None
        if header is not None:
            check_layers(layers)
            feed.skip(header.end())
            yield b'{"segment_id":%d}\n' % int(header[1])
            yield from self.layer(feed, "auto", layers - 1)
            return
        if format_ == "segment":
            raise DecodeError("the input does not begin with a segment header")
        yield from self._body(feed, format_, first)

    def _body(self, feed: _Feed, format_: str, first: bytes) -> Iterator[bytes]:
        self._readable = Readable(feed.head(1))
        if format_ == "auto" and first == b"{" and may_be_envelope(feed.head(_HEAD_BYTES)):
            yield self._whole(feed.everything(), format_)
        elif format_ == "ndjson" or (format_ == "auto" and first == b"{"):
            yield from self._object_or_lines(feed, format_)
        elif first == b"[":
            yield from self._array(feed, lines=format_ == "auto")
        else:
            yield self._whole(feed.everything(), format_)

    def _whole(self, data: bytes, format_: str) -> bytes:
        return self.engine.redact_bytes(data, format_, self._effort)

    def _redact(self, batches: Iterable[Batch]) -> Iterator[bytes]:
        """Redact batches. The collector pauses while each is redacted, but not in between."""
        redacted = self.engine.redact_batches(map(self._readable.note, batches))
        while True:
            with paused_collector():
                output = next(redacted, None)
            if output is None:
                return
            yield output

    # --- lines ---

    def _object_or_lines(self, feed: _Feed, format_: str) -> Iterator[bytes]:
        """Redact lines, or one object that spans several lines."""
        line = feed.line()
        if not feed.skip_blanks():
            yield self._whole(line, format_)
        elif is_object(line) or line.startswith(b"["):
            feed.hold(line)
            yield from self._lines(feed)
        else:
            feed.hold(line)
            yield self._whole(feed.everything(), format_)

    def _lines(self, feed: _Feed) -> Iterator[bytes]:
        yield from self._redact(self._line_batches(feed))
        self._readable.check()

    def _line_batches(self, feed: _Feed) -> Iterator[Batch]:
        for text in _whole_lines(feed):
            yield from call_deep(open_lines, text, Budget()).batches

    # --- arrays ---

    def _array(self, feed: _Feed, *, lines: bool) -> Iterator[bytes]:
        """Redact an array. If ``lines``, it may be the first of several lines."""
        array = _Array(self, feed, lines=lines)
        begun = closed = False
        for output in self._redact(array.batches()):
            if array.next_is_line():
                yield from array.end(begun=begun) if not closed else ()
                closed = True
                yield output
            elif output != b"[]":
                yield (b"," if begun else b"[") + output[1:-1]
                begun = True
        if not closed:
            yield from array.end(begun=begun)
        self._readable.check()


class _Array:
    """An array as batches of its elements, and the lines that may follow it."""

    def __init__(self, stream: _Stream, feed: _Feed, *, lines: bool) -> None:
        self.has_lines = False
        self._ends_line = False  # whether a line break follows the array
        self._stream = stream
        self._feed = feed
        self._may_be_line = lines
        self._elements = 0
        self._given: deque[bool] = deque()  # for each batch that went out: is it of lines?

    def batches(self) -> Iterator[Batch]:
        """Yield the batches of the array, then those of the lines that follow."""
        feed, splitter = self._feed, ArraySplitter()
        feed.head(1)
        feed.skip(1)
        for some in _batches(feed, splitter):
            self._elements += len(some)
            inner = _joined(some)
            whole = self._elements == 2 and splitter.rest is not None
            if self._may_be_line and whole and is_pair(inner):
                feed.hold(inner + (splitter.rest or b""))
                self._elements = -1
                yield from self._lines()
                return
            for batch in open_elements(inner).batches:
                self._given.append(False)
                yield batch
        if not self._is_all(splitter):
            yield from self._lines()

    def _lines(self) -> Iterator[Batch]:
        self.has_lines = True
        for batch in self._stream._line_batches(self._feed):
            self._given.append(True)
            yield batch

    def _is_all(self, splitter: ArraySplitter) -> bool:
        """Tell whether the array is the whole input, and not the first of several lines."""
        self._feed.hold(splitter.rest or b"")
        same_line = self._feed.line()
        self._ends_line = same_line.endswith(b"\n")
        more = self._feed.skip_blanks()
        if same_line.strip(_BLANKS) or (more and (splitter.has_newline or not self._may_be_line)):
            raise DecodeError("the input is not valid JSON")
        return not more

    def next_is_line(self) -> bool:
        """Tell whether the next batch that comes out is of lines."""
        return self._given.popleft()

    def end(self, *, begun: bool) -> Iterator[bytes]:
        """Yield what closes the array. ``begun``: some of it was written before."""
        if begun or not self.has_lines or not self._elements:
            yield b"]" if begun else b"[]"
            yield b"\n" if self._ends_line or self.has_lines else b""


def _whole_lines(feed: _Feed) -> Iterator[bytes]:
    """Yield the lines of a feed, many at a time. The last may have no line break."""
    pending: list[bytes] = []
    size = 0
    for piece in feed:
        size = _grown(size, len(piece))
        pending.append(piece)
        if size >= BATCH_BYTES and b"\n" in piece:
            whole, _, rest = b"".join(pending).rpartition(b"\n")
            yield whole
            pending, size = [rest], len(rest)
    yield b"".join(pending)


def _batches(feed: _Feed, splitter: ArraySplitter) -> Iterator[list[bytes]]:
    """Yield the elements of an array, some at a time. The last batch may be empty."""
    batch: list[bytes] = []
    size = elements = 0
    for piece in feed:
        found = splitter.feed(piece)
        batch += found
        elements += len(found)
        size += sum(map(len, found))
        if splitter.rest is not None:
            yield batch
            return
        pair = elements < 3 and batch and may_begin_pair(batch[0])
        if size >= BATCH_BYTES and not pair:  # a pair must come in one batch
            yield batch
            batch, size = [], 0
    raise DecodeError("the input is not valid JSON")


def _joined(elements: list[bytes]) -> bytes:
    return b"[" + b",".join(elements) + b"]"


def _compression(feed: _Feed, format_: str) -> str | None:
    """Return the name of the compression of a layer, or ``None``.

    Raises `DecodeError` for a compression that cannot be read in pieces.
    """
    name = chosen_compression(feed.head(_MARK_BYTES), format_)
    if name is not None and name not in STREAMED:
        raise DecodeError(f"a stream cannot be {name}: use redact_bytes, or inflate it first")
    return name
