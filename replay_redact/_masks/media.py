"""Gray placeholders: the output shows them where the input had pixels.

An image becomes a gray SVG of the same natural size, if the header of an embedded image or the
element's own attributes tell that size. Of the content, only the two numbers in that header are
read. Otherwise the box is of an unknown size. The placeholder of a placeholder is itself.

An image in CSS becomes a light gray that lets the color below it through: text stands on it, and it
may be as large as the page.
"""

from __future__ import annotations

import base64
import binascii
import re
from typing import Any, NamedTuple
from urllib.parse import unquote_to_bytes

GRAY = "#c8c8c8"
BLOCK_STYLE = f"background: {GRAY} !important;"
"""Inline style of a blocked element. A player needs no style sheet of ours to show it gray."""
PLAYED_STYLE = f"filter: contrast(0) brightness(1.5686) !important; {BLOCK_STYLE}"
"""Inline style of blocked video and audio. Where scripts are off, as in players, browsers draw
controls over the background, and black ones if there is no video. The filter turns every color
into mid-gray and then lightens it."""

MAX_SIDE = 32_767
"""Pixels. The largest side that an image element can have in browsers."""

_HEADER_BYTES = 65_536  # in JPEG, a color profile may come before the size

_PREFIX = re.compile(
    r"\s*+data:image/(?P<type>[a-z+.-]{1,20})(?:;[a-z0-9=-]{1,40})*?(?P<base64>;base64)?,",
    re.IGNORECASE,
)
_SVG_TAG = re.compile(rb"<svg\b[^>]{0,4000}", re.IGNORECASE)
_SVG_SIDE = re.compile(rb"\b(width|height)\s*=\s*[\"']?(\d{1,5})(?:\.\d{1,9})?(?:px)?[\"'\s/>]")


class Size(NamedTuple):
    """Width and height in CSS pixels."""

    width: int
    height: int


UNKNOWN = Size(3, 2)
"""Of a picture nobody knows the size of; stretched over a column, a square would be too high."""


_SVG_START = "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg'"
_LAYER = "%3Crect width='100%25' height='100%25' fill='gray' fill-opacity='.2'/%3E%3C/svg%3E"


def gray_image(size: Size = UNKNOWN) -> str:
    """Return the address of a gray image of this natural size.

    >>> gray_image(Size(40, 30))[:60]
    "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg'"
    """
    return _sized(size, "%3Crect width='100%25' height='100%25' fill='%23c8c8c8'/%3E%3C/svg%3E")


def _sized(size: Size, drawn: str) -> str:
    width, height = (min(side, MAX_SIDE) for side in size)
    return f"{_SVG_START} width='{width}' height='{height}'%3E{drawn}"


def gray_layer(address: str, *, fills: bool) -> str:
    """Return the address of the gray image that replaces an image in a style sheet.

    If nobody knows the size and ``fills`` is true, the image has none and takes the whole box.

    >>> gray_layer("/paper.png", fills=True)[:70]
    "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg'%3E%3Crect"
    """
    size = embedded_size(address)
    if size is None and fills:
        return f"{_SVG_START}%3E{_LAYER}"
    return _sized(size or UNKNOWN, _LAYER)


def placeholder(address: str) -> str:
    """Return the address of the gray image that replaces the image at an address."""
    return gray_image(embedded_size(address) or UNKNOWN)


_UNKNOWN_IMAGE = gray_image()
_SIDE = re.compile(r"\s*([1-9][0-9]{0,4})(?:px)?\s*")


def give_size(attributes: dict[str, Any]) -> None:
    """Give a gray image of no known size the ratio that the attributes of its element tell.

    Browsers take the ratio of a picture that has been loaded before that of the attributes.

    >>> image = {"src": gray_image(), "width": "40", "height": "30"}
    >>> give_size(image)
    >>> image["src"] == gray_image(Size(40, 30))
    True
    """
    if attributes.get("src") != _UNKNOWN_IMAGE:
        return
    sides = [_SIDE.fullmatch(str(attributes.get(name))) for name in ("width", "height")]
    known = [int(side[1]) for side in sides if side is not None]
    if len(known) == len(sides):
        attributes["src"] = gray_image(Size(*known))


