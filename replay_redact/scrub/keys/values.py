r"""Where a value begins and ends: in quotes of many languages, in a block, or up to a blank.

A value in no quotes ends at a blank. A sign such as ``&`` or ``,`` ends it too, where another pair
or nothing follows; within a value it is part of it. A bracket or a quote ends it if it was opened
before the key.
"""

from __future__ import annotations

import re
from typing import NamedTuple

NEAR = 256
"""Bytes before a value in which its bracket or quote may have been opened."""

_QUOTE = re.compile(rb"(?:(?i:[rbuf]|rb|br|fr|rf)|[LNE]|@\$?|\$@?)?(\"\"\"|'''|\"|'|`)")
_INSIDE = {
    b'"': re.compile(rb"(?s)(?:[^\"\\]++|\\.|\"\")*+"),
    b"'": re.compile(rb"(?s)(?:[^'\\]++|\\.|'')*+"),
    b"`": re.compile(rb"(?s)(?:[^`\\]++|\\.)*+"),
}
"""What is in quotes: a quote that is escaped or doubled is part of it."""
_BLOCK = re.compile(rb"[|>][0-9+-]{0,2}[ \t]*(?:#[^\r\n]*)?\r?\n")
_BLOCK_SIGNS = frozenset([b"|", b">"])
_JUDGED = frozenset([b"&", b'"', b"'", b"`", b")", b"]", b"}", b">"])
"""Signs that end a value for what stands before it."""

_PLAIN = re.compile(rb"(?:[^\s\x1b&;,\"'`<>()\[\]{}\\|]|\\[^nrtu\"'`/\\])+")
_NEXT = re.compile(rb"[&;,](?:\Z|[\s\"'`\\]|amp;|[\w.\[\]%$-]{1,60}[=:])")
_MORE_QUERY = re.compile(rb"[?&][^\s\"'<>]*\Z")
_TAG = re.compile(rb"<[/!A-Za-z]")
_LINE = re.compile(rb"([ \t]*)(?:[^\r\n]*)(?:\r?\n|\Z)")
_OPENED = {b")": b"(", b"]": b"[", b"}": b"{", b">": b"<"}
_ENDS = re.compile(rb"[\s,;:.)\]}>&\\]|\Z")


class Value(NamedTuple):
    """The place of a value, and whether it stands in no quotes."""

    start: int
    end: int
    bare: bool


def value_at(data: bytes, at: int) -> Value | None:
    """Return the value that begins at a place; ``None`` if there is none.

    >>> value_at(b'k = f"a b"', 4), value_at(b"k=a(b)c d", 2)
    (Value(start=6, end=9, bare=False), Value(start=2, end=7, bare=True))
    """
    quote = _QUOTE.match(data, at)
    if quote is not None:
        return _quoted(data, quote)
    sign = data[at : at + 1]
    block = _BLOCK.match(data, at) if sign in _BLOCK_SIGNS else None
    if block is not None:
        return _block(data, at, block.end())
    tag = sign == b"<" and not data.startswith(b"</", at)
    end = bare_end(data, at + tag)
    return Value(at, end, bare=True) if end > at else None


def _quoted(data: bytes, quote: re.Match[bytes]) -> Value:
    """Return what is in quotes; a quote that is not closed runs to the end."""
    mark, start = quote[1], quote.end()
    if len(mark) == 3:
        end = data.find(mark, start)
        return Value(start, len(data) if end < 0 else end, bare=False)
    inside = _INSIDE[mark].match(data, start)
    return Value(start, inside.end() if inside else start, bare=False)


def _block(data: bytes, at: int, begin: int) -> Value | None:
    """Return the lines of a YAML block: those that are further in than its key."""
    line = data[data.rfind(b"\n", max(0, at - NEAR), at) + 1 : at]
    depth = len(line) - len(line.lstrip(b" \t-"))
    start, end, place = -1, begin, begin
    while place < len(data):
        match = _LINE.match(data, place)
        if match is None:  # pragma: no cover - it matches anything
            break
        text = match[0].rstrip()
        if text and len(match[1]) <= depth:
            break
        if text:
            start = place + len(match[1]) if start < 0 else start
            end = place + len(text)
        place = match.end()
    return Value(start, end, bare=False) if start >= 0 else None


def bare_end(data: bytes, at: int) -> int:
    """Return where a value in no quotes ends."""
    begin, size = at, len(data)
    opened: dict[bytes, int] = {}
    while at < size:
        plain = _PLAIN.match(data, at)
        if plain is not None:
            at = plain.end()
        sign = data[at : at + 1]
        before = data[max(0, begin - NEAR) : begin] if sign in _JUDGED else b""
        if _ends_value(data, at, sign, before, opened):
            break
        at += 1
    return at


def _ends_value(data: bytes, at: int, sign: bytes, before: bytes, opened: dict[bytes, int]) -> bool:
    """Tell whether a sign that is not plain ends the value."""
    if not sign or sign.isspace() or sign in b"\\\x1b":
        return True
    if sign in b"&;,":
        in_query = sign == b"&" and _MORE_QUERY.search(before) is not None
        return in_query or _NEXT.match(data, at) is not None
    if sign in b"\"'`":
        return sign in before or _ENDS.match(data, at + 1) is not None
    if sign in b"([{":
        opened[sign] = opened.get(sign, 0) + 1
        return False
    if sign in b")]}>":
        return _closes(sign, before, opened)
    return sign == b"<" and _TAG.match(data, at) is not None


def _closes(sign: bytes, before: bytes, opened: dict[bytes, int]) -> bool:
    """Tell whether a bracket was opened before the value, and not within."""
    opener = _OPENED[sign]
    if opened.get(opener):
        opened[opener] -= 1
        return False
    return before.count(opener) > before.count(sign)
