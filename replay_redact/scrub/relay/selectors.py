"""Relay's selectors: which values of an event a rule is for.

A path is matched from the value upwards, so ``password`` is any key of that name, and
``$frame.vars`` the variables of any frame. Relay knows of each field of its schema whether
general selectors reach it; that table is Relay's own and changes. Where it matters, both
answers are tried.

Text that Relay refuses as a selector is refused here too. What Relay may reach is reached.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from replay_redact.errors import PolicyError

TYPES = frozenset(
    """
    string binary number boolean bool datetime array list object event attachments replay error
    exception stack stacktrace frame http request user logentry message thread breadcrumb log
    trace_metric span sdk minidump heap_memory stack_memory
    """.split()
)
"""Types that a selector may name; ``TYPE_NAMES`` has those with several names."""

TYPE_NAMES = {
    "bool": "boolean",
    "list": "array",
    "error": "exception",
    "stacktrace": "stack",
    "request": "http",
}

_BASIC = frozenset("string binary number boolean datetime array object".split())
_LEGACY = {
    **dict.fromkeys(["freeform", "email", "sensitive", "text"], "$string"),
    **dict.fromkeys(["databag", "container"], "$object"),
}
_TOKEN = re.compile(
    r" *(?:(?P<type>\$[a-z_]+)|(?P<deep>\*\*)|(?P<any>\*)|(?P<index>[0-9]+)"
    r"|(?P<key>[A-Za-z_][A-Za-z0-9_-]*)|'(?P<quoted>(?:[^']|'')+)'"
    r"|(?P<and>&&?)|(?P<or>\|\|?)|(?P<not>[~!])|(?P<open>\()|(?P<close>\))|(?P<dot>\.))",
    re.DOTALL,
)
_MOST_INDEX = 2**64 - 1
MAX_DEPTH = 100
"""Brackets and signs within each other in one selector."""


class Place(NamedTuple):
    """One step on the way to a value: its key or number, and what it is."""

    key: str | None
    number: int | None
    types: frozenset[str]


Way = tuple[Place, ...]
"""The places from an event to a value; the value is the last."""

Matches = Callable[[Way, bool], bool]
"""Tells whether a selector matches; the flag says that only specific selectors may."""


class _Item(NamedTuple):
    kind: str
    text: str


class Selector:
    """A selector, compiled.

    Raises `PolicyError` if it is none.

    >>> event, value = frozenset({"event"}), frozenset({"string"})
    >>> way = (Place(None, None, event), Place("password", None, value))
    >>> Selector("password && !$number").matches(way)
    True
    """

    def __init__(self, text: str) -> None:
        parser = _Parser(_LEGACY.get(text, text))
        self.text = text
        self._matches = parser.whole()
        self.has_index = any(item.kind == "index" for item in parser.tokens)
        self.keys = frozenset(item.text for item in parser.known if item.kind == "key")
        """The keys that it names, as `lower` writes them."""

    def matches(self, way: Way) -> bool:
        """Tell whether a selector may match the value at the end of a way."""
        return any(self._matches(way, specific) for specific in (False, True))


class _Parser:
    """Recursive descent over the tokens of one selector."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens = _tokens(text)
        self.known: list[_Item] = []
        self.at = 0
        self.depth = 0

    def whole(self) -> Matches:
        matches = self._or()
        if self.at < len(self.tokens):
            raise self.wrong()
        return matches

    def wrong(self) -> PolicyError:
        return PolicyError(f"{self.text!r} is no selector of Relay")

    def _takes(self, kind: str) -> bool:
        found = self.at < len(self.tokens) and self.tokens[self.at].kind == kind
        self.at += found
        return found

    def _or(self) -> Matches:
        parts = [self._and()]
        while self._takes("or"):
            parts.append(self._and())
        return parts[0] if len(parts) == 1 else lambda way, s: any(p(way, s) for p in parts)

    def _and(self) -> Matches:
        parts = [self._not()]
        while self._takes("and"):
            parts.append(self._not())
        return parts[0] if len(parts) == 1 else lambda way, s: all(p(way, s) for p in parts)

    def _not(self) -> Matches:
        if not self._takes("not"):
            return self._bracket()
        inner = self._bracket()
        return lambda way, s: not inner(way, s)

    def _bracket(self) -> Matches:
        if not self._takes("open"):
            return self._path()
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise self.wrong()
        inner = self._or()
        if not self._takes("close"):
            raise self.wrong()
        self.depth -= 1
        return inner

    def _path(self) -> Matches:
        items = [self._item()]
        while self._takes("dot"):
            items.append(self._item())
        kinds = [item.kind for item in items]
        if kinds.count("deep") > 1 or kinds == ["any"]:
            raise self.wrong()
        return lambda way, specific: _fits(items, way, specific=specific)

    def _item(self) -> _Item:
        for kind in ("type", "deep", "any", "index", "key", "quoted"):
            if self._takes(kind):
                self.known.append(_known(self.tokens[self.at - 1], self.wrong))
                return self.known[-1]
        raise self.wrong()


