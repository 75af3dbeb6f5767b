"""Drawings in style sheets: check marks, arrows and other icons that are shapes and say nothing.

Style sheets embed icons as SVG images. Such an image stays if everything in it is geometry or
paint: basic shapes, in the forms that the allow-list has for drawings on the page. An image with
text, a link or anything else in it becomes gray, and so does a long one: a line of glyphs, a chart
or a code to scan take more characters than an icon.

A drawing that stays is written anew from what was understood. Writing it again changes nothing.
"""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import quote

from replay_redact._allowlists.attributes import is_structural
from replay_redact._masks.media import embedded_text

LONGEST = 1_500
"""Characters of a drawing as SVG. Icons of frameworks have 100 to 1,200."""

_SVG = "http://www.w3.org/2000/svg"
_SHAPES = frozenset("svg g path circle ellipse rect line polyline polygon".split())
_GEOMETRY = frozenset(
    """
    viewBox width height preserveAspectRatio d points x y x1 y1 x2 y2 cx cy r rx ry transform
    fill fill-opacity fill-rule clip-rule opacity stroke stroke-width stroke-opacity
    stroke-linecap stroke-linejoin stroke-miterlimit stroke-dasharray stroke-dashoffset
    shape-rendering vector-effect
    """.split()
)
_SIDE = r"(?:center|left|right|top|bottom|[0-9]{1,3}(?:\.[0-9]{1,2})?(?:px|%)?)"
_ORIGIN = re.compile(rf"{_SIDE}(?: {_SIDE})?")  # of turns and scales, as spinners have them
_SAYS_NOTHING_DRAWN = frozenset(
    """
    id class version role focusable aria-hidden xml:space xmlns:xlink baseProfile
    enable-background data-name
    """.split()
)  # left out: a shape is the same without them

_ATTRIBUTE = r"\s+([A-Za-z][\w:-]*)\s*=\s*(\"[^\"<>&]*\"|'[^'<>&]*')"
_TAG = re.compile(rf"\s*<(?:/([a-z]+)\s*|([a-z]+)((?:{_ATTRIBUTE})*+)\s*(/?))>\s*")
_LEFT_OUT = re.compile(
    r"<!--[^<>]*-->|<\?xml[^<>]*\?>"
    r"|<(style|title|desc|animate|animateTransform)\b[^<>]*(?:/>|>[^<>]*</\1\s*>)"
)  # what a shape keeps its shape without
_ATTRIBUTES = re.compile(_ATTRIBUTE)
_SAFE_IN_ADDRESS = " !$&'()*+,-./:;=@_~"


@lru_cache(maxsize=1024)
def drawing(address: str) -> str | None:
    """Return the address of a drawing that stays, or ``None`` for any other image.

    >>> drawing("data:image/svg+xml,<svg viewBox='0 0 9 9'><path d='M0 0h9'/></svg>")
    "data:image/svg+xml,%3Csvg viewBox='0 0 9 9'%3E%3Cpath d='M0 0h9'/%3E%3C/svg%3E"
    >>> drawing("/photo.png")
    """
    source = embedded_text(address, LONGEST)
    drawn = None if source is None else _drawn(_LEFT_OUT.sub("", source))
    return None if drawn is None else f"data:image/svg+xml,{quote(drawn, safe=_SAFE_IN_ADDRESS)}"


def _drawn(source: str) -> str | None:
    """Write a drawing anew, or return ``None`` if it may hold anything but shapes."""
    parts: list[str] = []
    open_tags: list[str] = []
    at = 0
    while at < len(source):
        tag = _TAG.match(source, at)
        if tag is None:
            return None
        at = tag.end()
        closed, opened, attributes, alone = tag[1], tag[2], tag[3], tag[6]
        if closed is not None:
            if not open_tags or open_tags.pop() != closed:
                return None
            parts.append(f"</{closed}>")
        else:
            written = _attributes(attributes)
            is_root = not parts
            if written is None or opened not in _SHAPES or is_root != (opened == "svg"):
                return None
            parts.append(f"<{opened}{written}{alone}>")
            if not alone:
                open_tags.append(opened)
        if not open_tags:
            return "".join(parts) if not source[at:].strip() else None
    return None


def _attributes(text: str) -> str | None:
    written = []
    for name, quoted in _ATTRIBUTES.findall(text):
        value = quoted[1:-1]
        if name == "xmlns" and value == _SVG:
            written.append(f" xmlns='{_SVG}'")
        elif _is_geometry(name, value) and _is_plain(value):
            written.append(f" {name}='{value}'")
        elif name == "style":
            styled = _declarations(value)
            if styled is None:
                return None
            written.append(styled)
        elif name not in _SAYS_NOTHING_DRAWN:
            return None
    return "".join(written)


def _is_geometry(name: str, value: str) -> bool:
    if name == "transform-origin":
        return _ORIGIN.fullmatch(value) is not None
    return name in _GEOMETRY and is_structural(name, value)


def _declarations(style: str) -> str | None:
    pairs = [pair.partition(":") for pair in style.split(";") if pair.strip()]
    return _attributes("".join(f" {name.strip()}='{value.strip()}'" for name, _, value in pairs))


def _is_plain(value: str) -> bool:
    return "'" not in value and "url" not in value.lower()
