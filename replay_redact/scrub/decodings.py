r"""Decodings of a string: what it says once its encodings are taken off.

A card number may be percent-encoded, escaped for JSON within JSON, or written with full-width
digits and no-break spaces. A decoding is the string with one layer of all that taken off. It may
have a decoding itself. A decoding maps each of its bytes to the bytes that it was read from, so a
secret found in a decoding is replaced in the string itself. What cannot be decoded stays as it is.
"""

from __future__ import annotations

import html
import re
import unicodedata
from bisect import bisect_right
from functools import lru_cache
from typing import NamedTuple

MAX_LAYERS = 3
"""Encodings upon encodings that are looked through."""

TOKENS = (
    rb"%[0-9A-Fa-f]{2}"
    rb"|\\(?:u[0-9A-Fa-f]{4}|x[0-9A-Fa-f]{2}|[nrtbf\"'/\\])"
    rb"|\x1b\[[0-9;:]*[A-Za-z]"
    rb"|&(?:[A-Za-z]{2,8}[0-9]{0,2};|#[0-9]{1,7};?|#[xX][0-9A-Fa-f]{1,6};?)"
)
"""What stands for a character, or for nothing; a regular expression."""

_TOKEN = re.compile(TOKENS)
_ENCODED = re.compile(
    TOKENS + rb"|[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}"
)
_ESCAPES = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b" ", b"f": b" "}


_INVISIBLE = re.compile("[\u034f\u115f\u1160\u3164\uffa0\ufe00-\ufe0f\U000e0100-\U000e01ef]")


@lru_cache(4096)
def _plain_form(encoded: bytes) -> bytes | None:
    """Return the ASCII that a character stands for in numbers and addresses, if any."""
    character = encoded.decode("utf-8", "replace")
    plain = _ascii_of(character) if len(character) == 1 else None
    return None if plain is None else plain.encode()


def _ascii_of(character: str) -> str | None:
    if unicodedata.category(character) == "Nd":
        return str(unicodedata.digit(character))
    if unicodedata.category(character) == "Pd" or character == "\u2212":
        return "-"
    if unicodedata.category(character) == "Zs":
        return " "
    if unicodedata.category(character) == "Cf" or _INVISIBLE.match(character):
        return ""
    wide = 0xFF01 <= ord(character) <= 0xFF5E
    return chr(ord(character) - 0xFEE0) if wide else None


_PERCENT = (
    r"%(?:0[0-9A-Fa-f]|2[1-9A-Fa-f]|[3-9A-Fa-f][0-9A-Fa-f]"
    r"|20(?:[0-9.~(\[{<-]|[?!+|]=|[\w.\x80-\xff-]*[=:>\"']|[A-Za-z]{2}[0-9]{2}|[0-9A-Fa-f]{2,4}[.-]))|(?i:bearer|basic|begin|dot)%20"
    r"|(?:^|[^\w-])--?[A-Za-z][\w-]*%20"
)
_ODD_SPACES = (
    r"\xc2[\xa0\xad]|\xcd\x8f|\xd8[\x80-\x85\x9c]|\xdb\x9d|\xdc\x8f|\xe0(?:\xa2[\x90\x91]|\xa3\xa2)"
    r"|\xf0(?:\x91(?:\x82\xbd|\x83\x8d)|\x93\x90[\xb0-\xbf]|\x9b\xb2[\xa0-\xa3]|\x9d\x85[\xb3-\xba])"
    r"|\xe1(?:\x85[\x9f\xa0]|\x9a\x80|\xa0\x8e)|\xe2\x80[\x80-\x8f\xaa-\xaf]"
    r"|\xe2\x81[\x9f-\xaf]|\xe3(?:\x80\x80|\x85\xa4)|\xef(?:\xb8[\x80-\x8f]|\xb9\xa3|\xbb\xbf|\xbe\xa0|\xbf[\xb9-\xbb])|\xf3\xa0"
)
_DASHES = (
    r"\xd6[\x8a\xbe]|\xe1(?:\x90\x80|\xa0\x86)|\xe2(?:\x80[\x90-\x95]|\x88\x92|\xb8[\x97\x9a\xba\xbb]|\xb9[\x80\x9d])"
    r"|\xe3(?:\x80[\x9c\xb0]|\x82\xa0)|\xef(?:\xb8[\xb1\xb2]|\xb9\x98)|\xf0\x90\xba\xad"
)
PROBES = (
    _PERCENT,
    r"\\[nrtbfux\"'/\\]",
    r"&(?:[A-Za-z]{2,8}[0-9]{0,2};|#)",
    r"\x1b\[",
    rf"[0-9A-Za-z](?:{_DASHES})[0-9A-Za-z]",
    _ODD_SPACES,
    r"\xef(?:\xbc[\x81-\xbf]|\xbd[\x80-\x9e])",
    r"(?:(?:\xd9[\xa0-\xa9]|\xdb[\xb0-\xb9]|\xdf[\x80-\x89]|[\xe0\xe1\xea\xf0][\x80-\xbf]{2,3})[0-9]?){3}",
)
"""One of these fires where a string may have a view of its own; RE2's, over bytes."""


class View(NamedTuple):
    """A decoded string; ``outer[i]`` and ``inner[i]`` are where piece i begins in both."""

    data: bytes
    inner: list[int]
    outer: list[int]

    def place(self, start: int, end: int) -> tuple[int, int]:
        """Return the range of the string that a range of the view was read from."""
        return self._outer(start), self._outer(end - 1, last=True)

    def _outer(self, at: int, *, last: bool = False) -> int:
        piece = bisect_right(self.inner, at) - 1
        if piece % 2 == 0:  # plain and decoded pieces take turns
            return self.outer[piece] + at - self.inner[piece] + last
        return self.outer[piece + 1] if last else self.outer[piece]


def view(data: bytes) -> View | None:
    """Take one layer of encodings off; ``None`` if there is none.

    >>> seen = view(b"q=card%204111")
    >>> seen.data, seen.place(2, 11), seen.place(6, 7)
    (b'q=card 4111', (2, 13), (6, 9))
    """
    parts: list[bytes] = []
    inner, outer = [0], [0]
    at = size = 0
    for match in _ENCODED.finditer(data):
        decoded = _decode(match[0])
        if decoded is None:
            continue
        start, end = match.span()
        parts += (data[at:start], decoded)
        size += start - at
        inner.append(size)
        outer.append(start)
        size += len(decoded)
        inner.append(size)
        outer.append(end)
        at = end
    if not parts:
        return None
    parts.append(data[at:])
    return View(b"".join(parts), inner, outer)


def decoded(data: bytes) -> bytes | None:
    """Take one layer of encodings off; ``None`` if there is none. Forms of characters stay.

    >>> decoded(b"jane&#64;x%2Eexample"), decoded(b"Jane")
    (b'jane@x.example', None)
    """
    text, count = _TOKEN.subn(_meant, data)
    return text if count else None


def _meant(match: re.Match[bytes]) -> bytes:
    meant = _decode(match[0])
    return match[0] if meant is None else meant


@lru_cache(4096)
def _decode(token: bytes) -> bytes | None:
    if token[:1] == b"%" or token[:2] == b"\\x":
        return bytes([int(token[-2:], 16)])
    if token[:1] == b"\x1b":  # a color
        return b""
    if token[:2] == b"\\u":
        return chr(int(token[2:].decode(), 16)).encode("utf-8", "surrogatepass")
    if token[:1] == b"\\":
        return _ESCAPES.get(token[1:], token[1:])
    if token[:1] == b"&":
        return html.unescape(token.decode()).encode("utf-8", "surrogatepass")
    return _plain_form(token)
