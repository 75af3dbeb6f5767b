r"""Sentry envelopes: bytes to items and back.

An envelope is a line of headers, then items; an item is a line of headers and a
payload. The payload has as many bytes as its header ``length`` says, or ends with the line. As
Sentry's server does, this reads headers that are written over several lines, blank lines
between items, and a last line without its end.

What was written is read again as it was; every header is written anew, so that of
two equal names only the one that was read goes out, and every item has its own ``length``.
A wrong length, or a header that is not an object, is a `DecodeError`: nobody can tell then where
an item begins.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any, NamedTuple, NoReturn

from replay_redact._wire.compression import (
    COMPRESSIONS,
    DEFAULT_EFFORT,
    Budget,
    compression_of,
)
from replay_redact.errors import DecodeError, LimitError

MAX_ITEMS = 10_000
"""Items of one envelope; an SDK sends a few, and a hundred sessions at most."""

MAX_HEADER = 256 * 1024
"""Bytes of one header: a hundred times what an SDK writes."""

_OWN_HEADERS = frozenset("event_id dsn sent_at sdk trace version client retention".split())
"""Names of headers of an envelope itself, by which one is told from other lines of JSON."""

_KNOWN_ITEMS = frozenset(
    "event transaction replay_event replay_recording replay_video session sessions span feedback"
    " user_report client_report check_in attachment profile profile_chunk".split()
)
"""Types by which an envelope is told that has headers of its own that nobody knows yet."""

_EVENT_KEYS = frozenset("type timestamp data event windowId".split())
"""Keys with which an event begins, of rrweb or PostHog, and no envelope."""

_BLANK = re.compile(rb"[ \t\r\n]*")
_FIRST_KEY = re.compile(rb"\{[ \t\r\n]*\"([^\"\\]*)\"")
_LINE_END = re.compile(rb"[ \t\r]*(?:\n|\Z)")


class Item(NamedTuple):
    """An item: its headers without ``length``, and its payload."""

    headers: Mapping[str, Any]
    payload: bytes

    @property
    def type(self) -> str:
        """What kind of item this is, such as ``event``."""
        kind: str = self.headers["type"]
        return kind


class Envelope(NamedTuple):
    """An envelope: its own headers, its items, and what it was compressed with."""

    headers: Mapping[str, Any]
    items: list[Item]
    compression: str | None = None


def may_be_envelope(data: bytes) -> bool:
    r"""Tell whether plain bytes begin with the headers of an envelope and of an item.

    >>> may_be_envelope(b'{}\n{"type": "event"}\n{}'), may_be_envelope(b'{"type": "event"}\n{}')
    (True, False)
    """
    if not _may_be_headers(data):
        return False
    try:
        own, at = _headers(data, _after_blanks(data, 0))
        item, _ = _headers(data, _after_blanks(data, at))
    except (DecodeError, LimitError):
        return False
    kind = item.get("type")
    if not isinstance(kind, str):
        return False
    has_length = type(item.get("length")) is int  # lines of other JSON have no such pair
    return _OWN_HEADERS.issuperset(own) or (
        kind in _KNOWN_ITEMS and (has_length or not _OWN_HEADERS.isdisjoint(own))
    )


def _may_be_headers(data: bytes) -> bool:
    """Tell by the beginning of an object: most input is a whole page, and not worth decoding."""
    begin = _after_blanks(data, 0)
    if not data.startswith(b"{", begin):
        return False
    first = _FIRST_KEY.match(data, begin)
    name = None if first is None else first[1].decode("latin-1")
    if name is None or name in _OWN_HEADERS:
        return True
    return name not in _EVENT_KEYS and data.find(b"\n", begin, begin + MAX_HEADER) >= 0


def read_envelope(data: bytes) -> Envelope:
    r"""Split an envelope, plain or compressed, into its headers and items.

    Raises `DecodeError` if it is none, or broken, and `LimitError` if it is too large.

    >>> read_envelope(b'{}\n{"type": "event", "length": 2}\n{}\n').items
    [Item(headers={'type': 'event'}, payload=b'{}')]
    """
    plain, compression = _inflated(data)
    headers, at = _headers(plain, _after_blanks(plain, 0))
    items: list[Item] = []
    while (at := _after_blanks(plain, at)) < len(plain):
        if len(items) == MAX_ITEMS:
            raise LimitError(f"the envelope has more than {MAX_ITEMS} items")
        item, at = _item(plain, at)
        items.append(item)
    return Envelope(headers, items, compression)


def write_envelope(envelope: Envelope) -> bytes:
    r"""Write an envelope, compressed as it was.

    >>> write_envelope(Envelope({}, [Item({"type": "event"}, b"{}")]))
    b'{}\n{"type":"event","length":2}\n{}\n'
    """
    parts = [_header_line(envelope.headers)]
    for item in envelope.items:
        parts += (_header_line({**item.headers, "length": len(item.payload)}), item.payload, b"\n")
    plain = b"".join(parts)
    if envelope.compression is None:
        return plain
    return COMPRESSIONS[envelope.compression].deflate(plain, DEFAULT_EFFORT)


def _inflated(data: bytes) -> tuple[bytes, str | None]:
    name = compression_of(data)
    return (data if name is None else COMPRESSIONS[name].inflate(data, Budget())), name


def _item(data: bytes, begin: int) -> tuple[Item, int]:
    """Return the item that begins at a place, and where it ends."""
    headers, at = _headers(data, begin)
    length = headers.pop("length", None)
    if not isinstance(headers.get("type"), str):
        raise DecodeError("an item of the envelope has no type", position=begin)
    if length is None:
        end = data.find(b"\n", at)
        end = len(data) if end < 0 else end
    elif type(length) is int and 0 <= length <= len(data) - at:
        end = at + length
    else:
        raise DecodeError("the length of an item is not that of its payload", position=begin)
    if data[end : end + 1] not in {b"", b"\n"}:
        raise DecodeError("a payload of the envelope does not end where it says", position=begin)
    return Item(headers, data[at:end]), end + 1


def _after_blanks(data: bytes, at: int) -> int:
    blanks = _BLANK.match(data, at)
    return at if blanks is None else blanks.end()


def _headers(data: bytes, begin: int) -> tuple[dict[str, Any], int]:
    """Return the headers that stand at a place, and where the line after them begins."""
    # Each byte becomes one character, so that places in the text are places in the bytes.
    text = data[begin : begin + MAX_HEADER].decode("latin-1")
    try:
        _, size = _SCANNER.raw_decode(text)
        headers = json.loads(data[begin : begin + size], parse_constant=_refuse)
    except RecursionError:
        raise LimitError("a header of the envelope is too deep") from None
    except ValueError:
        _complain(data, begin)
    if not isinstance(headers, dict):
        _complain(data, begin)
    line_end = _LINE_END.match(data, begin + size)
    if line_end is None:
        raise DecodeError("a header of the envelope does not end its line", position=begin)
    return headers, line_end.end()


def _complain(data: bytes, begin: int) -> NoReturn:
    if not data[:begin].strip() and data[begin : begin + 1] != b"{":
        raise DecodeError("this is no envelope: it does not begin with a JSON object")
    if len(data) - begin > MAX_HEADER and b"\n" not in data[begin : begin + MAX_HEADER]:
        raise LimitError(f"a header of the envelope is longer than {MAX_HEADER} bytes")
    raise DecodeError("a header of the envelope is no JSON object", position=begin)


def _refuse(name: str) -> NoReturn:
    raise ValueError(name)


_SCANNER = json.JSONDecoder(parse_constant=_refuse)


def _header_line(headers: Mapping[str, Any]) -> bytes:
    return json.dumps(dict(headers), separators=(",", ":")).encode() + b"\n"
