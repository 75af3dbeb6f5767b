"""UTF-16 units: JavaScript counts a string's length in them, Python in characters."""

from __future__ import annotations

import re

_ASTRAL = re.compile("[\U00010000-\U0010ffff]")


def utf16_length(text: str) -> int:
    """Count UTF-16 units: what JavaScript calls the length of a string."""
    return len(text) if text.isascii() else len(text) + len(_ASTRAL.findall(text))


def to_units(text: str) -> str:
    """Split characters outside the basic plane into their two UTF-16 units."""
    if not _ASTRAL.search(text):
        return text
    units = text.encode("utf-16-le", "surrogatepass")
    return "".join(chr(low | high << 8) for low, high in zip(units[::2], units[1::2], strict=True))


def from_units(text: str) -> str:
    """Join UTF-16 units to characters again."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