def _tokens(text: str) -> list[_Item]:
    tokens: list[_Item] = []
    at = 0
    end = len(text.rstrip(" "))
    while at < end:
        match = _TOKEN.match(text, at)
        if match is None or match.lastgroup is None:
            raise PolicyError(f"{text!r} is no selector of Relay")
        tokens.append(_Item(match.lastgroup, match[match.lastgroup]))
        at = match.end()
    return tokens


def _known(item: _Item, wrong: Callable[[], PolicyError]) -> _Item:
    """Check a part of a path, and write it as it is compared."""
    if item.kind == "type":
        name = item.text[1:]
        if name not in TYPES:
            raise wrong()
        return _Item("type", TYPE_NAMES.get(name, name))
    if item.kind == "index" and int(item.text) > _MOST_INDEX:
        raise wrong()
    if item.kind in {"key", "quoted"}:
        return _Item(
            "key", lower(item.text.replace("''", "'") if item.kind == "quoted" else item.text)
        )
    return item


def lower(text: str) -> str:
    """Make ASCII letters small, and no others, as Relay does.

    >>> lower("KEY Ä")
    'key Ä'
    """
    return text.encode("utf-8", "surrogatepass").lower().decode("utf-8", "surrogatepass")


def _fits(items: list[_Item], way: Way, *, specific: bool) -> bool:
    """Match a path from its end upwards, as Relay does."""
    if len(items) > len(way) - 1:  # the event itself is no step
        return False
    places = list(reversed(way))
    for number, at in enumerate(reversed(range(len(items)))):
        if specific and not _is_specific(items[at], at):
            return False
        if not _fits_place(items[at], places[number]):
            return False
        if items[at].kind == "deep":
            return _fits_above(items[:at], places[number + 1 :])
    return True


def _fits_above(items: list[_Item], places: list[Place]) -> bool:
    """Match what stands before ``**``: from the first place from above that fits, all in a row."""
    if not items:
        return bool(places)
    down = list(reversed(places))
    first = next((n for n, place in enumerate(down) if _fits_place(items[0], place)), None)
    if first is None:
        return False
    rest = down[first + 1 :]
    pairs = list(zip(range(1, len(items)), rest, strict=False))
    return len(pairs) == len(items) - 1 and all(
        _fits_place(items[at], place) for at, place in pairs
    )


def _is_specific(item: _Item, at: int) -> bool:
    """Tell whether a step names something: ``**`` does not, nor do types but at the beginning."""
    if item.kind == "type":
        return item.text not in _BASIC and at == 0
    return item.kind != "deep"


def _fits_place(item: _Item, place: Place) -> bool:
    if item.kind in {"any", "deep"}:
        return True
    if item.kind == "type":
        return item.text in place.types
    if item.kind == "index":
        return place.number == int(item.text)
    return place.key is not None and lower(place.key) == item.text
