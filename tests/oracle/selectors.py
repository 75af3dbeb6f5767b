"""A small selector language: tag, ``.class``, ``#id``, ``[attribute]``, descendants and children."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any, NamedTuple

_PART = re.compile(
    r"\.(?P<word>[\w-]+)|#(?P<id>[\w-]+)|(?P<tag>[A-Za-z][\w-]*)|(?P<any>\*)"
    r"|\[(?P<name>[\w:-]+)(?:(?P<how>[~|^$*]?=)[\"']?(?P<value>[^\"'\]]*)[\"']?)?\]"
)
_COMBINATOR = re.compile(r"\s*>\s*|\s+")


class Part(NamedTuple):
    """One test of one element: its tag, or an attribute, an operator and a value."""

    name: str
    how: str
    value: str

    def holds(self, node: Any) -> bool:
        """Tell whether an element passes the test."""
        if self.how == "tag":
            return self.value in {"*", node.tag}
        own = node.attributes.get(self.name)
        if own is None:
            return False
        text, wanted = as_text(own), self.value
        if self.name == "type":  # HTML compares these without regard to case
            text, wanted = text.lower(), wanted.lower()
        match self.how:
            case "":
                return True
            case "=":
                return text == wanted
            case "~=":
                return wanted in text.split()
            case "|=":
                return text == wanted or text.startswith(f"{wanted}-")
            case "^=":
                return bool(wanted) and text.startswith(wanted)
            case "$=":
                return bool(wanted) and text.endswith(wanted)
            case _:
                return bool(wanted) and wanted in text


def as_text(value: Any) -> str:
    """Return the value of an attribute as a page has it."""
    if isinstance(value, bool):
        return ""
    return value if isinstance(value, str) else str(value)


class Selector(NamedTuple):
    """Compounds from left to right, and the combinators between them."""

    compounds: tuple[tuple[Part, ...], ...]
    combinators: tuple[str, ...]

    def matches(self, node: Any, *, crosses: bool) -> bool:
        """Tell whether an element matches; ``crosses``: beyond its own document and shadow root."""
        if not all(part.holds(node) for part in self.compounds[-1]):
            return False
        return self._above(node, len(self.compounds) - 2, crosses=crosses)

    def _above(self, node: Any, at: int, *, crosses: bool) -> bool:
        if at < 0:
            return True
        above = _parent(node, crosses=crosses)
        while above is not None:
            fits = above.kind == 2 and all(part.holds(above) for part in self.compounds[at])
            if fits and self._above(above, at - 1, crosses=crosses):
                return True
            if self.combinators[at] == ">":
                return False
            above = _parent(above, crosses=crosses)
        return False


def _parent(node: Any, *, crosses: bool) -> Any:
    return None if node.is_boundary and not crosses else node.parent


@lru_cache(maxsize=512)
def parse(text: str) -> tuple[Selector, ...]:
    """Read a list of selectors."""
    return tuple(_selector(part.strip()) for part in text.split(","))


def _selector(text: str) -> Selector:
    combinators = [found.strip() or " " for found in _COMBINATOR.findall(text)]
    compounds = tuple(_compound(part) for part in _COMBINATOR.split(text))
    return Selector(compounds, tuple(combinators))


def _compound(text: str) -> tuple[Part, ...]:
    parts, at = [], 0
    while at < len(text):
        found = _PART.match(text, at)
        if found is None:
            raise ValueError(f"the oracle cannot read the selector {text!r}")
        at = found.end()
        parts.append(_part(found))
    return tuple(parts)


def _part(found: re.Match[str]) -> Part:
    if found["word"]:
        return Part("class", "~=", found["word"])
    if found["id"]:
        return Part("id", "=", found["id"])
    if found["name"]:
        return Part(found["name"].lower(), found["how"] or "", found["value"] or "")
    return Part("", "tag", (found["tag"] or "*").lower())
