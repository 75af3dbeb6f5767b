"""A small selector language: tag, ``.class``, ``#id``, ``[attribute]``, ``:root``, descendants,
children, and lists of these in the brackets of ``:not`` and ``:is``.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Any, NamedTuple

DOCUMENT, ELEMENT = 0, 2  # kinds of nodes

_PART = re.compile(
    r"\.(?P<word>[\w-]+)|#(?P<id>[\w-]+)|(?P<tag>[A-Za-z][\w-]*)|(?P<any>\*)"
    r"|\[(?P<name>[\w:-]+)(?:(?P<how>[~|^$*]?=)[\"']?(?P<value>[^\"'\]]*)[\"']?)?\]"
)
_COMBINATOR = re.compile(r"\s*>\s*|\s+")
_BRACKET = re.compile(r":(not|is)\(\s*")
_ROOT = ":root"


class Part(NamedTuple):
    """One test of one element: its tag, or an attribute, an operator and a value."""

    name: str
    how: str
    value: str

    def holds(self, node: Any, *, crosses: bool) -> bool:  # noqa: ARG002 - as in `Inner`
        """Tell whether an element passes the test."""
        if self.how == _ROOT:
            return node.parent is not None and node.parent.kind == DOCUMENT
        if self.how == "tag":
            return self.value in {"*", node.tag}
        own = node.attributes.get(self.name)
        if own is None:
            return False
        text, wanted = as_text(own), self.value
        if self.name == "type":  # HTML compares these without regard to case
            text, wanted = text.lower(), wanted.lower()
        return _COMPARISONS[self.how](text, wanted)


_COMPARISONS: dict[str, Callable[[str, str], bool]] = {
    "": lambda _text, _wanted: True,
    "=": lambda text, wanted: text == wanted,
    "~=": lambda text, wanted: wanted in text.split(),
    "|=": lambda text, wanted: text == wanted or text.startswith(f"{wanted}-"),
    "^=": lambda text, wanted: bool(wanted) and text.startswith(wanted),
    "$=": lambda text, wanted: bool(wanted) and text.endswith(wanted),
    "*=": lambda text, wanted: bool(wanted) and wanted in text,
}


def as_text(value: Any) -> str:
    """Return the value of an attribute as a page has it."""
    if isinstance(value, bool):
        return ""
    return value if isinstance(value, str) else str(value)


class Inner(NamedTuple):
    """The selectors in the brackets of ``:not`` or ``:is``.

    In a ``:not``, ancestors beyond a border count where they do not elsewhere, and the other way
    around: in doubt, more is masked.
    """

    negated: bool
    selectors: tuple[Selector, ...]

    def holds(self, node: Any, *, crosses: bool) -> bool:
        """Tell whether an element passes the test."""
        crosses = crosses is not self.negated
        found = any(one.matches(node, crosses=crosses) for one in self.selectors)
        return found is not self.negated


class Selector(NamedTuple):
    """Compounds from left to right, and the combinators between them."""

    compounds: tuple[tuple[Part | Inner, ...], ...]
    combinators: tuple[str, ...]

    def matches(self, node: Any, *, crosses: bool) -> bool:
        """Tell whether an element matches; ``crosses``: beyond its own document and shadow root."""
        if not all(part.holds(node, crosses=crosses) for part in self.compounds[-1]):
            return False
        return self._above(node, len(self.compounds) - 2, crosses=crosses)

    def _above(self, node: Any, at: int, *, crosses: bool) -> bool:
        if at < 0:
            return True
        above = _parent(node, crosses=crosses)
        while above is not None:
            fits = above.kind == ELEMENT and all(
                part.holds(above, crosses=crosses) for part in self.compounds[at]
            )
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
    selectors, at = _list(text.strip(), 0)
    if at < len(text.strip()):
        raise ValueError(f"the oracle cannot read the selector {text!r}")
    return selectors


def _list(text: str, at: int) -> tuple[tuple[Selector, ...], int]:
    """Read selectors up to the end or a closing bracket; return them and where that is."""
    selectors = []
    while True:
        selector, at = _selector(text, at)
        selectors.append(selector)
        if text[at : at + 1] != ",":
            return tuple(selectors), at
        at += 1


def _selector(text: str, at: int) -> tuple[Selector, int]:
    compounds: list[tuple[Part | Inner, ...]] = []
    combinators: list[str] = []
    while text[at] == " ":
        at += 1
    while True:
        compound, at = _compound(text, at)
        compounds.append(compound)
        found = _COMBINATOR.match(text, at)
        after = at if found is None else found.end()
        if found is None or text[after : after + 1] in {"", ",", ")"}:
            return Selector(tuple(compounds), tuple(combinators)), after
        combinators.append(found[0].strip() or " ")
        at = after


def _compound(text: str, at: int) -> tuple[tuple[Part | Inner, ...], int]:
    parts: list[Part | Inner] = []
    while at < len(text):
        bracket, found = _BRACKET.match(text, at), _PART.match(text, at)
        if bracket:
            selectors, at = _list(text, bracket.end())
            parts.append(Inner(bracket[1] == "not", selectors))
            at += 1  # the closing bracket
        elif text.startswith(_ROOT, at):
            parts.append(Part("", _ROOT, ""))
            at += len(_ROOT)
        elif found:
            parts.append(_part(found))
            at = found.end()
        else:
            break
    if not parts:
        raise ValueError(f"the oracle cannot read the selector {text!r}")
    return tuple(parts), at


def _part(found: re.Match[str]) -> Part:
    if found["word"]:
        return Part("class", "~=", found["word"])
    if found["id"]:
        return Part("id", "=", found["id"])
    if found["name"]:
        return Part(found["name"].lower(), found["how"] or "", found["value"] or "")
    return Part("", "tag", (found["tag"] or "*").lower())
