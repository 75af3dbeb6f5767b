"""Splitting a JSON array that arrives in pieces into its elements.

To find the end of an element, one must know brackets and strings, nothing else. These are ASCII, so
the splitter looks at bytes and not at characters. One match of a regular expression passes
everything that nests a few levels deep, which mostly is a whole event. Deeper nesting is counted
bracket by bracket. Repeats are possessive, so time is linear and memory constant.

The elements, joined with commas, are the input. The decoder checks whether it is JSON; here any
bracket closes any other. An element that grows beyond `MAX_EVENT_BYTES` is a `LimitError`.
"""

from __future__ import annotations

import re

from replay_redact.errors import LimitError

MAX_EVENT_BYTES = 128 * 1024 * 1024
"""Bytes of one event or one line of a stream: more than Sentry takes for a whole segment."""

_LEVELS = 6  # as deep as the events nest that add one node: event, data, adds, node, attributes


def _flat(plain: bytes) -> bytes:
    """Return a pattern for a run of plain bytes and whole strings."""
    string = rb'"[^"\\]*+(?:\\.[^"\\]*+)*+"'
    return plain + rb"*+(?:" + string + plain + rb"*+)*+"


def _nested(plain: bytes) -> re.Pattern[bytes]:
    """Return a pattern for such a run, with brackets around runs, and the byte that ends it."""
    flat = inside = _flat(rb'[^][{}"]')
    for _ in range(_LEVELS - 1):
        inside = flat + rb"(?:[\[{]" + inside + rb"[\]}]" + flat + rb")*+"
    outer = _flat(plain)
    whole = outer + rb"(?:[\[{]" + inside + rb"[\]}]" + outer + rb")*+"
    return re.compile(whole + rb"(.)?", re.DOTALL)


_BETWEEN = _nested(rb'[^][{}",]')
_INSIDE = _nested(rb'[^][{}"]')
_STRING_REST = re.compile(rb'[^"\\]*+(?:\\.[^"\\]*+)*+("|\\)?', re.DOTALL)


class ArraySplitter:
    r"""Takes the text of an array after its first bracket, in pieces.

    ``rest`` is ``None`` until the array has ended, and then what came after it in the
    piece in which it ended. ``has_newline`` tells whether the array goes over several lines.

    >>> splitter = ArraySplitter()
    >>> splitter.feed(b'{"a": [1, 2]}, {"b": "'), splitter.feed(b']\\""}] x'), splitter.rest
    ([b'{"a": [1, 2]}'], [b' {"b": "]\\""}'], b' x')
    """

    def __init__(self) -> None:
        self.rest: bytes | None = None
        self.has_newline = False
        self._parts: list[bytes] = []  # of the element that has not ended
        self._size = 0
        self._first = True
        self._depth = 0
        self._in_string = False
        self._escaped = False  # the last byte was a backslash in a string

    def feed(self, piece: bytes) -> list[bytes]:
        """Return the elements that end in this piece, in order."""
        found: list[bytes] = []
        start = at = 0
        while at < len(piece):
            if self._in_string:
                at = self._leave_string(piece, at)
                continue
            match = (_INSIDE if self._depth else _BETWEEN).match(piece, at)
            assert match is not None  # it can match nothing at all
            at, ending = match.end(), match[1]
            if self._passes(ending):
                continue
            self._keep(piece[start : at - 1])
            start = at
            if ending == b",":
                found.append(self._take())
            else:
                self._end(piece, at, found)
                return found
        self.has_newline = self.has_newline or b"\n" in piece
        self._keep(piece[start:])
        return found

    def _leave_string(self, piece: bytes, at: int) -> int:
        """Go to where a string ends, or the piece."""
        match = _STRING_REST.match(piece, at + self._escaped)
        assert match is not None
        self._escaped = match[1] == b"\\"
        self._in_string = match[1] != b'"'
        return match.end()

    def _passes(self, ending: bytes | None) -> bool:
        """Take note of a byte; return false if an element ends with it."""
        if ending == b'"':
            self._in_string = True
        elif ending in {b"[", b"{"}:
            self._depth += 1
        elif self._depth and ending in {b"]", b"}"}:
            self._depth -= 1
        else:
            return ending not in {b",", b"]"}
        return True

    def _keep(self, part: bytes) -> None:
        self._parts.append(part)
        self._size += len(part)
        if self._size > MAX_EVENT_BYTES:
            raise LimitError(f"an event is larger than {MAX_EVENT_BYTES} bytes")

    def _take(self) -> bytes:
        element = b"".join(self._parts)
        self._parts, self._size, self._first = [], 0, False
        return element

    def _end(self, piece: bytes, at: int, found: list[bytes]) -> None:
        self.has_newline = self.has_newline or b"\n" in piece[:at]
        self.rest = piece[at:]
        first, last = self._first, self._take()
        if last.strip() or not first:  # nothing after a comma is for the decoder to refuse
            found.append(last)
