"""What Sentry's browser SDK records in the place of media."""

from __future__ import annotations

from typing import Any

from replay_redact.nodes import Element

_DEFAULT_BOX = {"svg": (300, 150), "video": (300, 150), "object": (300, 150), "embed": (300, 150)}
BACKGROUND_IMAGE = "background-image"


def without_background_image(style: str) -> str:
    """Take background images out of inline style, which the SDK splits at every semicolon.

    >>> without_background_image("color:red;background-image: url(a.png);")
    'color:red;'
    """
    parts = [part.strip() for part in style.split(";")]
    kept = [part for part in parts if part and part.split(":", 1)[0].strip() != BACKGROUND_IMAGE]
    end = ";" if kept and style.endswith(";") else ""
    return "; ".join(kept) + end


def box(element: Element) -> dict[str, Any]:
    """Return the attributes of an empty box; a recording seldom tells the size on the screen."""
    attributes = element.attributes
    kept = {"class": attributes["class"]} if "class" in attributes else {}
    default = _DEFAULT_BOX.get(element.tag_name, (0, 0))
    for name, size in zip(("width", "height"), default, strict=True):
        known = attributes.get(f"rr_{name}") or attributes.get(name)
        digits = str(known).removesuffix("px")
        kept[f"rr_{name}"] = f"{digits if digits.isdecimal() else size}px"
    return kept