def embedded_size(address: str) -> Size | None:
    """Read the natural size of an image in a ``data:`` address, if its header tells it.

    >>> embedded_size("data:image/gif;base64,R0lGODlhAgADAIAAAAAAAP///ywAAAAAAgADAAACAgRRADs=")
    Size(width=2, height=3)
    """
    prefix = _PREFIX.match(address[:200])
    reader = _READERS.get(prefix["type"].lower()) if prefix is not None else None
    if prefix is None or reader is None:
        return None
    size = reader(_payload(address[: prefix.end() + _HEADER_BYTES], prefix))
    return size if size and all(0 < side <= MAX_SIDE for side in size) else None


def embedded_text(address: str, longest: int) -> str | None:
    """Read the source of an SVG image in a ``data:`` address, if it is not longer than this.

    >>> embedded_text("data:image/svg+xml,%3Csvg/%3E", 100)
    '<svg/>'
    """
    prefix = _PREFIX.match(address[:200])
    if prefix is None or prefix["type"].lower() != "svg+xml" or len(address) > 4 * longest:
        return None
    source = _payload(address, prefix).rstrip(b"\0")  # what fills up fours of base64
    return source.decode() if source.isascii() and len(source) <= longest else None


def _payload(address: str, prefix: re.Match[str]) -> bytes:
    body = address[prefix.end() :].encode("utf-8", "surrogatepass")  # half a pair, too
    return _unbase64(body) if prefix["base64"] else unquote_to_bytes(body)


def _unbase64(text: bytes) -> bytes:
    letters = re.sub(r"[^A-Za-z0-9+/]", "", unquote_to_bytes(text).decode("latin-1"))
    try:
        return base64.b64decode(letters + "A" * (-len(letters) % 4))
    except binascii.Error:  # pragma: no cover - only base64 letters, in fours, are left
        return b""


def _big(data: bytes) -> int:
    return int.from_bytes(data, "big")


def _little(data: bytes) -> int:
    return int.from_bytes(data, "little")


def _png(data: bytes) -> Size | None:
    if not data.startswith(b"\x89PNG\r\n\x1a\n") or len(data) < 24:
        return None
    return Size(_big(data[16:20]), _big(data[20:24]))


def _gif(data: bytes) -> Size | None:
    if data[:4] != b"GIF8" or len(data) < 10:
        return None
    return Size(_little(data[6:8]), _little(data[8:10]))


def _jpeg(data: bytes) -> Size | None:
    at = 2 if data.startswith(b"\xff\xd8") else len(data)
    while at + 9 <= len(data) and data[at] == 0xFF:  # each marker: FF, code, length
        code = data[at + 1]
        if 0xC0 <= code <= 0xCF and code not in {0xC4, 0xC8, 0xCC}:
            return Size(_big(data[at + 7 : at + 9]), _big(data[at + 5 : at + 7]))
        at += 2 + max(_big(data[at + 2 : at + 4]), 2)
    return None


def _webp(data: bytes) -> Size | None:
    if data[:4] != b"RIFF" or data[8:12] != b"WEBP" or len(data) < 30:
        return None
    match data[12:16]:
        case b"VP8X":
            return Size(_little(data[24:27]) + 1, _little(data[27:30]) + 1)
        case b"VP8L":
            bits = _little(data[21:25])
            return Size((bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1)
        case b"VP8 ":
            return Size(_little(data[26:28]) & 0x3FFF, _little(data[28:30]) & 0x3FFF)
        case _:
            return None


def _svg(data: bytes) -> Size | None:
    tag = _SVG_TAG.search(data)
    if tag is None:
        return None
    sides = {side[1]: int(side[2]) for side in _SVG_SIDE.finditer(tag[0] + b">")}
    if set(sides) != {b"width", b"height"}:
        return None
    return Size(sides[b"width"], sides[b"height"])


_READERS = {"png": _png, "gif": _gif, "jpeg": _jpeg, "jpg": _jpeg, "webp": _webp, "svg+xml": _svg}
